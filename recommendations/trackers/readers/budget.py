"""Counts what is read of a file, so that no file takes more memory than the limits allow."""

from __future__ import annotations

from recommendations.trackers import limits
from recommendations.trackers.cells import CannotBeRead


class Budget:
    """What may still be read of one file. Each method raises CannotBeRead where a limit is passed."""

    def __init__(self) -> None:
        self._rows = self._cells = self._letters = self._tables = self._any_rows = 0

    def table(self) -> None:
        self._tables += 1
        if self._tables > limits.MOST_TABLES:
            raise CannotBeRead(
                f"The file has more than {limits.MOST_TABLES:,} tables, so it can't be read: split it into smaller files"
            )

    def row(self, columns: int) -> None:
        """Count a row with words, as wide as the table."""
        if columns > limits.MOST_COLUMNS:
            raise CannotBeRead(
                f"A table has {columns:,} columns and at most {limits.MOST_COLUMNS} can be read: delete those that are no"
                " part of the tracker, then save it and bring it again"
            )
        self._rows += 1
        self._cells += columns
        if self._rows > limits.MOST_ROWS or self._cells > limits.MOST_CELLS:
            raise CannotBeRead(
                f"The file has more than {min(self._rows, limits.MOST_ROWS):,} rows with {self._cells:,} cells, which is"
                " more than can be read: split it into smaller files"
            )

    def any_row(self) -> None:
        """Count a row of a table, blank or not, that is held until the table ends."""
        self._any_rows += 1
        if self._any_rows > limits.MOST_ROWS_OF_DOCUMENT:
            raise CannotBeRead(
                f"The file has more than {limits.MOST_ROWS_OF_DOCUMENT:,} rows in its tables, so it can't be read: delete the"
                " blank ones, then save it and bring it again"
            )

    def merged(self, places: int) -> None:
        """Count the places over which a cell is merged."""
        self._cells += places
        if self._cells > limits.MOST_CELLS:
            raise CannotBeRead(
                "The file has more merged cells than can be read: unmerge them, then save it and bring it again"
            )

    def letters(self, count: int) -> None:
        """Count the letters of one cell or paragraph."""
        if count > limits.MOST_CELL_LETTERS:
            raise CannotBeRead(
                f"One cell has {count:,} letters and at most {limits.MOST_CELL_LETTERS:,} can be read: see whether a"
                " quotation mark or a table is left open, or shorten it"
            )
        self._letters += count
        if self._letters > limits.MOST_LETTERS:
            raise CannotBeRead("The file has more words than can be read: split it into smaller files")
