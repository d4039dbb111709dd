"""Notices to people: what each is told, in which e-mail, and what each wants to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from committee import clock
from committee.audit.triggers import audited, never_deleted, only_transitions
from committee.models import Email
from recommendations.lifecycle import NOTICE_TRANSITIONS, NoticeKind, NoticeState
from recommendations.models.base import not_blank
from recommendations.models.respondent_links import RespondentLink


class NoticeQuerySet(models.QuerySet["Notice"]):
    def queued(self) -> NoticeQuerySet:
        """Return notices neither sent nor cancelled, the oldest first."""
        return self.filter(state=NoticeState.QUEUED).order_by("created_at", "id")

    def ready(self) -> NoticeQuerySet:
        """Return queued notices that have waited for GRACE_SECONDS: until then what they tell of can be taken back without
        anybody having heard of it.
        """
        return self.queued().filter(
            created_at__lte=clock.now() - dt.timedelta(seconds=settings.GRACE_SECONDS)
        )

    def about(self, key: str) -> NoticeQuerySet:
        """Return notices of a thing: their `about` is the key, or begins with it and a colon."""
        return self.filter(Q(about=key) | Q(about__startswith=f"{key}:"))

    def about_any(self, keys: Iterable[str]) -> NoticeQuerySet:
        """Return notices of any of these things, by keys such as "request:1"."""

        def part(number: int) -> Func:
            return Func(
                F("about"), Value(":"), number, function="split_part", output_field=models.CharField()
            )

        return self.alias(of=Concat(part(1), Value(":"), part(2))).filter(of__in=list(keys))

    def told(self) -> NoticeQuerySet:
        """Return notices that went into a message."""
        return self.filter(state=NoticeState.SENT)


class Notice(models.Model):
    """One thing to tell one person, once for one state of the thing.

    `about` names the thing and its state, so that nothing is told twice. The text holds no exempt text. `link` is the
    personal link by which an external respondent reaches it.
    """

    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    link = models.ForeignKey(
        RespondentLink, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    mail = models.ForeignKey(Email, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["to"], condition=Q(state="queued"), name="notice_queued")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "to", "about"], name="notice_once"),
            models.CheckConstraint(condition=not_blank("subject"), name="notice_has_subject"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", mail__isnull=False) | (~Q(state="sent") & Q(mail__isnull=True)),
                name="notice_sent_in_a_mail",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="notice_cancelled_is_dated",
            ),
        ]
        triggers = [only_transitions("state", NOTICE_TRANSITIONS), *never_deleted("Notices"), audited()]

    def __str__(self) -> str:
        return self.subject


class NoticeSettings(models.Model):
    """What a person wants to be told by e-mail. Without a row: everything, on any day."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_settings"
    )
    muted = ArrayField(models.CharField(max_length=20, choices=NoticeKind.choices), default=list, blank=True)
    working_days_only = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "notice settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(muted__contained_by=NoticeKind.values), name="notice_settings_kinds_known"
            )
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return f"What {self.user} is told"
