"""Issue, renew and revoke personal links, and let their holders in by a code.

A scrutiny officer issues a link; the person asks for a code, which goes to their own address, and enters it. The limits
are counted from the record of uses itself, so that every process counts the same, and anybody who reads the record sees
why somebody had to wait.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from committee import clock
from committee.accounts.models import User
from committee.mail import Parts, new_message_id
from committee.outbox import queue
from committee.request_context import current_request
from committee.text import clean_text, comparable, email_address, plain_digits
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.lifecycle import LinkEvent
from recommendations.models import Assignment, Body, LinkUse, RespondentLink
from recommendations.models.respondent_links import LinkUseQuerySet
from recommendations.permissions import Right, require
from recommendations.queries.respondent_links import LONGEST_DAYS, USUAL_DAYS, end_of, link_address

CODE_LASTS = dt.timedelta(minutes=15)
MOST_TRIES = 5
"""Wrong codes after which another must be requested."""
MOST_CODES = 5
"""Codes sent for one link within an hour."""
MOST_WRONG = 20
"""Wrong codes entered for one link within a day."""
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


# ------------------------------------------------------------------ issuing


@action
def issue_link(
    *, by: User, committee: Body, body: Body, name: str, email: str, until: dt.date | None = None
) -> RespondentLink:
    """Issue a personal link by which somebody answers for the body what the committee asked of it, and e-mail it.

    Valid for 90 days by default, and for a year at most. Somebody who has such a link already gets a new one, and the
    earlier one ends. Raise ActionDenied for an address that has an account: those people get a role.
    """
    require(by, Right.ISSUE_LINKS, committee)
    expires_at = _checked_end(until)
    # Locked, so that nobody ends the body meanwhile and leaves a valid link for it.
    if not lock(body).exists_on(clock.today()):
        raise ActionDenied(f"{body.name} was abolished. Issue the link for its successor")
    return give_link(
        by=by, person=_respondent(name, email), body=body, committee=committee, expires_at=expires_at
    )


def give_link(
    *, by: User, person: User, body: Body, committee: Body, expires_at: dt.datetime
) -> RespondentLink:
    """Return a link for the person, e-mailed to them, inside an action that has checked the right.

    It replaces the one they have for the same body and committee.
    """
    link = RespondentLink.objects.standing().filter(person=person, body=body, committee=committee).first()
    if link is not None:
        return _renewed(link, expires_at)
    link = RespondentLink(person=person, body=body, committee=committee, issued_by=by, issued_at=clock.now())
    save(link, expires_at=expires_at)
    _note(link, LinkEvent.ISSUED)
    _send_invitation(link)
    return link


def _renewed(link: RespondentLink, expires_at: dt.datetime) -> RespondentLink:
    link = lock(link)
    _forget_code(link)
    save(link, generation=link.generation + 1, expires_at=expires_at)
    _note(link, LinkEvent.RENEWED)
    _send_invitation(link)
    return link


@action
def renew_link(*, by: User, link: RespondentLink, until: dt.date | None = None) -> RespondentLink:
    """Replace the link sent before, which ends at once. Person, body and committee stay the same."""
    require(by, Right.ISSUE_LINKS, link.committee)
    expires_at = _checked_end(until)
    if not lock(link.body).exists_on(clock.today()):
        raise ActionDenied(f"{link.body.name} was abolished. Issue a link for its successor")
    link = lock(link)
    if link.revoked_at is not None:
        raise ActionDenied("This link was revoked. Issue another one")
    return _renewed(link, expires_at)


@action
def revoke_link(*, by: User, link: RespondentLink) -> RespondentLink:
    """Revoke a link now. What was done by it stays on the record."""
    require(by, Right.REVOKE_LINKS, link)
    link = lock(link)
    if link.revoked_at is not None:
        raise ActionDenied("This link was already revoked")
    _forget_code(link)
    save(link, revoked_at=clock.now(), revoked_by=by)
    _note(link, LinkEvent.REVOKED)
    return link


def _checked_end(until: dt.date | None) -> dt.datetime:
    today = clock.today()
    day = until or today + dt.timedelta(days=USUAL_DAYS)
    if day < today:
        raise ActionDenied("Enter a day that is still to come", "until")
    if day > today + dt.timedelta(days=LONGEST_DAYS):
        raise ActionDenied("Enter a day within a year from today", "until")
    return end_of(day)


def _respondent(name: str, email: str) -> User:
    """Return the person of this address: a new one, or one who had a link before. Their name is updated."""
    if not clean_text(name):
        raise ActionDenied("Enter the person’s full name", "name")
    address = email_address(email)
    person = User.objects.select_for_update().filter(email=address).first()
    if person is not None and not person.is_respondent:
        raise ActionDenied(
            f"{person.name} has an account with this address. An administrator can give them a role for this body",
            "email",
        )
    if person is None:
        person = User(email=address, is_respondent=True)
        person.set_unusable_password()
    save(person, name=name)
    return person


def _send_invitation(link: RespondentLink) -> None:
    queue(
        f"{__name__}.invitation",
        link.pk,
        to=link.person,
        subject=f"Personal link to answer for {link.body.name}",
        after=settings.GRACE_SECONDS,
    )


def invitation(key: int) -> Parts | None:
    """Return the e-mail that brings a link to its person, made when it is sent; None if the link has ended."""
    link = RespondentLink.objects.for_list().filter(pk=key).first()
    if link is None or not link.is_valid:
        return None
    return Parts("respondents/email/invitation", link.person.email, invitation_words(link))


def invitation_words(link: RespondentLink) -> dict[str, Any]:
    """Return the text of the invitation."""
    return {
        "link": link,
        "address": link_address(link),
        "number": Assignment.objects.for_link(link).open().recommendation_count(),
    }


# ------------------------------------------------------------------ coming in


@action
def ask_for_code(*, by: User, link: RespondentLink, browser: str) -> str:
    """Enqueue a code to the person's own address. It will be valid only in the browser that requested it.

    Return "", or the reason for a refusal as an instruction. It is returned and not raised, because it is on the
    record.
    """
    link = lock(link)
    _note(link, LinkEvent.OPENED)
    if not link.is_valid or link.person_id != by.pk:
        _note(link, LinkEvent.REFUSED)
        return ENDED
    if wait := _must_wait(link):
        return wait
    sent = list(_this_generation(link).told(LinkEvent.CODE_SENT).within(HOUR)[:MOST_CODES])
    if len(sent) == MOST_CODES:
        _note(link, LinkEvent.LIMITED)
        return f"{MOST_CODES} codes were sent within an hour. Wait until {_when(sent[-1].at + HOUR)}, then try again"
    link.code_hash, link.code_sent_at, link.code_tries = f"{_digest(browser)}:", clock.now(), 0
    link.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
    _note(link, LinkEvent.CODE_SENT)
    queue(f"{__name__}.code", link.pk, to=link.person, subject="Code to open a personal link")
    return ""


def code(key: int) -> Parts | None:
    """Return the e-mail with the code; None if nobody waits for one any more.

    The code is made now, and only its hash is stored. A retry after a failure holds another code.
    """
    with transaction.atomic():
        link = RespondentLink.objects.select_for_update(of=("self",)).for_list().filter(pk=key).first()
        asked_at = link.code_sent_at if link is not None and link.is_valid and link.code_hash else None
        if link is None or asked_at is None or clock.now() > asked_at + CODE_LASTS:
            return None
        six_digits = f"{secrets.randbelow(1_000_000):06d}"
        browser = link.code_hash.partition(":")[0]
        link.code_hash = f"{browser}:{_digest(f'{link.pk}:{link.generation}:{browser}:{six_digits}')}"
        link.code_sent_at, link.code_tries = clock.now(), 0
        link.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
    words = {"link": link, "code": six_digits, "minutes": int(CODE_LASTS.total_seconds() // 60)}
    # Another code, another message: a mail program must not take it for the one that came before.
    return Parts("respondents/email/code", link.person.email, words, {"Message-ID": new_message_id()})


@action
def enter_code(*, by: User, link: RespondentLink, code: str, browser: str) -> str:
    """Let the person in by the code, which works once, for 15 minutes, in the browser that requested it.

    Return "" if they are let in, or what to do. It is returned and not raised, because wrong codes are on the record.
    """
    link = lock(link)
    if not link.is_valid or link.person_id != by.pk:
        _note(link, LinkEvent.REFUSED)
        return ENDED
    if wait := _must_wait(link):
        return wait
    asked_by, _, kept = link.code_hash.partition(":")
    if not kept or not constant_time_compare(asked_by, _digest(browser)):
        return (
            "Enter the code from the latest message. If none has come within a few minutes, ask for another"
        )
    if link.code_sent_at is None or clock.now() > link.code_sent_at + CODE_LASTS:
        return "This code is too old. Ask for another"
    if link.code_tries >= MOST_TRIES:
        return "Too many wrong codes were entered. Ask for another code"
    digits = plain_digits(re.sub(r"[\s-]", "", comparable(code)))
    if not re.fullmatch(r"[0-9]{6}", digits):
        return "Enter the 6 digits of the code"
    if not constant_time_compare(kept, _digest(f"{link.pk}:{link.generation}:{asked_by}:{digits}")):
        link.code_tries += 1
        link.save(update_fields=["code_tries"])
        _note(link, LinkEvent.CODE_WRONG)
        if link.code_tries >= MOST_TRIES:
            return "Too many wrong codes were entered. Ask for another code"
        return "Enter the code again, from the latest message: it was wrong"
    _forget_code(link)
    link.first_used_at = link.first_used_at or clock.now()
    link.save()
    _note(link, LinkEvent.LET_IN)
    return ""


@action
def readmit(*, by: User, link: RespondentLink) -> str:
    """Let the person in again in a browser that is remembered. Return "", or the reason for a refusal."""
    link = lock(link)
    allowed = link.is_valid and link.person_id == by.pk
    _note(link, LinkEvent.OPENED if allowed else LinkEvent.REFUSED)
    return "" if allowed else ENDED


@action
def log_link_use(
    *, by: User, link: RespondentLink, event: str, about: str = "", once_in: dt.timedelta | None = None
) -> None:
    """Record that something was read or written by a link; with `once_in`, not again within that time."""
    said = _this_generation(link).told(event).filter(about=about[:200])
    if once_in is None or not said.within(once_in).exists():
        _note(link, event, about)


ENDED = "This link has ended. Ask the council for a new one"


def _note(link: RespondentLink, event: str, about: str = "") -> None:
    asking = current_request()
    LinkUse.objects.create(
        link=link,
        event=event,
        about=about[:200],
        at=clock.now(),
        address=(asking and asking.address) or "",
    )
    if event in (LinkEvent.OPENED, LinkEvent.LET_IN, LinkEvent.READ, LinkEvent.WROTE):
        RespondentLink.objects.filter(pk=link.pk).update(last_used_at=clock.now())


def _this_generation(link: RespondentLink) -> LinkUseQuerySet:
    """Return what happened since the link was issued or last renewed: a new link starts with all its tries."""
    uses = LinkUse.objects.of(link)
    renewed = uses.told(LinkEvent.RENEWED).first()
    return uses.filter(pk__gt=renewed.pk) if renewed else uses


def _must_wait(link: RespondentLink) -> str:
    """Return what to tell somebody for whose link too many wrong codes were entered today; else ""."""
    wrong = list(_this_generation(link).told(LinkEvent.CODE_WRONG).within(DAY)[:MOST_WRONG])
    if len(wrong) < MOST_WRONG:
        return ""
    _note(link, LinkEvent.LIMITED)
    return f"Too many wrong codes were entered. Wait until {_when(wrong[-1].at + DAY)}, or ask the council for a new link"


def _forget_code(link: RespondentLink) -> None:
    link.code_hash, link.code_tries = "", 0


def _digest(text: str) -> str:
    # Without the secret key, six digits cannot be found by trying out their hash.
    return salted_hmac("recommendations.queries.respondent_links.code", text, algorithm="sha256").hexdigest()[
        :60
    ]


def _when(moment: dt.datetime) -> str:
    """Return a moment in London time in words, rounded up to the minute, with its day if that is not today."""
    local = timezone.localtime(moment + dt.timedelta(seconds=59))
    words = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    return words if local.date() == clock.today() else f"{words} on {local.day} {local:%B}"
