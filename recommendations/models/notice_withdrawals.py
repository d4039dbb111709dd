"""Notices to bodies that were sent by mistake and taken back."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead
from committee.fields import CleanTextField
from recommendations.models.assignments import Assignment
from recommendations.models.base import not_blank


class NoticeWithdrawalQuerySet(models.QuerySet["NoticeWithdrawal"]):
    def since(self, moment: dt.datetime) -> NoticeWithdrawalQuerySet:
        """Return those recorded from that moment on."""
        return self.filter(withdrawn_at__gte=moment)


class NoticeWithdrawal(models.Model):
    """A notice that was sent to a body by mistake, and taken back before the body had answered: when it was sent, when its
    response was due, and why it was taken back. Append-only; everybody can read it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="notice_withdrawals")
    notified_on = models.DateField()
    response_due_on = models.DateField(null=True, blank=True)
    # Since when the record had said so.
    notice_recorded_at = models.DateTimeField()
    reason = CleanTextField()
    withdrawn_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[NoticeWithdrawalQuerySet] = NoticeWithdrawalQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["withdrawn_at", "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("reason"), name="noticewithdrawal_has_reason")
        ]
        triggers = [
            *append_only("Notices that were taken back"),
            never_ahead("notice_recorded_at", "withdrawn_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"Notice of {self.notified_on} on {self.assignment_id}"
