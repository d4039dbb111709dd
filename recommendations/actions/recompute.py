"""Keep the current state of assignments and recommendations equal to what their history says.

One derivation serves the actions that change history and `manage.py recompute_state`, which must find no difference.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model, Prefetch

from recommendations.lifecycle import UpdateState
from recommendations.lifecycle.state import DERIVED, RECOMMENDATION_DERIVED, recommendation_state
from recommendations.models import Assessment, Assignment, Recommendation, TargetChange, Update
from recommendations.models.assignments import AssignmentQuerySet

T = TypeVar("T")
TOGETHER = 500
"""How many recommendations are read together where thousands are recomputed: it bounds the memory."""


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


def recompute_several(ids: Iterable[int]) -> None:
    """Update the kept state of these recommendations and all their assignments from history, hundreds at a time.

    What each differs in is not told.
    """
    for some in batched(sorted(ids), TOGETHER):
        _recompute_together(some)


def batched(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the rows in parts of at most that size."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _recompute_together(wanted: Sequence[int]) -> None:
    parts = _with_history(Assignment.objects.filter(recommendation__in=wanted))
    verdicts: dict[int, list[Assessment]] = defaultdict(list)
    for verdict in Assessment.objects.filter(recommendation__in=wanted).select_related("meeting"):
        verdicts[verdict.recommendation_id].append(verdict)
    by_recommendation: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts:
        state = part.derive_state(
            updates=part.published_updates,
            responses=part.responses.all(),
            target_changes=part.target_changes.all(),
            verdicts=verdicts[part.recommendation_id],
        )
        for name in DERIVED:
            setattr(part, name, getattr(state, name))
        if part.withdrawn_at is None:
            by_recommendation[part.recommendation_id].append(part)
    write_columns(Assignment, parts, DERIVED)
    whole = list(Recommendation.objects.filter(pk__in=wanted).select_related("inquiry"))
    for recommendation in whole:
        state = recommendation_state(
            by_recommendation[recommendation.pk],
            [one for one in verdicts[recommendation.pk] if one.assignment_id is None],
            from_public_sources=recommendation.inquiry.is_from_public_sources,
        )
        for name in RECOMMENDATION_DERIVED:
            setattr(recommendation, name, getattr(state, name))
    write_columns(Recommendation, whole, RECOMMENDATION_DERIVED)


def _with_history(assignments: AssignmentQuerySet) -> list[Any]:
    published = Update.objects.filter(state=UpdateState.PUBLISHED).defer("exempt_text")
    rows = assignments.select_related("recommendation__inquiry").prefetch_related(
        Prefetch("updates", published, to_attr="published_updates"),
        "responses",
        Prefetch("target_changes", TargetChange.objects.select_related("meeting")),
    )
    return list(rows.order_by("pk"))


def write_columns(model: type[Model], rows: Iterable[Model], names: Iterable[str]) -> None:
    """Write these fields of many rows in one statement, those alone that differ."""
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    values = [{"id": row.pk, **{one.column: one.value_from_object(row) for one in columns}} for row in rows]
    quoted = [connection.ops.quote_name(one.column) for one in columns]
    table = connection.ops.quote_name(model._meta.db_table)
    new = ", ".join(f"x.{name}" for name in quoted)
    old = ", ".join(f"r.{name}" for name in quoted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} r SET ({', '.join(quoted)}) = ROW({new})"  # noqa: S608 (our own table and columns)
            f" FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) x"
            f" WHERE r.id = x.id AND ROW({old}) IS DISTINCT FROM ROW({new})",
            [json.dumps(values, cls=DjangoJSONEncoder)],
        )


def columns_as_json(
    model: type[Model], ids: Sequence[int], columns: Sequence[str]
) -> dict[int, dict[str, Any]]:
    """Return these columns of the rows as the database writes them in JSON, by the ids of the rows."""
    pairs = ", ".join(f"'{name}', to_jsonb(r)->'{name}'" for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, jsonb_build_object({pairs})::text FROM {table} r WHERE r.id = ANY(%s)",  # noqa: S608 (our own table and columns)
            [list(ids)],
        )
        return {pk: json.loads(values) for pk, values in cursor.fetchall()}


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
