"""What people do to recommendations and their assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import (
    NotPossible,
    action,
    claim_version,
    clean_text,
    in_row,
    lock,
    save,
)
from recommendations.lifecycle import Stage, municipal_year, number_sort_key
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    Meeting,
    Post,
    Recommendation,
    Relation,
    Theme,
    WordingChange,
)
from recommendations.permissions import Right, require


@action
def add_recommendation(
    *,
    by: User,
    inquiry: Inquiry,
    number: str,
    heading: str,
    text: str,
    reference: str = "",
    themes: Sequence[Theme] = (),
    new_themes: Sequence[str] = (),
    related: Sequence[tuple[Recommendation, str]] = (),
    **details: Any,
) -> Recommendation:
    """A recommendation in the exact words agreed. Without a reference it gets the next one of the committee and
    the municipal year, such as "SR (25/26) 03". ``related`` are earlier ones, each with how this one stands to it
    (a RelationKind). Raises NotPossible in a concluded inquiry, which has nothing open."""
    require(by, Right.EDIT_INQUIRY, inquiry)
    if lock(inquiry).stage == Stage.CONCLUDED:
        raise NotPossible("The inquiry is concluded. Move it back to “Monitoring” before you add to it")
    recommendation = Recommendation()
    save(
        recommendation,
        inquiry=inquiry,
        number=number,
        sort_key=number_sort_key(number),
        heading=heading,
        text=text,
        reference=clean_text(reference) or next_reference(inquiry),
        **details,
    )
    recommendation.themes.set([*themes, *(add_theme(by=by, name=name) for name in new_themes)])
    for earlier, kind in related:
        relate(by=by, later=recommendation, earlier=earlier, kind=kind)
    return recommendation


def next_reference(inquiry: Inquiry) -> str:
    """The next free reference of the inquiry's committee: prefix, municipal year (May to April) and number."""
    year = municipal_year(inquiry.published_on or clock.today())
    stem = f"{inquiry.committee.reference_prefix or 'SR'} ({year}) "
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [stem])
    used = Recommendation.objects.filter(reference__startswith=stem).values_list("reference", flat=True)
    numbers = [int(tail) for tail in (reference.removeprefix(stem) for reference in used) if tail.isdigit()]
    return f"{stem}{max(numbers, default=0) + 1:02d}"


@action
def edit_recommendation(
    *,
    by: User,
    recommendation: Recommendation,
    version: int | None = None,
    reason: str = "",
    meeting: Meeting | None = None,
    themes: Sequence[Theme] | None = None,
    new_themes: Sequence[str] = (),
    **details: Any,
) -> Recommendation:
    """Change a recommendation. Once its report is public a change of its words needs a reason, and the earlier
    wording stays on the record. Raises StaleEdit."""
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = claim_version(recommendation, version)
    old_text = recommendation.text
    new_text = clean_text(details.get("text", old_text))
    if "number" in details:
        details["sort_key"] = number_sort_key(details["number"])
    if recommendation.inquiry.is_public and new_text != old_text:
        if not clean_text(reason):
            raise NotPossible("Enter why the wording changes and who agreed it", "reason")
        WordingChange.objects.create(
            recommendation=recommendation,
            old_text=old_text,
            new_text=new_text,
            reason=clean_text(reason),
            meeting=meeting,
            changed_by=by,
            changed_at=clock.now(),
        )
    save(recommendation, **details)
    if themes is not None:
        recommendation.themes.set([*themes, *(add_theme(by=by, name=name) for name in new_themes)])
    return recommendation


@action
def remove_recommendation(*, by: User, recommendation: Recommendation) -> None:
    """Take out a recommendation entered by mistake. Raises NotPossible once its report is public or a body was
    notified of it: from then on it stays on the record."""
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = lock(recommendation)
    if recommendation.inquiry.is_public:
        raise NotPossible("The report is public, so its recommendations stay on the record")
    if recommendation.assignments.filter(notified_on__isnull=False).exists():
        raise NotPossible("A body was already notified of this recommendation, so it stays on the record")
    recommendation.assignments.all().delete()
    recommendation.relations.all().delete()
    recommendation.later_relations.all().delete()
    recommendation.delete()


@action
def address(
    *,
    by: User,
    recommendation: Recommendation,
    body: Body,
    is_lead: bool = True,
    post: Post | None = None,
    deliverer: str = "",
    first_target_on: dt.date | None = None,
) -> Assignment:
    """Address a recommendation to an owning body. Raises NotPossible for a body abolished by now, a post of
    another body, and a closed recommendation."""
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = lock(recommendation)
    if not recommendation.is_open:
        raise NotPossible("The recommendation is closed. The committee has to reopen it first")
    # Locked, so that nobody ends the body meanwhile and leaves this with one that is gone.
    if not lock(body).exists_on(clock.today()):
        raise NotPossible("Select a body that still exists", "body")
    _check_post(body, post)
    assignment = Assignment()
    save(
        assignment,
        recommendation=recommendation,
        body=body,
        is_lead=is_lead,
        post=post,
        deliverer=deliverer,
        first_target_on=first_target_on,
        target_on=first_target_on,
        created_at=clock.now(),
    )
    return assignment


@action
def address_to_several(
    *, by: User, recommendation: Recommendation, parts: Sequence[dict[str, Any]]
) -> list[Assignment]:
    """Address a recommendation to several bodies, to all or to none. Each part holds what ``address`` takes;
    NotPossible says which part it is about."""
    if not parts:
        raise NotPossible("Select a body")
    assignments = []
    for number, part in enumerate(parts):
        with in_row(number):
            assignments.append(address(by=by, recommendation=recommendation, **part))
    return assignments


@action
def edit_assignment(
    *,
    by: User,
    assignment: Assignment,
    version: int | None = None,
    is_lead: bool,
    post: Post | None,
    deliverer: str,
    first_target_on: dt.date | None,
) -> Assignment:
    """Change lead, post or deliverer; set the first date where there is none. Once set, the first date stays:
    a new date is asked for and agreed (see ``progress.request_new_date``). Raises StaleEdit."""
    require(by, Right.EDIT_INQUIRY, assignment)
    assignment = claim_version(assignment, version)
    _check_post(assignment.body, post)
    if assignment.first_target_on is None:
        assignment.first_target_on = assignment.target_on = first_target_on
    elif first_target_on != assignment.first_target_on:
        raise NotPossible(
            "The first date stays. Ask for a new date instead, so that the change is on the record",
            "first_target_on",
        )
    save(assignment, is_lead=is_lead, post=post, deliverer=deliverer)
    return assignment


@action
def withdraw_assignment(*, by: User, assignment: Assignment) -> None:
    """Take back an assignment made by mistake. Raises NotPossible once the body was notified."""
    require(by, Right.EDIT_INQUIRY, assignment)
    assignment = lock(assignment)
    if assignment.notified_on is not None:
        raise NotPossible("The body was already notified, so this stays on the record")
    if assignment.updates.exists() or assignment.responses.exists() or assignment.target_changes.exists():
        raise NotPossible("There is already history on this, so it stays on the record")
    assignment.milestones.all().delete()
    assignment.delete()


def _check_post(body: Body, post: Post | None) -> None:
    if post is not None and post.body_id != body.pk:
        raise NotPossible("Select a post of this body", "post")


@action
def send_notice(*, by: User, assignments: Sequence[Assignment], on: dt.date) -> list[Assignment]:
    """Record that recommendations were sent to their owning bodies on that day, and start the response clocks.

    The term is the body's own: two calendar months for the executive (Local Government Act 2000, s.9FE), none
    for a partner. Assignments already notified keep their date. Returns those that were notified now.
    """
    if on > clock.today():
        raise NotPossible("Enter the day the notice was sent: today or earlier", "on")
    sent = []
    for assignment in assignments:
        require(by, Right.EDIT_INQUIRY, assignment)
        assignment = lock(assignment)
        if assignment.notified_on is not None:
            continue
        published = assignment.recommendation.inquiry.published_on
        if published is None or not assignment.recommendation.inquiry.is_public:
            raise NotPossible("Publish the report before you send its recommendations")
        assignment.version += 1
        save(assignment, notified_on=on, response_due_on=assignment.body.response_due(on))
        sent.append(assignment)
    return sent


@action
def relate(*, by: User, later: Recommendation, earlier: Recommendation, kind: str) -> Relation:
    """Record that a recommendation repeats or supersedes an earlier one."""
    require(by, Right.EDIT_INQUIRY, later)
    if later.pk == earlier.pk:
        raise NotPossible("Select another recommendation", "earlier")
    relation = Relation()
    save(relation, later=later, earlier=earlier, kind=kind)
    return relation


@action
def relate_several(
    *, by: User, later: Recommendation, related: Sequence[tuple[Recommendation, str]]
) -> list[Relation]:
    """Record how a recommendation stands to several earlier ones, each with its RelationKind."""
    if not related:
        raise NotPossible("Select “Repeats” or “Supersedes” for at least one recommendation")
    return [relate(by=by, later=later, earlier=earlier, kind=kind) for earlier, kind in related]


@action
def unrelate(*, by: User, relation: Relation) -> None:
    """Take out a relation recorded by mistake."""
    require(by, Right.EDIT_INQUIRY, relation.later)
    relation.delete()


@action
def add_theme(*, by: User, name: str) -> Theme:
    """The theme of that name, made if it is new."""
    require(by, Right.EDIT_INQUIRY)
    theme, _ = Theme.objects.get_or_create(name=clean_text(name))
    return theme
