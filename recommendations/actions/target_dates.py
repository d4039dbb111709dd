"""Ask for new target dates and record what the committee decided on them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text
from recommendations.actions.assignments import check_asked
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.meetings import check_sitting
from recommendations.actions.personal_data import check_words
from recommendations.actions.recompute import recompute_assignment
from recommendations.lifecycle import (
    TARGET_TRANSITIONS,
    DatesAgreedBy,
    TargetState,
    can_transition,
)
from recommendations.models import Assignment, Body, Meeting, TargetChange
from recommendations.permissions import Right, require

# ------------------------------------------------------------------ the slippage ledger


@action
def request_new_date(
    *,
    by: User,
    assignment: Assignment,
    new_date: dt.date,
    reason: str,
    looked_at: bool = False,
) -> TargetChange:
    """Ask the committee for a new date. The present one counts until the request is agreed."""
    require(by, Right.LOG_UPDATE, assignment)
    assignment = lock(assignment)
    check_new_date(assignment, new_date, reason)
    check_words(looked_at, reason=reason)
    return ask_for_new_date(assignment, by, new_date, reason)


def check_new_date(assignment: Assignment, new_date: dt.date, reason: str) -> None:
    check_asked(assignment, "The committee has closed this recommendation, so its date stays")
    if assignment.target_on is None:
        raise ActionDenied("There is no date to change yet. Committee support sets the first one")
    if not clean_text(reason):
        raise ActionDenied("Enter why a new date is needed", "reason")
    if new_date == assignment.target_on:
        raise ActionDenied("Enter a date other than the present one", "new_date")
    if new_date < clock.today():
        raise ActionDenied("Enter a date that is still to come", "new_date")
    if assignment.target_changes.requested().exists():
        raise ActionDenied("A new date has already been asked for and waits for a decision")


def ask_for_new_date(assignment: Assignment, by: User, new_date: dt.date, reason: str) -> TargetChange:
    change = TargetChange(assignment=assignment, asked_by=by, asked_at=clock.now())
    save(change, old_date=assignment.target_on, new_date=new_date, reason=reason)
    return change


@action
def decide_new_date(
    *,
    by: User,
    change: TargetChange,
    agreed: bool,
    note: str = "",
    meeting: Meeting | None = None,
    other_date: dt.date | None = None,
    looked_at: bool = False,
) -> TargetChange:
    """Record that a new date was agreed or refused, by whoever agrees dates for this committee.

    That is the committee at a meeting (then the meeting is needed), its chair, or its scrutiny officer under
    delegation. If agreed, it becomes an entry of the ledger and the assignment's date; the first date stays visible. With
    `other_date` that date is agreed instead of the one asked for, which stays in the ledger. A refusal, and another date
    than the one asked for, need a note.
    """
    require(by, Right.DECIDE_DATES, change)
    change = lock(change)
    committee = change.assignment.recommendation.inquiry.committee
    to = TargetState.AGREED if agreed else TargetState.REFUSED
    if not can_transition(TARGET_TRANSITIONS, change.state, to):
        raise ActionDenied("This request was already decided")
    if change.assignment.withdrawn_at is not None:
        raise ActionDenied("Nothing is asked of this body any more, so no date has to be decided")
    if not agreed and not clean_text(note):
        raise ActionDenied("Enter why the new date was refused", "note")
    check_words(looked_at, note=note)
    asked = change.new_date
    if agreed and other_date is not None:
        _check_other_date(change, other_date, note)
        change.new_date, change.asked_date = other_date, asked
    meeting = _sitting(committee, change, meeting)
    save(
        change,
        state=to,
        decided_by=by,
        decided_at=clock.now(),
        decided_as=committee.dates_agreed_by,
        decision_note=note,
        meeting=meeting,
    )
    recompute_assignment(lock(change.assignment))
    return change


def _check_other_date(change: TargetChange, date: dt.date, note: str) -> None:
    """Raise ActionDenied unless the committee can agree this date in place of the one asked for."""
    if date == change.new_date:
        raise ActionDenied("This is the date that was asked for. Select “Agreed” to agree it", "other_date")
    if date == change.old_date:
        raise ActionDenied("This is the present date. Select “Refused” to keep it", "other_date")
    first = change.assignment.first_target_on
    if first is not None and date < first:
        raise ActionDenied(f"Enter {long_date(first)}, the first date, or a later one", "other_date")
    if not clean_text(note):
        raise ActionDenied("Enter why another date was agreed than the one asked for", "note")


def _sitting(committee: Body, change: TargetChange, meeting: Meeting | None) -> Meeting | None:
    """Return the meeting, locked. Raise ActionDenied unless a date can have been decided at it, or without one.

    Committees want a later date to be asked for and agreed before it counts (practice: Herefordshire 2017, North Devon
    2022).
    """
    if meeting is None:
        if committee.dates_agreed_by == DatesAgreedBy.MEETING:
            raise ActionDenied(f"Select the meeting at which the {committee.name} decided", "meeting")
        return None
    meeting = check_sitting(meeting)
    sitting = change.assignment.recommendation.inquiry.committee_on(meeting.held_on)
    if meeting.body_id != sitting.pk:
        raise ActionDenied(f"Select a meeting of the {sitting.name}", "meeting")
    if meeting.held_on < timezone.localdate(change.asked_at):
        raise ActionDenied("Select a meeting on or after the day the new date was asked for", "meeting")
    return meeting
