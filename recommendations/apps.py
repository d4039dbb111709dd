from django.apps import AppConfig
from django.conf import settings

NOTICES_EVERY = 300  # seconds


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Inquiries and recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee import worker

        if settings.NOTICES:
            worker.every(NOTICES_EVERY, "notices", _ask_for_notices)


def _ask_for_notices() -> None:
    from recommendations.tasks import send_notices

    send_notices.enqueue()
