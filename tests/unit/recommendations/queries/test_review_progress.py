"""Reviews as those who run them see them, and which are due."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.actions import reviews
from recommendations.lifecycle import RequestStatus, Role
from recommendations.models import Inquiry, Review
from recommendations.queries import review_progress
from recommendations.queries.review_progress import due_review, progress_of_review, review_days
from tests.factories import Cast, at, fresh, person


class TestDays:
    @pytest.mark.parametrize(
        ("published", "six", "twelve"),
        [
            (dt.date(2025, 8, 31), dt.date(2026, 2, 28), dt.date(2026, 8, 31)),
            (dt.date(2023, 8, 31), dt.date(2024, 2, 29), dt.date(2024, 8, 31)),
            (dt.date(2024, 2, 29), dt.date(2024, 8, 29), dt.date(2025, 2, 28)),
            (dt.date(2025, 3, 31), dt.date(2025, 9, 30), dt.date(2026, 3, 31)),
        ],
    )
    def test_calendar_months(self, published: dt.date, six: dt.date, twelve: dt.date) -> None:
        assert review_days(published) == [(6, six), (12, twelve)]

    @pytest.mark.parametrize(
        ("today", "opened", "months"),
        [
            (dt.date(2026, 1, 4), [], None),
            (dt.date(2026, 1, 5), [], 6),
            (dt.date(2026, 6, 29), [], 6),
            (dt.date(2026, 7, 1), [], None),
            (dt.date(2026, 7, 8), [], 12),
            (dt.date(2026, 12, 31), [], 12),
            (dt.date(2027, 1, 1), [], None),
            (dt.date(2026, 3, 2), [dt.date(2026, 1, 10)], None),
            (dt.date(2026, 7, 8), [dt.date(2026, 1, 10)], 12),
            (dt.date(2026, 3, 2), [dt.date(2025, 9, 10)], 6),
        ],
    )
    def test_proposed_around_the_day_until_one_was_opened(
        self, today: dt.date, opened: list[dt.date], months: int | None
    ) -> None:
        found = due_review(dt.date(2025, 9, 2), opened, today)
        assert (found and found[0]) == months


@pytest.mark.django_db
class TestProposals:
    def test_until_a_review_of_it_or_of_all_was_opened(self, cast: Cast) -> None:
        part = cast.assignment()  # published on 1 September 2025
        meeting = cast.meeting(dt.date(2026, 3, 9))
        [proposal] = review_progress.proposals(fresh(cast.sam))
        assert (proposal.title, proposal.on, proposal.meeting) == (
            "6-month review",
            dt.date(2026, 3, 1),
            meeting,
        )
        assert proposal.inquiry == part.recommendation.inquiry
        assert review_progress.proposals(fresh(cast.oscar)) == []
        reviews.open_review(by=cast.sam, committee=cast.committee, title="R", due_on=dt.date(2026, 2, 25))
        assert review_progress.proposals(fresh(cast.sam)) == []
        with at(dt.date(2026, 8, 1)):
            assert [one.months for one in review_progress.proposals(fresh(cast.sam))] == [12]

    def test_not_where_nothing_is_open(self, cast: Cast) -> None:
        part = cast.assignment()
        cast.close(part)
        assert review_progress.proposals(fresh(cast.sam)) == []


@pytest.mark.django_db
class TestRound:
    @pytest.fixture
    def review(self, cast: Cast) -> Review:
        first = cast.assignment()
        inquiry = first.recommendation.inquiry
        for number in ("2", "3", "4"):
            cast.assignment(recommendation=cast.recommendation(inquiry, number))
        cast.assignment(body=cast.police, recommendation=first.recommendation)
        return reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 2)
        )

    def test_how_far_each_is(self, cast: Cast, review: Review) -> None:
        parts = [
            one.assignment for one in review.requests.order_by("assignment__recommendation__sort_key", "pk")
        ]
        cabinet = [part for part in parts if part.body == cast.cabinet]
        cast.published(cabinet[0])
        cast.submitted(cabinet[1])
        cast.draft(cabinet[2])
        found = progress_of_review(Review.objects.for_list().get())
        standings = {row.request.assignment.pk: row.standing for row in found.rows}
        assert [standings[part.pk] for part in cabinet] == [
            RequestStatus.ANSWERED, RequestStatus.APPROVING, RequestStatus.WRITING, RequestStatus.WAITING,
        ]  # fmt: skip
        assert [(group.body.name, group.answered, len(group.rows)) for group in found.by_body()] == [
            ("Cabinet", 1, 4),
            ("Testshire Police", 0, 1),
        ]
        assert found.late == []
        with at(dt.date(2026, 2, 3)):
            late = progress_of_review(Review.objects.for_list().get())
            assert len(late.late) == 4
            assert [len(group.rows) for group in late.by_body("late")] == [3, 1]

    def test_what_came_by_link_waits_for_committee_support_and_the_body_is_not_late(
        self, cast: Cast, review: Review
    ) -> None:
        school = cast.assignment(body=cast.school, recommendation=cast.recommendation(_inquiry(review), "9"))
        reviews.request_from_new_assignments(by=cast.sam, review=review)
        update = cast.sent_by_link(cast.link(cast.school), school)
        with at(dt.date(2026, 2, 3)):
            found = progress_of_review(Review.objects.for_list().get())
        [row] = [row for row in found.rows if row.request.assignment_id == school.pk]
        assert (row.standing, row.received_update, row.late) == (RequestStatus.TAKING_IN, update.pk, False)
        assert row in found.outstanding
        assert row not in found.chaseable
        person("Abe Approver", (Role.APPROVER, cast.school))
        [row] = [one for one in progress_of_review(review).rows if one.request.assignment_id == school.pk]
        assert (row.standing, row.received_update) == (RequestStatus.APPROVING, None)

    def test_as_last_time_is_counted(self, cast: Cast, review: Review) -> None:
        part = review.requests.filter(assignment__body=cast.cabinet).first()
        assert part is not None
        cast.published(part.assignment)
        second = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Again", due_on=dt.date(2026, 3, 2)
        )
        cast.published(part.assignment)
        found = progress_of_review(Review.objects.for_list().get(pk=second.pk))
        assert (found.answered, found.as_last_time) == (1, 1)

    def test_bodies_for_which_nobody_can_answer(self, cast: Cast, review: Review) -> None:
        assert review_progress.bodies_without_anybody(review) == []
        cast.pat.memberships.update(ended_on=dt.date(2026, 1, 12))
        assert review_progress.bodies_without_anybody(review) == [cast.police]


def _inquiry(review: Review) -> Inquiry:
    first = review.requests.first()
    assert first is not None
    return first.assignment.recommendation.inquiry
