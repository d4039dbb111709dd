"""A pack tells apart what is not known from what is not yet, in its figures, its table and its data."""

from __future__ import annotations

import datetime as dt
import html
import re
from io import BytesIO

import lxml.html
import pytest
from docx import Document

from committee import clock
from recommendations.actions import sources
from recommendations.lifecycle import NOT_KNOWN, Edition, PackSection, Priority, RecordKind
from recommendations.models import Meeting, Pack, Recommendation
from recommendations.packs.content import build_content
from recommendations.packs.data_table import HEADINGS, MAY_BE_UNKNOWN, table
from recommendations.packs.html import screen_html
from recommendations.packs.values import Data
from recommendations.packs.word import make_word
from tests.factories import Cast, fresh

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

COMING = dt.date(2026, 1, 26)


@pytest.fixture
def compiled(cast: Cast) -> list[Recommendation]:
    """Two recommendations of which public sources tell: one is addressed to a body, of the other none is named."""
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    told = cast.recommendation(inquiry, heading="To a body", priority=Priority.NOT_KNOWN)
    unnamed = cast.recommendation(inquiry, heading="To whom?", priority=Priority.NOT_KNOWN)
    cast.publish(inquiry, dt.date(2015, 11, 3))
    cast.assignment(recommendation=told, notified_on=None, first_target_on=None)
    return [told, unnamed]


@pytest.fixture
def own(cast: Cast) -> list[Recommendation]:
    """Two recommendations of the committee's own record: one of which the body said nothing yet, one to nobody."""
    asked = cast.assignment().recommendation
    return [asked, cast.recommendation(asked.inquiry, heading="To nobody")]


def content_of(cast: Cast, recommendations: list[Recommendation]) -> Data:
    pack = Pack(
        meeting=Meeting.objects.filter(held_on=COMING).first() or cast.meeting(COMING),
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=[row.pk for row in recommendations],
    )
    return build_content(pack, by=fresh(cast.carla), moment=clock.now())


def words_of(content: Data) -> str:
    page = screen_html(content, content_hash="x")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_part_of_which_nobody_knows_is_not_counted_as_open(
    cast: Cast, compiled: list[Recommendation], own: list[Recommendation]
) -> None:
    content = content_of(cast, compiled + own)
    summary = content["summary"]
    assert (summary["parts"], summary["open_parts"], summary["parts_not_known"]) == (2, 1, 1)
    assert sum(line["count"] for line in summary["claims"]) == summary["open_parts"]
    words = words_of(content)
    assert (
        "No update yet 1 of 1 What the owning bodies say of 1 more part is not known from public sources."
        in words
    )
    assert (
        "This pack covers 4 recommendations. 2 of them are addressed to owning bodies, in 2 parts. Of 1 it is not known from"
        " public sources to whom it is addressed. 1 of them is addressed to nobody." in words
    )
    for section in ("Since the last meeting", "Overdue and escalated", "Dates that slipped"):
        said = words.rpartition(section)[2][:400]
        assert (
            "Of 2 recommendations this is not known from public sources" in said
            or "No earlier meeting" in said
        )


def test_the_committees_own_record_reads_as_ever(cast: Cast, own: list[Recommendation]) -> None:
    words = words_of(content_of(cast, own[:1]))
    assert "This pack covers 1 recommendation, addressed to owning bodies in 1 part." in words
    assert "No update yet 1 of 1" in words
    assert "not known" not in words.rpartition("11. Key")[0]
    words = words_of(content_of(cast, own[1:]))
    assert "None. Nothing is addressed to a body." in words


def test_its_data_does_not_say_who_leads_or_that_nothing_is_late(
    cast: Cast, compiled: list[Recommendation], own: list[Recommendation]
) -> None:
    content = content_of(cast, compiled + own)
    parts = {
        row["heading"]: part
        for inquiry in content["inquiries"]
        for row in inquiry["recommendations"]
        for part in row["bodies"]
    }
    unknown, known = parts["To a body"], parts[own[0].heading]
    assert (unknown["is_lead"], unknown["overdue"], known["is_lead"], known["overdue"]) == (
        None,
        None,
        True,
        False,
    )
    assert {name: unknown["dates"][name] for name in ("slips", "days_slipped", "days_late")} == dict.fromkeys(
        ("slips", "days_slipped", "days_late")
    )
    assert "contributing" not in words_of(content)


def test_each_column_of_its_table_says_so(cast: Cast, compiled: list[Recommendation]) -> None:
    addressed, unnamed = (
        dict(zip(HEADINGS, row, strict=True)) for row in list(table(content_of(cast, compiled)))[1:]
    )
    assert {heading for heading, cell in unnamed.items() if cell == NOT_KNOWN} == MAY_BE_UNKNOWN
    assert {heading for heading, cell in addressed.items() if cell == NOT_KNOWN} == MAY_BE_UNKNOWN - {
        "Owning body"
    }


def test_a_long_note_and_what_sources_tell_are_set_apart(cast: Cast) -> None:
    inquiry = cast.inquiry(
        title="An inquiry of 2015",
        record_kind=RecordKind.PUBLIC_SOURCES,
        source_note="What it is.\n\nWhat it lacks.",
    )
    told = cast.recommendation(inquiry, priority=Priority.NOT_KNOWN)
    cast.publish(inquiry, dt.date(2015, 11, 3))
    gazette = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Gazette", where="Page 3")
    for fact in ("It was published", "It had ten measures"):
        sources.cite(by=cast.sam, source=gazette, about=inquiry, fact=fact)
    content = content_of(cast, [told])
    tree = lxml.html.fromstring(screen_html(content, content_hash="x"))
    paragraphs = [" ".join(one.text_content().split()) for one in tree.xpath("//p")]
    assert {"What it is.", "What it lacks."} <= set(paragraphs)
    (list_of_facts,) = tree.xpath("//li[text()='It had ten measures']/..")
    assert [one.text for one in list_of_facts] == ["It was published", "It had ten measures"]
    assert list_of_facts.getprevious().text == "The Gazette, title not known, date not known. Page 3:"
    document = Document(BytesIO(make_word(content, content_hash="x", made_with={})))
    lines = [one.text for one in document.paragraphs]
    assert {"What it is.", "What it lacks.", "It was published", "It had ten measures"} <= set(lines)
