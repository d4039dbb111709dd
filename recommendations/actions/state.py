"""The current state of assignments and recommendations, derived from their history.

One derivation serves the actions that change history and ``manage.py recompute_state``, which must find that
what is kept is what history says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from recommendations.lifecycle import CLOSING, Claim, Outcome, TargetState, UpdateState, stopped_on
from recommendations.models import Assessment, Assignment, Recommendation
from recommendations.models.recommendations import AssignmentQuerySet


def derived_state(assignment: Assignment) -> dict[str, Any]:
    """What history says about the assignment now, as field values."""
    update = assignment.updates.filter(state=UpdateState.PUBLISHED).order_by("-published_at", "-id").first()
    answers = list(assignment.responses.order_by("recorded_at", "id").values_list("decision", "decided_on"))
    decision, decided_on = answers[-1] if answers else ("", None)
    changes = list(assignment.target_changes.filter(state=TargetState.AGREED).order_by("decided_at", "id"))
    verdicts = [
        verdict
        for verdict in assignment.recommendation.assessments.select_related("meeting").order_by(
            "recorded_at", "id"
        )
        if verdict.covers(assignment)
    ]
    last = verdicts[-1] if verdicts else None
    turning = next((v for v in reversed(verdicts) if v.outcome in (*CLOSING, Outcome.REOPEN)), None)
    closing = turning if turning is not None and turning.closes else None
    escalation = _standing_escalation(verdicts)
    return {
        "last_update": update,
        "last_update_on": update.as_at if update else None,
        "claim": update.claim if update else "",
        "decision": decision,
        "decided_on": decided_on,
        "stopped_on": stopped_on(answers),
        "target_on": changes[-1].new_date if changes else assignment.first_target_on,
        "slips": sum(1 for change in changes if change.slip_days > 0),
        "slip_days": (changes[-1].new_date - assignment.first_target_on).days
        if changes and assignment.first_target_on
        else 0,
        "grade": last.grade if last else "",
        "assessed_on": last.meeting.held_on if last else None,
        "escalated_on": escalation.meeting.held_on if escalation else None,
        "awaiting_verdict": bool(
            update
            and update.claim == Claim.DELIVERED
            and closing is None
            and (last is None or update.published_at is None or last.recorded_at < update.published_at)
        ),
        "closed_by": closing,
        "closed_on": closing.meeting.held_on if closing else None,
        "closed_as": closing.outcome if closing else "",
    }


def _standing_escalation(verdicts: list[Assessment]) -> Assessment | None:
    """The latest escalation that no closing verdict has ended."""
    for verdict in reversed(verdicts):
        if verdict.closes:
            return None
        if verdict.outcome == Outcome.ESCALATE:
            return verdict
    return None


def derived_recommendation_state(recommendation: Recommendation) -> dict[str, Any]:
    """What history says about the recommendation as a whole.

    It is closed by a closing verdict on the whole that nothing reopened, or when the last open assignment was
    closed on its own; then the verdict that closed the last one stands for it.
    """
    verdicts = list(recommendation.assessments.select_related("meeting").order_by("recorded_at", "id"))
    assignments = list(recommendation.assignments.select_related("closed_by", "closed_by__meeting"))
    whole = [verdict for verdict in verdicts if verdict.assignment_id is None]
    closing: Assessment | None = None
    if assignments:
        if all(a.closed_on is not None for a in assignments):
            closing = max(
                (a.closed_by for a in assignments if a.closed_by is not None),
                key=lambda v: (v.recorded_at, v.pk),
            )
    else:
        turning = next((v for v in reversed(whole) if v.outcome in (*CLOSING, Outcome.REOPEN)), None)
        closing = turning if turning is not None and turning.closes else None
    last = whole[-1] if whole else None
    return {
        "closed_by": closing,
        "closed_on": closing.meeting.held_on if closing else None,
        "closed_as": closing.outcome if closing else "",
        "grade": last.grade if last else "",
    }


def refresh(assignment: Assignment) -> list[str]:
    """Bring the kept state of the assignment up to its history. Returns the names of the fields that differed."""
    return _keep(assignment, derived_state(assignment))


def refresh_recommendation(recommendation: Recommendation) -> list[str]:
    """Bring the kept state of the recommendation and all its assignments up to history."""
    differed: list[str] = []
    for assignment in AssignmentQuerySet(Assignment).filter(recommendation=recommendation):
        differed += refresh(assignment)
    return differed + _keep(recommendation, derived_recommendation_state(recommendation))


def _keep(row: Assignment | Recommendation, state: dict[str, Any]) -> list[str]:
    differing = [name for name, _, _ in differing_fields(row, state)]
    for name in differing:
        setattr(row, name, state[name])
    if differing:
        row.save(update_fields=differing)
    return differing


def differing_recommendations() -> Iterator[tuple[Recommendation, list[str]]]:
    """Recommendations whose kept state, or that of an assignment, is not what history says, each with the
    differences in words. Changes nothing. Memory stays bounded however many there are."""
    for recommendation in Recommendation.objects.order_by("pk").iterator(chunk_size=500):
        words = [
            f"{name} of {assignment.body.label} is {kept!s} and should be {said!s}"
            for assignment in recommendation.assignments.select_related("body", "last_update", "closed_by")
            for name, kept, said in differing_fields(assignment, derived_state(assignment))
        ]
        words += [
            f"{name} is {kept!s} and should be {said!s}"
            for name, kept, said in differing_fields(
                recommendation, derived_recommendation_state(recommendation)
            )
        ]
        if words:
            yield recommendation, words


def mend(recommendation: Recommendation) -> list[str]:
    """Bring the kept state up to history, with the recommendation locked. Returns the fields that differed."""
    with transaction.atomic():
        locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
        return refresh_recommendation(locked)


def differing_fields(row: Assignment | Recommendation, state: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(name, getattr(row, name), value) for name, value in state.items() if getattr(row, name) != value]
