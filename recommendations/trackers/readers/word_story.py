"""The text of a Word document from beginning to end: paragraphs, and tables with the paragraphs of their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recommendations.trackers.cells import Piece
from recommendations.trackers.readers.flow import Flow, TableDraft, inner_lines, is_layout
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import attribute, local
from recommendations.trackers.readers.word_grid import DraftCell, grid_rows
from recommendations.trackers.readers.word_numbers import BULLET, Numbers
from recommendations.trackers.readers.word_styles import Styles, shade, value, whole
from recommendations.trackers.readers.word_words import Line, WordReader, first_choice, is_placeholder

SEEN_THROUGH = ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice", "Fallback")
NO_LIST = (None, "0", "")


@dataclass(frozen=True)
class Numbered:
    """What stands before a paragraph."""

    label: str = ""
    level: int = 0


@dataclass
class Content:
    """What the blocks of a cell say together."""

    lines: list[tuple[Piece, ...]] = field(default_factory=list)
    labels_only: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    shade: str | None = None
    open_end: bool = False
    """Whether the next paragraph goes on in the same line: the mark between them was deleted."""

    def add(self, pieces: tuple[Piece, ...]) -> None:
        if self.open_end and self.lines:
            self.lines[-1] += pieces
        else:
            self.lines.append(pieces)

    def pieces(self) -> tuple[Piece, ...]:
        """Return the lines as pieces, parted by line ends; numbers that stand alone are the words of a cell without others."""
        lines = self.lines
        if not any(piece.text.strip() for line in lines for piece in line):
            lines = [(Piece(label),) for label in self.labels_only]
        return joined(lines)


def joined(lines: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Return the pieces of several lines, a line end at the end of each but the last; neighbours alike are one."""
    pieces: list[Piece] = []
    for at, line in enumerate(lines):
        for piece in line:
            _append(pieces, piece)
        if at + 1 < len(lines):
            last = pieces[-1] if line and pieces else Piece("")
            _append(pieces, Piece("\n", last.struck, last.hidden, last.inserted, last.colour))
    return tuple(pieces)


def _append(pieces: list[Piece], piece: Piece) -> None:
    if pieces:
        last = pieces[-1]
        if (last.struck, last.hidden, last.inserted, last.colour) == (
            piece.struck, piece.hidden, piece.inserted, piece.colour,
        ):  # fmt: skip
            pieces[-1] = Piece(last.text + piece.text, last.struck, last.hidden, last.inserted, last.colour)
            return
    pieces.append(piece)


class Story:
    """Reads blocks in their order, so that numbers and fields go on from one to the next."""

    def __init__(
        self, flow: Flow, styles: Styles, numbers: Numbers, notices: Notices, comments: dict[str, str]
    ) -> None:
        self.flow = flow
        self._styles = styles
        self._numbers = numbers
        self._notices = notices
        self._comments = comments
        self._words = WordReader(styles, notices)
        self._told: set[str] = set()

    # -------------------------------------------------------------- outside tables

    def read(self, container: Any, within: TableDraft | None = None) -> None:
        """Read blocks that are paragraphs and tables of their own."""
        open_pieces: tuple[Piece, ...] = ()
        for block in self._blocks(container):
            if local(block) == "tbl":
                self.table(block, within)
                continue
            self.flow.counted += within is None
            line, number, goes_on = self._paragraph(block)
            pieces = open_pieces + tuple(line.pieces)
            open_pieces = pieces if goes_on else ()
            if not goes_on and (line.has_words or number.label not in ("", BULLET) or pieces):
                self.flow.paragraph(
                    pieces, label=number.label, level=number.level, heading=self._heading(block)
                )
            self._tell(line, "")
            for box in line.boxes:
                self.read(box, within)
        if open_pieces:
            self.flow.paragraph(open_pieces)

    def read_page_part(self, root: Any, where: str) -> None:
        """Read the paragraphs of a page's head or foot, those in its tables too."""
        for paragraph in root.iter("{*}p"):
            self.flow.counted += 1
            line, number, _ = self._paragraph(paragraph)
            self.flow.paragraph(tuple(line.pieces), label=number.label, where=where)

    def _heading(self, paragraph: Any) -> int:
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return 0
        level = whole(value(properties.find("{*}outlineLvl")))
        if level is not None:
            return min(level + 1, 6) if level < 9 else 0
        return self._styles.heading(value(properties.find("{*}pStyle")) or "")

    # -------------------------------------------------------------- blocks

    def _blocks(self, container: Any) -> Iterator[Any]:
        """Yield the paragraphs and tables, seeing through what only holds them. What was deleted or moved away as a whole is
        left out.
        """
        for each in container:
            name = local(each)
            if name in ("p", "tbl"):
                yield each
            elif name == "sdt":
                for content in each.iterfind("{*}sdtContent"):
                    if not is_placeholder(each) or content.find(".//{*}tbl") is not None:
                        yield from self._blocks(content)
            elif name == "AlternateContent":
                yield from self._blocks(first_choice(each))
            elif name in SEEN_THROUGH:
                yield from self._blocks(each)
            elif name == "altChunk":
                self._notices.tell("embedded files")

    def _paragraph(self, paragraph: Any, *, deleted: bool = False) -> tuple[Line, Numbered, bool]:
        """Return what a paragraph says, the number before it, and whether the next goes on in its line."""
        properties = paragraph.find("{*}pPr")
        style = value(properties.find("{*}pStyle")) or "" if properties is not None else ""
        line = self._words.line(paragraph, style, deleted=deleted)
        goes_on = properties is not None and _mark_is_deleted(properties)
        if goes_on:
            self._notices.tell("tracked changes")
        if deleted or (goes_on and not line.has_words):
            return line, Numbered(), goes_on
        return line, self._number(properties, style), goes_on

    def _number(self, properties: Any, style: str) -> Numbered:
        key, at = self._styles.list_of(style)
        if key is not None and at is None:
            at = self._numbers.level_of_style(key, style)
        own = properties.find("{*}numPr") if properties is not None else None
        if own is not None:
            key = value(own.find("{*}numId")) or key
            level = whole(value(own.find("{*}ilvl")))
            at = level if level is not None else at
        if key in NO_LIST:
            return Numbered()
        label = self._numbers.label(str(key), at or 0)
        return Numbered(label, (at or 0) + 1)

    def _tell(self, line: Line, place: str) -> None:
        for kind, count in (("embedded files", line.embedded), ("footnotes", line.footnotes)):
            if count:
                self._notices.tell(kind, place, count=count)
        if any(piece.hidden and piece.text.strip() for piece in line.pieces):
            self._notices.tell("hidden text", place)
        for key in line.comments:
            if self._comments.get(key) and key not in self._told:
                self._told.add(key)
                self._notices.tell("comments", place)

    # -------------------------------------------------------------- tables

    def table(self, element: Any, within: TableDraft | None, *, in_cell: bool = False) -> TableDraft:
        """Read a table. The paragraphs in the cells of one that only lays out a page are paragraphs of the document."""
        layout = _only_lays_out(element)
        draft = self.flow.begin_table(within, layout_only=layout)
        flows = layout and not in_cell
        rows: list[tuple[Any, list[DraftCell]]] = []
        for row in _rows(element):
            number = len(rows) + 1
            deleted = _row_mark(row, "del", "moveFrom")
            if deleted or _row_mark(row, "ins", "moveTo"):
                self._notices.tell("tracked changes")
            cells = [
                self._cell(cell, empty, draft, flows, deleted, f"table {draft.name}, row {number}")
                for cell, empty in _cells(row)
            ]
            rows.append((row, cells))
        draft.rows = grid_rows(element, rows, draft.name, self._notices, self.flow.budget)
        for made in draft.rows:
            if made.hidden and any(cell.text for cell in made.cells):
                self._notices.tell("hidden rows", f"table {draft.name}, row {made.number}")
        return draft

    def _cell(
        self, element: Any, empty: bool, draft: TableDraft, flows: bool, deleted: bool, place: str
    ) -> DraftCell:
        properties = element.find("{*}tcPr")
        content = Content()
        if _has_mark(properties, "cellDel"):
            deleted = True
        if _has_mark(properties, "cellDel") or _has_mark(properties, "cellIns"):
            self._notices.tell("tracked changes")
        if not empty:
            self._fill(content, element, draft, flows, deleted, place)
        return DraftCell(
            element=element,
            pieces=content.pieces(),
            deleted="\n".join(filter(str.strip, content.deleted)).strip(),
            comments=tuple(text for key in content.comments if (text := self._comments.get(key))),
            colour=shade(properties.find("{*}shd") if properties is not None else None) or content.shade,
        )

    def _fill(
        self, content: Content, element: Any, draft: TableDraft, flows: bool, deleted: bool, place: str
    ) -> None:
        for block in self._blocks(element):
            if local(block) == "tbl":
                inner = self.table(block, draft, in_cell=not flows)
                if not flows and (words := inner_lines(inner)):
                    content.add((Piece(words),))
                continue
            line, number, goes_on = self._paragraph(block, deleted=deleted)
            self._take(content, line, number, block, flows, deleted)
            content.open_end = goes_on
            self._tell(line, place)
            if line.pictures and not line.has_words:
                self._notices.tell("pictures", place, count=line.pictures)
            for box in line.boxes:
                self._fill(content, box, draft, flows, deleted, place)
        for each in element.iterfind("{*}commentRangeStart"):
            content.comments += [
                key for key in (attribute(each, "id"),) if key and key not in content.comments
            ]

    def _take(
        self, content: Content, line: Line, number: Numbered, block: Any, flows: bool, deleted: bool
    ) -> None:
        content.deleted.append("".join(line.deleted))
        content.comments += [key for key in line.comments if key not in content.comments]
        if content.shade is None:
            content.shade = shade(block.find("{*}pPr/{*}shd"))
        if deleted:
            return
        if number.label and not line.has_words:
            if number.label != BULLET:
                content.labels_only.append(number.label)
        elif number.label:
            content.add((Piece(f"{number.label} "), *line.pieces))
        else:
            content.add(tuple(line.pieces))
        if flows:
            self.flow.paragraph(
                tuple(line.pieces), label=number.label, level=number.level, heading=self._heading(block)
            )


def _mark_is_deleted(properties: Any) -> bool:
    """Return whether the end of a paragraph was deleted or moved by a tracked change."""
    return properties.find("{*}rPr/{*}del") is not None or properties.find("{*}rPr/{*}moveFrom") is not None


def _rows(container: Any) -> Iterator[Any]:
    """Yield the rows of a table, seeing through content controls."""
    for each in container:
        name = local(each)
        if name == "tr":
            yield each
        elif name == "sdt":
            for content in each.iterfind("{*}sdtContent"):
                yield from _rows(content)
        elif name == "AlternateContent":
            yield from _rows(first_choice(each))
        elif name in SEEN_THROUGH:
            yield from _rows(each)


def _cells(container: Any, placeholder: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield the cells of a row, and whether each shows nothing but words that ask to fill it in."""
    for each in container:
        name = local(each)
        if name == "tc":
            yield each, placeholder
        elif name == "sdt":
            for content in each.iterfind("{*}sdtContent"):
                yield from _cells(content, placeholder or is_placeholder(each))
        elif name == "AlternateContent":
            yield from _cells(first_choice(each), placeholder)
        elif name in SEEN_THROUGH:
            yield from _cells(each, placeholder)


def _row_mark(row: Any, *names: str) -> bool:
    properties = row.find("{*}trPr")
    return properties is not None and any(properties.find(f"{{*}}{name}") is not None for name in names)


def _has_mark(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(f"{{*}}{name}") is not None


def _only_lays_out(table: Any) -> bool:
    rows = list(_rows(table))
    columns = max((sum(1 for _ in _cells(row)) for row in rows), default=0)
    inner = [each for each in table.iter("{*}tbl") if each is not table]
    sizes = [(len(own := list(_rows(each))), sum(1 for _ in _cells(own[0])) if own else 0) for each in inner]
    return is_layout(len(rows), columns, sizes, headed=False)
