"""Run a command with the demonstration's PostgreSQL: what `script/with-database` does."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from script import VAR, ScriptError
from script.environment import demo_settings, refuse_database_url
from script.postgres import ROLE, Postgres

LOOK_EVERY = 0.5  # seconds between two looks at the server
FORWARDED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
SI_USER = 0  # sent by a process, not by the terminal, which sends it to the command as well


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status. Raise ScriptError when there is no database for it."""
    parser = argparse.ArgumentParser(prog="script/with-database")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--database", metavar="NAME", default=ROLE, help="the database, made when missing")
    which.add_argument("--scratch", metavar="NAME", help="a new, empty database, removed afterwards")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    if not options.command:
        parser.error("name a command to run")
    refuse_database_url()
    with Postgres(VAR / "postgres") as server:
        name = options.scratch or options.database
        if options.scratch:
            server.drop_database(name)  # left by one that was killed
        server.create_database(name)
        try:
            return run(options.command, server, server.url(name))
        finally:
            if options.scratch:
                server.drop_database(name)


def run(command: list[str], server: Postgres, database_url: str) -> int:
    """Run the command on that database and return its exit status, as a shell would.

    The server is started again if it is killed meanwhile. Signals sent to this process go to the command. If this
    process is killed outright, the command keeps the server until it ends itself.
    """
    settings = demo_settings(database_url) | os.environ | {"DATABASE_URL": database_url}
    settings["PATH"] = (
        f"{settings.get('PATH', os.defpath)}{os.pathsep}{server.home.programs}"  # psql and its like
    )
    awaited = {*FORWARDED, signal.SIGCHLD}
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    try:
        process = subprocess.Popen(
            command,
            env=settings,
            pass_fds=[server.lock_fd()],
            preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_SETMASK, usual),
        )
    except OSError as error:
        raise ScriptError(f"{command[0]} cannot be run: {error.strerror}.") from error
    while process.poll() is None:
        received = signal.sigtimedwait(awaited, LOOK_EVERY)
        if received and received.si_signo in FORWARDED and received.si_code == SI_USER:
            process.send_signal(received.si_signo)
        server.restart_if_killed()
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ScriptError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
