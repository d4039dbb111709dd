"""The demonstration: database, web server and worker on this machine, started and ended together.

`serve` runs them until Ctrl-C. `check` does the main job in a scratch database beside the demonstration's, with a worker of
its own.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from script import PROJECT, VAR, ScriptError
from script.environment import demo_environment, refuse_database_url
from script.postgres import ROLE, Postgres

PLACE = VAR / "demo"
"""The directory of the demonstration's own files."""
CHECK_DATABASE = "demo_check"
TIMEOUT = 60  # seconds for web server and worker to be ready, and for children to end
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)


def main(arguments: Sequence[str]) -> None:
    """Run the demonstration or its check. Raise ScriptError when it cannot go on."""
    parser = argparse.ArgumentParser(prog="script/demo")
    parser.add_argument("--port", type=_port, default=8000, help="the port on this machine (default: 8000)")
    parser.add_argument(
        "--check", action="store_true", help="do the main job and write the pack, without serving"
    )
    options = parser.parse_args(arguments)
    refuse_database_url()
    PLACE.mkdir(parents=True, exist_ok=True)
    if options.check:
        check()
    else:
        serve(options.port)


def _port(words: str) -> int:
    digits = words.lstrip("0")
    if not words.isascii() or not words.isdecimal() or not 1 <= len(digits) <= 5 or int(digits) > 65535:
        raise argparse.ArgumentTypeError("write a number from 1 to 65535.")
    return int(digits)


def say(words: str) -> None:
    print(words, flush=True)


# Children ------------------------------------------------------------------------------------------------------------


class Child:
    """A process that ends when we do, however we end. A context manager that ends it."""

    def __init__(
        self,
        name: str,
        *command: str,
        env: dict[str, str],
        output: IO[bytes] | None = None,
        errors: IO[bytes] | None = None,
    ) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, *command],
            cwd=PROJECT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors or output,
            start_new_session=True,  # a Ctrl-C is ours; we end the children in order
            preexec_fn=_end_with_parent,
        )

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop(15)

    def status(self) -> int | None:
        """Return its exit status, or None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to end."""
        if self.status() is None:
            self._process.terminate()

    def stop(self, timeout: float) -> None:
        """End it, and kill it with all its own children when it has not ended after `timeout` seconds."""
        self.terminate()
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start_web_server(port: int, env: dict[str, str], log: IO[bytes]) -> Child:
    command = ["-m", "gunicorn", "--config", "committee/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    return Child("web server", *command, env=env, output=log)


def start_worker(env: dict[str, str], log: IO[bytes]) -> Child:
    return Child("worker", "manage.py", "worker", "--interval", "0.3", env=env, output=log)


def prepare(env: dict[str, str], owner_url: str, *arguments: str) -> None:
    """Bring the database up to date as its owner and fill it, once. A second demonstration started meanwhile waits."""
    command = ("manage.py", "prepare_demo", *arguments)
    env = {"LOG_LEVEL": "WARNING"} | env | {"DATABASE_OWNER_URL": owner_url}
    with _alone("prepare"), Child("preparation", *command, env=env) as child:
        while child.status() is None:
            time.sleep(0.05)
    if child.status():
        raise ScriptError("The database could not be prepared; see above.")


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    with open(PLACE / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def last_lines(path: Path, count: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])


# Serving -------------------------------------------------------------------------------------------------------------


def serve(port: int) -> None:
    """Run the demonstration until Ctrl-C or SIGTERM. Raise ScriptError when it cannot run on."""
    refuse_taken_port(port)
    address = f"http://127.0.0.1:{port}"
    log_path = PLACE / f"log-{port}"
    with Postgres(VAR / "postgres") as server:
        server.create_database(ROLE)
        env = demo_environment(server.site_url(), SITE_URL=address)
        prepare(env, server.url(), "--sign-ins")
        with open(log_path, "wb") as log, _stop_signals() as received:
            children = [start_web_server(port, env, log), start_worker(env, log)]
            try:
                _wait_until_ready(address, children, received)
                if not received:
                    say(f"\nThe recommendation tracker runs at {address}\n")
                    say(f"Only this machine can reach it. The log is in {log_path}. Press Ctrl-C to end it.")
                while not received and all(child.status() is None for child in children):
                    server.restart_if_killed()
                    time.sleep(0.2)
                ended = [child.name for child in children if child.status() is not None]
            finally:
                for child in children:
                    child.terminate()
                for child in children:
                    child.stop(0.1 if len(received) > 1 else 15)
        stopped = server.stop()
    if ended and not received:
        raise ScriptError(
            f"The {' and the '.join(ended)} ended unexpectedly. The end of {log_path}:\n{last_lines(log_path)}"
        )
    say("Stopped." if stopped else "Stopped. The database runs on, because another command uses it.")


@contextlib.contextmanager
def _stop_signals() -> Iterator[list[int]]:
    """Give a list of the signals to end that have come in, instead of being ended by them."""
    received: list[int] = []
    handlers = {
        number: signal.signal(number, lambda number, _frame: received.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield received
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def refuse_taken_port(port: int) -> None:
    """Raise ScriptError when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise ScriptError(
                f"Port {port} needs more rights than this account has: choose one from 1024 up, for example: "
                "script/demo --port 8001"
            ) from error
        except OSError as error:
            raise ScriptError(
                f"Port {port} is taken by another program, perhaps a demo that is already running at "
                f"http://127.0.0.1:{port}. End that one, or use another port: script/demo --port {port + 1} "
                "(two demos of one checkout share their data safely)."
            ) from error


def _wait_until_ready(address: str, children: list[Child], received: list[int]) -> None:
    deadline = time.monotonic() + TIMEOUT
    answer = ""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not received and all(child.status() is None for child in children):
        try:
            with opener.open(f"{address}/ready", timeout=5):
                return
        except urllib.error.HTTPError as response:
            answer = response.read(2000).decode(errors="replace")
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise ScriptError(f"The demo was not ready within {TIMEOUT} seconds. {_in_words(answer)}")
        time.sleep(0.1)


def _in_words(answer: str) -> str:
    try:
        findings = json.loads(answer)
    except ValueError:
        return "It did not answer."
    return ", ".join(f"{name}: {words}" for name, words in findings.items() if name != "ready") + "."


# Checking ------------------------------------------------------------------------------------------------------------


def check() -> None:
    """Do the main job in a scratch database and write var/demo/pack.pdf. Raise ScriptError unless all of it happened."""
    files, pack, log_path = PLACE / "check-files", PLACE / "pack.pdf", PLACE / "log-check"
    with _alone("check"), Postgres(VAR / "postgres") as server:
        server.drop_database(CHECK_DATABASE)  # left by one that was killed
        shutil.rmtree(files, ignore_errors=True)
        pack.unlink(missing_ok=True)
        try:
            server.create_database(CHECK_DATABASE)
            env = demo_environment(
                server.site_url(CHECK_DATABASE),
                FILES_DIRECTORY=str(files),
                LOG_LEVEL="WARNING",
                GRACE_SECONDS="0",  # nobody takes anything back meanwhile
            )
            prepare(env, server.url(CHECK_DATABASE))
            with open(log_path, "wb") as log:
                _do_the_main_job(env, pack, log)
        finally:
            server.drop_database(CHECK_DATABASE)
            shutil.rmtree(files, ignore_errors=True)
    if not pack.is_file() or not pack.read_bytes().startswith(b"%PDF-"):
        raise ScriptError(f"The pack was not written to {pack}.")
    say(f"The pack is in {pack} ({pack.stat().st_size // 1024} KB). Everything worked.")


def _do_the_main_job(env: dict[str, str], pack: Path, log: IO[bytes]) -> None:
    job = ("manage.py", "check_demo", str(pack))
    with start_worker(env, log) as worker, Child("check", *job, env=env, errors=log) as child:
        while child.status() is None and worker.status() is None:
            time.sleep(0.1)
        worker_ended, status = worker.status() is not None, child.status()
    if worker_ended:
        raise ScriptError(
            f"The worker ended unexpectedly. The end of {log.name}:\n{last_lines(Path(log.name))}"
        )
    if status:
        raise ScriptError(f"The check failed. The end of {log.name}:\n{last_lines(Path(log.name))}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ScriptError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
