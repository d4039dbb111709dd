"""Opening exempt text to everybody: by whom, of what, and once."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.actions import exempt
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Decision, Role
from recommendations.models import ExemptOpening, Membership
from tests.factories import Cast, fresh

EXEMPT: dict[str, Any] = {
    "exempt_text": "The price was £1.",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


class TestOpenExempt:
    def test_the_text_of_an_update_and_of_a_response(self, cast: Cast) -> None:
        assignment = cast.assignment()
        response = cast.response(assignment, Decision.IN_PART, **EXEMPT)
        update = cast.published(assignment, **EXEMPT)
        for thing in (response, update):
            opening = exempt.open_exempt(by=cast.sam, thing=thing, reason="  The contract is signed. ")
            assert (opening.opened_by, opening.reason) == (cast.sam, "The contract is signed.")
        assert ExemptOpening.objects.count() == 2

    def test_not_by_somebody_who_may_not_see_it(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), **EXEMPT)
        Membership.objects.filter(user=cast.sam, role=Role.SCRUTINY_OFFICER).update(sees_exempt=False)
        with pytest.raises(ActionDenied, match="does not have the right to see"):
            exempt.open_exempt(by=fresh(cast.sam), thing=update, reason="It is signed")

    def test_not_where_there_is_none(self, cast: Cast) -> None:
        update = cast.published(cast.assignment())
        with pytest.raises(ActionDenied, match="no exempt text"):
            exempt.open_exempt(by=cast.sam, thing=update, reason="It is signed")

    def test_not_before_it_is_published(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment(), **EXEMPT)
        with pytest.raises(ActionDenied, match="not published yet"):
            exempt.open_exempt(by=cast.sam, thing=update, reason="It is signed")

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_not_without_a_reason(self, cast: Cast, reason: str) -> None:
        update = cast.published(cast.assignment(), **EXEMPT)
        with pytest.raises(ActionDenied, match="Enter why") as denied:
            exempt.open_exempt(by=cast.sam, thing=update, reason=reason)
        assert denied.value.field == "reason"

    def test_not_twice(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), **EXEMPT)
        exempt.open_exempt(by=cast.sam, thing=update, reason="It is signed")
        with pytest.raises(ActionDenied, match="already opened"):
            exempt.open_exempt(by=cast.sam, thing=update, reason="It is signed")
        assert ExemptOpening.objects.get().reason == "It is signed"
