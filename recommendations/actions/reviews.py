"""What committee support does to gather progress: reviews and chasing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import NotPossible, action, lock, save
from recommendations.models import Assignment, Body, Inquiry, Meeting, Review, UpdateRequest
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

    Raises NotPossible when nothing is open or the day is past.
    """
    require(by, Right.RUN_REVIEWS, committee)
    if due_on < clock.today():
        raise NotPossible("Enter a day that is still to come", "due_on")
    if any(inquiry.committee_id != committee.pk for inquiry in inquiries):
        raise NotPossible("Select inquiries of this committee", "inquiries")
    assignments = Assignment.objects.published().open().of_committees({committee.pk})
    if inquiries:
        assignments = assignments.of_inquiries(inquiries)
    asked = list(assignments)
    if not asked:
        raise NotPossible("There is nothing open to ask about", "inquiries")
    review = Review(opened_by=by, opened_on=clock.today())
    save(review, committee=committee, title=title, due_on=due_on, meeting=meeting)
    review.inquiries.set(inquiries)
    UpdateRequest.objects.bulk_create(
        [UpdateRequest(review=review, assignment=assignment, asked_on=clock.today()) for assignment in asked]
    )
    return review


@action
def chase(*, by: User, requests: Sequence[UpdateRequest]) -> int:
    """Chase those not yet answered. Returns how many were chased; each is chased once a day at most."""
    chased = 0
    for request in requests:
        require(by, Right.RUN_REVIEWS, request.review)
        request = lock(request)
        if request.fulfilled_by_id is not None or request.chased_on == clock.today():
            continue
        if request.review.closed_on is not None:
            raise NotPossible("This review is closed. Open a new one to ask again")
        request.chases += 1
        request.chased_on = clock.today()
        request.save(update_fields=["chases", "chased_on"])
        chased += 1
    return chased


@action
def close_review(*, by: User, review: Review) -> Review:
    """End a review; requests not answered stay on it as not answered."""
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.closed_on is not None:
        raise NotPossible("This review is already closed")
    save(review, closed_on=clock.today(), closed_by=by)
    return review
