"""What is known of a person's second step at sign-in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from committee.accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(user: User) -> bool:
    """Whether the person has an authenticator app or a passkey. Recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def second_steps(user: User) -> list[str]:
    """The person's second steps in words, such as "Authenticator app" and "Passkey: My telephone"."""
    return [
        "Authenticator app" if step.type == Authenticator.Type.TOTP else f"Passkey: {step}"
        for step in Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).order_by("created_at", "id")
    ]


def has_recovery_codes(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).exists()
