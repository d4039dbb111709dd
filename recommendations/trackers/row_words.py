"""The words by which rows that are no lines are known: totals, keys, feet, "None", and rows that head others."""

from __future__ import annotations

import re

from recommendations.trackers.outcomes import read_title

TOTAL = re.compile(
    r"(?:grand |sub ?-?)?totals?\b|(?:number|count|no\.?) of (?:recommendations|actions|items)\b|sum\b"
)
NONE = re.compile(
    r"(?:(?:there (?:are|were) )?(?:none|nil|no (?:new |open |live |current |further |outstanding |completed |closed )*"
    r"(?:recommendations?|actions?|items?|updates?|entries)\b)[^.]{0,60}|not? applicable|n/a|nothing to report)[ .]*"
)
STATUS = (
    r"(?:blue|red|amber|green|yellow|purple|grey|gray|orange|black|white|brag|rag|on track|off track|at risk|completed?|in progress|not started|ongoing"
    r"|on hold|paused|overdue|achieved|closed|open|delivered|accepted|rejected|agreed|slipped|[a-z]|[0-9])"
)
STATUS_WORD = re.compile(STATUS)
KEY = re.compile(
    rf"(?:key|legend|rag key|status key|key to)\b|{STATUS} ?(?:[:=]|-(?= )|\u2013|\u2014) ?\S|(?:rag|status|brag) (?:rating|definitions|categories|key)\b"
)
KEY_HEADING = re.compile(
    r"(?:(?:rag|brag|status|colou?r) )?(?:key|legend|definitions?|glossary|abbreviations|ratings?)(?: (?:to|of) .{1,30})?[ :]*"
)
"""What stands alone over rows that say what words mean."""
FOOT = re.compile(
    r"(?:note|notes|nb|n\.b|source|sources|page \d|\*|\u2020|last updated|updated|prepared|produced|printed|version|report author|contact|for (?:more|further) information"
    r"|end of|this (?:table|document|tracker|list|report)|the above|please|document owner|\(?c\)? )"
)
NOTE = re.compile(
    r"(?:notes?|nb|n\.b\.?|sources?|footnotes?|please note)\b ?[:\u2013-]|\*{1,3} ?\S|page \d{1,3}(?: of \d{1,3})?$"
)
"""What stands at the foot of a page, also between rows."""
CONTINUED = re.compile(r".{0,80}\(?\bcont(?:inued|'?d|\.)?\)?")
THEME = re.compile(
    r"(?:theme|strand|section|objective|priority|part|outcome|aim|category|workstream|chapter|area|goal)\b(?: [\w.]{1,4})? ?[:.)-]? ?",
    re.IGNORECASE,
)
INQUIRY = re.compile(
    r"\b(?:inquiry|enquiry|review|report|task (?:and finish )?group|scrutiny|investigation|study|panel|spotlight|working group|deep dive|commission|audit)\b",
    re.IGNORECASE,
)
INQUIRY_LABEL = re.compile(
    r"(?:(?:name|title|subject) of (?:the )?)?(?:scrutiny )?(?:inquiry|enquiry|review|report|topic|task (?:and finish )?group|investigation|study)"
    r"(?: (?:title|name))? ?[:\u2013\u2014-] ?(?=\S)",
    re.IGNORECASE,
)
OWNER_LABEL = re.compile(
    r"(?:(?:recommendations?|actions?) (?:made |addressed )?(?:to|for)(?: the)?|(?:lead |responsible )?(?:owner|officer|body|department|directorate|service|organisation|portfolio"
    r"|cabinet member|executive member|responsibility|lead)\b(?: \w+)?) ?[:\u2013\u2014-]? ?(?=\S)",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"(?:recommendations?|actions?) (?:made |addressed )?(?:to|for)(?: the)? (?=\S)|(?:lead|responsible|owner|addressed to)(?: \w+)? ?: ?(?=\S)",
    re.IGNORECASE,
)
"""What stands before an owner in a title and is no part of its name."""
OWNER = re.compile(
    r"(?:the )?(?:(?:deputy |assistant |interim |acting |executive |corporate |group |service |strategic |managing )*"
    r"(?:director|head|chief|leader|cabinet|executive member|portfolio holder|lead member|manager|mayor|commissioner)\b"
    r"|.{2,60}\b(?:nhs|trust|council|police|board|partnership|authority|ltd|limited|directorate|department|service|services|executive|team|constabulary|icb|association)$)",
    re.IGNORECASE,
)
MEETING_OF = re.compile(
    r"\b(?:meeting|session|committee|panel|scrutiny|select|held|of|on|the|made|at|recommendations?)\b",
    re.IGNORECASE,
)
DAY_OF_MEETING = re.compile(
    r"(?:[A-Za-z&,' -]{0,80}\b(?:meeting|session|committee|panel|held|made)\b[a-z :,-]{0,20})?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})",
    re.IGNORECASE,
)
"""A row across the table that gives the day of a meeting, and no more."""


def heads_state(title: str) -> bool:
    """Return whether a title says how far all lines below it are: "Completed since the last meeting", "Closed"."""
    state = read_title(title)
    return state.is_closed or bool(state.claim.words or state.outcome.words or state.response.words)
