import committee.clock
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import recommendations.models.imports
from django.conf import settings
from django.db import migrations, models

from recommendations.models.imports import CREATE_FUNCTIONS, DROP_FUNCTIONS
from recommendations.models.periods import CREATE_FUNCTION, DROP_FUNCTION


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_imports'),
        ('recommendations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='first_date_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='stays_on_the_record',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assignment',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='body',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duedatechange',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duedatechange',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='earliervalue',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='earliervalue',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptaccesslog',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptaccesslog',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptopening',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='exemptopening',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='stays_on_the_record',
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
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='governancechange',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='stays_on_the_record',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquiry',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquirytransfer',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inquirytransfer',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='linkuse',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='linkuse',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milestone',
            name='stays_in_its_plan',
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
            model_name='noticewithdrawal',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='noticewithdrawal',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pack',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='post',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposedverdict',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposedverdict',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposedverdict',
            name='withdrawn_not_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='corrected_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='reworded_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='stays_on_the_record',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendation',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recommendationtheme',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='stays_on_the_record',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='earlier_row',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='response',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='response',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='response',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sealedfile',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sealedfile',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sealedtext',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='submittedversion',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='submittedversion',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='succession',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='succession',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='targetchange',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='targetchange',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='theme',
            name='earlier_values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='transfer',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='transfer',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='update',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='update',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='withholding',
            name='never_deleted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='wordingchange',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='wordingchange',
            name='never_deleted',
        ),
        migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION),
        migrations.CreateModel(
            name='ImportAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.CharField(blank=True, editable=False, max_length=64)),
                ('question', models.TextField(editable=False)),
                ('answer', models.JSONField(null=True)),
                ('answered_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['committee_id', 'shape', 'question'],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('file', models.FileField(blank=True, upload_to=recommendations.models.imports.tracker_path)),
                ('file_name', models.CharField(max_length=200)),
                ('file_format', models.CharField(blank=True, editable=False, max_length=20)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('as_at', models.JSONField(blank=True, null=True)),
                ('shape', models.CharField(blank=True, editable=False, max_length=64)),
                ('not_for_publication', models.BooleanField(blank=True, null=True)),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('new_bodies', models.JSONField(blank=True, default=list)),
                ('new_inquiries', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('to_check', 'To be checked'), ('applying', 'Being applied'), ('applied', 'Applied'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Failed'), ('discarded', 'Discarded')], default='reading', editable=False, max_length=10)),
                ('refusal', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('applied_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('followed_up_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('applied_in', models.CharField(blank=True, editable=False, max_length=60)),
                ('undone_in', models.CharField(blank=True, editable=False, max_length=60)),
            ],
            options={
                'verbose_name_plural': 'import batches',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(editable=False, max_length=63)),
                ('row_key', models.BigIntegerField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.CharField(blank=True, editable=False, max_length=300)),
                ('table', models.CharField(blank=True, editable=False, max_length=200)),
                ('row', models.PositiveIntegerField()),
                ('part', models.CharField(blank=True, editable=False, max_length=20)),
                ('order', models.PositiveIntegerField()),
                ('item', models.PositiveIntegerField()),
                ('cells', models.JSONField(blank=True, default=list)),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('line', models.JSONField(blank=True, default=dict)),
                ('problems', models.JSONField(blank=True, default=list)),
                ('says_exempt', models.BooleanField(default=False)),
                ('exempt_decision', models.CharField(blank=True, choices=[('open', 'May be published'), ('exempt', 'Kept apart as exempt')], max_length=10)),
                ('state', models.CharField(choices=[('new', 'New'), ('known', 'Known, with news'), ('changed', 'Changed'), ('unchanged', 'Unchanged'), ('left_out', 'Left out'), ('gone', 'Gone: what became of it?')], default='new', max_length=10)),
                ('assignments', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('written', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'ordering': ['batch_id', 'order', 'id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='assessment_grade_known',
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='assessment_reason_where_required',
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_claim_has_update',
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='response_reason_unless_accepted',
        ),
        migrations.RemoveConstraint(
            model_name='targetchange',
            name='target_has_reason',
        ),
        migrations.RemoveConstraint(
            model_name='targetchange',
            name='target_decided_paired',
        ),
        migrations.RemoveConstraint(
            model_name='update',
            name='update_complete_when_submitted',
        ),
        migrations.RemoveConstraint(
            model_name='update',
            name='update_published_is_dated',
        ),
        migrations.RemoveConstraint(
            model_name='update',
            name='update_delivered_says_what',
        ),
        migrations.RemoveConstraint(
            model_name='wordingchange',
            name='wording_has_reason',
        ),
        migrations.AddField(
            model_name='assignment',
            name='assessed_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='claimed_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(
            "UPDATE recommendations_assignment SET claimed_on = last_update_on WHERE claim <> ''", migrations.RunSQL.noop
        ),
        migrations.AddField(
            model_name='assignment',
            name='claimed_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='closed_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='decided_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='escalated_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='first_target_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='last_update_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='target_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='published_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='milestone',
            name='due_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='closed_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='heading_is_ours',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='made_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='made_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='response',
            name='decided_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='asked_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='new_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='old_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='update',
            name='as_at_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='update',
            name='filed_period',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='grade',
            field=models.CharField(blank=True, choices=[('implemented', 'Implemented'), ('on_course', 'On course'), ('concerns', 'Concerns'), ('not_implemented', 'Not implemented')], max_length=20),
        ),
        migrations.AlterField(
            model_name='targetchange',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='targetchange',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='wordingchange',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='importanswer',
            name='answered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importanswer',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_answers', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='applied_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_batches', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='followed_up_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='body',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='correction',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='earliervalue',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='post',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='response',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='update',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='import_batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importbatch'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('published_period'), models.F('published_on'), function='is_period_until', output_field=models.BooleanField())), name='inquiry_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('published_period__isnull', True), _connector='OR'), name='inquiry_period_is_imported'),
        ),
        migrations.AddField(
            model_name='importchange',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='row_changes', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='recommendations.importbatch'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='import_rows', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='correction',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='response',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='update',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='import_row',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_made', to='recommendations.importrow'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('grade__in', ['implemented', 'on_course', 'concerns', 'not_implemented']), models.Q(('grade', ''), ('import_batch__isnull', False)), _connector='OR'), name='assessment_grade_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), models.Q(('outcome__in', ['close_not_implemented', 'close_superseded', 'close_no_longer_relevant', 'reopen', 'escalate']), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='assessment_reason_where_required'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim', ''), ('claimed_on__isnull', True), ('last_update__isnull', True), ('last_update_on__isnull', True)), models.Q(('last_update__isnull', False), ('last_update_on__isnull', False), models.Q(models.Q(('claim__in', ['not_started', 'on_track', 'at_risk', 'off_track', 'paused', 'delivered', 'not_feasible']), ('claimed_on__isnull', False)), models.Q(('claim', ''), ('claimed_on__isnull', True)), _connector='OR')), _connector='OR'), name='assignment_claim_has_update'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('first_target_period'), models.F('first_target_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_first_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('target_period'), models.F('target_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_target_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('decided_period'), models.F('decided_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_decided_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('last_update_period'), models.F('last_update_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_update_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('claimed_period'), models.F('claimed_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_claim_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('assessed_period'), models.F('assessed_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_assessed_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('escalated_period'), models.F('escalated_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_escalated_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('closed_period'), models.F('closed_on'), function='is_period_until', output_field=models.BooleanField())), name='assignment_closed_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('due_period'), models.F('due_on'), function='is_period_until', output_field=models.BooleanField())), name='milestone_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('due_period__isnull', True), _connector='OR'), name='milestone_period_is_imported'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('made_period'), models.F('made_on'), function='is_period_until', output_field=models.BooleanField())), name='rec_made_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('closed_period'), models.F('closed_on'), function='is_period_until', output_field=models.BooleanField())), name='rec_closed_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), models.Q(('heading_is_ours', False), ('made_on__isnull', True)), _connector='OR'), name='rec_made_on_is_imported'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('decision', 'accepted'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='response_reason_unless_accepted'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('decided_period'), models.F('decided_on'), function='is_period_until', output_field=models.BooleanField())), name='response_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('decided_period__isnull', True), _connector='OR'), name='response_period_is_imported'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='target_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('old_period'), models.F('old_date'), function='is_period_until', output_field=models.BooleanField())), name='target_old_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('new_period'), models.F('new_date'), function='is_period_until', output_field=models.BooleanField())), name='target_new_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('asked_period'), models.F('asked_date'), function='is_period_until', output_field=models.BooleanField())), name='target_asked_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('asked_by__isnull', False), _connector='OR'), name='target_asked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'requested')), models.Q(models.Q(('state', 'requested'), _negated=True), ('decided_at__isnull', False), models.Q(('import_batch__isnull', False), ('decided_by__isnull', False), _connector='OR')), _connector='OR'), name='target_decided_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('claim__in', ['not_started', 'on_track', 'at_risk', 'off_track', 'paused', 'delivered', 'not_feasible']), models.Q(('progress', ''), _negated=True)), models.Q(('import_batch__isnull', False), models.Q(('claim__in', ['not_started', 'on_track', 'at_risk', 'off_track', 'paused', 'delivered', 'not_feasible']), models.Q(('claim', ''), models.Q(('progress', ''), _negated=True)), _connector='OR')), _connector='OR'), name='update_complete_when_submitted'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('filed_on__gte', models.F('as_at')), ('filed_on__isnull', False), ('published_at__isnull', False), models.Q(('import_batch__isnull', False), ('submitted_at__isnull', False), _connector='OR')), _connector='OR'), name='update_published_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned')), models.Q(('claim', 'delivered'), _negated=True), ('import_batch__isnull', False), models.Q(('delivered_what', ''), _negated=True), _connector='OR'), name='update_delivered_says_what'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('as_at_period'), models.F('as_at'), function='is_period_until', output_field=models.BooleanField())), name='update_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('filed_period'), models.F('filed_on'), function='is_period_until', output_field=models.BooleanField())), name='update_filed_period_ends_on_its_day'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), ('as_at_period__isnull', True), _connector='OR'), name='update_period_is_imported'),
        ),
        migrations.AddConstraint(
            model_name='wordingchange',
            constraint=models.CheckConstraint(condition=models.Q(('import_batch__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='wording_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='importanswer',
            constraint=models.UniqueConstraint(fields=('committee', 'shape', 'question'), name='import_answer_once_for_a_shape'),
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['undone_in'], name='import_undone_in'),
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['applied_in'], name='import_applied_in'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'to_check', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded'])), name='import_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('file_name', ''), _negated=True), name='import_has_file_name'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('reading', 'to_check', 'applying'))), fields=('committee', 'sha256'), name='import_one_open_of_a_file'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('applied_by__isnull', True)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='import_applied_paired'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='import_undone_paired'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('followed_up_at__isnull', True), ('followed_up_by__isnull', True)), models.Q(('followed_up_at__isnull', False), ('followed_up_by__isnull', False)), _connector='OR'), name='import_followed_up_paired'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state__in', ['applied', 'undoing'])), models.Q(('applied_at__isnull', False), ('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state__in', ['applied', 'undoing', 'undone']), _negated=True), ('applied_at__isnull', True), ('undone_at__isnull', True)), _connector='OR'), name='import_applied_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['applying', 'applied']), _negated=True), models.Q(('as_at__isnull', False), ('not_for_publication__isnull', False)), _connector='OR'), name='import_applied_with_its_day'),
        ),
        migrations.AddIndex(
            model_name='importchange',
            index=models.Index(fields=['table_name', 'row_key'], name='importchange_by_row'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('batch', 'member', 'table', 'row', 'part'), name='import_row_once_in_its_file'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'known', 'changed', 'unchanged', 'left_out', 'gone'])), name='import_row_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('says_exempt', False), models.Q(('exempt_decision', ''), _negated=True), ('written', False), _connector='OR'), name='import_row_exempt_is_decided'),
        ),
        migrations.RunSQL(CREATE_FUNCTIONS, DROP_FUNCTIONS),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD) - ARRAY['voided_at']::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['voided_at']::text[])", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Assessments are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='6c5ebf812fe5564b225c6e56832fb3db9a0b8295', operation='UPDATE', pgid='pgtrigger_never_changed_c740f', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Assessments are never deleted' USING ERRCODE = 'restrict_violation';", hash='67d202e94b2d9247e9a5edb385405531daa0d83d', operation='DELETE', pgid='pgtrigger_never_deleted_7193c', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='d6fc6eed4a448f34a068897e384aa0348517bfdd', operation='UPDATE', pgid='pgtrigger_earlier_values_93281', table='recommendations_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='7758f04a49a46293689079a96b26a1bd90647563', operation='INSERT', pgid='pgtrigger_made_by_its_import_38479', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='9fa46b356a548052c5ad28d0362b413cef13c70f', operation='UPDATE', pgid='pgtrigger_keeps_its_import_d6aa6', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.voided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND NEW.voided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f33ec2a4658b4a4b85090ff238823ccc0d586885', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_b623b', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.notified_on IS DISTINCT FROM NEW.notified_on OR OLD.response_due_on IS DISTINCT FROM NEW.response_due_on OR OLD.notice_recorded_at IS DISTINCT FROM NEW.notice_recorded_at OR OLD.notice_from_source IS DISTINCT FROM NEW.notice_from_source)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.notified_on IS NOT NULL AND NOT (NEW.notified_on IS NULL AND NEW.response_due_on IS NULL AND NEW.notice_recorded_at IS NULL AND EXISTS (SELECT 1 FROM recommendations_noticewithdrawal w WHERE w.assignment_id = OLD.id AND w.notified_on = OLD.notified_on))) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assignment_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'notified_on', 'response_due_on', 'notice_recorded_at', 'notice_from_source']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The day of a notice on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4de647b4f2dac9b4fb5fa22294f6405f85a46f58', operation='UPDATE', pgid='pgtrigger_corrected_only_0f54c', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='first_date_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.first_target_on IS DISTINCT FROM NEW.first_target_on OR OLD.first_target_period IS DISTINCT FROM NEW.first_target_period OR OLD.first_target_set_at IS DISTINCT FROM NEW.first_target_set_at)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.first_target_on IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assignment_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'first_target_on', 'first_target_period', 'first_target_set_at']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The first target date on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='530e67c986a4842ea6157219bb41002af435703b', operation='UPDATE', pgid='pgtrigger_first_date_stays_3c5b7', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF EXISTS (SELECT 1 FROM recommendations_recommendation r WHERE r.id = OLD.recommendation_id AND r.made_public_at IS NOT NULL) THEN\n                RAISE EXCEPTION 'Assignments on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='fd680893b1e3002dd7dfc73d63b2f81963e04d4d', operation='DELETE', pgid='pgtrigger_stays_on_the_record_432bd', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.is_lead IS DISTINCT FROM NEW.is_lead OR OLD.post_id IS DISTINCT FROM NEW.post_id OR OLD.deliverer IS DISTINCT FROM NEW.deliverer OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.notified_on IS DISTINCT FROM NEW.notified_on OR OLD.response_due_on IS DISTINCT FROM NEW.response_due_on OR OLD.notice_recorded_at IS DISTINCT FROM NEW.notice_recorded_at OR OLD.first_target_on IS DISTINCT FROM NEW.first_target_on OR OLD.first_target_period IS DISTINCT FROM NEW.first_target_period)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['is_lead', 'post_id', 'deliverer', 'withdrawn_at', 'notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on', 'first_target_period']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on', 'first_target_period']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='bbfa5b97c8e19ec5b5e907d6663ca253ce40a9a0', operation='UPDATE', pgid='pgtrigger_earlier_values_3c653', table='recommendations_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='7051bb6e9928513b1b4a271eaabc2394e4ec18b9', operation='INSERT', pgid='pgtrigger_made_by_its_import_5f5d2', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='a79cf62a534e382ca7cebd9cddae644e10bafa4c', operation='UPDATE', pgid='pgtrigger_keeps_its_import_d6eca', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.notice_recorded_at IS NOT NULL OR NEW.first_target_set_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.notice_recorded_at IS DISTINCT FROM OLD.notice_recorded_at AND NEW.notice_recorded_at > latest OR NEW.first_target_set_at IS DISTINCT FROM OLD.first_target_set_at AND NEW.first_target_set_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='6863c1d6c4d3eb1abf33fa54a1389d6769d405eb', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_e838e', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Bodies are never deleted' USING ERRCODE = 'restrict_violation';", hash='a7a314fb32fea304449ffef2dd515730794386b7', operation='DELETE', pgid='pgtrigger_never_deleted_d2eea', table='recommendations_body', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Bodies are never deleted' USING ERRCODE = 'restrict_violation';", hash='c3641364efa4d3ad4b84f8b1600d5dd8ebaef301', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_fd3d1', table='recommendations_body', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.short_name IS DISTINCT FROM NEW.short_name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name', 'short_name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='279e8e73fbc7bdd73440405d8f43b970024592ad', operation='UPDATE', pgid='pgtrigger_earlier_values_d2061', table='recommendations_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='c660f9983125f79568c88f16da73bfcf5c51979e', operation='INSERT', pgid='pgtrigger_made_by_its_import_a7d58', table='recommendations_body', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='130fa92e7a19e518095c9a18e0d3ce4cf8a76355', operation='UPDATE', pgid='pgtrigger_keeps_its_import_ea029', table='recommendations_body', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.withdrawn_at IS NOT NULL OR (to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_because']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_because']))", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Citations are never changed, only withdrawn with a reason' USING ERRCODE = 'restrict_violation';", hash='905ee33b6f78f0ca2a9ca08bc67d3e4ff637a663', operation='UPDATE', pgid='pgtrigger_never_changed_96fc0', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='757e162d8ab8a7e8cc6170af105e6b4fbd3c42cd', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_60fc8', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Corrections are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='a3e806d32fcf402014a4cf79b571ef54fdcad202', operation='UPDATE', pgid='pgtrigger_never_changed_86b8a', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Corrections are never deleted' USING ERRCODE = 'restrict_violation';", hash='d77f6f8eb52048ef97fc46115c4d8e2169e1f05f', operation='DELETE', pgid='pgtrigger_never_deleted_c344f', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='b028f29bb10d69d72d1b5244a457fb88d0e559a9', operation='INSERT', pgid='pgtrigger_made_by_its_import_4aded', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='a0fbb09b026a4f745bdcb98714c6e26a76fc2356', operation='UPDATE', pgid='pgtrigger_keeps_its_import_0da14', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.corrected_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.corrected_at IS DISTINCT FROM OLD.corrected_at AND NEW.corrected_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='30dd5bfabb9c478e31a753db099013c47a6aecab', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_ec866', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of a review’s due date are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='53659fc539ff1edd476088a6a40e05004c569564', operation='UPDATE', pgid='pgtrigger_never_changed_30279', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of a review’s due date are never deleted' USING ERRCODE = 'restrict_violation';", hash='50d902e9d1563ad0d0971dc80756d72776b01d7f', operation='DELETE', pgid='pgtrigger_never_deleted_34708', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.changed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.changed_at IS DISTINCT FROM OLD.changed_at AND NEW.changed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='32360b15224e11edbb4d6c0aa3979603a89062bb', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7c019', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier values are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='3a332f7d1b37545270b6c6ebfdb04efaf3b90c83', operation='UPDATE', pgid='pgtrigger_never_changed_9ea25', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier values are never deleted' USING ERRCODE = 'restrict_violation';", hash='f552a8e2684aae41d5eba0cc8848c5048657b37f', operation='DELETE', pgid='pgtrigger_never_deleted_70785', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.replaced_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.replaced_at IS DISTINCT FROM OLD.replaced_at AND NEW.replaced_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c9a13713a55bbf2ed3f058e999000555ecc70325', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_94ea1', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.added_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.added_at IS DISTINCT FROM OLD.added_at AND NEW.added_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e0d5b9037128f6cd6aee86336286ff3df3739ed4', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_aead6', table='recommendations_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Views of exempt text are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='28ac0a42fc0d10c0a051ea20ca6b0b5b43c27505', operation='UPDATE', pgid='pgtrigger_never_changed_064ca', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Views of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='95d88f7a9592fefbde79f07c3ea24d84b613bac4', operation='DELETE', pgid='pgtrigger_never_deleted_e73b2', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.seen_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.seen_at IS DISTINCT FROM OLD.seen_at AND NEW.seen_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1e5ab970f70c2dd3b72a09607bf334cf3331fe85', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_0dd26', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Openings of exempt text are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='8f6032f77ea0f5ec7db3e878d38d9b0a9e833048', operation='UPDATE', pgid='pgtrigger_never_changed_8e34c', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Openings of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='c3c556ecbaa2708b6bb4739e8c1eb2cb76f20f5a', operation='DELETE', pgid='pgtrigger_never_deleted_9c4f7', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.opened_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.opened_at IS DISTINCT FROM OLD.opened_at AND NEW.opened_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='a4b0ba032dc42d9f6161c44d031be00c65fb6ba0', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_40c91', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.number IS DISTINCT FROM NEW.number OR OLD.text IS DISTINCT FROM NEW.text OR OLD.inquiry_id IS DISTINCT FROM NEW.inquiry_id)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (EXISTS (SELECT 1 FROM recommendations_inquiry i WHERE i.id = OLD.inquiry_id AND i.made_public_at IS NOT NULL)) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.finding_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'number', 'text', 'inquiry_id']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'A finding on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7bd2167d4deb0e14fe5e96c6ae61460855fca63e', operation='UPDATE', pgid='pgtrigger_corrected_only_1f0f4', table='recommendations_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF EXISTS (SELECT 1 FROM recommendations_inquiry i WHERE i.id = OLD.inquiry_id AND i.made_public_at IS NOT NULL) THEN\n                RAISE EXCEPTION 'Findings on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='8303598f16f0cea396d5ae4d7222f02f22fb8fb6', operation='DELETE', pgid='pgtrigger_stays_on_the_record_f9b07', table='recommendations_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.text IS DISTINCT FROM NEW.text)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'text']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='786dfd9369d31334c6f96987af64c326bf609853', operation='UPDATE', pgid='pgtrigger_earlier_values_09123', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='0471c88b4b4435bae2c06ee8e29493768d58ee3b', operation='DELETE', pgid='pgtrigger_earlier_row_a9ee6', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of governance are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='672bbab0f3d64ea0080c1041d243444ff843f5b6', operation='UPDATE', pgid='pgtrigger_never_changed_e4f8b', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of governance are never deleted' USING ERRCODE = 'restrict_violation';", hash='0df11a9e636f788ae0e10f3914da3c8c6a85a201', operation='DELETE', pgid='pgtrigger_never_deleted_042fc', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4fefd3e960a64b5c02eef9ea871f8ec99ea49d89', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_31070', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.title IS DISTINCT FROM NEW.title OR OLD.scope IS DISTINCT FROM NEW.scope OR OLD.summary IS DISTINCT FROM NEW.summary OR OLD.chair IS DISTINCT FROM NEW.chair OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.published_period IS DISTINCT FROM NEW.published_period)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.made_public_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.inquiry_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'reference', 'title', 'scope', 'summary', 'chair', 'published_on', 'published_period']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'An inquiry on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='72ecb9b8087a0798c521abe25ad494df15134fca', operation='UPDATE', pgid='pgtrigger_corrected_only_4e623', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'Inquiries on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='e3f49b8dd1905074a971cd59c2d9daa02465f52a', operation='DELETE', pgid='pgtrigger_stays_on_the_record_cdb76', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.reference IS DISTINCT FROM NEW.reference OR OLD.title IS DISTINCT FROM NEW.title OR OLD.scope IS DISTINCT FROM NEW.scope OR OLD.summary IS DISTINCT FROM NEW.summary OR OLD.chair IS DISTINCT FROM NEW.chair OR OLD.source_note IS DISTINCT FROM NEW.source_note OR OLD.record_kind IS DISTINCT FROM NEW.record_kind OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.published_period IS DISTINCT FROM NEW.published_period)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['reference', 'title', 'scope', 'summary', 'chair', 'source_note', 'record_kind', 'published_on', 'published_period']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on', 'published_period']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='9a300e8b7e2db2781554bd1ae77036d5eb850194', operation='UPDATE', pgid='pgtrigger_earlier_values_e2e60', table='recommendations_inquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='7ae7a0db6a4a4e6cc5af91672f376408e20986c2', operation='INSERT', pgid='pgtrigger_made_by_its_import_72e12', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='0cb043872e087a0e9f0301ba51f80a1d6c15867c', operation='UPDATE', pgid='pgtrigger_keeps_its_import_608ab', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.made_public_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.made_public_at IS DISTINCT FROM OLD.made_public_at AND NEW.made_public_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1e56a696be072d52eb3290884a018ebfe0b2d4a6', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_9afc7', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Passings of inquiries are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='548f9f1a525d59862ae2d9542e0c60743367d323', operation='UPDATE', pgid='pgtrigger_never_changed_2979e', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Passings of inquiries are never deleted' USING ERRCODE = 'restrict_violation';", hash='3f82897da2a6a052348f3987c5e2f91c8e27f757', operation='DELETE', pgid='pgtrigger_never_deleted_7dc88', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='8c606f216544b7c8486676be1105fee59de9ff47', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_73fa6', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Uses of personal links are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='de27f964a31ffcb638259a2108f45e78699fb63b', operation='UPDATE', pgid='pgtrigger_never_changed_623df', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Uses of personal links are never deleted' USING ERRCODE = 'restrict_violation';", hash='89679a841a73ac0b440cebdc313624f103b41380', operation='DELETE', pgid='pgtrigger_never_deleted_92611', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.at IS DISTINCT FROM OLD.at AND NEW.at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c447ed3f3472c0ddfe8767ab418886160609f227', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_70e08', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.body_id IS DISTINCT FROM NEW.body_id OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF ((EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_pack WHERE meeting_id = OLD.id AND released_at IS NOT NULL) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL)) AND NOT (OLD.body_id = NEW.body_id AND OLD.day_precision = 'month' AND NEW.day_precision = 'day' AND date_trunc('month', OLD.held_on) = date_trunc('month', NEW.held_on))) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.meeting_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'held_on', 'body_id', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The day of a meeting on which business hangs on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='56ee27fb0818b8989722c44c4a149e7996b17ec5', operation='UPDATE', pgid='pgtrigger_corrected_only_cc71e', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.place IS DISTINCT FROM NEW.place OR OLD.state IS DISTINCT FROM NEW.state OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title', 'held_on', 'place', 'state', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='8ae3dd90efac51f4f259e1716ce186e29e00682c', operation='UPDATE', pgid='pgtrigger_earlier_values_ab7f9', table='recommendations_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='bfd24e185f5b065f6bc0d65d76cb58a2ba83e331', operation='INSERT', pgid='pgtrigger_made_by_its_import_6f894', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='89a9ac7c3bba4b44c7c75d631cf9cded27fbd62f', operation='UPDATE', pgid='pgtrigger_keeps_its_import_95c9b', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Meetings are never deleted' USING ERRCODE = 'restrict_violation';", hash='5836af9dede41111f7ef803ecd8f30c890e409fd', operation='DELETE', pgid='pgtrigger_never_deleted_33057', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Meetings are never deleted' USING ERRCODE = 'restrict_violation';", hash='8c863f550eda76e7a2cc6626e568d784099a0b3e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_3e052', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_its_plan', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.assignment_id IS DISTINCT FROM NEW.assignment_id OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.id IS DISTINCT FROM NEW.id)', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'A step of a plan is never moved to another' USING ERRCODE = 'restrict_violation';", hash='fc070ae3313de61f171909f87002cf785f720bf9', operation='UPDATE', pgid='pgtrigger_stays_in_its_plan_07c3f', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='done_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.done_on IS NOT NULL)', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Steps that are done are never deleted' USING ERRCODE = 'restrict_violation';", hash='dcf526b6b616854b8eabb422d3d89d9c8e07147f', operation='DELETE', pgid='pgtrigger_done_stays_ac6b3', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.due_period IS DISTINCT FROM NEW.due_period OR OLD.done_on IS DISTINCT FROM NEW.done_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['words', 'due_on', 'due_period', 'done_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='6b635b6287f6290db8c2d1685b15d9200a149b3a', operation='UPDATE', pgid='pgtrigger_earlier_values_de2ae', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='af9d211cb76558963d86dbb7b6596242a7575421', operation='DELETE', pgid='pgtrigger_earlier_row_4e23e', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='0a39ea8de1a9182a697ccfe6a887b3a9ac7d3f32', operation='INSERT', pgid='pgtrigger_made_by_its_import_3e29b', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='9584f95a73d2d41b11db35ad48160f6d1d5ef417', operation='UPDATE', pgid='pgtrigger_keeps_its_import_7e232', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c25bb5e7f24207063ee7fe2944dd73b9c3cb5ee6', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_1e04f', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Notices are never deleted' USING ERRCODE = 'restrict_violation';", hash='4b69844ffabe9a998b796cdba587fd74e42ab626', operation='DELETE', pgid='pgtrigger_never_deleted_d7fcb', table='recommendations_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Notices are never deleted' USING ERRCODE = 'restrict_violation';", hash='df37f825e9842ff789b8e9d9b948f3ca85e7e412', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_59057', table='recommendations_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Notices that were taken back are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='cc62e501f4ae80c99bd722f17c33a50ced788cb4', operation='UPDATE', pgid='pgtrigger_never_changed_d3d30', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Notices that were taken back are never deleted' USING ERRCODE = 'restrict_violation';", hash='710a24250b9d87ebdc1e0d101c7e966070f1cc28', operation='DELETE', pgid='pgtrigger_never_deleted_d7986', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.notice_recorded_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.notice_recorded_at IS DISTINCT FROM OLD.notice_recorded_at AND NEW.notice_recorded_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='287bc410d5ca40a9eb87910baf212cbd334ce2f3', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_dc5ae', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'ready')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Frozen packs are never deleted' USING ERRCODE = 'restrict_violation';", hash='9ce7528215d4599e962dee0e83b945ec3901cab1', operation='DELETE', pgid='pgtrigger_never_deleted_5902e', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.queued_at IS NOT NULL OR NEW.finished_at IS NOT NULL OR NEW.release_asked_at IS NOT NULL OR NEW.released_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.queued_at IS DISTINCT FROM OLD.queued_at AND NEW.queued_at > latest OR NEW.finished_at IS DISTINCT FROM OLD.finished_at AND NEW.finished_at > latest OR NEW.release_asked_at IS DISTINCT FROM OLD.release_asked_at AND NEW.release_asked_at > latest OR NEW.released_at IS DISTINCT FROM OLD.released_at AND NEW.released_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='15c614c720017723ea14467e231fa5710f64b977', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_d86f7', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Posts are never deleted' USING ERRCODE = 'restrict_violation';", hash='34d84ce3d60a518b6eaadba4568dcdd16a857b94', operation='DELETE', pgid='pgtrigger_never_deleted_8dfc3', table='recommendations_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Posts are never deleted' USING ERRCODE = 'restrict_violation';", hash='bef89cfc37d899dd92acd8e8f23150460f05c7cb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_90371', table='recommendations_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='944e9607095442a813a4dd4d7f4142c4c8cde42a', operation='UPDATE', pgid='pgtrigger_earlier_values_e274a', table='recommendations_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='70d78277f0a10933612dc8022e4d320b7514913e', operation='INSERT', pgid='pgtrigger_made_by_its_import_0e62d', table='recommendations_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='02c58a8e45fc7000786daa5abc2a843ebaa4f229', operation='UPDATE', pgid='pgtrigger_keeps_its_import_1ecc3', table='recommendations_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'standing')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Proposed verdicts that have ended are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='1f82a62cb27ce78ca000e0305ccd0e53521cdd2b', operation='UPDATE', pgid='pgtrigger_never_changed_a1143', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'standing')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Proposed verdicts that have ended are never deleted' USING ERRCODE = 'restrict_violation';", hash='20f9bd1e5a3521daa39201e2a26ddbfe40802c8d', operation='DELETE', pgid='pgtrigger_never_deleted_5066f', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='withdrawn_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'A proposed verdict is withdrawn, not deleted' USING ERRCODE = 'restrict_violation';", hash='19d5110297cab7e55d8a2a5d6a07bd93187a3046', operation='DELETE', pgid='pgtrigger_withdrawn_not_deleted_d663c', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.proposed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.proposed_at IS DISTINCT FROM OLD.proposed_at AND NEW.proposed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='23a8d80819078b05862f4f4d586e44e479d8dc70', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_1315a', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.number IS DISTINCT FROM NEW.number OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.heading IS DISTINCT FROM NEW.heading OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.success_measure IS DISTINCT FROM NEW.success_measure OR OLD.owner_note IS DISTINCT FROM NEW.owner_note OR OLD.finding_id IS DISTINCT FROM NEW.finding_id OR OLD.made_at_id IS DISTINCT FROM NEW.made_at_id OR OLD.inquiry_id IS DISTINCT FROM NEW.inquiry_id OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.heading_is_ours IS DISTINCT FROM NEW.heading_is_ours OR OLD.made_on IS DISTINCT FROM NEW.made_on OR OLD.made_period IS DISTINCT FROM NEW.made_period OR OLD.created_at IS DISTINCT FROM NEW.created_at)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.made_public_at IS NOT NULL AND NOT (OLD.heading_is_ours AND NOT NEW.heading_is_ours AND to_jsonb(OLD) - ARRAY['heading', 'heading_is_ours', 'version'] = to_jsonb(NEW) - ARRAY['heading', 'heading_is_ours', 'version'])) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.recommendation_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'number', 'reference', 'heading', 'priority', 'success_measure', 'owner_note', 'finding_id', 'made_at_id', 'inquiry_id', 'published_on', 'heading_is_ours', 'made_on', 'made_period', 'created_at']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'A recommendation on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f42c00691d8ea09a9354b4b0a4989219db557064', operation='UPDATE', pgid='pgtrigger_corrected_only_ce5c8', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='reworded_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_public_at IS NOT NULL AND OLD.text IS DISTINCT FROM NEW.text)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF NEW.text IS DISTINCT FROM (\n                SELECT w.new_text FROM recommendations_wordingchange w\n                  LEFT JOIN recommendations_meeting m ON m.id = w.meeting_id\n                 WHERE w.recommendation_id = OLD.id\n                 ORDER BY coalesce(m.held_on, (w.changed_at AT TIME ZONE 'Europe/London')::date) DESC,\n                    w.changed_at DESC, w.id DESC\n                 LIMIT 1\n            ) THEN\n                RAISE EXCEPTION 'The wording on the public record changes only with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c6b2d3314cb6cdf32a23b11d5aaecd319494c7d6', operation='UPDATE', pgid='pgtrigger_reworded_only_f3e11', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'Recommendations on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='0e29b1bebc159817d08aaf4e3f6892b21cb928c3', operation='DELETE', pgid='pgtrigger_stays_on_the_record_25f19', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.heading IS DISTINCT FROM NEW.heading OR OLD.heading_is_ours IS DISTINCT FROM NEW.heading_is_ours OR OLD.finding_id IS DISTINCT FROM NEW.finding_id OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.success_measure IS DISTINCT FROM NEW.success_measure OR OLD.made_at_id IS DISTINCT FROM NEW.made_at_id OR OLD.owner_note IS DISTINCT FROM NEW.owner_note OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.published_on IS DISTINCT FROM NEW.published_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'reference', 'heading', 'heading_is_ours', 'finding_id', 'priority', 'success_measure', 'made_at_id', 'owner_note', 'withdrawn_at', 'published_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='7471ddc24a59bbcce14a8db4c56ac68e4005c01d', operation='UPDATE', pgid='pgtrigger_earlier_values_6a9b9', table='recommendations_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='41bb92c6eb277deeb7c254272949d7a358185ba1', operation='INSERT', pgid='pgtrigger_made_by_its_import_9be92', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='a231cadc221ffb3b301bca6f5faabf5b59ed51d1', operation='UPDATE', pgid='pgtrigger_keeps_its_import_bc8c2', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.made_public_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.made_public_at IS DISTINCT FROM OLD.made_public_at AND NEW.made_public_at > latest OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.withdrawn_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7609fd4d144905c0fe79a204aece7caaadbe23ca', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_f8b4e', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Themes of a recommendation are never changed, only added and taken out' USING ERRCODE = 'restrict_violation';", hash='6ae59a88ef861e96bde95c05707e27a46521cf94', operation='UPDATE', pgid='pgtrigger_never_changed_b5212', table='recommendations_recommendation_themes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Relations are never changed, only taken back' USING ERRCODE = 'restrict_violation';", hash='00a504b5a44ad1b0fa45f63f0703f09f1ac433ed', operation='UPDATE', pgid='pgtrigger_never_changed_7e567', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF EXISTS (SELECT 1 FROM recommendations_recommendation r\n                            WHERE r.id = OLD.later_id AND r.made_public_at IS NOT NULL)\n                   AND NOT EXISTS (SELECT 1 FROM recommendations_correction c\n                                    WHERE c.recommendation_id = OLD.later_id AND c.transaction = this_transaction()\n                                      AND c.before->'relation' @> jsonb_build_object(\n                                        'id', OLD.id, 'kind', OLD.kind, 'earlier_id', OLD.earlier_id)) THEN\n                RAISE EXCEPTION 'Relations on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='14752f182838fa1d738b0926dad4d99d0b714f1e', operation='DELETE', pgid='pgtrigger_stays_on_the_record_6e2b8', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='51dacc3207a92f18f5ec4e9ebe5ba8acda196b64', operation='DELETE', pgid='pgtrigger_earlier_row_960bb', table='recommendations_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='8782d80b12deb2f0fa656f26598e89b9c33ba0a0', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_ffbd7', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='respondentlink',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Personal links are never deleted' USING ERRCODE = 'restrict_violation';", hash='22c617c7da30c292b1cac97c7b79dbb245c108e5', operation='DELETE', pgid='pgtrigger_never_deleted_96464', table='recommendations_respondentlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='respondentlink',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Personal links are never deleted' USING ERRCODE = 'restrict_violation';", hash='75d0412137ac117ac55042e3e653320e27e268b0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_13552', table='recommendations_respondentlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD) - ARRAY['voided_at']::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['voided_at']::text[])", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Responses are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='1850daa4ad674e99e65da7501e2aaab036e25e63', operation='UPDATE', pgid='pgtrigger_never_changed_97825', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Responses are never deleted' USING ERRCODE = 'restrict_violation';", hash='a08bdf365fc3c7fa4e66d66a16a3969967e42c78', operation='DELETE', pgid='pgtrigger_never_deleted_3c35d', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='5d7a344c0a0a7fe048a59c7d1678a49cdf69f6ff', operation='UPDATE', pgid='pgtrigger_earlier_values_14240', table='recommendations_response', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='a61b6338afeff312f96049f09e468e9e72b25ace', operation='INSERT', pgid='pgtrigger_made_by_its_import_7310c', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='559c4cf79398552f1be2116eb2cb69a17f7ec715', operation='UPDATE', pgid='pgtrigger_keeps_its_import_92b0c', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL OR NEW.voided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND NEW.voided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='af22ea70206e68069cb8699a3065d27c521101fc', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_adb81', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Reviews are never deleted' USING ERRCODE = 'restrict_violation';", hash='a263c6e283df47ced3afc92a81f57654637bc1f6', operation='DELETE', pgid='pgtrigger_never_deleted_8d63a', table='recommendations_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Reviews are never deleted' USING ERRCODE = 'restrict_violation';", hash='9d94c83c2632fcb69cb548cf840aa70fdbce0a26', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_cd927', table='recommendations_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.cancelled_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at AND NEW.cancelled_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7f76de178ff14b8a5923a62a1b3389cd19bca8eb', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_11bfb', table='recommendations_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewinquiry',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Inquiries of a review are never deleted' USING ERRCODE = 'restrict_violation';", hash='a48bfe4c3ed08516dddb40b0301e9b578999d254', operation='DELETE', pgid='pgtrigger_never_deleted_3880a', table='recommendations_review_inquiries', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewinquiry',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Inquiries of a review are never deleted' USING ERRCODE = 'restrict_violation';", hash='32071433a90c88425f474d441478a83d5c96a353', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_eaf9d', table='recommendations_review_inquiries', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed files are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='7951b158abaa359c33cc2aa6d47aa2ab98a1e489', operation='UPDATE', pgid='pgtrigger_never_changed_a8dba', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed files are never deleted' USING ERRCODE = 'restrict_violation';", hash='d874a7e1da8ee9cca8eed07aa69fd7c2d1a76807', operation='DELETE', pgid='pgtrigger_never_deleted_eb9bd', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed words are never deleted' USING ERRCODE = 'restrict_violation';", hash='c4ac9e916aaddef234bdd48d6e98dc62208172b4', operation='DELETE', pgid='pgtrigger_never_deleted_6107b', table='recommendations_sealedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4f7d1c6fd92c98f727c441d05b9f541a114915ac', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_00b07', table='recommendations_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Submitted versions are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='48e34adc1f57dc933155d1423bb6cd81b0bb13a4', operation='UPDATE', pgid='pgtrigger_never_changed_721ab', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Submitted versions are never deleted' USING ERRCODE = 'restrict_violation';", hash='20af1a29d45090383953ce3fc1ad38da7c7dd6c1', operation='DELETE', pgid='pgtrigger_never_deleted_a496a', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.submitted_at IS NOT NULL OR NEW.mended_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.submitted_at IS DISTINCT FROM OLD.submitted_at AND NEW.submitted_at > latest OR NEW.mended_at IS DISTINCT FROM OLD.mended_at AND NEW.mended_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c3cbcde6708347df19eb7609a25c6e001dfda6f0', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7ccdb', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Successions are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='4c3c48a2ea911d291a350058dac9f9aa49c97700', operation='UPDATE', pgid='pgtrigger_never_changed_c5c42', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Successions are never deleted' USING ERRCODE = 'restrict_violation';", hash='e594ea3145f1e879574284aa96f3dc4377872b2e', operation='DELETE', pgid='pgtrigger_never_deleted_441bb', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='ba43d90113d387dd1d210b51c613b1cd6c27cd2d', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_56eca', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.decided_at IS NOT NULL OR (OLD.assignment_id, OLD.old_date, OLD.old_period, OLD.new_date, OLD.new_period, OLD.reason, OLD.asked_at, OLD.asked_by_id, OLD.import_batch_id, OLD.import_row_id) IS DISTINCT FROM (NEW.assignment_id, NEW.old_date, NEW.old_period, coalesce(NEW.asked_date, NEW.new_date), CASE WHEN NEW.asked_date IS NULL THEN NEW.new_period ELSE NEW.asked_period END, NEW.reason, NEW.asked_at, NEW.asked_by_id, NEW.import_batch_id, NEW.import_row_id))', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Entries of the slippage ledger are never changed once decided' USING ERRCODE = 'restrict_violation';", hash='df1671b46a3c881fbacb333c0d9251983602b11b', operation='UPDATE', pgid='pgtrigger_never_changed_374e2', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Entries of the slippage ledger are never deleted' USING ERRCODE = 'restrict_violation';", hash='0f816d6d389f76e12de99cf8f32397e210641c89', operation='DELETE', pgid='pgtrigger_never_deleted_ffeba', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='4b9b7e6faa7e852b41ae9199275a491ceda056a4', operation='INSERT', pgid='pgtrigger_made_by_its_import_ce2a9', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='86449e556dc592e4550eb2cc9900084269a14967', operation='UPDATE', pgid='pgtrigger_keeps_its_import_96a0b', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.asked_at IS NOT NULL OR NEW.decided_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.asked_at IS DISTINCT FROM OLD.asked_at AND NEW.asked_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='58e052472e4a5f90a0b8b3a42e39c5151c01653c', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_bfc0a', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF EXISTS (SELECT 1 FROM recommendations_earliervalue e\n    WHERE e.table_name = 'recommendations_recommendation' AND e.before->'themes' @> to_jsonb(OLD.id)) THEN\n                RAISE EXCEPTION 'Themes that a recommendation had on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='be844abc22fa237d88c2ee1b3fb742c06e15bea9', operation='DELETE', pgid='pgtrigger_stays_on_the_record_ab824', table='recommendations_theme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed, import_batch_id)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false, import_applied_now());\n            END IF;\n            RETURN NULL;\n        ", hash='86c11dfa6e9d69df30bfb44e6dd807a83bcb056e', operation='UPDATE', pgid='pgtrigger_earlier_values_2bb57', table='recommendations_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Transfers are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='111e0f49e012b1c6544b5bf00f4ccac132453418', operation='UPDATE', pgid='pgtrigger_never_changed_1defc', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Transfers are never deleted' USING ERRCODE = 'restrict_violation';", hash='f428423bd27b95f8b598c90165776d9636d4db4e', operation='DELETE', pgid='pgtrigger_never_deleted_287c9', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.recorded_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at AND NEW.recorded_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='2be3e5b42a70e4a270baa7124d2b5d1d9368c446', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_aef39', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'published')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Published updates are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='5ba024e3e2d9a9f079ccf916516e6790744d3a63', operation='UPDATE', pgid='pgtrigger_never_changed_a6ba8', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'published')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Published updates are never deleted' USING ERRCODE = 'restrict_violation';", hash='b2c42548c40028ceaa67d8ff9b15b584de72fe13', operation='DELETE', pgid='pgtrigger_never_deleted_65749', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='62beb8e182310779536ad04188dd19e6ea16000a', operation='INSERT', pgid='pgtrigger_made_by_its_import_16ad8', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='d83f886699ca6e35d3f0436a99916934d28b9fd2', operation='UPDATE', pgid='pgtrigger_keeps_its_import_1a613', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.saved_at IS NOT NULL OR NEW.submitted_at IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.mended_at IS NOT NULL OR NEW.returned_at IS NOT NULL OR NEW.published_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.saved_at IS DISTINCT FROM OLD.saved_at AND NEW.saved_at > latest OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at AND NEW.submitted_at > latest OR NEW.approved_at IS DISTINCT FROM OLD.approved_at AND NEW.approved_at > latest OR NEW.mended_at IS DISTINCT FROM OLD.mended_at AND NEW.mended_at > latest OR NEW.returned_at IS DISTINCT FROM OLD.returned_at AND NEW.returned_at > latest OR NEW.published_at IS DISTINCT FROM OLD.published_at AND NEW.published_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='fac9910e981012c1e5aba10b54e47ce04325c591', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7480a', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='updaterequest',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Requests for an update are never deleted' USING ERRCODE = 'restrict_violation';", hash='aa56f5285d4e868cb4ad8fd868c18303a983bc45', operation='DELETE', pgid='pgtrigger_never_deleted_44098', table='recommendations_updaterequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='updaterequest',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Requests for an update are never deleted' USING ERRCODE = 'restrict_violation';", hash='8ad596b0f156d237013aa2141fbf028c4f6d761d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_83767', table='recommendations_updaterequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Withholdings are never deleted' USING ERRCODE = 'restrict_violation';", hash='1a22eb48d4b3575992c0765260c51b7ed89e8243', operation='DELETE', pgid='pgtrigger_never_deleted_3841f', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.withheld_at IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.erased_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.withheld_at IS DISTINCT FROM OLD.withheld_at AND NEW.withheld_at > latest OR NEW.decided_at IS DISTINCT FROM OLD.decided_at AND NEW.decided_at > latest OR NEW.erased_at IS DISTINCT FROM OLD.erased_at AND NEW.erased_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='3aec17fa669882bf0f2a4d1d8144419f0a7584a7', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_0600d', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier wordings are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='477872699301b4cf836c485ced3e1e430a571b76', operation='UPDATE', pgid='pgtrigger_never_changed_7698f', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier wordings are never deleted' USING ERRCODE = 'restrict_violation';", hash='7750986f6eb090a247bfc28d441c447255fff86f', operation='DELETE', pgid='pgtrigger_never_deleted_53787', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.changed_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.changed_at IS DISTINCT FROM OLD.changed_at AND NEW.changed_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='caa78181627d71be085165fe7e0353ad189d864a', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7737d', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='made_by_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS NOT NULL)', func="IF NOT is_import_applied_now(NEW.import_batch_id) THEN RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='de2a1c4f7901d6a5b0b97b711653949266d0002f', operation='INSERT', pgid='pgtrigger_made_by_its_import_3e68d', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_import', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id)', func="RAISE EXCEPTION 'Only an import that is being applied makes rows of its own' USING ERRCODE = 'restrict_violation';", hash='eef4ddd72e7bb5a6df25426caf14e96141313452', operation='UPDATE', pgid='pgtrigger_keeps_its_import_bed99', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importanswer',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.answered_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.answered_at IS DISTINCT FROM OLD.answered_at AND NEW.answered_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='54ab21e9f0ebe91839cd5892b543e5819c5dcdbe', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7f0ff', table='recommendations_importanswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importanswer',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['question', 'answer']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['question', 'answer']::text[]\n            );\n            RETURN NULL;\n        ", hash='9ff9989dbcba1ce1594b6e8851f57f55ffd78029', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_b3393', table='recommendations_importanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{applied:undoing,applying:applied,applying:to_check,failed:discarded,failed:reading,reading:discarded,reading:failed,reading:to_check,to_check:applying,to_check:discarded,to_check:reading,undoing:applied,undoing:undone}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='1596d2e26c22e75400ce8ce696e69162b822b59a', operation='UPDATE', pgid='pgtrigger_state_transitions_ef3e1', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='begins_with_reading', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.state NOT IN ('reading', 'to_check', 'failed') THEN\n                        RAISE EXCEPTION 'An import begins with reading' USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    NEW.applied_in := '';\n                    NEW.undone_in := '';\n                    RETURN NEW;\n                ", hash='ec72f19c9eb285faae8f3a324aed0b0a7a29f1cd', operation='INSERT', pgid='pgtrigger_begins_with_reading_0db88', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='its_transactions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.applied_in IS DISTINCT FROM NEW.applied_in OR OLD.undone_in IS DISTINCT FROM NEW.undone_in)', func="\n                    NEW.applied_in := OLD.applied_in;\n                    NEW.undone_in := OLD.undone_in;\n                    IF NEW.state = 'applied' AND OLD.state = 'applying' THEN\n                        NEW.applied_in := this_transaction();\n                    END IF;\n                    IF NEW.state = 'undone' AND OLD.state = 'undoing' THEN\n                        NEW.undone_in := this_transaction();\n                    END IF;\n                    RETURN NEW;\n                ", hash='58481bdf2f6910d29b7ecce388723ebd63a6e22b', operation='UPDATE', pgid='pgtrigger_its_transactions_c9dae', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='applied_as_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.applied_at IS NOT NULL AND (to_jsonb(OLD) - ARRAY['state', 'version', 'refusal', 'undone_at', 'undone_by_id', 'undone_in', 'followed_up_at', 'followed_up_by_id', 'file', 'reading']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['state', 'version', 'refusal', 'undone_at', 'undone_by_id', 'undone_in', 'followed_up_at', 'followed_up_by_id', 'file', 'reading']))", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'What was applied is never changed, only undone' USING ERRCODE = 'restrict_violation';", hash='736de0ef20c7124cfc7e6ee04ac06300a4880794', operation='UPDATE', pgid='pgtrigger_applied_as_it_is_e5f20', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='undone_wholly', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'undone')", constraint='CONSTRAINT', func="\n                    IF EXISTS (SELECT 1 FROM recommendations_earliervalue WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_correction WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_wordingchange WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_milestone WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_assessment WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_targetchange WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_update WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_response WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_assignment WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_recommendation WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_meeting WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_inquiry WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_post WHERE import_batch_id = NEW.id UNION ALL SELECT 1 FROM recommendations_body WHERE import_batch_id = NEW.id) OR NOT import_changed_back(NEW.id) THEN\n                        RAISE EXCEPTION 'An import is undone as a whole' USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NULL;\n                ", hash='58be294268d78eea533483beb19ee4823c622161', operation='UPDATE', pgid='pgtrigger_undone_wholly_02fea', table='recommendations_importbatch', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.applied_at IS NOT NULL)', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Imports are never deleted' USING ERRCODE = 'restrict_violation';", hash='5b026f3480298feaa6358fa105d1137aab8e0cc3', operation='DELETE', pgid='pgtrigger_never_deleted_35642', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Imports are never deleted' USING ERRCODE = 'restrict_violation';", hash='244bd8de2f8fc8f860842ad794f1f65c38f3f77b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_cc99d', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='never_ahead', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.created_at IS NOT NULL OR NEW.applied_at IS NOT NULL OR NEW.undone_at IS NOT NULL OR NEW.followed_up_at IS NOT NULL)', declare='DECLARE latest timestamptz;', func="\n            latest := greatest(coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), clock_timestamp()) + interval '1 minute';\n            IF NEW.created_at IS DISTINCT FROM OLD.created_at AND NEW.created_at > latest OR NEW.applied_at IS DISTINCT FROM OLD.applied_at AND NEW.applied_at > latest OR NEW.undone_at IS DISTINCT FROM OLD.undone_at AND NEW.undone_at > latest OR NEW.followed_up_at IS DISTINCT FROM OLD.followed_up_at AND NEW.followed_up_at > latest THEN\n                RAISE EXCEPTION 'Nothing is recorded as of a moment that is still to come'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='77a092abdd4b818f82f9c3293ffcd1b47fa319bd', operation='INSERT OR UPDATE', pgid='pgtrigger_never_ahead_7f97e', table='recommendations_importbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['reading', 'new_bodies', 'new_inquiries']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['reading', 'new_bodies', 'new_inquiries']::text[]\n            );\n            RETURN NULL;\n        ", hash='6fc6abda09861ee3f0718b73268dc394b49e58d1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_e4523', table='recommendations_importbatch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importchange',
            trigger=pgtrigger.compiler.Trigger(name='of_what_is_applied', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT is_import_applied_now(NEW.batch_id) THEN\n                        RAISE EXCEPTION 'Only an import that is being applied changes what was there'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='d456de2998ceaa15e0a1631b8e5f4a0f3077781f', operation='INSERT', pgid='pgtrigger_of_what_is_applied_9be8c', table='recommendations_importchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes by an import are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='587f23a100095bba23be969a7f4b706bdcfc9c80', operation='UPDATE', pgid='pgtrigger_never_changed_ff7c5', table='recommendations_importchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importchange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes by an import are never deleted' USING ERRCODE = 'restrict_violation';", hash='3928923a25be75ee9ded4978db25a6031bd78ff3', operation='DELETE', pgid='pgtrigger_never_deleted_bf83f', table='recommendations_importchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importchange',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Changes by an import are never deleted' USING ERRCODE = 'restrict_violation';", hash='9a28481d178ddc5a55290f60078d908d7a873dd8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_aa96c', table='recommendations_importchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importchange',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['before', 'after']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['before', 'after']::text[]\n            );\n            RETURN NULL;\n        ", hash='777247478bc6230c2c21b0088a259bad52c94b73', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_6650a', table='recommendations_importchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importrow',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.written)', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n \n    IF TG_OP = 'DELETE' AND is_taken_back(to_jsonb(OLD)) THEN\n        RETURN OLD;\n    END IF;\n    IF TG_OP = 'UPDATE' AND only_changed_back(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Lines of an import that is on the record are never deleted' USING ERRCODE = 'restrict_violation';", hash='62e44db5c714d456744dc87c9c12f849523acffd', operation='DELETE', pgid='pgtrigger_never_deleted_4d1ac', table='recommendations_importrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importrow',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['cells', 'reading', 'line', 'problems']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['cells', 'reading', 'line', 'problems']::text[]\n            );\n            RETURN NULL;\n        ", hash='f82af7c8a61b5ff44f80aaf4ee712dfd10488210', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_46da6', table='recommendations_importrow', when='AFTER')),
        ),
    ]
