"""Keep the current state of assignments and recommendations equal to what their history says.

One derivation serves the actions that change history and `manage.py recompute_state`, which must find no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from recommendations.lifecycle import UpdateState
from recommendations.lifecycle.state import DERIVED, RECOMMENDATION_DERIVED, recommendation_state
from recommendations.models import Assignment, Recommendation
from recommendations.models.assignments import AssignmentQuerySet


def derived_state(assignment: Assignment) -> dict[str, Any]:
    """Return what history says about the assignment now, as field values."""
    state = assignment.derive_state(
        updates=assignment.updates.filter(state=UpdateState.PUBLISHED),
        responses=assignment.responses.all(),
        target_changes=assignment.target_changes.select_related("meeting"),
        verdicts=assignment.recommendation.assessments.select_related("meeting"),
    )
    return {name: getattr(state, name) for name in DERIVED}


def derived_recommendation_state(recommendation: Recommendation) -> dict[str, Any]:
    """Return what history says about the recommendation as a whole, as field values; its assignments are up to date."""
    state = recommendation_state(
        recommendation.assignments.standing().select_related("closed_by", "closed_by__meeting"),
        recommendation.assessments.filter(assignment__isnull=True).select_related("meeting"),
        from_public_sources=recommendation.inquiry.is_from_public_sources,
    )
    return {name: getattr(state, name) for name in RECOMMENDATION_DERIVED}


def recompute_assignment(assignment: Assignment) -> list[str]:
    """Update the kept state of the assignment from its history. Return the names of the fields that differed."""
    return _keep(assignment, derived_state(assignment))


def recompute_recommendation(recommendation: Recommendation) -> list[str]:
    """Update the kept state of the recommendation and all its assignments from history."""
    differed: list[str] = []
    for assignment in AssignmentQuerySet(Assignment).filter(recommendation=recommendation):
        differed += recompute_assignment(assignment)
    return differed + _keep(recommendation, derived_recommendation_state(recommendation))


def _keep(row: Assignment | Recommendation, state: dict[str, Any]) -> list[str]:
    differing = [name for name, _, _ in differing_fields(row, state)]
    for name in differing:
        setattr(row, name, state[name])
    if differing:
        row.save(update_fields=differing)
    return differing


def differing_recommendations() -> Iterator[tuple[Recommendation, list[str]]]:
    """Yield recommendations whose kept state, or that of an assignment, differs from history, with the differences in
    words.

    Changes nothing. Memory stays bounded however many there are.
    """
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


def lock_and_recompute(recommendation: Recommendation) -> list[str]:
    """Update the kept state from history, with the recommendation locked. Return the fields that differed."""
    with transaction.atomic():
        locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
        return recompute_recommendation(locked)


def differing_fields(row: Assignment | Recommendation, state: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(name, getattr(row, name), value) for name, value in state.items() if getattr(row, name) != value]
