"""Trackers of many lines brought in and taken back, each in a process of its own so that its memory can be told; and a page
of the preview against a list of Django's own admin.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import imports as actions
from recommendations.imports.kinds import open_keys
from recommendations.imports.read import read_import
from recommendations.imports.tasks import answer_now
from recommendations.models import Body, ImportBatch, Inquiry
from tests.bench import fill
from tests.bench.trackers import tracker

FORMATS = ("xlsx", "docx")
LINES = 5_000
REQUESTS = 15
"""How often the two pages are asked for, in turns; the medians count."""


def measure_apart(file_format: str, lines: int = LINES) -> dict[str, Any]:
    """Return what `measure` does, from another process."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--one-import", file_format, "--lines", str(lines)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measure(file_format: str, lines: int = LINES) -> dict[str, Any]:
    """Bring a tracker of so many lines in, look at its preview, and take it back.

    Seconds are by the wall, from the file in storage on: "preview" until the clerk can look at it, "again" once what was asked
    is answered. Megabytes are the most that the process held until it was taken back, before any page was asked for.
    """
    officer = User.objects.get(pk=fill.SCRUTINY)
    committee = Body.objects.get(pk=fill.FIRST_COMMITTEE)
    owners = list(
        Body.objects.filter(pk__gte=fill.FIRST_OWNER).order_by("pk").values_list("name", flat=True)[:40]
    )
    batch = _hand_in(officer, committee, _made_apart(file_format, lines, owners), f"bench.{file_format}")
    before = _megabytes()
    seconds = {"preview": _timed(lambda: read_import(by=officer, batch=batch))}
    inquiry = Inquiry.objects.filter(committee=committee).order_by("pk").values_list("pk", flat=True)[0]
    answers = {key: {"inquiry": inquiry} for key in open_keys(_again(batch))}
    seconds["again"] = _timed(lambda: answer_now(by=officer, batch=_again(batch), answers=answers))
    asked = open_keys(_again(batch))
    if asked:
        raise RuntimeError(f"The tracker of the bench leaves something open: {sorted(asked)[:3]}")
    preview = _again(batch)
    peak_of_reading = _megabytes()
    pages = _pages(officer, preview)
    seconds["apply"] = _timed(lambda: actions.apply_import(by=officer, batch=preview))
    seconds["undo"] = _timed(lambda: actions.undo_import(by=officer, batch=_again(batch)))
    return {
        "format": file_format,
        "lines": lines,
        **{name: round(value, 1) for name, value in seconds.items()},
        "megabytes_before": before,
        "megabytes_read": peak_of_reading,
        "megabytes": _megabytes(),
        "load": round(os.getloadavg()[0], 1),
        **pages,
    }


def _made_apart(file_format: str, lines: int, owners: Sequence[str]) -> bytes:
    """Return a tracker made in a process of its own, so that the memory it takes is not counted as the worker's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(tracker, file_format, lines, owners).result()


def _hand_in(officer: User, committee: Body, content: bytes, name: str) -> ImportBatch:
    return actions.hand_in(
        by=officer,
        committee=committee,
        file=ContentFile(content),
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        file_format="",
        not_for_publication=False,
    )


def _again(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.for_list().get(pk=batch.pk)


def _pages(officer: User, batch: ImportBatch) -> dict[str, float]:
    """Return the milliseconds of a page of the preview and of the admin's list of 30 rows, asked for in turns."""
    apps = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    # The admin's style sheets are not among those that were collected.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        INSTALLED_APPS=apps,
        STORAGES=settings.STORAGES | plain,
        ROOT_URLCONF="tests.bench.admin",
        SECURE_SSL_REDIRECT=False,
        REQUIRE_ADMIN_MFA=False,
    ):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(officer)
        lines = f"{reverse('import_lines', args=[batch.pk])}?page=80"
        taken: dict[str, list[float]] = {
            lines: [],
            reverse("admin:recommendations_recommendation_changelist"): [],
        }
        for turn in range(REQUESTS + 1):
            for address, own in taken.items():
                seconds = _timed(lambda address=address: _get(client, address))  # type: ignore[misc]  # bound at once
                if turn:  # the first warms both up
                    own.append(seconds)
    page, admin = (statistics.median(own) * 1000 for own in taken.values())
    return {"page_ms": round(page, 1), "admin_ms": round(admin, 1), "page_ratio": round(page / admin, 2)}


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _timed(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _megabytes() -> int:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
