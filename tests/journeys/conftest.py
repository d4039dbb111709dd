"""A browser on the demo council: each journey gets a fresh copy of it, on a day that does not move.

The demonstration is loaded once into a template database; a journey works on a copy, served by a real server on
loopback to a real Chromium.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from committee import clock
from tests.cast import NOON
from tests.journeys.visitor import Visitor

# Playwright drives Chromium from an event loop of its own, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


class _StandingClock:
    """Stands in for the clock's context variable, so that the server's threads see the same day too."""

    def get(self) -> Any:
        return _StandingClock.moment

    moment = NOON


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


@pytest.fixture(scope="session")
def demo_template(django_db_blocker: Any) -> Iterator[str]:
    """The name of a database that holds the demonstration, migrated and loaded once."""
    from recommendations.demo import load_demo

    before = str(connections["default"].settings_dict["NAME"])
    template = f"{before}_demo_{WORKER}"
    with django_db_blocker.unblock():
        _copy("template1", template)
        _point_to(template)
        call_command("migrate", verbosity=0)
        with clock.frozen(NOON):
            load_demo()
        _point_to(before)
        yield template
        with _owner_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')


@pytest.fixture
def site(demo_template: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on a fresh copy of the demonstration, at noon on 12 January 2026."""
    before = str(connections["default"].settings_dict["NAME"])
    copy = f"{demo_template}_copy"
    monkeypatch.setattr(clock, "_frozen", _StandingClock())
    with django_db_blocker.unblock():
        _copy(demo_template, copy)
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
        with _owner_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


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
        page: Page = context.new_page()
        somebody = Visitor(page, javascript=javascript)
        if email is not None:
            somebody.sign_in(email)
        return somebody

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def make_queued(site: str) -> Any:
    """Does the work that waits in the queue, as the worker would, and returns when none is left."""

    def run() -> None:
        call_command("db_worker", batch=True, interval=0.1, startup_delay=False, verbosity=0)

    return run
