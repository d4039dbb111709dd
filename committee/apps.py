from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee import checks  # noqa: F401 - registers the checks

        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(using: str, **_signal: object) -> None:
    """Create the table of the shared cache. It belongs to no model, so no migration creates it."""
    call_command("createcachetable", database=using, verbosity=0)
