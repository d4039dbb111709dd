"""The process that starts the embedded PostgreSQL, watches it, and stops it when nobody uses it any more.

    python -m committee.database.supervisor DIRECTORY [--not-durable]

It writes one line to its output when the server answers ("ready") or cannot be started (what to do), then stays in the
background until the last user is gone. One supervisor per directory: ``supervisor.lock`` says so.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from committee.database.cluster import (
    PATIENCE,
    PORT,
    ROLE,
    Cluster,
    DatabaseTrouble,
    explain,
    private_directory,
    programs,
)

ACCOUNT = "tracker-database"  # the system account that runs the server when we are root
SYSTEM_HOME = Path("/var/lib/recommendation-tracker")
ROOM_FOR_NEW_DATA = 200 * 1024 * 1024
LARGEST_LOG = 5 * 1024 * 1024
LOOK_EVERY = 0.2  # seconds

SETTINGS = {
    "listen_addresses": "",
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


@dataclass
class Server:
    """The PostgreSQL server of one cluster: where its files are, as which account it runs, and its process."""

    cluster: Cluster
    bin: Path = field(default_factory=programs)
    data: Path = field(init=False)
    pid: int | None = None
    process: subprocess.Popen[bytes] | None = None
    as_account: dict[str, Any] = field(default_factory=dict)
    uid: int = field(default_factory=os.geteuid)

    def __post_init__(self) -> None:
        self.data = self.cluster.directory / "data"
        if os.geteuid() == 0:
            self._leave_root()

    # -- as root ------------------------------------------------------------------------------------------------------

    def _leave_root(self) -> None:
        """PostgreSQL refuses to run as root: run it as the account that owns the data, or as one made for it.

        Where that account cannot reach the project (under /root, say), the programs are copied to /var/lib and the data
        lives there too: opening a private directory to everybody would be worse.
        """
        account = self._account()
        self.uid = account.pw_uid
        self.as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        if self._reaches(self.cluster.directory):
            return
        SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.bin = self._copy_of_programs()
        name = hashlib.sha256(os.fsencode(self.cluster.directory)).hexdigest()[:12]
        place = SYSTEM_HOME / f"data-{name}"
        if not place.exists():
            self.say(
                f"{self.cluster.directory} is out of reach for the account {ACCOUNT}: the data goes to {place}."
            )
        private_directory(place, self.uid)
        self.data = place / "data"
        if not self._reaches(place):
            raise DatabaseTrouble(
                f"PostgreSQL does not run as root, and the account {account.pw_name} cannot use {place}: "
                "run the command as an ordinary user."
            )

    def _copy_of_programs(self) -> Path:
        """The bin directory of a copy that every account may use, with the libraries that the wheel keeps beside it."""
        package = self.bin.parents[1]
        stamp = f"{package} {(self.bin / 'postgres').stat().st_mtime_ns}"
        home = SYSTEM_HOME / f"programs-{hashlib.sha256(os.fsencode(stamp)).hexdigest()[:12]}"
        if not home.exists():
            part = Path(f"{home}.part")
            shutil.rmtree(part, ignore_errors=True)
            for tree in (package / "pginstall", package.with_name(f"{package.name}.libs")):
                shutil.copytree(tree, part / tree.relative_to(package.parent), symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", part], check=True)
            part.rename(home)
        return home / package.name / "pginstall" / "bin"

    def _account(self) -> pwd.struct_passwd:
        if self.data.exists() and self.data.stat().st_uid != 0:
            try:
                return pwd.getpwuid(self.data.stat().st_uid)
            except KeyError as problem:
                raise DatabaseTrouble(
                    f"{self.data} belongs to an account that this machine does not have: "
                    "give it to an existing one with chown -R, and run the command as that account."
                ) from problem
        try:
            return pwd.getpwnam(ACCOUNT)
        except KeyError:
            pass
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        try:
            subprocess.run(
                [*command, "--shell", "/usr/sbin/nologin", ACCOUNT],
                check=True,
                capture_output=True,
                text=True,
            )
        except (OSError, subprocess.CalledProcessError) as problem:
            raise DatabaseTrouble(
                "PostgreSQL does not run as root, and an account for it could not be made: run the command as an "
                f"ordinary user, or make the account with: {' '.join(command)} {ACCOUNT}"
            ) from problem
        return pwd.getpwnam(ACCOUNT)

    def _reaches(self, directory: Path) -> bool:
        """Whether the server's account can run the programs and enter this directory."""
        checks = [
            [str(self.bin / "postgres"), "--version"],
            [str(self.bin / "initdb"), "--version"],
            ["test", "-x", str(directory)],
        ]
        try:
            return all(
                subprocess.run(c, capture_output=True, cwd="/", **self.as_account).returncode == 0
                for c in checks
            )
        except PermissionError:
            return False

    # -- starting -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Bring the server up, from whatever state the directory was left in. Raises DatabaseTrouble."""
        sockets = self._make_socket_directory()
        self._make_data()
        if self._adopt():
            return
        for left_behind in sockets.glob(".s.PGSQL.*"):
            left_behind.unlink()
        settings = SETTINGS | ({} if self.cluster.durable else SETTINGS_FOR_TESTS)
        settings |= {
            "port": str(PORT),
            "unix_socket_directories": '"' + str(sockets).replace('"', '""') + '"',
        }
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        deadline = time.monotonic() + PATIENCE
        while True:
            mark = self.cluster.log.stat().st_size
            self.process = subprocess.Popen(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                stderr=sys.stderr,
                **self.as_account,
            )
            self.pid = self.process.pid
            if self._ready_before(deadline):
                return
            words = self.cluster.log.read_bytes()[mark:].decode(errors="replace")
            # Backends of a postmaster that was killed need a moment to notice.
            if "shared memory block" not in words or time.monotonic() > deadline - PATIENCE + 20:
                raise DatabaseTrouble(explain(_last_fatal(words), self.cluster.directory))
            time.sleep(0.5)

    def _make_socket_directory(self) -> Path:
        known = self.cluster.socket_directory  # where clients look
        if self.data.parent == self.cluster.directory or known.parent != self.cluster.directory:
            private_directory(known, self.uid)
            return known
        reachable = self.data.with_name("run")
        private_directory(reachable, self.uid)
        if not known.is_symlink() or known.readlink() != reachable:
            if known.is_symlink() or not known.exists():
                known.unlink(missing_ok=True)
            else:
                shutil.rmtree(known)
            known.symlink_to(reachable)
        return reachable

    def _make_data(self) -> None:
        version = self.data / "PG_VERSION"
        ours = subprocess.run(
            [self.bin / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        major = ours.split()[-1].split(".")[0]
        if version.exists():
            if (found := version.read_text().strip()) != major:
                raise DatabaseTrouble(
                    f"{self.data} was made by PostgreSQL {found} and this version brings PostgreSQL {major}. Dump it with "
                    f"the version that made it and restore it here, or move {self.cluster.directory} away to start empty."
                )
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise DatabaseTrouble(
                f"{self.data} holds something that is not a PostgreSQL database: move it away, then start again."
            )
        if shutil.disk_usage(self.cluster.directory).free < ROOM_FOR_NEW_DATA:
            raise DatabaseTrouble(explain("No space left on device", self.cluster.directory))
        # Renamed when complete, so that an interrupted start leaves no half.
        part = self.data.with_name("data.part")
        shutil.rmtree(part, ignore_errors=True)
        private_directory(part, self.uid)
        made = subprocess.run(
            [
                str(self.bin / "initdb"),
                "-D",
                str(part),
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--auth=trust",
                "--no-instructions",
            ]
            + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            + ([] if self.cluster.durable else ["--no-sync"]),
            capture_output=True,
            text=True,
            cwd="/",
            **self.as_account,
        )
        if made.returncode:
            shutil.rmtree(part, ignore_errors=True)
            raise DatabaseTrouble(explain(made.stderr.strip().splitlines()[-1], self.cluster.directory))
        part.rename(self.data)

    def _adopt(self) -> bool:
        """Take over a server whose supervisor was killed. Removes a pid file whose number now belongs to another process,
        which PostgreSQL cannot tell from a running server."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            command = []
        if os.fsencode(self.data) not in command:
            pid_file.unlink(missing_ok=True)
            return False
        self.pid = pid
        if self._ready_before(time.monotonic() + PATIENCE):
            return True
        self.pid = None
        return False

    def _ready_before(self, deadline: float) -> bool:
        """Whether the server comes up; False as soon as its process is gone."""
        while self.alive():
            try:
                lines = (self.data / "postmaster.pid").read_text().split("\n")
            except OSError:
                lines = []
            if len(lines) > 7 and lines[0].strip() == str(self.pid) and lines[7].strip() == "ready":
                return True
            if time.monotonic() > deadline:
                self.stop(signal.SIGQUIT)
                return False
            time.sleep(0.05)
        return False

    def make_role(self) -> None:
        """The role that owns the databases. It is not a superuser: what works here works on a real server."""
        connection = psycopg2.connect(
            dbname="postgres", host=str(self.cluster.socket_directory), port=PORT, user="postgres"
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
                if cursor.rowcount == 0:
                    cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        except psycopg2.Error as problem:
            raise DatabaseTrouble(explain(problem, self.cluster.directory)) from problem
        finally:
            connection.close()

    # -- watching and stopping ----------------------------------------------------------------------------------------

    def alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        try:
            status = Path(f"/proc/{self.pid}/stat").read_text()
        except OSError:
            return False
        return status.rpartition(")")[2].split()[0] not in "ZX"

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop the server: by default without waiting for sessions, and leaving nothing to recover."""
        if self.pid is None or not self.alive():
            return
        for signal_number, patience in ((how, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            os.kill(self.pid, signal_number)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if not self.alive():
                    return
                time.sleep(0.02)

    @staticmethod
    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)  # noqa: T201 - the log of this process


def _last_fatal(words: str) -> str:
    fatal = [line for line in words.splitlines() if "FATAL" in line or "PANIC" in line or "could not" in line]
    return fatal[-1].split("FATAL:")[-1].strip() if fatal else "it stopped without a word"


def supervise(cluster: Cluster, answer: Callable[[str], None]) -> int:
    """Run the server of ``cluster`` until nobody uses it. Returns the exit status of this process."""
    if cluster.log.exists() and cluster.log.stat().st_size > LARGEST_LOG:
        cluster.log.replace(cluster.log.with_name("log.old"))
        os.dup2(os.open(cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), 2)
    ending: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: ending.append(received))
    server = None
    with cluster.lock("supervisor", fcntl.LOCK_EX):  # waits for one that is still stopping
        try:
            server = Server(cluster)
            server.start()
            server.make_role()
        except (DatabaseTrouble, OSError, subprocess.SubprocessError) as problem:
            if server:
                server.stop()
            words = (
                str(problem) if isinstance(problem, DatabaseTrouble) else explain(problem, cluster.directory)
            )
            server_log = f" (more in {cluster.log})" if cluster.log.exists() else ""
            answer(" ".join(words.split()) + server_log)
            return 1
        answer("ready")
        while server.alive() and not ending:
            try:
                with cluster.lock("users", fcntl.LOCK_EX | fcntl.LOCK_NB):
                    server.stop()  # newcomers wait for this lock, then start a fresh server
                return 0
            except BlockingIOError:
                time.sleep(LOOK_EVERY)
        server.stop()
    return 0


def _answer(words: str) -> None:
    os.write(1, f"{words}\n".encode())
    # Whoever asked must see the end of our output, and no child may hold it open.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)


if __name__ == "__main__":
    if os.fork():
        os._exit(0)  # whoever starts us need not wait for our end
    sys.exit(supervise(Cluster(Path(sys.argv[1]), durable="--not-durable" not in sys.argv[2:]), _answer))
