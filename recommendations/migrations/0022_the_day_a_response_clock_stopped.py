"""Keep the day on which a decision stopped a response clock: rewording it later does not make it late."""

from django.db import migrations, models


# Only what is derived is written: nobody did anything that belongs in the trail.
FILL = """
ALTER TABLE recommendations_assignment DISABLE TRIGGER USER;
UPDATE recommendations_assignment a
   SET stopped_on = (
       SELECT min(r.decided_on) FROM recommendations_response r
        WHERE r.assignment_id = a.id
          AND NOT EXISTS (SELECT 1 FROM recommendations_response o
                           WHERE o.assignment_id = a.id AND o.decision NOT IN ('accepted', 'in_part', 'rejected', 'not_ours')
                             AND (o.recorded_at, o.id) >= (r.recorded_at, r.id)))
 WHERE a.decision IN ('accepted', 'in_part', 'rejected', 'not_ours');
ALTER TABLE recommendations_assignment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0021_drafts_name_all_their_sections"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="stopped_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision__in", ("accepted", "in_part", "rejected", "not_ours")),
                        ("stopped_on__isnull", False),
                    ),
                    models.Q(
                        ("stopped_on__isnull", True),
                        models.Q(
                            ("decision__in", ("accepted", "in_part", "rejected", "not_ours")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="assignment_clock_stopped_by_decision",
            ),
        ),
    ]
