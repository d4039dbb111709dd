"""The blocks of a Word document, paragraphs and tables, seen through what only holds them; large ones as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.readers.flow import is_layout
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import DAMAGED, Package, attribute, local
from recommendations.trackers.readers.word_styles import whole
from recommendations.trackers.readers.word_words import first_choice, is_placeholder

SEEN_THROUGH = ("sdtContent", "customXml", "smartTag", "ins", "moveTo")
LOOKED_AT = 20
"""Rows by which a table that is read as a stream is judged: one with more is no table for layout."""


@dataclass
class TableBlock:
    """A table whose rows are taken one after another."""

    rows: Iterator[Any]
    layout_only: bool = False
    widths: list[int] = field(default_factory=list)
    """Of the columns of its grid, in twentieths of a point; nothing where the file does not say it for each."""


def blocks(container: Any, notices: Notices) -> Iterator[Any]:
    """Yield the paragraphs and tables (`TableBlock`) within an element."""
    for each in container:
        name = local(each)
        if name == "p":
            yield each
        elif name == "tbl":
            rows = list(rows_of(each))
            yield TableBlock(iter(rows), only_lays_out(rows), _widths(each))
        elif name == "sdt":
            for content in each.iterfind("{*}sdtContent"):
                if not is_placeholder(each) or content.find(".//{*}tbl") is not None:
                    yield from blocks(content, notices)
        elif name == "AlternateContent":
            yield from blocks(first_choice(each), notices)
        elif name in SEEN_THROUGH:
            yield from blocks(each, notices)
        elif name == "altChunk":
            notices.tell("embedded files")


def _widths(table: Any) -> list[int]:
    widths = [whole(attribute(each, "w")) for each in table.iterfind("{*}tblGrid/{*}gridCol")]
    return [width for width in widths if width] if all(widths) else []


def rows_of(container: Any) -> Iterator[Any]:
    """Yield the rows of a table, seeing through content controls."""
    for each in container:
        name = local(each)
        if name == "tr":
            yield each
        elif name == "sdt":
            for content in each.iterfind("{*}sdtContent"):
                yield from rows_of(content)
        elif name == "AlternateContent":
            yield from rows_of(first_choice(each))
        elif name in SEEN_THROUGH:
            yield from rows_of(each)


def cells_of(container: Any, placeholder: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield the cells of a row, and whether each shows nothing but words that ask to fill it in."""
    for each in container:
        name = local(each)
        if name == "tc":
            yield each, placeholder
        elif name == "sdt":
            for content in each.iterfind("{*}sdtContent"):
                yield from cells_of(content, placeholder or is_placeholder(each))
        elif name == "AlternateContent":
            yield from cells_of(first_choice(each), placeholder)
        elif name in SEEN_THROUGH:
            yield from cells_of(each, placeholder)


def only_lays_out(rows: list[Any]) -> bool:
    """Return whether a table of these rows only puts things in their places."""
    columns = max((sum(1 for _ in cells_of(row)) for row in rows), default=0)
    sizes = []
    for row in rows:
        for each in row.iter("{*}tbl"):
            own = list(rows_of(each))
            sizes.append((len(own), sum(1 for _ in cells_of(own[0])) if own else 0))
    return is_layout(len(rows), columns, sizes, headed=False)


class DocumentStream:
    """The body of a document, of which one paragraph or row is held at a time."""

    def __init__(self, package: Package, part: str, notices: Notices) -> None:
        self._stream = package.stream(part, "body", "p", "tbl", "tr", "sectPr", "altChunk", starts=True)
        self._events = iter(self._stream)
        self._notices = notices
        self.page_parts: list[tuple[str, str]] = []
        """"headerReference" or "footerReference" and its relation, complete when all blocks were taken."""

    def blocks(self) -> Iterator[Any]:
        """Yield the paragraphs and tables (`TableBlock`) of the body. A table's rows must be taken before the next block."""
        within = 0
        body = False
        for event, element in self._events:
            name = local(element)
            if name == "body":
                body = True
            elif name == "p":
                within += 1 if event == "start" else -1
                if event == "end" and within == 0:
                    self._note_section(element)
                    if not _is_left_out(element):
                        yield element
                    self._stream.forget(element)
            elif within:
                continue
            elif name == "tbl" and event == "start":
                yield self._table(element)
            elif name == "sectPr" and event == "end":
                self._note_section(element)
            elif name == "altChunk" and event == "end":
                self._notices.tell("embedded files")
        if not body:
            raise CannotBeRead(DAMAGED)

    def _table(self, element: Any) -> TableBlock:
        if _is_left_out(element):
            return TableBlock(iter(()))
        rows = self._rows()
        first = [row for _, row in zip(range(LOOKED_AT), rows, strict=False)]
        layout = len(first) < LOOKED_AT and only_lays_out(first)
        return TableBlock(self._taken(first, rows), layout, _widths(element))

    def _taken(self, first: list[Any], rows: Iterator[Any]) -> Iterator[Any]:
        for row in first:
            yield row
            row.clear()
        for row in rows:
            yield row
            self._stream.forget(row)

    def _rows(self) -> Iterator[Any]:
        """Yield the rows of the table that has begun, to its end."""
        depth = 1
        for event, element in self._events:
            name = local(element)
            if name == "tbl":
                depth += 1 if event == "start" else -1
                if depth == 0:
                    return
            elif name == "tr" and event == "end" and depth == 1 and not _is_left_out(element):
                yield element

    def _note_section(self, element: Any) -> None:
        for section in element.iter("{*}sectPr"):
            for each in section:
                if (name := local(each)) in ("headerReference", "footerReference"):
                    self.page_parts.append((name, attribute(each, "id") or ""))


def _is_left_out(element: Any) -> bool:
    """Return whether a block stands where present versions of Word don't look, or is a control's words that ask to fill it
    in.
    """
    paragraph = local(element) == "p"
    above = element.getparent()
    while above is not None and (name := local(above)) != "body":
        if name == "Fallback" and above.getprevious() is not None:
            return True
        if paragraph and name == "sdt" and is_placeholder(above):
            return True
        above = above.getparent()
    return False
