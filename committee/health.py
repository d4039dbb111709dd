"""Liveness and readiness, for monitoring."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committee import clock
from committee.models import Heartbeat

WORKER_SILENCE = dt.timedelta(seconds=60)
WORKER_SEEN = "seen within a minute"


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Return 200 while this process answers. The database is not asked."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Return 200 when the service can do its work, else 503; the body says what is ready and what is not."""
    try:
        findings = {"database": "answers", "migrations": migrations(), "worker": worker()}
    except Error:
        findings = {"database": "does not answer"}
    is_ready = findings == {"database": "answers", "migrations": "applied", "worker": WORKER_SEEN}
    return JsonResponse({"ready": is_ready, **findings}, status=200 if is_ready else 503)


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} to apply: run manage.py migrate" if waiting else "applied"


def worker() -> str:
    """Return in words when a worker was last seen."""
    try:
        seen = Heartbeat.objects.latest("seen_at").seen_at
    except ObjectDoesNotExist:
        return "never seen: run manage.py worker"
    except Error:
        return "unknown: the table is missing"
    if clock.now() - seen > WORKER_SILENCE:
        return "not seen for more than a minute: run manage.py worker"
    return WORKER_SEEN
