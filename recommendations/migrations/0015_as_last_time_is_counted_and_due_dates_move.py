"""Count how often running an update says the same as last time; record when a review's due date moves."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import committee.clock

# Published updates are never changed: the count is of what they have always said.
COUNT = """
ALTER TABLE recommendations_update DISABLE TRIGGER USER;
UPDATE recommendations_update u SET times_running = greatest(1, counted.place - 1)
  FROM (SELECT id, row_number() OVER (PARTITION BY assignment_id, since ORDER BY published_at, id) AS place
          FROM (SELECT id, assignment_id, published_at,
                       count(*) FILTER (WHERE NOT as_last_time)
                           OVER (PARTITION BY assignment_id ORDER BY published_at, id) AS since
                  FROM recommendations_update) marked) counted
 WHERE counted.id = u.id AND u.as_last_time;
ALTER TABLE recommendations_update ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0014_tell_what_is_so_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DueDateChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_date", models.DateField()),
                ("new_date", models.DateField()),
                ("reason", models.TextField()),
                ("changed_at", models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                "ordering": ["changed_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="update",
            name="times_running",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("as_last_time", False), ("times_running", 0)),
                    models.Q(("as_last_time", True), ("times_running__gt", 0)),
                    _connector="OR",
                ),
                name="update_times_running_counted",
            ),
        ),
        migrations.AddField(
            model_name="duedatechange",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="duedatechange",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="due_date_changes",
                to="recommendations.review",
            ),
        ),
        migrations.AddConstraint(
            model_name="duedatechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="duedatechange_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="duedatechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_date", models.F("old_date")), _negated=True),
                name="duedatechange_changes_something",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duedatechange",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Changes of a review’s due date are never changed, only followed by others' USING ERRCODE = 'restrict_violation';",
                    hash="d5bba8645688d252fad43b1cd1b26b9e1021e88e",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_30279",
                    table="recommendations_duedatechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duedatechange",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Changes of a review’s due date are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="7cd399199b6b24f6c909d282e719a8ed4977301f",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_34708",
                    table="recommendations_duedatechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duedatechange",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Changes of a review’s due date are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="7a98ca88878637694aa84ed73de8fe0319d3c41c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_f36bc",
                    table="recommendations_duedatechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duedatechange",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE old_row jsonb; new_row jsonb; row_key text;",
                    func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO committee_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[], new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ",
                    hash="3b60371b99a07f796ef21ccbbb6cbd3c92355ae4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_3aaa6",
                    table="recommendations_duedatechange",
                    when="AFTER",
                ),
            ),
        ),
    ]
