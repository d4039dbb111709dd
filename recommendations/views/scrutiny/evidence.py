"""Evidence: sending a file to those who may open it, so that a browser never runs what it holds; adding documents to
an inquiry or a response; replacing what is on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import evidence as actions
from recommendations.forms.evidence import DocumentForm, EvidenceForm, ReplaceEvidenceForm
from recommendations.forms.inquiries import ConfirmForm
from recommendations.models import Evidence, Inquiry, Response
from recommendations.permissions import Right, may_replace
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import fetch, perform, posted, redirect_with_message
from recommendations.views.scrutiny.inquiries import back_to, inquiry_or_404

if TYPE_CHECKING:
    pass


@page(Right.EDIT_INQUIRY, methods="GET POST")
def add_document(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    form = DocumentForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.add_document, details=form.details, to=inquiry)
        if attempt.done:
            return redirect_with_message(request, "The document is added", back_to(inquiry, "documents"))
    context = {
        "form": form,
        "heading": "Add a document",
        "caption": inquiry.title,
        "back": back_to(inquiry, "documents"),
        "button": "Add",
    }
    return render(request, "scrutiny/evidence.html", context)


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_document(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = fetch(
        request.user, Evidence.objects.on_visible(request.user).of_inquiries(), pk, Right.EDIT_INQUIRY
    )
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.remove_evidence, details=dict, evidence=evidence)
        if attempt.done:
            return redirect_with_message(
                request, "The document is removed", back_to(evidence.inquiry, "documents")
            )
    context = {
        "form": form,
        "heading": "Remove this document?",
        "caption": evidence.inquiry.title,
        "words": evidence.title,
        "warning": "You can’t bring it back.",
        "button": "Remove the document",
        "danger": True,
        "back": back_to(evidence.inquiry, "documents"),
    }
    return render(request, "scrutiny/confirm.html", context)


@page(Right.RECORD_RESPONSE, methods="GET POST")
def add_response_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add the letter, or what was enclosed, to a response on the record."""
    response = fetch(
        request.user,
        Response.objects.visible_to(request.user).with_recommendation(),
        pk,
        Right.RECORD_RESPONSE,
    )
    form = EvidenceForm(posted(request), request.FILES or None)
    back = _on_record(response.assignment.recommendation_id, f"response-{response.pk}")
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.add_document, details=form.details, to=response)
        if attempt.done:
            return redirect_with_message(request, "The file or link is added to the response", back)
    context = {
        "form": form,
        "heading": "Add a file or link to the response",
        "caption": f"{response.body_name}, {response.assignment.recommendation.reference}",
        "back": back,
        "button": "Add",
    }
    return render(request, "scrutiny/evidence.html", context)


@page(Right.REPLACE_EVIDENCE, methods="GET POST")
def replace_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put another file or link in the place of one on the record."""
    evidence = fetch(request.user, Evidence.objects.on_visible(request.user), pk, Right.REPLACE_EVIDENCE)
    if not may_replace(request.user, evidence):
        raise Http404
    form = ReplaceEvidenceForm(posted(request), request.FILES or None, evidence=evidence)
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.replace_evidence, details=form.details, evidence=evidence)
        if attempt.done:
            return redirect_with_message(
                request, "It is replaced. The earlier one is kept", _place_of(attempt.result)
            )
    context = {
        "form": form,
        "evidence": evidence,
        "heading": "Replace this file or link",
        "caption": evidence.title,
        "back": _place_of(evidence),
        "button": "Replace",
    }
    return render(request, "scrutiny/evidence.html", context)


def _on_record(recommendation: int, anchor: str) -> str:
    return f"{reverse('recommendation', args=[recommendation])}#{anchor}"


def _place_of(evidence: Evidence) -> str:
    """Where the evidence stands: on the recommendation's record, or among the documents of its inquiry."""
    what = evidence.subject
    if isinstance(what, Inquiry):
        return back_to(what, "documents")
    return _on_record(what.assignment.recommendation_id, f"{what._meta.model_name}-{what.pk}")
