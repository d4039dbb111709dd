"""A scrutiny officer's first page, and the way from an inquiry to an answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import assignments, target_dates
from recommendations.lifecycle import Stage
from recommendations.models import (
    Assignment,
    Inquiry,
)
from tests.clients import boxes, signed_in, text_of
from tests.factories import TODAY, Cast
from tests.integration.recommendations.views.scrutiny.helpers import (
    RECOMMENDATION,
    body_rows,
    busy_inquiry,
    queries,
    response_address,
)

pytestmark = pytest.mark.django_db


class TestWorkspace:
    def test_empty(self, cast: Cast) -> None:
        words = text_of(signed_in(cast.sam).get(reverse("workspace")))
        assert "Nothing is waiting for you." in words
        assert "There are no inquiries yet." in words

    def test_tells_what_waits(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1), notified_on=dt.date(2025, 11, 1))
        late = cast.recommendation(part.recommendation.inquiry, heading="Nobody's yet")
        assignments.address(by=cast.sam, recommendation=cast.recommendation(late.inquiry), body=cast.police)
        target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 1), reason="The contractor went."
        )
        words = text_of(signed_in(cast.sam).get(reverse("workspace")))
        assert "New dates to decide" in words
        assert "11 days late" in words  # due 1 January 2026
        assert "1 notice to send" in words
        assert "Nobody&#x27;s yet" in words
        assert "42 days late" in words  # first date 1 December 2025
        assert reverse("record_response") + f"?assignment={part.pk}" in words

    def test_other_committees_work_is_not_in_it(self, cast: Cast) -> None:
        cast.assignment(notified_on=dt.date(2025, 11, 1))
        words = text_of(signed_in(cast.oscar).get(reverse("workspace")))
        assert "Nothing is waiting for you." in words

    def test_query_budget(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        busy_inquiry(cast, 1, notified_on=dt.date(2025, 11, 1))
        busy_inquiry(cast, 1)
        cast.recommendation(Inquiry.objects.earliest("pk"), heading="To nobody")
        one = queries(client, reverse("workspace"))
        for _ in range(3):
            busy_inquiry(cast, 6, notified_on=dt.date(2025, 11, 1))
        busy_inquiry(cast, 3)
        assert queries(client, reverse("workspace")) == one


def test_from_nothing_to_an_answer(cast: Cast) -> None:
    """The whole of it, by the pages alone."""
    client = signed_in(cast.sam)
    client.post(
        reverse("new_inquiry"),
        {"committee": cast.committee.pk, "title": "Road safety", "reference": "R 1", "scope": "Crossings"},
    )
    inquiry = Inquiry.objects.get()
    client.post(reverse("new_finding", args=[inquiry.pk]), {"number": "1", "text": "Cars are fast."})
    for number in ("1", "2a", "2b"):
        client.post(
            reverse("new_recommendation", args=[inquiry.pk]),
            RECOMMENDATION | {"number": number, "finding": inquiry.findings.get().pk},
        )
    for recommendation in inquiry.recommendations.all():
        client.post(
            reverse("address", args=[recommendation.pk]),
            body_rows({"body": cast.cabinet.pk}, {"body": cast.police.pk, "is_lead": "False"}),
        )
    move = reverse("move_inquiry", args=[inquiry.pk])
    client.post(move, {"to": Stage.DRAFTING, "version": "1"})
    client.post(move, {"to": Stage.PUBLISHED, "version": "2", **boxes("published_on", dt.date(2026, 1, 5))})
    ids = list(Assignment.objects.values_list("pk", flat=True))
    client.post(
        reverse("send_notices", args=[inquiry.pk]), {"assignments": ids, "send": "1", **boxes("on", TODAY)}
    )
    parts = Assignment.objects.filter(body=cast.cabinet)
    client.post(
        response_address(*parts),
        {"way": "together", "decision": "accepted", **boxes("decided_on", TODAY)},
    )
    assert [part.decision for part in parts.all()] == ["accepted"] * 3
