"""What is done to packs in the making by test_packs_survive.py, in a checkout of its own with a real worker and database:
``python -m tests.integration.recommendations.packs.crash_helpers SCENARIO``. Prints the state that each pack ends in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "committee.settings")
PATIENCE = 100


def waited(happened: Callable[[], object]) -> None:
    """Returns when it has happened. Raises TimeoutError when it does not."""
    from django.db import Error, connection

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if happened():
                return
        except Error:  # the database is away, as it is meant to be
            connection.close()
        time.sleep(0.02)
    raise TimeoutError(happened)


def worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval", "0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def queued(*, only: int | None = None) -> int:
    """The id of a pack of all that the demonstration's Cabinet is told, or of the first so many, waiting to be made."""
    from recommendations.actions import packs
    from recommendations.lifecycle import BodyKind, Edition, PackSection, Role
    from recommendations.models import Meeting
    from recommendations.packs.selection import of_meeting
    from recommendations.packs.tasks import request_build

    meeting = Meeting.objects.filter(body__kind=BodyKind.EXECUTIVE, body__name__contains="Marlshire").latest(
        "held_on"
    )
    clerk = meeting.body.members_as(Role.CLERK).earliest("pk")
    pack = packs.compose_pack(
        by=clerk,
        meeting=meeting,
        title="Progress",
        selection=of_meeting(meeting, by=clerk, edition=Edition.PUBLIC)[:only],
        sections=PackSection.values,
    )
    request_build(by=clerk, pack=pack)
    return int(pack.pk)


def state(pack: int) -> str:
    from recommendations.models import Pack

    return Pack.objects.values_list("state", flat=True).get(pk=pack)


def ended(pack: int) -> str:
    waited(lambda: state(pack) in ("ready", "failed"))
    return state(pack)


def a_worker_is_killed_while_another_lives() -> list[str]:
    from django_tasks_db.models import DBTaskResult

    workers = [worker(), worker()]
    pack = queued()
    waited(lambda: state(pack) == "rendering")
    holder = DBTaskResult.objects.get(status="RUNNING", task_path__endswith="build_pack").worker_ids[-1]
    os.kill(int(holder.rpartition(":")[2]), signal.SIGKILL)
    found = [ended(pack)]
    for each in workers:
        each.kill()
    return found


def the_database_is_killed() -> list[str]:
    from django.conf import settings

    one = worker()
    pack = queued()
    waited(lambda: state(pack) == "rendering")
    (postmaster,) = Path(settings.VAR).glob("postgres/**/postmaster.pid")
    os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
    found = [ended(pack)]
    one.kill()
    return found


def a_process_that_lays_out_is_killed() -> list[str]:
    one = worker()
    pack = queued()
    waited(lambda: _laying_out(one.pid))
    os.kill(_laying_out(one.pid)[0], signal.SIGKILL)
    found = [ended(pack)]
    one.kill()
    return found


def _laying_out(parent: int) -> list[int]:
    """The processes of the worker that have begun to lay out."""
    found = []
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in children.read_text().split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                opened = Path(f"/proc/{pid}/maps").read_text()
            except OSError:  # it has ended meanwhile
                continue
            if b"spawn_main" in command and "pango" in opened:
                found.append(int(pid))
    return found


def two_are_made_at_once() -> list[str]:
    """The first is long; the second, asked for later, is short."""
    from recommendations.models import Pack

    one = worker()
    long = queued()
    waited(lambda: state(long) == "rendering")
    short = queued(only=1)
    waited(lambda: state(long) == state(short) == "rendering")
    found = [ended(long), ended(short)]
    one.kill()
    first = Pack.objects.filter(pk__in=[long, short]).earliest("finished_at").pk
    return [*found, "short" if first == short else "long"]


if __name__ == "__main__":
    django.setup()
    print(*globals()[sys.argv[1]]())  # noqa: T201
