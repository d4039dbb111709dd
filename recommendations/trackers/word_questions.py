"""What a status word means where the common vocabulary is not asked first: an answer, the file's own key, or a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recommendations.lifecycle import CLOSING, Claim, Decision
from recommendations.trackers.questions import Answers, Choice, Question, question_key
from recommendations.trackers.status_words import Fact, Meaning, meaning_of, status_key

CODES: dict[Fact, Iterable[Any]] = {"response": Decision, "claim": Claim, "outcome": CLOSING}


MAY_CLOSE = frozenset(
    {"closed", "close", "closure", "discharged", "superseded", "relevant", "applicable", "cancelled", "withdrawn", "removed", "remove", "deleted", "delete", "archived", "ended", "dropped", "abandoned", "satisfied", "off", "merged"}
)  # fmt: skip
"""Words of a status by which the committee may have closed a recommendation: that is offered, and never assumed."""


@dataclass(frozen=True)
class Meanings:
    """What words mean in this file, beside the common vocabulary."""

    answers: Answers = field(default_factory=Answers)
    key: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    """The file's own key: by `status_key` of a word or the name of a colour. Empty meanings are to be asked."""


NO_MEANINGS = Meanings()


def word_key(fact: Fact, words: str) -> str:
    """Return the key of the question what a word means in a column of `fact`. Its answer is a `Meaning.value`, or "none"."""
    return question_key("word", fact, words)


def word_question(fact: Fact, words: str, sentence: str = "", likelier: Meaning | None = None) -> Question:
    """Return the question what a word means."""
    choices = [Choice(Meaning(fact, str(one)).value, str(one.label)) for one in CODES[fact]]
    if fact == "claim":
        choices += [Choice(Meaning("response", str(one)).value, f"Response: {one.label}") for one in Decision]
        if MAY_CLOSE & set(status_key(words).split()):
            choices += [
                Choice(
                    Meaning("outcome", str(one)).value,
                    f"The committee closed it: {str(one.label).removeprefix('Closed: ')}",
                )
                for one in CLOSING
            ]
    return Question(
        word_key(fact, words),
        "word",
        words,
        sentence or f"“{words}” is no status that is known: which is it?",
        (*choices, Choice("none", "It says nothing of this")),
        likelier.value if likelier else None,
    )


def answered(fact: Fact, words: str, meanings: Meanings) -> tuple[Meaning, ...] | None:
    """Return what was answered for these words; None where nothing was."""
    if not meanings.answers.given:
        return None
    said = meanings.answers.get(word_key(fact, words))
    if said is None:
        return None
    found = meaning_of(said) if isinstance(said, str) else None
    return (found or Meaning(fact),)
