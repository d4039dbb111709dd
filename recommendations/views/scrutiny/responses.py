"""Record the formal responses of owning bodies."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import responses as actions
from recommendations.actions.base import ActionDenied
from recommendations.forms.responses import AnswerForm, DecisionForm, OwnAnswerForm
from recommendations.models import Assignment, Inquiry, Meeting, Response
from recommendations.permissions import Right, may, require
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    parse_pk,
    perform,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_url


@page(Right.RECORD_RESPONSE, methods="GET POST")
def record_response(request: SignedInRequest) -> HttpResponse:
    """Record what one body decided on the recommendations named by `?assignment=`, or choose them first."""
    asked = request.GET.getlist("assignment")
    if not asked:
        return _choose_body(request)
    assignments = assignments_or_404(request, asked)
    body, inquiry = assignments[0].body, assignments[0].recommendation.inquiry
    data, several = bound_data(request), len(assignments) > 1
    meetings = Meeting.objects.of(body).begun().offered()
    form = DecisionForm(data, meetings=meetings, several=several)
    together = AnswerForm(data if form.is_together else None)
    own = None if form.is_together else data
    each = [OwnAnswerForm(own, assignment=assignment) for assignment in assignments]
    if form.is_together:
        result = _record_together(request, form, together, assignments)
    else:
        result = _record_each(request, form, each)
    if result.done:
        return redirect_with_message(request, _recorded(result.result), _next_url(request, inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/response.html",
        together=together,
        each=each if several else [],
        assignments=assignments,
        body=body,
        heading=f"Record the response of {body.name}",
        caption=inquiry.title,
        back=_next_url(request, inquiry),
    )


def assignments_or_404(request: SignedInRequest, asked: list[str]) -> list[Assignment]:
    """Return the assignments with the ids in `asked`. Raise Http404 unless the person may see them all and they are of one
    body in one inquiry, and PermissionDenied where they may not record its response."""
    ids = {pk for pk in map(parse_pk, asked) if pk is not None}
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
    awaiting = work.due_responses(answerable.awaiting_response())
    decided = work.due_responses(answerable.decided())
    return render(
        request,
        "scrutiny/responses.html",
        {
            "awaiting": awaiting,
            "decided": decided,
            "none": "" if awaiting else work.none_awaited(answerable),
            "back": reverse("workspace" if may(request.user, Right.EDIT_INQUIRY) else "my_work"),
        },
    )


def _record_together(
    request: SignedInRequest, form: DecisionForm, together: AnswerForm, assignments: list[Assignment]
) -> ActionResult:
    """Record one answer to all of them."""
    if not form.is_valid() or not together.is_valid():
        return ActionResult()
    answer = together.cleaned_data
    return perform(
        request, form, actions.record_response, details=form.details, assignments=assignments, **answer
    )


def _record_each(request: SignedInRequest, form: DecisionForm, each: list[OwnAnswerForm]) -> ActionResult:
    """Record the answer to each that has one: all or none. Show on its own form what stands against one."""
    valid = [one.is_valid() for one in (form, *each)]
    if not all(valid):
        return ActionResult()
    given = [one for one in each if not one.is_blank]
    answers = [{"assignment": one.assignment} | one.cleaned_data for one in given]
    result = perform(request, form, actions.record_answers, details=form.details, answers=answers)
    if result.denied is not None and result.denied.row is not None:
        _show_denied(form, given[result.denied.row], result.denied)
    return result


def _show_denied(form: DecisionForm, row: OwnAnswerForm, denied: ActionDenied) -> None:
    """Show a refusal beside its field, on the row or on what all rows share; else at the top, with the row's number."""
    holder = row if denied.field in row.fields else form
    if denied.field in holder.fields:
        holder.add_error(denied.field, denied.message)
    else:
        form.add_error(None, f"{row.assignment.recommendation.number}: {denied.message}")


def _recorded(responses: list[Response]) -> str:
    return "The response is recorded" if len(responses) == 1 else f"{len(responses)} responses are recorded"


def _next_url(request: SignedInRequest, inquiry: Inquiry) -> str:
    """Return where the person goes on: the inquiry's page in the workspace, or the list of responses to record."""
    if may(request.user, Right.EDIT_INQUIRY, inquiry):
        return inquiry_url(inquiry, "recommendations")
    return reverse("record_response")
