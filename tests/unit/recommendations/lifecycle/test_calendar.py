"""A calendar of awkward dates, worked out by hand: clocks, dates and working days must agree with it.

The expected days stand here as written out with a paper calendar, not as the code would find them.
"""

from __future__ import annotations

import datetime as dt

import pytest

from committee import clock
from recommendations.actions import notices, responses, reviews, target_dates
from recommendations.lifecycle import ClockState, PeriodUnit, add_months, municipal_year, response_due
from recommendations.lifecycle.clocks import due_before_meeting, is_working_day, working_days_before
from recommendations.models import Assignment, Body
from tests.factories import Cast, at

D = dt.date

TWO_MONTHS = [
    # notice, last day for the executive's response (Local Government Act 2000, s.9FE)
    (D(2025, 11, 30), D(2026, 1, 30)),
    (D(2025, 12, 30), D(2026, 2, 28)),  # no 30 February
    (D(2025, 12, 31), D(2026, 2, 28)),
    (D(2023, 12, 31), D(2024, 2, 29)),  # a leap year
    (D(2024, 12, 29), D(2025, 2, 28)),
    (D(2026, 2, 28), D(2026, 4, 28)),  # not the end of April
    (D(2024, 2, 29), D(2024, 4, 29)),
    (D(2026, 7, 31), D(2026, 9, 30)),
    (D(2026, 8, 31), D(2026, 10, 31)),
    (D(2026, 1, 31), D(2026, 3, 31)),
    (D(2026, 1, 29), D(2026, 3, 29)),  # the day the clocks go forward
    (D(2026, 8, 25), D(2026, 10, 25)),  # the day they go back
]


@pytest.mark.parametrize(("notice", "due"), TWO_MONTHS)
def test_two_calendar_months(notice: dt.date, due: dt.date) -> None:
    assert response_due(notice, 2, PeriodUnit.MONTHS) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 48, D(2028, 2, 29)),
        (D(2025, 8, 31), 6, D(2026, 2, 28)),
        (D(2025, 12, 31), 1, D(2026, 1, 31)),
        (D(2025, 1, 31), 13, D(2026, 2, 28)),
        (D(2026, 3, 31), -1, D(2026, 2, 28)),
    ],
)
def test_months(day: dt.date, months: int, later: dt.date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("notice", "days", "due"),
    [
        (D(2026, 3, 1), 28, D(2026, 3, 29)),  # over no change of the clocks but onto one
        (D(2026, 3, 20), 28, D(2026, 4, 17)),
        (D(2026, 10, 20), 28, D(2026, 11, 17)),
        (D(2024, 2, 10), 20, D(2024, 3, 1)),
        (D(2025, 2, 10), 20, D(2025, 3, 2)),
    ],
)
def test_a_term_in_days(notice: dt.date, days: int, due: dt.date) -> None:
    assert response_due(notice, days, PeriodUnit.DAYS) == due


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        # in summer London is an hour ahead of UTC
        ("2026-06-30T22:59:59+00:00", D(2026, 6, 30)),
        ("2026-06-30T23:00:00+00:00", D(2026, 7, 1)),
        # the night the clocks go forward: 01:00 UTC on 29 March is 02:00 in London
        ("2026-03-28T23:59:59+00:00", D(2026, 3, 28)),
        ("2026-03-29T00:00:00+00:00", D(2026, 3, 29)),
        ("2026-03-29T22:59:59+00:00", D(2026, 3, 29)),
        ("2026-03-29T23:00:00+00:00", D(2026, 3, 30)),
        # the night they go back
        ("2026-10-24T22:59:59+00:00", D(2026, 10, 24)),
        ("2026-10-24T23:00:00+00:00", D(2026, 10, 25)),
        ("2026-10-25T23:59:59+00:00", D(2026, 10, 25)),
        ("2026-10-26T00:00:00+00:00", D(2026, 10, 26)),
        ("2026-12-31T23:59:59+00:00", D(2026, 12, 31)),
    ],
)
def test_the_day_in_london(moment: str, today: dt.date) -> None:
    with clock.frozen(dt.datetime.fromisoformat(moment)):
        assert clock.today() == today


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (D(2026, 4, 30), "25/26"),
        (D(2026, 5, 1), "26/27"),
        (D(2025, 12, 31), "25/26"),
        (D(2026, 1, 1), "25/26"),
        (D(1999, 5, 1), "99/00"),
        (D(2000, 4, 30), "99/00"),
    ],
)
def test_the_municipal_year(day: dt.date, year: str) -> None:
    assert municipal_year(day) == year


@pytest.mark.parametrize(
    "day",
    [
        D(2026, 1, 1),
        D(2026, 4, 3),  # Good Friday
        D(2026, 4, 6),  # Easter Monday
        D(2026, 5, 4),
        D(2026, 5, 25),
        D(2026, 8, 31),
        D(2026, 12, 25),
        D(2026, 12, 28),  # in place of Boxing Day, a Saturday
        D(2022, 1, 3),  # in place of New Year's Day, a Saturday
        D(2021, 12, 27),  # in place of Christmas Day, a Saturday
        D(2021, 12, 28),  # in place of Boxing Day, a Sunday
        D(2022, 6, 2),  # moved for the Platinum Jubilee
        D(2023, 5, 8),  # the Coronation
        D(2026, 1, 3),  # a Saturday
    ],
)
def test_not_a_working_day(day: dt.date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("held_on", "due"),
    [
        (D(2026, 1, 12), D(2025, 12, 31)),  # 9, 8, 7, 6, 5 and 2 January, then over New Year's Day
        (D(2026, 4, 14), D(2026, 4, 1)),  # Good Friday and Easter Monday between
        (D(2026, 5, 29), D(2026, 5, 19)),  # the spring bank holiday between
        (D(2026, 1, 5), D(2025, 12, 22)),  # Christmas, Boxing Day and New Year's Day between
        (D(2026, 3, 13), D(2026, 3, 4)),
    ],
)
def test_seven_working_days_before_a_meeting(held_on: dt.date, due: dt.date) -> None:
    assert due_before_meeting(held_on) == due


def test_no_working_day_before_is_the_day_itself() -> None:
    assert working_days_before(D(2026, 1, 12), 0) == D(2026, 1, 12)


@pytest.mark.django_db
class TestThroughTheActions:
    """The same days where people meet them."""

    @pytest.mark.parametrize(("notice", "due"), TWO_MONTHS)
    def test_a_notice_starts_the_clock_and_the_day_after_its_end_is_late(
        self, cast: Cast, notice: dt.date, due: dt.date
    ) -> None:
        part = _unsent(cast, published=D(2023, 1, 2))
        with at(max(notice, clock.today())):
            notices.send_notice(by=cast.sam, assignments=[part], on=notice)
        part.refresh_from_db()
        assert part.response_due_on == due
        assert part.clock(notice).days == (due - notice).days
        assert (part.clock(due).state, part.clock(due).words) == (ClockState.RUNNING, "Due today")
        late = part.clock(due + dt.timedelta(days=1))
        assert (late.state, late.words) == (ClockState.LATE, "1 day late")

    def test_decided_on_the_last_day_is_in_time_and_the_day_after_is_late(self, cast: Cast) -> None:
        for decided, state in (
            (D(2026, 2, 28), ClockState.STOPPED),
            (D(2026, 3, 1), ClockState.STOPPED_LATE),
        ):
            part = _unsent(cast, published=D(2025, 1, 2))
            notices.send_notice(by=cast.sam, assignments=[part], on=D(2025, 12, 31))
            with at(D(2026, 3, 1)):
                responses.record_response(
                    by=cast.sam, assignments=[part], decision="accepted", decided_on=decided
                )
            part.refresh_from_db()
            assert part.clock(D(2026, 3, 1)).state == state

    def test_a_body_with_a_term_in_days(self, cast: Cast) -> None:
        Body.objects.filter(pk=cast.police.pk).update(response_period=28, response_unit=PeriodUnit.DAYS)
        cast.police.refresh_from_db()
        part = cast.assignment(body=cast.police, notified_on=D(2025, 10, 20))
        assert part.response_due_on == D(2025, 11, 17)

    @pytest.mark.parametrize(
        ("moment", "overdue"),
        [
            ("2026-03-31T22:59:59+00:00", False),  # 23:59:59 in London, the day itself
            ("2026-03-31T23:00:00+00:00", True),  # midnight in London, an hour before it is in UTC
            ("2026-04-01T12:00:00+00:00", True),
        ],
    )
    def test_overdue_from_midnight_in_london(self, cast: Cast, moment: str, overdue: bool) -> None:
        cast.assignment(first_target_on=D(2026, 3, 31))
        with clock.frozen(dt.datetime.fromisoformat(moment)):
            assert Assignment.objects.overdue().exists() is overdue

    def test_slips_over_a_leap_day(self, cast: Cast) -> None:
        with at(D(2027, 12, 1)):
            part = cast.assignment(first_target_on=D(2028, 2, 28), notified_on=None)
            for new in (D(2028, 2, 29), D(2028, 3, 31), D(2028, 3, 1)):
                change = target_dates.request_new_date(
                    by=cast.olive, assignment=part, new_date=new, reason="Later"
                )
                cast.agree(change)
        part.refresh_from_db()
        assert (part.first_target_on, part.target_on) == (D(2028, 2, 28), D(2028, 3, 1))
        assert (part.slips, part.slip_days) == (2, 2)

    def test_a_review_due_on_the_day_it_is_opened_is_not_late_that_day(self, cast: Cast) -> None:
        cast.assignment()
        with at(D(2026, 10, 25), hour=23):
            review = reviews.open_review(
                by=cast.sam, committee=cast.committee, title="R", due_on=D(2026, 10, 25)
            )
            assert not review.is_late()
        with at(D(2026, 10, 26), hour=0):
            assert review.is_late()


def _unsent(cast: Cast, published: dt.date) -> Assignment:
    inquiry = cast.inquiry()
    recommendation = cast.recommendation(inquiry)
    cast.publish(inquiry, on=published)
    recommendation.refresh_from_db()
    return cast.assignment(recommendation=recommendation, first_target_on=None, notified_on=None)
