"""The steps of building a pack: queued, begun, reported, finished, failed, begun again.

Each is done in the name of the person who requested the pack. `queued_at` identifies the attempt. A stale worker sees a
different value and stops.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import action, save
from recommendations.lifecycle import PACK_TRANSITIONS, PackState, can_transition
from recommendations.models import Pack, Withholding


class WithheldMeanwhile(Exception):
    """Words may have been taken off the record since the pack read it: it has to be read again."""


TRIES = 3
"""How many times a pack is begun again after its worker died, before it fails."""


def set_queued(pack: Pack, *, by: User, made_with: dict[str, Any]) -> None:
    """Queue the pack as a new attempt, requested by `by`."""
    save(
        pack,
        state=PackState.QUEUED,
        queued_at=clock.now(),
        built_by=by,
        failure="",
        progress_done=0,
        progress_total=0,
        progress_words="",
        made_with=made_with,
    )


@action
def begin_pack(*, by: User, pack: Pack) -> Pack | None:
    """Mark a queued pack as being made, and return it as it is now, which may be a later attempt than the one asked
    for.

    Return None if another worker has it, or if it is no longer queued.
    """
    rows = Pack.objects.select_related("meeting__body", "replaces", "repeats", "built_by").defer("content")
    locked = rows.select_for_update(of=("self",)).filter(pk=pack.pk).first()
    if locked is None or not can_transition(PACK_TRANSITIONS, locked.state, PackState.RENDERING):
        return None
    save(locked, state=PackState.RENDERING, progress_words="Reading the record")
    return locked


def report_pack(pack: Pack, done: int, total: int, words: str) -> bool:
    """Record the progress, visible to all at once. Return False if this attempt was stopped or overtaken."""
    return bool(
        Pack.objects.filter(pk=pack.pk, state=PackState.RENDERING, queued_at=pack.queued_at).update(
            progress_done=done, progress_total=total, progress_words=words[:200]
        )
    )


@action
def finish_pack(
    *,
    by: User,
    pack: Pack,
    as_at: dt.datetime,
    read_at: dt.datetime,
    content: dict[str, Any],
    content_hash: str,
    made_with: dict[str, str],
    pages: int,
    pdf: str,
    pdf_hash: str,
    html: str,
    word: str,
    word_hash: str,
) -> bool:
    """Freeze a pack whose files are complete and stored. Return False if this attempt was stopped or overtaken.

    Raise WithheldMeanwhile if words were taken off the record after `read_at`, when it was read: the files may hold them.
    """
    if Withholding.objects.made_after(read_at).exists():
        raise WithheldMeanwhile
    locked = _still_this_attempt(pack)
    if locked is None:
        return False
    save(
        locked,
        state=PackState.READY,
        as_at=as_at,
        content=content,
        content_hash=content_hash,
        made_with=made_with,
        pages=pages,
        pdf=pdf,
        pdf_hash=pdf_hash,
        html=html,
        word=word,
        word_hash=word_hash,
        finished_at=clock.now(),
        progress_done=locked.progress_total,
        progress_words="Ready",
        version=locked.version + 1,
    )
    return True


@action
def fail_pack(*, by: User, pack: Pack, reason: str) -> None:
    """Record why the pack could not be made, unless this attempt was stopped or overtaken."""
    locked = _still_this_attempt(pack)
    if locked is not None:
        save(locked, state=PackState.FAILED, failure=reason, version=locked.version + 1)


def _still_this_attempt(pack: Pack) -> Pack | None:
    """Return the pack, locked, if this attempt is making it; None if it was stopped, overtaken or discarded."""
    rows = Pack.objects.select_for_update(of=("self",)).defer("content")
    return rows.filter(pk=pack.pk, state=PackState.RENDERING, queued_at=pack.queued_at).first()


@action
def begin_again(*, by: User, pack: Pack) -> str:
    """Queue a pack again whose worker died, or let it fail after TRIES attempts.

    Return its new state, "gone" if it was discarded. The caller enqueues the task.
    """
    locked = Pack.objects.select_for_update(of=("self",)).filter(pk=pack.pk).first()
    if locked is None:
        return "gone"
    pack = locked
    if pack.state != PackState.RENDERING:
        return pack.state
    interrupted = int(pack.made_with.get("interrupted", 0)) + 1
    if interrupted >= TRIES:
        save(
            pack,
            state=PackState.FAILED,
            failure=f"The worker stopped {interrupted} times while it made this pack. Choose fewer recommendations,"
            " or ask your administrator to look at the worker’s log.",
            version=pack.version + 1,
        )
    else:
        set_queued(pack, by=by, made_with={"interrupted": interrupted})
    return str(pack.state)
