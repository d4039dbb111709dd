"""The demonstration: everything on this machine, started and ended together.

``serve`` prepares the embedded database, then runs the web server and a worker as children until Ctrl-C. ``check`` runs the
main job in a scratch database beside the demonstration's, with a worker of its own.
"""

from __future__ import annotations

import ctypes
import fcntl
import importlib
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connections

from committee import health
from committee.database.cluster import Cluster, DatabaseTrouble
from committee.models import Installation

Say = Callable[[str], None]

KEPT_SETTINGS = {
    "COUNCIL_NAME",
    "COUNCIL_SHORT_NAME",
    "COUNCIL_COLOUR",
    "COUNCIL_LOGO",
    "PUBLIC_SITE",
    "LOG_LEVEL",
}
CHECK_DATABASE = "demo_check"
PATIENCE = 60  # seconds for web and worker to be ready, and for children to end
PR_SET_PDEATHSIG = 1


def place() -> Path:
    """The directory of the demonstration's own files."""
    directory = settings.VAR / "demo"
    directory.mkdir(parents=True, exist_ok=True)
    return directory


# Preparing -----------------------------------------------------------------------------------------------------------


def prepare(say: Say) -> None:
    """Bring the database up to date and fill it, once. A second demonstration started meanwhile waits."""
    with _alone("prepare"):
        if health.migrations() != "applied":
            say("Preparing the database")
            call_command("migrate", verbosity=0, interactive=False)
        if not settings.WHITENOISE_USE_FINDERS and not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", verbosity=0, interactive=False)
        if Installation.objects.filter(demonstration=True).exists():
            return
        if "load_demo" in get_commands():
            say("Loading the demonstration data")
            call_command("load_demo", verbosity=0)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with open(place() / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment(**changes: str) -> dict[str, str]:
    """The environment of a child: the user's, without settings that belong to a real installation."""
    ours = set(settings.SETTING_NAMES) - KEPT_SETTINGS
    return (
        {name: value for name, value in os.environ.items() if name not in ours}
        | {"LOG_FORMAT": "plain"}
        | changes
    )


# Children ------------------------------------------------------------------------------------------------------------


class Child:
    """A process that ends when we do, however we end."""

    def __init__(self, name: str, command: list[str], *, env: dict[str, str], log: IO[bytes]) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C is ours; we end the children in order
            preexec_fn=_end_with_parent,
        )

    def ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self, patience: float = PATIENCE) -> None:
        if self.ended():
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


_libc = ctypes.CDLL(None)


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def worker(env: dict[str, str], log: IO[bytes]) -> Child:
    return Child("worker", [sys.executable, "manage.py", "worker", "--interval", "0.3"], env=env, log=log)


def web(port: int, env: dict[str, str], log: IO[bytes]) -> Child:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "committee/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    return Child("web server", command, env=env, log=log)


def last_lines(path: Path, count: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])


# Serving -------------------------------------------------------------------------------------------------------------


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as problem:
            raise CommandError(
                f"Port {port} needs more rights than this account has: choose one from 1024 up, for example: "
                "script/demo --port 8001"
            ) from problem
        except OSError as problem:
            raise CommandError(
                f"Port {port} is taken by another program, perhaps a demo that is already running at "
                f"http://127.0.0.1:{port}. End that one, or use another port: script/demo --port {port + 1} "
                "(two demos of one checkout share their data safely)."
            ) from problem


def serve(port: int, say: Say) -> None:
    """Run the demonstration until Ctrl-C or SIGTERM. Raises CommandError when it cannot run on."""
    if not settings.TRIAL:
        raise CommandError("The demo brings its own database: unset DATABASE_URL, then start again.")
    refuse_taken_port(port)
    prepare(say)
    address = f"http://127.0.0.1:{port}"
    log_path = place() / f"log-{port}"
    stop_asked: list[int] = []
    children: list[Child] = []
    with open(log_path, "wb") as log:
        previous = {
            number: signal.signal(number, lambda received, _frame: stop_asked.append(received))
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            env = environment(SITE_URL=address, TRIAL_DATABASE=str(settings.DATABASES["default"]["NAME"]))
            children = [web(port, env, log), worker(env, log)]
            _wait_until_ready(address, children, stop_asked)
            if not stop_asked:
                announce(address, log_path, say)
            while not stop_asked and not any(child.ended() for child in children):
                time.sleep(0.2)
            gone = [child for child in children if child.ended()]
        finally:
            for child in children:
                if not child.ended():
                    child.process.terminate()
            for child in children:
                child.stop(0.1 if len(stop_asked) > 1 else 15)
            for number, handler in previous.items():
                signal.signal(number, handler)
            everything_ended = release_database()
    if gone and not stop_asked:
        names = " and the ".join(child.name for child in gone)
        raise CommandError(f"The {names} ended unexpectedly. The end of {log_path}:\n{last_lines(log_path)}")
    say("Stopped." if everything_ended else "Stopped. The database runs on, because another command uses it.")


def _wait_until_ready(address: str, children: list[Child], stop_asked: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    answer = ""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not stop_asked and not any(child.ended() for child in children):
        try:
            with opener.open(f"{address}/ready", timeout=5):
                return
        except urllib.error.HTTPError as response:
            answer = response.read(2000).decode(errors="replace")
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise CommandError(f"The demo was not ready within {PATIENCE} seconds. {_in_words(answer)}")
        time.sleep(0.1)


def _in_words(answer: str) -> str:
    try:
        return (
            ", ".join(f"{name}: {words}" for name, words in json.loads(answer).items() if name != "ready")
            + "."
        )
    except ValueError:
        return "It did not answer."


def announce(address: str, log_path: Path, say: Say) -> None:
    say(f"\n{settings.COUNCIL_NAME}: the recommendation tracker runs at {address}\n")
    rows = sign_ins()
    if rows:
        widths = [max(len(row[i]) for row in rows) for i in range(3)]
        say("Sign in as:")
        for row in rows:
            say("  " + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
        say("")
    say(f"Only this machine can reach it. The log is in {log_path}. Press Ctrl-C to end it.")


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, email address and password of every demonstration user; empty while there is no demonstration data."""
    try:
        module = importlib.import_module("recommendations.demo")
    except ModuleNotFoundError as problem:
        if problem.name != "recommendations.demo":
            raise
        return []
    function = getattr(module, "demo_sign_ins", None)
    return (
        [(str(role), str(email), str(password)) for role, email, password in function()] if function else []
    )


def release_database() -> bool:
    """Stop using the embedded database and wait for it to stop. False when another command still uses it."""
    connections.close_all()
    cluster = settings.DATABASES["default"].get("CLUSTER")
    return cluster.release() if isinstance(cluster, Cluster) else True


# Checking ------------------------------------------------------------------------------------------------------------


def check(say: Say) -> None:
    """Run the main job in a scratch database and write var/demo/pack.pdf. Raises CommandError unless all of it happened."""
    if not settings.TRIAL:
        raise CommandError("The demo brings its own database: unset DATABASE_URL, then start again.")
    cluster = settings.DATABASES["default"]["CLUSTER"]
    assert isinstance(cluster, Cluster)  # noqa: S101 - tells the type checker
    files = place() / "check-files"
    with _alone("check"):
        try:
            cluster.use()
            cluster.drop_database(CHECK_DATABASE)  # left by one that was killed
            shutil.rmtree(files, ignore_errors=True)
            env = environment(
                TRIAL_DATABASE=CHECK_DATABASE, FILES_DIRECTORY=str(files), LOG_LEVEL="WARNING", EMAIL_URL=""
            )
            inside = Child(
                "check", [sys.executable, "manage.py", "demo", "--check-inside"], env=env, log=_terminal()
            )
            try:
                status = inside.process.wait()
            finally:
                inside.stop(15)
                cluster.drop_database(CHECK_DATABASE)
                shutil.rmtree(files, ignore_errors=True)
        except DatabaseTrouble as problem:
            raise CommandError(str(problem)) from problem
        finally:
            release_database()
    if status:
        raise CommandError("The check failed; see above.")


@contextmanager
def _log_into(file: IO[bytes]) -> Iterator[None]:
    """Send this process's own log there, and leave the terminal to what the check says."""
    with open(file.fileno(), "w", closefd=False) as stream:
        handlers = [h for h in logging.getLogger().handlers if isinstance(h, logging.StreamHandler)]
        previous = [handler.setStream(stream) for handler in handlers]
        try:
            yield
        finally:
            for handler, old in zip(handlers, previous, strict=True):
                if old is not None:
                    handler.setStream(old)


def _terminal() -> IO[bytes]:
    sys.stdout.flush()
    return sys.stdout.buffer


def check_inside(say: Say) -> None:
    """The part of ``check`` that runs in the scratch database: data, a worker, the journey, the pack."""
    if settings.DATABASES["default"]["NAME"] != CHECK_DATABASE:
        raise CommandError("Use: script/demo --check")
    prepare(say)
    try:
        journey = importlib.import_module("recommendations.demo.check")
    except ModuleNotFoundError as problem:
        if not (problem.name or "").startswith("recommendations.demo"):
            raise
        raise CommandError(
            "The main job cannot be checked: recommendations.demo.check is missing."
        ) from problem
    pack = place() / "pack.pdf"
    pack.unlink(missing_ok=True)
    log_path = place() / "log-check"
    with open(log_path, "wb") as log:
        helper = worker(dict(os.environ), log)
        try:
            with _log_into(log):
                journey.run(say=say, pack_path=pack, worker_alive=lambda: not helper.ended())
        except CommandError:
            raise
        except Exception as problem:
            log.write(traceback.format_exc().encode())
            words = f"{type(problem).__name__}: {problem}"
            raise CommandError(f"The main job broke off with {words} (more in {log_path})") from problem
        finally:
            ended = helper.ended()
            helper.stop(15)
    if ended:
        raise CommandError(f"The worker ended unexpectedly. The end of {log_path}:\n{last_lines(log_path)}")
    if not pack.is_file() or not pack.read_bytes().startswith(b"%PDF-"):
        raise CommandError(f"The pack was not written to {pack}.")
    say(f"The pack is in {pack} ({pack.stat().st_size // 1024} KB). Everything worked.")
