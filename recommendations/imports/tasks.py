"""Background tasks of imports: read, apply, undo. Each may run twice: the second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django_tasks import task

from committee.accounts.models import User
from recommendations.actions import import_previews as previews
from recommendations.actions import imports as actions
from recommendations.actions.base import ActionDenied
from recommendations.imports.answers import remembered
from recommendations.imports.kinds import open_keys, questions_of
from recommendations.imports.read import read_import
from recommendations.lifecycle import BodyKind, ImportState
from recommendations.models import Body, ImportBatch
from recommendations.queries.import_lines import lines_with_problem
from recommendations.trackers.as_at import AS_AT_KEY
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import format_of
from recommendations.trackers.readers.text import plain_name

log = structlog.get_logger(__name__)

UNEXPECTED = "Something unexpected happened, and nothing was changed. Try again; if it happens again, tell your administrator"


@task()
def read_file(batch_id: int, by_id: int) -> str:
    """Read a file that waits to be read. Return the state that the import is in afterwards."""
    return _carried_out(batch_id, by_id, read_import, actions.could_not_read)


@task()
def apply_import(batch_id: int, by_id: int) -> str:
    """Apply an import that waits for it. Return the state that it is in afterwards."""
    return _carried_out(batch_id, by_id, actions.apply_import, actions.refuse_apply)


@task()
def undo_import(batch_id: int, by_id: int) -> str:
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
    except (ActionDenied, PermissionDenied) as refused:
        refuse(by=by, batch=batch, why=str(refused))
    except Exception:
        refuse(by=by, batch=batch, why=UNEXPECTED)
        log.exception("import_step_failed", batch=batch_id, step=do.__name__)
        raise
    return str(ImportBatch.objects.values_list("state", flat=True).get(pk=batch_id))


def request_reading(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Have a file read, or read anew, by the worker."""
    return _requested(read_file, previews.read_again, by=by, batch=batch)


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
            transaction.on_commit(partial(read_file.enqueue, batch.pk, by.pk))
    return batch


def answer(*, by: User, batch: ImportBatch, answers: Mapping[str, Any]) -> ImportBatch:
    """Keep answers (see `actions.import_previews.answer_questions`), and have the file read anew by the worker."""
    details = {"answers": answers, "remembered": remembered(batch, answers)}
    return _requested(read_file, previews.answer_questions, by=by, batch=batch, **details)


def answer_now(*, by: User, batch: ImportBatch, answers: Mapping[str, Any]) -> None:
    """Keep answers, and read the file anew with them at once: for what does not wait for the worker."""
    kept = previews.answer_questions(
        by=by, batch=batch, answers=answers, remembered=remembered(batch, answers)
    )
    read_import(by=by, batch=ImportBatch.objects.for_list().get(pk=kept.pk))


def answer_all(*, by: User, batch: ImportBatch, kind: str, new_body: str = "") -> ImportBatch:
    """Answer all open questions of a kind at once: with the likelier reading where there is one, or with a new body of that
    kind for each name that is like none on the record. Raise ActionDenied where nothing is left to answer so.
    """
    still_open = open_keys(batch)
    questions = [one for one in questions_of(batch, kind) if one["key"] in still_open]
    answers: dict[str, Any]
    if new_body in BodyKind.values:
        names = [one for one in questions if one["words"] and not one["choices"]]
        answers = {one["key"]: {"new": new_body} for one in names}
    else:
        answers = {one["key"]: one["likelier"] for one in questions if one["likelier"] is not None}
    if not answers:
        raise ActionDenied("No open question of this kind can be answered so. Answer them one by one")
    return answer(by=by, batch=batch, answers=answers)


def change_details(
    *, by: User, batch: ImportBatch, as_at: Mapping[str, Any], not_for_publication: bool
) -> ImportBatch:
    """Keep the tracker's own day and what was said of its publication, and have the file read anew."""
    with transaction.atomic():
        previews.say_what_is_exempt(by=by, batch=batch, not_for_publication=not_for_publication)
        return answer(by=by, batch=batch, answers={AS_AT_KEY: as_at})


def decide_exempt_words(*, by: User, batch: ImportBatch, answers: Mapping[str, Any]) -> ImportBatch:
    """Decide of all lines at which words say "not for publication": they may be published, or are left out. Have the file read
    anew, so that what else they say is asked.
    """
    with transaction.atomic():
        for key, said in answers.items():
            decision = "open" if said is False else "left_out"
            rows = list(lines_with_problem(batch, key))
            previews.decide_exempt(by=by, batch=batch, rows=rows, decision=decision)
        return request_reading(by=by, batch=batch)


def request_apply(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Queue an import to be applied (see `actions.imports.queue_apply`); the worker does it. A second call changes nothing."""
    return _requested(apply_import, actions.queue_apply, by=by, batch=batch, version=version)


def request_undo(*, by: User, batch: ImportBatch, version: int | None = None) -> ImportBatch:
    """Queue an import to be undone (see `actions.imports.queue_undo`); the worker does it. A second call changes nothing."""
    return _requested(undo_import, actions.queue_undo, by=by, batch=batch, version=version)


def _requested(
    job: Any, queue: Callable[..., ImportBatch], *, by: User, batch: ImportBatch, **details: Any
) -> ImportBatch:
    with transaction.atomic():
        queued = queue(by=by, batch=batch, **details)
        transaction.on_commit(partial(job.enqueue, queued.pk, by.pk))
    return queued
