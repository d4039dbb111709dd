"""Whom a recommendation is addressed to: what is refused."""

from __future__ import annotations

import pytest

from recommendations.actions import assignments
from recommendations.actions.base import ActionDenied
from recommendations.models import Assignment
from tests.factories import Cast


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
        assignments.withdraw_assignment(by=cast.sam, assignment=cast.assignment(notified_on=None))
        assert not Assignment.objects.exists()

    def test_not_once_the_body_was_notified(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="already notified"):
            assignments.withdraw_assignment(by=cast.sam, assignment=cast.assignment())

    def test_not_with_an_update(self, cast: Cast) -> None:
        assignment = cast.assignment(notified_on=None)
        cast.draft(assignment)
        with pytest.raises(ActionDenied, match="already history"):
            assignments.withdraw_assignment(by=cast.sam, assignment=assignment)
        assert Assignment.objects.get() == assignment
