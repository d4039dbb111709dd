"""Open, chase and close reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.meetings import lock_meeting
from recommendations.models import (
    Assignment,
    Body,
    DueDateChange,
    Inquiry,
    Meeting,
    Review,
    UpdateRequest,
)
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.permissions import Right, require


@action
def open_review(
    *,
    by: User,
    committee: Body,
    title: str,
    due_on: dt.date,
    inquiries: Sequence[Inquiry] = (),
    meeting: Meeting | None = None,
) -> Review:
    """Ask every open assignment of these inquiries, or of the committee's whole list, for an update by a day.

    Raise ActionDenied if nothing is open, the day is past, the meeting was cancelled, or the same review was opened
    already today.
    """
    require(by, Right.RUN_REVIEWS, committee)
    lock(committee)  # so that the second of two sent at once sees the first
    if due_on < clock.today():
        raise ActionDenied("Enter a day that is still to come", "due_on")
    if any(inquiry.committee_id != committee.pk for inquiry in inquiries):
        raise ActionDenied("Select inquiries of this committee", "inquiries")
    _check_not_opened_twice(committee, title, due_on, inquiries)
    if meeting is not None:
        meeting = lock_meeting(meeting)
    asked = list(_open_parts(committee, inquiries))
    if not asked:
        raise ActionDenied("There is nothing open to ask about", "inquiries")
    review = Review(opened_by=by, opened_on=clock.today())
    save(
        review,
        committee=committee,
        title=title,
        due_on=due_on,
        meeting=meeting,
        meeting_on=meeting.held_on if meeting else None,
    )
    review.inquiries.set(inquiries)
    _ask(review, asked)
    return review


def _check_not_opened_twice(
    committee: Body, title: str, due_on: dt.date, inquiries: Sequence[Inquiry]
) -> None:
    same = Review.objects.open().filter(
        committee=committee, title=clean_text(title), due_on=due_on, opened_on=clock.today()
    )
    chosen = {inquiry.pk for inquiry in inquiries}
    if any({inquiry.pk for inquiry in review.inquiries.all()} == chosen for review in same):
        raise ActionDenied(
            "This review was opened already today. Look under Reviews, or give this one another title",
            "title",
        )


def _open_parts(committee: Body, inquiries: Sequence[Inquiry]) -> AssignmentQuerySet:
    """Return what a review asks about: all open assignments of these inquiries, or of the committee."""
    rows = Assignment.objects.published().reporting().of_committees({committee.pk})
    return rows.of_inquiries(inquiries) if inquiries else rows


def _ask(review: Review, assignments: Sequence[Assignment]) -> None:
    UpdateRequest.objects.bulk_create(
        [
            UpdateRequest(review=review, assignment=assignment, asked_on=clock.today())
            for assignment in assignments
        ]
    )


def not_asked_yet(review: Review) -> list[Assignment]:
    """Return open assignments in the scope of a running review that were not asked.

    They were addressed, published or reopened after it was opened.
    """
    if review.closed_on is not None:
        return []
    rows = _open_parts(review.committee, list(review.inquiries.all()))
    return list(rows.exclude(requests__review=review))


@action
def request_from_new_assignments(*, by: User, review: Review) -> int:
    """Ask those who came into a running review's scope since it was opened. Return how many."""
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.closed_on is not None:
        raise ActionDenied("This review is closed. Open a new one to ask again")
    asked = not_asked_yet(review)
    _ask(review, asked)
    return len(asked)


@action
def change_due_date(*, by: User, review: Review, due_on: dt.date, reason: str) -> DueDateChange:
    """Change the day by which a running review's updates are due, with a reason that those asked can read.

    The earlier day stays on the record. Raise ActionDenied.
    """
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.closed_on is not None:
        raise ActionDenied("This review is closed. Open a new one to ask again")
    if due_on < clock.today():
        raise ActionDenied("Enter a day that is still to come", "due_on")
    if due_on == review.due_on:
        raise ActionDenied("Enter a date other than the present one", "due_on")
    if not clean_text(reason):
        raise ActionDenied("Enter why the date moves", "reason")
    change = DueDateChange(review=review, changed_by=by, changed_at=clock.now())
    save(change, old_date=review.due_on, new_date=due_on, reason=reason)
    review.version += 1
    save(review, due_on=due_on, meeting_on=review.meeting.held_on if review.meeting else None)
    return change


@action
def chase(*, by: User, requests: Sequence[UpdateRequest]) -> int:
    """Chase those that have still to answer, each once a day at most. Return how many were chased."""
    chased = 0
    for request in requests:
        require(by, Right.RUN_REVIEWS, request.review)
        request = lock(request)
        part = request.assignment
        if request.fulfilled_by_id is not None or request.chased_on == clock.today():
            continue
        if not part.is_followed_up or part.is_disowned:
            continue
        if request.review.closed_on is not None:
            raise ActionDenied("This review is closed. Open a new one to ask again")
        request.chases += 1
        request.chased_on = clock.today()
        request.save(update_fields=["chases", "chased_on"])
        chased += 1
    return chased


@action
def close_review(*, by: User, review: Review) -> Review:
    """Close a review; unanswered requests stay on it as unanswered."""
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.closed_on is not None:
        raise ActionDenied("This review is already closed")
    save(review, closed_on=clock.today(), closed_by=by)
    return review
