"""Messages to people."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from committee import clock
from committee.guards import audited
from recommendations.lifecycle import NoticeKind, NoticeState
from recommendations.models.base import not_blank


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_send(self, at: dt.datetime | None = None) -> NoticeQuerySet:
        """Notices whose time has come and that were neither sent nor cancelled, the oldest first."""
        return self.filter(state=NoticeState.QUEUED, send_after__lte=at or clock.now()).order_by(
            "send_after", "id"
        )


class Notice(models.Model):
    """A message sent or to send: to whom, about what, and only once for one state of the thing."""

    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    send_after = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["send_after"], condition=Q(state="queued"), name="notice_to_send")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "to", "about"], name="notice_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | not_blank("failure"), name="notice_failed_says_why"
            ),
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return self.subject
