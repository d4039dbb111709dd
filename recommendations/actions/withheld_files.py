"""Move withheld files out of the place from which files are served, and back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from recommendations.lifecycle import WithholdingState
from recommendations.models import Evidence, Pack, SealedFile, Withholding
from recommendations.models.sealed import PACK_FILES


def seal_file(withholding: Withholding, evidence: Evidence) -> None:
    """Keep a copy of the file where nobody is served from, and mark the evidence. The file goes after the commit."""
    sealed = SealedFile(
        withholding=withholding, evidence=evidence, sha256=evidence.sha256, size=evidence.size
    )
    _keep_sealed([sealed])
    Evidence.objects.filter(pk=evidence.pk).update(withholding=withholding)


def seal_packs(withholding: Withholding, packs: Iterable[Pack]) -> None:
    """Seal the files of frozen packs and mark the packs. What another withholding keeps already is shared with it."""
    for pack in packs:
        kept = {one.field: one for one in SealedFile.objects.standing().of(pack)}
        hashes = {"pdf": pack.pdf_hash, "word": pack.word_hash}
        files = [
            SealedFile(withholding=withholding, pack=pack, field=field, sha256=hashes.get(field, ""))
            for field in PACK_FILES
            if getattr(pack, field)
        ]
        for sealed in files:
            if sealed.field in kept:
                sealed.file.name = kept[sealed.field].file.name
        _keep_sealed(files)
        if pack.withholding_id is None:
            Pack.objects.filter(pk=pack.pk).update(withholding=withholding)


def _keep_sealed(files: Iterable[SealedFile]) -> None:
    """Save the rows with a copy of each file that is not kept yet; without a trace if one of them fails.

    A file that storage has lost is no reason to leave words on the record: there is nothing of it to keep.
    """
    copied: list[str] = []
    try:
        for sealed in files:
            if sealed.served and not sealed.file.name and default_storage.exists(sealed.served.name):
                with sealed.served.open("rb") as content:
                    sealed.file.save(secrets.token_hex(16), content, save=False)
                copied.append(str(sealed.file.name))
                sealed.size = sealed.size or sealed.file.size
            sealed.save()
            transaction.on_commit(partial(settle_files, sealed.withholding))
    except Exception:
        for name in copied:
            default_storage.delete(name)
        raise


def put_files_back(withholding: Withholding) -> None:
    """Put the withheld files and links back; what was kept of them goes after the commit.

    A pack of which another withholding has taken words stays withheld, by that one.
    """
    for owner, files in _by_owner(withholding):
        other = SealedFile.objects.standing().of(owner).exclude(withholding=withholding).first()
        for sealed in files:
            name = sealed.served.name
            if other is None and name and sealed.file.name and not default_storage.exists(name):
                with sealed.file.open("rb") as content:
                    default_storage.save(name, content)
        if owner.withholding_id == withholding.pk:
            stays = other.withholding if other is not None else None
            type(owner).objects.filter(pk=owner.pk).update(withholding=stays)
    transaction.on_commit(partial(settle_files, withholding))


def _by_owner(withholding: Withholding) -> list[tuple[Any, list[SealedFile]]]:
    """Return the evidence and packs of which the withholding keeps files, each with these."""
    found: dict[tuple[int | None, int | None], list[SealedFile]] = {}
    for sealed in withholding.files.with_owner():
        found.setdefault((sealed.evidence_id, sealed.pack_id), []).append(sealed)
    return [(files[0].owner, files) for files in found.values()]


def settle_all_files() -> None:
    """Do what `settle_files` does for every withholding of files."""
    for withholding in Withholding.objects.filter(files__isnull=False).distinct():
        settle_files(withholding)


def settle_files(withholding: Withholding) -> None:
    """Remove the copies of files that should not be there any more. May be repeated at any time, also after a crash.

    While a withholding stands the file is in its sealed place alone; once it is put back, in its old place; once it is
    erased, nowhere.
    """
    state = Withholding.objects.get(pk=withholding.pk).state
    for sealed in withholding.files.with_owner():
        kept, served = sealed.file.name, sealed.served.name
        if not kept or not served:
            continue
        if state == WithholdingState.ERASED:
            default_storage.delete(served)
            default_storage.delete(kept)
        elif sealed.owner.withholding_id is None:
            if default_storage.exists(served):
                default_storage.delete(kept)
        elif default_storage.exists(kept):
            default_storage.delete(served)
