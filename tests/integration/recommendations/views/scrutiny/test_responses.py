"""Recording the response of a body."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from recommendations.actions import responses
from recommendations.lifecycle import Decision
from recommendations.models import (
    Assignment,
    Response,
)
from tests.clients import boxes, signed_in, text_of
from tests.factories import Cast
from tests.integration.recommendations.views.scrutiny.helpers import (
    busy_inquiry,
    queries,
    response_address,
)

pytestmark = pytest.mark.django_db


class TestResponses:
    @pytest.fixture
    def parts(self, cast: Cast) -> list[Assignment]:
        busy_inquiry(cast, 3, notified_on=dt.date(2025, 11, 3))
        return list(Assignment.objects.filter(body=cast.cabinet).order_by("pk"))

    def test_approved_as_a_whole(self, cast: Cast, parts: list[Assignment]) -> None:
        data = {"way": "together", "decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        answer = signed_in(cast.sam).post(response_address(*parts), data, follow=True)
        assert "3 responses are recorded" in text_of(answer)
        assert set(Response.objects.values_list("decision", flat=True)) == {"accepted"}

    def test_each_on_its_own(self, cast: Cast, parts: list[Assignment]) -> None:
        first, second, third = (f"a{part.pk}" for part in parts)
        data = {
            "way": "each",
            **boxes("decided_on", dt.date(2026, 1, 5)),
            f"{first}-decision": "accepted",
            f"{second}-decision": "rejected",
            f"{third}-decision": "",
        }
        client = signed_in(cast.sam)
        words = text_of(client.post(response_address(*parts), data))
        assert "Enter the reason the body gave" in words
        assert not Response.objects.exists()
        assert (
            client.post(response_address(*parts), data | {f"{second}-reason": "No money."}).status_code == 302
        )
        assert list(Response.objects.order_by("assignment").values_list("decision", flat=True)) == [
            "accepted",
            "rejected",
        ]

    def test_exempt_part(self, cast: Cast, parts: list[Assignment]) -> None:
        client, address = signed_in(cast.sam), response_address(parts[0])
        data: dict[str, Any] = {
            "decision": "accepted",
            "exempt_text": "The price is 10.",
            **boxes("decided_on", dt.date(2026, 1, 5)),
        }
        words = text_of(client.post(address, data))
        assert "Select the paragraph of Schedule 12A" in words
        assert "Enter a neutral summary" in words
        data |= {"exempt_paragraphs": ["3"], "public_summary": "A price was named."}
        assert client.post(address, data).status_code == 302
        assert Response.objects.get().exempt_paragraphs == [3]

    def test_refusals_of_the_action_are_shown(self, cast: Cast, parts: list[Assignment]) -> None:
        client = signed_in(cast.sam)
        early = {"decision": "accepted", **boxes("decided_on", dt.date(2025, 10, 1))}
        words = text_of(client.post(response_address(*parts), early | {"way": "together"}))
        assert "decided before it was notified" in words
        each = early | {"way": "each", f"a{parts[0].pk}-decision": "accepted"}
        assert "decided before it was notified" in text_of(client.post(response_address(*parts), each))
        nothing = {"way": "each", **boxes("decided_on", dt.date(2026, 1, 5))}
        words = text_of(client.post(response_address(*parts), nothing))
        assert "Select what the body decided on at least one recommendation" in words

    def test_a_further_response_keeps_the_first(self, cast: Cast, parts: list[Assignment]) -> None:
        responses.record_response(
            by=cast.sam,
            assignments=parts[:1],
            decision=Decision.NOTED,
            reason="To be costed.",
            decided_on=dt.date(2025, 12, 1),
        )
        client = signed_in(cast.sam)
        assert "both stay on the record" in text_of(client.get(response_address(parts[0])))
        data = {"decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        assert client.post(response_address(parts[0]), data).status_code == 302
        assert parts[0].responses.count() == 2

    def test_who_may(self, cast: Cast, parts: list[Assignment]) -> None:
        police = Assignment.objects.filter(body=cast.police).earliest("pk")
        ada = signed_in(cast.ada)
        assert ada.get(response_address(*parts)).status_code == 200
        assert ada.get(response_address(police)).status_code == 403
        assert signed_in(cast.olive).get(response_address(*parts)).status_code == 403
        assert signed_in(cast.oscar).get(response_address(*parts)).status_code == 403
        data = {"way": "together", "decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        assert ada.post(response_address(*parts), data)["Location"] == reverse("record_response")
        assert parts[0].body.name in text_of(ada.get(reverse("record_response")))

    @pytest.mark.parametrize("ids", ["x", "999999", "-1", "9" * 30, ""])
    def test_wrong_ids(self, cast: Cast, parts: list[Assignment], ids: str) -> None:
        answer = signed_in(cast.sam).get(reverse("record_response") + f"?assignment={ids}")
        assert answer.status_code == 404

    def test_parts_of_two_bodies(self, cast: Cast, parts: list[Assignment]) -> None:
        police = Assignment.objects.filter(body=cast.police).earliest("pk")
        assert signed_in(cast.sam).get(response_address(parts[0], police)).status_code == 404

    def test_query_budgets(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        counts = []
        for count in (1, 20):
            inquiry = busy_inquiry(cast, count, notified_on=dt.date(2025, 11, 3))
            own = Assignment.objects.filter(body=cast.cabinet, recommendation__inquiry=inquiry)
            counts.append(
                (queries(client, reverse("record_response")), queries(client, response_address(*own)))
            )
        assert counts[0] == counts[1]
