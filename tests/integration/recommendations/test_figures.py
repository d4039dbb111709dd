"""A figure is the number of recommendations behind its link, on every page that has figures."""

from __future__ import annotations

import datetime as dt
import re

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import corrections, successions
from recommendations.actions.recommendations import add_recommendation
from recommendations.lifecycle import Decision, Edition, Grade, Outcome, PackSection, RecordKind
from recommendations.models import Assignment, Body, Inquiry, Pack, Recommendation
from recommendations.packs.content import build_content
from recommendations.queries.figures import nobody_in_words
from tests.clients import signed_in, text_of, words_of
from tests.factories import Cast, at, fresh
from tests.imports import a_line, bring_in, make_inquiry

PAST, FUTURE = dt.date(2025, 12, 1), dt.date(2026, 6, 30)


@pytest.fixture
def successor(cast: Cast) -> Body:
    """A council in which something stands everywhere; the Cabinet, which took over from the police, has two
    parts of one recommendation."""
    inquiry = cast.assignment(first_target_on=FUTURE).recommendation.inquiry
    cast.verdict(cast.assignment(), Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
    # In the end nobody asks whether it was done, though the committee thought so.
    cast.verdict(cast.assignment(), Grade.IMPLEMENTED, Outcome.CLOSE_NO_LONGER_RELEVANT)
    cast.verdict(cast.assignment(first_target_on=PAST), Grade.IMPLEMENTED, Outcome.KEEP)
    shared = cast.assignment(first_target_on=PAST)
    cast.assignment(body=cast.police, recommendation=shared.recommendation, first_target_on=PAST)
    half = cast.assignment(first_target_on=FUTURE)
    done = cast.assignment(body=cast.police, recommendation=half.recommendation)
    cast.verdict(done, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
    cast.recommendation(inquiry, heading="Orphan")
    successions.merge_bodies(
        by=cast.admin,
        bodies=[cast.police, cast.school],
        successor=cast.cabinet,
        on=dt.date(2026, 1, 12),
        reason="An order",
    )
    assert Assignment.objects.of_body(cast.cabinet).count() == 7
    return cast.cabinet


def figures_of(client: Client, address: str) -> list[tuple[str, int, str]]:
    """The figures of the page that lead to a list: label, number, address."""
    tree = lxml.html.fromstring(text_of(client.get(address)))
    found = []
    for figure in tree.xpath("//*[contains(@class, 'app-figure ')][.//a]"):
        number = figure.xpath(".//*[@class='app-figure__number']")[0].text.strip()
        (link,) = figure.xpath(".//a")
        target = link.get("href").split("#")[0]
        where = address + target if target.startswith("?") else target
        found.append((link.text_content().strip(), int(number), where))
    return found


def counted(client: Client, address: str) -> int:
    (count,) = lxml.html.fromstring(text_of(client.get(address))).xpath("//*[@class='app-count']")
    number = re.match(r"\s*([\d,]+) recommendations?\b", count.text_content())
    assert number, count.text_content()
    return int(number[1].replace(",", ""))


@pytest.mark.parametrize("page", ["home", "body", "committee_dashboard"])
def test_a_figure_is_the_number_behind_its_link(cast: Cast, successor: Body, page: str) -> None:
    arguments = {"body": [successor.pk], "committee_dashboard": [cast.committee.pk]}.get(page, [])
    client = signed_in(cast.colin)
    figures = figures_of(client, reverse(page, args=arguments))
    assert len(figures) >= 3
    assert [(label, counted(client, where)) for label, _, where in figures] == [
        (label, number) for label, number, _ in figures
    ]


def test_a_body_with_two_parts_of_one_counts_it_once(cast: Cast, successor: Body, client: Client) -> None:
    page = client.get(reverse("body", args=[successor.pk]))
    (count,) = lxml.html.fromstring(text_of(page)).xpath("//*[@class='app-count']")
    assert " ".join(count.text_content().split()) == "6 recommendations, 7 rows: one for each part"
    listed = client.get(reverse("bodies"), {"q": successor.name})
    assert re.search(r'data-label="Open"[^>]*>\s*4\s*<', text_of(listed))


def test_the_lines_of_the_dashboard_are_their_lists(cast: Cast, successor: Body) -> None:
    """The total of each inquiry and of each body is what its own dashboard says."""
    client = signed_in(cast.colin)
    board = reverse("committee_dashboard", args=[cast.committee.pk])
    tree = lxml.html.fromstring(text_of(client.get(board)))
    lines = tree.xpath("//*[@id='by-inquiry' or @id='by-body']//tbody/tr")
    assert lines
    assert "Addressed to nobody" in [line.xpath(".//a")[0].text for line in lines]
    for line in lines:
        (link,) = line.xpath(".//a")
        total = line.xpath("./td")[-1].text_content().strip()
        assert f"{total} recommendation" in text_of(client.get(board + link.get("href"))), link.text


@pytest.mark.parametrize("kind", [RecordKind.COMMITTEE, RecordKind.PUBLIC_SOURCES])
def test_the_public_line_of_what_is_addressed_to_nobody_is_its_list(cast: Cast, kind: str) -> None:
    """Also for committee support, who see drafts in the list; each other filter narrows it as it narrows the figure."""
    inquiry = cast.inquiry(title="Flooding", record_kind=kind)
    rows = [cast.recommendation(inquiry, heading=heading) for heading in ("Told", "Told too", "Taken back")]
    handed_back = cast.recommendation(inquiry, heading="Handed back")
    cast.publish(inquiry, dt.date(2025, 11, 3))
    part = cast.assignment(
        recommendation=handed_back, first_target_on=None, notified_on=dt.date(2025, 11, 10)
    )
    cast.response(part, Decision.NOT_OURS, reason="It is the schools’", decided_on=dt.date(2025, 12, 1))
    public = Inquiry.objects.get(pk=inquiry.pk)
    add_recommendation(by=cast.sam, inquiry=public, number="9", heading="Draft", text="That is a draft.")
    cast.recommendation(cast.assignment().recommendation.inquiry, heading="Of another inquiry")
    taken_back = Recommendation.objects.get(pk=rows[-1].pk)
    corrections.withdraw_recommendation(by=cast.sam, recommendation=taken_back, reason="Published by mistake")
    for client in (Client(), signed_in(cast.sam), signed_in(cast.colin)):
        tree = lxml.html.fromstring(text_of(client.get(reverse("inquiry", args=[inquiry.pk]))))
        (link,) = [
            one
            for one in tree.xpath("//a")
            if "body=nobody" in one.get("href") and "status" not in one.get("href")
        ]
        total = int(link.xpath("ancestor::tr/td")[0].text_content())
        assert total == 3
        assert counted(client, link.get("href")) == 3
        page = text_of(client.get(link.get("href")))
        assert "Owning body: None is named" in page
        for other in tree.xpath("//a[contains(@href, 'body=nobody') and contains(@href, 'status=open')]"):
            number = re.match(r"\s*(\d+) open", other.text_content())
            assert number
            assert counted(client, other.get("href")) == int(number[1])
        if kind == RecordKind.COMMITTEE:
            assert counted(client, f"{link.get('href')}&status=open") == 3


def test_whom_a_tracker_does_not_state_is_not_nobody(cast: Cast) -> None:
    """What a tracker does not state is said so where those without a body are counted, listed and printed."""
    with at(dt.date(2026, 1, 12)):
        inquiry = make_inquiry(cast)
        text = "That somebody counts the bicycles at the school gate."
        bring_in(cast, [a_line(cast, inquiry=inquiry.pk, text=text, owners=())])
    brought = Recommendation.objects.get(text=text)
    with at(dt.date(2026, 1, 13)):
        client = signed_in(cast.colin)
        board = reverse("committee_dashboard", args=[cast.committee.pk])
        for day in ({}, {"as_at": "2026-01-12"}):
            words = words_of(client.get(board, day))
            assert "Owning body not stated in the tracker" in words
            assert "1 open recommendation has no owning body on record" in words
            assert "ddressed to nobody" not in words
        listed = words_of(client.get(reverse("dashboard_list", args=[cast.committee.pk, "unaddressed"])))
        assert "Road safety Not stated in the tracker Open" in listed
        assert "No reason is recorded" not in listed
        public = words_of(client.get(reverse("inquiry", args=[inquiry.pk])))
        assert "Owning body not stated in the tracker" in public
        assert "1 open recommendation of this inquiry has no owning body on record." in public
        assert "ddressed to no" not in public
        pack = Pack(
            meeting=cast.meeting(dt.date(2026, 1, 26)),
            edition=Edition.PUBLIC,
            created_by=cast.carla,
            title="Progress",
            sections=PackSection.values,
            selection=[brought.pk],
        )
        printed = build_content(pack, by=fresh(cast.carla), moment=clock.now())["summary"]["covers"]
        assert printed == "Of 1 it is not stated in the tracker to whom it is addressed."
        assert nobody_in_words({(False, False), (False, True), (True, False)}) == (
            "Addressed to nobody, or owning body not known from public sources, or owning body not stated in the tracker"
        )
        silent = words_of(client.get(reverse("recommendation", args=[brought.pk])))
        assert "What happened is not stated in the tracker No word since 2 May 2023: 987 days." in silent


@pytest.mark.parametrize("as_at", ["", "2026-01-12"])
def test_those_addressed_to_nobody_count_in_a_line_of_their_own(cast: Cast, as_at: str) -> None:
    """A figure of the line is the number behind its link, of what is not known to whom as well."""
    with at(dt.date(2026, 1, 12)):
        own = cast.assignment().recommendation
        cast.recommendation(own.inquiry, heading="Orphan")
        compiled = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
        for heading in ("Told", "Told too"):
            cast.recommendation(compiled, heading=heading)
        cast.publish(compiled, dt.date(2015, 11, 3))
        handed_back = cast.assignment(first_target_on=None)
        cast.response(handed_back, Decision.NOT_OURS, reason="It is the schools’")
    with at(dt.date(2026, 1, 13)):
        client = signed_in(cast.colin)
        board = reverse("committee_dashboard", args=[cast.committee.pk])
        day = {"as_at": as_at} if as_at else {}
        tree = lxml.html.fromstring(text_of(client.get(board, day)))
        lines = tree.xpath("//*[@id='by-body']//tbody/tr")
        assert [line.xpath(".//a")[0].text for line in lines] == [
            "Cabinet",
            "Addressed to nobody, or owning body not known from public sources",
        ]
        assert [line.xpath("./td")[-1].text_content().strip() for line in lines] == ["1", "4"]
        (link,) = lines[-1].xpath(".//a/@href")
        page = text_of(client.get(board + link))
        assert "4 recommendations as at" in page
        assert "Owning body: None is named" in page
        for label, number, where in figures_of(client, board + link):
            assert counted(client, where) == number, label
        narrowed = reverse("dashboard_list", args=[cast.committee.pk, "all"]) + link
        assert counted(client, narrowed) == 4
        everything = reverse("dashboard_list", args=[cast.committee.pk, "all"])
        (count,) = lxml.html.fromstring(text_of(client.get(everything, day))).xpath("//*[@class='app-count']")
        assert " ".join(count.text_content().split()) == "5 recommendations"
        cast.assignment(body=cast.police, recommendation=own)
        (count,) = lxml.html.fromstring(text_of(client.get(everything))).xpath("//*[@class='app-count']")
        assert " ".join(count.text_content().split()) == (
            "5 recommendations, 6 rows: one for each body, and one where none is named"
        )
