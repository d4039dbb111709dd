"""What anybody may type into a search or a filter, or change in an address: always an answer, never an error.

The pages are those that read the address, found by their source, and the parameters those that any of them reads: a new
box is tried without being named here.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

import recommendations
from recommendations.lifecycle import Role
from recommendations.permissions import may
from tests.factories import Cast
from tests.integration.sample_data import Things, make_things
from tests.routes import OURS, Route, ask

READS = re.compile(r"\blisting\(|request\.GET\b")
AWKWARD = [
    quote(text)
    for text in (
        "-" * 33, "- " * 60, "a " * 5_000, "1 or " * 50, "'\"`<b>&amp;{{ x }}", "+---+---+\r\n| a | b |", "a\x00b", "😀", "العربية", "²", "１２",
        "9" * 5_000, "-1", "0", "%_\\", "!&|():*<->", "\u202e\u2066x", "1e999", "2026-02-30", "\ufdfa" * 200,
    )
] + ["%ed%a0%80%ff", "%", "a&q=b&q[]=c"]  # fmt: skip
"""Lone surrogates and bytes that are no text stand percent-encoded, as a browser can be made to send them."""


def _parameters() -> list[str]:
    """The names that views and forms read: of `request.GET`, and of the fields of forms and filters."""
    found = {"q", "page", "sort"}
    for path in Path(recommendations.__file__).parent.rglob("*.py"):
        if path.parts[-2] == "forms" or "views" in path.parts or path.name == "filters.py":
            text = path.read_text()
            found |= set(re.findall(r"GET\.get(?:list)?\(\"(\w+)\"", text))
            found |= set(
                re.findall(
                    r"^    (\w+) = (?:forms|django_filters)\.\w+(?:Field|Filter)\(", text, re.MULTILINE
                )
            )
            found |= set(
                re.findall(
                    r"^    (\w+) = (?:day_filter|_choice|\w+(?:Filter|Field|Words))\(", text, re.MULTILINE
                )
            )
    return sorted(found)


PARAMETERS = _parameters()


def _reads_the_address(route: Route) -> bool:
    view = inspect.unwrap(route.pattern.callback)
    return "GET" in route.methods and bool(READS.search(inspect.getsource(view)))


PAGES = [route for route in OURS if _reads_the_address(route)]


pytestmark = pytest.mark.prepared(make=make_things)


@pytest.fixture
def things(prepared: Things) -> Things:
    return prepared


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


def test_pages_and_parameters_are_found() -> None:
    names = {route.name for route in PAGES}
    assert {
        "search",
        "recommendations",
        "inquiries",
        "bodies",
        "packs",
        "people",
        "audit_trail",
        "meetings",
    } <= names
    assert {"q", "to", "status", "made_from", "body", "as_at", "page", "sort", "show"} <= set(PARAMETERS)


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_any_value_of_any_parameter_is_answered(route: Route, things: Things, cast: Cast) -> None:
    arguments, thing = things.arguments(route.name, route.arguments) if route.arguments else ({}, None)
    where = reverse(route.name, kwargs=arguments)
    people = cast.everybody
    user = next(
        people[role]
        for role in (Role.ADMINISTRATOR, *Role)
        if route.right is None or may(people[role], route.right, thing)
    )
    client = Client(raise_request_exception=False)
    client.force_login(user)
    wrong = []
    for value in AWKWARD:
        status = ask(client, f"{where}?" + "&".join(f"{name}={value}" for name in PARAMETERS)).status_code
        if status >= 500:
            wrong.append(f"{where}, {value[:80]}: {status}")
    assert wrong == []
