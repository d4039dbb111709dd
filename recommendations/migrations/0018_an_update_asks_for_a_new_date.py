"""An update asks for a new date, which the committee hears of when it is published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0017_evidence_on_the_record_is_replaced"),
    ]

    operations = [
        migrations.AddField(
            model_name="update",
            name="new_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="update",
            name="new_date_reason",
            field=models.TextField(blank=True),
        ),
    ]
