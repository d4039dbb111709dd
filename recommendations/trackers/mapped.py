"""One column of a table and what it was taken for."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommendations.trackers.column_fields import Field
from recommendations.trackers.header_words import tidy
from recommendations.trackers.headers import GENERIC
from recommendations.trackers.profiles import Profile
from recommendations.trackers.questions import Question, question_key
from recommendations.trackers.reading import Column


@dataclass
class Mapped:
    """One column and what it was taken for."""

    index: int
    label: str
    group: str
    fields: tuple[Field, ...]
    confidence: float
    others: tuple[Field, ...] = ()
    """What else it may be."""
    day: str = ""
    """Words of a day or month in the header: "Status at 31 March 2024"."""
    hidden: bool = False
    is_earlier: bool = False
    """Whether its header says that it speaks of a day before the file's, and not which: "Previous update"."""
    is_to_come: bool = False
    """Whether a day in it is after the file's own: then it tells of no past."""
    is_unsure: bool = False
    """Whether a person is asked even where the values fit."""
    is_ticked: bool = False
    """Whether its header is the status, and a tick in it chooses that: "Accepted", "Rejected"."""
    samples: tuple[str, ...] = ()
    question: Question | None = None
    found: Profile | None = field(default=None, repr=False)

    @property
    def field(self) -> Field:
        return self.fields[0]

    @property
    def name(self) -> str:
        """The header as people know it: with the words above where its own say little."""
        label = self.label.replace("\n", " ").strip()
        if self.group and tidy(label) in GENERIC:
            return f"{self.group} / {label}"
        return label or self.group or f"Column {column_letter(self.index)}"

    @property
    def meaning(self) -> str:
        if self.hidden:
            return "ignored (hidden)"
        return " and ".join(self.fields)

    @property
    def is_wordy(self) -> bool:
        """Return whether a column of statuses holds sentences rather than words of a list."""
        if self.found is None:
            return False
        known = self.found.responses if self.field is Field.RESPONSE else self.found.claims
        return self.found.average > 24 and known < 0.7

    def is_a(self, wanted: Field) -> bool:
        return not self.hidden and wanted in self.fields

    def told(self) -> Column:
        """Return the column as the reading tells it."""
        return Column(
            self.index,
            self.label,
            self.meaning,
            round(self.confidence, 2),
            () if self.hidden else self.samples,
            column_key(self.name),
        )


def column_letter(index: int) -> str:
    """Return the letters by which a workbook calls the column with that index from 0: A, B, ..., Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_key(name: str) -> str:
    """Return the key of the question what a column with that header holds."""
    return question_key("column", "meaning", name)


def hidden_key(name: str) -> str:
    """Return the key of the question whether a hidden column is taken."""
    return question_key("column", "hidden", name)
