"""The page of a list that an address asks for."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

from committee.text import MOST_DIGITS, clean_line, whole_number


def page_of(rows: Any, size: int, asked: str | None) -> Page[Any]:
    """Return the page with the number that an address asks for, the nearest one where there is none of that number.

    What is no number asks for the first page, as 0 and numbers below it do.
    """
    pages = Paginator(rows, size)
    number = whole_number(clean_line(asked)[:MOST_DIGITS]) or 1
    return pages.page(min(number, pages.num_pages))
