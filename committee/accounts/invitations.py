"""Links by which people set a password: the invitation to a new account, and a link for a forgotten password."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from committee.accounts.models import User
from committee.mail import Parts
from committee.outbox import send_now


@dataclass(frozen=True)
class Invitation:
    """A link, and whether it was e-mailed. If it was not, the administrator hands it over."""

    link: str
    sent: bool


def set_password_link(person: User) -> str:
    """Return an address that works once, for PASSWORD_RESET_TIMEOUT (three days). A later sign-in ends it too."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )
    return f"{settings.SITE_URL}{path}"


def invite(person: User) -> Invitation:
    """Send the person a link to set a password. Not sent where no mail server is set or it doesn't take the mail."""
    if not settings.EMAIL and not settings.TESTING:
        return Invitation(set_password_link(person), sent=False)
    sent = send_now(f"{__name__}.invitation", person.pk, to=person, subject="Link to set a password")
    return Invitation(set_password_link(person), sent=sent)


def invitation(key: int) -> Parts | None:
    """Return the e-mail that invites a person to set a password; None where the account was switched off."""
    person = User.objects.switched_on().filter(pk=key).first()
    if person is None:
        return None
    context = {"person": person, "link": set_password_link(person), "days": valid_days()}
    return Parts("account/email/invitation", person.email, context)


def forgotten(key: int) -> Parts | None:
    """Return the message to who forgot their password, its link made as it is sent; None where there is no such account."""
    person = User.objects.switched_on().filter(pk=key).first()
    if person is None:
        return None
    context = {"password_reset_url": set_password_link(person), "days": valid_days()}
    return Parts("account/email/password_reset_key", person.email, context)


def valid_days() -> int:
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
