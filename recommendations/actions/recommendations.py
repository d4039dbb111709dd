"""Add, edit, remove and relate recommendations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text, comparable, whole_number
from recommendations.actions.base import ActionDenied, action, check_unchanged, claim_version, lock, save
from recommendations.actions.meetings import check_sitting
from recommendations.actions.personal_data import check_words
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import Priority, Stage, municipal_year
from recommendations.lifecycle.period_ends import start_of
from recommendations.models import (
    Inquiry,
    Meeting,
    Recommendation,
    Relation,
    Theme,
    WordingChange,
)
from recommendations.models.recommendations import correctable, wording_order
from recommendations.permissions import Right, require

WITHDRAWN = "This recommendation is withdrawn, so its words and themes stay as they are"


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
    """Add a recommendation in the exact words agreed.

    Without a reference it gets the next one of the committee and the municipal year, such as "SR (25/26) 03". `related`
    are earlier ones, each with how this one relates to it (a RelationKind). Raise ActionDenied in a concluded inquiry,
    which has nothing open, and for a meeting it was agreed at that was cancelled or is still to come. In a public report it
    is a draft until it is published (see `publish_recommendation`).
    """
    require(by, Right.EDIT_INQUIRY, inquiry)
    if lock(inquiry).stage == Stage.CONCLUDED:
        raise ActionDenied("The inquiry is concluded. Move it back to “Monitoring” before you add to it")
    check_priority(inquiry, details, stated=True)
    if details.get("made_at") is not None:
        details["made_at"] = check_sitting(details["made_at"], "made_at")
    recommendation = Recommendation()
    save(
        recommendation,
        inquiry=inquiry,
        number=number,
        heading=heading,
        text=text,
        reference=clean_text(reference) or next_reference(inquiry),
        sources_only=inquiry.is_from_public_sources,
        **details,
    )
    recommendation.themes.set([*themes, *(add_theme(by=by, name=name) for name in new_themes)])
    for earlier, kind in related:
        relate(by=by, later=recommendation, earlier=earlier, kind=kind)
    return recommendation


def check_priority(inquiry: Inquiry, details: dict[str, Any], *, stated: bool) -> None:
    """Raise ActionDenied for a priority that is not known where the committee keeps the record itself, and for one that a tracker
    does not state where one is `stated`.
    """
    priority = details.get("priority")
    refused = priority == Priority.NOT_KNOWN and not inquiry.is_from_public_sources
    if refused or (priority == Priority.NOT_STATED and stated):
        raise ActionDenied("Select the priority that the committee gave it", "priority")


@action
def publish_recommendation(*, by: User, recommendation: Recommendation, on: dt.date) -> Recommendation:
    """Publish a draft that was added to a public report, as of that day. Its notices can be sent from then on.

    Raise ActionDenied for one of a report that is not public (it is published with its report), or that is public already,
    and for a day in the future or before the report's.
    """
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = lock(recommendation)
    published = recommendation.inquiry.published_on
    if not recommendation.inquiry.is_public or published is None:
        raise ActionDenied("It is published with its report. Move the inquiry to “Report published”")
    if recommendation.is_public:
        raise ActionDenied("This recommendation is public already")
    if on > clock.today():
        raise ActionDenied("Enter the day it was published: today or earlier", "on")
    if on < (start_of(published) or published):
        raise ActionDenied(
            f"Enter the day the report was published, {long_date(published)}, or a later one", "on"
        )
    recommendation.version += 1
    save(recommendation, published_on=on, made_public_at=clock.now())
    return recommendation


def next_reference(inquiry: Inquiry) -> str:
    """Return the next free reference of the inquiry's committee: prefix, municipal year (May to April) and number."""
    year = municipal_year(inquiry.published_on or clock.today())
    stem = f"{inquiry.committee.reference_prefix or 'SR'} ({year}) "
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [stem])
    used = Recommendation.objects.referred_to_like(stem).values_list("reference", flat=True)
    tails = (comparable(reference).removeprefix(comparable(stem)) for reference in used)
    return f"{stem}{max((whole_number(tail) or 0 for tail in tails), default=0) + 1:02d}"


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
    looked_at: bool = False,
    **details: Any,
) -> Recommendation:
    """Edit a recommendation.

    Once it is public, a change of its text needs a reason, and the earlier wording is kept; what else it says is corrected
    (see `corrections.correct_recommendation`), but a heading that an import made from the first words. Raise EditConflict, and
    ActionDenied for one that was withdrawn, and for a meeting that was cancelled or is still to come.
    """
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = claim_version(recommendation, version)
    if recommendation.withdrawn_at is not None:
        raise ActionDenied(WITHDRAWN)
    check_priority(recommendation.inquiry, details, stated=recommendation.priority != Priority.NOT_STATED)
    check_unchanged(recommendation, correctable(recommendation), details)
    made_at = details.get("made_at")
    if made_at is not None and made_at.pk != recommendation.made_at_id:
        details["made_at"] = check_sitting(made_at, "made_at")
    _write_heading(recommendation, details)
    old_text = recommendation.text
    new_text = clean_text(details.get("text", old_text))
    if recommendation.is_public and new_text != old_text:
        if not clean_text(reason):
            raise ActionDenied("Enter why the wording changes and who agreed it", "reason")
        check_words(looked_at, text=new_text, reason=reason)
        details["text"] = _change_wording(by, recommendation, new_text, reason, meeting)
    save(recommendation, **details)
    if themes is not None:
        recommendation.themes.set([*themes, *(add_theme(by=by, name=name) for name in new_themes)])
    return recommendation


def _write_heading(recommendation: Recommendation, details: dict[str, Any]) -> None:
    """Write a better heading than the one made from the first words, by itself: no correction is needed for that."""
    heading = clean_text(details.get("heading", recommendation.heading))
    if recommendation.heading_is_ours and heading != recommendation.heading:
        save(recommendation, heading=heading, heading_is_ours=False)


def _change_wording(
    by: User, recommendation: Recommendation, text: str, reason: str, meeting: Meeting | None
) -> str:
    """Record that the text was changed, and return the text that stands.

    One that was agreed before the last change, and is entered late, is filed before it.
    """
    if meeting is not None:
        meeting = check_sitting(meeting)
    change = WordingChange(
        recommendation=recommendation,
        old_text=recommendation.text,
        new_text=text,
        reason=clean_text(reason),
        meeting=meeting,
        changed_by=by,
        changed_at=clock.now(),
    )
    known = sorted(recommendation.wordings.select_related("meeting"), key=wording_order)
    earlier = [one for one in known if one.agreed_on <= change.agreed_on]
    later = known[len(earlier) :]
    if later:
        change.old_text = earlier[-1].new_text if earlier else later[0].old_text
    change.save()
    return recommendation.text if later else text


@action
def remove_recommendation(*, by: User, recommendation: Recommendation) -> None:
    """Remove a recommendation entered by mistake.

    Raise ActionDenied once it is public: from then on it stays on the record, and can be withdrawn.
    """
    require(by, Right.EDIT_INQUIRY, recommendation)
    recommendation = lock(recommendation)
    if recommendation.is_public:
        raise ActionDenied(
            "It is public, so it stays on the record. If it was published by mistake, withdraw it"
        )
    for part in recommendation.assignments.all():
        part.citations.all().delete()
    recommendation.citations.all().delete()
    recommendation.assignments.all().delete()
    recommendation.relations.all().delete()
    recommendation.later_relations.all().delete()
    recommendation.delete()


@action
def relate(*, by: User, later: Recommendation, earlier: Recommendation, kind: str) -> Relation:
    """Record that a recommendation repeats or supersedes an earlier one."""
    require(by, Right.EDIT_INQUIRY, later)
    if later.pk == earlier.pk:
        raise ActionDenied("Select another recommendation", "earlier")
    relation = Relation()
    save(relation, later=later, earlier=earlier, kind=kind)
    return relation


@action
def relate_several(
    *, by: User, later: Recommendation, related: Sequence[tuple[Recommendation, str]]
) -> list[Relation]:
    """Record how a recommendation relates to several earlier ones, each with its RelationKind."""
    if not related:
        raise ActionDenied("Select “Repeats” or “Supersedes” for at least one recommendation")
    return [relate(by=by, later=later, earlier=earlier, kind=kind) for earlier, kind in related]


@action
def unrelate(*, by: User, relation: Relation) -> None:
    """Remove a relation recorded by mistake. Raise ActionDenied once the recommendation is public: from then on it is
    corrected (see `corrections.correct_relation`).
    """
    require(by, Right.EDIT_INQUIRY, relation.later)
    if relation.later.is_public:
        raise ActionDenied("It is public, so take it back as a correction, with the reason")
    relation.delete()
