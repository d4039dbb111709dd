"""What changed between two texts, sentence by sentence, for people who read and not for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_PIECES = 2_000
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")


@dataclass(frozen=True)
class Piece:
    """Some sentences in a row: ``kind`` is "same", "added" or "removed"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The two texts as one row of pieces. Texts of more than 2,000 sentences are told as replaced whole."""
    before, after = _sentences(old), _sentences(new)
    if len(before) > MOST_PIECES or len(after) > MOST_PIECES:
        return [Piece("same", new)] if old == new else [Piece("removed", old), Piece("added", new)]
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", " ".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", " ".join(after[j1:j2])))
    return pieces


def _sentences(text: str) -> list[str]:
    return [piece.strip() for piece in SENTENCE_END.split(text) if piece.strip()]
