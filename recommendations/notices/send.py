"""Sending what is noted: one message a person and day at the most, each thing in one message.

Two runs at once, on one machine or two, do each message once: the database lets one of them have the row. A run that is
killed leaves a message not yet sent, or sent and not yet marked; then it goes out again under the same Message-ID, by
which mail programs know it for the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.mail import Refused, hand_over, written
from recommendations.lifecycle import MailState, NoticeKind, NoticeState
from recommendations.models import Mail, Notice, NoticeSettings
from recommendations.notices.due import reconcile
from recommendations.respondents import link_address
from recommendations.working_days import is_working_day

log = structlog.get_logger("recommendations.notices")

WAITS = (5, 30, 120, 360, 720)
"""Minutes before a message is tried again after each failure; after the last it has failed."""


@dataclass
class Outcome:
    """What a run did."""

    noted: int = 0
    taken_back: int = 0
    sent: int = 0
    failed: int = 0
    waiting: int = 0

    @property
    def words(self) -> str:
        parts = [f"{self.noted} noted", f"{self.taken_back} taken back", f"{self.sent} sent"]
        if self.waiting:
            parts.append(f"{self.waiting} to be tried again")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return ", ".join(parts)


def send_notices() -> Outcome:
    """Note what is due, put it into messages where the hour and the day allow it, and send those."""
    outcome = Outcome()
    if not settings.NOTICES:
        return outcome
    outcome.noted, outcome.taken_back = reconcile()
    if timezone.localtime(clock.now()).hour >= settings.NOTICES_HOUR:
        for user in _people():
            _compose(user)
    for mail in Mail.objects.to_send().values_list("pk", flat=True):
        state = _deliver(mail)
        outcome.sent += state == MailState.SENT
        outcome.failed += state == MailState.FAILED
        outcome.waiting += state == MailState.TO_SEND
    return outcome


def _people() -> Iterator[User]:
    """Those who have something to be told and no message of today yet, on a day on which they want one."""
    people = User.objects.filter(is_active=True, notices__state=NoticeState.QUEUED).exclude(
        mails__day=clock.today()
    )
    resting = not is_working_day(clock.today())
    if resting and settings.NOTICES_ON_WORKING_DAYS_ONLY:
        return
    if resting:
        people = people.exclude(pk__in=NoticeSettings.objects.filter(working_days_only=True).values("user"))
    yield from people.distinct().order_by("pk")


def _compose(user: User) -> None:
    """Put all that waits for a person into one message, unless another run is doing so."""
    try:
        with transaction.atomic():
            waiting = list(Notice.objects.queued().filter(to=user).select_for_update(skip_locked=True))
            if not waiting:
                return
            mail = Mail.objects.create(
                to=user,
                day=clock.today(),
                address=user.email,
                subject=subject(waiting)[:200],
                message_id=f"<{uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>",
            )
            ids = [notice.pk for notice in waiting]
            Notice.objects.filter(pk__in=ids).update(state=NoticeState.SENT, mail=mail)
    except IntegrityError:
        log.info("another run wrote to this person today", user=user.pk)


def _deliver(pk: int) -> str:
    """Send one message, if nobody else is at it. Returns its state afterwards; nothing where another run has it."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update(skip_locked=True, of=("self",)).to_send().filter(pk=pk).first()
        if mail is None:
            return ""
        mail.tries += 1
        try:
            hand_over(_message(mail))
        except Refused as refused:
            mail.state, mail.failure = MailState.FAILED, str(refused)
        except OSError as away:
            _wait(mail, away)
        else:
            mail.state, mail.sent_at, mail.failure = MailState.SENT, clock.now(), ""
        mail.save()
        log.info("notices mail", mail=mail.pk, state=str(mail.state), tries=mail.tries)
        return str(mail.state)


def _wait(mail: Mail, away: OSError) -> None:
    said = " ".join(str(away).split())[:200] or type(away).__name__
    mail.failure = f"The mail server could not be reached or said to try later: {said}"
    if mail.tries > len(WAITS):
        mail.state = MailState.FAILED
    else:
        mail.try_after = clock.now() + dt.timedelta(minutes=WAITS[mail.tries - 1])


def subject(notices: list[Notice]) -> str:
    """What a message is about, in counts: "3 things for you: 2 update asked for, 1 overdue"."""
    counts: dict[str, int] = {}
    for notice in sorted(notices, key=_place):
        label = str(NoticeKind(notice.kind).label).lower()
        counts[label] = counts.get(label, 0) + 1
    things = "1 thing" if len(notices) == 1 else f"{len(notices)} things"
    return f"{things} for you: {', '.join(f'{count} {label}' for label, count in counts.items())}"


ORDER = list(NoticeKind)


def _place(notice: Notice) -> tuple[int, str]:
    return ORDER.index(NoticeKind(notice.kind)), notice.subject


def _message(mail: Mail) -> Any:
    """The message as it is sent now. Its links are made here and kept nowhere."""
    notices = sorted(mail.notices.select_related("link"), key=_place)
    groups = [
        {
            "kind": NoticeKind(kind),
            "lines": [{"words": notice.subject, "address": _address(notice)} for notice in each],
        }
        for kind, each in groupby(notices, key=lambda notice: notice.kind)
    ]
    person = mail.to
    context = {
        "mail": mail,
        "person": person,
        "groups": groups,
        "settings_address": "" if person.is_respondent else f"{settings.SITE_URL}{reverse('my_notices')}",
    }
    return written("notices/email/digest", mail.address, context, **{"Message-ID": mail.message_id})


def _address(notice: Notice) -> str:
    if notice.link is not None:
        return link_address(notice.link)
    return f"{settings.SITE_URL}{notice.path}" if notice.path else ""


# ------------------------------------------------------------------ what comes back, and trying again


def take_bounce(message_id: str, reason: str) -> bool:
    """Note that a message came back. Returns whether it was one of ours."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(message_id=message_id).first()
        if mail is None:
            return False
        mail.state = MailState.FAILED
        mail.failure = f"The message came back: {reason or 'no reason was given'}"[:2000]
        mail.save(update_fields=["state", "failure"])
        return True
