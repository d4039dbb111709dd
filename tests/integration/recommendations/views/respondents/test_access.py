"""What a personal link opens, and what it never does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from committee.accounts.adapters import AccountAdapter
from committee.accounts.invitations import set_password_link
from committee.accounts.models import User
from recommendations.actions import evidence, reviews, updates
from recommendations.models import RespondentLink
from recommendations.queries.respondent_links import token_of
from tests.clients import answer_of, text_of
from tests.factories import Cast, acting
from tests.integration.recommendations.views.respondents.helpers import (
    inside,
)
from tests.integration.sample_data import Things, make_things
from tests.routes import BY_LINK, OURS, ask

ARGUMENTS = {
    "answer_preview": "update", "answer_discard": "update", "answer_add_evidence": "update",
    "answer_recall": "update", "answer_versions": "update",
    "answer_evidence": "evidence", "answer_review": "review", "answer_check_review": "review",
}  # fmt: skip


OPEN_DOORS = {"answering", "answer_code", "answer_leave", "answer_link"}


pytestmark = pytest.mark.prepared(make=make_things)


@pytest.fixture
def things(prepared: Things) -> Things:
    return prepared


def address(name: str, arguments: list[str], about: dict[str, Any]) -> str:
    if not arguments:
        return reverse(name)
    if arguments == ["token"]:
        return reverse(name, kwargs={"token": token_of(about["link"])})
    return reverse(name, args=[about[ARGUMENTS.get(name, "item")].pk])


class TestEveryAddress:
    def about(self, cast: Cast, body: Any, link: RespondentLink) -> dict[str, Any]:
        """One of everything that an address under /answer/ is about, of a body with a link."""
        item = cast.assignment(body=body, heading=f"A crossing for {body.name}")
        person = acting(link)
        update = updates.start_update(by=person, assignment=item)
        update = updates.save_draft(by=person, update=update, claim="on_track", progress="Half is done.")
        piece = evidence.add_evidence(by=person, update=update, title="Plan", url="https://example.org/p")
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Review", due_on=dt.date(2026, 2, 2)
        )
        return {"link": link, "item": item, "update": update, "evidence": piece, "review": review}

    def test_there_are_some(self) -> None:
        assert len(BY_LINK) >= 15
        assert {route.name for route in BY_LINK} >= OPEN_DOORS | set(ARGUMENTS)

    def test_without_a_visit_nothing_opens_whoever_is_signed_in(
        self, cast: Cast, link: RespondentLink
    ) -> None:
        about = self.about(cast, cast.school, link)
        for user in (None, *cast.everybody.values()):
            client = Client()
            if user is not None:
                client.force_login(user)
            for route in BY_LINK:
                where = address(route.name, route.arguments, about)
                for method in ("get", "post"):
                    answer = ask(client, where, method)
                    assert b"Half is done" not in answer.body
                    assert "Hill School" not in answer.body.decode()
                    assert user is None or user.name not in answer.body.decode(), where
                    if route.name not in OPEN_DOORS:
                        assert answer.status_code == 302, where
                        assert answer["Location"] == reverse("answering"), where

    def test_with_a_visit_ones_own_opens(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        leads_on = {"answer_recall": 302}  # it is a draft, so there is nothing to take back
        leads_on |= {"answer_code": 302, "answer_evidence": 302, "answer_leave": 405, "answer_link": 302}
        for route in BY_LINK:
            where = address(route.name, route.arguments, about)
            answer = ask(client, where)
            assert answer.status_code == leads_on.get(route.name, 200), where
            assert ask(client, where, "post").status_code < 500, where

    @pytest.mark.parametrize("other", ["body", "committee"])
    def test_what_is_not_its_own_does_not_exist(self, cast: Cast, link: RespondentLink, other: str) -> None:
        if other == "body":
            about = self.about(cast, cast.police, cast.link(cast.police, "Peter Police"))
        else:
            about = self.about(cast, cast.school, link)
            RespondentLink.objects.filter(pk=link.pk).update(committee=cast.other_committee)
        client = inside(link)
        for route in BY_LINK:
            if route.name in OPEN_DOORS:
                continue
            where = address(route.name, route.arguments, about)
            for method in ("get", "post"):
                assert ask(client, where, method).status_code in (404, 405), where

    def test_every_page_refuses_other_methods(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        for route in BY_LINK:
            assert route.methods in (["GET"], ["POST"], ["GET", "POST"]), route.name
            where = address(route.name, route.arguments, about)
            for method in {"GET", "POST", "PUT", "DELETE"} - {*route.methods}:
                assert ask(client, where, method.lower()).status_code == 405, f"{method} {where}"

    def test_a_wrong_number_does_not_exist(self, link: RespondentLink) -> None:
        client = inside(link)
        for route in BY_LINK:
            if route.arguments == ["pk"]:
                where = reverse(route.name, args=[987_654_321])
                assert ask(client, where).status_code == 404, where

    def test_on_any_other_page_a_respondent_is_the_public(self, cast: Cast, things: Things) -> None:
        nobody, visiting = (
            Client(raise_request_exception=False),
            inside(things.link, Client(raise_request_exception=False)),
        )
        for route in OURS:
            where = reverse(route.name, kwargs=things.arguments(route.name, route.arguments)[0])
            for method in ("get", "post"):
                one, other = ask(nobody, where, method), ask(visiting, where, method)
                assert one.status_code == other.status_code, where
                assert b"Hanna Head" not in other.body, where

    def test_every_answer_keeps_out_of_caches_and_indexes(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        for route in BY_LINK:
            if route.name == "answer_evidence":
                continue
            answer = ask(client, address(route.name, route.arguments, about))
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]


class TestNoWayToSignIn:
    """Every way by which people with accounts come in."""

    def test_not_by_password_nor_by_a_new_one(self, link: RespondentLink, client: Client, post: Any) -> None:
        person = link.person
        for password in ("", "!", person.password):
            answer = client.post(reverse("account_login"), {"login": person.email, "password": password})
            assert answer.status_code == 200
        sent = len(mail.outbox)
        post(client, reverse("account_reset_password"), {"email": person.email})
        assert len(mail.outbox) == sent

    def test_not_by_a_link_to_set_a_password(self, link: RespondentLink, client: Client) -> None:
        where = re.sub(r"^https?://[^/]+", "", set_password_link(link.person))
        form = client.get(where, follow=True)
        if form.redirect_chain:
            where = form.redirect_chain[-1][0]
        new = {"password1": "correct horse battery staple", "password2": "correct horse battery staple"}
        answer = client.post(where, new)
        assert answer.status_code == 403
        assert not User.objects.get(pk=link.person_id).has_usable_password()
        assert "_auth_user_id" not in client.session

    def test_not_by_the_councils_own_sign_in(
        self, link: RespondentLink, client: Client, council_sign_in: None
    ) -> None:
        answer, user = answer_of(client, email=link.person.email, verified=True)
        assert user is None
        assert "You have no account here" in answer.content.decode()

    def test_not_by_a_passkey_nor_any_other_way(self, link: RespondentLink, rf: Any, client: Client) -> None:
        """Every sign-in of allauth asks this first."""
        request = rf.get("/")
        request.session = client.session
        how: dict[str, Any] = {"email_verification": "none", "signal_kwargs": {}, "email": None}
        answer = AccountAdapter(request).pre_login(
            request, link.person, signup=False, redirect_url=None, **how
        )
        assert answer is not None
        assert answer["Location"] == reverse("account_inactive")

    def test_not_by_a_session_that_names_them(self, link: RespondentLink, client: Client) -> None:
        client.force_login(link.person)
        assert client.get(reverse("account")).status_code == 302

    def test_administrators_do_not_meet_them_among_people(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.admin)
        assert "Hanna Head" not in text_of(client.get(reverse("people")))
        for name in (
            "person", "edit_person", "grant_role", "deactivate_person", "reactivate_person",
            "send_password_link", "remove_second_step",
        ):  # fmt: skip
            where = reverse(name, args=[link.person_id])
            assert client.get(where).status_code in (404, 405), where
            assert client.post(where).status_code in (404, 405), where
        data = {
            "name": "Hanna Head", "email": link.person.email, "role": "approver", "body": str(cast.school.pk),
        }  # fmt: skip
        assert "Revoke that link first" in text_of(client.post(reverse("new_person"), data))
        client.force_login(cast.sam)
        assert "Hanna Head" not in text_of(client.get(reverse("new_post", args=[cast.school.pk])))
