"""Build a pack: read, render, print, store, freeze; with progress that anybody can read, and never an incomplete file."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import pack_builds
from recommendations.actions.base import RecordBusy, closed_moment
from recommendations.actions.packs import require_edition
from recommendations.models import Pack
from recommendations.packs.content import NothingToShow, build_content, content_hash, repeated_content
from recommendations.packs.html import screen_html
from recommendations.packs.pdf.document import made_with, make_pdf
from recommendations.packs.pdf.render import RenderError
from recommendations.packs.word import make_word

log = structlog.get_logger(__name__)

LOCKS = 1885430635
"""The first key of the advisory locks of packs being built; the second is the pack's id."""


NO_RIGHT = (
    "Whoever asked for this pack no longer has the right to make it. Ask for it again in your own name."
)


class Stopped(Exception):
    """Somebody stopped the pack, or another worker has taken it over."""


def build(pack_id: int) -> str:
    """Build the pack, if it is queued and nobody else builds it.

    Return the state it is in afterwards; "gone" if there is no such pack.
    """
    with builder_lock(pack_id) as alone:
        pack = (
            Pack.objects.select_related("meeting__body", "replaces", "repeats", "built_by")
            .filter(pk=pack_id)
            .first()
        )
        if pack is None:
            return "gone"
        if alone and pack.built_by is not None:
            begun = pack_builds.begin_pack(by=pack.built_by, pack=pack)
            if begun is not None and begun.built_by is not None:
                _make(begun, begun.built_by)
    return Pack.objects.values_list("state", flat=True).filter(pk=pack_id).first() or "gone"


def _make(pack: Pack, by: User) -> None:
    started = time.monotonic()
    try:
        require_edition(by, pack.edition, pack)
        pages = _build(pack, by)
    except Stopped:
        log.info("pack_stopped", pack=pack.pk)
    except pack_builds.WithheldMeanwhile:
        log.info("pack_read_again", pack=pack.pk)
        _make(pack, by)
    except (OperationalError, InterfaceError):
        # The database is down, so nothing can be recorded now. The next run of recover_packs queues this pack again.
        log.warning("pack_interrupted", pack=pack.pk)
        raise
    except PermissionDenied:
        pack_builds.fail_pack(by=by, pack=pack, reason=NO_RIGHT)
        log.warning("pack_failed", pack=pack.pk, reason="the right was withdrawn")
    except (NothingToShow, RenderError) as problem:
        pack_builds.fail_pack(by=by, pack=pack, reason=str(problem) + ".")
        log.warning("pack_failed", pack=pack.pk, reason=str(problem))
    except Exception as error:
        reason = why(error)
        pack_builds.fail_pack(by=by, pack=pack, reason=reason)
        log.exception("pack_failed", pack=pack.pk)
    else:
        log.info("pack_ready", pack=pack.pk, pages=pages, seconds=round(time.monotonic() - started, 1))


def why(error: Exception) -> str:
    """Return what to tell the clerk about an unexpected error."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk of the server is full. Ask your administrator to make room, then try again."
    if isinstance(error, RecordBusy):
        return "Somebody’s change has been under way for minutes, such as a large upload. Try again in a few minutes."
    if isinstance(error, MemoryError):
        return "The server ran out of memory. Choose fewer recommendations, or ask your administrator."
    if isinstance(error, PermissionError):
        return "The server may not write its files. Ask your administrator to look at the files directory."
    return (
        "Something unexpected went wrong. Try again; if it happens again, tell your administrator the time."
    )


def _build(pack: Pack, by: User) -> int:
    progress = _Progress(pack)
    read_at = closed_moment()
    if pack.repeats is None:
        content, moment = build_content(pack, by=by, moment=read_at, step=progress.reading), read_at
    else:
        content, moment = repeated_content(pack, pack.repeats), pack.repeats.as_at or read_at
    digest, software = content_hash(content), made_with()
    printed = make_pdf(
        content, content_hash=digest, made_with=software, step=progress.laid_out, wanted=progress.wanted
    )
    progress.tell("Writing the web page", always=True)
    page = screen_html(content, content_hash=digest, made_with=software, back=reverse("pack", args=[pack.pk]))
    progress.tell("Writing the Word document", always=True)
    word = make_word(content, content_hash=digest, made_with=software)
    progress.tell("Storing the files", always=True)
    files = {"pdf": printed.data, "html": page.encode(), "docx": word}
    with _stored(f"packs/{pack.pk}-{uuid4().hex}", files) as names:
        if not pack_builds.finish_pack(
            by=by,
            pack=pack,
            as_at=moment,
            read_at=read_at,
            content=content,
            content_hash=digest,
            made_with=software,
            pages=printed.pages,
            pdf=names["pdf"],
            pdf_hash=hashlib.sha256(printed.data).hexdigest(),
            html=names["html"],
            word=names["docx"],
            word_hash=hashlib.sha256(word).hexdigest(),
        ):
            raise Stopped
    return printed.pages


@contextmanager
def _stored(stem: str, files: dict[str, bytes]) -> Iterator[dict[str, str]]:
    """Yield the names of the stored files by their extensions; remove the files unless the block ends well.

    If the database breaks off, nobody knows whether a row names them now: they stay, and `clear_files` removes
    them later if none does.
    """
    names: dict[str, str] = {}
    try:
        for ending, data in files.items():
            names[ending] = f"{stem}.{ending}"
            names[ending] = default_storage.save(names[ending], ContentFile(data))
        yield names
    except (OperationalError, InterfaceError):
        raise
    except BaseException:
        for name in names.values():
            default_storage.delete(name)
        raise


class _Progress:
    """Records the progress of a pack, at most twice a second, and stops the build if it is no longer wanted."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self.done, self.total, self.last = pack, 0, 0, 0.0
        self.recommendations = 0
        self.words = ""

    def reading(self, done: int, total: int, words: str) -> None:
        self.recommendations, self.done, self.total = total, done, 3 * total
        self.tell(words, always=done in (0, total))

    def laid_out(self, done: int, pages: int) -> None:
        self.done = self.recommendations + 2 * min(done, self.recommendations)
        words = f"Laid out {done} of {self.recommendations} recommendations on {pages} pages"
        self.tell(words if pages else "Laying out the pages", always=True)

    def tell(self, words: str, *, always: bool = False) -> None:
        if not always and time.monotonic() - self.last < 0.5:
            return
        self.last = time.monotonic()
        self.words = words
        if not pack_builds.report_pack(self.pack, self.done, self.total, words):
            raise Stopped

    def wanted(self) -> None:
        """Raise Stopped if the pack is no longer wanted, while there is no progress to record."""
        self.tell(self.words)


@contextmanager
def builder_lock(pack_id: int) -> Iterator[bool]:
    """Yield whether this process alone builds the pack.

    The database releases the lock when the process or the connection dies, so nobody has to guess from the clock
    whether a worker is still alive. The session holds it, so behind a pooler the worker needs a session of its own (see
    docs/operators.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, pack_id % 2**31])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with contextlib.suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, pack_id % 2**31])
