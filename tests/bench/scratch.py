"""The scratch database that the bench fills, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from committee.accounts.models import User
from committee.database.cluster import Cluster

SCRATCH = "bench"
"""How the name of the scratch database begins."""


def refuse_any_other() -> None:
    """End the bench with a sentence where the database is none that may be filled and removed."""
    if not _name().startswith(SCRATCH) and not settings.TESTING:
        sys.exit(
            "The bench writes synthetic data and works in a database of its own, whose name begins with"
            f" “{SCRATCH}”. Use: script/bench"
        )


@contextmanager
def scratch_database(*, keep: bool) -> Iterator[None]:
    """Make the database and its tables, and remove it afterwards. With `keep` use the one that is there and leave it.

    On a server of somebody's own the database is neither made nor removed: it has to be there, and empty.
    """
    cluster = _cluster()
    if cluster is not None and not keep:
        cluster.use()
        cluster.drop_database(_name())
        cluster.make_database(_name())
    if not settings.TESTING:
        sys.stdout.write("Making the tables\n")
        call_command("migrate", verbosity=0)
    if User.objects.exclude(email__endswith="@bench.example").exists():
        sys.exit("This database holds people of its own. Give the bench an empty one.")
    try:
        yield
    finally:
        if cluster is not None and not keep:
            connections.close_all()
            cluster.drop_database(_name())


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _cluster() -> Cluster | None:
    found = settings.DATABASES["default"].get("CLUSTER")
    return found if isinstance(found, Cluster) and not settings.TESTING else None
