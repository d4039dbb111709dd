"""What a member proposes as the committee's verdict: who, when, how it ends, and who hears of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from committee.audit.models import AuditEntry
from recommendations.actions import assessments, assignments, meetings
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.proposed_verdicts import (
    confirm_proposal,
    propose_several,
    propose_verdict,
    withdraw_proposal,
)
from recommendations.lifecycle import Claim, Grade, Outcome, ProposalState, Role
from recommendations.models import Assessment, Assignment, Meeting, ProposedVerdict
from recommendations.notifications.due import everything
from tests.factories import TODAY, Cast, at, fresh, make_cast, person

pytestmark = pytest.mark.usefixtures("clock")

KEEP: dict[str, Any] = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "comment": "Figures next time."}
CLOSE: dict[str, Any] = {
    "grade": Grade.IMPLEMENTED, "outcome": Outcome.CLOSE_IMPLEMENTED, "comment": "We saw all five."
}  # fmt: skip
DROP: dict[str, Any] = {
    "grade": Grade.CONCERNS, "outcome": Outcome.CLOSE_NO_LONGER_RELEVANT, "comment": "The school moved."
}  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def part(cast: Cast) -> Assignment:
    return cast.assignment()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(TODAY)


def propose(cast: Cast, part: Assignment, meeting: Meeting, **details: Any) -> ProposedVerdict:
    """What Colin, or `by`, proposes of the whole unless `assignment` is given."""
    details = KEEP | {"by": cast.colin} | details
    return propose_verdict(recommendation=part.recommendation, meeting=meeting, **details)


def now(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


class TestWho:
    @pytest.mark.parametrize("name", ["colin", "chris"])
    def test_councillors_and_the_chair_propose(self, cast, part, meeting, name) -> None:
        assert propose(cast, part, meeting, by=getattr(cast, name)).proposed_by == getattr(cast, name)

    @pytest.mark.parametrize("name", ["carla", "sam", "olive", "ada", "oscar", "admin", "nobody"])
    def test_nobody_else(self, cast, part, meeting, name) -> None:
        with pytest.raises(PermissionDenied):
            propose(cast, part, meeting, by=fresh(getattr(cast, name)))

    @pytest.mark.parametrize("name", ["chris", "carla", "sam"])
    def test_chair_clerk_and_scrutiny_officer_confirm(self, cast, part, meeting, name) -> None:
        verdict = confirm_proposal(by=getattr(cast, name), proposal=propose(cast, part, meeting))
        assert (verdict.recorded_by, verdict.proposed_by) == (getattr(cast, name), cast.colin)

    @pytest.mark.parametrize("name", ["colin", "olive", "ada", "oscar", "admin", "nobody"])
    def test_one_councillor_alone_closes_nothing(self, cast, part, meeting, name) -> None:
        proposal = propose(cast, part, meeting, **CLOSE)
        with pytest.raises(PermissionDenied):
            confirm_proposal(by=fresh(getattr(cast, name)), proposal=proposal)
        assert now(part).is_open
        assert not Assessment.objects.exists()

    def test_only_ones_own_is_withdrawn(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting)
        with pytest.raises(ActionDenied, match="Only the member who proposed this"):
            withdraw_proposal(by=cast.chris, proposal=proposal)
        with pytest.raises(PermissionDenied):
            withdraw_proposal(by=cast.carla, proposal=proposal)
        assert withdraw_proposal(by=cast.colin, proposal=proposal).state == ProposalState.WITHDRAWN


class TestWhatIsRefused:
    """A proposal is refused what a verdict is refused, so that what is confirmed was sound when it was proposed."""

    def test_at_a_meeting_to_come(self, cast, part) -> None:
        with pytest.raises(ActionDenied, match="still to come"):
            propose(cast, part, cast.meeting(TODAY + dt.timedelta(days=1)))

    def test_another_bodys_meeting(self, cast, part) -> None:
        with pytest.raises(ActionDenied, match="Select a meeting of the Children"):
            propose(cast, part, cast.meeting(TODAY, cast.cabinet))

    def test_a_grade_that_does_not_fit(self, cast, part, meeting) -> None:
        with pytest.raises(ActionDenied, match="does not go with"):
            propose(cast, part, meeting, grade=Grade.NOT_IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED)

    def test_closing_without_a_reason(self, cast, part, meeting) -> None:
        with pytest.raises(ActionDenied, match="reason") as refusal:
            propose(cast, part, meeting, **DROP | {"comment": " "})
        assert refusal.value.field == "comment"

    def test_what_somebody_has_judged_meanwhile(self, cast, part, meeting) -> None:
        verdict = cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP)
        with pytest.raises(EditConflict) as stale:
            propose(cast, part, meeting, seen=0)
        assert stale.value.current == verdict


class TestUntilItIsConfirmed:
    def test_nothing_is_decided(self, cast, part, meeting) -> None:
        propose(cast, part, meeting, **CLOSE)
        assert now(part).is_open
        assert now(part).grade == ""
        assert now(meeting).business() == []

    def test_several_members_may_differ(self, cast, part, meeting) -> None:
        propose(cast, part, meeting)
        propose(cast, part, meeting, by=cast.chris, **CLOSE)
        assert ProposedVerdict.objects.standing().count() == 2

    def test_a_member_changes_their_own(self, cast, part, meeting) -> None:
        first = propose(cast, part, meeting)
        second = propose(cast, part, meeting, version=first.version, **CLOSE)
        assert second.pk == first.pk
        assert now(first).outcome == Outcome.CLOSE_IMPLEMENTED

    def test_not_over_what_they_changed_in_another_window(self, cast, part, meeting) -> None:
        first = propose(cast, part, meeting, version=0)
        with pytest.raises(EditConflict) as stale:
            propose(cast, part, meeting, version=0, **CLOSE)
        assert stale.value.current == first
        assert now(first).outcome == Outcome.KEEP

    def test_one_for_the_whole_and_one_for_a_part(self, cast, part, meeting) -> None:
        propose(cast, part, meeting)
        propose(cast, part, meeting, assignment=part)
        assert ProposedVerdict.objects.standing().count() == 2

    def test_it_goes_with_a_meeting_that_is_moved_and_ends_with_none_that_is_cancelled(
        self, cast, part, meeting
    ) -> None:
        proposal = propose(cast, part, meeting)
        moved = meetings.edit_meeting(
            by=cast.carla, meeting=now(meeting), held_on=TODAY - dt.timedelta(days=1)
        )
        assert confirm_proposal(by=cast.carla, proposal=now(proposal)).meeting == moved

    def test_none_is_confirmed_at_a_meeting_that_was_cancelled(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting)
        meetings.move_meeting(by=cast.carla, meeting=now(meeting), to="cancelled")
        with pytest.raises(ActionDenied, match="was cancelled"):
            confirm_proposal(by=cast.carla, proposal=now(proposal))
        assert not Assessment.objects.exists()


class TestConfirming:
    def test_it_is_the_verdict_and_ends_the_others(self, cast, part, meeting) -> None:
        taken, other = propose(cast, part, meeting, **CLOSE), propose(cast, part, meeting, by=cast.chris)
        verdict = confirm_proposal(by=cast.carla, proposal=taken, version=taken.version, seen=0)
        assert (verdict.grade, verdict.outcome, verdict.comment) == tuple(CLOSE.values())
        assert now(part).closed_by == verdict
        assert (now(taken).state, now(other).state) == (ProposalState.TAKEN, ProposalState.NOT_TAKEN)
        assert now(taken).verdict == now(other).verdict == verdict

    def test_another_may_be_recorded_in_its_place(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting, **CLOSE)
        verdict = assessments.assess(
            by=cast.carla, recommendation=part.recommendation, meeting=meeting, **KEEP
        )
        assert verdict.proposed_by is None
        assert now(proposal).state == ProposalState.NOT_TAKEN
        assert now(part).is_open

    def test_who_first_proposed_just_this_is_named(self, cast, part, meeting) -> None:
        propose(cast, part, meeting, by=cast.chris)
        with at(TODAY, 13):
            propose(cast, part, meeting)
            verdict = assessments.assess(
                by=cast.sam, recommendation=part.recommendation, meeting=meeting, **KEEP
            )
        assert verdict.proposed_by == cast.chris

    def test_once(self, cast, part, meeting) -> None:
        one, other = propose(cast, part, meeting), propose(cast, part, meeting, by=cast.chris, **CLOSE)
        verdict = confirm_proposal(by=cast.carla, proposal=one, version=one.version, seen=0)
        for proposal in (one, other):
            with pytest.raises(EditConflict) as stale:
                confirm_proposal(by=cast.sam, proposal=proposal, version=proposal.version, seen=0)
            assert stale.value.current == verdict
        assert Assessment.objects.count() == 1

    def test_not_what_was_changed_or_withdrawn_meanwhile(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting)
        read = proposal.version
        changed = propose(cast, part, meeting, **CLOSE)
        with pytest.raises(EditConflict) as stale:
            confirm_proposal(by=cast.carla, proposal=proposal, version=read)
        assert stale.value.current == changed
        withdraw_proposal(by=cast.colin, proposal=changed)
        with pytest.raises(EditConflict):
            confirm_proposal(by=cast.carla, proposal=changed)
        assert not Assessment.objects.exists()

    def test_a_verdict_on_one_part_ends_what_was_proposed_of_it_and_of_the_whole(
        self, cast, part, meeting
    ) -> None:
        police = assignments.address(by=cast.sam, recommendation=part.recommendation, body=cast.police)
        whole = propose(cast, part, meeting)
        own = propose(cast, part, meeting, assignment=part)
        others = propose(cast, part, meeting, assignment=police)
        confirm_proposal(by=cast.carla, proposal=own)
        assert [now(one).state for one in (whole, own, others)] == ["not_taken", "taken", "standing"]

    def test_one_of_another_meeting_stays(self, cast, part, meeting) -> None:
        earlier = propose(cast, part, cast.meeting(TODAY - dt.timedelta(days=7)))
        cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP, meeting=meeting)
        assert now(earlier).state == ProposalState.STANDING

    def test_it_is_checked_again(self, cast, part, meeting) -> None:
        """What was sound when it was proposed may not be so any more."""
        cast.published(part, claim=Claim.DELIVERED, delivered_what="All five.")
        proposal = propose(cast, part, meeting, **CLOSE | {"comment": ""})
        with at(TODAY, 13):
            cast.published(part, claim=Claim.ON_TRACK, progress="One was taken down again.")
        with pytest.raises(ActionDenied, match="Cabinet has not reported it as delivered"):
            confirm_proposal(by=cast.carla, proposal=proposal)


class TestWhoHearsOfIt:
    def test_nobody_is_told_before_it_is_confirmed(self, cast, part, meeting) -> None:
        said = {"grade": Grade.CONCERNS, "outcome": Outcome.ESCALATE, "comment": "Late twice."}
        before = {due.key for due in everything()}
        proposal = propose(cast, part, meeting, **said)
        assert {due.key for due in everything()} == before
        confirm_proposal(by=cast.carla, proposal=proposal)
        assert any("invites your head of service" in due.subject for due in everything())

    def test_the_audit_trail_says_that_it_was_proposed_and_not_what(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting, comment="Between ourselves.")
        propose(cast, part, meeting, **CLOSE)
        entries = AuditEntry.objects.filter(
            table_name="recommendations_proposedverdict", row_key=str(proposal.pk)
        )
        assert [entry.operation for entry in entries.order_by("pk")] == ["INSERT", "UPDATE"]
        kept = str([(entry.before, entry.after) for entry in entries])
        for word in ("Between ourselves.", "We saw all five.", "close_implemented", "concerns"):
            assert word not in kept


class TestTheDatabase:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE recommendations_proposedverdict SET comment = 'Other words' WHERE id = %s",
            "UPDATE recommendations_proposedverdict SET state = 'standing', verdict_id = NULL WHERE id = %s",
            "DELETE FROM recommendations_proposedverdict WHERE id = %s",
        ],
    )
    def test_one_that_ended_stays_as_it_is(self, cast, part, meeting, sql) -> None:
        proposal = propose(cast, part, meeting)
        confirm_proposal(by=cast.carla, proposal=proposal)
        with pytest.raises(Exception, match=r"never|Invalid transition"), transaction.atomic():
            self.run(sql, proposal)

    def test_one_that_stands_is_not_deleted(self, cast, part, meeting) -> None:
        proposal = propose(cast, part, meeting)
        with pytest.raises(Exception, match="withdrawn, not deleted"), transaction.atomic():
            self.run("DELETE FROM recommendations_proposedverdict WHERE id = %s", proposal)

    def run(self, sql: str, proposal: ProposedVerdict) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [proposal.pk])


class TestSeveralAtOnce:
    @pytest.fixture
    def two(self, cast: Cast, part: Assignment) -> list[Any]:
        return [(part.recommendation, None), (cast.assignment(reference="OTHER 1").recommendation, None)]

    def test_all_are_proposed(self, cast, meeting, two) -> None:
        made = propose_several(by=cast.colin, targets=two, seen=[0, 0], meeting=meeting, **KEEP)
        assert [one.recommendation for one in made] == [one for one, _ in two]

    def test_all_are_recorded_and_end_what_was_proposed(self, cast, meeting, two) -> None:
        propose_several(by=cast.colin, targets=two, seen=[0, 0], meeting=meeting, **KEEP)
        made = assessments.assess_several(by=cast.carla, targets=two, seen=[0, 0], meeting=meeting, **KEEP)
        assert [one.proposed_by for one in made] == [cast.colin, cast.colin]
        assert not ProposedVerdict.objects.standing().exists()

    @pytest.mark.parametrize("act", [propose_several, assessments.assess_several, assessments.check_several])
    def test_one_refusal_names_the_row_and_undoes_the_rest(self, cast, meeting, two, act) -> None:
        cast.close(Assignment.objects.get(recommendation=two[1][0]))
        by = cast.colin if act is propose_several else cast.carla
        before = Assessment.objects.count(), ProposedVerdict.objects.count()
        with pytest.raises(ActionDenied, match="This is closed") as refusal:
            act(by=by, targets=two, seen=[None, None], meeting=meeting, **KEEP)
        assert refusal.value.row == 1
        assert (Assessment.objects.count(), ProposedVerdict.objects.count()) == before

    def test_who_may_not(self, cast, meeting, two) -> None:
        with pytest.raises(PermissionDenied):
            assessments.assess_several(by=cast.colin, targets=two, seen=[0, 0], meeting=meeting, **KEEP)
        with pytest.raises(PermissionDenied):
            assessments.check_several(by=cast.olive, targets=two, seen=[0, 0], meeting=meeting, **KEEP)


def test_a_chair_of_the_council_chairs_what_is_below_it(
    cast: Cast, part: Assignment, meeting: Meeting
) -> None:
    leader = person("Lena Leader", (Role.CHAIR, cast.council))
    assert confirm_proposal(by=leader, proposal=propose(cast, part, meeting)).recorded_by == leader
