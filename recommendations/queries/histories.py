"""What is on the record about assignments, read in one query, for their state at any moment.

The state itself is derived by `lifecycle.state`. Here its events are fetched as lists of JSON beside each assignment, and
made into the rows that the derivation reads.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q

from recommendations.lifecycle import RecordKind, TargetState
from recommendations.lifecycle.state import AssignmentState, assignment_state
from recommendations.models import Assessment, EarlierValue, NoticeWithdrawal, Response, TargetChange, Update
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet


@dataclass(slots=True)
class PastUpdate:
    """What `lifecycle.state` needs of an update."""

    pk: int
    claim: str
    as_at: dt.date
    filed_on: dt.date
    published_at: dt.datetime


@dataclass(slots=True)
class PastResponse:
    """What `lifecycle.state` needs of a response."""

    pk: int
    decision: str
    decided_on: dt.date
    recorded_at: dt.datetime


@dataclass(slots=True)
class PastTargetChange:
    """What `lifecycle.state` needs of an agreed change of a date."""

    pk: int
    old_date: dt.date
    new_date: dt.date
    decided_on: dt.date
    decided_at: dt.datetime
    state: str = TargetState.AGREED


@dataclass(slots=True)
class PastMeeting:
    """What `lifecycle.state` needs of the meeting of a verdict."""

    held_on: dt.date


@dataclass(slots=True)
class PastVerdict:
    """What `lifecycle.state` needs of a verdict."""

    pk: int
    outcome: str
    grade: str
    recorded_at: dt.datetime
    meeting: PastMeeting


@dataclass(slots=True)
class PastWithdrawal:
    """A notice that was taken back: what the record had said of it, and until when."""

    notified_on: dt.date
    response_due_on: dt.date | None
    notice_recorded_at: dt.datetime
    withdrawn_at: dt.datetime


@dataclass(frozen=True)
class History:
    """What is on the record about an assignment, for its state at any moment up to the one at which it was read."""

    first_target_on: dt.date | None
    first_target_set_at: dt.datetime | None
    notified_on: dt.date | None
    response_due_on: dt.date | None
    notice_recorded_at: dt.datetime | None
    notice_from_source: bool
    record_kind: str
    """Whose record of the inquiry it is now."""
    updates: list[PastUpdate]
    responses: list[PastResponse]
    target_changes: list[PastTargetChange]
    verdicts: list[PastVerdict]
    kinds: list[tuple[dt.datetime, str]]
    """Whose record it was until a moment, the earliest first."""
    withdrawals: list[PastWithdrawal]

    def is_from_public_sources_at(self, moment: dt.datetime) -> bool:
        """Return whether the record of the inquiry was compiled from public sources at the moment."""
        then = next((kind for until, kind in self.kinds if until > moment), self.record_kind)
        return then == RecordKind.PUBLIC_SOURCES

    def state_at(self, moment: dt.datetime) -> AssignmentState:
        """Return the state at the moment."""
        notice = self._notice_at(moment)
        return assignment_state(
            first_target_on=self.first_target_on,
            notified_on=notice.notified_on,
            response_due_on=notice.response_due_on,
            first_target_set_at=self.first_target_set_at,
            notice_recorded_at=notice.notice_recorded_at,
            from_public_sources=self.is_from_public_sources_at(moment),
            notice_from_source=self.notice_from_source,
            updates=self.updates,
            responses=self.responses,
            target_changes=self.target_changes,
            verdicts=self.verdicts,
            until=moment,
        )

    def _notice_at(self, moment: dt.datetime) -> PastWithdrawal | History:
        """Return what says of the notice what the record said at the moment: one that was taken back since, or the
        present columns.
        """
        standing = (one for one in self.withdrawals if one.notice_recorded_at <= moment < one.withdrawn_at)
        return next(standing, self)


GIVEN = (
    "first_target_on",
    "first_target_set_at",
    "notified_on",
    "response_due_on",
    "notice_recorded_at",
    "notice_from_source",
    "recommendation__inquiry__record_kind",
)
EVENTS = ("past_updates", "past_responses", "past_changes", "past_verdicts", "past_kinds", "past_withdrawals")
HISTORY = (*GIVEN, *EVENTS)
"""The columns of `with_events` that a history is made of: the assignment's own, and the lists of its events."""


def with_events(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Any:
    """Return the assignments with the events of their histories up to the moment (None: all), as lists of JSON."""
    kinds = EarlierValue.objects.of_record_kinds().filter(row_id=OuterRef("recommendation__inquiry_id"))
    updates, responses = Update.objects.published(), Response.objects.all()
    changes, verdicts = TargetChange.objects.agreed(), Assessment.objects.all()
    if at is not None:
        updates, responses = updates.as_at(at), responses.as_at(at)
        changes, verdicts = changes.agreed_by(at), verdicts.as_at(at)
    own = Q(assignment=OuterRef("pk"))
    of_whole = Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id"))
    return assignments.annotate(
        past_updates=_listed(updates.filter(own), "pk", "claim", "as_at", "filed_on", "published_at"),
        past_responses=_listed(responses.filter(own), "pk", "decision", "decided_on", "recorded_at"),
        past_changes=_listed(
            changes.filter(own), "pk", "old_date", "new_date", rules.DECIDED_ON, "decided_at"
        ),
        past_verdicts=_listed(
            verdicts.filter(own | of_whole), "pk", "outcome", "grade", "recorded_at", "meeting__held_on"
        ),
        past_kinds=_listed(kinds, "pk", "replaced_at", "before__record_kind"),
        past_withdrawals=_listed(
            NoticeWithdrawal.objects.filter(own),
            "notified_on",
            "response_due_on",
            "notice_recorded_at",
            "withdrawn_at",
        ),
    )


def _listed(rows: Any, *columns: Any) -> ArraySubquery:
    """Return the expression for a list of these columns of the rows, each row a list."""
    return ArraySubquery(
        rows.order_by().values(row=Func(*columns, function="jsonb_build_array", output_field=JSONField()))
    )


def history_of(columns: Any) -> History:
    """Return the history from the columns `HISTORY`."""
    updates, responses, changes, verdicts, kinds, withdrawals = columns[len(GIVEN) :]
    day, moment = dt.date.fromisoformat, dt.datetime.fromisoformat
    events = (
        [
            PastUpdate(pk, claim, day(as_at), day(filed_on), moment(published_at))
            for pk, claim, as_at, filed_on, published_at in updates
        ],
        [
            PastResponse(pk, decision, day(decided_on), moment(recorded_at))
            for pk, decision, decided_on, recorded_at in responses
        ],
        [
            PastTargetChange(pk, day(old_date), day(new_date), day(decided_on), moment(decided_at))
            for pk, old_date, new_date, decided_on, decided_at in changes
        ],
        [
            PastVerdict(pk, outcome, grade, moment(recorded_at), PastMeeting(day(held_on)))
            for pk, outcome, grade, recorded_at, held_on in verdicts
        ],
        sorted((moment(replaced_at), kind) for _, replaced_at, kind in kinds),
        [
            PastWithdrawal(
                day(notified_on),
                response_due_on and day(response_due_on),
                moment(recorded_at),
                moment(withdrawn_at),
            )
            for notified_on, response_due_on, recorded_at, withdrawn_at in withdrawals
        ],
    )
    return History(*(*columns[: len(GIVEN)], *events))
