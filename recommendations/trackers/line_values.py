"""Reads the values of one line: what names the recommendation, to whom it is addressed, what was answered, done, decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.lifecycle.statuses import Claim, Decision
from recommendations.trackers.cells import EMPTY, Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dates_due import without_dates_due
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.exempt import ExemptWords, find_exempt, is_only_exempt, says_exempt
from recommendations.trackers.exempt import Place as ExemptPlace
from recommendations.trackers.fields import LineReader, Said
from recommendations.trackers.headings import heading_sources
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.outcomes import closed_how, committee_decision
from recommendations.trackers.owners import STRONG, look, read_owner_heading, read_owners
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.periods import read_period
from recommendations.trackers.questions import Choice, Question, Read, question_key
from recommendations.trackers.reading import Problem, Source, Update
from recommendations.trackers.references import leading_number, reference_key
from recommendations.trackers.response_words import Told, take_words
from recommendations.trackers.row_words import ADDRESSED
from recommendations.trackers.sections import Heads
from recommendations.trackers.status_words import SAYS_NOTHING, YES, meaning_of, status_key
from recommendations.trackers.words import against_target

STRUCK_KEY = question_key("struck", "rows", "")
"""The question how struck rows were closed. Its answer has an outcome and a day, or says that they are open."""


HIDDEN_KEY = question_key("hidden", "rows", "")
"""The question whether hidden rows are taken."""


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
    cells = _without_marks(whole)
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
    _said(cells, reader, values)
    progress = without_dates_due(_progress_texts(cells, reader, values), reader, values)
    _state_of_title(draft, reader)
    _progress(progress, reader, values)
    _past_its_date(reader, values)
    values["notes"] = _notes(cells, reader, values)
    _marks(draft, whole, reader)
    values["steps"] = tuple(dict.fromkeys(steps))
    _undecided_columns(cells, reader)
    draft.sources = read_sources(whole, reader, draft)
    if source := draft.sources.get(values["target_beside"]):
        draft.sources.setdefault(str(Field.TARGET), source)


MARKED = (Field.TEXT, Field.OWNERS, Field.RESPONSE, Field.REASON, Field.CLAIM, Field.PROGRESS, Field.OUTCOME)
"""What a cell is blank of that says no more than "EXEMPT"."""


def _without_marks(cells: LineCells) -> LineCells:
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

TICKS = YES | {"x"}
"""What chooses a column whose header is the status."""
STATUS_FIELDS = (Field.RESPONSE, Field.CLAIM, Field.OUTCOME)
FACTS = ("response", "claim", "outcome")


def _said(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> None:
    """Read the response, the claim and the outcome, each from its own column first, else from where else it stands."""
    values |= dict.fromkeys([*FACTS, *(f"{fact}_words" for fact in FACTS)])
    values["day_claims"], values["rest"] = [], ""
    reasons: list[str] = []
    told: Told = []
    others: list[Said] = []
    for name in STATUS_FIELDS:
        for column, cell in cells.of(name):
            if column.field is not name or not (cell.text or cell.colour):
                continue
            if column.is_ticked:
                if status_key(cell.text) not in TICKS:
                    continue
                cell = replace(cell, pieces=(Piece(column.label),))
            closed = values["outcome_on"].is_known
            one = reader.said(name, cell, column, closed=closed)
            if column.day and name is Field.CLAIM:
                values["day_claims"].append((column, one))
            _take(values, str(name), one)
            others.append(one)
            if _take_rest(values, one, reasons, column, cells):
                told.append((column, one))
    for one in others:
        for fact in FACTS:
            if one.fact(fact)[0]:
                _take(values, fact, one)
    take_words(told, reader, values)
    for column, cell in cells.filled(Field.REASON):
        text = reader.without_bullets(reader.text(cell), column, values["steps"], values["made_on"])
        reasons += [text] if text else []
    values["reason"] = "\n".join(dict.fromkeys(reasons)) or None


def _take(values: dict[str, Any], fact: str, said: Said) -> None:
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
        values["rest"] = said.rest
    else:
        return said.rest_of == "response" and column.field is Field.RESPONSE
    return False


def _state_of_title(draft: Draft, reader: LineReader) -> None:
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


OUTCOMES = (
    Choice("close_implemented", "Closed: implemented"),
    Choice("close_not_implemented", "Closed: not implemented"),
    Choice("close_superseded", "Closed: superseded"),
    Choice("close_no_longer_relevant", "Closed: no longer relevant"),
    Choice("", "Not closed by the committee"),
)


def _past_its_date(reader: LineReader, values: dict[str, Any]) -> None:
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


def _progress_texts(cells: LineCells, reader: LineReader, values: dict[str, Any]) -> list[tuple[Mapped, str]]:
    """Return the texts of progress, without the status with which one begins where no other cell gives it: that is taken."""
    texts = []
    for column, cell in cells.filled(Field.PROGRESS):
        if column.field is not Field.PROGRESS:
            continue
        text = reader.text(cell)
        key = status_key(text)
        if not key or key in SAYS_NOTHING["claim"]:
            continue
        if not values["claim"] and not values["claim_words"]:
            text = _status_of_progress(reader, values, cell, column)
        elif decision := committee_decision(text, reader.fields.meanings):
            _take(values, "outcome", reader.decided(decision, column))
        text = reader.without_bullets(text, column, values["steps"], values["made_on"])
        if text:
            texts.append((column, text))
    return texts


def _progress(texts: Sequence[tuple[Mapped, str]], reader: LineReader, values: dict[str, Any]) -> None:
    """Read the updates: several where the cell or the headers name several days."""
    updates: list[Update] = []
    known = reader.fields.known(values["made_on"])
    undated = values["updated_on"] if values["updated_on"].is_known else reader.fields.as_at
    if values["rest"]:
        updates += reader.updates(values["rest"], undated, None, known)
    for column, text in texts:
        updates += reader.updates(text, reader.day_of(column) or undated, column.index, known)
    updates += _claims_of_days(reader, values, updates)
    if len(updates) == 1 and updates[0].claim is None and updates[0].as_at == undated:
        updates[0] = replace(updates[0], claim=values["claim"], claim_words=values["claim_words"])
    values["updates"] = tuple(updates)


def _status_of_progress(reader: LineReader, values: dict[str, Any], cell: Cell, column: Mapped) -> str:
    """Take the status with which a text of progress begins; return the text that follows."""
    one = reader.said(Field.PROGRESS, cell, column)
    if one.claim[0] or one.claim[1]:
        values["claim"], values["claim_words"] = one.claim
    for fact in ("response", "outcome"):
        if one.fact(fact)[0]:
            _take(values, fact, one)
    is_said = any(one.fact(fact)[0] for fact in FACTS)
    return one.rest if is_said else reader.text(cell)


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
        text = reader.without_bullets(reader.text(cell), column, values["steps"], values["made_on"])
        notes[name] = f"{notes[name]}\n{text}" if name in notes else text
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
    _closed_on(draft.values, cells, reader)
    if cells.line.row.hidden:
        choices = (Choice(True, "Take hidden rows"), Choice(False, "Leave them out"))
        question = Question(
            HIDDEN_KEY, "hidden", "hidden rows", "This row is hidden in the file", choices, True
        )
        draft.values["left_out"] = (
            not reader.ask("", question) and reader.fields.answers.get(HIDDEN_KEY) is False
        )
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


def _undecided_columns(cells: LineCells, reader: LineReader) -> None:
    """Ask about values whose column is not sure."""
    for column in cells.columns:
        if column.question and not column.hidden and cells.line.row.cells[column.index].text:
            reader.ask(column.field, column.question, column.index)


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
        if words := says_exempt(reader.text(cell), column.label):
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


def read_sources(cells: LineCells, reader: LineReader, draft: Draft) -> dict[str, tuple[Source, ...]]:
    """Return the untouched cells behind each field, and the headings behind those that no cell holds."""
    found: dict[str, tuple[Source, ...]] = {}
    for name, some in cells.by_field.items():
        sources = tuple(
            _source(column, cell, reader)
            for column, cell in some
            if cell.text or cell.value is not None or cell.colour
        )
        if sources:
            found[str(name)] = sources
    return found | heading_sources(cells.line, draft.section, draft.values, found)


def _source(column: Mapped, cell: Cell, reader: LineReader) -> Source:
    place = replace(reader.place, column=column.index)
    return Source(place, column.name, cell.text or f"{cell.colour or ''}")
