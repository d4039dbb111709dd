"""Where a part and the whole of a recommendation stand, from plain rows: every rule and each of its branches."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import count, permutations
from typing import Any

import pytest

from recommendations.lifecycle import Claim, ClockState, Decision, Grade, Outcome, Standing, TargetState
from recommendations.lifecycle.state import (
    DERIVED,
    SLOWEST_FIRST,
    AssignmentState,
    RecommendationState,
    assignment_state,
    recommendation_state,
    standing_of_whole,
)

NUMBERS = count(1)
DAY = dt.date(2026, 1, 12)


def D(month: int, day: int = 1) -> dt.date:
    return dt.date(2025, month, day)


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)


@dataclass
class Row:
    at: dt.date
    pk: int = field(default_factory=lambda: next(NUMBERS))
    entered: dt.date | None = None
    """The day it was entered, if that was later."""


@dataclass
class Update(Row):
    claim: str = Claim.ON_TRACK

    @property
    def as_at(self) -> dt.date:
        return self.at

    @property
    def filed_on(self) -> dt.date:
        return self.at

    @property
    def published_at(self) -> dt.datetime:
        return moment(self.entered or self.at)


@dataclass
class Response(Row):
    decision: str = Decision.ACCEPTED

    @property
    def decided_on(self) -> dt.date:
        return self.at

    @property
    def recorded_at(self) -> dt.datetime:
        return moment(self.entered or self.at)


@dataclass
class Change(Row):
    old_date: dt.date = dt.date(2025, 6, 1)
    new_date: dt.date = dt.date(2025, 9, 1)
    state: str = TargetState.AGREED

    @property
    def decided_on(self) -> dt.date | None:
        return None if self.state == TargetState.REQUESTED else self.at

    @property
    def decided_at(self) -> dt.datetime | None:
        return None if self.state == TargetState.REQUESTED else moment(self.entered or self.at)


@dataclass
class Meeting:
    held_on: dt.date


@dataclass
class Verdict(Row):
    grade: str = Grade.CONCERNS
    outcome: str = Outcome.KEEP

    @property
    def recorded_at(self) -> dt.datetime:
        return moment(self.entered or self.at)

    @property
    def meeting(self) -> Meeting:
        return Meeting(self.at)


def state(*rows: Row, until: dt.datetime | None = None, **given: Any) -> AssignmentState:
    given.setdefault("first_target_on", D(6))
    given.setdefault("notified_on", D(1))
    given.setdefault("response_due_on", D(3))

    def of(kind: type) -> list[Any]:
        return [row for row in rows if isinstance(row, kind)]

    return assignment_state(
        updates=of(Update),
        responses=of(Response),
        target_changes=of(Change),
        verdicts=of(Verdict),
        until=until,
        **given,
    )


def of_whole(parts: list[Any], verdicts: list[Any], until: dt.datetime | None = None) -> RecommendationState:
    return recommendation_state(parts, verdicts, until)


class TestNothingYet:
    def test_all_is_empty(self):
        found = state(first_target_on=None, notified_on=None, response_due_on=None)
        assert {name: getattr(found, name) for name in DERIVED} == {
            "last_update": None, "last_update_on": None, "last_update_period": None, "claim": "", "claimed_on": None,
            "claimed_period": None, "decision": "", "decided_on": None, "decided_period": None, "target_period": None,
            "stopped_on": None, "target_on": None, "slips": 0, "slip_days": 0, "grade": "", "assessed_on": None,
            "assessed_period": None, "escalated_period": None, "closed_period": None,
            "awaiting_verdict": False, "escalated_on": None, "closed_by": None, "closed_on": None, "closed_as": "",
            "sources_only": False,
        }  # fmt: skip
        assert found.is_open
        assert found.standing_on(DAY) == Standing.IN_TIME
        assert not found.awaits_response_on(DAY)
        assert not found.is_escalated


class TestKnownFromPublicSources:
    """What sources do not tell is neither awaited nor late; what they tell is shown."""

    def compiled(self, *rows: Row, **given: Any) -> AssignmentState:
        given.setdefault("notified_on", None)
        given.setdefault("response_due_on", None)
        return state(*rows, from_public_sources=True, **given)

    def test_nothing_is_known_of_what_only_a_report_names(self):
        found = self.compiled()
        assert found.sources_only
        assert found.is_open
        assert not found.is_followed_up
        assert found.standing_on(DAY) == Standing.NOT_KNOWN
        assert found.clock_on(DAY).state == ClockState.NOT_KNOWN
        assert not found.is_overdue_on(DAY)
        assert not found.is_response_late_on(DAY)

    def test_a_claim_of_delivery_waits_for_nobody(self):
        found = self.compiled(Update(D(7), claim=Claim.DELIVERED), Verdict(D(8), outcome=Outcome.ESCALATE))
        assert found.claim == Claim.DELIVERED
        assert not found.awaiting_verdict
        assert not found.is_escalated
        assert not found.is_on_track_too_late_on(DAY)
        assert found.standing_on(DAY) == Standing.NOT_KNOWN

    def test_a_decision_is_known_without_its_term(self):
        found = self.compiled(Response(D(12)))
        assert found.clock_on(DAY).state == ClockState.STOPPED
        noted = self.compiled(Response(D(12), decision=Decision.NOTED))
        assert noted.clock_on(DAY).state == ClockState.NOT_KNOWN

    def test_a_closing_is_known(self):
        found = self.compiled(Verdict(D(8), grade=Grade.IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED))
        assert found.standing_on(DAY) == Standing.IMPLEMENTED

    def test_it_is_followed_up_once_it_was_sent_and_not_because_a_source_tells_of_a_notice(self):
        sent = self.compiled(notified_on=D(7), notice_recorded_at=moment(D(7)))
        assert not sent.sources_only
        assert sent.standing_on(DAY) == Standing.IN_TIME  # it was told of no date before that passed
        in_time = self.compiled(notified_on=D(5), notice_recorded_at=moment(D(7)))
        assert in_time.standing_on(DAY) == Standing.OVERDUE
        assert self.compiled(
            notified_on=D(7), notice_recorded_at=moment(D(7)), until=moment(D(6))
        ).sources_only
        told = self.compiled(notified_on=D(7), notice_from_source=True)
        assert told.sources_only

    def test_the_whole_stands_where_its_slowest_part_is_known_to(self):
        unknown, closed = self.compiled(), self.compiled(Verdict(D(8), outcome=Outcome.CLOSE_SUPERSEDED))
        followed = self.compiled(notified_on=D(7), first_target_on=None)
        assert of_whole([unknown, closed], []).standing_on(DAY) == Standing.NOT_KNOWN
        assert of_whole([unknown, closed], []).sources_only
        whole = of_whole([unknown, followed], [])
        assert whole.standing_on(DAY) == Standing.IN_TIME
        assert not whole.sources_only
        assert not of_whole([closed], []).sources_only

    def test_one_addressed_to_nobody(self):
        assert recommendation_state([], [], from_public_sources=True).standing_on(DAY) == Standing.NOT_KNOWN
        closed: list[Any] = [Verdict(D(8), grade=Grade.IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED)]
        found = recommendation_state([], closed, from_public_sources=True)
        assert found.standing_on(DAY) == Standing.IMPLEMENTED
        raised: list[Any] = [Verdict(D(8), outcome=Outcome.ESCALATE)]
        assert not recommendation_state([], raised, from_public_sources=True).is_escalated


class TestOrder:
    def test_the_rows_may_come_in_any_order(self):
        rows = [
            Update(D(2)),
            Update(D(7), claim=Claim.DELIVERED),
            Response(D(2), decision=Decision.NOTED),
            Response(D(4)),
            Change(D(5)),
            Verdict(D(3), outcome=Outcome.ESCALATE),
        ]
        expected = state(*rows)
        orders = list(permutations(rows))
        for order in random.Random(1).sample(orders, 40):  # noqa: S311  which order is tried, no secret
            assert state(*order) == expected

    def test_of_two_at_the_same_moment_the_later_row_counts(self):
        first, second = Update(D(2), claim=Claim.AT_RISK), Update(D(2), claim=Claim.OFF_TRACK)
        assert state(second, first).claim == Claim.OFF_TRACK

    def test_what_came_after_the_moment_is_left_out(self):
        rows = [Update(D(2), claim=Claim.AT_RISK), Update(D(8)), Response(D(8)), Change(D(8)), Verdict(D(8))]
        found = state(*rows, until=moment(D(7)))
        assert (found.claim, found.decision, found.slips, found.grade) == (Claim.AT_RISK, "", 0, "")
        assert state(*rows, until=moment(D(8))) == state(*rows)


class TestEnteredLate:
    """What was entered late is filed under its own day: the later event stands, and nothing counts before it was entered."""

    @pytest.mark.parametrize(
        ("older", "newer", "name", "value"),
        [
            (Update(D(2), claim=Claim.OFF_TRACK, entered=D(9)), Update(D(5)), "claim", Claim.ON_TRACK),
            (
                Response(D(2), decision=Decision.REJECTED, entered=D(9)),
                Response(D(5)),
                "decision",
                Decision.ACCEPTED,
            ),
            (Change(D(2), new_date=D(8), entered=D(9)), Change(D(5), new_date=D(11)), "target_on", D(11)),
            (Verdict(D(2), grade=Grade.ON_COURSE, entered=D(9)), Verdict(D(5)), "grade", Grade.CONCERNS),
            (
                Verdict(D(2), outcome=Outcome.REOPEN, entered=D(9)),
                Verdict(D(5), outcome=Outcome.CLOSE_SUPERSEDED),
                "closed_as",
                Outcome.CLOSE_SUPERSEDED,
            ),
            (Verdict(D(2), outcome=Outcome.CLOSE_SUPERSEDED, entered=D(9)), Verdict(D(5)), "closed_on", None),
            (
                Verdict(D(2), outcome=Outcome.ESCALATE, entered=D(9)),
                Verdict(D(5), outcome=Outcome.CLOSE_SUPERSEDED),
                "escalated_on",
                None,
            ),
        ],
    )
    def test_the_later_event_stands(self, older, newer, name, value):
        assert getattr(state(older, newer), name) == value
        assert getattr(state(newer, older), name) == value
        assert getattr(state(older, newer, until=moment(D(10))), name) == value

    def test_it_counts_from_the_day_it_was_entered(self):
        late = Verdict(D(2), outcome=Outcome.ESCALATE, entered=D(9))
        assert state(late, until=moment(D(8))).escalated_on is None
        assert state(late, until=moment(D(9))).escalated_on == D(2)

    def test_the_clock_stops_on_the_day_of_the_decision(self):
        found = state(Response(D(4), decision=Decision.NOTED), Response(D(2), entered=D(9)))
        assert (found.decision, found.stopped_on) == (Decision.NOTED, None)
        found = state(Response(D(4)), Response(D(2), decision=Decision.NOTED, entered=D(9)))
        assert (found.decision, found.stopped_on) == (Decision.ACCEPTED, D(4))

    def test_a_claim_published_after_the_meeting_waits_however_late_the_verdict_was_entered(self):
        claim = Update(D(4), claim=Claim.DELIVERED)
        assert state(claim, Verdict(D(3), entered=D(9))).awaiting_verdict
        assert not state(claim, Verdict(D(5))).awaiting_verdict
        assert state(
            Update(D(2), claim=Claim.DELIVERED, entered=D(4)), Verdict(D(3), entered=D(9))
        ).awaiting_verdict

    def test_a_date_set_later_made_nothing_late_before(self):
        given = {"first_target_set_at": moment(D(10)), "notice_recorded_at": moment(D(10))}
        assert not state(until=moment(D(7)), **given).is_overdue_on(D(7))
        assert not state(until=moment(D(7)), **given).is_response_late_on(D(7))
        assert state(until=moment(D(7)), **given).target_on is None
        assert state(until=moment(D(10)), **given).is_overdue_on(D(10))
        assert state(until=moment(D(10)), **given).is_response_late_on(D(10))


class TestResponses:
    @pytest.mark.parametrize(
        ("decisions", "stopped"),
        [
            ([Decision.ACCEPTED], D(2)),
            ([Decision.NOTED], None),
            ([Decision.ACCEPTED, Decision.IN_PART], D(2)),
            ([Decision.ACCEPTED, Decision.NOTED], None),
            ([Decision.ACCEPTED, Decision.NOTED, Decision.REJECTED], D(4)),
        ],
    )
    def test_what_stops_the_clock(self, decisions, stopped):
        found = state(*(Response(D(2 + place), decision=one) for place, one in enumerate(decisions)))
        assert found.decision == decisions[-1]
        assert found.decided_on == D(1 + len(decisions))
        assert found.stopped_on == stopped
        assert found.awaits_response_on(D(4, 2)) == (stopped is None)
        assert found.is_response_late_on(D(3)) is False
        assert found.is_response_late_on(D(3, 2)) == (stopped is None)

    def test_not_sent_or_not_sent_yet_or_without_a_term(self):
        assert not state(notified_on=None).awaits_response_on(DAY)
        assert not state(notified_on=D(5)).awaits_response_on(D(4))
        assert state(response_due_on=None).awaits_response_on(DAY)
        assert not state(response_due_on=None).is_response_late_on(DAY)

    def test_closed_awaits_nothing(self):
        assert not state(Verdict(D(4), outcome=Outcome.CLOSE_SUPERSEDED)).awaits_response_on(DAY)

    def test_the_clock(self):
        assert state().clock_on(D(3, 4)).state == ClockState.LATE
        assert state(Response(D(2))).clock_on(DAY).state == ClockState.STOPPED
        assert (
            state(Response(D(2), decision=Decision.NOTED)).clock_on(D(2, 2)).state == ClockState.ANSWERED_OPEN
        )


class TestDates:
    def test_only_agreed_ones_count(self):
        found = state(Change(D(4), state=TargetState.REFUSED), Change(D(5), state=TargetState.REQUESTED))
        assert (found.target_on, found.slips, found.slip_days) == (D(6), 0, 0)

    def test_slips_count_from_the_first_date(self):
        found = state(
            Change(D(4)),
            Change(D(5), old_date=D(9), new_date=D(8)),
            Change(D(5), old_date=D(8), new_date=D(12)),
        )
        assert (found.target_on, found.slips, found.slip_days) == (D(12), 2, 183)

    def test_a_date_brought_forward_is_no_slip(self):
        found = state(Change(D(4), new_date=D(5)))
        assert (found.slips, found.slip_days) == (0, -31)

    def test_overdue_from_the_day_after_the_first_date_whatever_was_agreed(self):
        found = state(Change(D(4), new_date=dt.date(2030, 1, 1)))
        assert not found.is_overdue_on(D(6))
        assert found.is_overdue_on(D(6, 2))
        assert (found.days_late_on(D(6)), found.days_late_on(D(6, 3))) == (0, 2)
        assert found.standing_on(D(6, 2)) == Standing.OVERDUE

    def test_without_a_date_never_overdue(self):
        assert not state(first_target_on=None).is_overdue_on(DAY)


class TestSentTooLate:
    """A body is late only by a date that it was told of before it passed."""

    def test_a_first_date_that_had_passed_before_the_notice_makes_nothing_late(self):
        found = state(first_target_on=D(6), notified_on=D(7))
        assert not found.is_overdue_on(DAY)
        assert found.was_sent_too_late
        assert found.standing_on(DAY) == Standing.IN_TIME

    def test_one_on_the_day_of_the_notice_does(self):
        found = state(first_target_on=D(7), notified_on=D(7))
        assert found.days_late_on(D(7, 3)) == 2
        assert not found.was_sent_too_late

    def test_lateness_counts_from_the_next_date_agreed_and_from_no_later_one(self):
        changes = [
            Change(D(6, 20), state=TargetState.AGREED, old_date=D(6), new_date=D(6, 25)),
            Change(D(8), state=TargetState.AGREED, old_date=D(6, 25), new_date=D(9)),
            Change(D(9, 20), state=TargetState.AGREED, old_date=D(9), new_date=D(12)),
        ]
        found = state(*changes, first_target_on=D(6), notified_on=D(7))
        assert found.late_from == D(9)
        assert found.days_late_on(D(9, 11)) == 10
        before = state(*changes, first_target_on=D(6), notified_on=D(7), until=moment(D(7, 30)))
        assert before.late_from is None

    def test_a_body_that_was_never_told_is_not_late(self):
        assert not state(first_target_on=D(6), notified_on=None).is_overdue_on(DAY)
        early = state(
            first_target_on=D(6), notified_on=D(5), notice_recorded_at=moment(D(8)), until=moment(D(7))
        )
        assert not early.is_overdue_on(D(7))

    def test_a_part_from_a_tracker_keeps_the_dates_of_the_tracker(self):
        for notified_on in (None, D(7)):
            found = state(first_target_on=D(6), notified_on=notified_on, from_tracker=True)
            assert found.is_overdue_on(DAY)
            assert not found.was_sent_too_late


class TestDelivered:
    def test_waits_for_the_committee_and_is_not_late(self):
        found = state(Verdict(D(4)), Update(D(5), claim=Claim.DELIVERED))
        assert found.awaiting_verdict
        assert not found.is_overdue_on(DAY)
        assert found.standing_on(DAY) == Standing.AWAITING

    def test_a_later_verdict_answers_it(self):
        found = state(Update(D(5), claim=Claim.DELIVERED), Verdict(D(5)))
        assert not found.awaiting_verdict
        assert found.standing_on(DAY) == Standing.OVERDUE

    def test_closed_waits_for_nothing(self):
        closing = Verdict(D(4), outcome=Outcome.CLOSE_NOT_IMPLEMENTED)
        assert not state(closing, Update(D(5), claim=Claim.DELIVERED)).awaiting_verdict


class TestVerdicts:
    def test_closes(self):
        closing = Verdict(D(4), grade=Grade.IMPLEMENTED, outcome=Outcome.CLOSE_IMPLEMENTED)
        found = state(closing)
        assert (found.closed_by, found.closed_on, found.closed_as) == (
            closing,
            D(4),
            Outcome.CLOSE_IMPLEMENTED,
        )
        assert not found.is_open
        assert not found.is_overdue_on(DAY)
        assert found.standing_on(DAY) == Standing.IMPLEMENTED

    def test_closed_otherwise(self):
        closing = Verdict(D(4), outcome=Outcome.CLOSE_SUPERSEDED)
        assert state(closing).standing_on(DAY) == Standing.CLOSED_OTHERWISE

    def test_reopened_is_open_and_keeps_no_escalation_from_before(self):
        found = state(
            Verdict(D(2), outcome=Outcome.ESCALATE),
            Verdict(D(3), outcome=Outcome.CLOSE_SUPERSEDED),
            Verdict(D(4), outcome=Outcome.REOPEN),
        )
        assert found.is_open
        assert found.escalated_on is None
        assert found.assessed_on == D(4)

    def test_an_escalation_stands_while_it_is_kept(self):
        found = state(Verdict(D(2), outcome=Outcome.ESCALATE), Verdict(D(3)))
        assert found.escalated_on == D(2)
        assert found.is_escalated


class TestVoices:
    @pytest.mark.parametrize(
        ("claim", "grade", "differ"),
        [
            (Claim.DELIVERED, Grade.IMPLEMENTED, False),
            (Claim.DELIVERED, Grade.ON_COURSE, True),
            (Claim.AT_RISK, Grade.IMPLEMENTED, True),
            (Claim.ON_TRACK, Grade.CONCERNS, True),
            (Claim.ON_TRACK, Grade.ON_COURSE, False),
            (Claim.AT_RISK, Grade.CONCERNS, False),
        ],
    )
    def test_by_claim_and_grade(self, claim, grade, differ):
        assert state(Update(D(2), claim=claim), Verdict(D(3), grade=grade)).voices_differ is differ

    def test_one_voice_alone_differs_from_nothing(self):
        assert not state(Update(D(2), claim=Claim.DELIVERED)).voices_differ
        assert not state(Verdict(D(2))).voices_differ

    def test_on_track_though_its_own_date_has_passed(self):
        rows = [Update(D(2)), Change(D(4), new_date=D(9))]
        assert not state(*rows).is_on_track_too_late_on(D(9))
        assert state(*rows).is_on_track_too_late_on(D(9, 2))
        assert not state(Update(D(2)), first_target_on=None).is_on_track_too_late_on(DAY)
        assert not state(Update(D(2), claim=Claim.AT_RISK)).is_on_track_too_late_on(DAY)
        assert not state(*rows, Verdict(D(9), outcome=Outcome.CLOSE_SUPERSEDED)).is_on_track_too_late_on(DAY)


class TestWhole:
    def test_stands_where_its_slowest_part_does(self):
        for place, slowest in enumerate(SLOWEST_FIRST):
            assert standing_of_whole(reversed(SLOWEST_FIRST[place:])) == slowest

    def test_one_delivered_and_one_in_time_is_in_time(self):
        delivered = state(Update(D(5), claim=Claim.DELIVERED))
        in_time = state(first_target_on=dt.date(2027, 1, 1))
        whole = of_whole([delivered, in_time], [])
        assert whole.standing_on(DAY) == Standing.IN_TIME
        assert of_whole([delivered], []).standing_on(DAY) == Standing.AWAITING

    def test_open_while_a_part_is(self):
        closed = state(Verdict(D(4), outcome=Outcome.CLOSE_SUPERSEDED))
        whole = of_whole([closed, state()], [])
        assert (whole.closed_by, whole.closed_on, whole.closed_as) == (None, None, "")
        assert not whole.is_escalated

    def test_closed_by_the_last_of_its_parts(self):
        first = Verdict(D(4), outcome=Outcome.CLOSE_IMPLEMENTED)
        last = Verdict(D(5), outcome=Outcome.CLOSE_IMPLEMENTED)
        whole = of_whole([state(last), state(first)], [])
        assert (whole.closed_by, whole.closed_on, whole.closed_as) == (last, D(5), Outcome.CLOSE_IMPLEMENTED)
        assert whole.standing_on(DAY) == Standing.IMPLEMENTED

    def test_closed_as_implemented_only_if_every_part_is(self):
        otherwise = Verdict(D(4), outcome=Outcome.CLOSE_SUPERSEDED)
        done = Verdict(D(5), outcome=Outcome.CLOSE_IMPLEMENTED)
        whole = of_whole([state(otherwise), state(done)], [])
        assert (whole.closed_by, whole.closed_on) == (otherwise, D(5))
        assert whole.standing_on(DAY) == Standing.CLOSED_OTHERWISE

    def test_the_grade_is_that_of_the_last_verdict_on_the_whole(self):
        verdicts = [Verdict(D(3), grade=Grade.ON_COURSE), Verdict(D(2))]
        assert of_whole([state()], verdicts).grade == Grade.ON_COURSE
        assert of_whole([state()], verdicts, until=moment(D(2))).grade == Grade.CONCERNS
        assert of_whole([state()], []).grade == ""

    def test_escalated_with_a_part(self):
        raised = state(Verdict(D(2), outcome=Outcome.ESCALATE))
        assert of_whole([raised, state()], []).is_escalated

    def test_addressed_to_nobody(self):
        assert of_whole([], []).standing_on(DAY) == Standing.IN_TIME
        assert of_whole([], [Verdict(D(2), outcome=Outcome.ESCALATE)]).is_escalated
        closing = Verdict(D(3), outcome=Outcome.CLOSE_IMPLEMENTED)
        whole = of_whole([], [closing])
        assert (whole.closed_by, whole.closed_on) == (closing, D(3))
        assert not whole.is_escalated
        assert whole.standing_on(DAY) == Standing.IMPLEMENTED
        reopened = [closing, Verdict(D(4), outcome=Outcome.REOPEN)]
        assert of_whole([], reopened).standing_on(DAY) == Standing.IN_TIME
