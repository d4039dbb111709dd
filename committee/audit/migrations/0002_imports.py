import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='auditentry',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='auditentry',
            name='never_deleted',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Audit entries are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='50470038cec95e8231a4f4a4d5e2aef0cfe84f22', operation='UPDATE', pgid='pgtrigger_never_changed_0f132', table='audit_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Audit entries are never deleted' USING ERRCODE = 'restrict_violation';", hash='2c3fe7a29c423b4350a84fe257b0a1fc171d895d', operation='DELETE', pgid='pgtrigger_never_deleted_cd1c9', table='audit_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.at IS DISTINCT FROM OLD.at AND NEW.at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='2abae90608a471a229992551a8cc5ee3462b08c0', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_b924b', table='audit_auditentry', when='BEFORE')),
        ),
    ]
