"""What was corrected of the rows of a list: whether there is anything, for the mark of each, and the corrections themselves."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet

from committee.kept_sql import KeptSQL
from recommendations.models import (
    Assessment,
    Assignment,
    Correction,
    Finding,
    Inquiry,
    Meeting,
    Recommendation,
    Response,
    TargetChange,
    Update,
)
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.corrections import CorrectionQuerySet
from recommendations.queries.corrections import OF_RECOMMENDATION, for_reading, of_its_day, voided_by


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


# ------------------------------------------------------------------ whether a row of a list is marked

LISTED = {"pk": Recommendation, "recommendation_id": Assignment}
"""The columns by which rows of a list usually name their recommendation, each with the model that has it."""


def is_told_of(listed: str, moment: dt.datetime | None = None) -> KeptSQL | ExpressionWrapper:
    """Return whether anything was corrected of a recommendation in a list, for its mark there: of itself, of a part, a response,
    a view or a date, by the moment (None: now). `listed` is the way from a row to the id of its recommendation.

    One subquery for each way, so that the database looks each up by its index.
    """
    return _is_told_of_now(listed) if moment is None else _told_of(listed, Correction.objects.as_at(moment))


@cache
def _is_told_of_now(listed: str) -> KeptSQL | ExpressionWrapper:
    told = _told_of(listed, Correction.objects.all())
    return KeptSQL(LISTED[listed], told) if listed in LISTED else told


def _told_of(listed: str, made: CorrectionQuerySet) -> ExpressionWrapper:
    return _any_of(made.filter(**{way: OuterRef(listed)}) for way in OF_RECOMMENDATION)


def _any_of(found: Iterable[QuerySet[Any]]) -> ExpressionWrapper:
    return ExpressionWrapper(reduce(or_, map(Exists, found)), output_field=BooleanField())


OF_A_ROW: dict[type[Model], tuple[tuple[str, str], ...]] = {
    Response: (("replacing_response", "pk"), ("meeting", "meeting_id")),
    Assessment: (("replacing_assessment", "pk"), ("meeting", "meeting_id")),
    Finding: (("finding", "pk"),),
    Inquiry: (("inquiry", "pk"),),
    Meeting: (("meeting", "pk"),),
}
"""What a correction is of that is told beside a row in a list of such rows, and the row's column that holds its id."""


def is_told_of_row(model: type[Model]) -> KeptSQL | ExpressionWrapper | None:
    """Return whether anything was corrected of a row in a list of rows of its own kind, for its mark there; None for a kind that
    is not corrected. Of an update: whether it corrects another, or a published one corrects it.
    """
    if model is Recommendation:
        return is_told_of("pk")
    if model is Update:
        return is_of_a_corrected_update(Update.objects.published())
    if model not in OF_A_ROW:
        return None
    made = Correction.objects.all()
    return _any_of(
        (made.of_days() if column == "meeting_id" else made).filter(**{name: OuterRef(column)})
        for name, column in OF_A_ROW[model]
    )


def is_of_a_corrected_update(published: QuerySet[Update]) -> ExpressionWrapper:
    """Return whether an update corrects another, or one of these published ones corrects it."""
    later = published.filter(corrects=OuterRef("pk"))
    return ExpressionWrapper(Q(corrects__isnull=False) | Exists(later), output_field=BooleanField())


def words_in_a_list(row: Any) -> str:
    """Return what stands behind the mark in a list, and leads to what was corrected."""
    if not isinstance(row, Update):
        return "What was recorded, and why it was corrected"
    return "It corrects an earlier update" if row.corrects_id is not None else "A later update corrects it"
