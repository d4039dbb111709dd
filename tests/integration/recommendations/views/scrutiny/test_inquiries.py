"""The pages of an inquiry: beginning, editing, publishing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import assignments, inquiries
from recommendations.lifecycle import Stage
from recommendations.models import (
    Inquiry,
)
from tests.clients import boxes, signed_in, text_of
from tests.factories import Cast
from tests.integration.recommendations.views.scrutiny.helpers import (
    busy_inquiry,
    queries,
)

pytestmark = pytest.mark.django_db


class TestInquiry:
    def test_begin(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        address = reverse("new_inquiry")
        assert "Children" in text_of(client.get(address))
        answer = client.post(
            address,
            {"committee": cast.committee.pk, "title": "Bus passes", "reference": "CSC 1"},
            follow=True,
        )
        assert "The inquiry is begun" in text_of(answer)
        assert Inquiry.objects.get().stage == Stage.SCOPING

    def test_begin_says_what_is_missing_and_keeps_what_was_typed(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).post(reverse("new_inquiry"), {"title": "Bus passes"})
        assert "Select the committee whose inquiry it is" in text_of(answer)
        assert "Enter a reference" in text_of(answer)
        assert 'value="Bus passes"' in text_of(answer)

    def test_a_used_reference_is_refused_beside_its_box(self, cast: Cast) -> None:
        cast.inquiry(reference="CSC 1")
        answer = signed_in(cast.sam).post(
            reverse("new_inquiry"),
            {"committee": cast.committee.pk, "title": "Bus passes", "reference": "CSC 1"},
        )
        assert "Another inquiry has this reference" in text_of(answer)

    def test_not_for_another_committee(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).post(
            reverse("new_inquiry"),
            {"committee": cast.other_committee.pk, "title": "Bus passes", "reference": "CSC 1"},
        )
        assert answer.status_code == 200
        assert not Inquiry.objects.exists()

    def test_two_people_edit(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        data = {
            "committee": cast.committee.pk,
            "title": "Mine",
            "reference": inquiry.reference,
            "version": "1",
        }
        inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, title="Theirs", version=1)
        client = signed_in(cast.sam)
        answer = client.post(reverse("edit_inquiry", args=[inquiry.pk]), data)
        assert "Changed by somebody else" in text_of(answer)
        assert "Theirs" in text_of(answer)
        assert 'value="Mine"' in text_of(answer)
        assert (
            client.post(reverse("edit_inquiry", args=[inquiry.pk]), data | {"version": "2"}).status_code
            == 302
        )
        inquiry.refresh_from_db()
        assert inquiry.title == "Mine"

    def test_publish_asks_for_the_date_and_warns(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.DRAFTING)
        client, address = signed_in(cast.sam), reverse("move_inquiry", args=[inquiry.pk])
        assert "to the public at once" in text_of(client.get(address + "?to=published"))
        data = {"to": Stage.PUBLISHED, "version": "2", **boxes("published_on", None)}
        assert "Enter the date the report was published" in text_of(client.post(address, data))
        data |= boxes("published_on", dt.date(2026, 2, 1))
        assert "must be 12 January 2026 or earlier" in text_of(client.post(address, data))
        data |= boxes("published_on", dt.date(2026, 1, 5))
        assert client.post(address, data).status_code == 302
        inquiry.refresh_from_db()
        assert inquiry.published_on == dt.date(2026, 1, 5)

    def test_a_move_not_foreseen_is_refused(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        answer = signed_in(cast.sam).post(
            reverse("move_inquiry", args=[inquiry.pk]), {"to": Stage.CONCLUDED, "version": "1"}
        )
        assert answer.status_code == 200
        inquiry.refresh_from_db()
        assert inquiry.stage == Stage.SCOPING

    def test_the_page_says_what_is_missing(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        recommendation = cast.recommendation(inquiry, number="3a")
        cast.publish(inquiry)
        client = signed_in(cast.sam)
        words = text_of(client.get(reverse("inquiry_workspace", args=[inquiry.pk])))
        assert "Recommendation 3a is addressed to nobody" in words
        assert "There are no findings" in words
        recommendation.refresh_from_db()
        assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet, is_lead=False)
        words = text_of(client.get(reverse("inquiry_workspace", args=[inquiry.pk])))
        assert "No body leads on recommendation 3a" in words
        assert "1 notice is not sent" in words
        assert "1 part has no first date (recommendation 3a)" in words

    def test_long_text(self, cast: Cast) -> None:
        inquiry = cast.inquiry(scope="word " * 4000)
        cast.recommendation(inquiry, text="word " * 4000)
        assert signed_in(cast.sam).get(reverse("inquiry_workspace", args=[inquiry.pk])).status_code == 200

    def test_query_budget(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        small, large = (busy_inquiry(cast, count, notified_on=dt.date(2025, 11, 1)) for count in (1, 20))
        counts = [queries(client, reverse("inquiry_workspace", args=[one.pk])) for one in (small, large)]
        assert counts[0] == counts[1]
