"""What holds for every test: a database, no network but this machine's own, files that vanish afterwards."""

from __future__ import annotations

import datetime as dt
import gc
import ipaddress
import itertools
import os
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pgtrigger
import pytest
from django.conf import settings as django_settings
from django.core.management.commands.flush import Command as FlushCommand
from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from committee import clock as committee_clock
from committee.env import Env
from script import ScriptError
from script.postgres import Postgres
from tests.measured import Measuring
from tests.migrated import SERVER as OWN_SERVER
from tests.migrated import migrated

# Of properties the same examples are tried each time, and none is timed: a test fails with a change, not by chance.
hypothesis.settings.register_profile("same each time", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same each time")

SERVER = pytest.StashKey[Postgres]()
SHARED = pytest.StashKey[Any]()
"""What tests that follow one another begin with (`tests.shared_data.SharedData`), where there is a database."""
MEASURING = pytest.StashKey[Measuring]()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist starts its processes, which inherit DATABASE_URL
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start a server for the tests, unless DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL") or session.config.option.collectonly:
        return
    server = Postgres(django_settings.VAR / "postgres-test", durable=False)
    try:
        server.start()
    except ScriptError as error:
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    session.config.stash[SERVER] = server
    os.environ["DATABASE_URL"] = server.url()
    os.environ[OWN_SERVER] = str(server.directory)
    # The settings were read before any conftest.
    django_settings.DATABASES["default"].update(Env(os.environ).database_url("DATABASE_URL") or {})


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Spare the collector of garbage what is collected: all of it stays to the end, and it is walked through over and over."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server for the tests; coverage ends as it began."""
    if MEASURING in config.stash:
        config.stash[MEASURING].go_on()
    server = config.stash.get(SERVER, None)
    if server is not None:
        connections.close_all()
        server.stop()


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine."""


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Only Unix sockets and the loopback. Names of other machines are not even looked up."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(family: int, address: Any) -> None:
        if family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            raise NetworkForbidden(f"a test tried to reach {address[0]}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(self.family, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        if not _is_here(name):
            raise NetworkForbidden(f"a test tried to look up {name}")
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Places for the files of one test after another; most keep none, so that nothing is made for them."""
    base = tmp_path_factory.mktemp("files")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, files_of_tests: Iterator[Path]) -> None:
    settings.MEDIA_ROOT = next(files_of_tests)


@pytest.fixture(autouse=True, scope="session")
def test_databases_can_be_emptied() -> Iterator[None]:
    """Tests that commit (the browser's, for example) empty the tables behind them, append-only or not."""
    patch = pytest.MonkeyPatch()
    flush = FlushCommand.handle

    def flush_past_the_guards(self: FlushCommand, **options: Any) -> None:
        with pgtrigger.ignore():
            flush(self, **options)

    patch.setattr(FlushCommand, "handle", flush_past_the_guards)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: Any
) -> None:
    """Have the database of the tests copied from one that is migrated (`tests.migrated`)."""
    with django_db_blocker.unblock():
        template = migrated(anew=request.config.getvalue("create_db"))
    if template is not None:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    from tests.shared_data import SharedData  # which imports models

    request.config.stash[SHARED] = shared = SharedData(django_db_blocker.unblock)
    yield
    shared.end()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Measure the test, or not (`tests.measured`)."""
    item.config.stash.setdefault(MEASURING, Measuring()).follow(item.path)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Make what the test begins with, before its own transaction."""
    if SHARED in item.config.stash:
        item.config.stash[SHARED].begin(item)


@pytest.fixture
def run_tasks(db: None) -> Callable[[], list[DBTaskResult]]:
    """Runs every task that waits, here and now, as the worker would; gives the tasks that ran."""

    def run() -> list[DBTaskResult]:
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
            excluded_queue_names=[],
        )
        ran = []
        while (waiting := DBTaskResult.objects.ready().first()) is not None:
            waiting.claim(worker.worker_id)
            worker.run_task(waiting)
            ran.append(waiting)
        return ran

    return run


@pytest.fixture
def clock() -> Iterator[dt.datetime]:
    """Noon on the day of the tests, Monday 12 January 2026, and it does not move."""
    from tests.factories import NOON

    with committee_clock.frozen(NOON) as moment:
        yield moment


@pytest.fixture(autouse=True)
def nobody_acts_by_a_link_of_another_test() -> Iterator[None]:
    from tests.factories import nobody_acts

    yield
    nobody_acts()


@pytest.fixture
def shared_data(request: pytest.FixtureRequest, files_of_this_test: None, db: None) -> Any:
    """What this test and its neighbours begin with (``tests.shared_data.SharedData``)."""
    shared = request.config.stash[SHARED]
    shared.copy_files(Path(django_settings.MEDIA_ROOT))
    return shared


@pytest.fixture
def cast(shared_data: Any, clock: dt.datetime) -> Any:
    """The council of the tests and its people (``tests.factories.Cast``), on 12 January 2026."""
    return shared_data.cast()


@pytest.fixture
def prepared(request: pytest.FixtureRequest, shared_data: Any, cast: Any) -> Any:
    """What the function named by the test's marker ``prepared`` makes of the cast."""
    return shared_data.prepared(cast, request.node.get_closest_marker("prepared").kwargs["make"])
