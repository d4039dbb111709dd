from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recommendations.models import Meeting


class Command(BaseCommand):
    help = "Lists meetings with their ids, to find the one a pack is for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--next", action="store_true", help="only the next meeting that is to come")
        parser.add_argument("--body", default="", help="only meetings of bodies with this in their name")
        parser.add_argument("--id-only", action="store_true", help="only the ids, one to a line")

    def handle(self, *, next: bool, body: str, id_only: bool, **_options: Any) -> None:
        rows = Meeting.objects.for_list().of_bodies_named(body)
        found = list(rows.to_come()[:1] if next else rows.order_by("held_on", "pk"))
        if not found:
            of = f" of a body with “{body}” in its name" if body else ""
            raise CommandError(f"No meeting{of} is to come." if next else f"There are no meetings{of}.")
        for meeting in found:
            self.stdout.write(
                str(meeting.pk)
                if id_only
                else f"{meeting.pk}\t{meeting.held_on}\t{meeting.state}\t{meeting.name}"
            )
