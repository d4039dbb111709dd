"""What the role that runs the site may not do, whatever SQL it sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from committee.audit.models import AuditEntry
from committee.database_roles import grant_to_site, powers_over_history
from script.postgres import SITE_ROLE
from tests.factories import Cast

TABLE = "audit_auditentry"


def run(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def site_role(cast: Cast) -> Iterator[None]:
    """Act as the site's role, in a database with some history."""
    cast.published(cast.assignment())
    run("SET CONSTRAINTS ALL IMMEDIATE")
    grant_to_site(connection, SITE_ROLE)
    run(f"SET ROLE {SITE_ROLE}")
    yield
    run("RESET ROLE")


@pytest.mark.usefixtures("site_role")
class TestTheSite:
    @pytest.mark.parametrize(
        "statement",
        [
            f"TRUNCATE {TABLE}",
            f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
            f"ALTER TABLE {TABLE} RENAME TO other",
            f"DROP TABLE {TABLE} CASCADE",
            f"CREATE TEMPORARY TABLE {TABLE} (id int)",
            "CREATE TABLE other (id int)",
            "CREATE SCHEMA other",
            f"CREATE TRIGGER other BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger()",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
            " LANGUAGE sql AS 'SELECT true'",
        ],
    )
    def test_is_refused(self, statement: str) -> None:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            run(statement)

    def test_cannot_ignore_a_trigger(self) -> None:
        assert AuditEntry.objects.exists()
        with (
            pgtrigger.ignore(),
            pytest.raises(DatabaseError, match="Audit entries are never changed"),
            transaction.atomic(),
        ):
            AuditEntry.objects.update(address="192.0.2.1")

    def test_has_no_powers_over_history(self) -> None:
        assert powers_over_history(connection) == []


@pytest.mark.django_db
def test_the_owner_has_powers_over_history_and_may_ignore_triggers(cast: Cast) -> None:
    cast.published(cast.assignment())
    assert powers_over_history(connection) == ["it owns the tables"]
    with pgtrigger.ignore():
        AuditEntry.objects.update(address="192.0.2.1")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEntry.objects.update(address="192.0.2.2")
