"""A checkout beside this one with a var/ of its own, for tests that start, kill and count real processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from script import PROJECT, VAR

WITH_DATABASE = [sys.executable, "-m", "script.with_database", sys.executable]
"""Python in the checkout, on its database."""


def scratch_checkout(request: pytest.FixtureRequest, name: str) -> Path:
    """The checkout, its database migrated and empty. When the request ends, whatever runs in it is killed and it is
    removed."""
    place = VAR / "test-clusters" / f"{name}-{os.getpid()}"
    place.mkdir(parents=True)

    def end() -> None:
        end_processes_in(place)
        shutil.rmtree(place, ignore_errors=True)

    request.addfinalizer(end)
    shutil.copy(PROJECT / "manage.py", place)
    for part in ("committee", "script"):
        shutil.copytree(PROJECT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("recommendations", "templates", "static"):
        (place / part).symlink_to(PROJECT / part)
    (place / "staticfiles").mkdir()
    (place / "staticfiles" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    manage(place, "migrate", "--verbosity", "0")
    return place


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"]}


def manage(place: Path, *arguments: str) -> None:
    subprocess.run(
        [*WITH_DATABASE, "manage.py", *arguments],
        cwd=place,
        env=environment(),
        check=True,
        capture_output=True,
    )


def end_processes_in(place: Path) -> None:
    for process in processes_in(place):
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(process, signal.SIGKILL)


def processes_in(place: Path) -> list[int]:
    """The living processes that work in the checkout or on its database."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
                if command and (str(place) in command or os.readlink(entry / "cwd") == str(place)):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
