"""Puts the cells of a Word table into the columns that a person sees.

Word's grid has an edge for each one that any row ever had: those where no cell begins or ends are none.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from recommendations.trackers.cells import EMPTY, Cell, Piece, Row
from recommendations.trackers.limits import MOST_COLUMNS
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import local
from recommendations.trackers.readers.word_styles import is_on, shade, value, whole

HAIR = 60
"""Twentieths of a point, a millimetre: edges nearer than this are one, that was drawn twice."""


@dataclass
class DraftCell:
    """A cell, before it is known how far it reaches."""

    pieces: tuple[Piece, ...] = ()
    deleted: str = ""
    comments: tuple[str, ...] = ()
    colour: str | None = None
    span: int = 1
    down: str | None = None
    """"restart" or "continue" for a merge over rows."""
    along: str | None = None
    """The same for an old kind of merge over columns."""
    was_deleted: bool = False
    was_inserted: bool = False

    @classmethod
    def of(cls, element: Any) -> DraftCell:
        """Return the cell of this element, without its content."""
        cell = cls()
        properties = next(iter(element), None)
        if properties is None or local(properties) != "tcPr":
            return cell
        for each in properties:
            name = local(each)
            if name == "gridSpan":
                cell.span = min(max(1, whole(value(each)) or 1), MOST_COLUMNS)
            elif name == "vMerge":
                cell.down = value(each) or "continue"
            elif name == "hMerge":
                cell.along = value(each) or "continue"
            elif name == "shd":
                cell.colour = shade(each)
            elif name == "cellDel":
                cell.was_deleted = True
            elif name == "cellIns":
                cell.was_inserted = True
        return cell


@dataclass
class DraftRow:
    """A row with its cells, before it is known which columns a person sees."""

    cells: list[DraftCell]
    before: int = 0
    """Columns that it leaves out before its first cell."""
    header: bool = False
    hidden: bool = False
    deleted: bool = False
    changed: bool = False
    """Whether it was inserted or deleted as a whole by a tracked change."""

    @classmethod
    def of(cls, element: Any) -> DraftRow:
        """Return the row of this element, without its cells."""
        row = cls([])
        properties = element.find("{*}trPr")
        for each in properties if properties is not None else ():
            name = local(each)
            if name == "gridBefore":
                row.before = min(whole(value(each)) or 0, MOST_COLUMNS)
            elif name == "tblHeader":
                row.header = is_on(each)
            elif name == "hidden":
                row.hidden = is_on(each)
            elif name in ("del", "moveFrom"):
                row.deleted = row.changed = True
            elif name in ("ins", "moveTo"):
                row.changed = True
        return row


@dataclass
class Placed:
    """A cell and the places that it covers: rows by their index, columns from and to."""

    draft: DraftCell
    top: int
    bottom: int
    left: int
    right: int
    header: bool
    behind: tuple[Piece, ...] = ()
    """Words of cells that go on with this one, which Word does not show."""


def grid_rows(
    rows: list[DraftRow], widths: list[int], name: int, notices: Notices, budget: Budget
) -> list[Row]:
    """Return the rows with merges resolved, as many cells in each as a person sees columns. `widths` are those of the grid,
    or nothing.
    """
    placed = _placed(rows, name, notices)
    columns = Columns(placed, widths)
    width = columns.count
    grid = [[EMPTY] * width for _ in rows]
    for each in placed:
        left, right = columns.covered(each)
        cell = _cell(each, right - left)
        budget.letters(sum(len(piece.text) for piece in cell.pieces))
        if cell is EMPTY:
            continue
        budget.merged((each.bottom - each.top) * cell.colspan)
        for at in range(each.top, each.bottom + 1):
            grid[at][left:right] = [cell] * (right - left)
    made = []
    for at, row in enumerate(rows):
        if any(cell is not EMPTY for cell in grid[at]):
            budget.row(width)
        made.append(
            Row(
                number=at + 1,
                cells=tuple(grid[at]),
                hidden=row.hidden,
                deleted=row.deleted,
                header=row.header,
            )
        )
    return made


def _cell(placed: Placed, columns: int) -> Cell:
    draft = placed.draft
    pieces = draft.pieces + placed.behind
    if not any(piece.text.strip() for piece in pieces):
        pieces = ()
    if not (pieces or draft.deleted or draft.comments or draft.colour):
        return EMPTY
    return Cell(
        pieces=pieces,
        colour=draft.colour,
        comments=draft.comments,
        deleted=draft.deleted,
        rowspan=placed.bottom - placed.top + 1,
        colspan=max(1, columns),
        header=placed.header,
    )


# ------------------------------------------------------------------ places


def _placed(rows: list[DraftRow], name: int, notices: Notices) -> list[Placed]:
    """Return the cells with their places in the table's own grid; those that go on with another are part of it."""
    found: list[Placed] = []
    above: dict[int, Placed] = {}
    """The cells that may go on in the next row, by where they begin."""
    for at, row in enumerate(rows):
        left = row.before
        going_on: dict[int, Placed] = {}
        before: Placed | None = None
        for draft in row.cells:
            anchor = above.get(left) if draft.down == "continue" else None
            if before is not None and draft.along == "continue":
                _hide_behind(before, draft, name, at, notices)
                before.right = max(before.right, left + draft.span)
            elif anchor is not None:
                _hide_behind(anchor, draft, name, at, notices)
                anchor.bottom = at
                going_on[left] = before = anchor
            else:
                before = Placed(draft, at, at, left, left + draft.span, row.header)
                found.append(before)
                if draft.down:
                    going_on[left] = before
            left += draft.span
        above = going_on
    return found


def _hide_behind(anchor: Placed, draft: DraftCell, name: int, at: int, notices: Notices) -> None:
    if draft.pieces:
        notices.tell("text behind merged cells", f"table {name}, row {at + 1}")
        words = "".join(piece.text for piece in draft.pieces)
        anchor.behind += (Piece(f"\n{words}", hidden=True),)


class Columns:
    """The columns that a person sees: where any cell begins, two edges within a hair being one."""

    def __init__(self, placed: list[Placed], widths: list[int]) -> None:
        last = max((each.right for each in placed), default=0)
        positions = [0, *accumulate(widths)]
        known = len(widths) >= last
        if not known or any(positions[each.right] - positions[each.left] < HAIR for each in placed):
            positions = [HAIR * at for at in range(last + 1)]
        self._positions = positions
        self._starts: list[int] = []
        for left in sorted({self._positions[each.left] for each in placed}):
            if not self._starts or left - self._starts[-1] >= HAIR:
                self._starts.append(left)
        self.count = len(self._starts)

    def covered(self, placed: Placed) -> tuple[int, int]:
        """Return from which column to which a cell reaches."""
        left, right = self._positions[placed.left], self._positions[placed.right]
        first = bisect_right(self._starts, left) - 1
        return first, max(first + 1, bisect_right(self._starts, right - HAIR))
