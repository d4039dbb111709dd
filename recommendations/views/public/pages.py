"""The home page and the pages about the site itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from committee import clock, form_recovery
from recommendations.exports import columns
from recommendations.exports.lists import downloads
from recommendations.models import (
    Assignment,
    Inquiry,
    Recommendation,
    Update,
)
from recommendations.models.updates import UpdateQuerySet
from recommendations.queries.correction_marks import is_told_of
from recommendations.queries.sources import credited_records
from recommendations.views.decorators import page

NOBODY = AnonymousUser()
LATEST = 5


@page(public=True, methods="GET")
def home(request: HttpRequest) -> HttpResponse:
    recommendations = Recommendation.objects.published()
    return render(
        request,
        "public/home.html",
        {
            "figures": recommendations.figures(),
            "responses": Assignment.objects.published().response_record(),
            "inquiries": Inquiry.objects.published().for_list().latest_first()[:LATEST],
            "closed": recommendations.lately_closed().annotate(corrected=is_told_of("pk"))[:LATEST],
            "updates": _latest_progress(),
            "today": clock.today(),
        },
    )


def _latest_progress() -> UpdateQuerySet:
    """Return the updates that were published last, without those that were corrected since."""
    told = Update.objects.visible_to(NOBODY).on_standing_parts().uncorrected()
    return told.newest().for_news()[:LATEST]


@page(public=True, methods="GET")
def open_data(request: HttpRequest) -> HttpResponse:
    sets = [
        {"title": title, "row": row, "downloads": downloads(route)} for title, row, route in columns.DATA_SETS
    ]
    context = {"sets": sets, "columns": columns.RECOMMENDATION_COLUMNS, "compiled": credited_records()}
    return render(request, "public/open_data.html", context)


@page(public=True, methods="GET")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@page(public=True, methods="GET")
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
