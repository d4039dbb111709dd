"""What is confirmed is put back by two people: one proposes it, another one agrees."""

import committee.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0004_import_row_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PutBackProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('proposed_at', models.DateTimeField(default=committee.clock.now)),
                ('state', models.CharField(choices=[('open', 'Waiting for another person'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', editable=False, max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('decision_reason', models.TextField(blank=True, editable=False)),
            ],
            options={
                'ordering': ['-proposed_at', '-id'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='withholding',
            name='only_decided',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='only_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                    IF to_jsonb(OLD) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',\n                            'decided_in', 'erased_at', 'erased_by_id']\n                        <> to_jsonb(NEW) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',\n                            'decided_in', 'erased_at', 'erased_by_id']\n                        OR NEW.state = OLD.state AND to_jsonb(OLD) - 'version' <> to_jsonb(NEW) - 'version'\n                        OR OLD.state <> 'hidden' AND (OLD.decided_at, OLD.decided_by_id, OLD.decision_reason)\n                            IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.decision_reason)\n                    THEN\n                        RAISE EXCEPTION 'A withholding is never changed, only decided on'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    IF NEW.state <> OLD.state THEN\n                        NEW.decided_in := this_transaction();\n                    END IF;\n                    RETURN NEW;\n                ", hash='770aec6fa0f449384710ba9e624ad6a6ec3c001b', operation='UPDATE', pgid='pgtrigger_only_decided_62459', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='put_back_by_two', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'confirmed' AND NEW.state <> OLD.state)", declare='DECLARE proposal text;', func="\n                    SELECT p.state INTO proposal FROM recommendations_putbackproposal p\n                     WHERE p.withholding_id = NEW.id AND p.state IN ('open', 'agreed');\n                    IF NEW.state = 'put_back' AND proposal IS DISTINCT FROM 'agreed' THEN\n                        RAISE EXCEPTION 'What is confirmed is put back by two: one proposes it, another agrees'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    IF NEW.state = 'erased' AND proposal IS NOT NULL THEN\n                        RAISE EXCEPTION 'Nothing is erased while it is proposed to put it back'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='80297c4b392bbfee6879eae45cc621b986707c06', operation='UPDATE', pgid='pgtrigger_put_back_by_two_2d73d', table='recommendations_withholding', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='putbackproposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='putbackproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='putbackproposal',
            name='withholding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='put_back_proposals', to='recommendations.withholding'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'agreed'])), fields=('withholding',), name='put_back_proposed_once'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'agreed', 'declined', 'withdrawn'])), name='put_back_state_known'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='put_back_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='put_back_decided_paired'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='put_back_decided_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['agreed', 'declined']), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='put_back_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('decided_by', models.F('proposed_by')), _connector='OR'), name='put_back_withdrawn_by_proposer'),
        ),
        migrations.AddConstraint(
            model_name='putbackproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='put_back_declined_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:agreed,open:declined,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3ca88ff4af50470867cc6a6be7e1666978805821', operation='UPDATE', pgid='pgtrigger_state_transitions_bf972', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='begins_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    PERFORM 1 FROM recommendations_withholding w\n                      WHERE w.id = NEW.withholding_id AND w.state = 'confirmed' FOR UPDATE;\n                    IF NOT FOUND OR NEW.state <> 'open' THEN\n                        RAISE EXCEPTION 'Only what is confirmed is proposed to be put back, and another person decides'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5b36cd4d5bf6f6d6608238addcab71de10b9a657', operation='INSERT', pgid='pgtrigger_begins_open_4e2d1', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='only_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                    IF to_jsonb(OLD) - ARRAY['state', 'decided_at', 'decided_by_id', 'decision_reason']\n                        <> to_jsonb(NEW) - ARRAY['state', 'decided_at', 'decided_by_id', 'decision_reason']\n                        OR NEW.state = OLD.state AND to_jsonb(OLD) <> to_jsonb(NEW)\n                    THEN\n                        RAISE EXCEPTION 'A proposal to put back is never changed, only decided on'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='86fbac009e21cbe8e8ac6865a7942e89467d61c4', operation='UPDATE', pgid='pgtrigger_only_decided_ed734', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Proposals to put back are never deleted' USING ERRCODE = 'restrict_violation';", hash='32714f31bd3a5dced329712f680158aca55e9eb6', operation='DELETE', pgid='pgtrigger_never_deleted_92208', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Proposals to put back are never deleted' USING ERRCODE = 'restrict_violation';", hash='3fc014dff0b815527b2506bf939d431246badfe1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_aec73', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.proposed_at IS NOT NULL OR NEW.decided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.proposed_at IS DISTINCT FROM OLD.proposed_at AND NEW.proposed_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f97e989d4876e5240391e0ad851b2d4ca640b587', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_2fa4e', table='recommendations_putbackproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='putbackproposal',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='cd4e7584f402e4b510ec5a150ae6113c5ec0ab91', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_2705e', table='recommendations_putbackproposal', when='AFTER')),
        ),
    ]
