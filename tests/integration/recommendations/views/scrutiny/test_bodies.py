"""Bodies and posts, kept by scrutiny officers and administrators."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import bodies, successions
from recommendations.lifecycle import BodyKind
from recommendations.models import Body, Post
from tests.clients import boxes, signed_in, text_of
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestRights:
    @pytest.mark.parametrize("name", ["manage_bodies", "new_body"])
    def test_officers_and_administrators(self, cast: Cast, client: Any, name: str, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        assert client.get(reverse(name)).status_code == 302
        for who in (cast.nobody, cast.colin, cast.olive, cast.ada, cast.carla):
            assert signed_in(who).get(reverse(name)).status_code == 403
        for who in (cast.sam, cast.oscar, cast.admin):
            assert signed_in(who).get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", ["edit_body", "new_post", "edit_post"])
    def test_a_wrong_id_is_not_found(self, cast: Cast, name: str) -> None:
        assert signed_in(cast.sam).get(reverse(name, args=[999_999])).status_code == 404

    def test_abolishing_is_an_administrators(self, cast: Cast, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        address = reverse("edit_body", args=[cast.police.pk])
        abolish = reverse("abolish_body", args=[cast.police.pk])
        assert abolish not in text_of(signed_in(cast.sam).get(address))
        assert abolish in text_of(signed_in(cast.admin).get(address))


class TestNewBody:
    def test_the_kind_proposes_the_term(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        words = text_of(client.get(reverse("new_body") + "?kind=executive"))
        assert 'name="response_period" value="2"' in " ".join(words.split())
        assert 'value="Local Government Act 2000, s.9FE"' in words
        words = text_of(client.get(reverse("new_body") + "?kind=police"))
        assert "Must have regard" in words
        assert 'name="response_period" value' not in words

    def test_a_kind_there_is_not(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).get(reverse("new_body") + "?kind=pirates")
        assert answer.status_code == 200
        assert "What kind of body is it?" in text_of(answer)
        assert "There is a problem" in text_of(answer)

    def test_add(self, cast: Cast) -> None:
        data = {
            "name": "Health Board",
            "kind": "health",
            "parent": cast.council.pk,
            "response_period": "28",
            "response_unit": "days",
            "response_basis": "Agreed protocol",
        }
        answer = signed_in(cast.sam).post(reverse("new_body") + "?kind=health", data)
        body = Body.objects.get(name="Health Board")
        assert answer["Location"] == reverse("edit_body", args=[body.pk])
        assert (body.term, body.lineage) == ("28 days", [body.pk, cast.council.pk])

    def test_bad_input(self, cast: Cast) -> None:
        client, address = signed_in(cast.sam), reverse("new_body") + "?kind=health"
        data: dict[str, Any] = {
            "name": "",
            "kind": "health",
            "response_period": "soon",
            "response_unit": "days",
        }
        words = text_of(client.post(address, data))
        assert "Enter the body’s name" in words
        assert "as a whole number, such as 2" in words
        assert 'value="soon"' in words
        data |= {"name": "Cabinet", "parent": cast.council.pk, "response_period": "0"}
        assert "1 or more" in text_of(client.post(address, data))
        words = text_of(client.post(address, data | {"response_period": ""}))
        assert "There is already a body of this name here" in words


class TestEditBody:
    DATA = {"name": "Testshire Police", "kind": BodyKind.POLICE, "response_unit": "months", "version": "1"}

    def test_save_and_conflict(self, cast: Cast) -> None:
        client, address = signed_in(cast.sam), reverse("edit_body", args=[cast.police.pk])
        bodies.edit_body(by=cast.sam, body=cast.police, version=1, short_name="Theirs")
        words = text_of(client.post(address, self.DATA | {"short_name": "Mine"}))
        assert "Changed by somebody else" in words
        assert "Theirs" in words
        assert 'value="Mine"' in words
        assert client.post(address, self.DATA | {"short_name": "Mine", "version": "2"}).status_code == 302
        cast.police.refresh_from_db()
        assert cast.police.short_name == "Mine"

    def test_not_part_of_itself(self, cast: Cast) -> None:
        data = self.DATA | {"name": cast.council.name, "kind": "council", "parent": cast.cabinet.pk}
        answer = signed_in(cast.admin).post(reverse("edit_body", args=[cast.council.pk]), data)
        assert answer.status_code == 200
        cast.council.refresh_from_db()
        assert cast.council.parent is None

    def test_an_abolished_body(self, cast: Cast) -> None:
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2026, 1, 1), reason="Merged", successor=cast.school
        )
        client = signed_in(cast.sam)
        assert "succeeded by" in text_of(client.get(reverse("edit_body", args=[cast.police.pk])))
        assert "No longer existing" in text_of(client.get(reverse("manage_bodies")))


class TestPosts:
    def test_add_edit_end(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        new = reverse("new_post", args=[cast.cabinet.pk])
        assert "Enter the title of the post" in text_of(client.post(new, {}))
        data = {"title": "Cabinet Member for Roads", "holder": cast.olive.pk}
        assert client.post(new, data).status_code == 302
        assert "already has a post of this title" in text_of(client.post(new, data))
        post = Post.objects.get()
        edit = reverse("edit_post", args=[post.pk])
        data |= {"version": "1", **boxes("ended_on", dt.date(2026, 1, 11))}
        assert client.post(edit, data).status_code == 302
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"title": "Other"}))
        words = text_of(client.get(reverse("edit_body", args=[cast.cabinet.pk])))
        assert "Ended 11 January 2026" in words

    def test_a_holder_whose_account_is_off_stays(self, cast: Cast) -> None:
        post = bodies.add_post(by=cast.sam, body=cast.cabinet, title="Head", holder=cast.olive)
        cast.olive.is_active = False
        cast.olive.save()
        assert cast.olive.email in text_of(signed_in(cast.sam).get(reverse("edit_post", args=[post.pk])))


def test_query_budgets(cast: Cast) -> None:
    client = signed_in(cast.sam)

    def queries() -> list[int]:
        counts = []
        for address in (reverse("manage_bodies"), reverse("edit_body", args=[cast.cabinet.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        return counts

    bodies.add_post(by=cast.sam, body=cast.cabinet, title="Head", holder=cast.olive)
    before = queries()
    for number in range(20):
        body = bodies.add_body(by=cast.sam, name=f"Body {number}", kind=BodyKind.SCHOOL, parent=cast.council)
        bodies.add_post(by=cast.sam, body=body, title="Head")
        bodies.add_post(by=cast.sam, body=cast.cabinet, title=f"Head {number}", holder=cast.ada)
    assert queries() == before
