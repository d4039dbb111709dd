"""How work grows with a text: for tests that whatever fits a field is read in proportion to its length.

Seconds mean nothing on a busy machine. What is measured is by how much the processor's time grows when the text becomes
eight times as long: about 8 times for work in proportion, 64 times for work that grows with the square.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES_AS_LONG = 8
MOST_GROWTH = 28
"""Half-way between 8 and 64, so that neither a busy machine nor a logarithm in the work decides."""
NOTHING = 0.1
"""Processor seconds too few to measure: the work on the longest text may always take as long."""

PIECES = (
    ".", "_", "-", "- ", "a. ", "a. b. ", "a@", "a.a@", "@", "http://", "http://a)", "(", ")", "[", "<", "<a ", "\"", "'", "’",
    "\n", "\n\n", "\n - ", " ", "\t", "\n ", " \n \n", "a", "A", "aA1 ", "1", "1 ", "1. ", "1 jan ", "born ", "01/01/", "0", "07", "é", "e\u0301",
    "\u0301", "\ufb01", "\ufdfa", "😀", "ب", "﹏", "-\u200b", "&amp;", "&", "\\", "/", "x/", "a-", "or ", "\r\n", "\u2028", "\x00", "\u200d", "😀\u200d", "ب\u200c", "\u202e\u200b", "😀\ufe0f",
)  # fmt: skip
"""What awkward texts are made of, repeated to any length."""


def awkward(piece: str, length: int) -> str:
    """Return `length` characters of this piece again and again, with an end that no pattern expects."""
    return (piece * (length // len(piece) + 1))[: length - 1] + "\x01"


def grows_too_fast(read: Callable[[str], object], piece: str, longest: int) -> str:
    """Return how the work of `read` grew on awkward texts up to `longest`, or "" if it did so with their length."""
    text = awkward(piece, longest)
    long = _seconds(read, text)
    if long < NOTHING or (long := min(long, _seconds(read, text))) < NOTHING:
        return ""
    short = min(_seconds(read, awkward(piece, longest // TIMES_AS_LONG)) for _ in range(3))
    return f"{piece!r}: {long / short:.0f} times" if long > MOST_GROWTH * short else ""


def _seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun
