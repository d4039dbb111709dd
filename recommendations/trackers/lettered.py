"""Parts of a text that have letters before them: a), b), ... or (i), (ii), ..."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PART = re.compile(r"(?:^|\n|(?<=[:;.,] ))\(?([a-h]|i{1,3}|iv|vi{0,3})[).]\s+", re.IGNORECASE)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


@dataclass(frozen=True)
class Parts:
    """A text in lettered parts."""

    lead: str
    parts: Mapping[str, str]
    """By letter, without it."""
    labels: Mapping[str, str]
    """By letter, as it is written: "a)"."""


def parts_of(text: str) -> Parts | None:
    """Return the lettered parts of a text: a), b), ... or (i), (ii), ... in order; None if it has none."""
    found = list(PART.finditer(text))
    letters = [match[1].lower() for match in found]
    if not letters:
        return None
    order = ROMAN if letters[0] in ("i", "ii") else "abcdefgh"
    kept: list[re.Match[str]] = []
    at = 0
    for match, letter in zip(found, letters, strict=True):
        if at < len(order) and letter in order[at:]:
            at = list(order).index(letter) + 1
            kept.append(match)
    lead = text[: kept[0].start()].strip() if kept else ""
    ends = [*(match.start() for match in kept[1:]), len(text)]
    return Parts(
        lead,
        {match[1].lower(): text[match.end() : end].strip() for match, end in zip(kept, ends, strict=True)},
        {match[1].lower(): match.group().strip() for match in kept},
    )
