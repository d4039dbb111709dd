"""A person's second factors, and who needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied

from committee.models import Installation

if TYPE_CHECKING:
    from committee.accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondStepNeeded(PermissionDenied):
    """The right comes from a role that counts only with a second factor, which the person has not yet set up."""


def second_step_required() -> bool:
    """Return whether administrators must have a second factor on this installation."""
    return settings.REQUIRE_ADMIN_MFA and not Installation.objects.filter(demonstration=True).exists()


def has_second_step(user: User) -> bool:
    """Return whether `user` has an authenticator app or a passkey. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def second_steps(user: User) -> list[str]:
    """Return the names of the person's second factors, such as "Authenticator app" and "Passkey: My telephone"."""
    return [
        "Authenticator app" if step.type == Authenticator.Type.TOTP else f"Passkey: {step}"
        for step in Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).order_by("created_at", "id")
    ]


def has_recovery_codes(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).exists()
