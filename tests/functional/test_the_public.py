"""The public, who signs in to nothing: lists that keep their filters, a recommendation, a body, search, a telephone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.functional.browser import Visitor


def query(visitor: Visitor) -> dict[str, list[str]]:
    """What the address in the browser asks for."""
    return parse_qs(urlsplit(visitor.page.url).query)


def test_somebody_finds_out_what_became_of_a_recommendation(visitor: Callable[..., Visitor]) -> None:
    public = visitor().go("/")
    public.page.get_by_role("region", name="Demonstration").get_by_text("is fictional").wait_for()
    public.menu("Inquiries")
    public.follow("Noticed and supported").sees("Report published", "Monitoring")
    public.follow("A named lead").sees("That every school names a member of staff", "Comes from finding 1")
    public.picture("recommendation")
    public.menu("Bodies").follow("Marlshire Constabulary").sees("Recommendations")
    public.go("/bodies/").follow("Marlshire Drainage Partnership").sees("Marlshire Flood and Water Board")


def test_a_telephone_shows_the_way_back(visitor: Callable[..., Visitor]) -> None:
    public = visitor(width=360).go("/inquiries/").follow("Noticed and supported").follow("A named lead")
    assert public.hidden_ways_back() == []
    assert public.overflow() == []
    public.page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Noticed and").click()
    public.sees("Report published")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_filters_sorting_and_pages_stay_in_the_address(
    javascript: bool, visitor: Callable[..., Visitor]
) -> None:
    public = visitor(javascript=javascript).go("/recommendations/").sees("page 1 of")
    public.follow("Page 2").sees("page 2 of")
    public.go("/recommendations/").select("Inquiry", "Noticed and supported")
    apply(public, "**inquiry=*")
    public.select("Sort by", "Reference")
    apply(public, "**sort=reference*")
    assert query(public)["inquiry"]
    again = visitor(javascript=javascript).go(public.page.url)
    assert again.main.locator(".app-count").inner_text() == public.main.locator(".app-count").inner_text()
    public.follow("Take away").page.wait_for_url(lambda address: "inquiry=" not in address)


def apply(public: Visitor, address: str) -> None:
    """With scripts the list answers as the filters change; without, a button is pressed."""
    if not public.javascript:
        public.press("Apply filters")
    public.page.wait_for_url(address)
    public.look()


def test_search(visitor: Callable[..., Visitor]) -> None:
    public = visitor().go("/search/")
    public.main.get_by_role("searchbox").fill("young carers")
    public.press("Search").sees("Noticed and supported")
    public.main.get_by_role("searchbox").fill("zzzz")
    public.press("Search").sees("Nothing was found", "Check the spelling")


def test_a_page_that_is_not_there_says_what_to_do(visitor: Callable[..., Visitor]) -> None:
    visitor().go("/recommendations/999999/").sees("Page not found")


def test_on_a_telephone_nobody_scrolls_sideways(visitor: Callable[..., Visitor]) -> None:
    public = visitor(width=360).go("/")
    public.menu("Recommendations").follow("Page 2")
    public.menu("Bodies").follow("Marlshire Constabulary")
    public.menu("Inquiries").follow("Getting to school")
