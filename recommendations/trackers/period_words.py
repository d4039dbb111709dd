"""The words that stand beside times in trackers, or in their place: "by the end of", "was", "to be confirmed"."""

from __future__ import annotations

import re

LABEL = re.compile(r"^(?:[-*•▪●◦]|\(?(?:[a-h]|[ivx]{1,4})[).])[ \n]{1,2}")
"""A letter of a part, or a bullet, before the date."""

NO_DATE = re.compile(
    r"(?:on ?-?going|asap|a\.s\.a\.p|as soon as (?:possible|practicable)|tb[acd]|t\.b\.[acd]|to be (?:confirmed|agreed|advised|determined|decided|set|announced)"
    r"|n/?a|n\.a|not applicable|none|nil|no (?:date|deadline|target|timescale)(?: (?:set|given|agreed))?|not (?:set|known|given|specified|stated|yet (?:set|known|agreed))"
    r"|unknown|immediate(?:ly)?|with immediate effect|continu(?:ous|ing|al)|rolling|various|open|business as usual|bau|in place|as required|as and when"
    r"|complete[d]?|done|closed|delivered|implemented|achieved|annual(?:ly)?|yearly|quarterly|monthly|weekly|termly|short term|medium term|long term|when (?:funding|resources) (?:allows?|permits?)"
    r"|see (?:above|below|comments?|update|progress)|awaited|to follow|date)"
)
NOTHING = re.compile(r"[\s\-–—_.…?/*]*")
NEXT = re.compile(
    r"(?:by |before |at |in |for )?(?:the )?(?:next|following|coming|new|current|this|later this|subsequent) "
    r"(?:scheduled |available |ordinary )?(?:municipal |financial |calendar |academic |school |council |cabinet |committee |board |full council |spring |summer |autumn |winter )?"
    r"(?:year|term|month|quarter|meeting|committee|cabinet|council|budget|round|cycle|annual meeting|spring|summer|autumn|winter|review)s?(?: cycle| round| setting| meeting)?"
)
TERM = re.compile(
    r"(?:by |before |in |during |end of |by the end of |for )?(?:the )?(?:end of )?(?:the )?(?:spring|summer|autumn|winter|school|first|second|third|next) (?:school )?term(?: (?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?)?"
)
EVERY = re.compile(r"\b(?:every|each|annual(?:ly)?|yearly|quarterly|monthly|weekly|termly|fortnightly)\b")
HINTS = re.compile(
    r"\d|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|spring|summer|autumn|winter|quarter|qtr|months?|weeks?|years?|days?|christmas|easter|half|term|today|tomorrow|fortnight)\b"
    r"|^may\b|\b(?:by|in|of|end|early|mid|late|before|since|until) may\b"
)
"""What a text has that could name a time. A text without any names none."""
WITHIN = re.compile(
    r"(?:by |completed? |to be completed |due )?(?P<how>within|in|not? later than|no more than)?(?: the)?(?: next| first)? ?(?P<count>\d{1,3}|[a-z-]{1,12}) ?(?:calendar )?(?P<unit>day|week|month|year)s?'?(?: time)?"
    r"(?P<from>(?: of| from| after) (?:the )?(?:date )?(?:of )?(?:the )?(?P<event>[a-z' ]{2,40}))?"
)
MADE = re.compile(
    r"(?:this |its |report|recommendation|publication|publishing|meeting|being made|made|it was made)[a-z' ]{0,40}"
)

HARMLESS = re.compile(
    r"\b(?:no later than|not later than|at the latest|on or before|in time for|to be (?:completed|implemented|delivered|done|finalised|achieved|reviewed|in place)|"
    r"(?:expected|anticipated|estimated|target|planned|due|completion|implementation|delivery|scheduled|deadline|agreed|proposed completion|current)(?: (?:completion|implementation|delivery|target))?(?: (?:date|by|for|is))?|"
    r"by|in|on|at|during|until|till|up to|the|of|for|due|date|dates|latest|from|starting|approx(?:imately)?|circa|around|about|est|tbc|to be confirmed|provisional(?:ly)?|onwards|"
    r"committee|cabinet|council|board|panel|meeting|report|month|year|financial|calendar|fy|and|only|mid|early|late|end|close|summer holidays|c)\b"
)
ENDS = re.compile(r"\b(?:end|close|month end|year end|end-of)(?:[ -](?:of|in))?(?: the)?[ -]{0,2}$")
BEGINS = re.compile(
    r"\b(?:start|beginning|begin|first week|w/c|week commencing|week beginning|w/e|week ending)(?: of| in)?(?: the)? {0,2}$"
)
WITHIN_PERIOD = re.compile(r"\b(?:early|mid|middle of|late|later|latter part of)(?: in| the)?[ -]{0,2}$")
AROUND = re.compile(
    r"\b(?:before|prior to|after|since|not before|following|earliest|if|subject|unless|depend\w{1,8}|not yet (?:agreed|confirmed))\b|\?"
)
DUE = re.compile(
    r"(?:(?:now|is|still|currently) )?(?:due(?: date)?(?: for completion)?|target(?: date)?|deadline|to be completed?|for completion|to complete)(?: is)? ?[:-]? ?(?P<time>\S.*)",
    re.IGNORECASE,
)
"""What says by when something is to be done. A date that is expected, or revised, is not agreed."""
DONE = re.compile(
    r"\b(?:complete[d]?|done|closed|delivered|implemented|achieved|actioned|finished|review(?:ed)?|reviewing|on ?-?going|started|commenced|began)\b"
)

WAS = re.compile(
    r"\b(?:was|were|original(?:ly)?(?: (?:date|target|deadline))?|previous(?:ly)?(?: (?:date|target|deadline))?|former(?:ly)?|initial(?:ly)?(?: (?:date|target|deadline))?|first(?: (?:date|target))|old(?: (?:date|target))?"
    r"|(?:slipped|moved|extended|revised|changed|deferred|delayed|put back|rescheduled|re-scheduled|postponed|amended|updated)(?: back)? from|instead of|replac(?:es|ing)|superseded)\b[ :(=-]{0,4}(?:set for|set as|set to|due|due by|by|date|target)?[ :(-]{0,3}$"
)
NOW = re.compile(
    r"(?:\b(?:now|rev|revised|new|amended|updated|current|(?:slipped|moved|extended|revised|changed|deferred|delayed|put back|rescheduled|re-scheduled|postponed|amended|updated|extension|extended)(?: back| agreed| granted| approved)? (?:to|until|till)"
    r"|extension(?: agreed| granted| approved))(?: (?:date|target|deadline|completion date|target date))?\b[ :=-]{0,3}(?:is|by|to|of|due|for)?[ :(]{0,2}|->|=>|→|>)[ ]{0,2}$"
)
MOVED_FROM = re.compile(
    r"\b(?:slipped|moved|extended|revised|changed|deferred|delayed|put back|rescheduled|re-scheduled|postponed|amended|updated)(?: back)? from[ :]{0,3}(?:the )?$"
)
"""What stands before a time that another replaced."""
TO = re.compile(r" (?:to|until|till) ")
TO_AFTER_FROM = re.compile(r"^[ ,]{0,2}(?:to|until|till)[ ]{0,2}$")
FROM_AFTER_TO = re.compile(r"^[ ,(\[]{0,3}(?:moved |slipped |changed |extended |revised )?from[ ]{0,2}$")
ASKED_FOR = re.compile(
    r"\b(?:request(?:ed|s|ing)?|proposed|propose|proposal|seek(?:s|ing)?|asked for|asking for|sought)\b[a-z :(-]{0,40}$|\bextension (?:requested|sought|proposed)\b[a-z :(-]{0,20}$"
)
AFTERWARDS = {
    "was": re.compile(
        r"^[ ]{0,2}[(\[-]{0,2} {0,2}(?:original|previous|initial|old|superseded)(?:ly)?(?: (?:date|target|deadline))?\b"
    ),
    "now": re.compile(
        r"^[ ]{0,2}[(\[-]{0,2} {0,2}(?:revised|new|current|amended|updated|extended)(?: (?:date|target|deadline))?\b"
    ),
    "asked": re.compile(
        r"^[ ]{0,2}[(\[-]{0,2} {0,2}(?:requested|proposed|extension requested|requested extension|asked for)(?: (?:date|target|deadline))?\b"
    ),
}
RANGE = re.compile(r"^[ ,]{0,2}(?:to|-|until|till)[ ]{0,2}(?:the )?$")
ROLE_WORDS = re.compile(
    r"\b(?:was|were|now|rev|originally|original|previously|previous|formerly|former|initially|initial|first|old|new|revised|amended|updated|current|target|deadline|date|extension|extended|slipped|moved|changed|deferred|delayed"
    r"|put back|back|rescheduled|postponed|re-scheduled|requested|request|requests|proposed|seeking|seek|sought|asked for|from|to|until|till|agreed|granted|approved|is|set|instead of|replaces|replacing|superseded|has been|been|have)\b"
)
LEFT_OVER = re.compile(r"[a-z]{1,30}|\d{1,20}|[£$€%]")
