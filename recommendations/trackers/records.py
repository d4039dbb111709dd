"""Small tables of labels and values, one for each recommendation, made into lines under one header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from recommendations.trackers.cells import EMPTY, Cell, Piece, Row, Table
from recommendations.trackers.column_fields import Field
from recommendations.trackers.header_words import match_header
from recommendations.trackers.headers import ANSWERS, LONGEST, Header, distinct
from recommendations.trackers.questions import plain
from recommendations.trackers.sections import Line, Section

NUMBERED_LABEL = re.compile(
    r"(?:recommendation|recommended|rec|action|r|no|number)\.? ?(?:no\.? ?|number ?)?((?:[a-z]{1,3} ?)?\d{1,3}(?:\.\d{1,2})?[a-h]?|[ivx]{1,5})(?![\w])\s*[:.\u2013-]?\s*",
    re.IGNORECASE,
)
"""A label with a number in it, such as "Recommendation 3"."""
NUMBER_LABEL = "Recommendation number"
TEXT_LABEL = "Recommendation"


@dataclass
class _Record:
    """What one small table says."""

    row: int
    hidden: bool = False
    first: str = ""
    """The label with which it begins."""
    cells: dict[str, Cell] = field(default_factory=dict)

    def put(self, label: str, cell: Cell) -> None:
        if label in self.cells and self.cells[label].text:
            cell = Cell(
                (*self.cells[label].pieces, Piece("\n"), *cell.pieces), cell.value, colour=cell.colour
            )
        self.cells[label] = cell


def is_label(text: str) -> bool:
    """Return whether the words can be a label beside a value."""
    words = plain(text)
    if not words or len(words) > LONGEST / 2:
        return False
    return bool(match_header(words)) or bool(NUMBERED_LABEL.fullmatch(words))


def _pairs(row: Row) -> list[tuple[Cell, Cell]] | None:
    """Return the labels and values of a row; None if it holds something else."""
    cells = _each(row)
    while len(cells) > 2 and not cells[-1].text:
        cells.pop()
    if len(cells) == 3:
        cells.append(EMPTY)
    if len(cells) in (2, 4) and is_label(cells[0].text) and (len(cells) == 2 or is_label(cells[2].text)):
        return list(zip(cells[::2], cells[1::2], strict=True))
    if len(cells) == 2 and len(cells[0].text) < LONGEST / 2 and cells[0].text.rstrip().endswith(":"):
        return [(cells[0], cells[1])]
    return None


def _each(row: Row) -> list[Cell]:
    """Return the cells of a row, each merged one once, blank ones too."""
    found: list[Cell] = []
    for cell in row.cells:
        if not found or cell is not found[-1] or cell is EMPTY:
            found.append(cell)
    return found


def _is_heading(row: Row) -> re.Match[str] | None:
    """Return the number in a row across the table that begins a recommendation: "Recommendation 3: That ..."."""
    cells = distinct(row)
    return NUMBERED_LABEL.match(cells[0][1].text) if len(cells) == 1 else None


def _read(table: Table) -> list[_Record]:
    """Return the records of a table; none if it is no table of labels and values."""
    records: list[_Record] = []
    labelled = other = 0
    for row in table.rows:
        if not any(cell.text for cell in row.cells) or row.deleted:
            continue
        pairs, heading = _pairs(row), _is_heading(row)
        if not records and not heading and pairs and not any(value.text for _, value in pairs):
            continue  # a title above the first
        first = _key(pairs[0][0].text) if pairs else TEXT_LABEL
        if (heading or pairs) and (not records or heading or first == records[-1].first):
            records.append(_Record(row.number, row.hidden, first))
        if heading and pairs is None:
            text = distinct(row)[0][1].text
            records[-1].put(NUMBER_LABEL, Cell((Piece(heading[1]),)))
            if rest := text[heading.end() :].strip():
                records[-1].put(TEXT_LABEL, Cell((Piece(rest),)))
            labelled += 1
        elif pairs and records:
            labelled += 1
            for label, value in pairs:
                _put(records[-1], label.text, value)
        else:
            other += 1
    return records if labelled >= 3 and other <= 0.4 * labelled else []


def _key(label: str) -> str:
    """Return a label as a header: the number of "Recommendation 3" is no part of it."""
    found = NUMBERED_LABEL.fullmatch(plain(label))
    return TEXT_LABEL if found else label.strip().rstrip(":").strip()


def _put(record: _Record, label: str, value: Cell) -> None:
    if found := NUMBERED_LABEL.fullmatch(plain(label)):
        record.put(NUMBER_LABEL, Cell((Piece(found[1]),)))
    record.put(_key(label), value)


def records_of(table: Table, titles: Sequence[str]) -> list[Section]:
    """Return the lines that a table of labels and values makes, as a section with the labels as header; none if the table is
    another.
    """
    if table.width < 2 or table.width > 8 or not table.rows:
        return []
    records = _read(table)
    title = _in_title(titles) if len(records) == 1 else None
    if title:
        _from_title(records[0], title, titles[-1])
    labels = list(dict.fromkeys(label for record in records for label in record.cells))
    fields = {one.field for label in labels if (one := match_header(label))}
    if not records or Field.TEXT not in fields or len(fields & ANSWERS) < 2:
        return []
    if not all(any(_is_text(label) for label in record.cells) for record in records):
        return []
    header = Header((), tuple(labels), ("",) * len(labels), ())
    section = Section(table, header, titles[-1] if titles else None, tuple(titles), is_record=True)
    section.lines = [
        Line(Row(record.row, tuple(record.cells.get(label, EMPTY) for label in labels), record.hidden))
        for record in records
    ]
    return [section]


def _is_text(label: str) -> bool:
    found = match_header(label)
    return bool(found and found.field is Field.TEXT)


def _in_title(titles: Sequence[str]) -> re.Match[str] | None:
    """Return the number that the nearest title gives, such as "Recommendation 3: That ..."."""
    return NUMBERED_LABEL.match(titles[-1]) if titles else None


def _from_title(record: _Record, found: re.Match[str], title: str) -> None:
    """Take the number of a recommendation, and its wording, from the title where the table does not say them."""
    if NUMBER_LABEL not in record.cells:
        record.cells[NUMBER_LABEL] = Cell((Piece(found[1]),))
    rest = title[found.end() :].strip()
    if rest and not any(_is_text(label) for label in record.cells):
        record.cells[TEXT_LABEL] = Cell((Piece(rest),))
