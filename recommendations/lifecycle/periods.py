"""Times that are not always days: "March 2024", "Q2 2023/24", "spring 2024", "to be confirmed".

Old records seldom name a day. A period keeps the words, the first and the last day that they allow, and how exact they are.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from recommendations.lifecycle.clocks import end_of_month
from recommendations.lifecycle.statuses import Precision

COUNCIL_YEAR_BEGINS = 4
"""April: a council's year, which "2023/24" and its quarters mean, ends on 31 March."""
MUNICIPAL_YEAR_BEGINS = 5
"""May: from one annual meeting of a council to the next."""
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
"""By the month in which they begin."""

_QUARTER = re.compile(
    r"\bq(?:uarter|tr)?\.? ?([1-4])\b|\b([1-4])(?:st|nd|rd|th)? ?q(?:uarter|tr)?\b|\b(first|second|third|fourth) quarter\b"
)
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


@dataclass(frozen=True)
class Period:
    """A time as somebody wrote it. `start` and `end` are both days, or both None where no time is told."""

    words: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = Precision.NONE

    def __post_init__(self) -> None:
        """Raise ValueError unless start, end and precision fit one another."""
        if (self.start is None) != (self.end is None):
            raise ValueError("A period has both a first and a last day, or neither")
        if (self.start is None) != (self.precision == Precision.NONE):
            raise ValueError("A period without days has no precision, and one with days has")
        if self.start and self.end and self.start > self.end:
            raise ValueError("A period ends no earlier than it begins")

    @classmethod
    def of_day(cls, day: dt.date, words: str = "") -> Period:
        """Return one day as a period; its words are the day as ISO 8601 writes it unless they are given."""
        return cls(words or day.isoformat(), day, day, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int, words: str = "") -> Period:
        """Return a month as a period."""
        return cls.of_months(dt.date(year, month, 1), 1, Precision.MONTH, words)

    @classmethod
    def of_months(cls, first: dt.date, count: int, precision: Precision, words: str = "") -> Period:
        """Return `count` months from the first of the month of `first`."""
        index = first.year * 12 + first.month - 1 + count - 1
        last = end_of_month(dt.date(index // 12, index % 12 + 1, 1))
        return cls(words, first.replace(day=1), last, precision)

    @classmethod
    def of_year(cls, year: int, words: str = "", *, begins: int = COUNCIL_YEAR_BEGINS) -> Period:
        """Return the twelve months from the month `begins` of `year`: a council's year unless another month is given."""
        return cls.of_months(dt.date(year, begins, 1), 12, Precision.YEAR, words)

    @property
    def is_known(self) -> bool:
        return self.start is not None

    def holds(self, day: dt.date) -> bool:
        """Return whether the day is one of it; False for a period that is not known."""
        return self.start is not None and self.end is not None and self.start <= day <= self.end

    def is_past(self, on: dt.date) -> bool:
        """Return whether it was over before the day `on`: "March 2024" is past from 1 April 2024."""
        return self.end is not None and self.end < on

    def in_words(self) -> str:
        """Return it as pages, packs and exports print it: "31 March 2024", "March 2024", "Q2 2023/24 (July to September
        2023)", "spring 2024", "2025/26". Where no time is told, return the words as they were written.
        """
        if self.start is None or self.end is None:
            return self.words
        if self.precision == Precision.DAY:
            return _days(self.start, self.end)
        if self.precision == Precision.QUARTER:
            return _quarter(self.start, self.end, self.words)
        if self.precision == Precision.SEASON:
            return _season(self.start, self.end)
        if self.precision == Precision.YEAR:
            return _year(self.start, self.end)
        return _months(self.start, self.end)


NO_PERIOD = Period()


def council_quarter(day: dt.date) -> tuple[int, str]:
    """Return the quarter of a council's year in which a day falls, and that year, such as (2, "2023/24")."""
    year = day.year if day.month >= COUNCIL_YEAR_BEGINS else day.year - 1
    return (day.month - COUNCIL_YEAR_BEGINS) % 12 // 3 + 1, over_two_years(year)


def over_two_years(year: int) -> str:
    """Return a year that ends in the next, such as "2023/24"."""
    return f"{year}/{(year + 1) % 100:02d}"


def quarter_named(words: str) -> int | None:
    """Return the number of the quarter that words name, such as 2 for "Q2" and "2nd quarter"; None if they name none."""
    found = _QUARTER.search(words.lower())
    if not found:
        return None
    name = found[1] or found[2] or _ORDINALS[found[3]]
    return "1234".index(name) + 1


def _days(start: dt.date, end: dt.date) -> str:
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {end.day} {end:%B %Y}"
    first = f"{start.day} {start:%B}" if start.year == end.year else f"{start.day} {start:%B %Y}"
    return f"{first} to {end.day} {end:%B %Y}"


def _months(start: dt.date, end: dt.date) -> str:
    if start.day != 1 or end != end_of_month(end):
        return _days(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    return f"{start:%B} to {end:%B %Y}" if start.year == end.year else f"{start:%B %Y} to {end:%B %Y}"


def _quarter(start: dt.date, end: dt.date, words: str) -> str:
    number, year = council_quarter(start)
    months = _months(start, end)
    if "calendar" in words.lower() or quarter_named(words) != number:
        return months
    return f"Q{number} {year} ({months})"


def _season(start: dt.date, end: dt.date) -> str:
    name = SEASONS.get(start.month)
    if name is None or (end.year * 12 + end.month) - (start.year * 12 + start.month) != 2:
        return _months(start, end)
    return f"{name} {start.year if start.year == end.year else over_two_years(start.year)}"


def _year(start: dt.date, end: dt.date) -> str:
    if (end - start).days > 366 or start.day != 1:
        return _months(start, end)
    if start.month == 1:
        return str(start.year)
    if start.month == COUNCIL_YEAR_BEGINS:
        return over_two_years(start.year)
    if start.month == MUNICIPAL_YEAR_BEGINS:
        return f"municipal year {over_two_years(start.year)}"
    return _months(start, end)
