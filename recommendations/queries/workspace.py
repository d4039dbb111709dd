"""What committee support has to do now, over all its committees, and what is missing in one inquiry.

Read from the kept state in a fixed number of queries, however much there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from committee.text import comparable
from recommendations.lifecycle import INQUIRY_TRANSITIONS, Role, Stage
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    Recommendation,
    Review,
    TargetChange,
    Update,
    Withholding,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.joins import with_columns
from recommendations.queries.my_work import (
    ABOUT,
    ABOUT_ASSIGNMENT,
    CLOCK,
    OLD_AND_NEW,
    SUBMITTED,
    WHERE_IT_STANDS,
)
from recommendations.queries.review_progress import Proposal, proposals
from recommendations.queries.withheld_records import to_decide

SOON = dt.timedelta(days=14)
"""A response is due soon in its last fortnight."""

MOST_SHOWN = 10
"""How many overdue assignments the workspace lists; the list of recommendations has them all."""

OF_AN_INQUIRY = ("recommendation__number", "recommendation__inquiry__title")
"""The columns of an assignment that lists of what an inquiry asks for show."""


@dataclass
class DueResponse:
    """The responses that one body owes to one inquiry, the earliest due first."""

    body: Body
    inquiry: Inquiry
    parts: list[Assignment] = field(default_factory=list)

    @property
    def numbers(self) -> list[str]:
        return [part.recommendation.number for part in self.parts]

    @property
    def clock(self) -> Any:
        """The response clock of the assignment that is due first."""
        return self.parts[0].response_clock

    @property
    def address(self) -> str:
        return answer_address(self.parts)


def answer_address(parts: Iterable[Assignment]) -> str:
    """Return the address of the page that records the body's responses."""
    return f"{reverse('record_response')}?{urlencode([('assignment', part.pk) for part in parts])}"


def due_responses(parts: Iterable[Assignment]) -> list[DueResponse]:
    """Return the assignments by inquiry and body, in the order they come."""
    groups: dict[tuple[int, int], DueResponse] = {}
    for part in parts:
        inquiry = part.recommendation.inquiry
        groups.setdefault((inquiry.pk, part.body_id), DueResponse(part.body, inquiry)).parts.append(part)
    return list(groups.values())


def none_awaited(parts: AssignmentQuerySet) -> str:
    """Return what stands where no response to any of these is awaited: of those of which only public sources tell, that what
    was answered is not known.
    """
    told = parts.filter(sources_only=False).exists()
    unknown = not told and parts.not_known().exists()
    return f"{absent_sentence('No response is awaited', 'What was answered is', sources_only=unknown)}."


@dataclass
class PendingNotice:
    """The assignments of one inquiry not yet sent to their bodies, or its recommendations addressed to no body."""

    inquiry: Inquiry
    rows: list[Any] = field(default_factory=list)


def _by_inquiry(rows: Iterable[Any], inquiry_of: Any) -> list[PendingNotice]:
    groups: dict[int, PendingNotice] = {}
    for row in rows:
        inquiry = inquiry_of(row)
        groups.setdefault(inquiry.pk, PendingNotice(inquiry)).rows.append(row)
    return list(groups.values())


@dataclass
class ToDo:
    """Everything that waits for committee support."""

    received: list[Update]
    """Updates by personal link from bodies without an approver, to publish or return."""
    dates: list[TargetChange]
    responses: list[DueResponse]
    unsent: list[PendingNotice]
    unaddressed: list[PendingNotice]
    reviews: list[Review]
    proposals: list[Proposal]
    withheld: list[Withholding]
    """What was taken off the record and waits for a second person, who is not the one who did it."""
    overdue: list[Assignment]
    overdue_count: int

    @property
    def is_nothing(self) -> bool:
        return not any(
            (
                self.received,
                self.dates,
                self.responses,
                self.unsent,
                self.unaddressed,
                self.reviews,
                self.proposals,
                self.withheld,
                self.overdue,
            )
        )


def to_do(user: User) -> ToDo:
    """Return what waits for this person's committees, in a fixed number of queries."""
    committees = user.bodies_as(Role.SCRUTINY_OFFICER)
    parts = Assignment.objects.of_committees(committees)
    overdue = parts.overdue().published().order_by("first_target_on", "id")
    received = Update.objects.received_by(user).on_standing_parts().undecided()
    dates = TargetChange.objects.waiting_for(user).order_by("asked_at", "id")
    return ToDo(
        received=list(with_columns(received, *SUBMITTED, *ABOUT_ASSIGNMENT)),
        dates=list(with_columns(dates, *OLD_AND_NEW, *ABOUT_ASSIGNMENT)),
        responses=due_responses(
            with_columns(parts.response_due_by(clock.today() + SOON), *OF_AN_INQUIRY, "body__name", *CLOCK)
        ),
        unsent=_by_inquiry(
            with_columns(parts.to_notify().followed_up().in_order(), *OF_AN_INQUIRY),
            lambda part: part.recommendation.inquiry,
        ),
        unaddressed=_by_inquiry(
            Recommendation.objects.of_committees(committees)
            .unaddressed()
            .without_owner_note()
            .select_related("inquiry"),
            lambda recommendation: recommendation.inquiry,
        ),
        reviews=list(Review.objects.run_by(user).open().for_list().order_by("due_on", "id")),
        proposals=proposals(user),
        withheld=to_decide(user),
        overdue=list(with_columns(overdue, *ABOUT, *WHERE_IT_STANDS)[:MOST_SHOWN]),
        overdue_count=overdue.count(),
    )


@dataclass(frozen=True)
class StageColumn:
    """The inquiries at one stage."""

    stage: Stage
    inquiries: list[Inquiry]


def by_stage(inquiries: Iterable[Inquiry]) -> list[StageColumn]:
    """Return the inquiries by stage, in the order of an inquiry's life, without empty stages."""
    rows = list(inquiries)
    found = [StageColumn(stage, [one for one in rows if one.stage == stage]) for stage in Stage]
    return [column for column in found if column.inquiries]


# ------------------------------------------------------------------ one inquiry


@dataclass(frozen=True)
class MissingItem:
    """Something an inquiry still lacks: a description, and where to add it."""

    words: str
    address: str = ""
    action: str = ""


def missing(
    inquiry: Inquiry, recommendations: list[Recommendation], findings: list[Any]
) -> list[MissingItem]:
    """Return what the inquiry lacks at its stage, the most pressing first. No queries: it takes what the page shows."""
    recommendations = [one for one in recommendations if one.withdrawn_at is None]
    parts = [part for one in recommendations for part in one.assignments.all() if part.is_followed_up]
    nobody = [
        one
        for one in recommendations
        if one.is_followed_up
        and not one.owner_note
        and all(part.is_disowned for part in one.assignments.all())
    ]
    drafts = [one for one in recommendations if not one.is_public and inquiry.is_public]
    leaderless = [
        one
        for one in recommendations
        if one.is_followed_up
        and one.assignments.all()
        and not any(part.is_lead for part in one.assignments.all())
    ]
    undated = [part for part in parts if part.first_target_on is None]
    unsent = [part for part in parts if part.notified_on is None and part.recommendation.is_public]
    late = [part for part in parts if part.is_response_late_on(clock.today())]
    new = reverse("new_recommendation", args=[inquiry.pk])
    found = []
    if not inquiry.scope:
        found.append(
            MissingItem(
                "What the committee is looking into is not entered",
                reverse("edit_inquiry", args=[inquiry.pk]),
                "Enter it",
            )
        )
    if not findings and inquiry.stage != Stage.SCOPING:
        found.append(
            MissingItem(
                "There are no findings on record", reverse("new_finding", args=[inquiry.pk]), "Add a finding"
            )
        )
    if not recommendations and inquiry.stage not in (Stage.SCOPING, Stage.EVIDENCE):
        found.append(MissingItem("There are no recommendations", new, "Add a recommendation"))
    for one in drafts:
        found.append(
            MissingItem(
                f"Recommendation {one.number} is a draft",
                reverse("publish_recommendation", args=[one.pk]),
                "Publish it",
            )
        )
    for one in nobody:
        handed_back = ": every body answered that it is for somebody else" if one.assignments.all() else ""
        found.append(
            MissingItem(
                f"Recommendation {one.number} is addressed to nobody{handed_back}",
                reverse("address", args=[one.pk]),
                "Address it",
            )
        )
    for one in leaderless:
        found.append(
            MissingItem(
                f"No body leads on recommendation {one.number}", f"#recommendation-{one.pk}", "See it"
            )
        )
    if undated:
        numbers = list(dict.fromkeys(part.recommendation.number for part in undated))
        found.append(
            MissingItem(
                f"{plural(len(undated), 'part has', 'parts have')} no first date (recommendation{_s(numbers)} {', '.join(numbers)})"
            )
        )
    if unsent and inquiry.is_public:
        found.append(
            MissingItem(
                f"{plural(len(unsent), 'notice is', 'notices are')} not sent",
                reverse("send_notices", args=[inquiry.pk]),
                "Send notices",
            )
        )
    for debt in due_responses(late):
        found.append(
            MissingItem(f"The response of {debt.body.name} is late", debt.address, "Record the response")
        )
    return found


def body_to_ask_instead(assignment: Assignment) -> Body | None:
    """Return the body that the owning body named where it answered that the recommendation is for somebody else.

    It is the known one with the longest name among the words of the reason and the response that has no part of the
    recommendation yet; None if there is none, or the body did not answer so.
    """
    answer = assignment.responses.standing().order_by(*rules.LATEST_RESPONSE).first()
    if answer is None or not assignment.is_disowned:
        return None
    words = f" {comparable(f'{answer.reason} {answer.text}')} "
    taken = assignment.recommendation.assignments.standing().values("body")
    named = [
        (len(name), body)
        for body in Body.objects.existing().exclude(pk__in=taken).order_by("sort_key", "pk")
        for name in (body.name, body.short_name)
        if name and f" {comparable(name)} " in words.replace(".", " ").replace(",", " ")
    ]
    return max(named, key=lambda one: one[0])[1] if named else None


def next_stages(inquiry: Inquiry) -> list[Stage]:
    """Return the stages this inquiry may go to, in the order of an inquiry's life."""
    return [stage for stage in Stage if (inquiry.stage, stage) in INQUIRY_TRANSITIONS]


def review_title(inquiry: Inquiry | None, on: dt.date) -> str:
    """Return a proposal for a review's title: the months since the report to the nearest half-year, such as "6-month review"."""
    if inquiry is None or inquiry.published_on is None:
        return f"Review of {on:%B %Y}"
    months = (on.year - inquiry.published_on.year) * 12 + on.month - inquiry.published_on.month
    return f"{max(6, 6 * round(months / 6))}-month review"


def _s(rows: list[Any]) -> str:
    return "" if len(rows) == 1 else "s"
