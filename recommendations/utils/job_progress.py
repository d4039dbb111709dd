"""Tell how far a job is that is one transaction, so that others see it before anything of it is on the record.

The name of the database session carries it: PostgreSQL shows that at once, and forgets it with the transaction.
"""

from __future__ import annotations

from django.db import connection


def tell_progress(job: str, done: int, total: int) -> None:
    """Tell how much of a job is done, inside its transaction. `job` is a short name of its own, such as "import 12"."""
    percent = 100 * min(done, total) // max(total, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [f"{job}: {percent}%"])


def percent_done(job: str) -> int | None:
    """Return how much of the job is done in per cent; None while nothing works on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(substring(application_name from '([0-9]+)%%$')::int) FROM pg_stat_activity"
            " WHERE datname = current_database() AND starts_with(application_name, %s)",
            [f"{job}: "],
        )
        (percent,) = cursor.fetchone()
    return percent
