"""What people do to bodies and posts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import NotPossible, action, claim_version, clean_text, lock, save
from recommendations.actions.state import refresh_recommendation
from recommendations.lifecycle import BodyKind
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    InquiryTransfer,
    Post,
    RespondentLink,
    Succession,
    Transfer,
)
from recommendations.permissions import Right, may, require


@action
def add_body(*, by: User, name: str, kind: str, parent: Body | None = None, **details: Any) -> Body:
    """A new body. Raises NotPossible when the name is taken under the same parent."""
    require(by, Right.EDIT_BODIES)
    body = Body()
    save(body, name=name, kind=kind, parent=parent, **details)
    _keep_lineage(body)
    return body


@action
def edit_body(*, by: User, body: Body, version: int | None = None, **details: Any) -> Body:
    """Change what is kept about a body. Raises StaleEdit, and NotPossible for a parent that lies below it.

    Only administrators move a body: roles held above it count in it, so that moving it gives people rights.
    """
    require(by, Right.EDIT_BODIES)
    body = claim_version(body, version)
    parent = details.get("parent", body.parent)
    if parent is not None and body.pk in parent.lineage:
        raise NotPossible("Select a body that is not part of this one", "parent")
    if (parent and parent.pk) != body.parent_id and not may(by, Right.ADMINISTER):
        raise NotPossible(
            "Ask an administrator to move it: the roles held in that body count here too", "parent"
        )
    save(body, **details)
    _keep_lineage(body)
    return body


def _keep_lineage(body: Body) -> None:
    """Keep the ids of a body and all above it, here and in the bodies below it."""
    lineage = [body.pk, *(body.parent.lineage if body.parent else [])]
    if lineage != body.lineage:
        body.lineage = lineage
        body.save(update_fields=["lineage"])
        for part in body.parts.all():
            part.parent = body
            _keep_lineage(part)


@action
def abolish_body(
    *,
    by: User,
    body: Body,
    on: dt.date,
    reason: str,
    successor: Body | None = None,
    shares: Mapping[int, Body] | None = None,
) -> list[Assignment]:
    """Record that a body came to an end, and pass its open work on: all to the successor, or by ``shares``, which
    names for the number of each part the body that takes it, where a body is split.

    Returns the parts that passed on. Their history keeps the old body's name. Personal links of the body end. Raises
    NotPossible without a reason, for a day to come, for a body already abolished or a committee that still follows
    inquiries up, for a successor that is none, and when open work would be left with nobody.
    """
    require(by, Right.ABOLISH_BODY)
    return _end(by, lock(body), on, reason, successor, shares or {})


@action
def merge_bodies(
    *, by: User, bodies: Sequence[Body], successor: Body, on: dt.date, reason: str
) -> list[Assignment]:
    """Record that several bodies ended and one took their place. Where more than one of them, or the successor too, has
    a part of the same recommendation, the successor has several, and no history is mixed. As ``abolish_body``."""
    require(by, Right.ABOLISH_BODY)
    if len(bodies) < 2:
        raise NotPossible("Select the bodies that were merged: two or more", "bodies")
    if successor.pk in {body.pk for body in bodies}:
        raise NotPossible("Select a successor that is not among the bodies that ended", "successor")
    passed: list[Assignment] = []
    for body in sorted(bodies, key=lambda body: body.pk):
        passed += _end(by, lock(body), on, reason, successor, {})
    return passed


def _end(
    by: User, body: Body, on: dt.date, reason: str, successor: Body | None, shares: Mapping[int, Body]
) -> list[Assignment]:
    _check_end(body, on, reason)
    open_work = list(
        body.assignments.open().select_related("recommendation", "body", "formerly").order_by("pk")
    )
    takers = {part.pk: shares.get(part.pk, successor) for part in open_work}
    heirs = {heir.pk: heir for heir in (successor, *takers.values()) if heir is not None}
    for heir in heirs.values():
        _check_heir(body, heir, on)
    left = sum(taker is None for taker in takers.values())
    if left:
        are = "recommendation is" if left == 1 else "recommendations are"
        raise NotPossible(f"Select a successor: {left} open {are} addressed to {body.name}", "successor")
    body.version += 1
    save(
        body,
        abolished_on=on,
        successor=successor or (next(iter(heirs.values())) if len(heirs) == 1 else None),
    )
    for one in heirs.values() or [None]:
        Succession.objects.create(
            body=body,
            successor=one,
            on=on,
            reason=clean_text(reason),
            recorded_by=by,
            recorded_at=clock.now(),
        )
    RespondentLink.objects.of(body).valid().update(revoked_at=clock.now(), revoked_by=by)
    for part in open_work:
        taker = takers[part.pk]
        if taker is not None:
            pass_on(by=by, assignment=part, to=taker, on=on, reason=reason)
    return open_work


def _check_end(body: Body, on: dt.date, reason: str) -> None:
    if body.abolished_on is not None:
        raise NotPossible(f"{body.name} was already abolished")
    if not clean_text(reason):
        raise NotPossible("Enter the reason, such as the order or decision", "reason")
    if on > clock.today():
        raise NotPossible("Enter the day it ended: today or earlier. Record it once that day has come", "on")
    if body.inquiries.followed_up().exists():
        raise NotPossible(
            f"The {body.name} still follows inquiries up. Pass them to another committee first", "successor"
        )


def _check_heir(body: Body, heir: Body, on: dt.date) -> None:
    if heir.pk == body.pk or body.pk in heir.lineage:
        raise NotPossible(f"Select a successor that is not part of {body.name}", "successor")
    if not heir.exists_on(on) or not heir.exists_on(clock.today()):
        raise NotPossible("Select a successor that existed on that day and exists now", "successor")


@dataclass(frozen=True)
class Passing:
    """What would happen to the open work of bodies that end."""

    passing: list[Assignment]
    """What passes on."""
    beside: list[Assignment]
    """What of it will stand beside another part of the same recommendation that the successor has, or is given."""

    @property
    def fingerprint(self) -> str:
        """Differs when the open work differs: what a person has looked at before they confirm."""
        return "-".join(
            f"{part.pk}.{part.body_id}" for part in sorted(self.passing, key=lambda part: part.pk)
        )


def passing_on(bodies: Sequence[Body], successor: Body | None) -> Passing:
    """The open work of these bodies, and what of it the successor will have several parts of. Changes nothing."""
    work = list(Assignment.objects.open().filter(body__in=bodies).for_list().in_order())
    owned = list(successor.assignments.values_list("recommendation_id", flat=True)) if successor else []
    counts = Counter([*(part.recommendation_id for part in work), *owned])
    beside = [part for part in work if counts[part.recommendation_id] > 1] if successor else []
    return Passing(work, beside)


def pass_on(*, by: User, assignment: Assignment, to: Body, on: dt.date, reason: str) -> None:
    """Pass one open part to another body, inside an action that has asked for the right.

    It keeps whom it was first addressed to, so that it may stand beside another part of the same recommendation, each
    with its own history. What is in hand goes with it: drafts, requests of reviews, new dates asked for, steps.
    """
    Transfer.objects.create(
        assignment=assignment,
        from_body=assignment.body,
        to_body=to,
        on=on,
        reason=clean_text(reason),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    assignment.formerly = assignment.formerly or assignment.body
    assignment.body = to
    assignment.post = None
    assignment.version += 1
    assignment.save(update_fields=["body", "formerly", "post", "version"])
    refresh_recommendation(assignment.recommendation)


# ------------------------------------------------------------------ inquiries that another committee follows up


@action
def pass_inquiries(
    *,
    by: User,
    committee: Body,
    inquiries: Sequence[Inquiry],
    to: Body,
    on: dt.date,
    reason: str,
    ends: bool = False,
) -> list[Inquiry]:
    """Record that another committee follows these inquiries up from a day on, as when committees are reorganised.

    Their references, recommendations and history stay as they are; verdicts and meetings stay with the committee that
    held them. Running reviews that ask about nothing else pass on with them, and so do personal links once the old
    committee has nothing left. With ``ends`` the old committee itself came to an end on that day. Raises NotPossible
    without a reason, for a committee that is none or no longer, and when one that ended would leave inquiries behind.
    """
    require(by, Right.ABOLISH_BODY)
    if not inquiries:
        raise NotPossible("Select at least one inquiry", "inquiries")
    if not clean_text(reason):
        raise NotPossible("Enter the reason, such as the council’s decision", "reason")
    if on > clock.today():
        raise NotPossible("Enter the day from which it follows them up: today or earlier", "on")
    if to.kind != BodyKind.COMMITTEE or to.pk == committee.pk:
        raise NotPossible("Select another committee", "to")
    if not to.exists_on(on) or not to.exists_on(clock.today()):
        raise NotPossible("Select a committee that existed on that day and exists now", "to")
    passed = []
    for inquiry in inquiries:
        inquiry = lock(inquiry)
        if inquiry.committee_id != committee.pk:
            raise NotPossible(f"“{inquiry.title}” is not an inquiry of the {committee.name}", "inquiries")
        InquiryTransfer.objects.create(
            inquiry=inquiry,
            from_committee=committee,
            to_committee=to,
            on=on,
            reason=clean_text(reason),
            recorded_by=by,
            recorded_at=clock.now(),
        )
        inquiry.version += 1
        save(inquiry, committee=to)
        passed.append(inquiry)
    _reviews_follow(committee, to)
    if ends:
        _end(by, lock(committee), on, reason, to, {})
    return passed


def _reviews_follow(committee: Body, to: Body) -> None:
    """Move what hung on inquiries that are now another committee's: reviews that run and ask only about them, and, when
    the old committee has none left to follow up, its personal links."""
    for review in committee.reviews.open().prefetch_related("inquiries"):
        asked = {
            request.assignment.recommendation.inquiry.committee_id for request in review.requests.for_list()
        }
        if asked == {to.pk}:
            review.version += 1
            save(review, committee=to)
    if not committee.inquiries.followed_up().exists():
        there = RespondentLink.objects.filter(committee=to, revoked_at__isnull=True)
        links = RespondentLink.objects.filter(committee=committee, revoked_at__isnull=True)
        links.exclude(Exists(there.filter(person=OuterRef("person"), body=OuterRef("body")))).update(
            committee=to
        )


@action
def add_post(*, by: User, body: Body, title: str, holder: User | None = None) -> Post:
    """A new post in a body, held by a person or by nobody yet."""
    require(by, Right.EDIT_BODIES)
    post = Post()
    save(post, body=body, title=title, holder=holder)
    return post


@action
def edit_post(*, by: User, post: Post, version: int | None = None, **details: Any) -> Post:
    """Change a post's title or holder, or end it with ``ended_on``. Raises StaleEdit."""
    require(by, Right.EDIT_BODIES)
    post = claim_version(post, version)
    save(post, **details)
    return post
