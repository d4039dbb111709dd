"""A filtered list says its filters wherever it goes: on the page, in its title, in the names of its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from recommendations.permissions import may
from tests.clients import text_of
from tests.factories import Cast
from tests.integration.sample_data import Things, make_things
from tests.routes import OURS, ask

NOT_FILTERS = {"sort", "page", "before"}
SEARCHES = {"search"}
"""Their title quotes the words that were searched for."""


pytestmark = pytest.mark.prepared(make=make_things)


@pytest.fixture
def things(prepared: Things) -> Things:
    return prepared


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


def filter_forms(
    things: Things, cast: Cast, client: Client, among: Collection[str] = ()
) -> Iterator[tuple[str, str, Any]]:
    """Each page with filters, as somebody who may see it: its route, its address, and the form of its filters."""
    for route in OURS:
        if "GET" not in route.methods or "form" in route.arguments or (among and route.name not in among):
            continue
        arguments, thing = things.arguments(route.name, route.arguments) if route.arguments else ({}, None)
        client.force_login(
            next(
                user
                for user in cast.everybody.values()
                if route.right is None or may(user, route.right, thing)
            )
        )
        where = reverse(route.name, kwargs=arguments)
        response = ask(client, where)
        if response.streaming:
            continue
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in lxml.html.fromstring(text_of(response)).xpath("//main//form[@method='get']"):
            if form.get("action", "").split("?")[0] == where:
                yield route.name, where, form


def choices(form: Any) -> Iterator[tuple[dict[str, str], str]]:
    """For each filter of the form: what its form sends when it is used, and the words that tell it."""
    for select in form.xpath(".//select"):
        for option in select.xpath(".//option[@value!='']")[:1]:
            if select.get("name") not in NOT_FILTERS:
                yield {select.get("name"): option.get("value")}, " ".join(option.text_content().split())
    for box in form.xpath(".//input[@name]"):
        name, kind = box.get("name"), box.get("type", "text")
        if name in NOT_FILTERS or kind == "hidden" or name.endswith(("_month", "_year")):
            continue
        if name.endswith("_day"):
            part = name.removesuffix("_day")
            yield {f"{part}_day": "1", f"{part}_month": "6", f"{part}_year": "2025"}, "1 June 2025"
        elif kind == "date":
            yield {name: "2025-06-01"}, "1 June 2025"
        elif kind in ("checkbox", "radio"):
            if box.get("value", ""):
                yield {name: box.get("value")}, ""
        else:
            yield {name: "7"}, "7"


def test_every_filter_is_in_the_title_of_its_page(things: Things, cast: Cast, client: Client) -> None:
    wrong, seen = [], set()
    for route, where, form in filter_forms(things, cast, client):
        if route in SEARCHES:
            continue
        plain = title_of(client, where)
        for sent, words in choices(form):
            seen.add(route)
            title = title_of(client, f"{where}?{urlencode(sent)}")
            if words not in title or title == plain:
                wrong.append(f"{where}?{urlencode(sent)}: “{title}” does not say “{words}”")
    assert wrong == []
    assert seen >= {"recommendations", "inquiries", "bodies", "packs", "meetings", "people", "audit_trail"}
    assert seen >= {"body", "committee_dashboard", "dashboard_list", "choose_recommendations"}


def test_an_empty_filtered_list_does_not_say_that_there_is_nothing(
    things: Things, cast: Cast, client: Client
) -> None:
    """It says that nothing matches, and leads to the list without filters."""
    wrong = []
    for route, where, form in filter_forms(things, cast, client):
        boxes = form.xpath(".//input[@type='text' or @type='search']/@name")
        if route in SEARCHES or not boxes:
            continue
        page = lxml.html.fromstring(text_of(ask(client, f"{where}?{boxes[0]}=zzqqzz")))
        empty = page.xpath("//*[contains(@class, 'app-empty')]")
        if not empty or where not in [link.get("href") for link in empty[0].xpath(".//a")]:
            wrong.append(f"{where}?{boxes[0]}=zzqqzz")
    assert wrong == []


def title_of(client: Client, address: str) -> str:
    response = ask(client, address)
    assert response.status_code == 200, address
    (title,) = lxml.html.fromstring(text_of(response)).xpath("//head/title")
    return " ".join(title.text_content().split())


def test_every_filter_is_in_the_names_of_the_files(things: Things, cast: Cast, client: Client) -> None:
    wrong = []
    files = {route.name.removesuffix("_file"): route.name for route in OURS if "form" in route.arguments}
    for route, where, form in filter_forms(things, cast, client, among=files):
        file = files[route]
        arguments = [things.cast.cabinet.pk] if route == "body" else []
        for sent, words in choices(form):
            for ending in ("csv", "xlsx", "json"):
                address = f"{reverse(file, args=[*arguments, ending])}?{urlencode(sent)}"
                answer: Any = client.get(address)
                assert b"".join(answer.streaming_content)
                named = answer["Content-Disposition"]
                found = re.search(r'filename="([a-z0-9-]+)-2026-01-12\.(csv|xlsx|json)"', named)
                if not found or slugify(words)[:60] not in found[1]:
                    wrong.append(f"{where} {address}: {named}")
    assert wrong == []


def test_a_file_tells_its_filters_within(cast: Cast, client: Client) -> None:
    cast.assignment()
    answer: Any = client.get(reverse("recommendations_file", args=["json"]), {"status": "open"})
    assert '"title": "Recommendations (How it stands: Open)"' in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize(
    "words", ["x" * 200, 'a"; filename="b.exe', "line\r\nSet-Cookie: a=b", "школа", "<b>&amp;", "../.."]
)
def test_no_words_break_the_title_or_the_name(cast: Cast, client: Client, words: str) -> None:
    cast.assignment()
    answer = client.get(reverse("recommendations_file", args=["csv"]), {"q": words})
    assert re.fullmatch(
        r'attachment; filename="recommendations-[a-z0-9-]{1,100}-2026-01-12\.csv"',
        answer["Content-Disposition"],
    )
    assert client.get(reverse("recommendations"), {"q": words}).status_code == 200
