"""Opening exempt text to the public."""

from __future__ import annotations

import pytest
from django.urls import reverse

from recommendations.models import (
    ExemptOpening,
    Response,
)
from tests.clients import signed_in, text_of
from tests.factories import Cast

pytestmark = pytest.mark.django_db


class TestOpenExempt:
    @pytest.fixture
    def response(self, cast: Cast) -> Response:
        return cast.response(
            cast.assignment(),
            exempt_text="The price is 10.",
            exempt_paragraphs=[3],
            public_summary="A price was named.",
        )

    def test_open(self, cast: Cast, response: Response) -> None:
        client, address = signed_in(cast.sam), reverse("open_exempt", args=["response", response.pk])
        assert "The price is 10." in text_of(client.get(address))
        assert "no longer exempt and who decided so" in text_of(client.post(address, {"reason": ""}))
        assert client.post(address, {"reason": "The contract is signed."}).status_code == 302
        assert ExemptOpening.objects.get().reason == "The contract is signed."
        assert client.get(address).status_code == 302

    def test_without_the_right_to_exempt_text(self, cast: Cast, response: Response) -> None:
        cast.sam.memberships.update(sees_exempt=False)
        client, address = signed_in(cast.sam), reverse("open_exempt", args=["response", response.pk])
        words = text_of(client.get(address))
        assert "The price is 10." not in words
        assert "does not have the right to see this exempt text" in words
        client.post(address, {"reason": "I say so."})
        assert not ExemptOpening.objects.exists()

    def test_who_may(self, cast: Cast, response: Response) -> None:
        address = reverse("open_exempt", args=["response", response.pk])
        for who in (cast.nobody, cast.colin, cast.ada, cast.oscar):
            assert signed_in(who).get(address).status_code == 403
        assert signed_in(cast.sam).get(reverse("open_exempt", args=["update", 1])).status_code == 404
        assert signed_in(cast.sam).get("/workspace/exempt/finding/1/").status_code == 404
