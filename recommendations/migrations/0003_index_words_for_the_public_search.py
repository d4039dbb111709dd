"""Indexes for the public search at /search/ and the words filter of the lists. Exempt text is in none of them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0002_domain'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('name', 'short_name', 'about', config='english'), name='body_words'),
        ),
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name'], name='body_name_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('reference', 'title', 'summary', 'scope', config='english'), name='inquiry_words'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['title'], name='inquiry_title_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('reference', 'heading', 'text', 'success_measure', config='english'), name='rec_words'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('progress', 'barriers', 'next_steps', 'delivered_what', 'public_summary', config='english'), condition=models.Q(('state', 'published')), name='update_words'),
        ),
    ]
