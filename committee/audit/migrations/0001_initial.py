import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from committee.audit.triggers import DROP_FUNCTIONS, FUNCTIONS


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Triggers that guard history ask them; the domain puts its own in their place.
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.CreateModel(
            name='SecondStep',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('mfa.authenticator',),
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('table_name', models.CharField(max_length=63)),
                ('row_key', models.CharField(max_length=64)),
                ('operation', models.CharField(max_length=6)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondstep',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY['last_used_at', 'data']::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY['last_used_at', 'data']::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['data']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['data']::text[]\n            );\n            RETURN NULL;\n        ", hash='801ac6c329f17675f7a0ee83ee8c302b9ddba413', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_73164', table='mfa_authenticator', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['table_name', 'row_key', '-id'], name='audit_by_row'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['actor', '-id'], name='audit_by_actor'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['table_name', '-id'], name='audit_by_table'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('operation', 'DELETE')), fields=['-id'], name='audit_of_removals'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Audit entries are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='6e83d914ef750c8ba3f4f4330bc097a69d019474', operation='UPDATE', pgid='pgtrigger_never_changed_0f132', table='audit_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Audit entries are never deleted' USING ERRCODE = 'restrict_violation';", hash='caf8592bd07c8af5399f350962b96ff71f88aa35', operation='DELETE', pgid='pgtrigger_never_deleted_cd1c9', table='audit_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Audit entries are never deleted' USING ERRCODE = 'restrict_violation';", hash='fc2af2c6284993c521cf4d6bfc83e0915ba9018e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_895a9', table='audit_auditentry', when='BEFORE')),
        ),
    ]
