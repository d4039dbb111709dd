"""The sources of an inquiry, and the facts that each of them tells."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import sources as actions
from recommendations.forms.sources import (
    CitationForm,
    CorrectSourceForm,
    SourceForm,
    WithdrawCitationForm,
)
from recommendations.models import Citation, Inquiry, Source
from recommendations.permissions import Right
from recommendations.queries import sources as queries
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_or_404, inquiry_url


def source_or_404(request: SignedInRequest, pk: int) -> Source:
    """Return a source of an inquiry that the person may see. Raise Http404 for any other, and PermissionDenied where they
    may not edit the inquiry."""
    source: Source = fetch(request.user, Source.objects.visible_to(request.user), pk, Right.EDIT_INQUIRY)
    return source


def _list_url(inquiry: Inquiry) -> str:
    return reverse("inquiry_sources", args=[inquiry.pk])


@page(Right.EDIT_INQUIRY, methods="GET")
def inquiry_sources(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    context = {"inquiry": inquiry, "sources": queries.sources_of(inquiry), "back": inquiry_url(inquiry)}
    return render(request, "scrutiny/sources.html", context)


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_source(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    form = SourceForm(bound_data(request))
    result = perform(request, form, actions.add_source, inquiry=inquiry)
    if result.done:
        return redirect_with_message(request, "The source is added", _list_url(inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/source.html",
        heading="Add a source",
        caption=inquiry.title,
        button="Add the source",
        back=_list_url(inquiry),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def correct_source(request: SignedInRequest, pk: int) -> HttpResponse:
    source = source_or_404(request, pk)
    form = CorrectSourceForm(bound_data(request), source=source)
    result = perform(request, form, actions.correct_source, source=source)
    if result.done:
        words = "The source is corrected. How it read before stays on the record"
        return redirect_with_message(request, words, _list_url(source.inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/source.html",
        heading="Correct the source",
        caption=source,
        button="Correct the source",
        back=_list_url(source.inquiry),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def cite_source(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which fact of the record the source tells."""
    source = source_or_404(request, pk)
    form = CitationForm(bound_data(request), facts=queries.facts_of(source.inquiry))
    result = perform(request, form, actions.cite, source=source)
    if result.done:
        return redirect_with_message(request, "The fact has its source", _list_url(source.inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/source.html",
        heading="What does it tell?",
        caption=source,
        button="Save",
        back=_list_url(source.inquiry),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def withdraw_citation(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Citation.objects.standing().visible_to(request.user)
    citation: Citation = fetch(request.user, rows, pk, Right.EDIT_INQUIRY)
    inquiry = citation.source.inquiry
    form = WithdrawCitationForm(bound_data(request))
    result = perform(request, form, actions.withdraw_citation, citation=citation)
    if result.done:
        return redirect_with_message(request, "It is withdrawn", _list_url(inquiry))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading="Withdraw this fact from its source?",
        caption=citation.source,
        words=citation.fact,
        button="Withdraw it",
        danger=True,
        back=_list_url(inquiry),
    )
