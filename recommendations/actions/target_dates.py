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
from recommendations.lifecycle.events import target_change_order
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
        _check_other_date(change, other_date, note, present=change.assignment.target_on)
        change.new_date, change.asked_date = other_date, asked
    meeting = _sitting(committee, change, meeting, committee.dates_agreed_by)
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


def _check_other_date(change: TargetChange, date: dt.date, note: str, *, present: dt.date | None) -> None:
    """Raise ActionDenied unless the committee can agree this date in place of the one asked for and of the `present` one."""
    if date == change.new_date:
        raise ActionDenied("This is the date that was asked for. Select “Agreed” to agree it", "other_date")
    if date == present:
        raise ActionDenied("This is the present date. Select “Refused” to keep it", "other_date")
    first = change.assignment.first_target_on
    if first is not None and date < first:
        raise ActionDenied(f"Enter {long_date(first)}, the first date, or a later one", "other_date")
    if not clean_text(note):
        raise ActionDenied("Enter why another date was agreed than the one asked for", "note")


def _sitting(
    committee: Body, change: TargetChange, meeting: Meeting | None, decided_as: str
) -> Meeting | None:
    """Return the meeting, locked. Raise ActionDenied unless a date can have been decided at it, or without one.

    Committees want a later date to be asked for and agreed before it counts (practice: Herefordshire 2017, North Devon
    2022).
    """
    if meeting is None:
        if decided_as == DatesAgreedBy.MEETING:
            raise ActionDenied(f"Select the meeting at which the {committee.name} decided", "meeting")
        return None
    meeting = check_sitting(meeting)
    sitting = change.assignment.recommendation.inquiry.committee_on(meeting.held_on)
    if meeting.body_id != sitting.pk:
        raise ActionDenied(f"Select a meeting of the {sitting.name}", "meeting")
    if meeting.held_on < timezone.localdate(change.asked_at):
        raise ActionDenied("Select a meeting on or after the day the new date was asked for", "meeting")
    return meeting


# ------------------------------------------------------------------ in the place of a decision recorded in error


def decide_in_place(
    *,
    by: User,
    corrects: TargetChange,
    agreed: bool,
    decided_as: str,
    note: str = "",
    meeting: Meeting | None = None,
    decided_on: dt.date | None = None,
    other_date: dt.date | None = None,
) -> TargetChange:
    """Record the right decision on the request of an entry of the ledger that was recorded in error, which stays.

    As `decide_new_date`, with who decided, and on which day where that was between meetings.
    """
    if corrects.is_imported:
        raise ActionDenied(
            "This date comes from a tracker, which does not say who asked for it or decided on it. Select that there was no"
            " such decision; the body then asks for the right date"
        )
    right = _asked_again(corrects)
    committee = corrects.assignment.recommendation.inquiry.committee
    if not agreed and not clean_text(note):
        raise ActionDenied("Enter why the new date was refused", "note")
    if agreed and other_date is not None:
        _check_other_date(right, other_date, note, present=right.old_date)
        right.new_date, right.asked_date = other_date, right.new_date
    right.meeting = _sitting(committee, right, meeting, decided_as)
    right.decided_day = None if meeting is not None else _check_day(right, decided_on)
    right.state = TargetState.AGREED if agreed else TargetState.REFUSED
    right.decided_at, right.decided_by = clock.now(), by
    _check_before_what_followed(corrects, right)
    save(right, decided_as=decided_as, decision_note=note)
    return right


def wait_again(corrects: TargetChange) -> TargetChange | None:
    """Let the request wait for a decision on which none was taken; a tracker's entry is no request, and nothing follows it.

    It asks to move the date that stands without the wrong decision: the first date may have been corrected since, or a later
    one agreed. Raise ActionDenied where another request was still waiting as the committee closed the part.
    """
    if corrects.is_imported:
        return None
    if corrects.assignment.target_changes.undecided().exists():
        raise ActionDenied(
            "Another new date had been asked for when the committee closed this, and two can’t wait at once. Enter what was"
            " decided on this one instead"
        )
    right = _asked_again(corrects)
    stands = _date_without(corrects)
    if stands is not None and stands != right.new_date:
        right.old_date = stands
    save(right)
    return right


def _date_without(change: TargetChange) -> dt.date | None:
    """Return the date of the part as it is without this decision."""
    others = change.assignment.target_changes.agreed().exclude(pk=change.pk).select_related("meeting")
    agreed = sorted(others, key=target_change_order)
    return agreed[-1].new_date if agreed else change.assignment.first_target_on


def _asked_again(change: TargetChange) -> TargetChange:
    """Return the request as the body made it, not saved."""
    return TargetChange(
        assignment=change.assignment,
        old_date=change.old_date,
        new_date=change.date_asked_for,
        reason=change.reason,
        asked_at=change.asked_at,
        asked_by=change.asked_by,
    )


def _check_day(change: TargetChange, day: dt.date | None) -> dt.date:
    """Return the day of a decision between meetings. Raise ActionDenied where it can't have been taken then."""
    if day is None:
        raise ActionDenied("Enter the day of the decision, or select the meeting", "decided_on")
    if day > clock.today():
        raise ActionDenied("Enter the day of the decision: today or earlier", "decided_on")
    if day < timezone.localdate(change.asked_at):
        raise ActionDenied("Enter the day on which the new date was asked for, or a later one", "decided_on")
    return day


def _check_before_what_followed(corrects: TargetChange, right: TargetChange) -> None:
    """Raise ActionDenied unless the right decision comes before the next one on this part, which counts after it."""
    others = corrects.assignment.target_changes.standing().exclude(pk=corrects.pk).select_related("meeting")
    later = [one for one in others if target_change_order(one) > target_change_order(corrects)]
    for one in sorted(later, key=target_change_order)[:1]:
        if right.decided_on is not None and one.decided_on is not None and right.decided_on >= one.decided_on:
            raise ActionDenied(
                f"The next new date was decided on {long_date(one.decided_on)}. Enter an earlier day",
                "meeting" if right.meeting is not None else "decided_on",
            )
