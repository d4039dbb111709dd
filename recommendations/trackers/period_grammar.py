"""Finds the times that a text names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from recommendations.lifecycle import Period, Precision
from recommendations.lifecycle.clocks import end_of_month
from recommendations.trackers.period_meanings import BUILD, NOTHING_KNOWN, Found, Known
from recommendations.trackers.period_patterns import PATTERNS, STARTS, plain_text


def find_times(text: str, known: Known = NOTHING_KNOWN) -> Iterator[Found]:
    """Yield the times that the text names, in order. They do not overlap."""
    plain = plain_text(text)
    at = 0
    for candidate in STARTS.finditer(plain):
        if candidate.start() < at:
            continue
        found = _found_at(plain, candidate.start(), text, known)
        if found:
            at = found.end
            yield found


def _found_at(plain: str, at: int, text: str, known: Known) -> Found | None:
    for kind, pattern in PATTERNS.items():
        match = pattern.match(plain, at)
        if match and (found := BUILD[kind](match, known)):
            words = _without_bracket_of_others(text[match.start() : match.end()])
            period = replace(found.period, words=words) if found.period else None
            return replace(found, kind=kind, period=period, end=match.start() + len(words))
    return None


def _without_bracket_of_others(words: str) -> str:
    """Return the words of a time without the bracket at their end that was opened before them: "(Nov 25)"."""
    return words[:-1] if words.endswith(")") and words.count(")") > words.count("(") else words


def last_day(period: Period) -> Period:
    """Return the last day of a period, as "end of" means it."""
    return Period(period.words, period.end, period.end, Precision.DAY) if period.end else period


def whole_months(start: dt.date, end: dt.date) -> bool:
    """Return whether the days are the first of a month and the last of one."""
    return start.day == 1 and end == end_of_month(end)
