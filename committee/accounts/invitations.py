"""Links by which people set a password: the invitation to a new account, and a link for a forgotten password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from committee.accounts.models import User

log = structlog.get_logger("committee.accounts")


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
    """E-mail `person` a link to set a password, and return it. It is not sent if no mail server is set or the server
    refuses it.
    """
    link = set_password_link(person)
    if not settings.EMAIL and not settings.TESTING:
        return Invitation(link, sent=False)
    context = {"person": person, "link": link, "council": settings.COUNCIL_NAME, "days": valid_days()}
    try:
        send_mail(
            f"{settings.COUNCIL_NAME}: set your password for the recommendation tracker",
            render_to_string("account/email/invitation_message.txt", context),
            None,
            [person.email],
        )
    except OSError as error:
        log.error("invitation not sent", user=person.pk, problem=type(error).__name__)
        return Invitation(link, sent=False)
    return Invitation(link, sent=True)


def forgotten(key: int) -> tuple[str, str, dict[str, Any]] | None:
    """Return the e-mail for a forgotten password, with a link made now; None if there is no such account."""
    person = User.objects.switched_on().filter(pk=key).first()
    if person is None:
        return None
    context = {"password_reset_url": set_password_link(person), "days": valid_days()}
    return "account/email/password_reset_key", person.email, context


def valid_days() -> int:
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
