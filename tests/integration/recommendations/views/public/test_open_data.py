"""The page of the data: what may be downloaded, and to whom its words belong."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from recommendations.actions import sources
from recommendations.lifecycle import RecordKind
from recommendations.models import Inquiry
from tests.factories import Cast

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def compiled(cast: Cast) -> Inquiry:
    """An inquiry of 2015 that is compiled from a newspaper, not public yet."""
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    recommendation = cast.recommendation(inquiry)
    source = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Gazette", title="Ten measures")
    sources.cite(by=cast.sam, source=source, about=recommendation, fact="The measure in summary")
    return inquiry


def data_page() -> str:
    return Client().get(reverse("open_data")).content.decode()


def rows(route: str) -> list[dict[str, object]]:
    answer = Client().get(reverse(route, args=["json"])).getvalue()
    found: list[dict[str, object]] = json.loads(answer)["rows"]
    return found


def test_what_committees_recorded_belongs_to_the_council(cast: Cast) -> None:
    page = data_page()
    assert f"© {settings.COUNCIL_NAME}" in page
    assert "compiled from public sources" not in page


def test_the_publishers_of_a_compiled_record_are_named(cast: Cast, compiled: Inquiry) -> None:
    assert "The Gazette" not in data_page(), "its report is not public yet"
    cast.publish(compiled, dt.date(2015, 11, 3))
    page = data_page()
    assert "For what committees recorded here" in page
    assert "The Gazette, Ten measures" in page


def test_each_row_of_the_downloads_tells_its_sources(cast: Cast, compiled: Inquiry) -> None:
    cast.publish(compiled, dt.date(2015, 11, 3))
    cast.assignment()
    told = {row["inquiry"]: row for row in rows("recommendations_file")}
    assert told[compiled.title]["sources"] == "The Gazette, Ten measures, date not known"
    assert told[compiled.title]["sources_tell"] == "The measure in summary"
    assert [row["sources_tell"] for title, row in told.items() if title != compiled.title] == [""]
    inquiries = {row["title"]: row["sources"] for row in rows("inquiries_file")}
    assert inquiries.pop(compiled.title) == "The Gazette, Ten measures, date not known"
    assert set(inquiries.values()) == {""}


def test_a_corrected_source_is_named_as_it_stands(cast: Cast, compiled: Inquiry) -> None:
    cast.publish(compiled, dt.date(2015, 11, 3))
    sources.correct_source(
        by=cast.sam,
        source=compiled.sources.get(),
        publisher="The Gazette",
        title="Eleven measures",
        reason="Its title was misread",
    )
    (row,) = rows("inquiries_file")
    assert row["sources"] == "The Gazette, Eleven measures, date not known"


def test_a_file_says_who_publishes_the_file(cast: Cast) -> None:
    answer = json.loads(Client().get(reverse("inquiries_file", args=["json"])).getvalue())
    assert answer["file_publisher"] == settings.COUNCIL_NAME
    assert "file_publisher" in data_page()
