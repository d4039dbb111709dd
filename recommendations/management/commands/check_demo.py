"""`manage.py check_demo`: the part of `script/demo --check` that runs in the scratch database."""

from __future__ import annotations

import traceback
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from recommendations.demo import check

SCRATCH = "demo_check"


class Command(BaseCommand):
    help = "Do the main job once through the application's own pages. Use script/demo --check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", type=Path, help="where to write the pack")

    def handle(self, *, pack: Path, **_options: object) -> None:
        if connection.settings_dict["NAME"] != SCRATCH:
            raise CommandError(
                "This logs invented progress, so it runs in a scratch database: script/demo --check"
            )
        try:
            check.run(say=self.say, pack_path=pack)
        except CommandError:
            raise
        except Exception as error:
            self.stderr.write(traceback.format_exc())
            raise CommandError(f"The main job broke off with {type(error).__name__}: {error}") from error

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
