"""The rules of `recommendations.lifecycle.state` as conditions and expressions for the database.

Each takes the names of the columns that hold an assignment's state: those kept on the row, or those that
`AssignmentQuerySet.as_at` reads from history. A test over random histories compares these rules with those of
`lifecycle.state`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from recommendations.lifecycle import DECISIVE, Claim, Decision, Grade, Outcome, Standing
from recommendations.lifecycle.state import CLAIMS_OF_SUCCESS, GRADES_OF_DOUBT, SLOWEST_FIRST

# ------------------------------------------------------------------ the order of events

DECIDED_ON = Coalesce(F("meeting__held_on"), TruncDate("decided_at"), output_field=DateField())
"""As `TargetChange.decided_on`."""

LATEST_UPDATE = ("-filed_on", "-published_at", "-pk")
LATEST_RESPONSE = ("-decided_on", "-recorded_at", "-pk")
LATEST_TARGET_CHANGE = (DECIDED_ON.desc(), "-decided_at", "-pk")
LATEST_VERDICT = ("-meeting__held_on", "-recorded_at", "-pk")
"""As `update_order` and the other orders in `lifecycle.state`, the latest first."""

FIRST_RESPONSE = ("decided_on", "recorded_at", "pk")
FIRST_TARGET_CHANGE = (DECIDED_ON.asc(), "decided_at", "pk")
FIRST_UPDATE = ("filed_on", "published_at", "pk")
FIRST_VERDICT = ("meeting__held_on", "recorded_at", "pk")
"""The same, the earliest first."""


# ------------------------------------------------------------------ what was on the record


def recorded_by(moment: dt.datetime, value: str, recorded_at: str) -> Case:
    """Return the expression for the date in column `value`, NULL if it was recorded after the moment.

    A date says when something is due or was done, not since when the record says so; see `lifecycle.state.recorded_by`.
    """
    there = Q((f"{recorded_at}__isnull", True)) | Q((f"{recorded_at}__lte", moment))
    return Case(When(there, then=F(value)), output_field=DateField())


# ------------------------------------------------------------------ columns


@dataclass(frozen=True)
class Columns:
    """The names under which a queryset holds the derived state of an assignment.

    `open_lookup` is the lookup, with its value, that is true of open ones: for kept columns the one that the partial
    indexes are made for.
    """

    first_target_on: str = "first_target_on"
    notified_on: str = "notified_on"
    response_due_on: str = "response_due_on"
    claim: str = "claim"
    decision: str = "decision"
    target_on: str = "target_on"
    grade: str = "grade"
    awaiting_verdict: str = "awaiting_verdict"
    escalated_on: str = "escalated_on"
    slips: str = "slips"
    closed_as: str = "closed_as"
    open_lookup: tuple[str, Any] = ("closed_on__isnull", True)


KEPT = Columns()
"""The columns kept on the row, for today."""

AS_AT = Columns(
    first_target_on="state_first_target_on",
    notified_on="state_notified_on",
    response_due_on="state_response_due_on",
    claim="state_claim",
    decision="state_decision",
    target_on="state_target_on",
    grade="state_grade",
    awaiting_verdict="state_awaiting_verdict",
    escalated_on="state_escalated_on",
    slips="state_slips",
    closed_as="state_closed_as",
    open_lookup=("state_closed_as", ""),
)
"""The columns that `AssignmentQuerySet.as_at` reads from history."""


# ------------------------------------------------------------------ conditions


def is_open(columns: Columns = KEPT) -> Q:
    """Return the condition that the committee still follows it up."""
    return Q(columns.open_lookup)


def is_disowned(columns: Columns = KEPT) -> Q:
    """Return the condition that the body answered that it is for somebody else."""
    return Q((columns.decision, Decision.NOT_OURS))


def is_closed_as_implemented(columns: Columns = KEPT) -> Q:
    """Return the condition that the committee closed it as implemented."""
    return Q((columns.closed_as, Outcome.CLOSE_IMPLEMENTED))


def is_overdue(day: dt.date, columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and past its first date on `day`, no claim of delivery waits for the
    committee, and the body has not answered that it is for somebody else.
    """
    return (
        is_open(columns)
        & ~is_disowned(columns)
        & Q((columns.awaiting_verdict, False), (f"{columns.first_target_on}__lt", day))
    )


def is_awaiting_verdict(columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and said to be delivered, and the committee has not judged that yet."""
    return is_open(columns) & Q((columns.awaiting_verdict, True))


def is_decided(columns: Columns = KEPT) -> Q:
    """Return the condition that a decision has stopped the response clock."""
    return Q((f"{columns.decision}__in", DECISIVE))


def awaits_response(day: dt.date, columns: Columns = KEPT) -> Q:
    """Return the condition that it was sent by `day`, is open, and no decision has stopped its response clock."""
    return is_open(columns) & Q((f"{columns.notified_on}__lte", day)) & ~is_decided(columns)


def is_response_late(day: dt.date, columns: Columns = KEPT) -> Q:
    """Return the condition that it awaits a response on `day` and the body's term is over."""
    return awaits_response(day, columns) & Q((f"{columns.response_due_on}__lt", day))


def is_escalated(columns: Columns = KEPT) -> Q:
    """Return the condition that the head of service is invited, and it is open."""
    return is_open(columns) & Q((f"{columns.escalated_on}__isnull", False))


def has_slipped(columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and was given a later date at least once."""
    return is_open(columns) & Q((f"{columns.slips}__gt", 0))


def voices_differ(columns: Columns = KEPT) -> Q:
    """Return the condition that the body's claim and the committee's grade say different things about delivery."""
    claims = Q((columns.claim, Claim.DELIVERED))
    agrees = Q((columns.grade, Grade.IMPLEMENTED))
    success = Q((f"{columns.claim}__in", CLAIMS_OF_SUCCESS))
    doubt = Q((f"{columns.grade}__in", GRADES_OF_DOUBT))
    both = ~Q((columns.claim, "")) & ~Q((columns.grade, ""))
    return both & ((claims & ~agrees) | (agrees & ~claims) | (success & doubt))


def is_on_track_too_late(day: dt.date, columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and said to be on track though its present date has passed on `day`."""
    return is_open(columns) & Q((columns.claim, Claim.ON_TRACK), (f"{columns.target_on}__lt", day))


def is_in_doubt(day: dt.date, columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and the two voices differ, or it is on track too late on `day`."""
    return (is_open(columns) & voices_differ(columns)) | is_on_track_too_late(day, columns)


def has_no_date(columns: Columns = KEPT) -> Q:
    """Return the condition that it is open and no date was set for it."""
    return is_open(columns) & Q((f"{columns.first_target_on}__isnull", True))


# ------------------------------------------------------------------ expressions


def true_if(condition: Q) -> Case:
    """Return an expression that is true or false by `condition`, never NULL."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def days_between(later: Combinable | Value, earlier: Combinable) -> Func:
    """Return the expression for the whole days between two dates."""
    return Func(later, earlier, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())


def days_late(day: dt.date, columns: Columns = KEPT) -> Case:
    """Return the expression for the days since the first date on `day`, 0 if it is not overdue."""
    late = days_between(Value(day, DateField()), F(columns.first_target_on))
    return Case(When(is_overdue(day, columns), then=late), default=0)


def slip_days(columns: Columns = KEPT) -> Coalesce:
    """Return the expression for the days from the first date to the present one."""
    return Coalesce(days_between(F(columns.target_on), F(columns.first_target_on)), 0)


def _by_standing(
    day: dt.date, columns: Columns, values: Mapping[Standing, Any], output: Field[Any, Any]
) -> Case:
    """Return the expression for the value that goes with the standing of this assignment on `day`."""
    return Case(
        When(is_closed_as_implemented(columns), then=Value(values[Standing.IMPLEMENTED])),
        When(~is_open(columns), then=Value(values[Standing.CLOSED_OTHERWISE])),
        When(Q((columns.awaiting_verdict, True)), then=Value(values[Standing.AWAITING])),
        When(is_overdue(day, columns), then=Value(values[Standing.OVERDUE])),
        default=Value(values[Standing.IN_TIME]),
        output_field=output,
    )


def standing(day: dt.date, columns: Columns = KEPT) -> Case:
    """Return the expression for the standing of this assignment on `day`, a value of `Standing`."""
    return _by_standing(day, columns, {one: one.value for one in Standing}, CharField())


RANK = {one: place for place, one in enumerate(SLOWEST_FIRST)}
"""The assignment with the lowest rank gives the standing of the whole recommendation."""


def standing_rank(day: dt.date, columns: Columns = KEPT) -> Case:
    """Return the expression for the rank of the standing of this assignment on `day`: the slowest has the lowest."""
    return _by_standing(day, columns, RANK, IntegerField())
