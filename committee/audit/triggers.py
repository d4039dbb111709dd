"""Database triggers: the audit trail, and the rules that keep published history unchanged.

They live in the database so that no code path, shell or import can bypass them. Two changes pass every guard: words that
are taken out of a column, or put back, by a withholding in the same transaction; and rows that an import made, taken back by
its undoing in the same transaction. What these are only the domain knows, so the site's own `FUNCTIONS` know of none, and a
migration of the domain puts its functions in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pgtrigger

FUNCTIONS = """
CREATE FUNCTION only_withheld(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
CREATE FUNCTION withheld_columns(changed_table text, changed_row text) RETURNS text[]
LANGUAGE sql STABLE RETURN ARRAY[]::text[];
CREATE FUNCTION is_taken_back(made jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
CREATE FUNCTION only_changed_back(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
"""
"""Whether a row was changed by a withholding in this transaction and by nothing else, and from which columns of a row one
has taken words; whether the undoing of an import in this transaction takes the row back, or changes it back and nothing else:
of a site in which nothing is ever withheld or imported.
"""
DROP_FUNCTIONS = """
DROP FUNCTION only_withheld(text, jsonb, jsonb);
DROP FUNCTION withheld_columns(text, text);
DROP FUNCTION is_taken_back(jsonb);
DROP FUNCTION only_changed_back(text, jsonb, jsonb);
"""

UNLESS_WITHHELD = """
    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
"""
"""What begins a trigger before an update: let a withholding pass."""


UNLESS_UNDONE = """
    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
"""
"""What begins a trigger before an update or a delete: let the undoing of an import pass."""


MOMENT = "moment_of_change()"
"""When a change is made: the moment that the action gives to all its rows, else the database's own clock."""

MOMENT_FUNCTION = """
CREATE FUNCTION moment_of_change() RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    named timestamptz := nullif(current_setting('tracker.moment', true), '')::timestamptz;
BEGIN
    IF named <= clock_timestamp() + interval '1 minute' OR pg_has_role(
        current_user, (SELECT proowner FROM pg_proc WHERE oid = 'moment_of_change()'::regprocedure), 'USAGE'
    ) THEN
        RETURN coalesce(named, clock_timestamp());
    END IF;
    RETURN clock_timestamp();
END;
$$
"""
"""What `MOMENT` asks. Any session may name a moment by a setting, so one that is still to come counts for the owner of the
tables alone, who could switch the guards off as well. A minute is left for two machines' clocks.
"""
DROP_MOMENT_FUNCTION = "DROP FUNCTION moment_of_change()"


def never_ahead(*columns: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to say of a row that something happens to it later than now, in these columns.

    What everybody reads as history of that moment would be in no reading until then. A minute is left for an action that
    takes long, beside that which `MOMENT_FUNCTION` leaves.
    """
    ahead = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name} AND NEW.{name} > latest" for name in columns)
    return pgtrigger.Trigger(
        name="never_ahead",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition(" OR ".join(f"NEW.{name} IS NOT NULL" for name in columns)),
        declare=[("latest", "timestamptz")],
        func=f"""
            latest := greatest({MOMENT}, clock_timestamp()) + interval '1 minute';
            IF {ahead} THEN
                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


def audited(*, secret: Sequence[str] = (), unremarkable: Sequence[str] = ()) -> pgtrigger.Trigger:
    """Return a trigger that writes an AuditEntry for each insert, update and delete of a row.

    `secret` columns never enter the audit trail (exempt text, passwords); a change of one is recorded without its
    content. A change of `unremarkable` columns only is not recorded at all. What a withholding takes out of a column does
    not enter it either.
    """
    keys = ", ".join(f"'{name}'" for name in secret)
    ignored = ", ".join(f"'{name}'" for name in unremarkable)
    return pgtrigger.Trigger(
        name="audit",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("old_row", "jsonb"), ("new_row", "jsonb"), ("row_key", "text")],
        func=f"""
            IF TG_OP = 'INSERT' THEN
                new_row := to_jsonb(NEW);
                row_key := new_row->>'id';
            ELSIF TG_OP = 'DELETE' THEN
                old_row := to_jsonb(OLD);
                row_key := old_row->>'id';
            ELSE
                row_key := to_jsonb(NEW)->>'id';
                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)
                  INTO old_row, new_row
                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[{ignored}]::text[]) o
                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[{ignored}]::text[]) n USING (key)
                 WHERE o.value IS DISTINCT FROM n.value;
                IF new_row IS NULL THEN
                    RETURN NULL;
                END IF;
            END IF;
            INSERT INTO audit_auditentry
                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)
            VALUES (
                clock_timestamp(),
                nullif(current_setting('tracker.actor', true), '')::bigint,
                coalesce(current_setting('tracker.address', true), ''),
                coalesce(current_setting('tracker.request', true), ''),
                TG_TABLE_NAME, row_key, TG_OP,
                old_row - ARRAY[{keys}]::text[] - withheld_columns(TG_TABLE_NAME, row_key),
                new_row - ARRAY[{keys}]::text[]
            );
            RETURN NULL;
        """,
    )


def refuse(
    name: str,
    message: str,
    operation: pgtrigger.Operation | pgtrigger.Operations,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """Return a trigger that refuses `operation` on rows that meet `condition`, with `message`, unless it withholds or undoes
    an import.
    """
    quoted = message.replace("'", "''")
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"{UNLESS_WITHHELD} {UNLESS_UNDONE} RAISE EXCEPTION '{quoted}' USING ERRCODE = 'restrict_violation';",
    )


def only_transitions(field: str, transitions: Iterable[tuple[str, str]]) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change the field except as the table of transitions allows."""
    return pgtrigger.FSM(
        name=f"{field}_transitions",
        field=field,
        transitions=sorted((str(old), str(new)) for old, new in transitions),
    )


def append_only(
    what: str, condition: pgtrigger.Condition | None = None, *, but: Sequence[str] = ()
) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse to change, delete or truncate rows, or those that meet the condition on OLD.

    Only a withholding changes one: it puts a marker in the place of words. Only the undoing of the import that made one
    deletes it.

    A change of `but` columns alone is left to their own trigger.
    """
    names = ", ".join(f"'{name}'" for name in but)
    changed = pgtrigger.Condition(
        f"to_jsonb(OLD) - ARRAY[{names}]::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY[{names}]::text[]"
    )
    return [
        refuse(
            "never_changed",
            f"{what} are never changed, only followed by others",
            pgtrigger.Update,
            changed if but else condition,
        ),
        *never_deleted(what, condition),
    ]


def never_deleted(what: str, condition: pgtrigger.Condition | None = None) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse to delete or truncate rows, or to delete those that meet the condition on OLD."""
    quoted = what.replace("'", "''")
    return [
        refuse("never_deleted", f"{what} are never deleted", pgtrigger.Delete, condition),
        pgtrigger.Trigger(
            name="never_truncated",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"RAISE EXCEPTION '{quoted} are never deleted' USING ERRCODE = 'restrict_violation';",
        ),
    ]
