"""The main pages through the whole stack of the site, against a bare view in the same run."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from committee import clock
from committee.accounts.models import User
from tests.bench import fill

BARE, PLAIN = "a bare view with one indexed query", "the empty layout with one indexed query"


@dataclass
class Page:
    """One page measured: the median in milliseconds, its queries, and the size of the answer."""

    name: str
    milliseconds: float
    queries: int
    kilobytes: float
    ratio: float = 0
    slowest_query: str = ""
    slowest_milliseconds: float = 0


def addresses(size: fill.Size) -> list[tuple[str, int | None, str]]:
    """What is measured: its name, who reads it (None: anybody), and its address."""
    a_year_ago = (clock.today() - dt.timedelta(days=365)).isoformat()
    committee, middle = fill.FIRST_COMMITTEE, size.recommendations // 2 + 1
    deep = size.recommendations // 30
    board = f"/dashboard/{committee}/"
    return [
        (BARE, None, f"/bench/bare/{middle}/"),
        (PLAIN, None, f"/bench/plain/{middle}/"),
        ("home", None, "/"),
        ("inquiries", None, "/inquiries/"),
        ("an inquiry", None, f"/inquiries/{size.inquiries // 2 - size.inquiries // 2 % 25 + 1}/"),
        ("recommendations", None, "/recommendations/"),
        ("recommendations, filtered", None, "/recommendations/?status=overdue&priority=high"),
        ("recommendations of a body", None, f"/recommendations/?body={fill.FIRST_OWNER}"),
        ("recommendations by words", None, "/recommendations/?q=culvert+bridge"),
        ("recommendations by date", None, "/recommendations/?sort=due"),
        ("recommendations, deep page", None, f"/recommendations/?page={deep}"),
        ("a recommendation", None, f"/recommendations/{middle}/"),
        ("bodies", None, "/bodies/"),
        ("a body", None, f"/bodies/{fill.FIRST_OWNER}/"),
        ("search, rare words", None, "/search/?q=culvert+bridge+orchard"),
        ("search, a common word", None, "/search/?q=children"),
        ("packs library", None, "/packs/"),
        ("my work", fill.OFFICER, "/my-work/"),
        ("approvals", fill.APPROVER, "/approvals/"),
        ("dashboard", fill.COUNCILLOR, board),
        ("dashboard, a year ago", fill.COUNCILLOR, f"{board}?as_at={a_year_ago}"),
        ("dashboard list", fill.COUNCILLOR, f"{board}overdue/"),
        ("workspace", fill.SCRUTINY, "/workspace/"),
        ("meetings", fill.CLERK, "/meetings/"),
        ("audit trail", fill.ADMINISTRATOR, "/administration/audit/"),
    ]


def measure(
    size: fill.Size, requests: int = 7, patience: float = 6, say: Callable[[str], None] = lambda words: None
) -> list[Page]:
    """Each page: one request to warm up, then the median of several, fewer where they take seconds. With no
    requests queries are counted only."""
    pages: list[Page] = []
    here = override_settings(
        ROOT_URLCONF="tests.bench.urls", SECURE_SSL_REDIRECT=False, REQUIRE_ADMIN_MFA=False
    )
    with here:
        for name, person, address in addresses(size):
            client = Client(headers={"host": "127.0.0.1"})
            if person:
                client.force_login(User.objects.get(pk=person))
            pages.append(_page(name, client, address, 5 * requests if not pages else requests, patience))
            pages[-1].ratio = pages[-1].milliseconds / pages[0].milliseconds
            say(f"  {name}: {pages[-1].milliseconds:.0f} ms")
    return pages


def _page(name: str, client: Client, address: str, requests: int, patience: float) -> Page:
    taken: list[float] = []
    if requests:
        _get(client, address)
    while len(taken) < requests and sum(taken) < patience:
        began = time.perf_counter()
        _get(client, address)
        taken.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as queries:
        answer = _get(client, address)
    worst = max(
        queries.captured_queries, key=lambda query: float(query["time"]), default={"sql": "", "time": "0"}
    )
    return Page(
        name,
        statistics.median(taken or [0.001]) * 1000,
        len(queries),
        len(answer.content) / 1024,
        slowest_query=worst["sql"],
        slowest_milliseconds=float(worst["time"]) * 1000,
    )


def _get(client: Client, address: str) -> Any:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer
