from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from committee.accounts.models import User
from committee.text import email_address
from recommendations.actions import packs
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Edition, PackState, Role
from recommendations.models import Meeting, Pack
from recommendations.packs.build import build
from recommendations.packs.output import refuse_unwritable, write_whole
from recommendations.packs.selection import of_meeting
from recommendations.permissions import sees_exempt


class Command(BaseCommand):
    help = (
        "Makes the pack of a meeting with all open recommendations that concern its body, keeps it in the library"
        " (not released) and writes the PDF to a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meeting", type=int, required=True, help="the meeting's id: see list_meetings")
        parser.add_argument("--edition", choices=Edition.values, default=Edition.PUBLIC)
        parser.add_argument("--output", type=Path, required=True, help="the PDF file to write")
        parser.add_argument(
            "--user", help="address of the clerk it is made for (default: a clerk of the body)"
        )
        parser.add_argument("--title", default="Progress on scrutiny recommendations")

    def handle(
        self, *, meeting: int, edition: str, output: Path, user: str | None, title: str, **_options: Any
    ) -> None:
        row = Meeting.objects.for_list().filter(pk=meeting).first()
        if row is None:
            raise CommandError(f"There is no meeting {meeting}. Find one with: manage.py list_meetings")
        refuse_unwritable(output)
        clerk = _clerk(row, edition, user)
        try:
            chosen = of_meeting(row, by=clerk, edition=edition)
            pack = packs.compose_pack(by=clerk, meeting=row, edition=edition, title=title, selection=chosen)
            packs.queue_pack(by=clerk, pack=pack)
        except (ActionDenied, PermissionDenied) as problem:
            raise CommandError(getattr(problem, "message", str(problem))) from problem
        try:
            state = build(pack.pk)
        except KeyboardInterrupt:
            packs.cancel_pack(by=clerk, pack=pack)  # else a worker would make what was stopped here
            raise CommandError(
                "Stopped. No file was written; the pack is kept as one that was stopped."
            ) from None
        pack = Pack.objects.get(pk=pack.pk)
        if state != PackState.READY:
            raise CommandError(pack.failure or f"The pack is {pack.get_state_display().lower()}.")
        with pack.pdf.open("rb") as made:
            write_whole(output, made.read())
        self.stdout.write(
            f"{output}: {pack.get_edition_display()}, {len(pack.selection)} recommendations, {pack.pages} pages,"
            f" content {pack.content_hash[:12]}"
        )


def _clerk(meeting: Meeting, edition: str, address: str | None) -> User:
    """Return the clerk the pack is made for. Raise CommandError if there is none with the rights."""
    if address:
        found = User.objects.filter(email=email_address(address), is_active=True).first()
        if found is None:
            raise CommandError(f"Nobody has an account with the address {address}.")
        return found
    for clerk in meeting.body.members_as(Role.CLERK).order_by("pk"):
        if edition == Edition.PUBLIC or sees_exempt(clerk, meeting):
            return clerk
    raise CommandError(f"{meeting.body.name} has no clerk who may make this edition. Name one with --user.")
