"""Everything the page of one recommendation shows, as plain data.

Built from the domain's own rows, never from the audit trail, in a fixed number of queries. `moment` reads it as it was
then. Unpublished updates are never in it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from recommendations.lifecycle import Claim, Grade, TargetState
from recommendations.lifecycle import Clock as ResponseClock
from recommendations.lifecycle.events import stands
from recommendations.lifecycle.state import last_claim, recommendation_state
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    ImportBatch,
    Milestone,
    Recommendation,
    Response,
    TargetChange,
    Transfer,
    Update,
)
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.queries.as_at import EarlierWording, earlier_wordings, put_back, relations_at, text_at
from recommendations.queries.corrections import about_whole
from recommendations.queries.record_rows import RecordRows
from recommendations.queries.silence import Silence, of_recommendation
from recommendations.queries.sources import told_of_recommendation
from recommendations.queries.timeline import TimelineEntry, timeline


@dataclass
class AssignmentRecord:
    """One assignment of a recommendation, as it was on a day."""

    assignment: Assignment
    body_name: str
    on: dt.date
    clock: ResponseClock
    committee: Body
    """The committee that followed it up on that day."""
    responses: list[Response] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    verdicts: list[Assessment] = field(default_factory=list)
    changes: list[TargetChange] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    """What was corrected of the part itself: its notice, its first date, whom it is addressed to."""
    response_put_right_by: list[Correction] = field(default_factory=list)
    """What put the latest response in the place of another, and corrected the day of its meeting."""
    view_put_right_by: list[Correction] = field(default_factory=list)
    """The same of the latest view."""
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do here: filled in by the view."""
    may_correct: bool = False
    """Whether the reader may correct what is recorded of it: filled in by the view."""

    def corrected(self, column: str) -> Correction | None:
        """Return the latest correction of this column of the part, for the mark beside what is right now."""
        return next(
            (one for one in reversed(self.corrections) if column in one.before and not one.voids), None
        )

    @property
    def notice_corrected(self) -> Correction | None:
        return self.corrected("notified_on")

    @property
    def first_date_corrected(self) -> Correction | None:
        return self.corrected("first_target_on")

    @property
    def withdrawal(self) -> Correction | None:
        """The correction that says that it was addressed in error."""
        return next((one for one in self.corrections if one.voids), None)

    @property
    def response(self) -> Response | None:
        """The latest response; the earlier ones are in `responses` and the timeline."""
        return self.responses[-1] if self.responses else None

    @property
    def update(self) -> Update | None:
        return self.updates[-1] if self.updates else None

    @property
    def claiming(self) -> Update | None:
        """The latest update that claims something: one that was brought in from a tracker may claim nothing, and what was
        claimed before stands then."""
        return last_claim(self.updates)

    @property
    def verdict(self) -> Assessment | None:
        return self.verdicts[-1] if self.verdicts else None

    @property
    def invitation(self) -> str:
        """Where the escalation that stands invites the head of service to, in words; "" if none stands."""
        escalation = self.assignment.escalation(self.verdicts)
        return escalation.invitation if escalation is not None else ""

    @property
    def days_late(self) -> int:
        """Days since the first date on that day; 0 if it is not overdue."""
        return self.assignment.days_late(self.on)

    @property
    def on_track_too_late(self) -> bool:
        """Whether the body claims that it is on track, though its own date had passed on that day."""
        return self.assignment.is_on_track_too_late_on(self.on)

    @property
    def agreed_changes(self) -> list[TargetChange]:
        return [change for change in self.changes if change.state == TargetState.AGREED and stands(change)]

    @property
    def differ_words(self) -> str:
        """The difference between the body's claim and the committee's view, as a sentence; "" if there is none."""
        if not self.assignment.voices_differ:
            return ""
        claim = Claim(self.assignment.claim).label.lower()
        grade = Grade(self.assignment.grade).label.lower()
        return f"The two differ: the body says “{claim}”, the committee found “{grade}”."


@dataclass(frozen=True)
class RecommendationRecord:
    """Everything the page of one recommendation shows."""

    recommendation: Recommendation
    text: str
    on: dt.date
    moment: dt.datetime | None
    committee: Body
    """The committee that followed it up then."""
    existed: bool
    parts: list[AssignmentRecord]
    entries: list[TimelineEntry]
    wordings: list[EarlierWording]
    verdict: Assessment | None
    """The latest verdict on the whole recommendation."""
    closed_by: Assessment | None
    sources_only: bool
    """Whether only public sources told of it then."""
    silence: Silence | None
    """How long nothing had been heard of it then."""
    citations: list[Any]
    """What sources tell of it and of its parts."""
    repeats: list[Any]
    repeated_by: list[Any]
    in_error: list[AssignmentRecord] = field(default_factory=list)
    """The parts of bodies that it was addressed to in error."""
    corrections: list[Correction] = field(default_factory=list)
    """What was corrected of the recommendation itself, its finding, its inquiry and the meeting it was agreed at."""
    view_put_right_by: list[Correction] = field(default_factory=list)
    """What put the latest verdict on the whole in the place of another, and corrected the day of its meeting."""
    finding_corrected: Correction | None = None
    """The latest correction of the finding that it comes from."""
    meeting_corrected: Correction | None = None
    """The latest correction of the day of the meeting at which it was agreed."""
    withdrawal: Correction | None = None
    """The correction that withdrew it, of one that was published by mistake."""
    brought_in_later: list[ImportBatch] = field(default_factory=list)
    """The trackers that brought in, after the moment, what the record shows as of it."""

    @property
    def tracker_only(self) -> bool:
        """Whether a tracker tells of it; see `Recommendation.tracker_only`."""
        return self.recommendation.tracker_only


def record(
    recommendation: Recommendation, user: User | AnonymousUser, moment: dt.datetime | None = None
) -> RecommendationRecord:
    """Return the recommendation's record as this person may see it, now or as it was at that moment."""
    on = timezone.localdate(moment) if moment else clock.today()
    rows = RecordRows(recommendation, user, moment)
    existed = moment is None or recommendation.was_public_at(moment)
    if existed:  # what it was before, when it was a draft, is nobody's to read
        rows.put_back()
    of_all = [_part(assignment, rows, on, moment) for assignment in rows.assignments] if existed else []
    parts = [part for part in of_all if not rows.is_withdrawn(part.assignment)]
    whole = [one for one in rows.verdicts if one.assignment_id is None and stands(one, moment)]
    closed_by, sources_only = _as_a_whole(recommendation, parts, whole, moment)
    told = told_of_recommendation(recommendation, moment) if existed else {}
    return RecommendationRecord(
        recommendation=recommendation,
        text=recommendation.text if moment is None else text_at(recommendation, rows.all_wordings, moment),
        on=on,
        moment=moment,
        committee=rows.committee,
        existed=existed,
        parts=parts,
        entries=_with_sources(timeline(rows), told) if existed else [],
        wordings=earlier_wordings(rows.wordings) if existed else [],
        verdict=whole[-1] if whole else None,
        closed_by=closed_by,
        sources_only=sources_only,
        silence=_silence(rows, sources_only) if existed else None,
        citations=_told(told, {("recommendation", recommendation.pk), *_standing_parts(parts)}),
        repeats=_visible(recommendation, "earlier", user, moment) if existed else [],
        repeated_by=_visible(recommendation, "later", user, moment) if existed else [],
        in_error=[part for part in of_all if rows.is_withdrawn(part.assignment)],
        corrections=[one for one in rows.corrections if about_whole(one)] if existed else [],
        view_put_right_by=rows.put_right_by(whole[-1]) if whole else [],
        finding_corrected=_latest(rows, finding_id=recommendation.finding_id),
        meeting_corrected=_latest(rows, meeting_id=recommendation.made_at_id),
        withdrawal=next((one for one in rows.corrections if one.voids and one.recommendation_id), None),
        brought_in_later=rows.brought_in_later if existed else [],
    )


def _silence(rows: RecordRows, sources_only: bool) -> Silence | None:
    """Return how long nothing had been heard of it: by the rows that were read, unless they were put back."""
    days = rows.days_of_events() if rows.moment is None else None
    return of_recommendation(rows.recommendation, sources_only, rows.moment, days)


def _latest(rows: RecordRows, **about: int | None) -> Correction | None:
    """Return the latest correction of this row; None if there is no such row, or nothing was corrected of it."""
    ((name, pk),) = about.items()
    return next((one for one in reversed(rows.corrections) if pk and getattr(one, name) == pk), None)


def _told(told: dict[tuple[str, int], list[Any]], about: set[tuple[str, int]]) -> list[Any]:
    return [citation for row, citations in told.items() if row in about for citation in citations]


def _standing_parts(parts: list[AssignmentRecord]) -> set[tuple[str, int]]:
    return {("assignment", part.assignment.pk) for part in parts}


def _with_sources(
    entries: list[TimelineEntry], told: dict[tuple[str, int], list[Any]]
) -> list[TimelineEntry]:
    return [replace(entry, citations=told.get((entry.kind, entry.key), [])) for entry in entries]


def _part(
    assignment: Assignment, rows: RecordRows, on: dt.date, moment: dt.datetime | None
) -> AssignmentRecord:
    transfers = _of(assignment, rows.transfers)
    verdicts = [one for one in rows.verdicts if one.covers(assignment) and stands(one, moment)]
    responses = [one for one in _of(assignment, rows.responses) if stands(one, moment)]
    if moment is not None:
        _set_state(assignment, on, rows)
    later = [transfer for transfer in transfers if not rows.is_known(transfer)]
    body = later[0].from_body if later else assignment.body
    return AssignmentRecord(
        assignment=assignment,
        body_name=assignment.name_under(body),
        on=on,
        clock=assignment.clock(on),
        committee=rows.committee,
        responses=responses,
        updates=_of(assignment, rows.updates),
        verdicts=verdicts,
        changes=_of(assignment, rows.changes),
        transfers=[transfer for transfer in transfers if transfer not in later],
        milestones=_of(assignment, rows.milestones),
        corrections=[one for one in rows.corrections if one.assignment_id == assignment.pk],
        response_put_right_by=rows.put_right_by(responses[-1]) if responses else [],
        view_put_right_by=rows.put_right_by(verdicts[-1]) if verdicts else [],
    )


def _of(assignment: Assignment, rows: list[Any]) -> list[Any]:
    return [row for row in rows if row.assignment_id == assignment.pk]


def _set_state(assignment: Assignment, on: dt.date, rows: RecordRows) -> None:
    """Put the assignment in memory, never in the database, into the state it was in at the moment of the record."""
    state = assignment.derive_state(
        updates=_of(assignment, rows.updates),
        responses=_of(assignment, rows.responses),
        target_changes=_of(assignment, rows.changes),
        verdicts=rows.verdicts,
        until=rows.moment,
    )
    assignment.take_state(state)
    if assignment.notified_on is not None and assignment.notified_on > on:
        assignment.notified_on = assignment.response_due_on = None


def _as_a_whole(
    recommendation: Recommendation,
    parts: list[AssignmentRecord],
    whole: list[Assessment],
    moment: dt.datetime | None,
) -> tuple[Assessment | None, bool]:
    """Return the verdict that closed the whole recommendation, and whether only public sources tell of it, then or
    now.
    """
    if moment is None:
        return recommendation.closed_by, recommendation.sources_only
    state = recommendation_state(
        [part.assignment for part in parts],
        whole,
        from_public_sources=recommendation.inquiry.is_from_public_sources,
    )
    return state.closed_by, state.sources_only


def _visible(
    recommendation: Recommendation, side: str, user: User | AnonymousUser, moment: dt.datetime | None
) -> list[Any]:
    relations = relations_at(moment, recommendation, side)
    seen: RecommendationQuerySet = Recommendation.objects.order_by().visible_to(user)
    seen = seen.standing() if moment is None else seen.existing_at(moment)
    others = seen.select_related("inquiry").in_bulk([getattr(one, f"{side}_id") for one in relations])
    put_back(moment, list(others.values()))
    found = [one for one in relations if getattr(one, f"{side}_id") in others]
    for one in found:
        setattr(one, side, others[getattr(one, f"{side}_id")])
    return sorted(found, key=lambda one: one.pk)
