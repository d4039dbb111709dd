"""Correct what is on the public record, in the open: what was recorded wrong, what is right, and why.

Each is one step with a reason. Both versions stay for everybody to read, and clocks and states follow from what is right.
A body that changes its mind gives a further response, and a later date that is agreed goes into the ledger: neither is a
correction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text
from recommendations.actions.assessments import assess, closed_parts, follow_up_again
from recommendations.actions.assignments import address
from recommendations.actions.base import ActionDenied, action, claim_version, clean_value, lock, save
from recommendations.actions.filing import check_sequence, filed_anew, hangs_on, locked, not_following
from recommendations.actions.inquiries import check_published_on
from recommendations.actions.meetings import check_sitting
from recommendations.actions.personal_data import check_looked_at
from recommendations.actions.recommendations import check_priority
from recommendations.actions.recompute import recompute_recommendation
from recommendations.actions.responses import record_response
from recommendations.actions.target_dates import decide_in_place, wait_again
from recommendations.lifecycle import DayPrecision, MeetingState, Priority
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    Finding,
    Inquiry,
    Meeting,
    Recommendation,
    Relation,
    Response,
    TargetChange,
)
from recommendations.permissions import Right, require
from recommendations.queries.correction_effects import Effect, effects, readings
from recommendations.queries.corrections import CorrectedFact, facts, facts_of_replaced, with_names
from recommendations.utils.personal_data import suspicions_by_field

NOT_ON_THE_RECORD = "This is not on the public record yet. Change it instead of correcting it"
NOTHING_CHANGED = "Enter what is right: this is what is recorded now"


def _reason(reason: str) -> str:
    """Return the reason as it is kept. Raise ActionDenied without one."""
    words = clean_text(reason)
    if not words:
        raise ActionDenied("Enter how it came to be recorded wrong. Everybody can read it", "reason")
    return words


def _record(by: User, subject: models.Model, reason: str, looked_at: bool, **details: Any) -> Correction:
    """Record a correction. `looked_at` says that what looks like personal data in the reason, and in the new words, was looked at.

    Raise ActionDenied without a reason, or with such words that were not looked at: everybody reads them.
    """
    new = {name: value for name, value in (details.get("after") or {}).items() if isinstance(value, str)}
    before = details.get("before") or {}
    said = {name: value for name, value in new.items() if value != before.get(name)}
    check_looked_at(suspicions_by_field({**said, "why": reason}), looked_at)
    correction = Correction(
        **{str(subject._meta.model_name): subject}, corrected_by=by, corrected_at=clock.now(), **details
    )
    save(correction, reason=_reason(reason))
    return correction


def _kept(value: Any) -> Any:
    """Return a value as the database has it in JSON."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _set(by: User, row: Any, reason: str, looked_at: bool, values: Mapping[str, Any]) -> Correction:
    """Record the correction of these columns, then set them. The values are by the names of fields.

    Raise ActionDenied where nothing would change, and as `_record` does.
    """
    trial = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    for name, value in values.items():
        setattr(trial, name, clean_value(row, name, value) if isinstance(value, str) else value)
    names = [row._meta.get_field(name).attname for name in values]
    changed = [name for name in names if getattr(trial, name) != getattr(row, name)]
    if not changed:
        raise ActionDenied(NOTHING_CHANGED)
    correction = _record(
        by,
        row,
        reason,
        looked_at,
        before={name: _kept(getattr(row, name)) for name in names},
        after={name: _kept(getattr(trial, name)) for name in names},
    )
    save(row, **values)
    return correction


# ------------------------------------------------------------------ a part: its notice, first date, addressee


@action
def correct_notice_date(
    *,
    by: User,
    assignment: Assignment,
    on: dt.date,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
) -> Correction:
    """Correct the day on which a body was sent its notice. Its response clock is counted anew; a notice that a source tells of
    has none.

    A first date that had passed by then makes nothing late. Raise EditConflict, and ActionDenied for a day before the
    recommendation was published, in the future, or after the body responded.
    """
    require(by, Right.CORRECT, assignment)
    assignment = _standing(assignment, version)
    if assignment.notified_on is None:
        raise ActionDenied("No notice was sent yet. Send it instead")
    published = assignment.recommendation.public_since
    if on > clock.today():
        raise ActionDenied("Enter the day the notice was sent: today or earlier", "on")
    if published is not None and on < published:
        raise ActionDenied(
            f"The recommendation was published on {long_date(published)}. Enter that day or a later one", "on"
        )
    first = assignment.responses.standing().order_by("decided_on").first()
    if first is not None and first.decided_on < on:
        raise ActionDenied(
            f"The body responded on {long_date(first.decided_on)}, so it was sent by then. Enter that day or an earlier one",
            "on",
        )
    correction = _set(
        by,
        assignment,
        reason,
        looked_at,
        {
            "notified_on": on,
            "response_due_on": None if assignment.notice_from_source else assignment.body.response_due(on),
        },
    )
    recompute_recommendation(assignment.recommendation)
    return correction


@action
def correct_first_date(
    *,
    by: User,
    assignment: Assignment,
    on: dt.date,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
) -> Correction:
    """Correct the first date of a body's part that was typed wrong. Lateness is counted from the right one.

    A later date that the committee agreed stands, and one that had passed before the body was sent the notice makes nothing late.
    Raise EditConflict, and ActionDenied while a new date that the body asks for waits, and for a day after one that was agreed
    since: no new date is agreed that is earlier than the first.
    """
    require(by, Right.CORRECT, assignment)
    assignment = _standing(assignment, version)
    if assignment.first_target_on is None:
        raise ActionDenied("No first date is set yet. Set it instead")
    if assignment.target_changes.requested().exists():
        raise ActionDenied(
            "A new date has been asked for. Record whether it was agreed, then correct the first date"
        )
    agreed = assignment.target_changes.agreed()
    passed = (
        agreed.filter(new_date__gte=assignment.first_target_on, new_date__lt=on).order_by("new_date").first()
    )
    if passed is not None:
        raise ActionDenied(
            f"A new date was agreed after the first one: {long_date(passed.new_date)}. Enter that day or an earlier one, "
            "or correct that decision first if it was recorded wrong",
            "on",
        )
    if not agreed.exists():
        assignment.target_on, assignment.target_period = on, None
    no_period = {"first_target_period": None} if assignment.first_target_period else {}
    correction = _set(by, assignment, reason, looked_at, {"first_target_on": on, **no_period})
    recompute_recommendation(assignment.recommendation)
    return correction


@action
def correct_addressee(
    *, by: User, assignment: Assignment, body: Body | None, reason: str, looked_at: bool = False
) -> Assignment | None:
    """Record that a recommendation was addressed to the wrong body, and address it to the right one (None: to nobody).

    The wrong body's part ends: nothing is asked of it, and what it answered stays on the record, marked. The right body
    gets a part of its own, with the same first date if that is still to come, and a notice by the ordinary step. Return
    that part.

    Raise ActionDenied for a body that has a part already, and where the committee has given its view of the part.
    """
    require(by, Right.CORRECT, assignment)
    assignment = _standing(assignment)
    recommendation = assignment.recommendation
    if body is not None and body.pk == assignment.body_id:
        raise ActionDenied("It is addressed to this body already. Select another", "body")
    if assignment.assessments.standing().exists():
        raise ActionDenied(
            "The committee has given its view of this body’s part. If that was recorded in error, correct it first"
        )
    right = None
    if body is not None:
        right = address(
            by=by,
            recommendation=recommendation,
            body=body,
            is_lead=assignment.is_lead,
            first_target_on=first_date_in_its_place(assignment),
        )
    _record(
        by,
        assignment,
        reason,
        looked_at,
        voids=True,
        before={"body_id": assignment.body_id},
        after={"body_id": body.pk if body is not None else None},
        replacing_assignment=right,
    )
    recompute_recommendation(recommendation)
    return right


def first_date_in_its_place(assignment: Assignment) -> dt.date | None:
    """Return the first date that another body gets in place of the one addressed in error: the committee's, or None where that
    is over. A body that was never asked can't be late; committee support sets it a date.
    """
    first = assignment.first_target_on
    return first if first is not None and first >= clock.today() else None


def _standing(assignment: Assignment, version: int | None = None) -> Assignment:
    """Return the part, locked, with its version raised. Raise ActionDenied for one of a draft, or that was addressed in
    error, and EditConflict as `claim_version` does.
    """
    recommendation = lock(assignment.recommendation)
    assignment = lock(assignment)
    if not recommendation.is_public:
        raise ActionDenied(NOT_ON_THE_RECORD)
    if assignment.withdrawn_at is not None:
        raise ActionDenied("This was corrected already: nothing is asked of this body any more")
    assignment = claim_version(assignment, version)
    assignment.recommendation = recommendation
    return assignment


# ------------------------------------------------------------------ responses and verdicts


@action
def correct_response(
    *,
    by: User,
    response: Response,
    reason: str,
    right: Mapping[str, Any] | None = None,
    looked_at: bool = False,
) -> Response | None:
    """Record that a response was recorded in error, and the right one if there is one; see `record_response`.

    The wrong one stays on the record, marked, and counts nowhere. Evidence stays with it. Return the right one.
    """
    require(by, Right.CORRECT, response)
    _reason(reason)
    recommendation = lock(response.assignment.recommendation)
    response = lock(response)
    if response.voided_at is not None:
        raise ActionDenied("This response was corrected already")
    if not response.assignment.recommendation.is_public:
        raise ActionDenied(NOT_ON_THE_RECORD)
    replacing = None
    if right is not None:
        exempt = {
            name: getattr(response, name) for name in ("exempt_text", "exempt_paragraphs", "public_summary")
        }
        details = {**exempt, **right}
        if all(getattr(response, name) == _clean(value) for name, value in details.items()):
            raise ActionDenied(NOTHING_CHANGED)
        [replacing] = record_response(
            by=by, assignments=[response.assignment], corrects=response, looked_at=looked_at, **details
        )
    _record(by, response, reason, looked_at, voids=True, replacing_response=replacing)
    recompute_recommendation(recommendation)
    return replacing


def _clean(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) else value


@action
def correct_assessment(
    *,
    by: User,
    assessment: Assessment,
    reason: str,
    right: Mapping[str, Any] | None = None,
    looked_at: bool = False,
) -> Assessment | None:
    """Record that a verdict was recorded in error, such as on the wrong recommendation, and the right one in the same step.

    `right` holds what `assess` takes. The wrong one stays on the record, marked, and closes, reopens and escalates nothing.
    Return the right one. Raise ActionDenied where a later verdict builds on the wrong one.
    """
    require(by, Right.CORRECT, assessment)
    _reason(reason)
    recommendation = lock(assessment.recommendation)
    assessment = lock(assessment)
    if assessment.voided_at is not None:
        raise ActionDenied("This view was corrected already")
    closed_before = closed_parts(recommendation)
    concerned = {recommendation, *([right["recommendation"]] if right is not None else [])}
    irregular = {one.pk for each in concerned for one in not_following(each)}
    replacing = None
    if right is not None:
        same = ("recommendation", "assignment", "meeting", "grade", "outcome", "invited_to", "comment")
        said = {name: _clean(right.get(name, "" if name == "comment" else None)) for name in same}
        if all(getattr(assessment, name) == value for name, value in said.items()):
            raise ActionDenied(NOTHING_CHANGED)
        check_looked_at(suspicions_by_field({"comment": right.get("comment", "")}), looked_at)
        replacing = assess(by=by, corrects=assessment, **right)
    _record(by, assessment, reason, looked_at, voids=True, replacing_assessment=replacing)
    for one in concerned:
        check_sequence(one, irregular)
        recompute_recommendation(one)
    follow_up_again(
        by=by, recommendation=recommendation, closed_before=closed_before, on=assessment.meeting.held_on
    )
    return replacing


@action
def correct_date_decision(
    *,
    by: User,
    change: TargetChange,
    reason: str,
    right: Mapping[str, Any] | None = None,
    looked_at: bool = False,
) -> TargetChange | None:
    """Record that the decision on a new date was recorded in error, and the right one in the same step.

    `right` holds what `decide_in_place` takes; without it no decision was taken, and the request waits again. The wrong entry
    stays in the ledger, marked, and moves no date. Return the entry in its place. Raise ActionDenied while a later request waits.
    """
    require(by, Right.CORRECT, change)
    _reason(reason)
    assignment = _standing(change.assignment)
    change = lock(change)
    change.assignment = assignment
    if change.voided_at is not None:
        raise ActionDenied("This decision was corrected already")
    if change.decided_at is None:
        raise ActionDenied("Nothing was decided on this new date yet. Record the decision instead")
    if assignment.target_changes.requested().exists():
        raise ActionDenied(
            "A new date has been asked for. Record whether it was agreed, then correct this decision"
        )
    if right is not None and _as_recorded(change, right):
        raise ActionDenied(NOTHING_CHANGED)
    if right is not None:
        check_looked_at(suspicions_by_field({"note": right.get("note", "")}), looked_at)
    replacing = wait_again(change) if right is None else decide_in_place(by=by, corrects=change, **right)
    _record(by, change, reason, looked_at, voids=True, replacing_targetchange=replacing)
    recompute_recommendation(assignment.recommendation)
    return replacing


def _as_recorded(change: TargetChange, right: Mapping[str, Any]) -> bool:
    """Return whether the decision said to be right is the one that is recorded."""
    other, meeting = right.get("other_date"), right.get("meeting")
    day = meeting.held_on if meeting is not None else right.get("decided_on")
    agreed = (other or change.date_asked_for) if right["agreed"] else None
    said = (agreed, right["decided_as"], _clean(right.get("note", "")), meeting, day)
    return said == (
        change.agreed_date,
        change.decided_as,
        change.decision_note,
        change.meeting,
        change.decided_on,
    )


# ------------------------------------------------------------------ recommendations


@action
def correct_recommendation(
    *,
    by: User,
    recommendation: Recommendation,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
    **values: Any,
) -> Correction:
    """Correct the number, reference, heading, priority, success measure, finding, meeting or note of a published
    recommendation. Its exact words change by `edit_recommendation`, with the wording before kept.

    Raise ActionDenied for a meeting that was cancelled or is still to come.
    """
    require(by, Right.CORRECT, recommendation)
    recommendation = claim_version(recommendation, version)
    if not recommendation.is_public:
        raise ActionDenied(NOT_ON_THE_RECORD)
    check_priority(recommendation.inquiry, values, stated=recommendation.priority != Priority.NOT_STATED)
    made_at = values.get("made_at")
    if made_at is not None and made_at.pk != recommendation.made_at_id:
        values["made_at"] = check_sitting(made_at, "made_at")
    if recommendation.heading_is_ours and "heading" in values:
        values["heading_is_ours"] = False
    return _set(by, recommendation, reason, looked_at, values)


@action
def withdraw_recommendation(
    *, by: User, recommendation: Recommendation, reason: str, looked_at: bool = False
) -> Correction:
    """Withdraw a recommendation that was published by mistake. It stays on the record as withdrawn, with the reason.

    It is neither open nor implemented: nobody is asked of it any more, and no figure counts it. Raise ActionDenied once the
    committee has given its view of it.
    """
    require(by, Right.CORRECT, recommendation)
    recommendation = lock(recommendation)
    if not recommendation.is_public:
        raise ActionDenied("This is not published. Remove it instead")
    if recommendation.withdrawn_at is not None:
        raise ActionDenied("This recommendation was withdrawn already")
    given = recommendation.assessments.standing().select_related("meeting").first()
    if given is not None:
        raise ActionDenied(
            f"The committee gave its view of it on {long_date(given.meeting.held_on)}, so it stays. If that was recorded in"
            " error, correct it first"
        )
    return _record(by, recommendation, reason, looked_at, voids=True)


@action
def correct_relation(*, by: User, relation: Relation, reason: str, looked_at: bool = False) -> Correction:
    """Take back that a published recommendation repeats or supersedes an earlier one, recorded in error."""
    require(by, Right.CORRECT, relation.later)
    lock(relation.later)
    if not Relation.objects.filter(pk=relation.pk).exists():
        raise ActionDenied("This relation was taken back already")
    values = {
        "id": relation.pk,
        "kind": relation.kind,
        "earlier_id": relation.earlier_id,
        "reference": relation.earlier.reference,
    }
    correction = _record(
        by, relation.later, reason, looked_at, before={"relation": values}, after={"relation": None}
    )
    relation.delete()
    return correction


# ------------------------------------------------------------------ findings, inquiries, meetings


@action
def correct_finding(
    *,
    by: User,
    finding: Finding,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
    **values: Any,
) -> Correction:
    """Correct the number or the text of a finding in a public report."""
    require(by, Right.CORRECT, finding)
    finding = claim_version(finding, version)
    if not finding.inquiry.is_public:
        raise ActionDenied(NOT_ON_THE_RECORD)
    return _set(by, finding, reason, looked_at, values)


@action
def correct_inquiry(
    *,
    by: User,
    inquiry: Inquiry,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
    **values: Any,
) -> Correction:
    """Correct the day of publication, title, reference, scope, summary or chair of a public inquiry.

    Of a report of which only the month was known, the day is known from then on. Raise ActionDenied for a day of publication in
    the future, or after something that followed the report.
    """
    require(by, Right.CORRECT, inquiry)
    inquiry = claim_version(inquiry, version)
    if not inquiry.is_public:
        raise ActionDenied(NOT_ON_THE_RECORD)
    if "published_on" in values:
        check_published_on(inquiry, values["published_on"])
        values |= {"published_period": None} if inquiry.published_period else {}
    return _set(by, inquiry, reason, looked_at, values)


@action
def correct_meeting_date(
    *,
    by: User,
    meeting: Meeting,
    held_on: dt.date,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
) -> Correction:
    """Correct the day of a meeting that was typed wrong, with all that was decided at it: that is filed under the right day.

    A meeting that is held on another day than planned is moved instead, see `edit_meeting`. Of one of which only the month was
    known, the day is known from then on. Raise ActionDenied for a day in
    the future, one at which the committee did not follow up what it decided on, and where its decisions would no longer
    follow from one another.
    """
    require(by, Right.CORRECT, meeting)
    recommendations = locked(hangs_on(meeting))
    meeting = claim_version(meeting, version)
    if meeting.state == MeetingState.CANCELLED:
        raise ActionDenied("This meeting was cancelled, so nothing hangs on its day")
    if not meeting.business():
        raise ActionDenied("Nothing hangs on the day of this meeting yet. Change its date instead")
    if held_on > clock.today():
        raise ActionDenied(
            "Something was decided at this meeting. Enter the day it was held: today or earlier", "held_on"
        )
    day_becomes_known = {} if meeting.has_day else {"day_precision": DayPrecision.DAY}
    with filed_anew(recommendations):
        correction = _set(by, meeting, reason, looked_at, {"held_on": held_on, **day_becomes_known})
        _check_followed_up(meeting)
    return correction


def _check_followed_up(meeting: Meeting) -> None:
    """Raise ActionDenied where the committee cannot have given its view on that day."""
    given = meeting.assessments.standing().select_related("recommendation__inquiry__committee")
    for inquiry in {verdict.recommendation.inquiry for verdict in given}:
        if inquiry.published_from is not None and meeting.held_on < inquiry.published_from:
            raise ActionDenied(
                f"The report of “{inquiry.title}” was published on {long_date(inquiry.published_on)}. Enter that day or a"
                " later one",
                "held_on",
            )
        if inquiry.committee_on(meeting.held_on).pk != meeting.body_id:
            raise ActionDenied(
                f"“{inquiry.title}” was followed up by the {inquiry.committee_on(meeting.held_on).name} on that day",
                "held_on",
            )


# ------------------------------------------------------------------ what a correction would do


_PRESENT_TRANSACTION = models.Func(function="this_transaction", output_field=models.CharField())


@dataclass(frozen=True)
class Preview:
    """What a correction would record and change."""

    facts: list[CorrectedFact]
    effects: list[Effect]


def preview(
    *, by: User, act: Callable[..., Any], recommendations: Collection[int], **details: Any
) -> Preview:
    """Return what a correction would change, by carrying it out and taking it back. Raise what it raises.

    `recommendations` are those whose state it may change.
    """
    with transaction.atomic():
        before = readings(recommendations)
        last = Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act(by=by, **details)
        made = with_names(Correction.objects.filter(pk__gt=last, transaction=_PRESENT_TRANSACTION))
        said = [fact for one in made for fact in facts(one) or facts_of_replaced(one)]
        after = readings(recommendations)
        transaction.set_rollback(True)
    return Preview(said, effects(before, after))


__all__ = [
    "correct_addressee",
    "correct_assessment",
    "correct_date_decision",
    "correct_finding",
    "correct_first_date",
    "correct_inquiry",
    "correct_meeting_date",
    "correct_notice_date",
    "correct_recommendation",
    "correct_relation",
    "correct_response",
    "hangs_on",
    "preview",
    "withdraw_recommendation",
]
