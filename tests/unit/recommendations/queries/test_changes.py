"""The one list of what changed: for dashboards, packs and the feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from recommendations.actions import assignments
from recommendations.lifecycle import ChangeKind
from recommendations.models import Assignment, Inquiry, Recommendation
from recommendations.queries.changes import changes, latest_published
from tests.factories import Cast, at

SINCE_LONG_AGO = (dt.datetime(2020, 1, 1, tzinfo=dt.UTC), None)


def test_the_feed_and_the_dashboard_tell_the_same(cast: Cast) -> None:
    assignment = cast.assignment()
    cast.response(assignment)
    cast.published(assignment, progress="Two of five are built.")
    groups = {group.kind: group.changes for group in changes(SINCE_LONG_AGO, Assignment.objects.all())}
    listed = [*groups[ChangeKind.UPDATES], *groups[ChangeKind.RESPONSES]]
    assert [replace(told, before=None) for told in latest_published(10)] == listed


def test_the_latest_are_those_published_last_whatever_day_they_tell_of(cast: Cast) -> None:
    assignment = cast.assignment()
    with at(dt.date(2026, 1, 9)):
        cast.published(assignment, as_at=dt.date(2026, 1, 9))
    with at(dt.date(2026, 1, 10)):
        late = cast.response(assignment, decided_on=dt.date(2025, 11, 3))
    assert [told.source for told in latest_published(1)] == [late]


def test_exempt_text_is_not_even_read(cast: Cast) -> None:
    assignment = cast.assignment()
    cast.response(assignment)
    cast.published(
        assignment,
        exempt_text="the family at number nine",
        exempt_paragraphs=[1],
        public_summary="A household was given support.",
    )
    for told in latest_published(10):
        assert told.source is not None
        assert "exempt_text" in told.source.get_deferred_fields()


class TestWhatIsNew:
    """A recommendation is new once: in the period in which anybody could read it first, whatever the day of the report."""

    PAPERS = dt.datetime(2025, 9, 1, 9, tzinfo=dt.UTC)

    @staticmethod
    def new(start: dt.datetime, end: dt.datetime | None = None) -> list[tuple[str, str]]:
        told = changes((start, end), Assignment.objects.all(), Recommendation.objects.all())
        (group,) = (group for group in told if group.kind == ChangeKind.NEW)
        return [(change.heading, change.body) for change in group.changes]

    @staticmethod
    def told_in(moments: list[dt.datetime]) -> list[list[tuple[str, str]]]:
        return [TestWhatIsNew.new(start, end) for start, end in pairwise(moments)]

    def report(self, cast: Cast, on: dt.date, *, hour: int, published_on: dt.date) -> Inquiry:
        with at(on - dt.timedelta(days=20)):
            inquiry = cast.inquiry()
            addressed = cast.recommendation(inquiry, heading="To the Cabinet")
            assignments.address(by=cast.sam, recommendation=addressed, body=cast.cabinet)
            cast.recommendation(inquiry, heading="To nobody")
        with at(on, hour):
            return cast.publish(inquiry, published_on)

    def test_a_report_of_the_day_of_the_papers_is_in_the_papers_after_them(self, cast: Cast) -> None:
        self.report(cast, dt.date(2025, 9, 1), hour=15, published_on=dt.date(2025, 9, 1))
        both = [("To the Cabinet", "Cabinet"), ("To nobody", "")]
        moments = [self.PAPERS + dt.timedelta(days=days) for days in (-30, 0, 30, 60)]
        assert self.told_in(moments) == [[], both, []]
        assert self.new(self.PAPERS) == both

    def test_a_report_entered_long_after_its_day_is_new_when_it_is_entered(self, cast: Cast) -> None:
        self.report(cast, dt.date(2025, 9, 20), hour=12, published_on=dt.date(2025, 6, 2))
        moments = [self.PAPERS + dt.timedelta(days=days) for days in (-120, 0, 30, 60)]
        assert [len(told) for told in self.told_in(moments)] == [0, 2, 0]

    def test_what_is_added_to_a_public_report_is_new_then(self, cast: Cast) -> None:
        inquiry = self.report(cast, dt.date(2025, 8, 1), hour=12, published_on=dt.date(2025, 8, 1))
        with at(dt.date(2025, 9, 10)):
            cast.recommendation(inquiry, heading="Forgotten")
        with at(dt.date(2025, 10, 10)):
            row = Recommendation.objects.get(heading="Forgotten")
            assignments.address(by=cast.sam, recommendation=row, body=cast.school)
        moments = [self.PAPERS + dt.timedelta(days=days) for days in (0, 30, 60)]
        assert self.told_in(moments) == [[("Forgotten", "")], [("Forgotten", "Hill School")]]
