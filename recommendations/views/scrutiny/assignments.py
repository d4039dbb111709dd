"""Whom a recommendation is addressed to: one part for each owning body."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import assignments as assignments_actions
from recommendations.forms.assignments import EditAssignmentForm, PartsFormSet
from recommendations.forms.inquiries import ConfirmForm
from recommendations.models import Assignment, Body, Post
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, fetch, perform, posted, redirect_with_message
from recommendations.views.scrutiny.inquiries import back_to
from recommendations.views.scrutiny.recommendations import recommendation_or_404


@page(Right.EDIT_INQUIRY, methods="GET POST")
def address(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    assignments = list(recommendation.assignments.for_list())
    taken = {assignment.body_id for assignment in assignments}
    options = {
        "bodies": [body for body in Body.objects.existing() if body.pk not in taken],
        "posts": list(Post.objects.existing().for_choice()),
    }
    kept = bound_data(request)
    data = kept.copy() if kept is not None else None
    if data is not None:
        more = 2 if "more" in data else 0
        data["form-TOTAL_FORMS"] = str(max(1, min(int_or(data.get("form-TOTAL_FORMS"), 2) + more, 30)))
        data["form-INITIAL_FORMS"] = "0"
    formset: Any = PartsFormSet(data, form_kwargs=options)
    adding = data is not None and "more" in data
    if request.method == "POST" and not adding and formset.is_valid():
        parts = formset.parts
        attempt = perform(
            request,
            formset.forms[0],
            assignments_actions.address_to_several,
            details=dict,
            recommendation=recommendation,
            parts=[part for _, part in parts],
        )
        if attempt.done:
            added = plural(len(parts), "more body", "more bodies")
            words = f"Recommendation {recommendation.number} is addressed to {added}"
            return redirect_with_message(
                request, words, back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}")
            )
        if attempt.denied is not None and attempt.denied.row is not None:
            form = formset.forms[parts[attempt.denied.row][0]]
            field = attempt.denied.field if attempt.denied.field in form.fields else None
            form.add_error(field, attempt.denied.message)
    return render(
        request,
        "scrutiny/address.html",
        {
            "formset": formset,
            "adding": adding,
            "heading": "Address the recommendation",
            "caption": f"{recommendation.reference} {recommendation.heading}",
            "recommendation": recommendation,
            "assignments": assignments,
            "back": back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}"),
        },
    )


def int_or(text: str | None, otherwise: int) -> int:
    """The text as a whole number, or the other number where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


def assignment_or_404(request: SignedInRequest, pk: int) -> Assignment:
    """A body's part that this person may see, of a recommendation they may edit."""
    assignment: Assignment = fetch(
        request.user, Assignment.objects.visible_to(request.user).for_list(), pk, Right.EDIT_INQUIRY
    )
    return assignment


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = assignment_or_404(request, pk)
    recommendation = assignment.recommendation
    posts = [post for post in assignment.body.posts.all() if post.ended_on is None or post == assignment.post]
    form = EditAssignmentForm(posted(request), assignment=assignment, posts=posts)
    conflict = []
    if request.method == "POST" and form.is_valid():
        kept = {"first_target_on": assignment.first_target_on} | form.cleaned_data
        attempt = perform(
            request, form, assignments_actions.edit_assignment, details=dict, assignment=assignment, **kept
        )
        if attempt.done:
            saved = f"The part of {assignment.body.name} is saved"
            return redirect_with_message(
                request, saved, back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}")
            )
        conflict = attempt.conflict
    return render(
        request,
        "scrutiny/assignment.html",
        {
            "form": form,
            "heading": assignment.body.name,
            "caption": f"{recommendation.reference} {recommendation.heading}",
            "assignment": assignment,
            "back": back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}"),
            "conflict": conflict,
        },
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def withdraw_assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = assignment_or_404(request, pk)
    recommendation = assignment.recommendation
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(
            request, form, assignments_actions.withdraw_assignment, details=dict, assignment=assignment
        )
        if attempt.done:
            words = f"Recommendation {recommendation.number} is no longer addressed to {assignment.body.name}"
            return redirect_with_message(
                request, words, back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}")
            )
    return render(
        request,
        "scrutiny/confirm.html",
        {
            "form": form,
            "heading": f"Take recommendation {recommendation.number} back from {assignment.body.name}?",
            "caption": recommendation.inquiry.title,
            "words": recommendation.text,
            "warning": "Its post, its dates and its plan for this recommendation go too.",
            "button": "Take it back",
            "danger": True,
            "back": reverse("edit_assignment", args=[assignment.pk]),
        },
    )
