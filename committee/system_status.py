"""The state of this installation, for administrators: each finding in words, with what to do about it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass

from django.conf import settings
from django.core.checks import CheckMessage
from django.db import connection
from django_tasks_db.models import DBTaskResult

from committee import checks, clock, health
from committee.accounts.mfa import KINDS
from committee.accounts.models import User
from committee.formatting import file_size, plural
from committee.models import Heartbeat, Installation

LEAST_FREE = 2 * 1024**3
LONG_QUEUE = 50
FAILURES_SHOWN = dt.timedelta(days=7)


@dataclass(frozen=True)
class CheckResult:
    """One check: its state in words, whether that is fine, and what to do if not."""

    what: str
    state: str
    fine: bool
    advice: str = ""


def findings() -> list[CheckResult]:
    """Return everything an administrator can learn here without the server's command line."""
    return [
        _database(),
        _migrations(),
        _worker(),
        _queue(),
        _failures(),
        _mail(),
        _files(),
        _addresses(),
        _second_steps(),
        *_remarks(),
    ]


def _database() -> CheckResult:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    where = "the trial database on this machine" if settings.DEMO else "the server of DATABASE_URL"
    return CheckResult(
        "Database", f"PostgreSQL {version.split()[0]}, {file_size(size)}, on {where}", fine=True
    )


def _migrations() -> CheckResult:
    state = health.migrations()
    return CheckResult(
        "Database changes of this version",
        "All applied" if state == "applied" else state.split(":")[0].capitalize(),
        state == "applied",
        "Run manage.py migrate on the server.",
    )


def _worker() -> CheckResult:
    workers = list(Heartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True))
    if not workers:
        return CheckResult(
            "Background workers", "None was ever seen", False, "Start manage.py worker: packs are made by it."
        )
    awake = sum(clock.now() - seen <= health.WORKER_SILENCE for seen in workers)
    if not awake:
        return CheckResult(
            "Background workers",
            f"Last seen {_ago(workers[0])}",
            False,
            "Start manage.py worker: packs are made by it.",
        )
    return CheckResult("Background workers", f"{awake} at work, last seen {_ago(workers[0])}", True)


def _ago(moment: dt.datetime) -> str:
    seconds = max(int((clock.now() - moment).total_seconds()), 0)
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{plural(count, word)} ago"
    return "less than a minute ago"


def _queue() -> CheckResult:
    waiting = DBTaskResult.objects.ready().count()
    return CheckResult(
        "Work waiting",
        plural(waiting, "task") if waiting else "Nothing is waiting",
        waiting < LONG_QUEUE,
        "Start another worker, or see whether one is stuck.",
    )


def _failures() -> CheckResult:
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=clock.now() - FAILURES_SHOWN).count()
    return CheckResult(
        "Work that failed in the last 7 days",
        plural(failed, "task") if failed else "None",
        not failed,
        "Look in the log for lines with “task failed”; each says why.",
    )


def _mail() -> CheckResult:
    if settings.EMAIL:
        return CheckResult("Mail", f"Sent by {settings.EMAIL_HOST}, from {settings.DEFAULT_FROM_EMAIL}", True)
    return CheckResult(
        "Mail",
        "No mail server is set: messages are written to files",
        settings.DEMO,
        "Set EMAIL_URL. Until then links to set a password are shown to the administrator who asks for them.",
    )


def _files() -> CheckResult:
    if settings.FILES_BUCKET:
        return CheckResult("Files", f"In object storage, bucket {settings.FILES_BUCKET['bucket_name']}", True)
    place = settings.MEDIA_ROOT
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return CheckResult(
        "Room for files",
        f"{file_size(free)} free",
        free >= LEAST_FREE,
        "Make room on the disk that FILES_DIRECTORY is on.",
    )


def _addresses() -> CheckResult:
    if settings.SECURE or settings.DEMO:
        return CheckResult("Address", settings.SITE_URL, True)
    return CheckResult(
        "Address",
        f"{settings.SITE_URL}, not encrypted",
        False,
        "Put a reverse proxy with HTTPS in front, and set SITE_URL.",
    )


def _second_steps() -> CheckResult:
    administrators = User.objects.administrators()
    total = administrators.count()
    without = total - administrators.filter(authenticator__type__in=KINDS).distinct().count()
    relaxed = not settings.REQUIRE_ADMIN_MFA
    demonstration = Installation.objects.filter(demonstration=True).exists()
    state = f"{total - without} of {total} have one"
    if relaxed:
        return CheckResult(
            "Second step of administrators", f"{state}; it is not required", False, "Unset REQUIRE_ADMIN_MFA."
        )
    if demonstration:
        return CheckResult("Second step of administrators", f"{state}; not required in a demonstration", True)
    return CheckResult("Second step of administrators", f"{state}; the others are asked when they come", True)


def _remarks() -> list[CheckResult]:
    """Return the findings of Django's system checks."""
    messages: list[CheckMessage] = [
        *checks.council(),
        *checks.pdf_library(),
        *checks.front_end(),
    ]
    if not messages:
        return [CheckResult("Settings, style sheets and PDF library", "Nothing is missing", True)]
    return [CheckResult("Settings", str(message.msg), False, str(message.hint or "")) for message in messages]
