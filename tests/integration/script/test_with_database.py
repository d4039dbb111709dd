"""Commands on the demonstration's database: what `script/with-database` promises."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from script import PROJECT, VAR
from tests.integration.script.scratch import end_processes_in, environment, processes_in

pytestmark = pytest.mark.slow  # a server of its own for each test

ASK = """
import os, sys, time
import psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(sys.argv[1])
print(cursor.fetchall() if cursor.description else "done", flush=True)
time.sleep(float(sys.argv[2]))
"""
WAIT_FOR_SIGNAL = """
import signal, sys
received = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: received.append(signal.Signals(number).name))
print("waiting", flush=True)
while not received:
    signal.pause()
print(received, flush=True)
sys.exit(7)
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A directory with the scripts alone, so that it has a var/ of its own."""
    place = VAR / "test-clusters" / f"with-database-{os.getpid()}"
    shutil.copytree(PROJECT / "script", place / "script", ignore=shutil.ignore_patterns("__pycache__"))
    yield place
    end_processes_in(place)
    shutil.rmtree(place)


def start(place: Path, *command: str, options: Sequence[str] = (), url: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "script.with_database", *options, *command],
        cwd=place,
        env=environment() | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(place: Path, statement: str, *options: str) -> str:
    with start(place, sys.executable, "-c", ASK, statement, "0", options=options) as process:
        out, err = process.communicate(timeout=60)
    return out.strip() or err.strip().splitlines()[-1]


def started(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def nothing_runs(place: Path, timeout: float = 20) -> bool:
    deadline = time.monotonic() + timeout
    while processes_in(place) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_in(place)


def test_the_command_has_a_database_and_keeps_its_data(place: Path):
    assert ask(place, "CREATE TABLE kept AS SELECT 42 AS answer") == "done"
    assert processes_in(place) == []
    assert ask(place, "SELECT answer FROM kept") == "[(42,)]"


def test_a_scratch_database_is_new_and_gone_afterwards(place: Path):
    for _ in range(2):
        assert ask(place, "CREATE TABLE scratched (a int)", "--scratch", "scratch") == "done"
    assert ask(place, "SELECT count(*) FROM pg_database WHERE datname = 'scratch'") == "[(0,)]"


def test_two_at_once_do_not_end_each_others_server(place: Path):
    with start(place, sys.executable, "-c", ASK, "SELECT 1", "60") as long:
        assert started(long) == "[(1,)]"
        assert ask(place, "SELECT 2") == "[(2,)]"
        assert ask(place, "SELECT 3") == "[(3,)]"
        long.terminate()
        long.communicate(timeout=60)
    assert processes_in(place) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_go_to_the_command_and_its_status_comes_back(place: Path, number: signal.Signals):
    with start(place, sys.executable, "-c", WAIT_FOR_SIGNAL) as process:
        assert started(process) == "waiting"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out.strip(), err) == (7, f"['{number.name}']", "")
    assert processes_in(place) == []


def test_a_killed_server_is_started_again(place: Path):
    with start(place, sys.executable, "-c", ASK, "SELECT 1", "60") as process:
        assert started(process) == "[(1,)]"
        pid_file = place / "var" / "postgres" / "data" / "postmaster.pid"
        first = pid_file.read_text().split()[0]
        os.kill(int(first), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while not pid_file.exists() or pid_file.read_text().split()[0] == first:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.terminate()
        process.communicate(timeout=60)
    assert processes_in(place) == []


def test_killed_outright_the_command_keeps_the_server_until_it_ends(place: Path):
    with start(place, sys.executable, "-c", ASK, "SELECT pg_backend_pid()", "3") as process:
        assert started(process)
        process.kill()
        process.wait()
        assert processes_in(place)
        assert ask(place, "SELECT 1") == "[(1,)]"
    assert nothing_runs(place)


@pytest.mark.parametrize(
    ("command", "url", "words"),
    [
        ("no-such-program", "", "no-such-program cannot be run: No such file or directory."),
        ("true", "postgres://u@h/n", "unset DATABASE_URL"),
    ],
)
def test_trouble_is_one_sentence(place: Path, command: str, url: str, words: str):
    with start(place, command, url=url) as process:
        _, trouble = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words in trouble
    assert len(trouble.splitlines()) == 1
