from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0005_withholdings_put_back_by_two'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['batch', 'state', 'says_exempt'], name='import_row_by_kind'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(
                condition=models.Q(models.Q(('state', 'left_out'), _negated=True), models.Q(('problems', []), _negated=True)),
                fields=['batch', 'order', 'id'],
                name='import_row_asked',
            ),
        ),
    ]
