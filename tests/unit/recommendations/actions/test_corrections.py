"""What was recorded wrong is put right in the open: what changes, what stays, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from committee import clock
from recommendations.actions import corrections, milestones, responses
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import ChangeKind, Decision, Grade, Outcome, Priority, RelationKind
from recommendations.models import Assessment, Assignment, Correction, Meeting, Milestone, Recommendation
from recommendations.notifications.due import everything
from recommendations.queries import figures, trends
from recommendations.queries.changes import changes
from recommendations.queries.records import record
from recommendations.queries.states import states
from tests.factories import TODAY, Cast, at, fresh

WHY = "Typed wrong."


@pytest.fixture(autouse=True)
def kept_state_is_what_history_says(db: None) -> Any:
    yield
    assert [words for _, words in differing_recommendations()] == []


def again(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def page(cast: Cast, row: Recommendation, moment: dt.datetime | None = None) -> Any:
    return record(Recommendation.objects.for_record().get(pk=row.pk), cast.sam, moment)


class TestTheNotice:
    def test_its_day_is_corrected_and_the_clock_counted_anew(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=dt.date(2025, 9, 1))
        assert part.is_response_late_on(TODAY)
        before = clock.now()
        with at(TODAY, 13):
            made = corrections.correct_notice_date(
                by=cast.sam, assignment=part, on=dt.date(2025, 12, 1), reason=WHY
            )
            part = again(part)
            assert (part.notified_on, part.response_due_on) == (dt.date(2025, 12, 1), dt.date(2026, 2, 1))
            assert not part.is_response_late_on(TODAY)
            assert made.before == {"notified_on": "2025-09-01", "response_due_on": "2025-11-01"}
            assert made.after == {"notified_on": "2025-12-01", "response_due_on": "2026-02-01"}
            assert figures.tally(Assignment.objects.all()).total.response_late == 0
            assert figures.tally(Assignment.objects.all(), before).total.response_late == 1
            then = page(cast, part.recommendation, before)
            assert then.parts[0].assignment.notified_on == dt.date(2025, 9, 1)
            now = page(cast, part.recommendation)
            assert [one.title for one in now.entries if one.kind == "correction"] == [
                "Corrected: date of the notice"
            ]
            assert now.parts[0].notice_corrected == made

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (dt.date(2026, 2, 1), "today or earlier"),
            (dt.date(2025, 8, 1), "was published on 1 September 2025"),
            (dt.date(2025, 11, 1), "responded on 6 October 2025"),
            (dt.date(2025, 9, 1), "this is what is recorded now"),
        ],
    )
    def test_refused(self, cast: Cast, day: dt.date, words: str) -> None:
        part = cast.assignment()
        cast.response(part)
        with pytest.raises(ActionDenied, match=words):
            corrections.correct_notice_date(by=cast.sam, assignment=part, on=day, reason=WHY)

    def test_not_without_a_reason(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="how it came to be"):
            corrections.correct_notice_date(
                by=cast.sam, assignment=cast.assignment(), on=dt.date(2025, 9, 2), reason="  "
            )

    def test_only_for_who_may(self, cast: Cast) -> None:
        part = cast.assignment()
        for who in (cast.oscar, cast.carla, cast.colin, cast.olive, cast.ada, cast.admin, cast.nobody):
            with pytest.raises(PermissionDenied):
                corrections.correct_notice_date(by=who, assignment=part, on=dt.date(2025, 9, 2), reason=WHY)


class TestTheFirstDate:
    def test_lateness_counts_from_the_right_one(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        assert part.is_overdue_on(TODAY)
        before = clock.now()
        with at(TODAY, 13):
            corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 12, 1), reason=WHY)
            part = again(part)
            assert (part.first_target_on, part.target_on) == (dt.date(2026, 12, 1), dt.date(2026, 12, 1))
            assert not part.is_overdue_on(TODAY)
            assert figures.tally(Assignment.objects.all()).total.counts.overdue == 0
            assert figures.tally(Assignment.objects.all(), before).total.counts.overdue == 1
            assert trends.trend(Assignment.objects.all(), before)[-1].overdue == 1
            assert trends.trend(Assignment.objects.all())[-1].overdue == 0

    def test_nobody_is_late_before_being_asked(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1), notified_on=dt.date(2025, 10, 1))
        corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2025, 9, 30), reason=WHY)
        part = again(part)
        assert not part.is_overdue_on(TODAY)
        assert part.was_sent_too_late
        corrections.correct_notice_date(by=cast.sam, assignment=part, on=dt.date(2025, 9, 30), reason=WHY)
        part = again(part)
        assert part.days_late_on(TODAY) == (TODAY - dt.date(2025, 9, 30)).days
        corrections.correct_notice_date(by=cast.sam, assignment=part, on=dt.date(2025, 12, 2), reason=WHY)
        part = again(part)
        assert not part.is_overdue_on(TODAY)
        assert figures.tally(Assignment.objects.all()).total.counts.overdue == 0
        corrections.correct_notice_date(by=cast.sam, assignment=part, on=dt.date(2025, 9, 30), reason=WHY)
        part = again(part)
        corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2025, 10, 1), reason=WHY)
        assert again(part).days_late_on(TODAY) == (TODAY - dt.date(2025, 10, 1)).days

    def test_a_later_date_that_was_agreed_stands(self, cast: Cast) -> None:
        from tests.history import agree_date

        part = cast.assignment(first_target_on=dt.date(2026, 2, 1))
        agree_date(cast, part, dt.date(2026, 6, 1))
        corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 3, 1), reason=WHY)
        part = again(part)
        assert (part.first_target_on, part.target_on) == (dt.date(2026, 3, 1), dt.date(2026, 6, 1))
        assert part.slip_days == (dt.date(2026, 6, 1) - dt.date(2026, 3, 1)).days

    def test_it_is_no_later_than_a_date_that_was_agreed_since(self, cast: Cast) -> None:
        from tests.history import agree_date

        part = cast.assignment(first_target_on=dt.date(2026, 2, 1))
        agree_date(cast, part, dt.date(2026, 9, 1))
        agree_date(cast, part, dt.date(2026, 6, 1))
        with pytest.raises(ActionDenied, match="agreed after the first one: 1 June 2026") as refused:
            corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 6, 2), reason=WHY)
        assert refused.value.field == "on"
        corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 6, 1), reason=WHY)
        part = again(part)
        assert (part.first_target_on, part.target_on) == (dt.date(2026, 6, 1), dt.date(2026, 6, 1))


class TestTheAddressee:
    def test_the_wrong_part_ends_and_the_right_body_gets_its_own(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        cast.response(part)
        cast.published(part)
        before = clock.now()
        with at(TODAY, 13):
            right = corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
            assert right is not None
            assert (right.body, right.first_target_on, right.notified_on) == (
                cast.police, None, None,
            )  # fmt: skip
            assert not again(part).is_open
            now = page(cast, part.recommendation)
            assert [one.assignment.body for one in now.parts] == [cast.police]
            assert [one.assignment.body for one in now.in_error] == [cast.cabinet]
            assert {"response", "update", "correction"} <= {entry.kind for entry in now.entries}
            then = page(cast, part.recommendation, before)
            assert [one.assignment.body for one in then.parts] == [cast.cabinet]
            by_body = {line.label: line.total for line in figures.tally(Assignment.objects.all()).by_body}
            assert by_body == {"Testshire Police": 1}
            told = {(one.kind, one.to) for one in everything() if one.kind == "withdrawn"}
            assert told == {("withdrawn", cast.olive.pk), ("withdrawn", cast.ada.pk)}

    def test_a_body_that_was_never_asked_is_not_late(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        right = corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        assert right is not None
        assert right.first_target_on is None
        assert not Assignment.objects.overdue().exists()

    def test_a_first_date_still_to_come_stands(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2026, 3, 31))
        right = corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        assert right is not None
        assert (right.first_target_on, right.target_on) == (dt.date(2026, 3, 31),) * 2

    def test_the_notice_to_the_wrong_body_is_no_word(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=dt.date(2025, 12, 1))
        silence = page(cast, part.recommendation).silence
        assert silence is not None
        assert silence.since == dt.date(2025, 12, 1)
        corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        silence = page(cast, part.recommendation).silence
        assert silence is not None
        assert silence.since == dt.date(2025, 9, 1)

    def test_to_nobody_in_its_place(self, cast: Cast) -> None:
        part = cast.assignment()
        assert corrections.correct_addressee(by=cast.sam, assignment=part, body=None, reason=WHY) is None
        assert list(Recommendation.objects.unaddressed()) == [part.recommendation]

    def test_and_back_again(self, cast: Cast) -> None:
        part = cast.assignment()
        right = corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        assert right is not None
        back = corrections.correct_addressee(
            by=cast.sam, assignment=right, body=cast.cabinet, reason="It was right"
        )
        assert back is not None
        assert [one.body for one in part.recommendation.assignments.standing()] == [cast.cabinet]

    def test_not_to_one_that_has_a_part_nor_after_a_view(self, cast: Cast) -> None:
        part = cast.assignment()
        cast.assignment(recommendation=part.recommendation, body=cast.police)
        with pytest.raises(ActionDenied, match="already addressed to this body"):
            corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
        with pytest.raises(ActionDenied, match="has given its view"):
            corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.school, reason=WHY)

    def test_nothing_more_is_taken_of_the_wrong_body(self, cast: Cast) -> None:
        part = cast.assignment()
        draft = cast.submitted(part)
        corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        with pytest.raises(ActionDenied, match="in error"):
            cast.draft(again(part))
        with pytest.raises(ActionDenied, match="in error"):
            responses.record_response(
                by=cast.sam, assignments=[part], decision=Decision.ACCEPTED, decided_on=TODAY
            )
        from recommendations.actions import updates

        with pytest.raises(ActionDenied, match="in error"):
            updates.publish_update(by=cast.ada, update=draft)


class TestResponses:
    def test_the_right_one_takes_its_place(self, cast: Cast) -> None:
        part = cast.assignment()
        wrong = cast.response(part, Decision.REJECTED)
        before = clock.now()
        with at(TODAY, 13):
            right = corrections.correct_response(
                by=cast.sam,
                response=wrong,
                reason=WHY,
                right={
                    "decision": Decision.ACCEPTED,
                    "decided_on": dt.date(2025, 12, 6),
                    "text": "",
                    "reason": "",
                },
            )
            part = again(part)
            assert (part.decision, part.stopped_on) == (Decision.ACCEPTED, dt.date(2025, 12, 6))
            now = page(cast, part.recommendation)
            assert now.parts[0].responses == [right]
            marked = next(entry for entry in now.entries if entry.anchor == f"response-{wrong.pk}")
            assert marked.correction is not None
            assert marked.correction.replacing_response == right
            then = page(cast, part.recommendation, before)
            assert then.parts[0].responses == [wrong]
            assert all(entry.correction is None for entry in then.entries)
            of_now, of_then = (
                states(Assignment.objects.all(), moment)[0].decision for moment in (None, before)
            )
            assert (of_now, of_then) == (Decision.ACCEPTED, Decision.REJECTED)

    def test_there_was_none(self, cast: Cast) -> None:
        part = cast.assignment()
        wrong = cast.response(part)
        corrections.correct_response(by=cast.sam, response=wrong, reason=WHY)
        part = again(part)
        assert (part.decision, part.stopped_on, part.is_response_late_on(TODAY)) == ("", None, True)
        with pytest.raises(ActionDenied, match="corrected already"):
            corrections.correct_response(by=cast.sam, response=wrong, reason=WHY)

    def test_the_same_again_is_no_correction(self, cast: Cast) -> None:
        wrong = cast.response(cast.assignment())
        same = {
            "decision": wrong.decision,
            "decided_on": wrong.decided_on,
            "text": "",
            "reason": "",
            "meeting": None,
        }
        with pytest.raises(ActionDenied, match="what is recorded now"):
            corrections.correct_response(by=cast.sam, response=wrong, reason=WHY, right=same)


class TestVerdicts:
    def test_recorded_on_the_wrong_item(self, cast: Cast) -> None:
        wrong, right = cast.assignment(), cast.assignment(heading="Another")
        verdict = cast.close(wrong)
        before = clock.now()
        with at(TODAY, 13):
            given = corrections.correct_assessment(
                by=cast.sam,
                assessment=verdict,
                reason=WHY,
                right={
                    "recommendation": right.recommendation,
                    "meeting": verdict.meeting,
                    "grade": verdict.grade,
                    "outcome": verdict.outcome,
                    "comment": verdict.comment,
                },
            )
            assert given is not None
            assert (again(wrong).is_closed, again(right).is_closed) == (False, True)
            assert again(wrong.recommendation).closed_by is None
            assert again(right.recommendation).closed_by == given
            at_noon = figures.tally(Assignment.objects.all(), before)
            assert at_noon.total.counts.implemented == 1
            assert page(cast, wrong.recommendation, before).closed_by == verdict
            assert page(cast, wrong.recommendation).closed_by is None

    def test_not_while_a_later_one_builds_on_it(self, cast: Cast) -> None:
        part = cast.assignment()
        first, second = (cast.meeting(day) for day in (dt.date(2025, 11, 3), dt.date(2025, 12, 1)))
        closing = cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=first)
        cast.verdict(part, Grade.CONCERNS, Outcome.REOPEN, meeting=second)
        with pytest.raises(ActionDenied, match=r"1 December 2025 .* “Reopen”, would no longer follow"):
            corrections.correct_assessment(by=cast.sam, assessment=closing, reason=WHY)

    def test_what_it_had_closed_is_followed_up_again(self, cast: Cast) -> None:
        from recommendations.actions import inquiries
        from recommendations.lifecycle import Stage

        part = cast.assignment()
        verdict = cast.close(part)
        inquiry = again(part.recommendation.inquiry)
        for stage in (Stage.MONITORING, Stage.CONCLUDED):
            inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=stage)
        corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY)
        assert again(inquiry).stage == Stage.MONITORING

    def test_an_escalation_in_error_invites_nobody(self, cast: Cast) -> None:
        part = cast.assignment()
        verdict = cast.verdict(part, Grade.CONCERNS, Outcome.ESCALATE)
        corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY)
        assert not again(part).is_escalated
        assert not [one for one in everything() if one.kind == "escalated"]


class TestRecommendations:
    def test_what_it_says_beside_its_words(self, cast: Cast) -> None:
        row = cast.assignment().recommendation
        before = clock.now()
        with at(TODAY, 13):
            made = corrections.correct_recommendation(
                by=cast.sam,
                recommendation=row,
                reason=WHY,
                number="7",
                heading="Crossings",
                priority=Priority.TOP,
            )
            assert made.before == {"number": "1", "heading": "Safer crossings", "priority": "standard"}
            now, then = page(cast, row).recommendation, page(cast, row, before).recommendation
            assert (now.number, now.heading, now.priority) == ("7", "Crossings", "top")
            assert (then.number, then.heading, then.priority) == ("1", "Safer crossings", "standard")

    def test_a_draft_is_changed_and_not_corrected(self, cast: Cast) -> None:
        draft = cast.recommendation(cast.inquiry())
        with pytest.raises(ActionDenied, match="not on the public record"):
            corrections.correct_recommendation(by=cast.sam, recommendation=draft, reason=WHY, number="7")
        recs.edit_recommendation(by=cast.sam, recommendation=draft, number="7")
        public = cast.assignment().recommendation
        with pytest.raises(ActionDenied, match="Correct it instead"):
            recs.edit_recommendation(by=cast.sam, recommendation=public, number="7")

    def test_a_number_that_another_has(self, cast: Cast) -> None:
        row = cast.assignment().recommendation
        cast.recommendation(again(row.inquiry))
        with pytest.raises(ActionDenied, match="already has a recommendation of that number"):
            corrections.correct_recommendation(by=cast.sam, recommendation=row, reason=WHY, number="2")
        assert not Correction.objects.exists()

    def test_a_relation(self, cast: Cast) -> None:
        earlier, later = (cast.assignment().recommendation for _ in range(2))
        relation = recs.relate(by=cast.sam, later=later, earlier=earlier, kind=RelationKind.REPEATS)
        with pytest.raises(ActionDenied, match="as a correction"):
            recs.unrelate(by=cast.sam, relation=relation)
        before = clock.now()
        with at(TODAY, 13):
            corrections.correct_relation(by=cast.sam, relation=relation, reason=WHY)
            assert page(cast, later).repeats == []
            assert [one.earlier for one in page(cast, later, before).repeats] == [earlier]

    def test_withdrawn(self, cast: Cast) -> None:
        part, other = cast.assignment(first_target_on=dt.date(2025, 12, 1)), cast.assignment()
        before = clock.now()
        with at(TODAY, 13):
            corrections.withdraw_recommendation(by=cast.sam, recommendation=part.recommendation, reason=WHY)
            now = figures.tally(Assignment.objects.all(), None, Recommendation.objects.all()).total
            then = figures.tally(Assignment.objects.all(), before, Recommendation.objects.all()).total
            assert (now.total, now.counts.overdue) == (1, 0)
            assert (then.total, then.counts.overdue) == (2, 1)
            assert list(Assignment.objects.open()) == [other]
            assert list(Recommendation.objects.open()) == [other.recommendation]
            assert page(cast, part.recommendation).withdrawal.reason == WHY
            assert page(cast, part.recommendation, before).withdrawal is None
            assert {one.to for one in everything() if one.kind == "withdrawn"} == {cast.olive.pk, cast.ada.pk}
            with pytest.raises(ActionDenied, match="withdrawn"):
                cast.assignment(recommendation=again(part.recommendation), body=cast.police)
            with pytest.raises(ActionDenied, match="withdrawn already"):
                corrections.withdraw_recommendation(
                    by=cast.sam, recommendation=part.recommendation, reason=WHY
                )

    def test_one_that_is_withdrawn_is_not_reworded(self, cast: Cast) -> None:
        row = cast.assignment().recommendation
        corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason=WHY)
        for change in ({"text": "Other words.", "reason": WHY}, {"new_themes": ["Roads"], "themes": []}):
            with pytest.raises(ActionDenied, match="withdrawn, so its words and themes stay"):
                recs.edit_recommendation(by=cast.sam, recommendation=row, **change)

    def test_steps_of_what_is_withdrawn_stay(self, cast: Cast) -> None:
        part, mistaken = cast.assignment(), cast.assignment()
        steps = [
            milestones.add_milestone(by=cast.olive, assignment=one, words="Paint it")
            for one in (part, mistaken)
        ]
        corrections.withdraw_recommendation(by=cast.sam, recommendation=part.recommendation, reason=WHY)
        corrections.correct_addressee(by=cast.sam, assignment=mistaken, body=None, reason=WHY)
        for step, why in zip(steps, ("published by mistake", "sent to your body in error"), strict=True):
            with pytest.raises(ActionDenied, match=why):
                milestones.tick_milestones(by=cast.olive, assignment=step.assignment, done=[step.pk])
            with pytest.raises(ActionDenied, match=why):
                milestones.remove_milestone(by=cast.olive, milestone=step)
        assert not Milestone.objects.filter(done_on__isnull=False).exists()
        for one, why in (
            (part, "The recommendation was withdrawn"),
            (mistaken, "sent to this body in error"),
        ):
            with pytest.raises(ActionDenied, match=why):
                cast.response(one)

    def test_not_withdrawn_once_the_committee_gave_its_view(self, cast: Cast) -> None:
        part = cast.assignment()
        verdict = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
        with pytest.raises(ActionDenied, match="gave its view of it on 12 January 2026"):
            corrections.withdraw_recommendation(by=cast.sam, recommendation=part.recommendation, reason=WHY)
        corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY)
        corrections.withdraw_recommendation(by=cast.sam, recommendation=part.recommendation, reason=WHY)


class TestMeetings:
    def test_its_day_with_all_that_was_decided_at_it(self, cast: Cast) -> None:
        part = cast.assignment()
        meeting = cast.meeting(dt.date(2025, 12, 1))
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meeting)
        before = clock.now()
        with at(TODAY, 13):
            corrections.correct_meeting_date(
                by=cast.carla, meeting=meeting, held_on=dt.date(2025, 12, 8), reason=WHY
            )
            assert again(part).closed_on == dt.date(2025, 12, 8)
            assert page(cast, part.recommendation).closed_by.meeting.held_on == dt.date(2025, 12, 8)
            then = page(cast, part.recommendation, before)
            assert then.closed_by.meeting.held_on == dt.date(2025, 12, 1)
            assert then.parts[0].assignment.closed_on == dt.date(2025, 12, 1)

    def test_the_order_of_what_was_decided_may_turn(self, cast: Cast) -> None:
        part = cast.assignment()
        first, second = (cast.meeting(day) for day in (dt.date(2025, 11, 3), dt.date(2025, 12, 1)))
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=first)
        cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP, meeting=second)
        before = clock.now()
        with at(TODAY, 13):
            corrections.correct_meeting_date(
                by=cast.sam, meeting=first, held_on=dt.date(2025, 12, 15), reason=WHY
            )
            assert again(part).grade == Grade.CONCERNS
            assert states(Assignment.objects.all(), before)[0].grade == Grade.ON_COURSE

    def test_not_where_it_would_no_longer_follow(self, cast: Cast) -> None:
        part = cast.assignment()
        first, second = (cast.meeting(day) for day in (dt.date(2025, 11, 3), dt.date(2025, 12, 1)))
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=first)
        cast.verdict(part, Grade.CONCERNS, Outcome.REOPEN, meeting=second)
        with pytest.raises(ActionDenied, match="would no longer follow"):
            corrections.correct_meeting_date(
                by=cast.sam, meeting=first, held_on=dt.date(2025, 12, 15), reason=WHY
            )
        with pytest.raises(ActionDenied, match="was published on 1 September 2025"):
            corrections.correct_meeting_date(
                by=cast.sam, meeting=first, held_on=dt.date(2025, 8, 1), reason=WHY
            )
        assert Meeting.objects.get(pk=first.pk).held_on == dt.date(2025, 11, 3)

    def test_one_without_business_is_moved(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2025, 12, 1))
        with pytest.raises(ActionDenied, match="Change its date instead"):
            corrections.correct_meeting_date(by=cast.sam, meeting=meeting, held_on=TODAY, reason=WHY)

    def test_only_for_who_may(self, cast: Cast) -> None:
        part = cast.assignment()
        meeting = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP).meeting
        for who in (cast.oscar, cast.colin, cast.olive, cast.admin):
            with pytest.raises(PermissionDenied):
                corrections.correct_meeting_date(
                    by=who, meeting=meeting, held_on=dt.date(2026, 1, 5), reason=WHY
                )


class TestInquiriesAndFindings:
    def test_the_day_of_publication(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=None)
        inquiry = again(part.recommendation.inquiry)
        corrections.correct_inquiry(
            by=cast.sam, inquiry=inquiry, reason=WHY, published_on=dt.date(2025, 9, 8), title="Roads"
        )
        assert (again(inquiry).published_on, again(inquiry).title) == (dt.date(2025, 9, 8), "Roads")
        with pytest.raises(ActionDenied, match="today or earlier"):
            corrections.correct_inquiry(
                by=cast.sam, inquiry=inquiry, reason=WHY, published_on=dt.date(2027, 1, 1)
            )

    def test_not_behind_what_followed(self, cast: Cast) -> None:
        inquiry = again(cast.assignment().recommendation.inquiry)
        with pytest.raises(ActionDenied, match="A notice was sent on 1 September 2025"):
            corrections.correct_inquiry(
                by=cast.sam, inquiry=inquiry, reason=WHY, published_on=dt.date(2025, 9, 2)
            )

    def test_a_finding(self, cast: Cast) -> None:
        from recommendations.actions import inquiries

        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
        cast.recommendation(inquiry, finding=finding)
        cast.publish(inquiry)
        finding = again(finding)
        with pytest.raises(ActionDenied, match="Correct it instead"):
            inquiries.edit_finding(by=cast.sam, finding=finding, number="1", text="Too slow.")
        corrections.correct_finding(by=cast.sam, finding=finding, reason=WHY, number="2", text="Too slow.")
        assert (again(finding).number, again(finding).text) == ("2", "Too slow.")


class TestDraftsOfAPublicReport:
    def test_published_by_a_step_of_its_own(self, cast: Cast) -> None:
        inquiry = again(cast.assignment().recommendation.inquiry)
        draft = recs.add_recommendation(
            by=cast.sam, inquiry=inquiry, number="9", heading="Later", text="That it is done."
        )
        assert not draft.is_public
        assert draft not in Recommendation.objects.published()
        seen = {
            who.name: draft in Recommendation.objects.visible_to(fresh(who))
            for who in cast.everybody.values()
        }
        assert {name for name, sees in seen.items() if sees} == {"Sam Scrutiny", "Carla Clerk"}
        with pytest.raises(ActionDenied, match="Publish recommendation 9 before"):
            cast.assignment(recommendation=draft, notified_on=TODAY)
        since = clock.now()
        with at(TODAY, 13):
            recs.publish_recommendation(by=cast.sam, recommendation=draft, on=TODAY)
            told = {
                group.kind: [one.number for one in group.changes]
                for group in changes((since, None), Assignment.objects.all(), Recommendation.objects.all())
            }
            assert told[ChangeKind.NEW] == ["9"]
            with pytest.raises(ActionDenied, match="public already"):
                recs.publish_recommendation(by=cast.sam, recommendation=draft, on=TODAY)

    @pytest.mark.parametrize(
        ("day", "words"),
        [(dt.date(2026, 3, 1), "today or earlier"), (dt.date(2025, 8, 1), "1 September 2025")],
    )
    def test_not_on_any_day(self, cast: Cast, day: dt.date, words: str) -> None:
        inquiry = again(cast.assignment().recommendation.inquiry)
        draft = recs.add_recommendation(
            by=cast.sam, inquiry=inquiry, number="9", heading="Later", text="That."
        )
        with pytest.raises(ActionDenied, match=words):
            recs.publish_recommendation(by=cast.sam, recommendation=draft, on=day)


class TestHandedBack:
    def test_not_for_this_body_ends_its_part(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        other = cast.assignment(recommendation=part.recommendation, body=cast.police)
        cast.response(part, Decision.NOT_OURS, reason="It is for Testshire Police.")
        total = figures.tally(Assignment.objects.all())
        assert (total.total.total, total.total.counts.overdue) == (1, 0)
        assert [line.label for line in total.by_body] == ["Testshire Police"]
        cast.close(other)
        assert again(part.recommendation).closed_as == Outcome.CLOSE_IMPLEMENTED

    def test_handed_back_by_all_it_is_addressed_to_nobody(self, cast: Cast) -> None:
        part = cast.assignment()
        moment = clock.now()
        with at(TODAY, 13):
            cast.response(part, Decision.NOT_OURS)
            for at_moment, expected in ((None, 1), (moment, 0), (clock.now(), 1)):
                total = figures.tally(Assignment.objects.all(), at_moment, Recommendation.objects.all()).total
                assert (total.total, total.unaddressed) == (1, expected)
            cast.response(part, Decision.ACCEPTED, decided_on=dt.date(2025, 10, 7))
            assert (
                figures.tally(Assignment.objects.all(), None, Recommendation.objects.all()).total.unaddressed
                == 0
            )


class TestWhatItWouldChange:
    def test_is_shown_and_nothing_is_kept(self, cast: Cast) -> None:
        part = cast.assignment()
        verdict = cast.close(part)
        shown = corrections.preview(
            by=cast.sam,
            act=corrections.correct_assessment,
            recommendations={part.recommendation_id},
            assessment=verdict,
            reason=WHY,
        )
        told = {(one.label, one.before, one.after) for one in shown.effects}
        assert ("Recommendation", "Closed: implemented", "Open") in told
        assert ("Committee’s view", "Implemented", "None yet") in told
        assert not Correction.objects.exists()
        assert Assessment.objects.standing().count() == 1
        assert again(part).is_closed
