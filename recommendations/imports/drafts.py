"""The lines of a tracker on their way to the record: what is asked of each, and what a person decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from recommendations.lifecycle.imported import ImportedLine
from recommendations.queries.import_seen import Seen
from recommendations.queries.imports import Known
from recommendations.trackers.reading import Entry

NO_INQUIRY = 0
"""Stands for the inquiry of a line as long as it is asked."""
EXEMPT = "exempt:"
"""What the keys of words that say "not for publication" begin with."""


@dataclass
class RowProblem:
    """Something that a person must look at, or decide before the line can be applied (`must`)."""

    sentence: str
    field: str = ""
    key: str = ""
    must: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"sentence": self.sentence, "field": self.field, "key": self.key, "must": self.must}


@dataclass
class Decisions:
    """What a person decided of one line before: kept when the file is read anew."""

    mended: dict[str, Any] = field(default_factory=dict)
    """Values of `ImportedLine` as JSON, by their names."""
    left_out: bool = False
    is_recommendation: int | None = None
    """The recommendation that it is, where a person said so."""
    exempt: str = ""


@dataclass
class DraftLine:
    """A line of the tracker on its way to the record."""

    entry: Entry
    decisions: Decisions = field(default_factory=Decisions)
    line: ImportedLine = field(default_factory=lambda: ImportedLine(0, "", NO_INQUIRY))
    problems: list[RowProblem] = field(default_factory=list)
    known: Known | None = None
    seen: Seen | None = None
    """What of the record it was checked against."""

    @property
    def is_stopped(self) -> bool:
        """Whether words in it say "not for publication", and nobody decided of them: then nothing else is asked of it."""
        return not self.decisions.exempt and any(one.key.startswith(EXEMPT) for one in self.entry.problems)

    def say(self, sentence: str, about: str = "", key: str = "", *, must: bool = False) -> None:
        if self.is_stopped and not key.startswith(EXEMPT):
            return
        if not key or all(problem.key != key for problem in self.problems):
            self.problems.append(RowProblem(sentence, about, key, must))

    @property
    def is_ready(self) -> bool:
        """Whether it can be applied as it is."""
        return not any(problem.must for problem in self.problems)


def by_item(drafts: Iterable[DraftLine]) -> dict[int, list[DraftLine]]:
    """Return the lines of each recommendation, by their items."""
    found: dict[int, list[DraftLine]] = defaultdict(list)
    for draft in drafts:
        found[draft.line.item].append(draft)
    return found
