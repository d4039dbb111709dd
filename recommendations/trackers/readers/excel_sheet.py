"""Streams the XML of one sheet: cells as they are stored, row by row, and what is said of rows, columns and merges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
ROW_START = re.compile(rb"<(\w{1,20}:|)row [^<>]{0,40}?\br=\"[0-9]")
BLANK = rb"(?:[ \t\r\n]|\xc2\xa0|&#160;|&#x[Aa]0;)*+"
BLANK_ROW = re.compile(
    rb"<(?:\w{1,20}:)?row(?=\s)(?=[^<>]{0,40}?\sr=\"[0-9])[^<>]*+(?:(?<=/)>|>\s*+(?:<(?:\w{1,20}:)?c(?=[\s/>])(?:"
    rb"[^<>]*+(?:(?<=/)>|>(?:"  # a cell without a value, of any kind
    rb"<(?:\w{1,20}:)?v\s?(?:/>|></(?:\w{1,20}:)?v>)|<(?:\w{1,20}:)?is(?:/>|>"
    rb"(?:<(?:\w{1,20}:)?t(?:[^<>]{0,40}(?<=/)>|(?:\s[^<>]{0,40})?>"
    + BLANK
    + rb"</(?:\w{1,20}:)?t>))?</(?:\w{1,20}:)?is>))?</(?:\w{1,20}:)?c>)"
    rb"|[^<>]{0,200}?\st=\"str\"[^<>]*+><(?:\w{1,20}:)?v(?:\s[^<>]{0,40})?>"
    + BLANK
    + rb"</(?:\w{1,20}:)?v></(?:\w{1,20}:)?c>"
    rb")\s*+)*+</(?:\w{1,20}:)?row>)\s*+"
    rb"(?=<(?:(?:\w{1,20}:)?row\s[^<>]{0,40}?\br=\"[0-9]|/(?:\w{1,20}:)?sheetData))"
)
"""A row of cells without words or formulas, before one that says its number, so that nothing is lost with it."""
MOST_HELD = 2 * 1024 * 1024
"""Bytes of one row that are looked at together."""
MOST_BLANK_TEXTS = 20
"""Shared texts without words that are looked for: a workbook has each text once."""
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


def rows(
    package: Package, part: str, marks: SheetMarks, blank_texts: Sequence[int] = ()
) -> Iterator[StoredRow]:
    """Yield the rows with words, in order, and fill `marks`. Framed blank rows are never parsed: there can be a million of
    them. `blank_texts` are the shared texts that have no words.
    """
    pieces = _without_blank_rows(package.chunks(part), blank_texts[:MOST_BLANK_TEXTS])
    stream = Stream(pieces, NAMES)
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


def _without_blank_rows(pieces: Iterator[bytes], blank_texts: Sequence[int]) -> Iterator[bytes]:
    """Yield the pieces without whole rows that have no words, found by looking at the bytes: that is ten times quicker than
    parsing them. None are left out where rows don't say their number, which would then be lost.
    """
    held = b""
    for piece in pieces:
        held += piece
        if b"<!" in piece:  # words may be written so that they look like rows, which Excel never does
            yield held
            yield from pieces
            return
        last = held.rfind(b"<", 0, max(held.rfind(b"<row "), held.rfind(b":row ")) + 1)
        row = ROW_START.match(held, last) if last > 0 else None
        if row is not None:
            yield _words_of(held, row, blank_texts)
            held = held[row.start() :]
        elif len(held) > MOST_HELD:
            yield held
            held = b""
    yield _filled_rows(held, ROW_START.search(held), blank_texts)


def _words_of(held: bytes, last: re.Match[bytes], blank_texts: Sequence[int]) -> bytes:
    """Return what stands before the last row that begins in these bytes, without blank rows."""
    window = held[: last.start()]
    if not any(mark in window for mark in MARKS_OF_VALUES):
        first = ROW_START.search(window)
        return window[: first.start()] if first else window
    return _filled_rows(window + last[0], last, blank_texts)[: -len(last[0])]


def _filled_rows(window: bytes, row: re.Match[bytes] | None, blank_texts: Sequence[int]) -> bytes:
    """Return the bytes without blank rows. `row` is one of their rows, which shows how elements are named."""
    prefix = row[1] if row else b""
    for text in blank_texts:
        value = b"<%bv>%d</%bv>" % (prefix, text, prefix)
        window = window.replace(b't="s">' + value, b't="s">')
    return BLANK_ROW.sub(b"", window)
