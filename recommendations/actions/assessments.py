"""Record the committee's verdicts."""

from __future__ import annotations

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, EditConflict, action, lock
from recommendations.actions.inquiries import resume_monitoring
from recommendations.actions.meetings import check_sitting
from recommendations.actions.recompute import recompute_recommendation
from recommendations.actions.successions import pass_on_reopened
from recommendations.lifecycle import (
    CLOSING,
    GRADES_FOR_OUTCOME,
    Grade,
    Outcome,
    outcomes_when,
)
from recommendations.models import Assessment, Assignment, Meeting, Recommendation
from recommendations.permissions import Right, require
from recommendations.queries.assessments import open_at_meeting


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
    meeting = _sitting(recommendation, meeting)
    if grade not in Grade.values:
        raise ActionDenied("Select how the committee grades what was done", "grade")
    if outcome not in Outcome.values:
        raise ActionDenied("Select what the committee decided", "outcome")
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
    closed_before = _closed(recommendation)
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
    if closed_before - _closed(recommendation):
        resume_monitoring(recommendation.inquiry)
        pass_on_reopened(by=by, recommendation=recommendation, on=meeting.held_on)
    return assessment


def _closed(recommendation: Recommendation) -> set[Assignment | Recommendation]:
    """Return which of the recommendation and its parts are closed, as kept."""
    rows: list[Assignment | Recommendation] = [recommendation, *recommendation.assignments.all()]
    return {row for row in rows if not row.is_open}


def _check_outcome(
    recommendation: Recommendation, assignment: Assignment | None, meeting: Meeting, outcome: str
) -> None:
    """Raise ActionDenied for an outcome that does not fit where this stood at the meeting.

    A verdict of an earlier meeting may be entered late. It is filed before the later ones, which stand. One on the whole
    needs parts that stood alike: it would otherwise cover one that the committee had already closed.
    """
    verdicts = list(recommendation.assessments.select_related("meeting"))
    parts = [assignment] if assignment is not None else list(recommendation.assignments.all())
    was_open = open_at_meeting(meeting, parts, verdicts)
    if was_open is None:
        raise ActionDenied(
            "The committee had already closed a part of this. Record its view of each body separately",
            "assignment",
        )
    allowed = outcomes_when(was_open)
    if outcome not in allowed:
        state = "open" if was_open else "closed"
        stood = (
            f"is {state}"
            if was_open == (assignment or recommendation).is_open
            else f"was {state} at that meeting"
        )
        raise ActionDenied(
            f"This {stood}. Select one of: {', '.join(str(o.label) for o in allowed)}", "outcome"
        )


def _check_seen(recommendation: Recommendation, assignment: Assignment | None, seen: int | None) -> None:
    if seen is None:
        return
    latest = recommendation.assessments.speaking_of(assignment).order_by("-pk").first()
    if latest is not None and latest.pk > seen:
        raise EditConflict(latest)


def _sitting(recommendation: Recommendation, meeting: Meeting) -> Meeting:
    """Return the meeting, locked. Raise ActionDenied unless the committee can have given its view at it."""
    inquiry = recommendation.inquiry
    if not inquiry.is_public or inquiry.published_on is None:
        raise ActionDenied("Publish the report before you record the committee's view of what was done")
    meeting = check_sitting(meeting)
    if meeting.held_on < inquiry.published_on:
        raise ActionDenied("Select a meeting on or after the day the report was published", "meeting")
    committee = inquiry.committee_on(meeting.held_on)
    if meeting.body_id != committee.pk:
        raise ActionDenied(f"Select a meeting of the {committee.name}", "meeting")
    return meeting
