"""Of a notice that came after the first date every reading tells the same, at every moment: nothing was late by that date."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from committee import clock
from recommendations.actions import corrections, notices, target_dates
from recommendations.models import Assignment
from recommendations.queries import trends
from recommendations.queries.states import states
from tests.factories import Cast, at
from tests.unit.recommendations.readings import (
    assert_changes_account_for_states,
    assert_lists_and_downloads_agree,
    assert_readings_agree,
)

FIRST = dt.date(2025, 10, 1)
AGREED = dt.date(2026, 2, 1)
LATER = dt.date(2026, 4, 1)


def sent(cast: Cast, part: Assignment, on: dt.date) -> None:
    with at(on):
        notices.send_notice(by=cast.sam, assignments=[part], on=on)


def agree(cast: Cast, part: Assignment, day: dt.date, asked: dt.date) -> None:
    with at(day):
        part = Assignment.objects.get(pk=part.pk)
        change = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=asked, reason="It takes longer."
        )
        cast.agree(change)


def test_every_reading_tells_the_same_at_every_moment(cast: Cast) -> None:
    with at(dt.date(2025, 9, 10)):
        meeting = cast.meeting(dt.date(2025, 9, 10))
        too_late, in_time, never, taken_back, corrected = (
            cast.assignment(first_target_on=FIRST, notified_on=None) for _ in range(5)
        )
        sent(cast, in_time, dt.date(2025, 9, 10))
        sent(cast, taken_back, dt.date(2025, 9, 10))
        sent(cast, corrected, dt.date(2025, 9, 30))
    sent(cast, too_late, dt.date(2025, 11, 10))
    with at(dt.date(2025, 11, 20)):
        notices.take_back_notices(by=cast.sam, assignments=[taken_back], reason="By mistake.")
    agree(cast, too_late, dt.date(2025, 12, 1), AGREED)
    sent(cast, taken_back, dt.date(2025, 12, 5))
    with at(dt.date(2025, 12, 6)):
        corrections.correct_notice_date(
            by=cast.sam, assignment=corrected, on=dt.date(2025, 9, 20), reason="Typed wrong."
        )
    agree(cast, too_late, dt.date(2026, 1, 20), LATER)
    assert never.first_target_on == FIRST
    late = {
        dt.date(2025, 9, 30): set(),
        dt.date(2025, 10, 20): {in_time.pk, taken_back.pk, corrected.pk},
        dt.date(2025, 11, 15): {in_time.pk, taken_back.pk, corrected.pk},
        dt.date(2025, 12, 10): {in_time.pk, corrected.pk},
        dt.date(2026, 2, 10): {in_time.pk, corrected.pk, too_late.pk},
    }
    with at(dt.date(2026, 2, 10)):
        for day, overdue in late.items():
            moment = clock.now().replace(year=day.year, month=day.month, day=day.day)
            then = {state.pk for state in states(Assignment.objects.all(), moment) if state.is_overdue}
            assert then == overdue, day
            assert_readings_agree(cast, moment, meeting)
        assert set(Assignment.objects.overdue().values_list("pk", flat=True)) == overdue
        part = Assignment.objects.get(pk=too_late.pk)
        assert (part.late_from, part.days_late()) == (AGREED, 9)
        assert trends.trend(Assignment.objects.all())[-1].overdue == 3
        assert_lists_and_downloads_agree(clock.today())
        days = [clock.now().replace(year=day.year, month=day.month, day=day.day) for day in late]
        for start, end in pairwise(days):
            assert_changes_account_for_states(start, end)


def test_lists_ask_no_more_of_those_sent_in_time(cast: Cast, django_assert_num_queries: object) -> None:
    part = cast.assignment(first_target_on=FIRST)
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture of pytest-django
        assert Assignment.objects.get(pk=part.pk).overdue_now
