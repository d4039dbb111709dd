"""Composing e-mails from templates, and the one place that speaks to the mail server. The queue is in `outbox`."""

from __future__ import annotations

import contextlib
import smtplib
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

CLOSING_DOWN = 421
"""The mail server's answer when it goes away (RFC 5321)."""


class Refused(Exception):
    """The mail server will not take this message, now or later. The message says why, in a sentence."""


class Later(OSError):
    """The mail server answered, and says to try this message later. Any other OSError: it is away for all of them."""


class Parts(NamedTuple):
    """What an e-mail is made of: the prefix of its templates' names, its address, their context, and further headers."""

    prefix: str
    address: str
    context: dict[str, Any]
    headers: dict[str, str] = {}


AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def new_message_id() -> str:
    """Return a Message-ID that nobody had before, in the domain of the sender."""
    return f"<{uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"


def written(parts: Parts) -> EmailMultiAlternatives:
    """Return the e-mail rendered from `<prefix>_subject.txt`, `<prefix>_message.txt` and, if it exists, `<prefix>_message.html`.

    The templates' context has the council and the address of the site.
    """
    context = known_to_all() | parts.context
    message = EmailMultiAlternatives(
        " ".join(render_to_string(f"{parts.prefix}_subject.txt", context).split()),
        render_to_string(f"{parts.prefix}_message.txt", context).strip() + "\n",
        to=[parts.address],
        headers=AUTOMATIC | parts.headers,
    )
    with contextlib.suppress(TemplateDoesNotExist):
        message.attach_alternative(render_to_string(f"{parts.prefix}_message.html", context), "text/html")
    return message


def ready(subject: str, text: str, address: str) -> EmailMultiAlternatives:
    """Return an e-mail of this text alone."""
    return EmailMultiAlternatives(subject, text, to=[address], headers=AUTOMATIC.copy())


def known_to_all() -> dict[str, Any]:
    """Return what every message knows: the council, its colour, and the address of the site."""
    return {
        "council": settings.COUNCIL_NAME,
        "council_short": settings.COUNCIL_SHORT_NAME,
        "colour": settings.COUNCIL_COLOUR,
        "site": settings.SITE_URL,
    }


def hand_over(message: EmailMultiAlternatives) -> None:
    """Give a message to the mail server.

    Raise Refused if it will never take it, Later if it asks to try this message again, and another OSError if it cannot
    be reached or refuses the sign-in.
    """
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise _answer(code, words) from refused
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        raise _answer(refused.smtp_code, refused.smtp_error) from refused
    except ValueError as unsound:  # an address that no mail server would understand
        raise Refused(f"The message could not be addressed: {unsound}") from unsound


def _answer(code: int, words: Any) -> Exception:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    said = f"{code} {' '.join(said.split())[:300]}"
    if code >= 500:
        return Refused(f"The mail server said: {said}")
    return OSError(said) if code == CLOSING_DOWN else Later(said)
