"""`manage.py record_bounce`: note that a message came back."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from committee.delivery_reports import read_report
from committee.outbox import record_report


class Command(BaseCommand):
    help = (
        "Reads a delivery report (RFC 3464) from standard input, as a mail server can be told to hand them over, and marks"
        " the message that came back as failed, so that administrators see it. A report of a delay or of a delivery changes"
        " nothing."
    )

    def handle(self, **options: Any) -> None:
        report = read_report(sys.stdin.buffer.read())
        came_back = record_report(report)
        if came_back is None:
            raise CommandError("This is no delivery report about a message of ours. Nothing is changed.")
        if came_back:
            self.stdout.write("The message is marked as failed.")
        else:
            self.stdout.write("The report does not say that the message failed. Nothing is changed.")
