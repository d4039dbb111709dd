"""A migrated, empty database, kept on the tests' own server from one run to the next and copied instead of migrating anew.

Migrating takes ten seconds, copying less than one. Which database it is follows from the sources of what migrating runs, so
that one made by other sources is never taken; those of earlier sources are dropped when a new one is made.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import Error, connections

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "migrated_"
SOURCES = ("committee", "recommendations/lifecycle", "recommendations/migrations", "recommendations/models")
"""Where migrations are, and all that they import of ours."""
SERVER = "TESTS_OWN_SERVER"
"""The environment variable with the directory of the tests' own server, where there is one: no other is left anything."""


def key(root: Path = ROOT) -> str:
    """Return what tells this database from one that other sources made."""
    found = hashlib.sha256()
    for path in [
        root / "requirements.txt",
        root / "tests" / "migrated.py",
        *sorted(path for place in SOURCES for path in (root / place).rglob("*.py")),
    ]:
        found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:20]


def migrated(*, anew: bool = False) -> str | None:
    """Return the name of the database to copy, made if it is not there; None on a server that is not the tests' own."""
    directory = os.environ.get(SERVER)
    if directory is None:
        return None
    name = PREFIX + key()
    with _alone(Path(directory)):
        with _owner() as owner:
            owner.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'migrated\_%'")
            there = {row[0] for row in owner.fetchall()}
            if name in there and not anew:
                return name
            for old in there:
                with contextlib.suppress(Error):  # somebody copies it at this moment
                    owner.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            owner.execute(f'CREATE DATABASE "{name}_part"')
        before = str(connections["default"].settings_dict["NAME"])
        _point_to(f"{name}_part")
        try:
            call_command("migrate", verbosity=0)
        finally:
            _point_to(before)
        with _owner() as owner:  # renamed when complete, so that an interrupted run leaves no half
            owner.execute(f'ALTER DATABASE "{name}_part" RENAME TO "{name}"')
    return name


@contextlib.contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep the other processes of this run waiting, which then find it made."""
    with (directory / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _owner() -> Any:
    return connections["default"]._nodb_cursor()  # outside every transaction


def _point_to(name: str) -> None:
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
