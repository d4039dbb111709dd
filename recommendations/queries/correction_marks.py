"""The corrections that responses and views carry on pages that list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.models import Assessment, Assignment, Correction, Response, TargetChange
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.queries.corrections import for_reading, voided_by


@dataclass(frozen=True)
class MarkedRow:
    """A response or a view, with the correction that says that it was recorded in error, and those that put it right."""

    row: Response | Assessment
    in_error: Correction | None = None
    put_right_by: list[Correction] = field(default_factory=list)


def marked(rows: Iterable[Response | Assessment]) -> list[MarkedRow]:
    """Return these responses, or these views, each with what was corrected of it, in one query."""
    listed = list(rows)
    if not listed:
        return []
    name = str(listed[0]._meta.model_name)
    ids = [row.pk for row in listed]
    about = {name: ids, f"replacing_{name}": ids}
    found = for_reading(Correction.objects.among(**about))
    in_error = {getattr(one, f"{name}_id"): one for one in found}
    put_right = {getattr(one, f"replacing_{name}_id"): one for one in found}
    return [
        MarkedRow(row, in_error.get(row.pk), [put_right[row.pk]] if row.pk in put_right else [])
        for row in listed
    ]


def addressed_in_error(parts: AssignmentQuerySet) -> list[tuple[Assignment, Correction]]:
    """Return those of these parts that were addressed in error, not those of withdrawn recommendations, each with the correction
    that says so; the latest first, in two queries.
    """
    rows = parts.filter(withdrawn_at__isnull=False, recommendation__withdrawn_at__isnull=True).for_list()
    found = {row.pk: row for row in rows}
    if not found:
        return []
    made = for_reading(Correction.objects.among(assignment=list(found)).filter(voids=True))
    return [(found[one.assignment_id], one) for one in reversed(made) if one.assignment_id is not None]


def stands_now(correction: Correction) -> Response | Assessment | Assignment | TargetChange | None:
    """Return what stands in the place of what a correction says was recorded in error, however often that was put right since;
    None where nothing does.
    """
    later: Correction | None = correction
    row = None
    while later is not None:
        row = (
            later.replacing_response
            or later.replacing_assessment
            or later.replacing_assignment
            or later.replacing_targetchange
        )
        later = voided_by(row) if row is not None else None
    return row
