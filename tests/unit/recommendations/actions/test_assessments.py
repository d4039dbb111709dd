"""The committee's verdict: who may give it, when, and what it refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import assignments, inquiries, meetings, successions
from recommendations.actions.assessments import assess
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import GRADES_FOR_OUTCOME, Grade, MeetingState, Outcome, Stage
from recommendations.models import Assessment, Meeting, Recommendation
from tests.factories import TODAY, at, fresh

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def assignment(cast):
    return cast.assignment()


@pytest.fixture
def meeting(cast):
    return cast.meeting(TODAY)


def give(cast, addressed, meeting, **details):
    """A view of the recommendation that is addressed so; of the whole unless ``assignment`` is given."""
    details = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "by": cast.carla} | details
    return assess(recommendation=addressed.recommendation, meeting=meeting, **details)


class TestWho:
    @pytest.mark.parametrize("name", ["chris", "carla", "sam"])
    def test_chair_clerk_and_scrutiny_officer_of_the_committee(self, cast, assignment, meeting, name):
        assert give(cast, assignment, meeting, by=getattr(cast, name)).recorded_by == getattr(cast, name)

    @pytest.mark.parametrize("name", ["colin", "olive", "ada", "oscar", "admin", "nobody"])
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
                by=cast.carla,
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
            give(cast, assignment, meeting, **CLOSE)
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


MAY_1, MAY_3, MAY_10, JUNE_1, JUNE_10 = (
    dt.date(2026, 5, 1), dt.date(2026, 5, 3), dt.date(2026, 5, 10), dt.date(2026, 6, 1), dt.date(2026, 6, 10),
)  # fmt: skip
CLOSE: dict[str, Any] = {
    "grade": Grade.IMPLEMENTED, "outcome": Outcome.CLOSE_IMPLEMENTED, "comment": "The committee saw it."
}  # fmt: skip
REOPEN = {"outcome": Outcome.REOPEN, "comment": "It is not done."}
KEEP = {"outcome": Outcome.KEEP}


class TestEnteredLate:
    """A verdict of an earlier meeting fits where things stood at that meeting, not where they stand now."""

    @pytest.fixture(autouse=True)
    def _in_summer(self, clock):
        with at(dt.date(2026, 7, 1)):
            yield

    @pytest.fixture
    def police(self, cast, assignment):
        return assignments.address(by=cast.sam, recommendation=assignment.recommendation, body=cast.police)

    def was(self, cast, part, *history):
        """What the committee decided of one part, each with its day, recorded in this order."""
        for day, said in history:
            meeting = Meeting.objects.of(cast.committee).filter(held_on=day).first() or cast.meeting(day)
            give(cast, part, meeting, assignment=part, **said)

    @pytest.mark.parametrize("said", [KEEP, CLOSE, REOPEN, {"outcome": Outcome.ESCALATE, "comment": "Late."}])
    def test_none_of_the_whole_where_a_part_was_closed_at_the_meeting(self, cast, assignment, police, said):
        self.was(cast, assignment, (MAY_1, CLOSE))
        self.was(cast, police, (MAY_3, KEEP), (JUNE_1, CLOSE))
        with pytest.raises(ActionDenied, match="Record its view of each body separately") as refusal:
            give(cast, assignment, cast.meeting(MAY_10), **said)
        assert refusal.value.field == "assignment"
        assignment.refresh_from_db()
        assert assignment.closed_on == MAY_1

    def test_one_of_the_whole_where_no_part_was_closed_yet(self, cast, assignment, police):
        self.was(cast, assignment, (MAY_10, CLOSE))
        give(cast, assignment, cast.meeting(MAY_3), **KEEP)
        assignment.refresh_from_db()
        police.refresh_from_db()
        assert (assignment.closed_on, police.is_open, police.assessed_on) == (MAY_10, True, MAY_3)

    @pytest.mark.parametrize(
        ("history", "day", "fits", "words"),
        [
            ([(JUNE_10, CLOSE)], MAY_10, KEEP, ""),
            ([(JUNE_10, CLOSE)], MAY_10, CLOSE, ""),
            ([(JUNE_10, CLOSE)], MAY_10, REOPEN, "This was open at that meeting. Select one of: Keep monitoring"),
            ([(JUNE_1, CLOSE)], JUNE_10, KEEP, "This is closed. Select one of: Reopen"),
            ([(MAY_1, CLOSE), (JUNE_1, REOPEN)], MAY_10, CLOSE, "This was closed at that meeting. Select one of: Reopen"),
            ([(MAY_1, CLOSE), (JUNE_1, REOPEN)], MAY_10, KEEP, "This was closed at that meeting. Select one of: Reopen"),
            ([(MAY_1, CLOSE), (JUNE_1, REOPEN)], MAY_10, REOPEN, ""),
            ([(MAY_1, CLOSE), (JUNE_1, REOPEN)], MAY_1, REOPEN, ""),
            ([(MAY_1, CLOSE), (JUNE_1, REOPEN)], JUNE_1, REOPEN, "This is open. Select one of: Keep monitoring"),
            ([(MAY_3, KEEP), (MAY_1, CLOSE)], MAY_10, REOPEN, "This is open. Select one of: Keep monitoring"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("whole", [False, True])
    def test_what_fits_at_the_meeting(self, cast, assignment, history, day, fits, words, whole):
        self.was(cast, assignment, *history)
        is_open = fresh_row(assignment).is_open
        meeting = Meeting.objects.filter(held_on=day).first() or cast.meeting(day)
        about = {} if whole else {"assignment": assignment}
        if not words:
            give(cast, assignment, meeting, **about, **fits)
        else:
            with pytest.raises(ActionDenied, match=words) as refusal:
                give(cast, assignment, meeting, **about, **fits)
            assert refusal.value.field == "outcome"
        assert fresh_row(assignment).is_open == is_open

    def test_one_that_is_addressed_to_nobody(self, cast):
        inquiry = cast.inquiry()
        recommendation = cast.recommendation(inquiry)
        cast.publish(inquiry)
        said = {"by": cast.carla, "recommendation": recommendation, "comment": "Heard."}
        assess(**said | CLOSE, meeting=cast.meeting(JUNE_1))
        late = said | {"meeting": cast.meeting(MAY_1), "grade": Grade.CONCERNS}
        with pytest.raises(ActionDenied, match="This was open at that meeting"):
            assess(**late, outcome=Outcome.REOPEN)
        assess(**late, outcome=Outcome.KEEP)
        recommendation.refresh_from_db()
        assert recommendation.closed_on == JUNE_1

    def test_a_part_that_opens_is_passed_on_and_its_inquiry_monitored_again(self, cast, assignment, police):
        """The whole was reopened at an earlier meeting than one part of it, and that is entered last."""
        self.was(cast, police, (MAY_1, CLOSE))
        self.was(cast, assignment, (MAY_1, CLOSE))
        inquiry = assignment.recommendation.inquiry
        for stage in (Stage.MONITORING, Stage.CONCLUDED):
            inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=fresh_row(inquiry), to=stage)
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=JUNE_1, reason="It merged", successor=cast.school
        )
        self.was(cast, assignment, (JUNE_1, REOPEN))
        assert fresh_row(inquiry).stage == Stage.MONITORING
        assert fresh_row(police).body == cast.police
        give(cast, assignment, cast.meeting(MAY_10), **REOPEN)
        assert fresh_row(police).is_open
        assert fresh_row(police).body == cast.school

    def test_one_that_opens_nothing_leaves_the_inquiry_concluded(self, cast, assignment):
        self.was(cast, assignment, (JUNE_1, CLOSE), (MAY_1, CLOSE))
        inquiry = assignment.recommendation.inquiry
        for stage in (Stage.MONITORING, Stage.CONCLUDED):
            inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=fresh_row(inquiry), to=stage)
        self.was(cast, assignment, (MAY_10, REOPEN))
        assert fresh_row(assignment).closed_on == JUNE_1
        assert fresh_row(inquiry).stage == Stage.CONCLUDED

    def test_the_day_is_read_anew_not_from_the_meeting_at_hand(self, cast, assignment):
        self.was(cast, assignment, (MAY_10, CLOSE))
        stale = cast.meeting(JUNE_1)
        meetings.edit_meeting(by=cast.carla, meeting=fresh_row(stale), held_on=MAY_1)
        with pytest.raises(ActionDenied, match="This was open at that meeting"):
            give(cast, assignment, stale, assignment=assignment, **REOPEN)


def fresh_row(row):
    return type(row).objects.get(pk=row.pk)


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
        verdict = give(cast, assignment, meeting, **CLOSE)
    assignment.refresh_from_db()
    assert assignment.closed_on == TODAY
    assert assignment.closed_by == verdict
