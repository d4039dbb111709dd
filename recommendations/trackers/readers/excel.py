"""Reads Excel workbooks: the stored values as a person sees them, merges, fills, strikes, comments, and what is hidden.

Macros are never run, formulas never worked out, links never followed.
"""

from __future__ import annotations

from dataclasses import replace

from openpyxl.utils import get_column_letter

from recommendations.trackers.cells import EMPTY, Cell, Paragraph, Row, Table, TrackerFile
from recommendations.trackers.limits import BLANK_ROWS_KEPT, MOST_BLANK_ROWS
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.excel_parts import (
    Sheet,
    headed_rows,
    page_words,
    read_comments,
    read_drawing_words,
    read_sheets,
    read_strings,
)  # fmt: skip
from recommendations.trackers.readers.excel_sheet import SheetMarks, StoredRow, rows
from recommendations.trackers.readers.excel_styles import read_styles
from recommendations.trackers.readers.excel_values import CellReader
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import Package
from recommendations.trackers.readers.rows import has_words, without_blank_runs
from recommendations.trackers.readers.source import Source


def read(source: Source) -> TrackerFile:
    """Return the sheets that have words, in the order of the workbook, hidden ones too."""
    package = Package(source)
    notices, budget = Notices(), Budget()
    main = package.main_part()
    sheets = read_sheets(package, main, notices)
    cells = CellReader(
        styles=read_styles(package, main),
        strings=read_strings(package, main, budget),
        since_1904=sheets.since_1904,
        notices=notices,
        budget=budget,
    )
    if package.has_macros():
        notices.tell("macros")
    tables: list[Table] = []
    paragraphs: list[Paragraph] = []
    for sheet in sheets.all:
        words = read_drawing_words(package, sheet.part, len(paragraphs))
        marks = SheetMarks()
        table = _table(package, sheet, marks, cells, notices, budget)
        printed = page_words(marks, len(paragraphs) + len(words))
        paragraphs += words + printed
        if table.rows:
            budget.table()
            tables.append(replace(table, before=tuple(words)))
            _tell_of_sheet(table, marks, notices)
    return TrackerFile(
        name=source.name,
        format="xlsx",
        tables=tuple(tables),
        paragraphs=tuple(_readable(paragraph, cells) for paragraph in paragraphs),
        notices=notices.all(),
        properties=package.properties(),
    )


def _readable(paragraph: Paragraph, cells: CellReader) -> Paragraph:
    return replace(
        paragraph, pieces=tuple(replace(piece, text=cells.readable(piece.text)) for piece in paragraph.pieces)
    )


def _table(
    package: Package, sheet: Sheet, marks: SheetMarks, cells: CellReader, notices: Notices, budget: Budget
) -> Table:
    comments = read_comments(package, sheet.part)
    found: dict[int, dict[int, Cell]] = {}
    hidden: set[int] = set()
    for stored in rows(package, sheet.part, marks, cells.blank_texts):
        row = _row(stored, sheet, cells, comments)
        width = max((column for column, cell in row.items() if cell.pieces or cell.formula), default=0)
        if width:
            budget.row(width)
            found[stored.number] = row
            if stored.hidden:
                hidden.add(stored.number)
    told = {place: text for place, text in comments.items() if text}
    for row_number, column in told:
        notices.tell(
            "comments",
            f"{sheet.name}!{get_column_letter(column)}{row_number}",
            count=len(told[row_number, column]),
        )
    width = _width(found)
    spans = _merge(found, marks, width, sheet, notices, budget)
    headed = headed_rows(package, sheet.part)
    blank = (EMPTY,) * width  # one for all: there can be a hundred between any two with words
    filled = found.keys() | {number for number, _ in spans}
    made = [
        Row(
            number=number,
            cells=tuple(
                spans.get((number, at)) or found.get(number, {}).get(at, EMPTY) for at in range(1, width + 1)
            )
            if number in filled
            else blank,
            hidden=number in hidden,
            header=number in headed,
        )
        for number in _numbers(found)
    ]
    return Table(
        name=sheet.name,
        rows=without_blank_runs(made),
        width=width,
        hidden=sheet.hidden,
        hidden_columns=_hidden_columns(marks, width),
    )


def _row(
    stored: StoredRow, sheet: Sheet, cells: CellReader, comments: dict[tuple[int, int], tuple[str, ...]]
) -> dict[int, Cell]:
    row = {}
    for each in stored.cells:
        cell = cells.cell(each, f"{sheet.name}!{get_column_letter(each.column)}{stored.number}")
        if text := comments.get((stored.number, each.column)):
            cell = replace(cell, comments=text)
        if cell is not EMPTY:
            row[each.column] = cell
    return row


def _numbers(found: dict[int, dict[int, Cell]]) -> list[int]:
    """Return the numbers of the rows with words, and of the first blank ones of each run between them."""
    numbers: list[int] = []
    before = 0
    for at, number in enumerate(sorted(found)):
        kept = BLANK_ROWS_KEPT if len(numbers) - at < MOST_BLANK_ROWS else 1
        numbers += range(before + 1, min(number, before + 1 + kept))
        numbers.append(number)
        before = number
    return numbers


def _width(found: dict[int, dict[int, Cell]]) -> int:
    """Return the last column with words, and the one behind it where that alone has colours: it may be their status. Rows
    that are coloured on and on are another matter.
    """
    width = max(
        (column for row in found.values() for column, cell in row.items() if cell.pieces or cell.formula),
        default=0,
    )
    behind = any(width + 1 in row and width + 2 not in row for row in found.values())
    return width + 1 if width and behind else width


def _merge(
    found: dict[int, dict[int, Cell]],
    marks: SheetMarks,
    width: int,
    sheet: Sheet,
    notices: Notices,
    budget: Budget,
) -> dict[tuple[int, int], Cell]:
    """Return the merged cells by each place where they stand, within the rows and columns that have words."""
    spans: dict[tuple[int, int], Cell] = {}
    numbers = _numbers(found)
    last = numbers[-1] if numbers else 0
    kept = set(numbers)
    for left, top, right, bottom in marks.merges:
        right, bottom = min(right, width), min(bottom, last)
        if right < left or bottom < top:
            continue
        anchor = found.get(top, {}).get(left, EMPTY)
        if anchor is EMPTY:
            continue
        cell = replace(anchor, rowspan=bottom - top + 1, colspan=right - left + 1)
        within = (
            range(top, bottom + 1)
            if bottom - top < len(numbers)
            else [n for n in numbers if top <= n <= bottom]
        )
        budget.merged(len(within) * cell.colspan)
        for number in within:
            for column in range(left, right + 1):
                behind = found.get(number, {}).get(column, EMPTY)
                if behind.pieces and behind is not anchor:
                    notices.tell(
                        "text behind merged cells", f"{sheet.name}!{get_column_letter(column)}{number}"
                    )
                if number in kept:
                    spans[number, column] = cell
    return spans


def _hidden_columns(marks: SheetMarks, width: int) -> frozenset[int]:
    return frozenset(
        column - 1
        for first, last in marks.hidden_columns
        for column in range(max(1, first), min(last, width) + 1)
    )


def _tell_of_sheet(table: Table, marks: SheetMarks, notices: Notices) -> None:
    """Tell what is hidden in a sheet and has words."""
    name = str(table.name)
    if table.hidden:
        notices.tell("hidden sheets", name)
    hidden = [row for row in table.rows if row.hidden and has_words(row)]
    for row in hidden:
        notices.tell("hidden rows", f"{name}!{row.number}")
    if hidden and marks.filtered:
        notices.tell("filters", name)
    for column in sorted(table.hidden_columns):
        if any(row.cells[column].pieces for row in table.rows):
            notices.tell("hidden columns", f"{name}!{get_column_letter(column + 1)}")
    if marks.colour_rules:
        notices.tell("colours by rules", name)
