"""Packs left behind by a worker that died, found when a worker starts."""

from __future__ import annotations

import structlog

from recommendations.actions import packs
from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.packs.build import builder_lock

log = structlog.get_logger(__name__)


def recover_packs() -> int:
    """Put packs whose maker is gone back to wait, and ask again for those that wait. Returns how many.

    Whether the maker is gone the database knows: it holds a lock as long as it lives. Asking twice does no harm,
    for only one worker takes a pack. Call it when a worker starts.
    """
    recovered = 0
    for pack in (
        Pack.objects.unfinished().select_related("built_by").defer("content").order_by("queued_at", "pk")
    ):
        if pack.built_by is None:
            continue
        if pack.state == PackState.QUEUED:
            packs.ask_again(pack)
            recovered += 1
            continue
        with builder_lock(pack.pk) as gone:
            if gone:
                state = packs.begin_again(by=pack.built_by, pack=pack)
                log.warning("pack_recovered", pack=pack.pk, state=state)
                recovered += 1
    return recovered
