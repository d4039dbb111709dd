"""Cells that reach over rows and columns, in the columns that a person sees."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.limits import MOST_COLUMNS

MOST_EDGES = 4 * MOST_COLUMNS
"""Columns as the file counts them: a title is often said to reach over more than there are."""
C = TypeVar("C")


@dataclass
class Span(Generic[C]):
    """A cell and the places that it covers: rows by their index, columns from and to."""

    cell: C
    top: int
    bottom: int
    left: int
    right: int


@dataclass
class SpanGrid(Generic[C]):
    """Places cells row by row, as browsers do: each in the first column that no cell from above reaches into."""

    spans: list[Span[C]] = field(default_factory=list)
    _taken: dict[int, int] = field(default_factory=dict)
    """The last row for which each column is taken from above."""
    _row: int = -1

    def begin_row(self) -> None:
        self._row += 1
        self._column = 0
        self._taken = {column: last for column, last in self._taken.items() if last >= self._row}

    def add(self, cell: C, *, rows: int, columns: int) -> None:
        """Place a cell over so many rows and columns."""
        while self._column in self._taken:
            self._column += 1
        if self._column > MOST_EDGES:
            raise CannotBeRead(
                f"A table has more than {MOST_EDGES:,} columns: copy the tracker to a new file, then bring that"
            )
        left, columns = self._column, min(max(1, columns), MOST_COLUMNS)
        last = self._row + max(1, rows) - 1
        self._column += columns
        if last > self._row:
            self._taken |= dict.fromkeys(range(left, left + columns), last)
        self.spans.append(Span(cell, self._row, last, left, left + columns))


def covered(starts: list[int], left: int, right: int) -> tuple[int, int]:
    """Return which of the columns that a person sees, those where any cell begins, a cell from `left` to `right` covers."""
    first = bisect_left(starts, left)
    return first, max(first + 1, bisect_left(starts, right))
