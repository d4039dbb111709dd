"""The words of responses and of progress in use, and what they mean. Each is matched as a whole: "accepted" is not looked
for in "not accepted".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from committee.text import comparable
from recommendations.lifecycle import Claim, Decision

Fact = Literal["response", "claim", "outcome"]
"""What the owner answered, what it says of its progress, and what the committee decided: three facts."""


@dataclass(frozen=True)
class Meaning:
    """What a word says: a fact and its code. Without a code it says that nothing is said yet: "response awaited"."""

    fact: Fact
    code: str = ""

    @property
    def value(self) -> str:
        """The meaning as an answer is kept, such as "claim:delivered"."""
        return f"{self.fact}:{self.code}"


def meaning_of(value: str) -> Meaning | None:
    """Return the meaning that an answer names; None for another answer, such as that the words say nothing."""
    fact, _, code = value.partition(":")
    return Meaning(fact, code) if fact in ("response", "claim", "outcome") else None  # type: ignore[arg-type]  # looked at


RUN_TOGETHER = re.compile(r"(?<=[a-z])-(?=[a-z])")
ONE_WORD = {
    "on going": "ongoing", "under way": "underway", "un feasible": "unfeasible", "in feasible": "infeasible", "in complete": "incomplete",
    "no longer required": "no longer relevant", "percent": "%", "per cent": "%", "cancelled": "cancelled", "canceled": "cancelled",
}  # fmt: skip
TWO_WORDS = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in ONE_WORD))
PUNCTUATION = re.compile(r"[^\w%'✓✔☑✅√✗✘☒❌×●⬤■◼🟢🟡🟠🔴🔵☐○]+")


@lru_cache(maxsize=8_192)  # the words of a column come back in most of its lines
def status_key(words: str) -> str:
    """Return words as the vocabulary has them: lower case, without punctuation, "on-going" as "ongoing"."""
    plain = (
        RUN_TOGETHER.sub(" ", comparable(words).replace("_", " ")).replace("%", " % ").replace("\ufe0f", "")
    )
    plain = " ".join(PUNCTUATION.sub(" ", plain).split())
    return TWO_WORDS.sub(lambda match: ONE_WORD[match[0]], plain)


# ------------------------------------------------------------------ responses

AGREEING = (
    "accepted", "accept", "accepts", "agreed", "agree", "agrees", "approved", "approve", "supported", "support", "supports", "endorsed", "endorse", "adopted", "adopt",
    "yes",
)  # fmt: skip
AGREEMENT = ("acceptance", "agreement", "approval", "support", "endorsement")
DISAGREEING = ("no", "rejected", "reject", "rejects", "declined", "decline", "declines", "disagreed", "disagree", "disagrees", "refused")  # fmt: skip


def _responses() -> Iterator[tuple[str, str]]:
    for word in AGREEING:
        yield word, Decision.ACCEPTED
        for manner in ("fully", "wholly", "in full"):
            yield f"{manner} {word}", Decision.ACCEPTED
            yield f"{word} {manner}", Decision.ACCEPTED
        for part in ("part", "partly", "partially", "partial", "in part"):
            yield f"{part} {word}", Decision.IN_PART
            if part != "part":
                yield f"{word} {part}", Decision.IN_PART
        yield f"{word} in principle", Decision.IN_PRINCIPLE
        yield f"in principle {word}", Decision.IN_PRINCIPLE
        if word not in ("yes", "accepts", "agrees", "supports"):
            for no in (
                "not",
                "is not",
                "are not",
                "does not",
                "do not",
                "did not",
                "not be",
                "cannot be",
                "cannot",
                "can't",
                "unable to",
                "not able to",
                "is unable to",
                "is not able to",
            ):
                yield f"{no} {word}", Decision.REJECTED
    for noun in AGREEMENT:
        yield f"partial {noun}", Decision.IN_PART
        yield f"part {noun}", Decision.IN_PART
        yield f"{noun} in part", Decision.IN_PART
        yield f"{noun} in principle", Decision.IN_PRINCIPLE
        yield f"in principle {noun}", Decision.IN_PRINCIPLE
    for words in ("in part", "partly", "partially", "part", "partial"):
        yield words, Decision.IN_PART
    yield "in principle", Decision.IN_PRINCIPLE
    for words in ("noted", "note", "notes", "acknowledged", "acknowledge", "acknowledges"):
        yield words, Decision.NOTED
    for words in DISAGREEING:
        yield words, Decision.REJECTED
    for words in (
        "not for this body", "not for us", "not for the council", "not for this council", "not for cabinet", "not for the cabinet", "not for the executive",
        "not for the board", "not for the trust", "not for this authority", "not for this organisation", "not for this service", "not for this committee",
        "outside our remit", "outside remit", "outside of our remit", "not within our remit", "not in our remit", "not our remit", "outside the remit",
        "not our responsibility", "not ours", "not within the remit", "out of remit", "not the responsibility of the council", "not a council responsibility",
    ):  # fmt: skip
        yield words, Decision.NOT_OURS


NO_RESPONSE = (
    "under consideration", "being considered", "to be considered", "awaited", "response awaited", "awaiting response", "awaiting a response", "to follow",
    "response to follow", "deferred", "tbc", "to be confirmed", "tba", "tbd", "no response", "no response yet", "no response received", "none", "n a",
    "not applicable", "not yet considered", "response pending", "pending response", "awaiting decision", "decision awaited", "to be decided", "not yet responded",
    "response due", "response outstanding", "not yet answered", "none received", "none yet", "nil", "response not received", "response not yet received",
    "awaiting cabinet", "awaiting cabinet response", "awaiting executive response", "executive response awaited", "cabinet response awaited", "to be advised",
)  # fmt: skip


# ------------------------------------------------------------------ progress

CLAIMS: dict[Claim, tuple[str, ...]] = {
    Claim.NOT_STARTED: (
        "not started", "not yet started", "yet to start", "yet to be started", "yet to begin", "yet to commence", "not begun", "not yet begun", "not commenced",
        "not yet commenced", "not due", "not yet due", "no progress", "no progress yet", "no progress made", "not started yet", "work not started",
        "work has not started", "not due to start", "not due yet", "no progress to date", "work not yet started", "work yet to start", "unstarted",
    ),
    Claim.ON_TRACK: (
        "on track", "on target", "in progress", "started", "commenced", "begun", "ongoing", "underway", "being implemented", "green", "on schedule", "on course", "on time", "work in progress", "work ongoing",
        "work underway", "work is underway", "work is ongoing", "work is in progress", "still ongoing", "still in progress", "implementation in progress",
        "implementation ongoing", "implementation underway", "in progress on track", "on track for delivery", "on track for completion", "currently in progress",
        "currently ongoing", "currently being implemented", "is being implemented", "in progress on target", "on track to complete",
    ),
    Claim.AT_RISK: ("at risk", "amber", "minor slippage", "at risk of slippage", "at risk of delay"),
    Claim.OFF_TRACK: (
        "off track", "red", "overdue", "behind", "slipped", "stalled", "behind schedule", "off target", "not on track", "not on target", "not on schedule",
        "behind target", "off schedule", "has slipped", "has stalled", "work has stalled",
    ),
    Claim.PAUSED: ("paused", "on hold", "suspended", "put on hold", "currently on hold", "currently paused", "work paused", "work on hold"),
    Claim.DELIVERED: (
        "complete", "completed", "done", "actioned", "implemented", "achieved", "delivered", "blue", "100 %", "fully complete", "fully completed", "fully implemented",
        "fully delivered", "fully achieved", "now complete", "now completed", "now implemented", "now done", "action complete", "action completed", "actions complete", "actions completed",
        "all actions complete", "all actions completed", "all complete", "all completed", "all done", "work complete", "work completed", "implementation complete", "implementation completed",
        "recommendation complete", "recommendation completed", "recommendation implemented", "recommendation delivered", "100 % complete", "100 % completed", "100 % delivered", "100 % implemented",
        "complete 100 %", "completed 100 %", "is complete", "is completed", "is now complete", "has been completed", "has been implemented", "has been done", "has been delivered",
        "this has been completed", "this has now been completed", "this has now been implemented", "has now been completed", "has now been implemented", "this has been implemented", "this has been done", "this is complete", "this is now complete", "this action is complete", "this action is now complete",
        "this action has been completed", "this recommendation has been implemented", "this recommendation has been completed", "work has been completed", "completed in full", "delivered in full",
        "implemented in full", "already implemented", "already completed", "already done", "already in place and complete", "complete and delivered",
    ),
    Claim.NOT_FEASIBLE: (
        "not feasible", "unfeasible", "infeasible", "cannot be done", "can't be done", "no longer feasible", "cannot be implemented", "can't be implemented",
        "cannot be delivered", "is not feasible", "cannot be achieved", "can not be done",
    ),
}  # fmt: skip

NO_CLAIM = (
    "n a", "not applicable", "none", "nil", "tbc", "to be confirmed", "no update", "no update received", "no update provided", "update awaited", "awaiting update", "no update available",
    "update to follow", "verbal update", "to follow", "awaited", "not stated", "unknown", "not known", "to be advised", "tba", "no status", "see update", "see comments", "see progress", "see below",
)  # fmt: skip

ASKED: dict[str, str] = {
    # With the likelier reading where there is one.
    "pending": "", "outstanding": "", "closed": "", "discharged": "", "superseded": "", "no longer relevant": "", "cancelled": "", "withdrawn": "", "carried forward": "", "delete": "",
    "deleted": "", "monitor": "", "monitoring": "", "monitored": "", "no longer applicable": "", "open": "", "live": "", "new": "", "removed": "", "remove": "", "merged": "", "archived": "", "not complete": "", "not completed": "",
    "not yet complete": "", "not yet completed": "", "incomplete": "", "not implemented": "", "not yet implemented": "", "not done": "", "not delivered": "", "not achieved": "", "not actioned": "", "late": "",
    "nearly complete": "", "almost complete": "", "partially complete": "", "partly complete": "", "part complete": "", "partially completed": "", "partly completed": "", "part completed": "", "partially implemented": "",
    "partly implemented": "", "part implemented": "", "partially delivered": "", "partially achieved": "", "substantially complete": "", "mostly complete": "", "largely complete": "", "continuing": "", "continuous": "", "delayed": "", "slippage": "",
    "significant slippage": "", "some slippage": "", "in hand": "", "finished": "", "yellow": "", "orange": "", "grey": "", "white": "", "black": "", "purple": "", "business as usual": "",
    "bau": "", "embedded": "", "in place": "", "met": "", "not met": "", "partially met": "", "partly met": "", "under review": "", "reviewed": "", "not possible": "", "not achievable": "", "unachievable": "", "abandoned": "", "dropped": "",
    "no change": "", "to be done": "", "planned": "", "scheduled": "", "awaiting sign off": "", "for review": "", "transferred": "", "resolved": "", "unresolved": "", "satisfied": "", "fulfilled": "", "progressing": "", "progressed": "",
    "rolled forward": "", "ended": "", "lapsed": "", "signed off": "", "on hold pending": "", "expired": "", "proposed for closure": "", "recommended for closure": "", "to be closed": "", "for closure": "", "close": "", "closing": "", "reopened": "",
    "escalated": "", "referred": "", "deferred": "", "postponed": "", "proceeding": "", "advanced": "", "limited progress": "", "some progress": "", "good progress": "", "significant progress": "", "little progress": "", "progress": "", "active": "",
    "inactive": "", "current": "", "to be renegotiated": "", "unable to complete": "", "not accepted and closed": "", "to do": "",
}  # fmt: skip
"""Words that mean one thing here and another there: each is asked once."""

LETTERS = {"g": "green", "a": "amber", "r": "red", "b": "blue", "y": "yellow"}
YES = frozenset({"yes", "y", "✓", "✔", "☑", "✅", "√", "true"})
NO = frozenset({"no", "n", "✗", "✘", "❌", "×", "false"})
COLOUR_SIGNS = {"🟢": "green", "🟡": "yellow", "🟠": "orange", "🔴": "red", "🔵": "blue"}
DOTS = frozenset({"●", "⬤", "■", "◼"})


def _vocabulary() -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, tuple[Meaning, ...]] = {}
    for words, decision in _responses():
        found.setdefault(words, (Meaning("response", str(decision)),))
    for claim, several in CLAIMS.items():
        for words in several:
            found[status_key(words)] = (Meaning("claim", str(claim)),)
    return found


VOCABULARY: Mapping[str, tuple[Meaning, ...]] = _vocabulary()
"""What needs no question, by `status_key`."""

SAYS_NOTHING: dict[Fact, frozenset[str]] = {
    "response": frozenset(map(status_key, NO_RESPONSE)),
    "claim": frozenset(map(status_key, NO_CLAIM)),
    "outcome": frozenset(map(status_key, (*NO_RESPONSE, *NO_CLAIM))),
}
"""Words that say that there is no response or claim yet."""


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split() if word.isalpha())


KNOWN_WORDS = _words(VOCABULARY) | _words(ASKED) | _words(NO_RESPONSE) | _words(NO_CLAIM)
"""Every word of the vocabulary, by which misspelt ones are mended."""

NOT_MISSPELT = frozenset(
    {
        "stated", "competed", "compete", "adapted", "shipped", "staffed", "deterred", "auctioned", "excepted", "expected", "expect", "stared", "starred", "charted", "competes", "completes", "completing", "rejects", "rejecting", "delivers",
        "deliver", "delivery", "achieve", "achieves", "implement", "implements", "implementing", "supporter", "approves", "improved", "improve", "process", "processed", "targets", "targeted", "tracks", "tracked", "passed", "caused",
        "pauses", "noting", "voted", "rated", "dated", "listed", "posted", "reviews", "renewed", "required", "requires", "inspired", "sliced", "skipped", "clipped", "flipped", "stalled", "installed", "called", "recalled", "staled", "behalf", "actions", "action",
        "sanctioned", "cautioned", "declared", "deferral", "declining", "defined", "refined", "refereed", "preferred", "reformed", "performed", "closer", "closely", "opened", "opening", "moved", "proved", "provided", "planed", "planted", "pledged",
        "restarted", "retained", "proposed", "prepared", "deployed", "replayed", "relayed", "displayed", "decayed", "transferee", "resolves", "revolved", "evolved", "dissolved", "solved", "recovered", "delivering", "received", "relieved", "believed",
        "advised", "advertised", "monitors", "suspend", "suspects", "suspected", "exceeded", "accessed", "acceptable", "agreeing", "degreed", "agencies", "approach", "apportioned", "portions",
    }
)  # fmt: skip
"""Words of English that lie near a word of the vocabulary and are none of it."""
