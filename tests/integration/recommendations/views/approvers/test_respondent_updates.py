"""Updates that came by a personal link, published or returned by scrutiny officers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from recommendations.actions import evidence, updates
from recommendations.lifecycle import UpdateState
from recommendations.models import Assignment, RespondentLink, Update
from tests.clients import text_of
from tests.factories import Cast, acting
from tests.integration.recommendations.views.respondents.helpers import (
    inside,
)


@pytest.fixture(autouse=True)
def _nobody_pressed_yet(db: None, settings: Any) -> None:
    cache.clear()
    settings.REQUIRE_ADMIN_MFA = False


class TestTakingIn:
    def test_it_waits_in_the_workspace_and_is_published(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("publish_received_update", args=[update.pk])
        assert where in text_of(client.get(reverse("workspace")))
        words = text_of(client.get(where))
        assert "Hanna Head" in words
        assert "by personal link" in words
        assert "has no approver" in words
        answer = client.post(where, {"do": "publish", "version": update.version})
        assert answer["Location"] == reverse("workspace")
        update.refresh_from_db()
        assert (update.state, update.published_by) == (UpdateState.PUBLISHED, cast.sam)
        words = text_of(client.get(reverse("workspace")))
        assert "Came by personal link" not in words
        record = client.get(reverse("recommendation", args=[own.recommendation_id]))
        assert "The crossing is painted." in text_of(record)
        assert "Hanna Head" not in text_of(record)
        assert "This update is published" in text_of(client.get(where))

    def test_returned_with_a_reason(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("publish_received_update", args=[update.pk])
        data = {"do": "return", "version": update.version}
        assert "Enter what has to change" in text_of(client.post(where, data))
        assert client.post(where, data | {"reason": "Say how many."}).status_code == 302
        assert client.get(where).status_code == 404
        assert "Say how many." in text_of(inside(link).get(reverse("answer_item", args=[own.pk])))

    def test_many_on_one_page(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        other = cast.assignment(body=cast.school, heading="A second crossing")
        sent = [cast.sent_by_link(link, part) for part in (own, other)]
        theirs = cast.submitted(cast.assignment(heading="A crossing of the Cabinet"))
        client.force_login(cast.sam)
        where = reverse("publish_received_updates")
        assert where in text_of(client.get(reverse("workspace")))
        page = client.get(where)
        assert "by personal link" in text_of(page)
        keys = [row.key for row in page.context["rows"]]
        assert keys == [f"{update.pk}-{update.version}" for update in sent]
        forged = f"{theirs.pk}-{theirs.version}"
        assert client.post(where, {"updates": [*keys, forged]}).status_code == 200
        answer = client.post(where, {"updates": keys}, follow=True)
        assert "2 updates are published" in text_of(answer)
        theirs.refresh_from_db()
        assert theirs.state == "submitted"
        client.force_login(cast.oscar)
        assert "Nothing can be published here" in text_of(client.get(where))
        client.force_login(cast.ada)
        assert client.get(where).status_code == 403

    def test_two_officers_at_once(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("publish_received_update", args=[update.pk])
        updates.return_update(by=cast.sam, update=update, reason="Say how many.")
        assert client.post(where, {"do": "publish", "version": update.version}).status_code == 404

    def test_evidence_that_came_with_it_can_be_opened(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        person = acting(link)
        update = updates.start_update(by=person, assignment=own)
        update = updates.save_draft(by=person, update=update, claim="on_track", progress="Half.")
        piece = evidence.add_evidence(by=person, update=update, title="Plan", url="https://example.org/p")
        where = reverse("evidence_file", args=[piece.pk])
        client.force_login(cast.sam)
        assert client.get(where).status_code == 404
        updates.submit_update(by=person, update=Update.objects.get(pk=update.pk))
        assert client.get(where)["Location"] == "https://example.org/p"
