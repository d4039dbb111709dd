"""Reviews keep their one inquiry among several, and what passed on keeps the body it was first addressed to."""

from django.db import migrations

SEVERAL = """
INSERT INTO recommendations_review_inquiries (review_id, inquiry_id)
    SELECT id, inquiry_id FROM recommendations_review WHERE inquiry_id IS NOT NULL;
UPDATE recommendations_assignment a SET formerly_id = first.from_body_id
    FROM (SELECT DISTINCT ON (assignment_id) assignment_id, from_body_id
            FROM recommendations_transfer ORDER BY assignment_id, id) first
   WHERE first.assignment_id = a.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
ONE = """
UPDATE recommendations_review r SET inquiry_id = (
    SELECT min(inquiry_id) FROM recommendations_review_inquiries i WHERE i.review_id = r.id);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0011_working_cycle")]

    operations = [
        migrations.RunSQL(SEVERAL, ONE),
        migrations.RemoveField(model_name="review", name="inquiry"),
    ]
