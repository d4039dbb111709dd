"""No row of history is recorded as of a moment that is still to come, past all our code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from committee.audit.models import AuditEntry
from committee.database_roles import grant_to_site
from recommendations.actions import corrections
from recommendations.models import (
    Correction,
)
from script.postgres import SITE_ROLE
from tests.factories import Cast


@pytest.fixture
def site_role(cast: Cast) -> Iterator[None]:
    """Act as the role that runs the site, once the test has made what it needs."""
    grant_to_site(connection, SITE_ROLE)
    yield
    run("RESET ROLE")


def run(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def refused(message: str, statement: str, *parameters: Any) -> None:
    """See the database refuse a statement of the role that runs the site."""
    run(f"SET ROLE {SITE_ROLE}")
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        run(statement, *parameters)


def our_models() -> list[Any]:
    ours: list[Any] = [
        *apps.get_app_config("recommendations").get_models(include_auto_created=True),
        AuditEntry,
    ]
    return [one for one in ours if not one._meta.proxy]


def triggers_on(model: Any) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table, also those that a proxy of it declares."""
    return [
        trigger
        for one in apps.get_models(include_auto_created=True)
        if one._meta.db_table == model._meta.db_table
        for trigger in getattr(one._meta, "triggers", [])
    ]


MAY_BE_AHEAD = {
    "Pack.as_at": "the record as it will stand is asked for as of a day",
    "RespondentLink": "until when a link is valid, and when a code was sent: no history",
    "Notice": "when it was found due: what was told is in the outbox",
    "PackTemplate": "a template is no history",
}
"""Moments that may be recorded as still to come, and why: of a whole table, or one column."""


@pytest.mark.parametrize("model", our_models(), ids=lambda one: one.__name__)
def test_no_moment_of_history_is_recorded_ahead(model: type[models.Model]) -> None:
    name = model.__name__
    moments = {
        one.column
        for one in model._meta.concrete_fields
        if isinstance(one, models.DateTimeField) and not {name, f"{name}.{one.name}"} & MAY_BE_AHEAD.keys()
    }
    guards = [str(one.func) for one in triggers_on(model) if one.name == "never_ahead"]
    assert {one for one in moments if not any(f"NEW.{one} > latest" in guard for guard in guards)} == set()


@pytest.mark.usefixtures("site_role")
class TestAMomentToCome:
    def test_is_refused_of_a_correction(self, cast: Cast) -> None:
        part = cast.assignment()
        corrections.correct_recommendation(
            by=cast.sam, recommendation=part.recommendation, heading="Crossings", reason="A slip."
        )
        columns = [str(one.column) for one in Correction._meta.concrete_fields if one.column != "id"]
        others = ", ".join(one for one in columns if one != "corrected_at")
        refused(
            "still to come",
            f"INSERT INTO recommendations_correction (corrected_at, {others})"
            f" SELECT now() + interval '2 years', {others} FROM recommendations_correction",
        )

    def test_is_refused_of_an_update(self, cast: Cast) -> None:
        cast.draft(cast.assignment())
        refused("still to come", "UPDATE recommendations_update SET saved_at = now() + interval '2 years'")
