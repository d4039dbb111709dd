"""Background tasks of packs."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks import task

from committee.accounts.models import User
from recommendations.actions import packs
from recommendations.models import Pack
from recommendations.packs import leftovers
from recommendations.packs.build import build


@task()
def build_pack(pack_id: int) -> str:
    """Build a queued pack. Return the state it is in afterwards."""
    return build(pack_id)


@task()
def clear_files() -> int:
    """Remove files of packs and evidence that no row names. Return how many."""
    return len(leftovers.clear_files())


def request_build(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Queue the pack (see `actions.packs.queue_pack`) and enqueue the task that builds it once that is committed.

    A second call changes nothing: `queued_at` stays that of the first.
    """
    attempt = pack.queued_at
    with transaction.atomic():
        queued = packs.queue_pack(by=by, pack=pack, version=version)
        if queued.queued_at != attempt:
            transaction.on_commit(partial(build_pack.enqueue, queued.pk))
    return queued


def request_replacement(*, by: User, pack: Pack) -> Pack:
    """Queue what takes the place of a pack of which words were withheld (see `actions.packs.replace_withheld`), and
    enqueue the task that builds it once that is committed.
    """
    with transaction.atomic():
        queued = packs.replace_withheld(by=by, pack=pack)
        transaction.on_commit(partial(build_pack.enqueue, queued.pk))
    return queued
