"""Days counted by rule: the response clock, calendar months, municipal years and working days.

Functions of dates only. Agenda papers are public at least five clear working days before a meeting (Local Government
Act 1972, s.100B), and clerks ask for drafts about two working days before that: seven working days before the meeting.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import holidays

from recommendations.lifecycle.statuses import DECISIVE, ClockState, DayPrecision, PeriodUnit

PAPERS_BEFORE_MEETING = 7
"""Working days before a meeting by which a body's update must have arrived."""

_ONE_DAY = dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` calendar months later, or the last day of that month if it has no such day.

    30 November plus three months is 28 (or 29) February: the corresponding date rule, with the month's end
    where there is no corresponding date (Dodds v Walker [1981] 1 WLR 1027).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def response_due(notified_on: dt.date, period: int | None, unit: str) -> dt.date | None:
    """Return the last day for a response, or None if the body has no response period ("have regard").

    The executive has two months from the report or notice: Local Government Act 2000, s.9FE.
    """
    if period is None:
        return None
    if unit == PeriodUnit.MONTHS:
        return add_months(notified_on, period)
    return notified_on + dt.timedelta(days=period)


@dataclass(frozen=True)
class Clock:
    """A response clock as read on one day. `days` is days left, or days late if the state says late."""

    state: ClockState
    days: int | None
    due_on: dt.date | None

    @property
    def words(self) -> str:
        """The reading in a few words, such as "12 days left" or "3 days late"."""
        if self.state == ClockState.RUNNING:
            return "Due today" if self.days == 0 else f"{_days(self.days)} left"
        if self.state in (ClockState.LATE, ClockState.STOPPED_LATE):
            return f"{_days(self.days)} late"
        return str(self.state.label)


def _days(count: int | None) -> str:
    return "1 day" if count == 1 else f"{count} days"


def response_clock(
    *,
    on: dt.date,
    notified_on: dt.date | None,
    due_on: dt.date | None,
    decision: str,
    decided_on: dt.date | None,
    is_open: bool = True,
    sources_only: bool = False,
    tracker_only: bool = False,
) -> Clock:
    """Return the response clock as read on a day.

    It starts with the notice and is stopped only by a decision in DECISIVE: `decided_on` is the day of the one that
    stopped it (see `stopped_on`). Once the committee has closed what was recommended, nothing is awaited any more.
    With `sources_only` nothing is awaited here either: what public sources tell of a decision is shown, and of what
    they do not tell nothing is said. With `tracker_only` a tracker that was brought in tells of it and nobody asked the body
    since: whether it was sent is not stated.
    """
    if sources_only:
        return _told_by_sources(due_on, decision, decided_on)
    if decision in DECISIVE and decided_on is not None:
        late = (decided_on - due_on).days if due_on else 0
        if late > 0:
            return Clock(ClockState.STOPPED_LATE, late, due_on)
        return Clock(ClockState.STOPPED, None, due_on)
    if not is_open:
        return Clock(ClockState.ENDED, None, None)
    if tracker_only:
        return Clock(ClockState.NOT_STATED, None, due_on)
    if notified_on is None or notified_on > on:
        return Clock(ClockState.NOT_STARTED, None, due_on)
    if due_on is not None and on > due_on:
        return Clock(ClockState.LATE, (on - due_on).days, due_on)
    if decision:
        return Clock(ClockState.ANSWERED_OPEN, (due_on - on).days if due_on else None, due_on)
    if due_on is None:
        return Clock(ClockState.NO_TERM, None, None)
    return Clock(ClockState.RUNNING, (due_on - on).days, due_on)


def _told_by_sources(due_on: dt.date | None, decision: str, decided_on: dt.date | None) -> Clock:
    if decision in DECISIVE and decided_on is not None:
        return Clock(ClockState.STOPPED, None, due_on)
    return Clock(ClockState.NOT_KNOWN, None, due_on)


def stopped_on(answers: Iterable[tuple[str, dt.date]]) -> dt.date | None:
    """Return the day on which a response clock was stopped; None while it runs.

    It takes a body's responses in the order in which the body decided, each a decision with its day. A decision that is
    reworded later was still given in time. One that is withdrawn by "noted" or "in principle" was not: then the clock
    runs on, and only the next decision stops it.
    """
    day: dt.date | None = None
    for decision, decided_on in answers:
        if decision not in DECISIVE:
            day = None
        elif day is None or decided_on < day:
            day = decided_on
    return day


def end_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of `day`: what is known by its month only is filed there."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_words(day: dt.date, precision: str) -> str:
    """Return a day in words; of one that is known by its month only, "November 2015, day not known"."""
    if precision == DayPrecision.MONTH:
        return f"{day:%B %Y}, day not known"
    return f"{day.day} {day:%B %Y}"


def municipal_year(day: dt.date) -> str:
    """Return the municipal year of a day, May to April, such as "25/26"."""
    start = day.year if day.month >= 5 else day.year - 1
    return f"{start % 100:02d}/{(start + 1) % 100:02d}"


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[dt.date]:
    """Return the bank holidays of England and Wales in a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Return whether it is neither Saturday, Sunday nor a bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_before(day: dt.date, count: int) -> dt.date:
    """Return the working day that is `count` working days before a day, which itself is not counted."""
    while count > 0:
        day -= _ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the working day that is `count` working days after a day, which itself is not counted."""
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def due_before_meeting(held_on: dt.date) -> dt.date:
    """Return the day by which updates must have arrived for a meeting: seven working days before it."""
    return working_days_before(held_on, PAPERS_BEFORE_MEETING)
