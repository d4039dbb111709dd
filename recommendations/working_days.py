"""Working days in England and Wales, for dates counted back from a meeting.

Agenda papers are public at least five clear working days before a meeting (Local Government Act 1972, s.100B), and
clerks ask for drafts about two working days before that: seven working days before the meeting.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

PAPERS_BEFORE_MEETING = 7
"""Working days before a meeting by which a body's update has to be in."""

_ONE_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The bank holidays of England and Wales in a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether it is neither Saturday, Sunday nor a bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_before(day: dt.date, count: int) -> dt.date:
    """The working day that lies ``count`` working days before a day; the day itself is not counted."""
    while count > 0:
        day -= _ONE_DAY
        count -= is_working_day(day)
    return day


def due_before_meeting(held_on: dt.date) -> dt.date:
    """The day by which updates have to be in for a meeting: seven working days before it."""
    return working_days_before(held_on, PAPERS_BEFORE_MEETING)
