"""The rows that the record of one recommendation is made of, each kind read in one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser

from committee.accounts.models import User
from recommendations.lifecycle.events import stands, target_change_order, verdict_order
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
from recommendations.models.recommendations import public_by
from recommendations.queries.as_at import milestones_at, put_back, target_changes_at
from recommendations.queries.corrections import for_reading, of_its_day


class RecordRows:
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
        self.recommendation, self.user, self.moment = recommendation, user, moment
        self._with_people = only is not None
        self.assignments = self._read_assignments(only)
        self._own = {assignment.pk: assignment for assignment in self.assignments}
        self.responses = self._read_responses()
        self.updates = self._read_updates()
        self.verdicts = self._read_verdicts(only)
        self.changes = self._read_changes()
        self.transfers: list[Transfer] = self._tied(
            Transfer.objects.filter(assignment__in=self._own).select_related("from_body", "to_body")
        )
        self.milestones: list[Milestone] = self._tied(milestones_at(moment, self._own))
        self.passings: list[InquiryTransfer] = list(
            recommendation.inquiry.transfers.select_related("from_committee", "to_committee")
        )
        self.all_wordings: list[WordingChange] = list(recommendation.wordings.select_related("meeting__body"))
        self.wordings = [one for one in self.all_wordings if moment is None or one.changed_at <= moment]
        withdrawals = self._until(NoticeWithdrawal.objects.filter(assignment__in=self._own), "withdrawn_at")
        self.withdrawals: list[NoticeWithdrawal] = self._tied(self._people(withdrawals, "withdrawn_by"))
        self.corrections = self._read_corrections()
        self.brought_in_later = self._attach_lines()

    # ------------------------------------------------------------------ reading

    def _until(self, rows: Any, column: str = "recorded_at") -> Any:
        """Return what was on the record, also what was recorded in error: it stays to be read, marked."""
        return rows if self.moment is None else rows.filter(**{f"{column}__lte": self.moment})

    def _people(self, rows: Any, *names: str) -> Any:
        return rows.select_related(*names) if self._with_people else rows

    def _tied(self, rows: Any) -> list[Any]:
        """Return the rows with the assignments already read attached, so that no further query is made."""
        tied = list(rows)
        for row in tied:
            row.assignment = self._own[row.assignment_id]
        return tied

    def _read_assignments(self, only: Assignment | None) -> list[Assignment]:
        rows = self.recommendation.assignments.select_related("body", "formerly", "post")
        if only is not None:
            rows = rows.filter(pk=only.pk)
        if self.moment is not None:
            rows = rows.filter(public_by(self.moment, "recommendation__"), created_at__lte=self.moment)
        assignments = list(rows.order_by("-is_lead", "id"))
        for assignment in assignments:
            assignment.recommendation = self.recommendation
        return assignments

    def _read_responses(self) -> list[Response]:
        rows = self._until(Response.objects.filter(assignment__in=self._own))
        return self._tied(
            self._people(rows, "recorded_by")
            .select_related("meeting__body", "exempt_opening")
            .prefetch_related("evidence")
            .order_by(*rules.FIRST_RESPONSE)
        )

    def _read_updates(self) -> list[Update]:
        rows = self._until(Update.objects.published().filter(assignment__in=self._own), "published_at")
        return self._tied(
            self._people(rows, "published_by", "submitted_by")
            .select_related("exempt_opening")
            .prefetch_related("evidence")
            .order_by(*rules.FIRST_UPDATE)
        )

    def _read_verdicts(self, only: Assignment | None) -> list[Assessment]:
        rows = self.recommendation.assessments.select_related("meeting__body", "invited_to")
        verdicts = list(self._until(rows).order_by(*rules.FIRST_VERDICT))
        if only is not None:
            verdicts = [verdict for verdict in verdicts if verdict.covers(only)]
        for verdict in verdicts:
            verdict.assignment = self._own.get(verdict.assignment_id) if verdict.assignment_id else None
            if verdict.pk == self.recommendation.closed_by_id:
                self.recommendation.closed_by = verdict
        return verdicts

    def _read_changes(self) -> list[TargetChange]:
        """Return the ledger, as it read at the moment: the public reads what the committee decided, people who sign in also
        what it still has to decide.
        """
        rows = TargetChange.objects.filter(assignment__in=self._own).select_related(
            "meeting__body", "asked_by"
        )
        changes = self._tied(target_changes_at(self.moment, self._people(rows, "decided_by")))
        return [change for change in changes if change.decided_at is not None or self.user.is_authenticated]

    def _read_corrections(self) -> list[Correction]:
        """Return what was corrected of all that the page shows, in its order, in one query."""
        decided: list[Any] = [*self.verdicts, *self.changes, *self.wordings, *self.responses]
        hung = {row.meeting_id for row in decided}
        rows = Correction.objects.among(
            assignment=self._own,
            recommendation=[self.recommendation.pk],
            response=[row.pk for row in self.responses],
            assessment=[row.pk for row in self.verdicts],
            replacing_assessment=[row.pk for row in self.verdicts],
            targetchange=[row.pk for row in self.changes],
            finding=[self.recommendation.finding_id],
            meeting=hung | {self.recommendation.made_at_id},
            inquiry=[self.recommendation.inquiry_id],
        )
        read = for_reading(rows if self.moment is None else rows.as_at(self.moment))
        found = [one for one in read if one.is_of_a_decision]
        self.voided = {
            (name, getattr(one, f"{name}_id")): one
            for one in found
            if one.voids
            for name in ("response", "assessment", "targetchange")
        }
        self._in_place = {
            (name, pk): one
            for one in found
            for name in ("response", "assessment", "targetchange")
            if (pk := getattr(one, f"replacing_{name}_id")) is not None
        }
        self._of_meetings = {one.meeting_id: one for one in found if one.meeting_id is not None}
        self.in_error = {
            one.assignment_id: one for one in found if one.voids and one.assignment_id in self._own
        }
        return found

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

    def days_of_events(self) -> list[dt.date]:
        """Return the days of the notices, responses, updates, verdicts and transfers that stand now: what `silence` counts
        from.
        """
        parts = {part.pk: part for part in self.assignments if part.withdrawn_at is None}
        days = [
            *(part.notified_on for part in parts.values()),
            *(row.decided_on for row in self.responses if row.assignment_id in parts and stands(row)),
            *(row.filed_on for row in self.updates if row.assignment_id in parts),
            *(row.meeting.held_on for row in self.verdicts if stands(row)),
            *(row.on for row in self.transfers if row.assignment_id in parts),
        ]
        return [day for day in days if day is not None]

    # ------------------------------------------------------------------ as they were

    def is_withdrawn(self, assignment: Assignment) -> bool:
        """Return whether the part is known by the moment to have been addressed in error."""
        return assignment.pk in self.in_error

    def put_right_by(self, row: Response | Assessment | TargetChange) -> list[Correction]:
        """Return what put a response, a view or a decision on a date in the place of another, and the latest correction of its
        meeting's day since it was recorded.
        """
        by = (
            self._in_place.get((str(row._meta.model_name), row.pk)),
            of_its_day(self._of_meetings.get(row.meeting_id), row) if row.meeting_id is not None else None,
        )
        return [one for one in by if one is not None]

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
        later = (passing.from_committee for passing in self.passings if not self.is_known(passing))
        return next(later, self.recommendation.inquiry.committee)

    def committee_on(self, day: dt.date) -> Body:
        """Return the committee that followed the inquiry up on a day."""
        later = (passing.from_committee for passing in self.passings if self.is_later(passing, day))
        return next(later, self.recommendation.inquiry.committee)

    def is_known(self, passing: Transfer | InquiryTransfer) -> bool:
        """Return whether the record knew of it at the moment."""
        return self.moment is None or passing.recorded_at <= self.moment

    def is_later(self, passing: Transfer | InquiryTransfer, day: dt.date) -> bool:
        """Return whether it was passed on after the day, or the record did not know of it at the moment yet."""
        return day < passing.on or not self.is_known(passing)

    def name_on(self, assignment: Assignment, day: dt.date) -> str:
        """Return the name of the body that held the assignment on a day, before later transfers."""
        later = (
            one for one in self.transfers if one.assignment_id == assignment.pk and self.is_later(one, day)
        )
        transfer = next(later, None)
        return assignment.name_under(transfer.from_body if transfer else assignment.body)
