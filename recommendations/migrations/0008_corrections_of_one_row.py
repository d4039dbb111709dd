"""A row is voided once, by one correction, and what takes its place is of its kind; earlier values are kept by changes alone."""

import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0007_correct_date_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='targetchange',
            name='target_day_of_a_decision',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='begins_standing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.voided_at IS NOT NULL)', func="RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';", hash='88342bf07fdc8c5c77fbdb104a85cdd90ad960c4', operation='INSERT', pgid='pgtrigger_begins_standing_20717', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='begins_standing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.withdrawn_at IS NOT NULL)', func="RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';", hash='80dbff4297d2097e65bdfb78c18b9abcb9f2d492', operation='INSERT', pgid='pgtrigger_begins_standing_e2f54', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='replaces_response', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.replacing_response_id IS NOT NULL)', func="\n            IF NOT EXISTS (\n                SELECT 1 FROM recommendations_response wrong JOIN recommendations_response put USING (assignment_id)\n                 WHERE wrong.id = NEW.response_id AND put.id = NEW.replacing_response_id AND put.id > wrong.id\n            ) THEN\n                RAISE EXCEPTION 'What takes the place of a row recorded in error is of the same part, and recorded after it'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='eae146c455ad1c8b8ac3f64ce5d2b99fc1c267b8', operation='INSERT', pgid='pgtrigger_replaces_response_0ee53', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='replaces_targetchange', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.replacing_targetchange_id IS NOT NULL)', func="\n            IF NOT EXISTS (\n                SELECT 1 FROM recommendations_targetchange wrong JOIN recommendations_targetchange put USING (assignment_id)\n                 WHERE wrong.id = NEW.targetchange_id AND put.id = NEW.replacing_targetchange_id AND put.id > wrong.id\n            ) THEN\n                RAISE EXCEPTION 'What takes the place of a row recorded in error is of the same part, and recorded after it'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1911fd0a6835a561127146147c53ac275417db64', operation='INSERT', pgid='pgtrigger_replaces_targetchange_7e8cd', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='kept_by_a_change', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (pg_trigger_depth() = 0)', func="RAISE EXCEPTION 'Earlier values are kept only by a change' USING ERRCODE = 'restrict_violation';", hash='2d2c9ed7526c824c8967a6209b59a13f0740973d', operation='INSERT', pgid='pgtrigger_kept_by_a_change_9c84b', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='begins_standing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.withdrawn_at IS NOT NULL)', func="RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';", hash='9efb32556ba006eeebca391a73bf54d492cbf86f', operation='INSERT', pgid='pgtrigger_begins_standing_5baff', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='begins_standing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.voided_at IS NOT NULL)', func="RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';", hash='5a24f9c96c7765d71c6a80827194559b2509e6e8', operation='INSERT', pgid='pgtrigger_begins_standing_5575b', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='begins_standing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.voided_at IS NOT NULL)', func="RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';", hash='98f2dbbed441a9bf28a8d75c1fb9557619076a05', operation='INSERT', pgid='pgtrigger_begins_standing_54de7', table='recommendations_targetchange', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('voids', True)), fields=('assignment',), name='correction_voids_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('voids', True)), fields=('recommendation',), name='correction_voids_recommendation_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('voids', True)), fields=('response',), name='correction_voids_response_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('voids', True)), fields=('assessment',), name='correction_voids_assessment_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('voids', True)), fields=('targetchange',), name='correction_voids_targetchange_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('replacing_assignment__isnull', True), models.Q(('assignment__isnull', False), ('voids', True), models.Q(('replacing_assignment', models.F('assignment')), _negated=True)), _connector='OR'), name='correction_replaces_assignment'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('replacing_response__isnull', True), models.Q(('response__isnull', False), ('voids', True), models.Q(('replacing_response', models.F('response')), _negated=True)), _connector='OR'), name='correction_replaces_response'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('replacing_assessment__isnull', True), models.Q(('assessment__isnull', False), ('voids', True), models.Q(('replacing_assessment', models.F('assessment')), _negated=True)), _connector='OR'), name='correction_replaces_assessment'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('replacing_targetchange__isnull', True), models.Q(('targetchange__isnull', False), ('voids', True), models.Q(('replacing_targetchange', models.F('targetchange')), _negated=True)), _connector='OR'), name='correction_replaces_targetchange'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('decided_day__isnull', True), models.Q(('decided_at__isnull', False), ('decided_day__gte', django.db.models.functions.datetime.TruncDate('asked_at')), ('decided_day__lte', django.db.models.functions.datetime.TruncDate('decided_at')), ('meeting__isnull', True)), _connector='OR'), name='target_day_of_a_decision'),
        ),
    ]
