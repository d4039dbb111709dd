"""Parts a cell of progress into the dated updates that it holds: "Nov 2023: rota agreed. April 2024: first late sailing"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from committee.text import clean_text
from recommendations.lifecycle import Period, Precision
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_meanings import NOTHING_KNOWN, WITHOUT_YEAR, Found, Known
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.questions import Question, Read, question_key

BEFORE = re.compile(
    r"(?:^|(?<=[\n\t])|(?<=[.;!?)\]]) {1,3}|(?<=\|) {0,3})[\s*•▪●◦(\[–-]{0,4}(?:(?:progress |latest |further |previous |verbal |officer |service )?(?:update|updated|position|status|progress|as at|as of|at|on|report|comments?)(?: (?:at|on|as at|as of|for|from|in|dated?|provided|received|to committee|to cabinet))?[ :(–-]{0,3}(?:the )?)?$"
)
"""What stands between the end of one update and the day of the next."""
AFTER = re.compile(
    r"^(?:[ )\]]{0,3}(?:updates?|position|progress|status|meeting|committee|report|comments?)?[ )\]]{0,2}(?:[:–]| - |-(?=[ A-Za-z])|=)[\s–-]{0,3}|[)\]] {0,3}[:–-]?[\s–-]{0,3}|[ .:)\]–-]{0,4}(?:updates?|position|progress)?[ .:)\]–-]{0,3}\n\s{0,3}|\t\s{0,3})"
)
"""What stands behind the day of an update."""
IN_BRACKETS = re.compile(
    r"(?<=\S)[ ]{0,3}[(\[] ?(?:(?:as at|as of|at|on|from|in|updated?|update|reported|date:)(?: on| at)? )?$"
)
"""What stands before the day of an update behind its words: "Survey begun (March 2024)."."""
ENDS_SENTENCE = re.compile(r"[ ]{0,2}[.;]?[ ]{0,3}(?:$|(?=\n)|(?=[A-Z\"“‘]))")
ONLY_BLANK = re.compile(r"^[ ]{1,3}(?=[A-Z\"“‘(])")
BLANKS = re.compile(r"^[ ]{1,3}")
OPENS = re.compile(r"(?:^|[\n\t])[\s*•▪●◦–-]{0,4}$")
KINDS_OF_DAY = frozenset({"iso", "numbers", "day", "month and day", "month", "year and month", "misspelt month", "quarter", "year and quarter", "quarter of months", "season", "days", "half"})  # fmt: skip
"""The ways of writing a time that can head an update."""


@dataclass(frozen=True)
class DatedText:
    """Words of progress with the day to which they belong."""

    as_at: Read[Period] | None
    """None where the words give none: the file's own day is theirs."""
    text: str


def read_updates(text: str, known: Known = NOTHING_KNOWN) -> tuple[DatedText, ...]:
    """Return the updates of a cell, the earliest first where all have a day; one without a day where none is given.

    A day within a sentence is not the day of an update. A day after the file's own is asked about.
    """
    return _read(clean_text(text), known)


@lru_cache(maxsize=4096)
def _read(text: str, known: Known) -> tuple[DatedText, ...]:
    if not text:
        return ()
    heads = _heads(text, known)
    if behind := _ends(text, known):
        heads = [head for head in heads if head[1] < len(text)]
    if behind and not heads:
        return _in_order(_behind(text, behind, known))
    if not heads:
        return (DatedText(_doubtful(text, known), text),)
    updates: list[DatedText] = []
    if first := _tidy(text[: heads[0][0]]):
        updates.append(DatedText(None, first))
    ends = [start for start, _, _ in heads[1:]] + [len(text)]
    for (_, begins, found), end in zip(heads, ends, strict=True):
        updates.append(DatedText(_as_at(found, known), _tidy(text[begins:end])))
    return _in_order(updates)


def _heads(text: str, known: Known) -> list[tuple[int, int, Found]]:
    """Return where each update begins, where its words begin, and its day."""
    plain = plain_text(text)
    found = [
        one
        for one in find_times(text, known)
        if one.kind in KINDS_OF_DAY or (one.kind in WITHOUT_YEAR and one.kind.startswith(("day", "month")))
    ]
    heads: list[tuple[int, int, Found]] = []
    weak: list[tuple[int, int, Found]] = []
    for one in found:
        window = max(0, one.start - 60)
        # The text before the window is no end of a line.
        before = BEFORE.search(_lined(text, plain, window, one.start))
        after = AFTER.match(_with_lines(text, plain, one.end))
        start = window + before.start() if before else one.start
        bracketed = before and before[0].rstrip()[-1:] in ("(", "[") and text[one.end - 1] in ")]"
        if bracketed and not after:
            after = BLANKS.match(text[one.end : one.end + 8])
        if before and after:
            heads.append((start, one.end + after.end(), one))
        elif OPENS.search(_lined(text, plain, window, one.start)) and (
            after := ONLY_BLANK.match(text[one.end : one.end + 8])
        ):
            weak.append((one.start, one.end + after.end(), one))
    if weak and (heads or len(weak) > 1 or weak[0][2].kind in ("iso", "numbers")):
        heads = sorted([*heads, *weak], key=lambda head: head[0])
    return heads


def _ends(text: str, known: Known) -> list[tuple[int, int, Found]]:
    """Return where the words of each update end, where its day ends, and the day, where days stand in brackets behind the words.
    A day in the middle of a line is one only where the text ends with one too.
    """
    plain = plain_text(text)
    ends: list[tuple[int, int, Found]] = []
    for one in find_times(text, known):
        near = max(0, one.start - 40)
        before = IN_BRACKETS.search(plain, text.rfind("\n", near, one.start) + 1 or near, one.start)
        closes = one.end if text[one.end - 1] in ")]" else one.end + 1
        if one.kind not in KINDS_OF_DAY or not before or text[closes - 1 : closes] not in (")", "]"):
            continue
        if (after := ENDS_SENTENCE.match(text, closes)) is not None:
            ends.append((before.start(), after.end(), one))
    if ends and ends[-1][1] < len(text):
        ends = [one for one in ends if text[one[1]] == "\n"]
    return ends


def _behind(text: str, ends: Sequence[tuple[int, int, Found]], known: Known) -> list[DatedText]:
    """Return the updates that days behind them end; a line without one is of no day."""
    updates: list[DatedText] = []
    begins = 0
    for stops, goes_on, found in ends:
        *undated, words = text[begins:stops].strip().split("\n")
        updates += [DatedText(None, _tidy(line)) for line in undated if _tidy(line)]
        updates.append(DatedText(_as_at(found, known), _tidy(words)))
        begins = goes_on
    if rest := _tidy(text[begins:]):
        updates.append(DatedText(None, rest))
    return updates


def _lined(text: str, plain: str, start: int, end: int) -> str:
    """Return plain words with the line ends of the text, and a mark where they are cut off."""
    words = "".join(
        char if char in "\n\t" else other
        for char, other in zip(text[start:end], plain[start:end], strict=True)
    )
    return words if start == 0 else f"…{words}"[1:] if text[start - 1] in "\n\t" else words


def _with_lines(text: str, plain: str, start: int) -> str:
    return "".join(
        char if char in "\n\t" else other
        for char, other in zip(text[start : start + 40], plain[start : start + 40], strict=True)
    ) + ("\n" if start == len(text) else "")


def _as_at(found: Found, known: Known) -> Read[Period]:
    period = found.period
    words = period.words if period else ""
    if found.doubt or period is None:
        return Read(
            None, words, _question(words or "The day of an update", f"{found.doubt}: when was this said?")
        )
    if known.near and period.start and period.start > known.near:
        return Read(
            period, words, _question(words, "is after the day of the file: is it the day of an update?")
        )
    return Read(period, words)


def _question(words: str, doubt: str) -> Question:
    return Question(question_key("period", "update", words), "period", words, f"“{words}” {doubt}")


def _doubtful(text: str, known: Known) -> Read[Period] | None:
    """Return the question whether a text that begins with a month is dated by it: "May 2023 Sunday round tried."."""
    first = next(find_times(text, known), None)
    if (
        first is None
        or first.start
        or first.doubt
        or first.period is None
        or not ONLY_BLANK.match(text[first.end : first.end + 8])
    ):
        return None
    return Read(
        first.period,
        first.period.words,
        _question(first.period.words, "stands before an update: is it its day?"),
    )


def _tidy(words: str) -> str:
    return words.strip().strip(";|").strip().strip("–-").strip()


def _in_order(updates: Sequence[DatedText]) -> tuple[DatedText, ...]:
    """Return the updates as they followed one another, where each has a day."""
    days: list[tuple[dt.date, dt.date]] = []
    for update in updates:
        period = update.as_at.value if update.as_at else None
        if period is None or period.precision == Precision.NONE or not period.start or not period.end:
            return tuple(updates)
        days.append((period.end, period.start))
    order = sorted(range(len(updates)), key=lambda at: days[at])
    return tuple(updates[at] for at in order)
