"""The settings under which the demonstration, and commands on its database, run on this machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from script import VAR, ScriptError

KEPT = {"COUNCIL_NAME", "COUNCIL_SHORT_NAME", "COUNCIL_COLOUR", "COUNCIL_LOGO", "PUBLIC_SITE", "LOG_LEVEL"}
"""Settings that somebody may give the demonstration."""
OF_THE_SYSTEM = {"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "USER", "TERM", "LD_LIBRARY_PATH"}
OF_THE_SYSTEM_BY_PREFIX = ("LC_", "PYTHON", "XDG_", "FONTCONFIG_")


def demo_settings(database_url: str) -> dict[str, str]:
    """Return the settings that make a demonstration on this machine of the database at that address."""
    return {
        "DATABASE_URL": database_url,
        "DEMO": "1",
        "SECRET_KEY": kept_secret(VAR / "secret-key"),
        "SITE_URL": "http://127.0.0.1:8000",
    }


def demo_environment(database_url: str, **changes: str) -> dict[str, str]:
    """Return the environment of the demonstration's processes.

    Only what is known to be harmless is passed on: a mail server, a bucket or a key of a real installation that happens
    to be set here must not reach it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT | OF_THE_SYSTEM or name.startswith(OF_THE_SYSTEM_BY_PREFIX)
    }
    return kept | demo_settings(database_url) | changes


def refuse_database_url() -> None:
    """Raise ScriptError when this machine's environment names a database: what follows would run on another one."""
    if os.environ.get("DATABASE_URL"):
        raise ScriptError("This brings its own database: unset DATABASE_URL, then start again.")


def kept_secret(path: Path) -> str:
    """Return the secret in the file, made when there is none. Two processes that make it at once agree on one.

    Raise ScriptError when it cannot be read or made.
    """
    try:
        if not path.exists():
            _make_secret(path)
        secret = path.read_text().strip()
    except OSError as error:
        raise ScriptError(
            f"{path} cannot be read or made ({error.strerror}): run the command as the owner of the project."
        ) from error
    if len(secret) < 32:
        raise ScriptError(f"{path} does not hold a whole secret key: remove it, and a new one is made.")
    return secret


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
