"""Text that looks like personal data: pointed out while it is typed, and again to whoever puts it on the record.

Progress needs no personal data about victims or families (UK GDPR, data minimisation). Patterns cannot know who a
person is; they find what identifies one most often, so that author and approver look twice. Whoever publishes must say
that they looked; nothing is blocked that may be public.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recommendations.models import Update

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[\s.-]{{1,3}}(?:of\s)?{_MONTH}[\s.,-]{{1,3}}(?:\d{{4}}|['’]?\d{{2}}\b)|"
    rf"{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
)
_BIRTH = r"\b(?:born|birth[\s-]?day|birth[\s-]?date|date\s+of\s+birth|d\.?o\.?b\b\.?)"
_CAPITALISED = r"[A-ZÀ-Þ](?:['’][A-ZÀ-Þ])?[a-zß-ÿ'’-]{1,30}(?:[A-ZÀ-Þ][a-zß-ÿ]{1,30})?"
_NAME = rf"\b{_CAPITALISED}(?:,?[ \t]{_CAPITALISED}){{1,2}}"
_BORN_IN_SHORT = rf"(?<![\w./-])b(?:\.[ \t]?|[ \t]){DATE}"
"""As "b. 3.5.2011" and "(b 3 May 2011)"."""
STREET = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Way|Court|Gardens|Grove|Terrace|Place|Row|Walk|Hill|"
    r"Mews|Square|Green|Park|Rise|View)"
)

PATTERNS: dict[str, re.Pattern[str]] = {
    "a date of birth": re.compile(
        rf"{_BIRTH}[^.\n]{{0,25}}?{DATE}|{DATE}[^.\n]{{0,12}}?\(?{_BIRTH}|{_BORN_IN_SHORT}", re.IGNORECASE
    ),
    "a phone number": re.compile(
        r"(?<![\w/.£-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:[1237]\d{1,4}\)?[\s-]?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2,4})?)(?![\w/-])"
    ),
    "an e-mail address": re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,6}"),
    "a postcode": re.compile(
        r"\b(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE
    ),
    "an address": re.compile(
        rf"\b(?:[Ff]lat[ \t]+\w{{1,4}},?[ \t]+)?\d{{1,3}}[A-Za-z]?,?[ \t]+(?:[A-Z][a-z'’-]{{1,30}}[ \t]+){{1,3}}{STREET}\b"
    ),
    "an NHS number": re.compile(r"(?<![\d-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\d-])"),
    "a name with a date": re.compile(rf"{_NAME}[ \t]{{0,3}}[,(;:–-]{{0,2}}[ \t]{{0,3}}(?i:{DATE})"),
    "an age": re.compile(
        r"\baged[ \t]\d{1,2}(?![\w%]|[ \t]?[-–+]|[ \t](?:to|and|or)[ \t](?:\d|over|above|older|under|below|younger|up\b))|"
        r"(?<![\w–-])(?<!to )(?<!and )(?<!or )\d{1,2}[ -]years?[ -]old\b",
        re.IGNORECASE,
    ),
}

INSTITUTIONS = re.compile(
    r"\b(?:Authority|Board|Cabinet|Centre|Code|College|Commission|Committee|Conference|Constabulary|Council|Court|Day|"
    r"Department|Directorate|Executive|Forum|Framework|Group|Guidance|Health|Hospital|Inquiry|Meeting|Member|Minister|"
    r"Ministry|Network|Office|Officer|Order|Panel|Partnership|Plan|Police|Policy|Programme|Project|Report|Review|School|"
    r"Schools|Scrutiny|Service|Services|Staff|Strategy|Survey|Team|Training|Trust|Update|Watch|Workshop)\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
"""Words that make two capitalised words the name of a body, a paper, an event or a day, not of a person."""


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
            if not _is_likely(kind, words):
                continue
            found[PossiblePersonalData(kind, words)] = None
    return list(found)


def _is_likely(kind: str, words: str) -> bool:
    """Return whether what a pattern found can be of its kind: the right number of digits, a check digit, a person."""
    digits = re.sub(r"[^0-9]", "", words)
    match kind:
        case "a phone number":
            return 10 <= len(digits) <= 13
        case "an NHS number":
            return _is_nhs_number(digits)
        case "a name with a date":
            return INSTITUTIONS.search(words) is None
    return True


def _is_nhs_number(digits: str) -> bool:
    """Return whether ten digits pass the check of the NHS Data Dictionary: the last is 11 less the weighted sum, modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9]) and len(set(digits)) > 1


def suspicions_in(update: Update) -> list[tuple[str, PossiblePersonalData]]:
    """Return what looks like personal data in what the public would read of an update, with the label of its box."""
    return suspicions_by_field(
        {
            "What has been done": update.progress,
            "What stands in the way": update.barriers,
            "What happens next": update.next_steps,
            "Why a new date is needed": update.new_date_reason,
            "What was delivered": update.delivered_what,
            "What the public may read in place of the exempt text": update.public_summary,
            "The title of a file or link": "\n".join(
                one.public_summary if one.is_exempt else one.title for one in update.evidence.all()
            ),
        }
    )


def suspicions_by_field(texts: Mapping[str, str]) -> list[tuple[str, PossiblePersonalData]]:
    """Return what looks like personal data in several texts, each with the label of its text."""
    return [(label, suspicion) for label, text in texts.items() for suspicion in possible_personal_data(text)]
