"""No row of history is recorded as of a moment that is still to come, past all our code."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import models
from django.utils import timezone

from committee import clock
from recommendations.actions import corrections
from recommendations.models import Correction, EarlierValue
from script.postgres import SITE_ROLE
from tests.database_guards import our_models, refused, run, triggers_on
from tests.factories import Cast

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

    def test_is_refused_whatever_moment_the_session_names(self, cast: Cast) -> None:
        cast.draft(cast.assignment())
        run("SELECT set_config('tracker.moment', (now() + interval '2 years')::text, true)")
        refused("still to come", "UPDATE recommendations_update SET saved_at = now() + interval '1 year'")

    def test_is_refused_of_a_meeting_whatever_moment_the_session_names(self, cast: Cast) -> None:
        cast.meeting(clock.today())
        run("SELECT set_config('tracker.moment', (now() + interval '2 years')::text, true)")
        refused(
            "still to come was not held",
            "UPDATE recommendations_meeting SET state = 'held', held_on = now() + interval '1 year'",
        )

    def test_is_not_that_of_what_stood_until_then(self, cast: Cast) -> None:
        run("SELECT set_config('tracker.moment', (now() + interval '2 years')::text, true)")
        run(f"SET ROLE {SITE_ROLE}")
        run("UPDATE recommendations_body SET name = name || ' Board' WHERE id = %s", cast.committee.pk)
        until = EarlierValue.objects.values_list("replaced_at", flat=True).latest("id")
        assert until < timezone.now() + dt.timedelta(minutes=1)
