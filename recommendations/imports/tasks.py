"""Background tasks of imports: a tracker is applied and taken back by the worker, because it takes a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import task

from committee.accounts.models import User
from recommendations.actions import imports
from recommendations.actions.base import ActionDenied
from recommendations.models import ImportBatch


@task()
def apply_import(batch_id: int, by_id: int) -> str:
    """Apply an import that was queued. Return the state it is in afterwards; a second run changes nothing."""
    return _carry_out(batch_id, by_id, imports.apply_import, imports.refuse_apply)


@task()
def undo_import(batch_id: int, by_id: int) -> str:
    """Undo an import that was queued for it. Return the state it is in afterwards; a second run changes nothing."""
    return _carry_out(batch_id, by_id, imports.undo_import, imports.refuse_undo)


def _carry_out(
    batch_id: int, by_id: int, act: Callable[..., ImportBatch], refuse: Callable[..., ImportBatch]
) -> str:
    batch, by = ImportBatch.objects.get(pk=batch_id), User.objects.get(pk=by_id)
    try:
        return str(act(by=by, batch=batch).state)
    except (ActionDenied, PermissionDenied) as refused:
        return str(refuse(by=by, batch=batch, why=str(refused)).state)


def request_apply(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Queue an import (see `actions.imports.queue_apply`) and enqueue the task that applies it once that is committed.

    Pressed again while it waits, it is enqueued again; it is applied once.
    """
    with transaction.atomic():
        queued = imports.queue_apply(by=by, batch=batch)
        transaction.on_commit(partial(apply_import.enqueue, queued.pk, by.pk))
    return queued


def request_undo(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Queue an import to be taken back (see `actions.imports.queue_undo`) and enqueue the task once that is committed."""
    with transaction.atomic():
        queued = imports.queue_undo(by=by, batch=batch)
        transaction.on_commit(partial(undo_import.enqueue, queued.pk, by.pk))
    return queued
