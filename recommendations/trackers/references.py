"""Reads what recommendations are called: "3", "3a", "R1", "Min 12", "SR (25/26) 01"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from committee.text import clean_line, comparable
from recommendations.lifecycle import Period
from recommendations.lifecycle.periods import MUNICIPAL_YEAR_BEGINS
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_meanings import year_of
from recommendations.trackers.period_patterns import DIGITS

LABEL = re.compile(
    r"(?:recommendation|recommendations|recommended|recomm|recs?|action|item|no|nos|number|num|point|serial|sl|#|№)(?![a-z])[.: ]{0,2}(?:(?:no|number|ref|reference|#)(?![a-z])[.: ]{0,2})?"
)
"""What says that a number follows, and nothing else."""
ROMAN = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
NUMBER = re.compile(
    rf"\(?(?P<first>\d{{1,3}}|{ROMAN})(?P<inner>(?:\.\d{{1,3}}){{0,3}})(?P<part> ?\(?(?:[a-z]|{ROMAN})\)?)?(?P<deeper> ?\((?:[a-z]|{ROMAN})\))?\)?"
)
"""A number in a report: 3, 3a, 3(b), 1.2, iv. In comparable words."""
LETTER = re.compile(r"\(?[a-z]\)?")
YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)?\d\d) ?[/-] ?(?P<second>(?:20)?\d\d)(?!\d)", re.ASCII)
HAS_DIGIT = re.compile(r"\d")
LONGEST = 40
REFERENCE = re.compile(r"(?=.{0,39}\d)[a-z0-9#][a-z0-9 ()/.:#&-]{0,39}")
"""Letters and digits of a reference, in comparable words."""
MINUTE = re.compile(r"^(?:minutes?|mins?)(?![a-z])[. ]{0,2}")

WORDING = re.compile(
    r"^[\s(]{0,3}(?:(?P<label>recommendation|rec|r|action)(?![a-z])[. ]{0,2}(?:no\b\.? ?)?)?(?P<number>\d{1,3}(?:\.\d{1,2}){0,2}[a-h]?(?:\([a-z]\))?)(?P<mark>\s?[.):]{1,2}|\s?[-–—]|(?=\s))\s{0,3}(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
BEGINS_WORDING = re.compile(r"that\b|to\b|the\b|[A-Z\"'“‘]")


@dataclass(frozen=True)
class Reference:
    """What a recommendation is called in a file."""

    words: str = ""
    reference: str | None = None
    """As written, where it is more than a bare number."""
    number: str | None = None
    """The number in the report, where it is no more than that."""
    year: Period | None = None
    """The municipal year that the reference carries, May to April."""

    @property
    def key(self) -> str:
        """What is the same for the same reference however it is written: "SR (25/26) 01" and "sr25/26 1"."""
        return reference_key(self.reference or self.number or "")


NO_REFERENCE = Reference()


@lru_cache(maxsize=8192)
def reference_key(words: str) -> str:
    """Return what is compared of a reference: without its label, blanks, marks and leading noughts."""
    plain = _unlabelled(comparable(words))
    plain = MINUTE.sub("min ", plain)
    parts = re.findall(r"\d+|[^\W\d_]+", plain)
    spelt = [part.lstrip("0") or "0" if part[0] in "0123456789" else part for part in parts]
    key = ""
    for part in spelt:
        # Two numbers beside one another stay two.
        key += (
            f".{part}"
            if key and key[-1].isalnum() and HAS_DIGIT.match(key[-1]) and HAS_DIGIT.match(part)
            else part
        )
    return key


def _unlabelled(plain: str) -> str:
    match = LABEL.match(plain)
    if match and plain[match.end() :].startswith(("-", "/")):
        return plain  # "REC-1" is a reference as it stands
    return plain[match.end() :] if match and plain[match.end() :].strip(" .:()") else plain


def year_in(words: str) -> Period | None:
    """Return the municipal year that a reference carries, such as 2025/26 in "SR (25/26) 01"."""
    for match in YEAR.finditer(words):
        begins, second = year_of(match["first"]), DIGITS[match["second"]]
        if second % 100 == (begins + 1) % 100 and 1990 <= begins < 2060:
            return Period.of_year(begins, words, begins=MUNICIPAL_YEAR_BEGINS)
    return None


def read_reference(text: str) -> Reference:
    """Return what a cell in the column of references or numbers says. Words without a digit are a reference as they stand."""
    words = clean_line(text).strip(" .:;,")
    plain = comparable(words)
    if not plain.strip(" -?/.*") or plain in ("n/a", "na", "none", "tbc"):
        return Reference(words)
    bare = _unlabelled(plain).strip(" .:;,-")
    if NUMBER.fullmatch(bare) or LETTER.fullmatch(bare):
        at = len(words) - len(bare) if plain.endswith(bare) and len(plain) == len(words) else 0
        return Reference(
            words, number=_without_marks(words[at:] if at else (words if bare == plain else bare))
        )
    return Reference(words, reference=words, year=year_in(words))


def _without_marks(number: str) -> str:
    """Return a number without the marks around it: "(3)" is 3, "3(b)" stays."""
    number = number.strip(" .:;,")
    if number.endswith(")") and "(" not in number:
        number = number[:-1]
    if number.startswith("(") and number.endswith(")") and number.count("(") == 1:
        number = number[1:-1]
    return number.strip(" .:;,")


def is_reference(text: str) -> bool:
    """Return whether a text can be a reference or a number, as those in a first column without a label."""
    words = clean_line(text).strip(" .:;,")
    plain = comparable(words)
    if not plain or len(plain) > LONGEST or len(plain.split()) > 5:
        return False
    bare = _unlabelled(plain).strip(" .:;,-")
    if NUMBER.fullmatch(bare):
        return True
    if any(
        one.start == 0 and one.end == len(words) and one.kind != "month in few numbers"
        for one in find_times(words)
    ):
        return False
    return bool(REFERENCE.fullmatch(plain)) and all(len(word) <= 12 for word in re.findall(r"[a-z]+", plain))


def leading_number(text: str) -> tuple[Reference, str] | None:
    """Return the number that begins a wording, and the wording without it: "3. That the council ..."; None where there is none.

    A number without a mark counts only before "That"; "12 buses" and "2024 budget" begin no wording.
    """
    match = WORDING.match(text)
    if not match:
        return None
    rest, mark = match["rest"].strip(), match["mark"].strip()
    if not mark and not (rest[:4].lower() == "that" or match["label"]):
        return None
    if not BEGINS_WORDING.match(rest) or re.match(r"\d", rest):
        return None
    label = match["label"] or ""
    if label.lower() == "r":
        words = f"{label}{match['number']}"
        return Reference(words, reference=words), rest
    return Reference(f"{label} {match['number']}".strip(), number=match["number"]), rest
