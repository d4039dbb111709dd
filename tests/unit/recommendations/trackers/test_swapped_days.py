"""Days and months that a spreadsheet may have swapped."""

from __future__ import annotations

import datetime as dt

from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.swapped_days import swapped_days, with_day_and_month_swapped


def column(*values: dt.date | str) -> list[Cell]:
    return [Cell((Piece(value),), value) if isinstance(value, str) else Cell((), value) for value in values]


def test_swapped_days_are_asked_about() -> None:
    assert swapped_days(column(dt.date(2023, 6, 5), dt.date(2023, 7, 12), "30/09/2023"))
    assert not swapped_days(column(dt.date(2023, 6, 5), dt.date(2023, 7, 13), "30/09/2023"))
    assert not swapped_days(column(dt.date(2023, 6, 5), dt.date(2023, 7, 12)))
    assert not swapped_days(column(dt.date(2023, 6, 5), "March 2024", "TBC"))


def test_the_day_is_swapped() -> None:
    swapped = with_day_and_month_swapped(Cell((Piece("5 June 2023"),), dt.date(2023, 6, 5)))
    assert (swapped.value, swapped.text) == (dt.date(2023, 5, 6), "6 May 2023")
    for other in (Cell((Piece("13 June 2023"),), dt.date(2023, 6, 13)), Cell((Piece("TBC"),))):
        assert with_day_and_month_swapped(other) is other
