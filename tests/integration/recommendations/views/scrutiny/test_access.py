"""Who reaches the pages of committee support."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from recommendations.actions import assignments, inquiries
from tests.clients import signed_in
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestRights:
    """Anonymous: sign in. Without the role: 403. Another committee: 404 unpublished, 403 published."""

    OWN = (
        "inquiry_workspace",
        "edit_inquiry",
        "move_inquiry",
        "new_finding",
        "new_recommendation",
        "send_notices",
    )

    @pytest.mark.parametrize(
        "name", ["workspace", "new_inquiry", "record_response", "manage_bodies", "new_body"]
    )
    def test_anonymous_is_sent_to_sign_in(self, cast: Cast, client: Any, name: str) -> None:
        assert client.get(reverse(name)).status_code == 302

    @pytest.mark.parametrize("name", ["workspace", "new_inquiry", "reviews", "new_review", "date_requests"])
    def test_only_scrutiny_officers(self, cast: Cast, name: str) -> None:
        for who in (cast.nobody, cast.colin, cast.olive, cast.carla, cast.admin):
            assert signed_in(who).get(reverse(name)).status_code == 403
        assert signed_in(cast.sam).get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", OWN)
    def test_another_committee(self, cast: Cast, name: str) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        oscar = signed_in(cast.oscar)
        assert oscar.get(reverse(name, args=[inquiry.pk])).status_code == 404
        cast.publish(inquiry)
        assert oscar.get(reverse(name, args=[inquiry.pk])).status_code == 403
        assert signed_in(cast.sam).get(reverse(name, args=[inquiry.pk])).status_code == 200

    def test_parts_of_another_committee(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Cars are too fast.")
        recommendation = cast.recommendation(inquiry)
        part = assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        addresses = [
            *(reverse(name, args=[finding.pk]) for name in ("edit_finding", "remove_finding")),
            *(
                reverse(name, args=[recommendation.pk])
                for name in ("edit_recommendation", "remove_recommendation", "address", "relate")
            ),
            *(reverse(name, args=[part.pk]) for name in ("edit_assignment", "withdraw_assignment")),
        ]
        for address in addresses:
            assert signed_in(cast.sam).get(address).status_code == 200, address
            assert signed_in(cast.oscar).get(address).status_code == 404, address
        cast.publish(inquiry)
        for address in addresses:
            assert signed_in(cast.oscar).get(address).status_code == 403, address
            assert signed_in(cast.oscar).post(address).status_code == 403, address

    @pytest.mark.parametrize(
        "name",
        [*OWN, "edit_finding", "edit_recommendation", "address", "edit_assignment", "review", "decide_date"],
    )
    def test_a_wrong_id_is_not_found(self, cast: Cast, name: str) -> None:
        assert signed_in(cast.sam).get(reverse(name, args=[999_999])).status_code == 404
