"""Text that looks like personal data. It warns and never blocks.

Progress needs no personal data about victims or families (UK GDPR, data minimisation). Patterns cannot know who a
person is; they find the four things that identify one most often, so that author and approver look twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}})"
_BIRTH = r"\b(?:born|birth\s?day|date\s+of\s+birth|d\.?o\.?b\b\.?)"

PATTERNS: dict[str, re.Pattern[str]] = {
    "a date of birth": re.compile(
        rf"{_BIRTH}[^.\n]{{0,25}}?{_DATE}|{_DATE}[^.\n]{{0,12}}?\(?{_BIRTH}", re.IGNORECASE
    ),
    "a phone number": re.compile(
        r"(?<![\w/.£-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:[1237]\d{1,4}\)?[\s-]?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2,4})?)(?![\w/-])"
    ),
    "an e-mail address": re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,6}"),
    "a postcode": re.compile(
        r"\b(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE
    ),
}


@dataclass(frozen=True)
class PossiblePersonalData:
    """A passage that looks like personal data of a kind."""

    kind: str
    words: str


def possible_personal_data(text: str) -> list[PossiblePersonalData]:
    """Return what looks like personal data in the text, each passage once, in the order of the kinds."""
    found: dict[PossiblePersonalData, None] = {}
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            words = " ".join(match.group().split())
            if kind == "a phone number" and not 10 <= len(re.findall(r"\d", words)) <= 13:
                continue
            found[PossiblePersonalData(kind, words)] = None
    return list(found)


def suspicions_by_field(texts: Mapping[str, str]) -> list[tuple[str, PossiblePersonalData]]:
    """Return what looks like personal data in several texts, each with the label of its text."""
    return [(label, suspicion) for label, text in texts.items() for suspicion in possible_personal_data(text)]
