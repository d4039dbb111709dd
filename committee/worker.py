"""The background worker: django-tasks' own, with heartbeats, periodic tasks, and recovery of what a killed worker ran.

A task may run twice: a worker that is killed leaves its task "running", and another worker takes it up again when the
first has been silent for a while. Tasks are written so that the second run does no harm.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import platform
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

import structlog
from django.core.cache import cache
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from committee import clock
from committee.models import Heartbeat

log = structlog.get_logger(__name__)

HEARTBEAT_EVERY = 15  # seconds
LOST_AFTER = dt.timedelta(seconds=90)
FORGOTTEN_AFTER = dt.timedelta(days=1)
KEPT_WHEN_DONE = dt.timedelta(days=14)
MOST_ATTEMPTS = 3
RETRY_DATABASE_EVERY = 5  # seconds


PERIODIC: dict[str, tuple[int, Callable[[], object]]] = {}
"""Periodic functions by name: seconds between calls, and the function."""


def every(seconds: int, name: str, ask: Callable[[], object]) -> None:
    """Call `ask` every `seconds`, in whichever worker comes first. `name` tells it from the others."""
    PERIODIC[name] = (seconds, ask)


def ask_periodically() -> list[str]:
    """Call the periodic functions that are due, and return their names. Two workers may both call one at the same moment:
    what is called must be safe to run twice."""
    asked = []
    for name, (seconds, ask) in PERIODIC.items():
        if cache.add(f"periodic:{name}", 1, seconds):
            ask()
            asked.append(name)
    return asked


class WorkerLost(Exception):
    """The worker that ran a task ended without finishing it, on each of `MOST_ATTEMPTS`."""


def record_heartbeat(name: str) -> None:
    """Record that the worker called `name` is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})


def recover_lost_tasks() -> list[str]:
    """Return to the queue every task whose worker has been silent for `LOST_AFTER`, or fail it after `MOST_ATTEMPTS`.

    Return their ids. Delete old heartbeats and the results of tasks that succeeded long ago.
    """
    silent_since = clock.now() - LOST_AFTER
    alive = set(Heartbeat.objects.filter(seen_at__gt=silent_since).values_list("name", flat=True))
    recovered = []
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        for task in running.filter(started_at__lt=silent_since):
            if task.worker_ids and task.worker_ids[-1] in alive:
                continue
            if len(task.worker_ids) >= MOST_ATTEMPTS:
                task.set_failed(WorkerLost(f"The worker ended {MOST_ATTEMPTS} times while it ran this task."))
            else:
                task.status = "READY"
                task.save(update_fields=["status"])
            recovered.append(str(task.pk))
    Heartbeat.objects.filter(seen_at__lt=clock.now() - FORGOTTEN_AFTER).delete()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=clock.now() - KEPT_WHEN_DONE)
    done.delete()
    return recovered


class HeartbeatThread(threading.Thread):
    """Record a heartbeat, recover lost tasks and queue periodic ones beside the worker, until stopped.

    It has a database connection of its own.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.worker_name = name
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                record_heartbeat(self.worker_name)
                if recovered := recover_lost_tasks():
                    log.warning("tasks of a lost worker recovered", tasks=recovered)
                ask_periodically()
            except Error:
                log.warning("no heartbeat could be recorded", exc_info=True)
                connection.close()
            except Exception:  # what is asked for now and then must not end the heartbeats
                log.exception("a regular task could not be asked for")
            self.stopping.wait(HEARTBEAT_EVERY)
        with contextlib.suppress(Error):  # it is forgotten in a day
            Heartbeat.objects.filter(name=self.worker_name).delete()
        connection.close()

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=5)


class WorkerThread(threading.Thread):
    """Run one task after another, on a database connection of its own, until stopped."""

    def __init__(self, number: int, worker: Worker, stopping: threading.Event) -> None:
        super().__init__(name=f"worker-{number}", daemon=True)
        self.worker, self.stopping = worker, stopping
        self.failed = False

    def run(self) -> None:
        try:
            while self.worker.running:
                try:
                    self.worker.run()
                except (OperationalError, InterfaceError):
                    log.warning("the database is away, trying again", exc_info=True)
                    connection.close()
                    self.stopping.wait(RETRY_DATABASE_EVERY)
        except Exception:
            log.exception("the worker broke down")
            self.failed = True
        finally:
            connection.close()


def work(*, queues: list[str], interval: float, at_once: int = 1) -> None:
    """Run tasks, `at_once` at a time, until SIGTERM or Ctrl-C. Raise SystemExit at the end.

    Running tasks are finished first; a second signal ends them. `interval` is in seconds, between looks at an empty queue.
    The tasks are threads of one process: what they wait for is the database, and for packs the processes that lay out
    pages, which all of them share.
    """
    name = f"{platform.node()[:40]}:{os.getpid()}"
    stopping = threading.Event()
    threads = [
        WorkerThread(number, _worker(name, queues, interval), stopping) for number in range(1, at_once + 1)
    ]

    def stop(signum: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            log.warning("ended at once", signal=signum)
            os._exit(1)  # what was running is queued again: see recover_lost_tasks
        log.info("stopping, once the running tasks are finished", signal=signum)
        stopping.set()
        for thread in threads:
            thread.worker.running = False

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(signum, stop)
    heartbeat = HeartbeatThread(name)
    heartbeat.start()
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if any(thread.failed for thread in threads):
                break
            time.sleep(0.1)
    finally:
        heartbeat.stop()
    sys.exit(1 if any(thread.failed for thread in threads) else 0)


def _worker(name: str, queues: list[str], interval: float) -> Worker:
    return Worker(
        queue_names=queues,
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def pending(task: str) -> set[object]:
    """Return the first argument of every task of this dotted name that waits or runs.

    Empty where the queue is not in the database.
    """
    rows = DBTaskResult.objects.filter(task_path=task, status__in=["READY", "RUNNING"])
    return {args["args"][0] for args in rows.values_list("args_kwargs", flat=True) if args["args"]}
