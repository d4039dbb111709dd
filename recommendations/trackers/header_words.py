"""The words over the columns of trackers in use at councils, health bodies, audit committees and parliaments, and what
they mean. A header is known as a whole, or by the words in it, the more telling ones first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.known_headers import KNOWN
from recommendations.trackers.questions import plain


@dataclass(frozen=True)
class HeaderMatch:
    """What a header was taken for."""

    fields: tuple[Field, ...]
    """One field; or several where the header names several facts, such as "Response / progress"."""
    confidence: float
    """From 0 to 1: 1 for words known as a whole, less where the values of the column must say."""
    also: tuple[Field, ...] = ()
    """What else it may be, where its words alone cannot tell; the values of the column do."""

    @property
    def field(self) -> Field:
        return self.fields[0]


COMMITTEE = "committee|panel|scrutiny|member|commission|osc|select|council|group|hosc|audit"
EXECUTIVE = (
    "cabinet|executive|government|mayor|trust|minister|portfolio|commissioner|directorate|service|department|authority"
    "|assembly|management|agency|board|organisation|ministry|officer|leader|departmental|corporate|provider|council|icb"
)
DATE = "date|when|deadline|timescale|timeframe|timeline|timetable|due|target|day|month"
DUE = "target|deadline|due|timescale|timeframe|timeline|timetable|completion|delivery"


@dataclass(frozen=True)
class Rule:
    """A header with one word of each set, and none of the last, is of `fields`."""

    fields: tuple[Field, ...]
    sets: tuple[frozenset[str], ...]
    without: frozenset[str] = frozenset()
    confidence: float = 0.8


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split("|")) if text else frozenset()


def _rule(fields: str, *sets: str, without: str = "", confidence: float = 0.8) -> Rule:
    return Rule(
        tuple(Field[name] for name in fields.split()),
        tuple(map(_words, sets)),
        _words(without),
        confidence,
    )


RULES: tuple[Rule, ...] = (
    # Counted by the file, or of the next meeting: no fact of the recommendation.
    _rule("IGNORED", "days"),
    _rule("IGNORED", "overdue"),
    _rule("NOTES", "next"),
    _rule(
        "NOTES",
        "link|url|hyperlink|budget|cost|funding|saving|ward|kpi|objective|resource|outcome|impact|benefit|measure|risk",
        without="officer|lead|date|target|committee|panel|scrutiny|member|status|rating|rag|agreed|closed|by|review|cabinet|executive",
    ),
    _rule(
        "NOTES",
        "previous|last|prior",
        "status|rag|rating|response|progress|comment",
        without="since|date|updated",
    ),
    # Why
    _rule("NOTES", "reason|rationale|why|justification", "closed|closure|close|closing"),
    _rule(
        "NOTES",
        "reason|rationale|why|justification",
        "extension|delay|slippage|revised|change|recommendation|late",
    ),
    _rule("REASON", "reason|rationale|why|explanation|justification"),
    _rule("NOTES", "response|reply|answer|update", "due|deadline|required|expected|requested"),
    _rule(
        "REASON",
        "response|decision",
        "comment|detail|narrative|note|commentary|explanation|remark",
        without="date|when",
    ),
    # Dates that are asked for, replaced, present
    _rule("ASKED_TARGET NOTES", "extension|extend|extended"),
    _rule("ASKED_TARGET", "requested|request|asked|sought", DATE + "|completion|revised|new"),
    _rule("ASKED_TARGET", "proposed", "new|revised|amended|changed", DATE + "|completion"),
    _rule(
        "FIRST_TARGET",
        "original|originally|initial|first|previous|old|former|baseline|prior|earlier",
        DATE + "|completion|implementation",
        without="meeting|made|committee|raised|recommended|recommendation|response|cabinet|report|update|status",
    ),
    _rule(
        "NOTES",
        "completed|implemented|actual|achieved|delivered|actioned|done",
        "date|on|when",
        without="by|target|be|due",
    ),
    _rule(
        "OUTCOME_ON",
        DATE + "|on|at",
        "closed|closure|close|signed|signoff|discharged|outcome|assessed|assessment|verdict",
    ),
    _rule("OUTCOME_ON", DATE + "|on|at", "sign", "off"),
    _rule("OUTCOME_ON", DATE, "concluded|satisfied"),
    # When work begins is no date by which it is done; when it was sent to the executive may be either of two days
    _rule(
        "NOTES",
        "start|started|commencement|commence|begin|began",
        DATE + "|on",
        without="end|finish|completion",
    ),
    _rule(
        "MADE_ON",
        DATE + "|on",
        "reported|submitted|presented|sent|referred",
        "cabinet|executive|council|board|government|minister",
        without="response|target|due",
        confidence=0.5,
    ),
    _rule(
        "TARGET",
        DUE,
        "date|revised|new|current|latest|agreed|by|amended|expected|estimated|anticipated|planned",
    ),
    _rule(
        "TARGET",
        "revised|new|current|amended|agreed",
        "date|deadline",
        without="update|status|" + COMMITTEE + "|cabinet|executive",
    ),
    _rule(
        "UPDATED_ON",
        "date|when|day",
        "update|updated|reviewed|status|progress|position|reported|comment",
        without=DUE,
    ),
    _rule("UPDATED_ON", "on|last|at", "updated|reviewed|reported", without=DUE),
    _rule(
        "OUTCOME_ON MADE_ON",
        "date",
        "committee|panel|scrutiny|member|commission|osc",
        "decision|decided|agreed|assessment|verdict|assessed",
        without="cabinet|executive|recommendation",
    ),
    _rule(
        "ANSWERED_ON",
        DATE + "|on|received",
        "response|responded|reply|replied|answer|answered|cabinet|executive|considered|decision|decided|accepted|government|responding",
        without="due|target|deadline|" + "completion",
    ),
    _rule(
        "MADE_ON",
        DATE + "|on|meeting|session",
        "meeting|made|committee|raised|recommendation|recommended|recommending|report|opened|created|identified"
        "|logged|added|scrutiny|panel|published|publication|minute|council|session|hearing|adopted|reported|issued|agenda",
        without=DUE + "|response|update|progress|since|action|position",
    ),
    _rule("MADE_ON", "meeting", "date|of"),
    _rule(
        "TARGET",
        "target|deadline|due|timescale|timeframe|timeline|timetable|when",
        without="response|status|rag",
    ),
    _rule(
        "TARGET",
        "date|by|end",
        "complete|completed|completion|implementation|implement|implemented|delivery|expected|estimated|anticipated|planned"
        "|forecast|projected|finish|action|end|done",
        without="committee|panel|scrutiny|member|since",
    ),
    _rule("TARGET", "milestone", DATE + "|on"),
    _rule(
        "TARGET",
        "expected|estimated|anticipated|planned|forecast|projected",
        "completion|implementation|delivery|finish|end",
    ),
    # Numbers and references
    _rule("NOTES", "page|phone|telephone|tel", "no|num|number|nr|ref|reference"),
    _rule("INQUIRY NOTES", "report|review|inquiry", "ref|reference|number|no", without="recommendation|rec"),
    _rule(
        "REFERENCE NUMBER",
        "ref|refs|reference|id|uid|identifier|code|urn|unique|minute|min",
        without="update|response|text|wording",
    ),
    _rule(
        "NUMBER REFERENCE",
        "no|num|number|nr|#|serial|sn|sr|item",
        without="yes|title|y|agenda|accepted|agreed|status|of",
    ),
    # The committee's own word, the response, the claim
    _rule("OUTCOME", "signed|sign|signoff", "off", without="by officer"),
    _rule("OUTCOME", "verdict|signoff|discharged"),
    _rule(
        "OUTCOME",
        COMMITTEE,
        "view|verdict|assessment|judgement|judgment|conclusion|opinion|satisfied|closed|close|closure|agreed|agree|decision"
        "|decided|think|outcome|evaluation|determination|rating|grade",
        without="cabinet|executive|portfolio|response|lead",
    ),
    _rule("OUTCOME CLAIM", "closed|closure|close"),
    _rule(
        "NOTES", "scrutiny|committee|panel|osc", "comment|note|remark|feedback|question", without="response"
    ),
    _rule(
        "NOTES",
        COMMITTEE,
        "comment|note|remark|feedback|question",
        without="cabinet|executive|portfolio|lead|officer",
    ),
    _rule("REASON", "response|decision", "comment|detail|narrative|note|commentary|explanation|remark"),
    _rule("RESPONSE", "response|reply|answer|responded|replied|respond"),
    _rule("RESPONSE", EXECUTIVE, "decision|view|say|said|position|accepted|agreed|verdict|consideration"),
    _rule("REASON", EXECUTIVE, "comment|commentary|note|remark", without="officer|service|lead"),
    _rule(
        "RESPONSE",
        "accepted|accept|agreed|agree|reject|rejected|acceptance|agreement|approved|supported|endorsed|approval|decision|disagree",
        without="measure|success|action|plan|outcome|budget|cost|recommended",
    ),
    _rule("CLAIM", "rag|brag|bragg|rating|colour|color|traffic|percent|percentage|%|completeness"),
    _rule("CLAIM PROGRESS", "status|state", "update|position|commentary|comment", confidence=0.6),
    _rule("CLAIM", "status|state"),
    _rule("CLAIM PROGRESS", "assessment|evaluation", without="need|impact|risk|equality"),
    _rule(
        "CLAIM PROGRESS",
        "complete|completed|implemented|done|delivered|achieved|finished",
        without="action|what|work",
    ),
    _rule("NOTES", "priority", "plan|corporate|strategic|strategy"),
    _rule("PRIORITY", "priority|importance|urgency|prioritisation"),
    _rule("PRIORITY", "high", "low"),
    _rule("EXEMPT", "exempt|confidential|exemption|confidentiality|publication|restricted"),
    # Progress in words
    _rule(
        "PROGRESS",
        "action|work|activity",
        "completed|done|achieved|delivered",
        without="by|date|when|on|be|owner",
    ),
    _rule("NOTES", "be", "taken|undertaken|carried", without="by|date|when"),
    _rule("NOTES", "planned|proposed|future|intended|further", "action|step|work|activity"),
    _rule(
        "PROGRESS",
        "progress|update|updates|position|taken|commentary|happened|narrative|activity|achievement|undertaken|evidence"
        "|development",
        without="owner|number",
    ),
    _rule("PROGRESS", "implementation|delivery", "detail|comment|note|action", without="owner|lead|officer"),
    # Who: not what somebody keeps, or how to reach them
    _rule(
        "NOTES",
        "file|folder|diary|email|mail|tel|telephone|phone|mobile|letter|paper|record|spreadsheet|log|document|attachment",
        without="no|name",
    ),
    _rule(
        "OWNERS",
        "owner|ownership|lead|responsible|responsibility|whom|addressed|assigned|allocated|accountable|accountability|officer|portfolio|holder"
        "|directorate|department|body|bodies|organisation|organisations|agency|partner|sro|director|entity|entities|recipient|who|assignee|minister|service"
        "|team|person|owned|respondent|addressee|accepting|implementing|delegated|tasked",
        without="comment|remark|view|feedback|question|note",
    ),
    _rule("OWNERS", "made|sent|directed|referred|addressed", "to|at"),
    _rule("OWNERS", "cabinet|executive", "member|portfolio"),
    _rule("PROGRESS REASON NOTES", "comment|remark", confidence=0.6),
    # What was recommended, and in which inquiry
    _rule("NOTES", "theme|category|type|strand|heading|area", "recommendation|rec", without="text|wording"),
    _rule(
        "INQUIRY",
        "review|inquiry|report|investigation|task|study",
        "title|name|topic|subject|group|source",
        without="recommendation|rec|recommended",
    ),
    _rule("TEXT", "recommendation|recommended|recommend|wording|resolution|proposal|rec|resolved"),
    _rule(
        "INQUIRY",
        "inquiry|review|report|topic|investigation|source|subject|scrutiny|study|enquiry|publication|audit",
    ),
    _rule("TEXT PROGRESS NOTES", "action", confidence=0.6),
    _rule("TEXT", "description|text", confidence=0.6),
)
"""Looked through in order; the first that fits says what the header is."""

KEPT_WHOLE = frozenset(
    ["status", "progress", "address", "business", "process", "days", "updates", "refs", "minutes"]
)
"""Words whose last s is kept."""
SPLIT = re.compile(r" ?(?:/|&|\+|\band\b|;|\|) ?")
IN_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
HYPHENATED = re.compile(r"(?<=[A-Za-z])-[ \t]*\n[ \t]*(?=[A-Za-z])")
"""Where a word goes on in the next line."""
WORD = re.compile(r"[a-z]+|%|#")
AT_A_TIME = re.compile(
    r"(.*\b(?:status|state|progress|position|rag|rating|update|response))\b (?:as )?(?:at|of|on)(?: the)?(?: \w+)? (?:date|time|day|end|meeting|publication)\b.*"
)
"""A header that says of when it speaks: "Status at date of publication"."""
ONE_FACT = (
    {Field.TEXT, Field.NUMBER},
    {Field.TEXT, Field.REFERENCE},
    {Field.NUMBER, Field.REFERENCE},
)
"""Two facts of one column that read as one: the number begins the wording."""
SEVERAL_FACTS = (
    (Field.RESPONSE, Field.PROGRESS),
    (Field.RESPONSE, Field.CLAIM),
    (Field.RESPONSE, Field.REASON),
    (Field.RESPONSE, Field.ANSWERED_ON),
    (Field.CLAIM, Field.PROGRESS),
    (Field.OWNERS, Field.TARGET),
    (Field.REFERENCE, Field.MADE_ON),
    (Field.INQUIRY, Field.MADE_ON),
    (Field.INQUIRY, Field.REFERENCE),
    (Field.OUTCOME, Field.OUTCOME_ON),
    (Field.OWNERS, Field.PROGRESS),
    (Field.PROGRESS, Field.TARGET),
    (Field.CLAIM, Field.TARGET),
    (Field.TEXT, Field.OWNERS),
)
"""Facts that councils put into one column, in the order in which they stand in a cell."""


def tidy(header: str) -> str:
    """Return a header as it is compared: no plural in brackets, no possessive, no question mark."""
    text = (
        plain(header)
        .replace("(s)", "s")
        .replace("(es)", "es")
        .replace("'s", "")
        .replace("s'", "s")
        .replace("?", "")
    )
    text = re.sub(r"\bup[ -]to[ -]date\b", "current", text).replace("to date", "").replace("to-date", "")
    return re.sub(r"\s+", " ", text).strip(" .:;,-*/")


def _tokens(text: str) -> frozenset[str]:
    return frozenset(
        word
        if word in KEPT_WHOLE or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us"))
        else word[:-1]
        for word in WORD.findall(text)
    ) | frozenset(word for word in WORD.findall(text) if word in KEPT_WHOLE)


RULE_WORDS = frozenset[str]().union(*(rule.sets[0] for rule in RULES))
"""Of which a header has one, if any rule is about it."""


def _by_words(text: str) -> HeaderMatch | None:
    if known := KNOWN.get(text) or KNOWN.get(text.removeprefix("the ")):
        return HeaderMatch(known[:1], 1.0 if len(known) == 1 else 0.9, known[1:])
    tokens = _tokens(text)
    if tokens.isdisjoint(RULE_WORDS):
        return None
    for rule in RULES:
        if all(tokens & words for words in rule.sets) and not tokens & rule.without:
            return HeaderMatch(rule.fields[:1], rule.confidence, rule.fields[1:])
    return None


def _of_several(parts: Iterable[str]) -> HeaderMatch | None:
    """Return what a header that names several facts is, if it does."""
    found = [match for part in parts if part and (match := _by_words(part))]
    fields = list(dict.fromkeys(match.field for match in found))
    for said, dated in ((Field.RESPONSE, Field.ANSWERED_ON), (Field.OUTCOME, Field.OUTCOME_ON)):
        if fields == [said, Field.MADE_ON]:
            fields = [said, dated]
    if len(fields) < 2:
        return None
    as_set = set(fields)
    if any(as_set == pair for pair in ONE_FACT):
        return HeaderMatch((Field.TEXT,) if Field.TEXT in as_set else (Field.REFERENCE,), 0.8)
    if fields[0] is Field.TEXT and as_set <= {Field.TEXT, Field.PROGRESS, Field.NOTES}:
        return HeaderMatch((Field.TEXT,), 0.8)  # "Recommendation / Action"
    for pair in SEVERAL_FACTS:
        if as_set == set(pair):
            return HeaderMatch(pair, 0.8)
    if {Field.RESPONSE, Field.CLAIM, Field.PROGRESS} >= as_set:
        return HeaderMatch((Field.RESPONSE, Field.PROGRESS), 0.8)
    if {Field.RESPONSE, Field.CLAIM, Field.PROGRESS, Field.OUTCOME, Field.REASON} >= as_set:
        return HeaderMatch((fields[0],), 0.6, tuple(fields[1:]))
    return None


@lru_cache(maxsize=4096)
def match_header(header: str) -> HeaderMatch | None:
    """Return what a header of at most 160 letters says of its column; None where its words are not known."""
    text = tidy(HYPHENATED.sub("", header))
    if not text or len(text) > 160:
        return None
    if text in KNOWN:
        return _by_words(text)
    if (said := AT_A_TIME.match(text)) and (first := _by_words(said[1])):
        return first
    inside = " ".join(filter(None, (a or b for a, b in IN_BRACKETS.findall(text))))
    head = tidy(IN_BRACKETS.sub(" ", text))
    parts = [part for part in SPLIT.split(head) if part]
    if len(parts) > 1 and (several := _of_several(parts)):
        return several
    whole = _by_words(f"{head} {inside}".strip()) if inside else None
    outer = _by_words(head)
    if outer and whole and outer.field in DATES and whole.field in DATES:
        return whole  # "Target date (original)"
    return outer or whole
