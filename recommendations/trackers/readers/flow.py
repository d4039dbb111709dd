"""Paragraphs and tables in the order of a document or page, as they are found."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommendations.trackers.cells import CannotBeRead, Paragraph, Piece, Row, Table
from recommendations.trackers.limits import MOST_NESTED
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.rows import without_blank_runs

MOST_BANDS = 3
"""Rows of a page that is laid out with a table: its head, its body and its foot."""
MOST_PARTS_OF_PAGE = 10
"""Such rows where they have headings of their own. A table of data may have a table in a cell too."""


@dataclass
class TableDraft:
    """A table that has begun."""

    name: int
    nested_in: int | None
    depth: int
    layout_only: bool = False
    rows: list[Row] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass
class Flow:
    """What was found so far."""

    budget: Budget
    found: list[Paragraph | TableDraft] = field(default_factory=list)
    counted: int = 0
    """Paragraphs so far, blank ones too."""
    _tables: int = 0

    def paragraph(
        self, pieces: tuple[Piece, ...], *, label: str = "", level: int = 0, heading: int = 0, where: str = ""
    ) -> None:
        """Add a paragraph, which has been counted, if it has words or a label."""
        letters = sum(len(piece.text) for piece in pieces)
        self.budget.letters(letters)
        if label or any(piece.text.strip() for piece in pieces):
            self.found.append(Paragraph(self.counted, pieces, label, level, heading, where))

    def begin_table(self, within: TableDraft | None, *, layout_only: bool) -> TableDraft:
        """Add a table, numbered in the order in which they begin."""
        self.budget.table()
        self._tables += 1
        draft = TableDraft(
            self._tables, within.name if within else None, within.depth + 1 if within else 1, layout_only
        )
        if draft.depth > MOST_NESTED:
            raise CannotBeRead(
                f"Tables stand in one another more than {MOST_NESTED} deep, so they can't be read: copy the tracker to a new"
                " file, then bring that"
            )
        self.found.append(draft)
        return draft

    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(each for each in self.found if isinstance(each, Paragraph))

    def tables(self) -> tuple[Table, ...]:
        """Return the tables, each with the paragraphs directly before and after it."""
        befores: list[list[Paragraph]] = []
        run: list[Paragraph] = []
        for each in self.found:
            if isinstance(each, TableDraft):
                befores.append(run)
                run = []
            elif not each.where:
                run.append(each)
        befores.append(run)
        drafts = [each for each in self.found if isinstance(each, TableDraft)]
        in_data = {draft.name for draft in drafts if not draft.layout_only}
        return tuple(
            _table(draft, befores[at], [] if draft.nested_in in in_data else befores[_behind(drafts, at)])
            for at, draft in enumerate(drafts)
        )


def _behind(drafts: list[TableDraft], at: int) -> int:
    """Return which run of paragraphs follows a table: those behind the tables in its cells, except for layout."""
    end = at + 1
    while not drafts[at].layout_only and end < len(drafts) and drafts[end].depth > drafts[at].depth:
        end += 1
    return end


def _table(draft: TableDraft, before: list[Paragraph], after: list[Paragraph]) -> Table:
    width = draft.width
    return Table(
        name=draft.name,
        rows=without_blank_runs(draft.rows),
        width=width,
        before=tuple(before),
        after=tuple(after),
        nested_in=draft.nested_in,
        hidden=draft.hidden,
        hidden_columns=draft.hidden_columns,
        layout_only=draft.layout_only,
    )


def is_layout(rows: int, columns: int, inner: list[tuple[int, int]], *, headed: bool) -> bool:
    """Return whether a table of this size only puts things in their places: it has one cell, or its inner tables, of these
    sizes, are what it is for. `headed` says whether headings stand in its cells.
    """
    if rows * columns <= 1:
        return True
    if not inner:
        return False
    larger = max(r * c for r, c in inner) > rows * columns
    return (
        rows == 1
        or columns == 1
        or (headed and rows <= MOST_PARTS_OF_PAGE)
        or (larger and rows <= MOST_BANDS)
    )


def inner_lines(draft: TableDraft) -> str:
    """Return the words of a table within a cell: a line for each row, its cells parted by tabs. A cell over several places
    is given once.
    """
    lines = []
    seen: set[int] = set()
    for row in draft.rows:
        words = []
        for cell in row.cells:
            if cell.text and id(cell) not in seen:
                seen.add(id(cell))
                words.append(cell.text)
        if words and not row.deleted:
            lines.append("\t".join(words))
    return "\n".join(lines)
