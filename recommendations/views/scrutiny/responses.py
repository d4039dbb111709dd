"""Record the formal responses of owning bodies."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import responses as response_actions
from recommendations.forms.recommendations import MOST_MEETINGS
from recommendations.forms.responses import AnswerForm, DecisionForm, OwnAnswerForm
from recommendations.models import Assignment, Inquiry, Meeting, Response
from recommendations.permissions import Right, may, require
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import ActionResult, bound_data, perform, redirect_with_message
from recommendations.views.scrutiny.inquiries import back_to

# ------------------------------------------------------------------ responses


@page(Right.RECORD_RESPONSE, methods="GET POST")
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
    attempt = ActionResult()
    if request.method == "POST":
        attempt = _record(request, form, together, each, assignments)
    if attempt.done:
        return redirect_with_message(request, _recorded(attempt.result), _after(request, inquiry))
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
            "awaiting": work.due_responses(answerable.awaiting_response()),
            "decided": work.due_responses(answerable.decided()),
            "back": _home(request),
        },
    )


def _record(
    request: SignedInRequest,
    form: DecisionForm,
    together: AnswerForm,
    each: list[OwnAnswerForm],
    assignments: list[Assignment],
) -> ActionResult:
    """Check every part of the page, then record: all or none."""
    answered = [together] if form.is_together else each
    valid = [one.is_valid() for one in (form, *answered)]
    if not all(valid):
        return ActionResult()
    shared = {"decided_on": form.cleaned_data["decided_on"], "meeting": form.cleaned_data.get("meeting")}
    if form.is_together:
        return perform(
            request,
            form,
            response_actions.record_response,
            details=dict,
            assignments=assignments,
            **shared,
            **together.cleaned_data,
        )
    given = [one for one in each if not one.is_blank]
    answers = [{"assignment": one.assignment} | one.cleaned_data for one in given]
    attempt = perform(request, form, response_actions.record_answers, details=dict, answers=answers, **shared)
    if attempt.denied is not None and attempt.denied.row is not None:
        row = given[attempt.denied.row]
        holder = row if attempt.denied.field in row.fields else form
        field = attempt.denied.field if attempt.denied.field in holder.fields else None
        number = row.assignment.recommendation.number
        holder.add_error(field, attempt.denied.message if field else f"{number}: {attempt.denied.message}")
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
