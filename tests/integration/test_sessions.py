"""Sessions in the database: who gets one, and when they end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committee import worker
from tests.factories import Cast
from tests.integration.sample_data import Things, make_things
from tests.routes import BY_LINK, OURS, routes


@pytest.fixture
def things(cast: Cast) -> Things:
    return make_things(cast)


def addresses(things: Things) -> list[str]:
    """Every address that has a name: ours, those of respondents, and those of signing in."""
    ours = {route.name for route in (*OURS, *BY_LINK)}
    found = []
    for route in (*OURS, *BY_LINK):
        try:
            arguments = things.arguments(route.name, route.arguments)[0] if route.arguments else {}
        except KeyError:
            arguments = {name: 1 if name == "pk" else "x" for name in route.arguments}
        found.append(reverse(route.name, kwargs=arguments))
    for route in routes():
        if route.name not in ours:
            texts = {"uidb36": "a", "key": "b"} | (
                {"provider_id": "council"} if "openid" in route.name else {}
            )
            wanted = {*route.arguments, *({"provider_id"} & {*texts})}
            found.append(reverse(route.name, kwargs={name: texts.get(name, 1) for name in wanted}))
    return found


def test_looking_makes_no_session(things: Things) -> None:
    kept = []
    Session.objects.all().delete()
    for where in addresses(things):
        for address in (where, f"{where}?next=/x&page=2"):
            response = Client(raise_request_exception=False).get(address)
            closers: Any = response
            for close in closers._resource_closers:  # not close(), which would end the test's connection
                close()
            if Session.objects.exists():
                kept.append(address)
                Session.objects.all().delete()
    assert kept == []


def test_a_respondents_page_asked_for_sixty_times(things: Things) -> None:
    client = Client()
    for _ in range(60):
        assert client.get("/answer/items/1/").status_code in (302, 404)
    for method in ("head", "post"):
        getattr(client, method)(reverse("answering"))
    assert not Session.objects.exists()


def test_old_sessions_are_cleared_by_the_worker(db: Any) -> None:
    now = timezone.now()
    for key, hours in (("old", -1), ("older", -1000), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + dt.timedelta(hours=hours))
    _, clear = worker.PERIODIC["sessions"]
    clear()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
