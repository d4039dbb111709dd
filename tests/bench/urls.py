"""The tracker's addresses, and two views to measure them against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from recommendations.models import Recommendation


def bare(_request: HttpRequest, pk: int) -> HttpResponse:
    """One indexed query and one line of text."""
    return HttpResponse(Recommendation.objects.values_list("heading", flat=True).get(pk=pk))


def plain(request: HttpRequest, pk: int) -> HttpResponse:
    """One indexed query, and the layout of every page with nothing in it."""
    Recommendation.objects.values_list("heading", flat=True).get(pk=pk)
    return render(request, "base.html")


urlpatterns = [
    path("bench/bare/<int:pk>/", bare),
    path("bench/plain/<int:pk>/", plain),
    path("", include("committee.urls")),
]
