"""The only module that reads the time, so that demonstration data and tests can be on another day.

Moments are aware and in UTC; days are days in Europe/London, where the councils are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen_moment", default=None)


def now() -> dt.datetime:
    """Return the present moment, aware; inside `frozen()`, the frozen moment."""
    return _frozen.get() or timezone.now()


def today() -> dt.date:
    """Return today's date in Europe/London."""
    return timezone.localdate(now())


def start_of_day(day: dt.date) -> dt.datetime:
    """Return the first moment of `day` in Europe/London."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_default_timezone())


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last moment of `day` in Europe/London."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=timezone.get_default_timezone())


@contextmanager
def frozen(moment: dt.datetime) -> Iterator[dt.datetime]:
    """Make `now()` return `moment` within the block. Raise ValueError if it is naive."""
    if timezone.is_naive(moment):
        raise ValueError("clock.frozen() needs an aware moment")
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
