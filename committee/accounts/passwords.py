"""Passwords: setting one's own, and what it must be. Long rather than complicated, as the National Cyber Security
Centre advises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied
from django.db import transaction

from committee.audit.actor import set_audit_actor

if TYPE_CHECKING:
    from committee.accounts.models import User

SHORTEST = 12


def set_own_password(*, by: User, password: str) -> User:
    """Set the password of `by`, record it in the audit trail, and return them. All their other sessions end.

    Raise PermissionDenied for somebody who answers by a personal link.
    """
    if by.is_respondent:
        raise PermissionDenied("Who answers by a personal link has no account, and so no password.")
    with transaction.atomic():
        set_audit_actor(by)
        by.set_password(password)
        by.save(update_fields=["password"])
    return by


class LongEnough(password_validation.MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        return f"Enter a password of at least {SHORTEST} characters"

    def get_help_text(self) -> str:
        return f"Use at least {SHORTEST} characters. Three words that have nothing to do with each other are good."


class NotOnesOwnName(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        return "Enter a password that is not like your name or e-mail address"


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Enter a password that is harder to guess: this one is on a list of common passwords"
