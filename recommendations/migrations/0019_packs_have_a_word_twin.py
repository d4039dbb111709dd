"""A pack is kept as a Word document too, frozen like its other files."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0018_an_update_asks_for_a_new_date'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='pack',
            name='never_changed',
        ),
        migrations.AddField(
            model_name='pack',
            name='word',
            field=models.FileField(blank=True, editable=False, upload_to='packs/'),
        ),
        migrations.AddField(
            model_name='pack',
            name='word_hash',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'ready' AND (OLD.released_at IS NOT NULL OR (OLD.meeting_id, OLD.edition, OLD.title, OLD.number, OLD.replaces_id, OLD.purpose, OLD.decisions, OLD.contact, OLD.report_of, OLD.changes, OLD.sections, OLD.selection, OLD.as_at, OLD.content, OLD.content_hash, OLD.made_with, OLD.pages, OLD.pdf, OLD.pdf_hash, OLD.html, OLD.word, OLD.word_hash, OLD.created_by_id, OLD.built_by_id, OLD.finished_at, OLD.state) IS DISTINCT FROM (NEW.meeting_id, NEW.edition, NEW.title, NEW.number, NEW.replaces_id, NEW.purpose, NEW.decisions, NEW.contact, NEW.report_of, NEW.changes, NEW.sections, NEW.selection, NEW.as_at, NEW.content, NEW.content_hash, NEW.made_with, NEW.pages, NEW.pdf, NEW.pdf_hash, NEW.html, NEW.word, NEW.word_hash, NEW.created_by_id, NEW.built_by_id, NEW.finished_at, NEW.state)))", func="RAISE EXCEPTION 'A frozen pack is never changed' USING ERRCODE = 'restrict_violation';", hash='c7ed19a3936936356bc73afd745890ff094ddd67', operation='UPDATE', pgid='pgtrigger_never_changed_1a20e', table='recommendations_pack', when='BEFORE')),
        ),
    ]
