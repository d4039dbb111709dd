"""What is confirmed is put back by two people of the staff of the committee whose record it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import withholdings
from recommendations.actions.base import ActionDenied
from recommendations.actions.bodies import add_body
from recommendations.actions.inquiries import open_inquiry
from recommendations.actions.put_back_proposals import (
    agree_put_back,
    decline_put_back,
    propose_put_back,
    withdraw_put_back,
)
from recommendations.actions.recommendations import add_recommendation
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import BodyKind, PutBackState, Role, WithholdingGround, WithholdingState
from recommendations.models import PutBackProposal, Update, Withholding
from recommendations.queries import withheld_places
from recommendations.queries.withheld_excerpts import places_for
from recommendations.queries.withheld_records import may_decide, records_of, steps_for, to_decide
from tests.factories import Cast, person

NAME = "Tamsin Quill"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It names a child."}
ENDED = "The order ended."


@pytest.fixture
def update(cast: Cast) -> Update:
    return cast.published(cast.assignment(), progress=f"About {NAME}.")


@pytest.fixture
def withholding(cast: Cast, update: Update) -> Withholding:
    """One that Sam withheld and Carla confirmed."""
    made = withholdings.withhold_words(by=cast.sam, words=NAME, **WHY)
    return withholdings.confirm_withholding(by=cast.carla, withholding=made)


def words(update: Update) -> str:
    return Update.objects.get(pk=update.pk).progress


class TestTwo:
    def test_nobody_puts_back_alone_what_is_confirmed(
        self, cast: Cast, update: Update, withholding: Withholding
    ) -> None:
        for who in (cast.sam, cast.carla, cast.admin):
            with pytest.raises(ActionDenied, match="two people to put it back"):
                withholdings.put_back(by=who, withholding=withholding, reason=ENDED)
        assert NAME not in words(update)

    @pytest.mark.parametrize(("one", "other"), [("carla", "sam"), ("sam", "carla"), ("admin", "sam")])
    def test_one_proposes_and_another_agrees(
        self, cast: Cast, update: Update, withholding: Withholding, one: str, other: str
    ) -> None:
        propose_put_back(by=getattr(cast, one), withholding=withholding, reason=ENDED)
        assert NAME not in words(update)
        with pytest.raises(ActionDenied, match="Somebody else than the person who proposed it"):
            agree_put_back(by=getattr(cast, one), withholding=withholding)
        with pytest.raises(ActionDenied, match="Somebody else than the person who proposed it"):
            decline_put_back(by=getattr(cast, one), withholding=withholding, reason="No")
        agree_put_back(by=getattr(cast, other), withholding=withholding)
        assert words(update) == f"About {NAME}."
        withholding = Withholding.objects.get()
        assert withholding.state == WithholdingState.PUT_BACK
        assert withholding.decided_by == cast.carla, "who confirmed it stays known"
        assert withholding.agreed is not None
        assert withholding.agreed.reason == ENDED

    def test_declined_it_stays_and_may_be_proposed_again(
        self, cast: Cast, update: Update, withholding: Withholding
    ) -> None:
        propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)
        with pytest.raises(ActionDenied, match="Enter why it stays") as denied:
            decline_put_back(by=cast.sam, withholding=withholding, reason=" ")
        assert denied.value.field == "reason"
        decline_put_back(by=cast.sam, withholding=withholding, reason="It did not.")
        with pytest.raises(ActionDenied, match="Nobody proposes"):
            agree_put_back(by=cast.sam, withholding=withholding)
        assert NAME not in words(update)
        propose_put_back(by=cast.carla, withholding=withholding, reason="Now it did.")
        assert [one.state for one in PutBackProposal.objects.all()] == ["open", "declined"]

    def test_withdrawn_by_who_proposed_it_alone(self, cast: Cast, withholding: Withholding) -> None:
        propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)
        with pytest.raises(ActionDenied, match="Only who proposed it"):
            withdraw_put_back(by=cast.sam, withholding=withholding)
        withdraw_put_back(by=cast.carla, withholding=withholding)
        assert PutBackProposal.objects.get().state == PutBackState.WITHDRAWN
        with pytest.raises(ActionDenied, match="Nobody proposes"):
            withdraw_put_back(by=cast.carla, withholding=withholding)

    def test_proposed_once_at_a_time_with_a_reason_without_the_words(
        self, cast: Cast, withholding: Withholding
    ) -> None:
        with pytest.raises(ActionDenied, match="Enter why"):
            propose_put_back(by=cast.carla, withholding=withholding, reason=" ")
        with pytest.raises(ActionDenied, match="Leave out the words"):
            propose_put_back(by=cast.carla, withholding=withholding, reason=f"{NAME} is no child.")
        propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)
        with pytest.raises(ActionDenied, match="Agree or decline"):
            propose_put_back(by=cast.sam, withholding=withholding, reason=ENDED)

    def test_what_nobody_confirmed_is_decided_by_one_second_person(self, cast: Cast, update: Update) -> None:
        made = withholdings.withhold_words(by=cast.sam, words=NAME, **WHY)
        with pytest.raises(ActionDenied, match="a second person can put it back at once"):
            propose_put_back(by=cast.carla, withholding=made, reason=ENDED)
        withholdings.put_back(by=cast.carla, withholding=made, reason=ENDED)
        assert NAME in words(update)


class TestErasing:
    def test_waits_while_it_is_proposed_to_put_it_back(self, cast: Cast, withholding: Withholding) -> None:
        propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)
        with pytest.raises(ActionDenied, match="Somebody proposes to put it back"):
            withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        withdraw_put_back(by=cast.carla, withholding=withholding)
        withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        with pytest.raises(ActionDenied, match="erased already"):
            propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)


def test_a_name_in_a_reason_is_found_and_shown(cast: Cast, withholding: Withholding) -> None:
    propose_put_back(by=cast.carla, withholding=withholding, reason="Rufus Thorn asked for it.")
    found = withheld_places.find(["Rufus Thorn"])
    places = places_for(cast.sam, found, withheld_places.spans_of(["Rufus Thorn"]))
    [shown] = places.shown
    assert (shown.thing, shown.column, shown.of) == (
        "Proposal to put back what was withheld",
        "reason",
        f"Withholding {withholding.pk}",
    )
    withholdings.withhold_words(by=cast.sam, words="Rufus Thorn", **WHY)
    assert PutBackProposal.objects.get().reason.startswith("[withheld on")


class TestWhoseRecordItIs:
    @pytest.mark.parametrize("who", ["oscar", "colin", "nobody", "olive"])
    def test_others_neither_propose_nor_agree(self, cast: Cast, withholding: Withholding, who: str) -> None:
        with pytest.raises(PermissionDenied):
            propose_put_back(by=getattr(cast, who), withholding=withholding, reason=ENDED)
        propose_put_back(by=cast.carla, withholding=withholding, reason=ENDED)
        with pytest.raises(PermissionDenied):
            agree_put_back(by=getattr(cast, who), withholding=withholding)
        with pytest.raises(PermissionDenied):
            decline_put_back(by=getattr(cast, who), withholding=withholding, reason="No")
        assert steps_for(getattr(cast, who), withholding).why_not
        assert to_decide(getattr(cast, who)) == []

    def test_of_two_committees_takes_somebody_of_both(self, cast: Cast, update: Update) -> None:
        theirs = open_inquiry(by=cast.oscar, committee=cast.other_committee, title="Buses", reference="B 1")
        add_recommendation(
            by=cast.oscar, inquiry=theirs, number="1", heading="A bus", text=f"That {NAME} has one."
        )
        made = withholdings.withhold_words(by=cast.admin, words=NAME, **WHY)
        assert len(records_of(made)) == 2
        assert not may_decide(cast.sam, made)
        assert not may_decide(cast.oscar, made)
        assert may_decide(cast.carla, made)  # a clerk of the whole council

    def test_of_another_council_is_not_for_a_clerk_of_this_one(self, cast: Cast, update: Update) -> None:
        council = add_body(by=cast.admin, name="Othershire Council", kind=BodyKind.COUNCIL)
        clerk = person("Cleo Clerk", (Role.CLERK, council))
        made = withholdings.withhold_words(by=clerk, words=NAME, **WHY)
        other = person("Clive Clerk", (Role.CLERK, council))
        assert not may_decide(other, made)
        with pytest.raises(PermissionDenied):
            withholdings.confirm_withholding(by=other, withholding=made)

    def test_of_nobody_is_for_administrators(self, cast: Cast) -> None:
        add_theme(by=cast.sam, name="Quill Road")
        made = withholdings.withhold_words(by=cast.sam, words="Quill", **WHY)
        assert not may_decide(cast.carla, made)
        assert may_decide(cast.admin, made)
