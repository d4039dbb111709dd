"""Reads a file's own key: "Green = achieved", "B: complete; G: on track", or colours beside words in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from committee.text import clean_text
from recommendations.lifecycle import Claim, Decision
from recommendations.trackers.cells import Cell
from recommendations.trackers.colours import colour_name
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.status_words import ASKED, LETTERS, VOCABULARY, Meaning, status_key

COLOURS = (
    "green",
    "amber",
    "red",
    "blue",
    "yellow",
    "orange",
    "grey",
    "gray",
    "purple",
    "white",
    "black",
    "pink",
    "brown",
)
LABEL = re.compile(
    r"(?:^|(?<=[;,.|\n\t(/])|(?<=   ))[ :–-]{0,3}[\"']?(?:(?:shaded|filled|marked|highlighted) )?(?P<label>[a-z][a-z -]{0,30}?)[\"']?(?: ?(?:status|rating|shading|shaded|cells?|rows?|\([a-z]\)))? ?(?:[:=]|[ ]-{1,2}(?= )|\b(?:means|indicates|denotes|signifies|represents|is for|shows)\b) {0,2}"
)
"""A word of a key with the mark behind it, in plain text."""
HEAD = re.compile(
    r"(?m)(?:^|(?<=[.;] ))[ *(]{0,3}(?:the )?(?:b?rag )?(?:status )?(?:key|legend|rag|brag|rag rating|rag status|colou?r cod(?:es?|ing)|shading|colou?rs)(?: used)?(?: (?:to|for|of) [a-z ]{1,30}?)?[ ]?(?:[:–-]|(?=\n|$)|(?= [a-z]+ ?[:=–-]))"
)
NUMBER_ONLY = re.compile(r"[\d\s,.()-]*")
HEADS = frozenset({"key", "rag", "rag key", "legend", "status", "rating", "rag rating", "rag status", "colour", "colour code", "status key", "key to status", "key to rag", "code", "meaning", "description", "definition"})  # fmt: skip

NEGATED = re.compile(
    r"\b(?:not|not yet|never|nearly|almost|partly|partially|to be|will be|should be|due to be|until|un|not been|not fully|yet to be|awaiting|before|expected to be|likely to be|on track to be|on course to be|can be|being)(?: been| be| fully)? (?:complete[d]?|achieved|implemented|delivered|done|actioned|finished|met|closed)\b"
    r"|\bincomplete\b|\b(?:due for|on track for|expected|anticipated|until|date of|before) completion\b|\b(?:complete|delivered|implemented|achieved) by\b|\bcompletion date\b"
)
"""Words that speak of an end that is not reached."""
PHRASES: tuple[tuple[re.Pattern[str], Meaning | None], ...] = (
    (re.compile(r"\bwill not be (?:implemented|done|delivered|taken forward|completed)\b|\bno longer (?:relevant|required|applicable)\b|\bsuperseded\b|\bwithdrawn\b|\bcancelled\b|\bclosed\b|\d ?%"), None),
    (re.compile(r"\bnot (?:accepted|agreed|approved|supported)\b|\brejected\b"), Meaning("response", str(Decision.REJECTED))),
    (re.compile(r"\bpart(?:ly|ially)? (?:accepted|agreed|approved|supported)\b"), Meaning("response", str(Decision.IN_PART))),
    (re.compile(r"\b(?:not|yet to|no) (?:yet )?(?:been )?(?:started|begun|commenced|start|begin|commence|due|progress(?:ed)?|action(?:ed)? (?:has been )?taken|work (?:has )?(?:begun|started))\b|\bno (?:progress|action|work)\b|\b(?:nothing|none)(?: (?:has|was|is|had))?(?: yet)?(?: been)? (?:done|started|begun|actioned|achieved|delivered|completed)\b"), Meaning("claim", str(Claim.NOT_STARTED))),
    (re.compile(r"\b(?:on hold|paused|suspended)\b"), Meaning("claim", str(Claim.PAUSED))),
    (re.compile(r"\bnot feasible\b|\bcannot be (?:done|achieved|delivered|implemented)\b|\bunachievable\b"), Meaning("claim", str(Claim.NOT_FEASIBLE))),
    (re.compile(r"\b(?:at risk|in doubt|may (?:be|not be|not|slip|miss)|might|could (?:be|slip|miss)|minor|slight(?:ly)?|some (?:delay|slippage|concerns?|issues|risk|problems)|concerns?|recoverable|behind (?:schedule|target|plan) but|possible delay|potential|mitigat\w{1,4}|risk of|needs attention)\b"), Meaning("claim", str(Claim.AT_RISK))),
    (re.compile(r"\b(?:off track|not on (?:track|target|schedule|course)|overdue|late|behind|delayed|missed|slipped|slippage|stalled|not progressing|unlikely|will (?:not|miss)|fail\w{0,3}|critical|serious|major|significant|out of time|past (?:its |the )?(?:date|deadline|target))\b"), Meaning("claim", str(Claim.OFF_TRACK))),
    (re.compile(r"\b(?:on|to|within) (?:track|target|time|schedule|course|timescales?|plan)\b|\b(?:progressing|in progress|under ?way|ongoing|as planned|proceeding|no (?:concerns|issues|problems)|being (?:implemented|delivered|progressed)|will be (?:met|completed|delivered|done) (?:on|by|in) (?:time|date|target)|expected to (?:meet|complete|be)|started)\b"), Meaning("claim", str(Claim.ON_TRACK))),
    (re.compile(r"\b(?:complete[d]?|achieved|implemented|delivered|done|actioned|finished|fully met|concluded)\b"), Meaning("claim", str(Claim.DELIVERED))),
    (re.compile(r"\b(?:accepted|agreed)\b"), Meaning("response", str(Decision.ACCEPTED))),
)  # fmt: skip
"""What a key says in words, the denied ones first; None for words that must be asked about."""
SAYS_SOMETHING = re.compile("|".join(pattern.pattern for pattern, _ in PHRASES))
NEIGHBOURS = frozenset({str(Claim.AT_RISK), str(Claim.OFF_TRACK)})


def read_key(lines: Iterable[str]) -> dict[str, tuple[Meaning, ...]]:
    """Return what the words of a key mean, by `status_key`: nothing for those whose meaning can't be read, which are asked.

    `lines` are the rows and paragraphs that were taken for a key; what is no key gives nothing.
    """
    found: dict[str, tuple[Meaning, ...]] = {}
    for line in lines:
        for label, meaning in _pairs(line):
            _put(found, label, meaning)
    return found


def read_key_rows(rows: Iterable[Sequence[Cell]]) -> dict[str, tuple[Meaning, ...]]:
    """Return what the colours and words of a key's table mean: a filled cell or a word, and its meaning in the next cell or in
    the same.
    """
    found: dict[str, tuple[Meaning, ...]] = {}
    for row in rows:
        cells = [
            cell
            for at, cell in enumerate(row)
            if (cell.text or cell.colour) and not (at and cell is row[at - 1])
        ]
        texts = [cell.text for cell in cells if cell.text]
        name = next((found_name for cell in cells if (found_name := colour_name(cell.colour))), "")
        if len(texts) == 1:
            pairs = list(_pairs(texts[0]))
            for label, meaning in pairs:
                _put(found, label, meaning)
            if not pairs and name:
                _put(found, name, texts[0])
        elif len(texts) >= 2 and _is_label(status_key(texts[0])):
            _put(found, texts[0], texts[1])
            if name and status_key(texts[0]) not in COLOURS:
                _put(found, name, texts[1])
    return found


def _pairs(line: str) -> Iterable[tuple[str, str]]:
    """Yield the words of a key and their meanings in one line."""
    text = clean_text(line)
    plain = plain_text(text)
    kept = "".join(char if char in "\n\t" else other for char, other in zip(text, plain, strict=True))
    kept = HEAD.sub(lambda match: " " * len(match[0]), kept)
    marks = [match for match in LABEL.finditer(kept) if _is_label(status_key(match["label"]))]
    ends = [*(match.start() for match in marks), len(text)][1:]
    for match, end in zip(marks, ends, strict=True):
        meaning = text[match.end() : end].strip(" ;,.|\n\t(")
        if meaning and not NUMBER_ONLY.fullmatch(meaning):
            yield match["label"], meaning


def _is_label(key: str) -> bool:
    return (
        bool(key)
        and key not in HEADS
        and (key in COLOURS or key in LETTERS or key in VOCABULARY or key in ASKED)
    )


def _put(found: dict[str, tuple[Meaning, ...]], label: str, words: str) -> None:
    key = status_key(label)
    key = "grey" if key == "gray" else key
    if not _is_label(key) or NUMBER_ONLY.fullmatch(words):
        return
    meaning = meaning_in_key(key, words)
    if (
        not meaning
        and key not in COLOURS
        and key not in LETTERS
        and not SAYS_SOMETHING.search(plain_text(words))
    ):
        return
    found.setdefault(key, meaning)
    if key in LETTERS:
        found.setdefault(LETTERS[key], meaning)


def _contradicts(key: str, usual: Sequence[Meaning], meaning: Meaning) -> bool:
    """Return whether a key says that a word which is no colour means the end of the work, against the word itself, or its
    opposite: that is asked.
    """
    if key in COLOURS or key in LETTERS:
        return False
    claims = [one.code for one in usual if one.fact == "claim"]
    done = str(Claim.DELIVERED)
    return meaning.fact == "claim" and bool(claims) and (meaning.code == done) is not (done in claims)


def meaning_in_key(key: str, words: str) -> tuple[Meaning, ...]:
    """Return what a key says that a word means; nothing where that can't be told."""
    plain = status_key(words)
    if plain in VOCABULARY and plain not in COLOURS:
        return VOCABULARY[plain]
    rest = plain_text(words)
    found: list[Meaning | None] = []
    for pattern, meaning in PHRASES:
        if meaning == Meaning("claim", str(Claim.DELIVERED)):
            rest = NEGATED.sub(" ", rest)
        if pattern.search(rest):
            found.append(meaning)
            rest = pattern.sub(" ", rest)
    if not found or None in found:
        return ()
    distinct = {meaning for meaning in found if meaning}
    usual = VOCABULARY.get(LETTERS.get(key, key), ())
    if len(distinct) == 1:
        return () if _contradicts(key, usual, *distinct) else tuple(distinct)
    if usual and usual[0] in distinct and {meaning.code for meaning in distinct} <= NEIGHBOURS:
        return usual
    return ()
