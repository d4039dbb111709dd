"""Streams the XML of one sheet: cells as they are stored, row by row, and what is said of rows, columns and merges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from committee.text import whole_number
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.readers.excel_styles import OFF
from recommendations.trackers.readers.office import DAMAGED, Package, Stream, local

REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
MARKS_OF_VALUES = (b"<v", b":v", b"<is", b":is", b"<f", b":f")
"""How the elements of values, texts and formulas begin. What else begins so makes more rows be looked at, and not fewer."""
ROW_START = re.compile(rb"<(?:\w{1,20}:)?row [^<>]{0,40}?\br=\"[0-9]")
OVERLAP = 64
"""Bytes that are looked at twice, so that a mark over the edge of a piece is seen."""
LAST_COLUMN = 16_384
COLOURS_BEHIND = 20
"""Cells behind the last words of a row whose colour is read."""
LAST_ROW = 9_999_999
NAMES = (
    "row",
    "cols",
    "mergeCell",
    "conditionalFormatting",
    "autoFilter",
    "oddHeader",
    "oddFooter",
    "firstHeader",
    "firstFooter",
)


@dataclass
class Stored:
    """A cell as the sheet stores it."""

    column: int
    """From 1."""
    kind: str
    """What the value is: "s" for a shared string, "n" for a number, and so on."""
    value: str | None
    inline: Any
    """The element of a text that stands in the cell itself."""
    formula: bool
    style: str | None


@dataclass
class StoredRow:
    """A row that has values, texts or formulas."""

    number: int
    cells: list[Stored]
    hidden: bool


@dataclass
class SheetMarks:
    """What a sheet says beside its cells; complete when all its rows were taken."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """From and to, from 1."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First column, first row, last column, last row, from 1."""
    colour_rules: bool = False
    filtered: bool = False
    page_words: list[tuple[str, str]] = field(default_factory=list)
    """"header" or "footer", and what is printed there."""


@dataclass
class Stretch:
    """Bytes of a sheet, from and to."""

    start: int
    end: int


def rows(package: Package, part: str, marks: SheetMarks) -> Iterator[StoredRow]:
    """Yield the rows with words, in order, and fill `marks`. Long runs of framed blank rows are
    never parsed: there can be a million of them.
    """
    stream = Stream(_without(package.chunks(part), _wordless(package, part)), NAMES)
    number = 0
    for _, element in stream:
        if local(element) == "row":
            number = _row_number(element, number)
            yield from _row(element, number)
        else:
            _note(element, marks)
        stream.forget(element)


def _row_number(element: Any, before: int) -> int:
    """Return the number of a row, which is one more than the one before where the file does not say."""
    number = whole_number(element.get("r"), most=LAST_ROW)
    return number if number is not None and number > before else before + 1


def _row(element: Any, number: int) -> Iterator[StoredRow]:
    """Yield the row if it has words."""
    if next(element.iter("{*}v", "{*}is", "{*}f"), None) is None:
        return
    cells = []
    column = 0
    for each in element[: _worth_reading(element)]:
        reference = REFERENCE.fullmatch(each.get("r") or "")
        column = column_index_from_string(reference[1]) if reference else column + 1
        if column > LAST_COLUMN:
            raise CannotBeRead(DAMAGED)
        cells.append(_cell(each, column))
    hidden = _is_true(element.get("hidden")) or element.get("ht") == "0"
    yield StoredRow(number, cells, hidden)


def _worth_reading(row: Any) -> int:
    """Return how many cells of a row are read: those up to the last one with content, and some behind it, which may say
    something by their colour. A row can be coloured over all 16,384 columns.
    """
    read = len(row)
    for each in row.iterchildren(reversed=True):
        if len(each):
            break
        read -= 1
    return read + COLOURS_BEHIND


def _cell(element: Any, column: int) -> Stored:
    value = inline = None
    formula = False
    for child in element:
        name = local(child)
        if name == "v":
            value = child.text
        elif name == "is":
            inline = child
        elif name == "f":
            formula = True
    return Stored(column, element.get("t") or "n", value, inline, formula, element.get("s"))


def _note(element: Any, marks: SheetMarks) -> None:
    name = local(element)
    if name == "cols":
        for each in element:
            if _is_true(each.get("hidden")) or each.get("width") == "0":
                first, last = (whole_number(each.get(name), most=LAST_COLUMN) for name in ("min", "max"))
                if first is not None and last is not None:
                    marks.hidden_columns.append((first, last))
    elif name == "mergeCell":
        if bounds := area(element.get("ref")):
            marks.merges.append(bounds)
    elif name == "conditionalFormatting":
        marks.colour_rules = True
    elif name == "autoFilter":
        marks.filtered = marks.filtered or len(element) > 0
    elif (element.text or "").strip():
        marks.page_words.append(("header" if name.endswith("Header") else "footer", element.text))


def area(reference: str | None) -> tuple[int, int, int, int] | None:
    """Return the bounds of a range such as "A1:J1"; None for what is none."""
    try:
        bounds = range_boundaries((reference or "").replace("$", ""))
    except (ValueError, TypeError):
        return None
    left, top, right, bottom = bounds
    if left is None or top is None or right is None or bottom is None:
        return None
    return left, top, right, bottom


def _is_true(text: str | None) -> bool:
    return text is not None and text.lower() not in OFF


# ------------------------------------------------------------------ rows that are not looked at


def _wordless(package: Package, part: str) -> list[Stretch]:
    """Return stretches of whole rows without values, found by looking at the bytes, which is ten times quicker than parsing
    them. None are found where rows don't say their number, which would then be lost.
    """
    found: list[Stretch] = []
    within = False
    for window, start in _windows(package.chunks(part)):
        if any(mark in window for mark in MARKS_OF_VALUES):
            within = False
            continue
        first = ROW_START.search(window)
        if first is None:
            continue
        last = window.rfind(b"<", 0, max(window.rfind(b"<row "), window.rfind(b":row ")) + 1)
        if not ROW_START.match(window, last):
            continue
        if within:
            found[-1].end = start + last
        else:
            found.append(Stretch(start + first.start(), start + last))
            within = True
    return found


def _windows(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield the bytes piece by piece, each with the end of the piece before, and where it starts."""
    tail, start = b"", 0
    for piece in pieces:
        window = tail + piece
        yield window, start
        tail = window[-OVERLAP:]
        start += len(window) - len(tail)


def _without(pieces: Iterator[bytes], stretches: list[Stretch]) -> Iterator[bytes]:
    """Yield the pieces without the stretches, which are in order."""
    at = 0
    waiting = iter(stretches)
    stretch = next(waiting, None)
    for piece in pieces:
        start, end = at, at + len(piece)
        while stretch is not None and stretch.start < end:
            if at < stretch.start:
                yield piece[at - start : stretch.start - start]
            at = max(at, min(stretch.end, end))
            if stretch.end > end:
                break
            stretch = next(waiting, None)
        if at < end:
            yield piece[at - start :]
        at = end
