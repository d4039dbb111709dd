"""The findings of an inquiry."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recommendations.actions import inquiries as actions
from recommendations.forms.inquiries import ConfirmForm, EditFindingForm, FindingForm
from recommendations.lifecycle import PUBLIC_STAGES
from recommendations.models import Finding
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_or_404, inquiry_url


def finding_or_404(request: SignedInRequest, pk: int) -> Finding:
    """Return a finding of an inquiry that the person may see. Raise Http404 for any other, and PermissionDenied where
    they may not edit the inquiry."""
    finding: Finding = fetch(request.user, Finding.objects.visible_to(request.user), pk, Right.EDIT_INQUIRY)
    return finding


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    form = FindingForm(bound_data(request), initial={"number": inquiry.next_finding_number()})
    result = perform(request, form, actions.add_finding, inquiry=inquiry)
    if result.done:
        another = reverse("new_finding", args=[inquiry.pk]) if "another" in request.POST else ""
        words = f"Finding {result.result.number} is added"
        return redirect_with_message(request, words, another or inquiry_url(inquiry, "findings"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/finding.html",
        heading="Add a finding",
        caption=inquiry.title,
        back=inquiry_url(inquiry, "findings"),
        another=True,
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = finding_or_404(request, pk)
    inquiry = finding.inquiry
    data = bound_data(request)
    if inquiry.is_public and data is None:
        return redirect("correct", "finding", finding.pk)
    initial = {"number": finding.number, "text": finding.text}
    form = EditFindingForm(data, initial=initial, version=finding.version)
    result = perform(request, form, actions.edit_finding, finding=finding)
    if result.done:
        words = f"Finding {result.result.number} is saved"
        return redirect_with_message(request, words, inquiry_url(inquiry, "findings"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/finding.html",
        heading=f"Edit finding {finding.number}",
        caption=inquiry.title,
        back=inquiry_url(inquiry, "findings"),
        finding=finding,
        removable=inquiry.stage not in PUBLIC_STAGES,
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_finding(request: SignedInRequest, pk: int) -> HttpResponse:
    finding = finding_or_404(request, pk)
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.remove_finding, finding=finding)
    if result.done:
        words = f"Finding {finding.number} is removed"
        return redirect_with_message(request, words, inquiry_url(finding.inquiry, "findings"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading=f"Remove finding {finding.number}?",
        caption=finding.inquiry.title,
        words=finding.text,
        warning="You can’t bring it back.",
        button="Remove the finding",
        danger=True,
        back=reverse("edit_finding", args=[finding.pk]),
    )
