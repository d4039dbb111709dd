"""The site's own tables: heartbeats of workers, and what this installation is."""

from __future__ import annotations

from django.db import models

from committee import clock


class Heartbeat(models.Model):
    """When a background worker was last seen alive."""

    name = models.CharField(max_length=200, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%Y-%m-%d %H:%M:%S}"


class Installation(models.Model):
    """What this database is: one row. `demonstration` puts the banner on every page."""

    demonstration = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_one_row"),
        ]

    def __str__(self) -> str:
        return "Demonstration" if self.demonstration else "Real data"
