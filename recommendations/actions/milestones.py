"""Add, tick and remove the milestones of an assignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from recommendations.actions.assignments import check_asked, check_stands
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.models import Assignment, Milestone, Update
from recommendations.permissions import Right, require


def tick_milestones_of(update: Update) -> None:
    """Tick the milestones that the update reports as done: on the day it is as at, by its submitter.

    One that was ticked meanwhile keeps its day.
    """
    for milestone in update.steps_done.select_for_update().filter(done_on__isnull=True):
        milestone.version += 1
        save(milestone, done_on=update.as_at, done_by=update.submitted_by)


# ------------------------------------------------------------------ milestones


@action
def add_milestone(
    *, by: User, assignment: Assignment, words: str, due_on: dt.date | None = None
) -> Milestone:
    """Add a milestone to the body's plan."""
    require(by, Right.LOG_UPDATE, assignment)
    check_asked(assignment, "The committee has closed this recommendation")
    milestone = Milestone(assignment=assignment)
    save(milestone, words=words, due_on=due_on)
    return milestone


@action
def tick_milestones(
    *, by: User, assignment: Assignment, done: Sequence[int], before: Sequence[int] | None = None
) -> None:
    """Record that the milestones with these ids are done, and no others.

    With `before`, the ids that were ticked when the page was opened, only what was ticked or unticked since then is
    changed, so that two people who tick different milestones do not undo each other. Raise ActionDenied where the
    assignment does not stand any more.
    """
    require(by, Right.LOG_UPDATE, assignment)
    check_stands(lock(assignment))
    for milestone in assignment.milestones.select_for_update():
        is_done = milestone.pk in done
        if before is not None and is_done == (milestone.pk in before):
            continue
        if is_done == (milestone.done_on is not None):
            continue
        milestone.version += 1
        save(milestone, done_on=clock.today() if is_done else None, done_by=by if is_done else None)


@action
def remove_milestone(*, by: User, milestone: Milestone) -> None:
    """Remove a milestone that is not done and no longer planned. Raise ActionDenied also where its assignment does not
    stand any more.
    """
    require(by, Right.LOG_UPDATE, milestone)
    check_stands(lock(milestone.assignment))
    if milestone.done_on is not None:
        raise ActionDenied("This step is done, so it stays")
    milestone.delete()
