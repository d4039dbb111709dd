"""Processes that lay out parts side by side, kept warm between packs and shared by all packs in the making.

They end with the process that began them, however that ends. One process lays out everything itself where PACK_PROCESSES
is 1. Each pack has only a few parts with them at a time, so a short pack need not wait until a long one is done, and a
pack that is stopped keeps none of them busy for long.

Every process has a thread here and a pipe of its own, and nothing is shared between them: one that is killed, at whatever
it is, costs its own part a second try and no more. (Python's ProcessPoolExecutor shares its queues; with processes killed
or replaced it was seen to hang, python/cpython#115634, and to lose its own manager.)
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.conf import settings

from recommendations.packs.pdf.render import Chunk, RenderedChunk, RenderError, lay_out

PARTS_EACH = 60
"""Parts that a worker lays out before it is replaced, which bounds what memory it leaks."""
SWEEP, IDLE = 4, 0.1
"""A process looks for what it no longer needs after so many parts, or once nothing was asked of it for so many seconds: to
look after each part takes one second in twenty, and a part leaves seven megabytes."""
LOOK_EVERY = 0.5
"""Seconds between the calls of `wanted` while a part is waited for."""
LONGEST = 600
"""Time limit of one part in seconds. An ordinary one takes two; more means that something is stuck."""
GRACE = 3
"""Grace period in seconds for a part whose caller has given up, before its worker is killed: about what a new process
takes to begin."""
TRIES = 2
"""Attempts at a part whose worker is killed."""

_lock = threading.Lock()
_alone = threading.Lock()
_pool: _Pool | None = None


class _Killed(Exception):
    """A worker ended in the middle of its part, or could not begin."""


class LaidOutThere(RuntimeError):
    """The frames that an error passed in the process that laid out, the last ones; nothing of the part's text."""


def processes() -> int:
    """Return how many workers lay out at once, for all packs together."""
    return int(settings.PACK_PROCESSES) or os.cpu_count() or 1


def lay_out_all(
    parts: Iterable[Chunk], fonts: dict[str, str], wanted: Callable[[], None] = lambda: None
) -> Iterator[RenderedChunk]:
    """Yield the parts laid out, in their order, each as soon as it and all before it are done.

    `wanted` is called every `LOOK_EVERY` seconds and may raise to stop the work. Raise CannotPrint, also where a part takes
    longer than `LONGEST`, and MemoryError where the workers of one part were killed `TRIES` times, which the system does
    when memory ends.
    """
    if processes() == 1:
        for part in parts:
            wanted()
            with _alone:  # Pango is not made for several threads
                laid_out = lay_out(part, fonts)
            yield laid_out
        return
    pool = _shared()
    coming = iter(parts)
    ours: deque[tuple[_Job, Future[RenderedChunk]]] = deque()
    try:
        while True:
            while len(ours) <= processes() and (more := next(coming, None)) is not None:
                job = _Job(more, fonts)
                ours.append((job, pool.threads.submit(pool.lay_out, job)))
            if not ours:
                return
            laid_out = _result(ours[0][1], wanted)
            ours.popleft()
            yield laid_out
    finally:
        for job, future in ours:
            if not future.cancel():
                job.abandon()


def _result(future: Future[RenderedChunk], wanted: Callable[[], None]) -> RenderedChunk:
    while True:
        try:
            return future.result(timeout=LOOK_EVERY)
        except TimeoutError:
            wanted()
        except _Killed as killed:
            raise MemoryError("A process that laid out pages was killed") from killed


def peaks() -> list[int]:
    """Return the peak memory of each worker running now, in kilobytes; for the bench."""
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in pids()]
    return [int(status.split("VmHWM:")[1].split()[0]) for status in statuses]


def pids() -> list[int]:
    """Return the ids of the processes running now."""
    return [worker.process.pid or 0 for worker in _pool.workers if worker.process.is_alive()] if _pool else []


def close() -> None:
    """End the workers; the next pack begins new ones."""
    global _pool
    with _lock:
        if _pool is not None:
            _pool.close()
        _pool = None


def _shared() -> _Pool:
    global _pool
    with _lock:
        if _pool is None:
            _pool = _Pool(processes())
        return _pool


class _Job:
    """A part to be laid out, and the worker that is laying it out."""

    def __init__(self, part: Chunk, fonts: dict[str, str]) -> None:
        self.part, self.fonts = part, fonts
        self.ended = ""
        """Why its worker was killed from here: "late", or "abandoned"."""
        self._current: _Worker | None = None
        self._lock = threading.Lock()

    def lay_out(self, worker: _Worker) -> RenderedChunk:
        with self._lock:
            self._current = worker
        late = _later(LONGEST, self.end, "late")
        try:
            return worker.lay_out(self.part, self.fonts)
        finally:
            late.cancel()
            with self._lock:
                self._current = None

    def end(self, why: str) -> None:
        """Kill the worker that is laying out this part, if one is."""
        with self._lock:
            if self._current is not None:
                self.ended = why
                self._current.process.kill()

    def abandon(self) -> None:
        """Kill its worker after `GRACE`, as nobody waits for it: to begin a process takes longer than most parts."""
        _later(GRACE, self.end, "abandoned")


def _later(seconds: float, action: Callable[..., None], *values: Any) -> threading.Timer:
    timer = threading.Timer(seconds, action, values)
    timer.daemon = True
    timer.start()
    return timer


class _Pool:
    """Threads that pass parts on, each to a worker of its own."""

    def __init__(self, number: int) -> None:
        self.workers: list[_Worker] = []
        self.closed = False
        self._own = threading.local()
        self.threads = ThreadPoolExecutor(number, "layout")

    def lay_out(self, job: _Job) -> RenderedChunk:
        """Return the part as this thread's worker lays it out. Raise what it raised, CannotPrint where it took too long,
        and _Killed."""
        tries = 0
        while True:
            tries += 1
            try:
                return job.lay_out(self._worker())
            except _Killed as killed:
                if job.ended == "late":
                    raise RenderError(
                        f"Laying out a part of the pack took more than {LONGEST // 60} minutes and was ended."
                        " Choose fewer recommendations, or ask your administrator"
                    ) from killed
                if job.ended or self.closed or tries == TRIES:
                    raise

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is not None and worker.is_spent():
            self._own.worker = None
            self.workers.remove(worker)
            worker.end()
            worker = None
        if worker is None:
            worker = self._own.worker = _Worker()
            self.workers.append(worker)
        return worker

    def close(self) -> None:
        self.closed = True
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self.workers):
            worker.process.kill()


class _Worker:
    """A process that lays out parts, one after another, and the pipe to it. Raise _Killed where none can begin."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        try:
            self.pipe, its_end = context.Pipe()
        except OSError as full:
            raise _Killed from full
        try:
            self.process = context.Process(target=_work, args=(its_end,), name="layout", daemon=True)
            self.process.start()
        except OSError as full:
            self.pipe.close()
            raise _Killed from full
        finally:
            its_end.close()
        self.done = 0
        self.broken = False

    def is_spent(self) -> bool:
        """Whether another must take its place. A process that is being killed may still look alive, so that a broken
        pipe is remembered."""
        return self.broken or self.done >= PARTS_EACH or not self.process.is_alive()

    def lay_out(self, part: Chunk, fonts: dict[str, str]) -> RenderedChunk:
        self.done += 1
        try:
            self.pipe.send((part, fonts))
            found: RenderedChunk | tuple[Exception, str] = self.pipe.recv()
        except (EOFError, OSError) as broken:
            self.broken = True
            raise _Killed from broken
        except BaseException:  # the pipe may be out of step
            self.broken = True
            raise
        if isinstance(found, RenderedChunk):
            return found
        error, frames = found
        raise error from LaidOutThere(frames)

    def end(self) -> None:
        """Kill the worker at once, in the middle of a part too."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection[Any, Any]) -> None:
    """Lay out parts until the other end of the pipe is gone: what runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's
    gc.freeze()
    gc.disable()
    threading.Thread(target=_watch_parent, name="parent", daemon=True).start()
    unswept = 0
    while True:
        try:
            if unswept and (unswept == SWEEP or not pipe.poll(IDLE)):
                gc.collect()
                unswept = 0
            part, fonts = pipe.recv()
            pipe.send(_laid_out(part, fonts))
        except (EOFError, OSError):
            return
        unswept += 1


def _laid_out(part: Chunk, fonts: dict[str, str]) -> RenderedChunk | tuple[Exception, str]:
    try:
        return lay_out(part, fonts)
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__)[-3:])
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301, our own error
        except Exception:  # one that does not bear being sent is told by its kind alone
            return RuntimeError(type(error).__name__), frames
        return error, frames


def _watch_parent() -> None:
    """End with the process that began this one, kill -9 included, in the middle of a part too. The kernel's own signal
    for this comes already when the thread that began the process ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
