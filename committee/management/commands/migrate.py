from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from committee.database_roles import as_owner

OUR_APPS = ("committee", "accounts", "audit", "recommendations")


class Command(DjangoMigrate):
    """Django's `migrate`, as the role of `DATABASE_OWNER_URL` if it is set, which then lets the site's role in.

    It explains in one sentence why it cannot migrate a database of a trial version.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(connections[options["database"]]):
            self.migrate(*args, **options)

    def migrate(self, *args: Any, **options: Any) -> None:
        loader = MigrationLoader(connections[options["database"]])
        unknown = sorted(
            f"{app}.{name}"
            for app, name in loader.applied_migrations
            if app in OUR_APPS and (app, name) not in loader.disk_migrations
        )
        if unknown:
            raise CommandError(
                f"This database was made by another version of the tracker, which this one can't upgrade ({unknown[0]} is"
                " not known here): use an empty database, and for the demonstration remove the folder var and run"
                " script/demo again."
            )
        super().handle(*args, **options)
