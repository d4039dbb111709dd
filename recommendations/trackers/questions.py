"""What a person is asked about a tracker, once for each word, and what was answered, which the next file is read by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from committee.text import comparable

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Where something stands in the file."""

    table: str | int | None = None
    """The name of the sheet, or which table it is; None outside tables."""
    row: int | None = None
    column: int | None = None
    """From 0; None for the row as a whole."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be given."""

    value: Any
    """What `Answers` keeps; anything that JSON can hold."""
    label: str


@dataclass(frozen=True)
class Question:
    """One question for all places where it arises."""

    key: str
    """The same for the same question in every file of a committee: `kind`, what it is about, and the words."""
    kind: str
    """"word", "owner", "period", "column", "day" and so on: questions of a kind stand together."""
    words: str
    """The file's own words."""
    sentence: str
    choices: tuple[Choice, ...] = ()
    """Empty where the answer is typed: a day, a name."""
    likelier: Any = None
    """The value that is taken for the time being; None where none is."""
    places: tuple[Place, ...] = ()

    def at(self, place: Place) -> Question:
        """Return the question as it arises at `place`."""
        return replace(self, places=(*self.places, place))


@lru_cache(maxsize=32_768)
def plain(words: str) -> str:
    """Return words as they are compared: lower case, straight quotes and dashes, single blanks, no full stop at the end."""
    return comparable(words).strip(" .;:,")


def question_key(kind: str, about: str, words: str) -> str:
    """Return the key under which an answer is remembered."""
    return f"{kind}:{about}:{plain(words)}"


@dataclass(frozen=True)
class Read(Generic[T]):
    """A cell, or a part of one, as it was read: a value that is right, or a question; the file's words beside both."""

    value: T | None = None
    """Right where nothing is asked. Else the likelier reading, or None."""
    words: str = ""
    """As they stand in the file."""
    question: Question | None = None
    notices: tuple[str, ...] = ()
    """Sentences that tell how it was read, and ask nothing."""

    @property
    def is_sure(self) -> bool:
        return self.question is None

    def asking(self, question: Question | None) -> Read[T]:
        """Return the same reading with a question, unless it has one already."""
        return self if self.question else replace(self, question=question)


@dataclass(frozen=True)
class Answers:
    """What was answered, by the key of the question. Every value can be written as JSON."""

    given: Mapping[str, Any] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.given

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was answered to the question with that key; `default` where nothing was."""
        return self.given.get(key, default)

    def with_answer(self, key: str, value: Any) -> Answers:
        """Return the answers with one more, or another for the same question."""
        return Answers({**self.given, key: value})

    def over(self, earlier: Answers) -> Answers:
        """Return these answers, and those of an earlier file where these say nothing."""
        return Answers({**earlier.given, **self.given})

    def to_json(self) -> dict[str, Any]:
        """Return the answers as JSON holds them."""
        return dict(self.given)

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Answers:
        """Return the answers that `to_json` wrote."""
        return cls(dict(data or {}))


class Asked:
    """Gathers questions while a file is read, so that each is asked once however many places it arises at."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._questions: dict[str, Question] = {}
        self._places: dict[str, list[Place]] = {}

    def ask(self, question: Question, places: Iterable[Place] = ()) -> bool:
        """Take the question, unless it is answered already; return whether it is open."""
        if question.key in self.answers:
            return False
        self._questions.setdefault(question.key, question)
        self._places.setdefault(question.key, []).extend((*question.places, *places))
        return True

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open questions, in the order in which they arose, each with all its places."""
        return tuple(
            replace(question, places=tuple(dict.fromkeys(self._places[key])))
            for key, question in self._questions.items()
        )
