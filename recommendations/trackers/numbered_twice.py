"""Finds two wordings under one number of one list: nothing joins them, but a person is asked which of them holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from committee.text import whole_number
from recommendations.trackers.questions import plain
from recommendations.trackers.references import reference_key
from recommendations.trackers.same import ALIKE, Known, Likeness, Pair, likeness

List = tuple[object, ...]
"""What names one list in which lines are numbered: its table, what heads it, and how often its numbers began anew."""
MOST = 50
"""Lines with one number that are looked at for each."""


def numbered_twice(lines: Sequence[Known], items: Sequence[int]) -> list[Pair]:
    """Return the pairs of lines of two recommendations that have one number in one list. A list that begins anew begins another;
    those of two tables are one where they share recommendations, or where the words are nearly the same.
    """
    lists = list(_lists(lines))
    wordings = _wordings(lines, lists)
    by_number: dict[str, list[int]] = defaultdict(list)
    pairs: list[Pair] = []
    for at, line in enumerate(lines):
        if not line.number or line.reference or not line.words:
            continue
        before = by_number[reference_key(line.number)]
        for other in before[-MOST:]:
            if items[other] != items[at] and _are_of_one(
                lines[other], line, wordings[lists[other]], wordings[lists[at]]
            ):
                pairs.append(Pair(other, at, Likeness.NUMBERED_TWICE))
                break
        before.append(at)
    return pairs


Wordings = dict[str, set[str]]
"""The words under each number of a list."""


def _are_of_one(first: Known, second: Known, here: Wordings, there: Wordings) -> bool:
    """Return whether two lines with one number stand in one list."""
    if plain(first.inquiry or "") != plain(second.inquiry or ""):
        return False
    if here is there:
        return True
    if first.table == second.table:
        return False
    return likeness(first.words, second.words) >= ALIKE or _share(here, there)


def _share(here: Wordings, there: Wordings) -> bool:
    """Return whether two lists have at least as many recommendations in common as differ under their numbers."""
    both = here.keys() & there.keys()
    same = sum(1 for number in both if here[number] & there[number])
    return same > 0 and 2 * same >= len(both)


def _wordings(lines: Sequence[Known], lists: Sequence[List]) -> dict[List, Wordings]:
    found: dict[List, Wordings] = defaultdict(lambda: defaultdict(set))
    for line, name in zip(lines, lists, strict=True):
        if line.number and line.words:
            found[name][reference_key(line.number)].add(line.words)
    return found


def _lists(lines: Sequence[Known]) -> Iterator[List]:
    """Yield for each line the list in which it is numbered."""
    first: dict[List, int] = {}
    last: dict[List, int] = {}
    begun: dict[List, int] = defaultdict(int)
    for line in lines:
        name = (line.table, plain(line.inquiry or ""), line.under)
        number = whole_number(line.number)
        if number is not None and not line.reference:
            if number <= first.setdefault(name, number) and number < last.get(name, number):
                begun[name] += 1
            last[name] = number
        yield (*name, begun[name])
