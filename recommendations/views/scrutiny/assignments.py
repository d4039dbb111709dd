"""Address a recommendation to owning bodies: an assignment for each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import assignments as actions
from recommendations.forms.assignments import (
    AssignmentFormSet,
    BaseAssignmentFormSet,
    EditAssignmentForm,
    data_with_rows,
)
from recommendations.forms.inquiries import ConfirmForm
from recommendations.models import Assignment, Body, Post, Recommendation
from recommendations.permissions import Right
from recommendations.queries.corrections import voided_by
from recommendations.queries.workspace import body_to_ask_instead
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    fetch,
    parse_pk,
    perform,
    posted,
    redirect_with_message,
    render_form,
    show_denied,
)
from recommendations.views.scrutiny.recommendations import recommendation_or_404, recommendation_url


@page(Right.EDIT_INQUIRY, methods="GET POST")
def address(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    assignments = list(recommendation.assignments.standing().for_list().select_related("post"))
    data = bound_data(request)
    adding = data is not None and "more" in data
    asked = parse_pk(request.GET.get("body"))
    formset: Any = AssignmentFormSet(
        data_with_rows(data),
        initial=[{"body": asked}] if asked and data is None else None,
        form_kwargs=_choices(assignments),
    )
    result = ActionResult() if adding else _address(request, recommendation, formset)
    if result.done:
        added = plural(len(result.result), "more body", "more bodies")
        words = f"Recommendation {recommendation.number} is addressed to {added}"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    context = {
        "formset": formset,
        "adding": adding,
        "heading": "Address the recommendation",
        "caption": f"{recommendation.reference} {recommendation.heading}",
        "recommendation": recommendation,
        "assignments": assignments,
        "back": recommendation_url(recommendation),
    }
    return render(request, "scrutiny/assignment_new.html", context)


def _choices(assignments: list[Assignment]) -> dict[str, list[Body] | list[Post]]:
    """Return what the rows choose among: the bodies that it is not addressed to yet, and all posts."""
    taken = {assignment.body_id for assignment in assignments}
    return {
        "bodies": [body for body in Body.objects.existing() if body.pk not in taken],
        "posts": list(Post.objects.existing().for_choice()),
    }


def _address(
    request: SignedInRequest, recommendation: Recommendation, formset: BaseAssignmentFormSet
) -> ActionResult:
    """Address the recommendation to the bodies of all rows, or to none, and show on its row what stands against it."""
    if request.method != "POST" or not formset.is_valid():
        return ActionResult()
    result = perform(
        request,
        formset.forms[0],
        actions.address_to_several,
        details=dict,
        recommendation=recommendation,
        parts=[form.cleaned_data for form in formset.filled_in],
    )
    if result.denied is not None and result.denied.row is not None:
        show_denied(formset.filled_in[result.denied.row], result.denied)
    return result


def assignment_or_404(request: SignedInRequest, pk: int) -> Assignment:
    """Return an assignment that the person may see. Raise Http404 for any other, and PermissionDenied where they may not
    edit its inquiry."""
    rows = Assignment.objects.visible_to(request.user).for_list().select_related("post")
    assignment: Assignment = fetch(request.user, rows, pk, Right.EDIT_INQUIRY)
    return assignment


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = assignment_or_404(request, pk)
    recommendation, posts = assignment.recommendation, assignment.body.posts.all()
    choice = [post for post in posts if post.ended_on is None or post == assignment.post]
    form = EditAssignmentForm(posted(request), assignment=assignment, posts=choice)
    result = perform(request, form, actions.edit_assignment, details=form.details, assignment=assignment)
    if result.done:
        words = f"The part of {assignment.body.name} is saved"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/assignment.html",
        heading=assignment.body.name,
        caption=f"{recommendation.reference} {recommendation.heading}",
        assignment=assignment,
        public=recommendation.is_public and assignment.withdrawn_at is None,
        withdrawal=voided_by(assignment),
        may_take_back=assignment.has_notice_to_take_back,
        answer=assignment.responses.standing().last(),
        ask_instead=body_to_ask_instead(assignment),
        back=recommendation_url(recommendation),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def withdraw_assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = assignment_or_404(request, pk)
    recommendation = assignment.recommendation
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.withdraw_assignment, assignment=assignment)
    if result.done:
        words = f"Recommendation {recommendation.number} is no longer addressed to {assignment.body.name}"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading=f"Take recommendation {recommendation.number} back from {assignment.body.name}?",
        caption=recommendation.inquiry.title,
        words=recommendation.text,
        warning="Its post, its dates and its plan for this recommendation go too.",
        button="Take it back",
        danger=True,
        back=reverse("edit_assignment", args=[assignment.pk]),
    )
