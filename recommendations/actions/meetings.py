"""Add, edit and move meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, claim_version, lock, save
from recommendations.lifecycle import MEETING_TRANSITIONS, MeetingState, can_transition
from recommendations.models import Body, Meeting
from recommendations.permissions import Right, require


@action
def add_meeting(*, by: User, body: Body, held_on: dt.date, **details: Any) -> Meeting:
    """Add a meeting of a body: planned, or held if its day is past."""
    require(by, Right.EDIT_MEETINGS, body)
    state = MeetingState.HELD if held_on < clock.today() else MeetingState.PLANNED
    meeting = Meeting()
    save(meeting, body=body, held_on=held_on, state=state, **details)
    return meeting


@action
def edit_meeting(*, by: User, meeting: Meeting, version: int | None = None, **details: Any) -> Meeting:
    """Change a meeting's day, title, place or agenda.

    Raise EditConflict, and ActionDenied for another day of a meeting on which business hangs, and for a day to come of
    one that was held.
    """
    require(by, Right.EDIT_MEETINGS, meeting)
    meeting = claim_version(meeting, version)
    held_on = details.get("held_on", meeting.held_on)
    if held_on != meeting.held_on:
        for fact in meeting.business():
            raise ActionDenied(
                f"{fact}, so its date stays. If the body met on another day, add that meeting beside this one",
                "held_on",
            )
        if meeting.state == MeetingState.HELD and held_on > clock.today():
            raise ActionDenied(
                "This meeting was held. Enter the day it was held: today or earlier", "held_on"
            )
    save(meeting, **details)
    return meeting


def lock_meeting(meeting: Meeting, field: str | None = "meeting") -> Meeting:
    """Return the meeting as it is in the database, locked so that nobody moves or cancels it meanwhile.

    Raise ActionDenied, with this form field, for one that was cancelled.
    """
    locked: Meeting = lock(meeting)
    if locked.state == MeetingState.CANCELLED:
        raise ActionDenied("This meeting was cancelled. Select another", field)
    return locked


def check_sitting(meeting: Meeting, field: str | None = "meeting") -> Meeting:
    """Return the meeting as `lock_meeting` does. Raise ActionDenied also for one still to come: nothing was decided
    at it.
    """
    locked = lock_meeting(meeting, field)
    if locked.held_on > clock.today():
        raise ActionDenied(
            "This meeting is still to come. Record what it decided on the day or afterwards", field
        )
    return locked


@action
def move_meeting(*, by: User, meeting: Meeting, to: str, version: int | None = None) -> Meeting:
    """Record that a meeting was held or cancelled. Raise ActionDenied for a transition that the table does not
    allow, and for cancelling one on which business hangs.
    """
    require(by, Right.EDIT_MEETINGS, meeting)
    meeting = claim_version(meeting, version)
    if not can_transition(MEETING_TRANSITIONS, meeting.state, to):
        raise ActionDenied(f"A meeting that is {meeting.get_state_display().lower()} can't become {to}")
    if to == MeetingState.HELD and meeting.held_on > clock.today():
        raise ActionDenied("The meeting is still to come. Change its date first if it was held earlier")
    if to == MeetingState.CANCELLED:
        for fact in meeting.business():
            raise ActionDenied(
                f"{fact}, so it can’t be cancelled. If the body met on another day, add that meeting beside this one"
            )
    save(meeting, state=to)
    return meeting
