"""What an external respondent is asked for, by what there is to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from recommendations.lifecycle import UpdateState
from recommendations.models import Assignment, RespondentLink, Review, TargetChange, Update, UpdateRequest


@dataclass
class Item:
    """One recommendation that a body was asked about, and the state of its response."""

    assignment: Assignment
    requests: list[UpdateRequest] = field(default_factory=list)
    open_update: Update | None = None
    date_request: TargetChange | None = None

    @property
    def to_respond(self) -> bool:
        """Whether the body has not decided yet; a body that must only "have regard" is asked all the same."""
        return self.assignment.awaits_response

    @property
    def to_report(self) -> bool:
        """Whether an update is asked for and none is on its way."""
        return bool(self.requests) and (self.open_update is None or self.open_update.is_editable)

    @property
    def is_returned(self) -> bool:
        return self.open_update is not None and self.open_update.state == UpdateState.RETURNED

    @property
    def due_on(self) -> dt.date | None:
        """The earliest day by which something is asked for."""
        days = [request.review.due_on for request in self.requests] if self.to_report else []
        if self.to_respond and self.assignment.response_due_on is not None:
            days.append(self.assignment.response_due_on)
        return min(days, default=None)


def by_what_to_do(link: RespondentLink) -> dict[str, list[Any]]:
    """Return everything that a link opens, in six queries, what was sent to the body in error apart.

    `to_do` (a response or an update asked for, or one returned; the earliest due first), `others` still open, `not_known` of which only public sources tell,
    `handed_back` by the body's answer that it is for somebody else, `closed` by the committee, and the `reviews` that ask
    for more than one update, each with how many, and those `cancelled` lately that had asked; `in_error` what was lately found
    to have been sent in error.
    """
    own = Assignment.objects.standing().for_link(link)
    items = {one.pk: Item(one) for one in own.for_list().in_order()}
    for request in UpdateRequest.objects.unanswered().filter(assignment__in=items).for_list():
        items[request.assignment_id].requests.append(request)
    for update in Update.objects.unpublished().filter(assignment__in=items):
        items[update.assignment_id].open_update = update
    for change in TargetChange.objects.requested().filter(assignment__in=items):
        items[change.assignment_id].date_request = change
    had_asked = UpdateRequest.objects.filter(assignment__in=items)
    still_open = [item for item in items.values() if item.assignment.is_open]
    to_do = [item for item in still_open if item.to_respond or item.to_report or item.is_returned]
    asked = Counter(one.review for item in to_do if item.to_report for one in item.requests)
    return {
        "reviews": [(review, number) for review, number in asked.items() if number > 1],
        "in_error": list(Assignment.objects.for_link(link).lately_taken_back()),
        "cancelled": list(Review.objects.lately_cancelled().that_asked(had_asked)),
        "to_do": sorted(to_do, key=lambda item: item.due_on or dt.date.max),
        "others": [item for item in still_open if item not in to_do and not item.assignment.sources_only],
        "not_known": [item for item in still_open if item not in to_do and item.assignment.sources_only],
        "handed_back": [item for item in items.values() if item.assignment.is_disowned],
        "closed": [item for item in items.values() if item.assignment.is_closed],
    }
