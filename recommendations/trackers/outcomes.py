"""Reads what the committee decided. Only the committee closes a recommendation: an outcome comes from a column, a sheet, a
title or a sentence that says so, never from what an owner claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from committee.text import clean_text
from recommendations.lifecycle import Outcome, Period
from recommendations.trackers.cells import FAILED
from recommendations.trackers.keys import read_key
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.questions import Question, Read
from recommendations.trackers.status_words import SAYS_NOTHING, VOCABULARY, YES, Meaning, status_key
from recommendations.trackers.ticked import read_choices
from recommendations.trackers.word_questions import NO_MEANINGS, Meanings, answered, word_question

DONE = ("implemented", "complete", "completed", "done", "delivered", "achieved", "fulfilled")


def _done() -> list[str]:
    found = []
    for word in DONE:
        found += [
            word,
            f"fully {word}",
            f"agreed {word}",
            f"agreed as {word}",
            f"accepted as {word}",
            f"confirmed {word}",
            f"confirmed as {word}",
        ]
        found += [
            f"closed {word}",
            f"closed as {word}",
            f"{word} and closed",
            f"{word} closed",
            f"{word} agreed",
            f"considered {word}",
            f"close {word}",
            f"closed fully {word}",
        ]
        found += [
            f"agreed to be {word}",
            f"signed off as {word}",
            f"{word} and agreed",
            f"{word} and signed off",
            f"{word} no further action",
            f"{word} no further action required",
        ]
        found += [f"{word} in full", f"satisfactorily {word}", f"now {word}"]
    return [
        *found,
        "signed off",
        "agreed completion",
        "completion agreed",
        "agree completion",
        "satisfactorily concluded",
    ]


NOT_DONE = tuple(f"not {word}" for word in DONE)
OUTCOMES: dict[str, str] = {
    **dict.fromkeys(_done(), Outcome.CLOSE_IMPLEMENTED),
    **{
        f"{before}{word}{behind}": Outcome.CLOSE_NOT_IMPLEMENTED
        for word in NOT_DONE
        for before, behind in (("closed ", ""), ("closed as ", ""), ("", " no further action"), ("", " closed"), ("", " and closed"), ("", " no further action required"), ("close ", ""), ("", " no further monitoring"))
    },
    **{f"{before}{word}": Outcome.CLOSE_SUPERSEDED for word in ("superseded", "replaced") for before in ("", "closed ", "closed as ", "now ")},
    **{
        f"{before}{word}": Outcome.CLOSE_NO_LONGER_RELEVANT
        for word in ("no longer relevant", "no longer applicable", "overtaken by events", "overtaken")
        for before in ("", "closed ", "closed as ")
    },
}  # fmt: skip
"""By `status_key`, in a column of the committee's decisions."""

STAYS_OPEN = frozenset(
    {
        "keep monitoring", "continue to monitor", "continue monitoring", "remain open", "remains open", "open", "keep open", "ongoing", "in progress", "to be monitored", "further update requested",
        "further update", "further update required", "not complete", "not completed", "partially implemented", "partly implemented", "partially complete", "on course", "concerns", "escalate", "escalated", "reopened", "reopen", "keep under review",
        "carry forward", "keep", "monitor", "monitoring", "further report", "report back", "further report requested", "under review", "not agreed", "not yet considered", "to be considered", "awaiting update", "to be reviewed", "review",
        "not yet implemented", "not yet complete", "continue", "not satisfied", "live", "active", "underway", "on track", "not started", "remain under review", "update requested", "at risk", "not yet agreed", "to continue",
    }
)  # fmt: skip
"""What a committee says of a recommendation that it goes on to follow: no outcome that closes."""
ASKED_OF_OUTCOMES = frozenset(
    {"closed", "close", "discharged", "cancelled", "withdrawn", "removed", "remove", "deleted", "delete", "no further action", "no further action required", "satisfied", "agreed", "accepted", "noted", "approved", "archived", "nfa", "concluded", "ended", "merged"}
)  # fmt: skip

WHO = r"(?:the )?(?:(?:select|scrutiny|overview and scrutiny|audit|joint|standing|governance|performance|o&s|policy) ){0,2}(?:committee|commission|panel|members|scrutiny|osc)\b"
AGREED = re.compile(
    rf"\b{WHO} (?:meeting )?(?:has |have |had |was |were |is |are |formally |unanimously )?(?:agreed|satisfied|resolved|confirmed|verified|ratified|decided|accepted|closed|discharged|signed off|deemed|considered)\b"
    rf"|\b(?:agreed|accepted|confirmed|verified|ratified|closed|discharged|signed off|approved|deleted|removed)(?: (?:off|as|to be|from the (?:list|tracker)|complete[d]?|implemented|delivered|done|superseded|closed|not|and|no longer|relevant|closure|completion|for|completion)){{0,6}} (?:by|at) {WHO}"
)
"""A sentence in which the committee decides."""
NOT_YET = re.compile(
    r"\b(?:not agree\w{0,3}|did not|has not|have not|not yet|to be agreed|to agree|be asked|asked to|is asked|recommend\w{0,6} (?:for|that)|propos\w{1,4}|awaiting|pending|will|should|would|could|may(?! ?(?:\d|,))|might|if|unless|until|before|refus\w{1,3}|declin\w{1,3}|invited|request\w{0,3}"
    r"|subject to|for agreement|next|reject\w{1,3}|disagree\w{0,1}|whether|remain\w{0,3}|keep|continue|reopen\w{0,2}|when|once|due to|nearly|almost|partial\w{0,2}|partly|incomplete|progress)\b"
)
"""Words by which such a sentence decides nothing, or something else."""
SENTENCES = re.compile(r"[^.;\n]{1,400}(?:\.\d[^.;\n]{0,400}){0,4}")
CLOSES = (
    (
        re.compile(r"\bnot (?:be )?(?:implemented|done|delivered|completed?|achieved)\b"),
        Outcome.CLOSE_NOT_IMPLEMENTED,
    ),
    (re.compile(r"\bsupersed\w{1,3}\b"), Outcome.CLOSE_SUPERSEDED),
    (re.compile(r"\bno longer (?:relevant|applicable)\b|\bovertaken\b"), Outcome.CLOSE_NO_LONGER_RELEVANT),
    (
        re.compile(
            r"\b(?:complete[d]?|completion|implemented|delivered|done|achieved|signed off|fulfilled)\b"
        ),
        Outcome.CLOSE_IMPLEMENTED,
    ),
)
ENDS = re.compile(
    r"\b(?:clos(?:ed|e|ure|ing)|discharge[d]?|remov(?:ed|e|al)|delet(?:ed|e)|no further action|no longer monitor\w{0,3}|end\w{0,3} (?:its |the )?(?:monitoring|follow))\b"
)

SUPERSEDED_BY = re.compile(r"(?:closed[ :,-]{1,3}(?:as )?)?(?:superseded|replaced) by\b")
PARTS = re.compile(r"[;:\n(),/\[\]]|\.(?!\d)| - | and (?=no further)")
TITLE_NOISE = re.compile(
    r"^(?:(?:table|appendix|annex|part|section|sheet|list|schedule)(?: [a-z0-9]{1,3})?\b[ :.-]{0,3}|(?:list|summary|register|table|schedule) of |all |the |\d{1,2}[.) ]{1,3}|[a-d][.)] )"
    r"|\b(?:recommendations?|actions?|items?|list|register|tracker|table|summary|sheet|log)\b"
    r"|\b(?:since|from|between|during|in|at|as at|as of|to|up to|by|for|this|last|previous|prior to)\b (?:the |last |previous |this )?(?:april|may|june|july|january|february|march|august|september|october|november|december|last|previous|meeting|report|quarter|year|month|municipal|committee|update|date|review|\d).{0,60}$"
    r"|\((?:\d{1,3}|continued|cont)\)"
)


@dataclass(frozen=True)
class CommitteeDecision:
    """What a sentence says that the committee decided."""

    outcome: Read[str]
    on: Period | None
    start: int
    end: int


@dataclass(frozen=True)
class TitleState:
    """What the title of a table, or the name of a sheet, says of all its lines. Each code is empty where it says nothing."""

    response: Read[str] = field(default_factory=Read)
    claim: Read[str] = field(default_factory=Read)
    outcome: Read[str] = field(default_factory=Read)
    is_closed: bool = False
    """Whether the lines are closed, however."""


def closed_how(words: str, likelier: str | None = None) -> Question:
    """Return the question how the committee closed what these words say is closed."""
    meaning = Meaning("outcome", likelier) if likelier else None
    return word_question("outcome", words, f"“{words}”: was it closed by the committee, and how?", meaning)


def committee_decision(text: str, meanings: Meanings = NO_MEANINGS) -> CommitteeDecision | None:
    """Return what the first sentence that tells of the committee's decision says: "Committee agreed complete", "Closed by the
    committee on 3 May 2024". None where there is no such sentence, or where it only asks or proposes.
    """
    plain = plain_text(text)
    if not AGREED.search(plain):
        return None
    for sentence in SENTENCES.finditer(plain):
        words = sentence[0]
        if not AGREED.search(words) or NOT_YET.search(words):
            continue
        start = sentence.start() + len(words) - len(words.lstrip())
        said = text[start : sentence.end()].strip()
        outcome = _closing(words, said, meanings)
        if outcome is None:
            continue
        return CommitteeDecision(outcome, _decided_on(said), start, sentence.end())
    return None


def _decided_on(said: str) -> Period | None:
    """Return the one time that a sentence names, or the one behind the words by which the committee decides in it."""
    times = [one for one in find_times(said) if one.period and not one.doubt]
    decided = AGREED.search(plain_text(said))
    behind = [one for one in times if decided and one.start >= decided.end()]
    for some in (times, behind):
        if len(some) == 1:
            return some[0].period
    return None


def _closing(plain: str, said: str, meanings: Meanings) -> Read[str] | None:
    known = answered("outcome", said, meanings)
    if known is not None:
        return Read(known[0].code or None, said)
    codes = [code for pattern, code in CLOSES if pattern.search(plain)]
    if codes:
        return Read(str(codes[0]), said)
    if not ENDS.search(plain):
        return None
    found = ENDS.search(plain)
    key = f"{found[0] if found else ''} by the committee"
    known = answered("outcome", key, meanings)
    return Read(known[0].code or None, said) if known is not None else Read(None, said, closed_how(key))


# ------------------------------------------------------------------ a column of decisions


def read_outcome(
    text: str, *, closed: bool = False, meanings: Meanings = NO_MEANINGS
) -> tuple[Read[str], Period | None]:
    """Return the outcome that a column of the committee's decisions says, and the time beside it.

    The outcome is empty where the committee goes on: "keep monitoring". `closed` says that the line is closed by its sheet,
    title or a day in another column, so that "not implemented" is how it was closed.
    """
    text = clean_text(text)
    if choices := read_choices(text):
        if not choices.is_decided:
            said = answered("outcome", text, meanings)
            code = said[0].code if said and said[0].fact == "outcome" else ""
            return Read(code or None, text, None if said else closed_how(text)), None
        text = choices.said
    times = [one for one in find_times(text) if one.period and not one.doubt]
    on = times[0].period if len(times) == 1 else None
    bare = text
    for one in reversed(times):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    read = _outcome(
        text,
        status_key(re.sub(r"\b(?:on|at|in|by|dated?)\b[ ,:(-]{0,3}(?=[\s)]{0,3}$)", " ", bare.lower())),
        closed,
        meanings,
    )
    if text.rstrip().endswith("?") and read.value and answered("outcome", text, meanings) is None:
        read = read.asking(closed_how(text, read.value))
    return read, on


def _outcome(text: str, key: str, closed: bool, meanings: Meanings) -> Read[str]:
    for words in (text, key):
        if (said := answered("outcome", words, meanings)) is not None:
            return Read((said[0].code if said[0].fact == "outcome" else "") or None, text)
    if FAILED.match(text):
        return Read(None, text, closed_how(text))
    if not key or key in SAYS_NOTHING["outcome"] or key in STAYS_OPEN:
        return Read(None, text)
    if key.split()[0] in YES:  # to what the header asks: "Closure agreed?"
        return Read(None, text, closed_how(text))
    own = meanings.key.get(key)
    if own:
        return Read(own[0].code, text) if own[0].fact == "outcome" else Read(None, text, closed_how(text))
    if key in OUTCOMES:
        return Read(str(OUTCOMES[key]), text)
    if key in NOT_DONE:
        likelier = str(Outcome.CLOSE_NOT_IMPLEMENTED)
        return Read(likelier, text, None if closed else closed_how(text, likelier))
    if key in ASKED_OF_OUTCOMES:
        return Read(None, text, closed_how(text))
    if decision := committee_decision(text, meanings):
        return decision.outcome
    return _first_part(text, closed, meanings)


def _first_part(text: str, closed: bool, meanings: Meanings) -> Read[str]:
    """Return the outcome of a text whose first words say it: "Implemented. Members thanked the officers."."""
    plain = plain_text(text)
    ends = [match.start() for match in PARTS.finditer(plain)]
    if SUPERSEDED_BY.match(plain):
        return Read(str(Outcome.CLOSE_SUPERSEDED), text)
    for end in reversed(ends[:4]):
        key = status_key(plain[:end])
        if key in STAYS_OPEN and not _closes_behind(plain[end:]):
            return Read(None, text)
        if key in OUTCOMES and not NOT_YET.search(plain[end:]) and not _stays_open_behind(plain[end:]):
            return Read(str(OUTCOMES[key]), text)
        if key in NOT_DONE and closed:
            return Read(str(Outcome.CLOSE_NOT_IMPLEMENTED), text)
        if key in ASKED_OF_OUTCOMES or key in OUTCOMES or key in NOT_DONE or key in STAYS_OPEN:
            return Read(None, text, closed_how(text))
    short = len(plain.split()) <= 4
    if short or ENDS.search(plain) or any(pattern.search(plain) for pattern, _ in CLOSES):
        return Read(None, text, closed_how(text))
    return Read(None, text)


BUT = re.compile(r"[\s,;:(/-]{0,4}(?:but|however|although|though|except|apart from|subject to|other than)\b")


def _stays_open_behind(behind: str) -> bool:
    """Return whether what follows a decision that closes takes it back: "Complete/Ongoing", "Complete - but under review"."""
    return bool(BUT.match(behind)) or any(status_key(part) in STAYS_OPEN for part in PARTS.split(behind))


def _closes_behind(behind: str) -> bool:
    """Return whether what follows a decision that keeps it open closes it: "Ongoing/Complete"."""
    parts = [status_key(part) for part in re.split(r"[/,;()]|\bor\b", behind)]
    return any(part in OUTCOMES or part in ASKED_OF_OUTCOMES for part in parts)


# ------------------------------------------------------------------ titles and sheets


def read_title(title: str, meanings: Meanings = NO_MEANINGS, *, sheet: bool = False) -> TitleState:
    """Return what a title says of all lines below it: "Completed since the last meeting" claims that they are done.

    A title that only says that they are open says nothing; one that says "closed" is asked: closed how?
    """
    if len(read_key([title])) > 1:
        return TitleState()  # it says what words mean, and nothing of the lines
    words = f"{clean_text(title)} ({'name of the sheet' if sheet else 'title of the table'})"
    if AGREED.search(plain_text(clean_text(title))):
        decision = committee_decision(title, meanings)
        return (
            TitleState(outcome=replace(decision.outcome, words=words), is_closed=True)
            if decision
            else TitleState()
        )
    for part in _parts_of_title(title):
        state = _title_part(part, words, meanings)
        if state:
            return state
    return TitleState()


def _parts_of_title(title: str) -> Sequence[str]:
    plain = plain_text(clean_text(title))
    parts = [plain, *re.split(r"[:\n]| - ", plain)]
    return [status_key(_without_noise(part)) for part in parts]


def _without_noise(part: str) -> str:
    for _ in range(3):
        part = TITLE_NOISE.sub(" ", part.strip())
    return part


def _title_part(key: str, words: str, meanings: Meanings) -> TitleState | None:
    if not key:
        return None
    said = answered("outcome", words, meanings)
    if key in (
        "closed",
        "discharged",
        "archived",
        "closed by committee",
        "closed by the committee",
        "close",
        "archive",
        "removed",
    ):
        if said is not None:
            return TitleState(outcome=Read(said[0].code or None, words), is_closed=True)
        return TitleState(outcome=Read(None, words, closed_how(words)), is_closed=True)
    if key in OUTCOMES and (
        "agreed" in key or "closed" in key or "signed off" in key or "accepted as" in key
    ):
        return TitleState(outcome=Read(str(OUTCOMES[key]), words), is_closed=True)
    meaning = VOCABULARY.get(key)
    if not meaning or len(key) < 4:
        return None
    one: Read[str] = Read(meaning[0].code, words)
    return TitleState(response=one) if meaning[0].fact == "response" else TitleState(claim=one)
