"""The text of a Word document from beginning to end: paragraphs, and tables with the paragraphs of their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recommendations.trackers.cells import Piece
from recommendations.trackers.readers.flow import Flow, TableDraft, inner_lines
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.word_blocks import TableBlock, blocks, cells_of
from recommendations.trackers.readers.word_grid import DraftCell, DraftRow, grid_rows
from recommendations.trackers.readers.word_numbers import BULLET, Numbers
from recommendations.trackers.readers.word_styles import (
    LAST_OUTLINE,
    MOST_HEADING,
    ParagraphProperties,
    Styles,
    paragraph_properties,
)
from recommendations.trackers.readers.word_words import Line, WordReader

NO_LIST = (None, "0", "")


@dataclass(frozen=True)
class Numbered:
    """What stands before a paragraph."""

    label: str = ""
    level: int = 0


UNNUMBERED = Numbered()


@dataclass
class Content:
    """What the blocks of a cell say together."""

    lines: list[tuple[Piece, ...]] = field(default_factory=list)
    labels_only: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    shade: str | None = None
    counted: bool = True
    """Whether its paragraphs count in their lists."""
    was_deleted: bool = False
    """Whether all of it was deleted by a tracked change."""
    open_end: bool = False
    """Whether the next paragraph goes on in the same line: the mark between them was deleted."""

    def add(self, pieces: tuple[Piece, ...]) -> None:
        if self.open_end and self.lines:
            self.lines[-1] += pieces
        else:
            self.lines.append(pieces)

    def take(self, line: Line, number: Numbered, properties: ParagraphProperties) -> None:
        """Add what a paragraph says."""
        self.deleted.append("".join(line.deleted))
        self.comments += [key for key in line.comments if key not in self.comments]
        self.shade = self.shade or properties.shade
        if self.was_deleted:
            return
        if number.label and not line.has_words:
            if number.label != BULLET:
                self.labels_only.append(number.label)
        elif number.label:
            self.add((Piece(f"{number.label} "), *line.pieces))
        else:
            self.add(tuple(line.pieces))
        self.open_end = properties.end_deleted

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
        self._pages: set[tuple[str, str]] = set()

    # -------------------------------------------------------------- outside tables

    def read(self, found: Iterator[Any], within: TableDraft | None = None) -> None:
        """Read blocks that are paragraphs and tables of their own."""
        open_pieces: tuple[Piece, ...] = ()
        for block in found:
            if isinstance(block, TableBlock):
                self.table(block, within)
                continue
            self.flow.counted += within is None
            properties = paragraph_properties(block)
            line, number = self._paragraph(block, properties)
            pieces = open_pieces + tuple(line.pieces)
            open_pieces = pieces if properties.end_deleted else ()
            if not properties.end_deleted:
                self._add_to_flow(pieces, number, properties)
            self._tell(line, "")
            for box in line.boxes:
                self.read(blocks(box, self._notices), within)
        if open_pieces:
            self.flow.paragraph(open_pieces)

    def read_page_part(self, root: Any, where: str) -> None:
        """Read the paragraphs of a page's head or foot, those in its tables too; the same words once."""
        for paragraph in root.iter("{*}p"):
            self.flow.counted += 1
            line, number = self._paragraph(paragraph, paragraph_properties(paragraph))
            words = (where, "".join(piece.text for piece in line.pieces).strip())
            if words not in self._pages:
                self._pages.add(words)
                self.flow.paragraph(tuple(line.pieces), label=number.label, where=where)

    def _heading(self, properties: ParagraphProperties) -> int:
        if properties.outline is not None:
            return min(properties.outline + 1, MOST_HEADING) if properties.outline < LAST_OUTLINE else 0
        return self._styles.heading(properties.style)

    # -------------------------------------------------------------- paragraphs

    def _paragraph(
        self, paragraph: Any, properties: ParagraphProperties, *, deleted: bool = False, counted: bool = True
    ) -> tuple[Line, Numbered]:
        """Return what a paragraph says and the number before it."""
        line = self._words.line(paragraph, properties.style, deleted=deleted)
        if properties.end_deleted:
            self._notices.tell("tracked changes")
        if deleted or not counted or (properties.end_deleted and not line.has_words):
            return line, UNNUMBERED
        return line, self._number(properties)

    def _number(self, properties: ParagraphProperties) -> Numbered:
        key, at = self._styles.list_of(properties.style)
        if key is not None and at is None:
            at = self._numbers.level_of_style(key, properties.style)
        key = properties.list_key or key
        at = at if properties.list_level is None else properties.list_level
        if key in NO_LIST:
            return UNNUMBERED
        return Numbered(self._numbers.label(str(key), at or 0), (at or 0) + 1)

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

    def table(self, table: TableBlock, within: TableDraft | None, *, in_cell: bool = False) -> TableDraft:
        """Read a table. The paragraphs in the cells of one that only lays out a page are paragraphs of the document."""
        draft = self.flow.begin_table(within, layout_only=table.layout_only)
        flows = table.layout_only and not in_cell
        rows: list[DraftRow] = []
        for element in table.rows:
            self.flow.budget.any_row()
            row = DraftRow.of(element)
            place = f"table {draft.name}, row {len(rows) + 1}"
            if row.changed:
                self._notices.tell("tracked changes")
            for cell, empty in cells_of(element):
                row.cells.append(self._cell(cell, empty, draft, flows, row.deleted, place))
            rows.append(row)
        draft.rows = grid_rows(rows, table.widths, draft.name, self._notices, self.flow.budget)
        for made in draft.rows:
            if made.hidden and any(cell.text for cell in made.cells):
                self._notices.tell("hidden rows", f"table {draft.name}, row {made.number}")
        return draft

    def _cell(
        self, element: Any, empty: bool, draft: TableDraft, flows: bool, deleted: bool, place: str
    ) -> DraftCell:
        cell = DraftCell.of(element)
        if cell.was_deleted or cell.was_inserted:
            self._notices.tell("tracked changes")
        if empty:
            return cell
        content = Content(
            # Word shows nothing of a cell that goes on with the one above, and does not count its numbers.
            counted=cell.down != "continue" and cell.along != "continue",
            was_deleted=deleted or cell.was_deleted,
        )
        self._fill(content, element, draft, flows, place)
        cell.pieces = content.pieces()
        cell.deleted = "\n".join(filter(str.strip, content.deleted)).strip()
        cell.comments = tuple(text for key in content.comments if (text := self._comments.get(key)))
        cell.colour = cell.colour or content.shade
        return cell

    def _fill(self, content: Content, element: Any, draft: TableDraft, flows: bool, place: str) -> None:
        for block in blocks(element, self._notices):
            if isinstance(block, TableBlock):
                inner = self.table(block, draft, in_cell=not flows)
                if not flows and (words := inner_lines(inner)):
                    content.add((Piece(words),))
                continue
            properties = paragraph_properties(block)
            line, number = self._paragraph(
                block, properties, deleted=content.was_deleted, counted=content.counted
            )
            content.take(line, number, properties)
            if flows and not content.was_deleted:
                self._add_to_flow(tuple(line.pieces), number, properties)
            self._tell(line, place)
            if line.pictures and not line.has_words:
                self._notices.tell("pictures", place, count=line.pictures)
            for box in line.boxes:
                self._fill(content, box, draft, flows, place)

    def _add_to_flow(
        self, pieces: tuple[Piece, ...], number: Numbered, properties: ParagraphProperties
    ) -> None:
        label = "" if number.label == BULLET and not pieces else number.label
        self.flow.paragraph(pieces, label=label, level=number.level, heading=self._heading(properties))
