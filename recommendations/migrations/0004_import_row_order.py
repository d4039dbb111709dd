from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0003_moments'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['batch', 'order', 'id'], name='import_row_in_order'),
        ),
    ]
