from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Trigram search for recommendations and repeat detection; both extensions are trusted since PostgreSQL 13."""

    initial = True
    dependencies = []
    operations = [TrigramExtension(), UnaccentExtension()]
