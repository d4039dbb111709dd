"""Files of packs that no pack names, left by a process that died."""

from __future__ import annotations

import datetime as dt
import re

import structlog
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from recommendations.models import Pack

log = structlog.get_logger(__name__)

OURS = re.compile(r"\d+-[0-9a-f]{32}(_\w+)?\.\w+")
"""The names under which files of packs are stored; a file with another name is not ours."""
SAFE_AGE = dt.timedelta(days=1)
"""No pack takes so long between its first file and its freezing: the row of a younger file may still come."""


def clear_files(*, dry_run: bool = False) -> list[str]:
    """Remove files of packs that no row names, left by a process that was killed before its pack was frozen.

    Return their names. A file that a row names, or a young one, is never removed.
    """
    old = []
    for name in _stored():
        try:
            changed = default_storage.get_modified_time(f"packs/{name}")
        except FileNotFoundError:  # somebody else was quicker
            continue
        if timezone.now() - changed > SAFE_AGE:
            old.append(f"packs/{name}")
    named = _named() if old else set()  # asked last, so that what was named meanwhile is seen
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
    """Return every file that any pack names, of whatever type."""
    fields = [field.name for field in Pack._meta.get_fields() if isinstance(field, models.FileField)]
    rows = Pack.objects.values_list(*fields)
    return {name for row in rows.iterator() for name in row if name}
