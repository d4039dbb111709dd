"""The outbox: every e-mail is a row before it is sent, and is made when it is sent.

The row names a function and the number of a row, and nothing secret lies in the database: a link or a code is made on the
way to the mail server. An e-mail goes out once, however many processes try: one of them holds its lock. A process that is
killed while it sends leaves the e-mail to the next, under the same Message-ID, by which mail programs know it for the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import Error, connection, transaction
from django.utils.module_loading import import_string
from django_tasks import task

from committee import clock, mail
from committee.delivery_reports import DeliveryReport
from committee.models import Email, EmailQuerySet, EmailState

if TYPE_CHECKING:
    from committee.accounts.models import User

log = structlog.get_logger("committee.outbox")

RETRY_AFTER = (1, 5, 60, 420, 720)
"""Minutes before an e-mail is tried again after each failure: six times within about 20 hours, then it has failed."""

LOCK = 0x6D61696C << 32
"""Where the numbers of the locks of e-mails begin, among all advisory locks of the database."""

AFTER_ANOTHER = dt.timedelta(seconds=30)
"""How long a task leaves an e-mail alone that another process is sending just now."""

RESULTS = {
    EmailState.TO_SEND: "will be tried again",
    EmailState.SENT: "sent",
    EmailState.FAILED: "given up",
    EmailState.NOT_NEEDED: "not needed any more",
}


class ServerUnavailable(Exception):
    """The mail server cannot be reached, or refuses us: no other e-mail would fare better."""


@dataclass
class SendResult:
    """How many e-mails a run sent, gave up and put off; `unavailable` when it stopped for want of a mail server."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    unavailable: bool = False


# ------------------------------------------------------------------ putting in


def queue(builder: str, key: int, *, to: User | None, subject: str, after: int = 0) -> None:
    """Queue an e-mail and have the worker send it once this transaction is committed, but not before `after` seconds.

    `builder` is the dotted path of a function that takes `key` and returns the `committee.mail.Parts` of the e-mail, or
    None when there is nothing to send any more. `subject` is what the log of e-mails calls it. Without `to` nothing is
    sent, but as much is done: the answer to a stranger takes as long as to somebody known.
    """
    address = to.email if to else ""
    _queue(Email(builder=builder, key=key, to=to, address=address, subject=subject), after)


def queue_text(address: str, subject: str, text: str, *, to: User | None) -> None:
    """Queue an e-mail whose `text` is ready. It is kept until it is sent: nothing secret belongs in it."""
    _queue(Email(text=text, to=to, address=address, subject=subject))


def send_now(builder: str, key: int, *, to: User, subject: str) -> bool:
    """Send an e-mail as `queue` does, but here and now, for somebody who waits to hear whether it went, and only once.
    Return whether the mail server took it; the log says why not."""
    email = Email.objects.create(builder=builder, key=key, to=to, address=to.email, subject=subject)
    with contextlib.suppress(ServerUnavailable):
        deliver(email.pk, Email.objects.waiting())
    Email.objects.filter(pk=email.pk, state=EmailState.TO_SEND).update(state=EmailState.FAILED)
    email.refresh_from_db()
    return email.state == EmailState.SENT


def send_soon(email: Email) -> None:
    """Have the worker send a waiting e-mail once this transaction is committed, and not with the next run alone."""
    transaction.on_commit(partial(send_email.enqueue, email.pk))


def _queue(email: Email, after: int = 0) -> None:
    if after:
        email.try_after = clock.now() + dt.timedelta(seconds=after)
    email.save()
    later = send_email.using(run_after=email.try_after) if after else send_email
    transaction.on_commit(partial(later.enqueue, email.pk))


# ------------------------------------------------------------------ sending


@task()
def send_email(pk: int, tries: int = 0) -> str:
    """Send a queued e-mail, and come back to it while the mail server does not take it. Return its fate in words.

    `tries` is how often it was tried when this was asked for: where it was tried since, as by `send_due`, this only comes
    back when its next time has come, so that no try comes before its time.
    """
    with contextlib.suppress(ServerUnavailable):
        deliver(pk, Email.objects.waiting().filter(tries=tries))
    email = Email.objects.filter(pk=pk).first()
    if email is None:
        return RESULTS[EmailState.NOT_NEEDED]
    if email.state == EmailState.TO_SEND:
        again_at = max(email.try_after, clock.now() + AFTER_ANOTHER)
        send_email.using(run_after=again_at).enqueue(pk, email.tries)
    return RESULTS[EmailState(email.state)]


def send_due() -> SendResult:
    """Send every e-mail whose time has come. Stop when the mail server is unavailable: the others wait, untried."""
    result = SendResult()
    for pk in list(Email.objects.to_send().values_list("pk", flat=True)):
        try:
            state = deliver(pk, Email.objects.to_send())
        except ServerUnavailable:
            result.unavailable = True
            break
        result.sent += state == EmailState.SENT
        result.failed += state == EmailState.FAILED
        result.waiting += state == EmailState.TO_SEND
    return result


def deliver(pk: int, waiting: EmailQuerySet) -> str:
    """Send an e-mail if it is among those `waiting`, unless another process is doing so. Return its state afterwards, or
    nothing where there was nothing to do. Raise `ServerUnavailable`, with the try counted, when there is no server to give
    it to."""
    with _locked(pk) as locked:
        email = waiting.filter(pk=pk).first() if locked else None
        if email is None:
            return ""
        available = _try(email)
        if email.state == EmailState.NOT_NEEDED and email.to_id is None:
            email.delete()
        else:
            email.save()
    log.info("email", email=email.pk, state=str(email.state), tries=email.tries)
    if not available and email.state == EmailState.TO_SEND:
        raise ServerUnavailable
    return str(email.state)


@contextlib.contextmanager
def _locked(pk: int) -> Iterator[bool]:
    """Hold the lock of an e-mail, or yield False where another process does. It is a lock of the connection, which ends
    with its process, and not of the row: what the builder writes must be committed before the mail server has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK + pk])
        [locked] = cursor.fetchone()
        try:
            yield locked
        finally:
            if locked:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK + pk])


def _try(email: Email) -> bool:
    """Make the e-mail and give it to the mail server; note in `email` what came of it. Return whether there was one."""
    email.tries += 1
    try:
        message = _message(email)
        if message is None:
            email.state = EmailState.NOT_NEEDED
            return True
        mail.hand_over(message)
    except Error:  # the database is away: then nothing can be noted either
        raise
    except mail.Refused as refused:
        email.state, email.failure = EmailState.FAILED, str(refused)
    except mail.Later as later:
        _put_off(email, f"The mail server said to try later: {_words(later)}")
    except OSError as problem:
        _put_off(email, f"The mail server could not be reached: {_words(problem)}")
        return False
    except Exception as fault:
        # Ours, in a builder or its templates: the others in the queue must not wait for it to be mended.
        log.exception("email not written", email=email.pk, builder=email.builder)
        _put_off(email, f"The message could not be written: {type(fault).__name__}")
    else:
        email.state, email.sent_at, email.failure, email.text = EmailState.SENT, clock.now(), "", ""
    return True


def _message(email: Email) -> EmailMultiAlternatives | None:
    if not email.builder:
        message = mail.ready(email.subject, email.text, email.address)
    elif (parts := import_string(email.builder)(email.pk if email.key is None else email.key)) is None:
        return None
    else:
        message = mail.written(parts)
    email.message_id = message.extra_headers.setdefault("Message-ID", email.message_id)
    return message


def _words(problem: OSError) -> str:
    return " ".join(str(problem).split())[:200] or type(problem).__name__


def _put_off(email: Email, why: str) -> None:
    email.failure = why
    if email.tries > len(RETRY_AFTER):
        email.state = EmailState.FAILED
    else:
        email.try_after = clock.now() + dt.timedelta(minutes=RETRY_AFTER[email.tries - 1])


# ------------------------------------------------------------------ what comes back


def record_report(report: DeliveryReport) -> bool | None:
    """Note what a delivery report says of e-mails of ours. Return whether one came back, None if it is about none."""
    emails = list(Email.objects.filter(message_id__in=report.message_ids))
    if not emails or not report.recipients:
        return None
    reasons = {email.message_id: report.failure(email.address) for email in emails}
    came_back = [record_bounce(number, why) for number, why in reasons.items() if why is not None]
    return any(came_back)


def record_bounce(message_id: str, reason: str) -> bool:
    """Note that an e-mail came back. Return whether it was one of ours.

    One that waits to be sent again stays so: what came back is the earlier try.
    """
    with transaction.atomic():
        email = Email.objects.select_for_update().filter(message_id=message_id).first()
        if email is None:
            return False
        if email.state in (EmailState.SENT, EmailState.FAILED):
            email.state = EmailState.FAILED
            email.failure = f"The message came back: {reason or 'no reason was given'}"[:2000]
            email.save(update_fields=["state", "failure"])
        return True
