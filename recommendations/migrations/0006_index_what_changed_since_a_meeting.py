"""Indexes for "Since the last meeting" on the dashboard and in the pack: what was recorded or agreed in a span."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0005_who_saved_a_draft'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['-recorded_at'], name='assessment_by_recorded'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['-recorded_at'], name='response_by_recorded'),
        ),
        migrations.AddIndex(
            model_name='targetchange',
            index=models.Index(condition=models.Q(('state', 'agreed')), fields=['-decided_at'], name='target_agreed_by_decided'),
        ),
    ]
