"""The page of a pack, whole and with every section, wherever it is kept: on a desk, on a telephone, on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from recommendations.packs.content import content_hash
from recommendations.packs.html import screen_html
from tests.functional.browser import Visitor

STORED = Path(__file__).parents[1] / "unit" / "recommendations" / "packs" / "stored" / "exempt.json"
ADDRESS = "http://pack.test/"
AWKWARD = "מוחמד כהן, " + "W" * 120 + " https://example.org/" + "a-very-long-path/" * 17


def _content() -> dict[str, Any]:
    """The golden pack, with long words and a name from right to left in one of its recommendations."""
    content: dict[str, Any] = json.loads(STORED.read_text())
    first = content["inquiries"][0]["recommendations"][0]
    first["heading"] = first["text"] = AWKWARD
    first["bodies"][0]["update"]["progress"] = first["bodies"][0]["response"]["text"] = AWKWARD
    return content


@pytest.fixture(params=[1024, 360])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visitor]:
    content = _content()
    html = screen_html(
        content, content_hash=content_hash(content), made_with={"WeasyPrint": "70.0"}, back="/"
    )
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="en-GB")

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    context.route("**/*", answer)
    visitor = Visitor(context.new_page())
    visitor.go(ADDRESS)  # nothing for axe, no sideways scrolling, a title, one h1
    yield visitor
    context.close()


def test_reads_well_and_begins_with_a_way_past_the_contents(reader: Visitor) -> None:
    page = reader.page
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title().startswith(
        "Progress on scrutiny recommendations: Cabinet of Marlshire County Council"
    )
    for role in ("banner", "main"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the pack"
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_review_table_is_a_table_at_any_width_and_stands_in_one_column_on_a_telephone(
    reader: Visitor,
) -> None:
    table = reader.page.get_by_role("table").filter(has_text="Committee’s assessment").first
    assert table.get_by_role("columnheader").count() == 4
    boxes = [cell.bounding_box() for cell in table.get_by_role("cell").all()[:4]]
    lefts = {round(box["x"]) for box in boxes if box}
    assert len(lefts) == (1 if reader.width == 360 else 4)
    shown = [
        reader.page.evaluate("cell => getComputedStyle(cell, '::before').content", cell.element_handle())
        for cell in table.get_by_role("cell").all()[1:4]
    ]
    named = ['"Original response and actions"', '"Progress update"', '"Committee’s assessment"']
    assert shown == (named if reader.width == 360 else ["none"] * 3)


def test_prints_without_what_is_for_the_screen(reader: Visitor) -> None:
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".back").is_visible()
    assert not reader.page.locator(".skip").is_visible()
    reader.page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins
    assert reader.page.evaluate("document.scrollingElement.scrollWidth") <= 680
