"""Evidence on the record is replaced, with a reason; the documents of a published inquiry stay too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0016_a_review_knows_the_day_of_its_meeting'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='stays_with_published',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='audit',
        ),
        migrations.AddField(
            model_name='evidence',
            name='replacement_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM recommendations_update u WHERE u.id = OLD.update_id AND u.state = 'published'\n                    ) OR EXISTS (\n                        SELECT 1 FROM recommendations_inquiry i\n                         WHERE i.id = OLD.inquiry_id AND i.stage IN ('published', 'monitoring', 'concluded')\n                    ) OR OLD.response_id IS NOT NULL THEN\n                        IF TG_OP = 'DELETE' OR OLD.replaced_by_id IS NOT NULL\n                            OR to_jsonb(OLD) - 'replaced_by_id' <> to_jsonb(NEW) - 'replaced_by_id'\n                        THEN\n                            RAISE EXCEPTION 'Evidence on the record is never changed, only replaced'\n                                USING ERRCODE = 'restrict_violation';\n                        END IF;\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN\n                        RETURN OLD;\n                    END IF;\n                    RETURN NEW;\n                ", hash='0faf43541dd753986f690a07c7c83488e4f4f092', operation='UPDATE OR DELETE', pgid='pgtrigger_stays_with_published_dde92', table='recommendations_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO committee_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['title', 'url', 'file_name', 'replacement_reason']::text[], new_row - ARRAY['title', 'url', 'file_name', 'replacement_reason']::text[]\n            );\n            RETURN NULL;\n        ", hash='d3caaee75b92e16f919caeb23ac8c34f44c0d456', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_69fb3', table='recommendations_evidence', when='AFTER')),
        ),
    ]
