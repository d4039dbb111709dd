"""A browser on the demo council: each journey gets a fresh copy of it, on a day that does not move.

The demonstration is loaded once into a template database; a journey works on a copy, served by a real server on
loopback to a real Chromium.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

from committee import clock
from committee.accounts.models import User
from recommendations.models import Membership
from tests.factories import NOON
from tests.functional.browser import Visitor

# Playwright drives Chromium from an event loop of its own, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
DEMO_FILES = settings.VAR / "files-test" / f"demo-{WORKER}"
"""The files of the demonstration: the pack that it releases."""


class _StandingClock:
    """Stands in for the clock's context variable, so that the server's threads see the same day too."""

    def get(self) -> Any:
        return _StandingClock.moment

    moment = NOON


@pytest.fixture
def on_day(site: str) -> Iterator[Callable[[str], None]]:
    """Makes it noon of another day for the server, given as "2026-02-24"; the next journey begins on 12 January."""

    def move(day: str) -> None:
        _StandingClock.moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), NOON.tzinfo)

    yield move
    _StandingClock.moment = NOON


def _owner_cursor() -> Any:
    """A cursor of the test server's maintenance database, outside every transaction."""
    return connections["default"]._nodb_cursor()


def _point_to(name: str) -> None:
    """Make every thread's next connection go to this database."""
    for connection in connections.all(initialized_only=True):
        connection.close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _copy(source: str, target: str) -> None:
    with _owner_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop(name: str) -> None:
    with _owner_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _is_up_to_date(name: str) -> bool:
    """Whether there is a database of that name with every migration in it."""
    with _owner_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            return False
    before = str(connections["default"].settings_dict["NAME"])
    _point_to(name)
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _point_to(before)
    return not missing


@contextmanager
def _template(
    kind: str,
    request: pytest.FixtureRequest,
    blocker: Any,
    fill: Callable[[], None],
    source: str,
) -> Iterator[str]:
    """A database to copy, made once. With pytest's --reuse-db it is kept for the next run."""
    before = str(connections["default"].settings_dict["NAME"])
    name = f"{before}_{kind}_{WORKER}"
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with blocker.unblock():
        if not (keep and _is_up_to_date(name)):
            _copy(source, name)
            _point_to(name)
            try:
                fill()
            except BaseException:
                _point_to(before)
                _drop(name)
                raise
            _point_to(before)
        yield name
        if not request.config.getvalue("reuse_db"):
            _drop(name)


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _load_demo() -> None:
    from recommendations.demo import load_demo

    shutil.rmtree(DEMO_FILES, ignore_errors=True)
    with clock.frozen(NOON), override_settings(MEDIA_ROOT=DEMO_FILES):
        load_demo()
        for user in User.objects.all():
            _sign_in_beforehand(user)


def _sign_in_beforehand(user: User) -> None:
    """A session under a key that is known, so that a journey need not begin with the sign-in page each time."""
    words = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    Session.objects.create(
        session_key=_session_key(user.email),
        session_data=SessionStore().encode(words),
        expire_date=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
    )


def _session_key(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:32]


@pytest.fixture(scope="session")
def empty_template(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[str]:
    """The name of a migrated database in which nothing is."""
    template = connections["default"].settings_dict["TEST"].get("TEMPLATE") or "template1"
    with _template("empty", request, django_db_blocker, _migrate, source=template) as name:
        yield name


@pytest.fixture(scope="session")
def demo_template(
    request: pytest.FixtureRequest, empty_template: str, django_db_blocker: Any
) -> Iterator[str]:
    """The name of a database that holds the demonstration, migrated and loaded once."""
    with _template("demo", request, django_db_blocker, _load_demo, source=empty_template) as name:
        yield name


@pytest.fixture
def council(request: pytest.FixtureRequest) -> str:
    """The database that the site is a copy of: the demonstration, or for a test marked ``empty_system`` one in which nothing is."""
    empty = request.node.get_closest_marker("empty_system") is not None
    return str(request.getfixturevalue("empty_template" if empty else "demo_template"))


@pytest.fixture
def site(council: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on a fresh copy of the council's data, at noon on 12 January 2026."""
    before = str(connections["default"].settings_dict["NAME"])
    copy = f"{council}_copy"
    monkeypatch.setattr(clock, "_frozen", _StandingClock())
    if DEMO_FILES.exists():
        shutil.copytree(DEMO_FILES, settings.MEDIA_ROOT, dirs_exist_ok=True)
    with django_db_blocker.unblock():
        _copy(council, copy)
        _point_to(copy)
        server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()
        _point_to(before)
        _drop(copy)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("Chromium is missing. Run script/test once; it installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Any]:
    """Makes visitors: ``visitor("officer@marlshire.example")`` is signed in, ``visitor()`` is the public."""
    contexts = []
    visitors: list[Visitor] = []
    seen: set[tuple[Any, ...]] = set()

    def make(email: str | None = None, *, javascript: bool = True, width: int = 1024) -> Visitor:
        context = browser.new_context(
            base_url=site,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if email is not None:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": _session_key(email), "url": site}])
        visitors.append(Visitor(context.new_page(), javascript=javascript, seen=seen))
        return visitors[-1]

    yield make
    failures = [f"{one.page.url}: {failure}" for one in visitors for failure in one.failures]
    for context in contexts:
        context.close()
    assert not failures, "what was written to the console after the last look:\n" + "\n".join(failures)


@pytest.fixture
def colleague_of(site: str) -> Callable[[str], str]:
    """Gives the e-mail address of a second person with the very roles of somebody."""

    def make(email: str) -> str:
        somebody = User.objects.get(email=email)
        colleague = User.objects.create_user(f"second.{email}", f"{somebody.name} (second)", "demonstration")
        for role in somebody.memberships.current():
            Membership.objects.create(
                user=colleague, role=role.role, body=role.body, sees_exempt=role.sees_exempt
            )
        _sign_in_beforehand(colleague)
        return colleague.email

    return make


@pytest.fixture
def make_queued(site: str) -> Any:
    """Does the work that waits in the queue, as the worker would, and returns when none is left."""

    def run() -> None:
        ours = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
        try:
            call_command("db_worker", batch=True, interval=0.1, startup_delay=False, verbosity=0)
        finally:
            for one, handler in ours.items():  # the worker takes them for itself
                signal.signal(one, handler)

    return run


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "empty_system: the site holds no data at all, not even the demonstration"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as slow: each drives a browser on a copy of the demonstration."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("slow")
