"""The values that rows showed before they were changed, so that a page of the past shows what it showed then.

Written by triggers, so that no way to change a row passes them by. What is a history of its own (wordings, transfers,
responses, verdicts) is read from its own rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from committee.audit.triggers import MOMENT, UNLESS_UNDONE, UNLESS_WITHHELD, append_only, never_ahead


class EarlierValueQuerySet(models.QuerySet["EarlierValue"]):
    def replaced_after(self, moment: dt.datetime) -> EarlierValueQuerySet:
        """Return what was still shown at the moment and has been replaced since, the latest first."""
        return self.filter(replaced_at__gt=moment).order_by("-replaced_at", "-pk")

    def of_record_kinds(self) -> EarlierValueQuerySet:
        """Return whose record inquiries were said to be."""
        return self.filter(removed=False, table_name="recommendations_inquiry", before__has_key="record_kind")

    def of_days_of(self, meeting: Any) -> EarlierValueQuerySet:
        """Return on which other days a meeting was said to be: its id, or an expression for it."""
        table = "recommendations_meeting"
        return self.filter(removed=False, table_name=table, row_id=meeting, before__has_key="held_on")

    def of_themes(self) -> EarlierValueQuerySet:
        """Return what themes recommendations had."""
        table = "recommendations_recommendation"
        return self.filter(removed=False, table_name=table, before__has_key="themes")


class EarlierValue(models.Model):
    """The columns of one row that were changed at one moment, as they were before; all of a row that was removed.

    What the undoing of an import changes back leaves none, and takes those back that its applying left.
    """

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    before = models.JSONField()
    replaced_at = models.DateTimeField()
    removed = models.BooleanField(default=False)
    # The import of a tracker that changed it, with which it is taken back.
    import_batch = models.ForeignKey(
        "recommendations.ImportBatch",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[EarlierValueQuerySet] = EarlierValueQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["replaced_at", "id"]
        indexes = [
            models.Index(fields=["table_name", "row_id", "-replaced_at"], name="earlier_by_row"),
            models.Index(
                fields=["table_name", "-replaced_at"],
                condition=models.Q(removed=True),
                name="earlier_removed",
            ),
        ]
        triggers = [
            *append_only("Earlier values"),
            pgtrigger.Trigger(
                name="kept_by_a_change",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # The depth at which the statement runs: 0 outside of any trigger.
                condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
                func="RAISE EXCEPTION 'Earlier values are kept only by a change' USING ERRCODE = 'restrict_violation';",
            ),
            never_ahead("replaced_at"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id} until {self.replaced_at:%Y-%m-%d}"


def keeps_earlier(*columns: str, set_once: Sequence[str] = ()) -> pgtrigger.Trigger:
    """Return a trigger that keeps the values of these columns whenever one is changed, but by a withholding.

    Of `set_once` columns the first value counts from the beginning: it was empty only until somebody entered it.
    """
    names = ", ".join(f"'{name}'" for name in (*columns, *set_once))
    once = ", ".join(f"'{name}'" for name in set_once)
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in (*columns, *set_once))
    return pgtrigger.Trigger(
        name="earlier_values",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        declare=[("old_row", "jsonb")],
        func=f"""
            {UNLESS_WITHHELD}
            {UNLESS_UNDONE}
            SELECT jsonb_object_agg(o.key, o.value) INTO old_row
              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)
             WHERE o.key = ANY(ARRAY[{names}]::text[]) AND o.value IS DISTINCT FROM n.value
               AND NOT (o.key = ANY(ARRAY[{once}]::text[]) AND o.value = 'null'::jsonb);
            IF old_row IS NOT NULL THEN
                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)
                VALUES (TG_TABLE_NAME, OLD.id, old_row, {MOMENT}, false, import_applied_now());
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (names of our own columns)
    )


def keeps_members(owner: str, field: str, member: str) -> list[pgtrigger.Trigger]:
    """Return triggers of the table of a many-to-many field that keep the ids of which it consisted, as a value of its owner.

    `owner` is the model's name, `field` that of its field, `member` the column with the ids.
    """
    table = f"recommendations_{owner}_{field}"
    return [
        pgtrigger.Trigger(
            name=f"earlier_{event}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**{which: "changed"}),
            func=f"""
                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)
                SELECT 'recommendations_{owner}', c.{owner}_id, jsonb_build_object('{field}', was.ids), {MOMENT}, false
                  FROM (SELECT DISTINCT {owner}_id FROM changed) c
                 CROSS JOIN LATERAL (
                    SELECT coalesce(jsonb_agg(id ORDER BY id), '[]'::jsonb) AS ids FROM (
                        SELECT {member} AS id FROM {table} WHERE {owner}_id = c.{owner}_id
                        {undo} SELECT {member} FROM changed WHERE {owner}_id = c.{owner}_id
                    ) one
                 ) was;
                RETURN NULL;
            """,  # noqa: S608 (names of our own tables and columns)
        )
        for event, operation, which, undo in (
            ("added", pgtrigger.Insert, "new", "EXCEPT"),
            ("taken", pgtrigger.Delete, "old", "UNION"),
        )
    ]


def keeps_removed() -> pgtrigger.Trigger:
    """Return a trigger that keeps a row that is removed."""
    return pgtrigger.Trigger(
        name="earlier_row",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=f"""
            {UNLESS_UNDONE}
            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)
            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), {MOMENT}, true);
            RETURN NULL;
        """,  # noqa: S608 (names of our own columns)
    )
