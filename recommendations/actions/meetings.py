"""Add, edit and move meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.text import get_text_list

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, claim_version, lock, save
from recommendations.actions.filing import filed_anew, hangs_on, locked
from recommendations.actions.personal_data import check_words
from recommendations.lifecycle import MEETING_TRANSITIONS, DayPrecision, MeetingState, can_transition
from recommendations.lifecycle.clocks import end_of_month
from recommendations.models import Body, Correction, Meeting
from recommendations.permissions import Right, require


@action
def add_meeting(
    *,
    by: User,
    body: Body,
    held_on: dt.date,
    month_only: bool = False,
    only_announced: bool = False,
    **details: Any,
) -> Meeting:
    """Add a meeting of a body: planned, or held if its day is past.

    With `month_only` its day is not known, only the month of `held_on`: nothing can be recorded as decided at it. One of
    the past that public sources announced, and of which they do not say that it took place, is `only_announced`.
    """
    require(by, Right.EDIT_MEETINGS, body)
    when = _on(held_on, month_only)
    state = MeetingState.PLANNED
    if when["held_on"] < clock.today():
        state = MeetingState.NOT_KNOWN if only_announced else MeetingState.HELD
    meeting = Meeting()
    save(meeting, body=body, state=state, **when, **details)
    return meeting


def _on(held_on: dt.date, month_only: bool) -> dict[str, Any]:
    """Return the columns of a meeting for its day, or for its month where the day is not known."""
    if month_only:
        return {"held_on": end_of_month(held_on), "day_precision": DayPrecision.MONTH}
    return {"held_on": held_on, "day_precision": DayPrecision.DAY}


@action
def edit_meeting(*, by: User, meeting: Meeting, version: int | None = None, **details: Any) -> Meeting:
    """Change a meeting's day, title, place or agenda. What was decided at one of which the day becomes known is filed under it.

    Raise EditConflict, and ActionDenied for another day of a meeting on which business hangs, and for a day to come of
    one that was held.
    """
    require(by, Right.EDIT_MEETINGS, meeting)
    # Where only the month was known, its day says in which order counts what was decided at it.
    recommendations = [] if meeting.has_day else locked(hangs_on(meeting))
    meeting = claim_version(meeting, version)
    if "held_on" in details or "month_only" in details:
        held_on = details.pop("held_on", meeting.held_on)
        details |= _on(held_on, details.pop("month_only", not meeting.has_day))
    held_on = details.get("held_on", meeting.held_on)
    if (held_on, details.get("day_precision", meeting.day_precision)) != (
        meeting.held_on,
        meeting.day_precision,
    ):
        for fact in () if _is_its_day(meeting, details) else meeting.business():
            raise ActionDenied(
                f"{fact}, so its date stays. If it was typed wrong, correct it; if the body met on another day, add that"
                " meeting beside this one",
                "held_on",
            )
        if meeting.state == MeetingState.HELD and held_on > clock.today():
            raise ActionDenied(
                "This meeting was held. Enter the day it was held: today or earlier", "held_on"
            )
    with filed_anew(recommendations):
        save(meeting, **details)
    return meeting


def _is_its_day(meeting: Meeting, details: dict[str, Any]) -> bool:
    """Return whether the details name the day of a meeting of which only the month was known."""
    held_on = details.get("held_on", meeting.held_on)
    same_month = (held_on.year, held_on.month) == (meeting.held_on.year, meeting.held_on.month)
    return not meeting.has_day and same_month and details.get("day_precision") == DayPrecision.DAY


def lock_meeting(meeting: Meeting, field: str | None = "meeting") -> Meeting:
    """Return the meeting as it is in the database, locked so that nobody moves or cancels it meanwhile.

    Raise ActionDenied, with this form field, for one that was cancelled.
    """
    locked: Meeting = lock(meeting)
    if locked.state == MeetingState.CANCELLED:
        raise ActionDenied("This meeting was cancelled. Select another", field)
    return locked


def check_sitting(meeting: Meeting, field: str | None = "meeting") -> Meeting:
    """Return the meeting as `lock_meeting` does. Raise ActionDenied also for one still to come, at which nothing was
    decided, and for one of which it is not known when it was held, or whether.
    """
    locked = lock_meeting(meeting, field)
    if not locked.has_day or locked.state == MeetingState.NOT_KNOWN:
        raise ActionDenied(
            "It is not known on which day this meeting was held. Enter its day, or select another meeting",
            field,
        )
    if locked.held_on > clock.today():
        raise ActionDenied(
            "This meeting is still to come. Record what it decided on the day or afterwards", field
        )
    return locked


@action
def move_meeting(
    *,
    by: User,
    meeting: Meeting,
    to: str,
    reason: str = "",
    version: int | None = None,
    looked_at: bool = False,
) -> Meeting:
    """Record that a meeting was held or cancelled, or plan it again; one that was recorded as held in error with a reason,
    which stays as a correction.

    Raise ActionDenied for a transition that the table does not allow, for cancelling one on which business hangs, for planning
    one again at which something was done, and without that reason. Papers that were released stay released, and don't stand in the
    way.
    """
    require(by, Right.EDIT_MEETINGS, meeting)
    meeting = claim_version(meeting, version)
    if not can_transition(MEETING_TRANSITIONS, meeting.state, to):
        raise ActionDenied(f"A meeting that is {meeting.get_state_display().lower()} can't become {to}")
    if to in (MeetingState.HELD, MeetingState.NOT_KNOWN) and meeting.held_on > clock.today():
        raise ActionDenied("The meeting is still to come. Change its date first if it was held earlier")
    if to == MeetingState.CANCELLED:
        for fact in meeting.business():
            raise ActionDenied(
                f"{fact}, so it can’t be cancelled. If the body met on another day, add that meeting beside this one"
            )
    if to == MeetingState.PLANNED and meeting.state == MeetingState.HELD:
        done = meeting.keeps_held()
        if done:
            raise ActionDenied(stays_held(done))
        if not clean_text(reason):
            raise ActionDenied("Enter why this meeting is planned again", "reason")
    if to == MeetingState.PLANNED and clean_text(reason):
        check_words(looked_at, reason=reason)
        _keep_why_planned_again(by, meeting, reason)
    save(meeting, state=to)
    return meeting


def stays_held(done: Sequence[str]) -> str:
    """Return the sentence that says what stands in the way of planning a meeting again that was recorded as held: `done` is what
    was done at it, see `keeps_held`.
    """
    first, *others = done
    facts = get_text_list([first, *(f"{fact[:1].lower()}{fact[1:]}" for fact in others)], "and")
    return f"{facts}, so it stays recorded as held. If that was recorded in error, correct it first"


def _keep_why_planned_again(by: User, meeting: Meeting, reason: str) -> None:
    """Record that it was recorded in error as what it is now, and why."""
    correction = Correction(meeting=meeting, corrected_by=by, corrected_at=clock.now())
    states = {"before": {"state": meeting.state}, "after": {"state": MeetingState.PLANNED.value}}
    save(correction, reason=reason, **states)
