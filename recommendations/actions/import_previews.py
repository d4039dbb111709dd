"""What people answer, mend and decide of a tracker before it is applied. Nothing of it is on the record.

Each step is saved by itself, so that a check that is half done waits for tomorrow or for a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import connection

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, EditConflict, action, lock, save
from recommendations.lifecycle import ExemptDecision, GoneAnswer, ImportRowState, ImportState
from recommendations.models import ImportAnswer, ImportBatch, ImportRow
from recommendations.permissions import Right, require
from recommendations.queries.import_gone import GoneSince
from recommendations.queries.import_lines import answers_given

BEING_READ = "The file is being read anew. Wait a moment, then save again"


def why_not_changed(batch: ImportBatch) -> str:
    """Return why answers and lines of an import are not changed any more; "" while they are, or soon will be again."""
    if batch.state in (ImportState.TO_CHECK, ImportState.READING):
        return ""
    return f"This import is {batch.get_state_display().lower()}, so it is not changed any more"


def _to_check(batch: ImportBatch) -> ImportBatch:
    """Return the import, locked. Raise ActionDenied unless it is read and waits to be checked."""
    batch = lock(batch)
    if batch.state == ImportState.READING:
        raise ActionDenied(BEING_READ)
    if why := why_not_changed(batch):
        raise ActionDenied(why)
    return batch


@action
def answer_questions(
    *,
    by: User,
    batch: ImportBatch,
    answers: Mapping[str, Any],
    remembered: Mapping[str, Mapping[str, Any]],
) -> ImportBatch:
    """Keep answers about the file, and have it read anew with them. None takes an answer back.

    `remembered` are those of `answers` that hold for later files too, by the shape of these: "" for all of the committee.
    """
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if why := why_not_changed(batch):
        raise ActionDenied(why)
    given = {**answers_given(batch), **answers}
    for shape, some in remembered.items():
        _remember(by, batch, shape, some)
    batch.version += 1
    kept = [{"key": key, "answer": said} for key, said in given.items() if said is not None]
    save(batch, state=ImportState.READING, reading={**batch.reading, "answers": kept})
    return batch


def _remember(by: User, batch: ImportBatch, shape: str, answers: Mapping[str, Any]) -> None:
    kept = {key: said for key, said in answers.items() if said is not None}
    dropped = [key for key, said in answers.items() if said is None]
    ImportAnswer.objects.filter(committee=batch.committee, shape=shape, question__in=dropped).delete()
    ImportAnswer.objects.bulk_create(
        [
            ImportAnswer(
                committee=batch.committee,
                shape=shape,
                question=key,
                answer=said,
                answered_at=clock.now(),
                answered_by=by,
            )
            for key, said in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["committee", "shape", "question"],
        update_fields=["answer", "answered_at", "answered_by"],
    )


@action
def keep_reading(
    *, by: User, batch: ImportBatch, version: int, rows: Sequence[ImportRow], **details: Any
) -> ImportBatch:
    """Keep what was read of a file in the place of what was read before; lines that were there stay the same rows.

    Raise EditConflict if somebody answered something meanwhile: then it has to be read anew.
    """
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if batch.state != ImportState.READING or batch.version != version:
        raise EditConflict(batch)
    places = batch.rows.order_by().values_list("table", "row", "part", "pk")
    there = {(table, row, part): pk for table, row, part, pk in places}
    with (
        connection.cursor() as cursor
    ):  # nothing refers to them yet; looked for, that takes seconds and their cells
        cursor.execute("DELETE FROM recommendations_importrow WHERE batch_id = %s", [batch.pk])
    for row in rows:
        row.batch = batch
        row.pk = there.get((row.table, row.row, row.part))
    for some in ([row for row in rows if row.pk], [row for row in rows if not row.pk]):
        ImportRow.objects.bulk_create(some, batch_size=250)
    batch.version += 1
    save(batch, state=ImportState.TO_CHECK, refusal="", **details)
    return batch


@action
def read_again(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Have a file read anew that could not be read, or whose lines somebody mended."""
    require(by, Right.IMPORT, batch)
    batch = lock(batch)
    if batch.state not in (ImportState.TO_CHECK, ImportState.FAILED, ImportState.READING):
        raise ActionDenied(f"This import is {batch.get_state_display().lower()}, so it is not read any more")
    batch.version += 1
    save(batch, state=ImportState.READING, refusal="")
    return batch


@action
def say_what_is_exempt(*, by: User, batch: ImportBatch, not_for_publication: bool) -> ImportBatch:
    """Record whether anything in the file is not for publication."""
    require(by, Right.IMPORT, batch)
    batch = _to_check(batch)
    batch.version += 1
    save(batch, not_for_publication=not_for_publication)
    return batch


@action
def decide_exempt(*, by: User, batch: ImportBatch, rows: Sequence[ImportRow], decision: str) -> int:
    """Decide of lines that say that they are not for publication: "open", or "left_out". Return how many.

    What else they say and ask is told when the file is read anew. To keep words of a line apart, each line is decided by
    itself: see `imports.mend`.
    """
    require(by, Right.IMPORT, batch)
    batch = _to_check(batch)
    ids = [row.pk for row in rows]
    locked = list(ImportRow.objects.select_for_update().filter(batch=batch, pk__in=ids))
    for row in locked:
        if decision == ImportRowState.LEFT_OUT:
            row.state = ImportRowState.LEFT_OUT
        else:
            row.exempt_decision = ExemptDecision.OPEN
    ImportRow.objects.bulk_update(locked, ["state", "exempt_decision"], batch_size=500)
    return len(locked)


@action
def begin_gone(*, by: User, batch: ImportBatch, versions: Mapping[int, str]) -> ImportBatch:
    """Lock the import and return it as it is now, to be answered in the same transaction what became of recommendations that its
    file leaves out. `versions` are `GoneSince.version_of` those, as the person saw them.

    Raise EditConflict where somebody else answered of one of them meanwhile.
    """
    require(by, Right.IMPORT, batch)
    batch = _to_check(batch)
    since = GoneSince(batch)
    if any(since.version_of(pk) != version for pk, version in versions.items()):
        raise EditConflict(batch)
    return batch


@action
def keep_gone(*, by: User, batch: ImportBatch, said: Mapping[int, GoneAnswer | None]) -> ImportBatch:
    """Keep what was said became of recommendations that the file leaves out, by their ids. None takes an answer back."""
    require(by, Right.IMPORT, batch)
    batch = _to_check(batch)
    kept = dict(GoneSince(batch).kept)
    for pk, answer in said.items():
        kept.pop(pk, None)
        if answer is not None:
            kept[pk] = {
                "recommendation": pk,
                "state": answer.value,
                "answered_by": by.pk,
                "answered_at": clock.now().isoformat(),
            }
    batch.version += 1
    save(batch, reading={**batch.reading, "gone": list(kept.values())})
    return batch


@action
def begin_line(*, by: User, row: ImportRow, version: str) -> ImportRow:
    """Lock the import and return the line as it is now, to be changed in the same transaction. `version` is `line_version` of
    the row that the person saw.

    Raise EditConflict where somebody else changed it meanwhile.
    """
    require(by, Right.IMPORT, row)
    _to_check(row.batch)
    there: ImportRow = lock(row)
    if line_version(there) != version:
        raise EditConflict(there)
    return there


@action
def save_lines(
    *, by: User, batch: ImportBatch, rows: Sequence[ImportRow], asked: Sequence[dict[str, Any]] = ()
) -> None:
    """Keep what was mended or decided of lines of one recommendation, and what is asked of them from now on."""
    require(by, Right.IMPORT, batch)
    batch = _to_check(batch)
    there = batch.reading.get("questions", [])
    known = {one["key"] for one in there}
    batch.version += 1
    if new := [one for one in asked if one["key"] not in known]:
        still_open = sorted({*batch.reading.get("open", ()), *(one["key"] for one in new)})
        save(batch, reading={**batch.reading, "questions": [*there, *new], "open": still_open})
    else:
        ImportBatch.objects.filter(pk=batch.pk).update(version=batch.version)
    fields = ["state", "exempt_decision", "reading", "line", "problems", "recommendation"]
    ImportRow.objects.bulk_update(rows, fields)


def line_version(row: ImportRow) -> str:
    """Return what tells whether somebody changed the line meanwhile."""
    left_out = row.state == ImportRowState.LEFT_OUT
    seen = (left_out, row.exempt_decision, row.reading.get("mended"), row.reading.get("chosen"))
    return sha256(repr(seen).encode()).hexdigest()[:16]
