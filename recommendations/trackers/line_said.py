"""Reads what a line says was answered, done and decided, each from its own column first, else from where else it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from recommendations.lifecycle.statuses import Claim, Decision
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dates_due import date_and_status
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.fields import LineReader, Said
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.outcomes import closed_how, committee_decision, read_outcome
from recommendations.trackers.questions import Read
from recommendations.trackers.reading import Problem
from recommendations.trackers.response_words import Told, take_words
from recommendations.trackers.status_words import YES, Fact, Meaning, status_key
from recommendations.trackers.word_meanings import meaning_of_colour
from recommendations.trackers.word_questions import answered, word_question
from recommendations.trackers.words import against_target

TICKS = YES | {"x", "☒"}
"""What chooses a column whose header is the status."""
STATUS_FIELDS = (Field.RESPONSE, Field.CLAIM, Field.OUTCOME)
FACTS: tuple[Fact, ...] = ("response", "claim", "outcome")
FACT_OF: dict[Field, Fact] = dict(zip(STATUS_FIELDS, FACTS, strict=True))


def read_said(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    """Read the response, the claim and the outcome, each from its own column first, else from where else it stands."""
    values |= dict.fromkeys([*FACTS, *(f"{fact}_words" for fact in FACTS)])
    values["day_claims"], values["day_rests"], values["rest"] = [], [], ""
    reasons: list[str] = []
    told: Told = []
    others: list[Said] = []
    for name in STATUS_FIELDS:
        found: list[Said] = []
        ticked = [column.label for column, cell in cells.of(name) if _chooses(column, cell)]
        for column, cell in cells.of(name):
            if column.field is not name or not (cell.text or cell.colour):
                continue
            if column.is_ticked:
                if not _chooses(column, cell) or len(ticked) > 1:
                    continue
                cell = replace(cell, pieces=(Piece(column.label),))
            if name is Field.CLAIM and Field.TARGET in column.fields and values.get("target_words"):
                cell = replace(cell, pieces=(Piece(date_and_status(reader.text(cell))[1]),))
            closed = values["outcome_on"].is_known
            one = reader.said(name, cell, column, closed=closed)
            if column.day and name is Field.CLAIM:
                values["day_claims"].append((column, one))
            else:
                found.append(one)
            take(values, str(name), one)
            others.append(one)
            if _take_rest(values, one, reasons, column, cells):
                told.append((column, one))
        if len(ticked) > 1:
            _ask_which(name, ticked, reader, values)
        _ask_if_they_differ(name, found, reader, values)
    for one in others:
        for fact in FACTS:
            if one.fact(fact)[0]:
                take(values, fact, one)
    take_words(told, reader, values)
    for column, cell in cells.filled(Field.REASON):
        text = reader.without_bullets(reader.text(cell), column, values["steps"], values["made_on"])
        reasons += [text] if text else []
    values["reason"] = "\n".join(dict.fromkeys(reasons)) or None


def _chooses(column: Mapped, cell: Cell) -> bool:
    """Return whether a cell is a tick under a status."""
    return column.is_ticked and status_key(cell.text) in TICKS


def _ask_if_they_differ(name: Field, found: list[Said], reader: LineReader, values: dict[str, Any]) -> None:
    """Ask which status holds where columns of one meaning, and of one day, say different things."""
    fact = FACT_OF[name]
    said = dict.fromkeys(one.fact(fact) for one in found if one.fact(fact)[0])
    if len({code for code, _ in said}) < 2:
        return
    words = "; ".join(word or "" for _, word in said)
    sentence = f"Two columns say different things, \u201c{words}\u201d: which is it?"
    if not reader.ask(fact, word_question(fact, words, sentence, Meaning(fact, values[fact]))):
        _take_answer(fact, words, reader, values)


def _ask_which(name: Field, ticked: list[str], reader: LineReader, values: dict[str, Any]) -> None:
    """Ask which of several statuses holds whose columns are ticked on one line."""
    fact, words = FACT_OF[name], ", ".join(ticked)
    values[f"{fact}_words"] = words
    sentence = f"More than one column is ticked: {words}. Which is it?"
    if not reader.ask(fact, word_question(fact, words, sentence)):
        _take_answer(fact, words, reader, values)


def _take_answer(fact: Fact, words: str, reader: LineReader, values: dict[str, Any]) -> None:
    """Take what was answered of words that nobody but a person can choose between."""
    meaning = answered(fact, words, reader.fields.meanings)
    values[fact] = meaning[0].code or None if meaning and meaning[0].fact == fact else None
    values[f"{fact}_words"] = words


def take(values: dict[str, Any], fact: str, said: Said) -> None:
    """Take what a cell says of a fact, unless another said it before."""
    code, words = said.fact(fact)
    if values[fact] or not (code or words):
        return
    if not values[f"{fact}_words"] or code:
        values[fact], values[f"{fact}_words"] = code, words
    day = {"response": ("answered_on", said.answered_on), "outcome": ("outcome_on", said.outcome_on)}.get(
        fact
    )
    if day and day[1] and not values[day[0]].words:
        values[day[0]] = day[1]


def _take_rest(
    values: dict[str, Any], said: Said, reasons: list[str], column: Mapped, cells: LineCells
) -> bool:
    """Take what follows a status in its cell: the reason of a response, or progress where no column holds it. Return whether it
    is the words of a response.
    """
    if not said.rest:
        return False
    code = said.response[0]
    has_progress = any(one.field is Field.PROGRESS for one, _ in cells.of(Field.PROGRESS))
    if said.rest_of == "response" and code and code != Decision.ACCEPTED:
        reasons.append(said.rest)
    elif not has_progress and (said.rest_of == "claim" or said.claim[0] or Field.PROGRESS in column.fields):
        if column.day:
            values["day_rests"].append((column, said.rest))
        else:
            values["rest"] = "\n".join(filter(None, (values["rest"], said.rest)))
    else:
        return said.rest_of == "response" and column.field is Field.RESPONSE
    return False


def read_state_of_title(draft: Draft, reader: LineReader) -> None:
    """Take what a title over the table says of all its lines where the line itself says nothing, and ask how what is under
    "Closed" was closed.
    """
    values = draft.values
    sheet = draft.section.table.name
    titles = [values["group_state"]] if values["group_state"] else [*reversed(draft.section.titles)]
    for title in filter(None, titles):
        state = reader.fields.title_state(title, is_sheet=title == sheet)
        if not (state.is_closed or any(getattr(state, fact).words for fact in FACTS)):
            continue
        for fact in FACTS:
            read: Read[str] = getattr(state, fact)
            if not read.words or values[fact] or (fact == "claim" and values["claim_words"]):
                continue
            if fact == "outcome" and reader.is_asked("outcome", values["outcome_words"]):
                continue  # the line says itself how it was closed
            if read.question:
                reader.ask(fact, read.question)
            values[fact], values[f"{fact}_words"] = read.value or None, read.words
        claimed = state.claim.value
        if claimed == Claim.DELIVERED and values["claim"] not in (None, claimed):
            sentence = f"It stands under \u201c{title}\u201d, and says \u201c{values['claim_words']}\u201d"
            reader.problems.append(Problem(sentence, "claim"))
        return


OF_COMMITTEE = re.compile(r"\b(?:committee|scrutiny|members?|panel|commission)\b", re.IGNORECASE)


def read_decision_in_notes(text: str, column: Mapped, reader: LineReader, values: dict[str, Any]) -> None:
    """Ask whether words that are kept as notes say what the committee decided, where no column of decisions does."""
    if values["outcome"] or values["outcome_words"]:
        return
    meanings = reader.fields.meanings
    decision = committee_decision(text, meanings)
    if decision:
        outcome, on = decision.outcome, decision.on
    elif OF_COMMITTEE.search(column.name):
        outcome, on = read_outcome(text, meanings=meanings)
    else:
        return
    if (said := answered("outcome", text, meanings)) is not None:
        code = said[0].code if said[0].fact == "outcome" else ""
    elif outcome.value or outcome.question:
        reader.ask("outcome", closed_how(text, outcome.value), column.index)
        code = outcome.value or ""
    else:
        return
    values["outcome"], values["outcome_words"] = code or None, text
    if code and on and not values["outcome_on"].words:
        values["outcome_on"] = on


def read_row_fill(reader: LineReader, values: dict[str, Any]) -> None:
    """Ask what the colour says in which a row is filled from end to end, where nothing else says how far it is."""
    is_told = values["claim"] or values["outcome"] or any(one.field in FACTS[1:] for one in reader.problems)
    if not reader.row_fill or is_told:
        return
    words = f"{reader.row_fill} (colour of the row)"
    meanings = reader.fields.meanings
    own = meanings.key.get(reader.row_fill) or meaning_of_colour(reader.row_fill, words)
    likelier = own[0] if isinstance(own, tuple) and own[0].fact == "claim" else None
    sentence = f"Rows filled {reader.row_fill}: which status is it?"
    if not reader.ask("claim", word_question("claim", words, sentence, likelier)):
        said = (answered("claim", words, meanings) or (Meaning("claim"),))[0]
        values[said.fact], values[f"{said.fact}_words"] = said.code or None, words
    elif likelier:
        values["claim"], values["claim_words"] = likelier.code, words


def read_past_its_date(reader: LineReader, values: dict[str, Any]) -> None:
    """Ask where something is on track though its own date had passed on the file's day. Where a revised date can't be read as one,
    such as "N/A", the date before it counts.
    """
    claim = Read[str](values["claim"], values["claim_words"] or "")
    dates = [one for one in (*values["earlier_targets"], values["target"]) if one.is_known]
    read = against_target(
        claim, dates[-1] if dates else values["target"], reader.fields.as_at.start, reader.fields.meanings
    )
    if read.question:
        reader.ask("claim", read.question)
    if read.value != values["claim"]:
        values["claim"] = read.value
        values["updates"] = tuple(
            replace(one, claim=read.value) if one.claim == Claim.ON_TRACK else one
            for one in values["updates"]
        )
