"""Evidence as a link, where words of its address were taken off the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions.evidence import add_document, add_evidence
from recommendations.actions.updates import publish_update, submit_update
from recommendations.actions.withholdings import put_back, withhold_words
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Evidence, Withholding
from tests.clients import text_of, words_of
from tests.factories import Cast

WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It named a child."}
ADDRESSES = {
    "https://example.org/reports/tamsin-quill": "tamsin-quill",
    "https://tamsin-quill.example.org/": "tamsin-quill",
    "https://example.org/reports": "https://example.org/reports",
}
"""Links, each with the words of it that are withheld: in its path, as its host, and all of it."""


@pytest.fixture(params=ADDRESSES)
def evidence(cast: Cast, request: pytest.FixtureRequest) -> Evidence:
    draft = cast.draft(cast.assignment())
    piece = add_evidence(by=cast.olive, update=draft, title="What was done", url=request.param)
    publish_update(by=cast.ada, update=submit_update(by=cast.olive, update=draft), looked_at=True)
    return piece


def withheld(cast: Cast, evidence: Evidence) -> Withholding:
    return withhold_words(by=cast.sam, words=ADDRESSES[evidence.url], **WHY)


class TestWithheldAddress:
    def test_answers_when_and_why_and_leads_nowhere(self, cast: Cast, evidence: Evidence) -> None:
        where = reverse("evidence_file", args=[evidence.pk])
        assert Client().get(where)["Location"] == evidence.url
        withholding = withheld(cast, evidence)
        answer = Client().get(where)
        assert answer.status_code == 451
        assert "Withheld on 12 January 2026" in words_of(answer)
        assert "It named a child." in words_of(answer)
        assert answer["Cache-Control"] == "no-store"
        put_back(by=cast.carla, withholding=withholding, reason="It named nobody.")
        assert Client().get(where)["Location"] == evidence.url

    def test_says_so_where_the_evidence_is_listed(self, cast: Cast, evidence: Evidence) -> None:
        assert evidence.update is not None
        record = reverse("recommendation", args=[evidence.update.assignment.recommendation_id])
        withholding = withheld(cast, evidence)
        assert f"What was done: withheld, no. {withholding.pk}" in words_of(Client().get(record))

    def test_says_so_on_the_page_of_the_inquiry(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        add_document(by=cast.sam, to=inquiry, title="The report", url="https://example.org/tamsin-quill")
        withholding = withhold_words(by=cast.sam, words="tamsin-quill", **WHY)
        page = Client().get(reverse("inquiry", args=[inquiry.pk]))
        assert f"The report: withheld, no. {withholding.pk}" in words_of(page)

    def test_of_another_page_leads_to_the_reason(self, cast: Cast) -> None:
        inquiry = cast.inquiry(report_url="https://tamsin-quill.example.org/report")
        cast.recommendation(inquiry)
        cast.publish(inquiry)
        withholding = withhold_words(by=cast.sam, words="tamsin-quill", **WHY)
        page = text_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
        assert f'href="https://[withheld on 12 January 2026, no. {withholding.pk}]' not in page
        assert page.count(f'href="{reverse("withholding", args=[withholding.pk])}"') == 2
