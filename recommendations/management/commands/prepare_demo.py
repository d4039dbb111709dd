"""`manage.py prepare_demo`: prepare the database for script/demo before it starts the application."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from committee import health
from committee.database_roles import as_owner
from committee.models import Installation
from recommendations.demo.people import demo_sign_ins


class Command(BaseCommand):
    help = "Bring the database up to date and load the demonstration, each if it is still to be done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="say who can sign in")

    def handle(self, *, sign_ins: bool, **_options: object) -> None:
        with as_owner(connection):
            up_to_date = health.migrations() == "applied"
        if not up_to_date:
            self.say("Preparing the database")
            call_command("migrate", verbosity=0, interactive=False)
        if not Installation.objects.filter(demonstration=True).exists():
            self.say("Loading the demonstration data")
            call_command("load_demo", verbosity=0)
        if sign_ins:
            self.say(f"\n{settings.COUNCIL_NAME}: sign in as")
            rows = demo_sign_ins()
            widths = [max(len(row[column]) for row in rows) for column in range(3)]
            for row in rows:
                words = (word.ljust(width) for word, width in zip(row, widths, strict=True))
                self.say(f"  {'  '.join(words)}".rstrip())

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
