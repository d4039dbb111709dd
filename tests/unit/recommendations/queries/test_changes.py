"""The one list of what changed: for dashboards, packs and the feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from recommendations.lifecycle import ChangeKind
from recommendations.models import Assignment
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
