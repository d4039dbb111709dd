"""`manage.py record_bounce`: note that a message came back."""

from __future__ import annotations

import email
import sys
from email.message import Message
from email.policy import default
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from committee.outbox import record_bounce


class Command(BaseCommand):
    help = (
        "Reads a delivery report (RFC 3464) from standard input, as a mail server can be told to hand them over, and marks"
        " the message that came back as failed, so that administrators see it."
    )

    def handle(self, **options: Any) -> None:
        report = email.message_from_bytes(sys.stdin.buffer.read(), policy=default)
        found = [record_bounce(number, reason_of(report)) for number in numbers_of(report)]
        if not any(found):
            raise CommandError("This is no delivery report about a message of ours. Nothing is changed.")
        self.stdout.write("The message is marked as failed.")


def numbers_of(report: Message) -> list[str]:
    """Return the Message-IDs of the messages that came back: those of the parts, not the report's own."""
    found = []
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            part = email.message_from_bytes(headers if isinstance(headers, bytes) else b"", policy=default)
        if part is not report and part["Message-ID"]:
            found.append(str(part["Message-ID"]).strip())
    return found


def reason_of(report: Message) -> str:
    """Return what the report says went wrong, or ""."""
    for part in report.walk():
        if part["Diagnostic-Code"]:
            return " ".join(str(part["Diagnostic-Code"]).split())
    return ""
