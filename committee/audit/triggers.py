"""Database triggers: the audit trail, and the rules that keep published history unchanged.

They live in the database so that no code path, shell or import can bypass them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pgtrigger


def audited(*, secret: Sequence[str] = (), unremarkable: Sequence[str] = ()) -> pgtrigger.Trigger:
    """Return a trigger that writes an AuditEntry for each insert, update and delete of a row.

    `secret` columns never enter the audit trail (exempt text, passwords); a change of one is recorded without its
    content. A change of `unremarkable` columns only is not recorded at all.
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
                old_row - ARRAY[{keys}]::text[], new_row - ARRAY[{keys}]::text[]
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
    """Return a trigger that refuses `operation` on rows that meet `condition`, with `message`."""
    quoted = message.replace("'", "''")
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"RAISE EXCEPTION '{quoted}' USING ERRCODE = 'restrict_violation';",
    )


def only_transitions(field: str, transitions: Iterable[tuple[str, str]]) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change the field except as the table of transitions allows."""
    return pgtrigger.FSM(
        name=f"{field}_transitions",
        field=field,
        transitions=sorted((str(old), str(new)) for old, new in transitions),
    )


def append_only(what: str, condition: pgtrigger.Condition | None = None) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse to change, delete or truncate rows, or those that meet the condition on OLD."""
    quoted = what.replace("'", "''")
    return [
        refuse(
            "never_changed", f"{what} are never changed, only followed by others", pgtrigger.Update, condition
        ),
        refuse("never_deleted", f"{what} are never deleted", pgtrigger.Delete, condition),
        pgtrigger.Trigger(
            name="never_truncated",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"RAISE EXCEPTION '{quoted} are never deleted' USING ERRCODE = 'restrict_violation';",
        ),
    ]
