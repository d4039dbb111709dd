"""The committee's verdicts."""

from __future__ import annotations

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import NotPossible, action, clean_text, lock
from recommendations.actions.state import refresh_recommendation
from recommendations.lifecycle import (
    CLOSING,
    GRADES_FOR_OUTCOME,
    OUTCOMES_WHEN_CLOSED,
    OUTCOMES_WHEN_OPEN,
    Grade,
    MeetingState,
    Outcome,
)
from recommendations.models import Assessment, Assignment, Meeting, Recommendation
from recommendations.permissions import Right, require


@action
def assess(
    *,
    by: User,
    recommendation: Recommendation,
    meeting: Meeting,
    grade: str,
    outcome: str,
    comment: str = "",
    assignment: Assignment | None = None,
) -> Assessment:
    """Record the committee's verdict, on one body's part or on the whole recommendation.

    Only this closes, reopens, drops or escalates. Raises NotPossible for a meeting of another body, one still to
    come or cancelled; for an outcome that does not fit the grade or the present state; and without a comment
    where the public would ask why.
    """
    require(by, Right.ASSESS, recommendation)
    recommendation = lock(recommendation)
    if assignment is not None and assignment.recommendation_id != recommendation.pk:
        raise NotPossible("Select a body that this recommendation is addressed to", "assignment")
    _check_meeting(recommendation, meeting)
    subject = assignment or recommendation
    allowed = OUTCOMES_WHEN_OPEN if subject.is_open else OUTCOMES_WHEN_CLOSED
    if outcome not in allowed:
        state = "open" if subject.is_open else "closed"
        raise NotPossible(
            f"This is {state}. Select one of: {', '.join(str(o.label) for o in allowed)}", "outcome"
        )
    if grade not in GRADES_FOR_OUTCOME[outcome]:
        raise NotPossible(
            f"“{Outcome(outcome).label}” does not go with the grade “{Grade(grade).label}”. Change one of them",
            "outcome",
        )
    needs_comment = outcome in (Outcome.ESCALATE, Outcome.REOPEN) or (
        outcome in CLOSING and outcome != Outcome.CLOSE_IMPLEMENTED
    )
    if needs_comment and not clean_text(comment):
        raise NotPossible("Enter the committee's reason", "comment")
    assessment = Assessment.objects.create(
        recommendation=recommendation,
        assignment=assignment,
        meeting=meeting,
        grade=grade,
        outcome=outcome,
        comment=clean_text(comment),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    refresh_recommendation(recommendation)
    return assessment


def _check_meeting(recommendation: Recommendation, meeting: Meeting) -> None:
    committee = recommendation.inquiry.committee
    if meeting.body_id != committee.pk:
        raise NotPossible(f"Select a meeting of the {committee.name}", "meeting")
    if meeting.state == MeetingState.CANCELLED:
        raise NotPossible("This meeting was cancelled. Select another", "meeting")
    if meeting.held_on > clock.today():
        raise NotPossible(
            "This meeting is still to come. Record the verdict on the day or afterwards", "meeting"
        )
