"""Background tasks of imports: read, apply, undo. Each may run twice: the second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django_tasks import task

from committee.accounts.models import User
from recommendations.actions import import_previews
from recommendations.actions import imports as actions
from recommendations.actions.base import ActionDenied
from recommendations.imports.answers import remembered
from recommendations.imports.read import read_import
from recommendations.lifecycle import ImportState
from recommendations.models import Body, ImportBatch
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import format_of
from recommendations.trackers.readers.text import plain_name

log = structlog.get_logger(__name__)

UNEXPECTED = "Something unexpected happened, and nothing was changed. Try again; if it happens again, tell your administrator"


@task()
def read(batch_id: int, by_id: int) -> str:
    """Read a file that waits to be read. Return the state that the import is in afterwards."""
    return _carried_out(batch_id, by_id, read_import, actions.could_not_read)


@task()
def apply(batch_id: int, by_id: int) -> str:
    """Apply an import that waits for it. Return the state that it is in afterwards."""
    return _carried_out(batch_id, by_id, actions.apply_import, actions.refuse_apply)


@task()
def undo(batch_id: int, by_id: int) -> str:
    """Undo an import that waits for it. Return the state that it is in afterwards."""
    return _carried_out(batch_id, by_id, actions.undo_import, actions.refuse_undo)


def _carried_out(batch_id: int, by_id: int, do: Callable[..., Any], refuse: Callable[..., Any]) -> str:
    """Do a step; where it can't be done, note why on the import and leave it as it was before."""
    batch = ImportBatch.objects.for_list().filter(pk=batch_id).first()
    by = User.objects.filter(pk=by_id).first()
    if batch is None or by is None:
        return "gone"
    try:
        do(by=by, batch=batch)
    except ActionDenied as denied:
        refuse(by=by, batch=batch, why=denied.message)
    except Exception:
        refuse(by=by, batch=batch, why=UNEXPECTED)
        log.exception("import_step_failed", batch=batch_id, step=do.__name__)
        raise
    return str(ImportBatch.objects.values_list("state", flat=True).get(pk=batch_id))


def request_reading(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Have a file read, or read anew, by the worker."""
    return _requested(read, import_previews.read_again, by=by, batch=batch)


def hand_in(
    *, by: User, committee: Body, file: UploadedFile, not_for_publication: bool | None = None
) -> ImportBatch:
    """Take in a file (see `actions.imports.hand_in`), and have it read by the worker.

    Raise ActionDenied, beside the file, for one that is no tracker's file: see `trackers.files.format_of`.
    """
    try:
        file_format = format_of(file, file.name or "")
    except CannotBeRead as problem:
        raise ActionDenied(str(problem), "file") from problem
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    with transaction.atomic():
        batch = actions.hand_in(
            by=by,
            committee=committee,
            file=file,
            file_name=plain_name(file.name or "tracker"),
            sha256=digest.hexdigest(),
            size=file.size or 0,
            file_format=file_format,
            not_for_publication=not_for_publication,
        )
        if batch.state == ImportState.READING:
            transaction.on_commit(partial(read.enqueue, batch.pk, by.pk))
    return batch


def answer(*, by: User, batch: ImportBatch, answers: Mapping[str, Any]) -> ImportBatch:
    """Keep answers (see `actions.import_previews.answer_questions`), and have the file read anew by the worker."""
    details = {"answers": answers, "remembered": remembered(batch, answers)}
    return _requested(read, import_previews.answer_questions, by=by, batch=batch, **details)


def request_apply(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Queue an import to be applied (see `actions.imports.queue_apply`); the worker does it. A second call changes nothing."""
    return _requested(apply, actions.queue_apply, by=by, batch=batch, version=version)


def request_undo(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Queue an import to be undone (see `actions.imports.queue_undo`); the worker does it. A second call changes nothing."""
    return _requested(undo, actions.queue_undo, by=by, batch=batch, version=version)


def _requested(
    job: Any, queue: Callable[..., ImportBatch], *, by: User, batch: ImportBatch, **details: Any
) -> ImportBatch:
    with transaction.atomic():
        queued = queue(by=by, batch=batch, **details)
        transaction.on_commit(partial(job.enqueue, queued.pk, by.pk))
    return queued
