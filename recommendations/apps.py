from django.apps import AppConfig
from django.conf import settings

NOTICES_EVERY = 300  # seconds
PACKS_EVERY = 10
IMPORTS_EVERY = 60
GRACE_EVERY = 10
CLEAR_FILES_EVERY = 24 * 3600


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Inquiries and recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee import worker

        if settings.NOTICES:
            worker.every(NOTICES_EVERY, "notices", _ask_for_notices)
        worker.every(PACKS_EVERY, "packs", _recover_packs)
        worker.every(IMPORTS_EVERY, "imports", _recover_imports)
        worker.every(GRACE_EVERY, "grace", _publish_what_was_approved)
        worker.every(CLEAR_FILES_EVERY, "clear-files", _ask_to_clear_files)


def _ask_for_notices() -> None:
    from recommendations.notifications.tasks import send_notices

    send_notices.enqueue()


def _recover_packs() -> None:
    # Called directly and not as a task: it is quick, and all workers may be busy with packs.
    from recommendations.packs.recover import recover_packs

    recover_packs()


def _recover_imports() -> None:
    from recommendations.imports.recover import recover_imports

    recover_imports()


def _publish_what_was_approved() -> None:
    # Called directly and not as a task: it is quick, and people watch for what they have just published.
    from recommendations.actions.packs import release_asked
    from recommendations.actions.updates import publish_approved

    publish_approved()
    release_asked()


def _ask_to_clear_files() -> None:
    from recommendations.packs.tasks import clear_files

    clear_files.enqueue()
