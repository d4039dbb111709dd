"""A tracker as it is written by hand, with the truth beside each line, and how a reading differs from that."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from recommendations.lifecycle.periods import Period
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.reading import Entry, Reading
from recommendations.trackers.tracker import read_tracker
from tests.generated_trackers.grid import Document, Grid, GridRow, Spec, Words
from tests.generated_trackers.writers import write

Cells = str | dt.date | Spec | None
DAYS = ("made_on", "answered_on", "outcome_on", "target", "asked_target")
CODES = ("response", "claim", "outcome")
MONTHS = {"": (1, "month"), "Q": (3, "quarter"), "S": (3, "season"), "Y": (12, "year")}


@dataclass
class Line:
    """What a clerk reads off one row. Fields that are not named are empty."""

    row: int
    values: dict[str, Any]
    asked: frozenset[str]
    """Fields about which somebody is asked; "*" for any."""


@dataclass
class PaperTable:
    """One table of a paper, with its lines."""

    grid: Grid
    headers: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)

    def line(self, *cells: Cells, asked: str = "", **values: Any) -> PaperTable:
        """Add a row that says something of a recommendation. Its wording is that of the column of recommendations or actions."""
        row = self._add(cells)
        wording = next(
            (
                at
                for at, header in enumerate(self.headers)
                if re.search(r"recommend(?!\w* n)|^action$", header, re.I)
            ),
            0,
        )
        if "text" not in values and cells[wording] is not None:
            values["text"] = _spec(cells[wording]).text
        self.lines.append(Line(row, values, frozenset(asked.split())))
        return self

    def other(self, *cells: Cells) -> PaperTable:
        """Add a row that is told as left out: a total, a blank, a key."""
        self.ignored.append(self._add(cells))
        return self

    def unlisted(self, *cells: Cells) -> PaperTable:
        """Add a row that belongs to the line above, or of which nothing need be told."""
        self._add(cells)
        return self

    def across(self, words: str) -> PaperTable:
        """Add a row across the table that heads those below."""
        width = len(self.headers)
        self.grid.add(GridRow([Spec(words, cols=width), *[None] * (width - 1)]))
        return self

    def _add(self, cells: tuple[Cells, ...]) -> int:
        specs = [None if cell is None else _spec(cell) for cell in cells]
        return self.grid.add(GridRow([*specs, *[Spec()] * (len(self.headers) - len(specs))]))


def _spec(cell: Cells) -> Spec:
    if isinstance(cell, Spec):
        return cell
    return Spec(value=cell) if isinstance(cell, dt.date) else Spec(str(cell or ""))


@dataclass
class Paper:
    """A file to write, and what a clerk reads off it. `as_at` is the file's own day: "2024-05-01", "2024-05"."""

    format: str
    as_at: str | None = None
    blocks: list[Words | Grid] = field(default_factory=list)
    tables: list[PaperTable] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def say(self, words: str, heading: int = 0) -> Paper:
        """Add a paragraph; in a workbook or a CSV file, a row above the next table."""
        if self.format in ("docx", "html"):
            self.blocks.append(Words(words, heading))
        else:
            self.above.append(words)
        return self

    def table(self, *headers: str, sheet: str = "Sheet1") -> PaperTable:
        """Add a table with that header."""
        grid = Grid(name=sheet, width=len(headers))
        for words in self.above:
            grid.add(GridRow([Spec(words), *[Spec()] * (len(headers) - 1)]))
        self.above = []
        if any(headers):
            grid.add(GridRow([Spec(header, bold=True) for header in headers], is_header=True))
        self.blocks.append(grid)
        self.tables.append(PaperTable(grid, headers))
        return self.tables[-1]

    def read(self) -> Reading:
        """Write the paper and read it as a tracker."""
        document = Document(self.format, f"paper.{self.format}", self.blocks)
        data = write(document, Random(1))  # noqa: S311 - the same each time
        return read_tracker(read_tracker_file(io.BytesIO(data), document.name))

    def differences(self) -> list[str]:
        """Return what is read otherwise than a clerk reads it while nobody is asked, or is asked needlessly."""
        reading = self.read()
        found: dict[tuple[Any, int], list[Entry]] = {}
        for entry in reading.entries:
            found.setdefault((entry.place.table, entry.place.row or 0), []).append(entry)
        told = []
        if self.as_at and _told(reading.as_at) != span(self.as_at):
            told.append(f"as at {reading.as_at}")
        left_out = {(one.table, row) for one in reading.ignored for row in range(one.row, one.last_row + 1)}
        for table in self.tables:
            place = table.grid.place
            for line in table.lines:
                some = found.get((place, line.row), [])
                told += (
                    _differences(line, some.pop(0), self.as_at) if some else [f"row {line.row} is missing"]
                )
            told += [
                f"row {row} is not told as left out" for row in table.ignored if (place, row) not in left_out
            ]
        return told + [f"too many: {entry.place} {entry.text}" for some in found.values() for entry in some]


def _differences(line: Line, entry: Entry, as_at: str | None) -> list[str]:
    asked = {problem.field for problem in entry.problems}
    wanted, got = _wanted(line, as_at), _got(entry)
    told = []
    for name, value in wanted.items():
        about = "updates" if name == "update_days" else name
        if about in asked and not line.asked & {about, "*"}:
            told.append(f"row {line.row}: {about} is asked: {[one.sentence for one in entry.problems]}")
        if about not in asked and got[name] != value:
            told.append(f"row {line.row}: {name} is {got[name]!r}, not {value!r}")
    return told


def _wanted(line: Line, as_at: str | None) -> dict[str, Any]:
    values = line.values
    days = [span(as_at if day == "file" else day) for day in values.get("updates", [])]
    return {
        "name": _plain(values.get("name")),
        "text": _plain(values.get("text")),
        "owners": sorted(map(_plain, values.get("owners", []))),
        "earlier_targets": [span(day) for day in values.get("earlier", [])],
        "update_days": days,
        "exempt": values.get("exempt", False),
        **{name: values.get(name) for name in CODES},
        **{name: span(values.get(name)) for name in DAYS},
    }


def _got(entry: Entry) -> dict[str, Any]:
    return {
        "name": _plain(entry.number or entry.reference),
        "text": _plain(entry.text),
        "owners": sorted(map(_plain, entry.owners)),
        "earlier_targets": [_told(period) for period in entry.earlier_targets],
        "update_days": [_told(update.as_at) for update in entry.updates],
        "exempt": entry.exempt,
        **{name: getattr(entry, name) for name in CODES},
        **{name: _told(getattr(entry, name)) for name in DAYS},
    }


def _plain(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "").strip(" .;:,").lower()


def _told(period: Period) -> tuple[str | None, str | None, str]:
    start, end = (day.isoformat() if day else None for day in (period.start, period.end))
    return start, end, str(period.precision)


def span(words: str | None) -> tuple[str | None, str | None, str]:
    """Return first day, last day and precision of "2024-05-01", "2024-05" (a month), "Q2024-07" (a quarter), "S2024-03" (a
    season), "Y2024-04" (a year from April).
    """
    if words is None:
        return None, None, "none"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return words, words, "day"
    count, precision = MONTHS[words[:-7]]
    year, month = int(words[-7:-3]), int(words[-2:])
    last = month + count - 2
    end_year, end_month = year + last // 12, last % 12 + 1
    end = calendar.monthrange(end_year, end_month)[1]
    return f"{year}-{month:02}-01", f"{end_year}-{end_month:02}-{end:02}", precision
