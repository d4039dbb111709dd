"""Reads the cells of a date column: a period that is right, or a question. Nothing is rolled over or made up.

Day before month. A text is read only where every word of it is understood; "31/02/2023" is asked, and "31 March 2024 if the
budget allows" keeps its words beside a question.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from committee.text import clean_line
from recommendations.lifecycle import Period, Precision, add_months
from recommendations.trackers.cells import FAILED, Cell
from recommendations.trackers.period_grammar import find_times, last_day, whole_months
from recommendations.trackers.period_meanings import (
    NOTHING_KNOWN,
    Found,
    Known,
    precision_of_months,
    run_of_months,
)
from recommendations.trackers.period_patterns import DIGITS, NUMBERS, plain_text
from recommendations.trackers.period_words import (
    AFTERWARDS,
    AROUND,
    ASKED_FOR,
    BEGINS,
    DONE,
    DUE,
    ENDS,
    EVERY,
    FROM_AFTER_TO,
    HARMLESS,
    HINTS,
    LABEL,
    LEFT_OVER,
    MADE,
    MOVED_FROM,
    NEXT,
    NO_DATE,
    NOTHING,
    NOW,
    RANGE,
    ROLE_WORDS,
    TERM,
    TO,
    TO_AFTER_FROM,
    WAS,
    WITHIN,
    WITHIN_PERIOD,
)
from recommendations.trackers.questions import Choice, Question, Read, question_key
from recommendations.trackers.reading import period_to_json

FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050
"""Numbers that a spreadsheet shows as days from October 1954 to December 2099."""
SERIALS_COUNT_FROM = dt.date(1899, 12, 30)
FAR_YEARS = 40
"""A year farther than this from the file's own day is more likely a slip of the keyboard."""


@dataclass(frozen=True)
class Target:
    """What a target date's cell says: the date that stands, those that it replaced, and one that is only asked for."""

    target: Read[Period]
    earlier: tuple[Period, ...] = ()
    """In the order in which they stand in the cell."""
    asked_for: Period | None = None


# ------------------------------------------------------------------ one time


def read_period(text: str, known: Known = NOTHING_KNOWN) -> Read[Period]:
    """Return the one time that a text names, such as "by the end of March 2024", or a question.

    "TBC", "ongoing", a dash and the like are read as no date: a period without days that keeps the words.
    """
    return read_target_words(text, known).target


def date_due(text: str, known: Known = NOTHING_KNOWN) -> Period | None:
    """Return the time by which a text says that something is due, where it says no more: "due by March 2024"; else None."""
    match = DUE.fullmatch(text.strip(" .;()")) if len(text) < 80 else None
    read = read_period(match["time"], known) if match else None
    return read.value if read and read.is_sure and read.value and read.value.is_known else None


def read_period_cell(cell: Cell, known: Known = NOTHING_KNOWN) -> Read[Period]:
    """Return the one time that a cell of a date column holds, whether as a date, a serial number or in words."""
    return read_target(cell, known).target


def read_target(cell: Cell, known: Known = NOTHING_KNOWN, *, row_struck: bool = False) -> Target:
    """Return what a cell of a date column says: the date, the dates that it replaced, one that is asked for.

    A struck date beside another is one that was replaced. Where the whole cell is struck it is read as it is if the row is
    struck too, which is asked elsewhere; else it is asked.
    """
    if (stored := _stored(cell)) is not None:
        return Target(stored)
    if not cell.struck or (row_struck and not cell.standing):
        return read_target_words(cell.text, known)
    if not cell.standing:
        reading = read_target_words(cell.struck, known)
        return replace(
            reading, target=reading.target.asking(_question(cell.struck, "is struck through: does it stand?"))
        )
    reading = read_target_words(cell.standing, known)
    earlier = tuple(
        found.period for found in find_times(cell.struck, known) if found.period and not found.doubt
    )
    words = clean_line(cell.struck)
    if not earlier and HINTS.search(plain_text(words)):
        reading = replace(
            reading,
            target=reading.target.asking(_question(words, "is struck through and can’t be read as a date")),
        )
    return replace(reading, earlier=(*earlier, *reading.earlier))


def _stored(cell: Cell) -> Read[Period] | None:
    """Return the date that a spreadsheet stores as one, or as a number."""
    value = cell.value
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return _stored_day(day, cell.text or day.isoformat())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    words = cell.text or f"{value:g}"
    if FIRST_SERIAL <= value <= LAST_SERIAL:
        return Read(Period.of_day(SERIALS_COUNT_FROM + dt.timedelta(days=value // 1), words), words)
    return None


def _stored_day(day: dt.date, words: str) -> Read[Period]:
    shown = read_target_words(words, NOTHING_KNOWN).target
    # A cell that shows "Nov-23" and stores the first of November means the month.
    if shown.is_sure and shown.value and shown.value.precision in (Precision.MONTH, Precision.YEAR):
        start, end = shown.value.start, shown.value.end
        if start and end and start <= day <= end:
            return shown
    period = Period.of_day(day, words)
    if day.year < 1950:
        return Read(None, words, _question(words, "is stored as a day long ago", likelier=period))
    return Read(period, words)


@lru_cache(maxsize=4096)
def read_target_words(text: str, known: Known = NOTHING_KNOWN) -> Target:
    """Return what words in a date column say; see `read_target`."""
    words = clean_line(text)
    plain = LABEL.sub("", plain_text(words)).strip(" .,;:")
    if _names_no_time(plain):
        return Target(Read(Period(words), words))
    if relative := _within(plain, words, known):
        return Target(relative)
    found = list(find_times(words, known))
    if not found:
        return Target(Read(None, words, _question(words, "can’t be read as a date")))
    return _together(words, _apart(words, found, known), known)


def _apart(words: str, found: list[Found], known: Known) -> list[Found]:
    """Return the times with "March 2024 to June 2024" as two where the words before say that the first was replaced: "Revised
    from March 2024 to June 2024" names no months from one to the other.
    """
    if len(found) != 1 or not MOVED_FROM.search(plain_text(words)[: found[0].start]):
        return found
    whole = found[0]
    for mark in TO.finditer(plain_text(words), whole.start, whole.end):
        parts = (words[: mark.start()], " " * mark.end() + words[mark.end() :])
        two = [list(find_times(part, known)) for part in parts]
        if all(len(one) == 1 and one[0].period and not one[0].doubt for one in two):
            return [two[0][0], two[1][0]]
    return found


def _names_no_time(plain: str) -> bool:
    bare = plain.strip(" .()[]?'\"")
    if FAILED.match(bare.upper()):
        return False
    if NOTHING.fullmatch(plain) or NO_DATE.fullmatch(bare) or NEXT.fullmatch(bare) or TERM.fullmatch(bare):
        return True
    if all(NO_DATE.fullmatch(part.strip()) for part in re.split(r"[/,;-]| and ", bare) if part.strip()):
        return True
    if not HINTS.search(plain):
        return True
    return bool(EVERY.search(plain)) and not re.search(r"\d", plain)


def _within(plain: str, words: str, known: Known) -> Read[Period] | None:
    """Return the day that is so long after the recommendation was made: "within six months"."""
    match = WITHIN.fullmatch(plain)
    if not match:
        return None
    count = NUMBERS.get(match["count"]) or DIGITS.get(match["count"])
    if not count:
        return None
    made = known.made_on
    if made is None or made.end is None:
        return Read(None, words, _question(words, "counts from a day that the file doesn’t give"))
    end = _later(made.end, count, match["unit"])
    if made.precision == Precision.DAY:
        period = Period.of_day(end, words)
    elif made.precision == Precision.MONTH and match["unit"] in ("month", "year"):
        period = Period.of_month(end.year, end.month, words)
    else:
        return Read(None, words, _question(words, "counts from a day that the file doesn’t give"))
    event = match["event"]
    if (event and not MADE.fullmatch(event)) or not (match["how"] or event):
        return Read(
            period,
            words,
            _question(words, "may count from another day than that of the recommendation", likelier=period),
        )
    return Read(period, words)


def _later(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("month", "year"):
        return add_months(day, count * (12 if unit == "year" else 1))
    return day + dt.timedelta(days=count * (7 if unit == "week" else 1))


def _question(words: str, doubt: str, *, likelier: Period | None = None, about: str = "") -> Question:
    sentence = f"“{words}” {doubt}" + ("" if doubt.endswith("?") else ": when is it?")
    choices: tuple[Choice, ...] = ()
    if about == "quarters":
        sentence = f"“{words}” {doubt}: which do the quarters of this file mean?"
        choices = (Choice("council", "April to March"), Choice("calendar", "January to December"))
    elif likelier is not None:
        choices = (Choice(period_to_json(likelier), likelier.in_words()),)
    key = question_key("period", about or "words", "" if about else words)
    return Question(
        key, "period", words, sentence, choices, period_to_json(likelier) if likelier and not about else None
    )


QUARTERS_KEY = question_key("period", "quarters", "")
"""The question that settles every "Q3 2020" of a file; its answer, "council" or "calendar", is `Known.quarters`."""


# ------------------------------------------------------------------ several times in a cell


def _together(words: str, found: Sequence[Found], known: Known) -> Target:
    """Return what the times of one cell mean together."""
    plain = plain_text(words)
    gaps = _gaps(plain, found)
    for one in found:
        if one.doubt and (one.period is None or len(found) > 1):
            about = one.about or ""
            return Target(Read(None, words, _question(words, one.doubt, likelier=one.offer, about=about)))
    if len(found) == 1:
        return _alone(words, found[0], gaps, known)
    if len(found) == 2 and (period := _range(found, gaps, words)):
        return Target(period)
    return _slip(words, found, gaps, known)


def _gaps(plain: str, found: Sequence[Found]) -> list[str]:
    """Return the words before the first time, between the times, and after the last."""
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found), len(plain)]
    return [plain[end:start] for end, start in zip(ends, starts, strict=True)]


def _alone(words: str, one: Found, gaps: Sequence[str], known: Known) -> Target:
    before, after = gaps
    period = replace(one.period or Period(), words=words)
    role = _role(before, after)
    if role == "asked":
        return Target(
            Read(None, words, _question(words, "is asked for: which date stands?")), asked_for=period
        )
    if role == "was":
        return Target(
            Read(None, words, _question(words, "may no longer stand: which date does?", likelier=period))
        )
    period, doubt = _modified(period, before)
    doubt = one.doubt or doubt or _left_over(before, after, whether_role=role == "now") or _far(period, known)
    if doubt == MORE_THAN_A_DATE:
        return Target(Read(None, words, _question(words, doubt, likelier=period)))
    return Target(Read(period, words, _question(words, doubt, likelier=period) if doubt else None))


MORE_THAN_A_DATE = "is more than a date"


def _modified(period: Period, before: str) -> tuple[Period, str]:
    """Return the period that "end of", "mid" and the like before it make of it, and a doubt."""
    if ENDS.search(before):
        return (last_day(period) if period.precision != Precision.DAY else period), ""
    if BEGINS.search(before):
        return period, "names no day"
    if WITHIN_PERIOD.search(before):
        return period, "" if period.precision in (Precision.MONTH, Precision.DAY) else "names no day"
    return period, ""


def _left_over(before: str, after: str, *, whether_role: bool) -> str:
    """Return the doubt that the words beside a time leave; "" where all are understood."""
    beside = f"{before} | {after}"
    if AROUND.search(beside):
        return "may not be the date itself"
    if DONE.search(beside):
        return MORE_THAN_A_DATE
    for pattern in (ENDS, BEGINS, WITHIN_PERIOD):
        before = pattern.sub(" ", before)
    beside = LABEL.sub("", f"{before} | {after}".strip())
    if whether_role:
        beside = ROLE_WORDS.sub(" ", beside)
    rest = LEFT_OVER.findall(HARMLESS.sub(" ", beside))
    if not rest:
        return ""
    if any(not word.isalpha() for word in rest) or LEFT_OVER.search(HARMLESS.sub(" ", before)):
        return MORE_THAN_A_DATE
    return "holds other words too"


def _far(period: Period, known: Known) -> str:
    if known.near and period.start and abs(period.start.year - known.near.year) > FAR_YEARS:
        return "is far from the file’s own day"
    return ""


def _role(before: str, after: str) -> str:
    """Return whether a time is said to be replaced ("was"), to stand ("now"), or only "asked" for; "" where nothing is said."""
    if AFTERWARDS["asked"].search(after):
        return "asked"
    for role, pattern in (("asked", ASKED_FOR), ("was", WAS), ("now", NOW)):
        if pattern.search(before):
            return role
    for role, pattern in AFTERWARDS.items():
        if pattern.search(after):
            return role
    return ""


def _range(found: Sequence[Found], gaps: Sequence[str], words: str) -> Read[Period] | None:
    """Return the days from one to another, where that is what two times are."""
    first, last = (one.period for one in found)
    if (
        not RANGE.search(gaps[1])
        or not first
        or not last
        or not first.start
        or not last.end
        or _role(gaps[0], "")
    ):
        return None
    if first.start > last.start or not (first.end and first.end < last.end):  # type: ignore[operator]  # both have days
        return None
    period = Period(words, first.start, last.end, Precision.DAY)
    if whole_months(first.start, last.end):
        period = replace(run_of_months(first.start, last.end), words=words)
    elif first.precision != Precision.DAY:
        period = replace(period, precision=precision_of_months(first.start, 2))
    left = _left_over(gaps[0], gaps[2], whether_role=False)
    sure = period.precision != Precision.DAY or first.start.day == 1
    doubt = left or ("" if sure else "may be two dates, the second in place of the first")
    return Read(period, words, _question(words, doubt, likelier=period) if doubt else None)


def _slip(words: str, found: Sequence[Found], gaps: Sequence[str], known: Known) -> Target:
    """Return which of several times stands and which it replaced, where the words between them say so."""
    roles: list[str] = []
    for at in range(len(found)):
        before, after = gaps[at].rpartition(")")[2], gaps[at + 1]
        # What stands in brackets behind a time is said of it; what stands behind the brackets, of the next.
        after = after if at == len(found) - 1 else "".join(after.rpartition(")")[:2])
        role = _role(before, after)
        if not role and roles and roles[-1] == "was" and TO_AFTER_FROM.search(before):
            role = "now"
        if not role and roles and FROM_AFTER_TO.search(before):
            role = "was"
        roles.append(role)
    periods = [_modified(one.period, gap)[0] for one, gap in zip(found, gaps, strict=False) if one.period]
    asked = [period for period, role in zip(periods, roles, strict=True) if role == "asked"]
    standing = _standing(roles)
    doubt = "" if standing is not None else "names several dates: which stands?"
    if not doubt and _words_beside(gaps):
        doubt = "names several dates and holds other words too"
    if standing is None or doubt:
        return Target(Read(None, words, _question(words, doubt)))
    earlier = tuple(period for at, period in enumerate(periods) if at != standing and roles[at] != "asked")
    far = _far(periods[standing], known)
    question = _question(words, far) if far else None
    return Target(Read(periods[standing], words, question), earlier, asked[-1] if asked else None)


def _standing(roles: Sequence[str]) -> int | None:
    """Return which time stands: the last that is said to, or the one of which nothing is said."""
    now = [at for at, role in enumerate(roles) if role == "now"]
    silent = [at for at, role in enumerate(roles) if not role]
    if now and (not silent or max(silent) < now[-1]):
        return now[-1]
    if not now and len(silent) == 1:
        return silent[0]
    return None


def _words_beside(gaps: Iterable[str]) -> bool:
    beside = " | ".join(gaps)
    return bool(DONE.search(beside) or LEFT_OVER.search(HARMLESS.sub(" ", ROLE_WORDS.sub(" ", beside))))
