"""Differences between two texts, sentence by sentence, for readers rather than programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_SENTENCES = 2_000
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")


@dataclass(frozen=True)
class DiffSegment:
    """Consecutive sentences; `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[DiffSegment]:
    """Return both texts as one list of segments. Texts of more than 2,000 sentences are shown as replaced whole."""
    before, after = _sentences(old), _sentences(new)
    if len(before) > MAX_SENTENCES or len(after) > MAX_SENTENCES:
        return (
            [DiffSegment("same", new)]
            if old == new
            else [DiffSegment("removed", old), DiffSegment("added", new)]
        )
    segments: list[DiffSegment] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(DiffSegment("same", " ".join(before[i1:i2])))
            continue
        if i1 < i2:
            segments.append(DiffSegment("removed", " ".join(before[i1:i2])))
        if j1 < j2:
            segments.append(DiffSegment("added", " ".join(after[j1:j2])))
    return segments


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
