"""What an import made goes only while that import is undone, by one action, as a whole. All else is tried, past our code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from committee.database_roles import grant_to_site
from recommendations.actions import imports
from recommendations.lifecycle import Decision, Outcome
from recommendations.lifecycle.imported import (
    ImportedOutcome,
    ImportedOwner,
    ImportedStep,
    NewBody,
    NewInquiry,
)
from recommendations.models import ImportBatch, ImportChange, Inquiry
from recommendations.models.imports import MADE
from script.postgres import SITE_ROLE
from tests.factories import Cast
from tests.imports import MARCH, a_line, an_update, bring_in, day

pytestmark = pytest.mark.django_db(transaction=True)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def together(*statements: tuple[Any, ...]) -> None:
    with transaction.atomic():
        for statement in statements:
            sql(*statement)


def refused(message: str, *statements: tuple[Any, ...]) -> None:
    """Carry out the statements in one transaction of their own, which is refused."""
    with pytest.raises(DatabaseError, match=message):
        together(*statements)


def first_made(table: str, batch: ImportBatch) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id) FROM {table} WHERE import_batch_id = %s", [batch.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    inquiry = cast.inquiry()
    cast.recommendation(inquiry, number="9")
    return cast.publish(inquiry)


@pytest.fixture
def batch(cast: Cast, inquiry: Inquiry) -> ImportBatch:
    """An import that made a row of every kind."""
    own = inquiry.recommendations.get()
    return bring_in(
        cast,
        [
            a_line(
                cast,
                1,
                inquiry=inquiry.pk,
                owners=(ImportedOwner("new:trust"),),
                response=Decision.REJECTED,
                earlier_targets=(MARCH,),
                target=day(2025, 6, 30),
                updates=(an_update("Nothing yet."),),
                steps=(ImportedStep("Survey"),),
                outcome=ImportedOutcome(Outcome.KEEP, day(2025, 2, 3)),
            ),
            a_line(cast, 2, inquiry="new:parks"),
            a_line(
                cast,
                3,
                inquiry=inquiry.pk,
                text=f"{own.text} Soon.",
                reference=own.reference,
                number="8",
                rewords=True,
                renumbers=True,
            ),
        ],
        new_bodies=[NewBody("trust", "Testshire Learning Trust", "trust").to_json()],
        new_inquiries=[NewInquiry("parks", "Parks", published_on=day(2022, 3, 1)).to_json()],
    )


@pytest.fixture(params=["owner", "site"], autouse=True)
def role(request: pytest.FixtureRequest, batch: ImportBatch) -> Iterator[str]:
    """Act as the owner of the tables, and as the role that runs the site."""
    if request.param == "site":
        grant_to_site(connection, SITE_ROLE)
        sql(f"SET ROLE {SITE_ROLE}")
    yield request.param
    sql("RESET ROLE")


STATE = "UPDATE recommendations_importbatch SET state = %s WHERE id = %s"
UNDONE = "UPDATE recommendations_importbatch SET state = 'undone', undone_at = now(), undone_by_id = applied_by_id WHERE id = %s"


def test_there_is_a_row_of_every_kind(batch: ImportBatch):
    without = [table for table in MADE if first_made(table, batch) is None]
    assert without == ["recommendations_post"]


def test_no_row_goes_by_itself(batch: ImportBatch):
    for table in MADE:
        pk = first_made(table, batch)
        if pk is not None and table not in (
            "recommendations_body",
            "recommendations_meeting",
            "recommendations_milestone",
        ):
            refused("never deleted|stay there", (f"DELETE FROM {table} WHERE id = %s", pk))


def test_no_row_takes_another_import_or_none(batch: ImportBatch):
    for table in MADE:
        pk = first_made(table, batch)
        if pk is not None:
            refused(
                "rows of its own|never changed",
                (f"UPDATE {table} SET import_batch_id = NULL WHERE id = %s", pk),
            )


def test_no_row_that_an_import_did_not_make_takes_one(cast: Cast, batch: ImportBatch):
    own = cast.assignment()
    refused(
        "rows of its own",
        ("UPDATE recommendations_assignment SET import_batch_id = %s WHERE id = %s", batch.pk, own.pk),
    )
    refused(
        "rows of its own",
        (
            "INSERT INTO recommendations_post (version, body_id, title, sort_key, import_batch_id)"
            " VALUES (1, %s, 'Head', 'head', %s)",
            cast.cabinet.pk,
            batch.pk,
        ),
    )


def test_an_import_is_not_said_to_be_undone_or_applied(batch: ImportBatch):
    refused("Invalid transition", (STATE, "undone", batch.pk))
    claim = "UPDATE recommendations_importbatch SET undone_in = this_transaction() WHERE id = %s"
    refused("never deleted", (claim, batch.pk), ("DELETE FROM recommendations_response",))
    claim = "UPDATE recommendations_importbatch SET applied_in = this_transaction() WHERE id = %s"
    refused("never changed", (claim, batch.pk))
    refused("begins with reading", (_copied("applied"), batch.pk))
    refused("begins with reading", (_copied("undone"), batch.pk))


def _copied(state: str) -> str:
    columns = [str(field.column) for field in ImportBatch._meta.concrete_fields if not field.primary_key]
    values = [
        f"'{state}'" if name == "state" else f"'x{state}'" if name == "sha256" else name for name in columns
    ]
    return (
        f"INSERT INTO recommendations_importbatch ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM recommendations_importbatch WHERE id = %s"
    )


def test_it_is_not_undone_in_part(batch: ImportBatch):
    begin = [(STATE, "undoing", batch.pk), (UNDONE, batch.pk)]
    refused("undone as a whole", *begin)
    refused(
        "undone as a whole",
        *begin,
        ("DELETE FROM recommendations_response WHERE import_batch_id = %s", batch.pk),
    )
    everything = [(f"DELETE FROM {table} WHERE import_batch_id = %s", batch.pk) for table in MADE]
    told = (
        "UPDATE recommendations_importrow SET recommendation_id = NULL, assignments = '{}', written = false",
    )
    # The number and the words that it changed have to be as they were, too.
    refused("undone as a whole", *begin, told, *everything)


def test_undoing_one_import_lets_no_row_of_another_go(cast: Cast, inquiry: Inquiry, batch: ImportBatch):
    other = bring_in(
        cast, [a_line(cast, 7, inquiry=inquiry.pk, response=Decision.REJECTED)], name="other.xlsx"
    )
    begin = [(STATE, "undoing", other.pk), (UNDONE, other.pk)]
    refused(
        "never deleted", *begin, ("DELETE FROM recommendations_response WHERE import_batch_id = %s", batch.pk)
    )


def test_what_it_changed_is_not_forgotten_while_it_is_undone(batch: ImportBatch):
    begin = [(STATE, "undoing", batch.pk), (UNDONE, batch.pk)]
    refused("never deleted", *begin, ("DELETE FROM recommendations_importchange",))


def test_undoing_changes_nothing_to_what_it_was_not(inquiry: Inquiry, batch: ImportBatch):
    own = inquiry.recommendations.get(number="8")
    begin = [(STATE, "undoing", batch.pk), (UNDONE, batch.pk)]
    refused(
        "only corrected",
        *begin,
        ("UPDATE recommendations_recommendation SET number = '7' WHERE id = %s", own.pk),
    )
    refused(
        "only with a reason",
        *begin,
        ("UPDATE recommendations_recommendation SET text = 'Other' WHERE id = %s", own.pk),
    )
    refused(
        "only corrected",
        *begin,
        ("UPDATE recommendations_recommendation SET number = '9', heading = 'Other' WHERE id = %s", own.pk),
    )


def test_an_import_and_what_it_changed_stay(batch: ImportBatch):
    change = ImportChange.objects.earliest("pk")
    refused("never deleted", ("DELETE FROM recommendations_importbatch WHERE id = %s", batch.pk))
    refused(
        "never changed",
        ("UPDATE recommendations_importbatch SET file_name = 'other' WHERE id = %s", batch.pk),
    )
    refused("never deleted", ("DELETE FROM recommendations_importchange WHERE id = %s", change.pk))
    refused(
        "never changed", ("UPDATE recommendations_importchange SET before = '{}' WHERE id = %s", change.pk)
    )
    refused(
        "being applied",
        (
            "INSERT INTO recommendations_importchange (batch_id, table_name, row_key, before, after)"
            " VALUES (%s, 'recommendations_recommendation', 1, '{}', '{}')",
            batch.pk,
        ),
    )


def test_undone_by_its_action_all_of_it_goes(cast: Cast, batch: ImportBatch):
    imports.undo_import(by=cast.sam, batch=batch)
    assert [first_made(table, batch) for table in MADE] == [None] * len(MADE)
