"""Draw the page of what may follow what anew, from the tables of transitions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from committee.models import EMAIL_TRANSITIONS, EmailState
from recommendations.lifecycle.diagrams import Table, page

PAGE = settings.BASE_DIR / "docs" / "transitions.md"

EMAILS = Table(
    "Message",
    "An e-mail: a person’s notices of a day, a code, a link, or what was changed about an account.",
    EmailState,
    EMAIL_TRANSITIONS,
    EmailState.TO_SEND,
)
"""E-mails belong to the site, of which the lifecycle knows nothing."""


class Command(BaseCommand):
    help = "Write docs/transitions.md from the tables of transitions in recommendations/lifecycle/transitions.py and committee/models.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(page([EMAILS]), encoding="utf-8")
        self.stdout.write(f"{PAGE} is written")
