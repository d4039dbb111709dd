"""Two database roles: one that owns the tables and migrates, and one that runs the site.

Triggers keep published history append-only. Whoever owns a table can switch its triggers off, empty it or drop it, so
the role that runs the site does not own them: it reads and writes rows, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

OWNER_ALONE_IGNORES = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    ignored text := current_setting('pgtrigger.ignore', true);
BEGIN
    IF coalesce(ignored, '') = '' THEN
        RETURN false;
    END IF;
    RETURN trigger_name = ANY(ignored::text[]) AND pg_has_role(
        current_user,
        (SELECT proowner FROM pg_proc WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure),
        'USAGE'
    );
END;
$$
"""
"""What every trigger asks first. django-pgtrigger's own function lets any session ignore triggers by a setting; this one
lets only the owner."""

GRANTS = (
    "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",  # a temporary table would stand in for one of ours
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",  # only needed where the database was made before PostgreSQL 15
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Connect as the role of `DATABASE_OWNER_URL` in the block, if it is set; as before afterwards."""
    if not settings.DATABASE_OWNER:
        yield
        return
    usual: dict[str, Any] = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | settings.DATABASE_OWNER
    try:
        yield
        grant_to_site(connection, str(usual["USER"]))
    finally:
        connection.close()
        connection.settings_dict = usual


def grant_to_site(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the role that runs the site read and write rows of every table, and nothing else. Needs the owner."""
    names = {
        "database": sql.Identifier(str(connection.settings_dict["NAME"])),
        "role": sql.Identifier(role),
    }
    with connection.cursor() as cursor:
        for statement in GRANTS:
            cursor.execute(sql.SQL(statement).format(**names))


def let_only_the_owner_ignore_triggers(connection: BaseDatabaseWrapper) -> None:
    """Replace django-pgtrigger's function by which a session may ignore triggers. Needs the owner."""
    with connection.cursor() as cursor:
        cursor.execute(OWNER_ALONE_IGNORES)


def powers_over_history(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what the present role could do past the triggers, in words; empty if it is bound by them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(rolsuper), bool_or(rolreplication) FROM pg_roles WHERE rolname = current_user"
        )
        superuser, replication = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(bool_or(pg_has_role(current_user, relowner, 'USAGE')), false),"
            " coalesce(bool_or(has_table_privilege(oid, 'TRUNCATE')), false)"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        owner, truncates = cursor.fetchone()
        cursor.execute("SELECT has_database_privilege(current_database(), 'TEMPORARY')")
        (temporary,) = cursor.fetchone()
    found = {
        "it is a superuser": superuser,
        "it may replicate": replication,
        "it owns the tables": owner,
        "it may empty tables": truncates and not owner,
        "it may make temporary tables": temporary and not owner,
    }
    return [words for words, true in found.items() if true]
