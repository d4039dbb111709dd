"""Record the committee's verdicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, EditConflict, action, in_row, lock, save
from recommendations.actions.inquiries import resume_monitoring
from recommendations.actions.meetings import check_sitting, lock_meeting
from recommendations.actions.recompute import recompute_recommendation
from recommendations.actions.successions import pass_on_reopened
from recommendations.lifecycle import (
    GRADES_FOR_OUTCOME,
    Grade,
    Outcome,
    ProposalState,
    outcomes_when,
)
from recommendations.models import Assessment, Assignment, Meeting, ProposedVerdict, Recommendation
from recommendations.permissions import Right, require
from recommendations.queries.assessments import comment_asked, open_at_meeting

R = TypeVar("R")


@action
def assess(
    *,
    by: User,
    recommendation: Recommendation,
    meeting: Meeting,
    grade: str,
    outcome: str,
    comment: str = "",
    invited_to: Meeting | None = None,
    assignment: Assignment | None = None,
    seen: int | None = None,
    corrects: Assessment | None = None,
) -> Assessment:
    """Record the committee's verdict on its behalf, on one assignment or on the whole recommendation.

    Only this closes, reopens, drops or escalates. What is reopened after its body ended is transferred to the
    successor, and a concluded inquiry is monitored again. What members proposed of it at this meeting ends; the first who
    proposed just this is named as the proposer.

    `seen` is the id of the last verdict that the person saw (0 for none, None to skip the check). Raise EditConflict
    with the newer verdict if another was recorded meanwhile, so that two people in one room do not record the same item
    twice. Raise ActionDenied as `check_verdict` does. `corrects` is the verdict in whose place it comes, as if that had never
    been.
    """
    require(by, Right.ASSESS, recommendation)
    checked = check_verdict(
        recommendation=recommendation,
        assignment=assignment,
        meeting=meeting,
        grade=grade,
        outcome=outcome,
        comment=comment,
        invited_to=invited_to,
        seen=seen,
        corrects=corrects,
    )
    recommendation = checked.recommendation
    closed_before = closed_parts(recommendation)
    assessment = Assessment(recorded_by=by, recorded_at=clock.now(), **checked.columns)
    ended = _proposals_ended_by(assessment)
    taken = next((proposal for proposal in ended if proposal.is_same_as(assessment)), None)
    assessment.proposed_by = taken.proposed_by if taken is not None else None
    assessment.save()
    for proposal in ended:
        became = ProposalState.TAKEN if proposal == taken else ProposalState.NOT_TAKEN
        save(proposal, state=became, verdict=assessment)
    recompute_recommendation(recommendation)
    if corrects is None:
        on = checked.meeting.held_on
        follow_up_again(by=by, recommendation=recommendation, closed_before=closed_before, on=on)
    return assessment


Targets = Sequence[tuple[Recommendation, Assignment | None]]
"""Whole recommendations, and parts of them with theirs."""


@action
def assess_several(
    *, by: User, targets: Targets, seen: Sequence[int | None], **verdict: Any
) -> list[Assessment]:
    """Record one verdict on several recommendations or parts: on all, or where one is refused on none.

    `verdict` is what `assess` takes beside its target. Raise ActionDenied with the index of the one refused as `row`, and
    EditConflict where a verdict on one was recorded meanwhile; `seen` has the last one seen of each.
    """
    return on_each(targets, seen, partial(assess, by=by, **verdict))


def check_several(*, by: User, targets: Targets, seen: Sequence[int | None], **verdict: Any) -> None:
    """Raise what proposing or recording this verdict on all of them would raise now; nothing is written."""
    for recommendation, _ in targets:
        require(by, Right.DASHBOARD, recommendation)
    with transaction.atomic():
        on_each(targets, seen, partial(check_verdict, **verdict))


def on_each(targets: Targets, seen: Sequence[int | None], act: Callable[..., R]) -> list[R]:
    """Return what `act` makes of each target, given with the last verdict seen of it.

    Raise ActionDenied with the index of the target. All are locked first and in one order: of two people with several
    at one meeting, one waits for the other.
    """
    ids = {recommendation.pk for recommendation, _ in targets}
    list(Recommendation.objects.of_ids(ids).order_by("pk").select_for_update(of=("self",)))
    made = []
    for number, ((recommendation, assignment), last) in enumerate(zip(targets, seen, strict=True)):
        with in_row(number):
            made.append(act(recommendation=recommendation, assignment=assignment, seen=last))
    return made


@dataclass(frozen=True)
class CheckedVerdict:
    """A verdict that can be recorded now, with its rows locked."""

    recommendation: Recommendation
    meeting: Meeting
    columns: dict[str, Any]


def check_verdict(
    *,
    recommendation: Recommendation,
    assignment: Assignment | None,
    meeting: Meeting,
    grade: str,
    outcome: str,
    comment: str = "",
    invited_to: Meeting | None = None,
    seen: int | None = None,
    corrects: Assessment | None = None,
) -> CheckedVerdict:
    """Return the verdict as it would be recorded now, whether it is proposed or confirmed.

    Raise EditConflict with a verdict later than the one `seen`. Raise ActionDenied for a meeting of another body, one in
    the future or cancelled; for an outcome that does not fit the grade or the state at the meeting; for an escalation
    that names no meeting though there is one to name; and without a comment where the public would ask why.
    """
    recommendation = lock(recommendation)
    if assignment is not None:
        assignment = lock(assignment)
        if assignment.recommendation_id != recommendation.pk or assignment.withdrawn_at is not None:
            raise ActionDenied("Select a body that this recommendation is addressed to", "assignment")
    meeting = _sitting(recommendation, meeting)
    if grade not in Grade.values:
        raise ActionDenied("Select how the committee grades what was done", "grade")
    if outcome not in Outcome.values:
        raise ActionDenied("Select what the committee decided", "outcome")
    _check_seen(recommendation, assignment, seen)
    parts = [assignment] if assignment is not None else list(recommendation.assignments.standing().for_list())
    _check_outcome(recommendation, assignment, parts, meeting, outcome, corrects)
    if grade not in GRADES_FOR_OUTCOME[outcome]:
        raise ActionDenied(
            f"“{Outcome(outcome).label}” does not go with the grade “{Grade(grade).label}”. Change one of them",
            "outcome",
        )
    if not clean_text(comment) and (
        asked := comment_asked(outcome, parts, sources_only=recommendation.sources_only)
    ):
        raise ActionDenied(asked, "comment")
    return CheckedVerdict(
        recommendation,
        meeting,
        {
            "recommendation": recommendation,
            "assignment": assignment,
            "meeting": meeting,
            "grade": grade,
            "outcome": outcome,
            "comment": clean_text(comment),
            "invited_to": _invited_to(recommendation, meeting, outcome, invited_to),
        },
    )


def _invited_to(
    recommendation: Recommendation, meeting: Meeting, outcome: str, invited_to: Meeting | None
) -> Meeting | None:
    """Return the meeting to which an escalation invites the head of service; None for every other outcome.

    None also where the committee has no later meeting yet.
    """
    if outcome != Outcome.ESCALATE:
        return None
    possible = Meeting.objects.to_invite_to(meeting, recommendation.inquiry)
    if invited_to is None:
        if possible.exists():
            raise ActionDenied("Select the meeting to which the head of service is invited", "invited_to")
        return None
    if not possible.filter(pk=invited_to.pk).exists():
        raise ActionDenied("Select a meeting of the committee after this one", "invited_to")
    return lock_meeting(invited_to, "invited_to")


def _proposals_ended_by(assessment: Assessment) -> list[ProposedVerdict]:
    """Return what members proposed at its meeting of what a verdict covers, the first first, locked."""
    proposals = ProposedVerdict.objects.standing().at_meeting(assessment.meeting)
    of_it = proposals.of_recommendations({assessment.recommendation_id}).covered_by(assessment.assignment)
    return list(of_it.select_for_update(of=("self",)))


def follow_up_again(
    *, by: User, recommendation: Recommendation, closed_before: set[Assignment | Recommendation], on: dt.date
) -> None:
    """Follow up again what was closed before and is not any more, inside the action that opened it: a concluded inquiry is
    monitored again, and parts whose body ended go to the successor.
    """
    recommendation.refresh_from_db()
    if closed_before - closed_parts(recommendation):
        resume_monitoring(recommendation.inquiry)
        pass_on_reopened(by=by, recommendation=recommendation, on=on)


def closed_parts(recommendation: Recommendation) -> set[Assignment | Recommendation]:
    """Return which of the recommendation and its parts are closed, as kept."""
    rows: list[Assignment | Recommendation] = [recommendation, *recommendation.assignments.standing()]
    return {row for row in rows if row.closed_on is not None}


def _check_outcome(
    recommendation: Recommendation,
    assignment: Assignment | None,
    parts: Sequence[Assignment],
    meeting: Meeting,
    outcome: str,
    corrects: Assessment | None = None,
) -> None:
    """Raise ActionDenied for an outcome that does not fit where this stood at the meeting.

    A verdict of an earlier meeting may be entered late. It is filed before the later ones, which stand. One on the whole
    needs parts that stood alike: it would otherwise cover one that the committee had already closed.
    """
    verdicts = [one for one in recommendation.assessments.select_related("meeting") if one != corrects]
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
            if was_open == ((assignment or recommendation).closed_on is None)
            else f"was {state} at that meeting"
        )
        raise ActionDenied(
            f"This {stood}. Select one of: {', '.join(str(o.label) for o in allowed)}", "outcome"
        )


def _check_seen(recommendation: Recommendation, assignment: Assignment | None, seen: int | None) -> None:
    if seen is None:
        return
    latest = recommendation.assessments.standing().speaking_of(assignment).order_by("-pk").first()
    if latest is not None and latest.pk > seen:
        raise EditConflict(latest)


def _sitting(recommendation: Recommendation, meeting: Meeting) -> Meeting:
    """Return the meeting, locked. Raise ActionDenied unless the committee can have given its view at it."""
    inquiry = recommendation.inquiry
    if not inquiry.is_public or inquiry.published_from is None:
        raise ActionDenied("Publish the report before you record the committee's view of what was done")
    if not recommendation.is_public:
        raise ActionDenied(
            "Publish the recommendation before you record the committee's view of what was done"
        )
    if recommendation.withdrawn_at is not None:
        raise ActionDenied("This recommendation was withdrawn, so there is nothing to give a view of")
    meeting = check_sitting(meeting)
    if meeting.held_on < inquiry.published_from:
        raise ActionDenied("Select a meeting on or after the day the report was published", "meeting")
    committee = inquiry.committee_on(meeting.held_on)
    if meeting.body_id != committee.pk:
        raise ActionDenied(f"Select a meeting of the {committee.name}", "meeting")
    return meeting
