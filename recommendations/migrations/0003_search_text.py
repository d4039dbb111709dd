from django.db import migrations

from recommendations.models.search_vectors import CREATE_CONFIG, CREATE_REFERENCE, DROP_CONFIG, DROP_REFERENCE


class Migration(migrations.Migration):
    dependencies = [
        ('committee', '0002_search_text'),
        ('recommendations', '0002_text_keys'),
    ]

    operations = [
        migrations.RunSQL(CREATE_REFERENCE, DROP_REFERENCE),
        migrations.RunSQL(CREATE_CONFIG, DROP_CONFIG),
    ]
