"""Reads a table that lies on its side: labels down the first column, and a recommendation in each column beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recommendations.trackers.cells import Cell, Row, Table
from recommendations.trackers.column_fields import Field
from recommendations.trackers.header_words import match_header
from recommendations.trackers.headers import ANSWERS, Header, distinct, is_wording
from recommendations.trackers.profiles import THAT
from recommendations.trackers.questions import plain
from recommendations.trackers.sections import Line, Section

FEWEST_LABELS = 3
"""Rows with a label that is known, among them the wording and an answer."""


@dataclass(frozen=True)
class OnItsSide:
    """A table that lies on its side."""

    start: int
    """The index of the first row with a label; titles stand above."""
    section: Section


def on_its_side(table: Table, titles: Sequence[str]) -> OnItsSide | None:
    """Return the lines of a table whose first column holds the labels; None if it is another.

    The number of a line is that of its column, from 1, since all of them stand in the same rows.
    """
    start = next((at for at, row in enumerate(table.rows) if len(distinct(row)) > 1), None)
    if table.width < 3 or start is None:
        return None
    rows = [row for row in table.rows[start:] if any(cell.text for cell in row.cells) and not row.deleted]
    labels = tuple(row.cells[0].text for row in rows)
    fields = [found.field if (found := match_header(label)) else None for label in labels]
    if not all(labels) or sum(1 for one in fields if one) < max(FEWEST_LABELS, 0.6 * len(rows)):
        return None
    wording = [row for row, one in zip(rows, fields, strict=True) if one is Field.TEXT]
    if len(wording) != 1 or not ANSWERS & {one for one in fields if one} or not _are_wordings(wording[0]):
        return None
    header = Header((), labels, ("",) * len(labels), ())
    above = tuple(cells[0][1].text for row in table.rows[:start] if (cells := distinct(row)))
    section = Section(table, header, titles=(*titles, *above))
    section.lines = [
        Line(Row(column + 1, tuple(_alone(row.cells[column]) for row in rows)))
        for column in range(1, table.width)
        if wording[0].cells[column].text
    ]
    return OnItsSide(start, section)


def _are_wordings(row: Row) -> bool:
    """Return whether what stands in a row beside its label is the wording of recommendations: two at least, most of them
    sentences and none a label.
    """
    cells = [cell for _, cell in distinct(row)[1:]]
    others = [cell for cell in cells if not _is_sentence(cell)]
    return (
        len(cells) > 1
        and 2 * len(others) < len(cells)
        and not any(match_header(cell.text) for cell in others)
    )


def _is_sentence(cell: Cell) -> bool:
    return len(cell.text) > 30 or is_wording(cell) or bool(THAT.match(plain(cell.text)))


def _alone(cell: Cell) -> Cell:
    """Return a cell as it stands in a line of its own: one merged over columns is merged over lines."""
    return replace(cell, rowspan=cell.colspan, colspan=1) if cell.colspan > 1 or cell.rowspan > 1 else cell
