"""Days that stand for a period: what is late from 1 April because it was due in "March 2024".

Lateness and order count from the last day of a period. Everything that prints such a day prints the period instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.lifecycle.statuses import DAY_NOT_STATED, DayPrecision, Precision


class PeriodEnd(dt.date):
    """The last day of a period: compared, counted and stored as that day, and printed by `in_words`.

    Where the tracker states no day, it is the day under which the entry is filed.
    """

    period: Period | None

    def __new__(cls, year: int, month: int, day: int, period: Period | None = None) -> PeriodEnd:
        made = super().__new__(cls, year, month, day)
        made.period = period
        return made

    def __reduce__(self) -> Any:
        return PeriodEnd, (self.year, self.month, self.day, self.period)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.__reduce__()

    @classmethod
    def of(cls, day: dt.date, period: Period | None) -> PeriodEnd:
        """Return the day as the end of the period."""
        return cls(day.year, day.month, day.day, period)

    @property
    def in_words(self) -> str:
        """The period as pages print it; "" for a day that is nothing but a day."""
        if self.period is None:
            return ""
        if not self.period.is_known:
            return DAY_NOT_STATED
        return "" if self.period.start == self.period.end else self.period.in_words()


def end_of(period: Period) -> PeriodEnd | None:
    """Return the last day of the period; None if no time is known."""
    return PeriodEnd.of(period.end, period) if period.end is not None else None


def start_of(day: dt.date | None) -> dt.date | None:
    """Return the first day of the period that a day stands for; the day itself where it is nothing but a day."""
    period = getattr(day, "period", None)
    return period.start if period is not None and period.start is not None else day


def filed_under(period: Period, day: dt.date) -> PeriodEnd:
    """Return the last day of the period; where no time is known, `day`, said to be not stated."""
    return end_of(period) or PeriodEnd.of(day, Period(period.words))


def as_period_end(day: dt.date | None, period: Mapping[str, Any] | None) -> dt.date | None:
    """Return the day as the end of the period that is kept beside it as JSON; the day itself where none is."""
    return PeriodEnd.of(day, period_from_json(period)) if day is not None and period else day


def day_or_month(day: dt.date, precision: str) -> dt.date:
    """Return the day; where only its month is known (`DayPrecision`), the end of that month."""
    return PeriodEnd.of(day, Period.of_month(day.year, day.month)) if precision == DayPrecision.MONTH else day


def period_beside(day: dt.date | None) -> dict[str, Any] | None:
    """Return the period that a day stands for, as JSON holds it; None for a day that is nothing but a day."""
    period = getattr(day, "period", None)
    return period_to_json(period) if period is not None else None


def period_to_json(period: Period) -> dict[str, Any]:
    """Return a period as JSON holds it: words, first and last day, precision."""
    return {
        "words": period.words,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "precision": str(period.precision.value),
    }


def period_from_json(data: Mapping[str, Any]) -> Period:
    """Return the period that `period_to_json` wrote."""
    return _period(data["words"] or "", data["start"], data["end"], data["precision"])


@lru_cache(maxsize=2_000)  # a tracker has some hundred days, each in many lines
def _period(words: str, start: str | None, end: str | None, precision: str) -> Period:
    first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))
    made = Period(words, first, last, Precision(precision))
    return NO_PERIOD if made == NO_PERIOD else made


__all__ = [
    "PeriodEnd",
    "as_period_end",
    "day_or_month",
    "end_of",
    "filed_under",
    "period_beside",
    "period_from_json",
    "period_to_json",
    "start_of",
]
