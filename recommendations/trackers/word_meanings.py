"""What one word or clause of a status cell means: by an answer, the file's own key, or the common vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from recommendations.lifecycle import Decision
from recommendations.trackers.owner_looks import STRONG, Look, look
from recommendations.trackers.questions import Question
from recommendations.trackers.spelling import edits
from recommendations.trackers.status_words import (
    ASKED,
    COLOUR_SIGNS,
    KNOWN_WORDS,
    LETTERS,
    NO,
    NOT_MISSPELT,
    SAYS_NOTHING,
    VOCABULARY,
    YES,
    Fact,
    Meaning,
)
from recommendations.trackers.word_questions import Meanings, answered, word_question

PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?) ?%")
FOR_OTHERS = re.compile(
    r"(?:this is |it is )?(?:for|referred to|refer to|to be referred to|a matter for|matter for|not for|the responsibility of|responsibility of|outside the remit of|not the responsibility of|not a matter for|(?:will be |to be )?(?:addressed|answered) by)"
    r" (?:the )?(?P<who>[a-z][a-z '&-]{2,60})"
)
"""What says that a recommendation is for somebody else."""
NO_OWNERS = re.compile(
    r"\b(?:information|noting|action|review|discussion|decision|consideration|members|officers|further|next|meeting|report|this|future)\b"
)
YES_MEANS_DONE = re.compile(
    r"\b(?:complete|completed|done|implemented|achieved|delivered|actioned|finished)\b"
)
IS_RATING = re.compile(r"\b(?:b?rag|(?:b )?r a g|rating|colour|traffic light)\b")
MANNERS = frozenset({"in part", "partly", "partially", "part", "partial", "in principle"})
ONLY_BY_HEADER = frozenset(
    YES
    | NO
    | MANNERS
    | {
        "approved",
        "approve",
        "adopted",
        "adopt",
        "supported",
        "support",
        "supports",
        "endorsed",
        "endorse",
        "agrees",
        "accepts",
        "part",
    }
)
"""Words of responses that mean something else in a column of progress."""
OTHER_IN_RESPONSES = frozenset(
    {
        "overdue",
        "red",
        "amber",
        "green",
        "blue",
        "behind",
        "not due",
        "not yet due",
        "stalled",
        "slipped",
        "no progress",
    }
)
"""Words of progress that may speak of the response itself, in a column of responses."""


def _by_key(key: str, meanings: Meanings) -> tuple[Meaning, ...] | None:
    if key in meanings.key:
        return meanings.key[key]
    name = COLOUR_SIGNS.get(key) or (LETTERS.get(key) if len(key) == 1 else None)
    return meanings.key.get(name) if name else None


def meaning_of_clause(
    key: str, fact: Fact, header: str, meanings: Meanings, words: str
) -> tuple[Meaning, ...] | Question | None:
    """Return what a whole clause means, or what must be asked; None where it is not known as a status."""
    if (said := answered(fact, words, meanings)) is not None:
        return said
    if (own := _by_key(key, meanings)) is not None:
        return own or word_question(
            fact, words, f"“{words}” stands in the file’s own key, which can’t be read: what is it?"
        )
    if key in SAYS_NOTHING[fact]:
        return (Meaning(fact),)
    if fact == "claim" and (special := _sign(key, header, words)):
        return special
    if fact == "response" and key in YES | NO and len(key) == 1:
        return (Meaning("response", str(Decision.ACCEPTED if key in YES else Decision.REJECTED)),)
    if fact == "response" and (match := FOR_OTHERS.fullmatch(key)) and _is_owner(match["who"]):
        return (Meaning("response", str(Decision.NOT_OURS)),)
    if percent := PERCENT.fullmatch(key):
        return (
            VOCABULARY["complete"]
            if percent[1] == "100"
            else word_question(fact, words, f"“{words}”: which status is it?")
        )
    if fact == "claim" and key in ONLY_BY_HEADER:
        return word_question(fact, words)
    if fact == "response" and key in OTHER_IN_RESPONSES:
        return word_question(fact, words, f"“{words}”: is it said of the response or of the progress?")
    if key in VOCABULARY:
        return VOCABULARY[key]
    if key in ASKED:
        return word_question(
            fact, words, f"“{words}” means different things in different trackers: which is it?"
        )
    return None


def _is_owner(words: str) -> bool:
    return look(words) in (*STRONG, Look.SERVICE) and not NO_OWNERS.search(words)


def _sign(key: str, header: str, words: str) -> tuple[Meaning, ...] | Question | None:
    """Return what a tick, a cross, a coloured dot or a letter says in a column of progress."""
    if key in YES and YES_MEANS_DONE.search(header):
        return VOCABULARY["complete"]
    if key in NO | YES:
        return word_question(
            "claim", words, f"“{words}” under “{header}”: which status is it?" if header else ""
        )
    if key in COLOUR_SIGNS:
        return meaning_of_colour(COLOUR_SIGNS[key], words)
    if key in LETTERS and IS_RATING.search(header):
        return meaning_of_colour(LETTERS[key], words)
    return None


def meaning_of_colour(name: str, words: str) -> tuple[Meaning, ...] | Question:
    """Return what a colour says of progress where the file has no key."""
    name = {"orange": "amber"}.get(name, name)
    return VOCABULARY.get(name) or word_question("claim", words, f"“{words}”: which status is it?")


def mended_clauses(key: str) -> list[str]:
    """Return what a clause may be where its misspelt words are mended; nothing where a word is neither known nor near."""
    choices: list[list[str]] = []
    for word in key.split():
        near = [word] if word in KNOWN_WORDS else _near(word)
        if not near:
            return []
        choices.append(near)
    return sorted(" ".join(words) for words in product(*choices))


@lru_cache(maxsize=1024)
def _near(word: str) -> list[str]:
    """Return the words of the vocabulary of which this is one misspelt by a letter, or two in a long one."""
    if len(word) < 6 or word in NOT_MISSPELT or not word.isalpha():
        return []
    most = 2 if len(word) >= 10 else 1
    near = [(edits(word, other, most), other) for other in KNOWN_WORDS if len(other) > 4]
    least = min(near)[0]
    # A word that begins otherwise may deny what it is like: "unaccepted".
    alike = [other for distance, other in near if distance == least and sorted(other[:2]) == sorted(word[:2])]
    return alike if least <= most and len(alike) == sum(distance == least for distance, _ in near) else []
