"""Taking back what was submitted, by officers and by respondents; reading what an approver mended."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from recommendations.actions import updates
from recommendations.lifecycle import UpdateState
from recommendations.models import Update
from tests.clients import hidden, signed_in, text_of, words_of
from tests.factories import Cast, nobody_acts
from tests.integration.recommendations.views.respondents.helpers import inside


@pytest.fixture
def update(cast: Cast) -> Update:
    return cast.submitted(cast.assignment())


def take_back(update: Update) -> str:
    return reverse("recall_update", args=[update.pk])


class TestOfficers:
    def test_offered_where_it_was_submitted_and_on_its_page(self, cast: Cast) -> None:
        draft = cast.draft(cast.assignment())
        client, preview = signed_in(cast.olive), reverse("preview_update", args=[draft.pk])
        version = hidden(client.get(preview), "version")
        page = client.post(preview, {"version": version}, follow=True)
        assert text_of(page).count(take_back(draft)) == 2  # in the message and on the page
        assert take_back(draft) in text_of(client.get(preview))

    def test_asks_first_and_leads_to_the_draft(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.olive)
        page = client.get(take_back(update))
        assert "It leaves the list of Ada Approver" in words_of(page)
        answer = client.post(take_back(update), {"version": hidden(page, "version")})
        assert answer["Location"] == reverse("log_update", args=[update.assignment_id])
        update.refresh_from_db()
        assert update.state == UpdateState.DRAFT
        assert "Nothing is waiting for you" in words_of(signed_in(cast.ada).get(reverse("approvals")))

    @pytest.mark.parametrize("decide", ["publish", "return"])
    def test_says_what_somebody_did_meanwhile(self, cast: Cast, update: Update, decide: str) -> None:
        client = signed_in(cast.olive)
        version = hidden(client.get(take_back(update)), "version")
        if decide == "publish":
            updates.publish_update(by=cast.ada, update=update)
        else:
            updates.return_update(by=cast.ada, update=update, reason="Say where.")
        words = words_of(client.post(take_back(update), {"version": version}, follow=True))
        assert f"Ada Approver has {decide}ed this update" in words
        assert client.get(take_back(update)).status_code == 302

    def test_taken_back_by_a_colleague_meanwhile(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.olive)
        version = hidden(client.get(take_back(update)), "version")
        updates.recall_update(by=cast.olive, update=update)
        assert "recalled already" in words_of(
            client.post(take_back(update), {"version": version}, follow=True)
        )

    def test_others_may_not(self, cast: Cast, update: Update) -> None:
        for user in (cast.pat, cast.sam, cast.colin, cast.nobody):
            assert signed_in(user).post(take_back(update)).status_code in (403, 404)
        update.refresh_from_db()
        assert update.state == UpdateState.SUBMITTED


def test_respondents_take_back_by_their_link(cast: Cast) -> None:
    update = cast.sent_by_link(link := cast.link(cast.school), cast.assignment(body=cast.school))
    nobody_acts()
    client, where = inside(link), reverse("answer_recall", args=[update.pk])
    assert where in text_of(client.get(reverse("answer_item", args=[update.assignment_id])))
    page = client.get(where)
    answer = client.post(where, {"version": hidden(page, "version")})
    assert answer["Location"] == reverse("answer_update", args=[update.assignment_id])
    update.refresh_from_db()
    assert update.state == UpdateState.DRAFT


class TestVersions:
    @pytest.fixture
    def mended(self, cast: Cast, update: Update) -> Update:
        update = updates.mend_update(by=cast.ada, update=update, progress="Three of the five are built.")
        return updates.publish_update(by=cast.ada, update=update)

    def test_the_body_and_committee_support_read_both(self, cast: Cast, mended: Update) -> None:
        where = reverse("update_versions", args=[mended.pk])
        for user in (cast.olive, cast.ada, cast.sam):
            client = signed_in(user)
            words = words_of(client.get(where))
            assert "As submitted by Olive Officer" in words
            assert "as mended by Ada Approver" in words
            assert "Two of the five crossings are built." in words
            page = reverse("recommendation", args=[mended.assignment.recommendation_id])
            assert where in text_of(client.get(page))
        for user in (cast.colin, cast.pat, cast.oscar, cast.nobody):
            assert signed_in(user).get(where).status_code == 403

    def test_the_public_reads_the_last_and_that_it_was_mended(
        self, cast: Cast, mended: Update, client: Any
    ) -> None:
        page = client.get(reverse("recommendation", args=[mended.assignment.recommendation_id]))
        words = words_of(page)
        assert "The approver mended the wording before it was published" in words
        assert "Three of the five are built." in words
        assert "Two of the five crossings are built." not in words
        assert reverse("update_versions", args=[mended.pk]) not in text_of(page)

    def test_an_update_as_it_was_submitted_has_none(self, cast: Cast) -> None:
        update = cast.published(cast.assignment())
        words = words_of(signed_in(cast.olive).get(reverse("update_versions", args=[update.pk])))
        assert "it stands as it was submitted" in words
