"""Processes that lay out parts side by side, kept warm between packs.

They end with the process that began them, however that ends. One process lays out everything itself where PACK_PROCESSES
is 1.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from django.conf import settings

from recommendations.packs.paper.layout import LaidOut, Part, lay_out

PARTS_EACH = 60
"""How many parts a process lays out before another takes its place: what little it forgets to give back is bounded."""
SET_PARENT_DEATH_SIGNAL = 1

_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None


def processes() -> int:
    """How many lay out at once."""
    return int(settings.PACK_PROCESSES) or os.cpu_count() or 1


def lay_out_all(parts: Sequence[Part], fonts: dict[str, str]) -> Iterator[LaidOut]:
    """The parts laid out, in their order, each as soon as it and all before it are done. Raises CannotPrint, and
    MemoryError where a process was killed, which the system does when memory ends."""
    if processes() == 1:
        yield from (lay_out(part, fonts) for part in parts)
        return
    waiting: list[Future[LaidOut]] = []
    try:
        waiting = [_running().submit(lay_out, part, fonts) for part in parts]
        for future in waiting:
            yield future.result()
    except BrokenProcessPool as broken:
        close()
        raise MemoryError("A process that laid out pages was killed") from broken
    finally:
        for future in waiting:
            future.cancel()


def _running() -> ProcessPoolExecutor:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ProcessPoolExecutor(
                processes(),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_end_with_parent,
                initargs=(os.getpid(),),
                max_tasks_per_child=PARTS_EACH,
            )
        return _pool


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


def _end_with_parent(parent: int) -> None:
    """End this process when the one that began it dies, kill -9 included; a Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
