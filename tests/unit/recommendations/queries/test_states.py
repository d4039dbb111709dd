"""Where assignments stood at a moment, read once for everything that a page makes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from committee import clock
from committee.clock import end_of_day
from recommendations.actions import corrections
from recommendations.lifecycle import Claim
from recommendations.models import Assignment
from recommendations.queries.states import as_shown, earlier, read_histories, states
from tests.factories import NOON, Cast, at, make_cast
from tests.history import MEETINGS, abolish_police, busy


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def history(cast: Cast) -> Any:
    made = busy(cast)
    with clock.frozen(NOON):
        yield made


class TestStates:
    def test_one_query_now_and_then(self, cast: Cast, history: Any, django_assert_num_queries: Any) -> None:
        for moment in (None, NOON, end_of_day(MEETINGS[0])):
            with django_assert_num_queries(1):
                assert states(Assignment.objects.all(), moment)

    def test_in_the_order_of_the_reports(self, cast: Cast, history: Any) -> None:
        ids = list(Assignment.objects.in_order().values_list("pk", flat=True))
        for moment in (None, NOON):
            assert [state.pk for state in states(Assignment.objects.all(), moment)] == ids

    def test_the_body_and_the_inquiry_are_named_as_they_were(self, cast: Cast, history: Any) -> None:
        part = history["with_police"]
        with at(dt.date(2026, 1, 9)):
            successor = abolish_police(cast)
            corrections.correct_inquiry(
                by=cast.sam,
                inquiry=part.recommendation.inquiry,
                reason="Typed wrong",
                title="Safer streets, renamed",
            )
        own = Assignment.objects.filter(pk=part.pk)
        [now], [then] = states(own), states(own, end_of_day(dt.date(2026, 1, 7)))
        assert (now.body_id, now.body) == (successor.pk, successor.name)
        assert (then.body_id, then.body) == (cast.police.pk, "Testshire Police")
        assert now.inquiry == "Safer streets, renamed"
        assert then.inquiry not in ("", now.inquiry)

    def test_appeared_when_the_report_was_published_or_it_was_added_to_it(
        self, cast: Cast, history: Any
    ) -> None:
        first = states(Assignment.objects.all())[0]
        assert first.made_public_at is not None
        published = max(first.made_public_at, first.created_at)
        second = dt.timedelta(seconds=1)
        assert first.appeared_in(published - second, published)
        assert not first.appeared_in(published, published + second)


class TestHistories:
    def test_existed_as_the_querysets_say(self, cast: Cast, history: Any) -> None:
        everything = states(Assignment.objects.all())
        moments = [end_of_day(dt.date(2023, 1, 1)), *(end_of_day(day) for day in MEETINGS), NOON]
        for moment in moments:
            there = set(Assignment.objects.existing_at(moment).values_list("pk", flat=True))
            assert {state.pk for state in everything if state.existed_at(moment)} == there

    def test_one_query_for_all_and_none_where_they_are_there(
        self, cast: Cast, history: Any, django_assert_num_queries: Any
    ) -> None:
        now = states(Assignment.objects.all())
        with django_assert_num_queries(1):
            for day in MEETINGS:
                earlier(now, end_of_day(day))
        then = states(Assignment.objects.all(), NOON)
        with django_assert_num_queries(0):
            read_histories(then)
            earlier(then, end_of_day(MEETINGS[0]))

    @pytest.mark.parametrize("day", MEETINGS)
    def test_the_same_from_a_history_read_now_and_one_read_then(
        self, cast: Cast, history: Any, day: dt.date
    ) -> None:
        """What was recorded since the moment is left out, whether or not it was read."""
        moment = end_of_day(day)
        later = earlier(states(Assignment.objects.all()), moment)
        for state in states(Assignment.objects.all(), moment):
            for name in ("claim", "decision", "target_on", "slips", "grade", "closed_as", "awaiting_verdict"):
                assert getattr(later[state.pk], name) == getattr(state, name), name


class TestAsShown:
    def test_in_the_order_asked_for_each_with_its_state(self, cast: Cast, history: Any) -> None:
        found = states(Assignment.objects.all())[::-1]
        rows = as_shown(found)
        assert [row.pk for row in rows] == [state.pk for state in found]
        assert all(row.state is state for row, state in zip(rows, found, strict=True))

    def test_the_names_without_a_query_for_each(
        self, cast: Cast, history: Any, django_assert_num_queries: Any
    ) -> None:
        found = states(Assignment.objects.all())
        with django_assert_num_queries(1):
            words = [
                (
                    row.recommendation.heading,
                    row.recommendation.inquiry.title,
                    row.owner_name,
                    row.owner_words,
                )
                for row in as_shown(found)
            ]
        assert len(words) == len(found)

    def test_what_was_withdrawn_since_is_left_out(self, cast: Cast, history: Any) -> None:
        found = states(Assignment.objects.all())
        found[0].pk = 0
        assert [row.pk for row in as_shown(found)] == [state.pk for state in found[1:]]

    def test_a_state_tells_what_the_kept_row_does(self, cast: Cast, history: Any) -> None:
        today = clock.today()
        for row in as_shown(states(Assignment.objects.all())):
            kept = Assignment.objects.get(pk=row.pk)
            assert row.state.is_open == kept.is_open
            assert row.state.days_late == kept.days_late_on(today)
            assert row.state.awaits_response == kept.awaits_response_on(today)
            assert row.state.is_in_doubt == kept.is_in_doubt_on(today)
            assert row.state.slip_days == kept.slip_days
        assert any(state.claim == Claim.DELIVERED for state in states(Assignment.objects.all()))
