"""manage.py import_tracker FILE: what a council keeps in Word, Excel, CSV or a web page, read and told."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recommendations.trackers.as_json import as_json
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.reading import Reading
from recommendations.trackers.tracker import read_tracker

UNREADABLE, NO_TRACKER = 1, 2
"""What the command ends with; 0 where every row was understood or asked."""


class Command(BaseCommand):
    help = "Read a tracker of recommendations and tell each line as it would become. Nothing is written, and no database is needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the tracker: .docx, .xlsx, .csv, .tsv, .txt or .html")
        parser.add_argument("--committee", help="whose tracker it is: not needed to read it")
        parser.add_argument("--inquiry", help="the inquiry of lines that name none: not needed to read it")
        parser.add_argument("--dry-run", action="store_true", help="read and tell, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            raise CommandError("This reads a file and writes nothing: add --dry-run.")
        try:
            reading = read_tracker(read_tracker_file(options["file"]))
        except CannotBeRead as problem:
            raise CommandError(str(problem), returncode=UNREADABLE) from problem
        if options["json"]:
            self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
        else:
            self._tell(reading)
        if not reading.entries:
            why = "No tracker was found in the file: no table has recommendations with answers beside them."
            raise CommandError(why, returncode=NO_TRACKER)

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
