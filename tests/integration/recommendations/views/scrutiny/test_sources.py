"""Pages on which committee support says where a record comes from, and where everybody reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import sources
from recommendations.lifecycle import Priority, RecordKind
from recommendations.models import Citation, Inquiry, Meeting, Recommendation, Source
from tests.clients import boxes, signed_in, words_of
from tests.factories import Cast

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    cast.recommendation(inquiry, priority=Priority.NOT_KNOWN)
    return cast.publish(inquiry, dt.date(2015, 11, 3))


@pytest.fixture
def sam(cast: Cast) -> Client:
    return signed_in(cast.sam)


def test_a_source_is_added_cited_and_corrected(sam: Client, inquiry: Inquiry) -> None:
    listed = reverse("inquiry_sources", args=[inquiry.pk])
    assert "No source is recorded" in words_of(sam.get(listed))
    typed = {"publisher": "The Gazette", "title": "", "where": "No. 14", "month_only": "on"}
    typed |= {"published_on_day": "", "published_on_month": "1", "published_on_year": "2016"}
    sam.post(reverse("new_source", args=[inquiry.pk]), typed | boxes("read_on", None))
    source = Source.objects.get()
    assert str(source) == "The Gazette, title not known, January 2016, day not known"
    recommendation = inquiry.recommendations.get()
    page = sam.post(
        reverse("cite_source", args=[source.pk]),
        {"about": f"recommendation-{recommendation.pk}", "fact": "The measure"},
        follow=True,
    )
    assert "The measure" in words_of(page)
    typed = {"publisher": "The Gazette", "title": "Ten measures", "reason": "Its title is known now"}
    sam.post(reverse("correct_source", args=[source.pk]), typed)
    public = words_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
    assert "The Gazette, Ten measures, date not known." in public
    assert "Its title is known now" in public
    read = words_of(Client().get(reverse("recommendation", args=[recommendation.pk])))
    assert "The measure. Source: The Gazette, Ten measures, date not known" in read
    download = Client().get(reverse("recommendations_file", args=["csv"])).getvalue().decode()
    assert "Ten measures" in download


def test_what_a_form_lacks_is_said_and_nothing_is_lost(sam: Client, inquiry: Inquiry) -> None:
    page = sam.post(reverse("new_source", args=[inquiry.pk]), {"publisher": "", "title": "Ten measures"})
    assert "Enter who published it" in words_of(page)
    assert 'value="Ten measures"' in page.content.decode()
    page = sam.post(reverse("new_source", args=[inquiry.pk]), {"publisher": "The Gazette"})
    assert "Enter the title or the address of the source" in words_of(page)
    assert not Source.objects.exists()


def test_a_fact_is_withdrawn_with_a_reason(sam: Client, cast: Cast, inquiry: Inquiry) -> None:
    source = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Gazette", title="Ten measures")
    citation = sources.cite(by=cast.sam, source=source, about=inquiry, fact="It had twelve")
    address = reverse("withdraw_citation", args=[citation.pk])
    assert "It had twelve" in words_of(sam.get(address))
    assert "Enter why" in words_of(sam.post(address, {"reason": ""}))
    sam.post(address, {"reason": "It says ten"})
    assert Citation.objects.get().withdrawn_because == "It says ten"
    assert "It had twelve" not in words_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
    assert sam.get(address).status_code == 404


def test_an_inquiry_is_said_to_be_compiled_from_public_sources(sam: Client, cast: Cast) -> None:
    inquiry = cast.inquiry()
    page = sam.get(reverse("edit_inquiry", args=[inquiry.pk]))
    assert "Compiled from public sources" in words_of(page)
    new = reverse("new_recommendation", args=[inquiry.pk])
    assert "Priority not known" not in words_of(sam.get(new))
    Inquiry.objects.filter(pk=inquiry.pk).update(record_kind=RecordKind.PUBLIC_SOURCES)
    assert "Priority not known from public sources" in words_of(sam.get(new))


def test_a_notice_that_a_source_tells_of(sam: Client, cast: Cast, inquiry: Inquiry) -> None:
    part = cast.assignment(recommendation=inquiry.recommendations.get(), notified_on=None)
    typed = {"assignments": part.pk, "from_source": "on", **boxes("on", dt.date(2015, 11, 3))}
    address = reverse("send_notices", args=[inquiry.pk])
    page = words_of(sam.post(address, typed))
    assert "A source tells of it. No time to respond begins, and nobody is told." in page
    assert "Nobody is told" in words_of(sam.post(address, typed | {"send": "yes"}, follow=True))
    page = words_of(Client().get(reverse("recommendation", args=[part.recommendation_id])))
    assert "Not known from public sources" in page
    assert "late" not in page.partition("How success")[0]


def test_a_meeting_of_which_only_the_month_is_known(cast: Cast) -> None:
    carla = signed_in(cast.carla)
    typed = {"body": cast.cabinet.pk, "month_only": "on", "only_announced": "on"}
    typed |= {"held_on_day": "", "held_on_month": "11", "held_on_year": "2015"}
    page = carla.post(reverse("new_meeting"), typed, follow=True)
    assert "November 2015, day not known" in words_of(page)
    assert "Not known whether it was held" in words_of(page)
    meeting = Meeting.objects.get()
    assert "November 2015, day not known" in words_of(carla.get(reverse("meetings")))
    page = carla.post(
        reverse("compose_pack", args=[meeting.pk]), {"title": "A pack", "edition": "public"}, follow=True
    )
    assert not meeting.packs.exists()
    page = carla.post(reverse("new_meeting"), typed | {"month_only": ""})
    assert "must include a day" in words_of(page)


def test_the_figures_count_what_is_not_known(cast: Cast, inquiry: Inquiry) -> None:
    cast.assignment()
    page = words_of(Client().get(reverse("home")))
    assert "1 of 2 not known" in page
    assert "1 of 2 still open" in page
    found = words_of(Client().get(reverse("recommendations"), {"status": "not_known"}))
    assert "An inquiry of 2015" in found
    assert Recommendation.objects.published().not_known().count() == 1
    colin = signed_in(cast.colin)
    board = words_of(colin.get(reverse("committee_dashboard", args=[cast.committee.pk])))
    assert "1 of 2 Not known" in board
    assert "Nothing is known since 3 November 2015: 3,723 days" in board
