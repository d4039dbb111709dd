"""What owning bodies do with their updates, steps and dates."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import milestones, target_dates, updates
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.evidence import add_evidence
from recommendations.lifecycle import Claim, DatesAgreedBy, Role, UpdateState, Visibility
from tests.factories import person


@pytest.fixture
def assignment(cast):
    return cast.assignment()


def write(cast, assignment, version=None, tab="", by=None, **details):
    details.setdefault("progress", "Begun.")
    return updates.write_update(
        by=by or cast.olive, assignment=assignment, version=version, tab=tab, **details
    )


class TestWriting:
    def test_the_first_save_begins_a_draft(self, cast, assignment):
        update = write(cast, assignment, tab="a")
        assert (update.state, update.progress, update.saved_by) == (UpdateState.DRAFT, "Begun.", cast.olive)

    def test_a_second_person_who_knew_of_no_draft_is_told(self, cast, assignment):
        write(cast, assignment, tab="a")
        with pytest.raises(EditConflict):
            write(cast, assignment, tab="b", by=cast.ada, progress="Mine.")

    def test_the_page_whose_answer_was_lost_does_not_conflict_with_itself(self, cast, assignment):
        write(cast, assignment, tab="a")
        again = write(cast, assignment, tab="a", progress="More.")
        assert again.progress == "More."

    def test_an_older_version_is_refused_when_somebody_else_saved_between(self, cast, assignment):
        mine = write(cast, assignment, tab="a")
        theirs = write(cast, assignment, tab="b", version=mine.version, by=cast.ada, progress="Theirs.")
        with pytest.raises(EditConflict) as stale:
            write(cast, assignment, tab="a", version=mine.version, progress="Mine.")
        assert stale.value.current.pk == theirs.pk
        assert stale.value.current.progress == "Theirs."

    def test_a_draft_thrown_away_meanwhile_is_told(self, cast, assignment):
        update = write(cast, assignment, tab="a")
        updates.discard_draft(by=cast.olive, update=update)
        with pytest.raises(ActionDenied, match="Save again"):
            write(cast, assignment, version=update.version, tab="a")

    def test_another_body_may_not(self, cast, assignment):
        with pytest.raises(PermissionDenied):
            write(cast, assignment, by=cast.pat)

    def test_an_exempt_part_one_may_not_see_is_left_as_it_is(self, cast, assignment):
        update = write(
            cast,
            assignment,
            by=cast.ada,
            exempt_text="Secret",
            exempt_paragraphs=[3],
            public_summary="Not published.",
        )
        update = updates.save_draft(
            by=cast.olive, update=update, version=update.version, progress="Changed.", exempt_text=""
        )
        assert (update.progress, update.exempt_text) == ("Changed.", "Secret")

    def test_the_words_of_last_time_are_counted_as_such(self, cast, assignment):
        last = cast.published(assignment)
        update = write(cast, assignment, progress=last.progress, claim=last.claim)
        assert update.as_last_time
        update = write(cast, assignment, version=update.version, progress="New.", claim=last.claim)
        assert not update.as_last_time


class TestSubmitting:
    @pytest.mark.parametrize(
        ("details", "fields"),
        [
            ({"claim": "", "progress": ""}, ["claim", "progress"]),
            ({"as_at": dt.date(2026, 2, 1)}, ["as_at"]),
            ({"claim": Claim.OFF_TRACK}, ["barriers"]),
            ({"claim": Claim.DELIVERED}, ["delivered_what"]),
            ({"claim": Claim.ON_TRACK}, []),
        ],
    )
    def test_all_that_is_missing_is_named(self, cast, assignment, details, fields):
        update = cast.draft(assignment, **details)
        assert [problem.field for problem in updates.what_is_missing(update)] == fields

    def test_a_priority_recommendation_needs_evidence_of_delivery(self, cast):
        update = cast.draft(
            cast.assignment(priority="top"), claim=Claim.DELIVERED, delivered_what="Five crossings."
        )
        assert [problem.field for problem in updates.what_is_missing(update)] == ["evidence"]

    def test_nobody_publishes_what_they_submitted(self, cast, assignment):
        update = updates.submit_update(by=cast.ada, update=cast.draft(assignment))
        with pytest.raises(ActionDenied, match="Another approver"):
            updates.publish_update(by=cast.ada, update=update)

    def test_a_return_needs_its_reason(self, cast, assignment):
        with pytest.raises(ActionDenied) as refusal:
            updates.return_update(by=cast.ada, update=cast.submitted(assignment), reason=" ")
        assert refusal.value.field == "reason"

    def test_the_second_approver_is_told(self, cast, assignment):
        update = cast.submitted(assignment)
        updates.publish_update(by=cast.ada, update=update, version=update.version)
        with pytest.raises(EditConflict):
            updates.return_update(by=cast.ada, update=update, reason="No", version=update.version)


class TestSteps:
    def test_two_people_who_tick_different_steps_do_not_undo_each_other(self, cast, assignment):
        one = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Design")
        two = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Build")
        milestones.tick_milestones(by=cast.olive, assignment=assignment, done=[one.pk], before=[])
        milestones.tick_milestones(by=cast.ada, assignment=assignment, done=[two.pk], before=[])
        assert all(step.done_on for step in assignment.milestones.all())

    def test_a_step_can_be_unticked(self, cast, assignment):
        one = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Design")
        milestones.tick_milestones(by=cast.olive, assignment=assignment, done=[one.pk], before=[])
        milestones.tick_milestones(by=cast.olive, assignment=assignment, done=[], before=[one.pk])
        one.refresh_from_db()
        assert one.done_on is None

    def test_a_step_that_is_done_stays(self, cast, assignment):
        one = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Design")
        milestones.tick_milestones(by=cast.olive, assignment=assignment, done=[one.pk])
        one.refresh_from_db()
        with pytest.raises(ActionDenied):
            milestones.remove_milestone(by=cast.olive, milestone=one)


class TestNewDates:
    def test_only_one_request_waits_at_a_time(self, cast, assignment):
        ask = {"by": cast.olive, "assignment": assignment, "reason": "Late contractor"}
        target_dates.request_new_date(**ask, new_date=dt.date(2026, 9, 1))
        with pytest.raises(ActionDenied, match="already been asked"):
            target_dates.request_new_date(**ask, new_date=dt.date(2026, 10, 1))

    @pytest.mark.parametrize(
        ("day", "reason", "field"),
        [
            (dt.date(2026, 3, 31), "Why", "new_date"),
            (dt.date(2025, 3, 31), "Why", "new_date"),
            (dt.date(2026, 9, 1), " ", "reason"),
        ],
    )
    def test_a_bad_request_is_refused_at_its_box(self, cast, assignment, day, reason, field):
        with pytest.raises(ActionDenied) as refusal:
            target_dates.request_new_date(by=cast.olive, assignment=assignment, new_date=day, reason=reason)
        assert refusal.value.field == field

    def test_decided_at_a_meeting_that_can_have_decided_it(self, cast, assignment):
        change = target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 9, 1), reason="Late"
        )
        wrong = {
            None: "Select the meeting at which",
            cast.meeting(dt.date(2026, 1, 12), body=cast.cabinet): "Select a meeting of the Children",
            cast.meeting(dt.date(2026, 1, 13)): "still to come",
            cast.meeting(dt.date(2026, 1, 11)): "on or after the day",
        }
        for meeting, words in wrong.items():
            with pytest.raises(ActionDenied, match=words):
                target_dates.decide_new_date(by=cast.sam, change=change, agreed=True, meeting=meeting)
        agreed = cast.agree(change)
        assert (agreed.decided_as, agreed.decided_on) == (DatesAgreedBy.MEETING, dt.date(2026, 1, 12))
        assert agreed.decided_by_words == "the committee"


def test_exempt_evidence_is_published_only_by_somebody_who_may_see_it(cast):
    blind = person("Bea Blind", (Role.APPROVER, cast.cabinet))
    draft = cast.draft(cast.assignment())
    add_evidence(
        by=cast.olive,
        update=draft,
        title="Contract",
        url="https://example.org/contract",
        visibility=Visibility.EXEMPT,
        exempt_paragraphs=[3],
        public_summary="A contract is not published.",
    )
    update = updates.submit_update(by=cast.olive, update=draft)
    with pytest.raises(ActionDenied, match="no right to see"):
        updates.publish_update(by=blind, update=update)
    assert updates.publish_update(by=cast.ada, update=update).state == UpdateState.PUBLISHED
