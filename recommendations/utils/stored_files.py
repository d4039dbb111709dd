"""Files of the domain that may be missing from storage, such as after an incomplete restore."""

from __future__ import annotations

from typing import IO, Any

from django.db.models.fields.files import FieldFile


def open_stored(file: FieldFile) -> IO[Any] | None:
    """Return the file open for reading in binary mode; None where storage has not got it or can't read it."""
    try:
        return file.open("rb")
    except OSError:
        return None


def stored_size(file: FieldFile) -> int | None:
    """Return the length of the file in bytes; None where there is no file or storage has not got it."""
    try:
        return file.size if file else None
    except OSError:
        return None


def are_stored(*files: FieldFile) -> bool:
    """Return whether storage has each of the files; a field without a file is left out."""
    return all(file.storage.exists(file.name) for file in files if file.name)
