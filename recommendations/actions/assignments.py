"""Address recommendations to owning bodies, and edit or withdraw assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import (
    ActionDenied,
    action,
    claim_version,
    in_row,
    lock,
    save,
)
from recommendations.actions.recompute import recompute_recommendation
from recommendations.models import (
    Assignment,
    Body,
    Post,
    Recommendation,
)
from recommendations.permissions import Right, require


@action
def address(
    *,
    by: User,
    recommendation: Recommendation,
    body: Body,
    is_lead: bool = True,
    post: Post | None = None,
    deliverer: str = "",
    first_target_on: dt.date | None = None,
) -> Assignment:
    """Address a recommendation to an owning body.

    Raise ActionDenied for an abolished body, a post of another body, and a closed recommendation.
    """
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = lock(recommendation)
    if recommendation.withdrawn_at is not None:
        raise ActionDenied("The recommendation was withdrawn, so nobody is asked to act on it")
    if not recommendation.is_open:
        raise ActionDenied("The recommendation is closed. The committee has to reopen it first")
    # Locked, so that nobody ends the body meanwhile and leaves an assignment to a body that is gone.
    if not lock(body).exists_on(clock.today()):
        raise ActionDenied("Select a body that still exists", "body")
    _check_post(body, post)
    assignment = Assignment()
    save(
        assignment,
        recommendation=recommendation,
        body=body,
        is_lead=is_lead,
        post=post,
        deliverer=deliverer,
        first_target_on=first_target_on,
        target_on=first_target_on,
        created_at=clock.now(),
        sources_only=recommendation.inquiry.is_from_public_sources,
    )
    if assignment.sources_only:
        recompute_recommendation(recommendation)
    return assignment


@action
def address_to_several(
    *, by: User, recommendation: Recommendation, parts: Sequence[dict[str, Any]]
) -> list[Assignment]:
    """Address a recommendation to several bodies, to all or to none.

    Each item of `parts` holds what `address` takes; ActionDenied names the one it is about.
    """
    if not parts:
        raise ActionDenied("Select a body")
    assignments = []
    for number, part in enumerate(parts):
        with in_row(number):
            assignments.append(address(by=by, recommendation=recommendation, **part))
    return assignments


@action
def edit_assignment(
    *,
    by: User,
    assignment: Assignment,
    version: int | None = None,
    is_lead: bool,
    post: Post | None,
    deliverer: str,
    first_target_on: dt.date | None,
) -> Assignment:
    """Change lead, post or deliverer; set the first date if there is none.

    Once set, the first date stays: a new date is asked for and agreed (see `target_dates.request_new_date`). Raise
    EditConflict, and ActionDenied for a part that was addressed in error.
    """
    require(by, Right.EDIT_INQUIRY, assignment)
    assignment = claim_version(assignment, version)
    if assignment.withdrawn_at is not None:
        raise ActionDenied("This was addressed to the body in error, so nothing of its part changes any more")
    _check_post(assignment.body, post)
    if assignment.first_target_on is None:
        assignment.first_target_on = assignment.target_on = first_target_on
        assignment.first_target_set_at = clock.now() if first_target_on else None
    elif first_target_on != assignment.first_target_on:
        raise ActionDenied(
            "The first date stays. Ask for a new date instead, so that the change is on the record",
            "first_target_on",
        )
    save(assignment, is_lead=is_lead, post=post, deliverer=deliverer)
    return assignment


@action
def withdraw_assignment(*, by: User, assignment: Assignment) -> None:
    """Withdraw an assignment made by mistake. Raise ActionDenied once it is on the public record: from then on it is
    corrected (see `corrections.correct_addressee`).
    """
    require(by, Right.EDIT_INQUIRY, assignment)
    assignment = lock(assignment)
    if assignment.recommendation.is_public:
        raise ActionDenied(
            "The recommendation is public, so correct whom it is addressed to, with the reason"
        )
    assignment.citations.all().delete()
    assignment.milestones.all().delete()
    assignment.delete()


def check_asked(assignment: Assignment, closed: str) -> None:
    """Raise ActionDenied where nothing is asked of the body, with the sentence `closed` if the committee has closed it."""
    if not assignment.is_open:
        raise ActionDenied(assignment.why_nothing_is_asked or closed)


def check_stands(assignment: Assignment) -> None:
    """Raise ActionDenied for an assignment addressed in error, or of a recommendation that was withdrawn."""
    if assignment.withdrawn_at is not None:
        raise ActionDenied(assignment.why_nothing_is_asked)


def _check_post(body: Body, post: Post | None) -> None:
    if post is not None and post.body_id != body.pk:
        raise ActionDenied("Select a post of this body", "post")
