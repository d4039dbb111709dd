import committee.clock
import committee.search_text
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import recommendations.lifecycle.state
import recommendations.models.evidence
import recommendations.models.packs
import recommendations.models.search_vectors
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from recommendations.models.search_vectors import CREATE_CONFIG, CREATE_REFERENCE, DROP_CONFIG, DROP_REFERENCE

from recommendations.models.withholdings import CREATE_FUNCTIONS, DROP_FUNCTIONS


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0001_initial'),
        ('committee', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Trigram search and repeat detection; the extension is trusted since PostgreSQL 13.
        TrigramExtension(),
        # Indexes of words call the function, and their vectors name the configuration.
        migrations.RunSQL(CREATE_REFERENCE, DROP_REFERENCE),
        migrations.RunSQL(CREATE_CONFIG, DROP_CONFIG),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('file', models.FileField(blank=True, upload_to=recommendations.models.evidence.evidence_path)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('visibility', models.CharField(choices=[('public', 'Public'), ('restricted', 'Signed-in people only'), ('exempt', 'Exempt')], default='public', max_length=10)),
                ('exempt_paragraphs', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('public_summary', models.CharField(blank=True, max_length=300)),
                ('replacement_reason', models.CharField(blank=True, max_length=300)),
                ('added_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['added_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ExemptAccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=20)),
                ('row_key', models.BigIntegerField()),
                ('seen_at', models.DateTimeField(default=committee.clock.now)),
                ('address', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-seen_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ExemptOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('opened_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['opened_at'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(max_length=20)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ['sort_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GovernanceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('setting', models.CharField(choices=[('parent', 'What it is part of'), ('kind', 'Kind of body'), ('response_period', 'Time to respond'), ('response_unit', 'What the time to respond is counted in'), ('response_basis', 'Legal basis of the term'), ('publishes_without_approver', 'Whether its updates need an approver'), ('dates_agreed_by', 'Who agrees that a date may move')], max_length=40)),
                ('old_value', models.CharField(blank=True, max_length=300)),
                ('new_value', models.CharField(blank=True, max_length=300)),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reference', models.CharField(max_length=40)),
                ('reference_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('title', models.CharField(max_length=300)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('scope', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('chair', models.CharField(blank=True, max_length=200)),
                ('stage', models.CharField(choices=[('scoping', 'Scoping'), ('evidence', 'Gathering evidence'), ('drafting', 'Drafting the report'), ('published', 'Report published'), ('monitoring', 'Monitoring'), ('concluded', 'Concluded')], default='scoping', max_length=12)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('made_public_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('report_url', models.URLField(blank=True, max_length=500)),
                ('source_note', models.TextField(blank=True)),
                ('record_kind', models.CharField(choices=[('committee', 'The committee’s own record'), ('public_sources', 'Compiled from public sources')], default='committee', max_length=20)),
            ],
            options={
                'verbose_name_plural': 'inquiries',
                'ordering': [models.OrderBy(models.F('published_on'), descending=True, nulls_first=True), 'id'],
            },
        ),
        migrations.CreateModel(
            name='InquiryTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LinkUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('issued', 'Issued'), ('opened', 'Opened'), ('code_sent', 'Code sent'), ('code_wrong', 'Wrong code'), ('let_in', 'Let in'), ('limited', 'Made to wait'), ('read', 'Read'), ('wrote', 'Wrote'), ('refused', 'Refused'), ('renewed', 'Renewed'), ('revoked', 'Revoked')], max_length=12)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=committee.clock.now)),
                ('address', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('held_on', models.DateField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('title_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('agenda_url', models.URLField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled'), ('not_known', 'Not known whether it was held')], default='planned', max_length=10)),
                ('day_precision', models.CharField(choices=[('day', 'The day is known'), ('month', 'Only the month is known')], default='day', max_length=10)),
            ],
            options={
                'ordering': ['-held_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('scrutiny_officer', 'Scrutiny officer'), ('clerk', 'Clerk'), ('councillor', 'Councillor'), ('chair', 'Chair'), ('responsible_officer', 'Responsible officer'), ('approver', 'Approver'), ('administrator', 'Administrator')], max_length=20)),
                ('sees_exempt', models.BooleanField(default=False)),
                ('began_on', models.DateField(default=committee.clock.today)),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['user__sort_key', 'role', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('words', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', 'Recommendations sent'), ('withdrawn', 'Sent in error'), ('asked', 'Update asked for'), ('chased', 'Chased'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('submitted', 'Waiting for approval'), ('returned', 'Returned'), ('published', 'Published'), ('date_asked', 'New date asked for'), ('date_decided', 'New date decided'), ('escalated', 'Escalated'), ('taken_back', 'Taken back'), ('pack_ready', 'Pack ready'), ('withheld', 'Taken off the record')], max_length=20)),
                ('about', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('queued', 'To be sent'), ('sent', 'In a message'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                ('created_at', models.DateTimeField(default=committee.clock.now)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('muted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sent', 'Recommendations sent'), ('withdrawn', 'Sent in error'), ('asked', 'Update asked for'), ('chased', 'Chased'), ('due_soon', 'Due soon'), ('overdue', 'Overdue'), ('submitted', 'Waiting for approval'), ('returned', 'Returned'), ('published', 'Published'), ('date_asked', 'New date asked for'), ('date_decided', 'New date decided'), ('escalated', 'Escalated'), ('taken_back', 'Taken back'), ('pack_ready', 'Pack ready'), ('withheld', 'Taken off the record')], max_length=20), blank=True, default=list, size=None)),
                ('working_days_only', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'notice settings',
            },
        ),
        migrations.CreateModel(
            name='NoticeWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notified_on', models.DateField()),
                ('response_due_on', models.DateField(blank=True, null=True)),
                ('notice_recorded_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('withdrawn_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['withdrawn_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edition', models.CharField(choices=[('public', 'Public edition'), ('exempt', 'Exempt edition')], default='public', max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('purpose', models.TextField(blank=True)),
                ('decisions', models.TextField(blank=True)),
                ('reasons', models.TextField(blank=True)),
                ('implications', models.JSONField(blank=True, default=dict)),
                ('appendices', models.TextField(blank=True)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('report_of', models.CharField(blank=True, max_length=200)),
                ('supplement', models.BooleanField(default=False, editable=False)),
                ('changes', models.TextField(blank=True)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=recommendations.models.packs.ordinary_sections, size=None)),
                ('selection', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('queued', 'Waiting to be made'), ('rendering', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed')], default='draft', editable=False, max_length=10)),
                ('progress_done', models.PositiveIntegerField(default=0, editable=False)),
                ('progress_total', models.PositiveIntegerField(default=0, editable=False)),
                ('progress_words', models.CharField(blank=True, editable=False, max_length=200)),
                ('failure', models.TextField(blank=True, editable=False)),
                ('as_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('content', models.JSONField(blank=True, editable=False, null=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('made_with', models.JSONField(blank=True, default=dict, editable=False)),
                ('pages', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('pdf', models.FileField(blank=True, editable=False, upload_to='packs/')),
                ('pdf_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('html', models.FileField(blank=True, editable=False, upload_to='packs/')),
                ('word', models.FileField(blank=True, editable=False, upload_to='packs/')),
                ('word_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('queued_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('release_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('released_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PackTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=100)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('edition', models.CharField(choices=[('public', 'Public edition'), ('exempt', 'Exempt edition')], default='public', max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('decisions', models.TextField(blank=True)),
                ('reasons', models.TextField(blank=True)),
                ('implications', models.JSONField(blank=True, default=dict)),
                ('appendices', models.TextField(blank=True)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('report_of', models.CharField(blank=True, max_length=200)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=recommendations.models.packs.ordinary_sections, size=None)),
                ('picks', models.CharField(choices=[('open', 'All that are open'), ('matching', 'Those that match a list'), ('these', 'These recommendations')], default='open', max_length=10)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('query_words', models.CharField(blank=True, max_length=1000)),
                ('selection', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
            ],
            options={
                'ordering': ['sort_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['sort_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ProposedVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('grade', models.CharField(choices=[('implemented', 'Implemented'), ('on_course', 'On course'), ('concerns', 'Concerns'), ('not_implemented', 'Not implemented')], max_length=20)),
                ('outcome', models.CharField(choices=[('keep', 'Keep monitoring'), ('escalate', 'Escalate'), ('reopen', 'Reopen'), ('close_implemented', 'Closed: implemented'), ('close_not_implemented', 'Closed: not implemented'), ('close_superseded', 'Closed: superseded'), ('close_no_longer_relevant', 'Closed: no longer relevant')], max_length=30)),
                ('comment', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('standing', 'Proposed'), ('taken', 'Taken'), ('not_taken', 'Not taken'), ('withdrawn', 'Withdrawn')], default='standing', editable=False, max_length=10)),
                ('proposed_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['proposed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(max_length=20)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('reference', models.CharField(max_length=40)),
                ('reference_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('heading', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('priority', models.CharField(choices=[('top', 'Top priority'), ('high', 'High priority'), ('standard', 'Standard priority'), ('not_known', 'Priority not known from public sources')], default='standard', max_length=10)),
                ('success_measure', models.TextField(blank=True)),
                ('owner_note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('made_public_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('closed_on', models.DateField(blank=True, editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('keep', 'Keep monitoring'), ('escalate', 'Escalate'), ('reopen', 'Reopen'), ('close_implemented', 'Closed: implemented'), ('close_not_implemented', 'Closed: not implemented'), ('close_superseded', 'Closed: superseded'), ('close_no_longer_relevant', 'Closed: no longer relevant')], editable=False, max_length=30)),
                ('grade', models.CharField(blank=True, choices=[('implemented', 'Implemented'), ('on_course', 'On course'), ('concerns', 'Concerns'), ('not_implemented', 'Not implemented')], editable=False, max_length=20)),
                ('sources_only', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'ordering': ['inquiry_id', 'sort_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('repeats', 'Repeats'), ('supersedes', 'Supersedes')], max_length=12)),
                ('recorded_at', models.DateTimeField(default=committee.clock.now, editable=False)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RespondentLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.PositiveIntegerField(default=1)),
                ('issued_at', models.DateTimeField(default=committee.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('code_hash', models.CharField(blank=True, max_length=128)),
                ('code_sent_at', models.DateTimeField(blank=True, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('first_used_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-issued_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exempt_text', models.TextField(blank=True)),
                ('exempt_paragraphs', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('public_summary', models.TextField(blank=True)),
                ('decision', models.CharField(choices=[('accepted', 'Accepted'), ('in_part', 'Accepted in part'), ('in_principle', 'Accepted in principle'), ('noted', 'Noted'), ('rejected', 'Rejected'), ('not_ours', 'Not for this body')], max_length=20)),
                ('text', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('decided_on', models.DateField()),
                ('body_name', models.CharField(max_length=200)),
                ('personal_data_looked_at', models.BooleanField(default=False, editable=False)),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['decided_on', 'recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('meeting_on', models.DateField(blank=True, null=True)),
                ('opened_on', models.DateField(default=committee.clock.today)),
                ('due_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('cancel_reason', models.TextField(blank=True, editable=False)),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-opened_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SealedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(default='file', editable=False, max_length=10)),
                ('file', models.FileField(blank=True, upload_to='withheld/')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SealedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(editable=False, max_length=63)),
                ('row_key', models.CharField(editable=False, max_length=64)),
                ('column_name', models.CharField(editable=False, max_length=63)),
                ('marker', models.CharField(editable=False, max_length=80)),
                ('original', models.TextField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publisher', models.CharField(max_length=200)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('day_precision', models.CharField(choices=[('day', 'The day is known'), ('month', 'Only the month is known')], default='day', max_length=10)),
                ('address', models.URLField(blank=True, max_length=500)),
                ('where', models.CharField(blank=True, max_length=300)),
                ('read_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=committee.clock.now, editable=False)),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SubmittedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('progress', models.TextField(blank=True)),
                ('delivered_what', models.TextField(blank=True)),
                ('barriers', models.TextField(blank=True)),
                ('next_steps', models.TextField(blank=True)),
                ('new_date_reason', models.TextField(blank=True)),
                ('public_summary', models.TextField(blank=True)),
                ('exempt_text', models.TextField(blank=True)),
                ('submitted_at', models.DateTimeField()),
                ('mended_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['mended_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TargetChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_date', models.DateField()),
                ('new_date', models.DateField()),
                ('asked_date', models.DateField(blank=True, editable=False, null=True)),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('requested', 'Asked for'), ('agreed', 'Agreed'), ('refused', 'Refused')], default='requested', max_length=10)),
                ('asked_at', models.DateTimeField(default=committee.clock.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('decided_as', models.CharField(blank=True, choices=[('meeting', 'The committee at a meeting'), ('chair', 'The chair'), ('officer', 'The scrutiny officer under delegation')], max_length=10)),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
            ],
            options={
                'ordering': ['sort_key'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('exempt_text', models.TextField(blank=True)),
                ('exempt_paragraphs', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('public_summary', models.TextField(blank=True)),
                ('as_at', models.DateField(default=committee.clock.today)),
                ('filed_on', models.DateField(blank=True, editable=False, null=True)),
                ('claim', models.CharField(blank=True, choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('paused', 'Paused'), ('delivered', 'Delivered'), ('not_feasible', 'Not feasible')], max_length=20)),
                ('progress', models.TextField(blank=True)),
                ('barriers', models.TextField(blank=True)),
                ('next_steps', models.TextField(blank=True)),
                ('delivered_what', models.TextField(blank=True)),
                ('as_last_time', models.BooleanField(default=False)),
                ('times_running', models.PositiveSmallIntegerField(default=0)),
                ('done_steps', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                ('new_date', models.DateField(blank=True, null=True)),
                ('new_date_reason', models.TextField(blank=True)),
                ('body_name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for approval'), ('returned', 'Returned'), ('published', 'Published')], default='draft', editable=False, max_length=10)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('saved_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('saved_from', models.CharField(blank=True, editable=False, max_length=40)),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('approved_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('mended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('returned_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('return_reason', models.TextField(blank=True, editable=False)),
                ('personal_data_looked_at', models.BooleanField(default=False, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('filed_on'), descending=True, nulls_first=True), '-published_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='UpdateRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(default=committee.clock.today)),
                ('chased_on', models.DateField(blank=True, null=True)),
                ('chases', models.PositiveSmallIntegerField(default=0)),
                ('chased_before_on', models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('words', 'Words'), ('entry', 'A whole entry'), ('file', 'A file or link'), ('edition', 'An edition of a pack')], max_length=10)),
                ('ground', models.CharField(choices=[('personal_data', 'Personal data of a living person'), ('confidential', 'Confidential information'), ('exempt', 'Exempt information published by mistake'), ('court_order', 'Court order or reporting restriction'), ('defamation', 'Defamation'), ('copyright', 'Copyright'), ('other', 'Another legal ground')], max_length=20)),
                ('public_reason', models.TextField()),
                ('private_note', models.TextField(blank=True)),
                ('withheld_at', models.DateTimeField(default=committee.clock.now)),
                ('decide_by', models.DateField()),
                ('state', models.CharField(choices=[('hidden', 'Waiting to be confirmed'), ('confirmed', 'Confirmed'), ('put_back', 'Put back'), ('erased', 'Erased')], default='hidden', editable=False, max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('decision_reason', models.TextField(blank=True, editable=False)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sealed_in', models.CharField(blank=True, editable=False, max_length=60)),
                ('decided_in', models.CharField(blank=True, editable=False, max_length=60)),
            ],
            options={
                'ordering': ['-withheld_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='WordingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_text', models.TextField()),
                ('new_text', models.TextField()),
                ('reason', models.TextField()),
                ('changed_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'ordering': ['changed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(choices=[('implemented', 'Implemented'), ('on_course', 'On course'), ('concerns', 'Concerns'), ('not_implemented', 'Not implemented')], max_length=20)),
                ('outcome', models.CharField(choices=[('keep', 'Keep monitoring'), ('escalate', 'Escalate'), ('reopen', 'Reopen'), ('close_implemented', 'Closed: implemented'), ('close_not_implemented', 'Closed: not implemented'), ('close_superseded', 'Closed: superseded'), ('close_no_longer_relevant', 'Closed: no longer relevant')], max_length=30)),
                ('comment', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=committee.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['meeting__held_on', 'recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_lead', models.BooleanField(default=True)),
                ('deliverer', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('notified_on', models.DateField(blank=True, null=True)),
                ('response_due_on', models.DateField(blank=True, null=True)),
                ('notice_recorded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('notice_from_source', models.BooleanField(default=False, editable=False)),
                ('first_target_on', models.DateField(blank=True, null=True)),
                ('first_target_set_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('target_on', models.DateField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('in_part', 'Accepted in part'), ('in_principle', 'Accepted in principle'), ('noted', 'Noted'), ('rejected', 'Rejected'), ('not_ours', 'Not for this body')], editable=False, max_length=20)),
                ('decided_on', models.DateField(blank=True, editable=False, null=True)),
                ('stopped_on', models.DateField(blank=True, editable=False, null=True)),
                ('claim', models.CharField(blank=True, choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('paused', 'Paused'), ('delivered', 'Delivered'), ('not_feasible', 'Not feasible')], editable=False, max_length=20)),
                ('last_update_on', models.DateField(blank=True, editable=False, null=True)),
                ('awaiting_verdict', models.BooleanField(default=False, editable=False)),
                ('slips', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('slip_days', models.IntegerField(default=0, editable=False)),
                ('grade', models.CharField(blank=True, choices=[('implemented', 'Implemented'), ('on_course', 'On course'), ('concerns', 'Concerns'), ('not_implemented', 'Not implemented')], editable=False, max_length=20)),
                ('assessed_on', models.DateField(blank=True, editable=False, null=True)),
                ('escalated_on', models.DateField(blank=True, editable=False, null=True)),
                ('closed_on', models.DateField(blank=True, editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('keep', 'Keep monitoring'), ('escalate', 'Escalate'), ('reopen', 'Reopen'), ('close_implemented', 'Closed: implemented'), ('close_not_implemented', 'Closed: not implemented'), ('close_superseded', 'Closed: superseded'), ('close_no_longer_relevant', 'Closed: no longer relevant')], editable=False, max_length=30)),
                ('sources_only', models.BooleanField(default=False, editable=False)),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.assessment')),
            ],
            options={
                'ordering': ['recommendation_id', '-is_lead', 'id'],
            },
            bases=(recommendations.lifecycle.state.StateRules, models.Model),
        ),
        migrations.AddField(
            model_name='assessment',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='recommendations.assignment'),
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(blank=True, db_collation='C', default='', editable=False)),
                ('short_name', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(choices=[('council', 'Council'), ('committee', 'Committee'), ('executive', 'Executive'), ('department', 'Council service'), ('board', 'Board or partnership'), ('school', 'School'), ('trust', 'Trust'), ('police', 'Police'), ('health', 'Health'), ('district', 'District council'), ('provider', 'Provider'), ('other', 'Other')], max_length=20)),
                ('lineage', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('response_period', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('response_unit', models.CharField(choices=[('months', 'Months'), ('days', 'Days')], default='months', max_length=10)),
                ('response_basis', models.CharField(blank=True, max_length=300)),
                ('publishes_without_approver', models.BooleanField(default=False)),
                ('dates_agreed_by', models.CharField(choices=[('meeting', 'The committee at a meeting'), ('chair', 'The chair'), ('officer', 'The scrutiny officer under delegation')], default='meeting', max_length=10)),
                ('reference_prefix', models.CharField(blank=True, default='SR', max_length=20)),
                ('about', models.TextField(blank=True)),
                ('abolished_on', models.DateField(blank=True, null=True)),
                ('added_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='recommendations.body')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='recommendations.body')),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'ordering': ['sort_key', 'id'],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='formerly',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_assignments', to='recommendations.body'),
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.TextField()),
                ('recorded_at', models.DateTimeField(default=committee.clock.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('assignment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.assignment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voids', models.BooleanField(default=False)),
                ('before', models.JSONField(blank=True, default=dict)),
                ('after', models.JSONField(blank=True, default=dict)),
                ('reason', models.TextField()),
                ('corrected_at', models.DateTimeField(default=committee.clock.now)),
                ('transaction', models.CharField(blank=True, editable=False, max_length=60)),
                ('assessment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.assessment')),
                ('assignment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.assignment')),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replacing_assessment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.assessment')),
                ('replacing_assignment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.assignment')),
            ],
            options={
                'ordering': ['corrected_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DueDateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_date', models.DateField()),
                ('new_date', models.DateField()),
                ('reason', models.TextField()),
                ('changed_at', models.DateTimeField(default=committee.clock.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['changed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EarlierValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(max_length=63)),
                ('row_id', models.BigIntegerField()),
                ('before', models.JSONField()),
                ('replaced_at', models.DateTimeField()),
                ('removed', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['replaced_at', 'id'],
                'indexes': [models.Index(fields=['table_name', 'row_id', '-replaced_at'], name='earlier_by_row'), models.Index(condition=models.Q(('removed', True)), fields=['table_name', '-replaced_at'], name='earlier_removed')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier values are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='6ce3e90683d3821ac9d8e205f805c6ac97d4a366', operation='UPDATE', pgid='pgtrigger_never_changed_9ea25', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier values are never deleted' USING ERRCODE = 'restrict_violation';", hash='3403654442592f68256464446158b5e150834c7d', operation='DELETE', pgid='pgtrigger_never_deleted_70785', table='recommendations_earliervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earliervalue',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Earlier values are never deleted' USING ERRCODE = 'restrict_violation';", hash='77c8e5e9862812437a9490519e6e894c1c0f9537', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_b9a0c', table='recommendations_earliervalue', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='recommendations.evidence'),
        ),
        migrations.AddField(
            model_name='exemptaccesslog',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exempt_access_logs', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemptopening',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='finding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.finding'),
        ),
        migrations.AddField(
            model_name='governancechange',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='governance_changes', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='governancechange',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='finding',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='inquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='correction',
            name='inquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='citation',
            name='inquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='inquirytransfer',
            name='from_committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries_passed_on', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='inquirytransfer',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='inquirytransfer',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inquirytransfer',
            name='to_committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries_received', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='correction',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='citation',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='invited_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='membership',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='milestone',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='done_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='committee.email'),
        ),
        migrations.AddField(
            model_name='notice',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticesettings',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice_settings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticewithdrawal',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_withdrawals', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='noticewithdrawal',
            name='withdrawn_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='built_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='pack',
            name='release_asked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='released_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pack',
            name='repeats',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='recommendations.pack'),
        ),
        migrations.AddField(
            model_name='pack',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='recommendations.pack'),
        ),
        migrations.AddField(
            model_name='packtemplate',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pack_templates', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='packtemplate',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pack_templates', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='post',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='post',
            name='holder',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='recommendations.post'),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_verdicts', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='invited_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_verdicts', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='verdict',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='recommendations.assessment'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.assessment'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='finding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='recommendations.finding'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='made_at',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations_made', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='proposedverdict',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_verdicts', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='correction',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='citation',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='relation',
            name='earlier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='later_relations', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='relation',
            name='later',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='respondentlink',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='respondent_links', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='respondentlink',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='respondentlink',
            name='issued_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='respondentlink',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='respondent_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='respondentlink',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='link',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='recommendations.respondentlink'),
        ),
        migrations.AddField(
            model_name='linkuse',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='recommendations.respondentlink'),
        ),
        migrations.AddField(
            model_name='response',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='response',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='response',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemptopening',
            name='response',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exempt_opening', to='recommendations.response'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='response',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.response'),
        ),
        migrations.AddField(
            model_name='correction',
            name='replacing_response',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.response'),
        ),
        migrations.AddField(
            model_name='correction',
            name='response',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.response'),
        ),
        migrations.AddField(
            model_name='citation',
            name='response',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.response'),
        ),
        migrations.AddField(
            model_name='review',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='review',
            name='inquiries',
            field=models.ManyToManyField(blank=True, related_name='reviews', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='review',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='review',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duedatechange',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_date_changes', to='recommendations.review'),
        ),
        migrations.AddField(
            model_name='sealedfile',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sealed_files', to='recommendations.evidence'),
        ),
        migrations.AddField(
            model_name='sealedfile',
            name='pack',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sealed_files', to='recommendations.pack'),
        ),
        migrations.AddField(
            model_name='source',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='recommendations.inquiry'),
        ),
        migrations.AddField(
            model_name='source',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='source',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='recommendations.source'),
        ),
        migrations.AddField(
            model_name='citation',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.source'),
        ),
        migrations.AddField(
            model_name='submittedversion',
            name='mended_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submittedversion',
            name='submitted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='succession',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='succession',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='succession',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='citation',
            name='succession',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.succession'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='target_changes', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='targetchange',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.meeting'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('sort_key',), name='theme_once'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='recommendations', to='recommendations.theme'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='64f1244ac4a82b4adf7fe998f51aff8fadcc617e', operation='UPDATE', pgid='pgtrigger_earlier_values_2bb57', table='recommendations_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='7ec409b01dc8ac30ed1a22183c81419abcf4eceb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_a8f56', table='recommendations_theme', when='AFTER')),
        ),
        migrations.AddField(
            model_name='transfer',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.body'),
        ),
        migrations.AddField(
            model_name='update',
            name='approved_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='update',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='update',
            name='exempt_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='mended_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='published_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='returned_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='saved_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='update',
            name='submitted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submittedversion',
            name='update',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submitted_versions', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='exemptopening',
            name='update',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exempt_opening', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='update',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='citation',
            name='update',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='last_update',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='updaterequest',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='recommendations.assignment'),
        ),
        migrations.AddField(
            model_name='updaterequest',
            name='fulfilled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='recommendations.update'),
        ),
        migrations.AddField(
            model_name='updaterequest',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='recommendations.review'),
        ),
        migrations.AddField(
            model_name='withholding',
            name='decided_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withholding',
            name='erased_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withholding',
            name='withheld_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sealedtext',
            name='withholding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='recommendations.withholding'),
        ),
        migrations.AddField(
            model_name='sealedfile',
            name='withholding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='recommendations.withholding'),
        ),
        migrations.AddField(
            model_name='pack',
            name='withholding',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='recommendations.withholding'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='withholding',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.withholding'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.meeting'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='recommendations.recommendation'),
        ),
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(fields=['lineage'], name='body_lineage'),
        ),
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('name'), committee.search_text.SearchText('short_name'), committee.search_text.SearchText('about'), config='every_word'), name='body_words'),
        ),
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name'], name='body_name_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('sort_key', 'parent'), name='body_name_unique_in_parent', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='body_has_name'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['council', 'committee', 'executive', 'department', 'board', 'school', 'trust', 'police', 'health', 'district', 'provider', 'other'])), name='body_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('dates_agreed_by__in', ['meeting', 'chair', 'officer'])), name='body_dates_agreed_by_known'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='body_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('id')), _negated=True), name='body_not_its_own_successor'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('abolished_on__isnull', False), _connector='OR'), name='body_successor_only_when_abolished'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('response_period__isnull', True), ('response_period__gt', 0), _connector='OR'), name='body_period_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.short_name IS DISTINCT FROM NEW.short_name)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['name', 'short_name']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='d3249adddee8c08b9d474dca58c09d71c0f8d4a5', operation='UPDATE', pgid='pgtrigger_earlier_values_d2061', table='recommendations_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='5e612a2e8ba6110159d475b957629f9bf6016e2c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_24fda', table='recommendations_body', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='exemptaccesslog',
            index=models.Index(fields=['what', 'row_key'], name='exempt_access_by_row'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Views of exempt text are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='5126d25acbd5abef480d095cd92025226b2cc473', operation='UPDATE', pgid='pgtrigger_never_changed_064ca', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Views of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='9869f9fbba26d70dba183e4670c03f0b4a87f1ee', operation='DELETE', pgid='pgtrigger_never_deleted_e73b2', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptaccesslog',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Views of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='8cc94b5e03eb3a1f86014434642e35ca6290a8fb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_10ef9', table='recommendations_exemptaccesslog', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='governancechange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='governance_change_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of governance are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='53aa4bd59a9ff439b309e702a86b67e240a5c74a', operation='UPDATE', pgid='pgtrigger_never_changed_e4f8b', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of governance are never deleted' USING ERRCODE = 'restrict_violation';", hash='657333b93745a7182af1d85a57587a439a9b1868', operation='DELETE', pgid='pgtrigger_never_deleted_042fc', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Changes of governance are never deleted' USING ERRCODE = 'restrict_violation';", hash='3b702290119986121a1ea5bc36851fdd26466c3d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_47791', table='recommendations_governancechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='governancechange',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='b948c06a4c2fbad0d6a51616cbb160d95ff81e11', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_a6278', table='recommendations_governancechange', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['stage', '-published_on'], name='inquiry_by_stage'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(models.OrderBy(models.F('published_on'), descending=True, nulls_first=True), models.F('id'), name='inquiry_latest_first'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(recommendations.models.search_vectors.SearchReference('reference'), models.Value('inquiry'), django.db.models.functions.datetime.ExtractYear('published_on'), committee.search_text.SearchText('reference'), committee.search_text.SearchText('title'), committee.search_text.SearchText('summary'), committee.search_text.SearchText('scope'), config='every_word'), name='inquiry_words'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['title'], name='inquiry_title_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['scoping', 'evidence', 'drafting', 'published', 'monitoring', 'concluded'])), name='inquiry_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('record_kind__in', ['committee', 'public_sources'])), name='inquiry_record_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.UniqueConstraint(fields=('reference_key',), name='inquiry_reference_unique'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='inquiry_has_title'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='inquiry_has_reference'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('published', 'monitoring', 'concluded')), _negated=True), ('published_on__isnull', False), _connector='OR'), name='inquiry_public_has_date'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('published', 'monitoring', 'concluded')), _negated=True), ('made_public_at__isnull', False), _connector='OR'), name='inquiry_public_has_moment'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='stage_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."stage", \':\', NEW."stage") = ANY(\'{concluded:monitoring,drafting:evidence,drafting:published,evidence:drafting,evidence:scoping,monitoring:concluded,published:monitoring,scoping:drafting,scoping:evidence}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."stage" IS DISTINCT FROM NEW."stage") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "stage" from "%" to "%" on table %\', OLD."stage", NEW."stage", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b54e1a21bc83f3bcac9e8e49b54b41119cf86447', operation='UPDATE', pgid='pgtrigger_stage_transitions_66c38', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='published_before_business', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.published_on > OLD.published_on)', func='\n            IF EXISTS (SELECT 1 FROM (SELECT x.notified_on FROM recommendations_assignment x JOIN recommendations_recommendation r ON r.id = x.recommendation_id WHERE r.inquiry_id = OLD.id AND x.withdrawn_at IS NULL UNION ALL SELECT x.decided_on FROM recommendations_response x JOIN recommendations_assignment a ON a.id = x.assignment_id JOIN recommendations_recommendation r ON r.id = a.recommendation_id WHERE r.inquiry_id = OLD.id AND a.withdrawn_at IS NULL AND x.voided_at IS NULL UNION ALL SELECT m.held_on FROM recommendations_assessment x JOIN recommendations_meeting m ON m.id = x.meeting_id JOIN recommendations_recommendation r ON r.id = x.recommendation_id WHERE r.inquiry_id = OLD.id AND x.voided_at IS NULL UNION ALL SELECT (x.published_at AT TIME ZONE \'Europe/London\')::date FROM recommendations_update x JOIN recommendations_assignment a ON a.id = x.assignment_id JOIN recommendations_recommendation r ON r.id = a.recommendation_id WHERE r.inquiry_id = OLD.id AND a.withdrawn_at IS NULL UNION ALL SELECT (x.asked_at AT TIME ZONE \'Europe/London\')::date FROM recommendations_targetchange x JOIN recommendations_assignment a ON a.id = x.assignment_id JOIN recommendations_recommendation r ON r.id = a.recommendation_id WHERE r.inquiry_id = OLD.id AND a.withdrawn_at IS NULL UNION ALL SELECT x."on" FROM recommendations_inquirytransfer x WHERE x.inquiry_id = OLD.id) AS found (on_day) WHERE on_day < NEW.published_on) THEN\n                RAISE EXCEPTION \'The day of publication stays before what followed the report\'\n                    USING ERRCODE = \'restrict_violation\';\n            END IF;\n            RETURN NEW;\n        ', hash='cd10b6aaf6d4b541a61c081ce6e36112e52789cc', operation='UPDATE', pgid='pgtrigger_published_before_business_8c4d5', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='made_public_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.made_public_at IS DISTINCT FROM NEW.made_public_at\n                AND OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'The moment at which a report became public never changes'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            IF NEW.stage IN ('concluded', 'monitoring', 'published') AND NEW.made_public_at IS NULL THEN\n                NEW.made_public_at := coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp());\n            END IF;\n            RETURN NEW;\n        ", hash='ccaf55d0e9aea86509217542108900e4ee6c969c', operation='INSERT OR UPDATE', pgid='pgtrigger_made_public_once_76e3f', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='publishes_recommendations', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_public_at IS NULL AND NEW.made_public_at IS NOT NULL)', func='\n            UPDATE recommendations_recommendation SET made_public_at = NEW.made_public_at\n             WHERE inquiry_id = NEW.id AND made_public_at IS NULL;\n            RETURN NULL;\n        ', hash='4330f141a156534805fb34e0570665049cd164d2', operation='UPDATE', pgid='pgtrigger_publishes_recommendations_4ee62', table='recommendations_inquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='passed_on_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_public_at IS NOT NULL AND OLD.committee_id IS DISTINCT FROM NEW.committee_id)', func="\n            IF NOT EXISTS (\n                SELECT 1 FROM (SELECT * FROM recommendations_inquirytransfer t WHERE t.inquiry_id = OLD.id\n                                ORDER BY t.id DESC LIMIT 1) last\n                 WHERE last.from_committee_id = OLD.committee_id AND last.to_committee_id = NEW.committee_id) THEN\n                RAISE EXCEPTION 'A public inquiry is only passed to another committee on the record'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9c255c983ed9f4fd7f97a5c51c4a619c5d0e0cfb', operation='UPDATE', pgid='pgtrigger_passed_on_only_29389', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.title IS DISTINCT FROM NEW.title OR OLD.scope IS DISTINCT FROM NEW.scope OR OLD.summary IS DISTINCT FROM NEW.summary OR OLD.chair IS DISTINCT FROM NEW.chair OR OLD.published_on IS DISTINCT FROM NEW.published_on)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.made_public_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.inquiry_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'reference', 'title', 'scope', 'summary', 'chair', 'published_on']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'An inquiry on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='43d3b311871e23992d606d296d10b6582b59bf94', operation='UPDATE', pgid='pgtrigger_corrected_only_4e623', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'Inquiries on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='9e7e14a4fdda713bfc2618071c524c0c0deddc5c', operation='DELETE', pgid='pgtrigger_stays_on_the_record_cdb76', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.reference IS DISTINCT FROM NEW.reference OR OLD.title IS DISTINCT FROM NEW.title OR OLD.scope IS DISTINCT FROM NEW.scope OR OLD.summary IS DISTINCT FROM NEW.summary OR OLD.chair IS DISTINCT FROM NEW.chair OR OLD.source_note IS DISTINCT FROM NEW.source_note OR OLD.record_kind IS DISTINCT FROM NEW.record_kind OR OLD.published_on IS DISTINCT FROM NEW.published_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['reference', 'title', 'scope', 'summary', 'chair', 'source_note', 'record_kind', 'published_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='b57039d370915aadd9de88271091e33913387b50', operation='UPDATE', pgid='pgtrigger_earlier_values_e2e60', table='recommendations_inquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='priorities_stay_known', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.record_kind IS DISTINCT FROM NEW.record_kind AND NEW.record_kind <> 'public_sources')", func="\n            IF EXISTS (SELECT 1 FROM recommendations_recommendation\n                        WHERE inquiry_id = NEW.id AND priority = 'not_known') THEN\n                RAISE EXCEPTION 'A committee knows the priority of what it recommended'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9143dba3b044ea1c76ba01e83c4104d15e4a2449', operation='UPDATE', pgid='pgtrigger_priorities_stay_known_8ac86', table='recommendations_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='fb77f9e9c353afff8aa858a4e09734706f9a9155', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_6ae56', table='recommendations_inquiry', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('text'), config='every_word'), name='finding_words'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('inquiry', 'sort_key'), name='finding_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='finding_has_text'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.number IS DISTINCT FROM NEW.number OR OLD.text IS DISTINCT FROM NEW.text OR OLD.inquiry_id IS DISTINCT FROM NEW.inquiry_id)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (EXISTS (SELECT 1 FROM recommendations_inquiry i WHERE i.id = OLD.inquiry_id AND i.made_public_at IS NOT NULL)) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.finding_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'number', 'text', 'inquiry_id']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'A finding on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='935dbd22a61a63b2b9db6b3e2fae2abb21a84559', operation='UPDATE', pgid='pgtrigger_corrected_only_1f0f4', table='recommendations_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM recommendations_inquiry i WHERE i.id = OLD.inquiry_id AND i.made_public_at IS NOT NULL) THEN\n                RAISE EXCEPTION 'Findings on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='96eeba675cf4c5f6d1a1695e65f201ce57b638fd', operation='DELETE', pgid='pgtrigger_stays_on_the_record_f9b07', table='recommendations_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.text IS DISTINCT FROM NEW.text)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'text']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='b1d5493bdb889d20748c774372f0c549c582f492', operation='UPDATE', pgid='pgtrigger_earlier_values_09123', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='8dbf389787a9d29f817104a022fbb4cf76cae1c5', operation='DELETE', pgid='pgtrigger_earlier_row_a9ee6', table='recommendations_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='5d291e8da21dda2b15a535bcac6017c14f25300d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_b55d9', table='recommendations_finding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='inquirytransfer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='inquiry_transfer_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='inquirytransfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_committee', models.F('to_committee')), _negated=True), name='inquiry_transfer_goes_elsewhere'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Passings of inquiries are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='1876dce1e6b42a742a0f837097d2a9bde452b6fa', operation='UPDATE', pgid='pgtrigger_never_changed_2979e', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Passings of inquiries are never deleted' USING ERRCODE = 'restrict_violation';", hash='1aa1e188821d3b763f973d89652a6ff6ef9dacdd', operation='DELETE', pgid='pgtrigger_never_deleted_7dc88', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Passings of inquiries are never deleted' USING ERRCODE = 'restrict_violation';", hash='f29056ba312f6d7b681de6e68b1a9484f4d598f7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_2b997', table='recommendations_inquirytransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirytransfer',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='c1aa17f5a99ca60286f477d33f605228bab001a0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_29fca', table='recommendations_inquirytransfer', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), committee.search_text.SearchText('place'), config='every_word'), name='meeting_words'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('body', 'held_on', 'title_key'), name='meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'cancelled', 'not_known'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('day_precision__in', ['day', 'month'])), name='meeting_precision_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{cancelled:planned,held:planned,not_known:cancelled,not_known:held,planned:cancelled,planned:held,planned:not_known}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ce7a284311dd584778624557bbdc09a995b80e26', operation='UPDATE', pgid='pgtrigger_state_transitions_daea0', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='business_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('cancelled', 'planned'))", func="\n                IF EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_pack WHERE meeting_id = OLD.id AND released_at IS NOT NULL) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL) THEN\n                    RAISE EXCEPTION 'A meeting on which business hangs stays on its day'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='9d2c417cb4949765076eac6c1fcaf0bd51fe98c1', operation='UPDATE', pgid='pgtrigger_business_stays_8b539', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.body_id IS DISTINCT FROM NEW.body_id OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF ((EXISTS (SELECT 1 FROM recommendations_assessment WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_targetchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_response WHERE meeting_id = OLD.id AND voided_at IS NULL) OR EXISTS (SELECT 1 FROM recommendations_wordingchange WHERE meeting_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_recommendation WHERE made_at_id = OLD.id AND true) OR EXISTS (SELECT 1 FROM recommendations_pack WHERE meeting_id = OLD.id AND released_at IS NOT NULL) OR EXISTS (SELECT 1 FROM recommendations_citation WHERE meeting_id = OLD.id AND withdrawn_at IS NULL)) AND NOT (OLD.body_id = NEW.body_id AND OLD.day_precision = 'month' AND NEW.day_precision = 'day' AND date_trunc('month', OLD.held_on) = date_trunc('month', NEW.held_on))) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.meeting_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'held_on', 'body_id', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The day of a meeting on which business hangs on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='6f4c15a67a9511937281266b4e613fa22140a1af', operation='UPDATE', pgid='pgtrigger_corrected_only_cc71e', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='held_in_the_past', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'held')", func="\n                IF NEW.held_on > (coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()) AT TIME ZONE 'Europe/London')::date THEN\n                    RAISE EXCEPTION 'A meeting that is still to come was not held'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='a0e19f467e3029d7c7c37ba381346a847f6fb88d', operation='INSERT OR UPDATE', pgid='pgtrigger_held_in_the_past_a9c4a', table='recommendations_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.held_on IS DISTINCT FROM NEW.held_on OR OLD.place IS DISTINCT FROM NEW.place OR OLD.state IS DISTINCT FROM NEW.state OR OLD.day_precision IS DISTINCT FROM NEW.day_precision)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title', 'held_on', 'place', 'state', 'day_precision']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='ce66290911fcd131569395a7d796b9b3df816bd6', operation='UPDATE', pgid='pgtrigger_earlier_values_ab7f9', table='recommendations_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='e1c0c90af74c572d3dca60fc715d8644581f35fd', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_716c6', table='recommendations_meeting', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('user', 'body', 'role'), name='membership_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['scrutiny_officer', 'clerk', 'councillor', 'chair', 'responsible_officer', 'approver', 'administrator'])), name='membership_role_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), ('role', 'administrator')), models.Q(('body__isnull', False), models.Q(('role', 'administrator'), _negated=True)), _connector='OR'), name='membership_body_unless_administrator'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='membership_ends_after'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='e1ae597f13f97a825339266b72902fb2c3dda588', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_225c5', table='recommendations_membership', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='milestone_has_words'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='milestone_done_paired'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_its_plan', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.assignment_id IS DISTINCT FROM NEW.assignment_id OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.id IS DISTINCT FROM NEW.id)', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'A step of a plan is never moved to another' USING ERRCODE = 'restrict_violation';", hash='e52e8cdea4fc4e11d83a8d83569d7074730aae57', operation='UPDATE', pgid='pgtrigger_stays_in_its_plan_07c3f', table='recommendations_milestone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.done_on IS DISTINCT FROM NEW.done_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['words', 'due_on', 'done_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='3577d4f7ab4f6512b8bb9b5f7f44e1f5784b4186', operation='UPDATE', pgid='pgtrigger_earlier_values_de2ae', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='7f9563b6343b8d95b18b439652055393a09bb762', operation='DELETE', pgid='pgtrigger_earlier_row_4e23e', table='recommendations_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='94a34456e68c513f6def3d46ace4e94c2b66ab2d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_5617d', table='recommendations_milestone', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='noticesettings',
            constraint=models.CheckConstraint(condition=models.Q(('muted__contained_by', ['sent', 'withdrawn', 'asked', 'chased', 'due_soon', 'overdue', 'submitted', 'returned', 'published', 'date_asked', 'date_decided', 'escalated', 'taken_back', 'pack_ready', 'withheld'])), name='notice_settings_kinds_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticesettings',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='8bc23ec5d99e6aea976816fc851891266241948a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_f11e5', table='recommendations_noticesettings', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='noticewithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='noticewithdrawal_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Notices that were taken back are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='6caa68526663bce335660c5ceca09b41685b9a7b', operation='UPDATE', pgid='pgtrigger_never_changed_d3d30', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Notices that were taken back are never deleted' USING ERRCODE = 'restrict_violation';", hash='70cdc4633f2e82750b1c18a40aa8e7ce21a4fd9f', operation='DELETE', pgid='pgtrigger_never_deleted_d7986', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Notices that were taken back are never deleted' USING ERRCODE = 'restrict_violation';", hash='906e3f78c13924a4d1772d5c04b9e69345dd577a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_054a5', table='recommendations_noticewithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticewithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='4c7af02a084ae75f0f7a1b88024955e7685941ff', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_69b06', table='recommendations_noticewithdrawal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='packtemplate',
            constraint=models.UniqueConstraint(fields=('body', 'edition', 'sort_key'), name='pack_template_name_once'),
        ),
        migrations.AddConstraint(
            model_name='packtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='pack_template_has_name'),
        ),
        migrations.AddConstraint(
            model_name='packtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('edition__in', ['public', 'exempt'])), name='pack_template_edition_known'),
        ),
        migrations.AddConstraint(
            model_name='packtemplate',
            constraint=models.CheckConstraint(condition=models.Q(('picks__in', ['open', 'matching', 'these'])), name='pack_template_picks_known'),
        ),
        migrations.AddConstraint(
            model_name='packtemplate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('picks', 'matching'), _negated=True), models.Q(('query', ''), _negated=True), _connector='OR'), name='pack_template_matching_has_query'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packtemplate',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['title', 'purpose', 'decisions', 'reasons', 'implications', 'appendices', 'name', 'sort_key', 'query', 'query_words']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['title', 'purpose', 'decisions', 'reasons', 'implications', 'appendices', 'name', 'sort_key', 'query', 'query_words']::text[]\n            );\n            RETURN NULL;\n        ", hash='4fa4665b4497df63957fcdfe88a68c801eb36774', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_2c1ba', table='recommendations_packtemplate', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='post',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), config='every_word'), name='post_words'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('body', 'sort_key'), name='post_title_unique_in_body'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='post_has_title'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.title IS DISTINCT FROM NEW.title)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['title']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='3e310e6a624299493677b60092915b5877d05d2c', operation='UPDATE', pgid='pgtrigger_earlier_values_e274a', table='recommendations_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='ecb54bf53c87f6930a0f94c387f2896eeba7d43d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_b68ba', table='recommendations_post', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='proposedverdict',
            index=models.Index(fields=['meeting', 'recommendation'], name='proposal_by_meeting'),
        ),
        migrations.AddConstraint(
            model_name='proposedverdict',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'standing')), fields=('meeting', 'recommendation', 'assignment', 'proposed_by'), name='proposal_once_per_member', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='proposedverdict',
            constraint=models.CheckConstraint(condition=models.Q(('grade__in', ['implemented', 'on_course', 'concerns', 'not_implemented'])), name='proposal_grade_known'),
        ),
        migrations.AddConstraint(
            model_name='proposedverdict',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['keep', 'escalate', 'reopen', 'close_implemented', 'close_not_implemented', 'close_superseded', 'close_no_longer_relevant'])), name='proposal_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='proposedverdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'not_taken']), ('verdict__isnull', False)), models.Q(('state__in', ['standing', 'withdrawn']), ('verdict__isnull', True)), _connector='OR'), name='proposal_ended_by_verdict'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{standing:not_taken,standing:taken,standing:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='5a55b8e49d90aa411e4d07c8cbfa5899480bf79c', operation='UPDATE', pgid='pgtrigger_state_transitions_25520', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'standing')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Proposed verdicts that have ended are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='4ab66719922e6cfb3f3d21ca1010daa2bee43c09', operation='UPDATE', pgid='pgtrigger_never_changed_a1143', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'standing')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Proposed verdicts that have ended are never deleted' USING ERRCODE = 'restrict_violation';", hash='4646f5e31170f578a79d3955e591dad36f7fedbd', operation='DELETE', pgid='pgtrigger_never_deleted_5066f', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Proposed verdicts that have ended are never deleted' USING ERRCODE = 'restrict_violation';", hash='b5e2737b0c26235cdca89c4fad4b1d487e1a477d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_21915', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='withdrawn_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'A proposed verdict is withdrawn, not deleted' USING ERRCODE = 'restrict_violation';", hash='263d8d7453e878ac3ee6af16676abf5328d72e31', operation='DELETE', pgid='pgtrigger_withdrawn_not_deleted_d663c', table='recommendations_proposedverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedverdict',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['grade', 'outcome', 'comment', 'invited_to_id']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['grade', 'outcome', 'comment', 'invited_to_id']::text[]\n            );\n            RETURN NULL;\n        ", hash='63c61d62781d2c0269f0af52a2cba39609e8ec64', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_b1c97', table='recommendations_proposedverdict', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['recommendation', '-recorded_at'], name='assessment_by_rec'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['assignment', '-recorded_at'], name='assessment_by_assignment'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['-recorded_at'], name='assessment_by_recorded'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('comment'), config='every_word'), name='assessment_words'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('grade__in', ['implemented', 'on_course', 'concerns', 'not_implemented'])), name='assessment_grade_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['keep', 'escalate', 'reopen', 'close_implemented', 'close_not_implemented', 'close_superseded', 'close_no_longer_relevant'])), name='assessment_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['close_not_implemented', 'close_superseded', 'close_no_longer_relevant', 'reopen', 'escalate']), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='assessment_reason_where_required'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('invited_to__isnull', True), ('outcome', 'escalate'), _connector='OR'), name='assessment_invites_if_escalated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD) - ARRAY['voided_at']::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['voided_at']::text[])", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Assessments are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='a6a43a7a416dbab90c1da8f5edbdd4424ac94bb5', operation='UPDATE', pgid='pgtrigger_never_changed_c740f', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Assessments are never deleted' USING ERRCODE = 'restrict_violation';", hash='10d85b19e3232afe2349583f9183445f399a9d45', operation='DELETE', pgid='pgtrigger_never_deleted_7193c', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Assessments are never deleted' USING ERRCODE = 'restrict_violation';", hash='9c10f8bdc1a652ff8b5818ddd116cf0bfdf1f0af', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_513f5', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='voided_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', func="\n            IF OLD.voided_at IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assessment_id = OLD.id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.voided_at)) THEN\n                RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f0465457047145174b24da262d3b7e6cba0aad27', operation='UPDATE', pgid='pgtrigger_voided_only_f0068', table='recommendations_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='f92c8e84915b8dd3ba249307120f6c9e281b5fed', operation='UPDATE', pgid='pgtrigger_earlier_values_93281', table='recommendations_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='586cdf358bf79ac3fb377ae9e858891095242f74', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_71292', table='recommendations_assessment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(fields=('later', 'earlier', 'kind'), name='relation_once'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('later', models.F('earlier')), _negated=True), name='relation_not_with_itself'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['repeats', 'supersedes'])), name='relation_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Relations are never changed, only taken back' USING ERRCODE = 'restrict_violation';", hash='0180b94d6194f0ff6d714b8b4822b213f767bf0d', operation='UPDATE', pgid='pgtrigger_never_changed_7e567', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM recommendations_recommendation r\n                            WHERE r.id = OLD.later_id AND r.made_public_at IS NOT NULL)\n                   AND NOT EXISTS (SELECT 1 FROM recommendations_correction c\n                                    WHERE c.recommendation_id = OLD.later_id AND c.transaction = this_transaction()\n                                      AND c.before->'relation' @> jsonb_build_object(\n                                        'id', OLD.id, 'kind', OLD.kind, 'earlier_id', OLD.earlier_id)) THEN\n                RAISE EXCEPTION 'Relations on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='94e779b8a16d244c7e91d35d9eac064ea7a8ee94', operation='DELETE', pgid='pgtrigger_stays_on_the_record_6e2b8', table='recommendations_relation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_row', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n            VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), true);\n            RETURN NULL;\n        ", hash='b79d3648442b904d79ac2a93ef636d36ee9be30a', operation='DELETE', pgid='pgtrigger_earlier_row_960bb', table='recommendations_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='69198d0f069837c8d8ea60cd830e5ce319bb6a68', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_397a1', table='recommendations_relation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='respondentlink',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person', 'body', 'committee'), name='respondent_link_once'),
        ),
        migrations.AddConstraint(
            model_name='respondentlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='respondent_link_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='respondentlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='respondent_link_revoked_paired'),
        ),
        migrations.AddConstraint(
            model_name='respondentlink',
            constraint=models.CheckConstraint(condition=models.Q(('code_hash', ''), ('code_sent_at__isnull', False), _connector='OR'), name='respondent_code_is_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='respondentlink',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY['code_hash', 'code_sent_at', 'code_tries', 'first_used_at', 'last_used_at']::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY['code_hash', 'code_sent_at', 'code_tries', 'first_used_at', 'last_used_at']::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['code_hash']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['code_hash']::text[]\n            );\n            RETURN NULL;\n        ", hash='4081cef452f86120ba02662ecca15b26bcc68d80', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_ce788', table='recommendations_respondentlink', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['to'], name='notice_queued'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('kind', 'to', 'about'), name='notice_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='notice_has_subject'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sent', 'withdrawn', 'asked', 'chased', 'due_soon', 'overdue', 'submitted', 'returned', 'published', 'date_asked', 'date_decided', 'escalated', 'taken_back', 'pack_ready', 'withheld'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'cancelled'])), name='notice_state_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mail__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('mail__isnull', True)), _connector='OR'), name='notice_sent_in_a_mail'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='notice_cancelled_is_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{cancelled:queued,queued:cancelled,queued:sent}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8b636244173645bc5ecce4ebfcb60c9a7a953cdd', operation='UPDATE', pgid='pgtrigger_state_transitions_43ea1', table='recommendations_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='91e29b17cf502b754c014793e83840feffff97a5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_44453', table='recommendations_notice', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='linkuse',
            index=models.Index(fields=['link', '-at'], name='link_use_by_link'),
        ),
        migrations.AddConstraint(
            model_name='linkuse',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['issued', 'opened', 'code_sent', 'code_wrong', 'let_in', 'limited', 'read', 'wrote', 'refused', 'renewed', 'revoked'])), name='link_use_event_known'),
        ),
        migrations.AddConstraint(
            model_name='linkuse',
            constraint=models.CheckConstraint(condition=models.Q(('event', ''), _negated=True), name='link_use_has_event'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Uses of personal links are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='e2f8ae48b6d5ce93469769f53015b39e6d80e8d7', operation='UPDATE', pgid='pgtrigger_never_changed_623df', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Uses of personal links are never deleted' USING ERRCODE = 'restrict_violation';", hash='4805b24fc929af7685ea6f9ebcb1307dbe6e15c7', operation='DELETE', pgid='pgtrigger_never_deleted_92611', table='recommendations_linkuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkuse',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Uses of personal links are never deleted' USING ERRCODE = 'restrict_violation';", hash='cba321edaf82c94b3232c14500e4068b18d87233', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_a7a24', table='recommendations_linkuse', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['assignment', '-recorded_at'], name='response_by_assignment'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['-recorded_at'], name='response_by_recorded'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('text'), committee.search_text.SearchText('reason'), committee.search_text.SearchText('public_summary'), config='every_word'), name='response_words'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['accepted', 'in_part', 'in_principle', 'noted', 'rejected', 'not_ours'])), name='response_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'accepted'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='response_reason_unless_accepted'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_text', ''), models.Q(('exempt_paragraphs__len__gt', 0), models.Q(('public_summary', ''), _negated=True)), _connector='OR'), name='response_exempt_with_paragraph_and_summary'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_paragraphs__contained_by', [1, 2, 3, 4, 5, 6, 7])), name='response_exempt_paragraph_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD) - ARRAY['voided_at']::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['voided_at']::text[])", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Responses are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='dd72f97ae977da98528befa825762a21ab59b052', operation='UPDATE', pgid='pgtrigger_never_changed_97825', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Responses are never deleted' USING ERRCODE = 'restrict_violation';", hash='b9535441b88ac210df659dffe68b77236980bd8b', operation='DELETE', pgid='pgtrigger_never_deleted_3c35d', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Responses are never deleted' USING ERRCODE = 'restrict_violation';", hash='00e75149abfcae09939e9493d1786bbf6a88202d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_2ece6', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='voided_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', func="\n            IF OLD.voided_at IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.response_id = OLD.id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.voided_at)) THEN\n                RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='85a67e4a23c574d66724116b95bb68a4575ae6f9', operation='UPDATE', pgid='pgtrigger_voided_only_04367', table='recommendations_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.voided_at IS DISTINCT FROM NEW.voided_at)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['voided_at']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY[]::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='bdf652b8f7eb686bf954de738e70fe30b1bb51b7', operation='UPDATE', pgid='pgtrigger_earlier_values_14240', table='recommendations_response', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['exempt_text']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['exempt_text']::text[]\n            );\n            RETURN NULL;\n        ", hash='d3d3f9df31e9ad039ffee2bac3239ed37f15c23e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_7687a', table='recommendations_response', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['-corrected_at'], name='correction_by_moment'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('assignment__isnull', False), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', False), ('response__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', False)), models.Q(('assessment__isnull', False), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', False), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', False), ('recommendation__isnull', True), ('response__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('finding__isnull', True), ('inquiry__isnull', False), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True)), _connector='OR'), name='correction_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('voids', False), models.Q(('finding__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True)), _connector='OR'), name='correction_voids_what_can_be'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='its_transaction', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.transaction := this_transaction(); RETURN NEW;', hash='01f23957ca0a49ba64741d937992e9328d0d83d2', operation='INSERT', pgid='pgtrigger_its_transaction_078e7', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='voids_its_row', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.voids)', func='\n                    UPDATE recommendations_response SET voided_at = NEW.corrected_at WHERE id = NEW.response_id;\n                    UPDATE recommendations_assessment SET voided_at = NEW.corrected_at WHERE id = NEW.assessment_id;\n                    UPDATE recommendations_recommendation SET withdrawn_at = NEW.corrected_at\n                     WHERE id = NEW.recommendation_id;\n                    UPDATE recommendations_assignment SET withdrawn_at = NEW.corrected_at\n                     WHERE (id = NEW.assignment_id OR recommendation_id = NEW.recommendation_id) AND withdrawn_at IS NULL;\n                    RETURN NULL;\n                ', hash='b2d017cfb150b3c17a7bc787d5ee8146c9f3bc7b', operation='INSERT', pgid='pgtrigger_voids_its_row_44249', table='recommendations_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Corrections are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='7cd64232927ab57b0c81e4e65214bc77ef787254', operation='UPDATE', pgid='pgtrigger_never_changed_86b8a', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Corrections are never deleted' USING ERRCODE = 'restrict_violation';", hash='503e935a3d6238b2e689b459bc3583814d9b5368', operation='DELETE', pgid='pgtrigger_never_deleted_c344f', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Corrections are never deleted' USING ERRCODE = 'restrict_violation';", hash='b05350d435a2b02992c9932f884116974fabb326', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_eb59c', table='recommendations_correction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='220d9ad4b70df00ac1dddb8e7b3b62912ede69d6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_c1e83', table='recommendations_correction', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ReviewInquiry',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('recommendations.review_inquiries',),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='review_has_title'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opened_on'))), name='review_due_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True)), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='review_closed_paired'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at__isnull', True)), models.Q(('cancelled_at__isnull', False), ('closed_on__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='review_cancelled_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='cefe1d1f1a3e38050f3a534fe335e73308b4adcb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_0c6be', table='recommendations_review', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='duedatechange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='duedatechange_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='duedatechange',
            constraint=models.CheckConstraint(condition=models.Q(('new_date', models.F('old_date')), _negated=True), name='duedatechange_changes_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of a review’s due date are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='339c0318cae92fcc760fbe8848607e82641fe96b', operation='UPDATE', pgid='pgtrigger_never_changed_30279', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Changes of a review’s due date are never deleted' USING ERRCODE = 'restrict_violation';", hash='c0529f3ab7b2893b2f442493f9198820f1e518d6', operation='DELETE', pgid='pgtrigger_never_deleted_34708', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Changes of a review’s due date are never deleted' USING ERRCODE = 'restrict_violation';", hash='7a98ca88878637694aa84ed73de8fe0319d3c41c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_f36bc', table='recommendations_duedatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duedatechange',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='8f1a1ac8a6991b65c2387bebd8554daf45ab058f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_3aaa6', table='recommendations_duedatechange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('publisher', ''), _negated=True), name='source_has_publisher'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('day_precision__in', ['day', 'month'])), name='source_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='source_replaced_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='stays_once_public', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                IF EXISTS (SELECT 1 FROM recommendations_inquiry WHERE id = (OLD.inquiry_id) AND stage IN ('concluded', 'monitoring', 'published')) THEN\n                    RAISE EXCEPTION 'Sources of a public inquiry are never changed, only followed by others'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            ", hash='53755c1f5566d333f161228284c030d213472e95', operation='UPDATE OR DELETE', pgid='pgtrigger_stays_once_public_e4548', table='recommendations_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Sources are never deleted' USING ERRCODE = 'restrict_violation';", hash='d0044e7afb791de1383fd638cac2aaa5c9cf594e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_603bf', table='recommendations_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='469ae1a66889af22e0d84b3cc1a3163e2069190f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_aa60b', table='recommendations_source', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='succession_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Successions are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='a197e2f95e8bfc5c3b8146615afeaa6d7237d369', operation='UPDATE', pgid='pgtrigger_never_changed_c5c42', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Successions are never deleted' USING ERRCODE = 'restrict_violation';", hash='ce61055897e9038b3cc1d6fd735b06732614cc84', operation='DELETE', pgid='pgtrigger_never_deleted_441bb', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Successions are never deleted' USING ERRCODE = 'restrict_violation';", hash='736efb636224f856e60d0fbbe3d73292da550129', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_5abc4', table='recommendations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='d4e658ec61ec3238bc3fa283c04f009229108815', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_a1903', table='recommendations_succession', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='targetchange',
            index=models.Index(fields=['assignment', 'decided_at'], name='target_by_assignment'),
        ),
        migrations.AddIndex(
            model_name='targetchange',
            index=models.Index(condition=models.Q(('state', 'agreed')), fields=['-decided_at'], name='target_agreed_by_decided'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('assignment',), name='target_one_request_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='target_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('old_date', models.F('new_date')), _negated=True), name='target_date_differs'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('asked_date__isnull', True), models.Q(('state', 'agreed'), models.Q(('asked_date', models.F('new_date')), _negated=True)), _connector='OR'), name='target_other_date_is_agreed'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'agreed', 'refused'])), name='target_state_known'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'requested')), models.Q(models.Q(('state', 'requested'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='target_decided_paired'),
        ),
        migrations.AddConstraint(
            model_name='targetchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('decision_note', ''), _negated=True), _connector='OR'), name='target_refused_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{requested:agreed,requested:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='04dbeb53c59267588aa79107fff7f261e421734f', operation='UPDATE', pgid='pgtrigger_state_transitions_7ca08', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.decided_at IS NOT NULL OR (OLD.assignment_id, OLD.old_date, OLD.new_date, OLD.reason, OLD.asked_at, OLD.asked_by_id) IS DISTINCT FROM (NEW.assignment_id, NEW.old_date, coalesce(NEW.asked_date, NEW.new_date), NEW.reason, NEW.asked_at, NEW.asked_by_id))', func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Entries of the slippage ledger are never changed once decided' USING ERRCODE = 'restrict_violation';", hash='b88e0ca67179aa823464d5b5d8796b979643fd84', operation='UPDATE', pgid='pgtrigger_never_changed_374e2', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Entries of the slippage ledger are never deleted' USING ERRCODE = 'restrict_violation';", hash='dce3bd6387b26770f07c675860001ae99b8eeeba', operation='DELETE', pgid='pgtrigger_never_deleted_ffeba', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Entries of the slippage ledger are never deleted' USING ERRCODE = 'restrict_violation';", hash='c3c778f68e30ed994d2197e776aa502d691db9da', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_9e881', table='recommendations_targetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetchange',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='b795e5bf397715ee287da1ea722c4d9888e567cd', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_fe689', table='recommendations_targetchange', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(fields=['closed_on'], name='rec_by_closed'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['heading'], name='rec_heading_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['text'], name='rec_text_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(recommendations.models.search_vectors.SearchReference('reference'), committee.search_text.SearchText('reference'), committee.search_text.SearchText('heading'), committee.search_text.SearchText('text'), committee.search_text.SearchText('success_measure'), config='every_word'), name='rec_words'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('inquiry', 'sort_key'), name='rec_number_unique_in_inquiry'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('reference_key',), name='rec_reference_unique'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='rec_has_text'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('heading', ''), _negated=True), name='rec_has_heading'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['top', 'high', 'standard', 'not_known'])), name='rec_priority_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_as', ''), ('closed_by__isnull', True), ('closed_on__isnull', True)), models.Q(('closed_as__in', ('close_implemented', 'close_not_implemented', 'close_superseded', 'close_no_longer_relevant')), ('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='rec_closed_only_by_assessment'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='made_public_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_public_at IS NOT NULL AND OLD.made_public_at IS DISTINCT FROM NEW.made_public_at)', func="\n            RAISE EXCEPTION 'The moment at which a recommendation became public never changes'\n                USING ERRCODE = 'restrict_violation';\n        ", hash='47ed24668e34578445832fa9329a338718aa5c62', operation='UPDATE', pgid='pgtrigger_made_public_once_2a2ab', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.number IS DISTINCT FROM NEW.number OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.heading IS DISTINCT FROM NEW.heading OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.success_measure IS DISTINCT FROM NEW.success_measure OR OLD.owner_note IS DISTINCT FROM NEW.owner_note OR OLD.finding_id IS DISTINCT FROM NEW.finding_id OR OLD.made_at_id IS DISTINCT FROM NEW.made_at_id OR OLD.inquiry_id IS DISTINCT FROM NEW.inquiry_id OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.created_at IS DISTINCT FROM NEW.created_at)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.made_public_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.recommendation_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'number', 'reference', 'heading', 'priority', 'success_measure', 'owner_note', 'finding_id', 'made_at_id', 'inquiry_id', 'published_on', 'created_at']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'A recommendation on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4ce685b6d2a9d85fc0c2bda09eca55ea1d197401', operation='UPDATE', pgid='pgtrigger_corrected_only_ce5c8', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='reworded_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.made_public_at IS NOT NULL AND OLD.text IS DISTINCT FROM NEW.text)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF NEW.text IS DISTINCT FROM (\n                SELECT w.new_text FROM recommendations_wordingchange w\n                  LEFT JOIN recommendations_meeting m ON m.id = w.meeting_id\n                 WHERE w.recommendation_id = OLD.id\n                 ORDER BY coalesce(m.held_on, (w.changed_at AT TIME ZONE 'Europe/London')::date) DESC,\n                    w.changed_at DESC, w.id DESC\n                 LIMIT 1\n            ) THEN\n                RAISE EXCEPTION 'The wording on the public record changes only with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='bd4fa0097a970e6228a2a2e1fe200b99797a1f80', operation='UPDATE', pgid='pgtrigger_reworded_only_f3e11', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='voided_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)', func="\n            IF OLD.withdrawn_at IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.recommendation_id = OLD.id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.withdrawn_at)) THEN\n                RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='557eb7677ba76d568f7386bd4676195971ef5b1a', operation='UPDATE', pgid='pgtrigger_voided_only_7a96e', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.made_public_at IS NOT NULL THEN\n                RAISE EXCEPTION 'Recommendations on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='6119311636f2b7857ae8df45301a20ca770acf9b', operation='DELETE', pgid='pgtrigger_stays_on_the_record_25f19', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.heading IS DISTINCT FROM NEW.heading OR OLD.finding_id IS DISTINCT FROM NEW.finding_id OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.success_measure IS DISTINCT FROM NEW.success_measure OR OLD.made_at_id IS DISTINCT FROM NEW.made_at_id OR OLD.owner_note IS DISTINCT FROM NEW.owner_note OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.published_on IS DISTINCT FROM NEW.published_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['number', 'reference', 'heading', 'finding_id', 'priority', 'success_measure', 'made_at_id', 'owner_note', 'withdrawn_at', 'published_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['published_on']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='fe11e45f0cf6039cbf1b83707593d097d93b547d', operation='UPDATE', pgid='pgtrigger_earlier_values_6a9b9', table='recommendations_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='priority_is_known', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.priority = 'not_known')", func="\n            IF NOT EXISTS (SELECT 1 FROM recommendations_inquiry\n                            WHERE id = NEW.inquiry_id AND record_kind = 'public_sources') THEN\n                RAISE EXCEPTION 'A committee knows the priority of what it recommended'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='227a0ac296df59d956cc5970edccf98f0d4de8e4', operation='INSERT OR UPDATE', pgid='pgtrigger_priority_is_known_65ed6', table='recommendations_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='03f28cdf0e500f47079b1da3f39eed84c041300c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_6b1f8', table='recommendations_recommendation', when='AFTER')),
        ),
        migrations.CreateModel(
            name='RecommendationTheme',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('recommendations.recommendation_themes',),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='transfer_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Transfers are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='e735a181ebd983d5182467fbc40292c12b0bf287', operation='UPDATE', pgid='pgtrigger_never_changed_1defc', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Transfers are never deleted' USING ERRCODE = 'restrict_violation';", hash='0d00ac5d5bb4ce811764b5dec2c6746fed9bb33c', operation='DELETE', pgid='pgtrigger_never_deleted_287c9', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Transfers are never deleted' USING ERRCODE = 'restrict_violation';", hash='c2253751a5efd63d034909eed1330dc12b82c985', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_e4f54', table='recommendations_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='84a9955bd0f90162878a6691172cc74fee9f2fa6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_010a6', table='recommendations_transfer', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['assignment', '-filed_on', '-published_at'], name='update_by_assignment'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['-published_at'], name='update_by_published'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('progress'), committee.search_text.SearchText('barriers'), committee.search_text.SearchText('next_steps'), committee.search_text.SearchText('delivered_what'), committee.search_text.SearchText('public_summary'), config='every_word'), condition=models.Q(('state', 'published')), name='update_words'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('state', 'published'), _negated=True), fields=['state'], name='update_unpublished'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'returned'))), fields=('assignment',), name='update_one_unpublished'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'published'])), name='update_state_known'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('as_last_time', False), ('times_running', 0)), models.Q(('as_last_time', True), ('times_running__gt', 0)), _connector='OR'), name='update_times_running_counted'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('claim__in', ['not_started', 'on_track', 'at_risk', 'off_track', 'paused', 'delivered', 'not_feasible']), models.Q(('progress', ''), _negated=True)), _connector='OR'), name='update_complete_when_submitted'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='update_submitted_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='update_approved_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('state__in', ['submitted', 'published']), _connector='OR'), name='update_approved_was_submitted'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mended_at__isnull', True), ('mended_by__isnull', True)), models.Q(('mended_at__isnull', False), ('mended_by__isnull', False)), _connector='OR'), name='update_mended_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='update_returned_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='update_published_paired'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='update_returned_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('submitted_at__isnull', False), ('filed_on__gte', models.F('as_at')), ('filed_on__isnull', False)), _connector='OR'), name='update_published_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='update_submitted_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned')), models.Q(('claim', 'delivered'), _negated=True), models.Q(('delivered_what', ''), _negated=True), _connector='OR'), name='update_delivered_says_what'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_text', ''), models.Q(('exempt_paragraphs__len__gt', 0), models.Q(('public_summary', ''), _negated=True)), _connector='OR'), name='update_exempt_with_paragraph_and_summary'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_paragraphs__contained_by', [1, 2, 3, 4, 5, 6, 7])), name='update_exempt_paragraph_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:submitted,returned:submitted,submitted:draft,submitted:published,submitted:returned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='4ca47e4de52b6fee9bc55cd7059e7d5fe7411339', operation='UPDATE', pgid='pgtrigger_state_transitions_fc3fd', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'published')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Published updates are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='05fb5f7fa9491ce2ae8b6b4a607a4daa6fb9e250', operation='UPDATE', pgid='pgtrigger_never_changed_a6ba8', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'published')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Published updates are never deleted' USING ERRCODE = 'restrict_violation';", hash='28e2b28098b7c154f9b4d2db12e32e170bf9e18a', operation='DELETE', pgid='pgtrigger_never_deleted_65749', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Published updates are never deleted' USING ERRCODE = 'restrict_violation';", hash='04ef175957f20959d61a11f77c40058035a7e4c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_60372', table='recommendations_update', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='mended_with_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'submitted' AND (OLD.progress, OLD.delivered_what, OLD.barriers, OLD.next_steps, OLD.new_date_reason, OLD.public_summary, OLD.exempt_text) IS DISTINCT FROM (NEW.progress, NEW.delivered_what, NEW.barriers, NEW.next_steps, NEW.new_date_reason, NEW.public_summary, NEW.exempt_text))", func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF NOT EXISTS (SELECT 1 FROM recommendations_submittedversion v\n                            WHERE v.update_id = OLD.id AND (v.progress, v.delivered_what, v.barriers, v.next_steps, v.new_date_reason, v.public_summary, v.exempt_text) IS NOT DISTINCT FROM (OLD.progress, OLD.delivered_what, OLD.barriers, OLD.next_steps, OLD.new_date_reason, OLD.public_summary, OLD.exempt_text)) THEN\n                RAISE EXCEPTION 'The words of a submitted update are mended only with the submitted version kept'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='22ccc50f0b536043d3a48dd14279437ee64a6fbe', operation='UPDATE', pgid='pgtrigger_mended_with_its_version_4e1d1', table='recommendations_update', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['exempt_text']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['exempt_text']::text[]\n            );\n            RETURN NULL;\n        ", hash='27a70ceba3b668b667c57734d98eaa0c254e3c3a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_5688b', table='recommendations_update', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Submitted versions are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='80a4bf3303c82c0ee4f1e7638f9a64da8b0c2652', operation='UPDATE', pgid='pgtrigger_never_changed_721ab', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Submitted versions are never deleted' USING ERRCODE = 'restrict_violation';", hash='f90f6db4ec7bd3ad98c38a87de927dd8d9400c7f', operation='DELETE', pgid='pgtrigger_never_deleted_a496a', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Submitted versions are never deleted' USING ERRCODE = 'restrict_violation';", hash='30f632460d1b9ec48d81185199be7d9f1a291870', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_595f9', table='recommendations_submittedversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submittedversion',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['exempt_text']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['exempt_text']::text[]\n            );\n            RETURN NULL;\n        ", hash='6a54744b83f07b717f240170c7c5130c139d0d92', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_4b9b6', table='recommendations_submittedversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='exemptopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('response__isnull', True), ('update__isnull', False)), models.Q(('response__isnull', False), ('update__isnull', True)), _connector='OR'), name='opening_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='exemptopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='opening_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Openings of exempt text are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='fcdad9e530baab8503cadca886c3f70c71a0d653', operation='UPDATE', pgid='pgtrigger_never_changed_8e34c', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Openings of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='d4de708825a66f253747ac99d58420638e2c8211', operation='DELETE', pgid='pgtrigger_never_deleted_9c4f7', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Openings of exempt text are never deleted' USING ERRCODE = 'restrict_violation';", hash='65959324a1df85d0c96b1be3309534e57b1e0de5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_2fcef', table='recommendations_exemptopening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemptopening',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='5f601d6ff6d5a4968e1714045ab061ec7ab045b4', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_ff6d3', table='recommendations_exemptopening', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('fact', ''), _negated=True), name='citation_has_fact'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('inquiry__isnull', False), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('succession__isnull', True), ('update__isnull', True)), models.Q(('assignment__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', False), ('response__isnull', True), ('succession__isnull', True), ('update__isnull', True)), models.Q(('assignment__isnull', False), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('succession__isnull', True), ('update__isnull', True)), models.Q(('assignment__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', False), ('succession__isnull', True), ('update__isnull', True)), models.Q(('assignment__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('succession__isnull', True), ('update__isnull', False)), models.Q(('assignment__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', False), ('recommendation__isnull', True), ('response__isnull', True), ('succession__isnull', True), ('update__isnull', True)), models.Q(('assignment__isnull', True), ('inquiry__isnull', True), ('meeting__isnull', True), ('recommendation__isnull', True), ('response__isnull', True), ('succession__isnull', False), ('update__isnull', True)), _connector='OR'), name='citation_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='citation_withdrawn_paired'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='citation_withdrawn_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.withdrawn_at IS NOT NULL OR (to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_because']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_because']))", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Citations are never changed, only withdrawn with a reason' USING ERRCODE = 'restrict_violation';", hash='1487530f087389341f40b9e6b3fcb8a066e87a16', operation='UPDATE', pgid='pgtrigger_never_changed_96fc0', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='stays_once_public', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                IF EXISTS (SELECT 1 FROM recommendations_inquiry WHERE id = (SELECT inquiry_id FROM recommendations_source WHERE id = OLD.source_id) AND stage IN ('concluded', 'monitoring', 'published')) THEN\n                    RAISE EXCEPTION 'Citations of a public inquiry are never changed, only followed by others'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            ", hash='1c6f04f7ccb56ce4ff8fc3df1a38d689f875e93b', operation='DELETE', pgid='pgtrigger_stays_once_public_d1aeb', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Citations are never deleted' USING ERRCODE = 'restrict_violation';", hash='1a0fe9029f8fe9e8b3c5f9ea631d715893c0268c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_d72bf', table='recommendations_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='f5e037e7653c7a0b9e5703aa47fb70c4f57b5fbc', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_564c3', table='recommendations_citation', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['first_target_on'], name='assignment_open_by_target'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['body', 'closed_on'], name='assignment_by_body'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['response_due_on'], name='assignment_open_by_response'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('recommendation', 'body', 'formerly'), name='assignment_once_per_body', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_target_on__isnull', True), ('target_on__isnull', True)), models.Q(('first_target_on__isnull', False), ('target_on__isnull', False)), _connector='OR'), name='assignment_targets_paired'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('response_due_on__isnull', True), ('notified_on__isnull', False), _connector='OR'), name='assignment_clock_needs_notice'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('notice_from_source', False), ('notified_on__isnull', False), _connector='OR'), name='assignment_source_needs_notice'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim', ''), ('last_update__isnull', True), ('last_update_on__isnull', True)), models.Q(('claim__in', ['not_started', 'on_track', 'at_risk', 'off_track', 'paused', 'delivered', 'not_feasible']), ('last_update__isnull', False), ('last_update_on__isnull', False)), _connector='OR'), name='assignment_claim_has_update'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decision', '')), models.Q(('decided_on__isnull', False), ('decision__in', ['accepted', 'in_part', 'in_principle', 'noted', 'rejected', 'not_ours'])), _connector='OR'), name='assignment_decision_dated'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ('accepted', 'in_part', 'rejected', 'not_ours')), ('stopped_on__isnull', False)), models.Q(('stopped_on__isnull', True), models.Q(('decision__in', ('accepted', 'in_part', 'rejected', 'not_ours')), _negated=True)), _connector='OR'), name='assignment_clock_stopped_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_as', ''), ('closed_by__isnull', True), ('closed_on__isnull', True)), models.Q(('closed_as__in', ('close_implemented', 'close_not_implemented', 'close_superseded', 'close_no_longer_relevant')), ('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='assignment_closed_only_by_assessment'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='corrected_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.notified_on IS DISTINCT FROM NEW.notified_on OR OLD.response_due_on IS DISTINCT FROM NEW.response_due_on OR OLD.notice_recorded_at IS DISTINCT FROM NEW.notice_recorded_at OR OLD.notice_from_source IS DISTINCT FROM NEW.notice_from_source)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.notified_on IS NOT NULL AND NOT (NEW.notified_on IS NULL AND NEW.response_due_on IS NULL AND NEW.notice_recorded_at IS NULL AND EXISTS (SELECT 1 FROM recommendations_noticewithdrawal w WHERE w.assignment_id = OLD.id AND w.notified_on = OLD.notified_on))) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assignment_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'notified_on', 'response_due_on', 'notice_recorded_at', 'notice_from_source']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The day of a notice on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9b11b48eb2f7124735ecb956ec46fa17a4113c60', operation='UPDATE', pgid='pgtrigger_corrected_only_0f54c', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='first_date_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.first_target_on IS DISTINCT FROM NEW.first_target_on OR OLD.first_target_set_at IS DISTINCT FROM NEW.first_target_set_at)', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            IF (OLD.first_target_on IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assignment_id = OLD.id AND c.transaction = this_transaction() AND NOT EXISTS (\n        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n         WHERE o.key = ANY(ARRAY['id', 'first_target_on', 'first_target_set_at']::text[]) AND o.value IS DISTINCT FROM n.value\n           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))) THEN\n                RAISE EXCEPTION 'The first target date on the public record is only corrected, with a reason that everybody can read'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1b8a4d218937527b08b8b1d923c323961068bd6c', operation='UPDATE', pgid='pgtrigger_first_date_stays_3c5b7', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='transferred_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.body_id IS DISTINCT FROM NEW.body_id OR OLD.recommendation_id IS DISTINCT FROM NEW.recommendation_id OR OLD.formerly_id IS DISTINCT FROM NEW.formerly_id OR OLD.created_at IS DISTINCT FROM NEW.created_at)', func="\n            IF OLD.recommendation_id IS DISTINCT FROM NEW.recommendation_id\n                OR OLD.created_at IS DISTINCT FROM NEW.created_at\n                OR NEW.formerly_id IS DISTINCT FROM coalesce(OLD.formerly_id, OLD.body_id)\n                OR NOT EXISTS (\n                SELECT 1 FROM (SELECT * FROM recommendations_transfer t WHERE t.assignment_id = OLD.id\n                                ORDER BY t.id DESC LIMIT 1) last\n                 WHERE last.from_body_id = OLD.body_id AND last.to_body_id = NEW.body_id) THEN\n                RAISE EXCEPTION 'An assignment goes to another body only by a transfer on the record'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='2ae70d2ddb19a29e9a229e55e5bbc582f81d470a', operation='UPDATE', pgid='pgtrigger_transferred_only_9959e', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='voided_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)', func="\n            IF OLD.withdrawn_at IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.assignment_id = OLD.id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.withdrawn_at) OR EXISTS (SELECT 1 FROM recommendations_correction c WHERE c.recommendation_id = OLD.recommendation_id AND c.transaction = this_transaction() AND c.voids AND c.corrected_at = NEW.withdrawn_at)) THEN\n                RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='b315211ab2f3148b16e3ae75eaa5fac128520fea', operation='UPDATE', pgid='pgtrigger_voided_only_c4462', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='stays_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM recommendations_recommendation r WHERE r.id = OLD.recommendation_id AND r.made_public_at IS NOT NULL) THEN\n                RAISE EXCEPTION 'Assignments on the public record stay there' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN OLD;\n        ", hash='b9d1e346cd36696b5732642424efb0e34d61c430', operation='DELETE', pgid='pgtrigger_stays_on_the_record_432bd', table='recommendations_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='earlier_values', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.is_lead IS DISTINCT FROM NEW.is_lead OR OLD.post_id IS DISTINCT FROM NEW.post_id OR OLD.deliverer IS DISTINCT FROM NEW.deliverer OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at OR OLD.notified_on IS DISTINCT FROM NEW.notified_on OR OLD.response_due_on IS DISTINCT FROM NEW.response_due_on OR OLD.notice_recorded_at IS DISTINCT FROM NEW.notice_recorded_at OR OLD.first_target_on IS DISTINCT FROM NEW.first_target_on)', declare='DECLARE old_row jsonb;', func="\n            \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n            SELECT jsonb_object_agg(o.key, o.value) INTO old_row\n              FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)\n             WHERE o.key = ANY(ARRAY['is_lead', 'post_id', 'deliverer', 'withdrawn_at', 'notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on']::text[]) AND o.value IS DISTINCT FROM n.value\n               AND NOT (o.key = ANY(ARRAY['notified_on', 'response_due_on', 'notice_recorded_at', 'first_target_on']::text[]) AND o.value = 'null'::jsonb);\n            IF old_row IS NOT NULL THEN\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                VALUES (TG_TABLE_NAME, OLD.id, old_row, coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false);\n            END IF;\n            RETURN NULL;\n        ", hash='7a3034daba1350f41be53fe2895be5eccda01f52', operation='UPDATE', pgid='pgtrigger_earlier_values_3c653', table='recommendations_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='taken_back_on_the_record', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.notified_on IS NOT NULL AND NEW.notified_on IS NULL)', func="\n            IF NOT EXISTS (SELECT 1 FROM recommendations_noticewithdrawal w\n                            WHERE w.assignment_id = OLD.id AND w.notified_on = OLD.notified_on\n                              AND w.withdrawn_at >= coalesce(OLD.notice_recorded_at, w.withdrawn_at)) THEN\n                RAISE EXCEPTION 'A notice is taken back only with its reason on the record'\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='aa8eb8d5f3e2a9058a161cc5808a662e84a2da26', operation='UPDATE', pgid='pgtrigger_taken_back_on_the_record_4c6de', table='recommendations_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='192bc643602ab614f4488fe6a8b36eec291cfe56', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_7eccd', table='recommendations_assignment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='updaterequest',
            index=models.Index(condition=models.Q(('fulfilled_by__isnull', True)), fields=['assignment'], name='request_unanswered'),
        ),
        migrations.AddConstraint(
            model_name='updaterequest',
            constraint=models.UniqueConstraint(fields=('review', 'assignment'), name='request_once_in_review'),
        ),
        migrations.AddConstraint(
            model_name='updaterequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chased_on__isnull', True), ('chases', 0)), models.Q(('chased_on__isnull', False), ('chases__gt', 0)), _connector='OR'), name='request_chase_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='updaterequest',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='976ac768b74704b3c83110eb73662631ee464844', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_2026a', table='recommendations_updaterequest', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='withholding',
            index=models.Index(condition=models.Q(('state', 'hidden')), fields=['decide_by'], name='withholding_waiting'),
        ),
        migrations.AddIndex(
            model_name='withholding',
            index=models.Index(fields=['sealed_in'], name='withholding_sealed_in'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['words', 'entry', 'file', 'edition'])), name='withholding_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['personal_data', 'confidential', 'exempt', 'court_order', 'defamation', 'copyright', 'other'])), name='withholding_ground_known'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['hidden', 'confirmed', 'put_back', 'erased'])), name='withholding_state_known'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('public_reason', ''), _negated=True), name='withholding_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='withholding_decided_paired'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('erased_by__isnull', True)), models.Q(('erased_at__isnull', False), ('erased_by__isnull', False)), _connector='OR'), name='withholding_erased_paired'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'hidden')), models.Q(models.Q(('state', 'hidden'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='withholding_decided_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', False), ('state', 'erased')), models.Q(models.Q(('state', 'erased'), _negated=True), ('erased_at__isnull', True)), _connector='OR'), name='withholding_erased_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('withheld_by')), _negated=True), _connector='OR'), name='withholding_decided_by_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{confirmed:erased,confirmed:put_back,hidden:confirmed,hidden:put_back}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d46ee6a07b387eca294d62ad336d2498de4066ad', operation='UPDATE', pgid='pgtrigger_state_transitions_eb470', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='begins_hidden', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.state <> 'hidden' THEN\n                        RAISE EXCEPTION 'A withholding begins undecided' USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    NEW.sealed_in := this_transaction();\n                    NEW.decided_in := '';\n                    RETURN NEW;\n                ", hash='21d85c753e207514852c8f1c0c7006a4260e0afd', operation='INSERT', pgid='pgtrigger_begins_hidden_5105f', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='only_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                    IF to_jsonb(OLD) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',\n                            'decided_in', 'erased_at', 'erased_by_id']\n                        <> to_jsonb(NEW) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',\n                            'decided_in', 'erased_at', 'erased_by_id']\n                        OR NEW.state = OLD.state AND to_jsonb(OLD) - 'version' <> to_jsonb(NEW) - 'version'\n                        OR NEW.state = 'erased' AND (OLD.decided_at, OLD.decided_by_id, OLD.decision_reason)\n                            IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.decision_reason)\n                    THEN\n                        RAISE EXCEPTION 'A withholding is never changed, only decided on'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    IF NEW.state <> OLD.state THEN\n                        NEW.decided_in := this_transaction();\n                    END IF;\n                    RETURN NEW;\n                ", hash='a510cff64aa3568dc1c266f5cb7a5467084ebcb9', operation='UPDATE', pgid='pgtrigger_only_decided_62459', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Withholdings are never deleted' USING ERRCODE = 'restrict_violation';", hash='727f03a412f0d1cacfff4eaba66cf2e436dc053a', operation='DELETE', pgid='pgtrigger_never_deleted_3841f', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Withholdings are never deleted' USING ERRCODE = 'restrict_violation';", hash='8e6cdad982deb65e2be295f52d9d3ed615f337ff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_679c3', table='recommendations_withholding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withholding',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['private_note']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['private_note']::text[]\n            );\n            RETURN NULL;\n        ", hash='5f1ef11aa88330cfc9c898f3bbabbf617e90fba9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_70527', table='recommendations_withholding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='sealedtext',
            constraint=models.UniqueConstraint(fields=('table_name', 'row_key', 'column_name', 'marker'), name='sealed_marker_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='taken_from_its_place', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stood boolean;', func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM recommendations_withholding w\n                         WHERE w.id = NEW.withholding_id AND w.sealed_in = this_transaction() AND w.state = 'hidden'\n                    ) THEN\n                        RAISE EXCEPTION 'Words are sealed only when they are withheld'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    EXECUTE format(\n                        'SELECT EXISTS (SELECT 1 FROM %I r WHERE r.id::text = $1\n                            AND strpos((to_jsonb(r)->$2)::text, within_json($3)) > 0)', NEW.table_name\n                    ) INTO stood USING NEW.row_key, NEW.column_name, NEW.original;\n                    IF NEW.original = '' OR NOT stood AND NOT EXISTS (\n                        SELECT 1 FROM recommendations_sealedtext s\n                         WHERE (s.table_name, s.row_key, s.column_name)\n                             = (NEW.table_name, NEW.row_key, NEW.column_name)\n                           AND strpos(s.original, NEW.original) > 0\n                    ) THEN\n                        RAISE EXCEPTION 'Only words that stand in their place are sealed'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    IF NEW.marker !~ ('^\\[withheld (?:on [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}, no\\. )?' || NEW.withholding_id || '[a-z]{0,8}\\]$') THEN\n                        RAISE EXCEPTION 'Only the mark of its withholding takes the place of words'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    NEW.sha256 := encode(sha256(convert_to(NEW.original, 'UTF8')), 'hex');\n                    RETURN NEW;\n                ", hash='81e1dba28dd86818074b99b96928c0c7b6cfb74d', operation='INSERT', pgid='pgtrigger_taken_from_its_place_4959c', table='recommendations_sealedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='only_erased', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF to_jsonb(OLD) - 'original' = to_jsonb(NEW) - 'original' AND (\n                        is_withheld(OLD.table_name, OLD.row_key, OLD.column_name,\n                            to_jsonb(OLD.original), to_jsonb(NEW.original))\n                        OR NEW.original = '' AND EXISTS (\n                            SELECT 1 FROM recommendations_withholding w\n                             WHERE w.id = OLD.withholding_id AND w.state = 'erased'\n                        )\n                    ) THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'Sealed words are never changed, only erased with their withholding'\n                        USING ERRCODE = 'restrict_violation';\n                ", hash='789669a34a2fc442b180a350c82a6f7e62b7a030', operation='UPDATE', pgid='pgtrigger_only_erased_4309a', table='recommendations_sealedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed words are never deleted' USING ERRCODE = 'restrict_violation';", hash='2580408b370f6ee0c144db6bae0efa670e136c5c', operation='DELETE', pgid='pgtrigger_never_deleted_6107b', table='recommendations_sealedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Sealed words are never deleted' USING ERRCODE = 'restrict_violation';", hash='62eb8ed22f32593622544cf1c76830f8ccc3fbff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_3a6c2', table='recommendations_sealedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedtext',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['original']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['original']::text[]\n            );\n            RETURN NULL;\n        ", hash='0c7cce45e9b19502e8b9cc8442db0b08fb84528f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_af3aa', table='recommendations_sealedtext', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.UniqueConstraint(fields=('withholding', 'evidence'), name='sealed_file_once'),
        ),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.UniqueConstraint(fields=('withholding', 'pack', 'field'), name='sealed_pack_file_once'),
        ),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evidence__isnull', False), ('field', 'file'), ('pack__isnull', True)), models.Q(('evidence__isnull', True), ('field__in', ('pdf', 'html', 'word')), ('pack__isnull', False)), _connector='OR'), name='sealed_file_of_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='taken_from_its_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM recommendations_withholding w\n                         WHERE w.id = NEW.withholding_id AND w.sealed_in = this_transaction() AND w.state = 'hidden'\n                    ) OR NOT EXISTS (\n                        SELECT 1 FROM recommendations_evidence e\n                         WHERE e.id = NEW.evidence_id AND e.sha256 = NEW.sha256 AND e.size = NEW.size\n                    ) AND NOT EXISTS (\n                        SELECT 1 FROM recommendations_pack p WHERE p.id = NEW.pack_id AND p.state = 'ready'\n                    ) THEN\n                        RAISE EXCEPTION 'A file is sealed only when it is withheld'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='b148e683ca15fec116367c27fbcbaf3b95cef699', operation='INSERT', pgid='pgtrigger_taken_from_its_place_7aa5a', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed files are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='3370af615cdb43780324b427ff19ee69d73183f3', operation='UPDATE', pgid='pgtrigger_never_changed_a8dba', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Sealed files are never deleted' USING ERRCODE = 'restrict_violation';", hash='fea84fa793a7b7c4de18b8926de6622b1eaa4912', operation='DELETE', pgid='pgtrigger_never_deleted_eb9bd', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Sealed files are never deleted' USING ERRCODE = 'restrict_violation';", hash='b4de4c8bc9d0266fddeff6ac11ea9793e1b74789', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_a8b3f', table='recommendations_sealedfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedfile',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='f9c8c94b0233f96b6ddadff49f1b7e28d6065ac3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_f0d7a', table='recommendations_sealedfile', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='pack',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), committee.search_text.SearchText('purpose'), committee.search_text.SearchText('decisions'), config='every_word'), name='pack_words'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='pack_has_title'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(('edition__in', ['public', 'exempt'])), name='pack_edition_known'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'queued', 'rendering', 'ready', 'failed'])), name='pack_state_known'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('as_at__isnull', False), ('content__isnull', False), ('finished_at__isnull', False), ('pages__gt', 0), models.Q(('content_hash', ''), _negated=True), models.Q(('pdf', ''), _negated=True), models.Q(('pdf_hash', ''), _negated=True)), _connector='OR'), name='pack_ready_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='pack_failed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('built_by__isnull', True), ('queued_at__isnull', True)), models.Q(('built_by__isnull', False), ('queued_at__isnull', False)), _connector='OR'), name='pack_queued_paired'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('changes', ''), _negated=True), ('state', 'draft'), _connector='OR'), name='pack_new_version_says_what_changed'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(('supplement', False), ('replaces__isnull', False), _connector='OR'), name='pack_supplement_follows_another'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('release_asked_at__isnull', True), ('release_asked_by__isnull', True)), models.Q(('release_asked_at__isnull', False), ('release_asked_by__isnull', False)), _connector='OR'), name='pack_release_asked_paired'),
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('released_by__isnull', True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False), ('state', 'ready')), _connector='OR'), name='pack_released_paired'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='state_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:queued,failed:draft,failed:queued,queued:draft,queued:failed,queued:rendering,rendering:draft,rendering:failed,rendering:queued,rendering:ready}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='e76ba921848fc4847617d9ae85387b9df792dfc0', operation='UPDATE', pgid='pgtrigger_state_transitions_0becc', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'ready')", func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Frozen packs are never deleted' USING ERRCODE = 'restrict_violation';", hash='6bfb56c03cf6c1f5b4baded2f2738d56f8aaed3c', operation='DELETE', pgid='pgtrigger_never_deleted_5902e', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Frozen packs are never deleted' USING ERRCODE = 'restrict_violation';", hash='4a575e6aa47ec6fb7423928614da0b9ea196af3f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_57e6f', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'ready' AND (OLD.released_at IS NOT NULL OR (OLD.meeting_id, OLD.edition, OLD.title, OLD.number, OLD.replaces_id, OLD.purpose, OLD.decisions, OLD.reasons, OLD.implications, OLD.appendices, OLD.contact, OLD.report_of, OLD.supplement, OLD.changes, OLD.sections, OLD.selection, OLD.as_at, OLD.content, OLD.content_hash, OLD.made_with, OLD.pages, OLD.pdf, OLD.pdf_hash, OLD.html, OLD.word, OLD.word_hash, OLD.created_by_id, OLD.built_by_id, OLD.finished_at, OLD.state, OLD.repeats_id, OLD.withholding_id) IS DISTINCT FROM (NEW.meeting_id, NEW.edition, NEW.title, NEW.number, NEW.replaces_id, NEW.purpose, NEW.decisions, NEW.reasons, NEW.implications, NEW.appendices, NEW.contact, NEW.report_of, NEW.supplement, NEW.changes, NEW.sections, NEW.selection, NEW.as_at, NEW.content, NEW.content_hash, NEW.made_with, NEW.pages, NEW.pdf, NEW.pdf_hash, NEW.html, NEW.word, NEW.word_hash, NEW.created_by_id, NEW.built_by_id, NEW.finished_at, NEW.state, NEW.repeats_id, NEW.withholding_id)))", func="\n                    \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                    RAISE EXCEPTION 'A frozen pack is never changed' USING ERRCODE = 'restrict_violation';\n                ", hash='c97241706b0296d53530a802438f2de535ce27fa', operation='UPDATE', pgid='pgtrigger_never_changed_1a20e', table='recommendations_pack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY['progress_done', 'progress_total', 'progress_words']::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY['progress_done', 'progress_total', 'progress_words']::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['content', 'title', 'purpose', 'decisions', 'reasons', 'implications', 'appendices', 'changes']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['content', 'title', 'purpose', 'decisions', 'reasons', 'implications', 'appendices', 'changes']::text[]\n            );\n            RETURN NULL;\n        ", hash='795e32c49987761a834ef3ece8b09a7e5209f015', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_4e56d', table='recommendations_pack', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), config='every_word'), name='evidence_words'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inquiry__isnull', True), ('response__isnull', True), ('update__isnull', False)), models.Q(('inquiry__isnull', True), ('response__isnull', False), ('update__isnull', True)), models.Q(('inquiry__isnull', False), ('response__isnull', True), ('update__isnull', True)), _connector='OR'), name='evidence_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('url', ''), _negated=True), ('file', '')), _connector='OR'), name='evidence_file_or_link'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='evidence_has_title'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'exempt'), _negated=True), models.Q(('exempt_paragraphs__len__gt', 0), models.Q(('public_summary', ''), _negated=True)), _connector='OR'), name='evidence_exempt_with_paragraph_and_summary'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_paragraphs__contained_by', [1, 2, 3, 4, 5, 6, 7])), name='evidence_exempt_paragraph_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    \n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n\n                    IF EXISTS (\n                        SELECT 1 FROM recommendations_update u WHERE u.id = OLD.update_id AND u.state = 'published'\n                    ) OR EXISTS (\n                        SELECT 1 FROM recommendations_inquiry i\n                         WHERE i.id = OLD.inquiry_id AND i.stage IN ('published', 'monitoring', 'concluded')\n                    ) OR OLD.response_id IS NOT NULL THEN\n                        IF TG_OP = 'DELETE' OR OLD.replaced_by_id IS NOT NULL\n                            OR to_jsonb(OLD) - 'replaced_by_id' <> to_jsonb(NEW) - 'replaced_by_id'\n                            OR NEW.replaced_by_id IS NOT NULL AND NOT EXISTS (\n                                SELECT 1 FROM recommendations_evidence n\n                                 WHERE n.id = NEW.replaced_by_id AND n.replacement_reason <> '' AND n.id <> OLD.id\n                                   AND (n.update_id, n.response_id, n.inquiry_id)\n                                    IS NOT DISTINCT FROM (OLD.update_id, OLD.response_id, OLD.inquiry_id)\n                            )\n                        THEN\n                            RAISE EXCEPTION 'Evidence on the record is never changed, only replaced'\n                                USING ERRCODE = 'restrict_violation';\n                        END IF;\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN\n                        RETURN OLD;\n                    END IF;\n                    RETURN NEW;\n                ", hash='7b1804eb3ed45f0fc971c64727d27db0c4b5f3e2', operation='UPDATE OR DELETE', pgid='pgtrigger_stays_with_published_dde92', table='recommendations_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY['title', 'url', 'file_name', 'replacement_reason']::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY['title', 'url', 'file_name', 'replacement_reason']::text[]\n            );\n            RETURN NULL;\n        ", hash='efcd351c979403909a92f03c03775697468f4a3c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_69fb3', table='recommendations_evidence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='wordingchange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='wording_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier wordings are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='5e6bdee9ca7304718722071ca424136906219de9', operation='UPDATE', pgid='pgtrigger_never_changed_7698f', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Earlier wordings are never deleted' USING ERRCODE = 'restrict_violation';", hash='93d35eb02f23c049523cb9c39354170dd554b18e', operation='DELETE', pgid='pgtrigger_never_deleted_53787', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Earlier wordings are never deleted' USING ERRCODE = 'restrict_violation';", hash='ceb078806c0b13508ce664aa063a2ffafabc70e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_06f18', table='recommendations_wordingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingchange',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='df8dee49dc2c694397b82678c69f04f78210e3e6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_e9fd0', table='recommendations_wordingchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewinquiry',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='c4e7f9f673ac40a61f10fd5b694f6cd707ac9494', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_9714e', table='recommendations_review_inquiries', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND only_withheld(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN\n        RETURN NEW;\n    END IF;\n RAISE EXCEPTION 'Themes of a recommendation are never changed, only added and taken out' USING ERRCODE = 'restrict_violation';", hash='fad9b936e92794beb0d42d12c9298af2047a7e03', operation='UPDATE', pgid='pgtrigger_never_changed_b5212', table='recommendations_recommendation_themes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                SELECT 'recommendations_recommendation', c.recommendation_id, jsonb_build_object('themes', was.ids), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false\n                  FROM (SELECT DISTINCT recommendation_id FROM changed) c\n                 CROSS JOIN LATERAL (\n                    SELECT coalesce(jsonb_agg(id ORDER BY id), '[]'::jsonb) AS ids FROM (\n                        SELECT theme_id AS id FROM recommendations_recommendation_themes WHERE recommendation_id = c.recommendation_id\n                        EXCEPT SELECT theme_id FROM changed WHERE recommendation_id = c.recommendation_id\n                    ) one\n                 ) was;\n                RETURN NULL;\n            ", hash='ee1dbd3d6d123d990500d22e0e9dcdd3fb365ef8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_earlier_added_c13ca', referencing='REFERENCING NEW TABLE AS changed ', table='recommendations_recommendation_themes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='earlier_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                INSERT INTO recommendations_earliervalue (table_name, row_id, before, replaced_at, removed)\n                SELECT 'recommendations_recommendation', c.recommendation_id, jsonb_build_object('themes', was.ids), coalesce(nullif(current_setting('tracker.moment', true), '')::timestamptz, clock_timestamp()), false\n                  FROM (SELECT DISTINCT recommendation_id FROM changed) c\n                 CROSS JOIN LATERAL (\n                    SELECT coalesce(jsonb_agg(id ORDER BY id), '[]'::jsonb) AS ids FROM (\n                        SELECT theme_id AS id FROM recommendations_recommendation_themes WHERE recommendation_id = c.recommendation_id\n                        UNION SELECT theme_id FROM changed WHERE recommendation_id = c.recommendation_id\n                    ) one\n                 ) was;\n                RETURN NULL;\n            ", hash='f7575b2fc7d7b663bb1f85f7bbb93789991bc7ac', level='STATEMENT', operation='DELETE', pgid='pgtrigger_earlier_taken_547ba', referencing='REFERENCING OLD TABLE AS changed ', table='recommendations_recommendation_themes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationtheme',
            trigger=pgtrigger.compiler.Trigger(name='audit', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE old_row jsonb; new_row jsonb; row_key text;', func="\n            IF TG_OP = 'INSERT' THEN\n                new_row := to_jsonb(NEW);\n                row_key := new_row->>'id';\n            ELSIF TG_OP = 'DELETE' THEN\n                old_row := to_jsonb(OLD);\n                row_key := old_row->>'id';\n            ELSE\n                row_key := to_jsonb(NEW)->>'id';\n                SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value)\n                  INTO old_row, new_row\n                  FROM jsonb_each(to_jsonb(OLD) - ARRAY[]::text[]) o\n                  JOIN jsonb_each(to_jsonb(NEW) - ARRAY[]::text[]) n USING (key)\n                 WHERE o.value IS DISTINCT FROM n.value;\n                IF new_row IS NULL THEN\n                    RETURN NULL;\n                END IF;\n            END IF;\n            INSERT INTO audit_auditentry\n                (at, actor_id, address, request_id, table_name, row_key, operation, before, after)\n            VALUES (\n                clock_timestamp(),\n                nullif(current_setting('tracker.actor', true), '')::bigint,\n                coalesce(current_setting('tracker.address', true), ''),\n                coalesce(current_setting('tracker.request', true), ''),\n                TG_TABLE_NAME, row_key, TG_OP,\n                old_row - ARRAY[]::text[] - withheld_columns(TG_TABLE_NAME, row_key),\n                new_row - ARRAY[]::text[]\n            );\n            RETURN NULL;\n        ", hash='b136069e5c671ae30e1e6b50565e29f0625f6366', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_audit_61132', table='recommendations_recommendation_themes', when='AFTER')),
        ),
        # They read the tables above.
        migrations.RunSQL(CREATE_FUNCTIONS, DROP_FUNCTIONS),
    ]
