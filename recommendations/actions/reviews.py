"""Open, chase and close reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.meetings import lock_meeting
from recommendations.actions.personal_data import check_words
from recommendations.models import (
    Assignment,
    Body,
    DueDateChange,
    Inquiry,
    Meeting,
    Notice,
    Review,
    Update,
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
    asked = what_would_be_asked(committee, inquiries)
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


def what_would_be_asked(committee: Body, inquiries: Sequence[Inquiry]) -> list[Assignment]:
    """Return what a review of these inquiries, or of the committee's whole list, would ask about if it was opened now."""
    return list(_open_parts(committee, inquiries).for_list().in_order())


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
def change_due_date(
    *,
    by: User,
    review: Review,
    due_on: dt.date,
    reason: str,
    looked_at: bool = False,
) -> DueDateChange:
    """Change the day by which a running review's updates are due, with a reason that those asked can read.

    The earlier day stays on the record. Raise ActionDenied.
    """
    require(by, Right.RUN_REVIEWS, review)
    check_words(looked_at, reason=reason)
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
        if not part.is_followed_up:
            continue
        if request.review.closed_on is not None:
            raise ActionDenied("This review is closed. Open a new one to ask again")
        request.chases += 1
        request.chased_before_on, request.chased_on = request.chased_on, clock.today()
        request.save(update_fields=["chases", "chased_on", "chased_before_on"])
        chased += 1
    return chased


@action
def take_back_chase(*, by: User, requests: Sequence[UpdateRequest]) -> int:
    """Take back today's chase of these requests, of which nobody was told by e-mail. Return how many were taken back.

    Those answered meanwhile, or of which somebody was told, stay chased.
    """
    taken_back = 0
    for request in requests:
        require(by, Right.RUN_REVIEWS, request.review)
        request = lock(request)
        if not can_be_unchased(request):
            continue
        request.chases -= 1
        request.chased_on, request.chased_before_on = request.chased_before_on, None
        if request.chases and request.chased_on is None:
            continue  # the last was taken back already, and the day of the one before is not known any more
        request.save(update_fields=["chases", "chased_on", "chased_before_on"])
        taken_back += 1
    return taken_back


def can_be_unchased(request: UpdateRequest) -> bool:
    """Return whether it was chased today, is still to be answered, and nobody was told of the chase by e-mail."""
    return (
        request.chased_on == clock.today()
        and request.fulfilled_by_id is None
        and request.review.closed_on is None
        and not Notice.objects.told().about(request.chase_key).exists()
    )


@action
def cancel_review(
    *,
    by: User,
    review: Review,
    reason: str,
    looked_at: bool = False,
) -> Review:
    """Cancel a review that was opened by mistake. It asks nothing any more, and those who were told are told why.

    Drafts and submitted updates stay with their bodies. Raise ActionDenied once an update was published for it.
    """
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.is_cancelled:
        raise ActionDenied("This review is already cancelled")
    if review.closed_on is not None:
        raise ActionDenied("This review is closed, so it stays. Reopen it first")
    parts = Assignment.objects.filter(requests__review=review).order_by("pk")
    list(parts.select_for_update(of=("self",)))  # so that none is answered meanwhile
    answered = review.requests.on_standing_parts().filter(fulfilled_by__isnull=False).count()
    if answered:
        raise ActionDenied(
            f"{plural(answered, 'update was', 'updates were')} published for this review, so it stays. Close it instead"
        )
    if not clean_text(reason):
        raise ActionDenied("Enter why the review is cancelled", "reason")
    check_words(looked_at, reason=reason)
    review.version += 1
    save(review, closed_on=clock.today(), closed_by=by, cancelled_at=clock.now(), cancel_reason=reason)
    return review


@action
def reopen_review(*, by: User, review: Review) -> Review:
    """Reopen a closed review: what was not answered is asked again, under the same due date.

    An update that was published since it was closed answers it.
    """
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.is_cancelled:
        raise ActionDenied("This review was cancelled. Open a new one to ask again")
    if review.closed_on is None:
        raise ActionDenied("This review is already open")
    for request in review.requests.filter(fulfilled_by__isnull=True):
        request.fulfilled_by = answer_since_closed(review, request)
        if request.fulfilled_by is not None:
            request.save(update_fields=["fulfilled_by"])
    review.version += 1
    save(review, closed_on=None, closed_by=None)
    return review


def answer_since_closed(review: Review, request: UpdateRequest) -> Update | None:
    """Return the update published since the review was closed that answers this request when it is reopened; else None."""
    if review.closed_on is None:
        return None
    since = clock.start_of_day(review.closed_on)
    updates = request.assignment.updates.published().filter(published_at__gte=since)
    return updates.order_by("published_at", "pk").first()


@action
def close_review(*, by: User, review: Review) -> Review:
    """Close a review; unanswered requests stay on it as unanswered."""
    require(by, Right.RUN_REVIEWS, review)
    review = lock(review)
    if review.closed_on is not None:
        raise ActionDenied("This review is already closed")
    save(review, closed_on=clock.today(), closed_by=by)
    return review
