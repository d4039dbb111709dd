"""The findings of an inquiry."""

from __future__ import annotations

import pytest
from django.urls import reverse

from recommendations.actions import inquiries
from tests.clients import signed_in, text_of
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestFindings:
    def test_add_edit_remove(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        client = signed_in(cast.sam)
        new = reverse("new_finding", args=[inquiry.pk])
        answer = client.post(new, {"number": "1", "text": "Cars are fast.", "another": "yes"})
        assert answer["Location"] == new
        assert 'value="2"' in text_of(client.get(new))
        assert "already has a finding of that number" in text_of(
            client.post(new, {"number": "1", "text": "x"})
        )
        finding = inquiry.findings.get()
        edit = reverse("edit_finding", args=[finding.pk])
        data = {"number": "1", "text": "Cars are too fast.", "version": "1"}
        assert client.post(edit, data).status_code == 302
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"text": "Other words"}))
        assert client.post(reverse("remove_finding", args=[finding.pk])).status_code == 302
        assert not inquiry.findings.exists()

    def test_a_public_finding_stays(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Cars are too fast.")
        cast.publish(inquiry)
        answer = signed_in(cast.sam).post(reverse("remove_finding", args=[finding.pk]))
        assert "stay on the record" in text_of(answer)
        assert inquiry.findings.exists()
