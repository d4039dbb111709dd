"""The work queues of responsible officers and approvers: the work of their bodies, by what has to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db.models import F, QuerySet

from committee.formatting import plural
from committee.paging import page_of
from recommendations.lifecycle import Standing, absence
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import Assignment, Body, Review, TargetChange, Update, UpdateRequest
from recommendations.models.assignments import OWNER_ROLES
from recommendations.models.joins import with_columns
from recommendations.queries.states import LATE_FROM

if TYPE_CHECKING:
    from committee.accounts.models import User
    from recommendations.models.assignments import AssignmentQuerySet

FIRST = 10
"""How many rows of each queue the page shows before "Show all"."""

A_PAGE = 25

ANSWERED = "Your bodies have answered everything they were sent."

OF_WHAT_IS_KNOWN = ("overdue", "open")
"""The queues of which nothing can be said where only public sources tell."""

LATE = {"late_from": LATE_FROM}
"""The day from which a row is late, read with it: the row has a property of that name, which would ask for each."""

WRITTEN_FROM = ("asked", "overdue")
"""The queues whose rows lead to writing an update."""

ABOUT = (
    "is_lead",
    "body__name",
    "body__short_name",
    "formerly__name",
    "formerly__short_name",
    "recommendation__reference",
    "recommendation__heading",
)
"""The columns of an assignment that `officers/_what.html` shows."""

ABOUT_ASSIGNMENT = tuple(f"assignment__{column}" for column in ABOUT)

WHERE_IT_STANDS = (
    "import_batch",
    "notified_on",
    "first_target_period",
    "first_target_on",
    "target_period",
    "target_on",
    "withdrawn_at",
    "decision",
    "claim",
    "last_update_period",
    "last_update_on",
    "claimed_period",
    "claimed_on",
    "awaiting_verdict",
    "slips",
    "closed_period",
    "closed_on",
    "sources_only",
)
"""The columns of an assignment that the rows of the queues of assignments show or reckon with."""

CLOCK = (
    "import_batch",
    "notified_on",
    "response_due_on",
    "withdrawn_at",
    "decision",
    "stopped_on",
    "closed_period",
    "closed_on",
    "sources_only",
)
"""The columns of an assignment that its response clock reads."""

OLD_AND_NEW = ("old_period", "old_date", "new_period", "new_date")
"""The columns of a request for a new date that say which."""

SUBMITTED = ("claim", "submitted_by__name", "submitted_at", "as_last_time", "times_running", "exempt_text")
"""The columns of a submitted update that lists of what waits for approval show."""


@dataclass(frozen=True)
class WorkQueue:
    """One queue: its title, and the words when it is empty. `colour` marks its figure."""

    key: str
    title: str
    label: str
    none: str
    colour: str
    rows: Callable[[User], QuerySet[Any]]
    body_path: str
    shown_when_empty: bool = True
    """Whether its figure is shown when it is nought: not where few people ever have such work."""
    row_template: str = ""
    """The key of the queue whose rows look the same, if another one."""
    columns: tuple[str, ...] = (*ABOUT, *WHERE_IT_STANDS)
    """What its template shows."""

    @property
    def template(self) -> str:
        """The partial that shows one row of it."""
        return f"officers/work_queues/{self.row_template or self.key}.html"


@dataclass(frozen=True)
class WorkQueuePage:
    """A work queue as shown: how many rows it has, and the page of them that is shown."""

    queue: WorkQueue
    page: Page
    sources_only: bool = False
    """Whether it is empty because only public sources tell of all that is addressed to the bodies."""

    @property
    def none(self) -> str:
        """What stands where it is empty."""
        return absence(self.queue.none, sources_only=self.sources_only)

    @property
    def shown_when_empty(self) -> bool:
        """Whether its figure is shown when it is nought: not where nobody knows."""
        return self.queue.shown_when_empty and not self.sources_only

    @cached_property
    def rows(self) -> list[Any]:
        """The rows on the page."""
        return list(self.page.object_list)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def more(self) -> int:
        """How many are not on this page."""
        return self.total - len(self.rows)


def _everything(user: User) -> AssignmentQuerySet:
    """Return all that no committee has closed, in the order of the list: by body, then by date."""
    return (
        Assignment.objects.owned_by(user)
        .open()
        .order_by(
            "body__sort_key",
            "body_id",
            F("target_on").asc(nulls_last=True),
            "recommendation__sort_key",
            "id",
        )
    )


WORK_QUEUES: tuple[WorkQueue, ...] = (
    WorkQueue(
        "asked",
        "Asked for",
        "asked for",
        "No committee is waiting for an update from you.",
        "blue",
        lambda user: UpdateRequest.objects.unanswered().to_bodies_of(user).for_list(),
        "assignment__body",
        columns=("review__title", "review__due_on", "chases", "chased_on", *ABOUT_ASSIGNMENT),
    ),
    WorkQueue(
        "returned",
        "Returned to you",
        "returned",
        "No update was sent back.",
        "orange",
        lambda user: Update.objects.editable_by(user).on_standing_parts().returned(),
        "assignment__body",
        columns=("returned_by__name", "returned_at", "return_reason", *ABOUT_ASSIGNMENT),
    ),
    WorkQueue(
        "overdue",
        "Overdue",
        "overdue",
        "Nothing is past its first date.",
        "red",
        lambda user: (
            Assignment.objects.owned_by(user).overdue().annotate(**LATE).order_by("first_target_on", "id")
        ),
        "body",
    ),
    WorkQueue(
        "drafts",
        "Drafts",
        "in draft",
        "No draft is waiting to be finished.",
        "grey",
        lambda user: Update.objects.editable_by(user).on_standing_parts().drafts(),
        "assignment__body",
        columns=("author__name", "saved_by__name", "saved_at", *ABOUT_ASSIGNMENT),
    ),
    WorkQueue(
        "waiting",
        "Waiting for approval",
        "waiting for approval",
        "No update is waiting for an approver.",
        "blue",
        lambda user: Update.objects.awaiting_approval(user).on_standing_parts(),
        "assignment__body",
        columns=("claim", "submitted_by__name", "submitted_at", *ABOUT_ASSIGNMENT),
    ),
    WorkQueue(
        "dates",
        "New dates asked for",
        "new dates asked for",
        "No request for a new date is waiting for a decision.",
        "purple",
        lambda user: TargetChange.objects.asked_by_bodies_of(user).order_by("asked_at", "id"),
        "assignment__body",
        columns=(
            *OLD_AND_NEW,
            "asked_by__name",
            "asked_at",
            "assignment__target_on",
            "assignment__target_period",
            *ABOUT_ASSIGNMENT,
        ),
    ),
    WorkQueue(
        "open",
        "Everything open",
        "open in all",
        "No recommendation to your bodies is open.",
        "brand",
        lambda user: _everything(user).followed_up().annotate(**LATE),
        "body",
    ),
    WorkQueue(
        "not-known",
        str(Standing.NOT_KNOWN.label),
        "not known whether done or closed",
        "Everything that is addressed to your bodies is on a committee’s own record.",
        "grey",
        lambda user: _everything(user).not_known(),
        "body",
        shown_when_empty=False,
        row_template="open",
    ),
)


def bodies_of(user: User) -> list[Body]:
    """Return the bodies, and those below them, for which this person logs or approves progress and that have any work."""
    return list(Body.objects.served_by(user, *OWNER_ROLES).owning())


def reviews_asking(user: User, *, body: Body | None = None) -> list[dict[str, Any]]:
    """Return the reviews for which this person's bodies, or one body, have more than one update to write: `review_id`,
    `review__title`, `review__due_on` and `count`.
    """
    rows = UpdateRequest.objects.unanswered().unwritten().to_bodies_of(user)
    if body is not None:
        rows = rows.filter(assignment__body=body)
    return [row for row in rows.by_review() if row["count"] > 1]


def reviews_cancelled(user: User, *, body: Body | None = None) -> list[Review]:
    """Return the reviews that asked this person's bodies, or one body, and were cancelled lately, the latest first."""
    rows = UpdateRequest.objects.on_standing_parts().to_bodies_of(user)
    if body is not None:
        rows = rows.filter(assignment__body=body)
    return list(Review.objects.lately_cancelled().that_asked(rows))


def sent_in_error(user: User, *, body: Body | None = None) -> list[Assignment]:
    """Return what was sent to this person's bodies, or one body, and lately found to be in error, the latest first."""
    rows = Assignment.objects.owned_by(user).lately_taken_back()
    return list(rows.filter(body=body) if body is not None else rows)


def approved_just_now(user: User) -> Any:
    """Return the updates of an approver's bodies that are approved and not published yet."""
    approved = Update.objects.of_approver(user).on_standing_parts().approved()
    return with_columns(approved, "approved_at", *ABOUT_ASSIGNMENT)


def waiting_for(user: User) -> Any:
    """Return the updates that wait for this approver, with what the list of them shows."""
    return with_columns(Update.objects.waiting_for(user), *SUBMITTED, *ABOUT_ASSIGNMENT)


def responses_to_give(user: User) -> Any:
    """Return what an approver's bodies were sent and have not answered, the first due first."""
    unanswered = Assignment.objects.approved_by(user).awaiting_response()
    return with_columns(unanswered, *ABOUT, *CLOCK).order_by("response_due_on", "id")


def unanswered_words(user: User) -> str:
    """Return what stands where no response of an approver's bodies is awaited: that they have answered, as far as that is
    known.
    """
    parts = Assignment.objects.standing().published().approved_by(user)
    unknown = parts.not_known().filter(decision="").recommendation_count()
    told = [] if unknown and not parts.filter(sources_only=False).exists() else [ANSWERED]
    if unknown:
        about = f"What your bodies answered to {plural(unknown, 'recommendation')} is"
        told.append(f"{absent_sentence('', about, sources_only=True)}.")
    return " ".join(told)


def work_queue_pages(
    user: User, *, body: Body | None = None, only: str = "", page: str = ""
) -> list[WorkQueuePage]:
    """Return the work queues of this person's bodies, or of one body; with `only`, that one alone, by pages."""
    pages = []
    for queue in WORK_QUEUES:
        if only and queue.key != only:
            continue
        rows = queue.rows(user)
        if body is not None:
            rows = rows.filter(**{queue.body_path: body})
        rows = with_columns(rows, *queue.columns)
        pages.append(WorkQueuePage(queue, page_of(rows, A_PAGE if only else FIRST, page if only else "")))
    _note_open_updates(pages)
    return _as_known(pages, user, body)


def _as_known(pages: list[WorkQueuePage], user: User, body: Body | None) -> list[WorkQueuePage]:
    """Return the pages, those that are empty because nobody knows marked as such."""
    empty = [one for one in pages if one.queue.key in OF_WHAT_IS_KNOWN and not one.total]
    if not empty:
        return pages
    totals = {one.queue.key: one.total for one in pages}
    if "open" not in totals or "not-known" not in totals:
        rows = _everything(user) if body is None else _everything(user).filter(body=body)
        totals |= {"open": rows.followed_up().count(), "not-known": rows.not_known().count()}
    unknown = bool(totals["not-known"]) and not totals["open"]
    return [replace(one, sources_only=unknown) if one in empty else one for one in pages]


def _note_open_updates(pages: list[WorkQueuePage]) -> None:
    """Set `open_update`, the update begun but not published, on the assignments that are shown for writing, so that
    nobody is asked to begin what lies with the approver.
    """
    shown = [_assignment(row) for one in pages if one.queue.key in WRITTEN_FROM for row in one.rows]
    unpublished = Update.objects.of_any(shown).unpublished().only("state", "assignment")
    begun = {update.assignment_id: update for update in unpublished}
    for assignment in shown:
        assignment.open_update = begun.get(assignment.pk)  # type: ignore[attr-defined]  # for the template


def _assignment(row: Any) -> Assignment:
    assignment: Assignment = row if isinstance(row, Assignment) else row.assignment
    return assignment
