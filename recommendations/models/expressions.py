"""The rules of `recommendations.lifecycle.state` as conditions for the database, and the order of events of `lifecycle.events`.

They read the state that is kept on an assignment: that of today. A test over random histories compares these rules with
those of `lifecycle.state`, which alone tell of the past.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import BooleanField, Case, DateField, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import LessThan

from recommendations.lifecycle import DECISIVE, Decision, Outcome

# ------------------------------------------------------------------ the order of events

DECIDED_ON = Coalesce(
    F("meeting__held_on"), F("decided_day"), TruncDate("decided_at"), output_field=DateField()
)
"""As `TargetChange.decided_on`."""

LATEST_UPDATE = ("-filed_on", "-published_at", "-pk")
LATEST_RESPONSE = ("-decided_on", "-recorded_at", "-pk")
LATEST_TARGET_CHANGE = (DECIDED_ON.desc(), "-decided_at", "-pk")
LATEST_VERDICT = ("-meeting__held_on", "-recorded_at", "-pk")
LATEST_VERDICT_THEN = ("-day", "-recorded_at", "-pk")
"""As `update_order` and the other orders in `lifecycle.state`, the latest first."""

FIRST_RESPONSE = ("decided_on", "recorded_at", "pk")
FIRST_TARGET_CHANGE = (DECIDED_ON.asc(), "decided_at", "pk")
FIRST_UPDATE = ("filed_on", "published_at", "pk")
FIRST_VERDICT = ("meeting__held_on", "recorded_at", "pk")
"""The same, the earliest first."""


# ------------------------------------------------------------------ conditions


def is_one_of(keys: Sequence[int]) -> Func:
    """Return the condition that the row has one of these keys, for hundreds of them: as one array, because `pk__in` takes
    longer to write them than the database to find the rows.
    """
    return Func(
        F("pk"),
        Value(list(keys)),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def stands() -> Q:
    """Return the condition that it was not addressed in error, and its recommendation not withdrawn."""
    return Q(withdrawn_at__isnull=True)


def is_open() -> Q:
    """Return the condition that something is still asked of the body: the committee has not closed it (the condition that
    the partial indexes are made for), and the body has not answered that it is for somebody else. Nothing is of one
    addressed in error.
    """
    return stands() & Q(closed_on__isnull=True) & ~Q(decision=Decision.NOT_OURS)


def is_closed() -> Q:
    """Return the condition that the committee ended its follow-up."""
    return stands() & Q(closed_on__isnull=False)


def is_followed_up() -> Q:
    """Return the condition that the committee follows it up here: it is open, and not known from public sources only."""
    return is_open() & Q(sources_only=False)


def is_not_known() -> Q:
    """Return the condition that no verdict has closed it and only public sources tell of it."""
    return is_open() & Q(sources_only=True)


def is_disowned() -> Q:
    """Return the condition that the body answered that it is for somebody else, and the committee has not closed it."""
    return Q(closed_on__isnull=True, decision=Decision.NOT_OURS)


def is_closed_as_implemented() -> Q:
    """Return the condition that the committee closed it as implemented."""
    return stands() & Q(closed_as=Outcome.CLOSE_IMPLEMENTED)


def is_overdue(day: dt.date) -> Q:
    """Return the condition that it is followed up and past the date on `day` from which lateness counts, and no claim of delivery
    waits for the committee. That date is never before the first one.
    """
    told_in_time = Q(import_batch__isnull=False) | Q(notified_on__lte=F("first_target_on"))
    by_a_later_one = Q(notified_on__gt=F("first_target_on")) & Q(LessThan(_next_date_told(), Value(day)))
    return (
        is_followed_up()
        & Q(awaiting_verdict=False, first_target_on__lt=day)
        & (told_in_time | by_a_later_one)
    )


def late_from() -> Case:
    """Return the expression for the date from which lateness counts; see `lateness_from`."""
    in_time = Q(import_batch__isnull=False) | Q(notified_on__lte=F("first_target_on"))
    return Case(
        When(in_time, then=F("first_target_on")),
        When(notified_on__gt=F("first_target_on"), then=_next_date_told()),
        default=Value(None),
        output_field=DateField(),
    )


def _next_date_told() -> Subquery:
    """Return the expression for the first date agreed that had not passed when the notice was sent."""
    from recommendations.models.target_dates import TargetChange  # it imports this module

    agreed = TargetChange.objects.agreed().filter(
        assignment=OuterRef("pk"), new_date__gte=OuterRef("notified_on")
    )
    return Subquery(agreed.order_by(*FIRST_TARGET_CHANGE).values("new_date")[:1], output_field=DateField())


def is_awaiting_verdict() -> Q:
    """Return the condition that it is followed up and said to be delivered, and the committee has not judged that yet."""
    return is_followed_up() & Q(awaiting_verdict=True)


def is_decided() -> Q:
    """Return the condition that a decision has stopped the response clock."""
    return stands() & Q(decision__in=DECISIVE)


def awaits_response(day: dt.date) -> Q:
    """Return the condition that it was sent by `day`, is followed up, and no decision has stopped its response clock."""
    return is_followed_up() & Q(notified_on__lte=day) & ~is_decided()


def is_response_late(day: dt.date) -> Q:
    """Return the condition that it awaits a response on `day` and the body's term is over."""
    return awaits_response(day) & Q(response_due_on__lt=day)


def is_escalated() -> Q:
    """Return the condition that the head of service is invited, and it is followed up."""
    return is_followed_up() & Q(escalated_on__isnull=False)


def has_slipped() -> Q:
    """Return the condition that it is followed up and was given a later date at least once."""
    return is_followed_up() & Q(slips__gt=0)
