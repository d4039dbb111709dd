"""What each way of writing a time means: a period, or the reason why it can't be told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from recommendations.lifecycle import Period, Precision, add_months
from recommendations.lifecycle.periods import COUNCIL_YEAR_BEGINS, MUNICIPAL_YEAR_BEGINS, SEASONS
from recommendations.trackers.period_patterns import (
    DIGITS,
    MONTH_NUMBERS,
    MONTHS,
    ORDINALS,
    WEEKDAYS,
)
from recommendations.trackers.spelling import nearest

NEAR_YEARS = 10
"""How far from the file's own day a year of two digits may be where it could be a day of the month too."""
MONTHS_BY_SEASON = {name: month for month, name in SEASONS.items()}
WITHOUT_YEAR = frozenset(
    {"day without a year", "month without a year", "quarter without a year", "half without a year", "season without a year", "day and month in numbers"}
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known beside the words of a cell, and helps to read them."""

    near: dt.date | None = None
    """The file's own day."""
    made_on: Period | None = None
    """When the recommendation was made: "within six months" counts from there."""
    quarters: str = ""
    """What "Q3 2020" means in this file: "council" for April to March, "calendar", or "" while nobody said."""
    year: Period | None = None
    """The year that the header or title gives to the dates below it."""


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Found:
    """A time within a text."""

    start: int
    end: int
    kind: str
    """The way in which it is written: a key of `PATTERNS`."""
    period: Period | None = None
    """The reading; where `doubt` is given the likelier one, or None."""
    doubt: str = ""
    """Why it is asked, as the end of a sentence that begins with the words; "" where it is certain."""
    offer: Period | None = None
    """What a person may choose by one click though it is not taken meanwhile."""
    about: str = ""
    """What one answer settles for all such words: "quarters"."""


# ------------------------------------------------------------------ numbers of days, months and years


def _number(words: str | None) -> int:
    return DIGITS[re.sub(r"\D", "", words or "").lstrip("0") or "0"]


def year_of(words: str) -> int:
    """Return the year that two or four digits mean: "69" is 2069, "70" is 1970."""
    number = _number(words)
    if number >= 100:
        return number
    return number + (2000 if number < 70 else 1900)


def month_of(word: str) -> tuple[int, bool]:
    """Return the number of a month and whether it is spelt right. It is 0 for what is no month, or may be two."""
    word = word.strip(". ")
    number = MONTH_NUMBERS.get(word, 0)
    if number or len(word) < 5:
        return number, True
    name = nearest(word, MONTHS, 1) if word[0] in "jfmasond" or word[1] in "jfmasond" else None
    return (MONTH_NUMBERS[name], False) if name and len(name) > 4 else (0, False)


def _two_years(words: str) -> int | None:
    """Return the first of two years that follow one another; None for others."""
    first, second = re.findall(r"\d+", words)[:2]
    begins, ends = year_of(first), _number(second)
    if ends == begins + 1 or (len(second) == 2 and ends == (begins + 1) % 100):
        return begins
    return None


def _certain(match: re.Match[str], period: Period) -> Found:
    return Found(match.start(), match.end(), "", period)


def _doubtful(
    match: re.Match[str],
    doubt: str,
    period: Period | None = None,
    offer: Period | None = None,
    about: str = "",
) -> Found:
    return Found(match.start(), match.end(), "", period, doubt, offer or period, about)


def _day(match: re.Match[str], year: int, month: int, day: int) -> Found:
    words = match.groupdict()
    try:
        date = dt.date(year, month, day)
    except ValueError:
        offer = None
        if 12 < month <= 31 and 1 <= day <= 12 and words.get("mark", "").strip():
            offer = Period.of_day(dt.date(year, day, month))
        return _doubtful(match, "is no day", offer=offer)
    period = Period.of_day(date)
    if weekday := words.get("weekday"):
        name = WEEKDAYS[date.weekday()]
        if not name.startswith(weekday.strip(". ")[:3]):
            return _doubtful(match, f"was a {name.capitalize()}", period)
    return _certain(match, period)


# ------------------------------------------------------------------ days


def _iso(match: re.Match[str], known: Known) -> Found:
    return _day(match, _number(match["year"]), _number(match["month"]), _number(match["day"]))


def _numbers(match: re.Match[str], known: Known) -> Found | None:
    year = match["year"]
    if len(year) == 4 and not 1900 <= _number(year) < 2100:
        return _doubtful(match, "is no day")
    if len(year) == 2 and match["mark"] == " ":
        return None
    return _day(match, year_of(year), _number(match["month"]), _number(match["day"]))


def _named_day(match: re.Match[str], known: Known) -> Found | None:
    month, _ = month_of(match["month"])
    if not month or _begins_next(match):
        return None
    return _day(match, year_of(match["year"]), month, _number(match["day"]))


def _begins_next(match: re.Match[str]) -> bool:
    """Return whether two digits stand behind the end of a sentence: "on 1 April. 10 January 2024"."""
    return len(match["year"]) == 2 and bool(
        re.search(r"[.,] ", match.string[match.start("month") : match.start("year")])
    )


def _several_days(match: re.Match[str], known: Known) -> Found:
    words = match.groupdict()
    month, _ = month_of(match["month"])
    last_month, _ = month_of(words.get("last_month") or match["month"])
    year = year_of(match["year"])
    try:
        first = dt.date(year - (month > last_month), month, _number(match["day"]))
        last = dt.date(year, last_month, _number(match["last"]))
        return _certain(match, Period("", first, last, Precision.DAY))
    except ValueError:
        return _doubtful(match, "is no day")


# ------------------------------------------------------------------ months


def precision_of_months(first: dt.date, count: int) -> Precision:
    """Return what a run of months makes up: a quarter, a half-year, a year, or months."""
    if count == 3 and first.month % 3 == 1:
        return Precision.QUARTER
    if count == 6 and first.month % 3 == 1:
        return Precision.HALF_YEAR
    if count % 12 == 0 and first.month in (1, COUNCIL_YEAR_BEGINS, MUNICIPAL_YEAR_BEGINS):
        return Precision.YEAR
    return Precision.MONTH


def run_of_months(first: dt.date, last: dt.date) -> Period:
    """Return the months from one to another, both whole."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return Period.of_months(first, count, precision_of_months(first, count))


def _months(match: re.Match[str], known: Known) -> Found | None:
    month, _ = month_of(match["month"])
    last_month, _ = month_of(match["last_month"])
    last = dt.date(year_of(match["year"]), last_month, 1)
    if match["first_year"]:
        first = dt.date(year_of(match["first_year"]), month, 1)
        if match["to"] not in ("to", "until", "till", "-"):
            return None  # two dates
    else:
        first = dt.date(last.year - (month > last_month), month, 1)
    if first >= last:
        return _doubtful(match, "ends before it begins") if first > last else None
    period = run_of_months(first, last)
    if match["to"] in ("and", "&", "or", "/") and (last - first).days > 31:
        return _doubtful(match, "names two months", period)
    return _certain(match, period)


def _month(match: re.Match[str], known: Known) -> Found | None:
    month, _ = month_of(match["month"])
    if _begins_next(match):
        return None
    period = Period.of_month(year_of(match["year"]), month)
    digits = re.sub(r"\D", "", match["year"])
    if len(digits) == 4 or "'" in match["year"] or match["mark"].strip(" (").strip() in ("-", "/", "'"):
        return _certain(match, period)
    if known.near and abs(period.start.year - known.near.year) <= NEAR_YEARS:  # type: ignore[union-attr]  # a month has days
        return _certain(match, period)
    if _number(digits) > 31:
        return _certain(match, period)
    return _doubtful(match, "may be a month of a year or a day without one", period)


def _misspelt_month(match: re.Match[str], known: Known) -> Found | None:
    month, _ = month_of(match["month"])
    return _certain(match, Period.of_month(_number(match["year"]), month)) if month else None


def _month_in_numbers(match: re.Match[str], known: Known) -> Found:
    month, year = _number(match["month"]), _number(match["year"])
    if not 1 <= month <= 12:
        return _doubtful(match, "is no month")
    return _certain(match, Period.of_month(year, month))


def _year_and_month(match: re.Match[str], known: Known) -> Found:
    month = month_of(match["month"])[0]
    return _certain(match, Period.of_month(_number(match["year"]), month))


def _year_and_month_in_numbers(match: re.Match[str], known: Known) -> Found | None:
    month, year = _number(match["month"]), _number(match["year"])
    if not 1 <= month <= 12:
        return _doubtful(match, "is neither a year nor a month")
    period = Period.of_month(year, month)
    return (
        _certain(match, period)
        if match["mark"] == "-"
        else _doubtful(match, "may be a month or two years", period)
    )


def _month_in_few_numbers(match: re.Match[str], known: Known) -> Found | None:
    month, year = _number(match["month"]), year_of(match["year"])
    if not 1 <= month <= 12 or _number(match["year"]) <= 12:
        return _doubtful(match, "may be a day, a month or two years")
    return _doubtful(match, "may be a month or a day without a year", Period.of_month(year, month))


# ------------------------------------------------------------------ quarters and halves


def _quarter_number(words: str) -> int:
    for word, number in ORDINALS.items():
        if words.startswith(word):
            return number
    return _number(re.sub(r"[^1-4]", "", words)[:1])


def _quarter_of(year: int, number: int, begins: int, count: int = 1) -> Period:
    start = add_months(dt.date(year, begins, 1), 3 * (number - 1))
    return Period.of_months(start, 3 * count, precision_of_months(start, 3 * count))


def _begins(match: re.Match[str], known: Known) -> tuple[int | None, int | None]:
    """Return the year, and the month with which it begins: None where a person must say."""
    words = match["year"]
    around = match.string[max(0, match.start() - 15) : match.end() + 15]
    if "/" in words or "-" in words:
        return _two_years(words), COUNCIL_YEAR_BEGINS
    year = _number(words)
    if "calendar" in around or known.quarters == "calendar":
        return year, 1
    if known.quarters == "council":
        return year, COUNCIL_YEAR_BEGINS
    return year, None


def _quarter(match: re.Match[str], known: Known) -> Found | None:
    words = match.groupdict()
    first = _quarter_number(match["quarter"])
    last = _quarter_number(words["last"]) if words.get("last") else first
    year, begins = _begins(match, known)
    if year is None or last < first:
        return _doubtful(match, "is no quarter")
    council, calendar = (
        _quarter_of(year, first, month, last - first + 1) for month in (COUNCIL_YEAR_BEGINS, 1)
    )
    if begins is None:
        return _doubtful(
            match, "may be of the council’s year or of the calendar", offer=council, about="quarters"
        )
    return _certain(match, calendar if begins == 1 else council)


def _quarter_of_months(match: re.Match[str], known: Known) -> Found | None:
    named = _quarter_number(match["quarter"])
    month, last_month = month_of(match["month"])[0], month_of(match["last_month"])[0]
    if (last_month - month) % 12 != 2:
        return _doubtful(match, "names months that are no quarter")
    year = _year_beside(match, month)
    if year is None:
        return _doubtful(match, "has no year")
    period = Period.of_months(dt.date(year, month, 1), 3, Precision.QUARTER)
    numbers = {(month - begins) % 12 // 3 + 1 for begins in (COUNCIL_YEAR_BEGINS, 1)}
    if month % 3 != 1 or named not in numbers:
        return _doubtful(match, "names other months than its quarter has", period)
    return _certain(match, period)


def _year_beside(match: re.Match[str], month: int) -> int | None:
    """Return the year of the first month of a quarter whose months are named."""
    if match["year"]:
        return _number(match["year"])
    if match["last_year"]:
        return year_of(match["last_year"]) - (month > 10)
    words = match["before"] or match["after"]
    if not words:
        return None
    if "/" not in words and "-" not in words:
        return _number(words)
    begins = _two_years(words)
    return None if begins is None else begins + (month < COUNCIL_YEAR_BEGINS)


def _half(match: re.Match[str], known: Known) -> Found | None:
    words = match["half"]
    second = "2" in words or words.startswith("second")
    year, begins = _begins(match, known)
    if year is None:
        return _doubtful(match, "is no half-year")
    if begins is None and not words.startswith("h"):
        begins = 1
    halves = [_quarter_of(year, 3 if second else 1, month, 2) for month in (COUNCIL_YEAR_BEGINS, 1)]
    if begins is None:
        return _doubtful(
            match, "may be of the council’s year or of the calendar", offer=halves[0], about="quarters"
        )
    return _certain(match, halves[begins == 1])


# ------------------------------------------------------------------ seasons and years


def _season(match: re.Match[str], known: Known) -> Found | None:
    month = MONTHS_BY_SEASON[match["season"]]
    words = match["year"]
    if "/" in words or "-" in words:
        year = _two_years(words)
        if year is None or match["season"] != "winter":
            return _doubtful(match, "names two years")
        return _certain(match, Period.of_months(dt.date(year, month, 1), 3, Precision.SEASON))
    period = Period.of_months(dt.date(year_of(words), month, 1), 3, Precision.SEASON)
    if match["season"] == "winter" and not _is_yet_to_begin(period, known):
        return _doubtful(match, "may begin or end in that year", period)
    return _certain(match, period)


def _is_yet_to_begin(winter: Period, known: Known) -> bool:
    """Return whether the winter that ends in the same year was over on the file's own day, and this one was not."""
    if known.near is None or winter.start is None or winter.end is None:
        return False
    return known.near.year == winter.start.year and known.near > add_months(winter.end, -12)


def _seasons(match: re.Match[str], known: Known) -> Found:
    year = _number(match["year"])
    first, last = (dt.date(year, MONTHS_BY_SEASON[match[name]], 1) for name in ("season", "last"))
    if first >= last:
        return _doubtful(match, "names two seasons")
    count = last.month - first.month + 3
    return _doubtful(match, "names two seasons", Period.of_months(first, count, Precision.SEASON))


def _year_of_two(match: re.Match[str], known: Known) -> Found | None:
    year = _two_years(match["year"])
    kind = f"{match['kind'] or ''} {match['after'] or ''}"
    numbers = [DIGITS[one] for one in re.findall(r"\d+", match["year"])]
    if year is None:
        return None
    if numbers[0] < 100 and numbers[1] <= 12 and not kind.strip():
        return _doubtful(match, "may be two years or a day", Period.of_year(year))
    if "municipal" in kind:
        return _certain(match, Period.of_year(year, begins=MUNICIPAL_YEAR_BEGINS))
    if "calendar" in kind:
        return _doubtful(match, "is no calendar year")
    return _certain(match, Period.of_year(year))


def _year(match: re.Match[str], known: Known) -> Found:
    kind = f"{match['kind'] or ''} {match['after'] or ''}"
    year = _number(match["year"])
    if any(word in kind for word in ("f", "municipal", "council")):
        begins = MUNICIPAL_YEAR_BEGINS if "municipal" in kind else COUNCIL_YEAR_BEGINS
        return _doubtful(match, "may begin or end in that year", offer=Period.of_year(year, begins=begins))
    return _certain(match, Period.of_year(year, begins=1))


# ------------------------------------------------------------------ without a year


def _day_without_year(match: re.Match[str], known: Known) -> Found | None:
    words = match.groupdict()
    day, month = _number(match["day"]), month_of(words["month"])[0] or _number(match["month"])
    if known.year and known.year.start and known.year.end:
        for year in {known.year.start.year, known.year.end.year}:
            try:
                date = dt.date(year, month, day)
            except ValueError:
                continue
            if known.year.start <= date <= known.year.end:
                return _day(match, year, month, day)
    return _doubtful(match, "has no year")


def _month_without_year(match: re.Match[str], known: Known) -> Found:
    month = month_of(match["month"])[0]
    if known.year and known.year.start and known.year.end:
        for year in (known.year.start.year, known.year.end.year):
            if known.year.start <= dt.date(year, month, 1) <= known.year.end:
                return _certain(match, Period.of_month(year, month))
    return _doubtful(match, "has no year")


def _part_without_year(match: re.Match[str], known: Known) -> Found:
    if known.year is None or known.year.start is None or known.year.precision != Precision.YEAR:
        return _doubtful(match, "has no year")
    words = match.groupdict()
    begins = known.year.start.month
    if "season" in words or begins not in (1, COUNCIL_YEAR_BEGINS):
        return _doubtful(match, "has no year")
    if "half" in words:
        second = "2" in match["half"] or match["half"].startswith("second")
        return _certain(match, _quarter_of(known.year.start.year, 3 if second else 1, begins, 2))
    return _certain(match, _quarter_of(known.year.start.year, _quarter_number(match["quarter"]), begins))


BUILD: dict[str, Callable[[re.Match[str], Known], Found | None]] = {
    "iso": _iso,
    "numbers": _numbers,
    "days": _several_days,
    "days over months": _several_days,
    "day": _named_day,
    "month and day": _named_day,
    "quarter of months": _quarter_of_months,
    "quarters": _quarter,
    "quarter": _quarter,
    "year and quarter": _quarter,
    "half": _half,
    "year and half": _half,
    "months": _months,
    "month": _month,
    "misspelt month": _misspelt_month,
    "year and month": _year_and_month,
    "season": _season,
    "seasons": _seasons,
    "two years": _year_of_two,
    "month in numbers": _month_in_numbers,
    "year and month in numbers": _year_and_month_in_numbers,
    "month in few numbers": _month_in_few_numbers,
    "year": _year,
    "day without a year": _day_without_year,
    "month without a year": _month_without_year,
    "quarter without a year": _part_without_year,
    "half without a year": _part_without_year,
    "season without a year": _part_without_year,
    "day and month in numbers": _day_without_year,
}
"""By the way in which it is written; None where the pattern fits and the words mean no time."""
