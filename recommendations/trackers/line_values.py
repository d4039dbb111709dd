"""Reads the values of one line: what names the recommendation, to whom it is addressed, what was answered, done, decided."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.lifecycle.statuses import Claim
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.columns import Mapped
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.fields import LineReader, Said
from recommendations.trackers.header_words import Field
from recommendations.trackers.periods import read_period
from recommendations.trackers.questions import Choice, Question, question_key
from recommendations.trackers.reading import Problem, Source, Update
from recommendations.trackers.row_words import says_closed, state_of
from recommendations.trackers.sections import Heads

STRUCK_KEY = question_key("struck", "rows", "")
"""The question how struck rows were closed. Its answer has an outcome and a day, or says that they are open."""


def read_values(
    draft: Draft,
    cells: LineCells,
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
    values["part"] = letter
    _identity(cells, reader, values, before, letter, is_numbered)
    _groups(cells, values)
    made_on = _date(cells, reader, Field.MADE_ON, None)
    values["made_on"] = made_on if made_on.words else before["made_on"] if before else NO_PERIOD
    values["priority"] = _plain(cells, reader, Field.PRIORITY) or (before["priority"] if before else None)
    _owners(cells, reader, values, before)
    _dates(cells, reader, values)
    _said(cells, reader, values)
    _state_of_title(draft, reader)
    _progress(cells, reader, values)
    _past_its_date(reader, values)
    values["notes"] = _notes(cells, reader, values)
    _marks(draft, cells, reader)
    draft.sources = _sources(cells, reader)


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
    begun, rest = reader.number_before(text)
    if is_numbered and begun:
        text = rest
        number, reference = reader.name(begun, None)
    elif begun and number and begun.strip(" .)").lower() == number.lower():
        text = rest
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
    if not text:
        reader.problems.append(Problem("This line has no wording", "text"))
    values["inquiry"] = _plain(cells, reader, Field.INQUIRY) or (before["inquiry"] if before else None)


def _groups(cells: LineCells, values: dict[str, Any]) -> None:
    """Take what the rows across the table say."""
    words = {group.heads: group.words for group in cells.line.groups}
    values["inquiry"] = values["inquiry"] or words.get(Heads.INQUIRY)
    values["theme"] = words.get(Heads.THEME)
    values["group_owners"] = words.get(Heads.OWNERS)
    values["group_state"] = words.get(Heads.STATE)


def _owners(cells: LineCells, reader: LineReader, values: dict[str, Any], before: Draft | None) -> None:
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
    if not words and before:
        found = list(before["owners"])
        merged = all(before.line.row.cells[column.index] is cell for column, cell in cells.of(Field.OWNERS))
        if found and cells.of(Field.OWNERS) and not merged:
            reader.problems.append(
                Problem("This line names no owner: it was read as for that of the line above", "owners")
            )
    values["owners"] = tuple(dict.fromkeys(found))


def owner_and_date(text: str) -> tuple[str, str]:
    """Return the owner and the words of a date of a cell that holds both; ("the text", "") where it holds no date."""
    lines = [
        line
        for line in re.split(r"\n|;|\s[\u2013-]\s|\(|\)|,\s(?=(?:by |end |\d|[A-Z][a-z]{2,8} \d{4}))", text)
        if line.strip()
    ]
    for at in range(len(lines) - 1, 0, -1):
        read = read_period(lines[at])
        if read.is_sure and read.value is not None and (read.value.is_known or len(lines[at].split()) < 3):
            return ", ".join(line.strip(" ,") for line in lines[:at]), lines[at].strip()
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


def _present_targets(
    cells: LineCells, reader: LineReader, values: dict[str, Any]
) -> list[tuple[Period, tuple[Period, ...], Period]]:
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


# ------------------------------------------------------------------ what was answered, done, decided

STATUS_FIELDS = (Field.RESPONSE, Field.CLAIM, Field.OUTCOME)


def _said(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    """Read the response, the claim and the outcome, each from its own column first."""
    values["day_claims"] = []
    said: dict[Field, Said] = {}
    reasons: list[str] = []
    for name in STATUS_FIELDS:
        for column, cell in cells.of(name):
            if column.field is not name or not (cell.text or cell.colour):
                continue
            one = reader.said(name, cell, column)
            if column.day and name is Field.CLAIM:
                values["day_claims"].append((column, one))
            said[name] = one.over(said[name]) if name in said else one
            if one.reason:
                reasons.append(one.reason)
    for fact in ("response", "claim", "outcome"):
        _take_fact(fact, said, values)
    reasons += [text for column, cell in cells.filled(Field.REASON) if (text := reader.text(cell))]
    values["reason"] = "\n".join(dict.fromkeys(reasons)) or None


def _take_fact(fact: str, said: dict[Field, Said], values: dict[str, Any]) -> None:
    """Take a fact from its own column, else from another in which it stands."""
    own = said.get(Field(fact))
    others = [one for name, one in said.items() if name != fact]
    for one in ([own] if own else []) + others:
        code, words = one.fact(fact)
        if code or (one is own and words):
            values[fact], values[f"{fact}_words"] = code, words
            return
    values[fact] = values[f"{fact}_words"] = None


def _state_of_title(draft: Draft, reader: LineReader) -> None:
    """Take the progress that a title over the table gives where the line itself says none, and ask how what is under
    "Closed" was closed.
    """
    values = draft.values
    titles = [values["group_state"]] if values["group_state"] else [*reversed(draft.section.titles)]
    for title in filter(None, titles):
        if says_closed(title):
            if not values["outcome"]:
                _ask_closed(title, reader, values)
            return
        claim = state_of(title)
        if claim is None:
            continue
        if values["claim"] is None and not values["claim_words"]:
            values["claim"], values["claim_words"] = str(claim), f"{title} (title of the table)"
        elif claim is Claim.DELIVERED and values["claim"] not in (None, str(claim)):
            reader.problems.append(
                Problem(
                    f"It stands under \u201c{title}\u201d, and says \u201c{values['claim_words']}\u201d",
                    "claim",
                )
            )
        return


OUTCOMES = (
    Choice("close_implemented", "Closed: implemented"),
    Choice("close_not_implemented", "Closed: not implemented"),
    Choice("close_superseded", "Closed: superseded"),
    Choice("close_no_longer_relevant", "Closed: no longer relevant"),
    Choice("", "Not closed by the committee"),
)


def _ask_closed(title: str, reader: LineReader, values: dict[str, Any]) -> None:
    key = question_key("closed", "title", title)
    question = Question(
        key,
        "closed",
        title,
        f"It stands under \u201c{title}\u201d: closed how, and at which meeting?",
        OUTCOMES,
    )
    if not reader.ask("outcome", question):
        reader.take_outcome(values, reader.fields.answers.get(key), title)
    else:
        values["outcome_words"] = values["outcome_words"] or f"{title} (title of the table)"


def _past_its_date(reader: LineReader, values: dict[str, Any]) -> None:
    """Ask where something is on track though its own date had passed on the file's day."""
    near, target = reader.fields.as_at.start, values["target"]
    if values["claim"] != Claim.ON_TRACK or not near or not target.is_past(near):
        return
    words = values["claim_words"] or ""
    key = question_key("late", "on track", words)
    question = Question(
        key,
        "late",
        words,
        f"\u201c{words}\u201d, and its date had passed on the file\u2019s day: was it off track?",
        (Choice("off_track", "Off track"), Choice("on_track", "On track, as it says")),
        "off_track",
    )
    said = "off_track" if reader.ask("claim", question) else reader.fields.answers.get(key)
    values["claim"] = said or values["claim"]
    values["updates"] = tuple(
        Update(one.as_at, one.text, values["claim"], one.claim_words) if one.claim == Claim.ON_TRACK else one
        for one in values["updates"]
    )


def _progress(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    """Read the updates: several where the cell or the headers name several days."""
    updates: list[Update] = []
    undated = values["updated_on"] if values["updated_on"].is_known else reader.fields.as_at
    for column, cell in cells.filled(Field.PROGRESS):
        if column.field is not Field.PROGRESS and Field.CLAIM not in column.fields:
            continue
        text = values.get("rest_of_status") if column.field is Field.CLAIM else reader.text(cell)
        if not text:
            continue
        if (
            column.field is Field.PROGRESS
            and not values["claim"]
            and not values["claim_words"]
            and reader.is_status(text)
        ):
            one = reader.said(Field.CLAIM, cell, column)
            values["claim"], values["claim_words"] = one.fact("claim")
            continue
        updates += reader.updates(text, reader.day_of(column) or undated, column.index)
    updates += _claims_of_days(reader, values, updates)
    fresh = [at for at, one in enumerate(updates) if one.claim is None]
    if len(updates) == 1 and fresh and updates[0].as_at == undated:
        updates[0] = Update(updates[0].as_at, updates[0].text, values["claim"], values["claim_words"])
    values["updates"] = tuple(updates)


def _claims_of_days(reader: LineReader, values: dict[str, Any], updates: list[Update]) -> list[Update]:
    """Return the updates that status columns with days in their headers make; the last day gives the present status."""
    claims: list[tuple[Period, Said]] = [
        (reader.day_of(column) or NO_PERIOD, one) for column, one in values["day_claims"]
    ]
    if len(claims) < 2 and not any(
        day.is_known and reader.fields.as_at.start != day.start for day, _ in claims
    ):
        return []
    claims.sort(key=lambda one: (one[0].end is not None, one[0].end or 0))
    values["claim"], values["claim_words"] = claims[-1][1].fact("claim")
    made = []
    for day, said in claims:
        code, words = said.fact("claim")
        same = [at for at, one in enumerate(updates) if one.as_at.start == day.start]
        for at in same:
            updates[at] = Update(updates[at].as_at, updates[at].text, code, words)
        if not same and words:
            made.append(Update(day, "", code, words))
    return made


# ------------------------------------------------------------------ the rest


def _notes(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> dict[str, str]:
    notes: dict[str, str] = {}
    for column, cell in cells.filled(Field.NOTES):
        name = column.name
        notes[name] = f"{notes[name]}\n{reader.text(cell)}" if name in notes else reader.text(cell)
    if values["theme"]:
        notes.setdefault("Theme", values["theme"])
    return {name: words for name, words in notes.items() if words}


def _marks(draft: Draft, cells: LineCells, reader: LineReader) -> None:
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
    if cells.line.row.hidden:
        reader.ask(
            "",
            Question(
                question_key("hidden", "rows", ""),
                "hidden",
                "hidden rows",
                "This row is hidden in the file",
                (Choice(True, "Take hidden rows"), Choice(False, "Leave them out")),
                True,
            ),
        )
    draft.values["exempt"] = reader.is_exempt(draft, cells)


def _sources(cells: LineCells, reader: LineReader) -> dict[str, tuple[Source, ...]]:
    found: dict[str, tuple[Source, ...]] = {}
    for name, some in cells.by_field.items():
        sources = tuple(
            _source(column, cell, reader)
            for column, cell in some
            if cell.text or cell.value is not None or cell.colour
        )
        if sources:
            found[str(name)] = sources
    return found


def _source(column: Mapped, cell: Cell, reader: LineReader) -> Source:
    place = replace(reader.place, column=column.index)
    return Source(place, column.name, cell.text or f"{cell.colour or ''}")
