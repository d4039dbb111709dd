"""The list of inquiries, and one inquiry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from committee import clock
from recommendations.exports import columns
from recommendations.exports.lists import downloads
from recommendations.filters import InquiryFilter
from recommendations.models import (
    Assignment,
    Correction,
    Inquiry,
    Meeting,
    Recommendation,
)
from recommendations.queries import correction_marks, corrections, figures, silence, sources
from recommendations.views.available_actions import actions_on_inquiry
from recommendations.views.decorators import page
from recommendations.views.lists import list_or_file, listing


@page(public=True, methods="GET")
def inquiries(request: HttpRequest, form: str = "") -> HttpResponseBase:
    found = listing(request, InquiryFilter, Inquiry.objects.visible_to(request.user).for_list())
    rows = columns.inquiry_rows(found.queryset)
    return list_or_file(
        request,
        form,
        found,
        "public/inquiries.html",
        file=found.download("inquiries", "Inquiries", columns.INQUIRY_COLUMNS, rows),
        heading="Inquiries",
        noun="inquiry,inquiries",
        downloads=downloads("inquiries_file"),
    )


@page(public=True, methods="GET")
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user).for_page(), pk=pk)
    recommendations = Recommendation.objects.of_inquiry(inquiry).in_reports()
    listed = recommendations.for_list().annotate(corrected=correction_marks.is_told_of("pk"))
    listed = listed.order_by("sort_key", "id")
    told = sources.sources_of(inquiry)
    return render(
        request,
        "public/inquiry.html",
        {
            "inquiry": inquiry,
            "recommendations": listed,
            "withdrawn": [one for one in listed if one.withdrawn_at is not None],
            "figures": recommendations.order_by().figures(),
            "tally": figures.tally(
                Assignment.objects.of_inquiry(inquiry).in_reports(), recommendations=recommendations
            ),
            "meetings": Meeting.objects.that_assessed(inquiry),
            "sources": told,
            "told_meetings": sources.meetings_told_of(told),
            "silence": silence.of_inquiry(inquiry),
            "evidence": inquiry.evidence.current().open_to(request.user),
            "available_actions": actions_on_inquiry(request.user, inquiry),
            "corrections": corrections.for_reading(
                Correction.objects.among(inquiry=[inquiry.pk], finding=inquiry.findings.values("pk"))
            ),
            "today": clock.today(),
        },
    )
