import committee.search_text
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.datetime
import recommendations.models.search_vectors
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0003_search_text'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='body',
            name='body_words',
        ),
        migrations.RemoveIndex(
            model_name='inquiry',
            name='inquiry_words',
        ),
        migrations.RemoveIndex(
            model_name='recommendation',
            name='rec_words',
        ),
        migrations.RemoveIndex(
            model_name='update',
            name='update_words',
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('comment'), config='every_word'), name='assessment_words'),
        ),
        migrations.AddIndex(
            model_name='body',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('name'), committee.search_text.SearchText('short_name'), committee.search_text.SearchText('about'), config='every_word'), name='body_words'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), config='every_word'), name='evidence_words'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('text'), config='every_word'), name='finding_words'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(recommendations.models.search_vectors.SearchReference('reference'), models.Value('inquiry'), django.db.models.functions.datetime.ExtractYear('published_on'), committee.search_text.SearchText('reference'), committee.search_text.SearchText('title'), committee.search_text.SearchText('summary'), committee.search_text.SearchText('scope'), config='every_word'), name='inquiry_words'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), committee.search_text.SearchText('place'), config='every_word'), name='meeting_words'),
        ),
        migrations.AddIndex(
            model_name='pack',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), committee.search_text.SearchText('purpose'), committee.search_text.SearchText('decisions'), config='every_word'), name='pack_words'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('title'), config='every_word'), name='post_words'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(recommendations.models.search_vectors.SearchReference('reference'), committee.search_text.SearchText('reference'), committee.search_text.SearchText('heading'), committee.search_text.SearchText('text'), committee.search_text.SearchText('success_measure'), config='every_word'), name='rec_words'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('text'), committee.search_text.SearchText('reason'), committee.search_text.SearchText('public_summary'), config='every_word'), name='response_words'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(committee.search_text.SearchText('progress'), committee.search_text.SearchText('barriers'), committee.search_text.SearchText('next_steps'), committee.search_text.SearchText('delivered_what'), committee.search_text.SearchText('public_summary'), config='every_word'), condition=models.Q(('state', 'published')), name='update_words'),
        ),
    ]
