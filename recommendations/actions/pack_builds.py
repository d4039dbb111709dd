"""The steps of building a pack: queued, begun, reported, finished, failed, begun again. Each is done for the person who asked
for the pack.

``queued_at`` identifies the attempt: a worker that was thought dead and comes back finds another value and stops.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import action, save
from recommendations.lifecycle import PACK_TRANSITIONS, PackState, can_transition
from recommendations.models import Pack

TRIES = 3
"""How often a pack is begun again when its worker stops half-way, before it is given up."""


def set_queued(pack: Pack, *, by: User, made_with: dict[str, Any]) -> None:
    """Let the pack wait for a worker as a new attempt, asked for by `by`."""
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
    """Take a waiting pack in hand. Returns it as it is now, which may be another attempt than the one asked for; None when
    somebody else has it, or it no longer waits."""
    rows = Pack.objects.select_related("meeting__body", "replaces", "built_by").defer("content")
    locked = rows.select_for_update(of=("self",)).filter(pk=pack.pk).first()
    if locked is None or not can_transition(PACK_TRANSITIONS, locked.state, PackState.RENDERING):
        return None
    save(locked, state=PackState.RENDERING, progress_words="Reading the record")
    return locked


def report_pack(pack: Pack, done: int, total: int, words: str) -> bool:
    """Write how far it is, at once and for all to see. False when this attempt was stopped or overtaken."""
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
    """Freeze a pack whose files are whole and in place. False when this attempt was stopped or overtaken."""
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
    """Record why a pack could not be made, unless this attempt was stopped or overtaken."""
    locked = _still_this_attempt(pack)
    if locked is not None:
        save(locked, state=PackState.FAILED, failure=reason, version=locked.version + 1)


def _still_this_attempt(pack: Pack) -> Pack | None:
    """The pack, locked, where it is being made by this attempt; None where that was stopped or overtaken, or the pack
    thrown away since."""
    rows = Pack.objects.select_for_update(of=("self",)).defer("content")
    return rows.filter(pk=pack.pk, state=PackState.RENDERING, queued_at=pack.queued_at).first()


@action
def begin_again(*, by: User, pack: Pack) -> str:
    """Put a pack whose worker is gone back to wait, or give it up after some tries. Returns its new state, "gone" where
    it was thrown away; the caller asks a worker for it again."""
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
