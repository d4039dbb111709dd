"""The text of a web page from beginning to end: paragraphs, and tables with the words of their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from committee.text import whole_number
from recommendations.trackers.cells import EMPTY, Cell, Paragraph, Piece, Row
from recommendations.trackers.readers.flow import Flow, TableDraft, inner_lines, is_layout
from recommendations.trackers.readers.grid import Span, SpanGrid, covered
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.web_styles import StyleSheet
from recommendations.trackers.readers.web_words import Inherited, Words, control_words

DROPPED = {
    "script", "style", "template", "noscript", "svg", "object", "embed", "applet", "video", "audio", "canvas", "head", "map",
    "datalist", "xml", "title", "meta", "link", "base", "colgroup", "col", "progress", "meter",
}  # fmt: skip
OTHER_PAGES = {"iframe", "frame"}
CONTROLS = {"input", "select", "textarea"}
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "dl", "li", "dt", "dd", "blockquote",
    "pre", "form", "fieldset", "legend", "address", "center", "figure", "figcaption", "details", "summary", "hr", "body", "html",
    "h1", "h2", "h3", "h4", "h5", "h6", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "menu", "dir", "frameset",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PARTS = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "rowgroup": "tbody", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip
"""What other elements are by their role (WAI-ARIA)."""
GROUPS = ("thead", "tbody", "tfoot")
LAST_SPAN = 65_534
"""Rows that a cell can reach over, by the HTML standard."""


def part_of(element: Any) -> str:
    """Return the tag of an element, or the part of a table that it is by its role."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    role = element.get("role")
    return PARTS.get(role, tag) if role else tag


@dataclass
class WebCell:
    """A cell with its content, before it is known how far it reaches."""

    pieces: tuple[Piece, ...]
    deleted: str
    comments: tuple[str, ...]
    colour: str | None
    header: bool
    hidden: bool


@dataclass
class WebRow:
    """A row of a table and where it stands."""

    element: Any
    group: Any
    headed: bool


class Page:
    """Reads the elements of a page in their order."""

    def __init__(self, flow: Flow, styles: StyleSheet, notices: Notices) -> None:
        self.flow = flow
        self.styles = styles
        self.notices = notices
        self._layout: set[Any] = set()

    def read(self, root: Any) -> None:
        """Read the whole page."""
        self._layout = layout_tables(root)
        words = Words(self.notices, self.flow)
        self._walk(root, Inherited(), words, None)
        words.end()

    def _walk(self, element: Any, state: Inherited, words: Words, within: TableDraft | None) -> None:
        """Read an element and what stands in it."""
        part = part_of(element)
        if not part or part in DROPPED:
            return
        if part == "table":
            self._inner_table(element, state, words, within)
            return
        if part in OTHER_PAGES:
            self.notices.tell("other pages")
            return
        look = self.styles.look(element)
        if self._is_told(element, part, words):
            return
        state = state.inside(element, part, look)
        if part == "br":
            words.line_end()
            return
        if part in CONTROLS or part == "img":
            words.add(control_words(element, part, in_cell=words.in_cell), state)
            return
        if look.is_label:
            words.label_from("".join(element.itertext()))
            return
        block = part in BLOCKS
        if block:
            words.begin_block(heading=HEADINGS.get(part, 0), level=look.list_level)
        if part == "li":
            words.begin_item(state.labels.next(element) if state.labels else "", state.list_depth)
        words.add(element.text, state)
        for child in element:
            self._walk(child, state, words, within)
            words.add(child.tail, state)
        if block:
            words.end_block()

    def _is_told(self, element: Any, part: str, words: Words) -> bool:
        """Return whether an element is one of Word's own comments or references to notes, and tell it."""
        classes = element.get("class") or ""
        style = element.get("style") or ""
        if not classes and not style:
            return False
        if "MsoFootnoteReference" in classes or "MsoEndnoteReference" in classes:
            self.notices.tell("footnotes")
            return True
        if "mso-element:comment-list" in style.replace(" ", ""):
            self.notices.tell("comments", count=max(1, style_count(element, "mso-element:comment")))
            return True
        return "MsoCommentReference" in classes or "msocomanchor" in classes

    # -------------------------------------------------------------- tables

    def _inner_table(self, element: Any, state: Inherited, words: Words, within: TableDraft | None) -> None:
        """Read a table, as one of the page, or as words of the cell where it stands too."""
        words.begin_block()
        look = self.styles.look(element)
        draft = self._table(element, replace(state, hidden=False), words, within)
        draft.hidden = state.hidden or look.hidden
        if draft.hidden and any(cell.pieces for row in draft.rows for cell in row.cells):
            self.notices.tell("hidden tables", f"table {draft.name}")
        if words.in_cell:
            words.add_lines(inner_lines(draft), hidden=draft.hidden)
        words.end_block()

    def _table(self, element: Any, state: Inherited, words: Words, within: TableDraft | None) -> TableDraft:
        for caption in element.iterchildren("caption"):
            self._walk(caption, state, words, within)
        draft = self.flow.begin_table(within, layout_only=element in self._layout)
        rows = list(_rows(element))
        ends = {row.group: at + 1 for at, row in enumerate(rows)}
        grid: SpanGrid[WebCell] = SpanGrid()
        hidden: list[bool] = []
        for at, row in enumerate(rows):
            grid.begin_row()
            row_state = state.inside(row.element, "tr", self.styles.look(row.element))
            hidden.append(row_state.hidden)
            row_state = replace(row_state, hidden=False)
            left_in_group = ends[row.group] - at
            for cell in _cells(row.element):
                made = self._cell(cell, row_state, words, draft)
                grid.add(
                    made, rows=_rows_spanned(cell, left_in_group), columns=_number(cell.get("colspan"), 1)
                )
        draft.hidden_columns, draft.rows = self._finished(draft, grid.spans, rows, hidden)
        return draft

    def _cell(self, element: Any, row_state: Inherited, words: Words, draft: TableDraft) -> WebCell:
        look = self.styles.look(element)
        header = part_of(element) == "th"
        state = replace(
            row_state.inside(element, "td", look), hidden=False, ground=None, labels=None, list_depth=0
        )
        colour = look.ground or row_state.ground
        if draft.layout_only and not words.in_cell:
            start = len(self.flow.found)
            words.begin_block()
            self._content(element, state, words, draft)
            words.end_block()
            pieces = _own_words(self.flow.found[start:])
            return WebCell(pieces, "", (), colour, header, look.hidden)
        inner = Words(self.notices, None)
        self._content(element, state, inner, draft)
        return WebCell(
            pieces=inner.pieces(),
            deleted=inner.deleted(),
            comments=(),
            colour=colour or inner.only_ground(),
            header=header,
            hidden=look.hidden,
        )

    def _content(self, element: Any, state: Inherited, words: Words, draft: TableDraft) -> None:
        words.add(element.text, state)
        for child in element:
            self._walk(child, state, words, draft)
            words.add(child.tail, state)

    def _finished(
        self, draft: TableDraft, spans: list[Span[WebCell]], rows: list[WebRow], hidden: list[bool]
    ) -> tuple[frozenset[int], list[Row]]:
        """Return the hidden columns and the rows, with each cell in the places that it covers."""
        starts = sorted({span.left for span in spans})
        width = len(starts)
        grid: list[list[Cell]] = [[EMPTY] * width for _ in rows]
        shown: set[int] = set()
        unseen: set[int] = set()
        for span in spans:
            left, right = covered(starts, span.left, span.right)
            if right - left == 1:
                (unseen if span.cell.hidden else shown).add(left)
            bottom = min(span.bottom, len(rows) - 1)
            cell = self._made(span.cell, bottom - span.top + 1, right - left)
            if cell is EMPTY:
                continue
            self.flow.budget.merged((bottom - span.top) * (right - left))
            for at in range(span.top, bottom + 1):
                grid[at][left:right] = [cell] * (right - left)
        hidden_columns = frozenset(unseen - shown)
        self._tell_hidden(draft, spans, starts, hidden_columns)
        made = []
        for at, row in enumerate(rows):
            if any(cell is not EMPTY for cell in grid[at]):
                self.flow.budget.row(width)
                if hidden[at]:
                    self.notices.tell("hidden rows", f"table {draft.name}, row {at + 1}")
            made.append(Row(number=at + 1, cells=tuple(grid[at]), hidden=hidden[at], header=row.headed))
        return hidden_columns, made

    def _tell_hidden(
        self, draft: TableDraft, spans: list[Span[WebCell]], starts: list[int], hidden_columns: frozenset[int]
    ) -> None:
        for column in sorted(hidden_columns):
            self.notices.tell("hidden columns", f"table {draft.name}, column {column + 1}")
        for span in spans:
            cell = span.cell
            alone = cell.hidden and covered(starts, span.left, span.right)[0] not in hidden_columns
            if alone:
                cell.pieces = tuple(replace(piece, hidden=True) for piece in cell.pieces)
            if any(piece.hidden and piece.text.strip() for piece in cell.pieces):
                self.notices.tell("hidden text", f"table {draft.name}, row {span.top + 1}")

    def _made(self, cell: WebCell, rows: int, columns: int) -> Cell:
        pieces = cell.pieces if any(piece.text.strip() for piece in cell.pieces) else ()
        self.flow.budget.letters(sum(len(piece.text) for piece in pieces))
        if not (pieces or cell.deleted or cell.colour):
            return EMPTY
        return Cell(
            pieces=pieces,
            colour=cell.colour,
            deleted=cell.deleted,
            rowspan=rows,
            colspan=columns,
            header=cell.header,
        )


def _own_words(found: list[Paragraph | TableDraft]) -> tuple[Piece, ...]:
    """Return the words of a cell that lays out a page; none where tables stand in it, which have their own."""
    pieces: list[Piece] = []
    for each in found:
        if isinstance(each, TableDraft):
            return ()
        pieces += [Piece("\n")] if pieces else []
        pieces += [Piece(f"{each.label} ")] if each.label else []
        pieces += each.pieces
    return tuple(pieces)


def style_count(element: Any, mark: str) -> int:
    """Return how many elements within this one have a mark of Word's in their style."""
    return sum(
        mark in (each.get("style") or "").replace(" ", "")
        for each in element.iterdescendants()
        if isinstance(each.tag, str)
    )


# ------------------------------------------------------------------ the parts of a table


def _rows(table: Any) -> Iterator[WebRow]:
    """Yield the rows of a table in the order of the file, seeing through what does not belong there."""

    def within(element: Any, group: Any) -> Iterator[WebRow]:
        for each in element:
            part = part_of(each)
            if part == "tr":
                headers = [part_of(cell) == "th" for cell in _cells(each)]
                headed = part_of(group) == "thead" or (len(headers) > 1 and all(headers))
                yield WebRow(each, group, headed)
            elif part in GROUPS:
                yield from within(each, each)
            elif part and part not in ("table", "caption", *DROPPED):
                yield from within(each, group)

    yield from within(table, table)


def _cells(row: Any) -> Iterator[Any]:
    for each in row:
        part = part_of(each)
        if part in ("td", "th"):
            yield each
        elif part and part not in ("table", *DROPPED) and len(each):
            yield from _cells(each)


def _rows_spanned(cell: Any, left: int) -> int:
    """Return how many rows a cell reaches over, at most the `left` ones of its group; 0 in the file means all of these."""
    said = _number(cell.get("rowspan"), 1)
    return min(said or left, left, LAST_SPAN)


def _number(text: str | None, default: int) -> int:
    number = whole_number(text)
    return default if number is None else number


def layout_tables(root: Any) -> set[Any]:
    """Return the tables that only put things in their places."""
    rows: dict[Any, int] = defaultdict(int)
    columns: dict[Any, int] = defaultdict(int)
    headed: set[Any] = set()
    inner: dict[Any, list[Any]] = defaultdict(list)
    tables = [each for each in root.iter() if part_of(each) == "table"]
    known = set(tables)

    def above(element: Any) -> Iterator[Any]:
        return (each for each in element.iterancestors() if each in known)

    for element in root.iter():
        part = part_of(element)
        if part == "tr" and (table := next(above(element), None)) is not None:
            rows[table] += 1
            columns[table] = max(columns[table], sum(1 for _ in _cells(element)))
        elif part in HEADINGS and (table := next(above(element), None)) is not None:
            headed.add(table)
        elif part == "table":
            for each in above(element):
                inner[each].append(element)
    return {
        table
        for table in tables
        if is_layout(
            rows[table],
            columns[table],
            [(rows[each], columns[each]) for each in inner[table]],
            headed=table in headed,
        )
    }
