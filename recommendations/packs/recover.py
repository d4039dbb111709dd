"""Recovery of packs that a process which died left unfinished.

A worker calls it periodically; several may run at once.
"""

from __future__ import annotations

import structlog

from committee import worker
from recommendations.actions import pack_builds
from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.packs.build import builder_lock
from recommendations.packs.tasks import build_pack

log = structlog.get_logger(__name__)


def recover_packs() -> int:
    """Queue packs whose builder is gone again, and enqueue a task for those that wait without one. Return how many.

    The database knows whether the builder is gone: it holds a lock as long as it lives. A second task does no harm,
    because only one worker takes a pack.
    """
    unfinished = Pack.objects.unfinished().select_related("built_by").defer("content")
    rows = [pack for pack in unfinished.order_by("queued_at", "pk") if pack.built_by is not None]
    asked_for = worker.pending(build_pack.module_path) if rows else set()
    return sum(_recovered(pack, asked_for) for pack in rows)


def _recovered(pack: Pack, asked_for: set[object]) -> bool:
    if pack.state == PackState.RENDERING:
        with builder_lock(pack.pk) as gone:
            if not gone:
                return False
            assert pack.built_by is not None  # noqa: S101 - tells the type checker
            state = pack_builds.begin_again(by=pack.built_by, pack=pack)
        log.warning("pack_recovered", pack=pack.pk, state=state)
        if state != PackState.QUEUED:
            return state == PackState.FAILED
    elif pack.pk in asked_for:
        return False
    build_pack.enqueue(pack.pk)  # only now that the lock is free, because whoever takes the pack needs it
    return True
