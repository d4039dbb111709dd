"""The approver's minute: an approval is taken back, words are mended, and nothing passes those who wrote it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from committee import clock
from recommendations.actions import updates
from recommendations.lifecycle import UpdateState
from recommendations.models import SubmittedVersion, Update
from tests.clients import hidden, signed_in, text_of, words_of
from tests.factories import NOON, Cast, nobody_acts


@pytest.fixture
def update(cast: Cast, settings: Any) -> Update:
    settings.GRACE_SECONDS = 60
    return cast.submitted(cast.assignment())


def address(update: Update) -> str:
    return reverse("approval", args=[update.pk])


class TestApproval:
    def test_the_page_says_what_happens_and_to_whom(self, cast: Cast, update: Update) -> None:
        words = words_of(signed_in(cast.ada).get(address(update)))
        assert "It is public 1 minute after you press the button" in words
        assert "Olive Officer and Sam Scrutiny are told." in words

    def test_approved_then_taken_back_from_the_message_or_the_list(self, cast: Cast, update: Update) -> None:
        client, where = signed_in(cast.ada), reverse("take_back_approval", args=[update.pk])
        version = hidden(client.get(address(update)), "version")
        page = client.post(address(update), {"version": version, "do": "publish"}, follow=True)
        assert "It is published in 1 minute, at 12:01pm" in words_of(page)
        assert text_of(page).count(where) == 2
        assert where in text_of(client.get(address(update)))
        assert "take your approval back?" in words_of(client.get(where))
        assert "waits for you again" in words_of(client.post(where, follow=True))
        assert client.get(where).status_code == 302
        update.refresh_from_db()
        assert (update.state, update.approved_at) == (UpdateState.SUBMITTED, None)

    def test_too_late_is_said(self, cast: Cast, update: Update) -> None:
        updates.approve_update(by=cast.ada, update=update)
        with clock.frozen(NOON + dt.timedelta(minutes=2)):
            updates.publish_approved()
            where = reverse("take_back_approval", args=[update.pk])
            assert "This update is published, so it stays" in words_of(signed_in(cast.ada).post(where))

    def test_several_at_once(self, cast: Cast, update: Update) -> None:
        client, key = signed_in(cast.ada), f"{update.pk}-{update.version}"
        page = client.post(reverse("publish_all"), {"updates": [key]}, follow=True)
        assert "1 update is approved, and published in 1 minute" in words_of(page)
        assert "Nothing can be published here" in words_of(client.get(reverse("publish_all")))

    def test_what_came_by_a_link(self, cast: Cast, settings: Any) -> None:
        settings.GRACE_SECONDS = 60
        update = cast.sent_by_link(cast.link(cast.school), cast.assignment(body=cast.school))
        nobody_acts()
        client, where = signed_in(cast.sam), reverse("publish_received_update", args=[update.pk])
        version = hidden(client.get(where), "version")
        page = client.post(where, {"version": version, "do": "publish"}, follow=True)
        take_back = reverse("take_back_received_approval", args=[update.pk])
        assert take_back in text_of(page)
        assert client.post(take_back)["Location"] == where
        assert client.get(where).status_code == 200


class TestRecalledMeanwhile:
    def test_what_the_approver_had_open_says_so(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.ada)
        version = hidden(client.get(address(update)), "version")
        updates.recall_update(by=cast.olive, update=update)
        words = words_of(client.post(address(update), {"version": version, "do": "publish"}))
        assert "took it back while you read it" in words
        assert "It comes to you once they submit it" in words

    def test_and_what_committee_support_had_open(self, cast: Cast) -> None:
        link = cast.link(cast.school)
        update = cast.sent_by_link(link, cast.assignment(body=cast.school))
        client, where = signed_in(cast.sam), reverse("publish_received_update", args=[update.pk])
        version = hidden(client.get(where), "version")
        updates.recall_update(by=link.person, update=update)
        assert client.post(where, {"version": version, "do": "publish"}).status_code == 404

    def test_and_a_page_of_mending(self, cast: Cast, update: Update) -> None:
        client, where = signed_in(cast.ada), reverse("mend_update", args=[update.pk])
        version = hidden(client.get(where), "version")
        updates.recall_update(by=cast.olive, update=update)
        answer = client.post(where, {"version": version, "progress": "Other words."}, follow=True)
        assert "took it back while you read it" in words_of(answer)
        assert not SubmittedVersion.objects.exists()


class TestMending:
    def test_saved_and_shown_before_it_is_published(self, cast: Cast, update: Update) -> None:
        client, where = signed_in(cast.ada), reverse("mend_update", args=[update.pk])
        assert where in text_of(client.get(address(update)))
        page = client.get(where)
        data = {"version": hidden(page, "version"), "progress": "Three of the five crossings are built."}
        words = words_of(client.post(where, data, follow=True))
        assert "Your changes are saved" in words
        assert "As submitted by Olive Officer" in words

    def test_mistakes_are_told_and_lose_nothing(self, cast: Cast, update: Update) -> None:
        client, where = signed_in(cast.ada), reverse("mend_update", args=[update.pk])
        version = hidden(client.get(where), "version")
        assert "can be mended and not taken out" in words_of(
            client.post(where, {"version": version, "progress": ""})
        )
        same = client.post(where, {"version": version, "progress": update.progress})
        assert "Nothing is changed" in words_of(same)

    def test_two_approvers_at_once(self, cast: Cast, update: Update) -> None:
        client, where = signed_in(cast.ada), reverse("mend_update", args=[update.pk])
        version = hidden(client.get(where), "version")
        updates.mend_update(by=cast.ada, update=update, progress="Words of the first.")
        page = client.post(where, {"version": version, "progress": "Words of the second."})
        assert "Words of the first." in words_of(page)
        assert "Words of the second." in words_of(page)

    def test_others_may_not(self, cast: Cast, update: Update) -> None:
        for user in (cast.olive, cast.sam, cast.pat, cast.nobody):
            assert signed_in(user).post(reverse("mend_update", args=[update.pk])).status_code == 403
