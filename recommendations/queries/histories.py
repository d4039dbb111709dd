"""What is on the record about assignments, read in one query, for their state at any moment.

The state itself is derived by `lifecycle.state`. Here its events are fetched as lists of JSON beside each assignment, and
made into the rows that the derivation reads.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q

from recommendations.lifecycle import RecordKind, TargetState
from recommendations.lifecycle.events import stands
from recommendations.lifecycle.period_ends import as_period_end, day_or_month
from recommendations.lifecycle.state import AssignmentState, assignment_state
from recommendations.models import (
    Assessment,
    Correction,
    EarlierValue,
    NoticeWithdrawal,
    Response,
    TargetChange,
    Update,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet

Days = list[tuple[dt.datetime, dt.date]]
"""The days on which a meeting was said to be before its present one: each with the moment until which, the earliest first. It was
corrected, or changed while nothing that stands hung on it.
"""


def day_at(moment: dt.datetime, day: dt.date, days: Days) -> dt.date:
    """Return the day as it was recorded at the moment; `day` is the present one."""
    return next((before for until, before in days if until > moment), day)


@dataclass(slots=True)
class PastUpdate:
    """What `lifecycle.state` needs of an update."""

    pk: int
    claim: str
    as_at: dt.date | None
    filed_on: dt.date
    published_at: dt.datetime


@dataclass(slots=True)
class PastResponse:
    """What `lifecycle.state` needs of a response."""

    pk: int
    decision: str
    decided_on: dt.date | None
    recorded_at: dt.datetime
    voided_at: dt.datetime | None


@dataclass(slots=True)
class PastTargetChange:
    """What `lifecycle.state` needs of an agreed change of a date."""

    pk: int
    old_date: dt.date
    new_date: dt.date | None
    decided_on: dt.date
    decided_at: dt.datetime
    voided_at: dt.datetime | None
    days: Days
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
    voided_at: dt.datetime | None
    meeting: PastMeeting
    days: Days


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
    import_batch: int | None
    """The import of a tracker that made it; None for what was recorded here."""
    record_kind: str
    """Whose record of the inquiry it is now."""
    updates: list[PastUpdate]
    responses: list[PastResponse]
    target_changes: list[PastTargetChange]
    verdicts: list[PastVerdict]
    kinds: list[tuple[dt.datetime, str]]
    """Whose record it was until a moment, the earliest first."""
    withdrawals: list[PastWithdrawal]
    corrections: list[tuple[dt.datetime, dict[str, Any]]]
    """Of the assignment's own dates: the moment of each, and what was recorded before; the earliest first."""

    def is_from_public_sources_at(self, moment: dt.datetime) -> bool:
        """Return whether the record of the inquiry was compiled from public sources at the moment."""
        then = next((kind for until, kind in self.kinds if until > moment), self.record_kind)
        return then == RecordKind.PUBLIC_SOURCES

    def state_at(self, moment: dt.datetime) -> AssignmentState:
        """Return the state at the moment, of what was recorded by then, also where it was corrected since."""
        return self.state_as_known(moment, moment)

    def state_as_known(self, moment: dt.datetime, known: dt.datetime) -> AssignmentState:
        """Return the state at the moment, of what was recorded by then, without what is known by the later moment `known`
        to have been recorded in error.
        """
        notice = self._notice_at(moment)
        return assignment_state(
            first_target_on=self._date_at("first_target_on", known, self),
            notified_on=self._date_at("notified_on", known, notice),
            response_due_on=self._date_at("response_due_on", known, notice),
            first_target_set_at=self.first_target_set_at,
            notice_recorded_at=notice.notice_recorded_at,
            from_public_sources=self.is_from_public_sources_at(moment),
            notice_from_source=self.notice_from_source,
            from_tracker=self.import_batch is not None,
            updates=self.updates,
            responses=[one for one in self.responses if stands(one, known)],
            target_changes=[
                replace(one, decided_on=day_at(known, one.decided_on, one.days)) if one.days else one
                for one in self.target_changes
                if stands(one, known)
            ],
            verdicts=[
                replace(one, meeting=PastMeeting(day_at(known, one.meeting.held_on, one.days)))
                if one.days
                else one
                for one in self.verdicts
                if stands(one, known)
            ],
            until=moment,
        )

    def _notice_at(self, moment: dt.datetime) -> PastWithdrawal | History:
        """Return what says of the notice what the record said at the moment: one that was taken back since, or the
        present columns.
        """
        standing = (one for one in self.withdrawals if one.notice_recorded_at <= moment < one.withdrawn_at)
        return next(standing, self)

    def _date_at(self, name: str, moment: dt.datetime, said_by: PastWithdrawal | History) -> dt.date | None:
        """Return the date as it was recorded at the moment: what `said_by` says, unless it was corrected since."""
        until = said_by.withdrawn_at if isinstance(said_by, PastWithdrawal) else None
        for corrected_at, before in self.corrections:
            if corrected_at > moment and name in before and (until is None or corrected_at < until):
                known = before[name]
                day = dt.date.fromisoformat(known) if known is not None else None
                return as_period_end(day, before.get(name.replace("_on", "_period")))
        date: dt.date | None = getattr(said_by, name)
        return date


GIVEN = (
    "first_target_on",
    "first_target_period",
    "first_target_set_at",
    "notified_on",
    "response_due_on",
    "notice_recorded_at",
    "notice_from_source",
    "import_batch",
    "recommendation__inquiry__record_kind",
)
EVENTS = (
    "past_updates",
    "past_responses",
    "past_changes",
    "past_verdicts",
    "past_kinds",
    "past_withdrawals",
    "past_corrections",
)
HISTORY = (*GIVEN, *EVENTS)
"""The columns of `with_events` that a history is made of: the assignment's own, and the lists of its events."""


def with_events(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Any:
    """Return the assignments with the events of their histories up to the moment (None: all), as lists of JSON."""
    return assignments.annotate(**(_events_now() if at is None else _events(at)))


@cache  # the same for every page, and costly to put together
def _events_now() -> dict[str, ArraySubquery]:
    return _events(None)


def _events(at: dt.datetime | None) -> dict[str, ArraySubquery]:
    kinds = EarlierValue.objects.of_record_kinds().filter(row_id=OuterRef("recommendation__inquiry_id"))
    updates, responses = Update.objects.published(), Response.objects.all()
    changes, verdicts = TargetChange.objects.recorded_as_agreed(), Assessment.objects.all()
    if at is not None:
        # What is known by then to be recorded in error stood before: the derivation leaves it out.
        updates, responses = updates.as_at(at), responses.filter(recorded_at__lte=at)
        changes, verdicts = changes.agreed_by(at), verdicts.filter(recorded_at__lte=at)
    own = Q(assignment=OuterRef("pk"))
    of_whole = Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id"))
    return {
        "past_updates": _listed(
            updates.filter(own), "pk", "claim", "as_at", "as_at_period", "filed_on", "published_at"
        ),
        "past_responses": _listed(
            responses.filter(own),
            "pk",
            "decision",
            "decided_on",
            "decided_period",
            "recorded_at",
            "voided_at",
        ),
        "past_changes": _listed(
            changes.filter(own),
            "pk",
            "old_date",
            "new_date",
            "new_period",
            rules.DECIDED_ON,
            "decided_at",
            "voided_at",
            _days(),
        ),
        "past_verdicts": _listed(
            verdicts.filter(own | of_whole),
            "pk",
            "outcome",
            "grade",
            "recorded_at",
            "voided_at",
            "meeting__held_on",
            "meeting__day_precision",
            _days(),
        ),
        "past_corrections": _listed(
            Correction.objects.filter(own, voids=False),
            "corrected_at",
            "before",
            in_order=("corrected_at", "pk"),
        ),
        "past_kinds": _listed(kinds, "pk", "replaced_at", "before__record_kind"),
        "past_withdrawals": _listed(
            NoticeWithdrawal.objects.filter(own),
            "notified_on",
            "response_due_on",
            "notice_recorded_at",
            "withdrawn_at",
        ),
    }


def _days() -> ArraySubquery:
    """Return the expression for the other days on which a row's meeting was said to be, as `Days`."""
    return _listed(
        EarlierValue.objects.of_days_of(OuterRef("meeting_id")),
        "replaced_at",
        "before__held_on",
        "before__day_precision",
        OuterRef("meeting__day_precision"),
        in_order=("replaced_at", "pk"),
    )


def _listed(rows: Any, *columns: Any, in_order: tuple[str, ...] = ()) -> ArraySubquery:
    """Return the expression for a list of these columns of the rows, each row a list."""
    return ArraySubquery(
        rows.order_by(*in_order).values(
            row=Func(*columns, function="jsonb_build_array", output_field=JSONField())
        )
    )


def history_of(columns: Any) -> History:
    """Return the history from the columns `HISTORY`."""
    updates, responses, changes, verdicts, kinds, withdrawals, corrections = columns[len(GIVEN) :]
    day, moment = dt.date.fromisoformat, dt.datetime.fromisoformat
    events = (
        [
            PastUpdate(pk, claim, as_period_end(day(as_at), period), day(filed_on), moment(published_at))
            for pk, claim, as_at, period, filed_on, published_at in updates
        ],
        [
            PastResponse(
                pk,
                decision,
                as_period_end(day(decided_on), period),
                moment(recorded_at),
                voided_at and moment(voided_at),
            )
            for pk, decision, decided_on, period, recorded_at, voided_at in responses
        ],
        [
            PastTargetChange(
                pk,
                day(old_date),
                as_period_end(day(new_date), period),
                day(decided_on),
                moment(decided_at),
                voided_at and moment(voided_at),
                _days_of(days),
            )
            for pk, old_date, new_date, period, decided_on, decided_at, voided_at, days in changes
        ],
        [
            PastVerdict(
                pk,
                outcome,
                grade,
                moment(recorded_at),
                voided_at and moment(voided_at),
                PastMeeting(day_or_month(day(held_on), precision)),
                _days_of(days),
            )
            for pk, outcome, grade, recorded_at, voided_at, held_on, precision, days in verdicts
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
        [(moment(corrected_at), before) for corrected_at, before in corrections],
    )
    first_target_on, period = columns[:2]
    given = columns[2 : len(GIVEN)]
    return History(*(as_period_end(first_target_on, period), *given, *events))


def _days_of(days: Any) -> Days:
    found: Days = []
    known = ""
    for at, before, precision, now in reversed(days):
        known = precision or known or now
        found.append((dt.datetime.fromisoformat(at), day_or_month(dt.date.fromisoformat(before), known)))
    return found[::-1]
