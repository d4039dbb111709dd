"""What the cells of a column look like, to check what its header says, and to know a column that has none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from committee.text import whole_number
from recommendations.trackers.cells import Cell
from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.questions import plain
from recommendations.trackers.status_words import VOCABULARY, status_key
from recommendations.trackers.ticked import says

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ /.-](?:{MONTH}|\d{{1,2}})\b|\b{MONTH}[ ,-]+(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:\d{{4}}|\d\d)\b"
    r"|\b\d{4}-\d\d-\d\d\b|\bq[1-4]\b|\bquarter [1-4]\b|\b[1-4](?:st|nd|rd|th) quarter|\b(?:19|20)\d\d ?[/-] ?\d\d\b"
    r"|\b(?:spring|summer|autumn|winter)\b|\bwithin (?:\w+ )?(?:\w+ )?(?:days?|weeks?|months?|years?)\b|\b(?:19|20)\d\d\b|\bh[12]\b"
)
NO_DATE = frozenset(
    [
        "ongoing",
        "on-going",
        "on going",
        "asap",
        "tbc",
        "tba",
        "tbd",
        "n/a",
        "na",
        "-",
        "immediate",
        "immediately",
        "none",
        "to be confirmed",
        "not set",
        "not known",
        "as soon as possible",
        "to be agreed",
        "continuing",
        "continuous",
    ]
)
NUMBERED = re.compile(
    r"(?:rec(?:ommendation|s)?\.? ?)?(?:no\.? ?)?\(?(?:\d{1,3}|[ivxlc]{1,6})(?:\.\d{1,2}){0,3}[.)]? ?\(?[a-h]?\)?[.)]?"
)
REFERENCE = re.compile(
    r"[a-z][\w/&.-]{0,14}[ /.-]?\(?\d[\w/ ().-]{0,16}|\d{2,4}[/-]\d{1,4}(?:[/-]\d{1,4})?[a-z]?|\d{1,3}\.\d{1,3}"
)
RESPONSE = re.compile(
    r"(?:(?:fully|partially|partly|not|in|part|agreed?|accept(?:ed)?) ?)*"
    r"(?:accept(?:ed)?|agreed?|reject(?:ed)?|declined|disagree[d]?|noted?|support(?:ed)?|endorsed|approved|adopted|in part|part|acknowledged"
    r"|in principle|acceptance|refused)\b|\b(?:not for (?:the|this)|outside our|referred to|under consideration|response awaited|awaited)\b"
)
CLAIM = re.compile(
    r"(?:not (?:yet )?)?(?:completed?|done|on[ -]track|on[ -]target|in[ -]progress|on[ -]?going|under ?way|being implemented|implemented|achieved|delivered"
    r"|actioned|at risk|off track|overdue|behind|slipped|slippage|stalled|paused|on hold|suspended|(?:not|yet to) (?:be )?start(?:ed)?|not due|no progress"
    r"|not feasible|green|amber|red|yellow|blue|brag|outstanding|pending|started|delayed|begun|incomplete|[0-9]{1,3} ?%|open|live)\b"
)
OUTCOME = re.compile(
    r"(?:closed?|implemented|not implemented|discharged|signed off|superseded|no longer relevant|no further action|keep (?:open|monitoring)"
    r"|continue|satisfied|withdrawn|agreed (?:complete|closed)|remain(?:s)? open|fully implemented|monitor|escalate|deleted?)\b"
)
YES_NO = frozenset(
    [
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "partly",
        "in part",
        "part",
        "✓",
        "✔",
        "x",
        "✗",
        "✘",
        "tick",
        "☒",
        "☑",
        "☐",
    ]
)
PRIORITY = re.compile(
    r"(?:very )?(?:high|medium|low|top|standard|essential|desirable|critical|urgent|h|m|l|[1-5]|p[1-5])(?: priority)?"
)
OWNER = re.compile(
    r"\b(?:cabinet|executive|director|head|officer|manager|council|board|trust|leader|member|service|services|team|partnership|police|committee|nhs"
    r"|chief|lead|councillor|cllr|department|directorate|commissioner|authority|portfolio|all|group|ltd|clerk|trustees|association|forum|school|schools)\b"
)
YEAR_AND_NUMBER = re.compile(r"(?:19|20)([0-9]{2})[/-]([0-9]{2,3})")
"""A year with a number in it, such as "2023-01": it may be a reference or a month. "2023-24" is a year of councils."""
THAT = re.compile(
    r"(?:\(?[0-9a-z]{1,3}[.):] ?)?(?:that|the|to|we|a|an|all|each|officers|cabinet|scrutiny|members|recommend)\b"
)


@dataclass(frozen=True)
class Profile:
    """Shares from 0 to 1 of the cells of a column that are not blank."""

    count: int
    different: int
    average: float
    """The average number of letters."""
    dates: float
    real_dates: float
    no_dates: float
    numbers: float
    references: float
    years_and_numbers: float
    """Such as "2023-01", without days that the file stores as days."""
    responses: float
    claims: float
    outcomes: float
    yes_no: float
    priorities: float
    owners: float
    coloured: float
    """Of all cells, those that have a fill and no words."""
    formulas: float
    sentences: float
    """Cells that begin as the wording of a recommendation does."""

    @property
    def is_empty(self) -> bool:
        return not self.count and not self.coloured


def _names_a_time(text: str) -> bool:
    """Return whether a text has a time in it and is no reference that carries one: "SR (25/26) 01"."""
    if len(text) > 90 or not (found := DATE.search(text)):
        return False
    return found.start() == 0 or REFERENCE.fullmatch(text) is None


def _is_year_and_number(cell: Cell) -> bool:
    found = YEAR_AND_NUMBER.fullmatch(plain(cell.text)) if not isinstance(cell.value, dt.date) else None
    if found is None:
        return False
    year, number = whole_number(found[1]) or 0, whole_number(found[2])
    return number != (year + 1) % 100


def _is_known(text: str, fact: str) -> bool:
    """Return whether a text is one of the words of the vocabulary for that fact."""
    meanings = VOCABULARY.get(status_key(text)) if len(text) < 60 else None
    return bool(meanings) and any(meaning.fact == fact for meaning in meanings or ())


def profile(cells: Sequence[Cell]) -> Profile:
    """Return what the cells look like; at most the first 300 are looked at."""
    some = cells[:300]
    texts = [plain(says(cell.text))[:400] for cell in some if cell.text]
    count = len(texts)
    short = [text for text in texts if len(text) <= 70]

    def share(found: int) -> float:
        return found / count if count else 0.0

    def of(pattern: re.Pattern[str], among: Sequence[str] = short) -> float:
        return share(sum(1 for text in among if pattern.match(text)))

    return Profile(
        count=count,
        different=len(set(texts)),
        average=sum(map(len, texts)) / count if count else 0.0,
        dates=share(sum(1 for text in texts if _names_a_time(text))),
        real_dates=share(sum(1 for cell in some if isinstance(cell.value, dt.date | dt.datetime))),
        no_dates=share(sum(1 for text in texts if text in NO_DATE or not text.strip("-– "))),
        numbers=share(sum(1 for text in short if NUMBERED.fullmatch(text))),
        references=share(sum(1 for text in short if REFERENCE.fullmatch(text))),
        years_and_numbers=share(sum(1 for cell in some if _is_year_and_number(cell))),
        responses=share(sum(1 for text in texts if RESPONSE.match(text) or _is_known(text, "response"))),
        claims=share(sum(1 for text in texts if CLAIM.match(text) or _is_known(text, "claim"))),
        outcomes=of(OUTCOME, texts),
        yes_no=share(sum(1 for text in short if text in YES_NO)),
        priorities=share(sum(1 for text in short if PRIORITY.fullmatch(text))),
        owners=share(sum(1 for text in texts if len(text) <= 140 and OWNER.search(text))),
        coloured=sum(1 for cell in some if cell.colour and not cell.text) / len(some) if some else 0.0,
        formulas=share(sum(1 for cell in some if cell.formula)),
        sentences=share(sum(1 for text in texts if len(text) > 24 and THAT.match(text))),
    )


def fit(field: Field, found: Profile) -> float:
    """Return from 0 to 1 how well the cells fit the field; 0.5 where they say nothing."""
    if found.is_empty:
        return 0.5
    if field in DATES:
        return min(1.0, found.dates + 0.6 * found.no_dates) if found.average < 90 else 0.2 * found.dates
    if field is Field.NUMBER:
        return found.numbers
    if field is Field.REFERENCE:
        return max(found.numbers, found.references, 0.4 if found.average < 16 and found.dates < 0.5 else 0.0)
    if field is Field.TEXT:
        lengthy = min(1.0, found.average / 30)
        return max(
            0.0,
            lengthy - 0.6 * found.numbers - 0.5 * found.dates * (found.average < 30) - 0.5 * found.references,
        )
    if field is Field.RESPONSE:
        return max(found.responses, 0.9 * found.yes_no, 0.3 if found.average > 20 else 0.0)
    if field is Field.CLAIM:
        return max(found.claims, 0.8 * found.yes_no, found.coloured, 0.25 if found.average < 30 else 0.0)
    if field is Field.OUTCOME:
        return max(found.outcomes, 0.6 * found.yes_no, 0.25)
    if field is Field.OWNERS:
        return max(found.owners, 0.35 if found.average < 60 else 0.0) * (1 - found.dates)
    if field is Field.PROGRESS:
        return (
            min(1.0, 0.35 + found.average / 40)
            * (1 - max(found.claims * (found.average < 25), 0.0))
            * (1 - found.dates * (found.average < 20))
        )
    if field is Field.PRIORITY:
        return found.priorities
    if field is Field.INQUIRY:
        return (0.6 if found.average < 120 else 0.2) * (1 - found.dates * (found.average < 14))
    return 0.4
