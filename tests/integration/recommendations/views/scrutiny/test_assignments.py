"""Addressing a recommendation to bodies."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import assignments
from recommendations.models import (
    Assignment,
)
from tests.clients import boxes, signed_in, text_of
from tests.factories import Cast
from tests.integration.recommendations.views.scrutiny.helpers import (
    body_rows,
)

pytestmark = pytest.mark.django_db


class TestAddress:
    def test_several_bodies_at_once(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        answer = signed_in(cast.sam).post(
            reverse("address", args=[recommendation.pk]),
            body_rows(
                {"body": cast.cabinet.pk, **boxes("first_target_on", dt.date(2026, 9, 1))},
                {"body": cast.police.pk, "is_lead": "False", "deliverer": "Roads Unit"},
                {},
            ),
        )
        assert answer.status_code == 302
        lead, other = recommendation.assignments.order_by("-is_lead")
        assert (lead.body, lead.first_target_on) == (cast.cabinet, dt.date(2026, 9, 1))
        assert (other.deliverer, other.target_on) == ("Roads Unit", None)

    def test_more_rows_keep_what_was_typed(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        data = body_rows({"body": cast.cabinet.pk, "deliverer": "Roads Unit"}, {}) | {"more": "yes"}
        words = text_of(signed_in(cast.sam).post(reverse("address", args=[recommendation.pk]), data))
        assert 'name="form-3-body"' in words
        assert 'value="Roads Unit"' in words
        assert "There is a problem" not in words

    def test_bad_rows(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        client, address = signed_in(cast.sam), reverse("address", args=[recommendation.pk])
        assert "Select a body" in text_of(client.post(address, body_rows({}, {})))
        assert "Select the body this row is for" in text_of(
            client.post(address, body_rows({"deliverer": "X"}))
        )
        twice = body_rows({"body": cast.cabinet.pk}, {"body": cast.cabinet.pk})
        assert "Select each body once" in text_of(client.post(address, twice))
        assert client.post(address, {"form-TOTAL_FORMS": "many"}).status_code == 200
        assert not recommendation.assignments.exists()

    def test_edit_and_withdraw(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        part = assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        client, edit = signed_in(cast.sam), reverse("edit_assignment", args=[part.pk])
        data = {"is_lead": "False", "version": "1", **boxes("first_target_on", dt.date(2026, 9, 1))}
        assert client.post(edit, data).status_code == 302
        part.refresh_from_db()
        assert (part.is_lead, part.first_target_on) == (False, dt.date(2026, 9, 1))
        assert 'name="first_target_on_day"' not in text_of(client.get(edit))
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"is_lead": "True"}))
        assert client.post(reverse("withdraw_assignment", args=[part.pk])).status_code == 302
        assert not Assignment.objects.exists()

    def test_not_withdrawn_after_the_notice(self, cast: Cast) -> None:
        part = cast.assignment()
        answer = signed_in(cast.sam).post(reverse("withdraw_assignment", args=[part.pk]))
        assert "correct whom it is addressed to" in text_of(answer)

    def test_the_way_to_take_a_notice_back_is_there_while_it_can_be(self, cast: Cast) -> None:
        part, client = cast.assignment(), signed_in(cast.sam)
        page = reverse("edit_assignment", args=[part.pk])
        assert "Sent by mistake? Take it back" in text_of(client.get(page))
        cast.response(part)
        assert "Sent by mistake? Take it back" not in text_of(client.get(page))
