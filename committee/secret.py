"""The secret key of a trial: made once, kept beside its data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_secret(path: Path) -> str:
    """The secret in the file, made when there is none. Two processes that make it at once agree on one."""
    try:
        try:
            return _read(path)
        except FileNotFoundError:
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
            return _read(path)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({problem.strerror}): run the command as the owner of the project, or set SECRET_KEY."
        ) from problem


def _read(path: Path) -> str:
    value = path.read_text().strip()
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{path} does not hold a whole secret key: remove it, and a new one is made."
        )
    return value
