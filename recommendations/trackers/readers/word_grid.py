"""Puts the cells of a Word table into the columns that a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recommendations.trackers.cells import EMPTY, Cell, Piece, Row
from recommendations.trackers.limits import MOST_COLUMNS
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import attribute
from recommendations.trackers.readers.word_styles import is_on, value, whole

HAIR = 60
"""Twentieths of a point, a millimetre: edges nearer than this are one, that was drawn twice."""


@dataclass
class DraftCell:
    """A cell with its content, before it is known how far it reaches."""

    element: Any
    pieces: tuple[Piece, ...]
    deleted: str
    comments: tuple[str, ...]
    colour: str | None


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
    table: Any, rows: list[tuple[Any, list[DraftCell]]], name: int, notices: Notices, budget: Budget
) -> list[Row]:
    """Return the rows with merges resolved, as many cells in each as a person sees columns."""
    placed = _placed(rows, name, notices)
    edges = _edges(table, placed)
    width = max(edges.values(), default=0)
    grid = [[EMPTY] * width for _ in rows]
    for each in placed:
        left, right = edges[each.left], edges[each.right]
        cell = _cell(each, right - left)
        budget.letters(sum(len(piece.text) for piece in cell.pieces))
        if cell is EMPTY:
            continue
        budget.merged((each.bottom - each.top) * cell.colspan)
        for at in range(each.top, each.bottom + 1):
            grid[at][left:right] = [cell] * (right - left)
    made = []
    for at, (element, _) in enumerate(rows):
        if any(cell is not EMPTY for cell in grid[at]):
            budget.row(width)
        made.append(
            Row(
                number=at + 1,
                cells=tuple(grid[at]),
                hidden=_is_marked(element, "hidden"),
                deleted=_is_marked(element, "del") or _is_marked(element, "moveFrom"),
                header=_is_marked(element, "tblHeader"),
            )
        )
    return made


def _is_marked(row: Any, name: str) -> bool:
    mark = row.find(f"{{*}}trPr/{{*}}{name}")
    return mark is not None and is_on(mark)


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


def _placed(rows: list[tuple[Any, list[DraftCell]]], name: int, notices: Notices) -> list[Placed]:
    """Return the cells with their places in the table's own grid; those that go on with another are part of it."""
    found: list[Placed] = []
    above: dict[int, Placed] = {}
    """The cells that may go on in the next row, by where they begin."""
    for at, (element, drafts) in enumerate(rows):
        header = _is_marked(element, "tblHeader")
        left = _skipped(element)
        going_on: dict[int, Placed] = {}
        before: Placed | None = None
        for draft in drafts:
            properties = draft.element.find("{*}tcPr")
            span = _span(properties)
            along = properties is not None and properties.find("{*}hMerge")
            merge = properties is not None and properties.find("{*}vMerge")
            anchor = above.get(left) if _continues(merge) else None
            if before is not None and _continues(along):
                _hide_behind(before, draft, name, at, notices)
                before.right = max(before.right, left + span)
            elif anchor is not None:
                _hide_behind(anchor, draft, name, at, notices)
                anchor.bottom = at
                going_on[left] = before = anchor
            else:
                before = Placed(draft, at, at, left, left + span, header)
                found.append(before)
                if merge is not None and merge is not False:
                    going_on[left] = before
            left += span
        above = going_on
    return found


def _continues(merge: Any) -> bool:
    """Return whether a cell goes on with the one before: a merge without a value says so."""
    return merge is not None and merge is not False and (value(merge) or "continue") == "continue"


def _hide_behind(anchor: Placed, draft: DraftCell, name: int, at: int, notices: Notices) -> None:
    if draft.pieces:
        notices.tell("text behind merged cells", f"table {name}, row {at + 1}")
        words = "".join(piece.text for piece in draft.pieces)
        anchor.behind += (Piece(f"\n{words}", hidden=True),)


def _span(properties: Any) -> int:
    span = whole(value(properties.find("{*}gridSpan"))) if properties is not None else None
    return min(max(1, span or 1), MOST_COLUMNS)


def _skipped(row: Any) -> int:
    """Return the columns that a row leaves out before its first cell."""
    skipped = whole(value(row.find("{*}trPr/{*}gridBefore")))
    return min(skipped or 0, MOST_COLUMNS)


# ------------------------------------------------------------------ columns


def _edges(table: Any, placed: list[Placed]) -> dict[int, int]:
    """Return which visible column each edge of the grid is the left one of. Word's grid has an edge for each one that any
    row ever had: those where no cell begins or ends are none, and those within a hair of another are the same.
    """
    used = sorted({each.left for each in placed} | {each.right for each in placed})
    positions = _positions(table, used[-1] if used else 0)
    columns: dict[int, int] = {}
    kept: list[int] = []
    for edge in used:
        if kept and positions and positions[edge] - positions[kept[-1]] < HAIR:
            columns[edge] = len(kept) - 1
        else:
            kept.append(edge)
            columns[edge] = len(kept) - 1
    if any(columns[each.left] == columns[each.right] for each in placed):
        return {edge: at for at, edge in enumerate(used)}
    return columns


def _positions(table: Any, last: int) -> list[int]:
    """Return where the edges of the grid are; nothing where the file does not say it for each."""
    widths = []
    for each in table.iterfind("{*}tblGrid/{*}gridCol"):
        width = whole(attribute(each, "w"))
        if width is None:
            return []
        widths.append(width)
    if len(widths) < last or not all(widths[:last]):
        return []
    positions = [0]
    for width in widths:
        positions.append(positions[-1] + width)
    return positions
