"""The pages on which scrutiny officers and administrators look after personal links."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.lifecycle import Role
from recommendations.models import Membership, RespondentLink
from recommendations.queries.respondent_links import token_of
from tests.clients import text_of
from tests.factories import Cast


@pytest.fixture(autouse=True)
def _nobody_pressed_yet(db: None, settings: Any) -> None:
    cache.clear()
    settings.REQUIRE_ADMIN_MFA = False


class TestLookingAfterLinks:
    def test_issued_from_the_page_of_the_body(self, cast: Cast, client: Client, post: Any) -> None:
        cast.assignment(body=cast.school)
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        assert where in text_of(client.get(reverse("edit_body", args=[cast.school.pk])))
        assert "No link was issued for this body yet." in text_of(client.get(where))
        data = {
            "name": "Hanna Head", "email": "hanna@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026", "do": "issue",
        }  # fmt: skip
        answer = post(client, where, data)
        link = RespondentLink.objects.get()
        assert answer["Location"] == reverse("personal_link", args=[link.pk])
        assert [message.to for message in mail.outbox] == [["hanna@example.org"]]
        words = text_of(client.get(answer["Location"]))
        for said in ("on its way to hanna@example.org", "1 March 2026", "Never let in yet", token_of(link)):
            assert said in words
        assert "Hanna Head" in text_of(client.get(where))
        assert "Hanna Head" in text_of(client.get(reverse("links")))
        assert "1 valid personal link" in text_of(client.get(reverse("edit_body", args=[cast.school.pk])))

    def test_mistakes_are_told_beside_their_boxes(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        words = text_of(client.post(where, {}))
        for said in ("Enter the person’s full name", "Enter the person’s e-mail address"):
            assert said in words
        data = {
            "name": "X", "email": "olive.officer@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026", "do": "issue",
        }  # fmt: skip
        assert "has an account with this address" in text_of(client.post(where, data))

    def test_the_committee_is_asked_for_where_there_are_several(self, cast: Cast, client: Client) -> None:
        Membership.objects.create(user=cast.sam, body=cast.other_committee, role=Role.SCRUTINY_OFFICER)
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        data = {
            "name": "X", "email": "x@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026", "do": "issue",
        }  # fmt: skip
        assert "Select the committee" in text_of(client.post(where, data))
        client.post(where, data | {"committee": str(cast.other_committee.pk)})
        assert RespondentLink.objects.get().committee == cast.other_committee

    def test_renewed_and_revoked(self, cast: Cast, link: RespondentLink, client: Client, post: Any) -> None:
        client.force_login(cast.sam)
        where = reverse("personal_link", args=[link.pk])
        assert "A year from today" in text_of(client.get(where))
        post(client, where, {"until_day": "1", "until_month": "4", "until_year": "2026"})
        link.refresh_from_db()
        assert link.generation == 2
        revoke = reverse("revoke_link", args=[link.pk])
        assert "Revoke the link of Hanna Head?" in text_of(client.get(revoke))
        post(client, revoke)
        words = text_of(client.get(where))
        assert "Revoked" in words
        assert token_of(link) not in words
        assert client.post(revoke).status_code == 200

    def test_administrators_list_and_revoke_and_see_no_address(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.admin)
        assert "Hanna Head" in text_of(client.get(reverse("all_links")))
        assert "No link matches" in text_of(client.get(f"{reverse('all_links')}?state=revoked"))
        words = text_of(client.get(reverse("personal_link", args=[link.pk])))
        assert token_of(link) not in words
        assert "Send a new link" not in words
        assert client.get(reverse("body_links", args=[cast.school.pk])).status_code == 403
        client.post(reverse("revoke_link", args=[link.pk]))
        assert "Hanna Head" in text_of(client.get(f"{reverse('all_links')}?state=revoked&q=hill"))

    def test_the_scrutiny_officer_of_another_committee_sees_nothing(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.oscar)
        assert "No personal link was issued yet" in text_of(client.get(reverse("links")))
        for name in ("personal_link", "revoke_link"):
            assert client.get(reverse(name, args=[link.pk])).status_code == 404

    def test_the_same_queries_for_one_and_for_twenty(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("links")).status_code == 200
            return len(queries)

        cast.link(cast.school)
        one = count()
        for number in range(19):
            cast.link(cast.school, f"Person {number}")
        assert count() == one
