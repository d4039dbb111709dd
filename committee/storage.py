"""Files on this machine's disk."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage

PARTIAL = ".partial"
"""How the name of a file ends while it is written."""


class WholeFileStorage(FileSystemStorage):
    """Django's storage on disk, in which only whole files have their name.

    A file is written under another name first. Where that fails, as on a full disk, nothing of it stays.
    """

    def _save(self, name: str, content: Any) -> str:
        partial = f"{name}.{secrets.token_hex(8)}{PARTIAL}"
        try:
            super()._save(partial, content)  # type: ignore[misc]  # the stubs leave it out
            return self._rename(partial, name)
        finally:
            with contextlib.suppress(OSError):
                self.delete(partial)

    def _rename(self, partial: str, name: str) -> str:
        """Give a file its name, or one like it where another file has that by now. Return the name."""
        while True:
            try:
                os.link(self.path(partial), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            except OSError:  # a file system without hard links
                os.rename(self.path(partial), self.path(name))
                return name
            else:
                return name
