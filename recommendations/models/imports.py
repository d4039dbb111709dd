"""Trackers that were uploaded to be brought in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import audited
from recommendations.lifecycle import OPEN_IMPORT_STATES, ImportState
from recommendations.models.base import not_blank
from recommendations.models.inquiries import Inquiry
from recommendations.models.recommendations import Assignment, Recommendation


class ImportBatch(models.Model):
    """One uploaded tracker: its file, its hash, how its columns were read, and how far it is."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="imports")
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    failure = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(default=clock.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        verbose_name_plural = "import batches"
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state__in=OPEN_IMPORT_STATES), name="import_one_open_per_file"
            ),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~Q(state="failed") | not_blank("failure"), name="import_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="import_applied_paired",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_undone_paired",
            ),
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of an uploaded tracker: the untouched cells beside what was read from them."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    parsed = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )

    class Meta:
        ordering = ["batch_id", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        triggers = [audited()]

    def __str__(self) -> str:
        return f"Row {self.number} of {self.batch_id}"
