"""`manage.py send_notices`: send people their notices by e-mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recommendations.notifications.send import look, send_notices


class Command(BaseCommand):
    help = (
        "Notes what people are to be told, and sends it: one message a person and day at the most. The worker does this by"
        " itself every few minutes; run it from cron where no worker runs. Safe to run twice, and on two machines at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        if not settings.NOTICES:
            raise CommandError("Notices are switched off: set NOTICES=1 to send them.")
        self.stdout.write(f"{look()}. Nothing was changed." if dry_run else f"{send_notices().words}.")
