"""Files of packs, evidence and imports that no row names, left by a process that died."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import structlog
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from recommendations.actions.withheld_files import settle_all_files
from recommendations.models import Evidence, ImportBatch, Pack, SealedFile

log = structlog.get_logger(__name__)

PARTIAL = r"(\.[0-9a-f]{16}\.partial)?"
"""What `committee.storage` puts behind the name of a file while it is written."""
OURS: dict[str, tuple[re.Pattern[str], type[models.Model]]] = {
    "packs": (re.compile(r"packs/\d+-[0-9a-f]{32}(_\w+)?\.\w+" + PARTIAL), Pack),
    "withheld": (re.compile(r"withheld/[0-9a-f]{32}(_\w+)?" + PARTIAL), SealedFile),
    "imports": (re.compile(r"imports/[0-9a-f]{2}/[0-9a-f]{64}(_\w+)?" + PARTIAL), ImportBatch),
    "evidence": (re.compile(r"evidence/[0-9a-f]{2}/[0-9a-f]{64}(_\w+)?" + PARTIAL), Evidence),
}
"""Each folder with the names under which its files are stored, and the model whose rows name them. A file with another
name is not ours.
"""
SAFE_AGE = dt.timedelta(days=1)
"""Nothing takes so long between its file and its row: the row of a younger file may still come."""


def clear_files(*, dry_run: bool = False) -> list[str]:
    """Remove files of packs, evidence and imports that no row names, left by a process that was killed before it saved its row.

    Return their names. A file that a row names, or a young one, is never removed. Copies that a process which was killed
    left of withheld, returned or erased files go too.
    """
    if not dry_run:
        settle_all_files()
    orphans = []
    for folder, (pattern, model) in OURS.items():
        old = [name for name in _stored(folder) if pattern.fullmatch(name) and _is_old(name)]
        named = _named(model) if old else set()  # asked last, so that what was named meanwhile is seen
        orphans += sorted(set(old) - named)
    for name in orphans:
        if not dry_run:
            default_storage.delete(name)
            log.warning("file_cleared", file=name)
    return orphans


def _is_old(name: str) -> bool:
    try:
        return bool(timezone.now() - default_storage.get_modified_time(name) > SAFE_AGE)
    except FileNotFoundError:  # somebody else was quicker
        return False


def _stored(folder: str) -> Iterator[str]:
    """Yield the names of the files in the folder and in those below it."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for below in folders:
        yield from _stored(f"{folder}/{below}")


def _named(model: type[models.Model]) -> set[str]:
    """Return every file that any row names, of whatever type."""
    fields = [field.name for field in model._meta.get_fields() if isinstance(field, models.FileField)]
    rows = model._default_manager.values_list(*fields)
    return {name for row in rows.iterator() for name in row if name}
