"""Notifications: what each person is told, the e-mails that carry it, and what each person wants to be told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from committee import clock
from committee.audit.triggers import audited, only_transitions
from recommendations.lifecycle import MAIL_TRANSITIONS, NOTICE_TRANSITIONS, MailState, NoticeKind, NoticeState
from recommendations.models.base import not_blank
from recommendations.models.respondent_links import RespondentLink

if TYPE_CHECKING:
    from committee.accounts.models import User


class MailQuerySet(models.QuerySet["Mail"]):
    def to_send(self, at: dt.datetime | None = None) -> MailQuerySet:
        """Return e-mails that are due to be sent, the oldest first."""
        return self.filter(state=MailState.TO_SEND, try_after__lte=at or clock.now()).order_by(
            "try_after", "id"
        )

    def failed(self) -> MailQuerySet:
        return self.filter(state=MailState.FAILED)

    def addressed_to(self, person: User) -> MailQuerySet:
        return self.filter(to=person)

    def unreached(self) -> MailQuerySet:
        """Return the last e-mail of each person whose last e-mail failed."""
        later = Mail.objects.filter(to=OuterRef("to"), pk__gt=OuterRef("pk"))
        return self.failed().filter(~Exists(later)).select_related("to")

    def for_log(self) -> MailQuerySet:
        """Return e-mails with the person and what they were told, the latest first."""
        return self.select_related("to").prefetch_related("notices").order_by("-created_at", "-id")


class Mail(models.Model):
    """An e-mail to one person with everything there was to tell that day. At most one a day.

    Its text is made when it is sent, so that no personal link is ever stored; the log shows its notices.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails")
    day = models.DateField(default=clock.today)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.TO_SEND)
    created_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    failure = models.TextField(blank=True)

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["try_after"], condition=Q(state="to_send"), name="mail_to_send"),
            # System status, and the log of failures.
            models.Index(fields=["-created_at"], condition=Q(state="failed"), name="mail_failed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["to", "day"], name="mail_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_is_dated"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | not_blank("failure"), name="mail_failed_says_why"
            ),
        ]
        triggers = [only_transitions("state", MAIL_TRANSITIONS), audited(unremarkable=["tries", "try_after"])]

    def __str__(self) -> str:
        return self.subject


class NoticeQuerySet(models.QuerySet["Notice"]):
    def queued(self) -> NoticeQuerySet:
        """Return notices neither sent nor cancelled, the oldest first."""
        return self.filter(state=NoticeState.QUEUED).order_by("created_at", "id")


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
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
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
        triggers = [only_transitions("state", NOTICE_TRANSITIONS), audited()]

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
