"""Reviews: requests for progress to many bodies at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, never_deleted
from committee.fields import CleanCharField, CleanTextField
from committee.formatting import long_date
from recommendations.lifecycle import MeetingState, Role, UpdateState
from recommendations.models.assignments import OWNER_ROLES, Assignment
from recommendations.models.base import Versioned, both_or_neither, not_blank
from recommendations.models.bodies import Body
from recommendations.models.inquiries import COMMITTEE_ROLES, Inquiry
from recommendations.models.meetings import Meeting
from recommendations.models.updates import Update

if TYPE_CHECKING:
    from committee.accounts.models import User


CANCELLED_LATELY = dt.timedelta(days=14)
"""How long those who were asked read that a review was cancelled, and why."""


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        return self.filter(closed_on__isnull=True)

    def closed(self) -> ReviewQuerySet:
        """Return closed and cancelled reviews, the latest closed first."""
        return self.filter(closed_on__isnull=False).order_by("-closed_on", "-id")

    def held(self) -> ReviewQuerySet:
        """Return those that were not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def lately_cancelled(self) -> ReviewQuerySet:
        """Return those cancelled so lately that those who were asked are still told, the latest first."""
        return self.filter(cancelled_at__gte=clock.now() - CANCELLED_LATELY).order_by("-cancelled_at", "-id")

    def that_asked(self, requests: UpdateRequestQuerySet) -> ReviewQuerySet:
        """Return those that these requests belong to."""
        return self.filter(pk__in=requests.order_by().values("review"))

    def of_committees(self, body_ids: set[int]) -> ReviewQuerySet:
        return self.filter(committee__lineage__overlap=list(body_ids))

    def run_by(self, user: User) -> ReviewQuerySet:
        """Return reviews of the committees that `user` works for as scrutiny officer."""
        return self.of_committees(user.bodies_as(Role.SCRUTINY_OFFICER))

    def visible_to(self, user: User) -> ReviewQuerySet:
        """Return reviews of committees that `user` works for in any role."""
        return self.of_committees(user.bodies_as(*COMMITTEE_ROLES))

    def of_inquiry(self, inquiry: Inquiry) -> ReviewQuerySet:
        """Return reviews that asked about this inquiry, alone or with others."""
        return self.filter(inquiries=inquiry)

    def for_list(self) -> ReviewQuerySet:
        """Return reviews with `asked_count` and `answered_count`, of the parts that were not addressed in error."""
        standing = Q(requests__assignment__withdrawn_at__isnull=True)
        return (
            self.select_related("committee", "meeting")
            .prefetch_related("inquiries")
            .annotate(
                asked_count=Count("requests", filter=standing),
                answered_count=Count("requests", filter=standing & Q(requests__fulfilled_by__isnull=False)),
            )
        )


class Review(Versioned):
    """A request for progress, such as a "6-month review", on one inquiry, several, or a committee's whole open list
    (then it names no inquiry).
    """

    title = CleanCharField(max_length=200)
    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews")
    inquiries = models.ManyToManyField(Inquiry, blank=True, related_name="reviews")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    # The day of the meeting when the due date was last set: a meeting may be moved afterwards.
    meeting_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(default=clock.today)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Why it was cancelled, of one that was opened by mistake; `closed_on` and `closed_by` say when and by whom.
    cancel_reason = CleanTextField(blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("title"), name="review_has_title"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opened_on")), name="review_due_after_opening"),
            models.CheckConstraint(
                condition=both_or_neither("closed_on", "closed_by"),
                name="review_closed_paired",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False, closed_on__isnull=False) & not_blank("cancel_reason"),
                name="review_cancelled_with_reason",
            ),
        ]
        triggers = [*never_deleted("Reviews"), never_ahead("cancelled_at"), audited()]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """What it asks about: the titles of its inquiries, or the committee's name."""
        return "; ".join(inquiry.title for inquiry in self.inquiries.all()) or self.committee.name

    @property
    def meeting_moved(self) -> bool:
        """Whether its meeting is now on another day than when the due date was set, or was cancelled."""
        if self.meeting is None:
            return False
        return self.meeting.held_on != self.meeting_on or self.meeting.state == MeetingState.CANCELLED

    @property
    def is_cancelled(self) -> bool:
        """Whether it was opened by mistake and asks nothing any more."""
        return self.cancelled_at is not None

    @property
    def end_words(self) -> str:
        """When it ended, and why if it was cancelled, for those it asked: "This review was closed on 2 March 2026". Empty while
        it runs.
        """
        if self.cancelled_at is not None:
            return f"This review was cancelled on {long_date(timezone.localdate(self.cancelled_at))}, because: {self.cancel_reason}"
        return f"This review was closed on {long_date(self.closed_on)}" if self.closed_on is not None else ""

    def is_late(self, on: dt.date | None = None) -> bool:
        return self.closed_on is None and self.due_on < (on or clock.today())


class ReviewInquiry(Review.inquiries.through):  # type: ignore[name-defined]  # a class made at run time
    """An inquiry that a review is about: Django's own table, audited."""

    class Meta:
        proxy = True
        triggers = [*never_deleted("Inquiries of a review"), audited()]


class DueDateChange(models.Model):
    """A change of the day by which a review's updates are due: from, to, why. Those asked can read it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="due_date_changes")
    old_date = models.DateField()
    new_date = models.DateField()
    reason = CleanTextField()
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("reason"), name="duedatechange_has_reason"),
            models.CheckConstraint(
                condition=~Q(new_date=F("old_date")), name="duedatechange_changes_something"
            ),
        ]
        triggers = [*append_only("Changes of a review’s due date"), never_ahead("changed_at"), audited()]

    def __str__(self) -> str:
        return f"{self.old_date} to {self.new_date} in {self.review_id}"


class UpdateRequestQuerySet(models.QuerySet["UpdateRequest"]):
    def on_standing_parts(self) -> UpdateRequestQuerySet:
        """Return those to parts that were not addressed in error, of recommendations that were not withdrawn."""
        return self.filter(assignment__withdrawn_at__isnull=True)

    def unanswered(self) -> UpdateRequestQuerySet:
        """Return requests of open reviews that no update has answered, for assignments of which progress is still
        asked.
        """
        return self.filter(
            fulfilled_by__isnull=True,
            review__closed_on__isnull=True,
            assignment__in=Assignment.objects.order_by().reporting(),
        )

    def chased_today(self) -> UpdateRequestQuerySet:
        """Return requests that were chased today and that no update has answered."""
        return self.filter(chased_on=clock.today(), fulfilled_by__isnull=True)

    def unwritten(self) -> UpdateRequestQuerySet:
        """Return requests for which nothing was submitted yet."""
        return self.exclude(assignment__updates__state=UpdateState.SUBMITTED)

    def of(self, assignment: Assignment) -> UpdateRequestQuerySet:
        return self.filter(assignment=assignment)

    def to_bodies_of(self, user: User) -> UpdateRequestQuerySet:
        """Return requests to the bodies for which `user` logs or approves progress; for a respondent, requests about
        what their link opens.
        """
        if user.is_respondent:
            return self.filter(assignment__in=Assignment.objects.visible_to(user))
        return self.filter(assignment__body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES)))

    def by_review(self) -> models.QuerySet[UpdateRequest, dict[str, Any]]:
        """Return how many there are of each review, with its id, title and due date; the first due first."""
        return (
            self.order_by()
            .values("review_id", "review__title", "review__due_on")
            .annotate(count=Count("pk"))
            .order_by("review__due_on", "review_id")
        )

    def for_reading(self) -> UpdateRequestQuerySet:
        """Return them as `for_list` does, with the changes of their due dates."""
        return self.for_list().prefetch_related("review__due_date_changes")

    def for_list(self) -> UpdateRequestQuerySet:
        return self.select_related(
            "review",
            "assignment__body",
            "assignment__formerly",
            "assignment__recommendation__inquiry",
            "fulfilled_by",
        ).order_by("review__due_on", "assignment__recommendation__sort_key", "id")


class UpdateRequest(models.Model):
    """A request to one assignment for an update, within a review; chased, and answered by a published update."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="requests")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="requests")
    asked_on = models.DateField(default=clock.today)
    chased_on = models.DateField(null=True, blank=True)
    chases = models.PositiveSmallIntegerField(default=0)
    # The day of the chase before the last, which counts again if the last is taken back.
    chased_before_on = models.DateField(null=True, blank=True, editable=False)
    fulfilled_by = models.ForeignKey(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    objects: ClassVar[UpdateRequestQuerySet] = UpdateRequestQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["assignment"], condition=Q(fulfilled_by__isnull=True), name="request_unanswered"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "assignment"], name="request_once_in_review"),
            models.CheckConstraint(
                condition=Q(chases=0, chased_on__isnull=True) | Q(chases__gt=0, chased_on__isnull=False),
                name="request_chase_dated",
            ),
        ]
        triggers = [*never_deleted("Requests for an update"), audited()]

    def __str__(self) -> str:
        return f"Request to {self.assignment_id} in {self.review_id}"

    @property
    def key(self) -> str:
        """What the notices of it are about: their `about` is this, or begins with it and a colon."""
        return f"request:{self.pk}"

    @property
    def chase_key(self) -> str:
        """What the notice of the last chase is about."""
        return f"{self.key}:chase:{self.chases}"
