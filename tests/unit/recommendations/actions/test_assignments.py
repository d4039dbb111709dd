"""Whom a recommendation is addressed to: what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.actions import assignments
from recommendations.actions.base import ActionDenied
from recommendations.models import Assignment
from tests.factories import TODAY, Cast


def test_a_closed_recommendation_is_addressed_to_nobody_else(cast: Cast) -> None:
    assignment = cast.assignment()
    cast.close(assignment)
    with pytest.raises(ActionDenied, match="The recommendation is closed"):
        assignments.address(by=cast.sam, recommendation=assignment.recommendation, body=cast.police)
    assert Assignment.objects.count() == 1


def test_nobody_is_no_body(cast: Cast) -> None:
    recommendation = cast.recommendation(cast.inquiry())
    with pytest.raises(ActionDenied, match="Select a body"):
        assignments.address_to_several(by=cast.sam, recommendation=recommendation, parts=[])


class TestWithdraw:
    def test_what_nobody_was_told_of(self, cast: Cast) -> None:
        draft = cast.recommendation(cast.inquiry())
        part = assignments.address(by=cast.sam, recommendation=draft, body=cast.cabinet)
        assignments.withdraw_assignment(by=cast.sam, assignment=part)
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize("notified_on", [None, TODAY])
    def test_not_once_it_is_public(self, cast: Cast, notified_on: dt.date | None) -> None:
        part = cast.assignment(notified_on=notified_on)
        with pytest.raises(ActionDenied, match="correct whom it is addressed to"):
            assignments.withdraw_assignment(by=cast.sam, assignment=part)
        assert Assignment.objects.get() == part
