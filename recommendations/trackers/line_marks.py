"""Reads the marks on a line: struck, hidden, closed on a day, not for publication."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from recommendations.trackers.cells import EMPTY, Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.exempt import ExemptWords, find_exempt, is_only_exempt, says_exempt
from recommendations.trackers.exempt import Place as ExemptPlace
from recommendations.trackers.fields import LineReader
from recommendations.trackers.outcomes import closed_how
from recommendations.trackers.questions import Choice, Question, question_key
from recommendations.trackers.reading import Problem
from recommendations.trackers.row_types import is_left_out
from recommendations.trackers.status_words import meaning_of
from recommendations.trackers.ticked import chosen, read_choices

STRUCK_KEY = question_key("struck", "rows", "")
"""The question how struck rows were closed. Its answer has an outcome and a day, or says that they are open."""


HIDDEN_KEY = question_key("hidden", "rows", "")
"""The question whether hidden rows are taken."""

OUTCOMES = (
    Choice("close_implemented", "Closed: implemented"),
    Choice("close_not_implemented", "Closed: not implemented"),
    Choice("close_superseded", "Closed: superseded"),
    Choice("close_no_longer_relevant", "Closed: no longer relevant"),
    Choice("", "Not closed by the committee"),
)


def read_marks(draft: Draft, cells: LineCells, reader: LineReader) -> None:
    """Ask about what the marks on the row say: struck, hidden, not for publication."""
    if reader.row_struck:
        question = Question(
            STRUCK_KEY,
            "struck",
            "struck rows",
            "The row is struck through: was it closed, and how, at which meeting?",
            OUTCOMES,
        )
        if not reader.ask("outcome", question):
            reader.take_outcome(draft.values, reader.fields.answers.get(STRUCK_KEY), "struck through")
    _closed_on(draft.values, cells, reader)
    if cells.line.row.hidden:
        choices = (Choice(True, "Take hidden rows"), Choice(False, "Leave them out"))
        question = Question(
            HIDDEN_KEY, "hidden", "hidden rows", "This row is hidden in the file", choices, True
        )
        if not reader.ask("", question) and reader.fields.answers.get(HIDDEN_KEY) is False:
            draft.values["left_out"] = "hidden in the file, and left out"
    if is_left_out(cells, reader):
        draft.values["left_out"] = "no recommendation, as was answered"
    _exempt(draft, cells, reader)


def _closed_on(values: dict[str, Any], cells: LineCells, reader: LineReader) -> None:
    """Ask how a line was closed that gives the day of that and no more."""
    found = cells.first(Field.OUTCOME_ON)
    if not found or not values["outcome_on"].is_known or values["outcome"] or values["outcome_words"]:
        return
    question = closed_how(found[0].name)
    if not reader.ask("outcome", question, found[0].index):
        meaning = meaning_of(str(reader.fields.answers.get(question.key)))
        values["outcome"] = meaning.code if meaning and meaning.fact == "outcome" else None


def _exempt(draft: Draft, cells: LineCells, reader: LineReader) -> None:
    """Keep a line from the public where it, or what stands over it, says that it is not for publication, until that is
    decided.
    """
    found = reader.fields.exempt_over(draft.section) or _exempt_words(draft, cells, reader)
    draft.values["exempt"] = False
    if found is None:
        return
    key = question_key("exempt", "words", found.words)
    sentence = f"\u201c{found.words}\u201d: is it not for publication?"
    choices = (Choice(True, "Not for publication"), Choice(False, "For publication"))
    question = Question(key, "exempt", found.words, sentence, choices, True)
    draft.values["exempt"] = reader.ask("exempt", question) or bool(reader.fields.answers.get(key))


def _exempt_words(draft: Draft, cells: LineCells, reader: LineReader) -> ExemptWords | None:
    """Return the words of the line itself by which it is not for publication."""
    for column, cell in cells.filled(Field.EXEMPT):
        if words := says_exempt(chosen(reader.text(cell)), column.label):
            return replace(words, words=f"{column.name}: {words.words}")
    for group in cells.line.groups:
        if words := find_exempt(group.words, ExemptPlace.TITLE):
            return words
    for column in cells.columns:
        text = "" if column.hidden or column.is_a(Field.EXEMPT) else cells.line.row.cells[column.index].text
        if text and MAY_BE_EXEMPT.search(text) and (words := find_exempt(text)):
            return words
        if (
            MAY_BE_EXEMPT.search(column.label)
            and text
            and (words := find_exempt(column.label, ExemptPlace.HEADER))
        ):
            return words
    return None


MAY_BE_EXEMPT = re.compile(
    r"exempt|confidential|publi|part |restrict|private|schedule|disclos|paragraph|sensitive|redact|withheld|circulat|embargo|secret|session|section|pink|yellow",
    re.IGNORECASE,
)
"""What any words of secrecy have, to look no closer at most cells."""


MARKED = (Field.TEXT, Field.OWNERS, Field.RESPONSE, Field.REASON, Field.CLAIM, Field.PROGRESS, Field.OUTCOME)
"""What a cell is blank of that says no more than "EXEMPT"."""


def without_marks(cells: LineCells) -> LineCells:
    """Return the cells without those that say no more than that something is not for publication."""
    row = cells.line.row
    blank = {
        index
        for column in cells.columns
        if any(map(column.is_a, MARKED)) and (index := column.index) < len(row.cells)
        if (text := row.cells[index].text) and MAY_BE_EXEMPT.search(text) and is_only_exempt(text)
    }
    if not blank:
        return cells
    kept = tuple(EMPTY if index in blank else cell for index, cell in enumerate(row.cells))
    return LineCells(replace(cells.line, row=replace(row, cells=kept)), cells.columns)


CHOSEN = frozenset({Field.OWNERS, Field.PRIORITY, Field.INQUIRY})
"""What may be chosen by boxes beside statuses."""


def with_ticked(cells: LineCells, reader: LineReader) -> LineCells:
    """Return the cells with what is ticked in place of choices; where not one is, nothing and a problem. Several owners may be."""
    row = cells.line.row
    changed: dict[int, Cell] = {}
    for column in cells.columns:
        choices = read_choices(row.cells[column.index].text) if column.field in CHOSEN else None
        if choices is None or column.hidden:
            continue
        ticked = choices.ticked if choices.is_decided or column.field is Field.OWNERS else ()
        if not ticked:
            reader.problems.append(Problem(choices.sentence, str(column.field)))
        changed[column.index] = Cell((Piece("; ".join(ticked)),)) if ticked else EMPTY
    if not changed:
        return cells
    kept = tuple(changed.get(index, cell) for index, cell in enumerate(row.cells))
    return LineCells(replace(cells.line, row=replace(row, cells=kept)), cells.columns)
