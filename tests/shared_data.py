"""The council of the tests, made once for tests of a module that follow one another instead of once for each.

It is made in a transaction that stays open between them. pytest-django rolls each test back to where it began, which is
then a savepoint of that transaction. What a test gets of it in Python is a copy of its own, so that nothing that a test
does reaches the next. A test that doesn't ask for the cast, or that commits, finds the database empty as ever: the
transaction is rolled back before it begins.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from committee import clock
from tests.factories import NOON, Cast, make_cast, nobody_acts

Make = Callable[[Cast], Any]


class SharedData:
    """What the present test and those before it began with."""

    def __init__(self, unblock: Callable[[], Any]) -> None:
        """Use the database between tests by `unblock`, pytest-django's own way."""
        self._unblock = unblock
        self._key: tuple[Any, Make | None] | None = None
        self._made: tuple[Cast, Any] | None = None
        self._copied: tuple[Cast, Any] | None = None
        self._files: Path | None = None
        self._open = ExitStack()

    def begin(self, item: pytest.Item) -> None:
        """Make what the test begins with, unless that stands already; end what it can't begin with."""
        key = (getattr(item, "module", None), maker(item)) if self._can_share(item) else None
        broken = connection.closed_in_transaction or connection.needs_rollback
        if key != self._key or broken:
            self.end()
            if key is not None:
                self._make(key)
        self._copied = copy.deepcopy(self._made)

    def end(self) -> None:
        """Take back everything that was made."""
        if self._key is not None:
            self._key = self._made = self._copied = self._files = None
            with self._unblock():
                self._open.close()

    def cast(self) -> Cast:
        """Return this test's copy of the cast, or a cast made for it alone."""
        if self._copied is None:
            return make_cast()
        return self._copied[0]

    def prepared(self, cast: Cast, make: Make) -> Any:
        """Return this test's copy of what `make` made of the cast, or what it makes of it now."""
        return make(cast) if self._copied is None else self._copied[1]

    def copy_files(self, to: Path) -> None:
        """Copy the files that were made to where the test keeps its own."""
        if self._files is not None and any(self._files.iterdir()):
            shutil.copytree(self._files, to, dirs_exist_ok=True)

    def _can_share(self, item: pytest.Item) -> bool:
        names = getattr(item, "fixturenames", ())
        mark = item.get_closest_marker("django_db")
        commits = "transactional_db" in names or (mark is not None and mark.kwargs.get("transaction"))
        return "shared_data" in names and not commits

    def _make(self, key: tuple[Any, Make | None]) -> None:
        _, make = key
        with self._unblock(), ExitStack() as opened:
            files = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            opened.enter_context(transaction.atomic())
            opened.callback(transaction.set_rollback, True)
            with clock.frozen(NOON), override_settings(MEDIA_ROOT=files):
                cast = make_cast()
                made = cast, make(cast) if make else None
            nobody_acts()
            self._open = opened.pop_all()
        self._key, self._made, self._files = key, made, files


def maker(item: pytest.Item) -> Make | None:
    """Return what the marker `prepared` names, for a test that asks for the fixture of that name."""
    mark = item.get_closest_marker("prepared")
    return (
        mark.kwargs["make"] if mark is not None and "prepared" in getattr(item, "fixturenames", ()) else None
    )
