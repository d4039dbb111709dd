"""What a tracker is to the record: which recommendations it means, what stands on what an import made, what would be chased."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from committee.audit.models import AuditEntry
from committee.formatting import long_date, plural
from committee.text import comparable, number_sort_key
from recommendations.lifecycle import PackState
from recommendations.lifecycle.imported import ImportedLine
from recommendations.lifecycle.state import DERIVED, RECOMMENDATION_DERIVED
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    ImportBatch,
    ImportChange,
    ImportRow,
    Notice,
    Pack,
    Recommendation,
    SealedText,
    TargetChange,
)
from recommendations.models.imports import MADE
from recommendations.trackers.same import ALIKE, is_year_coded, likeness

# ------------------------------------------------------------------ the same again


@dataclass(frozen=True)
class Known:
    """A recommendation on the record that an item of a tracker means, and how it is known."""

    recommendation: Recommendation
    by: str
    """"reference", "number" or "words"."""

    def is_reworded(self, line: ImportedLine) -> bool:
        """Return whether the tracker has other words for it."""
        return bool(line.text) and comparable(line.text) != comparable(self.recommendation.text)

    def is_asked(self, line: ImportedLine) -> bool:
        """Return whether somebody has to say that it is the same: only its number is, and the words are alike; or its reference
        is, and the words are not. A reference that we gave may be another's in the files of the council.
        """
        if not self.is_reworded(line):
            return False
        return self.by == "number" or (
            self.by == "reference" and not alike(self.recommendation.text, line.text)
        )

    def is_renumbered(self, line: ImportedLine) -> bool:
        """Return whether the tracker has another number for it."""
        return bool(line.number) and number_sort_key(line.number) != self.recommendation.sort_key


def recognised(
    committee: Body, lines: Iterable[ImportedLine], *, columns: Sequence[str] = ()
) -> dict[int, Known]:
    """Return what the record has of these lines, by their items; with no more than some columns of it, where they are named.

    A reference that carries a year is unique across the council; any other counts within its inquiry, or where the words are
    alike. A number counts within its inquiry and only where the words are alike, never alone; where they are not the same,
    somebody has to say so. Else the words tell, where one recommendation of the committee has just these.
    """
    first: dict[int, ImportedLine] = {}
    for line in lines:
        first.setdefault(line.item, line)
    of_committee = Recommendation.objects.order_by().of_committees({committee.pk}).filter(withdrawn_at=None)
    if columns:
        of_committee = of_committee.only(*columns)
    by_reference = _by_reference(of_committee, first.values())
    by_number, by_words = _by_number_and_words(of_committee)
    found: dict[int, Known] = {}
    taken: set[int] = set()
    for item, line in first.items():
        known = _known(line, by_reference, by_number, by_words)
        if known is not None and known.recommendation.pk not in taken:
            taken.add(known.recommendation.pk)
            found[item] = known
    return found


def _by_reference(rows: Any, lines: Iterable[ImportedLine]) -> dict[str, Recommendation]:
    keys = {number_sort_key(line.reference) for line in lines if line.reference}
    return {row.reference_key: row for row in rows.filter(reference_key__in=keys)}


def _by_number_and_words(
    rows: Any,
) -> tuple[dict[tuple[int, str], Recommendation], dict[str, list[Recommendation]]]:
    by_number: dict[tuple[int, str], Recommendation] = {}
    by_words: dict[str, list[Recommendation]] = defaultdict(list)
    for row in rows:
        by_number[row.inquiry_id, row.sort_key] = row
        by_words[comparable(row.text)].append(row)
    return by_number, by_words


def _known(
    line: ImportedLine,
    by_reference: dict[str, Recommendation],
    by_number: dict[tuple[int, str], Recommendation],
    by_words: dict[str, list[Recommendation]],
) -> Known | None:
    row = by_reference.get(number_sort_key(line.reference)) if line.reference and by_reference else None
    same = by_words.get(comparable(line.text), [])
    here = [row for row in same if row.inquiry_id == line.inquiry] or same
    if row is not None and _is_of(row, line):
        # One reference may have had two wordings, of which one got a reference of ours.
        return Known(here[0], "words") if len(here) == 1 and here != [row] else Known(row, "reference")
    if isinstance(line.inquiry, int) and line.number:
        row = by_number.get((line.inquiry, number_sort_key(line.number)))
        if row is not None and alike(row.text, line.text):
            return Known(row, "number")
    return Known(here[0], "words") if len(here) == 1 else None


def _is_of(row: Recommendation, line: ImportedLine) -> bool:
    """Return whether a reference tells the same recommendation: one that carries a year does, any other only within its inquiry
    or with words that are alike.
    """
    return is_year_coded(line.reference) or row.inquiry_id == line.inquiry or alike(row.text, line.text)


def alike(one: str, other: str) -> bool:
    """Return whether two wordings are those of one recommendation, reworded at most."""
    left, right = comparable(one), comparable(other)
    if left == right or not right:
        return True
    return likeness(left, right) >= ALIKE


# ------------------------------------------------------------------ what stands on it

Counted = dict[str, set[Any]]
"""What stands on an import, by what each kind is called: one, or one and several with a bar between them."""
MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in apps.get_app_config("recommendations").get_models()
}
KEPT: dict[type[models.Model], frozenset[str]] = {
    Assignment: frozenset((*DERIVED, "version")),
    Recommendation: frozenset((*RECOMMENDATION_DERIVED, "version")),
}
"""Columns that follow from history: a change of them alone is no change."""
FOLLOWS = ("version", "sort_key", "target_on", "target_period")
"""Columns that follow from others: an import puts them back with those."""
NOT_KEPT = object()
"""Stands for a value that the audit trail does not hold, because it was withheld: it is like no other."""
OF_THE_IMPORT = (ImportBatch, ImportRow, ImportChange)


def standing_on(batch: ImportBatch) -> str:
    """Return what was recorded since on what an import made, in one sentence; "" if nothing was."""
    counted: Counted = defaultdict(set)
    made = {table: _made(batch, table) for table in MADE if table in MODELS}
    for table, ids in made.items():
        if ids:
            _count_references(counted, batch, MODELS[table], ids)
            _count_edits(counted, MODELS[table], ids)
    _count_changed_again(counted, batch)
    _count_elsewhere(counted, batch, made)
    if not counted:
        return ""
    facts = [plural(len(rows), *name.split("|")) for name, rows in counted.items()]
    listed = facts[0] if len(facts) == 1 else f"{', '.join(facts[:-1])} and {facts[-1]}"
    return f"This import can’t be taken back any more: {listed} came after it"


def _count(counted: Counted, name: str, rows: Any) -> None:
    found = set(rows.values_list("pk", flat=True))
    if found:
        counted[name] |= found


def _made(batch: ImportBatch, table: str) -> list[int]:
    rows = MODELS[table]._default_manager.order_by().filter(import_batch=batch)
    return list(rows.values_list("pk", flat=True))


NAMES = {
    "update": "update of progress|updates of progress",
    "assessment": "view of the committee|views of the committee",
    "response": "response",
    "targetchange": "new date",
    "correction": "correction",
    "evidence": "file or link|files or links",
    "updaterequest": "request for an update|requests for an update",
    "proposedverdict": "proposed verdict",
    "noticewithdrawal": "notice taken back|notices taken back",
    "wordingchange": "change of wording|changes of wording",
    "milestone": "step of a plan|steps of a plan",
    "relation": "relation to another recommendation|relations to other recommendations",
    "transfer": "transfer to another body|transfers to other bodies",
    "assignment": "recommendation addressed to a body|recommendations addressed to bodies",
    "recommendation": "recommendation",
    "importrow": "line of a later tracker|lines of a later tracker",
}


def _name(model: type[models.Model]) -> str:
    meta = model._meta
    return NAMES.get(str(meta.model_name), f"{meta.verbose_name}|{meta.verbose_name_plural}")


def _count_references(counted: Counted, batch: ImportBatch, made: type[models.Model], ids: list[int]) -> None:
    """Count the rows that refer to what was made and were not made with it."""
    for relation in made._meta.related_objects:
        model: Any = relation.related_model
        if relation.many_to_many or model in (ImportBatch, ImportChange) or model._meta.proxy:
            continue
        field = relation.field.name
        if model in KEPT and field in KEPT[model]:
            continue
        rows = model._default_manager.order_by().filter(**{f"{field}__in": ids})
        if model is ImportRow:
            rows = rows.exclude(batch=batch).filter(written=True)
        elif any(one.name == "import_batch" for one in model._meta.concrete_fields):
            rows = rows.exclude(import_batch=batch)
        _count(counted, _name(model), rows)
    for field_of_many in made._meta.many_to_many:
        many: Any = field_of_many
        rows = many.remote_field.through._default_manager.filter(**{f"{many.m2m_field_name()}__in": ids})
        _count(counted, "theme", rows)


def _count_edits(counted: Counted, made: type[models.Model], ids: list[int]) -> None:
    """Count the rows that somebody changed since and that read otherwise now: what a later import changed and its undoing put
    back is no change."""
    entries = AuditEntry.objects.filter(
        table_name=made._meta.db_table, row_key__in=[str(pk) for pk in ids], operation="UPDATE"
    )
    kept = {"lineage", "sort_key", *(_column(made, name) for name in KEPT.get(made, ()))}
    at_first: dict[tuple[str, str], Any] = {}
    at_last: dict[tuple[str, str], Any] = {}
    for key, before, after in entries.order_by("pk").values_list("row_key", "before", "after"):
        for name, value in (after or {}).items():
            if name not in kept:
                at_first.setdefault((key, name), (before or {}).get(name, NOT_KEPT))
                at_last[key, name] = value
    changed = {key for (key, name), value in at_last.items() if at_first[key, name] != value}
    if changed:
        counted[_change_of(made)] |= changed


def _change_of(model: type[models.Model]) -> str:
    return f"change of {_a(model)}|changes of {model._meta.verbose_name_plural}"


def _count_changed_again(counted: Counted, batch: ImportBatch) -> None:
    """Count the rows that were there before, that it changed, and that read otherwise again: what was before it can't be put back."""
    for table in batch.row_changes.order_by().values_list("table_name", flat=True).distinct():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.id FROM recommendations_importchange c JOIN {table} r ON r.id = c.row_key"  # noqa: S608 (our own tables)
                " WHERE c.batch_id = %s AND c.table_name = %s AND NOT to_jsonb(r) @> (c.after - %s::text[])",
                [batch.pk, table, list(FOLLOWS)],
            )
            if changed := {str(pk) for (pk,) in cursor.fetchall()}:
                counted[_change_of(MODELS[table])] |= changed


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def _a(model: type[models.Model]) -> str:
    word = str(model._meta.verbose_name)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _count_elsewhere(counted: Counted, batch: ImportBatch, made: dict[str, list[int]]) -> None:
    """Count what names what was made without a reference of the database, and what followed what was changed."""
    recommendations = made[Recommendation._meta.db_table]
    assignments = made[Assignment._meta.db_table]
    frozen = Pack.objects.filter(state=PackState.READY, selection__overlap=recommendations or [0])
    told = (
        Notice.objects.about_any([f"assignment:{pk}" for pk in assignments])
        if assignments
        else Notice.objects.none()
    )
    sealed = Q(pk__in=[])
    for table, ids in made.items():
        if ids:
            sealed |= Q(table_name=table, row_key__in=[str(pk) for pk in ids])
    for name, rows in (
        ("briefing pack", frozen.order_by()),
        ("notice", told),
        ("text withheld|texts withheld", SealedText.objects.filter(sealed)),
        *_after_what_was_changed(batch),
    ):
        _count(counted, name, rows)


def _after_what_was_changed(batch: ImportBatch) -> list[tuple[str, Any]]:
    """Return what followed on parts that were there before: it was said in the light of what the import brought."""
    moment = batch.applied_at
    if moment is None:
        return []
    later = Q(import_batch__applied_at__gt=moment)
    parts = {pk for ids in batch.rows.values_list("assignments", flat=True) for pk in ids}
    there = Assignment.objects.filter(pk__in=parts).exclude(import_batch=batch)
    own = there.order_by().values("pk")
    verdicts = Assessment.objects.filter(recommendation__in=there.order_by().values("recommendation"))
    return [
        (
            NAMES["targetchange"],
            TargetChange.objects.filter(
                Q(asked_at__gt=moment, import_batch=None) | later, assignment__in=own
            ),
        ),
        (NAMES["assessment"], verdicts.filter(Q(recorded_at__gt=moment, import_batch=None) | later)),
    ]


# ------------------------------------------------------------------ following up


def waiting_to_be_followed_up(committee: Body) -> Any:
    """Return the imports of a committee of which nothing is chased yet, the latest first."""
    return ImportBatch.objects.applied().of(committee).filter(followed_up_at__isnull=True).for_list()


@dataclass(frozen=True)
class WouldBeChased:
    """What would be asked of a body once an import is followed up."""

    assignment: Assignment
    overdue: bool
    due_soon: bool


def would_be_chased(
    committee: Body,
    on: dt.date,
    soon: dt.timedelta = dt.timedelta(days=28),
    *,
    batch: ImportBatch | None = None,
) -> Sequence[WouldBeChased]:
    """Return what is open of the imports of a committee that are not followed up yet, or of one of them, and overdue or due
    soon on the day: nobody was told of it, and following up would tell them.
    """
    waiting = waiting_to_be_followed_up(committee).order_by().values("pk")
    if batch is not None:
        waiting = waiting.filter(pk=batch.pk)
    rows = Assignment.objects.published().followed_up().filter(import_batch__in=waiting).for_list().in_order()
    found = []
    for row in rows.filter(first_target_on__lt=on + soon):
        overdue = row.is_overdue_on(on)
        coming = row.first_target_on is not None and on <= row.first_target_on
        if overdue or coming:
            found.append(WouldBeChased(row, overdue, coming))
    return found


# ------------------------------------------------------------------ two times


def brought_in_words(batch: ImportBatch) -> str:
    """Return when a tracker was brought in, and from which file, as pages of the past say it."""
    on = long_date(timezone.localdate(batch.applied_at)) if batch.applied_at else "not yet"
    return f"{on}, from {batch.file_name}, a tracker as at {batch.day_words}"


def brought_in_later(moment: dt.datetime | None, committee: Body) -> list[ImportBatch]:
    """Return the imports of a committee, and of those below it, that brought in after the moment what the record now shows
    as of it, the earliest first; none for now (None).
    """
    if moment is None:
        return []
    rows = ImportBatch.objects.applied().filter(
        applied_at__gt=moment, committee__lineage__contains=[committee.pk]
    )
    rows = rows.defer("reading", "new_bodies", "new_inquiries").order_by("applied_at", "pk")
    return [batch for batch in rows if batch.recorded_at <= moment]
