"""However the day of a meeting was changed, every reading of an earlier moment tells what was recorded then."""

from __future__ import annotations

import datetime as dt

import pytest

from committee import clock
from recommendations.actions import corrections, meetings, target_dates
from recommendations.lifecycle import Grade, Outcome
from recommendations.models import Assignment, Meeting
from tests.factories import TODAY, Cast, at
from tests.unit.recommendations.readings import assert_readings_agree

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 3, 31)


def readings_agree(cast: Cast, meeting: Meeting) -> None:
    """See that all readings agree, of now and of earlier moments."""
    with at(TODAY, 12):
        for days in (15, 10, 5, 1, 0):
            assert_readings_agree(cast, clock.now() - days * DAY, meeting)


@pytest.fixture
def part(cast: Cast) -> Assignment:
    with at(TODAY - 20 * DAY):
        return cast.assignment(first_target_on=FIRST)


@pytest.fixture
def last(cast: Cast) -> Meeting:
    return cast.meeting(TODAY)


def test_a_new_date_was_voided_and_the_meeting_moved(cast: Cast, part: Assignment, last: Meeting) -> None:
    decided = []
    for days, new_date in ((14, dt.date(2026, 12, 31)), (7, dt.date(2027, 6, 30))):
        with at(TODAY - days * DAY):
            asked = target_dates.request_new_date(
                by=cast.olive, assignment=part, new_date=new_date, reason="A permit."
            )
            decided.append(
                target_dates.decide_new_date(
                    by=cast.sam, change=asked, agreed=True, meeting=cast.meeting(TODAY - days * DAY)
                )
            )
    wrong = decided[0].meeting
    assert wrong is not None
    with at(TODAY, 9):
        corrections.correct_date_decision(by=cast.sam, change=decided[0], reason="Typed wrong.")
    with at(TODAY, 10):
        meetings.edit_meeting(
            by=cast.carla,
            meeting=Meeting.objects.get(pk=wrong.pk),
            held_on=TODAY - 2 * DAY,
        )
    readings_agree(cast, last)


def test_a_view_was_voided_and_the_meeting_moved(cast: Cast, part: Assignment, last: Meeting) -> None:
    given = []
    for days, grade in ((14, Grade.CONCERNS), (7, Grade.ON_COURSE)):
        with at(TODAY - days * DAY):
            given.append(cast.verdict(part, grade, Outcome.KEEP, meeting=cast.meeting(TODAY - days * DAY)))
    with at(TODAY, 9):
        corrections.correct_assessment(by=cast.sam, assessment=given[0], reason="Typed wrong.")
    with at(TODAY, 10):
        meetings.edit_meeting(
            by=cast.carla, meeting=Meeting.objects.get(pk=given[0].meeting_id), held_on=TODAY - 2 * DAY
        )
    readings_agree(cast, last)
