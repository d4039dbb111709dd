"""The embedded database in directories of its own: starting, sharing, stopping, and what it does about trouble."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from committee.database import cluster as cluster_module
from committee.database import supervisor
from committee.database.cluster import PORT, Cluster, DatabaseTrouble, explain, private_directory

USER = """
import sys, time
from pathlib import Path
import psycopg2
from committee.database.cluster import Cluster, DatabaseTrouble
cluster = Cluster(Path(sys.argv[1]), durable=sys.argv[4] == 'True')
try:
    cluster.use()
except DatabaseTrouble as problem:
    sys.exit(str(problem))
cluster.make_database("tracker")
connection = psycopg2.connect(dbname="tracker", user="tracker", host=str(cluster.socket_directory), port=5432)
connection.autocommit = True
with connection.cursor() as cursor:
    cursor.execute(sys.argv[2])
    print(cursor.fetchall() if cursor.description else "done", flush=True)
time.sleep(float(sys.argv[3]))
"""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster that is gone after the test, with whatever runs in it. Not in tmp_path, which other accounts cannot enter."""
    directory = settings.VAR / "test-clusters" / uuid.uuid4().hex[:8]
    found = Cluster(directory, durable=False)
    yield found
    found.release(wait=0)
    for process in processes_of(found):
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(directory, ignore_errors=True)


def user(cluster: Cluster, statement: str = "SELECT 1", stay: float = 0) -> subprocess.Popen[str]:
    """A process of its own that uses the cluster, asks one thing, and stays for that many seconds."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(cluster.directory), statement, str(stay), str(cluster.durable)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(cluster: Cluster, statement: str = "SELECT 1") -> str:
    with user(cluster, statement) as process:
        out, err = process.communicate(timeout=60)
    return out.strip() or err.strip()


def started(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str], how: int = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.communicate(timeout=30)


def processes_of(cluster: Cluster, *words: str) -> list[int]:
    """The living processes whose command line names the cluster's directory, and these words."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(cluster.directory) in command and all(word in command for word in words):
            found.append(int(entry.name))
    return found


def eventually(condition: Callable[[], bool], patience: float = 20) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_it_starts_on_demand_and_stops_with_its_last_user(cluster: Cluster):
    with user(cluster, stay=60) as first, user(cluster, stay=60) as second:
        assert started(first) == started(second) == "[(1,)]"
        assert len(processes_of(cluster, "supervisor")) == 1
        end(first)
        time.sleep(1)
        assert cluster.answers()
        end(second)
    assert eventually(lambda: not processes_of(cluster))
    assert "database system is shut down" in cluster.log.read_text()


def test_it_does_not_listen_on_the_network(cluster: Cluster):
    assert ask(cluster, "SHOW listen_addresses") == "[('',)]"
    assert cluster.socket_directory.stat().st_mode & 0o077 == 0


def test_the_role_is_no_superuser(cluster: Cluster):
    assert ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "[(False,)]"


def test_nothing_is_lost_when_everything_is_killed(cluster: Cluster):
    durable = Cluster(cluster.directory)  # as the demo uses it
    with user(durable, "CREATE TABLE kept AS SELECT 42 AS answer", stay=60) as process:
        assert started(process) == "done"
        for victim in [process.pid, *processes_of(cluster)]:
            os.kill(victim, signal.SIGKILL)
        process.communicate()
    assert ask(cluster, "SELECT answer FROM kept") == "[(42,)]"


def test_a_killed_supervisor_is_replaced(cluster: Cluster):
    with user(cluster, stay=60) as process:
        started(process)
        (first,) = processes_of(cluster, "supervisor")
        (server,) = processes_of(cluster, "bin/postgres")
        os.kill(first, signal.SIGKILL)
        assert ask(cluster) == "[(1,)]"
        assert processes_of(cluster, "bin/postgres") == [server]
        assert len(processes_of(cluster, "supervisor")) == 1
        end(process)
    assert eventually(lambda: not processes_of(cluster))


def test_a_killed_server_is_started_again(cluster: Cluster):
    cluster.use()
    (server,) = processes_of(cluster, "bin/postgres")
    os.kill(server, signal.SIGKILL)
    assert eventually(lambda: not cluster.answers())
    cluster.use(again=True)
    assert cluster.answers()


def test_a_pid_file_whose_number_is_another_process_now(cluster: Cluster):
    ask(cluster)
    assert eventually(lambda: not processes_of(cluster))
    (cluster.directory / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{cluster.directory}/data\n1\n5432\n\n\n\nready\n"
    )
    assert ask(cluster) == "[(1,)]"


def test_an_interrupted_first_start_leaves_no_half(cluster: Cluster):
    (cluster.directory / "data.part").mkdir(parents=True)
    (cluster.directory / "data.part" / "PG_VERSION").write_text("18")
    assert ask(cluster) == "[(1,)]"


def test_release_waits_for_the_end_unless_others_use_it(cluster: Cluster):
    cluster.use()
    with user(cluster, stay=60) as other:
        started(other)
        assert cluster.release() is False
        cluster.use()
        end(other)
    assert cluster.release() is True
    assert not processes_of(cluster, "bin/postgres")


def test_scratch_databases(cluster: Cluster):
    cluster.use()
    for _ in range(2):
        cluster.make_database("scratch")
    psycopg2.connect(dbname="scratch", user="tracker", host=str(cluster.socket_directory), port=PORT).close()
    for _ in range(2):
        cluster.drop_database("scratch")
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(dbname="scratch", user="tracker", host=str(cluster.socket_directory), port=PORT)


def test_statements_and_rows_stay_out_of_its_log(cluster: Cluster):
    answer = ask(cluster, "SELECT 'exempt words'::int")
    assert "exempt words" in answer
    assert ask(cluster, "CREATE TABLE t (a int CHECK (a < 0)); INSERT INTO t VALUES (4711)")
    log = cluster.log.read_text()
    assert "ERROR" in log
    assert "4711" not in log
    assert "STATEMENT" not in log
    assert "DETAIL" not in log


class TestTrouble:
    def test_data_of_another_version(self, cluster: Cluster):
        ask(cluster)
        assert eventually(lambda: not processes_of(cluster))
        (cluster.directory / "data" / "PG_VERSION").write_text("16\n")
        answer = ask(cluster)
        assert "made by PostgreSQL 16 and this version brings PostgreSQL 18" in answer
        assert "\n" not in answer

    def test_something_else_in_the_data_directory(self, cluster: Cluster):
        (cluster.directory / "data").mkdir(parents=True)
        (cluster.directory / "data" / "holiday.jpg").touch()
        assert "move it away" in ask(cluster)
        assert (cluster.directory / "data" / "holiday.jpg").exists()

    def test_a_file_in_the_way(self, cluster: Cluster):
        cluster.directory.parent.mkdir(parents=True, exist_ok=True)
        cluster.directory.touch()
        with pytest.raises(DatabaseTrouble, match="is in the way"):
            cluster.use()
        cluster.directory.unlink()

    def test_a_full_disk_before_anything_is_made(self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch):
        cluster.directory.mkdir(parents=True)
        monkeypatch.setattr(supervisor, "ROOM_FOR_NEW_DATA", 1 << 62)
        server = supervisor.Server(cluster)
        with pytest.raises(DatabaseTrouble, match="is full: free some space"):
            server.start()
        assert not (cluster.directory / "data").exists()

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
        monkeypatch.setattr(cluster_module.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(DatabaseTrouble, match="run script/setup, or set DATABASE_URL"):
            cluster_module.programs()

    def test_a_socket_directory_that_somebody_else_made(self, tmp_path: Path):
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        with pytest.raises(DatabaseTrouble, match="made by somebody else"):
            private_directory(tmp_path / "link", os.geteuid())

    def test_a_relative_directory_is_a_mistake_of_ours(self):
        with pytest.raises(ValueError, match="absolute"):
            Cluster(Path("var/postgres"))


@pytest.mark.parametrize("name", ["d" * 120, "with, comma", 'with "quotes" and spaces'])
def test_awkward_paths(cluster: Cluster, name: str):
    awkward = Cluster(cluster.directory / name, durable=False)
    try:
        assert ask(awkward) == "[(1,)]"
        assert len(os.fsencode(awkward.socket_directory)) < 95
        assert awkward.socket_directory.stat().st_mode & 0o077 == 0
        assert eventually(lambda: not processes_of(awkward))
    finally:
        if awkward.socket_directory.parent != awkward.directory:
            shutil.rmtree(awkward.socket_directory)
