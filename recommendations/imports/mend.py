"""Mend one line of a tracker, leave it out, or decide of it. The lines of its recommendation are worked out anew with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from committee.accounts.models import User
from recommendations.actions import import_previews as previews
from recommendations.actions.base import ActionDenied
from recommendations.imports.answers import answers_for
from recommendations.imports.compare import tell_states
from recommendations.imports.drafts import Decisions
from recommendations.imports.lines import LineMaker
from recommendations.imports.rows import decisions_of, entry_of, question_json, settle
from recommendations.models import Body, ImportBatch, ImportRow, Recommendation
from recommendations.trackers.reading import Reading, TableReading


def mend_line(
    *, by: User, row: ImportRow, version: str, mended: Mapping[str, Any], exempt: str, reference: str
) -> ImportRow:
    """Keep what somebody mended of a line. `reference` names the recommendation on the record that it is, if any.

    Raise ActionDenied for a reference that no recommendation of the committee has, EditConflict where somebody else changed
    the line meanwhile.
    """
    chosen = _recommendation(row.batch.committee, reference)

    def change(before: Decisions) -> Decisions:
        is_recommendation = chosen if reference else before.is_recommendation
        return Decisions(dict(mended), before.left_out, is_recommendation, exempt)

    return _changed(by, row, version, change)


def leave_out(*, by: User, row: ImportRow, version: str, out: bool) -> ImportRow:
    """Leave a line out, or take it in again."""

    def change(before: Decisions) -> Decisions:
        return Decisions(before.mended, out, before.is_recommendation, before.exempt)

    return _changed(by, row, version, change)


def say_which(*, by: User, row: ImportRow, version: str, recommendation: int | None) -> ImportRow:
    """Say which recommendation on the record a line is, with the other lines of its own; None takes that back."""

    def change(before: Decisions) -> Decisions:
        return Decisions(before.mended, before.left_out, recommendation, before.exempt)

    return _changed(by, row, version, change, with_others=True)


def as_it_was_read(*, by: User, row: ImportRow, version: str) -> ImportRow:
    """Drop what was mended and decided of a line."""
    return _changed(by, row, version, lambda before: Decisions())


def _recommendation(committee: Body, reference: str) -> int | None:
    if not reference:
        return None
    found = Recommendation.objects.of_committees({committee.pk}).with_reference(reference)
    if found is None:
        raise ActionDenied("No recommendation of this committee has that reference", "recommendation")
    return found.pk


def _changed(
    by: User,
    row: ImportRow,
    version: str,
    change: Callable[[Decisions], Decisions],
    *,
    with_others: bool = False,
) -> ImportRow:
    """Change what was decided of a line, or also of the other lines of its recommendation (`with_others`)."""
    with transaction.atomic():
        there = previews.begin_line(by=by, row=row, version=version)
        batch = row.batch
        rows = list(batch.rows.filter(item=there.item).order_by("order", "id"))
        changes = {one.pk: change for one in rows if with_others or one.pk == there.pk}
        asked = work_out(batch, rows, changes)
        previews.save_lines(by=by, batch=batch, rows=rows, asked=asked)
    return next(one for one in rows if one.pk == there.pk)


def work_out(
    batch: ImportBatch, rows: list[ImportRow], changes: Mapping[int, Callable[[Decisions], Decisions]]
) -> list[dict[str, Any]]:
    """Set on rows of one recommendation, not saved, what becomes of them with changed decisions. Return what is asked of
    them, as it is kept.
    """
    decisions = decisions_of(rows)
    for row in rows:
        if change := changes.get(row.pk):
            key = (row.table, row.row, row.part)
            decisions[key] = change(decisions[key])
    maker = LineMaker(batch.committee, answers_for(batch), batch.day)
    entries = tuple(map(entry_of, rows))
    tables = tuple(
        TableReading(table["table"], table["title"], (), ()) for table in batch.reading.get("tables", [])
    )
    drafts = maker.make(Reading(batch.file_name, batch.day, tables, entries), decisions)
    for draft, row in zip(drafts, rows, strict=True):
        settle(row, draft)
    tell_states(batch, drafts, rows)
    keys = {problem["key"] for row in rows for problem in row.problems}
    later = [one for one in batch.reading.get("waiting", ()) if one["key"] in keys]
    return [*later, *map(question_json, maker.questions)]
