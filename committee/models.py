"""What the site itself keeps: e-mails, signs of life from workers, and what this database is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from committee import clock, mail
from committee.audit.triggers import audited, only_transitions

if TYPE_CHECKING:
    from committee.accounts.models import User


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


class EmailState(models.TextChoices):
    """What became of an e-mail. Each state has a colour and a meaning for the log."""

    TO_SEND = "to_send", "To be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    NOT_NEEDED = "not_needed", "Not needed any more"

    @property
    def colour(self) -> str:
        return {"to_send": "blue", "sent": "green", "failed": "red"}.get(self.value, "grey")

    @property
    def meaning(self) -> str:
        return {
            "to_send": "Not yet taken by the mail server; it is tried again",
            "sent": "Taken by the mail server",
            "failed": "Refused or returned, for the reason given",
            "not_needed": "Nothing was left to tell when its turn came",
        }[self.value]


EMAIL_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (EmailState.TO_SEND, EmailState.SENT),
        (EmailState.TO_SEND, EmailState.FAILED),
        (EmailState.TO_SEND, EmailState.NOT_NEEDED),
        (EmailState.SENT, EmailState.FAILED),  # it came back
        (EmailState.FAILED, EmailState.TO_SEND),
    }
)


class EmailQuerySet(models.QuerySet["Email"]):
    def waiting(self) -> EmailQuerySet:
        return self.filter(state=EmailState.TO_SEND)

    def to_send(self, at: dt.datetime | None = None) -> EmailQuerySet:
        """Return those whose time to be tried has come by `at` (now), the oldest first."""
        return self.waiting().filter(try_after__lte=at or clock.now()).order_by("try_after", "id")

    def failed(self) -> EmailQuerySet:
        return self.filter(state=EmailState.FAILED)

    def built_by(self, builder: str) -> EmailQuerySet:
        return self.filter(builder=builder)

    def retriable(self) -> EmailQuerySet:
        """Return those for which `Email.can_be_tried_again` holds."""
        return self.failed().exclude(builder="", text="")

    def addressed_to(self, person: User) -> EmailQuerySet:
        return self.filter(to=person)

    def unreached(self) -> EmailQuerySet:
        """Return the last e-mail of each person whose last e-mail failed."""
        later = Email.objects.filter(to=OuterRef("to"), pk__gt=OuterRef("pk"))
        reached = later.exclude(state=EmailState.NOT_NEEDED)
        return self.failed().filter(~Exists(reached), to__isnull=False).select_related("to")

    def for_log(self) -> EmailQuerySet:
        """Return them with the person, the latest first. What strangers asked for goes to no address and is left out."""
        return self.exclude(address="").select_related("to").order_by("-created_at", "-id")


class Email(models.Model):
    """One e-mail to one person: what is to be sent, and what became of it.

    It is made when it is sent, by the function named `builder` from the row whose number is `key` (where that is empty,
    from this row), so that no link and no code is ever kept. Where there is no builder, `text` is ready, holds nothing
    secret, and is kept until it is sent. `once` is a key that no two e-mails may share, such as the day of a digest.
    """

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="emails"
    )
    day = models.DateField(default=clock.today)
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    builder = models.CharField(max_length=200, blank=True)
    key = models.BigIntegerField(null=True, blank=True)
    once = models.CharField(max_length=100, null=True, blank=True, unique=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=EmailState.choices, default=EmailState.TO_SEND)
    created_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=mail.new_message_id)
    failure = models.TextField(blank=True)

    objects: ClassVar[EmailQuerySet] = EmailQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        verbose_name = "e-mail"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["try_after"], condition=Q(state="to_send"), name="email_to_send"),
            # Health, and the log of what failed.
            models.Index(fields=["-created_at"], condition=Q(state="failed"), name="email_failed"),
            # Who had a digest today.
            models.Index(fields=["builder", "day"], name="email_by_builder_and_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EmailState.values), name="email_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="email_sent_is_dated"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="email_failed_says_why"
            ),
        ]
        triggers = [
            only_transitions("state", EMAIL_TRANSITIONS),
            audited(secret=["text"], unremarkable=["tries", "try_after"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def recipient(self) -> str:
        """The name of the person, or the address where nobody of ours has it."""
        return self.to.name if self.to else self.address

    @property
    def can_be_tried_again(self) -> bool:
        """Whether it failed and can still be made: text that was ready is not kept once the mail server has taken it."""
        return self.state == EmailState.FAILED and bool(self.builder or self.text)

    @property
    def status(self) -> EmailState:
        """The state as a word with its colour and meaning."""
        return EmailState(self.state)
