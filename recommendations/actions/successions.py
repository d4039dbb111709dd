"""End, merge and split bodies, and transfer their open work and inquiries to successors."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text, sort_key
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.bodies import add_body
from recommendations.actions.personal_data import check_words
from recommendations.actions.recompute import recompute_recommendation
from recommendations.actions.respondent_links import give_link, revoke_link
from recommendations.lifecycle import BodyKind
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    InquiryTransfer,
    PackTemplate,
    Recommendation,
    RespondentLink,
    Review,
    Succession,
    TargetChange,
    Transfer,
    Update,
    UpdateRequest,
)
from recommendations.permissions import Right, require


@action
def abolish_body(
    *,
    by: User,
    body: Body,
    on: dt.date,
    reason: str,
    successor: Body | None = None,
    looked_at: bool = False,
) -> list[Assignment]:
    """Record that a body ended, and transfer its open work to its successor, if there is one.

    A successor that is not saved yet is added in the same step. Return the transferred assignments; their history keeps
    the old body's name. Personal links of the body end. Raise ActionDenied without a reason, for a day in the future or
    before it took over from another, for a body already abolished or a committee with running inquiries, for a
    successor that cannot be one, and if open work would be left without a body.
    """
    require(by, Right.ABOLISH_BODY)
    check_words(looked_at, reason=reason)
    successors = [_added(by, successor)] if successor is not None else []
    locked = _lock_together([body, *successors])
    return _end(by, locked[body.pk], [locked[successor.pk] for successor in successors], on, reason)


@action
def merge_bodies(
    *,
    by: User,
    bodies: Sequence[Body],
    successor: Body,
    on: dt.date,
    reason: str,
    looked_at: bool = False,
) -> list[Assignment]:
    """Record that several bodies ended and one replaced them, as `abolish_body` does for one.

    If several of them, or the successor too, have an assignment of the same recommendation, the successor has several,
    and no histories are mixed.
    """
    require(by, Right.ABOLISH_BODY)
    if len({body.pk for body in bodies}) < 2:
        raise ActionDenied("Select the bodies that were merged: two or more", "bodies")
    check_words(looked_at, reason=reason)
    successor = _added(by, successor)
    if successor.pk in {body.pk for body in bodies}:
        raise ActionDenied("Select a successor that is not among the bodies that ended", "successor")
    locked = _lock_together([successor, *bodies])
    passed: list[Assignment] = []
    for pk in sorted({body.pk for body in bodies}):
        passed += _end(by, locked[pk], [locked[successor.pk]], on, reason)
    return passed


@action
def split_body(
    *,
    by: User,
    body: Body,
    successors: Sequence[Body],
    successor: Body,
    shares: Mapping[int, Body],
    on: dt.date,
    reason: str,
    looked_at: bool = False,
) -> list[Assignment]:
    """Record that a body ended and several share its open work, as `abolish_body` does for one.

    `shares` maps the id of each assignment to the body that takes it. `successor` is the main one of them, which
    receives closed assignments that the committee reopens.
    """
    require(by, Right.ABOLISH_BODY)
    if len({other.pk for other in successors}) < 2:
        raise ActionDenied(
            "Select two bodies or more. Where all goes to one, record its end instead", "successors"
        )
    if successor.pk not in {other.pk for other in successors}:
        raise ActionDenied("Select the main successor among the bodies that took its work over", "successor")
    check_words(looked_at, reason=reason)
    locked = _lock_together([body, *successors])
    others = [locked[other.pk] for other in successors if other.pk != successor.pk]
    return _end(by, locked[body.pk], [locked[successor.pk], *others], on, reason, shares)


@action
def name_successor(
    *,
    by: User,
    body: Body,
    successor: Body,
    reason: str,
    looked_at: bool = False,
) -> Succession:
    """Name the successor of a body that ended without one, so that the committee can reopen what was closed.

    Raise ActionDenied for a body that exists or has a successor, and for a successor that cannot be one.
    """
    require(by, Right.ABOLISH_BODY)
    locked = _lock_together([body, successor])
    body, successor = locked[body.pk], locked[successor.pk]
    if body.abolished_on is None or body.successor_id is not None:
        raise ActionDenied("Select a body that ended without a successor")
    if not clean_text(reason):
        raise ActionDenied("Enter the reason, such as the order or decision", "reason")
    check_words(looked_at, reason=reason)
    _check_successor(body, successor, body.abolished_on)
    body.version += 1
    save(body, successor=successor)
    _templates_follow(body, successor)
    return _succession(by, body, successor, body.abolished_on, reason)


def _added(by: User, body: Body) -> Body:
    """Return the body, added first if it is not saved yet."""
    if body.pk is not None:
        return body
    kept = ("name", "kind", "parent", "response_period", "response_unit", "response_basis")
    return add_body(by=by, **{name: getattr(body, name) for name in kept})


def _lock_together(bodies: Sequence[Body]) -> dict[int, Body]:
    """Return the bodies by their ids, locked in one order however they are named.

    Of two people who end bodies at once, the second sees what the first did, so that no body transfers its work to one
    that has just ended.
    """
    return {pk: lock(body) for pk, body in sorted({body.pk: body for body in bodies}.items())}


def _end(
    by: User,
    body: Body,
    successors: Sequence[Body],
    on: dt.date,
    reason: str,
    shares: Mapping[int, Body] | None = None,
) -> list[Assignment]:
    """End a locked body. Its open assignments go to the first successor, or by the shares."""
    _check_end(body, on, reason)
    for successor in successors:
        _check_successor(body, successor, on)
    by_id = {successor.pk: successor for successor in successors}
    open_work = list(
        body.assignments.not_closed().select_related("recommendation", "body", "formerly").order_by("pk")
    )
    if shares is None:
        new_bodies = dict.fromkeys((part.pk for part in open_work), successors[0] if successors else None)
    else:
        new_bodies = {pk: by_id.get(new_body.pk) for pk, new_body in shares.items()}
    left = sum(new_bodies.get(part.pk) is None for part in open_work)
    if left:
        are = "recommendation is" if left == 1 else "recommendations are"
        raise ActionDenied(f"Select a successor: {left} open {are} addressed to {body.name}", "successor")
    body.version += 1
    save(body, abolished_on=on, successor=successors[0] if successors else None)
    recorded: Sequence[Body | None] = successors or [None]
    for one in recorded:
        _succession(by, body, one, on, reason)
    for link in RespondentLink.objects.of(body).standing():
        revoke_link(by=by, link=link)
    for part in open_work:
        new_body = new_bodies[part.pk]
        if new_body is not None:
            pass_on(by=by, assignment=part, to=new_body, on=on, reason=reason)
    if successors:
        _templates_follow(body, successors[0])
    return open_work


def _templates_follow(body: Body, successor: Body) -> None:
    """Copy the body's public pack templates to its successor.

    Those of exempt packs stay: their texts were written for those who see exempt text of the old body.
    """
    theirs = PackTemplate.objects.of(successor).public()
    for template in PackTemplate.objects.of(body).public().order_by("pk").select_for_update():
        name, number = template.name, 1
        while theirs.filter(sort_key=sort_key(name)).exists():
            number += 1
            name = f"{template.name[:90]} ({number})"
        template.version += 1
        save(template, body=successor, name=name)


def _succession(by: User, body: Body, successor: Body | None, on: dt.date, reason: str) -> Succession:
    return Succession.objects.create(
        body=body,
        successor=successor,
        on=on,
        reason=clean_text(reason),
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _check_end(body: Body, on: dt.date, reason: str) -> None:
    if body.abolished_on is not None:
        raise ActionDenied(f"{body.name} was already abolished")
    if not clean_text(reason):
        raise ActionDenied("Enter the reason, such as the order or decision", "reason")
    if on > clock.today():
        raise ActionDenied("Enter the day it ended: today or earlier. Record it once that day has come", "on")
    received = [
        *body.received.values_list("on", flat=True),
        *Transfer.objects.to(body).values_list("on", flat=True),
    ]
    if received and on < max(received):
        raise ActionDenied(
            f"Enter {long_date(max(received))} or a later day: {body.name} took work over on that day", "on"
        )
    running = body.inquiries.running().count()
    if running:
        inquiries = "1 inquiry that is" if running == 1 else f"{running} inquiries that are"
        raise ActionDenied(
            f"The {body.name} has {inquiries} not concluded. Pass its inquiries on: its end is recorded there too"
        )


def _check_successor(body: Body, successor: Body, on: dt.date) -> None:
    if successor.pk == body.pk or body.pk in successor.lineage:
        raise ActionDenied(f"Select a successor that is not part of {body.name}", "successor")
    if not successor.exists_on(on) or not successor.exists_on(clock.today()):
        raise ActionDenied("Select a successor that existed on that day and exists now", "successor")


@dataclass(frozen=True)
class WorkTransfer:
    """What would happen to the open work of bodies that end."""

    assignments: list[Assignment]
    """The assignments to be transferred."""
    beside: list[Assignment]
    """Those of them whose new body has, or is given, another assignment of the same recommendation."""
    new_bodies: Mapping[int, Body]
    """The new body for the id of each assignment; those without one have none yet."""

    @property
    def fingerprint(self) -> str:
        """The open work and who takes it, as a text to compare: what a person saw before they confirm."""
        rows = sorted(self.assignments, key=lambda part: part.pk)
        return "-".join(
            f"{part.pk}.{part.body_id}.{self.new_bodies[part.pk].pk if part.pk in self.new_bodies else 0}"
            for part in rows
        )

    @property
    def by_new_body(self) -> list[tuple[Body, list[Assignment]]]:
        """Return each new body with its assignments, in their order."""
        groups: dict[int, tuple[Body, list[Assignment]]] = {}
        for part in self.assignments:
            if part.pk in self.new_bodies:
                new_body = self.new_bodies[part.pk]
                groups.setdefault(new_body.pk, (new_body, []))[1].append(part)
        return list(groups.values())


def plan_transfer(
    bodies: Sequence[Body], successor: Body | None, shares: Mapping[int, Body] | None = None
) -> WorkTransfer:
    """Return the open work of these bodies, who takes it over, and what would share a recommendation. Changes nothing.

    A successor without an id is one still to be added.
    """
    work = list(Assignment.objects.not_closed().filter(body__in=bodies).for_list().in_order())
    if shares is not None:
        new_bodies = dict(shares)
    else:
        new_bodies = dict.fromkeys((part.pk for part in work), successor) if successor else {}
    successors = {new_body.pk for new_body in new_bodies.values() if new_body.pk}
    owned = Assignment.objects.standing().filter(
        body__in=successors, recommendation__in={part.recommendation_id for part in work}
    )
    counts = Counter(owned.values_list("recommendation_id", "body_id"))
    counts.update((part.recommendation_id, new_bodies[part.pk].pk) for part in work if part.pk in new_bodies)
    beside = [
        part
        for part in work
        if part.pk in new_bodies and counts[part.recommendation_id, new_bodies[part.pk].pk] > 1
    ]
    return WorkTransfer(work, beside, new_bodies)


def open_work(work: Sequence[Assignment]) -> dict[int, list[str]]:
    """Return in words, by the ids of assignments that have any: the update begun or sent, the new date asked for, the
    requests of running reviews.
    """
    found: dict[int, list[str]] = {}
    numbers = [part.pk for part in work]
    for update in Update.objects.unpublished().filter(assignment__in=numbers):
        found.setdefault(update.assignment_id, []).append(f"Update: {update.get_state_display().lower()}")
    for change in TargetChange.objects.requested().filter(assignment__in=numbers):
        found.setdefault(change.assignment_id, []).append(f"New date asked for: {long_date(change.new_date)}")
    for request in UpdateRequest.objects.unanswered().filter(assignment__in=numbers).select_related("review"):
        found.setdefault(request.assignment_id, []).append(f"Asked for in “{request.review.title}”")
    return found


def pass_on(*, by: User, assignment: Assignment, to: Body, on: dt.date, reason: str) -> None:
    """Transfer one open assignment to another body, inside an action that has checked the right.

    It keeps the body it was first addressed to, so that there may be several assignments of one recommendation, each
    with its own history. Unfinished work goes with it: drafts, requests of reviews, new dates asked for, milestones.
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
    recompute_recommendation(assignment.recommendation)


def pass_on_reopened(*, by: User, recommendation: Recommendation, on: dt.date) -> None:
    """Transfer assignments that the committee has reopened, and whose body has ended, inside the action that reopens
    them.

    Closed assignments stay with the body that closed them until then. Raise ActionDenied if the body has no successor.
    """
    for part in recommendation.assignments.not_closed().select_related("recommendation", "formerly"):
        part.body = lock(part.body)
        if part.body.abolished_on is None:
            continue
        successor = part.body.standing_successor()
        if successor is None:
            raise ActionDenied(
                f"{part.body.name} ended on {long_date(part.body.abolished_on)} and has no successor that could answer. "
                "Ask an administrator to name one, then record this again"
            )
        reason = f"The committee reopened it after {part.body.name} had ended"
        pass_on(by=by, assignment=part, to=successor, on=max(on, part.body.abolished_on), reason=reason)


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
    looked_at: bool = False,
) -> list[Inquiry]:
    """Record that another committee follows these inquiries up from a day on, for example when committees are
    reorganised.

    Their references, recommendations and history stay; verdicts and meetings stay with the committee that held them.
    Running reviews that ask about nothing else are transferred too, and so are personal links once the old committee
    has nothing left to follow up; until then those who answer on these inquiries get another link of the new committee.
    With `ends` the old committee itself ended on that day.

    Raise ActionDenied without a reason, for a committee that cannot take them, for a day before the inquiry itself came
    to this committee, and when one that ended would leave inquiries behind.
    """
    require(by, Right.ABOLISH_BODY)
    if not inquiries:
        raise ActionDenied("Select at least one inquiry", "inquiries")
    if not clean_text(reason):
        raise ActionDenied("Enter the reason, such as the council’s decision", "reason")
    check_words(looked_at, reason=reason)
    if on > clock.today():
        raise ActionDenied("Enter the day from which it follows them up: today or earlier", "on")
    if to.kind != BodyKind.COMMITTEE or to.pk == committee.pk:
        raise ActionDenied("Select another committee", "to")
    locked = _lock_together([committee, to])
    committee, to = locked[committee.pk], locked[to.pk]
    if not to.exists_on(on) or not to.exists_on(clock.today()):
        raise ActionDenied("Select a committee that existed on that day and exists now", "to")
    passed = [_pass_inquiry(by, inquiry, committee, to, on, reason) for inquiry in inquiries]
    _reviews_follow(committee, to, on)
    _links_follow(by, committee, to, passed)
    if ends:
        _end(by, committee, [to], on, reason)
    return passed


def _pass_inquiry(by: User, inquiry: Inquiry, committee: Body, to: Body, on: dt.date, reason: str) -> Inquiry:
    inquiry = lock(inquiry)
    if inquiry.committee_id != committee.pk:
        raise ActionDenied(f"“{inquiry.title}” is not an inquiry of the {committee.name}", "inquiries")
    last = inquiry.transfers.last()
    if last is not None and on < last.on:
        raise ActionDenied(
            f"Enter a later day: “{inquiry.title}” came to the {committee.name} on {long_date(last.on)}", "on"
        )
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
    return inquiry


def reviews_that_follow(committee: Body, inquiries: Sequence[Inquiry]) -> tuple[list[Review], list[Review]]:
    """Return the running reviews of a committee that ask about these inquiries: those that ask about nothing else and
    are transferred with them, and those that ask about others too and stay. Changes nothing.
    """
    passing = {inquiry.pk for inquiry in inquiries}
    follow: list[Review] = []
    stay: list[Review] = []
    for review in committee.reviews.open().for_list():
        requests = review.requests.on_standing_parts()
        asked = set(requests.values_list("assignment__recommendation__inquiry_id", flat=True))
        if asked & passing:
            (follow if asked <= passing else stay).append(review)
    return follow, stay


def _reviews_follow(committee: Body, to: Body, on: dt.date) -> None:
    """Transfer the running reviews that ask only about inquiries of the new committee.

    One about the whole open list now names the inquiries it asks about; a future meeting of the old committee is
    taken off it.
    """
    follow, _ = reviews_that_follow(committee, list(Inquiry.objects.of_committee(to)))
    for review in follow:
        review = lock(review)
        if not review.inquiries.exists():
            review.inquiries.set(
                Inquiry.objects.with_assignments_among(
                    Assignment.objects.standing().filter(requests__review=review)
                )
            )
        review.version += 1
        meeting = review.meeting if review.meeting is not None and review.meeting.held_on < on else None
        save(review, committee=to, meeting=meeting)


def _links_follow(by: User, committee: Body, to: Body, passed: Sequence[Inquiry]) -> None:
    """Transfer the personal links of a committee that has nothing left to follow up.

    Somebody who has a link of the new committee for the same body keeps that one. While the old committee has something
    left, its links stay, and somebody with a valid one for a body with an open assignment in these inquiries gets a
    link of the new committee as well, until the same day.
    """
    if committee.inquiries.followed_up().exists():
        for link in links_needed_for(committee, to, passed):
            give_link(by=by, person=link.person, body=link.body, committee=to, expires_at=link.expires_at)
        return
    there = {
        (link.person_id, link.body_id): link
        for link in RespondentLink.objects.standing().filter(committee=to)
    }
    for link in RespondentLink.objects.standing().filter(committee=committee):
        other = there.get((link.person_id, link.body_id))
        if other is not None and (other.is_valid or not link.is_valid):
            revoke_link(by=by, link=link)
            continue
        if other is not None:
            revoke_link(by=by, link=other)
        save(lock(link), committee=to)


def links_needed_for(committee: Body, to: Body, inquiries: Sequence[Inquiry]) -> list[RespondentLink]:
    """Return the links of a committee whose people answer on open assignments of these inquiries and have no valid link
    of the new committee for the same body. Changes nothing.
    """
    have = set(RespondentLink.objects.valid().filter(committee=to).values_list("person_id", "body_id"))
    answering = Assignment.objects.not_closed().of_inquiries(inquiries).values_list("body_id", flat=True)
    links = RespondentLink.objects.valid().filter(committee=committee, body__in=set(answering)).for_list()
    return [link for link in links if (link.person_id, link.body_id) not in have]
