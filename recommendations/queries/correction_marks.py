"""The corrections that responses and views carry on pages that list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from recommendations.models import Assessment, Assignment, Correction, Response, TargetChange
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.queries.corrections import for_reading, of_its_day, voided_by


@dataclass(frozen=True)
class MarkedRow:
    """A response or a view, with the correction that says that it was recorded in error, and those that put it right."""

    row: Response | Assessment
    in_error: Correction | None = None
    put_right_by: list[Correction] = field(default_factory=list)


def marked(rows: Iterable[Response | Assessment], *, with_days: bool = False) -> list[MarkedRow]:
    """Return these responses and views, each with what was corrected of it, in one query; `with_days` also with the latest
    correction of the day of its meeting since it was recorded, where the page does not tell that once for all.
    """
    listed = list(rows)
    about: dict[str, list[int]] = defaultdict(list)
    for row in listed:
        name = str(row._meta.model_name)
        about[name].append(row.pk)
        about[f"replacing_{name}"].append(row.pk)
        if with_days and row.meeting_id is not None:
            about["meeting"].append(row.meeting_id)
    found = for_reading(Correction.objects.among(**about)) if listed else []
    made = {
        (name, pk): one
        for one in found
        if one.is_of_a_decision
        for name in about
        if (pk := getattr(one, f"{name}_id")) is not None
    }
    return [_with_marks(row, made) for row in listed]


def _with_marks(row: Response | Assessment, made: Mapping[tuple[str, int | None], Correction]) -> MarkedRow:
    name = str(row._meta.model_name)
    by = made.get((f"replacing_{name}", row.pk)), of_its_day(made.get(("meeting", row.meeting_id)), row)
    return MarkedRow(row, made.get((name, row.pk)), [one for one in by if one is not None])


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
