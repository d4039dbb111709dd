from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from script import PROJECT, ScriptError, demo_server
from script.demo_server import main, refuse_taken_port
from tests.integration.script.scratch import (
    WITH_DATABASE,
    environment,
    manage,
    processes_in,
    scratch_checkout,
)


def test_a_taken_port_is_told_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ScriptError, match=rf"Port {port} is taken.*script/demo --port {port + 1}"):
            refuse_taken_port(port)
    refuse_taken_port(port)


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_the_demo_leaves_a_real_database_alone(monkeypatch: pytest.MonkeyPatch, arguments: list[str]):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@h/n")
    with pytest.raises(ScriptError, match="unset DATABASE_URL"):
        main(arguments)


@pytest.mark.parametrize("port", ["0", "000", "65536", "many", "", "-1", "１２", "9" * 5_000, "0" * 5_000])
def test_a_port_is_a_number_in_range(capsys: pytest.CaptureFixture[str], port: str):
    with pytest.raises(SystemExit):
        main(["--port", port])
    assert "write a number from 1 to 65535" in capsys.readouterr().err


class NoServer:
    """Stands in for the database's server, which this test does not need."""

    def __init__(self, *_arguments: Any) -> None: ...

    def __enter__(self) -> NoServer:
        return self

    def __exit__(self, *_exception: object) -> None: ...

    def create_database(self, name: str) -> None: ...

    def url(self) -> str:
        return "postgres://u@h/n"

    site_url = url


def test_what_is_written_while_the_data_loads_has_the_addresses_of_its_port(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """The mails of the demonstration are made by the process that loads it."""
    said = "from django.conf import settings; print(settings.SITE_URL)"
    addresses = []

    def prepare(env: dict[str, str], *_arguments: str) -> None:
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", said]
        run = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=True)
        addresses.append(run.stdout.strip())
        raise ScriptError("enough")

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(demo_server, "Postgres", NoServer)
    monkeypatch.setattr(demo_server, "prepare", prepare)
    port = free_port()
    with pytest.raises(ScriptError, match="enough"):
        main(["--port", str(port)])
    assert addresses == [f"http://127.0.0.1:{port}"]


@pytest.fixture(scope="module")
def checkout(request: pytest.FixtureRequest) -> Path:
    """A checkout beside this one, with demonstration data that counts as loaded."""
    place = scratch_checkout(request, "demo")
    loaded = "from committee.models import Installation; Installation.objects.update_or_create(id=1, defaults={'demonstration': True})"
    manage(place, "shell", "--command", loaded)
    return place


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demonstrate(place: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "script.demo_server", *arguments],
        cwd=place,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(f"{words!r} was not said:\n{text}\n{process.communicate()[1]}")


def nothing_left(place: Path, patience: float = 20) -> bool:
    deadline = time.monotonic() + patience
    while processes_in(place) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_in(place)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as response:
            return json.load(response)["ready"] is True
    except urllib.error.HTTPError:
        return False


@pytest.mark.slow
def test_the_demo_from_start_to_end(checkout: Path):
    port = free_port()
    with demonstrate(checkout, "--port", str(port)) as process:
        said = read_until(process, "Press Ctrl-C")
        assert f"http://127.0.0.1:{port}" in said
        assert is_ready(port)

        with demonstrate(checkout, "--port", str(port)) as second:
            _, trouble = second.communicate(timeout=60)
            assert second.returncode == 1
            assert f"Port {port} is taken" in trouble
            assert "Traceback" not in trouble

        # A database that is killed is started again, and one that another command has used runs on.
        database = checkout / "var" / "postgres" / "data" / "postmaster.pid"
        os.kill(int(database.read_text().split()[0]), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while not is_ready(port):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        manage(checkout, "showmigrations", "--verbosity", "0")
        assert is_ready(port)

        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out.strip(), err) == (0, "Stopped.", "")
    assert processes_in(checkout) == []  # the database too

    # A child that dies takes the rest with it, and the end of its log is shown.
    with demonstrate(checkout, "--port", str(port)) as process:
        read_until(process, "Press Ctrl-C")
        for number in processes_in(checkout):
            if b"worker" in Path(f"/proc/{number}/cmdline").read_bytes():
                os.kill(number, signal.SIGKILL)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "The worker ended unexpectedly" in err
        assert "Traceback" not in err
    assert nothing_left(checkout)

    # Killed outright, it leaves nothing running either.
    with demonstrate(checkout, "--port", str(port)) as process:
        read_until(process, "Press Ctrl-C")
        process.kill()
        process.communicate(timeout=60)
    assert nothing_left(checkout)


@pytest.mark.slow
def test_the_inner_part_of_the_check_is_no_command_of_its_own(checkout: Path):
    inner = [*WITH_DATABASE, "manage.py", "check_demo", "pack.pdf"]
    process = subprocess.run(
        inner, cwd=checkout, env=environment(), capture_output=True, text=True, check=False
    )
    assert process.returncode == 1
    assert "script/demo --check" in process.stderr
    assert "Traceback" not in process.stderr
