"""Days of the demonstration, all relative to today, so that its story is always as recent."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recommendations.lifecycle import add_months

LONDON = ZoneInfo("Europe/London")


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return that hour of the day in London."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def weekday_before(day: dt.date, weekday: int) -> dt.date:
    """Return the last such weekday (Monday is 0) on or before the day."""
    return day - dt.timedelta(days=(day.weekday() - weekday) % 7)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the last day of the month so many months later, as target dates are usually set."""
    first = add_months(day.replace(day=1), months + 1)
    return first - dt.timedelta(days=1)
