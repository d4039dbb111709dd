"""Correct what is on the public record: what is right and why, a check of what that changes, and the record of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from committee.accounts.models import User
from committee.formatting import long_date, plural
from recommendations.actions import corrections as actions
from recommendations.actions import recommendations as recommendation_actions
from recommendations.forms import corrections as forms
from recommendations.forms.recommendations import MOST_MEETINGS
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Finding,
    Inquiry,
    Meeting,
    Recommendation,
    Relation,
    Response,
)
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_url
from recommendations.views.scrutiny.recommendations import recommendation_or_404, recommendation_url

NOT_SENT = ("csrfmiddlewaretoken", "ticket", "record", "change")
"""What of a sent form is not carried on to the check page and back."""


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
    notes: Callable[[Any, dict[str, Any]], list[str]] = lambda row, details: []
    """Return what else happens, and to whom, in sentences."""
    danger: bool = False


def _assignments(user: User) -> Any:
    return Assignment.objects.visible_to(user).published().standing().for_list()


def _people_told(row: Assignment) -> str:
    if row.notified_on is None:
        return f"No notice was sent to {row.body.name}, so nobody there is told."
    return f"Those who write and approve for {row.body.name} are told that nothing is asked of it any more."


def _of_addressee(row: Assignment, details: dict[str, Any]) -> list[str]:
    body, said = details.get("body"), row.responses.standing().count() + row.updates.published().count()
    notes = [_people_told(row)]
    if said:
        notes.append(
            f"{plural(said, 'response or update', 'responses and updates')} of {row.body.name} stay on the record, marked."
        )
    if body is not None:
        notes.append(f"{body.name} is asked once you send it the notice: its time to respond begins then.")
    return notes


def _of_meeting(row: Meeting, details: dict[str, Any]) -> list[str]:
    notes = [f"{fact}: it is filed under the right day." for fact in row.business()]
    dated = row.responses.standing().decided_on_day(row.held_on).count()
    if dated:
        notes.append(
            f"{plural(dated, 'response')} recorded as decided on {long_date(row.held_on)} at this meeting: the day of a response is"
            " corrected on its own page."
        )
    if row.packs.are_released():
        notes.append("Released papers keep the day they were made with.")
    return notes


def _meetings_of(body: Body, also: Meeting | None) -> list[Meeting]:
    meetings = list(Meeting.objects.of(body).begun().for_list()[:MOST_MEETINGS])
    return meetings if also is None or also in meetings else [*meetings, also]


def _recommendation_form(data: Any, row: Recommendation) -> Any:
    return forms.RecommendationCorrectionForm(
        data,
        recommendation=row,
        findings=list(row.inquiry.findings.all()),
        meetings=_meetings_of(row.inquiry.committee, row.made_at),
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
        meetings=_meetings_of(row.meeting.body, row.meeting),
        later=list(Meeting.objects.of(committee).for_list()[:MOST_MEETINGS]),
        choose_from=among,
    )


def _judged(row: Assessment, details: dict[str, Any]) -> set[int]:
    right = details.get("right")
    return {row.recommendation_id, *([right["recommendation"].pk] if right else [])}


CORRECTABLE = {
    "notice": Correctable(
        "assignment",
        "Correct the date of the notice",
        _assignments,
        lambda data, row: forms.NoticeDateForm(data, assignment=row),
        actions.correct_notice_date,
        lambda row: row.recommendation,
        lambda row, details: {row.recommendation_id},
    ),
    "first-date": Correctable(
        "assignment",
        "Correct the first date",
        _assignments,
        lambda data, row: forms.FirstDateForm(data, assignment=row),
        actions.correct_first_date,
        lambda row: row.recommendation,
        lambda row, details: {row.recommendation_id},
    ),
    "addressee": Correctable(
        "assignment",
        "Correct whom it is addressed to",
        _assignments,
        _addressee_form,
        actions.correct_addressee,
        lambda row: row.recommendation,
        lambda row, details: {row.recommendation_id},
        _of_addressee,
    ),
    "response": Correctable(
        "response",
        "Correct a response",
        lambda user: (
            Response.objects.visible_to(user).published().standing().with_recommendation().for_timeline()
        ),
        lambda data, row: forms.ResponseCorrectionForm(
            data, response=row, meetings=_meetings_of(row.assignment.body, row.meeting)
        ),
        actions.correct_response,
        lambda row: row.assignment.recommendation,
        lambda row, details: {row.assignment.recommendation_id},
    ),
    "view": Correctable(
        "assessment",
        "Correct the committee’s view",
        lambda user: (
            Assessment.objects.of_recommendations(
                Recommendation.objects.order_by().visible_to(user).values("pk")
            )
            .standing()
            .with_recommendation()
            .for_timeline()
        ),
        _assessment_form,
        actions.correct_assessment,
        lambda row: row.recommendation,
        _judged,
    ),
    "recommendation": Correctable(
        "recommendation",
        "Correct the recommendation",
        lambda user: Recommendation.objects.published().visible_to(user).for_record(),
        _recommendation_form,
        actions.correct_recommendation,
        lambda row: row,
        lambda row, details: {row.pk},
    ),
    "withdrawal": Correctable(
        "recommendation",
        "Withdraw a recommendation published by mistake",
        lambda user: Recommendation.objects.published().standing().visible_to(user).for_record(),
        lambda data, row: forms.CorrectionForm(data),
        actions.withdraw_recommendation,
        lambda row: row,
        lambda row, details: {row.pk},
        lambda row, details: [
            "It stays on the record as withdrawn, with the reason, and no figure counts it.",
            *(_people_told(part) for part in row.assignments.standing().for_list()),
        ],
        danger=True,
    ),
    "relation": Correctable(
        "relation",
        "Take back a relation",
        lambda user: Relation.objects.on(Recommendation.objects.order_by().published().visible_to(user)),
        lambda data, row: forms.CorrectionForm(data),
        actions.correct_relation,
        lambda row: row.later,
        lambda row, details: {row.later_id},
    ),
    "finding": Correctable(
        "finding",
        "Correct a finding",
        lambda user: Finding.objects.visible_to(user),
        lambda data, row: forms.FindingCorrectionForm(data, finding=row),
        actions.correct_finding,
        lambda row: row.inquiry,
        lambda row, details: (),
    ),
    "inquiry": Correctable(
        "inquiry",
        "Correct the inquiry",
        lambda user: Inquiry.objects.published().visible_to(user).select_related("committee"),
        lambda data, row: forms.InquiryCorrectionForm(data, inquiry=row),
        actions.correct_inquiry,
        lambda row: row,
        lambda row, details: (),
    ),
    "meeting": Correctable(
        "meeting",
        "Correct the date of the meeting",
        lambda user: Meeting.objects.for_list(),
        lambda data, row: forms.MeetingDateForm(data, meeting=row),
        actions.correct_meeting_date,
        lambda row: row,
        lambda row, details: actions.hangs_on(row),
        _of_meeting,
    ),
}
"""What can be corrected, by its word in the address."""


@page(Right.CORRECT, methods="GET POST")
def correct(request: SignedInRequest, what: str, pk: int) -> HttpResponse:
    """Enter what is right and why; check what that changes; record it."""
    kind = CORRECTABLE[what]
    row = fetch(request.user, kind.rows(request.user), pk, Right.CORRECT)
    form = kind.form(bound_data(request), row)
    about = {kind.name: row}
    back = _back(kind.of(row))
    if "record" in request.POST:
        result = perform(request, form, kind.act, details=form.details, **about)
        if result.done:
            return redirect_with_message(request, "The correction is on the record", back)
    else:
        result = _preview(request, kind, form, row)
    is_check = result.done and "change" not in request.POST
    return render_form(
        request,
        form,
        result,
        template="scrutiny/correction_check.html" if is_check else "scrutiny/correction.html",
        heading="Check the correction before you record it" if is_check else kind.heading,
        caption=_caption(kind.of(row)),
        subject=row,
        preview=result.result,
        notes=kind.notes(row, form.details()) if is_check else [],
        reason=form.cleaned_data["why"] if is_check else "",
        carried=_carried(request) if is_check else [],
        danger=kind.danger,
        button="Continue",
        back=back,
    )


def _preview(request: SignedInRequest, kind: Correctable, form: Any, row: Any) -> ActionResult:
    """Try the correction without keeping it."""
    return perform(
        request,
        form,
        actions.preview,
        details=lambda: {
            **form.details(),
            "act": kind.act,
            "recommendations": kind.concerns(row, form.details()),
            kind.name: row,
        },
    )


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, for the hidden fields of the check page."""
    return [
        (name, value) for name, values in request.POST.lists() for value in values if name not in NOT_SENT
    ]


def _caption(thing: Any) -> str:
    return f"{thing.reference} {thing.heading}" if isinstance(thing, Recommendation) else str(thing)


def _back(thing: Any) -> str:
    """Return the page on which the correction can be read."""
    route = {Recommendation: "recommendation", Inquiry: "inquiry_workspace", Meeting: "meeting"}
    return reverse(route[type(thing)], args=[thing.pk])


@page(Right.EDIT_INQUIRY, methods="GET POST")
def publish_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft that was added to a public report."""
    recommendation = recommendation_or_404(request, pk)
    if recommendation.is_public:
        raise Http404("This recommendation is public already")
    form = forms.PublishRecommendationForm(posted(request))
    result = perform(
        request, form, recommendation_actions.publish_recommendation, recommendation=recommendation
    )
    if result.done:
        words = f"Recommendation {recommendation.number} is published. Its notices can be sent now"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/publish_recommendation.html",
        heading=f"Publish recommendation {recommendation.number}?",
        caption=recommendation.inquiry.title,
        recommendation=recommendation,
        button="Publish the recommendation",
        back=inquiry_url(recommendation.inquiry, "recommendations"),
    )
