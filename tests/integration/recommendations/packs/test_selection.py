"""Which recommendations a meeting's pack proposes."""

from __future__ import annotations

import datetime as dt

from recommendations.lifecycle import (
    Grade,
    Outcome,
)
from recommendations.models import Meeting
from recommendations.packs.selection import of_meeting
from tests.factories import Cast, fresh


class TestSelection:
    def test_open_ones_that_concern_the_body(self, cast: Cast, meeting: Meeting) -> None:
        mine, closed = cast.assignment(), cast.assignment()
        held = cast.meeting(dt.date(2026, 1, 5))
        cast.verdict(closed, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=held)
        for body in (cast.committee, cast.cabinet):
            row = cast.meeting(dt.date(2026, 2, 9), body)
            assert of_meeting(row, by=fresh(cast.carla), edition="public") == [mine.recommendation_id]
        row = cast.meeting(dt.date(2026, 2, 9), cast.other_committee)
        assert of_meeting(row, by=fresh(cast.carla), edition="public") == []
