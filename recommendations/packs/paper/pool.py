"""Processes that lay out parts side by side, kept warm between packs and shared by all packs in the making.

They end with the process that began them, however that ends. One process lays out everything itself where PACK_PROCESSES
is 1. Each pack has only a few parts with them at a time, so a short pack need not wait until a long one is done, and a
pack that is stopped leaves nothing behind.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from django.conf import settings

from recommendations.packs.paper.layout import CannotPrint, LaidOut, Part, lay_out

PARTS_EACH = 60
"""About how many parts a process lays out before another takes its place: what little it forgets to give back is
bounded."""
LOOK_EVERY = 0.5
"""Seconds after which whoever waits for a part hears whether it is still wanted."""
LONGEST = 600
"""Seconds that one part may take, its turn included. An ordinary one takes two; more means that something is stuck."""

_lock = threading.Lock()
_alone = threading.Lock()
_pool: ProcessPoolExecutor | None = None
_given = 0


def processes() -> int:
    """How many lay out at once, for all packs together."""
    return int(settings.PACK_PROCESSES) or os.cpu_count() or 1


def lay_out_all(
    parts: Iterable[Part], fonts: dict[str, str], wanted: Callable[[], None] = lambda: None
) -> Iterator[LaidOut]:
    """The parts laid out, in their order, each as soon as it and all before it are done. ``wanted`` is called every now
    and then and may raise to stop the work. Raises CannotPrint, also where a part takes too long, and MemoryError where
    a process was killed twice, which the system does when memory ends."""
    if processes() == 1:
        for part in parts:
            wanted()
            with _alone:  # Pango is not made for several threads
                laid_out = lay_out(part, fonts)
            yield laid_out
        return
    coming = iter(parts)
    ours: deque[tuple[Part, Future[LaidOut]]] = deque()
    chances = 1
    try:
        while True:
            while len(ours) <= processes() and (more := next(coming, None)) is not None:
                ours.append((more, _submit(more, fonts)))
            if not ours:
                return
            try:
                laid_out = _result(ours[0][1], wanted)
            except (BrokenProcessPool, CancelledError) as broken:
                # Perhaps it was another pack's part that took too much, so this one gets another chance.
                if not chances:
                    raise MemoryError("A process that laid out pages was killed") from broken
                chances -= 1
                ours = deque((again, _submit(again, fonts)) for again, _ in ours)
                continue
            ours.popleft()
            chances = 1
            yield laid_out
    finally:
        for _, future in ours:
            future.cancel()


def _result(future: Future[LaidOut], wanted: Callable[[], None]) -> LaidOut:
    given_up = time.monotonic() + LONGEST
    while True:
        try:
            return future.result(timeout=LOOK_EVERY)
        except TimeoutError as late:
            if time.monotonic() > given_up:
                _kill()
                raise CannotPrint(
                    f"Laying out a part of the pack took more than {LONGEST // 60} minutes and was ended."
                    " Choose fewer recommendations, or ask your administrator"
                ) from late
        wanted()


def _submit(part: Part, fonts: dict[str, str]) -> Future[LaidOut]:
    """Give the part to the processes. They are replaced as a whole now and then: those before finish what they have.
    (The limit for each process that Python's own pool knows leaves it without any: python/cpython#115634.)"""
    global _pool, _given
    with _lock:
        if _pool is not None and _given >= PARTS_EACH * processes():
            _pool.shutdown(wait=False)
            _pool = None
        for _ in range(2):
            if _pool is None:
                _pool, _given = _new(), 0
            try:
                future = _pool.submit(lay_out, part, fonts)
            except (BrokenProcessPool, OSError):  # the second where a process is killed just now
                _pool = None
                continue
            _given += 1
            return future
    raise MemoryError("The processes that lay out pages are killed as soon as they begin")


def _new() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes(), mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _kill() -> None:
    """End the processes at once, with what they are at."""
    if _pool is not None:
        for process in list((_pool._processes or {}).values()):
            process.kill()


def peaks() -> list[int]:
    """The most memory that each process running now has held, in kilobytes; for the bench."""
    if _pool is None:
        return []
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in list(_pool._processes)]
    return [int(status.split("VmHWM:")[1].split()[0]) for status in statuses]


def close() -> None:
    """End the processes; the next pack begins new ones."""
    global _pool
    with _lock:
        if _pool is not None:
            _pool.shutdown(wait=False, cancel_futures=True)
        _pool = None


def _end_with_parent() -> None:
    """End this process when the one that began it dies, kill -9 included; a Ctrl-C is the parent's. A thread watches:
    the kernel's own signal for this comes already when the thread that began the process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    threading.Thread(target=_watch_parent, name="parent", daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
