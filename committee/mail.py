"""Mail that does not keep anybody waiting: made and sent by the worker, tried again when the mail server is away.

Nothing secret lies in the queue. Where a message holds a link or a code, the worker is given the name of a function and
the number of a row, and the function makes the message when it is sent.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django_tasks import task

from committee import clock

log = structlog.get_logger("committee.mail")

WAITS = (1, 5, 30, 120, 480)
"""Minutes before a message is tried again: five times within about ten hours."""


REFUSED, GIVEN_UP = LOST = ("refused", "given up")
"""What a task says that could not send its message and will not try again."""

CLOSING_DOWN = 421
"""The mail server's answer when it goes away (RFC 5321)."""


class Refused(Exception):
    """The mail server will not take this message, now or later. The message says why, in a sentence."""


class Later(OSError):
    """The mail server answered, and says to try this message later. Any other OSError: it is away for all of them."""


def written(prefix: str, to: str, context: dict[str, Any], **headers: str) -> EmailMultiAlternatives:
    """A message from templates: ``<prefix>_subject.txt``, ``<prefix>_message.txt`` and, where there is one,
    ``<prefix>_message.html``. They know the council and the address of the site."""
    context = known_to_all() | context
    message = EmailMultiAlternatives(
        " ".join(render_to_string(f"{prefix}_subject.txt", context).split()),
        render_to_string(f"{prefix}_message.txt", context).strip() + "\n",
        to=[to],
        headers={"Auto-Submitted": "auto-generated"} | headers,
    )
    with contextlib.suppress(TemplateDoesNotExist):
        message.attach_alternative(render_to_string(f"{prefix}_message.html", context), "text/html")
    return message


def known_to_all() -> dict[str, Any]:
    """What every message knows: the council, its colour, and the address of the site."""
    return {
        "council": settings.COUNCIL_NAME,
        "council_short": settings.COUNCIL_SHORT_NAME,
        "colour": settings.COUNCIL_COLOUR,
        "site": settings.SITE_URL,
    }


def hand_over(message: EmailMultiAlternatives) -> None:
    """Give a message to the mail server. Raises Refused when it will never take it, Later when it says so of this
    message, and another OSError when it is away, or lets us not in at all."""
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


def send_made_later(maker: str, key: int) -> None:
    """Have the worker send what the function of this dotted name makes of the number, once this transaction is certain.
    The function returns a prefix, an address and a context; or None when there is nothing to send any more."""
    transaction.on_commit(partial(send_made.enqueue, maker, key))


def send_ready_later(what: str, to: str, subject: str, words: str) -> None:
    """Have the worker send words that are ready, once this transaction is certain. They lie in the queue until then:
    nothing secret belongs in them."""
    transaction.on_commit(partial(send_ready.enqueue, what, to, subject, words))


@task()
def send_ready(what: str, to: str, subject: str, words: str, tried: int = 0) -> str:
    """Send words that are ready. Returns in a word what became of it."""
    return _sent(
        what,
        EmailMultiAlternatives(subject, words, to=[to], headers={"Auto-Submitted": "auto-generated"}),
        tried,
        lambda later: send_ready.using(run_after=later).enqueue(what, to, subject, words, tried + 1),
    )


@task()
def send_made(maker: str, key: int, tried: int = 0) -> str:
    """Send what the function makes of the number. Returns in a word what became of it."""
    made = import_string(maker)(key)
    if made is None:
        return "not needed any more"
    return _sent(
        made[0],
        written(*made),
        tried,
        lambda later: send_made.using(run_after=later).enqueue(maker, key, tried + 1),
    )


def _sent(
    prefix: str, message: EmailMultiAlternatives, tried: int, again: Callable[[dt.datetime], Any]
) -> str:
    try:
        hand_over(message)
        return "sent"
    except Refused as refused:
        log.error("mail refused", template=prefix, reason=str(refused))
        return REFUSED
    except OSError as away:
        if tried >= len(WAITS):
            log.error("mail given up", template=prefix, problem=type(away).__name__)
            return GIVEN_UP
        again(clock.now() + dt.timedelta(minutes=WAITS[tried]))
        log.warning("mail not sent yet", template=prefix, problem=type(away).__name__)
        return "will be tried again"
