"""Reads a tracker: from untouched tables, and what was answered about them, to lines with their values and questions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from recommendations.trackers.cells import Cell, TrackerFile
from recommendations.trackers.column_fields import Field
from recommendations.trackers.columns import map_columns
from recommendations.trackers.drafts import Draft
from recommendations.trackers.fields import FieldReader
from recommendations.trackers.file_day import file_day
from recommendations.trackers.headers import RECOMMENDED
from recommendations.trackers.keys import read_key, read_key_rows
from recommendations.trackers.layout import lay_out, wording_below
from recommendations.trackers.lines import SectionReader
from recommendations.trackers.mapped import Mapped, hidden_key
from recommendations.trackers.owners import KnownOwners, Look, look, read_owners
from recommendations.trackers.questions import Answers, Asked, Choice, Place, Question, question_key
from recommendations.trackers.reading import Entry, Ignored, Reading, TableReading
from recommendations.trackers.references import reference_key
from recommendations.trackers.sections import Layout, Section
from recommendations.trackers.signed_off import ask_about_sayings
from recommendations.trackers.wordings import same_items

NO_ANSWERS = Answers()


class _LaidOut:
    """The tables of a file with what their columns hold, before their lines are read."""

    def __init__(self, file: TrackerFile, answers: Answers) -> None:
        self.answers = answers
        self.asked = Asked(answers)
        self.layout = lay_out(file, hidden_sheets=_hidden_sheets(file, self.asked))
        self.as_at, question = file_day(file, self.layout, answers)
        if question:
            self.asked.ask(question)
        columns = _map(self.layout.sections, answers, self.as_at.end)
        self.mapped = _with_wording(file, self.layout, columns)
        _ask_about_columns(self.layout.sections, self.mapped, self.asked)

    @property
    def shapes(self) -> list[str]:
        """The shape of each table with lines, as `TableReading` has it."""
        return [section.header.shape for section in self.layout.sections if section.lines]


def read_tracker(
    file: TrackerFile,
    answers: Answers = NO_ANSWERS,
    *,
    remembered: Callable[[list[str]], Answers] | None = None,
) -> Reading:
    """Return the file as it is understood with what was answered so far. The same file and answers give the same reading.

    `remembered` returns the answers for files whose tables have these shapes. It is asked before the lines are read, which
    takes most of the time; so they are read once.
    """
    laid_out = _LaidOut(file, answers)
    if remembered is not None and (known := remembered(laid_out.shapes)) != answers:
        laid_out = _LaidOut(file, known)
    return _read_lines(file, laid_out)


def _read_lines(file: TrackerFile, laid_out: _LaidOut) -> Reading:
    asked, layout, as_at, mapped = laid_out.asked, laid_out.layout, laid_out.as_at, laid_out.mapped
    key = {**read_key(layout.keys), **read_key_rows(layout.key_rows)}
    fields = FieldReader(laid_out.answers, asked, as_at, key)
    fields.known_owners = _owners_alone(layout.sections, mapped)
    drafts: list[Draft] = []
    for section, columns in zip(layout.sections, mapped, strict=True):
        lines = SectionReader(section, columns, fields, drafts)
        lines.read()
        layout.ignored += lines.introductions
    layout.ignored += [
        Ignored(draft.place.table, draft.place.row or 0, draft.place.row or 0, draft["left_out"])
        for draft in drafts
        if draft["left_out"]
    ]
    _wording_from_paragraphs(file, layout.sections, drafts)
    _join_by_reference(drafts)
    ask_about_sayings(file, layout, drafts, asked)
    entries = _entries(drafts, asked)
    sections = [
        (section, columns) for section, columns in zip(layout.sections, mapped, strict=True) if section.lines
    ]
    return Reading(
        file.name,
        as_at,
        tuple(_told(section, columns) for section, columns in sections),
        entries,
        tuple(sorted(layout.ignored, key=_order(file))),
        (*(notice.sentence for notice in file.notices), *_sentences(asked)),
        asked.questions,
    )


def _order(file: TrackerFile) -> Callable[[Ignored], tuple[int, int]]:
    """Return the key that sorts rows as the file has them."""
    at: dict[str | int | None, int] = {table.name: index for index, table in enumerate(file.tables)}
    return lambda ignored: (at.get(ignored.table, -1), ignored.row)


OF_LINES = frozenset(
    {"word", "owner", "period", "as above", "parts", "struck", "hidden", "late", "closed", "same", "exempt"}
)
"""Kinds of questions that stand beside the lines that they concern."""


def _sentences(asked: Asked) -> list[str]:
    """Return the questions that are about the file or a column, not about lines."""
    return [question.sentence for question in asked.questions if question.kind in ("day", "column", "sheet")]


def _hidden_sheets(file: TrackerFile, asked: Asked) -> frozenset[str]:
    """Ask about hidden sheets; return those that a person says to take."""
    taken = set()
    for table in file.tables:
        if not table.hidden:
            continue
        key = question_key("sheet", "hidden", str(table.name))
        choices = (Choice(True, "Take it in"), Choice(False, "Leave it out"))
        question = Question(
            key,
            "sheet",
            str(table.name),
            f"The sheet \u201c{table.name}\u201d is hidden: it was not taken in",
            choices,
            False,
            (Place(table.name),),
        )
        if not asked.ask(question) and asked.answers.get(key) is True:
            taken.add(str(table.name))
    return frozenset(taken)


# ------------------------------------------------------------------ columns


def _map(sections: Sequence[Section], answers: Answers, near: dt.date | None) -> list[list[Mapped]]:
    """Return the columns of each section; sections with the same headers are mapped together."""
    by_shape: dict[str, list[Section]] = {}
    for section in sections:
        by_shape.setdefault(_shape(section), []).append(section)
    mapped: dict[str, list[Mapped]] = {}
    for shape, some in by_shape.items():
        width = len(some[0].header.labels)
        cells: list[list[Cell]] = [
            [cell for section in some for cell in section.column(index)] for index in range(width)
        ]
        hidden = frozenset[int]().union(*(section.table.hidden_columns for section in some))
        mapped[shape] = map_columns(some[0].header, cells, answers, hidden=hidden, near=near)
    return [mapped[_shape(section)] for section in sections]


def _with_wording(file: TrackerFile, layout: Layout, mapped: Sequence[list[Mapped]]) -> list[list[Mapped]]:
    """Leave out the tables in which nothing is recommended: a column of wording, or numbers whose wording stands in the
    paragraphs or in another table, make a tracker. Return the columns of those that stay.
    """
    pairs = list(zip(layout.sections, mapped, strict=True))
    known = {reference_key(number) for number, _ in wording_below(file.paragraphs)}
    for section, columns in pairs:
        if any(column.is_a(Field.TEXT) for column in columns):
            known |= _names(section, columns)
    kept = []
    for section, columns in pairs:
        names = _names(section, columns[:1])
        if any(column.is_a(Field.TEXT) or RECOMMENDED.search(column.name) for column in columns) or len(
            names & known
        ) > 0.5 * len(names):
            kept.append((section, columns))
            continue
        numbers = [line.row.number for line in section.lines]
        if numbers:
            layout.ignored.append(
                Ignored(section.table.name, min(numbers), max(numbers), "not a table of recommendations")
            )
    layout.sections[:] = [section for section, _ in kept]
    return [columns for _, columns in kept]


def _names(section: Section, columns: Sequence[Mapped]) -> set[str]:
    """Return the numbers and references of a table's lines, as they are compared."""
    return {
        reference_key(cell.text)
        for column in columns
        if column.is_a(Field.NUMBER) or column.is_a(Field.REFERENCE)
        for cell in section.column(column.index)
        if cell.text
    }


def _ask_about_columns(sections: Sequence[Section], mapped: Sequence[Sequence[Mapped]], asked: Asked) -> None:
    """Ask what columns hold, and whether hidden ones are taken: once for all sections with the same headers."""
    by_shape: dict[str, list[Section]] = {}
    columns: dict[str, Sequence[Mapped]] = {}
    for section, some in zip(sections, mapped, strict=True):
        by_shape.setdefault(_shape(section), []).append(section)
        columns[_shape(section)] = some
    for shape, alike in by_shape.items():
        _ask_about(columns[shape], alike, asked)


def _shape(section: Section) -> str:
    return f"{section.header.shape}|{len(section.header.labels)}|{section.is_guessed and section.table.name}"


def _ask_about(columns: Iterable[Mapped], sections: Sequence[Section], asked: Asked) -> None:
    tables = [section.table.name for section in sections]
    for column in columns:
        if column.question:
            places = [Place(table, None, column.index) for table in tables]
            if not asked.ask(replace(column.question, places=()), places):
                column.question = None
        if column.hidden:
            choices = (Choice(True, "Take it in"), Choice(False, "Leave it out"))
            sentence = f"The column \u201c{column.name}\u201d is hidden: it was not taken in"
            asked.ask(
                Question(hidden_key(column.name), "hidden column", column.name, sentence, choices, False)
            )


def _told(section: Section, columns: Sequence[Mapped]) -> TableReading:
    return TableReading(
        section.table.name,
        section.title,
        section.header.rows,
        tuple(column.told() for column in columns),
        section.header.shape,
    )


def _owners_alone(sections: Sequence[Section], mapped: Sequence[Sequence[Mapped]]) -> KnownOwners:
    """Return the owners that stand alone in a cell somewhere in the file: they are known where they stand beside others."""
    texts = {
        cell.text
        for section, columns in zip(sections, mapped, strict=True)
        for column in columns
        if column.is_a(Field.OWNERS)
        for cell in section.column(column.index)
        if cell.text
    }
    alone = set()
    for text in texts:
        read = read_owners(text).read
        if not read.is_sure or not read.value or len(read.value) != 1 or re.search(r"[;/\n&,]", text):
            continue
        if look(read.value[0]) in (Look.NOTHING, Look.SERVICE) or re.search(r"\band\b|&", text):
            alone.add(read.value[0])
    return KnownOwners.of(alone)


# ------------------------------------------------------------------ lines of one recommendation


def _wording_from_paragraphs(file: TrackerFile, sections: Sequence[Section], drafts: Sequence[Draft]) -> None:
    """Take the wording of a table's numbers from the paragraphs where it stands."""
    without = [draft for draft in drafts if not draft["text"] and (draft["number"] or draft["reference"])]
    if not without:
        return
    wording: dict[str, str] = {}
    for number, words in wording_below(file.paragraphs):
        wording.setdefault(reference_key(number), words)
    for draft in without:
        found = wording.get(reference_key(draft["number"] or draft["reference"]))
        if found:
            _give(draft, found)


def _give(draft: Draft, words: str) -> None:
    draft.values["text"] = words
    draft.problems[:] = [problem for problem in draft.problems if problem.field != "text"]


def _join_by_reference(drafts: Sequence[Draft]) -> None:
    """Give lines of a second table that name a recommendation by its reference alone the wording and owners of that."""
    known: dict[str, Draft] = {}
    numbers: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft["text"] and draft["reference"]:
            known.setdefault(reference_key(draft["reference"]), draft)
        elif draft["text"] and draft["number"]:
            numbers.setdefault(reference_key(draft["number"]), []).append(draft)
    positions = {id(draft): at for at, draft in enumerate(drafts)}
    for draft in drafts:
        if draft["text"] or draft.continues is not None:
            continue
        other = known.get(reference_key(draft["reference"] or ""))
        if other is None and draft["number"]:
            some = numbers.get(reference_key(draft["number"]), [])
            items = {(one["inquiry"], one["text"]) for one in some}
            other = some[0] if len(items) == 1 else None
        if other is None or other.section.table.name == draft.section.table.name:
            continue
        _give(draft, other["text"])
        here, there = positions[id(draft)], positions[id(other)]
        if there < here:
            draft.continues = there
        elif other.continues is None:
            other.continues = here
        for name in ("owners", "inquiry", "priority"):
            draft.values[name] = draft[name] or other[name]


def _entries(drafts: Sequence[Draft], asked: Asked) -> tuple[Entry, ...]:
    items = same_items(drafts, asked)
    kept = [(draft, item) for draft, item in zip(drafts, items, strict=True) if not draft["left_out"]]
    return tuple(_entry(draft, item) for draft, item in kept)


ENTRY_VALUES = (
    "text",
    "number",
    "part",
    "reference",
    "inquiry",
    "priority",
    "owners",
    "response",
    "response_words",
    "response_text",
    "reason",
    "claim",
    "claim_words",
    "outcome",
    "outcome_words",
    "made_on",
    "answered_on",
    "outcome_on",
    "target",
    "earlier_targets",
    "asked_target",
    "updates",
    "steps",
    "exempt",
    "notes",
)


def _entry(draft: Draft, item: int) -> Entry:
    values = {name: draft.values[name] for name in ENTRY_VALUES}
    return Entry(draft.place, item, **values, problems=tuple(draft.problems), sources=draft.sources)
