"""Record the committee's verdicts."""

from __future__ import annotations

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, EditConflict, action, lock
from recommendations.actions.inquiries import resume_monitoring
from recommendations.actions.recompute import recompute_recommendation
from recommendations.actions.successions import pass_on_reopened
from recommendations.lifecycle import (
    CLOSING,
    GRADES_FOR_OUTCOME,
    OUTCOMES_WHEN_CLOSED,
    OUTCOMES_WHEN_OPEN,
    Grade,
    MeetingState,
    Outcome,
)
from recommendations.lifecycle.state import closing_verdict, verdict_order
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
    seen: int | None = None,
) -> Assessment:
    """Record the committee's verdict, on one assignment or on the whole recommendation.

    Only this closes, reopens, drops or escalates. What is reopened after its body ended is transferred to the
    successor, and a concluded inquiry is monitored again.

    `seen` is the id of the last verdict that the person saw (0 for none, None to skip the check). Raise EditConflict
    with the newer verdict if another was recorded meanwhile, so that two people in one room do not record the same item
    twice. Raise ActionDenied for a meeting of another body, one in the future or cancelled; for an outcome that does
    not fit the grade or the state at the meeting; and without a comment where the public would ask why.
    """
    require(by, Right.ASSESS, recommendation)
    recommendation = lock(recommendation)
    if assignment is not None:
        assignment = lock(assignment)
        if assignment.recommendation_id != recommendation.pk:
            raise ActionDenied("Select a body that this recommendation is addressed to", "assignment")
    _check_meeting(recommendation, meeting)
    if grade not in Grade.values:
        raise ActionDenied("Select how the committee grades what was done", "grade")
    if outcome not in Outcome.values:
        raise ActionDenied("Select what the committee decided", "outcome")
    if assignment is None:
        _check_whole(recommendation)
    _check_seen(recommendation, assignment, seen)
    _check_outcome(recommendation, assignment, meeting, outcome)
    if grade not in GRADES_FOR_OUTCOME[outcome]:
        raise ActionDenied(
            f"“{Outcome(outcome).label}” does not go with the grade “{Grade(grade).label}”. Change one of them",
            "outcome",
        )
    needs_comment = outcome in (Outcome.ESCALATE, Outcome.REOPEN) or (
        outcome in CLOSING and outcome != Outcome.CLOSE_IMPLEMENTED
    )
    if needs_comment and not clean_text(comment):
        raise ActionDenied("Enter the committee's reason", "comment")
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
    recompute_recommendation(recommendation)
    recommendation.refresh_from_db()
    if outcome == Outcome.REOPEN and recommendation.is_open:
        resume_monitoring(recommendation.inquiry)
        pass_on_reopened(by=by, recommendation=recommendation, on=meeting.held_on)
    return assessment


def _check_outcome(
    recommendation: Recommendation, assignment: Assignment | None, meeting: Meeting, outcome: str
) -> None:
    """Raise ActionDenied for an outcome that fits neither the present state nor the one at the meeting.

    A verdict of an earlier meeting may be entered late. It is filed before the later ones, which stand.
    """
    is_open = (assignment or recommendation).is_open
    spoken = recommendation.assessments.speaking_of(assignment).select_related("meeting")
    earlier = [verdict for verdict in spoken if verdict.meeting.held_on <= meeting.held_on]
    was_open = closing_verdict(sorted(earlier, key=verdict_order)) is None
    allowed = OUTCOMES_WHEN_OPEN if is_open else OUTCOMES_WHEN_CLOSED
    late = OUTCOMES_WHEN_OPEN if was_open else OUTCOMES_WHEN_CLOSED
    if outcome not in (*allowed, *late):
        state = "open" if is_open else "closed"
        raise ActionDenied(
            f"This is {state}. Select one of: {', '.join(str(o.label) for o in allowed)}", "outcome"
        )


def _check_whole(recommendation: Recommendation) -> None:
    """Raise ActionDenied unless one verdict can cover the whole recommendation.

    All its assignments must be alike: a later verdict on the whole would otherwise cover an assignment that the
    committee has already closed.
    """
    parts = [part.is_open for part in recommendation.assignments.all()]
    if any(parts) and not all(parts):
        raise ActionDenied(
            "The committee has already closed a part of this. Record its view of each body separately",
            "assignment",
        )


def _check_seen(recommendation: Recommendation, assignment: Assignment | None, seen: int | None) -> None:
    if seen is None:
        return
    latest = recommendation.assessments.speaking_of(assignment).order_by("-pk").first()
    if latest is not None and latest.pk > seen:
        raise EditConflict(latest)


def _check_meeting(recommendation: Recommendation, meeting: Meeting) -> None:
    meeting = lock(meeting)  # so that nobody moves or cancels it meanwhile
    inquiry = recommendation.inquiry
    if not inquiry.is_public or inquiry.published_on is None:
        raise ActionDenied("Publish the report before you record the committee's view of what was done")
    if meeting.held_on < inquiry.published_on:
        raise ActionDenied("Select a meeting on or after the day the report was published", "meeting")
    committee = inquiry.committee_on(meeting.held_on)
    if meeting.body_id != committee.pk:
        raise ActionDenied(f"Select a meeting of the {committee.name}", "meeting")
    if meeting.state == MeetingState.CANCELLED:
        raise ActionDenied("This meeting was cancelled. Select another", "meeting")
    if meeting.held_on > clock.today():
        raise ActionDenied(
            "This meeting is still to come. Record the verdict on the day or afterwards", "meeting"
        )
