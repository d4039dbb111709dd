"""The scripts' PostgreSQL in directories of its own: starting, sharing, stopping, and what it does about trouble."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from script import PROJECT, VAR, ScriptError, postgres, postgres_home
from script.postgres import PORT, Postgres, explain
from script.postgres_home import make_private_directory

pytestmark = pytest.mark.slow  # a server of its own for each test

USER = """
import sys, time
from pathlib import Path
import psycopg2
from script import ScriptError
from script.postgres import Postgres
try:
    with Postgres(Path(sys.argv[1]), durable=sys.argv[4] == 'True') as server:
        server.create_database("tracker")
        connection = psycopg2.connect(dbname="tracker", user="tracker", host=str(server.socket_directory), port=5432)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sys.argv[2])
            print(cursor.fetchall() if cursor.description else "done", flush=True)
        time.sleep(float(sys.argv[3]))
except ScriptError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A server that is gone after the test, with its data. Not in tmp_path, which other accounts cannot enter."""
    directory = VAR / "test-clusters" / uuid.uuid4().hex[:8]
    found = Postgres(directory, durable=False)
    yield found
    found.stop()
    for process in processes_of(found):
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(directory, ignore_errors=True)


def user(server: Postgres, statement: str = "SELECT 1", stay: float = 0) -> subprocess.Popen[str]:
    """A process of its own that uses the cluster, asks one thing, and stays for that many seconds."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(server.directory), statement, str(stay), str(server.durable)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(server: Postgres, statement: str = "SELECT 1") -> str:
    with user(server, statement) as process:
        out, err = process.communicate(timeout=60)
    return out.strip() or err.strip()


def started(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str], how: int = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.communicate(timeout=30)


def processes_of(server: Postgres, *words: str) -> list[int]:
    """The living processes whose command line names the cluster's directory, and these words."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(server.directory) in command and all(word in command for word in words):
            found.append(int(entry.name))
    return found


def answers(server: Postgres) -> bool:
    """Whether the server accepts connections now."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(server.socket_directory / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
        return True


def eventually(condition: Callable[[], bool], patience: float = 20) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_it_starts_on_demand_and_stops_with_its_last_user(server: Postgres):
    with user(server, stay=60) as first, user(server, stay=60) as second:
        assert started(first) == started(second) == "[(1,)]"
        assert len(processes_of(server, "bin/postgres")) == 1
        end(first)
        time.sleep(1)
        assert answers(server)
        end(second)
    assert eventually(lambda: not processes_of(server))
    assert "database system is shut down" in server.log.read_text()


def test_it_does_not_listen_on_the_network(server: Postgres):
    assert ask(server, "SHOW listen_addresses") == "[('',)]"
    assert server.socket_directory.stat().st_mode & 0o077 == 0


def test_the_role_is_no_superuser(server: Postgres):
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "[(False,)]"


def test_nothing_is_lost_when_everything_is_killed(server: Postgres):
    durable = Postgres(server.directory)  # as the demo uses it
    with user(durable, "CREATE TABLE kept AS SELECT 42 AS answer", stay=60) as process:
        assert started(process) == "done"
        for victim in [process.pid, *processes_of(server)]:
            os.kill(victim, signal.SIGKILL)
        process.communicate()
    assert ask(server, "SELECT answer FROM kept") == "[(42,)]"


def test_a_killed_watcher_is_replaced(server: Postgres):
    with user(server, stay=60) as process:
        started(process)
        (first,) = processes_of(server, "flock")
        (running,) = processes_of(server, "bin/postgres")
        os.kill(first, signal.SIGKILL)
        with user(server, stay=60) as second:
            started(second)
            assert processes_of(server, "bin/postgres") == [running]
            assert len(processes_of(server, "flock")) == 1
            end(process)
            end(second)
    assert eventually(lambda: not processes_of(server))


def test_a_killed_server_is_started_again(server: Postgres):
    server.start()
    (running,) = processes_of(server, "bin/postgres")
    os.kill(running, signal.SIGKILL)
    assert eventually(lambda: not answers(server))
    server.restart_if_killed()
    assert answers(server)


def test_a_pid_file_whose_number_is_another_process_now(server: Postgres):
    ask(server)
    assert eventually(lambda: not processes_of(server))
    (server.directory / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{server.directory}/data\n1\n5432\n\n\n\nready\n"
    )
    assert ask(server) == "[(1,)]"


def test_an_interrupted_first_start_leaves_no_half(server: Postgres):
    (server.directory / "data.part").mkdir(parents=True)
    (server.directory / "data.part" / "PG_VERSION").write_text("18")
    assert ask(server) == "[(1,)]"


def test_stop_waits_for_the_end_unless_others_use_it(server: Postgres):
    server.start()
    with user(server, stay=60) as other:
        started(other)
        assert server.stop() is False
        assert answers(server)
        server.start()
        end(other)
    assert server.stop() is True
    assert eventually(lambda: not processes_of(server))


def test_several_that_start_and_stop_at_once(server: Postgres):
    for _ in range(3):
        users = [user(server) for _ in range(4)]
        for process in users:
            out, err = process.communicate(timeout=60)
            assert (out.strip(), err) == ("[(1,)]", "")
    assert eventually(lambda: not processes_of(server))


def test_scratch_databases(server: Postgres):
    server.start()
    for _ in range(2):
        server.create_database("scratch")
    psycopg2.connect(dbname="scratch", user="tracker", host=str(server.socket_directory), port=PORT).close()
    for _ in range(2):
        server.drop_database("scratch")
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(dbname="scratch", user="tracker", host=str(server.socket_directory), port=PORT)


def test_statements_and_rows_stay_out_of_its_log(server: Postgres):
    answer = ask(server, "SELECT 'exempt words'::int")
    assert "exempt words" in answer
    assert ask(server, "CREATE TABLE t (a int CHECK (a < 0)); INSERT INTO t VALUES (4711)")
    log = server.log.read_text()
    assert "ERROR" in log
    assert "4711" not in log
    assert "STATEMENT" not in log
    assert "DETAIL" not in log


class TestTrouble:
    def test_data_of_another_version(self, server: Postgres):
        ask(server)
        assert eventually(lambda: not processes_of(server))
        (server.directory / "data" / "PG_VERSION").write_text("16\n")
        answer = ask(server)
        assert "made by PostgreSQL 16 and this version brings PostgreSQL 18" in answer
        assert "\n" not in answer

    def test_something_else_in_the_data_directory(self, server: Postgres):
        (server.directory / "data").mkdir(parents=True)
        (server.directory / "data" / "holiday.jpg").touch()
        assert "move it away" in ask(server)
        assert (server.directory / "data" / "holiday.jpg").exists()

    def test_a_file_in_the_way(self, server: Postgres):
        server.directory.parent.mkdir(parents=True, exist_ok=True)
        server.directory.touch()
        with pytest.raises(ScriptError, match="is in the way"):
            server.start()
        server.directory.unlink()

    def test_a_directory_of_another_account(self, server: Postgres, monkeypatch: pytest.MonkeyPatch):
        server.directory.mkdir(parents=True)

        def refused(path: Path, mode: str) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

        monkeypatch.setattr(Path, "open", refused)  # nothing is refused to root
        with pytest.raises(ScriptError, match=r"it belongs to .*run the command as its owner"):
            server.start()
        monkeypatch.undo()
        assert processes_of(server) == []

    def test_a_full_disk_before_anything_is_made(self, server: Postgres, monkeypatch: pytest.MonkeyPatch):
        server.directory.mkdir(parents=True)
        monkeypatch.setattr(postgres, "ROOM_FOR_NEW_DATA", 1 << 62)
        with pytest.raises(ScriptError, match="is full: free some space"):
            server.start()
        assert not (server.directory / "data").exists()

    @pytest.mark.parametrize(
        ("words", "advice"),
        [
            ("could not write: No space left on device", "is full: free some space"),
            ("could not open: Permission denied", "run the command as its owner"),
            ("Read-only file system", "disk that can be written"),
            ("something new", "could not be started: something new"),
        ],
    )
    def test_causes_are_told_in_one_sentence(self, tmp_path: Path, words: str, advice: str):
        assert advice in explain(words, tmp_path)

    def test_a_missing_wheel(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(postgres_home.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(ScriptError, match="run script/setup --for-demo, or set DATABASE_URL"):
            postgres_home.find_programs()

    def test_a_socket_directory_that_somebody_else_made(self, tmp_path: Path):
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        with pytest.raises(ScriptError, match="made by somebody else"):
            make_private_directory(tmp_path / "link", os.geteuid())

    def test_a_relative_directory_is_a_mistake_of_ours(self):
        with pytest.raises(ValueError, match="absolute"):
            Postgres(Path("var/postgres"))


@pytest.mark.parametrize("name", ["d" * 120, "with, comma", 'with "quotes" and spaces'])
def test_awkward_paths(server: Postgres, name: str):
    awkward = Postgres(server.directory / name, durable=False)
    try:
        assert ask(awkward) == "[(1,)]"
        assert len(os.fsencode(awkward.socket_directory)) < 95
        assert awkward.socket_directory.stat().st_mode & 0o077 == 0
        assert eventually(lambda: not processes_of(awkward))
    finally:
        if awkward.socket_directory.parent != awkward.directory:
            shutil.rmtree(awkward.socket_directory)
