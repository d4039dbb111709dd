"""The user model."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from committee import clock
from committee.accounts import mfa
from committee.audit.triggers import audited
from committee.fields import CleanCharField, CleanEmailField, SortKeyField, named
from committee.search_text import first_words
from committee.text import email_address

ADMINISTRATOR = "administrator"
"""The one role that the site itself knows: its holders need a second factor."""


class UserQuerySet(models.QuerySet["User"]):
    def with_accounts(self) -> UserQuerySet:
        """Return people who have an account, without those who answer by a personal link only."""
        return self.filter(is_respondent=False)

    def switched_on(self) -> UserQuerySet:
        return self.with_accounts().filter(is_active=True)

    def never_signed_in(self) -> UserQuerySet:
        """Return people with an active account that was never used."""
        return self.switched_on().filter(last_login__isnull=True)

    def in_state(self, state: str) -> UserQuerySet:
        """Return accounts that are "on", "off" or "never" used."""
        if state == "never":
            return self.never_signed_in()
        return self.with_accounts().filter(is_active=state == "on")

    def administrators(self) -> UserQuerySet:
        """Return people who can act as administrators now."""
        return self.filter(
            is_active=True, memberships__role=ADMINISTRATOR, memberships__ended_on__isnull=True
        ).distinct()

    def named_like(self, words: str) -> UserQuerySet:
        """Return people whose name or address holds each of the words."""
        found = self
        for word in first_words(words):
            found = found.filter(named("sort_key", word) | Q(email__contains=email_address(word)))
        return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a base class made at run time
    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> User:
        """Create an active user. The address is lower-cased, so that it is unique whatever case is typed."""
        if not email:
            raise ValueError("A user needs an e-mail address")
        user = self.model(email=email_address(email), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=email_address(username))


class User(AbstractBaseUser):
    """A person with an account.

    Their rights come from `memberships` only: the rows that the domain keeps for each person under that related name,
    with a role, a body and the day they ended.
    """

    email = CleanEmailField(unique=True)
    name = CleanCharField(max_length=200)
    sort_key = SortKeyField(of="name")
    is_active = models.BooleanField(default=True)
    # Answers by a personal link only (RespondentLink): has no password and no role, and cannot sign in.
    is_respondent = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Incremented to end every sign-in of this person: it is part of the session hash.
    session_version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
            models.CheckConstraint(condition=Q(email__regex=r"^[\x20-\x7e]*$"), name="user_email_plain"),
            # "!" marks an unusable password.
            models.CheckConstraint(
                condition=Q(is_respondent=False) | Q(password__startswith="!"),  # noqa: S106 - no password
                name="user_respondent_has_no_password",
            ),
        ]
        triggers = [audited(secret=["password"], unremarkable=["last_login"])]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Return the hash that a session is checked against. A new password or a new `session_version` ends all sessions."""
        return salted_hmac(
            "committee.accounts.User",
            f"{self.session_version}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else self.email

    @cached_property
    def current_memberships(self) -> list[Any]:
        """The current memberships, fetched once for each request. Most pages ask of their bodies no more than the keys."""
        if not self.is_active or self.is_respondent:
            return []
        return list(self.memberships.current().order_by("role", "id"))

    @cached_property
    def needs_second_step(self) -> bool:
        """Whether this person is an administrator who has not yet set up the second factor that the role needs."""
        return (
            any(membership.role == ADMINISTRATOR for membership in self.current_memberships)
            and mfa.second_step_required()
            and not mfa.has_second_step(self)
        )

    @cached_property
    def usable_memberships(self) -> list[Any]:
        """The current memberships from which rights come: an administrator's gives none before the second factor."""
        return [
            membership
            for membership in self.current_memberships
            if membership.role != ADMINISTRATOR or not self.needs_second_step
        ]

    def bodies_as(self, *roles: str) -> set[int]:
        """Return the ids of the bodies in which this person can act in any of `roles`, not of the bodies below them."""
        return {
            membership.body_id
            for membership in self.usable_memberships
            if membership.role in roles and membership.body_id is not None
        }

    def has_role(self, *roles: str) -> bool:
        """Return whether this person can act in any of `roles` anywhere."""
        return any(membership.role in roles for membership in self.usable_memberships)

    @property
    def is_administrator(self) -> bool:
        """Whether this person can act as an administrator: with the second factor, where it is required."""
        return self.has_role(ADMINISTRATOR)
