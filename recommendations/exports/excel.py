"""A list as an Excel file, within what Excel can hold: longer texts and longer lists go on elsewhere, and say where.

The limits are those of "Excel specifications and limits" by Microsoft.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

LONGEST_CELL = 32_767
"""The longest text of one cell, in units of UTF-16, of which an emoji has two."""
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
"""The longest name of a sheet. It cannot hold any of []:*?/\\ nor begin or end with an apostrophe."""

LONG_TEXTS = "Long texts"
LONGEST_NOTE = 100
"""How much of a cell is kept free to say where its text goes on."""
LAST_WORD = 200
"""How many characters before its end a part is cut at most, so that no word is cut in two."""


@dataclass
class _Sheet:
    """A sheet that is written row by row."""

    sheet: Any
    rows: int = 0

    def append(self, cells: Sequence[Any]) -> None:
        self.sheet.append(cells)
        self.rows += 1


class ListWorkbook:
    """A workbook of one list, written row by row so that memory stays small. Every text is stored as text: Excel never
    calculates it.
    """

    def __init__(self, title: str, headings: Sequence[str], *, most_rows: int = MOST_ROWS) -> None:
        from openpyxl import Workbook  # costly, and needed for Excel alone

        self.book = Workbook(write_only=True)
        self.title, self.headings, self.most_rows = title, headings, most_rows
        self.sheets = 0
        self.sheet = self._next_sheet()

    def add(self, values: Sequence[Any]) -> None:
        """Add a row. The last row of a full sheet tells on which sheet the list goes on."""
        if self.sheet.rows == self.most_rows - 1:
            full, self.sheet = self.sheet, self._next_sheet()
            name = self.sheet.sheet.title
            full.append(
                [self._cell(full, f"The list goes on on the sheet “{name}”: this one is full", bold=True)]
            )
        row = self.sheet.rows + 1
        self.sheet.append([self._value(value, row, column) for column, value in enumerate(values)])

    def file(self) -> Any:
        """Return the workbook as an open temporary file."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        self.book.save(file)
        file.seek(0)
        return file

    @cached_property
    def long_texts(self) -> _Sheet:
        """The sheet on which texts too long for a cell go on."""
        return self._new_sheet(LONG_TEXTS, ["Text of the cell", "Column", "The text goes on"])

    def _next_sheet(self) -> _Sheet:
        self.sheets += 1
        return self._new_sheet(sheet_name(self.title, self.sheets), self.headings)

    def _new_sheet(self, name: str, headings: Sequence[str]) -> _Sheet:
        made = _Sheet(self.book.create_sheet(name))
        made.sheet.freeze_panes = "A2"
        made.append([self._cell(made, heading, bold=True) for heading in headings])
        return made

    def _value(self, value: Any, row: int, column: int) -> Any:
        if not isinstance(value, str) or utf16_length(value) <= LONGEST_CELL:
            return self._cell(self.sheet, value)
        first, *rest = parts(value)
        cell = f"{self.sheet.sheet.title}, {_letter(column)}{row}"
        at = self.long_texts.rows + 1
        for number, part in enumerate(rest):
            goes_on = f"cell C{at + number + 1}" if number + 1 < len(rest) else ""
            words = [cell, self.headings[column], _noted(part, goes_on)]
            self.long_texts.append([self._cell(self.long_texts, one) for one in words])
        return self._cell(self.sheet, _noted(first, f"the sheet “{LONG_TEXTS}”, cell C{at}"))

    def _cell(self, sheet: _Sheet, value: Any, *, bold: bool = False) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Font

        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            made = WriteOnlyCell(sheet.sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
            made.data_type = "s"
        else:
            made = WriteOnlyCell(sheet.sheet, value=value)
        if bold:
            made.font = Font(bold=True)
        if isinstance(value, dt.date):
            made.number_format = "d mmm yyyy"
        return made


def excel(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], described: str = "") -> Any:
    """Return the list as an open temporary file. `described` is the title of the file, with the filters of the list."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = ListWorkbook(title, headings)
    book.book.properties.title = ILLEGAL_CHARACTERS_RE.sub("", described or title)
    for row in rows:
        book.add(row)
    return book.file()


def sheet_name(title: str, number: int = 1) -> str:
    """Return a name that Excel takes for the sheet of that number, from 1, of a list."""
    after = f" {number}" if number > 1 else ""
    name = " ".join(title.translate(str.maketrans("", "", "[]:*?/\\")).split())
    name = name[: LONGEST_NAME - len(after)].strip(" '") or "List"
    if name.lower() in ("history", LONG_TEXTS.lower()):
        name = f"{name} (list)"
    return name + after


def utf16_length(text: str) -> int:
    """Return the length of the text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str) -> Iterator[str]:
    """Yield the text in parts that each fit a cell with a note of where it goes on. Together they are the text."""
    most = LONGEST_CELL - LONGEST_NOTE
    while text:
        part = text[:most]
        part = part[: len(part) - max(utf16_length(part) - most, 0)]
        blank = max(part.rfind(" "), part.rfind("\n")) + 1
        if len(part) < len(text) and len(part) - blank < LAST_WORD:
            part = part[:blank]
        yield part
        text = text[len(part) :]


def _noted(part: str, goes_on: str) -> str:
    return f"{part} [… goes on in {goes_on}]" if goes_on else part


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))
