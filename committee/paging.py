"""The page of a list that an address asks for."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

from committee.text import MOST_DIGITS, clean_line, whole_number


def page_of(rows: Any, size: int, asked: str | None, *, count: int | None = None) -> Page[Any]:
    """Return the page with the number that an address asks for, the nearest one where there is none of that number.

    What is no number asks for the first page, as 0 and numbers below it do. `count` is how many rows there are, where that is
    known: else they are counted.
    """
    pages = Paginator(rows, size)
    if count is not None:
        pages.count = count
    number = whole_number(clean_line(asked)[:MOST_DIGITS]) or 1
    return pages.page(min(number, pages.num_pages))
