"""The findings of an inquiry."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import inquiries as actions
from recommendations.forms.inquiries import (
    ConfirmForm,
    EditFindingForm,
    FindingForm,
)
from recommendations.lifecycle import PUBLIC_STAGES
from recommendations.models import Finding
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, fetch, perform, posted, redirect_with_message
from recommendations.views.scrutiny.inquiries import back_to, inquiry_or_404

# ------------------------------------------------------------------ findings


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    form = FindingForm(bound_data(request), initial={"number": inquiry.next_finding_number()})
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.add_finding, inquiry=inquiry)
        if attempt.done and "another" in request.POST:
            return redirect_with_message(
                request, f"Finding {attempt.result.number} is added", "new_finding", inquiry.pk
            )
        if attempt.done:
            added = f"Finding {attempt.result.number} is added"
            return redirect_with_message(request, added, back_to(inquiry, "findings"))
    return render(
        request,
        "scrutiny/finding.html",
        {
            "form": form,
            "heading": "Add a finding",
            "caption": inquiry.title,
            "back": back_to(inquiry, "findings"),
            "another": True,
        },
    )


def finding_or_404(request: SignedInRequest, pk: int) -> Finding:
    """A finding of an inquiry this person may see and edit."""
    finding: Finding = fetch(
        request.user,
        Finding.objects.visible_to(request.user),
        pk,
        Right.EDIT_INQUIRY,
    )
    return finding


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = finding_or_404(request, pk)
    initial = {"number": finding.number, "text": finding.text}
    form = EditFindingForm(bound_data(request), initial=initial, version=finding.version)
    conflict = []
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.edit_finding, finding=finding)
        if attempt.done:
            return redirect_with_message(
                request, f"Finding {attempt.result.number} is saved", back_to(finding.inquiry, "findings")
            )
        conflict = attempt.conflict
    return render(
        request,
        "scrutiny/finding.html",
        {
            "form": form,
            "heading": f"Edit finding {finding.number}",
            "caption": finding.inquiry.title,
            "back": back_to(finding.inquiry, "findings"),
            "finding": finding,
            "removable": finding.inquiry.stage not in PUBLIC_STAGES,
            "conflict": conflict,
        },
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = finding_or_404(request, pk)
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.remove_finding, details=dict, finding=finding)
        if attempt.done:
            removed = f"Finding {finding.number} is removed"
            return redirect_with_message(request, removed, back_to(finding.inquiry, "findings"))
    return render(
        request,
        "scrutiny/confirm.html",
        {
            "form": form,
            "heading": f"Remove finding {finding.number}?",
            "caption": finding.inquiry.title,
            "words": finding.text,
            "warning": "You can’t bring it back.",
            "button": "Remove the finding",
            "danger": True,
            "back": reverse("edit_finding", args=[finding.pk]),
        },
    )
