"""Working days counted back from a meeting."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.lifecycle.clocks import due_before_meeting, is_working_day, working_days_before

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2026, 1, 12), True),  # a Monday
        (dt.date(2026, 1, 10), False),  # a Saturday
        (dt.date(2026, 4, 3), False),  # Good Friday
        (dt.date(2026, 4, 6), False),  # Easter Monday: a holiday in England, not in Scotland
        (dt.date(2026, 1, 2), True),  # a holiday in Scotland, not in England
        (dt.date(2026, 12, 28), False),  # in place of Boxing Day, a Saturday
        (dt.date(2023, 5, 8), False),  # the coronation
    ],
)
def test_is_working_day(day: dt.date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("meeting", "due"),
    [
        (dt.date(2026, 3, 17), dt.date(2026, 3, 6)),  # over one weekend
        (dt.date(2026, 4, 14), dt.date(2026, 4, 1)),  # over Easter
        (dt.date(2026, 1, 6), dt.date(2025, 12, 23)),  # over Christmas and into the year before
        (dt.date(2026, 3, 15), dt.date(2026, 3, 5)),  # a meeting on a Sunday
    ],
)
def test_due_before_meeting(meeting: dt.date, due: dt.date) -> None:
    assert due_before_meeting(meeting) == due


def test_none_before_is_the_day_itself() -> None:
    assert working_days_before(dt.date(2026, 1, 10), 0) == dt.date(2026, 1, 10)


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_lie_between(day: dt.date, count: int) -> None:
    found = working_days_before(day, count)
    between = [found + dt.timedelta(days=n) for n in range((day - found).days)]
    assert is_working_day(found)
    assert sum(is_working_day(one) for one in between) == count
