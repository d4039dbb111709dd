from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate

from committee.database_roles import let_only_the_owner_ignore_triggers

CLEAR_SESSIONS_EVERY = 24 * 3600  # seconds


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee import checks, worker  # noqa: F401 - registers the checks

        worker.every(CLEAR_SESSIONS_EVERY, "sessions", clear_sessions)
        post_migrate.connect(make_cache_table, sender=self)
        post_migrate.connect(guard_triggers, sender=self)


def make_cache_table(using: str, **_signal: object) -> None:
    """Create the table of the shared cache. It belongs to no model, so no migration creates it."""
    call_command("createcachetable", database=using, verbosity=0)


def guard_triggers(using: str, **_signal: object) -> None:
    """Let nobody but the owner of the tables ignore triggers. Migrations that add triggers bring the library's own rule."""
    let_only_the_owner_ignore_triggers(connections[using])


def clear_sessions() -> None:
    """Delete the sessions that have expired: the framework leaves them for ever."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
