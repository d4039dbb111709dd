"""Earlier recommendations that are similar as a whole, or share a passage.

Two searches, because each misses what the other finds. Trigrams compare wholes: the same thing in other words, or
misspelt. A passage copied from inside a long recommendation is not similar to the whole of it, so passages are found by
their words, in the search index, and then compared with the text itself.
"""

from __future__ import annotations

import re
from itertools import groupby

from recommendations.models import Recommendation
from recommendations.models.recommendations import RecommendationQuerySet

PASSAGE = 10
"""How many consecutive words must be the same. Fewer are the same in any two: "That the Cabinet Member for Education"."""
WINDOW, STEP = 6, 5
"""Index six-word shingles every five words, so that any ten-word overlap contains at least one."""
MOST_WORDS = 600
"""How much of what is typed is looked up, in words."""
MOST_READ = 100
"""How many rows with a shared shingle are read, the latest first."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def similar(
    rows: RecommendationQuerySet, heading: str, text: str, *, but: Recommendation | None = None, most: int = 5
) -> list[Recommendation]:
    """Return the recommendations among these most similar to the typed text, up to a limit.

    First those with the longest common passage, each with that passage as `shared`; then those similar as a whole, with
    `shared` "".
    """
    found = {one.pk: one for one in _with_a_passage_of(rows, text)}
    for one in rows.like(heading, text).for_list()[: most + 1]:
        if one.pk not in found:
            one.shared = ""  # type: ignore[attr-defined]  # what the page shows beside the row
            found[one.pk] = one
    return [one for one in found.values() if but is None or one.pk != but.pk][:most]


def _with_a_passage_of(rows: RecommendationQuerySet, text: str) -> list[Recommendation]:
    spans = [match.span() for match in WORD.finditer(text)][:MOST_WORDS]
    windows = _windows(text, spans)
    if not windows:
        return []
    typed = _words(text, spans)
    found: list[tuple[int, Recommendation]] = []
    for one in rows.matching(" or ".join(f'"{window}"' for window in windows)).for_list().newest(MOST_READ):
        begin, end = longest_in_common(typed, _words(one.text))
        if end - begin >= min(PASSAGE, len(typed)):
            one.shared = text[spans[begin][0] : spans[end - 1][1]]  # type: ignore[attr-defined]  # as in ``similar``
            found.append((end - begin, one))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], -pair[1].pk))]


def _windows(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return the shingles to look up, as typed, without those of common words only. None for a text that is too short
    for one.
    """
    last = len(spans) - WINDOW
    begins = [*range(0, last, STEP), last] if last >= 0 else []
    windows = []
    for begin in begins:
        run = spans[begin : begin + WINDOW]
        if sum(end - start > 3 for start, end in run) >= 3:
            windows.append(" ".join(text[run[0][0] : run[-1][1]].replace('"', " ").split()))
    return windows


def _words(text: str, spans: list[tuple[int, int]] | None = None) -> list[str]:
    """Return the words of a text, without differences of case and apostrophes."""
    if spans is None:
        spans = [match.span() for match in WORD.finditer(text)]
    return [text[start:end].lower().replace("’", "'") for start, end in spans]


def longest_in_common(typed: list[str], other: list[str]) -> tuple[int, int]:
    """Return where the longest run of typed words begins and ends of which every six consecutive ones are in the other
    text too.

    (0, 0) if there is none. Takes time in proportion to both.
    """
    runs = {tuple(other[at : at + WINDOW]) for at in range(len(other) - WINDOW + 1)}
    there = [tuple(typed[at : at + WINDOW]) in runs for at in range(len(typed) - WINDOW + 1)]
    best, at = (0, 0), 0
    for same, group in groupby(there):
        length = len(list(group))
        if same and length + WINDOW - 1 > best[1] - best[0]:
            best = (at, at + length + WINDOW - 1)
        at += length
    return best
