"""Words that are misspelt by a letter or two."""

from __future__ import annotations

from collections.abc import Collection


def edits(word: str, other: str, most: int = 2) -> int:
    """Return how many letters must be put in, left out, changed or swapped with their neighbour to make one word of the
    other; `most` + 1 where it is more than `most`.
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        earlier, before, row = before, row, [at]
        for to, char in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != char))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == char:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, words: Collection[str], most: int) -> str | None:
    """Return the one word among `words` that is fewest edits away, and at most `most`; None where there is none, or where
    two are equally near.
    """
    found = sorted((distance, other) for other in words if (distance := edits(word, other, most)) <= most)
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]
