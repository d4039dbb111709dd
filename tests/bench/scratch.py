"""The scratch database that the bench fills, and nothing else. `script/bench` makes it and removes it."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.management import call_command

from committee.accounts.models import User

SCRATCH = "bench"
"""How the name of the scratch database begins."""


def refuse_any_other() -> None:
    """End the bench with a sentence where the database is none that may be filled and removed."""
    if not str(settings.DATABASES["default"]["NAME"]).startswith(SCRATCH) and not settings.TESTING:
        sys.exit(
            "The bench writes synthetic data and works in a database of its own, whose name begins with"
            f" “{SCRATCH}”. Use: script/bench"
        )


def prepare() -> None:
    """Make the tables of the scratch database. End with a sentence where it holds people of its own."""
    if not settings.TESTING:
        sys.stdout.write("Making the tables\n")
        call_command("migrate", verbosity=0)
    if User.objects.exclude(email__endswith="@bench.example").exists():
        sys.exit("This database holds people of its own. Give the bench an empty one.")
