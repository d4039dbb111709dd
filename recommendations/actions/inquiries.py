"""Open, edit and move inquiries, and edit their findings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from recommendations.actions.base import ActionDenied, action, check_unchanged, claim_version, lock, save
from recommendations.actions.recompute import recompute_recommendation
from recommendations.lifecycle import (
    INQUIRY_TRANSITIONS,
    PUBLIC_STAGES,
    Priority,
    RecordKind,
    Stage,
    can_transition,
)
from recommendations.models import Body, Finding, Inquiry
from recommendations.models.inquiries import CORRECTABLE
from recommendations.permissions import Right, require


@action
def open_inquiry(*, by: User, committee: Body, title: str, reference: str, **details: Any) -> Inquiry:
    """Open an inquiry of a committee, at the scoping stage. Raise ActionDenied for a committee that ended."""
    require(by, Right.EDIT_INQUIRY, committee)
    _check_exists(committee)
    inquiry = Inquiry()
    save(inquiry, committee=committee, title=title, reference=reference, **details)
    return inquiry


def _check_exists(committee: Body) -> None:
    """Raise ActionDenied if the committee has ended. It is locked, so that nobody ends it meanwhile and leaves an
    inquiry behind.
    """
    if not lock(committee).exists_on(clock.today()):
        raise ActionDenied("Select a committee that still exists", "committee")


def check_published_on(inquiry: Inquiry, day: dt.date) -> None:
    """Raise ActionDenied for a day of publication in the future, or after something that followed the report."""
    _check_past(day)
    if inquiry.published_on is not None and day > inquiry.published_on:
        _check_nothing_before(inquiry, day)


def _check_past(day: dt.date) -> None:
    if day > clock.today():
        raise ActionDenied("Enter the day the report was published: today or earlier", "published_on")


def _check_nothing_before(inquiry: Inquiry, day: dt.date) -> None:
    """Raise ActionDenied if something that follows the report, such as a notice, is on the record before the day."""
    for on, fact in inquiry.business_before(day):
        raise ActionDenied(
            f"{fact} on {long_date(on)}, so the report was published by then. Enter that day or an earlier one",
            "published_on",
        )


@action
def edit_inquiry(*, by: User, inquiry: Inquiry, version: int | None = None, **details: Any) -> Inquiry:
    """Edit an inquiry, but not its stage (see `move_inquiry`). Raise EditConflict.

    Once its report is public, what its page says is corrected (see `corrections.correct_inquiry`).
    """
    require(by, Right.EDIT_INQUIRY, inquiry)
    inquiry = claim_version(inquiry, version)
    committee = details.get("committee", inquiry.committee)
    require(by, Right.EDIT_INQUIRY, committee)
    if committee.pk != inquiry.committee_id:
        if inquiry.is_public:
            raise ActionDenied(
                "Its report is public: ask an administrator to pass it to another committee, on the record",
                "committee",
            )
        _check_exists(committee)
    check_unchanged(inquiry, CORRECTABLE, details)
    record_kind = details.get("record_kind", inquiry.record_kind)
    turned = record_kind != inquiry.record_kind
    if turned and record_kind != RecordKind.PUBLIC_SOURCES:
        _check_priorities(inquiry)
    save(inquiry, **details)
    if turned:
        for recommendation in inquiry.recommendations.all():
            recompute_recommendation(recommendation)
    return inquiry


def _check_priorities(inquiry: Inquiry) -> None:
    """Raise ActionDenied if the priority of a recommendation is not known: a committee knows its own."""
    unknown = inquiry.recommendations.filter(priority=Priority.NOT_KNOWN).order_by("sort_key")
    numbers = list(unknown.values_list("number", flat=True))
    if numbers:
        word = "recommendation" if len(numbers) == 1 else "recommendations"
        raise ActionDenied(
            f"First enter the priority of {word} {', '.join(numbers)}: the committee’s own record says it",
            "record_kind",
        )


@action
def move_inquiry(
    *, by: User, inquiry: Inquiry, to: str, published_on: dt.date | None = None, version: int | None = None
) -> Inquiry:
    """Move an inquiry to another stage.

    Publishing needs the date and at least one recommendation, and makes the inquiry public. Concluding needs every
    recommendation closed. An inquiry of a committee that ended stays at its stage until it is transferred.
    """
    require(by, Right.EDIT_INQUIRY, inquiry)
    committee = lock(inquiry.committee)
    inquiry = claim_version(inquiry, version)
    if not can_transition(INQUIRY_TRANSITIONS, inquiry.stage, to):
        raise ActionDenied(
            f"An inquiry can't go from “{inquiry.get_stage_display()}” to “{Stage(to).label}”", "to"
        )
    if not committee.exists_on(clock.today()):
        raise ActionDenied(
            f"The {committee.name} has ended. Ask an administrator to pass the inquiry to another committee first",
            "to",
        )
    if to == Stage.PUBLISHED:
        if published_on is None:
            raise ActionDenied("Enter the date the report was published", "published_on")
        _check_past(published_on)
        if not inquiry.recommendations.exists():
            raise ActionDenied("Add the recommendations before you publish the report", "to")
        inquiry.published_on, inquiry.made_public_at = published_on, clock.now()
    if to == Stage.CONCLUDED:
        if inquiry.recommendations.drafts().exists():
            raise ActionDenied("There are draft recommendations. Publish or remove them first", "to")
        still_open = inquiry.recommendations.open().count()
        if still_open:
            words = "recommendation is" if still_open == 1 else "recommendations are"
            raise ActionDenied(
                f"{still_open} {words} still open. Only the committee's assessment closes them", "to"
            )
    save(inquiry, stage=to)
    return inquiry


def resume_monitoring(inquiry: Inquiry) -> None:
    """Monitor a concluded inquiry again, inside the action that reopens one of its recommendations.

    A concluded inquiry has nothing open. Raise ActionDenied if its committee has ended, because nobody would follow it
    up.
    """
    inquiry = lock(inquiry)
    if inquiry.stage != Stage.CONCLUDED:
        return
    if not inquiry.committee.exists_on(clock.today()):
        raise ActionDenied(
            f"The {inquiry.committee.name} has ended. Ask an administrator to pass the inquiry to another committee,"
            " then record this again"
        )
    inquiry.version += 1
    save(inquiry, stage=Stage.MONITORING)


@action
def add_finding(*, by: User, inquiry: Inquiry, number: str, text: str) -> Finding:
    """Add a finding to an inquiry, numbered as in the report."""
    require(by, Right.EDIT_INQUIRY, inquiry)
    finding = Finding()
    save(finding, inquiry=inquiry, number=number, text=text)
    return finding


@action
def edit_finding(
    *, by: User, finding: Finding, version: int | None = None, number: str, text: str
) -> Finding:
    """Change a finding's number or text. Raise EditConflict, and ActionDenied once the report is public: from then on it
    is corrected (see `corrections.correct_finding`).
    """
    require(by, Right.EDIT_INQUIRY, finding)
    finding = claim_version(finding, version)
    check_unchanged(finding, ("number", "text"), {"number": number, "text": text})
    save(finding, number=number, text=text)
    return finding


@action
def remove_finding(*, by: User, finding: Finding) -> None:
    """Remove a finding entered by mistake. Raise ActionDenied once the report is public or a recommendation refers to
    it.
    """
    require(by, Right.EDIT_INQUIRY, finding)
    if finding.inquiry.stage in PUBLIC_STAGES:
        raise ActionDenied("The report is public, so its findings stay on the record")
    if finding.recommendations.exists():
        raise ActionDenied("Recommendations refer to this finding. Change them first")
    finding.delete()
