"""What the database lets anybody do with a proposal to put back: two persons, and nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from committee.database_roles import grant_to_site
from recommendations.actions import withholdings
from recommendations.actions.put_back_proposals import decline_put_back, propose_put_back
from recommendations.lifecycle import WithholdingGround
from recommendations.models import PutBackProposal, Withholding
from script.postgres import SITE_ROLE
from tests.factories import Cast
from tests.unit.recommendations.models.test_withholdings import refused, sql

pytestmark = pytest.mark.django_db(transaction=True)

PROPOSE = (
    "INSERT INTO recommendations_putbackproposal (withholding_id, reason, proposed_at, proposed_by_id, state, decision_reason)"
    " VALUES (%s, %s, now(), %s, %s, '')"
)
DECIDE = "UPDATE recommendations_putbackproposal SET state = %s, decided_at = now(), decided_by_id = %s, decision_reason = %s"
PUT_BACK = "UPDATE recommendations_withholding SET state = 'put_back'"
ERASE = "UPDATE recommendations_withholding SET state = 'erased', erased_at = now(), erased_by_id = %s"


@pytest.fixture(params=["owner", "site"], autouse=True)
def role(request: pytest.FixtureRequest, cast: Cast) -> Iterator[str]:
    """Act as the owner of the tables, and as the role that runs the site."""
    if request.param == "site":
        grant_to_site(connection, SITE_ROLE)
        sql(f"SET ROLE {SITE_ROLE}")
    yield request.param
    sql("RESET ROLE")


@pytest.fixture
def hidden(cast: Cast) -> Withholding:
    cast.published(cast.assignment(), progress="We spoke to Tamsin Quill in May.")
    return withholdings.withhold_words(
        by=cast.sam,
        words="Tamsin Quill",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )


@pytest.fixture
def confirmed(cast: Cast, hidden: Withholding) -> Withholding:
    return withholdings.confirm_withholding(by=cast.carla, withholding=hidden)


@pytest.fixture
def proposed(cast: Cast, confirmed: Withholding) -> Withholding:
    return propose_put_back(by=cast.carla, withholding=confirmed, reason="The order ended.")


def test_only_what_is_confirmed_is_proposed(cast: Cast, hidden: Withholding) -> None:
    refused("Only what is confirmed", (PROPOSE, hidden.pk, "Why", cast.carla.pk, "open"))


def test_it_begins_undecided_with_a_reason_and_once(cast: Cast, confirmed: Withholding) -> None:
    refused("another person decides", (PROPOSE, confirmed.pk, "Why", cast.carla.pk, "agreed"))
    refused("put_back_has_reason", (PROPOSE, confirmed.pk, "", cast.carla.pk, "open"))
    once: tuple[Any, ...] = (PROPOSE, confirmed.pk, "Why", cast.carla.pk, "open")
    refused("put_back_proposed_once", once, once)


@pytest.mark.parametrize("state", ["agreed", "declined"])
def test_two_persons_differ(cast: Cast, proposed: Withholding, state: str) -> None:
    refused("put_back_decided_by_another", (DECIDE, state, cast.carla.pk, "Why"))
    refused("put_back_decided_paired", (DECIDE, state, None, "Why"))


def test_others_withdraw_nothing_and_decline_with_a_reason(cast: Cast, proposed: Withholding) -> None:
    refused("put_back_withdrawn_by_proposer", (DECIDE, "withdrawn", cast.sam.pk, ""))
    refused("put_back_declined_with_reason", (DECIDE, "declined", cast.sam.pk, ""))


def test_what_is_confirmed_comes_back_with_an_agreed_proposal_alone(
    cast: Cast, confirmed: Withholding
) -> None:
    refused("put back by two", (PUT_BACK,))
    sql(PROPOSE, confirmed.pk, "Why", cast.carla.pk, "open")
    refused("put back by two", (PUT_BACK,))
    with transaction.atomic():
        sql(DECIDE, "agreed", cast.sam.pk, "")
        sql(PUT_BACK)


def test_who_confirmed_is_not_rewritten(cast: Cast, proposed: Withholding) -> None:
    agreed = (DECIDE, "agreed", cast.sam.pk, "")
    refused("only decided", agreed, (f"{PUT_BACK}, decided_by_id = %s", cast.admin.pk))


def test_nothing_is_erased_meanwhile(cast: Cast, proposed: Withholding) -> None:
    refused("Nothing is erased while", (ERASE, cast.admin.pk))
    decline_put_back(by=cast.sam, withholding=proposed, reason="It did not.")
    sql(ERASE, cast.admin.pk)
    refused("Only what is confirmed", (PROPOSE, proposed.pk, "Why", cast.carla.pk, "open"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recommendations_putbackproposal SET reason = 'Another'",
        "UPDATE recommendations_putbackproposal SET proposed_by_id = proposed_by_id + 1",
        "UPDATE recommendations_putbackproposal SET proposed_at = proposed_at - interval '1 day'",
        "UPDATE recommendations_putbackproposal SET decision_reason = 'Why'",
        "DELETE FROM recommendations_putbackproposal",
        "TRUNCATE recommendations_putbackproposal",
    ],
)
def test_what_was_proposed_stays(statement: str, proposed: Withholding) -> None:
    refused("never changed|never deleted|permission denied", (statement,))


def test_what_ended_stays_ended(cast: Cast, proposed: Withholding) -> None:
    decline_put_back(by=cast.sam, withholding=proposed, reason="It did not.")
    refused("transition", (DECIDE, "agreed", cast.sam.pk, ""))
    assert PutBackProposal.objects.get().decision_reason == "It did not."
