"""Reads the cells of one line, and gathers what must be asked about them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.bullets import MILESTONES, bulleted, bullets_question
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dated_updates import read_updates
from recommendations.trackers.exempt import ExemptWords, find_exempt
from recommendations.trackers.exempt import Place as ExemptPlace
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.outcomes import CommitteeDecision, TitleState, read_outcome, read_title
from recommendations.trackers.owners import NOBODY_KNOWN, KnownOwners, read_owners
from recommendations.trackers.period_grammar import Known
from recommendations.trackers.periods import QUARTERS_KEY, read_period, read_target
from recommendations.trackers.questions import Answers, Asked, Place, Question, Read, plain, question_key
from recommendations.trackers.reading import Problem, Update, period_from_answer
from recommendations.trackers.references import read_reference
from recommendations.trackers.sections import Section
from recommendations.trackers.signed_off import is_saying
from recommendations.trackers.status_words import Fact, Meaning
from recommendations.trackers.swapped_days import with_day_and_month_swapped
from recommendations.trackers.word_questions import Meanings, answered
from recommendations.trackers.words import Statuses, against_day, read_status_cell

T = TypeVar("T")
NUMBERED_STATUS = re.compile(r"[1-9]\s*(?:[-\u2013:.)=]|\((?=[A-Za-z]))\s*(?=[A-Za-z])")
"""The number of a status in a list, before its words: "2 - On track", "1 (Achieved)"."""
BETWEEN_FACTS = re.compile(r"[.;:] +| [\u2013-] |\n")
Words = tuple[str | None, str | None]
"""A code, or None, and the file's own words."""
NOTHING: Words = (None, None)


@dataclass(frozen=True)
class Said:
    """What a cell says of three facts that are told apart even in one column."""

    response: Words = NOTHING
    claim: Words = NOTHING
    outcome: Words = NOTHING
    rest: str = ""
    """What follows in words."""
    rest_of: str = ""
    """The fact before the rest."""
    answered_on: Period | None = None
    outcome_on: Period | None = None

    def fact(self, name: str) -> Words:
        """Return the code and the words of one of the three."""
        found: Words = getattr(self, name)
        return found


@dataclass
class FieldReader:
    """Reads cells in the light of what was answered, and of what the file says of itself."""

    answers: Answers
    asked: Asked
    as_at: Period = NO_PERIOD
    key: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    """What the file itself says that its words and colours mean."""

    _exempt_over: dict[int, ExemptWords | None] = field(default_factory=dict)
    _title_states: dict[str, TitleState] = field(default_factory=dict)
    known_owners: KnownOwners = NOBODY_KNOWN
    """The names that stand alone somewhere in the file, or that the committee's council knows."""

    @property
    def meanings(self) -> Meanings:
        """What words mean in this file, beside the common vocabulary."""
        return Meanings(self.answers, self.key)

    @property
    def near(self) -> dt.date | None:
        return self.as_at.end

    def exempt_over(self, section: Section) -> ExemptWords | None:
        """Return the words over a table, or the name of its sheet, by which it is not for publication."""
        if id(section) not in self._exempt_over:
            sheet = str(section.table.name)
            found = [
                find_exempt(title, ExemptPlace.SHEET if title == sheet else ExemptPlace.TITLE)
                for title in section.titles
            ]
            self._exempt_over[id(section)] = next((one for one in found if one), None)
        return self._exempt_over[id(section)]

    def title_state(self, title: str, *, is_sheet: bool) -> TitleState:
        """Return what a title says of all lines below it."""
        if title not in self._title_states and is_saying(title):
            self._title_states[title] = TitleState()  # it is proposed to the lines that it means
        if title not in self._title_states:
            self._title_states[title] = read_title(title, self.meanings, sheet=is_sheet)
        return self._title_states[title]

    def known(self, made_on: Period | None = None) -> Known:
        """Return what helps to read a date."""
        quarters = self.answers.get(QUARTERS_KEY, "")
        return Known(near=self.near, made_on=made_on, quarters=quarters)


PERCENT_HEADER = re.compile(r"%|\b(?:pct|per ?cent|percentage)\b")
BARE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


def percent_of(cell: Cell, header: str) -> str:
    """Return a number under "% complete" as per cent, such as "75%" for 75 and for 0.75; "" for another cell, and for a 1, which
    may be either.
    """
    text = cell.text.strip()
    if not BARE_NUMBER.fullmatch(text) or not PERCENT_HEADER.search(plain(header.replace("_", " "))):
        return ""
    number = float(text)
    if number == 1 or number > 100:
        return ""
    return f"{number * 100 if number < 1 else number:g}%"


@dataclass
class LineReader:
    """Reads the cells of one line; what is asked gathers in `problems`."""

    fields: FieldReader
    place: Place
    row_struck: bool = False
    swapped: Mapping[int, Question] = field(default_factory=dict)
    """The columns of dates in which days and months may be swapped, with the question."""
    problems: list[Problem] = field(default_factory=list)
    row_fill: str = ""
    """The name of the colour with which the row as a whole is filled, where that may say how far it is."""

    def ask(self, about: str, question: Question, column: int | None = None) -> bool:
        """Ask, unless it is answered; return whether it is open."""
        if not self.fields.asked.ask(question, [replace(self.place, column=column)]):
            return False
        if all(problem.key != question.key for problem in self.problems):
            self.problems.append(Problem(question.sentence, str(about), question.key))
        return True

    def is_asked(self, fact: Fact, words: str | None) -> bool:
        """Return whether it is, or was, asked what these words say of the fact."""
        if any(problem.field == fact and problem.key for problem in self.problems):
            return True
        return bool(words) and answered(fact, words or "", self.fields.meanings) is not None

    def settle(self, about: str, read: Read[T], column: int | None, answered: Callable[[Any], T]) -> T | None:
        """Return what was read, or what a person answered in its place."""
        if read.question is None:
            return read.value
        if self.ask(about, read.question, column):
            return read.value
        return answered(self.fields.answers.get(read.question.key))

    def said(self, name: Field, cell: Cell, column: Mapped, *, closed: bool = False) -> Said:
        """Return what a cell says of response, claim and outcome. `closed` says that something else tells it is closed."""
        if name is Field.OUTCOME:
            if plain(self.text(cell)) in ("no", "n", "not yet", "open"):
                return Said(outcome=(None, self.text(cell)))
            outcome, on = read_outcome(self.text(cell), closed=closed, meanings=self.fields.meanings)
            return Said(outcome=self._fact("outcome", outcome, column), outcome_on=on)
        fact: Fact = "response" if name is Field.RESPONSE else "claim"
        if fact == "claim" and (percent := percent_of(cell, column.name)):
            cell = replace(cell, pieces=(Piece(percent),))
        if not cell.struck and (number := NUMBERED_STATUS.match(cell.text)):
            cell = replace(cell, pieces=(Piece(cell.text[number.end() :].rstrip(" )")),))
        found = self._statuses(cell, fact, column)
        if fact == "response" and len(column.fields) > 1 and found.questions:
            # "Agreed. Amber": the column is one of progress too.
            found = self._of_both(cell, column) or found
        claim = against_day(found.claim, found.claimed_on, self.fields.as_at, self.fields.meanings)
        found = replace(found, claim=claim)
        facts = {
            each: self._fact(each, getattr(found, each), column) for each in ("response", "claim", "outcome")
        }
        return Said(
            **facts,
            rest=found.rest,
            rest_of=found.rest_of or "",
            answered_on=found.answered_on,
            outcome_on=found.outcome_on,
        )

    def decided(self, decision: CommitteeDecision, column: Mapped) -> Said:
        """Return what a sentence says that the committee decided."""
        return Said(outcome=self._fact("outcome", decision.outcome, column), outcome_on=decision.on)

    def _of_both(self, cell: Cell, column: Mapped) -> Statuses | None:
        """Return what a cell of a column of responses and progress says of each; None where that must be asked."""
        other = self._statuses(cell, "claim", column)
        if not other.questions:
            return other
        first, mark, rest = BETWEEN_FACTS.sub("\n", self.text(cell), count=1).partition("\n")
        if not mark:
            return None
        response = self._statuses(Cell((Piece(first),)), "response", column)
        claim = self._statuses(Cell((Piece(rest),)), "claim", column)
        if response.questions or claim.questions or not response.response.value or not claim.claim.value:
            return None
        return replace(claim, response=response.response, answered_on=response.answered_on)

    def _statuses(self, cell: Cell, fact: Fact, column: Mapped) -> Statuses:
        return read_status_cell(
            cell,
            fact,
            header=column.name,
            meanings=self.fields.meanings,
            with_text=len(column.fields) > 1 or column.field is Field.PROGRESS or column.is_wordy,
            row_struck=self.row_struck,
            of_progress=column.is_a(Field.CLAIM) or column.is_a(Field.PROGRESS),
        )

    def _fact(self, about: str, read: Read[str], column: Mapped) -> Words:
        if read.question:
            self.ask(about, read.question, column.index)
        return read.value or None, read.words or None

    def owners(self, text: str, column: int | None) -> tuple[str, ...]:
        """Return to whom a cell addresses the recommendation."""
        read = read_owners(text, self.fields.known_owners, self.fields.answers).read
        return self.settle("owners", read, column, tuple) or ()

    def without_bullets(self, text: str, column: Mapped, steps: list[str], made_on: Period) -> str:
        """Return the text; without its bullets, which are added to `steps`, where a person wants milestones made of them."""
        found = bulleted(text, self.fields.known(made_on))
        if found is None:
            return text
        question = bullets_question(column.field, column.name)
        is_open = self.fields.asked.ask(question, [replace(self.place, column=column.index)])
        if is_open or self.fields.answers.get(question.key) != MILESTONES:
            return text
        steps += found.points
        return found.before

    def updates(self, text: str, as_at: Period, column: int | None, known: Known) -> list[Update]:
        """Return the updates of a cell: each of its own day, or of `as_at` where it names none."""
        found = []
        for one in read_updates(text, known):
            day = (
                self.settle("updates", one.as_at, column, lambda said: period_from_answer(said, ""))
                if one.as_at
                else None
            )
            found.append(Update(day or (Period(one.as_at.words) if one.as_at else as_at), one.text))
        return found

    def day_over(self, column: Mapped) -> Period | None:
        """Return the day of which a column speaks by its header, asked where that names none; None where it is the file's."""
        day = self.day_of(column)
        if day or not (column.is_earlier or column.day):
            return day
        key = question_key("period", "column", column.name)
        sentence = f"Of which day does the column \u201c{column.name}\u201d speak?"
        read: Read[Period] = Read(None, column.name, Question(key, "period", column.name, sentence))
        found = self.settle("updates", read, column.index, lambda said: period_from_answer(said, ""))
        return found or Period(column.name)

    def day_of(self, column: Mapped) -> Period | None:
        """Return the day or month in a column's header; None where there is none."""
        read = read_period(column.day, self.fields.known()) if column.day else None
        return read.value if read and read.value and read.value.is_known else None

    def name(self, number: str | None, reference: str | None) -> tuple[str | None, str | None]:
        """Return the number and the reference that two cells hold: a bare number is no reference."""
        found = [read_reference(words) for words in (reference, number) if words]
        numbers = [one.number for one in found if one.number]
        references = [one.reference for one in found if one.reference]
        if not numbers and len(references) > 1:
            return references[-1], references[0]
        return (numbers[-1] if numbers else None, references[0] if references else None)

    def take_outcome(self, values: dict[str, Any], said: Any, words: str) -> None:
        """Take the outcome that a person answered for what is struck, or stands under "Closed"."""
        outcome = said.get("outcome") if isinstance(said, dict) else said
        if outcome:
            values["outcome"], values["outcome_words"] = outcome, values.get("outcome_words") or words
            if isinstance(said, dict) and said.get("on"):
                values["outcome_on"] = period_from_answer(said["on"], said["on"])

    def text(self, cell: Cell) -> str:
        """Return the words of a cell that stand; all of them in a row that is struck as a whole."""
        return cell.text if self.row_struck or not cell.standing else cell.standing

    def period(self, about: str, cell: Cell, column: int | None, made_on: Period | None = None) -> Period:
        """Return the time that a cell names; without days where it names none or must be asked."""
        cell = self._as_meant(about, cell, column)
        words = self.text(cell)
        if not words and cell.value is None:
            return NO_PERIOD
        read = read_target(cell, self.fields.known(made_on), row_struck=self.row_struck).target
        found = self.settle(about, read, column, lambda said: period_from_answer(said, read.words))
        return found or Period(read.words or words)

    def _as_meant(self, about: str, cell: Cell, column: int | None) -> Cell:
        """Return a cell with its stored day as it is, or with day and month swapped where somebody said so."""
        question = self.swapped.get(column) if column is not None else None
        if question is None or not isinstance(cell.value, dt.date) or self.ask(about, question, column):
            return cell
        is_swapped = self.fields.answers.get(question.key) == "swapped"
        return with_day_and_month_swapped(cell) if is_swapped else cell

    def target(
        self, cell: Cell, column: int | None, made_on: Period | None = None
    ) -> tuple[Period, tuple[Period, ...], Period]:
        """Return the target date, those that it replaced, and one that is asked for."""
        cell = self._as_meant("target", cell, column)
        if not cell.text and cell.value is None:
            return NO_PERIOD, (), NO_PERIOD
        read = read_target(cell, self.fields.known(made_on), row_struck=self.row_struck)
        found = self.settle(
            "target", read.target, column, lambda said: period_from_answer(said, read.target.words)
        )
        return found or Period(read.target.words), read.earlier, read.asked_for or NO_PERIOD
