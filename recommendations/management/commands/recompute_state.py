"""`manage.py recompute_state`: compare the kept state of assignments and recommendations with their history."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recommendations.actions.recompute import differing_recommendations, lock_and_recompute


class Command(BaseCommand):
    help = (
        "Compare the current state kept on assignments and recommendations with what their history says, and mend "
        "it. There should never be a difference: with --check nothing is changed and a difference is an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; exit 1 if anything differs."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for recommendation, words in differing_recommendations():
            found += 1
            self.stdout.write(f"{recommendation.reference}: {', '.join(words)}")
            if not options["check"]:
                lock_and_recompute(recommendation)
        if not found:
            self.stdout.write("What is kept is what history says. Nothing differs.")
        elif options["check"]:
            raise CommandError(
                f"{found} recommendation{'s' if found > 1 else ''} differ from history. "
                "Run manage.py recompute_state to mend what is kept."
            )
        else:
            self.stdout.write(f"Mended {found} recommendation{'s' if found > 1 else ''}.")
