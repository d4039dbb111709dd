"""manage.py import_tracker FILE: what a council keeps in Word, Excel, CSV or a web page, read, told and brought in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from committee.accounts.models import User
from committee.text import email_address
from recommendations.actions.base import ActionDenied
from recommendations.imports.from_file import BroughtIn, bring_in, committee_named, officer_of
from recommendations.imports.read import NO_TRACKER as NO_TRACKER_FOUND
from recommendations.models import Body, Inquiry
from recommendations.queries.import_matching import NamedInquiries
from recommendations.trackers.as_json import as_json
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.reading import Reading
from recommendations.trackers.tracker import read_tracker

UNREADABLE, NO_TRACKER = 1, 2
"""What the command ends with; 0 where every row was understood or asked."""


class Command(BaseCommand):
    help = (
        "Bring a tracker of recommendations in for a committee: it is applied where nothing is asked about it, and else left to"
        " be finished in the browser. With --dry-run it is only read: nothing is written, and no committee is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the tracker: .docx, .xlsx, .csv, .tsv, .txt or .html")
        parser.add_argument("--committee", help="the name or number of the committee whose tracker it is")
        parser.add_argument("--inquiry", help="the reference of the inquiry of lines that name none")
        parser.add_argument(
            "--user", help="address of the officer who brings it in (default: the committee's)"
        )
        parser.add_argument(
            "--not-for-publication",
            choices=("yes", "no"),
            help="whether anything in it is not for publication; it is not applied before that is said",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and tell, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["dry_run"]:
                self._read(options["file"], as_one_object=options["json"])
            else:
                self._bring_in(options)
        except CannotBeRead as problem:
            code = NO_TRACKER if str(problem) == NO_TRACKER_FOUND else UNREADABLE
            raise CommandError(str(problem), returncode=code) from problem

    def _read(self, file: str, *, as_one_object: bool) -> None:
        reading = read_tracker(read_tracker_file(file))
        if as_one_object:
            self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
        else:
            self._tell(reading)
        if not reading.entries:
            why = "No tracker was found in the file: no table has recommendations with answers beside them."
            raise CommandError(why, returncode=NO_TRACKER)

    # -------------------------------------------------------------- bring it in

    def _bring_in(self, options: dict[str, Any]) -> None:
        committee = _committee(options["committee"])
        said = options["not_for_publication"]
        try:
            brought = bring_in(
                by=_officer(committee, options["user"]),
                committee=committee,
                path=Path(options["file"]),
                inquiry=_inquiry(committee, options["inquiry"]),
                not_for_publication=None if said is None else said == "yes",
            )
        except (ActionDenied, PermissionDenied) as problem:
            raise CommandError(str(problem)) from problem
        self._say(brought, as_one_object=options["json"])

    def _say(self, brought: BroughtIn, *, as_one_object: bool) -> None:
        batch = brought.batch
        where = f"{settings.SITE_URL.rstrip('/')}{reverse('import', args=[batch.pk])}"
        if as_one_object:
            told = {"import": batch.pk, "state": batch.state, "address": where, "why": brought.left_because}
            self.stdout.write(json.dumps({**told, "summary": batch.reading["summary"]}, ensure_ascii=False))
            return
        self.stdout.write(f"{batch.reading['summary']}.")
        for question in batch.reading["questions"]:
            if question["key"] in batch.reading["open"]:
                self.stdout.write(f"? {question['sentence']}")
        if brought.is_applied:
            self.stdout.write(f"It is applied. Look at it, or take it back, at {where}")
        else:
            self.stdout.write(f"Nothing is on the record yet: {brought.left_because}. Finish it at {where}")

    def _tell(self, reading: Reading) -> None:
        """Print the reading for people: what was found, what is asked, what was left out."""
        self.stdout.write(f"{reading.summary}.")
        for sentence in reading.problems:
            self.stdout.write(f"- {sentence}")
        for question in reading.questions:
            rows = ", ".join(str(place.row) for place in question.places[:8] if place.row is not None)
            self.stdout.write(f"? {question.sentence}" + (f" (rows {rows})" if rows else ""))
        for ignored in reading.ignored:
            where = f"{ignored.row}" if ignored.count == 1 else f"{ignored.row} to {ignored.last_row}"
            self.stdout.write(f"  {ignored.table}, row {where}: {ignored.reason}")


def _committee(words: str | None) -> Body:
    if not words:
        raise CommandError(
            "Name the committee whose tracker it is with --committee, or add --dry-run to read it only."
        )
    found = committee_named(words)
    if found is None:
        raise CommandError(f"No committee is called or numbered \u201c{words}\u201d.")
    return found


def _inquiry(committee: Body, reference: str | None) -> Inquiry | None:
    if not reference:
        return None
    found = NamedInquiries(committee).match(reference)
    if found is None:
        raise CommandError(f"{committee.name} has no inquiry \u201c{reference}\u201d.")
    return found


def _officer(committee: Body, address: str | None) -> User:
    if address:
        found = User.objects.filter(email=email_address(address), is_active=True).first()
        if found is None:
            raise CommandError(f"Nobody has an account with the address {address}.")
        return found
    found = officer_of(committee)
    if found is None:
        raise CommandError(
            f"{committee.name} has neither a scrutiny officer nor a clerk. Name one with --user."
        )
    return found
