"""Files for whoever uses the command line: complete or not written at all."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from django.core.management.base import CommandError


def refuse_unwritable(output: Path) -> None:
    """Raise CommandError, before any work is done, if the file cannot be written."""
    if output.is_dir():
        raise CommandError(f"{output} is a directory. Name the file to write.")
    if not output.parent.is_dir():
        raise CommandError(f"There is no directory {output.parent}. Make it first.")
    if not os.access(output.parent, os.W_OK | os.X_OK):
        raise CommandError(f"{output.parent} can’t be written to by this account. Name another place.")


def write_whole(output: Path, data: bytes) -> None:
    """Write the data to the file, which may exist, with the permissions that the umask gives.

    Raise CommandError; then nothing has changed.
    """
    part = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}")
    try:
        part.write_bytes(data)
        part.replace(output)
    except OSError as problem:
        raise CommandError(f"{output} could not be written: {problem.strerror}.") from problem
    finally:
        part.unlink(missing_ok=True)
