"""Rows in memory as they were shown at an earlier moment: headings, names, priorities, whatever was changed since.

What a row was before it became public is nobody's to read: ask only for rows that were public at the moment (`existing_at`,
`was_public_at`). State is derived from its own history (`lifecycle.state`). Here are the other columns of a row, from the values that the
database kept when they were changed. Never save a row that was put back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from recommendations.lifecycle.events import target_change_order
from recommendations.models import (
    Assignment,
    Body,
    EarlierValue,
    Milestone,
    Recommendation,
    Relation,
    TargetChange,
    Transfer,
    WordingChange,
)
from recommendations.models.recommendations import wording_order
from recommendations.models.target_dates import TargetChangeQuerySet


def put_back(moment: dt.datetime | None, *roots: Any) -> None:
    """Set the rows, and all rows loaded with them, to the values they showed at the moment (None: leave them).

    `roots` are rows or collections of rows. One query, and one for each kind of row that took the place of another.
    """
    if moment is None:
        return
    seen: set[int] = set()
    rows = list(_walk(roots, seen))
    while rows:
        rows = list(_walk(_put_back(moment, rows), seen))


def _walk(things: Iterable[Any], seen: set[int]) -> Iterator[Model]:
    """Yield every row among the things and loaded with one of them, each object once."""
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Model):
            if id(thing) in seen:
                continue
            seen.add(id(thing))
            yield thing
            waiting += thing._state.fields_cache.values()
            waiting += getattr(thing, "_prefetched_objects_cache", {}).values()
        elif thing is not None:
            waiting += thing


def _put_back(moment: dt.datetime, rows: Iterable[Model]) -> list[Model]:
    """Set the rows to what they showed at the moment. Return the rows that now stand in place of others."""
    objects: dict[tuple[str, Any], list[Model]] = defaultdict(list)
    for row in rows:
        objects[row._meta.db_table, row.pk].append(row)
    replaced = EarlierValue.objects.replaced_after(moment).filter(
        removed=False,
        table_name__in={table for table, _ in objects},
        row_id__in={pk for _, pk in objects},
    )
    changed: dict[tuple[str, Any], dict[str, Any]] = defaultdict(dict)
    for earlier in replaced:
        changed[earlier.table_name, earlier.row_id].update(earlier.before)
    newly: list[Model] = []
    for key, values in changed.items():
        for row in objects.get(key, ()):
            newly += _set(row, values)
    return newly


def _set(row: Model, values: dict[str, Any]) -> Iterator[Model]:
    for column, value in values.items():
        field: Any = row._meta.get_field(column.removesuffix("_id"))
        if field.many_to_many:
            then = field.related_model._default_manager.filter(pk__in=value)
            cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
            cache[field.name] = then
            yield from then
        elif field.is_relation:
            then = _one(field.related_model, value)
            setattr(row, field.name, then)
            if then is not None:
                yield then
        else:
            setattr(row, field.attname, field.to_python(value))


def _one(model: type[Any], pk: Any) -> Any:
    """Return the row, also one that was removed since; None if nothing is known of it."""
    if pk is None:
        return None
    found = model._default_manager.filter(pk=pk).first()
    if found is not None:
        return found
    removed = EarlierValue.objects.filter(removed=True, table_name=model._meta.db_table, row_id=pk)
    kept = removed.order_by("-replaced_at", "-pk").first()
    return _row(model, kept.before) if kept is not None else None


def put_holders_back(moment: dt.datetime | None, assignments: Iterable[Assignment]) -> None:
    """Set the body of each assignment to the one that held it at the moment (None: leave it).

    Only for rows of which names are shown: who may see exempt text is decided by today's body.
    """
    if moment is None:
        return
    rows = list(assignments)
    held = holders_at(moment, {row.pk for row in rows})
    for row in rows:
        if row.pk in held:
            row.body = held[row.pk]
            row.formerly = row.formerly if row.formerly_id != row.body_id else None


def holders_at(moment: dt.datetime, assignment_ids: Iterable[int]) -> dict[int, Body]:
    """Return the bodies that held these assignments at the moment, by the ids of those that were transferred since."""
    later = Transfer.objects.filter(assignment__in=assignment_ids, recorded_at__gt=moment)
    held = {
        transfer.assignment_id: transfer.from_body
        for transfer in later.select_related("from_body").order_by("-recorded_at", "-pk")
    }
    put_back(moment, list(held.values()))
    return held


def relations_at(moment: dt.datetime | None, recommendation: Recommendation, side: str) -> list[Relation]:
    """Return the relations of a recommendation at the moment (None: now), also those that were removed since.

    `side` is what the relations lead to, "earlier" or "later".
    """
    own = "later" if side == "earlier" else "earlier"
    return _at(moment, Relation, f"{own}_id", [recommendation.pk], "recorded_at")


def milestones_at(moment: dt.datetime | None, assignment_ids: Iterable[int]) -> list[Milestone]:
    """Return the steps of these assignments at the moment (None: now), also those that were removed since."""
    found = _at(moment, Milestone, "assignment_id", list(assignment_ids), "created_at")
    put_back(moment, found)
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or dt.date.max, one.pk))


def target_changes_at(moment: dt.datetime | None, changes: TargetChangeQuerySet) -> list[TargetChange]:
    """Return those of the changes of a date that were asked for by the moment (None: all), in the order of events, as
    they read then; what was recorded in error is among them.
    """
    rows = list(changes if moment is None else changes.recorded_by(moment))
    put_decisions_back(moment, rows)
    return sorted(rows, key=target_change_order)


def put_decisions_back(moment: dt.datetime | None, changes: Iterable[TargetChange]) -> None:
    """Set the changes of a date that were decided after the moment to undecided (None: leave them)."""
    for change in changes:
        if moment is not None and change.decided_at is not None and change.decided_at > moment:
            change.set_undecided()


@dataclass(frozen=True)
class ReplacedValue:
    """What a row showed until a moment: the row's table and id, the columns, and whether the row was removed then."""

    key: int
    """The id of the earlier value itself: one row may have several."""
    table: str
    pk: int
    values: dict[str, Any]
    at: dt.datetime
    removed: bool


def replaced_values(
    moment: dt.datetime | None,
    since: dt.datetime,
    rows: dict[type[Any], Iterable[int]],
    removed_of: dict[str, Iterable[int]],
) -> list[ReplacedValue]:
    """Return what these rows showed before it was changed in place, from `since` up to the moment (None: now), the earliest
    first, in one query.

    `removed_of` finds rows that are gone: the ids that they had in a column of that name, such as `assignment_id`.
    """
    wanted = Q(pk__in=[])
    for model, ids in rows.items():
        wanted |= Q(removed=False, table_name=model._meta.db_table, row_id__in=list(ids))
    for column, ids in removed_of.items():
        table = Milestone._meta.db_table
        wanted |= Q(removed=True, table_name=table, **{f"before__{column}__in": list(ids)})
    found = EarlierValue.objects.filter(wanted, replaced_at__gt=since)
    if moment is not None:
        found = found.filter(replaced_at__lte=moment)
    return [
        ReplacedValue(one.pk, one.table_name, one.row_id, one.before, one.replaced_at, one.removed)
        for one in found.order_by("replaced_at", "pk")
    ]


def _at(
    moment: dt.datetime | None, model: type[Any], column: str, values: list[int], since: str
) -> list[Any]:
    there = list(model._default_manager.filter(**{f"{column}__in": values}))
    if moment is None:
        return there
    removed = EarlierValue.objects.replaced_after(moment).filter(
        removed=True, table_name=model._meta.db_table, **{f"before__{column}__in": values}
    )
    there += [_row(model, one.before) for one in removed]
    return [row for row in there if getattr(row, since) <= moment]


def _row(model: type[Any], values: dict[str, Any]) -> Any:
    """Return a row in memory from its columns as the database kept them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})


# ------------------------------------------------------------------ wordings


@dataclass(frozen=True)
class EarlierWording:
    """A wording that another took the place of, on a day and for a reason."""

    text: str
    until: dt.date
    reason: str


def text_at(recommendation: Recommendation, wordings: Sequence[WordingChange], moment: dt.datetime) -> str:
    """Return the text that stood at the moment, given all changes of the wording, in whatever order they come.

    The one agreed last stands, whenever the others were entered.
    """
    if not wordings:
        return recommendation.text
    there = [one for one in wordings if one.changed_at <= moment]
    return max(there, key=wording_order).new_text if there else _first_text(wordings)


def earlier_wordings(wordings: Iterable[WordingChange]) -> list[EarlierWording]:
    """Return the wordings that were replaced, in the order in which they stood."""
    changes = sorted(wordings, key=wording_order)
    texts = [_first_text(changes), *(one.new_text for one in changes)] if changes else []
    return [
        EarlierWording(text, one.agreed_on, one.reason_words)
        for text, one in zip(texts, changes, strict=False)
    ]


def _first_text(wordings: Iterable[WordingChange]) -> str:
    return min(wordings, key=lambda one: (one.changed_at, one.pk)).old_text
