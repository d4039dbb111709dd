from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from recommendations.packs.leftovers import clear_files


class Command(BaseCommand):
    help = (
        "Removes files of packs and evidence that no row names, left by a process that was killed. Files younger than a day stay."
        " The worker does this once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say which")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        found = clear_files(dry_run=dry_run)
        for name in found:
            self.stdout.write(name)
        self.stdout.write(f"{len(found)} to remove" if dry_run else f"{len(found)} removed")
