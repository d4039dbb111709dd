"""The kinds of questions that a tracker raises, in the order in which they are answered, and how each is put to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from committee.text import whole_number
from recommendations.models import ImportBatch
from recommendations.queries.import_lines import undecided_exempt


@dataclass(frozen=True)
class Kind:
    """A kind of questions."""

    name: str
    heading: str
    hint: str = ""
    must: bool = False
    """Whether the lines concerned can't be applied before it is answered."""

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "-")


KINDS = (
    Kind(
        "day",
        "The tracker’s own day",
        "Progress without a day of its own is of this day. It is written as a day, or as a month such as March 2024.",
        must=True,
    ),
    Kind(
        "exempt",
        "Not for publication?",
        "Words in the file say that these lines are not for publication. They are not applied before that is decided. To keep"
        " words apart as exempt, open the line.",
        must=True,
    ),
    Kind("sheet", "Hidden sheets", "A hidden sheet is not taken unless you say so."),
    Kind("hidden column", "Hidden columns", "A hidden column is not taken unless you say so."),
    Kind("column", "What columns hold", "Their headers and cells leave it open."),
    Kind(
        "inquiry",
        "Inquiries",
        "Each recommendation belongs to an inquiry of the committee. A new one is made when the tracker is applied, and goes"
        " with it when the import is taken back.",
        must=True,
    ),
    Kind(
        "owner",
        "Who is named in a cell",
        "One name on each line. Names that are not on the record are asked about afterwards.",
    ),
    Kind(
        "body",
        "To whom it is addressed",
        "A new body is made when the tracker is applied, and goes with it when the import is taken back. The file’s own words"
        " stay beside it.",
        must=True,
    ),
    Kind(
        "another owner",
        "Another owner than on the record",
        "The lines are not applied before it is said. That one body took over from another is never assumed: record it on the"
        " recommendation itself. What stands in the file is kept beside the line.",
        must=True,
    ),
    Kind(
        "meeting",
        "Meetings at which the committee decided",
        "Only the committee closes a recommendation, at a meeting.",
        must=True,
    ),
    Kind(
        "response",
        "Responses without a decision",
        "What a body answers without saying whether it accepts is no response on the record, unless you say what it is. The answer"
        " holds for later files with the same columns.",
    ),
    Kind("word", "What words mean", "The answer holds for these words in later files of the committee too."),
    Kind(
        "period",
        "Dates and periods",
        "Written as a day (31 March 2024), a month (March 2024), a quarter (Q2 2023/24), a season or a year.",
    ),
    Kind(
        "row type",
        "Other things than recommendations",
        "Lists mix recommendations with actions and requests for information. The answer holds for later files of the committee"
        " too.",
    ),
    Kind("struck", "Rows that are struck through"),
    Kind("struck cell", "Cells that are struck through"),
    Kind("closed", "How it was closed", "Only the committee closes a recommendation."),
    Kind("hidden", "Hidden rows"),
    Kind(
        "bullets",
        "Bullets in cells",
        "Milestones are the steps of a body’s plan, which are ticked when they are done. The answer holds for later files with"
        " the same columns.",
    ),
    Kind("parts", "Lettered parts"),
    Kind("as above", "“As above” and blanks"),
    Kind("number", "Numbers that are used twice", must=True),
    Kind(
        "same",
        "The same again, in the file",
        "Two lines that may be one recommendation. Of two wordings under one reference that differ a little, the lines are not"
        " applied before that is decided; the words that are not taken are kept as a note.",
    ),
    Kind(
        "alike",
        "Alike to something on the record",
        "Two that are merely alike stay two, unless you say otherwise.",
    ),
    Kind("reworded", "Reworded since", "The record keeps its words, unless you change them."),
    Kind("renumbered", "Renumbered since", "The record keeps its number, unless you change it."),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}


def kind_of(name: str) -> Kind:
    """Return the kind with that name."""
    return BY_SLUG.get(name.replace(" ", "-")) or Kind(name, name.capitalize())


@dataclass(frozen=True)
class Asked:
    """How many questions of a kind there are, and how many of them are open."""

    kind: Kind
    total: int
    open: int

    @property
    def answered(self) -> int:
        return self.total - self.open


def asked_of(batch: ImportBatch) -> list[Asked]:
    """Return the kinds of questions that the file raises, in the order in which they are answered."""
    still_open = open_keys(batch)
    questions = questions_of(batch)
    total = Counter(question["kind"] for question in questions)
    left = Counter(question["kind"] for question in questions if question["key"] in still_open)
    known = [kind for kind in KINDS if total[kind.name]]
    others = [kind_of(name) for name in total if name.replace(" ", "-") not in BY_SLUG]
    return [Asked(kind, total[kind.name], left[kind.name]) for kind in (*known, *others)]


def questions_of(batch: ImportBatch, kind: str = "") -> list[dict[str, Any]]:
    """Return the questions about the file, as they are kept: all, or those of a kind. Open ones come first."""
    questions: Iterable[dict[str, Any]] = batch.reading.get("questions", ())
    return [question for question in questions if not kind or question["kind"] == kind]


def open_keys(batch: ImportBatch) -> frozenset[str]:
    """Return the keys of the questions that nobody answered. Whether something is exempt is decided of lines, not of words."""
    asked = {key for key in batch.reading.get("open", ()) if not key.startswith("exempt:")}
    return frozenset(asked | undecided_exempt(batch))


def where(table: Any, row: int | None, last_row: int | None = None) -> str:
    """Return a place in the file in words, such as "table 1, row 7" or "table 1, rows 7 to 9"."""
    name = f"table {table}" if whole_number(table) is not None else str(table or "")
    rows = f"rows {row} to {last_row}" if last_row and last_row != row else f"row {row}" if row else ""
    return ", ".join(part for part in (name, rows) if part)
