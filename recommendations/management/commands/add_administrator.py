"""manage.py add_administrator EMAIL NAME: the first account of an installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from committee.accounts.invitations import set_password_link, valid_days
from recommendations.actions.base import ActionDenied
from recommendations.actions.people import first_administrator


class Command(BaseCommand):
    help = "Make an administrator, and print a link by which they set their password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="their e-mail address, which is their name at sign-in")
        parser.add_argument("name", help="their name, in quotation marks")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = first_administrator(email=options["email"], name=options["name"])
        except ActionDenied as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(f"{person.name} <{person.email}> is an administrator.")
        self.stdout.write(f"Within {valid_days()} days, set a password at:\n{set_password_link(person)}")
