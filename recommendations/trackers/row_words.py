"""The words by which rows that are no lines are known: totals, keys, feet, "None", and rows that head others."""

from __future__ import annotations

import re

from recommendations.lifecycle.statuses import Claim
from recommendations.trackers.questions import plain

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
KEY = re.compile(
    rf"(?:key|legend|rag key|status key|key to)\b|{STATUS} ?(?:[:=]|-(?= )|\u2013|\u2014) ?\S|(?:rag|status|brag) (?:rating|definitions|categories|key)\b"
)
FOOT = re.compile(
    r"(?:note|notes|nb|n\.b|source|sources|page \d|\*|\u2020|last updated|updated|prepared|produced|printed|version|report author|contact|for (?:more|further) information"
    r"|end of|this (?:table|document|tracker|list|report)|the above|please|document owner|\(?c\)? )"
)
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
    r"|cabinet member|executive member|responsibility|lead)(?: \w+)?) ?[:\u2013\u2014-]? ?(?=\S)",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"(?:the )?(?:(?:deputy |assistant |interim |acting |executive |corporate |group |service |strategic |managing )*"
    r"(?:director|head|chief|leader|cabinet|executive member|portfolio holder|lead member|manager|mayor|commissioner)\b"
    r"|.{2,60}\b(?:nhs|trust|council|police|board|partnership|authority|ltd|limited|directorate|department|service|services|executive|team|constabulary|icb|association)$)",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"\b(?:meeting|session|committee|panel|council|cabinet)\b.{0,60}?\d{4}|\bmade (?:on|at)\b", re.IGNORECASE
)

NO_STATE = re.compile(r"\b(?:list|all|and|or|not|in|un|plan|against|towards|progress (?:on|with|towards))\b")
ABOUT = r"(?:(?:scrutiny |the |all |panel |previously |recently |now |agreed |those |part [a-z0-9]:? |section [a-z0-9]:? |table [a-z0-9]:? )*(?:recommendations?|actions?|items?)(?: (?:which|that|now))?(?: (?:is|are|have been|were|has been))? ?[:-]? ?)?"
WHEN = r"(?:[ :,-]*\(?(?:since|at|in|by|as at|during|from|to|up to|between|this|the last|quarter|q[1-4]|for|before|on|recommendations?|actions?|items?|\d).{0,60})?"
STATES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"{ABOUT}(?:{words}){WHEN}"), claim)
    for words, claim in (
        (
            r"completed?|done|implemented|delivered|achieved|actioned|fully implemented|finished|(?:now |recently |newly )completed?",
            Claim.DELIVERED,
        ),
        (
            r"in[ -]progress|on[ -]?going|under ?way|on[ -]track|on[ -]target|being implemented|progressing",
            Claim.ON_TRACK,
        ),
        (r"at risk", Claim.AT_RISK),
        (r"off track|overdue|behind schedule|slipped|delayed|stalled", Claim.OFF_TRACK),
        (r"on hold|paused|suspended", Claim.PAUSED),
        (r"not (?:yet )?started|yet to (?:start|begin)|not begun", Claim.NOT_STARTED),
    )
)
CLOSED = re.compile(
    rf"{ABOUT}(?:closed|discharged|archived?|signed[ -]off|removed|closed off|completed? and closed|closed or completed?|historic(?:al)?){WHEN}"
)
AGREED = re.compile(
    r"\b(?:signed off|agreed|confirmed|accepted|closed) by (?:the )?(?:committee|panel|members|scrutiny|commission)|(?:committee|panel|members|scrutiny) (?:has |have )?(?:agreed|signed|closed|confirmed)"
)


def state_of(title: str) -> Claim | None:
    """Return the progress that a title gives to the rows below: "Completed since the last meeting"; None if it gives none."""
    words = plain(title)
    if len(words) > 110 or CLOSED.fullmatch(words):
        return None
    for pattern, claim in STATES:
        if pattern.fullmatch(words):
            return Claim(claim)
    return None


def says_closed(title: str) -> bool:
    """Return whether a title says that the rows below are closed, and not how."""
    words = plain(title)
    return len(words) <= 110 and bool(CLOSED.fullmatch(words))
