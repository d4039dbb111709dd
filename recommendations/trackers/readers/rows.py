"""Rows of a table and the blank ones among them."""

from __future__ import annotations

from collections.abc import Iterable

from recommendations.trackers.cells import Cell, Row
from recommendations.trackers.limits import BLANK_ROWS_KEPT


def is_blank(cell: Cell) -> bool:
    """Return whether a cell has neither words nor a colour, a comment or words that were deleted."""
    return not (cell.pieces or cell.colour or cell.comments or cell.deleted or cell.formula)


def has_words(row: Row) -> bool:
    """Return whether a row is no blank one: colours alone, such as stripes, say nothing."""
    return row.deleted or any(
        cell.pieces or cell.comments or cell.deleted or cell.formula for cell in row.cells
    )


def without_blank_runs(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows, and of a run of blank ones, at the foot too, the first few."""
    kept: list[Row] = []
    run: list[Row] = []
    for row in rows:
        if not has_words(row):
            if len(run) < BLANK_ROWS_KEPT:
                run.append(row)
            continue
        kept += run
        run.clear()
        kept.append(row)
    return (*kept, *run) if kept else ()
