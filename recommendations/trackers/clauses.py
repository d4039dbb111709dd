"""Takes the beginning of a status cell apart into clauses that are statuses: "Accepted. In progress: forms drafted"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recommendations.lifecycle import Period
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.questions import Question
from recommendations.trackers.status_words import (
    NO,
    YES,
    Fact,
    Meaning,
    status_key,
)
from recommendations.trackers.word_meanings import meaning_of_clause
from recommendations.trackers.word_questions import Meanings

SEPARATORS = re.compile(
    r"[;:\n\t(),|/&\[\]]|\.(?!\d)| - |\b(?:and|but|because|as|however|subject to|except|apart from|although|provided|pending|awaiting|with|until|unless|following"
    r"|since|where|which|that|then|if|while|though|so|plus|though)\b"
)
"""Where a clause may end."""
PREFIXES = re.compile(
    r"^(?:(?:the |this |our )?(?:(?:[a-z']+ ){1,4}(?=government|executive|council|ministry|minister|department|board|trust|authority|cabinet)(?<!this )(?<!not ))?(?:recommendations?(?: \d{1,3}[a-h]?)?|actions?|governments?|ministry|ministers?|response|status|cabinet member|cabinet|executive|council|board|trust|partnership|officers?|service|portfolio holder|cabinet member|department|authority|directorate|police|we)"
    r"(?: (?:is|was|has been|have been|has|have|are|were|can be|will be))?|(?:is|was|has been|have been|now|formally|this is|this was|it is|it was)) "
)
SUFFIXES = re.compile(
    r" (?:(?:with |to )?(?:the |this |these |all )?recommendations?(?: \d{1,3}[a-h]?)?|(?:by|at) (?:the )?(?:cabinet|executive|council|full council|board|trust|leader|cabinet member|portfolio holder|partnership)(?: meeting)?)$"
)
OBJECTS = re.compile(
    r"(?<=[a-z]) (?:(?:with|to) )?(?:(?:the|this|these|all) recommendations?|this|it)(?= (?:in|fully|partly|partially)\b)"
)
"""What is agreed to, in the middle of a sentence: "We accept this recommendation in part"."""
LABELS = frozenset(
    [
        "status",
        "rag",
        "rating",
        "rag status",
        "rag rating",
        "brag",
        "response",
        "progress",
        "update",
        "current status",
        "overall status",
        "progress status",
        "cabinet response",
        "executive response",
        "council response",
        "decision",
        "current position",
        "position",
        "claim",
        "cabinet decision",
        "service response",
        "management response",
        "officer response",
        "formal response",
    ]
)
WHEN = re.compile(
    r"(?: (?:in|on|at|as of|as at|during|since|by cabinet on|at cabinet on|at cabinet|by cabinet|by council on|at council on|by the cabinet on|by the board on))?[ ,:(-]{0,3}$"
)
"""What stands between a status and its day."""
PARTS_A_RESPONSE, PARTS_A_STATUS = re.compile(r"[.;\n]"), re.compile(r"[.;:\n]|[-\u2013] ")
HEADS_TEXT = re.compile(r"[)\]]?[ ]{0,2}(?::|[-\u2013] |\n)[ \n]{0,3}\S|[)\]] ?[A-Za-z]")
"""What stands between the day of an update and its words."""
LONGEST = 120
"""Characters that a clause which is a status has at most."""
LEADING = re.compile(r"[\s\"'.,;:()\[\]*•▪–-]{0,6}")


@dataclass
class Clause:
    start: int
    end: int
    words: str
    meanings: tuple[Meaning, ...] = ()
    question: Question | None = None
    notice: str = ""
    when: Period | None = None


def _reduced(key: str) -> list[str]:
    """Return a clause without "the recommendation was" before it and "by Cabinet" behind it."""
    found = [key]
    short = key
    for pattern in (PREFIXES, SUFFIXES, OBJECTS, PREFIXES):
        shorter = pattern.sub("", short)
        if shorter and shorter != short:
            short = shorter
            found.append(short)
    return found


def leading_clauses(text: str, fact: Fact, header: str, meanings: Meanings) -> tuple[list[Clause], int]:
    """Return the clauses at the beginning of a text that are statuses, and where the rest begins."""
    plain = plain_text(text)
    times = (
        [
            (one.start, one.end, one.period)
            for one in find_times(text[: 2 * LONGEST])
            if one.period and not one.doubt
        ]
        if any(char in "0123456789" for char in text)
        else []
    )
    found: list[Clause] = []
    at = 0
    while at < len(plain):
        at = _skip(plain, at)
        clause = _clause_at(text, plain, at, times, fact, header, meanings)
        if clause and clause.question and status_key(clause.words) in YES | NO:
            clause = _said_behind(clause, text, plain, times, fact, header, meanings) or clause
        if clause is None:
            label = SEPARATORS.search(plain, at)
            if (
                not found
                and label
                and label[0].strip(" ") in ":\n-"
                and status_key(plain[at : label.start()]) in LABELS
            ):
                at = label.end()
                continue
            break
        found.append(clause)
        at = clause.end
        if clause.question:
            break
    if found and at > found[-1].end and text[at - 1] in "([" and HEADS_TEXT.search(text, at):
        at -= 1  # the bracket belongs to what follows
    return found, at


def _said_behind(
    clause: Clause,
    text: str,
    plain: str,
    times: Sequence[tuple[int, int, Period | None]],
    fact: Fact,
    header: str,
    meanings: Meanings,
) -> Clause | None:
    """Return "yes" or "no" as one with the status behind it, which says what it means: "Yes - complete"."""
    following = _clause_at(text, plain, _skip(plain, clause.end), times, fact, header, meanings)
    if following is None or not following.meanings:
        return None
    is_yes = status_key(clause.words) in YES
    fits = {True: ("delivered", "on_track"), False: ("not_started", "off_track", "not_feasible")}[is_yes]
    if any(meaning.code not in fits for meaning in following.meanings):
        return None
    return replace(following, start=clause.start, words=text[clause.start : following.end].strip())


def _skip(plain: str, at: int) -> int:
    """Return where the next clause begins."""
    while True:
        start = at
        at = LEADING.match(plain, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if plain.startswith("- ", at) or plain[at : at + 1] in ("/", "|", "&"):
            at += 1
        for word in ("and ", "but "):
            if start and plain.startswith(word, at):
                at += len(word)
                break
        if at == start:
            return at


def _clause_at(
    text: str,
    plain: str,
    at: int,
    times: Sequence[tuple[int, int, Period | None]],
    fact: Fact,
    header: str,
    meanings: Meanings,
) -> Clause | None:
    ends = [
        (match.start(), None) for match, _ in zip(SEPARATORS.finditer(plain, at + 1), range(6), strict=False)
    ]
    ends.append((len(plain), None))
    whens: list[tuple[int, int, int, Period | None]] = []
    for start, end, period in times[:3]:
        if start > at:
            gap = WHEN.search(plain, at, start)
            if gap and gap.start() > at and not _heads_text(text, gap.start(), start, end, fact):
                whens.append((gap.start(), start, end, period))
                ends.append((gap.start(), None))
    for end, _ in sorted(set(ends), reverse=True):
        if end - at > LONGEST:
            continue
        words = text[at:end].strip(" \t\n\"'“”‘’.,;:()[]-–*")
        key = status_key(plain[at:end])
        if not key or key.count(" ") > 8:
            continue
        for short in _reduced(key):
            meaning = meaning_of_clause(short, fact, header, meanings, words)
            if meaning is None:
                continue
            clause = Clause(at, at + len(plain[at:end].rstrip(" \t\n\"'.,;:()[]-*/|&")), words)
            if isinstance(meaning, Question):
                clause.question = meaning
            else:
                clause.meanings = meaning
            for first, last, behind, period in whens:
                if first <= end <= last:
                    clause.end, clause.when = behind, period
            return clause
    return None


def _heads_text(text: str, gap: int, start: int, end: int, fact: Fact) -> bool:
    """Return whether the time from `start` to `end` heads the words behind it: it is the day of an update, not of the status
    before the gap. "Agreed - 3 May 2024: ..." is the day of a response.
    """
    between = text[max(0, min(gap - 1, start - 4)) : start]
    parted = (PARTS_A_RESPONSE if fact == "response" else PARTS_A_STATUS).search(between)
    return bool(parted and HEADS_TEXT.match(text, end))
