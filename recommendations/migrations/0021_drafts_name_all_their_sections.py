"""Cover, contents and decisions can be left out now. Packs that are not frozen say that they have them."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0020_packs_say_why_and_have_supplements'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE recommendations_pack SET sections = ARRAY['cover', 'contents', 'decisions']::varchar[] || sections"
            " WHERE state <> 'ready' AND NOT 'cover' = ANY(sections)",
            migrations.RunSQL.noop,
        ),
    ]
