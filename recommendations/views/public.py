"""The public site: what was recommended, and what became of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from committee import clock, form_recovery
from committee.house import is_demonstration
from recommendations.exports import columns
from recommendations.exports.feeds import LatestFeed
from recommendations.exports.lists import Download, answer, downloads
from recommendations.exports.sitemaps import SITEMAPS
from recommendations.filters import BodyFilter, BodyWorkFilter, InquiryFilter, RecommendationFilter
from recommendations.forms.search import SearchForm
from recommendations.forms.timeline import AsAtForm
from recommendations.lifecycle import Standing
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    Meeting,
    Recommendation,
    Update,
)
from recommendations.queries import figures
from recommendations.queries.search import search as find
from recommendations.queries.timeline import record
from recommendations.views.available_actions import offers_on_inquiry, offers_on_record
from recommendations.views.decorators import page
from recommendations.views.lists import listing

NOBODY = AnonymousUser()
LATEST = 5


@require_safe
@page(public=True)
def home(request: HttpRequest) -> HttpResponse:
    recommendations = Recommendation.objects.published()
    return render(
        request,
        "public/home.html",
        {
            "figures": recommendations.figures(),
            "responses": Assignment.objects.published().response_record(),
            "inquiries": Inquiry.objects.published().for_list().latest_first()[:LATEST],
            "closed": recommendations.lately_closed()[:LATEST],
            "updates": Update.objects.visible_to(NOBODY).for_list()[:LATEST],
            "today": clock.today(),
        },
    )


# ------------------------------------------------------------------ inquiries


@require_safe
@page(public=True)
def inquiries(request: HttpRequest, form: str = "") -> HttpResponseBase:
    visible = Inquiry.objects.visible_to(request.user).for_list()
    found = listing(request, InquiryFilter, visible)
    if form:
        rows = found.queryset.iterator(chunk_size=columns.CHUNK)
        return answer(
            request,
            form,
            Download("inquiries", "Inquiries", columns.INQUIRY_COLUMNS, rows),
        )
    return render(
        request,
        "public/inquiries.html",
        found.context(heading="Inquiries", noun="inquiry,inquiries", downloads=downloads("inquiries_file")),
    )


@require_safe
@page(public=True)
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user).for_page(), pk=pk)
    tally = figures.tally(Assignment.objects.of_inquiry(inquiry))
    counts = inquiry.recommendations.order_by().figures()
    return render(
        request,
        "public/inquiry.html",
        {
            "inquiry": inquiry,
            "recommendations": inquiry.recommendations.for_list().order_by("sort_key", "id"),
            "figures": counts,
            "unaddressed": counts["total"] - tally.total.total,
            "tally": tally,
            "parts": [(standing, tally.total.counts.of(standing)) for standing in Standing],
            "meetings": Meeting.objects.that_assessed(inquiry),
            "evidence": inquiry.evidence.current().open_to(request.user),
            "offers": offers_on_inquiry(request.user, inquiry),
            "today": clock.today(),
        },
    )


# ------------------------------------------------------------------ recommendations


@require_safe
@page(public=True)
def recommendations(request: HttpRequest, form: str = "") -> HttpResponseBase:
    visible = Recommendation.objects.visible_to(request.user).for_list()
    found = listing(request, RecommendationFilter, visible)
    if form:
        rows = columns.recommendation_rows(found.queryset)
        return answer(
            request,
            form,
            Download(
                "recommendations",
                "Recommendations",
                columns.RECOMMENDATION_COLUMNS,
                rows,
            ),
        )
    return render(
        request,
        "public/recommendations.html",
        found.context(
            heading="Recommendations", noun="recommendation", downloads=downloads("recommendations_file")
        ),
    )


@require_safe
@page(public=True)
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
            "offers": offers_on_record(request.user, found),
        },
    )


# ------------------------------------------------------------------ bodies


@require_safe
@page(public=True)
def bodies(request: HttpRequest, form: str = "") -> HttpResponseBase:
    found = listing(request, BodyFilter, Body.objects.for_list(), size=50)
    if form:
        rows = found.queryset.iterator(chunk_size=columns.CHUNK)
        return answer(
            request,
            form,
            Download("bodies", "Bodies", columns.BODY_COLUMNS, rows),
        )
    return render(
        request,
        "public/bodies.html",
        found.context(heading="Bodies", noun="body,bodies", downloads=downloads("bodies_file")),
    )


@require_safe
@page(public=True)
def body(request: HttpRequest, pk: int, form: str = "") -> HttpResponseBase:
    body = get_object_or_404(Body.objects.for_page(), pk=pk)
    published = Assignment.objects.published().of_body(body)
    found = listing(request, BodyWorkFilter, published.for_list())
    if form:
        rows = columns.assignment_rows(found.queryset)
        title = f"Recommendations to {body.label}"
        return answer(
            request,
            form,
            Download(
                "recommendations-to-a-body",
                title,
                columns.RECOMMENDATION_COLUMNS,
                rows,
            ),
        )
    return render(
        request,
        "public/body.html",
        found.context(
            noun="recommendation",
            downloads=downloads("body_file", pk),
            body=body,
            figures=published.figures(),
            answers=published.response_record(),
            inquiries=Inquiry.objects.visible_to(request.user).of_committee(body),
            passed_on=body.inquiries_passed_on.for_list().visible_to(request.user),
            today=clock.today(),
        ),
    )


# ------------------------------------------------------------------ search, and pages about the site


@require_safe
@page(public=True)
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    groups = find(words, request.user)
    return render(request, "public/search.html", {"form": form, "words": words, "groups": groups})


@require_safe
@page(public=True)
def open_data(request: HttpRequest) -> HttpResponse:
    sets = [
        {"title": title, "row": row, "downloads": downloads(route)} for title, row, route in columns.DATA_SETS
    ]
    return render(request, "public/open_data.html", {"sets": sets, "columns": columns.RECOMMENDATION_COLUMNS})


@require_safe
@page(public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@require_safe
@page(public=True)
def cookies(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "public/cookies.html",
        {
            "session_name": settings.SESSION_COOKIE_NAME,
            "csrf_name": settings.CSRF_COOKIE_NAME,
            "form_key_name": form_recovery.COOKIE,
            "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        },
    )


# ------------------------------------------------------------------ for machines


@require_safe
@page(public=True)
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of the latest published updates and responses."""
    return _revalidated(request, LatestFeed()(request))


@require_safe
@page(public=True)
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the files that list every public page."""
    answer = sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    return _revalidated(request, answer)


@require_safe
@page(public=True)
@conditional_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The public pages of one kind: `?p=2` is the second part."""
    return _revalidated(request, sitemap_views.sitemap(request, SITEMAPS, section))


def _revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Have caches ask each time whether the answer changed: from Last-Modified alone they would guess for how long it
    holds. What a signed-in person is sent stays out of caches, like every page."""
    if not request.user.is_authenticated:
        patch_cache_control(response, no_cache=True)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit: nothing of an internal installation or a demonstration."""
    shown = settings.PUBLIC_SITE and not is_demonstration()
    return render(
        request, "public/robots.txt", {"shown": shown, "site": settings.SITE_URL}, content_type="text/plain"
    )
