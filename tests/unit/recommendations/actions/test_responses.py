"""Responses: reasons, dates, exempt parts, several at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import responses
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import NEEDS_REASON, ClockState, Decision
from recommendations.models import Assignment, Response
from tests.factories import TODAY, Cast

pytestmark = pytest.mark.django_db


def record(cast: Cast, *parts: Assignment, by: Any = None, **details: Any) -> list[Response]:
    details = {"decision": Decision.ACCEPTED, "decided_on": TODAY, **details}
    return responses.record_response(by=by or cast.sam, assignments=parts, **details)


class TestRights:
    def test_committee_support_and_the_bodys_approver(self, cast: Cast) -> None:
        part = cast.assignment()
        for who in (cast.olive, cast.pat, cast.colin, cast.carla, cast.oscar, cast.admin):
            with pytest.raises(PermissionDenied):
                record(cast, part, by=who)
        assert record(cast, part, by=cast.ada)
        assert record(cast, part, by=cast.sam, text="In the budget from April.")

    def test_one_that_is_not_theirs_stops_all(self, cast: Cast) -> None:
        own = cast.assignment()
        other = cast.assignment(body=cast.police)
        with pytest.raises(PermissionDenied):
            record(cast, own, other, by=cast.ada)
        assert not Response.objects.exists()


class TestRules:
    @pytest.mark.parametrize("decision", NEEDS_REASON)
    def test_every_answer_but_accepted_needs_its_reason(self, cast: Cast, decision: str) -> None:
        part = cast.assignment()
        with pytest.raises(ActionDenied) as refused:
            record(cast, part, decision=decision, reason=" ")
        assert refused.value.field == "reason"
        assert record(cast, part, decision=decision, reason="No money.")

    @pytest.mark.parametrize("day", [dt.date(2025, 8, 31), dt.date(2026, 1, 13)])
    def test_neither_before_the_notice_nor_ahead(self, cast: Cast, day: dt.date) -> None:
        with pytest.raises(ActionDenied) as refused:
            record(cast, cast.assignment(), decided_on=day)
        assert refused.value.field == "decided_on"

    def test_sent_twice_it_is_recorded_once(self, cast: Cast) -> None:
        parts = [cast.assignment(), cast.assignment(heading="Another")]
        said = {"decision": Decision.NOTED, "reason": "No money.\r\nNone at all.", "text": " Later "}
        record(cast, *parts, **said)
        with pytest.raises(ActionDenied, match="This answer to 1 is already on the record"):
            record(cast, *parts, **said)
        assert Response.objects.count() == 2
        record(cast, parts[0])
        record(cast, parts[0], **said)  # it went back to what it said first
        assert [one.decision for one in parts[0].responses.order_by("pk")] == ["noted", "accepted", "noted"]

    def test_not_without_a_notice_nor_once_closed(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="Send the notice"):
            record(cast, cast.assignment(notified_on=None))
        closed = cast.assignment()
        cast.close(closed)
        with pytest.raises(ActionDenied, match="reopen"):
            record(cast, closed)
        with pytest.raises(ActionDenied, match="at least one"):
            record(cast)

    @pytest.mark.parametrize(
        ("paragraphs", "summary", "field"),
        [([], "S", "exempt_paragraphs"), ([8], "S", "exempt_paragraphs"), ([3], "", "public_summary")],
    )
    def test_exempt_text_with_paragraph_and_summary(
        self, cast: Cast, paragraphs: list[int], summary: str, field: str
    ) -> None:
        with pytest.raises(ActionDenied) as refused:
            record(
                cast,
                cast.assignment(),
                exempt_text="The price",
                exempt_paragraphs=paragraphs,
                public_summary=summary,
            )
        assert refused.value.field == field

    @pytest.mark.parametrize(
        ("answers", "stopped"),
        [
            # sent on 1 September 2025, due on 1 November
            ([("accepted", 10, 6)], (10, 6)),
            ([("noted", 10, 6)], None),
            ([("accepted", 10, 6), ("in_part", 12, 1)], (10, 6)),  # reworded after the term: still in time
            ([("in_principle", 10, 6), ("accepted", 12, 1)], (12, 1)),
            ([("accepted", 10, 6), ("noted", 12, 1)], None),  # taken back
            ([("accepted", 10, 6), ("noted", 11, 3), ("rejected", 12, 1), ("in_part", 12, 8)], (12, 1)),
        ],
    )
    def test_a_decision_stops_the_clock_and_rewording_it_does_not_move_that(
        self, cast: Cast, answers: list[tuple[str, int, int]], stopped: tuple[int, int] | None
    ) -> None:
        part = cast.assignment()
        Assignment.objects.filter(pk=part.pk).update(response_due_on=dt.date(2025, 11, 1))
        for decision, month, day in answers:
            record(cast, part, decision=decision, decided_on=dt.date(2025, month, day), reason="Money.")
        part = Assignment.objects.get(pk=part.pk)
        expected = dt.date(2025, *stopped) if stopped else None
        last = dt.date(2025, *answers[-1][1:])
        assert (part.stopped_on, part.decided_on) == (expected, last)
        late = ClockState.LATE if expected is None else ClockState.STOPPED_LATE
        assert part.clock().state == (ClockState.STOPPED if expected and expected.month < 11 else late)
        record_of = Assignment.objects.response_record()
        assert (record_of["in_time"], record_of["late"]) == (
            int(part.clock().state == ClockState.STOPPED),
            int(part.clock().state == ClockState.STOPPED_LATE),
        )
        assert list(differing_recommendations()) == []

    def test_noted_leaves_the_clock_running(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=dt.date(2025, 12, 1))
        record(cast, part, decision=Decision.NOTED, reason="Later.")
        part.refresh_from_db()
        assert part.clock().state == ClockState.ANSWERED_OPEN
        record(cast, part)
        part.refresh_from_db()
        assert part.clock().state == ClockState.STOPPED
        assert part.responses.count() == 2


class TestSeveral:
    def test_each_its_own_all_or_none(self, cast: Cast) -> None:
        first, second = cast.assignment(), cast.assignment()
        answers = [
            {"assignment": first, "decision": Decision.ACCEPTED},
            {"assignment": second, "decision": Decision.REJECTED},
        ]
        with pytest.raises(ActionDenied) as refused:
            responses.record_answers(by=cast.sam, answers=answers, decided_on=TODAY)
        assert (refused.value.row, refused.value.field) == (1, "reason")
        assert not Response.objects.exists()
        answers[1]["reason"] = "No money."
        made = responses.record_answers(by=cast.sam, answers=answers, decided_on=TODAY)
        assert [one.decision for one in made] == [Decision.ACCEPTED, Decision.REJECTED]

    def test_none(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied):
            responses.record_answers(by=cast.sam, answers=[], decided_on=TODAY)
