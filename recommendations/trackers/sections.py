"""What the tables of a tracker are made of: rows under a header, and the rows across the table that head them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from recommendations.trackers.cells import Cell, Row, Table
from recommendations.trackers.headers import Header
from recommendations.trackers.reading import Ignored


class Heads(StrEnum):
    """What a row across the table says of the rows below."""

    INQUIRY = "inquiry"
    THEME = "theme"
    OWNERS = "owners"
    STATE = "state"
    MADE_ON = "made_on"


@dataclass(frozen=True)
class Group:
    """A row across the table."""

    row: int
    words: str
    """Without a label such as "Review:"."""
    heads: Heads
    said: str = ""
    """All of its words."""


@dataclass(frozen=True)
class Line:
    """A row of a table that says something of a recommendation."""

    row: Row
    groups: tuple[Group, ...] = ()
    """The rows across the table that stand over it, each of another kind."""


@dataclass(frozen=True)
class InquiryTitle:
    """The inquiry that a title over rows names."""

    words: str
    is_sure: bool
    """Whether its words say that it is an inquiry's or a review's."""


@dataclass
class Section:
    """Rows under one header."""

    table: Table
    header: Header
    title: str | None = None
    titles: tuple[str, ...] = ()
    """All that stands over the rows: the title, paragraphs before, the name of the sheet; the nearest last."""
    inquiry: InquiryTitle | None = None
    """What the rows belong to where neither a column nor a row across the table says."""
    lines: list[Line] = field(default_factory=list)
    is_guessed: bool = False
    """Whether the table has no header, and its columns are known by their values alone."""
    is_record: bool = False
    """Whether it was a small table of labels and values."""

    def column(self, index: int) -> list[Cell]:
        return [line.row.cells[index] for line in self.lines]


@dataclass
class Layout:
    """What was found in a file."""

    sections: list[Section] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """Paragraphs that may say what a word or colour means."""
    key_rows: list[tuple[Cell, ...]] = field(default_factory=list)
    """Rows that say so."""
    texts: list[str] = field(default_factory=list)
    """Titles and feet, where the file's own day and words on publication may stand."""
