import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from committee.audit.triggers import DROP_MOMENT_FUNCTION, MOMENT_FUNCTION


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_imports'),
    ]

    operations = [
        # Triggers call it.
        migrations.RunSQL(MOMENT_FUNCTION, DROP_MOMENT_FUNCTION),
        pgtrigger.migrations.RemoveTrigger(
            model_name='auditentry',
            name='never_ahead',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.at IS DISTINCT FROM OLD.at AND NEW.at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='79819e4715852ac8660ac9395bbbda2a839d6746', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_b924b', table='audit_auditentry', when='BEFORE')),
        ),
    ]
