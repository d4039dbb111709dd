"""Add files and links to an inquiry or a response, replace those on the record, and remove documents."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse

from recommendations.actions import evidence as actions
from recommendations.forms.evidence import DocumentForm, EvidenceForm, ReplaceEvidenceForm
from recommendations.forms.inquiries import ConfirmForm
from recommendations.models import Evidence, Inquiry, Response
from recommendations.permissions import Right, may_replace
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import fetch, perform, posted, redirect_with_message, render_form
from recommendations.views.scrutiny.inquiries import inquiry_or_404, inquiry_url


@page(Right.EDIT_INQUIRY, methods="GET POST")
def add_document(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    form = DocumentForm(posted(request), request.FILES or None)
    result = perform(request, form, actions.add_document, details=form.details, to=inquiry)
    if result.done:
        return redirect_with_message(request, "The document is added", inquiry_url(inquiry, "documents"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/evidence.html",
        heading="Add a document",
        caption=inquiry.title,
        back=inquiry_url(inquiry, "documents"),
        button="Add",
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_document(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Evidence.objects.on_visible(request.user).of_inquiries()
    evidence = fetch(request.user, rows, pk, Right.EDIT_INQUIRY)
    back = _place_url(evidence)
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.remove_evidence, evidence=evidence)
    if result.done:
        return redirect_with_message(request, "The document is removed", back)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading="Remove this document?",
        caption=evidence.inquiry.title,
        words=evidence.title,
        warning="You can’t bring it back.",
        button="Remove the document",
        danger=True,
        back=back,
    )


@page(Right.RECORD_RESPONSE, methods="GET POST")
def add_response_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add the letter, or what was enclosed, to a response on the record."""
    rows = Response.objects.visible_to(request.user).with_recommendation()
    response: Response = fetch(request.user, rows, pk, Right.RECORD_RESPONSE)
    form = EvidenceForm(posted(request), request.FILES or None)
    back = _record_url(response.assignment.recommendation_id, f"response-{response.pk}")
    result = perform(request, form, actions.add_document, details=form.details, to=response)
    if result.done:
        return redirect_with_message(request, "The file or link is added to the response", back)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/evidence.html",
        heading="Add a file or link to the response",
        caption=f"{response.body_name}, {response.assignment.recommendation.reference}",
        back=back,
        button="Add",
    )


@page(Right.REPLACE_EVIDENCE, methods="GET POST")
def replace_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put another file or link in the place of one on the record."""
    evidence: Evidence = fetch(
        request.user, Evidence.objects.on_visible(request.user), pk, Right.REPLACE_EVIDENCE
    )
    if not may_replace(request.user, evidence):
        raise Http404
    form = ReplaceEvidenceForm(posted(request), request.FILES or None, evidence=evidence)
    result = perform(request, form, actions.replace_evidence, details=form.details, evidence=evidence)
    if result.done:
        words = "It is replaced. The earlier one is kept"
        return redirect_with_message(request, words, _place_url(result.result))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/evidence.html",
        evidence=evidence,
        heading="Replace this file or link",
        caption=evidence.title,
        back=_place_url(evidence),
        button="Replace",
    )


def _record_url(recommendation_id: int, anchor: str) -> str:
    return f"{reverse('recommendation', args=[recommendation_id])}#{anchor}"


def _place_url(evidence: Evidence) -> str:
    """Return where the evidence is shown: on the recommendation's record, or among the documents of its inquiry."""
    subject = evidence.subject
    if isinstance(subject, Inquiry):
        return inquiry_url(subject, "documents")
    return _record_url(subject.assignment.recommendation_id, f"{subject._meta.model_name}-{subject.pk}")
