"""Draw the page of what may follow what anew, from the tables of transitions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from recommendations.lifecycle.diagrams import page

PAGE = settings.BASE_DIR / "docs" / "transitions.md"


class Command(BaseCommand):
    help = "Write docs/transitions.md from the tables of transitions in recommendations/lifecycle/transitions.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(f"{PAGE} is written")
