"""What a tracker was read as: every line with its values, the file's own words and their place, what is asked, and what was
left out and why. It can be written as JSON and read back, whole or line by line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from committee.formatting import plural
from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.lifecycle.statuses import Precision
from recommendations.trackers.questions import Answers, Choice, Place, Question


@dataclass(frozen=True)
class Problem:
    """Something on a line that a person must look at."""

    sentence: str
    field: str = ""
    """The field of `Entry` that is meant; "" for the line as a whole."""
    key: str = ""
    """The question whose answer settles it; "" where the line itself is to be mended."""


@dataclass(frozen=True)
class Source:
    """An untouched cell from which a value was read."""

    place: Place
    header: str
    words: str


@dataclass(frozen=True)
class Update:
    """One report of progress."""

    as_at: Period
    text: str
    claim: str | None = None
    claim_words: str | None = None


@dataclass(frozen=True)
class Entry:
    """What one line says of one recommendation to one set of owners. Codes are those of `lifecycle.statuses`, or None."""

    place: Place
    item: int
    """The same for all lines of one recommendation. It groups, and means nothing else."""
    text: str
    number: str | None = None
    part: str = ""
    """The letter of a lettered part that became a line of its own."""
    reference: str | None = None
    inquiry: str | None = None
    priority: str | None = None
    owners: tuple[str, ...] = ()
    response: str | None = None
    response_words: str | None = None
    response_text: str | None = None
    """What the body answered, beside its decision and no reason of it."""
    reason: str | None = None
    claim: str | None = None
    claim_words: str | None = None
    outcome: str | None = None
    outcome_words: str | None = None
    made_on: Period = NO_PERIOD
    answered_on: Period = NO_PERIOD
    outcome_on: Period = NO_PERIOD
    target: Period = NO_PERIOD
    earlier_targets: tuple[Period, ...] = ()
    asked_target: Period = NO_PERIOD
    updates: tuple[Update, ...] = ()
    steps: tuple[str, ...] = ()
    """Bullets of which somebody wants milestones made."""
    exempt: bool = False
    """Whether the file says that it is not for publication, and nobody has decided otherwise."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What stands in columns that map to nothing, by their header."""
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    """The untouched cells behind each field, by its name."""


@dataclass(frozen=True)
class Ignored:
    """Rows that were left out."""

    table: str | int | None
    row: int
    last_row: int
    """The same as `row`, or the last of a run of blank rows."""
    reason: str
    words: str = ""

    @property
    def count(self) -> int:
        return self.last_row - self.row + 1


@dataclass(frozen=True)
class Column:
    """What a column was taken for."""

    index: int
    header: str
    """As written; "" where there is none."""
    meaning: str
    """A field, two fields with "and" between them, "notes", "ignored" or "ignored (hidden)"."""
    confidence: float
    samples: tuple[str, ...] = ()
    """The first three different cells that are not blank."""
    key: str = ""
    """Under which another meaning can be answered."""


@dataclass(frozen=True)
class TableReading:
    """One table that was read."""

    table: str | int | None
    title: str | None
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    shape: str = ""
    """The same for tables with the same headers: answers about columns are remembered by it."""


@dataclass(frozen=True)
class Reading:
    """A file as it was understood."""

    file: str
    as_at: Period = NO_PERIOD
    tables: tuple[TableReading, ...] = ()
    entries: tuple[Entry, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    problems: tuple[str, ...] = ()
    """Sentences about the file as a whole."""
    questions: tuple[Question, ...] = ()

    @property
    def rows_left_out(self) -> int:
        return sum(ignored.count for ignored in self.ignored)

    @property
    def summary(self) -> str:
        """One sentence, such as "42 lines of 38 recommendations in 2 tables, 5 questions, 61 rows left out"."""
        items = len({entry.item for entry in self.entries})
        asked = plural(len(self.questions), "question") if self.questions else "no questions"
        return (
            f"{plural(len(self.entries), 'line')} of {plural(items, 'recommendation')} in"
            f" {plural(len(self.tables), 'table')}, {asked}, {plural(self.rows_left_out, 'row')} left out"
        )

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON holds it."""
        return _to_json(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """Return the reading that `to_json` wrote."""
        return cls(
            file=data["file"],
            as_at=period_from_json(data["as_at"]),
            tables=tuple(map(_table_from_json, data["tables"])),
            entries=tuple(map(entry_from_json, data["entries"])),
            ignored=tuple(Ignored(**ignored) for ignored in data["ignored"]),
            problems=tuple(data["problems"]),
            questions=tuple(map(question_from_json, data["questions"])),
        )


PERIODS = ("made_on", "answered_on", "outcome_on", "target", "asked_target")


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return a line as JSON holds it. Its notes are pairs: names in JSON are never words of the file."""
    return {**_to_json(entry), "notes": [list(pair) for pair in entry.notes.items()]}


def entry_from_json(data: Mapping[str, Any]) -> Entry:
    """Return the line that `entry_to_json` wrote."""
    known = {"steps": (), **{name.name: data[name.name] for name in fields(Entry) if name.name in data}}
    return Entry(
        **{
            **known,
            "place": Place(**data["place"]),
            "owners": tuple(data["owners"]),
            "steps": tuple(known["steps"]),
            "notes": dict(data["notes"]),
            "earlier_targets": tuple(map(period_from_json, data["earlier_targets"])),
            "updates": tuple(
                Update(**{**update, "as_at": period_from_json(update["as_at"])}) for update in data["updates"]
            ),
            "problems": tuple(Problem(**problem) for problem in data["problems"]),
            "sources": {
                name: tuple(Source(Place(**one["place"]), one["header"], one["words"]) for one in some)
                for name, some in data["sources"].items()
            },
            **{name: period_from_json(data[name]) for name in PERIODS},
        }
    )


def question_from_json(data: Mapping[str, Any]) -> Question:
    """Return the question that `Reading.to_json` wrote."""
    return Question(
        **{
            **data,
            "choices": tuple(Choice(**choice) for choice in data["choices"]),
            "places": tuple(Place(**place) for place in data["places"]),
        }
    )


def period_to_json(period: Period) -> dict[str, str | None]:
    """Return a period as JSON holds it: words, first and last day, precision."""
    return {
        "words": period.words or None,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "precision": str(period.precision),
    }


def period_from_json(data: Mapping[str, Any]) -> Period:
    """Return the period that `period_to_json` wrote."""
    start, end = (dt.date.fromisoformat(data[name]) if data[name] else None for name in ("start", "end"))
    return Period(data["words"] or "", start, end, Precision(data["precision"]))


def period_from_answer(said: Any, words: str) -> Period:
    """Return the period that a person answered: as JSON holds it, or one day as ISO 8601 writes it; none for nothing."""
    if isinstance(said, Mapping):
        return replace(period_from_json(said), words=words or said["words"] or "")
    if isinstance(said, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return Period.of_day(dt.date.fromisoformat(said), words)
    return Period(words)


def _table_from_json(data: Mapping[str, Any]) -> TableReading:
    columns = (Column(**{**column, "samples": tuple(column["samples"])}) for column in data["columns"])
    return TableReading(**{**data, "header_rows": tuple(data["header_rows"]), "columns": tuple(columns)})


def _to_json(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool, float):  # most of them
        return value
    if isinstance(value, Period):
        return period_to_json(value)
    if isinstance(value, Answers):
        return value.to_json()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _to_json(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(name): _to_json(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_to_json(one) for one in value]
    return str(value) if isinstance(value, str) else value
