"""What owning bodies do with their updates, steps and dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from committee import clock
from committee.audit.models import AuditEntry
from recommendations.actions import milestones, target_dates, updates
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.evidence import add_evidence
from recommendations.lifecycle import Claim, DatesAgreedBy, Role, UpdateState, Visibility
from recommendations.models import Body, Membership, SubmittedVersion, Update
from recommendations.queries.submitted_versions import versions_of
from tests.factories import NOON, Cast, fresh, person


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


class TestRecall:
    def test_a_submitted_update_is_a_draft_again(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        update = updates.recall_update(by=cast.olive, update=update, version=update.version)
        assert (update.state, update.submitted_by, update.submitted_at) == (UpdateState.DRAFT, None, None)
        assert list(Update.objects.waiting_for(cast.ada)) == []
        again = updates.save_draft(by=cast.olive, update=update, progress="Three of the five are built.")
        assert updates.submit_update(by=cast.olive, update=again).state == UpdateState.SUBMITTED

    def test_one_that_was_returned_before_is_returned_again(self, cast: Cast) -> None:
        update = updates.return_update(
            by=cast.ada, update=cast.submitted(cast.assignment()), reason="Say where."
        )
        update = updates.submit_update(by=cast.olive, update=update)
        update = updates.recall_update(by=cast.olive, update=update)
        assert (update.state, update.return_reason) == (UpdateState.RETURNED, "Say where.")
        with pytest.raises(ActionDenied, match="Only a draft"):
            updates.discard_draft(by=cast.olive, update=update)

    def test_an_external_respondent_recalls_what_they_sent(self, cast: Cast) -> None:
        assignment = cast.assignment(body=cast.school)
        update = cast.sent_by_link(link := cast.link(cast.school), assignment)
        assert updates.recall_update(by=link.person, update=update).state == UpdateState.DRAFT
        assert not Update.objects.received_by(cast.sam).exists()

    def test_not_once_somebody_decided_on_it(self, cast: Cast) -> None:
        assignment = cast.assignment()
        update = cast.submitted(assignment)
        updates.publish_update(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="Ada Approver has published this update"):
            updates.recall_update(by=cast.olive, update=update)
        other = updates.return_update(by=cast.ada, update=cast.submitted(assignment), reason="No.")
        with pytest.raises(ActionDenied, match="Ada Approver has returned this update"):
            updates.recall_update(by=cast.olive, update=other)

    def test_not_twice_and_not_by_others(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        for stranger in (cast.pat, cast.sam, cast.colin):
            with pytest.raises(PermissionDenied):
                updates.recall_update(by=stranger, update=update)
        updates.recall_update(by=cast.olive, update=update)
        with pytest.raises(ActionDenied, match="recalled already"):
            updates.recall_update(by=cast.olive, update=update)

    def test_what_an_approver_had_open_says_so(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        updates.recall_update(by=cast.olive, update=update)
        with pytest.raises(EditConflict):
            updates.publish_update(by=cast.ada, update=update, version=update.version)
        for decide in (updates.publish_update, updates.approve_update):
            with pytest.raises(ActionDenied, match="have taken it back"):
                decide(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="have taken it back"):
            updates.return_update(by=cast.ada, update=update, reason="Why?")


class TestApproval:
    """With a grace period an update is published a while after its approval."""

    @pytest.fixture(autouse=True)
    def a_minute(self, settings: Any) -> None:
        settings.GRACE_SECONDS = 60

    def test_it_is_published_when_the_time_is_over_in_the_name_of_the_approver(self, cast: Cast) -> None:
        update = updates.approve_update(by=cast.ada, update=cast.submitted(cast.assignment()))
        assert (update.state, update.is_approved) == (UpdateState.SUBMITTED, True)
        with clock.frozen(NOON + dt.timedelta(seconds=59)):
            assert updates.publish_approved() == []
        with clock.frozen(NOON + dt.timedelta(seconds=60)):
            assert updates.publish_approved() == [update]
            assert updates.publish_approved() == []
        update.refresh_from_db()
        assert (update.state, update.published_by) == (UpdateState.PUBLISHED, cast.ada)

    def test_it_can_be_taken_back_until_then_and_not_afterwards(self, cast: Cast) -> None:
        update = updates.approve_update(by=cast.ada, update=cast.submitted(cast.assignment()))
        assert list(Update.objects.waiting_for(cast.ada)) == []
        updates.take_back_approval(by=cast.ada, update=update)
        assert list(Update.objects.waiting_for(cast.ada)) == [update]
        with pytest.raises(ActionDenied, match="nothing to take back"):
            updates.take_back_approval(by=cast.ada, update=update)
        with clock.frozen(NOON + dt.timedelta(minutes=5)):
            assert updates.publish_approved() == []
        updates.publish_update(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="is published, so it stays"):
            updates.take_back_approval(by=cast.ada, update=update)

    def test_it_is_approved_once_and_by_those_who_may_publish(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        with pytest.raises(PermissionDenied):
            updates.approve_update(by=cast.olive, update=update)
        updates.approve_update(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="Ada Approver has already approved"):
            updates.approve_update(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="Ask them to take the approval back"):
            updates.recall_update(by=cast.olive, update=update)
        with pytest.raises(PermissionDenied):
            updates.take_back_approval(by=cast.olive, update=update)

    def test_one_that_can_not_be_published_any_more_waits_again(self, cast: Cast) -> None:
        update = updates.approve_update(by=cast.ada, update=cast.submitted(cast.assignment()))
        Membership.objects.filter(user=cast.ada).delete()
        with clock.frozen(NOON + dt.timedelta(minutes=2)):
            assert updates.publish_approved() == []
        update.refresh_from_db()
        assert (update.state, update.approved_by) == (UpdateState.SUBMITTED, None)

    def test_a_body_without_an_approver_has_the_minute_too(self, cast: Cast) -> None:
        Body.objects.filter(pk=cast.cabinet.pk).update(publishes_without_approver=True)
        assignment = cast.assignment()
        update = cast.submitted(assignment)
        assert (update.state, update.is_approved) == (UpdateState.SUBMITTED, True)
        assert updates.recall_update(by=cast.olive, update=update).approved_at is None
        update = updates.submit_update(by=cast.olive, update=update)
        with clock.frozen(NOON + dt.timedelta(minutes=2)):
            assert updates.publish_approved() == [update]

    def test_without_a_grace_period_it_is_published_at_once(self, cast: Cast, settings: Any) -> None:
        settings.GRACE_SECONDS = 0
        update = updates.approve_update(by=cast.ada, update=cast.submitted(cast.assignment()))
        assert update.state == UpdateState.PUBLISHED


class TestMend:
    def test_both_versions_are_kept(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment(), progress="Two of teh five crossings.", barriers="Rain.")
        update = updates.mend_update(by=cast.ada, update=update, progress="Two of the five crossings.")
        kept = SubmittedVersion.objects.get()
        assert (kept.progress, kept.barriers) == ("Two of teh five crossings.", "Rain.")
        assert (kept.submitted_by, kept.mended_by) == (cast.olive, cast.ada)
        update = updates.mend_update(by=cast.ada, update=update, barriers="Rain in May.")
        shown = versions_of(update, with_exempt=False)
        assert [[(text.old, text.new) for text in mend.texts] for mend in shown] == [
            [("Two of teh five crossings.", "Two of the five crossings.")],
            [("Rain.", "Rain in May.")],
        ]
        published = updates.publish_update(by=cast.ada, update=update)
        assert (published.progress, published.mended_by) == ("Two of the five crossings.", cast.ada)

    def test_only_words_and_only_by_an_approver_who_did_not_submit_it(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        for stranger in (cast.olive, cast.sam, cast.pat):
            with pytest.raises(PermissionDenied):
                updates.mend_update(by=stranger, update=update, progress="Other words.")
        with pytest.raises(PermissionDenied):
            updates.mend_update(by=cast.ada, update=update, claim=Claim.DELIVERED)
        own = updates.submit_update(by=cast.ada, update=updates.recall_update(by=cast.olive, update=update))
        with pytest.raises(ActionDenied, match="Recall it to change it"):
            updates.mend_update(by=cast.ada, update=own, progress="Other words.")

    def test_something_is_changed_and_nothing_taken_out(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        with pytest.raises(ActionDenied, match="Nothing is changed"):
            updates.mend_update(by=cast.ada, update=update, progress=f" {update.progress} ")
        with pytest.raises(ActionDenied, match="not taken out"):
            updates.mend_update(by=cast.ada, update=update, progress=" ")
        assert not SubmittedVersion.objects.exists()

    def test_not_once_it_is_decided_on_or_with_its_writers(self, cast: Cast, settings: Any) -> None:
        update = cast.submitted(cast.assignment())
        settings.GRACE_SECONDS = 60
        updates.approve_update(by=cast.ada, update=update)
        with pytest.raises(ActionDenied, match="Take the approval back first"):
            updates.mend_update(by=cast.ada, update=update, progress="Other words.")
        updates.take_back_approval(by=cast.ada, update=update)
        updates.recall_update(by=cast.olive, update=update)
        with pytest.raises(ActionDenied, match="taken it back"):
            updates.mend_update(by=cast.ada, update=update, progress="Other words.")

    def test_exempt_words_only_with_the_right(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast.olive).update(sees_exempt=True)
        olive = fresh(cast.olive)
        update = updates.start_update(by=olive, assignment=cast.assignment())
        exempt: dict[str, Any] = {
            "exempt_text": "It cost £1.",
            "exempt_paragraphs": [3],
            "public_summary": "A price.",
        }
        update = updates.save_draft(
            by=olive, update=update, claim=Claim.ON_TRACK, progress="Built.", **exempt
        )
        update = updates.submit_update(by=olive, update=update)
        blind = person("Bo Blind", (Role.APPROVER, cast.cabinet))
        with pytest.raises(PermissionDenied):
            updates.mend_update(by=blind, update=update, exempt_text="It cost £2.")
        update = updates.mend_update(by=cast.ada, update=update, exempt_text="It cost £2.")
        [seen], [unseen] = versions_of(update, with_exempt=True), versions_of(update, with_exempt=False)
        assert [(text.old, text.new) for text in seen.texts] == [("It cost £1.", "It cost £2.")]
        assert (unseen.texts, unseen.withholds) == ([], True)
        assert not AuditEntry.objects.filter(after__icontains="It cost").exists()

    def test_the_database_keeps_what_was_submitted(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        rows = Update.objects.filter(pk=update.pk)
        with pytest.raises(DatabaseError, match="only with the submitted version kept"), transaction.atomic():
            rows.update(progress="Other words.")
        updates.mend_update(by=cast.ada, update=update, progress="Other words.")
        kept = SubmittedVersion.objects.all()
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            kept.update(progress="Forged.")
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            kept._raw_delete(kept.db)
