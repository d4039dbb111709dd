"""Write what a line of a tracker says of one body's part: its response, dates, progress and steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from committee.text import clean_text, comparable
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import TargetState, UpdateState
from recommendations.lifecycle.events import stands
from recommendations.lifecycle.imported import ImportedLine, ImportedUpdate
from recommendations.lifecycle.period_ends import end_of, filed_under
from recommendations.lifecycle.periods import Period
from recommendations.models import Assignment, ImportRow, Milestone, Response, TargetChange, Update

if TYPE_CHECKING:
    from recommendations.actions.import_writer import ImportWriter


@dataclass
class PartRecord:
    """What is on the record of one part: what a tracker says again is not written again."""

    part: Assignment
    responses: set[tuple[str, str]] = field(default_factory=set)
    """The decision and the words of each, as they are compared."""
    updates: set[tuple[str, str]] = field(default_factory=set)
    """The claim and the words of each."""
    dates: set[dt.date] = field(default_factory=set)
    """Every date that was or is its own, and every one asked for."""
    steps: set[str] = field(default_factory=set)
    asked: bool = False
    """Whether a new date waits for a decision."""
    target_on: dt.date | None = None
    dated_at: dt.datetime | None = None
    """When its present date was set or moved."""
    claim: str = ""

    def __post_init__(self) -> None:
        self.target_on = self.part.target_on
        self.dated_at = self.part.first_target_set_at
        self.claim = self.part.claim
        self.dates |= {day for day in (self.part.first_target_on, self.part.target_on) if day}


def records_of(parts: Iterable[Assignment]) -> dict[int, PartRecord]:
    """Return what is on the record of each of the parts, by the `id` of the object, in a fixed number of queries."""
    rows = list(parts)
    records = {part.pk: PartRecord(part) for part in rows}
    of = {"assignment__in": records}
    for one in Response.objects.standing().filter(**of):
        records[one.assignment_id].responses.add(_said(one.decision, one.text, one.reason))
    for update in Update.objects.published().filter(**of).defer("exempt_text"):
        records[update.assignment_id].updates.add((update.claim, comparable(update.progress)))
    for change in TargetChange.objects.filter(**of):
        record = records[change.assignment_id]
        record.dates |= {change.old_date, change.new_date}
        record.asked |= change.state == TargetState.REQUESTED
        moved_at = change.decided_at if change.state == TargetState.AGREED and stands(change) else None
        record.dated_at = max(filter(None, (record.dated_at, moved_at)), default=None)
    for step in Milestone.objects.filter(**of):
        records[step.assignment_id].steps.add(comparable(step.words))
    return {id(part): records[part.pk] for part in rows}


def _said(decision: str, *words: str) -> tuple[str, str]:
    return decision, comparable(" ".join(words))


OLDER = "The date on the record was set after the tracker’s own day: the tracker’s date is not taken"


class PartWriter:
    """Writes one line of one part."""

    def __init__(self, writer: ImportWriter, row: ImportRow, line: ImportedLine, record: PartRecord) -> None:
        self.writer, self.row, self.line, self.record = writer, row, line, record
        self.part = record.part
        self.made: dict[str, Any] = writer.marks_of(row)
        self.news = False
        self.not_taken = ""
        """What is not taken of its dates, in a sentence."""

    def write(self) -> bool:
        """Write what is not on the record yet. Return whether anything was."""
        self._response()
        self._targets()
        self._asked()
        self._updates()
        self._steps()
        return self.news

    def _add(self, model: type[Model], **values: Any) -> None:
        self.writer.add(model, **values)
        self.news = True

    @property
    def _exempt(self) -> dict[str, Any]:
        exempt = self.line.exempt
        if exempt is None:
            return {}
        return {
            "exempt_text": exempt.text,
            "exempt_paragraphs": list(exempt.paragraphs),
            "public_summary": exempt.public_summary,
        }

    def _response(self) -> None:
        line = self.line
        said = _said(line.response, line.response_text, line.reason)
        if not line.response or said in self.record.responses:
            return
        bare = not said[1] and any(decision == line.response for decision, _ in self.record.responses)
        if bare:  # the same decision, without the words that are on the record
            return
        self.record.responses.add(said)
        self._add(
            Response,
            assignment=self.part,
            decision=line.response,
            text=line.response_text,
            reason=line.reason,
            decided_on=filed_under(line.answered_on, self.writer.day),
            body_name=self.part.body.name,
            recorded_at=self.writer.at,
            recorded_by=self.writer.by,
            **({} if line.updates else self._exempt),
            **self.made,
        )

    # -------------------------------------------------------------- dates

    def _targets(self) -> None:
        told = [day for period in (*self.line.earlier_targets, self.line.target) if (day := end_of(period))]
        if not told:
            return
        if self.record.target_on is None:
            self._first_date(told[0])
        elif told[-1] in self.record.dates:
            return
        elif self._is_older:
            self.not_taken = OLDER
            return
        else:
            told = [day for day in told if day not in self.record.dates]
        for day in told:
            if day != self.record.target_on:
                self._slip(day)

    @property
    def _is_older(self) -> bool:
        """Whether the present date was set after the tracker's own day."""
        return self.record.dated_at is not None and self.record.dated_at > self.writer.at

    def _first_date(self, day: dt.date) -> None:
        part = self.part
        part.first_target_on = part.target_on = day
        part.first_target_set_at = self.writer.at
        self.writer.date_first(part)
        self.record.target_on = day
        self.record.dates.add(day)
        self.news = True

    def _slip(self, day: dt.date) -> None:
        before = self.record.target_on
        if before is None:
            return
        self._add(
            TargetChange,
            assignment=self.part,
            old_date=before,
            new_date=day,
            state=TargetState.AGREED,
            asked_at=self.writer.at,
            decided_at=self.writer.at,
            **self.made,
        )
        self.record.target_on = day
        self.record.dates.add(day)

    def _asked(self) -> None:
        """Write a date that was asked for as asked for; it is never taken as agreed."""
        day = end_of(self.line.asked_target)
        if day is None or self.record.asked or day in self.record.dates:
            return
        if self.record.target_on is None:
            return  # it stays in the cells: there is no present date that it would move
        if self._is_older:
            self.not_taken = OLDER
            return
        self.record.asked = True
        self.record.dates.add(day)
        self._add(
            TargetChange,
            assignment=self.part,
            old_date=self.record.target_on,
            new_date=day,
            state=TargetState.REQUESTED,
            asked_at=self.writer.at,
            **self.made,
        )

    # -------------------------------------------------------------- progress

    def _updates(self) -> None:
        filed = sorted(
            (
                (filed_under_day(one.as_at, self.writer.day), number, one)
                for number, one in enumerate(self.line.updates)
            ),
            key=lambda each: each[:2],
        )
        for position, (day, _, update) in enumerate(filed):
            self._update(update, day, last=position == len(filed) - 1)

    def _update(self, update: ImportedUpdate, day: dt.date, *, last: bool) -> None:
        words = comparable(update.text)
        if not words and not update.claim:
            return
        said = (update.claim, words)
        if said in self.record.updates:
            return
        told_before = any(known == words and words for _, known in self.record.updates)
        if told_before and not update.claim:
            return
        if not words and update.claim == self.record.claim:
            return
        self.record.updates.add(said)
        self.record.claim = update.claim or self.record.claim
        self._add(
            Update,
            assignment=self.part,
            as_at=day,
            filed_on=day,
            claim=update.claim,
            progress=update.text,
            body_name=self.part.body.name,
            state=UpdateState.PUBLISHED,
            author=self.writer.by,
            created_at=self.writer.at,
            saved_at=self.writer.at,
            published_at=self.writer.at,
            published_by=self.writer.by,
            **(self._exempt if last else {}),
            **self.made,
        )

    def _steps(self) -> None:
        for step in self.line.steps:
            day = end_of(step.due_on)
            # What names no time stays in the words of the file.
            said = step.due_on.words if day is None else ""
            words = clean_text(f"{step.words} ({said})" if said else step.words)
            if comparable(words) in self.record.steps:
                continue
            if len(words) > 300:
                raise ActionDenied(f"A step in {self.row.place} is longer than 300 characters. Shorten it")
            self.record.steps.add(comparable(words))
            self._add(
                Milestone,
                assignment=self.part,
                words=words,
                due_on=day,
                created_at=self.writer.at,
                **self.made,
            )


def filed_under_day(period: Period, day: dt.date) -> dt.date:
    """Return the last day of the period of a report; one without is of the tracker's own day."""
    return end_of(period) or day
