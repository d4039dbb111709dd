"""The list of bodies, and one body with the recommendations addressed to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from committee import clock
from recommendations.exports import columns
from recommendations.exports.lists import answer, downloads
from recommendations.filters import BodyFilter, BodyWorkFilter
from recommendations.models import (
    Assignment,
    Body,
    Citation,
    Inquiry,
    Transfer,
)
from recommendations.queries.correction_marks import addressed_in_error, is_told_of
from recommendations.queries.sources import told_of_end
from recommendations.views.decorators import page
from recommendations.views.lists import list_or_file, listing


@page(public=True, methods="GET")
def bodies(request: HttpRequest, form: str = "") -> HttpResponseBase:
    found = listing(request, BodyFilter, Body.objects.for_list(), size=50)
    rows = columns.body_rows(found.queryset)
    return list_or_file(
        request,
        form,
        found,
        "public/bodies.html",
        file=found.download("bodies", "Bodies", columns.BODY_COLUMNS, rows),
        heading="Bodies",
        noun="body,bodies",
        downloads=downloads("bodies_file"),
    )


@page(public=True, methods="GET")
def body(request: HttpRequest, pk: int, form: str = "") -> HttpResponseBase:
    body = get_object_or_404(Body.objects.for_page(), pk=pk)
    published = Assignment.objects.published().standing().of_body(body)
    listed = published.for_list()
    if not form:
        listed = listed.annotate(corrected=is_told_of("recommendation_id"))
    found = listing(request, BodyWorkFilter, listed)
    if form:
        title, rows = f"Recommendations to {body.label}", columns.assignment_rows(found.queryset)
        file = found.download(
            f"recommendations-to-{slugify(body.label)[:60]}", title, columns.RECOMMENDATION_COLUMNS, rows
        )
        return answer(request, form, file)
    return render(
        request,
        "public/body.html",
        found.context(
            noun="recommendation",
            about=found.queryset.recommendation_count(),
            row="part",
            nothing_is_known=body.known_from_sources_only and not found.is_filtered,
            downloads=downloads("body_file", pk),
            body=body,
            given_over=Transfer.objects.given_over_by(body, Assignment.objects.published().standing()),
            in_error=addressed_in_error(Assignment.objects.published().of_body(body)),
            figures=published.figures(),
            answers=published.response_record(),
            inquiries=Inquiry.objects.visible_to(request.user).of_committee(body).for_list(),
            end_citations=told_of_end(body, Citation.objects.visible_to(request.user))
            if body.abolished_on
            else [],
            passed_on=body.inquiries_passed_on.for_list().visible_to(request.user),
            today=clock.today(),
        ),
    )
