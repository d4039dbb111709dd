"""What a worker does for notices."""

from __future__ import annotations

from django_tasks import task

from recommendations.notifications import send


@task()
def send_notices() -> str:
    """Tell people what is new for them. Returns in words what was done."""
    return send.send_notices().words
