"""Words that are put back come back in copies that were made while they were withheld."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from recommendations.models.sealed import CREATE_COPIES, DROP_COPIES


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0009_priority_not_stated'),
    ]

    operations = [
        migrations.RunSQL(CREATE_COPIES, DROP_COPIES),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sealedtext',
            name='taken_from_its_place',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='taken_from_its_place', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stood boolean;', func="\n                    NEW.sha256 := encode(sha256(convert_to(NEW.original, 'UTF8')), 'hex');\n                    IF NEW.original <> '' AND EXISTS (\n                        SELECT 1 FROM recommendations_sealedtext s\n                          JOIN recommendations_withholding w ON w.id = s.withholding_id\n                         CROSS JOIN LATERAL copies_of(s.table_name, s.row_key, s.column_name, s.marker) c\n                         WHERE w.id = NEW.withholding_id AND w.state = 'put_back' AND w.decided_in = this_transaction()\n                           AND (s.marker, s.original) = (NEW.marker, NEW.original)\n                           AND (c.copied_table, c.copied_row, c.copied_column)\n                             = (NEW.table_name, NEW.row_key, NEW.column_name)\n                    ) THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT 1 FROM recommendations_withholding w\n                         WHERE w.id = NEW.withholding_id AND w.sealed_in = this_transaction() AND w.state = 'hidden'\n                    ) THEN\n                        RAISE EXCEPTION 'Words are sealed only when they are withheld'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    EXECUTE format(\n                        'SELECT EXISTS (SELECT 1 FROM %I r WHERE r.id::text = $1\n                            AND strpos((to_jsonb(r)->$2)::text, within_json($3)) > 0)', NEW.table_name\n                    ) INTO stood USING NEW.row_key, NEW.column_name, NEW.original;\n                    IF NEW.original = '' OR NOT stood AND NOT EXISTS (\n                        SELECT 1 FROM recommendations_sealedtext s\n                         WHERE (s.table_name, s.row_key, s.column_name)\n                             = (NEW.table_name, NEW.row_key, NEW.column_name)\n                           AND strpos(s.original, NEW.original) > 0\n                    ) THEN\n                        RAISE EXCEPTION 'Only words that stand in their place are sealed'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    IF NEW.marker !~ ('^\\[withheld (?:on [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}, no\\. )?' || NEW.withholding_id || '[a-z]{0,8}\\]$') THEN\n                        RAISE EXCEPTION 'Only the mark of its withholding takes the place of words'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='e0ab984245c121d9b8a1a891d946732b1357f8e3', operation='INSERT', pgid='pgtrigger_taken_from_its_place_4959c', table='recommendations_sealedtext', when='BEFORE')),
        ),
    ]
