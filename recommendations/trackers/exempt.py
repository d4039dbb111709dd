"""Finds words that say "not for publication". Where it is in doubt the words count: exempt text that becomes public can't be
called back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from committee.text import clean_line
from recommendations.trackers.period_patterns import DIGITS, plain_text


class Place(StrEnum):
    """Where the words stand. A title, a sheet's name or a header speaks of all that is under it."""

    TITLE = "title"
    SHEET = "sheet"
    HEADER = "header"
    CELL = "cell"


@dataclass(frozen=True)
class ExemptWords:
    """Words by which something is not for publication until a person decides."""

    words: str
    paragraphs: tuple[int, ...] = ()
    """The paragraphs of Schedule 12A that are named."""
    is_sure: bool = True
    """False where the words may mean something else: "confidential" alone in a sentence."""


MAY_BE = re.compile(
    r"exempt|confiden|restrict|priva|part (?:2|ii|two|b)\b|public|publish|schedule 12|section 100|s\.? ?100|pink|yellow|green|buff|sensitive|session|secret|protected|closed|privileg|withheld|redact"
    r"|embargo|members'? (?:eyes )?only|internal use|to be shared|do not|disclos|circulat|release|para|category"
)
"""Some part of all that is looked for, to pass quickly over other texts."""
SURE = re.compile(
    r"not (?:for|to be) (?:publication|publish(?:ed)?|public(?:ation)?(?: release| view)?|release[d]?|disclos(?:ure|ed)|circulat(?:ion|ed)|general release|the public)\b"
    r"|\bnot (?:public|publishable)\b(?! (?:health|transport|sector|realm|money|funds?))"
    r"|\bexempt (?:information|items?|reports?|appendi(?:x|ces)|annex|matters?|papers?|minutes?|updates?|text|content|status|business|session|material|details?|rows?|recommendations?|actions?|by|under)\b"
    r"|\b(?:is|remains?|this|item|all|currently|now|marked|treated as|classed as|considered) exempt\b(?! from)|\bnon[- ]?public\b"
    r"|\bexempt\b[ :(-]{1,4}(?:paragraphs?|para\.?s?|category|part|schedule|s\.?|section|under|not for|commercial|personal|legal)"
    r"|\b(?:paragraphs?|paras?\.?|category) ?\(?[1-7]\)?(?:(?:,| and| &| or| to|-) ?\(?[1-7]\)?){0,6}[, ]{1,2}(?:of |under |in )?(?:the )?(?:part (?:1|i|one)\b,? ?(?:of |and part (?:2|ii|two)\b of )?)?(?:the )?schedule 12 ?a\b"
    r"|\bschedule 12 ?a\b|\bsection 100 ?[ai]?\b.{0,20}(?:local government act|exempt|confidential)|\bs\.? ?100 ?\(?a\)?\(?[234]\)?"
    r"|\bpart (?:2|ii|two|b)\b(?= ?(?:[.:,;()\[\]-]|$|report|item|agenda|papers?|session|meeting|minutes?|business|confidential|exempt|\(|appendix|only|update|information|private|closed))"
    r"|\b(?:pink|yellow|green|buff|confidential|restricted|private) (?:papers?|pages?|sheets?)\b"
    r"|\bofficial[ -]{0,3}sensitive\b|\bin (?:private|confidential|closed|exempt) session\b|\b(?:closed|private|confidential|exempt) (?:session|part of the (?:meeting|agenda)|agenda|minutes?|meeting|business|annex|appendix|appendices|item|report)\b"
    r"|\bconfidential (?:information|items?|reports?|papers?|matters?|update|text|row|recommendations?|actions?|note|notes|briefing|details?|document|draft|data)\b|\b(?:strictly|highly|commercially|commercial(?:ly)? in|in|treated as|marked|is|are|remains?|this is|legally) confiden(?:tial|ce)\b"
    r"|\b(?:restricted|private) (?:and confidential|circulation|information|paper|report|item)\b|\bcommercially sensitive\b|\blegally privileged\b|\blegal(?:ly)? (?:professional )?privilege[d]?\b|\b(?:press and public|public and press) (?:were |be |are |to be )?exclu|\bexclu(?:ded?|sion)(?: of)? the (?:press|public)\b"
    r"|\b(?:withheld|redacted) (?:from (?:the )?(?:public|publication)|for|under)\b|\bembargo(?:ed)?\b|\bmembers'? (?:eyes )?only\b|\binternal use only\b|\bfor internal use\b|\bnot to be shared\b|\bdo not (?:publish|share|circulate|disclose)\b"
)
"""Phrases that can hardly mean anything else."""
ALONE = re.compile(
    r"[\s(\[*:-]{0,4}(?:exempt|confidential|restricted|private|sensitive|official[ -]{0,3}sensitive|part (?:2|ii|two|b)|not public|pink|secret|protected|closed session|private and confidential|confidential[ /-]{1,3}exempt|exempt[ /-]{1,3}confidential|withheld|redacted|embargoed"
    r"|(?:paragraphs?|paras?\.?) ?[1-7](?:(?:,| and| &) ?[1-7]){0,6})[\s)\]*:.!-]{0,4}"
)
"""All that a title, a header or a cell says."""
BEFORE_WORDS = re.compile(
    r"^[\s(\[*]{0,3}(?:exempt|confidential|restricted|private (?:and|&) confidential|part (?:2|ii|two)|official[ -]{0,3}sensitive|redacted|withheld|private)[\s)\]*]{0,3}(?:[:–—-]|\n|\)|\]|\.(?= |$))"
)
BEHIND_WORDS = re.compile(
    r"[(\[*](?:exempt|confidential|restricted|private|part (?:2|ii|two)|official[ -]{0,3}sensitive|sensitive|redacted)[)\]*]|[\n–—-] ?(?:exempt|confidential|restricted|part (?:2|ii|two))[\s.)]{0,3}$"
)
IN_A_HEADING = re.compile(
    r"\b(?:exempt|confidential|restricted|private|part (?:2|ii|two)|sensitive|redacted|pink|unpublished|closed session|non-?public)\b"
)
DOUBTFUL = re.compile(r"\b(?:exempt|confidential(?:ly)?|restricted|redact\w{0,4}|in confidence)\b")

INNOCENT = re.compile(
    r"\bexempt(?:ed|ion|ions)? (?:from|for (?:blue|disabled|residents)|accommodation|charit|suppl|vehicle|properties|property|categor|households?|schools?|residents|blue badge|works|development|permit|businesses|parking|goods|landlords?|providers?)\w{0,10}|\b(?:vat|tax|rates?|charges?|fee|council tax|parking|ulez|toll|licen[cs]\w{1,5}|duty|student|charge|levy|class \w|seeking an?|apply for an?|claim an?|the) exempt(?:ion|ions|ed)?\b(?! (?:information|items?|report|appendi|from publication))"
    r"|\bconfidential (?:help ?lines?|phone ?lines?|lines?|service|services|counselling|support|advice|enquir\w{1,4}|inquir\w{1,4}|reporting|hotlines?|waste|shredding|surveys?|survey|listening|telephone|self-referral|calls?|space|setting|sexual|health|debrief\w{0,3}|whistleblow\w{0,3}|conversations?|interviews?|access|route|channel|way|manner|basis)\b"
    r"|\b(?:maintain\w{0,3}|ensur\w{1,3}|protect\w{0,3}|preserv\w{1,3}|respect\w{0,3}|keep|kept|patients?'?|client|customer|staff|users?'?|data|about|on|of|and|their|breach(?:es)? of|duty of|for|with) confidentiality\b|\bconfidentiality (?:agreements?|clauses?|policy|rules?|training|statement|duty|concerns?|issues?)\b"
    r"|\bprivate (?:housing|rent\w{0,3}|sector|landlords?|hire|companies|company|finance|car|cars|vehicles?|homes?|land|owners?|ownership|property|properties|partners?|providers?|care|tenants?|road|roads|streets?|investment|investors?|developers?|schools?|gardens?|individuals?|businesses|business|firms?|water|practice|patients?|hospitals?|nurser\w{1,3}|fostering|drains?|sewers?|parking|life|lives|space|rooms?|room|members?|dwellings?|tenancy|tenancies|operators?|bus|taxi|equity|wells?|events?|law)\b"
    r"|\brestricted (?:to|access|parking|zones?|areas?|funds?|funding|budgets?|hours|mobility|growth|by|use|grants?|speed|reserves?|movement|byways?|diets?|sites?|visiting|view|views|choice|numbers?|width|parking)\b|\b(?:is|are|be|been|was|were|not|will be|being|less|more|access) restricted(?: to)?\b"
    r"|\bpart (?:2|ii|two|b) of (?:the |this |a |our |its )?(?!agenda|meeting|schedule|minutes|report|papers)\w|\bpart (?:2|two|b) (?:of|will|to|was|is|has|funding|works|phase|and|permit|process|claim|building|regulations)\b"
    r"|\b(?:green|yellow|pink) (?:paper on|sheets? of paper|ribbon|bins?|bags?|lids?)\b|\bsensitive (?:to|handling|areas?|receptors?|sites?|development|management|ecolog\w{0,5}|issues?|landscapes?|design|restoration|and)\b|\bredacted (?:version|copy|copies|reports?|data)\b"
)
"""Words of everyday business that hold a word of secrecy."""
PARAGRAPH = re.compile(
    r"\b(?:paragraphs?|paras?\.?|category|categories) ?\(?(?P<numbers>[1-7](?:\)?(?:,| and| &| or| to|-| ) ?\(?[1-7])*)"
)
ACT = re.compile(
    r"\bschedule 12 ?a\b|\bexempt\b|\bconfidential\b|\bnot for publication\b|\blocal government act\b"
)
NO = re.compile(
    r"[\s(]{0,3}(?:no|n|none|public|open|not exempt|not confidential|part (?:1|i|one)|unrestricted|n/?a|not applicable|-|–|nil|official|for publication|open to the public|not restricted|no exempt (?:information|items?)|none of (?:it|this)(?: is exempt)?|this report is public|not private)[\s).]{0,3}"
)
"""What says that something is public, as a cell under "Exempt?"."""
NOT_EXEMPT = re.compile(
    r"\b(?:not|no longer|isn't|never|neither|contains? no|no|nothing|without(?: any)?|ceased to be|is no) (?:an? |in |deemed |considered |treated as |classed as |any |longer )?(?:exempt|confidential|restricted|private|part (?:2|ii|two)|commercially sensitive)(?: (?:information|items?|material|matters?|business|or confidential|nor confidential))*"
)
YES = re.compile(
    r"[\s(]{0,3}(?:yes|y|true|x|✓|✔|☑|1|exempt|confidential|part (?:2|ii|two)|private|restricted|(?:paragraphs?|paras?\.?) ?[1-7]|[1-7])\b.{0,80}"
)


def find_exempt(text: str, place: Place = Place.CELL) -> ExemptWords | None:
    """Return the words of a text that say that it is not for publication, or None.

    Sentences such as "exempt from charges", "a confidential helpline" and "private housing" are none; where it may be meant the
    words are found and not sure.
    """
    words = clean_line(text)
    lines = plain_text(text)
    plain = lines.replace("\n", " ")
    if not MAY_BE.search(plain):
        return None
    bare = INNOCENT.sub(
        lambda match: " " * len(match[0]), NOT_EXEMPT.sub(lambda match: " " * len(match[0]), plain)
    )
    if ALONE.fullmatch(bare.strip() or "-"):
        return ExemptWords(words, _paragraphs(plain))
    in_lines = "".join("\n" if char == "\n" else other for char, other in zip(lines, bare, strict=True))
    for pattern in (SURE, BEFORE_WORDS, BEHIND_WORDS):
        if match := pattern.search(bare if pattern is SURE else in_lines):
            return ExemptWords(_around(text, match), _paragraphs(plain))
    if place != Place.CELL and (match := IN_A_HEADING.search(bare)):
        return ExemptWords(_around(text, match), _paragraphs(plain), is_sure=place == Place.SHEET)
    if match := DOUBTFUL.search(bare):
        return ExemptWords(_around(text, match), _paragraphs(plain), is_sure=False)
    return None


def is_only_exempt(text: str) -> bool:
    """Return whether a cell holds nothing but words that say that something is not for publication: they are no value."""
    if not MAY_BE.search(plain := plain_text(text).replace("\n", " ").strip()):
        return False
    return bool(ALONE.fullmatch(plain) or SURE.fullmatch(plain.strip("()[]*:.! -")))


ASKS_WHETHER_PUBLIC = re.compile(r"\b(?:public|open|publish(?:ed|able)?|publication)\b")
"""The header of a column in which "yes" says that it is public."""
ASKS_WHETHER_EXEMPT = re.compile(
    r"\b(?:not|non|exempt|private|confidential|restricted|withheld|part (?:2|ii|two))\b"
)
SAYS_NO = re.compile(r"[\s(]{0,3}(?:no|n|false|✗|✘|❌|×)(?!\w).{0,80}")
SAYS_YES = re.compile(r"[\s(]{0,3}(?:yes|y|true|x|✓|✔|☑|✅)[\s).]{0,3}")


def says_exempt(text: str, header: str = "") -> ExemptWords | None:
    """Return whether a cell in a column such as "Exempt?" says so. What neither says yes nor no counts, and is not sure.

    Under a header such as "Public?" a "no" says it, and a "yes" does not.
    """
    words = clean_line(text)
    plain = plain_text(words)
    over = plain_text(header)
    if ASKS_WHETHER_PUBLIC.search(over) and not ASKS_WHETHER_EXEMPT.search(over):
        if SAYS_YES.fullmatch(plain):
            return None
        if SAYS_NO.fullmatch(plain) and not NOT_EXEMPT.search(plain):
            return ExemptWords(words, _paragraphs(plain) or _bare_numbers(plain))
    if not plain.strip() or NO.fullmatch(plain):
        return None
    return ExemptWords(
        words,
        _paragraphs(plain) or _bare_numbers(plain),
        is_sure=bool(YES.fullmatch(plain)) or find_exempt(words) is not None,
    )


def _around(text: str, match: re.Match[str]) -> str:
    return clean_line(text[match.start() : match.end()]).strip(" :-–()[]*")


def _paragraphs(plain: str) -> tuple[int, ...]:
    """Return the paragraphs of Schedule 12A that are named, where the words speak of it."""
    if not ACT.search(plain) and not ALONE.fullmatch(plain):
        return ()
    found: set[int] = set()
    for match in PARAGRAPH.finditer(plain):
        numbers = [DIGITS[number] for number in re.findall(r"\d", match["numbers"])]
        if re.search(r"to|-", match["numbers"]) and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        found.update(numbers)
    return tuple(sorted(found))


def _bare_numbers(plain: str) -> tuple[int, ...]:
    return (DIGITS[plain.strip()],) if re.fullmatch(r" ?[1-7] ?", plain) else ()
