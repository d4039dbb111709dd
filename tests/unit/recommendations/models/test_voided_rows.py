"""What the database lets the role that runs the site do with what was recorded in error, past all our code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from recommendations.actions import corrections, target_dates
from recommendations.lifecycle import Grade, Outcome
from recommendations.models import Correction, EarlierValue, TargetChange
from recommendations.models.corrections import VOIDED
from tests.database_guards import refused, run
from tests.factories import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_role")]

ASKED = dt.date(2026, 12, 31)


@pytest.fixture
def rows(cast: Cast) -> dict[str, Any]:
    """One row of each kind that can be recorded in error as a whole, by the name of its kind."""
    part = cast.assignment()
    asked = target_dates.request_new_date(by=cast.olive, assignment=part, new_date=ASKED, reason="A permit.")
    return {
        "assignment": part,
        "recommendation": part.recommendation,
        "response": cast.response(part),
        "assessment": cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP),
        "targetchange": cast.agree(asked),
    }


def correct(cast: Cast, subject: str, row: Any, replacing: Any = None, **other: Any) -> tuple[str, list[Any]]:
    """The statement that records a correction of the row, and its values."""
    said = {f"{subject}_id": row.pk, "voids": True, **other}
    if replacing is not None:
        said[f"replacing_{subject}_id"] = replacing.pk
    names = ", ".join(said)
    statement = (
        f"INSERT INTO recommendations_correction ({names}, before, after, reason, corrected_at, corrected_by_id, transaction)"
        f" VALUES ({', '.join(['%s'] * len(said))}, '{{}}', '{{}}', 'Typed wrong.', moment_of_change(), %s, '')"
    )
    return statement, [*said.values(), cast.sam.pk]


@pytest.mark.parametrize(("subject", "column"), VOIDED.items())
def test_no_row_begins_as_recorded_in_error(rows: dict[str, Any], subject: str, column: str) -> None:
    row = rows[subject]
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        names = [name for (name,) in cursor]
    values = {"id": "-1", column: "now()"}
    refused(
        "only voided by its correction",
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values.get(name, name) for name in names)}"
        f" FROM {table} WHERE id = %s",
        row.pk,
    )


@pytest.mark.parametrize("subject", VOIDED)
def test_a_row_is_voided_once(cast: Cast, rows: dict[str, Any], subject: str) -> None:
    statement, values = correct(cast, subject, rows[subject])
    run(statement, *values)
    refused("only voided by its correction|_once", statement, *values)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("subject", ["response", "assessment", "assignment", "targetchange"])
def test_no_row_takes_its_own_place(cast: Cast, rows: dict[str, Any], subject: str) -> None:
    statement, values = correct(cast, subject, rows[subject], rows[subject])
    refused(f"correction_replaces_{subject}|of the same part", statement, *values)


def test_what_takes_the_place_of_a_row_is_of_its_kind(cast: Cast, rows: dict[str, Any]) -> None:
    strange = {"replacing_assessment_id": rows["assessment"].pk}
    statement, values = correct(cast, "targetchange", rows["targetchange"], **strange)
    refused("correction_replaces_assessment", statement, *values)


def test_nothing_takes_the_place_of_what_stands(cast: Cast, rows: dict[str, Any]) -> None:
    other = cast.verdict(rows["assignment"], Grade.CONCERNS, Outcome.KEEP)
    statement, values = correct(cast, "assessment", rows["assessment"], other, voids=False)
    refused("correction_replaces_assessment", statement, *values)


@pytest.mark.parametrize("subject", ["response", "targetchange"])
def test_what_takes_its_place_is_of_the_same_part(cast: Cast, rows: dict[str, Any], subject: str) -> None:
    part = cast.assignment(body=cast.cabinet)
    asked = target_dates.request_new_date(by=cast.olive, assignment=part, new_date=ASKED, reason="A permit.")
    other = {"response": cast.response(part), "targetchange": asked}[subject]
    statement, values = correct(cast, subject, rows[subject], other)
    refused("of the same part, and recorded after it", statement, *values)


def test_a_decision_is_not_before_its_request(cast: Cast) -> None:
    asked = target_dates.request_new_date(
        by=cast.olive, assignment=cast.assignment(), new_date=ASKED, reason="A permit."
    )
    refused(
        "target_day_of_a_decision",
        "UPDATE recommendations_targetchange SET state = 'agreed', decided_at = moment_of_change(), decided_by_id = %s,"
        " decided_as = 'chair', decided_day = '1990-01-01' WHERE id = %s",
        cast.sam.pk,
        asked.pk,
    )


def test_only_a_change_keeps_an_earlier_value(cast: Cast, rows: dict[str, Any]) -> None:
    change = rows["targetchange"]
    corrections.correct_date_decision(by=cast.sam, change=change, reason="Typed wrong.")
    kept = EarlierValue.objects.filter(table_name=TargetChange._meta.db_table)
    assert [one.row_id for one in kept] == [change.pk]
    refused(
        "kept only by a change",
        "INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)"
        " VALUES ('recommendations_targetchange', %s, '{}', moment_of_change(), false)",
        change.pk,
    )
