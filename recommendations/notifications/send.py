"""Sending queued notices: at most one e-mail for a person and day, each notice in one e-mail.

Two runs at once, on one machine or two, write each e-mail once: a lock gives the notices to one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from committee.mail import Parts, Refused
from committee.models import Email
from committee.outbox import send_due
from committee.text import sort_key
from recommendations.lifecycle import NoticeKind, NoticeState
from recommendations.lifecycle.clocks import is_working_day
from recommendations.models import Notice, NoticeSettings
from recommendations.notifications.due import reconcile
from recommendations.queries.respondent_links import link_address

log = structlog.get_logger("recommendations.notifications")

DIGEST = f"{__name__}.digest"
"""Name of the function that builds a person's daily e-mail."""

COUNTED: dict[str, tuple[str, str]] = {
    NoticeKind.SENT: ("recommendation sent", "recommendations sent"),
    NoticeKind.WITHDRAWN: ("sent in error", "sent in error"),
    NoticeKind.ASKED: ("update asked for", "updates asked for"),
    NoticeKind.CHASED: ("chased", "chased"),
    NoticeKind.DUE_SOON: ("due soon", "due soon"),
    NoticeKind.OVERDUE: ("overdue", "overdue"),
    NoticeKind.SUBMITTED: ("waiting for approval", "waiting for approval"),
    NoticeKind.RETURNED: ("returned", "returned"),
    NoticeKind.PUBLISHED: ("update published", "updates published"),
    NoticeKind.DATE_ASKED: ("new date asked for", "new dates asked for"),
    NoticeKind.DATE_DECIDED: ("new date decided", "new dates decided"),
    NoticeKind.ESCALATED: ("escalated", "escalated"),
    NoticeKind.TAKEN_BACK: ("taken back", "taken back"),
    NoticeKind.PACK_READY: ("pack to look at", "packs to look at"),
}
"""Singular and plural of each kind in the subject of a message."""


@dataclass
class Outcome:
    """Counts of one run."""

    noted: int = 0
    taken_back: int = 0
    sent: int = 0
    failed: int = 0
    waiting: int = 0
    away: bool = False

    @property
    def words(self) -> str:
        """The counts, in a line."""
        parts = [f"{self.noted} noted", f"{self.taken_back} taken back", f"{self.sent} sent"]
        if self.waiting:
            parts.append(f"{self.waiting} to be tried again")
        if self.failed:
            parts.append(f"{self.failed} failed")
        if self.away:
            parts.append("the mail server is away, the rest waits")
        return ", ".join(parts)


def send_notices(*, at_any_hour: bool = False) -> Outcome:
    """Queue the notices that are due, put them into messages if the hour and the day allow it, and send those.

    When the mail server cannot be reached the other messages wait, untried, for the next run: none of them fails for
    it, and the run does not wait for each to time out.
    """
    outcome = Outcome()
    if not settings.NOTICES:
        return outcome
    outcome.noted, outcome.taken_back = reconcile()
    for user in _people(at_any_hour=at_any_hour):
        _compose(user)
    result = send_due()
    outcome.sent, outcome.failed, outcome.waiting = result.sent, result.failed, result.waiting
    outcome.away = result.unavailable
    return outcome


def look() -> str:
    """Return in words what a run would do now. Change nothing."""
    with transaction.atomic():
        noted, taken_back = reconcile()
        people = len(list(_people()))
        waiting = Email.objects.to_send().count()
        transaction.set_rollback(True)
    return f"{noted} to note, {taken_back} to take back, {people} to write to, {waiting} written and waiting"


def _people(*, at_any_hour: bool = False) -> Iterator[User]:
    """Yield the people with notices that are ready and no message today, at an hour and on a day on which they want one."""
    if not at_any_hour and timezone.localtime(clock.now()).hour < settings.NOTICES_HOUR:
        return
    had_theirs = Email.objects.built_by(DIGEST).filter(day=clock.today(), to__isnull=False)
    people = User.objects.filter(
        is_active=True, pk__in=Notice.objects.ready().order_by().values("to")
    ).exclude(pk__in=had_theirs.order_by().values("to"))
    resting = not is_working_day(clock.today())
    if resting and settings.NOTICES_ON_WORKING_DAYS_ONLY:
        return
    if resting:
        people = people.exclude(pk__in=NoticeSettings.objects.filter(working_days_only=True).values("user"))
    yield from people.order_by("pk")


def _compose(user: User) -> None:
    """Put all notices of a person that are ready into one message, unless another run is doing so."""
    try:
        with transaction.atomic():
            waiting = list(Notice.objects.ready().filter(to=user).select_for_update(skip_locked=True))
            if not waiting:
                return
            mail = Email.objects.create(
                to=user,
                address=user.email,
                subject=subject(waiting)[:200],
                builder=DIGEST,
                once=f"digest:{user.pk}:{clock.today()}",
            )
            ids = [notice.pk for notice in waiting]
            Notice.objects.filter(pk__in=ids).update(state=NoticeState.SENT, mail=mail)
    except IntegrityError:
        log.info("another run wrote to this person today", user=user.pk)


def subject(notices: list[Notice]) -> str:
    """Return the subject, in counts: "3 things for you: 2 updates asked for, 1 overdue"."""
    counts: dict[str, int] = {}
    for notice in sorted(notices, key=_place):
        counts[notice.kind] = counts.get(notice.kind, 0) + 1
    things = plural(len(notices), "thing")
    kinds = (f"{count} {COUNTED[kind][count > 1]}" for kind, count in counts.items())
    return f"{things} for you: {', '.join(kinds)}"


ORDER = list(NoticeKind)


def _place(notice: Notice) -> tuple[int, str]:
    return ORDER.index(NoticeKind(notice.kind)), sort_key(notice.subject)


def digest(key: int) -> Parts:
    """Return the daily e-mail as it is sent now. Its personal links are made here and stored nowhere.

    Raise Refused if nobody should read it any more: the account was switched off, or the personal links have ended.
    """
    mail = Email.objects.select_related("to").get(pk=key)
    person = mail.to
    if person is None or not person.is_active:
        raise Refused("The account was switched off before the message went out")
    notices = [
        notice
        for notice in sorted(mail.notices.select_related("link__person", "link__body"), key=_place)
        if notice.link is None or notice.link.is_valid
    ]
    if not notices:
        raise Refused("The personal link ended before the message went out")
    links = {notice.link.pk: notice.link for notice in notices if notice.link is not None}
    choose = "" if person.is_respondent else f"{settings.SITE_URL}{reverse('my_notices')}"
    context = {
        "mail": mail,
        "person": person,
        "groups": [
            {"kind": NoticeKind(kind), "lines": [_line(notice) for notice in each]}
            for kind, each in groupby(notices, key=lambda notice: notice.kind)
        ],
        "links": [{"body": link.body, "address": link_address(link)} for link in links.values()],
        "settings_address": choose,
    }
    return Parts(
        "notifications/email/digest",
        mail.address,
        context,
        {"List-Unsubscribe": f"<{choose}>"} if choose else {},
    )


def _line(notice: Notice) -> dict[str, str]:
    """Return the words and the address of a notice.

    For a respondent the address is "": the e-mail has one personal link for each body, below the notices.
    """
    address = f"{settings.SITE_URL}{notice.path}" if notice.path and notice.link is None else ""
    return {"words": notice.subject, "address": address}
