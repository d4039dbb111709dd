"""What a line of a tracker becomes: plain values, with every question about it answered.

Bodies, posts, inquiries and meetings are named by their numbers; those that the import makes itself by "new:" and a key.
Codes are those of `statuses`, "" where the tracker states nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from typing import Any, ClassVar, Self

from recommendations.lifecycle.period_ends import period_from_json, period_to_json
from recommendations.lifecycle.periods import NO_PERIOD, Period

NEW = "new:"
"""What the name of a body, a post or an inquiry begins with that the import makes."""


class _Plain:
    """A value that can be written as JSON and read back. Each is a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {name: _to_json(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the value that `to_json` wrote."""
        known = cls.__dataclass_fields__
        return cls(
            **{
                name: value if value is None or value.__class__ in _AS_IT_IS else _from_json(name, value)
                for name, value in data.items()
                if name in known
            }
        )


@dataclass(frozen=True)
class ImportedOwner(_Plain):
    """Whom a line is addressed to: a body, and the post in it that answers. `words` are the file's."""

    body: int | str
    post: int | str | None = None
    words: str = ""


@dataclass(frozen=True)
class ImportedUpdate(_Plain):
    """One report of progress. Without a claim it claims nothing; without a day it is of the tracker's day."""

    text: str
    as_at: Period = NO_PERIOD
    claim: str = ""


@dataclass(frozen=True)
class ImportedOutcome(_Plain):
    """What the committee decided, at a meeting that is known or found by its day."""

    outcome: str
    held_on: Period = NO_PERIOD
    meeting: int | None = None
    grade: str = ""
    comment: str = ""


@dataclass(frozen=True)
class ImportedStep(_Plain):
    """A step of a plan."""

    words: str
    due_on: Period = NO_PERIOD


@dataclass(frozen=True)
class ImportedExempt(_Plain):
    """What of a line is not for publication, once that is decided: see `ExemptPart`."""

    text: str
    paragraphs: tuple[int, ...]
    public_summary: str


@dataclass(frozen=True)
class ImportedLine(_Plain):
    """What one line says of one recommendation to its owners."""

    item: int
    """The same for all lines of one recommendation."""
    text: str
    inquiry: int | str
    heading: str = ""
    """"" where the file has none: then it is made from the first words."""
    number: str = ""
    reference: str = ""
    rewords: bool = False
    """Whether the words on the record change to these, of a recommendation that is known by its reference."""
    renumbers: bool = False
    """Whether its number on the record changes to this one."""
    priority: str = ""
    made_on: Period = NO_PERIOD
    owners: tuple[ImportedOwner, ...] = ()
    response: str = ""
    response_text: str = ""
    reason: str = ""
    answered_on: Period = NO_PERIOD
    earlier_targets: tuple[Period, ...] = ()
    """The earliest first."""
    target: Period = NO_PERIOD
    asked_target: Period = NO_PERIOD
    """A date that was asked for and is not agreed."""
    updates: tuple[ImportedUpdate, ...] = ()
    outcome: ImportedOutcome | None = None
    steps: tuple[ImportedStep, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    """By the words of the column's header. JSON has them as pairs: a name in it is never somebody's words, which could not be
    withheld there.
    """
    exempt: ImportedExempt | None = None
    """It goes with the latest update, or with the response where there is no update."""


@dataclass(frozen=True)
class NewBody(_Plain):
    """A body that an import makes, because nobody has it yet."""

    key: str
    name: str
    kind: str
    parent: int | None = None


@dataclass(frozen=True)
class NewPost(_Plain):
    """A post that an import makes in a body that is on the record."""

    key: str
    title: str
    body: int


@dataclass(frozen=True)
class NewInquiry(_Plain):
    """An inquiry that an import makes. Without a day of publication it is not public, and neither is what it holds."""

    key: str
    title: str
    reference: str = ""
    published_on: Period = NO_PERIOD


def heading_from(text: str, length: int = 70) -> str:
    """Return a heading made from the first words of a text: whole words, of at most about `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line.rfind(" ", 0, length + 1)
    return f"{line[: cut if cut > length // 2 else length].rstrip(' ,;:-–')} …"


_MEMBERS: dict[str, Any] = {
    "owners": ImportedOwner,
    "updates": ImportedUpdate,
    "steps": ImportedStep,
    "outcome": ImportedOutcome,
    "exempt": ImportedExempt,
}


_OF_PERIODS = {"words", "start", "end", "precision"}


def _to_json(value: Any) -> Any:
    if isinstance(value, Period):
        return period_to_json(value)
    if isinstance(value, _Plain):
        return value.to_json()
    if isinstance(value, tuple | list):
        return [_to_json(one) for one in value]
    return [list(pair) for pair in value.items()] if isinstance(value, Mapping) else value


_AS_IT_IS = (str, int, bool)


def _from_json(name: str, value: Any) -> Any:
    """Return a value that JSON holds. A line has twenty of them, and a page thirty lines: the commonest come first."""
    if value is None or isinstance(value, str | int):
        return value
    if name == "notes":
        return dict(value)
    if isinstance(value, list):
        return tuple([_from_json(name, one) for one in value])
    if not isinstance(value, dict):
        return value
    if "precision" in value and value.keys() >= _OF_PERIODS:
        return period_from_json(value)
    return _MEMBERS[name].from_json(value) if name in _MEMBERS else value
