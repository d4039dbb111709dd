"""What a tracker brought in without a priority says so."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0008_corrections_of_one_row'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='priority_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='rec_priority_known',
        ),
        migrations.AlterField(
            model_name='recommendation',
            name='priority',
            field=models.CharField(choices=[('top', 'Top priority'), ('high', 'High priority'), ('standard', 'Standard priority'), ('not_known', 'Priority not known from public sources'), ('not_stated', 'Priority not stated in the tracker')], default='standard', max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='priority_is_known', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.priority IN ('not_known', 'not_stated'))", func="\n            IF NEW.priority = 'not_stated' AND NEW.import_batch_id IS NULL OR NEW.priority = 'not_known' AND NOT EXISTS (\n                SELECT 1 FROM recommendations_inquiry WHERE id = NEW.inquiry_id AND record_kind = 'public_sources') THEN\n                RAISE EXCEPTION 'A committee knows the priority of what it recommended'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='b36edc4274b1f5272382c90c2363e57795643c3c', operation='INSERT OR UPDATE', pgid='pgtrigger_priority_is_known_65ed6', table='recommendations_recommendation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['top', 'high', 'standard', 'not_known', 'not_stated'])), name='rec_priority_known'),
        ),
    ]
