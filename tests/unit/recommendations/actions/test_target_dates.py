"""Agreeing another date than the one that a body asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from committee import clock
from recommendations.actions import target_dates
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import TargetState
from recommendations.models import Assignment, Meeting, TargetChange
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.queries.as_at import target_changes_at
from recommendations.queries.states import states
from tests.factories import TODAY, Cast, at

pytestmark = pytest.mark.django_db
FIRST, ASKED, AGREED = dt.date(2026, 3, 31), dt.date(2026, 12, 31), dt.date(2026, 6, 30)


@pytest.fixture
def change(cast: Cast) -> TargetChange:
    with at(TODAY - dt.timedelta(days=7)):
        assignment = cast.assignment(first_target_on=FIRST)
        return target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=ASKED, reason="The crossing waits for a permit."
        )


def agree(cast: Cast, change: TargetChange, **details: Any) -> TargetChange:
    values: dict[str, Any] = {
        "agreed": True,
        "note": "Half a year is enough.",
        "other_date": AGREED,
    } | details
    meeting = Meeting.objects.of(cast.committee).first() or cast.meeting(TODAY)
    return target_dates.decide_new_date(
        by=values.pop("by", cast.sam), change=change, meeting=meeting, **values
    )


class TestAnotherDate:
    def test_the_ledger_keeps_both(self, cast: Cast, change: TargetChange) -> None:
        change = agree(cast, change)
        assert (change.state, change.new_date, change.asked_date) == (TargetState.AGREED, AGREED, ASKED)
        assert (change.date_asked_for, change.slip_days) == (ASKED, 91)
        assignment = Assignment.objects.get(pk=change.assignment_id)
        assert (assignment.target_on, assignment.first_target_on) == (AGREED, FIRST)
        assert (assignment.slips, assignment.slip_days) == (1, 91)
        assert list(differing_recommendations()) == []

    def test_before_the_decision_the_date_asked_for_is_read(self, cast: Cast, change: TargetChange) -> None:
        before = clock.now() - dt.timedelta(days=1)
        agree(cast, change)
        [then] = target_changes_at(before, TargetChange.objects.all())
        assert (then.state, then.new_date, then.asked_date) == (TargetState.REQUESTED, ASKED, None)
        parts = AssignmentQuerySet(Assignment).filter(pk=then.assignment_id)
        assert [one.target_on for one in states(parts, before)] == [FIRST]
        assert [one.target_on for one in states(parts, clock.now())] == [AGREED]

    @pytest.mark.parametrize(
        ("details", "why", "field"),
        [
            ({"note": " "}, "Enter why another date was agreed", "note"),
            ({"other_date": ASKED}, "This is the date that was asked for", "other_date"),
            ({"other_date": FIRST}, "This is the present date", "other_date"),
            ({"other_date": FIRST - dt.timedelta(days=1)}, "the first date, or a later one", "other_date"),
        ],
    )
    def test_refusals(
        self, cast: Cast, change: TargetChange, details: dict[str, Any], why: str, field: str
    ) -> None:
        with pytest.raises(ActionDenied, match=why) as refused:
            agree(cast, change, **details)
        assert refused.value.field == field
        change.refresh_from_db()
        assert (change.state, change.new_date) == (TargetState.REQUESTED, ASKED)

    def test_only_by_whom_dates_are_recorded_and_once(self, cast: Cast, change: TargetChange) -> None:
        for stranger in (cast.olive, cast.ada, cast.colin, cast.oscar):
            with pytest.raises(PermissionDenied):
                agree(cast, change, by=stranger)
        agree(cast, change)
        with pytest.raises(ActionDenied, match="already decided"):
            target_dates.decide_new_date(
                by=cast.sam, change=change, agreed=True, meeting=cast.meeting(TODAY, title="Extra")
            )

    def test_a_refusal_keeps_the_date_asked_for(self, cast: Cast, change: TargetChange) -> None:
        change = agree(cast, change, agreed=False, other_date=None)
        assert (change.new_date, change.asked_date) == (ASKED, None)


class TestDatabase:
    def test_the_date_asked_for_never_goes(self, change: TargetChange) -> None:
        rows = TargetChange.objects.filter(pk=change.pk)
        for values in ({"new_date": AGREED}, {"new_date": AGREED, "asked_date": FIRST}):
            with pytest.raises(DatabaseError, match="never changed once decided"), transaction.atomic():
                rows.update(**values)

    def test_another_date_is_only_agreed(self, change: TargetChange) -> None:
        rows = TargetChange.objects.filter(pk=change.pk)
        with pytest.raises(DatabaseError, match="target_other_date_is_agreed"), transaction.atomic():
            rows.update(new_date=AGREED, asked_date=ASKED)

    def test_it_stays_once_decided(self, cast: Cast, change: TargetChange) -> None:
        agree(cast, change)
        rows = TargetChange.objects.filter(pk=change.pk)
        with pytest.raises(DatabaseError, match="never changed once decided"), transaction.atomic():
            rows.update(new_date=ASKED, asked_date=None)
