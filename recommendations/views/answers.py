"""From the notice to the answer: notices, responses, and opening what is no longer exempt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee import clock
from recommendations.actions import exempt, notices
from recommendations.actions import responses as response_actions
from recommendations.forms.exempt import OpenExemptForm
from recommendations.forms.notices import NoticeForm
from recommendations.forms.recommendations import MOST_MEETINGS
from recommendations.forms.responses import AnswerForm, DecisionForm, OwnAnswerForm
from recommendations.models import Assignment, Inquiry, Meeting, Response, Update
from recommendations.permissions import Right, may, require, sees_exempt
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import Attempt, bound_data, carry_out, fetch, posted, said
from recommendations.views.scrutiny import back_to, inquiry_or_404

# ------------------------------------------------------------------ notices


@page(Right.EDIT_INQUIRY)
def send_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what was sent and when; see what that means for each body; confirm."""
    inquiry = inquiry_or_404(request, pk)
    waiting = list(Assignment.objects.to_notify().of_inquiry(inquiry).for_list().in_order())
    form = NoticeForm(posted(request), assignments=waiting)
    previewed = request.method == "POST" and form.is_valid()
    if previewed and "send" in request.POST:
        attempt = carry_out(form, notices.send_notice, by=request.user, **form.cleaned_data)
        if attempt.done:
            words = f"{len(attempt.result)} sent. The time to respond has begun"
            return said(request, words, back_to(inquiry, "recommendations"))
        previewed = False
    return render(
        request,
        "scrutiny/notices_check.html"
        if previewed and "change" not in request.POST
        else "scrutiny/notices.html",
        {
            "form": form,
            "inquiry": inquiry,
            "waiting": waiting,
            "terms": _terms(form) if previewed else [],
            "wide": previewed,
            "caption": inquiry.title,
            "back": back_to(inquiry),
        },
    )


def _terms(form: NoticeForm) -> list[dict[str, Any]]:
    """What the notice means for each body: its parts, its term, when its response is due and why."""
    on = form.cleaned_data["on"]
    return [
        {"body": debt.body, "parts": debt.parts, "due_on": debt.body.response_due(on)}
        for debt in work.owed(sorted(form.cleaned_data["assignments"], key=lambda part: part.body.name))
    ]


# ------------------------------------------------------------------ responses


@page(Right.RECORD_RESPONSE)
def record_response(request: SignedInRequest) -> HttpResponse:
    """Record what one body decided on the recommendations named by ``?assignment=``, or choose them first."""
    asked = request.GET.getlist("assignment")
    if not asked:
        return _choose_body(request)
    assignments = assignments_or_404(request, asked)
    body, inquiry = assignments[0].body, assignments[0].recommendation.inquiry
    data = bound_data(request)
    form = DecisionForm(
        data,
        meetings=list(Meeting.objects.of(body).by_today().for_list()[:MOST_MEETINGS]),
        several=len(assignments) > 1,
    )
    together = AnswerForm(data if form.is_together else None)
    each = [
        OwnAnswerForm(None if form.is_together else data, assignment=assignment) for assignment in assignments
    ]
    attempt = Attempt()
    if request.method == "POST":
        attempt = _record(request, form, together, each, assignments)
    if attempt.done:
        return said(request, _recorded(attempt.result), _after(request, inquiry))
    return render(
        request,
        "scrutiny/response.html",
        {
            "form": form,
            "together": together,
            "each": each if len(assignments) > 1 else [],
            "assignments": assignments,
            "body": body,
            "heading": f"Record the response of {body.name}",
            "caption": inquiry.title,
            "back": _after(request, inquiry),
        },
    )


def assignments_or_404(request: SignedInRequest, asked: list[str]) -> list[Assignment]:
    """The parts with these ids: all of them visible, of one body and one inquiry, and theirs to answer for."""
    ids = {int(one) for one in asked if one.isdecimal() and len(one) < 19}
    visible = Assignment.objects.visible_to(request.user).numbered(list(ids))
    assignments = list(visible.for_list().with_responses())
    if len(assignments) != len(set(asked)):
        raise Http404("No such part of a recommendation")
    if len({(part.body_id, part.recommendation.inquiry_id) for part in assignments}) != 1:
        raise Http404("These are not parts of one body in one inquiry")
    for assignment in assignments:
        require(request.user, Right.RECORD_RESPONSE, assignment)
    return assignments


def _choose_body(request: SignedInRequest) -> HttpResponse:
    answerable = Assignment.objects.answerable_by(request.user).for_list().in_order()
    return render(
        request,
        "scrutiny/responses.html",
        {
            "awaiting": work.owed(answerable.awaiting_response()),
            "decided": work.owed(answerable.decided()),
            "back": _home(request),
        },
    )


def _record(
    request: SignedInRequest,
    form: DecisionForm,
    together: AnswerForm,
    each: list[OwnAnswerForm],
    assignments: list[Assignment],
) -> Attempt:
    """Check every part of the page, then record: all or none."""
    answered = [together] if form.is_together else each
    valid = [one.is_valid() for one in (form, *answered)]
    if not all(valid):
        return Attempt()
    shared = {"decided_on": form.cleaned_data["decided_on"], "meeting": form.cleaned_data.get("meeting")}
    if form.is_together:
        return carry_out(
            form,
            response_actions.record_response,
            by=request.user,
            assignments=assignments,
            **shared,
            **together.cleaned_data,
        )
    given = [one for one in each if not one.is_blank]
    answers = [{"assignment": one.assignment} | one.cleaned_data for one in given]
    attempt = carry_out(form, response_actions.record_answers, by=request.user, answers=answers, **shared)
    if attempt.refused is not None and attempt.refused.row is not None:
        row = given[attempt.refused.row]
        holder = row if attempt.refused.field in row.fields else form
        field = attempt.refused.field if attempt.refused.field in holder.fields else None
        number = row.assignment.recommendation.number
        holder.add_error(field, attempt.refused.message if field else f"{number}: {attempt.refused.message}")
    return attempt


def _recorded(responses: list[Response]) -> str:
    return "The response is recorded" if len(responses) == 1 else f"{len(responses)} responses are recorded"


def _after(request: SignedInRequest, inquiry: Inquiry) -> str:
    """Where this person goes on: the inquiry's page in the workspace, or the list of responses to record."""
    if may(request.user, Right.EDIT_INQUIRY, inquiry):
        return back_to(inquiry, "recommendations")
    return reverse("record_response")


def _home(request: SignedInRequest) -> str:
    return reverse("workspace") if may(request.user, Right.EDIT_INQUIRY) else reverse("my_work")


# ------------------------------------------------------------------ exempt text


@page(Right.OPEN_EXEMPT)
def open_exempt(request: SignedInRequest, what: str, pk: int) -> HttpResponse:
    """Open the exempt part of an update or a response to everybody."""
    rows: Any = Update.objects.published() if what == "update" else Response.objects.all()
    thing = fetch(request.user, rows.visible_to(request.user).with_exempt_part(), pk, Right.OPEN_EXEMPT)
    recommendation = thing.assignment.recommendation
    back = reverse("recommendation", args=[recommendation.pk])
    if hasattr(thing, "exempt_opening"):
        return redirect(back)
    form = OpenExemptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = carry_out(form, exempt.open_exempt, by=request.user, thing=thing, **form.cleaned_data)
        if attempt.done:
            return said(request, "The text is open to everybody", back)
    return render(
        request,
        "scrutiny/open_exempt.html",
        {
            "form": form,
            "heading": "Open this exempt text to everybody?",
            "caption": f"{recommendation.reference} {recommendation.heading}",
            "thing": thing,
            "sees": sees_exempt(request.user, thing),
            "today": clock.today(),
            "back": back,
            "button": "Open the text to everybody",
            "danger": True,
        },
    )
