"""What a process that died leaves behind: packs half-made, and files that no pack names. Found when a worker starts and,
while any worker lives, again and again; several may look at once."""

from __future__ import annotations

import datetime as dt
import re

import structlog
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from committee import worker
from recommendations.actions import packs
from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.packs.build import builder_lock

log = structlog.get_logger(__name__)

TASK = "recommendations.tasks.build_pack"
OURS = re.compile(r"\d+-[0-9a-f]{32}(_\w+)?\.\w+")
"""The names under which files of packs are stored; what is called otherwise is somebody else's."""
SAFE_AGE = dt.timedelta(days=1)
"""No pack takes so long between its first file and its last word: a younger file may still get its row."""


def recover_packs() -> int:
    """Put packs whose maker is gone back to wait, and ask again for those that wait in vain. Returns how many.

    Whether the maker is gone the database knows: it holds a lock as long as it lives. Asking twice does no harm,
    for only one worker takes a pack.
    """
    unfinished = Pack.objects.unfinished().select_related("built_by").defer("content")
    rows = [pack for pack in unfinished.order_by("queued_at", "pk") if pack.built_by is not None]
    asked_for = worker.in_hand(TASK) if rows else set()
    return sum(_recovered(pack, asked_for) for pack in rows)


def _recovered(pack: Pack, asked_for: set[object]) -> bool:
    if pack.state == PackState.RENDERING:
        with builder_lock(pack.pk) as gone:
            if not gone:
                return False
            assert pack.built_by is not None  # noqa: S101 - tells the type checker
            state = packs.begin_again(by=pack.built_by, pack=pack)
        log.warning("pack_recovered", pack=pack.pk, state=state)
        if state != PackState.QUEUED:
            return state == PackState.FAILED
    elif pack.pk in asked_for:
        return False
    packs.ask_again(pack)  # only now that the lock is free: who takes the pack needs it
    return True


def clear_files(*, dry_run: bool = False) -> list[str]:
    """Remove files of packs that no row names, left by a process that was killed before its pack was frozen. Returns
    their names. Never removes a file that a row names, or a young one."""
    old = []
    for name in _stored():
        try:
            changed = default_storage.get_modified_time(f"packs/{name}")
        except FileNotFoundError:  # somebody else was quicker
            continue
        if timezone.now() - changed > SAFE_AGE:
            old.append(f"packs/{name}")
    named = _named() if old else set()  # asked last: what was named meanwhile is seen
    orphans = sorted(set(old) - named)
    for name in orphans:
        if not dry_run:
            default_storage.delete(name)
            log.warning("pack_file_cleared", file=name)
    return orphans


def _stored() -> list[str]:
    try:
        _, names = default_storage.listdir("packs")
    except FileNotFoundError:
        return []
    return [name for name in names if OURS.fullmatch(name)]


def _named() -> set[str]:
    """Every file that any pack names, whatever kinds of files there are."""
    fields = [field.name for field in Pack._meta.get_fields() if isinstance(field, models.FileField)]
    rows = Pack.objects.values_list(*fields)
    return {name for row in rows.iterator() for name in row if name}
