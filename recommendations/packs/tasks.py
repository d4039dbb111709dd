"""What a worker does for packs, and how it is asked to."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks import task

from committee.accounts.models import User
from recommendations.actions import packs
from recommendations.models import Pack
from recommendations.packs.build import build
from recommendations.packs.leftovers import clear_files


@task()
def build_pack(pack_id: int) -> str:
    """Make a pack that waits. Returns the state it is in afterwards."""
    return build(pack_id)


@task()
def clear_pack_files() -> int:
    """Remove files of packs that no pack names. Returns how many."""
    return len(clear_files())


def request_build(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Queue the pack (see ``actions.packs.queue_pack``) and ask a worker to build it once that is committed.

    Asking twice changes nothing: `queued_at` stays that of the attempt that was asked for.
    """
    attempt = pack.queued_at
    with transaction.atomic():
        queued = packs.queue_pack(by=by, pack=pack, version=version)
        if queued.queued_at != attempt:
            transaction.on_commit(partial(build_pack.enqueue, queued.pk))
    return queued
