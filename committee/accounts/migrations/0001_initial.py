import committee.clock
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('is_active', models.BooleanField(default=True)),
                ('is_respondent', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('session_version', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': ['sort_key', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower'), models.CheckConstraint(condition=models.Q(('email__regex', '^[\\x20-\\x7e]*$')), name='user_email_plain'), models.CheckConstraint(condition=models.Q(('is_respondent', False), ('password__startswith', '!'), _connector='OR'), name='user_respondent_has_no_password')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY['last_login']::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY['last_login']::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['password']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['password']::text[]\n            );\n            RETURN NULL;\n        ", hash='da60a744b269adbd5310d1dbc4aba59661a4cce5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_89230', table='accounts_user', when='AFTER')),
        ),
    ]
