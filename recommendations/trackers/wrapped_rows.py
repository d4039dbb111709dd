"""Joins rows that hold nothing but the rest of sentences of the row above, as page breaks and converting leave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.parts import lettered_parts
from recommendations.trackers.reading import Problem
from recommendations.trackers.sections import Line

SENTENCES = {
    Field.TEXT: ("text", "wording"),
    Field.PROGRESS: ("updates", "progress"),
    Field.REASON: ("reason", "reason"),
}
"""What goes on in the next row, with the field that is asked about and its name."""
ENDS = ".;:!?"


def without_wrapped_rows(
    lines: Sequence[Line], columns: Sequence[Mapped]
) -> list[tuple[Line, list[Problem]]]:
    """Return the lines, each with the rest of its sentences from the rows below, and what is told of that."""
    found: list[tuple[Line, list[Problem]]] = []
    for line in lines:
        rests = _rests(line, found[-1][0], columns) if found else []
        if not rests:
            found.append((line, []))
            continue
        before, problems = found[-1]
        cells = list(before.row.cells)
        for column, rest in rests:
            joined = cells[column.index]
            cells[column.index] = replace(joined, pieces=(*joined.pieces, Piece(" "), *rest.pieces))
            field, name = SENTENCES[column.field]
            sentence = f"The {name} was joined with row {line.row.number}, which holds nothing else"
            problems.append(Problem(sentence, field))
        found[-1] = (replace(before, row=replace(before.row, cells=tuple(cells))), problems)
    return found


def _rests(line: Line, before: Line, columns: Sequence[Mapped]) -> list[tuple[Mapped, Cell]]:
    """Return the cells of a line that go on with those above, if it has no others."""
    rests = []
    for column in columns:
        cell, above = line.row.cells[column.index], before.row.cells[column.index]
        if not cell.text:
            continue
        goes_on = (
            column.field in SENTENCES
            and not column.hidden
            and cell is not above
            and cell.text[0].islower()
            and bool(above.text)
            and above.text[-1] not in ENDS
            and lettered_parts(cell.text, least=1) is None
        )
        if not goes_on:
            return []
        rests.append((column, cell))
    return rests
