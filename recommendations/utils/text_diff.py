"""Differences between two texts, sentence by sentence, for readers rather than programs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")


@dataclass(frozen=True)
class DiffSegment:
    """Consecutive sentences; `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[DiffSegment]:
    """Return both texts as one list of segments: what was taken out stands before what was put in its place.

    Takes time in proportion to the length of both, whatever is in them.
    """
    before, after = _sentences(old), _sentences(new)
    told: list[tuple[str, str]] = []
    i = j = 0
    for kept_i, kept_j in [*_in_both(before, after), (len(before), len(after))]:
        told += [("removed", sentence) for sentence in before[i:kept_i]]
        told += [("added", sentence) for sentence in after[j:kept_j]]
        told += [("same", sentence) for sentence in before[kept_i : kept_i + 1]]
        i, j = kept_i + 1, kept_j + 1
    return [
        DiffSegment(kind, " ".join(sentence for _, sentence in run))
        for kind, run in groupby(told, key=lambda pair: pair[0])
    ]


def _in_both(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Return the places, in both texts, of sentences that stayed in the same order.

    The common beginning and end stay. Between them the first "Yes." of one text is the first of the other, the second the
    second: so each sentence has one partner, and the longest rising run of partners is found by patience sorting.
    """
    shorter = min(len(before), len(after))
    begin = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    most = shorter - begin
    end = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    partners = _partners(before, after, begin, len(before) - end, len(after) - end)
    return [
        *((at, at) for at in range(begin)),
        *_longest_rising(partners),
        *((len(before) - at, len(after) - at) for at in range(end, 0, -1)),
    ]


def _partners(
    before: list[str], after: list[str], begin: int, last_i: int, last_j: int
) -> list[tuple[int, int]]:
    places = defaultdict[str, list[int]](list)
    for j in range(last_j - 1, begin - 1, -1):
        places[after[j]].append(j)
    return [(i, places[before[i]].pop()) for i in range(begin, last_i) if places.get(before[i])]


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs, which rise in the first place, that rises in the second too."""
    tops: list[int] = []
    ends: list[int] = []
    earlier: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        earlier.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [at]
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = earlier[at]
    return found[::-1]


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
