"""A decision on a new date that was recorded in error is corrected; papers keep no meeting recorded as held."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0006_import_row_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='voids_its_row',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='business_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='targetchange',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='targetchange',
            name='never_changed',
        ),
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_of_one_thing',
        ),
        migrations.AddField(
            model_name='correction',
            name='replacing_targetchange',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.targetchange'),
        ),
        migrations.AddField(
            model_name='correction',
            name='targetchange',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.targetchange'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='decided_day',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='voided_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='voids_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.voids)', func='\n                    UPDATE recommendations_response SET voided_at = NEW.corrected_at WHERE id = NEW.response_id;\n                    UPDATE recommendations_assessment SET voided_at = NEW.corrected_at WHERE id = NEW.assessment_id;\n                    UPDATE recommendations_targetchange SET voided_at = NEW.corrected_at WHERE id = NEW.targetchange_id;\n                    UPDATE recommendations_recommendation SET withdrawn_at = NEW.corrected_at\n                     WHERE id = NEW.recommendation_id;\n                    UPDATE recommendations_assignment SET withdrawn_at = NEW.corrected_at\n                     WHERE (id = NEW.assignment_id OR recommendation_id = NEW.recommendation_id) AND withdrawn_at IS NULL;\n                    RETURN NULL;\n                ', hash='9adce201cd90fca324e77dd9216a875a9b673e07', operation='INSERT', pgid='pgtrigger_voids_its_row_44249', table='recommendations_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='business_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('cancelled', 'planned'))", func="\n                IF NEW.state = 'cancelled' AND (EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_pack WHERE meeting_id = OLD.id AND released_at IS NOT NULL) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL))\n                    OR NEW.state = 'planned' AND (EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL)) THEN\n                    RAISE EXCEPTION 'A meeting on which business hangs stays on its day'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='d408099ca4b2f3b985ea6ba781220079d837be6d', operation='UPDATE', pgid='pgtrigger_business_stays_8b539', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.body_id IS DISTINCT FROM NEW.body_id OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF ((EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_pack WHERE meeting_id = OLD.id AND released_at IS NOT NULL) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL)) AND NOT (OLD.body_id = NEW.body_id AND OLD.day_precision = 'month' AND NEW.day_precision = 'day' AND date_trunc('month', OLD.held_on) = date_trunc('month', NEW.held_on))) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.meeting_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'held_on', 'body_id', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The day of a meeting on which business hangs on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='bb8090cc4d3b6b5f269e423ddc8f31fd1661af22', operation='UPDATE', pgid='pgtrigger_corrected_only_cc71e', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.decided_at IS NOT NULL AND to_jsonb(OLD) - 'voided_at' IS DISTINCT FROM to_jsonb(NEW) - 'voided_at' OR (OLD.assignment_id, OLD.old_date, OLD.old_period, OLD.new_date, OLD.new_period, OLD.reason, OLD.asked_at, OLD.asked_by_id, OLD.import_batch_id, OLD.import_row_id) IS DISTINCT FROM (NEW.assignment_id, NEW.old_date, NEW.old_period, coalesce(NEW.asked_date, NEW.new_date), CASE WHEN NEW.asked_date IS NULL THEN NEW.new_period ELSE NEW.asked_period END, NEW.reason, NEW.asked_at, NEW.asked_by_id, NEW.import_batch_id, NEW.import_row_id))", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Entries of the slippage ledger are never changed once decided' USING ERRCODE = 'restrict_violation';", hash='b65dee6d0a5e6170acdad522add43d21b4d508b5', operation='UPDATE', pgid='pgtrigger_never_changed_374e2', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='voided_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', func="\n            IF OLD.voided_at IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.targetchange_id = OLD.id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.voided_at)) THEN\n                RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='616a63d88e73ccf9a859ecabd7e9ad30db7332c2', operation='UPDATE', pgid='pgtrigger_voided_only_22b3a', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='767cf2bf6c4032ea25fd4b6ba454e962d6b4ae25', operation='UPDATE', pgid='pgtrigger_earlier_values_3b89f', table='recommendations_targetchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.asked_at IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.voided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.asked_at IS DISTINCT FROM OLD.asked_at AND NEW.asked_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND NEW.voided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='140169b6a3c8d584597f936cb50ffea15e585ca4', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_bfc0a', table='recommendations_targetchange', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('assignment__isnull', False), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', False), ('response__isnull', True), ('targetchange__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', False), ('targetchange__isnull', True)), models.Q(('assessment__isnull', False), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', False)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', False), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', False), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', False), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('targetchange__isnull', True)), _connector='OR'), name='correction_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('decided_day__isnull', True), models.Q(('decided_at__isnull', False), ('decided_day__lte', django.db.models.functions.datetime.TruncDate('decided_at')), ('meeting__isnull', True)), _connector='OR'), name='target_day_of_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('state', 'requested'), _negated=True), _connector='OR'), name='target_voided_once_decided'),
        ),
    ]
