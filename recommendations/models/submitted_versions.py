"""The words of an update as they were submitted, kept where an approver mended them before publishing."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead
from committee.fields import CleanTextField
from recommendations.models.updates import Update


class SubmittedVersionQuerySet(models.QuerySet["SubmittedVersion"]):
    def for_reading(self) -> SubmittedVersionQuerySet:
        return self.select_related("submitted_by", "mended_by")


class SubmittedVersion(models.Model):
    """An update's words before an approver mended them: as submitted, or as mended before. Append-only.

    Read by the body's own people and by committee support. `recommendations.models.updates.MENDABLE` lists its words.
    """

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="submitted_versions")
    progress = CleanTextField(blank=True)
    delivered_what = CleanTextField(blank=True)
    barriers = CleanTextField(blank=True)
    next_steps = CleanTextField(blank=True)
    new_date_reason = CleanTextField(blank=True)
    public_summary = CleanTextField(blank=True)
    exempt_text = CleanTextField(blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mended_at = models.DateTimeField(default=clock.now)
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[SubmittedVersionQuerySet] = SubmittedVersionQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["mended_at", "id"]
        triggers = [
            *append_only("Submitted versions"),
            never_ahead("submitted_at", "mended_at"),
            audited(secret=["exempt_text"]),
        ]

    def __str__(self) -> str:
        return f"Version of update {self.update_id} before {self.mended_at:%Y-%m-%d %H:%M}"
