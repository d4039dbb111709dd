"""A walk over every address as the public and as every role.

What each view asks for is read from its decorator, what each role may do from ``permissions.RIGHTS``: an address
answers 200 only where the page of rights says so, and never with an error. New addresses are walked without being
named here; those with arguments take them from THINGS, and a test fails until they are told.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from recommendations.actions import assignments, inquiries
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Claim, Role
from recommendations.permissions import RIGHTS, may
from recommendations.views.decorators import page
from tests.factories import Cast
from tests.integration.sample_data import EXEMPT, Things, make_things
from tests.routes import BY_LINK, OURS, Route, ask, routes

ROLES = [*Role, "no role"]
FOR_EVERYBODY = ("accessibility", "cookies", "robots")
"""Open even on an internal installation: the law and the sign-in page need them."""


pytestmark = pytest.mark.prepared(make=make_things)


@pytest.fixture
def things(prepared: Things) -> Things:
    return prepared


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    """Administrators are sent to set up a second step first, see TestWithoutTheSecondStep."""
    settings.REQUIRE_ADMIN_MFA = False


@pytest.fixture
def client() -> Client:
    """A client to which an error is an answer, 500, as it is to a browser."""
    return Client(raise_request_exception=False)


def address(route: Route, things: Things) -> tuple[str, Any]:
    """The route's address for the thing it is about, and the thing."""
    if not route.arguments:
        return reverse(route.name), None
    arguments, thing = things.arguments(route.name, route.arguments)
    return reverse(route.name, kwargs=arguments), thing


def opened(response: Any) -> bool:
    """Whether the page was shown, wants another method, or led on to another page than a sign-in."""
    if response.status_code == 302:
        return not response["Location"].startswith("/accounts/")
    return response.status_code in (200, 405)


def test_there_are_routes_to_walk() -> None:
    assert len(OURS) > 90


def test_names_are_given_once() -> None:
    names = [route.name for route in OURS]
    assert sorted(set(names)) == names


def test_every_view_of_ours_says_what_it_needs() -> None:
    ours = [route for route in routes() if route.pattern.callback.__module__.startswith("recommendations.")]
    marks = ("right", "public", "methods")
    assert [route.name for route in ours if not all(hasattr(route.pattern.callback, m) for m in marks)] == []
    assert [route.name for route in ours if route.methods not in (["GET"], ["POST"], ["GET", "POST"])] == []


def test_every_form_is_answered_once_however_often_it_is_sent() -> None:
    """All but the ways in, where nobody is known yet."""
    forms = [route for route in (*OURS, *BY_LINK) if "POST" in route.methods]
    without = {route.name for route in forms if not getattr(route.pattern.callback, "once", False)}
    assert without == {"answer_link", "answer_code", "answering", "answer_leave"}
    assert len(forms) > 60


def test_the_public(things: Things, client: Client) -> None:
    wrong = []
    for route in OURS:
        where, _ = address(route, things)
        response = ask(client, where)
        if route.public:
            if not opened(response):
                wrong.append(f"{where}: {response.status_code}")
        elif response.status_code != 302 or not response["Location"].startswith(reverse("account_login")):
            wrong.append(f"{where}: {response.status_code}, not sent to sign in")
    assert wrong == []


def test_the_public_of_an_internal_installation(things: Things, client: Client, settings: Any) -> None:
    settings.PUBLIC_SITE = False
    open_anyway = []
    for route in OURS:
        where, _ = address(route, things)
        response = ask(client, where)
        if response.status_code != 302 and route.name not in FOR_EVERYBODY:
            open_anyway.append(f"{where}: {response.status_code}")
    assert open_anyway == []


@pytest.mark.parametrize("methods", ["", "PUT", "get", "POST GET", "GET HEAD", "GET  POST"])
def test_methods_are_get_post_or_both(methods: str) -> None:
    with pytest.raises(ValueError, match="GET POST"):
        page(methods=methods)(lambda request: HttpResponse())


def test_every_address_refuses_other_methods(things: Things, cast: Cast, client: Client) -> None:
    """PUT and DELETE are refused everywhere, a button's address takes no GET, and a page without a form no POST."""
    wrong = []
    for route in OURS:
        where, thing = address(route, things)
        people = [
            user for user in cast.everybody.values() if route.right is None or may(user, route.right, thing)
        ]
        client.force_login(people[0])
        refused = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - {*route.methods}
        for method in sorted(refused - ({"HEAD"} if "GET" in route.methods else set())):
            response = ask(client, where, method.lower())
            if response.status_code != 405:
                wrong.append(f"{method} {where}: {response.status_code}")
    assert wrong == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_address_takes_another_method(method: str, cast: Cast, client: Client) -> None:
    """Those of signing in too: Django's own forms take PUT for POST."""
    client.force_login(cast.sam)
    samples = {
        "provider_id": "council",
        "uidb36": "a",
        "key": "b",
        "token": "x",
        "form": "csv",
        "what": "update",
        "kind": "update",
    }
    wrong = []
    for route in routes():
        wanted = {*route.arguments, *({"provider_id"} if route.name.startswith("openid_connect") else ())}
        own = {"what": "notice"} if route.name == "correct" else {}
        where = reverse(route.name, kwargs={name: (samples | own).get(name, 1) for name in wanted})
        status = getattr(client, method)(where).status_code
        if status != 405:
            wrong.append(f"{where}: {status}")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES, ids=str)
class TestEveryRole:
    def test_opens_what_the_page_of_rights_says(
        self, role: str, things: Things, cast: Cast, client: Client
    ) -> None:
        user = cast.everybody[role]
        client.force_login(user)
        wrong = []
        for route in OURS:
            where, thing = address(route, things)
            response = ask(client, where)
            status = response.status_code
            allowed = route.right is None or may(user, route.right, thing)
            if not (opened(response) if allowed else status in (403, 404)):
                wrong.append(f"{where}: {status}, {'may' if allowed else 'may not'}")
        assert wrong == []

    def test_posting_nothing_is_never_an_error_nor_a_way_round(
        self, role: str, things: Things, cast: Cast, client: Client
    ) -> None:
        user = cast.everybody[role]
        client.force_login(user)
        wrong = []
        for route in OURS:
            where, thing = address(route, things)
            status = ask(client, where, "post").status_code
            allowed = route.right is None or may(user, route.right, thing)
            if status >= 500 or (not allowed and status not in (403, 404, 405)):
                wrong.append(f"{where}: {status}")
        assert wrong == []

    def test_a_wrong_id_is_not_found(self, role: str, things: Things, cast: Cast, client: Client) -> None:
        client.force_login(cast.everybody[role])
        wrong = []
        for route in OURS:
            if "pk" not in route.arguments:
                continue
            arguments, _ = things.arguments(route.name, route.arguments)
            where = reverse(route.name, kwargs={**arguments, "pk": 987_654_321})
            status = ask(client, where).status_code
            if status not in (404, 403, 405):
                wrong.append(f"{where}: {status}")
        assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
class TestWithoutTheSecondStep:
    """An administrator who has yet to set up the second step gets no more than anybody without a role."""

    def test_nothing_works_that_comes_of_the_role(
        self, method: str, things: Things, cast: Cast, client: Client, settings: Any
    ) -> None:
        settings.REQUIRE_ADMIN_MFA = True
        without_role = Client(raise_request_exception=False)
        without_role.force_login(cast.nobody)
        client.force_login(cast.admin)
        wrong = []
        for route in OURS:
            where, _ = address(route, things)
            response, usual = ask(client, where, method), ask(without_role, where, method)
            sent_on = response.status_code == 302 and response["Location"] == reverse("mfa_index")
            if not sent_on and response.status_code != usual.status_code:
                wrong.append(f"{where}: {response.status_code}, not {usual.status_code}")
            held_by_role = route.right is not None and Role.ADMINISTRATOR in RIGHTS[route.right].roles
            if sent_on != held_by_role:
                wrong.append(f"{where}: {'' if sent_on else 'not '}sent to set up the second step")
        assert wrong == []


@pytest.mark.parametrize("wrong", ["99999999999999999999999", "-1", "1e3", "x", "1%00", "%F0%9F%92%A9"])
def test_ids_that_are_no_ids(wrong: str, cast: Cast, client: Client) -> None:
    for user, names in (
        (cast.sam, ("inquiries", "recommendations", "bodies", "packs")),
        (cast.olive, ("assignments",)),
    ):
        client.force_login(user)
        for name in names:
            assert client.get(f"/{name}/{wrong}/").status_code == 404, name


def test_other_committees_inquiries_do_not_exist(cast: Cast, client: Client) -> None:
    inquiry = cast.inquiry()
    client.force_login(cast.oscar)
    assert client.get(reverse("inquiry", args=[inquiry.pk])).status_code == 404
    client.force_login(cast.sam)
    assert client.get(reverse("inquiry", args=[inquiry.pk])).status_code == 200


def test_drafts_do_not_exist_for_the_public(cast: Cast, client: Client) -> None:
    assignment = cast.assignment()
    cast.draft(assignment, claim=Claim.ON_TRACK, progress="Half of the secret bridge is built.")
    page = client.get(reverse("recommendation", args=[assignment.recommendation_id]))
    assert page.status_code == 200
    assert "secret bridge" not in page.content.decode()


def test_nothing_of_an_unpublished_inquiry_is_on_a_page_of_others(
    things: Things, cast: Cast, client: Client
) -> None:
    """No page, and no list to choose from on one: titles, themes, findings, recommendations, posts that are asked."""
    inquiry = inquiries.open_inquiry(
        by=cast.oscar, committee=cast.other_committee, title="Zebras", reference="Zebra 1", summary="Zebras."
    )
    inquiries.add_finding(by=cast.oscar, inquiry=inquiry, number="1", text="Zebras are many.")
    secret = recs.add_recommendation(
        by=cast.oscar,
        inquiry=inquiry,
        number="1",
        heading="Zebras",
        text="Count zebras.",
        new_themes=["Zebra"],
    )
    assignments.address(by=cast.oscar, recommendation=secret, body=cast.cabinet, deliverer="The zebra team")
    told, told_to_oscar = [], 0
    for user in (None, cast.sam, cast.ada, cast.oscar):
        client.logout()
        if user is not None:
            client.force_login(user)
        for route in OURS:
            where, _ = address(route, things)
            if b"zebra" not in ask(client, where).body.lower():
                continue
            if user == cast.oscar:
                told_to_oscar += 1
            elif route.name not in ("audit_trail",):
                told.append(f"{where} tells {user}")
    assert told == []
    assert told_to_oscar


def test_exempt_text_is_on_no_page_of_anybody_without_the_right(
    things: Things, cast: Cast, client: Client
) -> None:
    """Every address, for everybody who has not the right to the exempt text that the council holds."""
    secret = EXEMPT["exempt_text"].encode()
    told = []
    for user in (None, cast.admin, cast.colin, cast.nobody, cast.pat, cast.oscar):
        client.logout()
        if user is not None:
            client.force_login(user)
        for route in OURS:
            where, _ = address(route, things)
            content = ask(client, where).body
            if secret in content or b"The price was" in content:
                told.append(f"{where} tells {user}")
    assert told == []


def test_exempt_text_is_found_by_those_with_the_right(things: Things, cast: Cast, client: Client) -> None:
    """The walk above looks for something that is really there."""
    client.force_login(cast.sam)
    page = client.get(reverse("recommendation", args=[things.assignment.recommendation_id]))
    assert "The price was £1." in page.content.decode()
