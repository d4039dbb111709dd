"""What can be corrected on the public record: each kind of fact, with what its pages need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from committee.accounts.models import User
from committee.formatting import long_date, plural
from recommendations.actions import corrections as actions
from recommendations.forms import corrections as forms
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
from recommendations.queries.anchors import fragment
from recommendations.queries.correction_marks import stands_now
from recommendations.queries.corrections import relation_taken_back

IN_THE_FORM = (
    "What is recorded now stands in the form. Enter what is right. Both stay on the record for everybody to read, with your"
    " reason. Dates, clocks and states are worked out anew from what is right."
)


@dataclass(frozen=True)
class Correctable:
    """A kind of fact that can be corrected, and all that its pages need of it."""

    name: str
    """What the action calls the row."""
    heading: str
    rows: Callable[[User], Any]
    form: Callable[[Any, Any], Any]
    """Return the form, given the data and the row."""
    act: Callable[..., Any]
    of: Callable[[Any], Any]
    """Return the recommendation, inquiry or meeting that the row belongs to: the page's caption, and where it leads."""
    concerns: Callable[[Any, dict[str, Any]], Collection[int]]
    """Return the ids of the recommendations whose state the correction may change."""
    told: Callable[[Any], list[str]]
    """Return who is told by e-mail, or that nobody is, in sentences."""
    notes: Callable[[Any, dict[str, Any]], list[str]] = lambda row, details: []
    """Return what else happens, in sentences."""
    about: Callable[[Any], str] = lambda row: ""
    """Return which of several the row is, where the caption does not say it."""
    lead: str = IN_THE_FORM
    """What to do on the page, and what becomes of it."""
    go_on: Callable[[Any], tuple[str, str] | None] = lambda done: None
    """Return the text and the address of the link to what is to be done next, given what the action returned."""
    danger: bool = False
    is_once: bool = False
    """Whether nothing is left to correct of a row that was recorded in error."""
    gone: Callable[[User, int], Any] = lambda user, pk: None
    """Return the row of this number as it was, where its correction took it off the record; None where none did."""


def _assignments(user: User) -> Any:
    return Assignment.objects.visible_to(user).published().for_list()


def _of_reports(user: User) -> Any:
    return Recommendation.objects.order_by().published().visible_to(user)


def _whose(row: Assignment) -> str:
    return f"The part of {row.owner_name}"


def _which_response(row: Response) -> str:
    return f"{row.assignment.owner_name}, {long_date(row.decided_on)}: {row.get_decision_display()}"


def _which_view(row: Assessment) -> str:
    of = f", of {row.assignment.body.name}" if row.assignment is not None else ""
    said = f"{row.get_grade_display()}. {row.get_outcome_display()}"
    return f"{row.meeting.body.name}, {long_date(row.meeting.held_on)}{of}: {said}"


def _which_date(row: TargetChange) -> str:
    asked = f"{long_date(row.old_date)} to {long_date(row.date_asked_for)}"
    said = f", {long_date(row.new_date)} agreed instead" if row.asked_date is not None else ""
    return f"{row.assignment.owner_name}, {asked}{said}: {row.decision_words or 'asked for'}"


def _of_date(row: TargetChange, details: dict[str, Any]) -> list[str]:
    notes = ["The wrong entry stays in the changes of the date, marked, and moves no date."]
    if details.get("right") is None and not row.is_imported:
        notes.append(
            "The request waits for a decision again, among the new dates asked for."
            if row.assignment.is_open
            else "The committee closed this, so nobody is asked to decide on the request."
        )
    return notes


def stands_in_its_place(correction: Correction) -> tuple[str, str] | None:
    """Return what stands in the place of what was recorded in error, in words, and its address; None where nothing does."""
    match stands_now(correction):
        case Response() as row:
            words, recommendation, place = _which_response(row), row.assignment.recommendation, fragment(row)
        case Assessment() as row:
            words, recommendation, place = _which_view(row), row.recommendation, fragment(row)
        case TargetChange() as row:
            words, recommendation, place = _which_date(row), row.assignment.recommendation, fragment(row)
        case Assignment() as row:
            words, recommendation, place = _whose(row), row.recommendation, f"#body-{row.pk}"
        case _:
            return None
    page = reverse("recommendation", args=[recommendation.pk])
    return f"{recommendation.reference}: {words}", f"{page}{place}"


def _people_told(row: Assignment) -> str:
    if row.notified_on is None:
        return f"No notice was sent to {row.body.name}, so nobody there is told."
    return f"Those who write and approve for {row.body.name} are told that nothing is asked of it any more."


def _nobody_told(row: Any) -> list[str]:
    return [
        "No e-mail tells anybody of this correction. Reminders and notices go by what is right from then on."
    ]


def _of_addressee(row: Assignment, details: dict[str, Any]) -> list[str]:
    body, said = details.get("body"), row.responses.standing().count() + row.updates.published().count()
    notes = []
    if said:
        notes.append(
            f"{plural(said, 'response or update', 'responses and updates')} of {row.body.name}"
            f" {'stays' if said == 1 else 'stay'} on the record, marked."
        )
    if body is not None:
        notes.append(f"{body.name} is asked once you send it the notice: its time to respond begins then.")
        if row.first_target_on is not None and actions.first_date_in_its_place(row) is None:
            notes.append(
                f"The first date, {long_date(row.first_target_on)}, is over. {body.name} was never asked, so it is not late:"
                " set its first date afterwards."
            )
    return notes


def _send_notice(right: Assignment | None) -> tuple[str, str] | None:
    if right is None:
        return None
    page = reverse("send_notices", args=[right.recommendation.inquiry_id])
    return f"Send the notice to {right.body.name}", page


def _of_notice(row: Assignment, details: dict[str, Any]) -> list[str]:
    """Return by which term the response is due once the notice has its right day, and that the first date had passed by then."""
    return [*_term_in_words(row, details), *_passed_before(row, details["on"], row.first_target_on)]


def _of_first_date(row: Assignment, details: dict[str, Any]) -> list[str]:
    return _passed_before(row, row.notified_on, details["on"])


def _passed_before(row: Assignment, sent: dt.date | None, first: dt.date | None) -> list[str]:
    """Return the sentence that a first date makes nothing late, where it had passed before the notice."""
    if sent is None or first is None or first >= sent or row.is_imported:
        return []
    return [
        f"The first date, {long_date(first)}, had passed before the notice of {long_date(sent)}: it makes nothing late."
    ]


def _term_in_words(row: Assignment, details: dict[str, Any]) -> list[str]:
    if row.notice_from_source:
        return ["A source tells of this notice, so no time to respond is counted from it."]
    due, was = row.body.response_due(details["on"]), row.response_due_on
    if due is None:
        over = (
            f" The day that was counted before, {long_date(was)}, is due no more." if was is not None else ""
        )
        return [f"{row.body.name} has no set term to respond, so none is counted.{over}"]
    notes = [f"The response is due {row.body.term} after the right day: {long_date(due)}."]
    if row.notified_on is not None and was != row.body.response_due(row.notified_on):
        before = f"due {long_date(was)}" if was is not None else "without a term"
        notes.append(
            f"It was sent under another term, {before}. The term of {row.body.name} today is {row.body.term}, and that is what is"
            " counted now."
        )
    return notes


def _of_meeting(row: Meeting, details: dict[str, Any]) -> list[str]:
    notes = [f"{fact}." for fact in row.business()] + ["What was decided at it is filed under the right day."]
    dated = row.responses.standing().decided_on_day(row.held_on).count()
    if dated:
        notes.append(
            f"{plural(dated, 'response')} recorded as decided on {long_date(row.held_on)} at this meeting: the day of a response is"
            " corrected on its own page."
        )
    if row.packs.are_released():
        notes.append("Released papers keep the day they were made with.")
    return notes


def _recommendation_form(data: Any, row: Recommendation) -> Any:
    return forms.RecommendationCorrectionForm(
        data,
        recommendation=row,
        findings=list(row.inquiry.findings.all()),
        meetings=Meeting.objects.of(row.inquiry.committee).begun().offered(row.made_at),
    )


def _addressee_form(data: Any, row: Assignment) -> Any:
    taken = row.recommendation.assignments.standing().values("body")
    return forms.AddresseeForm(data, bodies=list(Body.objects.existing().but(taken)))


def _assessment_form(data: Any, row: Assessment) -> Any:
    committee = row.recommendation.inquiry.committee
    among = Recommendation.objects.published().standing().of_committees({committee.pk})
    parts = Assignment.objects.standing().of_recommendations(among.order_by().values("pk"))
    return forms.AssessmentCorrectionForm(
        data,
        assessment=row,
        bodies=list(Body.objects.owning_among(parts)),
        meetings=Meeting.objects.of(row.meeting.body).begun().offered(row.meeting),
        later=Meeting.objects.of(committee).offered(),
        choose_from=among,
    )


def _judged(row: Assessment, details: dict[str, Any]) -> set[int]:
    right = details.get("right")
    return {row.recommendation_id, *([right["recommendation"].pk] if right else [])}


CORRECTABLE = {
    "notice": Correctable(
        name="assignment",
        heading="Correct the date of the notice",
        rows=_assignments,
        form=lambda data, row: forms.NoticeDateForm(data, assignment=row),
        act=actions.correct_notice_date,
        about=_whose,
        of=lambda row: row.recommendation,
        told=_nobody_told,
        concerns=lambda row, details: {row.recommendation_id},
        notes=_of_notice,
        is_once=True,
    ),
    "first-date": Correctable(
        name="assignment",
        heading="Correct the first date",
        rows=_assignments,
        form=lambda data, row: forms.FirstDateForm(data, assignment=row),
        act=actions.correct_first_date,
        about=_whose,
        of=lambda row: row.recommendation,
        told=_nobody_told,
        concerns=lambda row, details: {row.recommendation_id},
        notes=_of_first_date,
        is_once=True,
    ),
    "addressee": Correctable(
        name="assignment",
        heading="Correct whom it is addressed to",
        rows=_assignments,
        form=_addressee_form,
        act=actions.correct_addressee,
        go_on=_send_notice,
        about=lambda row: f"Recorded now: {row.owner_name}",
        lead="Select the body that it should have been addressed to. Both stay on the record for everybody to read, with your"
        " reason. The wrong body’s part ends, and what it answered stays.",
        of=lambda row: row.recommendation,
        concerns=lambda row, details: {row.recommendation_id},
        told=lambda row: [_people_told(row)],
        notes=_of_addressee,
        is_once=True,
    ),
    "response": Correctable(
        name="response",
        heading="Correct a response",
        rows=lambda user: Response.objects.visible_to(user).published().with_recommendation().for_timeline(),
        form=lambda data, row: forms.ResponseCorrectionForm(
            data, response=row, meetings=Meeting.objects.of(row.assignment.body).begun().offered(row.meeting)
        ),
        act=actions.correct_response,
        about=_which_response,
        of=lambda row: row.assignment.recommendation,
        told=_nobody_told,
        concerns=lambda row, details: {row.assignment.recommendation_id},
        is_once=True,
    ),
    "view": Correctable(
        name="assessment",
        heading="Correct the committee’s view",
        rows=lambda user: (
            Assessment.objects.of_recommendations(
                Recommendation.objects.order_by().visible_to(user).values("pk")
            )
            .with_recommendation()
            .for_timeline()
        ),
        form=_assessment_form,
        act=actions.correct_assessment,
        about=_which_view,
        of=lambda row: row.recommendation,
        told=_nobody_told,
        concerns=_judged,
        is_once=True,
    ),
    "date": Correctable(
        name="change",
        heading="Correct the decision on a new date",
        rows=lambda user: TargetChange.objects.visible_to(user).published().decided().for_list(),
        form=lambda data, row: forms.DateDecisionCorrectionForm(
            data,
            change=row,
            meetings=Meeting.objects.of(row.assignment.recommendation.inquiry.committee)
            .begun()
            .offered(row.meeting),
        ),
        act=actions.correct_date_decision,
        about=_which_date,
        of=lambda row: row.assignment.recommendation,
        told=_nobody_told,
        concerns=lambda row, details: {row.assignment.recommendation_id},
        notes=_of_date,
        is_once=True,
    ),
    "recommendation": Correctable(
        name="recommendation",
        heading="Correct the recommendation",
        rows=lambda user: Recommendation.objects.published().visible_to(user).for_record(),
        form=_recommendation_form,
        act=actions.correct_recommendation,
        of=lambda row: row,
        told=_nobody_told,
        concerns=lambda row, details: {row.pk},
    ),
    "withdrawal": Correctable(
        name="recommendation",
        heading="Withdraw a recommendation published by mistake",
        rows=lambda user: Recommendation.objects.published().visible_to(user).for_record(),
        form=lambda data, row: forms.CorrectionForm(data),
        act=actions.withdraw_recommendation,
        lead="It stays on the record as withdrawn, with your reason. Nobody is asked to act on it any more, and no figure"
        " counts it. You see what changes before anything is recorded.",
        of=lambda row: row,
        concerns=lambda row, details: {row.pk},
        notes=lambda row, details: [
            "It stays on the record as withdrawn, with the reason, and no figure counts it."
        ],
        told=lambda row: (
            [_people_told(part) for part in row.assignments.standing().for_list()]
            or ["It is addressed to nobody, so nobody is told by e-mail."]
        ),
        danger=True,
        is_once=True,
    ),
    "relation": Correctable(
        name="relation",
        heading="Take back a relation",
        rows=lambda user: Relation.objects.on(_of_reports(user)),
        gone=lambda user, pk: relation_taken_back(pk, _of_reports(user)),
        is_once=True,
        form=lambda data, row: forms.CorrectionForm(data),
        act=actions.correct_relation,
        about=lambda row: f"{row.get_kind_display()} {row.earlier.reference}",
        lead="The two no longer read as related. That they did, and your reason, stay on the record for everybody to read.",
        of=lambda row: row.later,
        told=_nobody_told,
        concerns=lambda row, details: {row.later_id},
    ),
    "finding": Correctable(
        name="finding",
        heading="Correct a finding",
        rows=lambda user: Finding.objects.visible_to(user),
        form=lambda data, row: forms.FindingCorrectionForm(data, finding=row),
        act=actions.correct_finding,
        about=lambda row: f"Finding {row.number}",
        of=lambda row: row.inquiry,
        told=_nobody_told,
        concerns=lambda row, details: (),
    ),
    "inquiry": Correctable(
        name="inquiry",
        heading="Correct the inquiry",
        rows=lambda user: Inquiry.objects.published().visible_to(user).select_related("committee"),
        form=lambda data, row: forms.InquiryCorrectionForm(data, inquiry=row),
        act=actions.correct_inquiry,
        of=lambda row: row,
        told=_nobody_told,
        concerns=lambda row, details: (),
    ),
    "meeting": Correctable(
        name="meeting",
        heading="Correct the date of the meeting",
        rows=lambda user: Meeting.objects.for_list(),
        form=lambda data, row: forms.MeetingDateForm(data, meeting=row),
        act=actions.correct_meeting_date,
        of=lambda row: row,
        told=_nobody_told,
        concerns=lambda row, details: actions.hangs_on(row),
        notes=_of_meeting,
    ),
}
"""What can be corrected, by its word in the address."""
