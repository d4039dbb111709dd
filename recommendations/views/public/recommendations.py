"""The list of recommendations, and one recommendation with its timeline."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from committee import clock
from recommendations.exports import columns
from recommendations.exports.lists import downloads
from recommendations.filters import RecommendationFilter
from recommendations.forms.timeline import AsAtForm
from recommendations.models import (
    Recommendation,
)
from recommendations.queries.correction_marks import is_told_of
from recommendations.queries.import_notes import notes_of
from recommendations.queries.records import record
from recommendations.views.available_actions import actions_on_record
from recommendations.views.decorators import page
from recommendations.views.lists import list_or_file, listing


@page(public=True, methods="GET")
def recommendations(request: HttpRequest, form: str = "") -> HttpResponseBase:
    rows = Recommendation.objects.visible_to(request.user).for_list()
    found = listing(
        request, RecommendationFilter, rows if form else rows.annotate(corrected=is_told_of("pk"))
    )
    return list_or_file(
        request,
        form,
        found,
        "public/recommendations.html",
        file=found.download(
            "recommendations",
            "Recommendations",
            columns.RECOMMENDATION_COLUMNS,
            columns.recommendation_rows(found.queryset),
        ),
        heading="Recommendations",
        noun="recommendation",
        downloads=downloads("recommendations_file"),
    )


@page(public=True, methods="GET")
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(Recommendation.objects.visible_to(request.user).for_record(), pk=pk)
    form = AsAtForm(request.GET if "as_at" in request.GET else None)
    day: dt.date | None = form.cleaned_data["as_at"] if form.is_valid() else None
    found = record(
        recommendation, request.user, clock.end_of_day(day) if day and day < clock.today() else None
    )
    return render(
        request,
        "public/recommendation.html",
        {
            "recommendation": recommendation,
            "record": found,
            "form": form,
            "available_actions": actions_on_record(request.user, found),
            "kept_notes": [] if found.moment else notes_of(recommendation, request.user),
        },
    )
