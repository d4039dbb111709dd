"""Reads the words of a status cell: the response, the progress that is claimed, or both, told apart even in one cell.

What was answered for this committee comes first, then the file's own key, then `status_words`. Words are matched as a whole
clause, so that "not accepted" and "nearly complete" never read as what they deny. What is not known is asked, once for each
word. Nothing here closes a recommendation: see `outcomes`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from committee.text import clean_text
from recommendations.lifecycle import Claim, Outcome, Period
from recommendations.trackers.cells import Cell
from recommendations.trackers.clauses import LEADING, LONGEST, Clause, leading_clauses
from recommendations.trackers.colours import colour_name
from recommendations.trackers.outcomes import committee_decision
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.questions import Choice, Question, Read, question_key
from recommendations.trackers.status_words import (
    ASKED,
    DOTS,
    VOCABULARY,
    Fact,
    Meaning,
    meaning_of,
    status_key,
)
from recommendations.trackers.ticked import read_choices
from recommendations.trackers.word_meanings import (
    MANNERS,
    meaning_of_clause,
    meaning_of_colour,
    mended_clauses,
)
from recommendations.trackers.word_questions import NO_MEANINGS, Meanings, answered, word_key, word_question

DOUBTING = re.compile(
    r"(?:[\s,;:(\[-]|and ){0,6}(?:but|however|subject to|except|apart from|although|provided|pending|until|unless|if|though|not|no longer|in part|partly|partially|only|other than|save for|excluding"
    r"|with(?! (?:immediate )?effect)|(?:as )?(?:varied|reworded)|(?:as )?(?:revised|amended|modified|changed))\b"
)
"""Words behind a status that take some of it back."""
UNDOING = re.compile(
    r"(?:[\s,;:(\[-]|and ){0,6}(?:awaiting|nearly|almost|some|most|still|yet|remaining|further|to be|will be|should be|under review|when|once|outstanding|was due|bar|then|later|reopened)\b"
)
"""Words behind "complete" that leave something to do."""
BEFORE_A_TIME = re.compile(r"(?:(?:in|on|at|as of|as at|since|during)(?: the)? )?")
ENDS_SENTENCE = re.compile(r"[.\n]")
AGREES = re.compile(
    r"\b(?:accept\w{0,6}|agree\w{0,6}|reject\w{0,6}|disagree\w{0,6}|support(?:s|ed)?|endors\w{0,4}|declin\w{0,4}|in part|partially|in principle)\b"
)
CLAIMS_SOMETHING = re.compile(
    r"\b(?:complet\w{0,5}|implement(?:ed|s)?|on (?:track|target|hold|schedule)|ongoing|on-going|in progress|under ?way|delayed|delivered|achieved|actioned|overdue|stalled|slipped|paused|suspended|not started"
    r"|red|amber|green|at risk|off track|not feasible|unfeasible|cannot|can't|unable|(?:due|yet|expected|planned|scheduled|work|works) to (?:start|begin|commence|complete))\b"
)
TICK = re.compile(r"^[✓✔☑✅]\s+(?=\w)")
"""A tick before the words that it only draws."""
SHORT = 4
"""Words that a status has at most where it is not a sentence."""


@dataclass(frozen=True)
class Statuses:
    """What a status cell says. A code is empty where nothing is said of that fact."""

    response: Read[str] = field(default_factory=Read)
    claim: Read[str] = field(default_factory=Read)
    outcome: Read[str] = field(default_factory=Read)
    """What a sentence says that the committee decided."""
    answered_on: Period | None = None
    """The day or period that stands beside the response."""
    outcome_on: Period | None = None
    claimed_on: Period | None = None
    """The day or period that stands beside the claim."""
    rest: str = ""
    """What follows the statuses: a reason, or progress in words."""
    rest_of: Fact | None = None
    """The fact that stands before the rest."""
    notices: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(read.question for read in (self.response, self.claim, self.outcome) if read.question)


# ------------------------------------------------------------------ a cell


def read_statuses(
    text: str,
    fact: Fact = "claim",
    *,
    header: str = "",
    meanings: Meanings = NO_MEANINGS,
    with_text: bool = False,
) -> Statuses:
    """Return the response and the claim that a text says, with what follows them.

    `fact` is what the column is for; `header` its words, by which "yes" can mean "done". Where the column may hold text
    without a status (`with_text`), a text without one asks nothing.
    """
    text = clean_text(text)
    choices = read_choices(text)
    if choices and (choices.are_statuses or not with_text):
        if not choices.is_decided and answered(fact, text, meanings) is None:
            return _asking(text, fact, word_question(fact, text, choices.sentence))
        text = choices.said or text
    text = TICK.sub("", text)
    if decision := committee_decision(text, meanings):
        claimed = _claimed_before(text[decision.start : decision.end])
        others = f"{text[: decision.start]} {claimed} {text[decision.end :]}".strip(" .;\n")
        statuses = read_statuses(others, fact, header=header, meanings=meanings, with_text=with_text)
        return replace(statuses, outcome=_likelier(decision.outcome, statuses.claim), outcome_on=decision.on)
    if not text:
        return Statuses()
    plain_header = status_key(header)
    whole = _whole(text, fact, plain_header, meanings)
    clauses, at = ([whole], len(text)) if whole else leading_clauses(text, fact, plain_header, meanings)
    if not clauses:
        return _unknown(text, fact, plain_header, meanings, with_text)
    return _put_together(text, clauses, at, fact, meanings)


BEFORE_A_REMARK = re.compile(r"[^(,:\[]{2,40}?(?=[ ]?[(,:\[]| [-\u2013\u2014] )")
"""What stands before a bracket, a comma, a colon or a dash."""


def _claimed_before(sentence: str) -> str:
    """Return the claim that the committee bore out, where the sentence begins with one: "Complete (verified by committee)"."""
    begun = BEFORE_A_REMARK.match(sentence)
    meanings = VOCABULARY.get(status_key(begun[0]), ()) if begun else ()
    return begun[0] if begun and any(meaning.fact == "claim" for meaning in meanings) else ""


def _likelier(outcome: Read[str], claim: Read[str]) -> Read[str]:
    """Return an outcome that is asked about, with what the claim beside it makes the likelier."""
    if outcome.question and not outcome.value and claim.value == Claim.DELIVERED:
        return replace(outcome, value=str(Outcome.CLOSE_IMPLEMENTED))
    return outcome


def _whole(text: str, fact: Fact, header: str, meanings: Meanings) -> Clause | None:
    """Return the whole text as one status, before it is taken apart: "N/A", "100%", an answered sentence."""
    if len(text) > LONGEST and answered(fact, text, meanings) is None:
        return None
    key = status_key(text)
    if not key:
        return Clause(0, len(text), text, (Meaning(fact),))
    meaning = meaning_of_clause(key, fact, header, meanings, text)
    if meaning is None:
        return None
    if isinstance(meaning, Question):
        return Clause(0, len(text), text, question=meaning)
    return Clause(0, len(text), text, meaning)


def _put_together(text: str, clauses: Sequence[Clause], at: int, fact: Fact, meanings: Meanings) -> Statuses:
    response, claim = _fact("response", clauses, text, fact), _fact("claim", clauses, text, fact)
    tail = text[at:]
    last = clauses[-1]
    rest = tail.lstrip(" \t\n.,;:)]-–—").rstrip(" \t\n.,;:-–—")
    if rest[-1:] in (")", "]") and rest.count(rest[-1]) > rest.count("(" if rest[-1] == ")" else "["):
        rest = rest[:-1].rstrip()
    if rest and (day := _only_a_time(rest)):
        last = replace(last, when=last.when or day)
        clauses = [*clauses[:-1], last]
        rest = tail = ""
    claim, rest = _with_manner(text, last, claim, rest, meanings)
    rest_of: Fact | None = next((meaning.fact for meaning in last.meanings), fact)
    between = text[last.end : at]
    if asked := _asked_behind(tail, between, fact):
        said = answered("claim", asked, meanings)
        claim = replace(claim, words=claim.words or rest)
        if said is None:
            claim = claim.asking(word_question("claim", asked))
        elif said[0].fact == "claim" and not claim.value:
            claim = replace(claim, value=said[0].code or None)
    elif rest and last.meanings and not ENDS_SENTENCE.search(between):
        response, claim = _doubted(text, tail, last.meanings[0], response, claim)
    if text.rstrip().endswith("?"):
        response, claim = _questioned("response", text, response), _questioned("claim", text, claim)
    if fact == "response" and _says_another(rest, response):
        response = response.asking(word_question("response", text, f"“{text}” says two things: which is it?"))
    notices = tuple(one.notice for one in clauses if one.notice)
    return Statuses(
        response,
        claim,
        _fact("outcome", clauses, text, fact),
        answered_on=_time_beside("response", clauses),
        claimed_on=_time_beside("claim", clauses),
        rest=rest,
        rest_of=rest_of,
        notices=notices,
    )


MANNER = re.compile(
    r"(?:(?:some|minor|slight|slightly|significant|major|small|moderate|serious|further|possible|potential) )?(?:delays?|delayed|slippage|slipped|behind(?: schedule| plan| target)?|issues|risks?|concerns|problems|late)[ ]{0,2}(?=[.;\n)]|$)"
)
"""What says no more than how far something is from its plan, behind a status."""
FAR_FROM_PLAN = (Claim.AT_RISK, Claim.OFF_TRACK, Claim.NOT_STARTED, Claim.PAUSED)


def _with_manner(
    text: str, last: Clause, claim: Read[str], rest: str, meanings: Meanings
) -> tuple[Read[str], str]:
    """Return the claim with the words behind it that only say how far off it is, and what follows them: "Amber - some delay" is
    a status and no progress. Beside "on track" they contradict it, which is asked.
    """
    manner = MANNER.match(plain_text(rest))
    is_claimed = bool(claim.value and last.meanings and last.meanings[0].fact == "claim")
    if not manner or not is_claimed or claim.question:
        return claim, rest
    end = text.index(rest, last.end) + manner.end()
    words = text[last.start : end + (text[end : end + 1] in (")", "]"))].strip()
    if claim.value not in FAR_FROM_PLAN:
        if claim.value != Claim.ON_TRACK or answered("claim", words, meanings) is not None:
            return claim, rest
        sentence = f"“{words}” may take back what it says first: which is it?"
        return claim.asking(word_question("claim", words, sentence, last.meanings[0])), rest
    return replace(claim, words=words), rest[manner.end() :].lstrip(" \t\n.,;:)]-–—")


def _time_beside(fact: Fact, clauses: Sequence[Clause]) -> Period | None:
    """Return the time that stands beside what the clauses say of a fact."""
    mine = (one for one in clauses if any(meaning.fact == fact and meaning.code for meaning in one.meanings))
    return next((one.when for one in mine if one.when), None)


def _questioned(fact: Fact, text: str, read: Read[str]) -> Read[str]:
    """Return what a text with a question mark says, which is asked: "Complete?"."""
    if not read.value:
        return read
    return read.asking(word_question(fact, text, f"“{text}” is a question: which is it?"))


OF_ANOTHER = re.compile(r"(?:^|[.;\n])[^.;:\n]{2,40}:([^.;\n]{2,60})")
"""What another body says, in the same cell: "Police: agreed. NHS: not agreed"."""


CHANGED_TO = re.compile(
    r"(?:[\s,;:(\[-]|and |but ){0,4}(?:then|later|subsequently|afterwards|now|since|originally|initially|previously)[ :,]{1,2}([^.;,\n(]{2,40})"
)
"""What a response was before or became later, behind it: "Rejected, then accepted"."""


def _says_another(rest: str, response: Read[str]) -> bool:
    """Return whether what follows a response gives another one, of another body."""
    for found in OF_ANOTHER.finditer(rest):
        meanings = VOCABULARY.get(status_key(found[1]), ())
        if any(meaning.fact == "response" and meaning.code != response.value for meaning in meanings):
            return True
    changed = CHANGED_TO.match(plain_text(rest))
    meanings = VOCABULARY.get(status_key(changed[1]), ()) if changed else ()
    return any(meaning.fact == "response" and meaning.code != response.value for meaning in meanings)


def _only_a_time(rest: str) -> Period | None:
    """Return the time that is all that follows a status: "Completed (March 2024)"."""
    found = next(find_times(rest), None)
    if found is None or found.doubt or found.period is None or found.end < len(rest):
        return None
    return found.period if BEFORE_A_TIME.fullmatch(plain_text(rest[: found.start])) else None


def _asked_behind(tail: str, between: str, fact: Fact) -> str:
    """Return the word that must be asked about, where what follows a response begins with one: "Agreed - pending"."""
    if not between.strip(" \n") or fact == "outcome":
        return ""
    plain = plain_text(tail)
    first = re.split(r"[.;:\n]| - ", plain, maxsplit=1)[0]
    return _asked_word(plain) if len(status_key(first).split()) <= SHORT else ""


def _doubted(
    text: str, tail: str, meaning: Meaning, response: Read[str], claim: Read[str]
) -> tuple[Read[str], Read[str]]:
    """Return response and claim with a question where what follows takes some of them back: "complete except the lift"."""
    plain = plain_text(tail)
    question = word_question(
        meaning.fact, text, f"“{text}” may take back what it says first: which is it?", meaning
    )
    if meaning.fact == "response" and meaning.code and DOUBTING.match(plain):
        return response.asking(question), claim
    if meaning.code == Claim.DELIVERED and (DOUBTING.match(plain) or UNDOING.match(plain)):
        return response, replace(claim, value=None).asking(question)
    if meaning.code == Claim.ON_TRACK and DOUBTING.match(plain):
        return response, claim.asking(question)
    return response, claim


def _fact(fact: Fact, clauses: Sequence[Clause], text: str, column: Fact) -> Read[str]:
    """Return what the clauses say of one fact."""
    mine = [one for one in clauses if any(meaning.fact == fact for meaning in one.meanings)]
    words = "; ".join(one.words for one in mine)
    codes = list(
        dict.fromkeys(
            meaning.code for one in mine for meaning in one.meanings if meaning.fact == fact and meaning.code
        )
    )
    asked = next(
        (
            one
            for one in clauses
            if one.question and (column == fact or (column == "outcome" and fact == "claim"))
        ),
        None,
    )
    if asked:
        words = f"{words}; {asked.words}" if words else asked.words
        return Read(codes[0] if len(codes) == 1 else None, words, asked.question)
    if (
        fact == "response"
        and column == "claim"
        and codes
        and any(status_key(one.words) in MANNERS for one in mine)
    ):
        return Read(None, words)
    if len(codes) > 1:
        return Read(None, words, word_question(fact, text, f"“{text}” says two things: which is it?"))
    return Read(codes[0] if codes else None, words)


def _unknown(text: str, fact: Fact, header: str, meanings: Meanings, with_text: bool) -> Statuses:
    """Return what a text says that does not begin with a status."""
    plain = plain_text(text)
    key = status_key(text[: 2 * LONGEST])
    count = len(key.split())
    if count <= 2 * SHORT and (clause := _misspelt(text, key, fact, header, meanings)):
        return _put_together(text, [clause], len(text), fact, meanings)
    first = re.split(r"[.;:\n]| - ", plain, maxsplit=1)[0]
    asked = _asked_word(plain)
    if asked and (not with_text or len(status_key(first).split()) <= SHORT):
        words = asked
        if (said := answered(fact, words, meanings)) is not None:
            return _put_together(text, [Clause(0, len(text), text, said)], len(text), fact, meanings)
        return _asking(text, fact, word_question(fact, words))
    if count <= SHORT + 1 and not with_text:
        return _asking(text, fact, word_question(fact, text))
    says = AGREES if fact == "response" else CLAIMS_SOMETHING
    if says.search(plain if fact == "claim" else first) and not with_text:
        return _asking(
            text, fact, word_question(fact, text, f"“{text}” says more than a status: which is it?")
        )
    return Statuses(rest=text, rest_of=fact)


def _misspelt(text: str, key: str, fact: Fact, header: str, meanings: Meanings) -> Clause | None:
    """Return a text as a status that is misspelt, where it can be one only."""
    found: dict[tuple[Meaning, ...], str] = {}
    for mended in mended_clauses(key):
        meaning = meaning_of_clause(mended, fact, header, meanings, text)
        if isinstance(meaning, Question):
            return None
        if meaning:
            found.setdefault(meaning, mended)
    if len(found) != 1:
        return None
    ((meaning, mended),) = found.items()
    return Clause(0, len(text), text, meaning, notice=f"“{text}” was read as “{mended}”")


def _asking(text: str, fact: Fact, question: Question) -> Statuses:
    read: Read[str] = Read(None, text, question)
    return Statuses(response=read, rest_of=fact) if fact == "response" else Statuses(claim=read, rest_of=fact)


def _asked_word(plain: str) -> str:
    """Return the word of `ASKED` with which a text begins; "" where it begins with none."""
    at = LEADING.match(plain).end()  # type: ignore[union-attr]  # it matches nothing too
    words = re.findall(r"[a-z]+", plain[at : at + 60])
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in ASKED:
            return phrase
    return ""


FITS = {
    Claim.DELIVERED: {"green", "blue", "grey", "purple"},
    Claim.ON_TRACK: {"green", "blue"},
    Claim.AT_RISK: {"amber", "orange", "yellow"},
    Claim.OFF_TRACK: {"red"},
    Claim.NOT_STARTED: {"grey", "red", "amber", "orange", "yellow", "blue"},
    Claim.PAUSED: {"grey", "red", "amber", "orange", "yellow", "purple"},
    Claim.NOT_FEASIBLE: {"red", "grey", "purple"},
}
"""The colours that say nothing else than the word beside them."""


def read_status_cell(
    cell: Cell,
    fact: Fact = "claim",
    *,
    header: str = "",
    meanings: Meanings = NO_MEANINGS,
    with_text: bool = False,
    row_struck: bool = False,
    of_progress: bool = False,
) -> Statuses:
    """Return what a status cell says, by its words or, where they say nothing of it, by its colour. `of_progress` says that the
    column holds progress, beside responses or alone.
    """
    text = cell.text if row_struck or not cell.standing else cell.standing
    name = colour_name(cell.colour)
    only_dots = bool(text) and all(char in DOTS for char in status_key(text))
    if only_dots:
        name = next((found for piece in cell.pieces if (found := colour_name(piece.colour))), name)
    if text and not only_dots:
        statuses = read_statuses(text, fact, header=header, meanings=meanings, with_text=with_text)
        if of_progress and name in RATINGS and _says_nothing(statuses):
            return replace(statuses, claim=_rated(name, meanings))
        return _beside_colour(statuses, name, fact, meanings)
    if not name or fact == "outcome":
        return Statuses()
    return (
        _by_colour(name, meanings) if fact == "claim" or of_progress else _response_by_colour(name, meanings)
    )


RATINGS = frozenset({"red", "amber", "orange", "yellow", "green"})
"""Colours that rate progress also where words without a status stand in them."""


def _says_nothing(statuses: Statuses) -> bool:
    """Return whether words say nothing of how far it is, and nothing is asked about them."""
    return not (statuses.questions or statuses.claim.value or statuses.outcome.value)


def _rated(name: str, meanings: Meanings) -> Read[str]:
    """Return the claim that a colour makes around words that make none: by the file's own key, or asked."""
    claim = _by_colour(name, meanings).claim
    key = word_key("claim", claim.words)
    if claim.question or not claim.value or key in meanings.answers or name in meanings.key:
        return claim
    sentence = f"Words that give no status stand in cells filled {name}: is that the status?"
    return claim.asking(word_question("claim", claim.words, sentence, Meaning("claim", claim.value)))


def _response_by_colour(name: str, meanings: Meanings) -> Statuses:
    """Return what was answered that a colour says in a column of responses, or ask."""
    words = f"{name} (colour of the cell)"
    if (said := answered("response", words, meanings)) is not None:
        return Statuses(response=Read(said[0].code or None, words))
    question = word_question("response", words, f"Cells filled {name}: which response is it?")
    return Statuses(response=Read(None, words, question))


def _by_colour(name: str, meanings: Meanings) -> Statuses:
    words = f"{name} (colour of the cell)"
    key = word_key("claim", words)
    if (said := meanings.answers.get(key)) is not None:
        found = meaning_of(said) if isinstance(said, str) else None
        found_as = Read[str](found.code if found else None, words)
        return Statuses(response=found_as) if found and found.fact == "response" else Statuses(claim=found_as)
    meaning = meanings.key.get(name)
    if meaning is None and name == "orange":
        meaning = meanings.key.get("amber")
    if meaning is None:
        known = meaning_of_colour(name, words)
        meaning = known if isinstance(known, tuple) else ()
    if not meaning:
        question = word_question("claim", words, f"Cells filled {name}: which status is it?")
        return Statuses(claim=Read(None, words, question))
    one = meaning[0]
    read: Read[str] = Read(one.code or None, words)
    return Statuses(response=read) if one.fact == "response" else Statuses(claim=read)


def _beside_colour(statuses: Statuses, name: str, fact: Fact, meanings: Meanings) -> Statuses:
    """Return the statuses, with a question where the cell's colour says something else than its words."""
    claim = statuses.claim
    if fact != "claim" or not name or not claim.value or claim.question:
        return statuses
    own = meanings.key.get(name)
    says = {one.code for one in own if one.fact == "claim"} if own else set()
    if claim.value in says or (not own and name in FITS[Claim(claim.value)]):
        return statuses
    words = f"{claim.words} in {name}"
    question = word_question(
        "claim",
        words,
        f"“{claim.words}” is written in a cell filled {name}: which status is it?",
        Meaning("claim", claim.value),
    )
    if (said := meanings.answers.get(question.key)) is not None:
        found = meaning_of(said) if isinstance(said, str) else None
        return replace(statuses, claim=Read(found.code if found else None, claim.words))
    return replace(statuses, claim=claim.asking(question))


def against_target(
    claim: Read[str], target: Period, as_at: dt.date | None, meanings: Meanings = NO_MEANINGS
) -> Read[str]:
    """Return the claim, or off track with a question where "on track" is claimed though the target had passed on the file's
    day.
    """
    if claim.value != Claim.ON_TRACK or as_at is None or not target.is_past(as_at):
        return claim
    words = claim.words or str(Claim.ON_TRACK.label)
    key = question_key("word", "late", words)
    said = meanings.answers.get(key)
    if said is not None:
        found = meaning_of(said) if isinstance(said, str) else None
        return replace(claim, value=found.code if found else claim.value)
    question = Question(
        key,
        "word",
        words,
        f"“{words}” where the target date had passed: is it off track?",
        (
            Choice("claim:off_track", "Off track"),
            Choice("claim:on_track", "On track, as it says"),
            Choice("claim:at_risk", "At risk"),
        ),
        "claim:off_track",
    )
    return replace(claim, value=str(Claim.OFF_TRACK)).asking(question)


def against_day(
    claim: Read[str], claimed_on: Period | None, as_at: Period, meanings: Meanings = NO_MEANINGS
) -> Read[str]:
    """Return the claim, with a question where what is done was done on a day after that of the file: it may be a plan, or a slip
    of the keyboard.
    """
    ahead = claimed_on and claimed_on.start and as_at.end and claimed_on.start > as_at.end
    if claim.value != Claim.DELIVERED or not ahead or answered("claim", claim.words, meanings) is not None:
        return claim
    sentence = f"“{claim.words}” names a day after that of the file: which status is it?"
    return claim.asking(word_question("claim", claim.words, sentence, Meaning("claim", str(Claim.DELIVERED))))
