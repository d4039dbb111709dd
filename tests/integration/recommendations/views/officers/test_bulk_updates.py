"""Many at once: a review answered on one page, and an approver's queue published in one go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import corrections, reviews
from recommendations.actions import updates as updates_actions
from recommendations.lifecycle import Claim, UpdateState
from recommendations.models import Assignment, Review, Update
from tests.clients import boxes, signed_in, text_of, words_of
from tests.factories import Cast

pytestmark = pytest.mark.django_db

DAY = boxes("as_at", dt.date(2026, 1, 12))


@pytest.fixture
def parts(cast: Cast) -> list[Assignment]:
    """Three recommendations to the Cabinet, of one inquiry."""
    first = cast.assignment()
    inquiry = first.recommendation.inquiry
    more = [cast.assignment(recommendation=cast.recommendation(inquiry, number)) for number in ("2", "3")]
    return [first, *more]


@pytest.fixture
def review(cast: Cast, parts: list[Assignment]) -> Review:
    return reviews.open_review(
        by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 2)
    )


def row(part: Assignment, **values: str) -> dict[str, str]:
    return {f"a{part.pk}-{name}": value for name, value in values.items()}


class TestTheSecondOfTwo:
    """What was typed about something that the page no longer has is on the page that answers, with the reason."""

    def answered(self, cast: Cast, part: Assignment) -> None:
        update = updates_actions.write_update(
            by=cast.olive,
            assignment=part,
            claim="on_track",
            progress="Theirs.",
            as_at=dt.date(2026, 1, 12),
            version=None,
        )
        updates_actions.publish_update(
            by=cast.ada, update=updates_actions.submit_update(by=cast.olive, update=update)
        )

    @pytest.mark.parametrize("others", [0, 2])
    def test_somebody_answered_it_meanwhile(
        self, cast: Cast, parts: list[Assignment], review: Review, others: int
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        for part in parts[: others + 1]:
            self.answered(cast, part)
        data = DAY | row(parts[0], claim="at_risk", progress="Mine.") | {"do": "save"}
        if not others:
            data |= row(parts[1], claim="on_track", progress="Another.")
        answer = client.post(address, data)
        assert answer.status_code == 200
        words = text_of(answer)
        assert "Somebody else answered this meanwhile" in words
        assert "Mine." in words
        assert Update.objects.filter(progress="Another.").exists() == (not others)
        assert not Update.objects.filter(progress="Mine.").exists()

    def test_a_row_that_was_not_written_in_says_nothing(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        self.answered(cast, parts[0])
        data = DAY | row(parts[0], claim="", progress="") | row(parts[1], claim="on_track", progress="Mine.")
        assert client.post(address, data | {"do": "save"}).status_code == 302

    def test_a_draft_as_it_was_shown_says_nothing(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        self.answered(cast, parts[0])
        shown = row(parts[0], claim="on_track", progress="Theirs.", version="1")
        data = DAY | shown | row(parts[1], claim="on_track", progress="Mine.")
        assert client.post(address, data | {"do": "save"}).status_code == 302

    @pytest.mark.parametrize(
        ("end", "said"),
        [
            ("cancel", "This review was cancelled on 12 January 2026, because: For the wrong inquiry"),
            ("close", "This review was closed on 12 January 2026"),
        ],
    )
    def test_the_review_ended_meanwhile(
        self, cast: Cast, parts: list[Assignment], review: Review, end: str, said: str
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        if end == "cancel":
            reviews.cancel_review(by=cast.sam, review=review, reason="For the wrong inquiry.")
        else:
            reviews.close_review(by=cast.sam, review=review)
        answer = words_of(client.post(address, DAY | row(parts[0], claim="at_risk", progress="Mine.")))
        assert f"{said}. Your words are not saved" in answer
        assert "Mine." in answer
        assert "Somebody else answered" not in answer
        for name in ("write_review_updates", "check_review_updates"):
            empty = words_of(client.get(reverse(name, args=[review.pk])))
            assert said in empty
            assert "Nothing is asked of you here any more" in empty
            assert "is answered or waits for an approver" not in empty
            assert "What each lacks" not in empty

    def test_it_is_not_asked_any_more(self, cast: Cast, parts: list[Assignment], review: Review) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        corrections.withdraw_recommendation(
            by=cast.sam, recommendation=parts[0].recommendation, reason="Published by mistake."
        )
        answer = words_of(client.post(address, DAY | row(parts[0], claim="at_risk", progress="Mine.")))
        assert "Progress on this is not asked of you any more" in answer
        assert "Mine." in answer
        assert "Somebody else answered" not in answer

    def test_somebody_else_holds_it(self, cast: Cast, parts: list[Assignment], review: Review) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        update = updates_actions.write_update(
            by=cast.olive,
            assignment=parts[0],
            claim="on_track",
            progress="Theirs.",
            as_at=dt.date(2026, 1, 12),
            version=None,
        )
        updates_actions.submit_update(by=cast.olive, update=update)
        words = text_of(client.post(address, DAY | row(parts[0], claim="at_risk", progress="Mine.")))
        assert "Mine." in words
        assert "is writing on it" in words


class TestWriting:
    def test_what_was_typed_is_saved_row_by_row_and_then_submitted(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        assert len(client.get(address).context["forms"]) == 3
        data = (
            DAY
            | row(parts[0], claim="on_track", progress="Two are built.")
            | row(parts[1], claim="at_risk", progress="")
            | {"do": "check"}
        )
        answer = client.post(address, data)
        assert answer["Location"] == reverse("check_review_updates", args=[review.pk])
        assert Update.objects.count() == 2
        check = client.get(answer["Location"])
        words = text_of(check)
        for said in (
            "1 update is complete",
            "1 update needs more",
            "Enter what has been done",
            "1 request has no draft",
        ):
            assert said in words
        [key] = [row.key for row in check.context["complete"]]
        done = client.post(answer["Location"], {"updates": [key]}, follow=True)
        assert "1 update sent on their way" in text_of(done)
        assert Update.objects.get(assignment=parts[0]).state == UpdateState.SUBMITTED
        assert Update.objects.get(assignment=parts[1]).state == UpdateState.DRAFT
        again = client.get(address)
        assert len(again.context["forms"]) == 2
        assert "In other hands" in text_of(again)

    def test_as_last_time_takes_its_words_and_is_counted(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        cast.published(parts[0], claim=Claim.AT_RISK, progress="The contractor is late.")
        reviews.close_review(by=cast.sam, review=review)
        second = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Again", due_on=dt.date(2026, 3, 2)
        )
        client = signed_in(cast.olive)
        client.post(reverse("write_review_updates", args=[second.pk]), DAY | row(parts[0], last="on"))
        update = Update.objects.get(assignment=parts[0], state=UpdateState.DRAFT)
        assert (update.claim, update.progress, update.as_last_time) == (
            Claim.AT_RISK,
            "The contractor is late.",
            True,
        )

    def test_what_somebody_saved_meanwhile_is_kept_and_so_is_what_was_typed(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        client.get(address)
        begun = updates_actions.start_update(by=cast.ada, assignment=parts[0])
        updates_actions.save_draft(by=cast.ada, update=begun, progress="Ada’s words.")
        data = DAY | row(parts[0], progress="Olive’s words.") | row(parts[1], progress="Other words.")
        answer = client.post(address, data)
        words = text_of(answer)
        assert "Ada Approver saved this update meanwhile" in words
        assert "Olive’s words." in answer.content.decode()
        assert Update.objects.get(assignment=parts[0]).progress == "Ada’s words."
        assert Update.objects.get(assignment=parts[1]).progress == "Other words."

    def test_untouched_rows_make_no_drafts(self, cast: Cast, parts: list[Assignment], review: Review) -> None:
        signed_in(cast.olive).post(reverse("write_review_updates", args=[review.pk]), DAY)
        assert not Update.objects.exists()

    def test_the_day_is_needed_and_nothing_is_lost_without_it(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        data = boxes("as_at", None) | row(parts[0], progress="Two are built.")
        answer = signed_in(cast.olive).post(reverse("write_review_updates", args=[review.pk]), data)
        assert "Enter the day the updates speak of" in text_of(answer)
        assert "Two are built." in answer.content.decode()

    def test_words_typed_when_the_sign_in_had_ended_wait(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, address = signed_in(cast.olive), reverse("write_review_updates", args=[review.pk])
        ticket = client.get(address).context["request"].form_recovery.ticket
        client.logout()
        assert (
            client.post(
                address, DAY | row(parts[0], progress="Two are built.") | {"ticket": ticket}
            ).status_code
            == 302
        )
        client.force_login(cast.olive)
        page = client.get(address)
        assert "Your words were kept" in text_of(page)
        assert "Two are built." in page.content.decode()

    def test_who_may(self, cast: Cast, review: Review) -> None:
        address = reverse("write_review_updates", args=[review.pk])
        assert signed_in(cast.pat).get(address).status_code == 404
        assert signed_in(cast.colin).get(address).status_code == 403
        assert Client().get(address).status_code == 302
        assert signed_in(cast.olive).get(reverse("write_review_updates", args=[999_999])).status_code == 404

    def test_as_many_queries_for_three_as_for_twenty(
        self, cast: Cast, parts: list[Assignment], review: Review
    ) -> None:
        client, counts = signed_in(cast.olive), []
        for number in (0, 17):
            for index in range(number):
                cast.assignment(
                    recommendation=cast.recommendation(parts[0].recommendation.inquiry, f"9{index}")
                )
            running = reviews.open_review(
                by=cast.sam, committee=cast.committee, title=f"R{number}", due_on=dt.date(2026, 3, 2)
            )
            address = reverse("write_review_updates", args=[running.pk])
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestPublishing:
    def test_those_ticked_are_published(self, cast: Cast, parts: list[Assignment]) -> None:
        updates = [cast.submitted(part) for part in parts]
        client = signed_in(cast.ada)
        assert "all of them on one page" in text_of(client.get(reverse("approvals")))
        page = client.get(reverse("publish_all"))
        keys = [row.key for row in page.context["rows"]]
        assert "3 updates wait for you" in text_of(page)
        done = client.post(reverse("publish_all"), {"updates": keys[:2]}, follow=True)
        assert "2 updates are published" in text_of(done)
        states = [Update.objects.get(pk=update.pk).state for update in updates]
        assert sorted(states) == ["published", "published", "submitted"]

    def test_what_was_changed_meanwhile_is_not(self, cast: Cast, parts: list[Assignment]) -> None:
        update = cast.submitted(parts[0])
        client = signed_in(cast.ada)
        [key] = [row.key for row in client.get(reverse("publish_all")).context["rows"]]
        updates_actions.return_update(by=cast.ada, update=update, reason="Say when")
        update.refresh_from_db()
        updates_actions.submit_update(by=cast.olive, update=update)
        answer = client.post(reverse("publish_all"), {"updates": [key]})
        assert "Somebody changed one of these meanwhile" in text_of(answer)
        assert not Update.objects.published().exists()

    def test_nobody_s_own_and_nothing_exempt_without_the_right(
        self, cast: Cast, parts: list[Assignment]
    ) -> None:
        own = updates_actions.save_draft(
            by=cast.ada,
            update=updates_actions.start_update(by=cast.ada, assignment=parts[0]),
            claim=Claim.ON_TRACK,
            progress="Mine.",
        )
        updates_actions.submit_update(by=cast.ada, update=own)
        page = signed_in(cast.ada).get(reverse("publish_all"))
        assert page.context["rows"] == []
        assert "1 more update waits that you submitted yourself" in text_of(page)

    def test_who_may(self, cast: Cast) -> None:
        assert signed_in(cast.olive).get(reverse("publish_all")).status_code == 403
        answer: Any = signed_in(cast.ada).post(reverse("publish_all"), {})
        assert "Select at least one update to publish" in text_of(answer)
