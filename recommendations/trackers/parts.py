"""Reads lettered parts that are answered apart, words that refer to another row, and bullets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from committee.text import clean_line, comparable

LETTERS = "abcdefghijklmnop"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
MARK = re.compile(
    r"(?:(?<=\n)|^|(?<=[\s;:.,]))\(?(?P<letter>[a-p]|[ivx]{1,4})(?:\)|\.(?=\s)|:(?=\s))\s{0,3}", re.IGNORECASE
)
"""The letter of a part. "a.m." and "i.e." are none."""

AS_ABOVE = re.compile(
    r"(?:as|same as|see|per|as per|refer to|ditto) (?:the )?(?:above|previous|previously|preceding|last|row above|above row|above response|response above|above update|update above|previous response|previous update|line above)(?: (?:row|response|update|answer|entry|recommendation|comments?))?"
    r"|ditto|do|same|\"|''|〃|-\"-|\" \"|,,|idem|as previous|as stated above|see response above|see update above|same as above|above"
)
AS_NUMBER = re.compile(
    r"(?:as|same as|see|per|as per|refer to|please see|please refer to|as for|see also|as at|cf\.?|see response to|see update to|see update for|see response for|see answer to|as in|covered by|covered in|covered under|see comments for|see comments to|see comments against|see progress against)"
    r" (?:the )?(?:response to |update to |update for |response for |comments? (?:to|for|on) |answer to )?(?:recommendations?|recs?\.?|number|no\.?|item|action|row|point|ref(?:erence)?\.?)?[ .]{0,2}(?P<number>[a-z]{0,5} ?\(?\d{1,3}(?:[./]\d{1,3}){0,2}[a-h]?(?:\([a-z]\))?)(?: above| below)?"
)
BULLET = re.compile(r"^\s{0,8}(?:[•▪●◦‣∙·*–-]|o(?= ))\s{1,4}")


class RefersTo(NamedTuple):
    """What words such as "As above" refer to."""

    number: str | None
    """The number or reference of another recommendation; None for the row above."""


def refers_to(text: str) -> RefersTo | None:
    """Return what a cell refers to where it says no more than that: "As above", "Ditto", "see 3"; None for other words."""
    plain = comparable(text).strip(" .;:,")
    if plain[:1] in ("(", "[") and plain[-1:] in (")", "]"):
        plain = plain[1:-1].strip(" .;:,")
    if not plain or len(plain) > 60:
        return RefersTo(None) if comparable(text).strip() in ('"', "''", ",,") else None
    if AS_ABOVE.fullmatch(plain) and plain not in ("above", "same"):
        return RefersTo(None)
    if match := AS_NUMBER.fullmatch(plain):
        return RefersTo(clean_line(match["number"]))
    return None


def bullets(text: str) -> tuple[str, ...]:
    """Return the lines of a text that begin with a bullet, without it; nothing where fewer than two do."""
    found = tuple(BULLET.sub("", line).strip() for line in text.split("\n") if BULLET.match(line))
    return found if len(found) > 1 else ()


# ------------------------------------------------------------------ lettered parts


@dataclass(frozen=True)
class Lettered:
    """A text and its lettered parts."""

    intro: str
    """What stands before the first part."""
    parts: tuple[tuple[str, str], ...]
    """Each part's letter, without marks and in lower case, and its words."""

    def get(self, letter: str) -> str | None:
        """Return the words of a part; None where the text has none of that letter."""
        return dict(self.parts).get(letter)


def lettered_parts(text: str, *, least: int = 2) -> Lettered | None:
    """Return the parts a), b), c) or (i), (ii), (iii) of a text, in order; None where it has fewer than `least`.

    They must follow one another from the first. With `least=1` a single letter at the beginning is enough, as in "b) No budget".
    """
    marks = list(MARK.finditer(text))
    found = max((_followers(marks, names, any_order=least == 1) for names in (LETTERS, ROMAN)), key=len)
    if len(found) < least or (least == 1 and found[0].start() > 0):
        return None
    return _taken_apart(text, found)


def _followers(
    marks: Sequence[re.Match[str]], names: Sequence[str], *, any_order: bool
) -> list[re.Match[str]]:
    """Return the marks that follow one another: a, b, c. Where a letter may be left out, those in rising order."""
    found: list[re.Match[str]] = []
    at = 0
    for mark in marks:
        letter = mark["letter"].lower()
        if letter not in names:
            continue
        place = list(names).index(letter)
        if place == at or (any_order and place >= at):
            found.append(mark)
            at = place + 1
    return found


def _taken_apart(text: str, marks: Sequence[re.Match[str]]) -> Lettered:
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = tuple(
        (mark["letter"].lower(), re.sub(r"(?:;|,)? and$", ";", text[mark.end() : end].strip()))
        for mark, end in zip(marks, ends, strict=True)
    )
    return Lettered(text[: marks[0].start()].strip(), parts)


@dataclass(frozen=True)
class LinePart:
    """One part of a line that answers its parts apart."""

    letter: str
    cells: Mapping[str, str]
    """The words of each field for this part. A field that answers other parts only is empty here."""
    shared: frozenset[str]
    """Fields whose words are the whole line's, not this part's own."""


def parts_of_line(text: str, answers: Mapping[str, str]) -> tuple[LinePart, ...]:
    """Return the parts of a recommendation whose wording and answers are lettered; nothing where the answers are not.

    `answers` are the words of the other cells by their field: a recommendation with lettered wording and one answer stays one.
    """
    wording = lettered_parts(text)
    if wording is None:
        return ()
    letters = [letter for letter, _ in wording.parts]
    apart = {
        name: found
        for name, words in answers.items()
        if (found := lettered_parts(words, least=1)) and _answers(found, letters)
    }
    if not apart:
        return ()
    parts = []
    for letter, words in wording.parts:
        cells = {"text": f"{wording.intro} {words}".strip()}
        for name, whole in answers.items():
            cells[name] = (apart[name].get(letter) or "") if name in apart else whole
        parts.append(LinePart(letter, cells, frozenset(answers) - frozenset(apart)))
    return tuple(parts)


def _answers(found: Lettered, letters: Sequence[str]) -> bool:
    """Return whether lettered words answer the lettered parts of the wording."""
    return not found.intro and all(letter in letters for letter, _ in found.parts)
