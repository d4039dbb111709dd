"""Personal links, by which external respondents answer for bodies without accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, never_deleted
from committee.fields import named
from committee.search_text import first_words
from committee.text import email_address
from recommendations.lifecycle import LinkEvent, LinkState, Role
from recommendations.models.base import both_or_neither, not_blank
from recommendations.models.bodies import Body

if TYPE_CHECKING:
    from committee.accounts.models import User
    from recommendations.models.inquiries import Inquiry


class RespondentLinkQuerySet(models.QuerySet["RespondentLink"]):
    def valid(self) -> RespondentLinkQuerySet:
        """Return links neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=clock.now())

    def run_by(self, user: User) -> RespondentLinkQuerySet:
        """Return links of the committees that `user` works for as scrutiny officer."""
        return self.filter(committee__lineage__overlap=list(user.bodies_as(Role.SCRUTINY_OFFICER)))

    def visible_to(self, user: User) -> RespondentLinkQuerySet:
        """Return all links for administrators; for scrutiny officers those of their committees."""
        return self if user.is_administrator else self.run_by(user)

    def named_like(self, words: str) -> RespondentLinkQuerySet:
        """Return links whose person or body has a name, or an address, that contains each of the words."""
        found = self
        for word in first_words(words):
            found = found.filter(
                named("person__sort_key", word)
                | Q(person__email__contains=email_address(word))
                | named("body__sort_key", word)
            )
        return found

    def in_state(self, state: str) -> RespondentLinkQuerySet:
        """Return links that are "valid", "expired", "revoked", or valid and "unused"."""
        if state == "unused":
            return self.valid().filter(first_used_at__isnull=True)
        by_state = {
            LinkState.VALID: self.valid,
            LinkState.EXPIRED: self.expired,
            LinkState.REVOKED: self.revoked,
        }
        return by_state[LinkState(state)]()

    def of(self, body: Body) -> RespondentLinkQuerySet:
        return self.filter(body=body)

    def of_any(self, bodies: Iterable[Body]) -> RespondentLinkQuerySet:
        return self.filter(body__in=[body.pk for body in bodies])

    def of_inquiries(self, committee: Body, inquiries: Iterable[Inquiry]) -> RespondentLinkQuerySet:
        """Return links of a committee for bodies that have an assignment in these inquiries."""
        return self.filter(
            committee=committee,
            body__assignments__recommendation__inquiry__in=[inquiry.pk for inquiry in inquiries],
            body__assignments__withdrawn_at__isnull=True,
        ).distinct()

    def standing(self) -> RespondentLinkQuerySet:
        """Return links that are not revoked, valid or expired: at most one for each person, body and committee."""
        return self.filter(revoked_at__isnull=True)

    def expired(self) -> RespondentLinkQuerySet:
        return self.standing().filter(expires_at__lte=clock.now())

    def revoked(self) -> RespondentLinkQuerySet:
        return self.filter(revoked_at__isnull=False)

    def for_list(self) -> RespondentLinkQuerySet:
        return self.select_related(
            "person", "body__successor", "committee__parent", "issued_by", "revoked_by"
        )


class RespondentLink(models.Model):
    """A personal link by which somebody answers for one body, without an account, what one committee asked of it.

    The link is signed and never stored: it holds this row's id and `generation`, and a new generation invalidates the links sent
    before. On first use in a browser a code goes to the person's address. It expires, or is revoked. The person is a
    user who cannot sign in (`User.is_respondent`), so that what they do is on the record like anybody's.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="respondent_links"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="respondent_links")
    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code_hash = models.CharField(max_length=128, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    first_used_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RespondentLinkQuerySet] = RespondentLinkQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            # A second link for the same person and body is a new generation of the first, not another row.
            models.UniqueConstraint(
                fields=["person", "body", "committee"],
                condition=Q(revoked_at__isnull=True),
                name="respondent_link_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="respondent_link_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=both_or_neither("revoked_at", "revoked_by"),
                name="respondent_link_revoked_paired",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(code_sent_at__isnull=False), name="respondent_code_is_dated"
            ),
        ]
        triggers = [
            *never_deleted("Personal links"),
            audited(
                secret=["code_hash"],
                unremarkable=["code_hash", "code_sent_at", "code_tries", "first_used_at", "last_used_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.body.label}"

    @property
    def is_valid(self) -> bool:
        """Whether it may be used now."""
        return self.revoked_at is None and clock.now() < self.expires_at

    @property
    def state(self) -> LinkState:
        if self.revoked_at is not None:
            return LinkState.REVOKED
        return LinkState.VALID if self.is_valid else LinkState.EXPIRED


class LinkUseQuerySet(models.QuerySet["LinkUse"]):
    def of(self, link: RespondentLink) -> LinkUseQuerySet:
        """Return what happened with a link, the latest first."""
        return self.filter(link=link).order_by("-at", "-id")

    def told(self, *events: str) -> LinkUseQuerySet:
        return self.filter(event__in=events)

    def within(self, span: dt.timedelta) -> LinkUseQuerySet:
        """Return what happened in the last `span` of time."""
        return self.filter(at__gt=clock.now() - span)


class LinkUse(models.Model):
    """An event of a personal link: what, when, from which address. Append-only."""

    link = models.ForeignKey(RespondentLink, on_delete=models.PROTECT, related_name="uses")
    event = models.CharField(max_length=12, choices=LinkEvent.choices)
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    address = models.CharField(max_length=64, blank=True)

    objects: ClassVar[LinkUseQuerySet] = LinkUseQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["link", "-at"], name="link_use_by_link")]
        constraints = [
            models.CheckConstraint(condition=Q(event__in=LinkEvent.values), name="link_use_event_known"),
            models.CheckConstraint(condition=not_blank("event"), name="link_use_has_event"),
        ]
        triggers = [*append_only("Uses of personal links"), never_ahead("at")]

    def __str__(self) -> str:
        return f"{self.event} at {self.at}"
