"""Where a recommendation stands, told the same by the dashboard, its lists, the page and the pack."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import packs
from recommendations.lifecycle import ChangeKind, Claim, Edition, Grade, Outcome, PackSection
from recommendations.models import Assignment, Meeting, Pack
from recommendations.packs.content import build_content
from recommendations.packs.html import screen_html
from recommendations.queries.changes import changes, since_meeting
from recommendations.queries.dashboard import LISTINGS
from tests.factories import TODAY, Cast, at, fresh
from tests.history import agree_date, busy

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def colin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.colin)
    return client


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return words(answer.content.decode())


def pack_words(cast: Cast, meeting: Meeting, *parts: Assignment) -> str:
    """A public pack about these as a browser shows it."""
    pack = Pack(
        meeting=meeting,
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=list(dict.fromkeys(part.recommendation_id for part in parts)),
    )
    content = build_content(pack, by=fresh(cast.carla), moment=clock.now())
    return words(screen_html(content, content_hash="x"))


class TestOnePartDeliveredAndOneInTime:
    """The body that says it has delivered is not the slowest: the one that is still at work is."""

    @pytest.fixture
    def parts(self, cast: Cast) -> tuple[Assignment, Assignment]:
        first = cast.assignment(first_target_on=dt.date(2027, 3, 31))
        second = cast.assignment(
            recommendation=first.recommendation, body=cast.school, first_target_on=dt.date(2027, 6, 30)
        )
        cast.published(first, claim=Claim.DELIVERED, delivered_what="Every crossing.")
        return first, second

    def test_open_and_not_overdue_on_the_dashboard_and_in_the_pack(
        self, cast: Cast, colin: Client, parts: tuple[Assignment, Assignment]
    ) -> None:
        board = shown(colin, "committee_dashboard", cast.committee.pk)
        assert "1 open, not overdue" in board
        pack = pack_words(cast, cast.meeting(dt.date(2026, 1, 26)), *parts)
        assert "Open, not overdue 1 of 1" in pack
        assert "Committee to judge 0 of 1" in pack

    def test_the_claim_waits_in_the_figure_and_in_its_list_all_the_same(
        self, cast: Cast, colin: Client, parts: tuple[Assignment, Assignment]
    ) -> None:
        board = shown(colin, "committee_dashboard", cast.committee.pk)
        assert "1 of 1 Committee to judge" in board
        assert "1 recommendation" in shown(colin, "dashboard_list", cast.committee.pk, "to-judge")
        pack = pack_words(cast, cast.meeting(dt.date(2026, 1, 26)), *parts)
        assert "With a part that is said to be delivered and not yet judged 1 of 1" in pack


class TestClosedAs:
    def test_one_part_implemented_and_one_not_is_not_implemented_anywhere(
        self, cast: Cast, colin: Client
    ) -> None:
        first = cast.assignment()
        second = cast.assignment(recommendation=first.recommendation, body=cast.school)
        cast.verdict(first, Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED)
        cast.close(second)
        board = shown(colin, "committee_dashboard", cast.committee.pk)
        assert "0 of 1 Implemented" in board
        assert "Nothing is closed as implemented yet." in shown(
            colin, "dashboard_list", cast.committee.pk, "implemented"
        )
        assert "Closed: not implemented by the" in shown(colin, "recommendation", first.recommendation_id)
        assert "Closed otherwise 1 of 1" in pack_words(cast, cast.meeting(dt.date(2026, 1, 26)), first)


class TestVoices:
    NOWHERE = "Nowhere that is open does the body’s claim differ from the committee’s view"

    def test_a_claim_that_the_committee_has_not_judged_yet_differs_on_both_pages(
        self, cast: Cast, colin: Client
    ) -> None:
        part = cast.assignment(first_target_on=dt.date(2026, 6, 30))
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
        assert self.NOWHERE in shown(colin, "committee_dashboard", cast.committee.pk)
        with at(dt.date(2026, 1, 13)):
            cast.published(part, claim=Claim.DELIVERED, delivered_what="Every crossing.")
            assert self.NOWHERE not in shown(colin, "committee_dashboard", cast.committee.pk)
            assert "Safer crossings" in shown(colin, "dashboard_list", cast.committee.pk, "differ")
            page = shown(colin, "recommendation", part.recommendation_id)
        assert "The two differ: the body says “delivered”, the committee found “concerns”." in page
        assert "The body’s claim is newer" in page

    def test_on_track_though_its_own_date_has_passed_is_told_everywhere(
        self, cast: Cast, colin: Client
    ) -> None:
        part = cast.assignment(first_target_on=dt.date(2026, 1, 5))
        cast.published(part, claim=Claim.ON_TRACK)
        board = shown(colin, "committee_dashboard", cast.committee.pk)
        assert self.NOWHERE not in board
        assert "On track though its own date has passed" in board
        page = shown(colin, "recommendation", part.recommendation_id)
        assert "The body says “on track”, though its own date, 5 January 2026, has passed." in page
        assert "though its own date has passed" in pack_words(cast, cast.meeting(dt.date(2026, 1, 26)), part)

    def test_a_later_date_that_was_agreed_is_its_own(self, cast: Cast, colin: Client) -> None:
        part = cast.assignment(first_target_on=dt.date(2026, 1, 5))
        agree_date(cast, part, dt.date(2026, 6, 30))
        cast.published(part, claim=Claim.ON_TRACK)
        assert self.NOWHERE in shown(colin, "committee_dashboard", cast.committee.pk)
        assert "its own date" not in shown(colin, "recommendation", part.recommendation_id)


class TestSinceTheLastMeeting:
    def test_the_dashboard_and_the_pack_tell_the_same_list(self, cast: Cast, colin: Client) -> None:
        history = busy(cast)
        cast.response(history["undated"], decided_on=TODAY)
        cast.published(history["reopened"], claim=Claim.DELIVERED, delivered_what="New lamps.")
        meeting = cast.meeting(dt.date(2026, 1, 26))
        last = Meeting.objects.get(held_on=dt.date(2026, 1, 5))
        start = since_meeting(last)
        assert start is not None
        told = {group.kind: len(group.changes) for group in changes((start, None), Assignment.objects.all())}
        assert told[ChangeKind.RESPONSES] == told[ChangeKind.UPDATES] == told[ChangeKind.DELIVERED] == 1
        board = shown(colin, "committee_dashboard", cast.committee.pk)
        pack = pack_words(cast, meeting, *history.values())
        for kind, number in told.items():
            if number:
                assert f"{kind.label} ({number})" in board
                assert f"{kind.label} CYP" in pack or re.search(rf"{kind.label} \S+ \(", pack), kind
            else:
                assert kind.meaning in board
                assert kind.meaning in pack

    def test_what_became_overdue_and_what_is_new_stand_in_the_pack(self, cast: Cast) -> None:
        history = busy(cast)
        meeting = Meeting.objects.get(held_on=dt.date(2026, 1, 5))
        pack = Pack(
            meeting=meeting,
            edition=Edition.PUBLIC,
            created_by=cast.carla,
            title="Progress",
            selection=[part.recommendation_id for part in history.values()],
        )
        since = build_content(pack, by=fresh(cast.carla), moment=clock.now())["since"]
        assert since["meeting"]["held_on"] == "2025-11-10"
        assert [item["heading"] for item in since["groups"]["overdue"]] == ["Signs"]
        assert since["groups"]["overdue"][0]["words"] == "42 days past the first date, 1 December 2025"
        assert [item["heading"] for item in since["groups"]["escalated"]] == ["Lights"]
        assert [one["kind"] for one in since["told"]] == list(ChangeKind.values)


@pytest.mark.parametrize("day", [None, "2025-11-30", "2025-03-15"])
def test_each_figure_of_the_dashboard_is_the_length_of_the_list_behind_it(
    cast: Cast, colin: Client, day: str | None
) -> None:
    busy(cast)
    query = {"as_at": day} if day else {}
    page = colin.get(reverse("committee_dashboard", args=[cast.committee.pk]), query).content.decode()
    figures = re.findall(
        r'app-figure__number">\s*(\d+)[^<]*(?:<span[^>]*>[^<]*</span>)?</span>.*?href="([^"]+)"', page, re.S
    )
    assert len(figures) == 6
    for number, address in figures:
        found = colin.get(address.replace("&amp;", "&"))
        assert found.context["listing"].slug in LISTINGS
        assert found.context["about"] == int(number), address


def test_a_pack_is_frozen_with_its_words(cast: Cast) -> None:
    """The list is stored with its titles and its words, so that it is printed the same whatever they become."""
    history = busy(cast)
    pack = packs.compose_pack(
        by=fresh(cast.carla),
        meeting=Meeting.objects.get(held_on=dt.date(2026, 1, 5)),
        title="Progress",
        sections=[PackSection.SINCE],
        selection=[part.recommendation_id for part in history.values()],
    )
    content = build_content(pack, by=fresh(cast.carla), moment=clock.now())
    told = next(one for one in content["since"]["told"] if one["kind"] == ChangeKind.ESCALATED)
    told["title"] = "Raised with the head of service"
    assert "Raised with the head of service SR" in words(screen_html(content))
