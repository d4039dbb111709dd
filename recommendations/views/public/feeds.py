"""The feed, the site map and robots.txt."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page

from committee.branding import is_demonstration
from recommendations.exports.feeds import LatestFeed
from recommendations.exports.sitemaps import SITEMAPS
from recommendations.views.decorators import page, unrestricted
from recommendations.views.public.pages import _revalidated

# ------------------------------------------------------------------ for machines


@page(public=True, methods="GET")
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of the latest published updates and responses."""
    return _revalidated(request, LatestFeed()(request))


@page(public=True, methods="GET")
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the files that list every public page."""
    answer = sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    return _revalidated(request, answer)


@unrestricted(methods="GET")
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit: nothing of an internal installation or a demonstration."""
    shown = settings.PUBLIC_SITE and not is_demonstration()
    return render(
        request, "public/robots.txt", {"shown": shown, "site": settings.SITE_URL}, content_type="text/plain"
    )
