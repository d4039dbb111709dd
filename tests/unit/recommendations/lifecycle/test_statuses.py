"""Words, transitions and clocks: pure functions, awkward days."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee import clock
from committee.clock import end_of_day, start_of_day
from recommendations import lifecycle
from recommendations.lifecycle import (
    CLOSING,
    DECISIVE,
    GRADES_FOR_OUTCOME,
    INQUIRY_TRANSITIONS,
    MEETING_TRANSITIONS,
    PACK_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    TARGET_TRANSITIONS,
    UPDATE_TRANSITIONS,
    ClockState,
    Decision,
    Grade,
    MeetingState,
    Outcome,
    PackState,
    PeriodUnit,
    ProposalState,
    Stage,
    TargetState,
    UpdateState,
    Vocabulary,
    add_months,
    can_transition,
    municipal_year,
    response_clock,
    response_due,
)
from recommendations.queries.trends import month_ends

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2150, 12, 31))
COLOURS = {"grey", "blue", "green", "yellow", "orange", "red", "purple"}
VOCABULARIES = [
    found
    for found in vars(lifecycle).values()
    if isinstance(found, type) and issubclass(found, Vocabulary) and found is not Vocabulary
]


class TestWords:
    @pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.__name__)
    def test_every_word_has_a_label_of_its_own_and_a_known_colour(self, vocabulary):
        labels = [str(member.label) for member in vocabulary]
        assert len(set(labels)) == len(labels)
        assert {member.colour for member in vocabulary} <= COLOURS

    def test_every_outcome_has_grades_and_every_closing_word_closes(self):
        assert set(GRADES_FOR_OUTCOME) == set(Outcome)
        assert all(GRADES_FOR_OUTCOME.values())
        assert {outcome for outcome in Outcome if outcome.value.startswith("close_")} == set(CLOSING)
        assert GRADES_FOR_OUTCOME[Outcome.CLOSE_IMPLEMENTED] == (Grade.IMPLEMENTED,)


class TestMoves:
    @pytest.mark.parametrize(
        ("transitions", "states"),
        [
            (INQUIRY_TRANSITIONS, Stage),
            (MEETING_TRANSITIONS, MeetingState),
            (UPDATE_TRANSITIONS, UpdateState),
            (TARGET_TRANSITIONS, TargetState),
            (PACK_TRANSITIONS, PackState),
            (PROPOSAL_TRANSITIONS, ProposalState),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_between_known_states_and_never_to_itself(self, transitions, states):
        assert all(old in states and new in states and old != new for old, new in transitions)
        first = next(iter(states))
        reached, fresh = {first}, {first}
        while fresh:
            fresh = {new for old, new in transitions if old in fresh} - reached
            reached |= fresh
        assert reached == set(states), "a state that nothing leads to"

    def test_what_is_published_or_decided_or_ready_stays(self):
        assert not any(old == UpdateState.PUBLISHED for old, _ in UPDATE_TRANSITIONS)
        assert not any(old in (TargetState.AGREED, TargetState.REFUSED) for old, _ in TARGET_TRANSITIONS)
        assert not any(old == PackState.READY for old, _ in PACK_TRANSITIONS)
        # Recorded as held by mistake, it is planned again; never cancelled, as if it had not been said to be held.
        assert {new for old, new in MEETING_TRANSITIONS if old == MeetingState.HELD} == {MeetingState.PLANNED}

    def test_a_published_report_is_never_unpublished(self):
        public = {Stage.PUBLISHED, Stage.MONITORING, Stage.CONCLUDED}
        assert not any(old in public and new not in public for old, new in INQUIRY_TRANSITIONS)

    def test_a_draft_is_not_published_without_being_submitted(self):
        assert not can_transition(UPDATE_TRANSITIONS, UpdateState.DRAFT, UpdateState.PUBLISHED)
        assert can_transition(UPDATE_TRANSITIONS, UpdateState.SUBMITTED, UpdateState.PUBLISHED)


class TestMonths:
    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            (dt.date(2025, 11, 30), 2, dt.date(2026, 1, 30)),
            (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
            (dt.date(2027, 11, 30), 3, dt.date(2028, 2, 29)),
            (dt.date(2025, 12, 31), 2, dt.date(2026, 2, 28)),
            (dt.date(2025, 12, 31), 1, dt.date(2026, 1, 31)),
            (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
            (dt.date(2024, 2, 29), 48, dt.date(2028, 2, 29)),
            (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
            (dt.date(2026, 1, 15), -13, dt.date(2024, 12, 15)),
        ],
    )
    def test_the_same_day_or_the_last_of_the_month(self, start, months, end):
        assert add_months(start, months) == end

    @given(DAYS, st.integers(-240, 240))
    def test_lands_in_the_right_month_and_never_later_in_it(self, day, months):
        found = add_months(day, months)
        assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
        assert found.day <= day.day
        assert found.day == day.day or (found + dt.timedelta(days=1)).day == 1

    @given(DAYS, DAYS, st.integers(0, 24))
    def test_a_later_notice_is_never_due_earlier(self, one, other, months):
        first, second = sorted([one, other])
        assert add_months(first, months) <= add_months(second, months)

    def test_terms(self):
        day = dt.date(2025, 12, 31)
        assert response_due(day, 2, PeriodUnit.MONTHS) == dt.date(2026, 2, 28)
        assert response_due(day, 28, PeriodUnit.DAYS) == dt.date(2026, 1, 28)
        assert response_due(day, None, PeriodUnit.MONTHS) is None


def read(on, decision="", decided_on=None, notified_on=dt.date(2025, 11, 30), due_on=dt.date(2026, 1, 30)):
    return response_clock(
        on=on, notified_on=notified_on, due_on=due_on, decision=decision, decided_on=decided_on
    )


class TestResponseClock:
    @pytest.mark.parametrize(
        ("on", "state", "words"),
        [
            (dt.date(2025, 11, 29), ClockState.NOT_STARTED, "Not sent yet"),
            (dt.date(2025, 11, 30), ClockState.RUNNING, "61 days left"),
            (dt.date(2026, 1, 29), ClockState.RUNNING, "1 day left"),
            (dt.date(2026, 1, 30), ClockState.RUNNING, "Due today"),
            (dt.date(2026, 1, 31), ClockState.LATE, "1 day late"),
        ],
    )
    def test_runs_from_the_notice_through_the_last_day(self, on, state, words):
        reading = read(on)
        assert (reading.state, reading.words) == (state, words)

    @pytest.mark.parametrize("decision", [d for d in Decision if d not in DECISIVE])
    def test_noted_and_in_principle_leave_it_running(self, decision):
        assert read(dt.date(2026, 1, 1), decision, dt.date(2025, 12, 9)).state == ClockState.ANSWERED_OPEN
        assert read(dt.date(2026, 2, 1), decision, dt.date(2025, 12, 9)).state == ClockState.LATE

    @pytest.mark.parametrize("decision", DECISIVE)
    def test_a_decision_stops_it(self, decision):
        assert read(dt.date(2027, 1, 1), decision, dt.date(2026, 1, 30)).state == ClockState.STOPPED
        late = read(dt.date(2027, 1, 1), decision, dt.date(2026, 2, 2))
        assert (late.state, late.words) == (ClockState.STOPPED_LATE, "3 days late")

    def test_without_a_term_it_never_runs_out(self):
        assert read(dt.date(2030, 1, 1), due_on=None).state == ClockState.NO_TERM

    @given(DAYS, DAYS, st.sampled_from(["", *Decision]))
    def test_late_only_after_the_term_and_without_a_decision(self, on, notified, decision):
        due = add_months(notified, 2)
        reading = read(on, decision, notified if decision else None, notified, due)
        assert (reading.state == ClockState.LATE) == (on > due and decision not in DECISIVE)
        assert reading.days is None or reading.days >= 0


class TestDaysInLondon:
    """A day begins and ends in London, also on the nights when the clocks change."""

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (dt.datetime(2026, 3, 28, 23, 59, tzinfo=dt.UTC), dt.date(2026, 3, 28)),
            (dt.datetime(2026, 3, 29, 22, 59, tzinfo=dt.UTC), dt.date(2026, 3, 29)),
            (dt.datetime(2026, 3, 29, 23, 0, tzinfo=dt.UTC), dt.date(2026, 3, 30)),
            (dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), dt.date(2026, 7, 1)),
            (dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC), dt.date(2026, 10, 25)),
            (dt.datetime(2026, 10, 25, 23, 30, tzinfo=dt.UTC), dt.date(2026, 10, 25)),
        ],
    )
    def test_today(self, moment, day):
        with clock.frozen(moment):
            assert clock.today() == day

    @pytest.mark.parametrize(
        ("day", "hours"),
        [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25), (dt.date(2026, 7, 1), 24)],
    )
    def test_a_day_is_as_long_as_it_is(self, day, hours):
        length = end_of_day(day).astimezone(dt.UTC) - start_of_day(day).astimezone(dt.UTC)
        assert round(length.total_seconds() / 3600) == hours

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(ValueError, match="aware"), clock.frozen(dt.datetime(2026, 1, 1)):
            pass

    @given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
    def test_every_moment_is_within_its_own_day(self, moment):
        with clock.frozen(moment):
            day = clock.today()
        assert start_of_day(day) <= moment.astimezone(ZoneInfo("Europe/London")) <= end_of_day(day)


class TestMonthEnds:
    def test_the_last_days_of_months_and_the_day_itself(self):
        assert month_ends(dt.date(2024, 3, 31), 3) == [
            dt.date(2024, 1, 31),
            dt.date(2024, 2, 29),
            dt.date(2024, 3, 31),
        ]

    @given(DAYS, st.integers(2, 36))
    def test_so_many_each_later_than_the_one_before(self, day, months):
        found = month_ends(day, months)
        assert len(found) == months
        assert found == sorted(set(found))
        assert all((end + dt.timedelta(days=1)).day == 1 for end in found[:-1])


class TestMunicipalYear:
    @pytest.mark.parametrize(
        ("day", "year"),
        [
            (dt.date(2025, 4, 30), "24/25"),
            (dt.date(2025, 5, 1), "25/26"),
            (dt.date(2025, 12, 31), "25/26"),
            (dt.date(2026, 1, 1), "25/26"),
            (dt.date(1999, 5, 1), "99/00"),
            (dt.date(2009, 4, 1), "08/09"),
        ],
    )
    def test_may_to_april(self, day, year):
        assert municipal_year(day) == year
