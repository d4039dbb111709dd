"""Tells which lines are of the same recommendation: by a reference that carries a year, by a reference within an inquiry, by
the words; never by a number alone.

It serves lines of one file, of two files, and of a file beside what is known already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from recommendations.trackers.questions import plain
from recommendations.trackers.references import reference_key, year_in

ALIKE = 0.8
"""How like two wordings are, from 0 to 1, from which one is taken for the other reworded."""


@dataclass(frozen=True)
class Known:
    """What is compared of a line or of a recommendation."""

    text: str
    reference: str | None = None
    number: str | None = None
    inquiry: str | None = None
    table: str | int | None = None
    """Where it stands: numbers of one table belong to one list."""
    under: str = ""
    """What heads it there: numbers may begin anew under each heading."""

    @cached_property
    def words(self) -> str:
        return re.sub(r"[^\w]+", " ", plain(self.text)).strip()


class Likeness(StrEnum):
    """What two are to each other."""

    SAME = "same"
    REWORDED = "reworded"
    """The same reference, and words that differ a little: proposed as the same, and asked."""
    TWO_WORDINGS = "two wordings"
    """The same reference, and other words: two, and asked."""
    RENUMBERED = "renumbered"
    """The same words under another number: the same, and told."""
    NUMBERED_TWICE = "numbered twice"
    """The same number in one list, and other words: two, and asked."""
    OTHER = "other"


def is_year_coded(reference: str | None) -> bool:
    """Return whether a reference carries a year, as "SR (25/26) 01" does: it is the only one of its council."""
    return bool(reference and year_in(reference) and re.search(r"[^\d\W]", reference))


def likeness(first: str, second: str) -> float:
    """Return from 0 to 1 how like two texts are, word by word."""
    if first == second:
        return 1.0
    words = first.split(), second.split()
    if not all(words) or min(map(len, words)) < 0.4 * max(map(len, words)):
        return 0.0
    shared = Counter(words[0]) & Counter(words[1])
    return 2 * shared.total() / sum(map(len, words))


def compare(first: Known, second: Known) -> Likeness:
    """Return what two are to each other."""
    same_words = first.words == second.words or not first.words or not second.words
    inquiries = {plain(one.inquiry) for one in (first, second) if one.inquiry}
    if _same(first.reference, second.reference):
        if is_year_coded(first.reference) or len(inquiries) < 2:
            return Likeness.SAME if same_words else _reworded(first, second)
        return Likeness.OTHER
    if first.reference and second.reference:
        return Likeness.OTHER
    if not same_words or not first.words or not second.words or len(inquiries) > 1:
        return Likeness.OTHER
    if not first.number or not second.number or _same(first.number, second.number):
        return Likeness.SAME
    return Likeness.OTHER if first.table == second.table else Likeness.RENUMBERED


def _same(first: str | None, second: str | None) -> bool:
    return bool(first and second and reference_key(first) == reference_key(second))


def _reworded(first: Known, second: Known) -> Likeness:
    return Likeness.REWORDED if likeness(first.words, second.words) >= ALIKE else Likeness.TWO_WORDINGS


@dataclass(frozen=True)
class Pair:
    """Two lines that a person must look at, by their positions."""

    first: int
    second: int
    likeness: Likeness


def group(lines: Sequence[Known], joined: Sequence[int | None] = ()) -> tuple[list[int], list[Pair]]:
    """Return for each line the number of its recommendation, from 1 in the order in which they come, and the pairs that a
    person must look at. `joined` gives for a line the position of an earlier one that the file itself joins it to.
    """
    items: list[int] = []
    pairs: list[Pair] = []
    by_reference: dict[str, list[int]] = {}
    by_words: dict[str, list[int]] = {}
    count = 0
    for at, line in enumerate(lines):
        other = joined[at] if joined else None
        found: tuple[int, Likeness] | None = None
        if other is None:
            candidates = by_reference.get(reference_key(line.reference or ""), []) if line.reference else []
            candidates = candidates + (by_words.get(line.words, []) if line.words else [])
            found = _first_like(line, lines, candidates)
        if other is not None:
            items.append(items[other])
        elif found and found[1] in (Likeness.SAME, Likeness.REWORDED, Likeness.RENUMBERED):
            items.append(items[found[0]])
        else:
            count += 1
            items.append(count)
        if found and found[1] is not Likeness.SAME:
            pairs.append(Pair(found[0], at, found[1]))
        if line.reference:
            by_reference.setdefault(reference_key(line.reference), []).append(at)
        if line.words:
            by_words.setdefault(line.words, []).append(at)
    return items, pairs


def _first_like(
    line: Known, lines: Sequence[Known], candidates: Sequence[int]
) -> tuple[int, Likeness] | None:
    """Return the candidate that is most clearly the same, and what it is."""
    order = (Likeness.SAME, Likeness.RENUMBERED, Likeness.REWORDED, Likeness.TWO_WORDINGS)
    found = [(candidate, compare(lines[candidate], line)) for candidate in candidates[:50]]
    found = [(candidate, likeness) for candidate, likeness in found if likeness is not Likeness.OTHER]
    return min(found, key=lambda one: order.index(one[1]), default=None)
