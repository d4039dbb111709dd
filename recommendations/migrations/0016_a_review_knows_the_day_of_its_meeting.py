"""A review knows the day its meeting was on when the due date was set."""

from django.db import migrations, models

FILL = """
UPDATE recommendations_review r SET meeting_on = m.held_on
  FROM recommendations_meeting m WHERE m.id = r.meeting_id;
"""


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0015_as_last_time_is_counted_and_due_dates_move")]

    operations = [
        migrations.AddField("review", "meeting_on", models.DateField(blank=True, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
