"""What is entered late, and stands behind something later, tells nobody again."""

from __future__ import annotations

import datetime as dt

import pytest

from committee.formatting import long_date
from committee.models import Email
from recommendations.actions import assignments, corrections, meetings
from recommendations.actions.assessments import assess
from recommendations.lifecycle import Claim, Grade, NoticeKind, NoticeState, Outcome
from recommendations.models import Assignment, Meeting, Notice
from recommendations.notifications.due import everything, reconcile
from tests.factories import Cast, at

pytestmark = pytest.mark.django_db

JANUARY, MARCH, JUNE, NOVEMBER = (dt.date(2026, month, 20) for month in (1, 3, 6, 11))


def told(kind: str) -> set[tuple[int, str]]:
    """To whom something of this kind is due, and the key by which it is told once."""
    return {(one.to, one.about) for one in everything() if one.kind == kind}


@pytest.fixture
def part(cast: Cast) -> Assignment:
    return cast.assignment(first_target_on=dt.date(2026, 1, 11))


def decided(cast: Cast, part: Assignment, day: dt.date, outcome: str, *, whole: bool = False) -> None:
    """The committee's view of a meeting on `day`, recorded today; on the whole recommendation if `whole`."""
    meeting = Meeting.objects.of(cast.committee).filter(held_on=day).first() or cast.meeting(day)
    grade = Grade.IMPLEMENTED if outcome == Outcome.CLOSE_IMPLEMENTED else Grade.CONCERNS
    later = Meeting.objects.to_invite_to(meeting, part.recommendation.inquiry)
    assess(
        by=cast.carla,
        recommendation=part.recommendation,
        assignment=None if whole else part,
        meeting=meeting,
        grade=grade,
        outcome=outcome,
        comment="Heard.",
        invited_to=later.first() if outcome == Outcome.ESCALATE else None,
    )


class TestEscalations:
    @pytest.mark.parametrize("whole", [False, True])
    def test_an_earlier_one_invites_nobody_again(self, cast: Cast, part: Assignment, whole: bool) -> None:
        with at(JUNE):
            decided(cast, part, JUNE, Outcome.ESCALATE)
            assert len(told(NoticeKind.ESCALATED)) == 2
        with at(NOVEMBER):
            decided(cast, part, JANUARY, Outcome.ESCALATE, whole=whole)
            assert Assignment.objects.get(pk=part.pk).is_escalated
            assert told(NoticeKind.ESCALATED) == set()

    def test_one_that_a_closing_ended_invites_nobody(self, cast: Cast, part: Assignment) -> None:
        with at(JUNE):
            for day, outcome in ((MARCH, Outcome.CLOSE_IMPLEMENTED), (JUNE, Outcome.REOPEN)):
                decided(cast, part, day, outcome)
        with at(NOVEMBER):
            decided(cast, part, JANUARY, Outcome.ESCALATE)
            assert told(NoticeKind.ESCALATED) == set()

    def test_the_one_that_stands_invites_whenever_its_meeting_was(self, cast: Cast, part: Assignment) -> None:
        with at(NOVEMBER):
            decided(cast, part, JANUARY, Outcome.ESCALATE)
            assert len(told(NoticeKind.ESCALATED)) == 2

    def test_one_on_the_whole_invites_those_for_whom_it_stands(self, cast: Cast, part: Assignment) -> None:
        police = assignments.address(by=cast.sam, recommendation=part.recommendation, body=cast.police)
        with at(JUNE):
            decided(cast, part, JUNE, Outcome.ESCALATE)
        with at(NOVEMBER):
            decided(cast, part, MARCH, Outcome.ESCALATE, whole=True)
            assert {one for one, _ in told(NoticeKind.ESCALATED)} == {cast.pat.pk}
            assert {about.rpartition(":")[2] for _, about in told(NoticeKind.ESCALATED)} == {str(police.pk)}

    def test_it_names_the_meeting_and_is_told_again_when_that_one_moves(
        self, cast: Cast, part: Assignment
    ) -> None:
        with at(JUNE):
            invited_to = cast.meeting(NOVEMBER, place="The Old Library")
            decided(cast, part, JUNE, Outcome.ESCALATE)
            first = told(NoticeKind.ESCALATED)
            words = {one.subject for one in everything() if one.kind == NoticeKind.ESCALATED}
            day = long_date(NOVEMBER)
            assert all(
                one.endswith(f"your head of service to the meeting on {day}, The Old Library")
                for one in words
            )
            invited_to = meetings.edit_meeting(by=cast.carla, meeting=invited_to, place="County Hall")
            assert told(NoticeKind.ESCALATED) == first
            invited_to = meetings.edit_meeting(
                by=cast.carla, meeting=invited_to, held_on=NOVEMBER + dt.timedelta(days=7)
            )
            moved = told(NoticeKind.ESCALATED)
            assert moved.isdisjoint(first)
            meetings.move_meeting(by=cast.carla, meeting=invited_to, to="cancelled")
            assert told(NoticeKind.ESCALATED).isdisjoint(moved)

    @pytest.mark.parametrize("place", ["", "x" * 200])
    def test_the_day_is_in_it_however_long_the_rest_is(self, cast: Cast, place: str) -> None:
        long = cast.assignment(heading="Heading " * 25, first_target_on=dt.date(2026, 1, 11))
        with at(JUNE):
            cast.meeting(NOVEMBER, place=place)
            decided(cast, long, JUNE, Outcome.ESCALATE)
            (words,) = {one.subject for one in everything() if one.kind == NoticeKind.ESCALATED}
        assert len(words) <= 200
        assert f"to the meeting on {long_date(NOVEMBER)}" in words


class TestReopenings:
    def test_an_earlier_one_tells_nothing_anew(self, cast: Cast, part: Assignment) -> None:
        with at(JUNE):
            for day, outcome in ((JANUARY, Outcome.CLOSE_IMPLEMENTED), (JUNE, Outcome.REOPEN)):
                decided(cast, part, day, outcome)
            before = told(NoticeKind.OVERDUE)
            assert before
        with at(NOVEMBER):
            decided(cast, part, MARCH, Outcome.REOPEN)
            assert Assignment.objects.get(pk=part.pk).overdue_now
            assert told(NoticeKind.OVERDUE) == set()
        with at(JUNE):
            assert told(NoticeKind.OVERDUE) == before

    def test_one_that_really_reopens_does(self, cast: Cast, part: Assignment) -> None:
        with at(NOVEMBER):
            decided(cast, part, JANUARY, Outcome.CLOSE_IMPLEMENTED)
            decided(cast, part, MARCH, Outcome.REOPEN)
            assert told(NoticeKind.OVERDUE)


class TestClosings:
    def test_one_long_ago_takes_back_and_tells_nothing(self, cast: Cast, part: Assignment) -> None:
        with at(JUNE):
            decided(cast, part, JANUARY, Outcome.ESCALATE)
            assert told(NoticeKind.ESCALATED)
            decided(cast, part, MARCH, Outcome.CLOSE_IMPLEMENTED)
            assert list(everything()) == []


class TestUpdates:
    def test_one_that_speaks_of_long_ago_is_news_all_the_same(self, cast: Cast, part: Assignment) -> None:
        """It came onto the record today, and changes nothing of what the later one says."""
        cast.published(part, claim=Claim.ON_TRACK)
        with at(JUNE):
            update = cast.published(
                part, claim=Claim.DELIVERED, delivered_what="One.", as_at=dt.date(2025, 12, 1)
            )
            keys = {about for _, about in told(NoticeKind.PUBLISHED)}
            assert keys == {f"update:{update.pk}:published"}
            assert Assignment.objects.get(pk=part.pk).claim == Claim.ON_TRACK


class TestACorrectedNotice:
    """That the date of a notice was typed wrong is no news to a body that has the notice."""

    @staticmethod
    def corrected(cast: Cast, part: Assignment) -> None:
        corrections.correct_notice_date(
            by=cast.sam, assignment=part, on=dt.date(2026, 1, 7), reason="Typed wrong."
        )

    def test_tells_nobody_again(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=dt.date(2026, 1, 5))
        reconcile()
        waiting = Notice.objects.filter(kind=NoticeKind.SENT)
        mail = Email.objects.create(to=waiting.get().to, subject="What waits for you")
        waiting.update(state=NoticeState.SENT, mail=mail)
        self.corrected(cast, part)
        assert told(NoticeKind.SENT) == set()
        assert reconcile() == (0, 0)

    def test_tells_those_who_were_not_told_yet_of_the_right_date(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=dt.date(2026, 1, 5))
        reconcile()
        before = told(NoticeKind.SENT)
        self.corrected(cast, part)
        after = {(to, about.replace("2026-01-05", "2026-01-07")) for to, about in before}
        assert told(NoticeKind.SENT) == after != before

    def test_does_not_make_an_old_one_new(self, cast: Cast) -> None:
        self.corrected(cast, cast.assignment(notified_on=dt.date(2025, 9, 1)))
        assert told(NoticeKind.SENT) == set()
