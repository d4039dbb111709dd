"""What happened with one recommendation, newest first, as plain data.

Built from the domain's own rows, never from the audit trail. Unpublished updates are never in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from django.db.models import Model
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from recommendations.lifecycle import DatesAgreedBy, TargetState
from recommendations.models import Assignment, Correction, Milestone, Recommendation
from recommendations.queries.as_at import ReplacedValue, replaced_values
from recommendations.queries.corrections import (
    Names,
    author_of,
    names_in,
    now_in_place,
    part_of,
    title_of,
    value_in_words,
)
from recommendations.queries.evidence import EvidenceView, evidence_views
from recommendations.queries.record_rows import RecordRows


@dataclass(frozen=True)
class TimelineEntry:
    """One event. `kind` names the partial that shows it, `row` is the domain's row."""

    kind: str
    key: int
    on: dt.date
    at: dt.datetime
    title: str
    who: str
    is_committee: bool
    row: Any
    about: Collection[int] | None = None
    """The ids of the assignments that it is about; None if it is about the whole recommendation."""
    of: str = ""
    """The body whose assignment it is about, by its name at the time."""
    evidence: list[EvidenceView] = field(default_factory=list)
    citations: list[Any] = field(default_factory=list)
    """What sources tell of it."""
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do here: filled in by the view."""
    correction: Correction | None = None
    """The correction that says that this was recorded in error."""
    put_right_by: list[Correction] = field(default_factory=list)
    """What put this in the place of what was recorded in error, and corrected the day of its meeting."""

    @property
    def anchor(self) -> str:
        """The id of the entry within the page."""
        return f"{self.kind}-{self.key}"

    def is_about(self, assignment: Assignment) -> bool:
        """Return whether it is about this body's assignment, or about the whole recommendation."""
        return self.about is None or assignment.pk in self.about


def assignment_entries(assignment: Assignment, user: User) -> list[TimelineEntry]:
    """Return what happened with one assignment, newest first, with the people who recorded each entry at hand."""
    return timeline(RecordRows(assignment.recommendation, user, None, only=assignment))


def timeline(rows: RecordRows) -> list[TimelineEntry]:
    """Return what these rows tell, newest first."""
    entries = chain(
        _notices(rows),
        _notice_withdrawals(rows),
        _responses(rows),
        _updates(rows),
        _date_changes(rows),
        _verdicts(rows),
        _corrections(rows),
        _wordings(rows),
        _transfers(rows),
        _passings(rows),
        _changes_in_place(rows),
        _openings(rows),
    )
    marked = (_marked(rows, entry) for entry in entries)
    return sorted(marked, key=lambda entry: (entry.on, entry.at, entry.key), reverse=True)


def _marked(rows: RecordRows, entry: TimelineEntry) -> TimelineEntry:
    """Return the entry, with the correction that says so where it is about a part that was addressed in error."""
    if entry.correction is not None or entry.kind == "correction":
        return entry
    in_error = next((rows.in_error[pk] for pk in entry.about or () if pk in rows.in_error), None)
    return replace(entry, correction=in_error) if in_error is not None else entry


def _about(row: Any) -> tuple[int] | None:
    return (row.assignment_id,) if row.assignment_id is not None else None


def _by_committee(
    rows: RecordRows, kind: str, row: Any, at: dt.datetime, title: str, **more: Any
) -> TimelineEntry:
    """Return the entry of what committee support recorded at a moment, for the committee of that day."""
    on = timezone.localdate(at)
    return TimelineEntry(kind, row.pk, on, at, title, rows.committee_on(on).name, True, row, **more)


def _notices(rows: RecordRows) -> Iterator[TimelineEntry]:
    sent: dict[tuple[dt.date, int | None], list[Assignment]] = defaultdict(list)
    for assignment in rows.assignments:
        if assignment.notified_on is not None:
            alone = assignment.pk if rows.is_withdrawn(assignment) else None
            sent[assignment.notified_on, alone].append(assignment)
    for (on, _), assignments in sent.items():
        for assignment in assignments:
            assignment.sent_to = rows.name_on(assignment, on)  # type: ignore[attr-defined]  # for the template
        names = ", ".join(assignment.sent_to for assignment in assignments)  # type: ignore[attr-defined]  # as above
        yield TimelineEntry(
            "notice",
            assignments[0].pk,
            on,
            clock.start_of_day(on),
            f"Sent to {names}",
            rows.committee_on(on).name,
            True,
            assignments,
            about=[assignment.pk for assignment in assignments],
        )


def _notice_withdrawals(rows: RecordRows) -> Iterator[TimelineEntry]:
    for withdrawal in rows.withdrawals:
        at = withdrawal.withdrawn_at
        body = rows.name_on(withdrawal.assignment, timezone.localdate(at))
        title = f"Notice to {body} taken back"
        yield _by_committee(rows, "withdrawal", withdrawal, at, title, about=_about(withdrawal))


def _responses(rows: RecordRows) -> Iterator[TimelineEntry]:
    for response in rows.responses:
        yield TimelineEntry(
            "response",
            response.pk,
            response.decided_on,
            response.recorded_at,
            f"Response: {response.get_decision_display()}",
            response.body_name,
            False,
            response,
            about=_about(response),
            evidence=evidence_views(response, rows.user, rows.moment),
            correction=rows.voided.get(("response", response.pk)),
            put_right_by=rows.put_right_by(response),
        )


def _updates(rows: RecordRows) -> Iterator[TimelineEntry]:
    for update in rows.updates:
        title = "Correction to an update" if update.corrects_id else "Progress update"
        yield TimelineEntry(
            "update",
            update.pk,
            update.filed_on or update.as_at,
            update.published_at or update.saved_at,
            f"{title}: {update.claim_words}" if update.claim else title,
            update.body_name,
            False,
            update,
            about=_about(update),
            evidence=evidence_views(update, rows.user, rows.moment),
        )


DATE_CHANGE_TITLES = {
    TargetState.AGREED: "New date agreed",
    TargetState.REFUSED: "New date refused",
    TargetState.REQUESTED: "New date asked for",
}


def _date_changes(rows: RecordRows) -> Iterator[TimelineEntry]:
    for change in rows.changes:
        at = change.decided_at or change.asked_at
        on = change.decided_on or timezone.localdate(at)
        is_decided = change.decided_at is not None
        asker = who = rows.name_on(change.assignment, timezone.localdate(change.asked_at))
        title = str(DATE_CHANGE_TITLES[TargetState(change.state)])
        if is_decided and not change.decision_is_stated:
            title = "New date in the tracker"
        elif is_decided:
            in_session = change.decided_as in ("", DatesAgreedBy.MEETING)
            sitting = change.meeting.body if change.meeting else rows.committee_on(on)
            who = sitting.name if in_session else change.decided_by_words
        yield TimelineEntry(
            "date",
            change.pk,
            on,
            at,
            title,
            who,
            is_decided,
            change,
            about=_about(change),
            of=asker,
            correction=rows.voided.get(("targetchange", change.pk)),
            put_right_by=rows.put_right_by(change),
        )


def _verdicts(rows: RecordRows) -> Iterator[TimelineEntry]:
    for verdict in rows.verdicts:
        on, part = verdict.meeting.held_on, verdict.assignment
        yield TimelineEntry(
            "assessment",
            verdict.pk,
            on,
            verdict.recorded_at,
            f"Committee’s view: {verdict.grade_words}. {verdict.get_outcome_display()}",
            verdict.meeting.body.name,
            True,
            verdict,
            about=_about(verdict),
            of=rows.name_on(part, on) if part else "",
            correction=rows.voided.get(("assessment", verdict.pk)),
            put_right_by=rows.put_right_by(verdict),
        )


def _corrections(rows: RecordRows) -> Iterator[TimelineEntry]:
    for correction in rows.corrections:
        part = part_of(correction, rows.recommendation.pk)
        now = now_in_place(correction, rows.recommendation.pk, rows.moment)
        title = f"Corrected: {title_of(correction)}{now}"
        about = (part.pk,) if part is not None else None
        entry = _by_committee(rows, "correction", correction, correction.corrected_at, title, about=about)
        yield replace(entry, who=author_of(rows.committee_on(entry.on)))


def _wordings(rows: RecordRows) -> Iterator[TimelineEntry]:
    for wording in rows.wordings:
        on = wording.agreed_on
        committee = wording.meeting.body if wording.meeting else rows.committee_on(on)
        yield TimelineEntry(
            "wording", wording.pk, on, wording.changed_at, "Wording changed", committee.name, True, wording
        )


def _transfers(rows: RecordRows) -> Iterator[TimelineEntry]:
    for transfer in rows.transfers:
        if rows.is_known(transfer):
            successor = transfer.to_body.name
            yield TimelineEntry(
                "transfer",
                transfer.pk,
                transfer.on,
                transfer.recorded_at,
                f"Passed from {transfer.from_body.name} to {successor}",
                successor,
                False,
                transfer,
                about=_about(transfer),
            )


def _passings(rows: RecordRows) -> Iterator[TimelineEntry]:
    for passing in rows.passings:
        if rows.is_known(passing):
            successor = passing.to_committee.name
            yield TimelineEntry(
                "passing",
                passing.pk,
                passing.on,
                passing.recorded_at,
                f"Passed from the {passing.from_committee.name} to the {successor}",
                successor,
                True,
                passing,
            )


def _openings(rows: RecordRows) -> Iterator[TimelineEntry]:
    for row in (*rows.responses, *rows.updates):
        opening = getattr(row, "exempt_opening", None)
        if opening is not None and (rows.moment is None or opening.opened_at <= rows.moment):
            title = "Exempt text opened"
            yield _by_committee(rows, "opening", opening, opening.opened_at, title, about=_about(row))


# ------------------------------------------------------------------ what is changed in place

TOLD: dict[type[Model], dict[str, str]] = {
    Assignment: {"is_lead": "Its part", "post_id": "Answered for by", "deliverer": "Delivered by"},
    Milestone: {"words": "Step", "due_on": "Step due", "done_on": "Step done"},
    Recommendation: {"themes": "Themes"},
}
"""What is changed in place without a reason: what it was before is told, with the day."""

CHANGE_TITLES: dict[type[Model], str] = {
    Assignment: "The part changed",
    Milestone: "The plan changed",
    Recommendation: "The themes changed",
}

TABLES = {model._meta.db_table: model for model in TOLD}


@dataclass(frozen=True)
class ChangeInPlace:
    """One change in place: what was shown before, in words, each with its label."""

    pk: int
    facts: list[tuple[str, str]]


def _changes_in_place(rows: RecordRows) -> Iterator[TimelineEntry]:
    """Yield what was changed of the plan, the part and the themes since they were public, with what it was before."""
    public_at = rows.recommendation.made_public_at
    if public_at is None:
        return
    own = {one.pk: one for one in rows.assignments}
    of_step = {step.pk: step.assignment_id for step in rows.milestones}
    asked: dict[type[Model], Iterable[int]] = {
        Assignment: own,
        Milestone: of_step,
        Recommendation: [rows.recommendation.pk],
    }
    found = replaced_values(rows.moment, public_at, asked, {"assignment_id": own})
    names = names_in(replaced.values for replaced in found)
    for replaced in found:
        model = TABLES[replaced.table]
        change = ChangeInPlace(replaced.key, _facts_before(model, replaced, names))
        if not change.facts:
            continue
        title = "A step was taken out of the plan" if replaced.removed else CHANGE_TITLES[model]
        entry = _by_committee(rows, "change", change, replaced.at, title)
        if model is Assignment:
            entry = replace(entry, about=(replaced.pk,))
        elif model is Milestone:
            part = own[replaced.values.get("assignment_id") or of_step[replaced.pk]]
            body = rows.name_on(part, entry.on)
            entry = replace(entry, about=(part.pk,), who=body, is_committee=False)
        yield entry


def _facts_before(model: type[Model], replaced: ReplacedValue, names: Names) -> list[tuple[str, str]]:
    """Return what a change in place is told by; nothing where something else on the page tells it."""
    if model is Milestone and replaced.values.keys() == {"done_on"} and replaced.values["done_on"] is None:
        return []  # a step was done, which the list of steps says
    return [
        (TOLD[model][name], value_in_words(name, replaced.values, names))
        for name in replaced.values
        if name in TOLD[model] and (name == "words" or not replaced.removed)
    ]
