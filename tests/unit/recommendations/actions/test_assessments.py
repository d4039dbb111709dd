"""The committee's verdict: who may give it, when, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import assignments, meetings
from recommendations.actions.assessments import assess
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import GRADES_FOR_OUTCOME, Grade, MeetingState, Outcome
from recommendations.models import Assessment, Recommendation
from tests.factories import TODAY, Cast, at, fresh, make_cast

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def assignment(cast):
    return cast.assignment()


@pytest.fixture
def meeting(cast):
    return cast.meeting(TODAY)


def give(cast, addressed, meeting, **details):
    """A view of the recommendation that is addressed so; of the whole unless ``assignment`` is given."""
    details = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "by": cast.colin} | details
    return assess(recommendation=addressed.recommendation, meeting=meeting, **details)


class TestWho:
    def test_councillors_and_scrutiny_officers_of_the_committee(self, cast, assignment, meeting):
        assert give(cast, assignment, meeting).recorded_by == cast.colin
        assert give(cast, assignment, meeting, by=cast.sam).recorded_by == cast.sam

    @pytest.mark.parametrize("name", ["carla", "olive", "ada", "oscar", "admin", "nobody"])
    def test_nobody_else(self, cast, assignment, meeting, name):
        with pytest.raises(PermissionDenied):
            give(cast, assignment, meeting, by=fresh(getattr(cast, name)))


class TestWhen:
    def test_not_at_another_bodys_meeting(self, cast, assignment):
        with pytest.raises(ActionDenied, match="Select a meeting of the Children") as refusal:
            give(cast, assignment, cast.meeting(TODAY, cast.cabinet))
        assert refusal.value.field == "meeting"

    def test_not_at_a_meeting_to_come(self, cast, assignment):
        with pytest.raises(ActionDenied, match="still to come"):
            give(cast, assignment, cast.meeting(TODAY + dt.timedelta(days=1)))

    def test_not_at_a_cancelled_meeting(self, cast, assignment, meeting):
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.CANCELLED)
        meeting.refresh_from_db()
        with pytest.raises(ActionDenied, match="cancelled"):
            give(cast, assignment, meeting)

    def test_not_before_the_report(self, cast, assignment):
        with pytest.raises(ActionDenied, match="the day the report was published"):
            give(cast, assignment, cast.meeting(dt.date(2025, 8, 31)))

    def test_not_before_publication(self, cast, meeting):
        recommendation = cast.recommendation(cast.inquiry())
        with pytest.raises(ActionDenied, match="Publish the report"):
            assess(
                by=cast.colin,
                recommendation=recommendation,
                meeting=meeting,
                grade=Grade.CONCERNS,
                outcome=Outcome.KEEP,
            )


class TestWhat:
    @pytest.mark.parametrize("outcome", list(Outcome))
    @pytest.mark.parametrize("grade", list(Grade))
    def test_grades_that_go_with_an_outcome(self, cast, assignment, meeting, outcome, grade):
        if outcome == Outcome.REOPEN:
            give(cast, assignment, meeting, grade=Grade.IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED)
        if grade in GRADES_FOR_OUTCOME[outcome]:
            assert give(cast, assignment, meeting, grade=grade, outcome=outcome, comment="Heard.").pk
        else:
            with pytest.raises(ActionDenied, match="does not go with"):
                give(cast, assignment, meeting, grade=grade, outcome=outcome, comment="Heard.")

    @pytest.mark.parametrize(
        "outcome",
        [
            Outcome.ESCALATE,
            Outcome.CLOSE_NOT_IMPLEMENTED,
            Outcome.CLOSE_SUPERSEDED,
            Outcome.CLOSE_NO_LONGER_RELEVANT,
        ],
    )
    def test_a_reason_where_the_public_would_ask_why(self, cast, assignment, meeting, outcome):
        with pytest.raises(ActionDenied, match="reason") as refusal:
            give(cast, assignment, meeting, outcome=outcome, comment="  \r\n ")
        assert refusal.value.field == "comment"

    @pytest.mark.parametrize(("field", "value"), [("grade", ""), ("grade", "splendid"), ("outcome", "burn")])
    def test_unknown_words(self, cast, assignment, meeting, field, value):
        with pytest.raises(ActionDenied) as refusal:
            give(cast, assignment, meeting, **{field: value})
        assert refusal.value.field == field

    def test_an_open_one_is_not_reopened_and_a_closed_one_not_closed_again(self, cast, assignment, meeting):
        with pytest.raises(ActionDenied, match="This is open"):
            give(cast, assignment, meeting, outcome=Outcome.REOPEN, comment="Why not")
        cast.close(assignment)
        assignment.recommendation.refresh_from_db()
        with pytest.raises(ActionDenied, match="This is closed"):
            give(cast, assignment, meeting)

    def test_no_body_that_it_is_not_addressed_to(self, cast, assignment, meeting):
        other = cast.assignment(reference="OTHER 1")
        with pytest.raises(ActionDenied, match="Select a body"):
            give(cast, assignment, meeting, assignment=other)

    def test_no_view_of_the_whole_while_only_a_part_is_closed(self, cast, assignment, meeting):
        assignments.address(by=cast.sam, recommendation=assignment.recommendation, body=cast.police)
        cast.verdict(assignment, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
        with pytest.raises(ActionDenied, match="each body separately"):
            give(cast, assignment, meeting)

    def test_the_state_is_read_anew_not_from_the_object_at_hand(self, cast, assignment, meeting):
        cast.close(assignment)
        again = cast.verdict(assignment, Grade.CONCERNS, Outcome.REOPEN)
        assert again.outcome == Outcome.REOPEN
        assert Recommendation.objects.get(pk=assignment.recommendation_id).is_open


class TestTwoPeople:
    def test_the_second_is_told(self, cast, assignment, meeting):
        first = give(cast, assignment, meeting, seen=0)
        with pytest.raises(EditConflict) as stale:
            give(cast, assignment, meeting, by=cast.sam, seen=0)
        assert stale.value.current == first
        assert Assessment.objects.count() == 1

    def test_and_may_then_record_a_further_one(self, cast, assignment, meeting):
        first = give(cast, assignment, meeting, seen=0)
        give(cast, assignment, meeting, by=cast.sam, seen=first.pk)
        assert Assessment.objects.count() == 2

    def test_a_view_of_another_part_is_no_conflict(self, cast, assignment, meeting):
        police = assignments.address(by=cast.sam, recommendation=assignment.recommendation, body=cast.police)
        give(cast, assignment, meeting, assignment=police, seen=0)
        give(cast, assignment, meeting, assignment=assignment, seen=0)
        assert Assessment.objects.count() == 2


def test_recorded_at_the_meeting_and_later_the_same(cast, assignment, meeting):
    with at(TODAY + dt.timedelta(days=3)):
        verdict = give(cast, assignment, meeting, grade=Grade.IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED)
    assignment.refresh_from_db()
    assert assignment.closed_on == TODAY
    assert assignment.closed_by == verdict
