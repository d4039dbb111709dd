"""What is kept is what history says; what is not is found and mended."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import Claim, Grade, Outcome
from recommendations.models import Assignment, Recommendation
from tests.factories import NOON, at
from tests.history import abolish_police, busy

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.prepared(make=busy)]


@pytest.fixture
def history(prepared):
    return prepared


def recompute(*arguments: str) -> str:
    out = StringIO()
    call_command("recompute_state", *arguments, stdout=out)
    return out.getvalue()


class TestAfterABusyHistory:
    def test_nothing_differs(self, cast, history):
        assert list(differing_recommendations()) == []
        assert "Nothing differs" in recompute("--check")

    def test_nothing_differs_after_a_body_passed_on(self, cast, history):
        with at(dt.date(2026, 1, 9)):
            abolish_police(cast)
        assert list(differing_recommendations()) == []

    def test_a_planted_difference_is_found_and_not_touched_by_check(self, cast, history):
        Assignment.objects.filter(pk=history["late"].pk).update(slips=7)
        with pytest.raises(CommandError, match="1 recommendation differ"):
            recompute("--check")
        assert Assignment.objects.get(pk=history["late"].pk).slips == 7

    def test_a_planted_difference_is_mended_and_named(self, cast, history):
        Assignment.objects.filter(pk=history["late"].pk).update(slips=7, grade=Grade.IMPLEMENTED)
        Recommendation.objects.filter(pk=history["shared"].recommendation_id).update(grade=Grade.CONCERNS)
        said = recompute()
        assert "slips of Cabinet is 7 and should be 2" in said
        assert "Mended 2 recommendations" in said
        assert Assignment.objects.get(pk=history["late"].pk).slips == 2
        assert "Nothing differs" in recompute("--check")

    def test_an_empty_tracker(self, cast):
        assert "Nothing differs" in recompute()


class TestWhatIsKept:
    def kept(self, assignment):
        return Assignment.objects.get(pk=assignment.pk)

    def test_a_claim_of_delivery_waits_for_the_committee(self, cast, history):
        assert self.kept(history["claimed"]).awaiting_verdict
        assert not self.kept(history["claimed"]).is_overdue(NOON.date())

    def test_a_verdict_that_finds_otherwise_makes_it_late_again(self, cast, history):
        cast.verdict(history["claimed"], Grade.CONCERNS, Outcome.KEEP)
        kept = self.kept(history["claimed"])
        assert not kept.awaiting_verdict
        assert kept.is_overdue(NOON.date())
        assert kept.voices_differ

    def test_reopened_and_escalated(self, cast, history):
        kept = self.kept(history["reopened"])
        assert kept.is_open
        assert kept.closed_by is None
        assert kept.escalated_on == dt.date(2026, 1, 5)

    def test_closing_ends_an_escalation(self, cast, history):
        cast.verdict(history["reopened"], Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED)
        assert self.kept(history["reopened"]).escalated_on is None

    def test_the_last_part_closed_closes_the_whole(self, cast, history):
        cast.verdict(history["shared"], Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
        whole = Recommendation.objects.get(pk=history["shared"].recommendation_id)
        assert whole.is_open
        last = cast.verdict(history["with_police"], Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED)
        whole.refresh_from_db()
        assert whole.closed_by == last
        assert whole.closed_as == Outcome.CLOSE_NOT_IMPLEMENTED

    def test_a_date_brought_forward_is_no_slip(self, cast, history):
        from tests.history import agree_date

        agree_date(cast, history["shared"], dt.date(2026, 6, 30))
        kept = self.kept(history["shared"])
        assert kept.slips == 0
        assert kept.slip_days < 0
        assert kept.target_on == dt.date(2026, 6, 30)

    def test_a_correction_takes_the_place_of_a_claim(self, cast, history):
        cast.published(history["claimed"], claim=Claim.AT_RISK)
        assert self.kept(history["claimed"]).claim == Claim.AT_RISK
        assert not self.kept(history["claimed"]).awaiting_verdict
