"""One recommendation as plain data: its assignments, and everything that happened, newest first.

Built from the domain's own rows, never from the audit trail, in a fixed number of queries. `moment` reads it as it was
then. Unpublished updates are never in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from recommendations.lifecycle import (
    Claim,
    DatesAgreedBy,
    Grade,
    TargetState,
    Visibility,
)
from recommendations.lifecycle import Clock as ResponseClock
from recommendations.lifecycle.state import recommendation_state, stands, target_change_order, verdict_order
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    ImportBatch,
    ImportRow,
    InquiryTransfer,
    Milestone,
    NoticeWithdrawal,
    Recommendation,
    Response,
    TargetChange,
    Transfer,
    Update,
    WordingChange,
)
from recommendations.models import expressions as rules
from recommendations.models.recommendations import RecommendationQuerySet, public_by
from recommendations.permissions import may_replace, sees_exempt
from recommendations.queries.as_at import (
    EarlierWording,
    earlier_wordings,
    milestones_at,
    put_back,
    relations_at,
    replaced_values,
    target_changes_at,
    text_at,
)
from recommendations.queries.corrections import about_assignment, about_whole, in_words_before, title_of
from recommendations.queries.silence import Silence, of_recommendation
from recommendations.queries.sources import told_of_recommendation


@dataclass
class EvidenceView:
    """Evidence as this reader may see it. Of withheld evidence only the public summary is known."""

    pk: int
    title: str
    size: int
    visibility: str
    withheld: bool
    since: dt.date | None = None
    """The day it replaced earlier evidence; None if it replaced none."""
    reason: str = ""
    """Why it took the place of an earlier piece."""
    url: str = ""
    """The address it links to, of one that is a link and is not withheld."""
    file_name: str = ""
    """The name of its file, of one that is a file and is not withheld."""
    withholding: int | None = None
    """The number of the withholding that took it off the record."""
    opens: bool = True
    """Whether the reader may open it: replaced evidence opens for few."""
    earlier: int | None = None
    """The piece that it took the place of, where this reader may open that one."""
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do with it: filled in by the view."""


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
    of: str = ""
    """The body whose assignment it is about, by its name at the time."""
    evidence: list[EvidenceView] = field(default_factory=list)
    citations: list[Any] = field(default_factory=list)
    """What sources tell of it."""
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do here: filled in by the view."""
    correction: Correction | None = None
    """The correction that says that this was recorded in error."""

    @property
    def anchor(self) -> str:
        """The id of the entry within the page."""
        return f"{self.kind}-{self.key}"

    def is_about(self, assignment: Assignment) -> bool:
        """Return whether it is about this body's assignment, or about the whole recommendation."""
        if self.kind == "notice":
            return any(sent.pk == assignment.pk for sent in self.row)
        row = self.row
        if self.kind == "change":
            return row["assignment_id"] in (None, assignment.pk)
        if self.kind == "correction":
            whose = about_assignment(row)
            return whose in (None, assignment.pk)
        if self.kind == "opening":
            row = row.update or row.response
        whose = getattr(row, "assignment_id", None)
        return whose in (None, assignment.pk)


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
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do here: filled in by the view."""

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
        return [change for change in self.changes if change.state == TargetState.AGREED]

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
    withdrawal: Correction | None = None
    """The correction that withdrew it, of one that was published by mistake."""
    brought_in_later: list[ImportBatch] = field(default_factory=list)
    """The trackers that brought in, after the moment, what the record shows as of it."""


def record(
    recommendation: Recommendation, user: User | AnonymousUser, moment: dt.datetime | None = None
) -> RecommendationRecord:
    """Return the recommendation's record as this person may see it, now or as it was at that moment."""
    on = timezone.localdate(moment) if moment else clock.today()
    history = _History(recommendation, user, moment)
    existed = moment is None or recommendation.was_public_at(moment)
    if existed:  # what it was before, when it was a draft, is nobody's to read
        history.put_back()
    of_all = [_part(assignment, history, on, moment) for assignment in history.assignments] if existed else []
    parts = [part for part in of_all if not history.is_withdrawn(part.assignment)]
    whole = [one for one in history.verdicts if one.assignment_id is None and stands(one, moment)]
    closed_by, sources_only = _as_a_whole(recommendation, parts, whole, moment)
    told = told_of_recommendation(recommendation, moment) if existed else {}
    return RecommendationRecord(
        recommendation=recommendation,
        text=recommendation.text if moment is None else text_at(recommendation, history.all_wordings, moment),
        on=on,
        moment=moment,
        committee=history.committee,
        existed=existed,
        parts=parts,
        entries=_with_sources(_newest_first(_entries(history)), told) if existed else [],
        wordings=earlier_wordings(history.wordings) if existed else [],
        verdict=whole[-1] if whole else None,
        closed_by=closed_by,
        sources_only=sources_only,
        silence=of_recommendation(recommendation, sources_only, moment) if existed else None,
        citations=_told(told, "recommendation", "assignment"),
        repeats=_visible(recommendation, "earlier", user, moment) if existed else [],
        repeated_by=_visible(recommendation, "later", user, moment) if existed else [],
        in_error=[part for part in of_all if history.is_withdrawn(part.assignment)],
        corrections=[one for one in history.corrections if about_whole(one)] if existed else [],
        withdrawal=next((one for one in history.corrections if one.voids and one.recommendation_id), None),
        brought_in_later=history.brought_in_later if existed else [],
    )


def _told(told: dict[tuple[str, int], list[Any]], *names: str) -> list[Any]:
    return [citation for (name, _), citations in told.items() if name in names for citation in citations]


def _with_sources(
    entries: list[TimelineEntry], told: dict[tuple[str, int], list[Any]]
) -> list[TimelineEntry]:
    return [replace(entry, citations=told.get((entry.kind, entry.key), [])) for entry in entries]


def assignment_entries(assignment: Assignment, user: User) -> list[TimelineEntry]:
    """Return what happened with one assignment, newest first, with the people who recorded each entry at hand."""
    history = _History(assignment.recommendation, user, None, only=assignment)
    return _newest_first(_entries(history))


def _newest_first(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    return sorted(entries, key=lambda entry: (entry.on, entry.at, entry.key), reverse=True)


class _History:
    """The rows a record is built from, each kind in one query, up to the moment.

    With `only`, those about that assignment and about the whole recommendation, with the people who recorded them.
    """

    def __init__(
        self,
        recommendation: Recommendation,
        user: User | AnonymousUser,
        moment: dt.datetime | None,
        only: Assignment | None = None,
    ) -> None:
        assignments = recommendation.assignments.select_related("body", "formerly", "post", "last_update")
        if only is not None:
            assignments = assignments.filter(pk=only.pk)
        if moment is not None:
            assignments = assignments.filter(public_by(moment, "recommendation__"), created_at__lte=moment)
        self.assignments: list[Assignment] = list(assignments.order_by("-is_lead", "id"))
        for assignment in self.assignments:
            assignment.recommendation = recommendation
        own = {assignment.pk: assignment for assignment in self.assignments}

        def until(queryset: Any, since: str = "recorded_at") -> Any:
            """Return what was on the record, also what was recorded in error: it stays to be read, marked."""
            return queryset.filter(**{f"{since}__lte": moment}) if moment is not None else queryset

        def with_people(queryset: Any, *names: str) -> Any:
            return queryset.select_related(*names) if only is not None else queryset

        self.responses: list[Response] = self._tie(
            own,
            with_people(until(Response.objects.filter(assignment__in=own)), "recorded_by")
            .select_related("meeting__body", "exempt_opening")
            .prefetch_related("evidence")
            .order_by(*rules.FIRST_RESPONSE),
        )
        self.updates: list[Update] = self._tie(
            own,
            with_people(
                until(Update.objects.published().filter(assignment__in=own), "published_at"),
                "published_by",
                "submitted_by",
            )
            .select_related("exempt_opening")
            .prefetch_related("evidence")
            .order_by(*rules.FIRST_UPDATE),
        )
        self.verdicts: list[Assessment] = list(
            until(recommendation.assessments.select_related("meeting__body", "invited_to")).order_by(
                *rules.FIRST_VERDICT
            )
        )
        if only is not None:
            self.verdicts = [verdict for verdict in self.verdicts if verdict.covers(only)]
        for verdict in self.verdicts:
            verdict.assignment = own.get(verdict.assignment_id) if verdict.assignment_id else None
        changes = with_people(
            TargetChange.objects.filter(assignment__in=own).select_related("meeting__body", "asked_by"),
            "decided_by",
        )
        self.changes: list[TargetChange] = [
            change
            for change in self._tie(own, target_changes_at(moment, changes))
            if _change_shown(change, user)
        ]
        self.transfers: list[Transfer] = self._tie(
            own, Transfer.objects.filter(assignment__in=own).select_related("from_body", "to_body")
        )
        self.milestones: list[Milestone] = self._tie(own, milestones_at(moment, own))
        self.passings: list[InquiryTransfer] = list(
            recommendation.inquiry.transfers.select_related("from_committee", "to_committee")
        )
        self.all_wordings: list[WordingChange] = list(recommendation.wordings.select_related("meeting__body"))
        self.wordings = [one for one in self.all_wordings if moment is None or one.changed_at <= moment]
        withdrawals = until(NoticeWithdrawal.objects.filter(assignment__in=own), "withdrawn_at")
        self.withdrawals: list[NoticeWithdrawal] = self._tie(own, with_people(withdrawals, "withdrawn_by"))
        self.moment = moment
        self.user = user
        self.recommendation = recommendation
        self.corrections = self._corrections(own)
        self.brought_in_later = self._attach_lines()

    def _attach_lines(self) -> list[ImportBatch]:
        """Attach the lines of trackers from which rows were brought in. Return the trackers that were brought in after the
        moment, the earliest first.
        """
        rows: list[Any] = [
            self.recommendation,
            *self.assignments,
            *self.responses,
            *self.updates,
            *self.verdicts,
            *self.changes,
            *self.milestones,
            *self.wordings,
            *self.corrections,
        ]
        imported = [row for row in rows if row.import_row_id is not None]
        if not imported:
            return []
        lines = ImportRow.objects.named().in_bulk({row.import_row_id for row in imported})
        for row in imported:
            row.import_row = lines[row.import_row_id]
        batches = {line.batch_id: line.batch for line in lines.values()}
        later = [
            batch
            for batch in batches.values()
            if self.moment is not None and batch.applied_at is not None and batch.applied_at > self.moment
        ]
        return sorted(later, key=lambda batch: (batch.applied_at, batch.pk))

    def _corrections(self, own: dict[int, Assignment]) -> list[Correction]:
        """Return what was corrected of all that the page shows, in its order, in one query."""
        decided: list[Any] = [*self.verdicts, *self.changes, *self.wordings, *self.responses]
        hung = {row.meeting_id for row in decided}
        rows = Correction.objects.among(
            assignment=own,
            recommendation=[self.recommendation.pk],
            response=[row.pk for row in self.responses],
            assessment=[row.pk for row in self.verdicts],
            finding=[self.recommendation.finding_id],
            meeting=hung | {self.recommendation.made_at_id},
            inquiry=[self.recommendation.inquiry_id],
        )
        found = list((rows if self.moment is None else rows.as_at(self.moment)).for_reading())
        self.voided = {
            (name, getattr(one, f"{name}_id")): one
            for one in found
            if one.voids
            for name in ("response", "assessment")
        }
        return found

    def is_withdrawn(self, assignment: Assignment) -> bool:
        """Return whether the part is known by the moment to have been addressed in error."""
        at = assignment.withdrawn_at
        alone = any(one.voids and one.assignment_id == assignment.pk for one in self.corrections)
        return alone and at is not None and (self.moment is None or at <= self.moment)

    def put_back(self) -> None:
        """Set what these rows show, beside their own history, to what they showed at the moment."""
        put_back(
            self.moment,
            self.recommendation,
            self.assignments,
            self.responses,
            self.updates,
            self.verdicts,
            self.changes,
            self.transfers,
            self.passings,
            self.wordings,
        )
        self.assignments.sort(key=lambda one: (not one.is_lead, one.pk))
        self.verdicts.sort(key=verdict_order)
        self.changes.sort(key=target_change_order)

    @property
    def committee(self) -> Body:
        """The committee that the record names at the moment: the one before each passing recorded later."""
        if self.moment is not None:
            for passing in self.passings:
                if passing.recorded_at > self.moment:
                    return passing.from_committee
        return self.recommendation.inquiry.committee

    def committee_on(self, day: dt.date) -> Body:
        """Return the committee that followed the inquiry up on a day."""
        later = (passing.from_committee for passing in self.passings if self.is_later(passing, day))
        return next(later, self.recommendation.inquiry.committee)

    def is_later(self, passing: Transfer | InquiryTransfer, day: dt.date) -> bool:
        """Return whether it was passed on after the day, or the record did not know of it at the moment yet."""
        return day < passing.on or (self.moment is not None and passing.recorded_at > self.moment)

    @staticmethod
    def _tie(own: dict[int, Assignment], rows: Any) -> list[Any]:
        """Attach the already loaded assignments to the rows, so that no further query is made."""
        tied = list(rows)
        for row in tied:
            row.assignment = own[row.assignment_id]
        return tied


def _change_shown(change: TargetChange, user: User | AnonymousUser) -> bool:
    """Return whether an entry of the ledger, as it read at the moment, is shown.

    The public reads what the committee decided, people who sign in also what it still has to decide.
    """
    return change.decided_at is not None or user.is_authenticated


def _part(
    assignment: Assignment, history: _History, on: dt.date, moment: dt.datetime | None
) -> AssignmentRecord:
    transfers = _of(assignment, history.transfers)
    verdicts = [one for one in history.verdicts if one.covers(assignment) and stands(one, moment)]
    if moment is not None:
        _set_state(assignment, on, history)
    later = [transfer for transfer in transfers if moment is not None and transfer.recorded_at > moment]
    body_name = _held_by(assignment, later[0].from_body) if later else assignment.owner_name
    return AssignmentRecord(
        assignment=assignment,
        body_name=body_name,
        on=on,
        clock=assignment.clock(on),
        committee=history.committee,
        responses=[one for one in _of(assignment, history.responses) if stands(one, moment)],
        updates=_of(assignment, history.updates),
        verdicts=verdicts,
        changes=_of(assignment, history.changes),
        transfers=[transfer for transfer in transfers if transfer not in later],
        milestones=_of(assignment, history.milestones),
        corrections=[one for one in history.corrections if one.assignment_id == assignment.pk],
    )


def _of(assignment: Assignment, rows: list[Any]) -> list[Any]:
    return [row for row in rows if row.assignment_id == assignment.pk]


def _held_by(assignment: Assignment, body: Body) -> str:
    """Return the name of an assignment while this body held it, with the body it was first addressed to if that was
    another.
    """
    first = assignment.formerly
    return f"{body.name} (formerly {first.name})" if first and first.pk != body.pk else body.name


def _set_state(assignment: Assignment, on: dt.date, history: _History) -> None:
    """Put the assignment in memory, never in the database, into the state it was in at the moment of the record."""
    state = assignment.derive_state(
        updates=_of(assignment, history.updates),
        responses=_of(assignment, history.responses),
        target_changes=_of(assignment, history.changes),
        verdicts=history.verdicts,
        until=history.moment,
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
    if moment is not None:
        seen = seen.existing_at(moment)
    others = seen.select_related("inquiry").in_bulk([getattr(one, f"{side}_id") for one in relations])
    put_back(moment, list(others.values()))
    found = [one for one in relations if getattr(one, f"{side}_id") in others]
    for one in found:
        setattr(one, side, others[getattr(one, f"{side}_id")])
    return sorted(found, key=lambda one: one.pk)


# ------------------------------------------------------------------ what happened


def _entries(history: _History) -> Iterable[TimelineEntry]:
    moment = history.moment
    sent: dict[dt.date, list[Assignment]] = defaultdict(list)
    for assignment in history.assignments:
        if assignment.notified_on is not None:
            sent[assignment.notified_on].append(assignment)
    for on, assignments in sent.items():
        for assignment in assignments:
            assignment.sent_to = _name_at(assignment, history, on)  # type: ignore[attr-defined]  # for the template
        names = ", ".join(assignment.sent_to for assignment in assignments)  # type: ignore[attr-defined]  # as above
        yield TimelineEntry(
            "notice",
            assignments[0].pk,
            on,
            clock.start_of_day(on),
            f"Sent to {names}",
            history.committee_on(on).name,
            True,
            assignments,
        )
    for taken_back in history.withdrawals:
        on = timezone.localdate(taken_back.withdrawn_at)
        yield TimelineEntry(
            "withdrawal",
            taken_back.pk,
            on,
            taken_back.withdrawn_at,
            f"Notice to {_name_at(taken_back.assignment, history, on)} taken back",
            history.committee_on(on).name,
            True,
            taken_back,
        )
    for response in history.responses:
        yield TimelineEntry(
            "response",
            response.pk,
            response.decided_on,
            response.recorded_at,
            f"Response: {response.get_decision_display()}",
            response.body_name,
            False,
            response,
            evidence=evidence_views(response, history.user, history.moment),
            correction=history.voided.get(("response", response.pk)),
        )
    for update in history.updates:
        at = update.published_at or update.saved_at
        title = "Correction to an update" if update.corrects_id else "Progress update"
        yield TimelineEntry(
            "update",
            update.pk,
            update.filed_on or update.as_at,
            at,
            f"{title}: {update.claim_words}" if update.claim else title,
            update.body_name,
            False,
            update,
            evidence=evidence_views(update, history.user, history.moment),
        )
    for change in history.changes:
        at = change.decided_at or change.asked_at
        title = {
            TargetState.AGREED: "New date agreed",
            TargetState.REFUSED: "New date refused",
            TargetState.REQUESTED: "New date asked for",
        }[TargetState(change.state)]
        decided = change.decided_at is not None
        on = change.decided_on or timezone.localdate(at)
        asker = who = _name_at(change.assignment, history, timezone.localdate(change.asked_at))
        if decided and not change.decision_is_stated:
            title = "New date in the tracker"
        elif decided:
            in_session = change.decided_as in ("", DatesAgreedBy.MEETING)
            sitting = change.meeting.body if change.meeting else history.committee_on(on)
            who = sitting.name if in_session else change.decided_by_words
        yield TimelineEntry("date", change.pk, on, at, title, who, decided, change, of=asker)
    for verdict in history.verdicts:
        yield TimelineEntry(
            "assessment",
            verdict.pk,
            verdict.meeting.held_on,
            verdict.recorded_at,
            f"Committee’s view: {verdict.grade_words}. {verdict.get_outcome_display()}",
            verdict.meeting.body.name,
            True,
            verdict,
            of=_name_at(verdict.assignment, history, verdict.meeting.held_on) if verdict.assignment else "",
            correction=history.voided.get(("assessment", verdict.pk)),
        )
    for correction in history.corrections:
        on = timezone.localdate(correction.corrected_at)
        yield TimelineEntry(
            "correction",
            correction.pk,
            on,
            correction.corrected_at,
            f"Corrected: {title_of(correction)}",
            history.committee_on(on).name,
            True,
            correction,
        )
    for wording in history.wordings:
        on = wording.agreed_on
        yield TimelineEntry(
            "wording",
            wording.pk,
            on,
            wording.changed_at,
            "Wording changed",
            (wording.meeting.body if wording.meeting else history.committee_on(on)).name,
            True,
            wording,
        )
    for transfer in history.transfers:
        if moment is None or transfer.recorded_at <= moment:
            successor = transfer.to_body.name
            title = f"Passed from {transfer.from_body.name} to {successor}"
            yield TimelineEntry(
                "transfer", transfer.pk, transfer.on, transfer.recorded_at, title, successor, False, transfer
            )
    for passing in history.passings:
        if moment is None or passing.recorded_at <= moment:
            title = f"Passed from the {passing.from_committee.name} to the {passing.to_committee.name}"
            yield TimelineEntry(
                "passing",
                passing.pk,
                passing.on,
                passing.recorded_at,
                title,
                passing.to_committee.name,
                True,
                passing,
            )
    yield from _changed_in_place(history)
    for row in (*history.responses, *history.updates):
        opening = getattr(row, "exempt_opening", None)
        if opening is not None and (moment is None or opening.opened_at <= moment):
            on = timezone.localdate(opening.opened_at)
            yield TimelineEntry(
                "opening",
                opening.pk,
                on,
                opening.opened_at,
                "Exempt text opened",
                history.committee_on(on).name,
                True,
                opening,
            )


TOLD = {
    Assignment: {"is_lead": "Its part", "post_id": "Answered for by", "deliverer": "Delivered by"},
    Milestone: {"words": "Step", "due_on": "Step due", "done_on": "Step done"},
    Recommendation: {"themes": "Themes"},
}
"""What is changed in place without a reason: what it was before is told, with the day."""


def _changed_in_place(history: _History) -> Iterable[TimelineEntry]:
    """Yield what was changed of the plan, the part and the themes since they were public, with what it was before."""
    public_at = history.recommendation.made_public_at
    if public_at is None:
        return
    own = {one.pk: one for one in history.assignments}
    rows: dict[type[Any], Iterable[int]] = {
        Assignment: own,
        Milestone: [step.pk for step in history.milestones],
        Recommendation: [history.recommendation.pk],
    }
    tables = {model._meta.db_table: model for model in TOLD}
    of_step = {step.pk: step.assignment_id for step in history.milestones}
    for replaced in replaced_values(history.moment, public_at, rows, {"assignment_id": own}):
        model = tables[replaced.table]
        labels = TOLD[model]
        if model is Milestone and set(replaced.values) == {"done_on"} and replaced.values["done_on"] is None:
            continue  # a step was done, which the list of steps says
        facts = [
            (labels[name], in_words_before(model, name, value))
            for name, value in replaced.values.items()
            if name in labels and not (replaced.removed and name != "words")
        ]
        if not facts:
            continue
        whose = replaced.values.get("assignment_id") or of_step.get(replaced.pk)
        part = own.get(whose or (replaced.pk if model is Assignment else 0))
        on = timezone.localdate(replaced.at)
        what = {Assignment: "The part", Milestone: "The plan", Recommendation: "The themes"}[model]
        by_body = model is Milestone and part is not None
        yield TimelineEntry(
            "change",
            replaced.pk,
            on,
            replaced.at,
            "A step was taken out of the plan" if replaced.removed else f"{what} changed",
            _name_at(part, history, on) if by_body and part is not None else history.committee_on(on).name,
            not by_body,
            {"assignment_id": part.pk if part is not None else None, "facts": facts},
        )


def evidence_views(
    thing: Response | Update, user: User | AnonymousUser, moment: dt.datetime | None = None
) -> list[EvidenceView]:
    """Return the evidence on a response or update that counted at the moment (None: now): exempt evidence as its summary,
    restricted evidence for who signs in.
    """
    there = [one for one in thing.evidence.all() if moment is None or one.added_at <= moment]
    later = {one.pk for one in there}
    replaced = {one.replaced_by_id: one for one in there if one.replaced_by_id in later}
    gone = {one.pk for one in replaced.values()}
    views = []
    for evidence in there:
        if evidence.pk in gone:
            continue
        if evidence.visibility == Visibility.RESTRICTED and not user.is_authenticated:
            continue
        withheld = evidence.is_exempt and not sees_exempt(user, thing)
        earlier = replaced.get(evidence.pk)
        view = EvidenceView(
            evidence.pk,
            evidence.public_summary if withheld else evidence.title,
            0 if withheld else evidence.size,
            evidence.visibility,
            withheld,
            url="" if withheld else evidence.url,
            file_name="" if withheld else evidence.file_name,
            withholding=evidence.withholding_id,
            opens=evidence.replaced_by_id is None or may_replace(user, evidence),
        )
        if earlier is not None:
            view.since = timezone.localdate(evidence.added_at)
            view.reason = "" if withheld else evidence.replacement_reason
            view.earlier = earlier.pk if may_replace(user, earlier) else None
        views.append(view)
    return views


def _name_at(assignment: Assignment, history: _History, on: dt.date) -> str:
    """The name of the body that held the assignment on a day, before later transfers."""
    later = [t for t in history.transfers if t.assignment_id == assignment.pk and history.is_later(t, on)]
    return _held_by(assignment, later[0].from_body if later else assignment.body)
