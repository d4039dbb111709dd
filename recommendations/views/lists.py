"""One page of a list: filtered, sorted and paged by what the address says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from committee.forms.filters import filters_for_file_name
from committee.paging import page_of
from recommendations.exports.lists import Column, Download, answer
from recommendations.filters import GovukFilterSet

PAGE_SIZE = 25


@dataclass(frozen=True)
class Listing:
    """One page of a list: its filters, its rows, and how many rows there are in all."""

    filters: GovukFilterSet
    page: Page[Any]
    total: int
    query: str
    """The address's query without the page number, for links to other pages and to exports."""

    @property
    def queryset(self) -> Any:
        """Return all rows of the list, in order: what an export holds."""
        return self.page.paginator.object_list

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what `_layouts/list.html` reads, with `more` that the page needs."""
        return {
            "filter": self.filters,
            "page": self.page,
            "total": self.total,
            "is_filtered": self.is_filtered,
            **more,
        }

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.chips) or bool(self.filters.errors)

    def download(self, name: str, title: str, columns: Sequence[Column], rows: Iterable[Any]) -> Download:
        """Return the list as a file, named and titled with its filters. Pass all its `rows`, in order."""
        filters = filters_for_file_name(self.filters.form)
        return Download(
            f"{name}-{filters}" if filters else name, title, columns, rows, self.filters.description
        )


def listing(
    request: HttpRequest, filters: type[GovukFilterSet], queryset: Any, *, size: int = PAGE_SIZE
) -> Listing:
    """Return the page of the list that the address asks for, the nearest one where it asks for one that is not there."""
    chosen = filters(request.GET, queryset, request=request)
    page = page_of(chosen.sorted, size, request.GET.get("page"))
    return Listing(filters=chosen, page=page, total=page.paginator.count, query=chosen.query())


def list_or_file(
    request: HttpRequest, form: str, found: Listing, template: str, *, file: Download, **context: Any
) -> HttpResponseBase:
    """Return the page of a list; the whole list as a file where the address ends in a format, such as ".csv"."""
    if form:
        return answer(request, form, file)
    return render(request, template, found.context(**context))
