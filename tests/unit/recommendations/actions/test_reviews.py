"""Reviews: whom they ask, chasing, closing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import meetings, reviews
from recommendations.actions.base import ActionDenied
from recommendations.models import Review, UpdateRequest
from recommendations.queries.review_progress import proposals
from recommendations.queries.workspace import review_title
from tests.factories import TODAY, Cast, at

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 2, 2)


def open_review(cast: Cast, **details: object) -> Review:
    details = {
        "by": cast.sam,
        "committee": cast.committee,
        "title": "6-month review",
        "due_on": DUE,
    } | details
    return reviews.open_review(**details)  # type: ignore[arg-type]


class TestOpen:
    def test_asks_what_is_open_and_published(self, cast: Cast) -> None:
        asked, closed = cast.assignment(), cast.assignment()
        cast.close(closed)
        cast.recommendation(cast.inquiry("Still private"))
        assert [one.assignment for one in open_review(cast).requests.all()] == [asked]

    def test_one_inquiry_alone(self, cast: Cast) -> None:
        asked, _ = cast.assignment(), cast.assignment()
        review = open_review(cast, inquiries=[asked.recommendation.inquiry])
        assert review.requests.get().assignment == asked

    def test_refusals(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="nothing open"):
            open_review(cast)
        cast.assignment()
        with pytest.raises(ActionDenied, match="still to come"):
            open_review(cast, due_on=dt.date(2026, 1, 11))
        with pytest.raises(PermissionDenied):
            open_review(cast, by=cast.oscar)
        with pytest.raises(PermissionDenied):
            open_review(cast, by=cast.carla)


class TestOpenedTwice:
    def test_the_very_review_is_opened_once_a_day(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        first = open_review(cast)
        with pytest.raises(ActionDenied) as refused:
            open_review(cast, title=" 6-month review ")
        assert refused.value.field == "title"
        assert open_review(cast, inquiries=[inquiry])
        assert open_review(cast, title="12-month review")
        assert open_review(cast, due_on=dt.date(2026, 2, 3))
        with at(dt.date(2026, 1, 13)):
            assert open_review(cast)
        reviews.close_review(by=cast.sam, review=first)
        assert open_review(cast)


class TestChase:
    def test_once_a_day_and_not_those_who_answered(self, cast: Cast) -> None:
        part = cast.assignment()
        request = open_review(cast).requests.get()
        assert reviews.chase(by=cast.sam, requests=[request]) == 1
        assert reviews.chase(by=cast.sam, requests=[request]) == 0
        with at(dt.date(2026, 1, 13)):
            assert reviews.chase(by=cast.sam, requests=[request]) == 1
        cast.published(part)
        with at(dt.date(2026, 1, 14)):
            assert reviews.chase(by=cast.sam, requests=[request]) == 0
        request.refresh_from_db()
        assert (request.chases, request.chased_on) == (2, dt.date(2026, 1, 13))

    def test_not_in_a_closed_review(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        reviews.close_review(by=cast.sam, review=review)
        with pytest.raises(ActionDenied, match="closed"):
            reviews.chase(by=cast.sam, requests=list(review.requests.all()))
        with pytest.raises(ActionDenied, match="already closed"):
            reviews.close_review(by=cast.sam, review=review)
        with pytest.raises(PermissionDenied):
            reviews.close_review(by=cast.oscar, review=review)


@pytest.mark.parametrize(
    ("published_on", "title"),
    [
        (dt.date(2025, 9, 1), "6-month review"),
        (dt.date(2025, 12, 1), "6-month review"),
        (dt.date(2025, 1, 20), "12-month review"),
        (dt.date(2022, 12, 1), "36-month review"),
    ],
)
def test_the_title_proposed(cast: Cast, published_on: dt.date, title: str) -> None:
    inquiry = cast.inquiry()
    inquiry.published_on = published_on
    assert review_title(inquiry, TODAY) == title
    assert review_title(None, TODAY) == "Review of January 2026"


class TestDueDate:
    def test_it_moves_with_its_reason_and_what_it_was_stays(self, cast: Cast) -> None:
        cast.assignment()
        meeting = cast.meeting(dt.date(2026, 2, 12))
        review = open_review(cast, meeting=meeting)
        meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=dt.date(2026, 2, 20))
        assert Review.objects.get().meeting_moved
        reviews.change_due_date(
            by=cast.sam, review=review, due_on=dt.date(2026, 2, 11), reason="The meeting moved"
        )
        review = Review.objects.get()
        assert review.due_on == dt.date(2026, 2, 11)
        assert not review.meeting_moved
        change = review.due_date_changes.get()
        assert (change.old_date, change.new_date, change.changed_by) == (DUE, review.due_on, cast.sam)

    @pytest.mark.parametrize(
        ("due_on", "reason", "field"),
        [
            (dt.date(2026, 1, 11), "Moved", "due_on"),
            (DUE, "Moved", "due_on"),
            (dt.date(2026, 2, 3), "  ", "reason"),
        ],
    )
    def test_refusals(self, cast: Cast, due_on: dt.date, reason: str, field: str) -> None:
        cast.assignment()
        review = open_review(cast)
        with pytest.raises(ActionDenied) as refusal:
            reviews.change_due_date(by=cast.sam, review=review, due_on=due_on, reason=reason)
        assert refusal.value.field == field
        assert Review.objects.get().due_on == DUE

    def test_only_who_runs_it_and_only_while_it_runs(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        later = dt.date(2026, 2, 3)
        with pytest.raises(PermissionDenied):
            reviews.change_due_date(by=cast.carla, review=review, due_on=later, reason="Moved")
        reviews.close_review(by=cast.sam, review=review)
        with pytest.raises(ActionDenied, match="closed"):
            reviews.change_due_date(by=cast.sam, review=review, due_on=later, reason="Moved")


class TestAskAlso:
    def test_what_was_addressed_since_is_asked_once(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        assert reviews.not_asked_yet(review) == []
        later = cast.assignment()
        assert reviews.not_asked_yet(review) == [later]
        assert reviews.request_from_new_assignments(by=cast.sam, review=review) == 1
        assert reviews.request_from_new_assignments(by=cast.sam, review=review) == 0
        assert review.requests.count() == 2

    def test_what_another_inquiry_holds_is_not(self, cast: Cast) -> None:
        part = cast.assignment()
        review = open_review(cast, inquiries=[part.recommendation.inquiry])
        cast.assignment()  # of an inquiry of its own
        assert reviews.not_asked_yet(review) == []

    def test_a_closed_review_asks_nobody(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        reviews.close_review(by=cast.sam, review=review)
        cast.assignment()
        assert reviews.not_asked_yet(Review.objects.get()) == []
        with pytest.raises(ActionDenied, match="closed"):
            reviews.request_from_new_assignments(by=cast.sam, review=review)


class TestCancel:
    def test_nothing_is_asked_any_more(self, cast: Cast) -> None:
        assignment = cast.assignment()
        review = open_review(cast)
        reviews.cancel_review(by=cast.sam, review=review, reason="Opened for the wrong inquiry.")
        review.refresh_from_db()
        assert (review.is_cancelled, review.closed_by) == (True, cast.sam)
        assert not UpdateRequest.objects.unanswered().of(assignment).exists()
        assert list(Review.objects.held()) == []

    def test_refusals(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        with pytest.raises(ActionDenied, match="Enter why"):
            reviews.cancel_review(by=cast.sam, review=review, reason=" ")
        for stranger in (cast.oscar, cast.carla, cast.olive):
            with pytest.raises(PermissionDenied):
                reviews.cancel_review(by=stranger, review=review, reason="Wrong.")
        reviews.close_review(by=cast.sam, review=review)
        with pytest.raises(ActionDenied, match="is closed, so it stays"):
            reviews.cancel_review(by=cast.sam, review=review, reason="Wrong.")
        reviews.reopen_review(by=cast.sam, review=review)
        reviews.cancel_review(by=cast.sam, review=review, reason="Wrong.")
        with pytest.raises(ActionDenied, match="already cancelled"):
            reviews.cancel_review(by=cast.sam, review=review, reason="Wrong.")
        with pytest.raises(ActionDenied, match="was cancelled"):
            reviews.reopen_review(by=cast.sam, review=review)

    def test_not_once_it_was_answered(self, cast: Cast) -> None:
        assignment = cast.assignment()
        review = open_review(cast)
        cast.published(assignment)
        with pytest.raises(ActionDenied, match="1 update was published for this review, so it stays"):
            reviews.cancel_review(by=cast.sam, review=review, reason="Wrong.")


class TestReopen:
    def test_what_was_not_answered_is_asked_again(self, cast: Cast) -> None:
        assignment = cast.assignment()
        review = reviews.close_review(by=cast.sam, review=open_review(cast))
        review = reviews.reopen_review(by=cast.sam, review=review)
        assert (review.closed_on, review.closed_by) == (None, None)
        assert UpdateRequest.objects.unanswered().of(assignment).exists()
        with pytest.raises(ActionDenied, match="already open"):
            reviews.reopen_review(by=cast.sam, review=review)
        with pytest.raises(PermissionDenied):
            reviews.reopen_review(by=cast.oscar, review=review)

    def test_what_was_published_meanwhile_answers_it(self, cast: Cast) -> None:
        assignment = cast.assignment()
        review = reviews.close_review(by=cast.sam, review=open_review(cast))
        update = cast.published(assignment)
        reviews.reopen_review(by=cast.sam, review=review)
        assert review.requests.get().fulfilled_by == update


class TestTakeBackChase:
    def test_it_was_never_chased(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        assert reviews.chase(by=cast.sam, requests=list(review.requests.all())) == 1
        assert reviews.take_back_chase(by=cast.sam, requests=list(review.requests.all())) == 1
        request = review.requests.get()
        assert (request.chases, request.chased_on) == (0, None)
        assert reviews.take_back_chase(by=cast.sam, requests=[request]) == 0
        assert reviews.chase(by=cast.sam, requests=[request]) == 1

    def test_the_chase_before_counts_again(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        with at(TODAY - dt.timedelta(days=4)):
            reviews.chase(by=cast.sam, requests=list(review.requests.all()))
        reviews.chase(by=cast.sam, requests=list(review.requests.all()))
        reviews.take_back_chase(by=cast.sam, requests=list(review.requests.all()))
        request = review.requests.get()
        assert (request.chases, request.chased_on) == (1, TODAY - dt.timedelta(days=4))

    def test_not_once_it_is_answered_and_not_by_others(self, cast: Cast) -> None:
        assignment = cast.assignment()
        review = open_review(cast)
        reviews.chase(by=cast.sam, requests=list(review.requests.all()))
        with pytest.raises(PermissionDenied):
            reviews.take_back_chase(by=cast.oscar, requests=list(review.requests.all()))
        cast.published(assignment)
        assert reviews.take_back_chase(by=cast.sam, requests=list(review.requests.all())) == 0


def test_a_cancelled_review_is_proposed_again(cast: Cast) -> None:
    inquiry = cast.assignment().recommendation.inquiry  # published on 1 September 2025
    with at(dt.date(2026, 3, 1)):
        assert [one.inquiry for one in proposals(cast.sam)] == [inquiry]
        review = open_review(cast, inquiries=[inquiry], due_on=dt.date(2026, 4, 1))
        assert proposals(cast.sam) == []
        reviews.cancel_review(by=cast.sam, review=review, reason="The wrong day.")
        assert [one.inquiry for one in proposals(cast.sam)] == [inquiry]
