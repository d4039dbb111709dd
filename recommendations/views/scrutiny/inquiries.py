"""Inquiries and their stages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import inquiries as actions
from recommendations.forms.inquiries import EditInquiryForm, InquiryForm, MoveForm
from recommendations.lifecycle import INQUIRY_TRANSITIONS, Role, Stage
from recommendations.models import Body, Inquiry, Recommendation, Review
from recommendations.permissions import Right
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
)


def inquiry_or_404(request: SignedInRequest, pk: int) -> Inquiry:
    """Return an inquiry that the person may see. Raise Http404 for any other, and PermissionDenied where they may not
    edit it."""
    rows = Inquiry.objects.visible_to(request.user).select_related("committee__parent")
    inquiry: Inquiry = fetch(request.user, rows, pk, Right.EDIT_INQUIRY)
    return inquiry


def inquiry_url(inquiry: Inquiry, anchor: str = "") -> str:
    """Return the address of the inquiry's page in the workspace, at `anchor`."""
    return reverse("inquiry_workspace", args=[inquiry.pk]) + (f"#{anchor}" if anchor else "")


@page(Right.EDIT_INQUIRY, methods="GET")
def inquiry_workspace(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    visible = Recommendation.objects.visible_to(request.user)
    recommendations = list(Recommendation.objects.of_inquiry(inquiry).for_workspace(among=visible.standing()))
    findings = list(inquiry.findings.all())
    parts = [part for one in recommendations for part in one.assignments.all()]
    return render(
        request,
        "scrutiny/inquiry.html",
        {
            "inquiry": inquiry,
            "stage": Stage(inquiry.stage),
            "recommendations": recommendations,
            "findings": findings,
            "documents": inquiry.evidence.current().prefetch_related("replaces"),
            "missing": work.missing(inquiry, recommendations, findings),
            "next_stages": work.next_stages(inquiry),
            "unsent_count": sum(
                1
                for part in parts
                if part.is_open and part.notified_on is None and part.recommendation.is_public
            ),
            "awaiting": work.due_responses(part for part in parts if part.awaits_response),
            "reviews": Review.objects.of_inquiry(inquiry).for_list(),
        },
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_inquiry(request: SignedInRequest) -> HttpResponse:
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing())
    form = InquiryForm(bound_data(request), committees=committees)
    result = perform(request, form, actions.open_inquiry)
    if result.done:
        return redirect_with_message(request, "The inquiry is begun", inquiry_url(result.result))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/inquiry_form.html",
        heading="Begin an inquiry",
        back=reverse("workspace"),
        committees=committees,
        button="Begin the inquiry",
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_inquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees())
    if inquiry.committee not in committees:
        committees.append(inquiry.committee)
    form = EditInquiryForm(bound_data(request), inquiry=inquiry, committees=committees)
    result = perform(request, form, actions.edit_inquiry, inquiry=inquiry)
    if result.done:
        return redirect_with_message(request, "The inquiry is saved", inquiry_url(inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/inquiry_form.html",
        heading="Edit the inquiry",
        inquiry=inquiry,
        caption=inquiry.title,
        back=inquiry_url(inquiry),
        committees=committees,
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def move_inquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move an inquiry to another stage."""
    inquiry = inquiry_or_404(request, pk)
    form = MoveForm(posted(request), inquiry=inquiry, to=request.GET.get("to", ""))
    result = perform(request, form, actions.move_inquiry, inquiry=inquiry)
    if result.done:
        words = f"The inquiry is now at the stage “{result.result.get_stage_display()}”"
        return redirect_with_message(request, words, inquiry_url(inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/move_inquiry.html",
        heading="Move the inquiry on",
        caption=inquiry.title,
        inquiry=inquiry,
        stage=Stage(inquiry.stage),
        may_publish=(inquiry.stage, Stage.PUBLISHED) in INQUIRY_TRANSITIONS,
        back=inquiry_url(inquiry),
        button="Move the inquiry",
    )
