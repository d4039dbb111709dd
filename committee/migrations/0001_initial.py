import committee.clock
import committee.mail
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from committee.search_text import CREATE_FUNCTION, DROP_FUNCTION


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Indexes of words call it.
        migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demonstration', models.BooleanField(default=False)),
                ('loaded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='installation_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Email',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=committee.clock.today)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('builder', models.CharField(blank=True, max_length=200)),
                ('key', models.BigIntegerField(blank=True, null=True)),
                ('once', models.CharField(blank=True, max_length=100, null=True, unique=True)),
                ('text', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('to_send', 'To be sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('not_needed', 'Not needed any more')], default='to_send', max_length=10)),
                ('created_at', models.DateTimeField(default=committee.clock.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('try_after', models.DateTimeField(default=committee.clock.now)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(default=committee.mail.new_message_id, max_length=200, unique=True)),
                ('failure', models.TextField(blank=True)),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emails', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'e-mail',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'to_send')), fields=['try_after'], name='email_to_send'), models.Index(condition=models.Q(('state', 'failed')), fields=['-created_at'], name='email_failed'), models.Index(fields=['builder', 'day'], name='email_by_builder_and_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['to_send', 'sent', 'failed', 'not_needed'])), name='email_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='email_sent_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='email_failed_says_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='email',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{failed:to_send,sent:failed,to_send:failed,to_send:not_needed,to_send:sent}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='c7602c48a9e213c821ff1a7d21e607fb09b94683', operation='UPDATE', pgid='pgtrigger_state_transitions_1fda9', table='committee_email', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='email',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY['tries', 'try_after']::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY['tries', 'try_after']::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['text']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['text']::text[]\n            );\n            RETURN NULL;\n        ", hash='f63d601400877ed2f3cf6c4a67753f05bce80634', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_5b320', table='committee_email', when='AFTER')),
        ),
    ]
