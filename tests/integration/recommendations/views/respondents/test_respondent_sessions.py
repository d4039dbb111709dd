"""A respondent's session: how it ends, and that it never mixes with an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import respondent_links as actions
from recommendations.actions import updates
from recommendations.lifecycle import LinkEvent
from recommendations.models import Assignment, RespondentLink, Response, Update
from tests.clients import text_of
from tests.factories import Cast
from tests.integration.recommendations.views.respondents.helpers import (
    DECIDED,
    code,
    door,
    events,
    inside,
    later,
)
from tests.integration.sample_data import EXEMPT


class TestAVisit:
    @pytest.mark.parametrize("ended", ["expired", "revoked", "renewed"])
    def test_it_ends_with_the_link_at_once(
        self, cast: Cast, link: RespondentLink, own: Assignment, ended: str
    ) -> None:
        client = inside(link)
        where = reverse("answer_item", args=[own.pk])
        assert client.get(where).status_code == 200
        if ended == "revoked":
            actions.revoke_link(by=cast.sam, link=link)
        if ended == "renewed":
            actions.renew_link(by=cast.sam, link=link)
        with later(days=100 if ended == "expired" else 0):
            assert client.get(where)["Location"] == reverse("answering")
            assert "Open your link" in text_of(client.get(reverse("answering")))
        assert events(link)[-1] == LinkEvent.REFUSED

    def test_leaving(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        page = client.get(reverse("answering"))
        assert 'action="/answer/leave/"' in text_of(page)
        assert ">Leave</button>" in text_of(page)
        client.post(reverse("answer_leave"))
        assert client.get(reverse("answer_item", args=[own.pk])).status_code == 302
        assert client.get(reverse("answer_leave")).status_code == 405

    def test_one_comes_back_to_where_one_was(
        self, link: RespondentLink, own: Assignment, client: Client, post: Any
    ) -> None:
        where = reverse("answer_update", args=[own.pk])
        assert client.get(where)["Location"] == reverse("answering")
        post(client, door(link))
        assert post(client, reverse("answer_code"), {"code": code()})["Location"] == where

    def test_what_was_typed_is_kept_when_it_ended(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = inside(link)
        where = reverse("answer_update", args=[own.pk])
        ticket = re.search(r'name="ticket" value="([^"]+)"', text_of(client.get(where)))
        assert ticket
        client.post(reverse("answer_leave"))
        typed = {"progress": "All of it is painted.", "claim": "on_track", "ticket": ticket[1]}
        saved_itself = client.post(where, typed, headers={"X-Autosave": "1"})
        assert saved_itself.status_code == 401
        assert saved_itself.json()["sign_in"] == reverse("answering")
        assert client.post(where, typed)["Location"] == reverse("answering")
        assert not Update.objects.exists()
        words = text_of(inside(link, client).get(where))
        assert "Your words were kept" in words
        assert "All of it is painted." in words
        another = inside(cast.link(cast.school, "Paul Parent"), client)
        assert "All of it is painted." not in text_of(another.get(where))

    def test_a_token_of_an_earlier_sign_in_loses_nothing_and_does_nothing(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        strict = inside(link, Client(enforce_csrf_checks=True))
        where = reverse("answer_update", args=[own.pk])
        ticket = re.search(r'name="ticket" value="([^"]+)"', text_of(strict.get(where)))
        assert ticket
        typed = {"progress": "All of it is painted.", "claim": "on_track", "ticket": ticket[1]}
        ours = {"Origin": "http://testserver"}
        assert strict.post(where, typed).status_code == 403
        assert strict.post(where, typed, headers={"Origin": "https://elsewhere.example"}).status_code == 403
        assert strict.post(where, typed, headers=ours)["Location"] == where
        assert not Update.objects.exists()
        assert "All of it is painted." in text_of(strict.get(where))
        other = inside(cast.link(cast.school, "Paul Parent"), Client(enforce_csrf_checks=True))
        assert other.post(where, typed, headers=ours).status_code == 403
        nobody = Client(enforce_csrf_checks=True)
        nobody.force_login(cast.sam)  # an account is nobody on these pages
        assert nobody.post(where, typed, headers=ours)["Location"] == reverse("answering")
        assert "All of it is painted." in text_of(inside(link, nobody).get(where))

    def test_an_account_and_a_visit_never_mix(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = Client()
        client.force_login(cast.sam)
        inside(link, client)
        words = text_of(client.get(reverse("answering")))
        assert "Hanna Head" in words
        assert "Sam Scrutiny" not in words
        assert "Workspace" not in words
        words = text_of(client.get(reverse("workspace")))
        assert "Sam Scrutiny" in words
        assert "Hanna Head" not in words
        client.post(reverse("answer_response", args=[own.pk]), DECIDED | {"do": "record"})
        assert Response.objects.get().recorded_by == link.person
        client.post(reverse("account_logout"))
        assert "Open your link" in text_of(client.get(reverse("answering")))

    def test_exempt_text_of_others_is_not_shown_to_who_could_read_it_by_account(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        update = cast.sent_by_link(link, own, **EXEMPT)
        updates.publish_update(by=cast.sam, update=update)
        client = Client()
        client.force_login(cast.sam)
        words = text_of(inside(link, client).get(reverse("answer_item", args=[own.pk])))
        assert "A price is withheld." in words
        assert "The price was" not in words

    def test_an_internal_installation_lets_respondents_in(
        self, link: RespondentLink, own: Assignment, settings: Any
    ) -> None:
        settings.PUBLIC_SITE = False
        assert Client().get(door(link)).status_code == 200
        assert inside(link).get(reverse("answer_item", args=[own.pk])).status_code == 200
        assert inside(link).get(reverse("home")).status_code == 302
