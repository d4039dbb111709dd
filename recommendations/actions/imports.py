"""Bring a tracker in, and take it back.

Nothing is written to the record before a tracker is applied. Applying writes all of it in one transaction, once, however often
it is asked for; undoing takes back exactly that, as long as nothing stands on it. Nobody is mailed and no clock starts.
"""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import connection

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.import_writer import ImportWriter
from recommendations.actions.recompute import recompute_several
from recommendations.lifecycle import IMPORT_TRANSITIONS, ImportState, can_transition
from recommendations.models import (
    Assignment,
    Body,
    ImportBatch,
    ImportRow,
    Recommendation,
)
from recommendations.models.imports import MADE
from recommendations.permissions import Right, require
from recommendations.queries.imports import standing_on

CHANGED_MEANWHILE = (
    "Somebody changed this import since you looked. See below what will be made now, then apply it"
)
APPLIED = (ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE)


# ------------------------------------------------------------------ before it is applied


@action
def hand_in(
    *,
    by: User,
    committee: Body,
    file: File[bytes] | None,
    file_name: str,
    sha256: str,
    size: int = 0,
    **details: Any,
) -> ImportBatch:
    """Take in a file of a committee, which is read next. The same file is taken in once: return the import that is open."""
    require(by, Right.IMPORT, committee)
    lock(committee)
    there = ImportBatch.objects.of(committee).open().with_content(sha256).first()
    if there is not None:
        return there
    batch = ImportBatch(committee=committee, created_by=by, sha256=sha256, size=size, **details)
    batch.created_at = clock.now()
    save(batch, file_name=file_name)
    if file is not None:
        batch.file.save(file_name, file)
    return batch


@action
def could_not_read(*, by: User, batch: ImportBatch, why: str) -> ImportBatch:
    """Note that the file can't be read, and why."""
    require(by, Right.IMPORT, batch)
    batch = _open(batch)
    _move(batch, ImportState.FAILED, refusal=why)
    return batch


def why_not_discarded(batch: ImportBatch) -> str:
    """Return why an import can't be thrown away; "" where it can."""
    if can_transition(IMPORT_TRANSITIONS, batch.state, ImportState.DISCARDED):
        return ""
    return f"This import is {batch.get_state_display().lower()}, so it can’t be thrown away"


@action
def discard_import(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Throw an import away of which nothing is on the record. Its cells and its file go too."""
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if why := why_not_discarded(batch):
        raise ActionDenied(why)
    batch.rows.all().delete()
    _move(batch, ImportState.DISCARDED, file="", reading={}, new_bodies=[], new_inquiries=[])
    return batch


def _open(batch: ImportBatch) -> ImportBatch:
    """Return the import, locked. Raise ActionDenied unless it is read or checked."""
    batch = lock(batch)
    if batch.state not in (ImportState.READING, ImportState.TO_CHECK, ImportState.FAILED):
        raise ActionDenied(
            f"This import is {batch.get_state_display().lower()}, so it is not changed any more"
        )
    return batch


def _move(batch: ImportBatch, state: ImportState, **values: Any) -> None:
    if batch.state != state and not can_transition(IMPORT_TRANSITIONS, batch.state, state):
        raise ActionDenied(f"This import is {batch.get_state_display().lower()}")
    batch.version += 1
    save(batch, state=state, **values)


# ------------------------------------------------------------------ apply


@action
def queue_apply(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Ask for an import to be applied by the worker. `version` is that of the import whose plan the person saw.

    Raise ActionDenied as long as something of it is not decided, and where somebody changed it since the person looked.
    """
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if batch.state in (ImportState.APPLYING, *APPLIED):
        return batch
    check_decided(batch)
    if version is not None and version != batch.version:
        raise ActionDenied(CHANGED_MEANWHILE)
    _move(batch, ImportState.APPLYING, refusal="")
    return batch


@action
def apply_import(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Write a tracker to the record, as of its own day. An import that was applied is returned as it is.

    What the record has already is not written again, what the tracker says anew is added, and nothing is taken away. Raise
    ActionDenied, with the place in the file, for what can't be written; then nothing is.
    """
    require(by, Right.IMPORT, batch)
    lock(batch.committee)
    batch = lock(batch)
    if batch.state in APPLIED:
        return batch
    check_decided(batch)
    if batch.state != ImportState.APPLYING:
        _move(batch, ImportState.APPLYING)
    _move(batch, ImportState.APPLIED, applied_at=clock.now(), applied_by=by, refusal="")
    ImportWriter(by, batch).write(list(batch.rows.to_write()))
    return batch


def check_decided(batch: ImportBatch) -> None:
    """Raise ActionDenied as long as the tracker's own day, or what of it is not for publication, is not decided."""
    if batch.state not in (ImportState.TO_CHECK, ImportState.APPLYING):
        raise ActionDenied(f"This import is {batch.get_state_display().lower()}, so it can’t be applied")
    if batch.day.end is None:
        raise ActionDenied("Enter the tracker’s own day: undated progress is of that day", "as_at")
    if batch.day.start is not None and batch.day.start > clock.today():
        raise ActionDenied("Enter the tracker’s own day: today or earlier", "as_at")
    if batch.not_for_publication is None:
        raise ActionDenied("Say whether anything in the file is not for publication", "not_for_publication")
    rows = batch.rows.to_apply()
    undecided = rows.filter(says_exempt=True, exempt_decision="").first()
    if undecided is not None:
        raise ActionDenied(
            f"{undecided.place} says that it is not for publication. Decide whether it may be published, or leave it out"
        )
    if not rows.exists():
        raise ActionDenied("No line is left to apply")


@action
def refuse_apply(*, by: User, batch: ImportBatch, why: str) -> ImportBatch:
    """Note why an import could not be applied, so that it is checked further. Nothing of it was written."""
    batch = lock(batch)
    if batch.state == ImportState.APPLYING:
        _move(batch, ImportState.TO_CHECK, refusal=why)
    return batch


# ------------------------------------------------------------------ undo


@action
def queue_undo(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Ask for an import to be taken back by the worker. Raise ActionDenied for one on which something stands."""
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if batch.state in (ImportState.UNDOING, ImportState.UNDONE):
        return batch
    check_undoable(batch)
    _move(batch, ImportState.UNDOING, refusal="")
    return batch


@action
def undo_import(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Take back exactly what an import made, so that the record is as it was. One that was undone is returned as it is.

    Raise ActionDenied with what stands on it.
    """
    require(by, Right.IMPORT, batch)
    lock(batch.committee)
    batch = lock(batch)
    if batch.state == ImportState.UNDONE:
        return batch
    check_undoable(batch)
    if batch.state != ImportState.UNDOING:
        _move(batch, ImportState.UNDOING)
    _move(batch, ImportState.UNDONE, undone_at=clock.now(), undone_by=by, refusal="")
    there_before = _known_before(batch)
    batch.rows.update(recommendation=None, assignments=[], written=False)
    ImportRow.objects.filter(recommendation__import_batch=batch).update(recommendation=None)
    _change_back(batch)
    with connection.cursor() as cursor:
        for table in MADE:
            cursor.execute(f"DELETE FROM {table} WHERE import_batch_id = %s", [batch.pk])  # noqa: S608 (our own tables)
    recompute_several(there_before)
    return batch


def check_undoable(batch: ImportBatch) -> None:
    """Raise ActionDenied unless the import is on the record and nothing stands on it."""
    if batch.state not in (ImportState.APPLIED, ImportState.UNDOING):
        raise ActionDenied(
            f"This import is {batch.get_state_display().lower()}, so there is nothing to take back"
        )
    stands = standing_on(batch)
    if stands:
        raise ActionDenied(stands)


def _known_before(batch: ImportBatch) -> list[int]:
    """Return the ids of what it added to and did not make."""
    known = Recommendation.objects.filter(import_rows__batch=batch).exclude(import_batch=batch)
    return list(known.order_by("pk").distinct().values_list("pk", flat=True))


def _change_back(batch: ImportBatch) -> None:
    """Put back what it changed of rows that were there, the last change first."""
    models = {model._meta.db_table: model for model in (Recommendation, Assignment)}
    with connection.cursor() as cursor:
        for change in batch.row_changes.order_by("-pk"):
            table = models[change.table_name]._meta.db_table
            columns = ", ".join(connection.ops.quote_name(name) for name in change.before)
            values = ", ".join(f"x.{connection.ops.quote_name(name)}" for name in change.before)
            cursor.execute(
                f"UPDATE {table} r SET ({columns}) = ROW({values})"  # noqa: S608 (our own tables and columns)
                f" FROM recommendations_importchange c, jsonb_populate_record(NULL::{table}, c.before) x"
                " WHERE c.id = %s AND r.id = c.row_key",
                [change.pk],
            )


@action
def refuse_undo(*, by: User, batch: ImportBatch, why: str) -> ImportBatch:
    """Note why an import could not be taken back. It stays on the record."""
    batch = lock(batch)
    if batch.state == ImportState.UNDOING:
        _move(batch, ImportState.APPLIED, refusal=why)
    return batch


# ------------------------------------------------------------------ follow up


@action
def follow_up_imported(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Begin to follow up what an import brought: from now on notices are due of it like of everything else.

    What would be chased is read before by `queries.imports.would_be_chased`.
    """
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if batch.state != ImportState.APPLIED:
        raise ActionDenied(
            f"This import is {batch.get_state_display().lower()}, so there is nothing to follow up"
        )
    if batch.followed_up_at is None:
        batch.version += 1
        save(batch, followed_up_at=clock.now(), followed_up_by=by)
    return batch
