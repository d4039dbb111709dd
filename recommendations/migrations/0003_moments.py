import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_moments'),
        ('recommendations', '0002_imports'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='body',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duedatechange',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='earliervalue',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptaccesslog',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptopening',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='earlier_row',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='governancechange',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='importanswer',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='importbatch',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='made_public_once',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquirytransfer',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='linkuse',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='held_in_the_past',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milestone',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milestone',
            name='earlier_row',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milestone',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='noticewithdrawal',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pack',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='post',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposedverdict',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendationtheme',
            name='earlier_added',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendationtheme',
            name='earlier_taken',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='earlier_row',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='response',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='response',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='review',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='submittedversion',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='succession',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='targetchange',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='theme',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='transfer',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='update',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='withholding',
            name='never_ahead',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='wordingchange',
            name='never_ahead',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='3ae7d9f62dca02cd68dde8a59433ac8bad691116', operation='UPDATE', pgid='pgtrigger_earlier_values_93281', table='recommendations_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.voided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND NEW.voided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='b56ff26eaf944f8d74915999b87d3b95d9486345', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_b623b', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.is_lead IS DISTINCT FROM NEW.is_lead OR OLD.post_id IS DISTINCT FROM NEW.post_id OR OLD.deliverer IS DISTINCT FROM NEW.deliverer OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.notified_on IS DISTINCT FROM NEW.notified_on OR OLD.response_due_on IS DISTINCT FROM NEW.response_due_on OR OLD.notice_recorded_at IS DISTINCT FROM NEW.notice_recorded_at OR OLD.first_target_on IS DISTINCT FROM NEW.first_target_on OR OLD.first_target_period IS DISTINCT FROM NEW.first_target_period)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['is_lead', 'post_id', 'deliverer', 'withdrawn_at', 'notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on', 'first_target_period']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on', 'first_target_period']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='014eabdad3b4d213ad8b97aa4898a4aa3c54b1d3', operation='UPDATE', pgid='pgtrigger_earlier_values_3c653', table='recommendations_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.notice_recorded_at IS NOT NULL OR NEW.first_target_set_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.notice_recorded_at IS DISTINCT FROM OLD.notice_recorded_at AND NEW.notice_recorded_at > latest OR NEW.first_target_set_at IS DISTINCT FROM OLD.first_target_set_at AND NEW.first_target_set_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='097a09bf25c27e7e0c1aa2332cd4723ad0edaa74', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_e838e', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.short_name IS DISTINCT FROM NEW.short_name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name', 'short_name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='01fc31499238cbdce308efccc56133f7f957deb2', operation='UPDATE', pgid='pgtrigger_earlier_values_d2061', table='recommendations_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7ca317df06e875cd8aa2823de8b27865588e8422', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_60fc8', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.corrected_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.corrected_at IS DISTINCT FROM OLD.corrected_at AND NEW.corrected_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e8b14be581d914cfa00d318b819d9cf74a2faab9', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_ec866', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.changed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.changed_at IS DISTINCT FROM OLD.changed_at AND NEW.changed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='cad0b2e85e6e19e468ef2a0af81286319971aabd', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7c019', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.replaced_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.replaced_at IS DISTINCT FROM OLD.replaced_at AND NEW.replaced_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='b0e0bfc5fcbac82b4bae83e2544f8644994011ed', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_94ea1', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.added_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.added_at IS DISTINCT FROM OLD.added_at AND NEW.added_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c323bd218f111966d2683091c3564f3d8f37cd13', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_aead6', table='recommendations_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.seen_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.seen_at IS DISTINCT FROM OLD.seen_at AND NEW.seen_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='891115cbfe13aebea39df3c5b00292e40222dec1', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_0dd26', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.opened_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.opened_at IS DISTINCT FROM OLD.opened_at AND NEW.opened_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d036765fb49d9547131475b81d9ad1d771849394', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_40c91', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.text IS DISTINCT FROM NEW.text)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'text']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='3d2283880437668c03ebfae1c415442d035298fc', operation='UPDATE', pgid='pgtrigger_earlier_values_09123', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), moment_of_change(), true);\n            RETURN NULL;\n        ", hash='c3c8f6b93390bbeefbb23a628b73d103c0d0a4f8', operation='DELETE', pgid='pgtrigger_earlier_row_a9ee6', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='eff3b94d7488bf5c9f345296cb2ae249b7106a51', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_31070', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importanswer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.answered_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.answered_at IS DISTINCT FROM OLD.answered_at AND NEW.answered_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7176bd9aeef5fae2c90a83c222e25989780712e3', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7f0ff', table='recommendations_importanswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.applied_at IS NOT NULL OR NEW.undone_at IS NOT NULL OR NEW.followed_up_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.applied_at IS DISTINCT FROM OLD.applied_at AND NEW.applied_at > latest OR NEW.undone_at IS DISTINCT FROM OLD.undone_at AND NEW.undone_at > latest OR NEW.followed_up_at IS DISTINCT FROM OLD.followed_up_at AND NEW.followed_up_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1c65d669d73160d7b87d7169286d18e4913d3d59', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7f97e', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='made_public_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.made_public_at IS DISTINCT FROM NEW.made_public_at\n                AND OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'The moment at which a report became public never changes'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            IF NEW.stage IN ('concluded', 'monitoring', 'published') AND NEW.made_public_at IS NULL THEN\n                NEW.made_public_at := moment_of_change();\n            END IF;\n            RETURN NEW;\n        ", hash='f9ab718cfa8c4c5fc968d978e73c2e6660a0b90b', operation='INSERT OR UPDATE', pgid='pgtrigger_made_public_once_76e3f', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.reference IS DISTINCT FROM NEW.reference OR OLD.title IS DISTINCT FROM NEW.title OR OLD.scope IS DISTINCT FROM NEW.scope OR OLD.summary IS DISTINCT FROM NEW.summary OR OLD.chair IS DISTINCT FROM NEW.chair OR OLD.source_note IS DISTINCT FROM NEW.source_note OR OLD.record_kind IS DISTINCT FROM NEW.record_kind OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.published_period IS DISTINCT FROM NEW.published_period)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['reference', 'title', 'scope', 'summary', 'chair', 'source_note', 'record_kind', 'published_on', 'published_period']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on', 'published_period']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='efad4613ad7d55415c78a740f99729a9152365c5', operation='UPDATE', pgid='pgtrigger_earlier_values_e2e60', table='recommendations_inquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.made_public_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.made_public_at IS DISTINCT FROM OLD.made_public_at AND NEW.made_public_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='12ba1a4ef2d20bf0c66c4fd0e5d7d59c54d181e9', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_9afc7', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='be86539a8f799b736c0e3732133ab24e8b033104', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_73fa6', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.at IS DISTINCT FROM OLD.at AND NEW.at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d7c80a5a1ec2ab41264117bebd45fe6f2e9267e7', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_70e08', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='held_in_the_past', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'held')", func="\n                IF NEW.held_on > (moment_of_change() AT TIME ZONE 'Europe/London')::date THEN\n                    RAISE EXCEPTION 'A meeting that is still to come was not held'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='c789d98fedcbbe09d0890a1be156bc670db45187', operation='INSERT OR UPDATE', pgid='pgtrigger_held_in_the_past_a9c4a', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.place IS DISTINCT FROM NEW.place OR OLD.state IS DISTINCT FROM NEW.state OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title', 'held_on', 'place', 'state', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='0db76368a01291a022e9a3549b4dde77796ccc56', operation='UPDATE', pgid='pgtrigger_earlier_values_ab7f9', table='recommendations_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.due_period IS DISTINCT FROM NEW.due_period OR OLD.done_on IS DISTINCT FROM NEW.done_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['words', 'due_on', 'due_period', 'done_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='2e2588188651c56a8f947f0d401a3e4621636495', operation='UPDATE', pgid='pgtrigger_earlier_values_de2ae', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), moment_of_change(), true);\n            RETURN NULL;\n        ", hash='3bc8351b9359acb160cd7131e0dc50e9f12ce086', operation='DELETE', pgid='pgtrigger_earlier_row_4e23e', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='3255c4ebfe032d4a71647f2ca97038a1fc612c4a', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_1e04f', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.notice_recorded_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.notice_recorded_at IS DISTINCT FROM OLD.notice_recorded_at AND NEW.notice_recorded_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1eb97f6618067541e939e461ceb3d1e14c3844bb', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_dc5ae', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.queued_at IS NOT NULL OR NEW.finished_at IS NOT NULL OR NEW.release_asked_at IS NOT NULL OR NEW.released_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.queued_at IS DISTINCT FROM OLD.queued_at AND NEW.queued_at > latest OR NEW.finished_at IS DISTINCT FROM OLD.finished_at AND NEW.finished_at > latest OR NEW.release_asked_at IS DISTINCT FROM OLD.release_asked_at AND NEW.release_asked_at > latest OR NEW.released_at IS DISTINCT FROM OLD.released_at AND NEW.released_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7e3cdce001271a11ee38ebb14d1d2025306e80b6', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_d86f7', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='4477705c7a64b43676064676315de16ed904cd5b', operation='UPDATE', pgid='pgtrigger_earlier_values_e274a', table='recommendations_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.proposed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.proposed_at IS DISTINCT FROM OLD.proposed_at AND NEW.proposed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9db3dfb1dd59f2c9e7b15e89ec9174f920620a46', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_1315a', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.heading IS DISTINCT FROM NEW.heading OR OLD.heading_is_ours IS DISTINCT FROM NEW.heading_is_ours OR OLD.finding_id IS DISTINCT FROM NEW.finding_id OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.success_measure IS DISTINCT FROM NEW.success_measure OR OLD.made_at_id IS DISTINCT FROM NEW.made_at_id OR OLD.owner_note IS DISTINCT FROM NEW.owner_note OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.published_on IS DISTINCT FROM NEW.published_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'reference', 'heading', 'heading_is_ours', 'finding_id', 'priority', 'success_measure', 'made_at_id', 'owner_note', 'withdrawn_at', 'published_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='eb1f692306918a30fc2578d0bd4d3850144452ab', operation='UPDATE', pgid='pgtrigger_earlier_values_6a9b9', table='recommendations_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.made_public_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.made_public_at IS DISTINCT FROM OLD.made_public_at AND NEW.made_public_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4b361c98fa7f921fe8eab3ebb2a3e428ed390324', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_f8b4e', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                SELECT 'recommendations_recommendation', c.recommendation_id, jsonb_build_object('themes', was.ids), moment_of_change(), false\n                  FROM (SELECT DISTINCT recommendation_id FROM changed) c\n                 CROSS JOIN LATERAL (\n                    SELECT coalesce(jsonb_agg(id ORDER BY id), '[]'::jsonb) AS ids FROM (\n                        SELECT theme_id AS id FROM recommendations_recommendation_themes WHERE recommendation_id = c.recommendation_id\n                        EXCEPT SELECT theme_id FROM changed WHERE recommendation_id = c.recommendation_id\n                    ) one\n                 ) was;\n                RETURN NULL;\n            ", hash='1ace7ee44f716d4e9c44358fc3ecab6d0196b795', level='STATEMENT', operation='INSERT', pgid='pgtrigger_earlier_added_c13ca', referencing='REFERENCING NEW TABLE AS changed ', table='recommendations_recommendation_themes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                SELECT 'recommendations_recommendation', c.recommendation_id, jsonb_build_object('themes', was.ids), moment_of_change(), false\n                  FROM (SELECT DISTINCT recommendation_id FROM changed) c\n                 CROSS JOIN LATERAL (\n                    SELECT coalesce(jsonb_agg(id ORDER BY id), '[]'::jsonb) AS ids FROM (\n                        SELECT theme_id AS id FROM recommendations_recommendation_themes WHERE recommendation_id = c.recommendation_id\n                        UNION SELECT theme_id FROM changed WHERE recommendation_id = c.recommendation_id\n                    ) one\n                 ) was;\n                RETURN NULL;\n            ", hash='487c5a95992cdd5d53be66d60c6b91f76ede025e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_earlier_taken_547ba', referencing='REFERENCING OLD TABLE AS changed ', table='recommendations_recommendation_themes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), moment_of_change(), true);\n            RETURN NULL;\n        ", hash='87081ce15db0746bf53670363660382e76be03d2', operation='DELETE', pgid='pgtrigger_earlier_row_960bb', table='recommendations_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='2aeba982026579ce0ec161b49669eb613d782916', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_ffbd7', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='6fc8b38b678393c4c6875ccfb3a4c08e57657508', operation='UPDATE', pgid='pgtrigger_earlier_values_14240', table='recommendations_response', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.voided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND NEW.voided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c28f12ac1b85e292f7e58bb2abe8cfad536bcd2d', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_adb81', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.cancelled_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at AND NEW.cancelled_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='447ca06cc2fe17183ee58c0e109d239ec47afe6b', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_11bfb', table='recommendations_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='bcf6d3f55927e27f4c34908604db4458d7e0f084', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_00b07', table='recommendations_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.submitted_at IS NOT NULL OR NEW.mended_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.submitted_at IS DISTINCT FROM OLD.submitted_at AND NEW.submitted_at > latest OR NEW.mended_at IS DISTINCT FROM OLD.mended_at AND NEW.mended_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c655e7064fb30e686efc54aecf2fc10d229ca2f4', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7ccdb', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f95ffd302ebd2e22b0dc1515e7e944d1055dc78f', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_56eca', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.asked_at IS NOT NULL OR NEW.decided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.asked_at IS DISTINCT FROM OLD.asked_at AND NEW.asked_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e538d2dc8de9fbafb0618d60dff65cde7d9ea636', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_bfc0a', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, moment_of_change(), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='5671776b617045fc7a89bcf5f9cf0905d07298da', operation='UPDATE', pgid='pgtrigger_earlier_values_2bb57', table='recommendations_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c3be1ebeedb624402ad725fea4318c6a46cb8ce6', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_aef39', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.saved_at IS NOT NULL OR NEW.submitted_at IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.mended_at IS NOT NULL OR NEW.returned_at IS NOT NULL OR NEW.published_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.saved_at IS DISTINCT FROM OLD.saved_at AND NEW.saved_at > latest OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at AND NEW.submitted_at > latest OR NEW.approved_at IS DISTINCT FROM OLD.approved_at AND NEW.approved_at > latest OR NEW.mended_at IS DISTINCT FROM OLD.mended_at AND NEW.mended_at > latest OR NEW.returned_at IS DISTINCT FROM OLD.returned_at AND NEW.returned_at > latest OR NEW.published_at IS DISTINCT FROM OLD.published_at AND NEW.published_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='0f2381b20308a17571de301273cbf595ce309b3a', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7480a', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.withheld_at IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.erased_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.withheld_at IS DISTINCT FROM OLD.withheld_at AND NEW.withheld_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest OR NEW.erased_at IS DISTINCT FROM OLD.erased_at AND NEW.erased_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e02cb6990a72517d3b1ecf89781378f4c22efb36', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_0600d', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.changed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(moment_of_change(), clock_timestamp()) + interval '1 minute';\n            IF NEW.changed_at IS DISTINCT FROM OLD.changed_at AND NEW.changed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='8976ea3e5094405170515015a606396c9f44692c', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7737d', table='recommendations_wordingchange', when='BEFORE')),
        ),
    ]
