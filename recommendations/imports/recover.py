"""Recovery of imports whose task is gone: a process died before it was enqueued, or ended too often while it ran.

A worker calls it periodically; several may run at once. Reading, applying and undoing are done once, however often they begin.
"""

from __future__ import annotations

import datetime as dt

import structlog
from django.core.cache import cache

from committee import clock, worker
from recommendations.actions import imports as actions
from recommendations.actions.base import ActionDenied
from recommendations.imports.tasks import apply_import, read_file, undo_import
from recommendations.lifecycle import ImportState
from recommendations.models import ImportBatch

log = structlog.get_logger(__name__)

PATIENCE = dt.timedelta(minutes=5)
"""How long after it was handed in an import without a task is left alone: its task may still be enqueued."""
SEEN_FOR = 3600
"""How long it is remembered that an import was seen without a task, in seconds."""
STOPPED = "The service stopped while it worked on this import, and nothing was changed. Try again"
STEPS = {
    ImportState.READING: (read_file, actions.could_not_read),
    ImportState.APPLYING: (apply_import, actions.refuse_apply),
    ImportState.UNDOING: (undo_import, actions.refuse_undo),
}


def recover_imports() -> int:
    """Put imports that wait for a task that is not there back to where they were, with the reason. Return how many."""
    old = clock.now() - PATIENCE
    waiting = list(ImportBatch.objects.for_list().filter(state__in=STEPS, created_at__lt=old))
    pending = (
        {state: worker.pending(task.module_path) for state, (task, _) in STEPS.items()} if waiting else {}
    )
    recovered = 0
    for batch in waiting:
        state = ImportState(batch.state)
        if batch.pk in pending[state] or cache.add(f"import-lost:{batch.pk}:{batch.version}", 1, SEEN_FOR):
            continue  # it is looked at twice: its task may be about to be enqueued
        try:
            STEPS[state][1](by=batch.created_by, batch=batch, why=STOPPED)
        except ActionDenied:  # somebody was quicker
            continue
        log.warning("import_recovered", batch=batch.pk, state=state)
        recovered += 1
    return recovered
