"""Reads the values of one line: what names the recommendation, to whom it is addressed, what was answered, done, decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.cells import FAILED, Cell, Piece
from recommendations.trackers.colours import colour_name, colour_words
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dates_due import date_and_status, names_a_day, without_dates_due
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.fields import LineReader
from recommendations.trackers.headings import heading_sources
from recommendations.trackers.line_marks import read_marks, with_ticked, without_marks
from recommendations.trackers.line_progress import progress_texts, read_progress
from recommendations.trackers.line_said import (
    read_decision_in_notes,
    read_past_its_date,
    read_row_fill,
    read_said,
    read_state_of_title,
)
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.owners import STRONG, look, read_owner_heading, read_owners
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.periods import read_period
from recommendations.trackers.reading import Problem, Source
from recommendations.trackers.references import leading_number, reference_key
from recommendations.trackers.row_words import ADDRESSED
from recommendations.trackers.said_in_wording import said_in_wording
from recommendations.trackers.sections import Heads


def read_values(
    draft: Draft,
    whole: LineCells,
    reader: LineReader,
    before: Draft | None,
    *,
    letter: str,
    is_numbered: bool,
) -> None:
    """Read all values of a line into the draft. `before` is the line whose recommendation goes on in this one; `letter` that
    of a lettered part; `is_numbered` says whether numbers begin the wording.
    """
    values = draft.values
    cells = with_ticked(without_marks(whole), reader)
    values["part"] = letter
    steps: list[str] = []
    values["steps"] = steps
    _identity(cells, reader, values, before, letter, is_numbered)
    _groups(draft, cells, reader)
    made_on = _date(cells, reader, Field.MADE_ON, None)
    if not made_on.words and values["group_day"]:
        made_on = reader.period("made_on", Cell((Piece(_day_of(values["group_day"])),)), None)
    values["made_on"] = made_on if made_on.words else before["made_on"] if before else NO_PERIOD
    values["priority"] = _plain(cells, reader, Field.PRIORITY) or (before["priority"] if before else None)
    _owners(draft, cells, reader, before)
    _dates(cells, reader, values)
    read_said(cells, reader, values)
    progress = without_dates_due(progress_texts(cells, reader, values), reader, values)
    _ask_about_target(cells, reader, values)
    read_state_of_title(draft, reader)
    read_row_fill(reader, values)
    read_progress(progress, reader, values)
    read_past_its_date(reader, values)
    values["notes"] = _notes(cells, reader, values)
    read_marks(draft, whole, reader)
    values["steps"] = tuple(dict.fromkeys(steps))
    _undecided_columns(cells, reader)
    draft.sources = read_sources(whole, reader, draft)
    if source := draft.sources.get(values["target_beside"]):
        draft.sources.setdefault(str(Field.TARGET), source)


def _plain(cells: LineCells, reader: LineReader, name: Field) -> str | None:
    found = cells.first(name)
    return (reader.text(found[1]) or None) if found else None


# ------------------------------------------------------------------ what it is


def _identity(
    cells: LineCells,
    reader: LineReader,
    values: dict[str, Any],
    before: Draft | None,
    letter: str,
    is_numbered: bool,
) -> None:
    text = _plain(cells, reader, Field.TEXT) or ""
    number, reference = reader.name(
        _plain(cells, reader, Field.NUMBER), _plain(cells, reader, Field.REFERENCE)
    )
    begun = leading_number(text)
    if is_numbered and begun:
        number, reference, text = begun[0].number, begun[0].reference, begun[1]
    elif begun and number and begun[0].number and reference_key(begun[0].number) == reference_key(number):
        text = begun[1]
    if apart := _letter_apart(cells):
        sentence = f"The letter \u201c{apart}\u201d stands in a column of its own: is it part of the number?"
        reader.problems.append(Problem(sentence, "number"))
    if before:
        number, reference = number or before["number"], reference or before["reference"]
        text = text or before["text"]
    if letter and number:
        number = f"{number}{letter}"
    elif letter and reference:
        reference = f"{reference}{letter}"
    values |= {"text": text, "number": number, "reference": reference}
    wording = cells.first(Field.TEXT)
    if wording and wording[1].struck and wording[1].standing and not reader.row_struck:
        reader.problems.append(Problem("Part of the wording is struck through: it was left out", "text"))
    if not text or FAILED.match(text):
        reader.problems.append(Problem("This line has no wording", "text"))
    for about, sentence in said_in_wording(text, has_owners=bool(cells.of(Field.OWNERS))):
        reader.problems.append(Problem(sentence, about))
    values["inquiry"] = _plain(cells, reader, Field.INQUIRY) or (before["inquiry"] if before else None)


def _letter_apart(cells: LineCells) -> str:
    """Return the letter of a part that stands in the column behind the numbers; "" where there is none."""
    numbered = {column.index for column in cells.columns if column.is_a(Field.NUMBER)}
    beside = [cell for column, cell in cells.filled(Field.NOTES) if column.index - 1 in numbered]
    return beside[0].text if beside and PART_LETTER.fullmatch(beside[0].text) else ""


def _groups(draft: Draft, cells: LineCells, reader: LineReader) -> None:
    """Take what the rows across the table and the titles over it say."""
    values = draft.values
    words = {group.heads: group.words for group in cells.line.groups}
    values["inquiry"] = values["inquiry"] or words.get(Heads.INQUIRY)
    if not values["inquiry"] and (title := draft.section.inquiry):
        values["inquiry"] = title.words
        if not title.is_sure:
            reader.problems.append(
                Problem(f"The inquiry was taken from the title \u201c{title.words}\u201d", "inquiry")
            )
    values["theme"] = words.get(Heads.THEME)
    values["group_owners"] = words.get(Heads.OWNERS)
    values["group_state"] = words.get(Heads.STATE)
    values["group_day"] = words.get(Heads.MADE_ON)


def _day_of(heading: str) -> str:
    """Return the words of the day in a row across the table."""
    found = next((one for one in find_times(heading) if one.period), None)
    return heading[found.start : found.end] if found else heading


def _owners(draft: Draft, cells: LineCells, reader: LineReader, before: Draft | None) -> None:
    values = draft.values
    found: list[str] = []
    words: list[str] = []
    for column, cell in cells.filled(Field.OWNERS):
        text = reader.text(cell)
        if Field.TARGET in column.fields:
            text, values["target_words"] = owner_and_date(text)
        if text:
            words.append(text)
            found += reader.owners(text, column.index)
    if not words and values["group_owners"]:
        words = [values["group_owners"]]
        found = list(reader.owners(words[0], None))
    if not words and not before and not cells.of(Field.OWNERS):
        found = list(owners_in_title(draft.section.titles))
    if not words and before:
        found = list(before["owners"])
        merged = all(before.line.row.cells[column.index] is cell for column, cell in cells.of(Field.OWNERS))
        if found and cells.of(Field.OWNERS) and not merged:
            reader.problems.append(
                Problem("This line names no owner: it was read as for that of the line above", "owners")
            )
    values["owners"] = tuple(dict.fromkeys(found))


def owners_in_title(titles: Sequence[str]) -> tuple[str, ...]:
    """Return the owners that the nearest title over a table addresses: "Recommendations to the Cabinet Member for Homes"."""
    for title in reversed(titles):
        labelled = ADDRESSED.match(title)
        names = read_owners(title[labelled.end() :]).read if labelled else None
        if names and names.is_sure and names.value and all(look(name) in STRONG for name in names.value):
            return names.value
        if (addressed := read_owner_heading(title)) and addressed.read.is_sure and addressed.names:
            return addressed.names
    return ()


PART_LETTER = re.compile(r"\(?[a-h][.)]{0,2}|\(?i{1,3}[.)]{0,2}")
STATUS_OR_PROGRESS = (Field.CLAIM, Field.PROGRESS)
PARTS_OF_BOTH = re.compile(r"\n|;|,|\(|\s[\u2013-]\s|\s/\s|\sby\s(?=\S)")


def owner_and_date(text: str) -> tuple[str, str]:
    """Return the owner and the words of a date of a cell that holds both; (the text, "") where it holds no date."""
    for mark in PARTS_OF_BOTH.finditer(text):
        left, right = text[: mark.start()].strip(), text[mark.end() :].strip(" )")
        if not left or not right or len(right) > 60:
            continue
        read = read_period(right)
        if read.value is not None and (
            read.value.is_known or (read.is_sure and re.match(r"tb|ong|asap|n/a", right.lower()))
        ):
            return left, right
        if read.question and re.match(r"\D{0,10}\d|q[1-4]\b", right.lower()):
            return left, right
    return text, ""


# ------------------------------------------------------------------ when


def _date(cells: LineCells, reader: LineReader, name: Field, made_on: Period | None) -> Period:
    found = cells.first(name)
    if not found or len(found[0].fields) > 1:
        return NO_PERIOD
    return reader.period(name, found[1], found[0].index, made_on)


def _dates(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    made_on = values["made_on"]
    for name in (Field.ANSWERED_ON, Field.OUTCOME_ON, Field.UPDATED_ON):
        values[str(name)] = _date(cells, reader, name, made_on)
    earlier: list[Period] = []
    target = asked = NO_PERIOD
    for column, cell in cells.filled(Field.FIRST_TARGET):
        first, before, _ = reader.target(cell, column.index, made_on)
        earlier += [*before, first]
    for found, before, asked_for in _present_targets(cells, reader, values):
        earlier += before
        if target.is_known and found.is_known and target.start != found.start:
            earlier.append(target)
        target = found if found.is_known or not target.is_known else target
        asked = asked_for if asked_for.words else asked
    for column, cell in cells.filled(Field.ASKED_TARGET):
        asked = reader.period("asked_target", cell, column.index, made_on)
    known = [period for period in earlier if period.is_known]
    if not target.is_known and known and not target.words:
        target = known.pop()
    values["target"], values["asked_target"] = target, asked
    values["earlier_targets"] = _other_than(target, known)


def _ask_about_target(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    """Ask about a day that stands beside a status in a column of both, and was not read as the target."""
    for column, cell in cells.filled(Field.TARGET):
        text = reader.text(cell)
        is_both = column.field in STATUS_OR_PROGRESS and not values["target"].words
        if is_both and names_a_day(text, reader.fields.known()):
            sentence = f"\u201c{text[:80]}\u201d names a day: is it the target date?"
            reader.problems.append(Problem(sentence, "target"))


def _present_targets(
    cells: LineCells, reader: LineReader, values: dict[str, Any]
) -> list[tuple[Period, tuple[Period, ...], Period]]:
    for column, cell in cells.filled(Field.TARGET):
        if column.field in STATUS_OR_PROGRESS:
            values["target_words"] = date_and_status(reader.text(cell))[0]
    if values.get("target_words"):
        return [reader.target(Cell((Piece(values["target_words"]),)), None, values["made_on"])]
    return [
        reader.target(cell, column.index, values["made_on"])
        for column, cell in cells.filled(Field.TARGET)
        if column.field is Field.TARGET
    ]


def _other_than(target: Period, periods: list[Period]) -> tuple[Period, ...]:
    """Return the periods that are neither the target nor told twice, in order."""
    seen = {(target.start, target.end)}
    kept = []
    for period in periods:
        if (period.start, period.end) not in seen:
            seen.add((period.start, period.end))
            kept.append(period)
    return tuple(kept)


# ------------------------------------------------------------------ the rest


def _notes(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> dict[str, str]:
    notes: dict[str, str] = {}
    for column, cell in cells.filled(Field.NOTES):
        name = column.name
        text = reader.without_bullets(reader.text(cell), column, values["steps"], values["made_on"])
        notes[name] = f"{notes[name]}\n{text}" if name in notes else text
        read_decision_in_notes(reader.text(cell), column, reader, values)
    if values["theme"]:
        notes.setdefault("Theme", values["theme"])
    return {name: words for name, words in notes.items() if words}


def _undecided_columns(cells: LineCells, reader: LineReader) -> None:
    """Ask about values whose column is not sure."""
    for column in cells.columns:
        if column.question and not column.hidden and cells.line.row.cells[column.index].text:
            reader.ask(column.field, column.question, column.index)


def read_sources(cells: LineCells, reader: LineReader, draft: Draft) -> dict[str, tuple[Source, ...]]:
    """Return the untouched cells behind each field, and the headings behind those that no cell holds."""
    found: dict[str, tuple[Source, ...]] = {}
    for name, some in cells.by_field.items():
        sources = tuple(
            _source(column, cell, reader)
            for column, cell in some
            if cell.text or cell.value is not None or colour_name(cell.colour)
        )
        if sources:
            found[str(name)] = sources
    return found | heading_sources(cells.line, draft.section, draft.values, found)


def _source(column: Mapped, cell: Cell, reader: LineReader) -> Source:
    place = replace(reader.place, column=column.index)
    return Source(place, column.name, cell.text or colour_words(cell.colour))
