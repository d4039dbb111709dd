"""The public search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from recommendations.forms.search import SearchForm
from recommendations.queries.search import answer
from recommendations.views.decorators import page


@page(public=True, methods="GET")
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "public/search.html", {"form": form, "answer": answer(words, request.user)})
