"""The progress of reviews for those who run them: who has answered, who has not; and which reviews are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from committee import clock
from committee.accounts.models import User
from recommendations.lifecycle import RequestStatus, UpdateState, add_months
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    Meeting,
    Membership,
    RespondentLink,
    Review,
    Update,
    UpdateRequest,
)
from recommendations.models.assignments import OWNER_ROLES

USUAL_REVIEW_MONTHS = (6, 12)
"""Months after the report at which committees usually ask for progress (practice of scrutiny)."""
BEFORE = dt.timedelta(days=56)
"""How long before that day a review is proposed: papers are asked for weeks before the meeting."""
AFTER = dt.timedelta(days=120)
"""How long after that day it is still proposed."""


@dataclass(frozen=True)
class AskedAlready:
    """What a body was asked by a review that is still open, and has not answered."""

    review: Review
    body: Body
    requests: list[UpdateRequest]

    @property
    def references(self) -> list[str]:
        """The references of the recommendations, in their order."""
        return [str(one.assignment.recommendation.reference) for one in self.requests]

    @property
    def chased_on(self) -> dt.date | None:
        """The day of the last chase; None where none was."""
        return max((one.chased_on for one in self.requests if one.chased_on is not None), default=None)


def asked_already(assignments: Iterable[Assignment]) -> list[AskedAlready]:
    """Return what is asked already of these parts by reviews that are open, for each review and body, the first due first; not
    by one that was cancelled or closed.
    """
    requests = UpdateRequest.objects.unanswered().filter(assignment__in=[part.pk for part in assignments])
    found: dict[tuple[int, int], AskedAlready] = {}
    for one in requests.for_list():
        of = (one.review_id, one.assignment.body_id)
        found.setdefault(of, AskedAlready(one.review, one.assignment.body, [])).requests.append(one)
    return list(found.values())


IN_HAND = {
    UpdateState.SUBMITTED: RequestStatus.APPROVING,
    UpdateState.DRAFT: RequestStatus.WRITING,
    UpdateState.RETURNED: RequestStatus.WRITING,
}


@dataclass(frozen=True)
class Row:
    """One request, its status, and whether it is late."""

    request: UpdateRequest
    standing: RequestStatus
    late: bool
    received_update: int | None = None
    """The number of the update that committee support has to publish or return."""

    @property
    def is_outstanding(self) -> bool:
        settled = (
            RequestStatus.ANSWERED,
            RequestStatus.CANCELLED,
            RequestStatus.CLOSED,
            RequestStatus.NOT_OURS,
            RequestStatus.NOT_ASKED,
        )
        return self.standing not in settled

    @property
    def may_be_chased(self) -> bool:
        """Whether the body still has to do something, or had to when the review was closed: then the action refuses it."""
        return self.standing in (
            RequestStatus.APPROVING,
            RequestStatus.WRITING,
            RequestStatus.WAITING,
            RequestStatus.NOT_ANSWERED,
        )


@dataclass
class BodyProgress:
    """The requests to one body."""

    body: Body
    rows: list[Row] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(row.standing == RequestStatus.ANSWERED for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def chaseable(self) -> list[int]:
        return [row.request.pk for row in self.rows if row.may_be_chased]


@dataclass(frozen=True)
class ReviewProgress:
    """A review with all its requests."""

    review: Review
    rows: list[Row]

    def count(self, standing: RequestStatus) -> int:
        return sum(row.standing == standing for row in self.rows)

    @property
    def answered(self) -> int:
        return self.count(RequestStatus.ANSWERED)

    @property
    def as_last_time(self) -> int:
        """Return how many of the answers repeat the update before."""
        return sum(
            bool(row.request.fulfilled_by and row.request.fulfilled_by.as_last_time) for row in self.rows
        )

    @property
    def late(self) -> list[Row]:
        return [row for row in self.rows if row.late]

    @property
    def outstanding(self) -> list[Row]:
        """Return those that no published update has answered yet, whoever has to act."""
        return [row for row in self.rows if row.is_outstanding]

    @property
    def chaseable(self) -> list[Row]:
        return [row for row in self.rows if row.may_be_chased]

    def by_body(self, only: str = "") -> list[BodyProgress]:
        """Return the rows by body name; with `only`, those with that status, or "late"."""
        found: dict[int, BodyProgress] = {}
        for row in self.rows:
            if only and row.standing != only and not (only == "late" and row.late):
                continue
            body = row.request.assignment.body
            found.setdefault(body.pk, BodyProgress(body)).rows.append(row)
        return sorted(found.values(), key=lambda group: (group.body.sort_key, group.body.pk))


def progress_of_review(review: Review) -> ReviewProgress:
    """Return the review's requests and the status of each, in three queries, without those to parts that were addressed in
    error.
    """
    requests = list(review.requests.on_standing_parts().for_list())
    updates = Update.objects.filter(assignment__in=[request.assignment_id for request in requests])
    open_states = dict(updates.unpublished().values_list("assignment_id", "state"))
    received_updates = dict(updates.received().values_list("assignment_id", "pk"))
    late = review.is_late()
    rows = []
    for request in requests:
        if request.fulfilled_by_id is not None:
            standing = RequestStatus.ANSWERED
        elif review.is_cancelled:
            standing = RequestStatus.CANCELLED
        elif request.assignment.is_disowned:
            standing = RequestStatus.NOT_OURS
        elif request.assignment.sources_only:
            standing = RequestStatus.NOT_ASKED
        elif not request.assignment.is_open:
            standing = RequestStatus.CLOSED
        elif review.closed_on is not None:
            standing = RequestStatus.NOT_ANSWERED
        elif request.assignment_id in received_updates:
            standing = RequestStatus.TAKING_IN
        else:
            state = open_states.get(request.assignment_id)
            standing = IN_HAND[UpdateState(state)] if state else RequestStatus.WAITING
        row = Row(request, standing, late=False, received_update=received_updates.get(request.assignment_id))
        # A body whose update waits for committee support has done its part.
        rows.append(replace(row, late=late and row.may_be_chased))
    return ReviewProgress(review, rows)


# ------------------------------------------------------------------ what is due


@dataclass(frozen=True)
class Proposal:
    """A review that is due: of which inquiry, after how many months, on about which day, for which meeting."""

    inquiry: Inquiry
    months: int
    on: dt.date
    meeting: Meeting | None

    @property
    def title(self) -> str:
        return f"{self.months}-month review"


def review_days(published_on: dt.date) -> list[tuple[int, dt.date]]:
    """Return the days six and twelve calendar months after a report."""
    return [(months, add_months(published_on, months)) for months in USUAL_REVIEW_MONTHS]


def due_review(
    published_on: dt.date, opened: Iterable[dt.date], today: dt.date
) -> tuple[int, dt.date] | None:
    """Return the review that should be opened now; None if none is due.

    Its day is near or recently past, and no review was opened for it yet; the later one if there are two.
    """
    days = list(opened)
    for months, day in reversed(review_days(published_on)):
        near = day - BEFORE <= today <= day + AFTER
        if near and not any(day - BEFORE - dt.timedelta(days=14) <= one <= day + AFTER for one in days):
            return months, day
    return None


def proposals(user: User) -> list[Proposal]:
    """Return the reviews that this person's committees should open now, in a fixed number of queries."""
    return list(_proposals(user, clock.today()))


def proposal_of(user: User, inquiry: Inquiry) -> Proposal | None:
    """Return the review of this inquiry that should be opened now, if one is due."""
    return next((one for one in proposals(user) if one.inquiry == inquiry), None)


def _proposals(user: User, today: dt.date) -> Iterator[Proposal]:
    inquiries = (
        Inquiry.objects.served_by(user)
        .followed_up()
        .select_related("committee")
        .order_by("published_on", "id")
    )
    near = inquiries.filter(
        published_on__range=(
            add_months(today - AFTER, -max(USUAL_REVIEW_MONTHS)),
            add_months(today + BEFORE, -min(USUAL_REVIEW_MONTHS)),
        )
    )
    rows = list(near)
    if not rows:
        return
    asking = set(
        Assignment.objects.reporting().of_inquiries(rows).values_list("recommendation__inquiry_id", flat=True)
    )
    opened: dict[int, list[dt.date]] = {}
    whole: dict[int, list[dt.date]] = {}
    for review in (
        Review.objects.held().of_committees({row.committee_id for row in rows}).prefetch_related("inquiries")
    ):
        about = review.inquiries.all()
        for inquiry in about:
            opened.setdefault(inquiry.pk, []).append(review.opened_on)
        if not about:
            whole.setdefault(review.committee_id, []).append(review.opened_on)
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(body__in={row.committee_id for row in rows}).to_come().for_list():
        meetings.setdefault(meeting.body_id, []).append(meeting)
    for inquiry in rows:
        if inquiry.pk not in asking or inquiry.published_on is None:
            continue
        before = [*opened.get(inquiry.pk, []), *whole.get(inquiry.committee_id, [])]
        due = due_review(inquiry.published_on, before, today)
        if due is not None:
            months, day = due
            later = (one for one in meetings.get(inquiry.committee_id, []) if one.held_on >= day - BEFORE)
            yield Proposal(inquiry, months, day, next(later, None))


def bodies_without_anybody(review: Review) -> list[Body]:
    """Return bodies that the review asks and for which nobody can answer: no officer, no approver, no personal link."""
    requests = review.requests.on_standing_parts().for_list()
    bodies = {one.assignment.body for one in requests if one.fulfilled_by_id is None}
    linked = RespondentLink.objects.valid().filter(body__in=bodies, committee=review.committee_id)
    with_link = set(linked.values_list("body_id", flat=True))
    roles = Membership.objects.current().filter(role__in=OWNER_ROLES, user__is_active=True)
    with_people = set(roles.values_list("body_id", flat=True))
    return sorted(
        (body for body in bodies if body.pk not in with_link and not with_people & set(body.lineage)),
        key=lambda body: (body.sort_key, body.pk),
    )
