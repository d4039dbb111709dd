"""What of a text is shown of a search: its own words, whole sentences, with the words that were found marked.

The database marks the words in the text as it is searched (`committee.search_text`); here the marks are carried over to
the text as it was written, so that nothing of it is lost: accents, brackets, punctuation.
"""

from __future__ import annotations

import re
from itertools import accumulate

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from committee.search_text import FOLDS

START, STOP = "\ue000", "\ue001"
"""Marks around a matched word on its way from the database: private-use characters that no searched text has."""
MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")

ENOUGH = 160
"""An excerpt with fewer letters gets the next sentence too."""
TOO_MUCH = 480
"""Of a longer sentence only what is around the first word found is shown."""


def marked(text: str | None) -> SafeString:
    """Return text with the marks as HTML: everything else escaped, a lone mark removed."""
    safe: str = MARKED.sub(r"<mark>\1</mark>", escape(text or ""))
    return mark_safe(safe.replace(START, "").replace(STOP, ""))  # noqa: S308 (escaped above)


def title(text: str, headline: str) -> SafeString:
    """Return a whole text with the words marked that are marked in `headline`, the same text as it is searched."""
    text = _clean(text)
    return marked(_with_marks(text, _found(text, headline), 0, len(text)))


def excerpt(text: str, headline: str) -> SafeString:
    """Return the sentences of a text that hold most of the words marked in `headline`, or its first ones."""
    text = _clean(text)
    found = _found(text, headline)
    begin, end = _sentences(text, found)
    before = after = ""
    if end - begin > TOO_MUCH:
        first = next((at for at, _ in found if begin <= at < end), begin)
        cut_begin, cut_end = max(begin, first - TOO_MUCH // 4), min(end, first + TOO_MUCH * 3 // 4)
        before, after = ("… " if cut_begin > begin else ""), (" …" if cut_end < end else "")
        begin, end = _at_blanks(text, cut_begin, cut_end, begin, end)
    return marked(before + _with_marks(text, found, begin, end).strip() + after)


def _clean(text: str) -> str:
    return text.replace(START, " ").replace(STOP, " ")


def _found(text: str, headline: str) -> list[tuple[int, int]]:
    """Return where in the text the marked words of the headline are, in order; nothing if it is of another text."""
    folds = [FOLDS[char] for char in text]
    searched = headline.replace(START, "").replace(STOP, "")
    if not "".join(folds).startswith(searched.rstrip()):
        return []
    begins = list(accumulate(map(len, folds), initial=0))
    found, at, place = list[tuple[int, int]](), 0, 0
    for plain, word in _pieces(headline):
        at += len(plain)
        while begins[place + 1] <= at:
            place += 1
        begin, at = place, at + len(word)
        while place < len(text) and begins[place] < at:
            place += 1
        while place < len(text) and not folds[place]:
            place += 1
        found.append((begin, place))
    return found


def _pieces(headline: str) -> list[tuple[str, str]]:
    """Return the marked words, each with what stands before it."""
    parts = MARKED.split(headline)
    return list(zip(parts[::2], parts[1::2], strict=False))


def _sentences(text: str, found: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where the sentences to show begin and end."""
    ends = [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]
    begins = [0] + [match.end() for match in SENTENCE_END.finditer(text)]
    words = [set[str]() for _ in ends]
    number = 0
    for begin, end in found:
        while ends[number] <= begin:
            number += 1
        words[number].add("".join(FOLDS[char] for char in text[begin:end]))
    most = max(len(each) for each in words)
    best = next(at for at, each in enumerate(words) if len(each) == most)
    last = best
    while (
        last + 1 < len(ends)
        and ends[last] - begins[best] < ENOUGH
        and ends[last + 1] - begins[best] <= TOO_MUCH
    ):
        last += 1
    return begins[best], ends[last]


def _at_blanks(text: str, begin: int, end: int, least: int, most: int) -> tuple[int, int]:
    """Return the cut moved to the nearest blanks within, if there are any nearby."""
    if begin > least:
        blank = text.find(" ", begin, begin + 40)
        begin = blank + 1 if blank >= 0 else begin
    if end < most:
        blank = text.rfind(" ", end - 40, end)
        end = blank if blank >= 0 else end
    return begin, end


def _with_marks(text: str, found: list[tuple[int, int]], begin: int, end: int) -> str:
    parts, at = [], begin
    for word_begin, word_end in found:
        if begin <= word_begin and word_end <= end:
            parts += [text[at:word_begin], START, text[word_begin:word_end], STOP]
            at = word_end
    return "".join([*parts, text[at:end]])
