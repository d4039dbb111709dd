"""A pack holds all that was recorded up to its moment; all else has a later one, and is in the next pack's changes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from committee import clock
from recommendations.actions import base, meetings, packs, responses, themes
from recommendations.actions.base import closed_moment
from recommendations.lifecycle import ChangeKind, Decision, Edition, PackState
from recommendations.models import Assignment, Meeting, Pack, Theme
from recommendations.packs import build as building
from recommendations.packs.build import build
from recommendations.packs.content import build_content
from recommendations.packs.pdf.document import Printed
from recommendations.packs.values import Data
from tests.factories import NOON, TODAY, Cast, at, fresh, make_cast

MICROSECOND = dt.timedelta(microseconds=1)


def in_thread(run: Callable[[], None], problems: list[BaseException]) -> threading.Thread:
    """Start it with a connection of its own, at noon on the day of the tests."""

    def whole() -> None:
        try:
            with clock.frozen(NOON):
                run()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


def somebody_waits_for_a_lock() -> None:
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)
    raise AssertionError("nobody waits")


def pack_at(cast: Cast, meeting: Meeting, part: Assignment, moment: dt.datetime) -> Data:
    pack = Pack(meeting=meeting, created_by=cast.carla, title="All", selection=[part.recommendation_id])
    return build_content(pack, by=fresh(cast.carla), moment=moment)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_as_the_pack_is_frozen_is_waited_for() -> None:
    with clock.frozen(NOON):
        cast = make_cast()
        part = cast.assignment()
        meeting = cast.meeting(TODAY + dt.timedelta(days=14))
    recorded, go_on = threading.Event(), threading.Event()
    problems: list[BaseException] = []
    content: list[Data] = []

    def record() -> None:
        with transaction.atomic():
            responses.record_response(
                by=fresh(cast.sam), assignments=[part], decision=Decision.ACCEPTED, decided_on=TODAY
            )
            recorded.set()
            assert go_on.wait(30)

    def freeze() -> None:
        content.append(pack_at(cast, meeting, part, closed_moment()))

    first = in_thread(record, problems)
    assert recorded.wait(30)
    second = in_thread(freeze, problems)
    somebody_waits_for_a_lock()
    assert content == []
    go_on.set()
    first.join(30)
    second.join(30)
    assert problems == []
    told = content[0]["inquiries"][0]["recommendations"][0]["bodies"][0]["response"]
    assert told["decision"]["value"] == Decision.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_what_begins_while_the_moment_is_taken_has_a_later_one() -> None:
    with clock.frozen(NOON):
        cast = make_cast()
        part = cast.assignment()
    problems: list[BaseException] = []

    def record() -> None:
        responses.record_response(
            by=fresh(cast.sam), assignments=[part], decision=Decision.ACCEPTED, decided_on=TODAY
        )

    with transaction.atomic():
        closed_moment()
        waiting = in_thread(record, problems)
        somebody_waits_for_a_lock()
        assert not part.responses.exists()
    waiting.join(30)
    assert problems == []
    assert part.responses.count() == 1


@pytest.mark.django_db(transaction=True)
def test_actions_go_on_while_a_slow_one_keeps_a_pack_waiting() -> None:
    """A slow upload holds up the pack, which wants a moment of rest, and nobody else behind it."""
    with clock.frozen(NOON):
        cast = make_cast()
        meeting = cast.meeting(TODAY + dt.timedelta(days=14))
    under_way, go_on = threading.Event(), threading.Event()
    problems: list[BaseException] = []
    moments: list[dt.datetime] = []

    def slow() -> None:
        with transaction.atomic():
            meetings.edit_meeting(by=fresh(cast.carla), meeting=meeting, title="Slow")
            under_way.set()
            assert go_on.wait(30)

    def freeze() -> None:
        moments.append(closed_moment())

    first = in_thread(slow, problems)
    assert under_way.wait(30)
    second = in_thread(freeze, problems)
    try:
        somebody_waits_for_a_lock()
        for number in range(3):  # each a transaction of its own, with the slow one still under way
            with clock.frozen(NOON), connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = '10s'")
                themes.add_theme(by=fresh(cast.sam), name=f"Theme {number}")
        assert Theme.objects.count() == 3
        assert moments == []
    finally:
        go_on.set()
        first.join(30)
        second.join(30)
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
    assert problems == []
    assert len(moments) == 1


@pytest.mark.django_db(transaction=True)
def test_a_pack_says_that_the_record_was_busy_for_too_long(
    monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    with clock.frozen(NOON):
        cast = make_cast()
        pack = queued(cast, cast.meeting(TODAY), cast.assignment())
    monkeypatch.setattr(base, "MOST_WAITED", 0.2)
    under_way, go_on = threading.Event(), threading.Event()
    problems: list[BaseException] = []

    def slow() -> None:
        with transaction.atomic():
            base.take_part_in_the_record()
            under_way.set()
            assert go_on.wait(30)

    first = in_thread(slow, problems)
    assert under_way.wait(30)
    with clock.frozen(NOON):
        assert build(pack.pk) == PackState.FAILED
    go_on.set()
    first.join(30)
    assert problems == []
    assert "Try again in a few minutes" in Pack.objects.get(pk=pack.pk).failure


class TestNothingIsInNeither:
    @pytest.fixture
    def part(self, cast: Cast) -> Assignment:
        return cast.assignment()

    def test_of_the_second_in_which_it_is_frozen(self, cast: Cast, part: Assignment, quick: None) -> None:
        with clock.frozen(NOON + dt.timedelta(microseconds=400_000)):
            cast.response(part, decided_on=TODAY)
        with clock.frozen(NOON + dt.timedelta(microseconds=500_000)):
            frozen = made(cast, cast.meeting(TODAY), part)
        assert frozen.as_at == NOON + dt.timedelta(microseconds=500_000)
        told = frozen.content["inquiries"][0]["recommendations"][0]["bodies"][0]["response"]
        assert told["decision"]["value"] == Decision.ACCEPTED

    @pytest.mark.parametrize("after", [MICROSECOND, dt.timedelta(hours=3)])
    def test_of_what_came_between_the_papers_and_the_meeting(
        self, cast: Cast, part: Assignment, quick: None, after: dt.timedelta
    ) -> None:
        made(cast, cast.meeting(TODAY), part)
        with clock.frozen(NOON + after):
            cast.response(part, decided_on=TODAY)
        with at(TODAY + dt.timedelta(days=30)):
            meeting = cast.meeting(TODAY + dt.timedelta(days=37))
            since = pack_at(cast, meeting, part, clock.now())["since"]
        assert len(since["groups"][ChangeKind.RESPONSES]) == 1
        assert since["papers_of"] == TODAY.isoformat()

    def test_what_was_in_the_papers_is_told_once(self, cast: Cast, part: Assignment, quick: None) -> None:
        cast.response(part, decided_on=TODAY)
        made(cast, cast.meeting(TODAY), part)
        with at(TODAY + dt.timedelta(days=30)):
            meeting = cast.meeting(TODAY + dt.timedelta(days=37))
            since = pack_at(cast, meeting, part, clock.now())["since"]
        assert since["groups"][ChangeKind.RESPONSES] == []

    def test_without_papers_it_counts_from_the_meeting(self, cast: Cast, part: Assignment) -> None:
        cast.meeting(TODAY)
        with at(TODAY + dt.timedelta(days=30)):
            meeting = cast.meeting(TODAY + dt.timedelta(days=37))
            since = pack_at(cast, meeting, part, clock.now())["since"]
        assert since["papers_of"] is None


def made(cast: Cast, meeting: Meeting, part: Assignment) -> Pack:
    pack = queued(cast, meeting, part)
    assert build(pack.pk) == PackState.READY
    return Pack.objects.get(pk=pack.pk)


def queued(cast: Cast, meeting: Meeting, part: Assignment) -> Pack:
    pack = packs.compose_pack(
        by=fresh(cast.carla),
        meeting=meeting,
        edition=Edition.PUBLIC,
        title="Papers",
        selection=[part.recommendation_id],
    )
    return packs.queue_pack(by=fresh(cast.carla), pack=pack)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs whose PDF is a stand-in: what these tests ask does not hang on the pages."""

    def stand_in(content: Any, *, step: Callable[[int, int], None], **_more: Any) -> Printed:
        step(0, 1)
        return Printed(b"%PDF-1.7 stand-in", 3)

    monkeypatch.setattr(building, "make_pdf", stand_in)
