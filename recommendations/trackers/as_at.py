"""Finds the day of which a whole file speaks: "Position at 2 May 2024", the meeting, the file's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from committee.text import clean_text
from recommendations.lifecycle import Period, Precision
from recommendations.trackers.period_grammar import find_times, last_day
from recommendations.trackers.period_meanings import WITHOUT_YEAR
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.period_words import ENDS
from recommendations.trackers.questions import Question, Read, question_key

SAYS_AS_AT = re.compile(
    r"\b(?:(?:position|status|correct|accurate|progress|situation|tracker|recommendations?|actions?|register|list|log|report|updates?|plan|items?|data|figures?|monitoring|performance) (?:as )?(?:at|on|to|of|as of|up to)|as (?:at|of|on)|up ?dated?(?: (?:on|to|at|as at|by))?|last (?:reviewed|updated|amended|revised|update|review)(?: on| at)?"
    r"|export(?:ed)?(?: of| on| from)?|extract(?:ed)?(?: of| on)?|downloaded(?: on)?|printed(?: on)?|(?:produced|prepared|compiled|issued)(?: on| at)?|reviewed(?: on)?|date of (?:update|report|last update|export)|update date|date updated|data (?:as )?at|snapshot (?:of|at)|version(?: \d{1,2}(?:\.\d{1,2})?)?(?: of| dated)?|dated?|refreshed(?: on)?|generated(?: on)?|run on|for the (?:quarter|month|period|year) (?:ending|ended|to)|(?:quarter|month|year|period) (?:ending|ended|end|to))"
    r"[ :.,(–-]{0,4}(?:the )?(?:(?:close|end)(?: of)?(?: the)? )?$"
)
"""What stands before the day of a file."""
SAYS_MEETING = re.compile(
    r"\b(?:meeting|committee|panel|commission|board|cabinet|council|scrutiny|agenda|report to|held|presented)(?: (?:of|on|at|held|dated?|to be held|for|held on|to))?[ :.,(–-]{0,4}(?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?$"
)
NOT_THE_FILE = re.compile(
    r"\b(?:since|from|after|before|until|between|due|by|target|deadline|next|review(?:ed)? (?:in|by)|published|approved|adopted|established|began|inquiry of|report of|following|completed|closed|agreed|made)\b[a-z ,:(]{0,25}$"
)
ALONE = re.compile(r"[\s.,:()\[\]–-]{0,4}")
LONGEST_TITLE = 240
EXPLICIT, MEETING, TITLE, FILE_NAME = 3, 2, 1, 0
FILE_MARKS = re.compile(r"[_.\-\s]+")
NAME_NUMBERS = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[ ]?(?P<month>0[1-9]|1[0-2])(?:[ ]?(?P<day>[0-3]\d))?(?!\d)|(?<!\d)(?P<day2>[0-3]\d)[ ]?(?P<month2>0[1-9]|1[0-2])[ ]?(?P<year2>20\d\d)(?!\d)|(?<!\d)(?P<year3>2\d)(?P<month3>0[1-9]|1[0-2])(?P<day3>[0-3]\d)(?!\d)"
)


def day_in_line(text: str) -> tuple[int, Period] | None:
    """Return the day that a title or a line beside a table gives for the file, and how plainly it says so: 3 for "as at", 2 for
    a meeting, 1 for a line that is no more than a time. None where it gives none.
    """
    words = clean_text(text)
    if not words or len(words) > LONGEST_TITLE:
        return None
    plain = plain_text(words)
    best: tuple[int, Period] | None = None
    for found in find_times(words):
        if found.period is None or found.doubt or found.kind in WITHOUT_YEAR:
            continue
        before = plain[max(0, found.start - 80) : found.start]
        rank = _rank(before, plain[: found.start] + plain[found.end :], found.period.precision)
        if rank is not None and (best is None or rank > best[0]):
            period = found.period
            best = rank, replace(last_day(period), words=period.words) if ENDS.search(before) else period
    return best


def _rank(before: str, beside: str, precision: str) -> int | None:
    if SAYS_AS_AT.search(before) or before.strip() == "at":
        return EXPLICIT
    if before.rstrip().endswith(" at") and len(before.split()) <= 15 and not NOT_THE_FILE.search(before):
        return EXPLICIT
    if NOT_THE_FILE.search(before):
        return None
    if SAYS_MEETING.search(before):
        return MEETING
    if precision == Precision.YEAR:
        return None
    if ALONE.fullmatch(beside):
        return TITLE
    if (
        re.search(
            r"\b(?:tracker|action plan|register|log|update|monitoring|progress|report|recommendations?)\b",
            beside,
        )
        and len(beside) < 120
    ):
        return TITLE
    return None


def day_in_name(file_name: str) -> Period | None:
    """Return the day, month or year that a file's name gives: "Tracker March 2024.xlsx", "2024-03 tracker.docx"."""
    stem = file_name.rpartition(".")[0] or file_name
    words = " ".join(FILE_MARKS.sub(" ", stem).split())
    dotted = " ".join(re.sub(r"[_\s]+", " ", stem).split())
    for text in (dotted, words):
        found = [
            one.period
            for one in find_times(text)
            if one.period
            and not one.doubt
            and one.period.precision != Precision.YEAR
            and one.kind not in WITHOUT_YEAR
        ]
        if len(found) == 1:
            return found[0]
    match = NAME_NUMBERS.search(words)
    if not match:
        return None
    parts = {name.rstrip("23"): value for name, value in match.groupdict().items() if value}
    year = parts["year"] if len(parts["year"]) == 4 else f"20{parts['year']}"
    iso = "-".join(filter(None, (year, parts["month"], parts.get("day"))))
    read = next(find_times(iso), None)
    return replace(read.period, words=match[0]) if read and read.period and not read.doubt else None


AS_AT_KEY = question_key("day", "as at", "")


def read_as_at(lines: Iterable[str], file_name: str = "", headers: Iterable[str] = ()) -> Read[Period]:
    """Return the day of which a file speaks, by the lines above and beside its tables in their order, then by the headers of
    columns that say plainly of which day they are, then by its name.

    What the file was saved on is never enough. Where two lines are equally plain and differ, the later day is the likelier and is
    asked; where there is none it is asked without one.
    """
    found = [day for line in lines if (day := day_in_line(line))]
    for rank in (EXPLICIT, MEETING, TITLE):
        days = [period for at, period in found if at == rank]
        if days:
            return _one_of(days)
    if days := [day[1] for header in headers if (day := day_in_line(header)) and day[0] == EXPLICIT]:
        return _one_of(days)
    if period := day_in_name(file_name):
        return Read(period, period.words)
    return Read(None, "", Question(AS_AT_KEY, "day", "", "Of which day does this file speak?"))


def _one_of(days: list[Period]) -> Read[Period]:
    latest = max(days, key=_span)
    narrowest = min(days, key=lambda day: _span(day)[0] - _span(day)[1])
    # A month and a day within it say the same.
    if all(_holds(day, narrowest) for day in days):
        return Read(narrowest, narrowest.words)
    words = "; ".join(dict.fromkeys(day.words for day in days))
    sentence = f"The file names several days ({words}): of which does it speak?"
    likelier = latest.end.isoformat() if latest.end else None
    return Read(latest, latest.words, Question(AS_AT_KEY, "day", words, sentence, likelier=likelier))


def _span(period: Period) -> tuple[dt.date, dt.date]:
    """Return the last day and the first."""
    return period.end or dt.date.min, period.start or dt.date.min


def _holds(period: Period, other: Period) -> bool:
    return _span(period)[1] <= _span(other)[1] and _span(other)[0] <= _span(period)[0]
