"""Tells fills that say something of a line from those that only dress the table: shaded rows by turns, tinted columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from recommendations.trackers.cells import Cell
from recommendations.trackers.colours import colour_name
from recommendations.trackers.column_fields import Field
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.sections import Line

SAID = (Field.RESPONSE, Field.CLAIM, Field.PROGRESS)
"""What columns hold whose fills are read."""
DRESS = frozenset({"", "grey", "blue", "purple"})
"""Colours of rows that are shaded by turns. Others may be a rating, in a table of few rows."""
MANY = 5
"""Lines from which rows of any colour by turns are taken to be shaded for the eye."""


class Fills:
    """The fills of the lines of one table."""

    def __init__(self, lines: Sequence[Line], columns: Sequence[Mapped]) -> None:
        self._lines = lines
        self._said = [column for column in columns if any(map(column.is_a, SAID))]
        self._others = [column.index for column in columns if not column.hidden and column not in self._said]
        self._tinted = {column.index for column in self._said if self._is_tinted(column.index)}

    def of_row(self, line: Line) -> str:
        """Return the name of the colour with which a row is filled for more than the eye; "" where there is none."""
        return "" if self._are_for_the_eye else self._of_row(line)

    def undressed(self, line: Line) -> Line:
        """Return the line without the fills of statuses and progress that say nothing of it by themselves."""
        bare: dict[int, Cell] = {}
        for column in self._said:
            cell = line.row.cells[column.index]
            if cell.colour and not self._tells(line, column.index, cell):
                bare.setdefault(id(cell), replace(cell, colour=None))
        if not bare:
            return line
        said = {column.index for column in self._said}
        cells = tuple(
            bare.get(id(cell), cell) if index in said else cell for index, cell in enumerate(line.row.cells)
        )
        return replace(line, row=replace(line.row, cells=cells))

    def _tells(self, line: Line, index: int, cell: Cell) -> bool:
        if cell.text and index in self._tinted:
            return False
        is_that_of_the_row = colour_name(cell.colour) == self._of_row(line)
        return not is_that_of_the_row or (bool(cell.text) and not self._are_for_the_eye)

    def _of_row(self, line: Line) -> str:
        names = {colour_name(line.row.cells[index].colour) for index in self._others}
        return names.pop() if len(names) == 1 and len(self._others) > 1 else ""

    @cached_property
    def _are_for_the_eye(self) -> bool:
        """Return whether rows are filled alike, or by turns."""
        names = [self._of_row(line) for line in self._lines]
        if len(set(names)) < 2:
            return True
        by_turns = all(name == later for name, later in zip(names, names[2:], strict=False))
        return by_turns and (len(names) >= MANY or set(names) <= DRESS)

    def _is_tinted(self, index: int) -> bool:
        """Return whether the cells of a column are all filled alike, and hold words."""
        cells = [line.row.cells[index] for line in self._lines]
        return (
            len(cells) > 1 and len({cell.colour for cell in cells}) == 1 and any(cell.text for cell in cells)
        )
