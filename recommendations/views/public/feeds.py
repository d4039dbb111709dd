"""The feed, the site map and robots.txt."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page

from committee.branding import is_demonstration
from recommendations.exports.feeds import LatestFeed
from recommendations.exports.sitemaps import SITEMAPS
from recommendations.views.decorators import page, unrestricted


@page(public=True, methods="GET")
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Send an Atom feed of the latest published updates and responses."""
    return _revalidated(request, LatestFeed()(request))


@page(public=True, methods="GET")
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the index of the files that list every public page."""
    answer = sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    return _revalidated(request, answer)


@page(public=True, methods="GET")
@conditional_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the public pages of one kind: `?p=2` is the second part."""
    return _revalidated(request, sitemap_views.sitemap(request, SITEMAPS, section))


@unrestricted(methods="GET")
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may visit: nothing of an internal installation or a demonstration."""
    shown = settings.PUBLIC_SITE and not is_demonstration()
    return render(
        request, "public/robots.txt", {"shown": shown, "site": settings.SITE_URL}, content_type="text/plain"
    )


def _revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response so that caches ask each time whether it changed.

    From Last-Modified alone they would guess for how long it holds. What a signed-in person is sent stays out of caches,
    like every page.
    """
    if not request.user.is_authenticated:
        patch_cache_control(response, no_cache=True)
    return response
