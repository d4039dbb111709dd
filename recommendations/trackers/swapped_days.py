"""Asks whether a spreadsheet swapped days and months in a column of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from recommendations.lifecycle import Period, Precision
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.periods import read_target_words
from recommendations.trackers.questions import Choice, Question, question_key

SWAPPED_KEY = question_key("period", "swapped", "")
"""The question whether days and months are swapped; its answer is "right" or "swapped"."""


def swapped_days(cells: Iterable[Cell]) -> Question | None:
    """Return the question whether a spreadsheet swapped days and months in a column; None where it can't have.

    Where a spreadsheet takes dates for American it stores 05/06/2023 as 6 May, and leaves 30/06/2023 as text. So real
    dates beside dates in words are asked about, unless a real one has a day after the twelfth.
    """
    days: list[dt.date] = []
    written = False
    for cell in cells:
        if isinstance(cell.value, dt.datetime | dt.date):
            days.append(cell.value)
        elif isinstance(cell.value, str | None) and cell.text:
            reading = read_target_words(cell.text).target
            written |= bool(reading.value and reading.value.precision == Precision.DAY)
    if (
        not written
        or not days
        or any(day.day > 12 for day in days)
        or all(day.day == day.month for day in days)
    ):
        return None
    example = Period.of_day(dt.date(days[0].year, days[0].month, days[0].day)).in_words()
    return Question(
        SWAPPED_KEY,
        "period",
        example,
        f"Some dates of this column are text and none of the others falls after the 12th. Is {example} right, or are day and"
        " month swapped?",
        (Choice("right", "Right as they are"), Choice("swapped", "Day and month are swapped")),
        "right",
    )


def with_day_and_month_swapped(cell: Cell) -> Cell:
    """Return a cell whose stored day has its month for its day; the same cell where that is no day."""
    day = cell.value
    if not isinstance(day, dt.date) or day.day > 12:
        return cell
    swapped = dt.date(day.year, day.day, day.month)
    return replace(cell, value=swapped, pieces=(Piece(Period.of_day(swapped).in_words()),))
