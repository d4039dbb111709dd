"""Reads the progress of a line: the status with which it begins, its updates, and the claims of days in headers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dates_due import date_and_status
from recommendations.trackers.drafts import LineCells
from recommendations.trackers.fields import LineReader, Said
from recommendations.trackers.line_said import FACTS, take
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.outcomes import committee_decision
from recommendations.trackers.parts import refers_to
from recommendations.trackers.reading import Problem, Update
from recommendations.trackers.status_words import SAYS_NOTHING, status_key


def progress_texts(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> list[tuple[Mapped, str]]:
    """Return the texts of progress, without the status with which one begins where no other cell gives it: that is taken. So is
    that of a fill.
    """
    texts = []
    has_status = bool(values["claim"] or values["claim_words"])
    for column, cell in cells.of(Field.PROGRESS):
        if column.field is not Field.PROGRESS or not (cell.text or cell.colour):
            continue
        if Field.TARGET in column.fields and values.get("target_words"):
            cell = replace(cell, pieces=(Piece(date_and_status(reader.text(cell))[1]),))
        text = reader.text(cell)
        key = status_key(text)
        is_blank = not key or key in SAYS_NOTHING["claim"]
        if is_blank and not cell.colour:
            continue
        if column.is_earlier and not is_blank:
            texts.append((column, text))  # what it says of the status holds no longer
            continue
        if column.day and not has_status:
            text = _status_of_day(reader, values, cell, column)
        elif not values["claim"] and not values["claim_words"]:
            text = _status_of_progress(reader, values, cell, column)
        elif decision := committee_decision(text, reader.fields.meanings):
            take(values, "outcome", reader.decided(decision, column))
        text = "" if is_blank else reader.without_bullets(text, column, values["steps"], values["made_on"])
        if text:
            texts.append((column, text))
    return texts


def read_progress(texts: Sequence[tuple[Mapped, str]], reader: LineReader, values: dict[str, Any]) -> None:
    """Read the updates: several where the cell or the headers name several days."""
    updates: list[Update] = []
    known = reader.fields.known(values["made_on"])
    undated = values["updated_on"] if values["updated_on"].is_known else reader.fields.as_at
    if values["rest"]:
        updates += reader.updates(values["rest"], undated, None, known)
    for column, text in (*values["day_rests"], *texts):
        updates += reader.updates(text, reader.day_over(column) or undated, column.index, known)
    updates = [one for one in updates if not _says_as_above(reader, one)]
    updates += _claims_of_days(reader, values, updates)
    if len(updates) == 1 and updates[0].claim is None and updates[0].as_at == undated:
        updates[0] = replace(updates[0], claim=values["claim"], claim_words=values["claim_words"])
    if values["day_claims"] and all(one.as_at.end for one in updates):
        updates.sort(key=lambda one: one.as_at.end or dt.date.min)
    values["updates"] = tuple(updates)


def _says_as_above(reader: LineReader, update: Update) -> bool:
    """Return whether an update of a day says no more than "As above": it is not taken, and the line says so."""
    if update.claim or refers_to(update.text) is None:
        return False
    day = f" of {update.as_at.in_words()}" if update.as_at.is_known else ""
    sentence = f"“{update.text}”{day} names no progress of its own and was not taken: enter what is meant"
    reader.problems.append(Problem(sentence, "progress"))
    return True


def _status_of_progress(reader: LineReader, values: dict[str, Any], cell: Cell, column: Mapped) -> str:
    """Take the status with which a text of progress begins; return the text that follows."""
    one = reader.said(Field.PROGRESS, cell, column)
    if one.claim[0] or one.claim[1]:
        values["claim"], values["claim_words"] = one.claim
    for fact in ("response", "outcome"):
        if one.fact(fact)[0]:
            take(values, fact, one)
    is_said = any(one.fact(fact)[0] for fact in FACTS)
    return one.rest if is_said else reader.text(cell)


def _status_of_day(reader: LineReader, values: dict[str, Any], cell: Cell, column: Mapped) -> str:
    """Take the status with which the progress of a day begins; return the text that follows. The last day gives the present."""
    one = reader.said(Field.PROGRESS, cell, column)
    if any(one.claim):
        values["day_claims"].append((column, one))
        if not values["claim"]:
            values["claim"], values["claim_words"] = one.claim
    for fact in ("response", "outcome"):
        if one.fact(fact)[0]:
            take(values, fact, one)
    return one.rest if any(one.fact(fact)[0] for fact in FACTS) else reader.text(cell)


def _claims_of_days(reader: LineReader, values: dict[str, Any], updates: list[Update]) -> list[Update]:
    """Return the updates that status columns with days in their headers make; the last day gives the present status."""
    claims: list[tuple[Period, Said]] = [
        (reader.day_over(column) or NO_PERIOD, one) for column, one in values["day_claims"]
    ]
    if len(claims) < 2 and not any(
        day.is_known and reader.fields.as_at.start != day.start for day, _ in claims
    ):
        return []
    if all(day.is_known for day, _ in claims):
        claims.sort(key=lambda one: one[0].end or dt.date.min)
    values["claim"], values["claim_words"] = claims[-1][1].fact("claim")
    made = []
    for day, said in claims:
        code, words = said.fact("claim")
        same = [
            at
            for at, one in enumerate(updates)
            if (one.as_at.start or one.as_at.words) == (day.start or day.words)
        ]
        for at in same:
            updates[at] = Update(updates[at].as_at, updates[at].text, code, words)
        if not same and words:
            made.append(Update(day, "", code, words))
    return made
