"""What becomes of a cell: a value that is right, or a question. The file's own words stand beside both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from committee.text import comparable

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Something that a person must decide. It is asked once for each `key`, however many cells bring it up."""

    kind: str
    """What sort of thing is asked, such as "claim", "period" or "owners". Answers are remembered by it."""
    words: str
    """The file's words that are asked about, such as "pending"; the same for all cells that one answer settles."""
    sentence: str
    """One sentence in plain English for the clerk."""
    likelier: Any = None
    """The reading offered first, if there is one."""
    choices: tuple[Any, ...] = ()
    """The readings to choose from, where they are few."""

    @property
    def key(self) -> tuple[str, str]:
        """What an answer is found by."""
        return self.kind, comparable(self.words)


@dataclass(frozen=True)
class Read(Generic[T]):
    """A cell, or a part of one, as it was read."""

    value: T | None = None
    """Right where nothing is asked. Else the likelier reading, or None."""
    words: str = ""
    """As they stand in the file."""
    question: Question | None = None
    notices: tuple[str, ...] = field(default=())
    """Sentences that tell a person how it was read, and ask nothing."""

    @property
    def is_sure(self) -> bool:
        return self.question is None

    def asking(self, question: Question) -> Read[T]:
        """Return the same reading with a question, unless it has one."""
        return self if self.question else replace(self, question=question)


Answers = Mapping[tuple[str, str], Any]
"""What people answered, by `Question.key`."""

NO_ANSWERS: Answers = {}
