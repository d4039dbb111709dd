"""What every reader gives: tables of untouched cells, where each came from, and the marks that mean something."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Value: TypeAlias = "dt.datetime | dt.date | dt.time | float | int | bool | str | None"


FAILED = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|N/A|SPILL|CALC)(?![A-Za-z])")
"""What a spreadsheet shows where a formula fails."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a cell or paragraph that carry the same marks, as the file has them: its own quotes and dashes, each kind of
    blank as a space, and without what nobody can see. A line break is "\\n" within the text, a tab "\\t".
    """

    text: str
    struck: bool = False
    hidden: bool = False
    """Hidden by the author's formatting: told, and not taken until the clerk says so."""
    inserted: bool = False
    """Inserted by a tracked change, which is taken."""
    colour: str | None = None
    """Of the letters or their highlighting, as six hexadecimal digits, where it is neither black nor automatic."""


@dataclass(frozen=True)
class Cell:
    """One cell as it stands in the file. A cell merged over several rows or columns stands in each of them, as the same
    object, so that `row.cells[i] is other_row.cells[i]` tells a merge."""

    pieces: tuple[Piece, ...] = ()
    value: Value = None
    """What a spreadsheet stores: a real date, a number, a truth. None in formats that know words alone. The text is what a
    person sees: "50%" for 0.5, "April 2024" for 1 April 2024 where the format shows no day."""
    formula: bool = False
    """Whether the stored value is the result of a formula."""
    colour: str | None = None
    """The fill, as six hexadecimal digits, where there is one that is not white."""
    comments: tuple[str, ...] = ()
    """Comments and notes on the cell: told, and not taken."""
    deleted: str = ""
    """Words that a tracked change deleted: left out."""
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    """Marked as a header cell by the file."""

    @cached_property
    def text(self) -> str:
        """The words that are taken, struck ones included: lines parted by "\\n", no blanks at their ends. Automatic numbers
        and bullets stand before their words. The words of a table within the cell are in it: a line for each row, its
        cells parted by "\\t"."""
        return _tidied("".join(piece.text for piece in self.pieces if not piece.hidden))

    @cached_property
    def standing(self) -> str:
        """The words that are not struck."""
        return _tidied("".join(piece.text for piece in self.pieces if not piece.hidden and not piece.struck))

    @cached_property
    def struck(self) -> str:
        """The words that are struck through."""
        return _tidied("".join(piece.text for piece in self.pieces if not piece.hidden and piece.struck))

    @cached_property
    def hidden(self) -> str:
        """The words that are hidden."""
        return _tidied("".join(piece.text for piece in self.pieces if piece.hidden))


def _tidied(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n")).strip()


EMPTY = Cell()
"""The one cell that stands wherever there are neither words nor marks: that two places have it tells no merge."""


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    number: int
    """From 1: the record of a CSV, the row of a sheet, the row of a table."""
    cells: tuple[Cell, ...]
    """As many as the table has columns."""
    hidden: bool = False
    """Hidden rows are read and told."""
    deleted: bool = False
    """Deleted as a whole by a tracked change: left out and told."""
    header: bool = False
    """Marked as a header row by the file, or in the head of a web page's table."""


@dataclass(frozen=True)
class Table:
    """One table, sheet or list, as it stands in the file."""

    name: str | int
    """The name of the sheet; or which table of the document it is, from 1, in the order in which they begin, nested ones
    counted."""
    rows: tuple[Row, ...]
    """Blank rows after the last words are left out, and of a run of more than 100 blank rows the first 100 are given."""
    width: int
    """The number of columns."""
    before: tuple[Paragraph, ...] = ()
    """The paragraphs between the table before and this one, or the caption: where titles, keys and days stand."""
    after: tuple[Paragraph, ...] = ()
    """The paragraphs between this table and the next, or the end of the file. They are the next table's `before` too."""
    nested_in: str | int | None = None
    """The table in whose cell this one stands."""
    hidden: bool = False
    """A hidden sheet, or a hidden table of a web page: told, and not taken until the clerk says so."""
    hidden_columns: frozenset[int] = frozenset()
    """Indexes from 0: told, and not taken until the clerk says so."""
    layout_only: bool = False
    """Holds other tables or whole parts of a page, and no data of its own. Its words are in `paragraphs` too."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph outside tables."""

    number: int
    """From 1, in the order of the file."""
    pieces: tuple[Piece, ...]
    label: str = ""
    """The number or letter that Word or a web page prints before it: "3.", "(b)", "iv"."""
    level: int = 0
    """The depth in its list, from 1; 0 outside lists."""
    heading: int = 0
    """1 to 6 for headings; 0 for others."""
    where: str = ""
    """"header" or "footer" where it is printed on each page; "" in the text."""

    @property
    def text(self) -> str:
        return _tidied("".join(piece.text for piece in self.pieces if not piece.hidden))


@dataclass(frozen=True)
class Notice:
    """What a reader saw in the file as a whole and a person must know: comments, tracked changes, hidden sheets."""

    kind: str
    """A short name, the same for all of a kind: "comments", "tracked changes", "hidden columns"."""
    sentence: str
    """One sentence in plain English for the clerk."""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrackerFile:
    """A file as it was read: nothing worked out, nothing lost."""

    name: str
    """Its name as uploaded, without folders."""
    format: str
    """"docx", "xlsx", "csv" or "html"."""
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    """All outside tables, in order; behind them what is printed at the head and foot of each page."""
    notices: tuple[Notice, ...] = ()
    encoding: str | None = None
    """Of a text file, as it was taken: a person may say another."""
    delimiter: str | None = None
    properties: dict[str, str] = field(default_factory=dict)
    """What the file says of itself: title, created, modified (ISO 8601)."""


class CannotBeRead(Exception):
    """The file cannot be taken; the message is one sentence that says why and what to do."""
