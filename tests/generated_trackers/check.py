"""Counts what is read otherwise than a clerk reads it, and whether somebody is asked."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from recommendations.lifecycle.periods import Period
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.questions import Answers
from recommendations.trackers.reading import Entry, Reading
from recommendations.trackers.tracker import read_tracker
from tests.generated_trackers.grid import Document, Expected
from tests.generated_trackers.writers import write

FIELDS = [
    "text",
    "number",
    "reference",
    "inquiry",
    "priority",
    "owners",
    "response",
    "reason",
    "claim",
    "outcome",
    "made_on",
    "answered_on",
    "outcome_on",
    "target",
    "earlier_targets",
    "asked_target",
    "updates",
    "exempt",
]


@dataclass
class Count:
    """What came of some documents."""

    documents: int = 0
    rows: int = 0
    values: int = 0
    wrong: int = 0
    """Values that are wrong while nobody is asked."""
    asked: int = 0
    """Values that are asked."""
    asked_rows: int = 0
    needless: int = 0
    """Values that are asked though a clerk asks nothing."""
    missing: int = 0
    extra: int = 0
    items: int = 0
    """Lines put to another recommendation than theirs."""
    by_field: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def __add__(self, other: Count) -> Count:
        return Count(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    def __str__(self) -> str:
        values = max(1, self.values)
        return (
            f"{self.documents} trackers, {self.rows} lines, {self.values} values: {self.wrong} wrong and not asked ({1000 * self.wrong / values:.2f} in 1,000),"
            f" {self.asked} asked ({100 * self.asked / values:.2f} in 100; {self.needless} of them needlessly), lines with a question {100 * self.asked_rows / max(1, self.rows):.1f} in 100,"
            f" {self.missing} lines missing, {self.extra} too many, {self.items} put to another recommendation"
        )


def plain(value: Any) -> str:
    return re.sub(r"[\s\u2018\u2019']+", " ", str(value or "")).strip(" .;:,").lower()


def span(period: Period) -> tuple[str | None, str | None, str]:
    return (
        period.start.isoformat() if period.start else None,
        period.end.isoformat() if period.end else None,
        str(period.precision),
    )


def read(document: Document, seed: int, answers: Answers | None = None) -> Reading:
    """Write a document and read it."""
    data = write(document, Random(seed))  # noqa: S311 - the same for the same seed
    return read_tracker(read_tracker_file(io.BytesIO(data), document.name), answers or Answers())


def found_value(entry: Entry, name: str) -> Any:
    value = getattr(entry, name)
    if name == "updates":
        return [(span(one.as_at), plain(one.text)) for one in value]
    if name == "earlier_targets":
        return [span(one) for one in value]
    if name == "owners":
        return sorted(map(plain, value))
    if isinstance(value, Period):
        return span(value)
    return plain(value) if isinstance(value, str) or value is None else value


def expected_value(expected: Expected, name: str) -> Any:
    value = expected.values[name]
    if name == "updates":
        return [(when, plain(text)) for when, text in value]
    if name == "owners":
        return sorted(map(plain, value))
    return plain(value) if isinstance(value, str) or value is None else value


def count(document: Document, reading: Reading) -> Count:
    """Return how the reading differs from what a clerk reads."""
    counted = Count(documents=1)
    name = document.name
    if span(reading.as_at) != document.as_at and not any(
        question.kind == "day" for question in reading.questions
    ):
        counted.wrong += 1
        counted.by_field["as_at"] += 1
        counted.examples.append(f"{name} as_at: {span(reading.as_at)} for {document.as_at}")
    counted.values += 1
    entries: dict[Any, Entry] = {}
    for one in reading.entries:
        place = (one.place.table, one.place.row)
        entries[(*place, one.part) if place in entries else place] = one
    groups: list[tuple[int, int]] = []
    for expected in document.expected:
        place = (expected.grid.place, expected.row)
        letter = (expected.values["number"] or expected.values["reference"] or "")[-1:]
        entry: Entry | None = entries.pop(place, None) or entries.pop((*place, letter), None)
        counted.rows += 1
        counted.values += len(FIELDS)
        if entry is None:
            counted.missing += 1
            counted.wrong += len(FIELDS)
            counted.examples.append(f"{name} {place}: missing: {expected.values['text'][:50]}")
            continue
        groups.append((expected.item, entry.item))
        _count_line(counted, name, place, expected, entry)
    counted.extra += len(entries)
    counted.wrong += len(entries)
    counted.examples += [f"{name} {place}: too many: {entry.text[:50]!r}" for place, entry in entries.items()]
    for at, (item, found) in enumerate(groups):
        if any((item == other) != (found == seen) for other, seen in groups[:at]):
            counted.items += 1
            counted.wrong += 1
            counted.examples.append(f"{name}: item {item} is {found}")
    return counted


def _count_line(counted: Count, name: str, place: tuple[Any, int], expected: Expected, entry: Entry) -> None:
    about = {problem.field for problem in entry.problems}
    if entry.problems:
        counted.asked_rows += 1
    for each in FIELDS:
        found, right = found_value(entry, each), expected_value(expected, each)
        asked = each in about
        if asked:
            counted.asked += 1
            if each not in expected.asked and "*" not in expected.asked:
                counted.needless += 1
                counted.by_field[f"needless {each}"] += 1
                sentence = next(problem.sentence for problem in entry.problems if problem.field == each)
                counted.examples.append(f"{name} {place} asked {each}: {sentence[:150]}")
        if found != right and not asked:
            counted.wrong += 1
            counted.by_field[each] += 1
            counted.examples.append(f"{name} {place} {each}: {found!r} for {right!r}")
    if (
        expected.asked
        and not entry.problems
        and any(found_value(entry, e) != expected_value(expected, e) for e in FIELDS)
    ):
        counted.examples.append(f"{name} {place}: asks nothing about {expected.asked}")


def answers_to(reading: Reading) -> Answers:
    """Return an answer to every question: the likelier, else the first that is offered."""
    return Answers(
        {
            question.key: question.likelier
            if question.likelier is not None
            else question.choices[0].value
            if question.choices
            else ""
            for question in reading.questions
        }
    )
