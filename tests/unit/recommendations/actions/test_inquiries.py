"""Inquiries and findings: rights, stages, what stays on the record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import corrections, inquiries, successions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import INQUIRY_TRANSITIONS, Stage
from recommendations.models import Assignment, Inquiry
from tests.factories import TODAY, Cast

pytestmark = pytest.mark.django_db
PUBLISHED_ON = dt.date(2025, 9, 1)


def concluded(cast: Cast, part: Assignment) -> Inquiry:
    """The inquiry of the part, which is closed, at its last stage."""
    cast.close(part)
    inquiry = part.recommendation.inquiry
    for stage in (Stage.MONITORING, Stage.CONCLUDED):
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=stage)
    return inquiry


class TestRights:
    def test_only_officers_of_the_committee_begin_one(self, cast: Cast) -> None:
        for who in (cast.oscar, cast.carla, cast.colin, cast.olive, cast.admin, cast.nobody):
            with pytest.raises(PermissionDenied):
                inquiries.open_inquiry(by=who, committee=cast.committee, title="T", reference="R")

    def test_another_committees_officer_changes_nothing(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="F")
        for act in (
            lambda: inquiries.edit_inquiry(by=cast.oscar, inquiry=inquiry, title="T"),
            lambda: inquiries.move_inquiry(by=cast.oscar, inquiry=inquiry, to=Stage.EVIDENCE),
            lambda: inquiries.add_finding(by=cast.oscar, inquiry=inquiry, number="2", text="F"),
            lambda: inquiries.edit_finding(by=cast.oscar, finding=finding, number="2", text="F"),
            lambda: inquiries.remove_finding(by=cast.oscar, finding=finding),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_an_inquiry_is_not_given_to_a_committee_one_has_no_part_in(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            inquiries.edit_inquiry(by=cast.sam, inquiry=cast.inquiry(), committee=cast.other_committee)


class TestMoves:
    @pytest.mark.parametrize("old", list(Stage))
    @pytest.mark.parametrize("new", list(Stage))
    def test_only_along_the_table(self, cast: Cast, old: Stage, new: Stage) -> None:
        if (old, new) in INQUIRY_TRANSITIONS:
            return
        inquiry = cast.inquiry()
        inquiry.stage, inquiry.published_on = old, PUBLISHED_ON
        with pgtrigger.ignore("recommendations.Inquiry:stage_transitions"):
            inquiry.save()
        with pytest.raises(ActionDenied):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=new, published_on=PUBLISHED_ON)

    def test_publishing_needs_a_date_and_a_recommendation(self, cast: Cast) -> None:
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=cast.inquiry(), to=Stage.DRAFTING)
        with pytest.raises(ActionDenied) as no_date:
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED)
        assert no_date.value.field == "published_on"
        with pytest.raises(ActionDenied, match="Add the recommendations"):
            inquiries.move_inquiry(
                by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED, published_on=PUBLISHED_ON
            )

    def test_concluding_needs_all_closed(self, cast: Cast) -> None:
        part = cast.assignment()
        inquiry = inquiries.move_inquiry(
            by=cast.sam, inquiry=part.recommendation.inquiry, to=Stage.MONITORING
        )
        with pytest.raises(ActionDenied, match="1 recommendation is still open"):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.CONCLUDED)
        cast.close(part)
        assert (
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.CONCLUDED).stage == Stage.CONCLUDED
        )

    def test_nothing_is_added_to_a_concluded_one(self, cast: Cast) -> None:
        inquiry = concluded(cast, cast.assignment())
        with pytest.raises(ActionDenied, match="The inquiry is concluded"):
            cast.recommendation(inquiry, heading="An afterthought")

    def test_what_the_committee_reopens_is_monitored_again(self, cast: Cast) -> None:
        part = cast.assignment()
        inquiry = concluded(cast, part)
        cast.verdict(part, "concerns", "reopen")
        now = Inquiry.objects.get(pk=inquiry.pk)
        assert (now.stage, now.version) == (Stage.MONITORING, inquiry.version + 1)

    def test_one_of_a_committee_that_ended_stays_until_it_is_passed_on(self, cast: Cast) -> None:
        part = cast.assignment()
        meeting = cast.meeting(TODAY)
        inquiry = concluded(cast, part)
        end: dict[str, Any] = {"on": TODAY, "reason": "Reorganised", "successor": cast.other_committee}
        successions.abolish_body(by=cast.admin, body=cast.committee, **end)
        with pytest.raises(ActionDenied, match="Ask an administrator to pass the inquiry"):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.MONITORING)
        with pytest.raises(ActionDenied, match="Ask an administrator to pass the inquiry"):
            cast.verdict(part, "concerns", "reopen", meeting=meeting)
        assert Inquiry.objects.get(pk=inquiry.pk).stage == Stage.CONCLUDED
        assert not Assignment.objects.get(pk=part.pk).is_open
        successions.pass_inquiries(
            by=cast.admin,
            committee=cast.committee,
            inquiries=[inquiry],
            to=cast.other_committee,
            on=TODAY,
            reason="Reorganised",
        )
        moved = inquiries.move_inquiry(
            by=cast.oscar, inquiry=Inquiry.objects.get(pk=inquiry.pk), to=Stage.MONITORING
        )
        assert moved.stage == Stage.MONITORING

    def test_a_report_is_not_published_on_a_day_to_come(self, cast: Cast) -> None:
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=cast.inquiry(), to=Stage.DRAFTING)
        cast.recommendation(inquiry)
        to_come = TODAY + dt.timedelta(days=1)
        with pytest.raises(ActionDenied, match="today or earlier"):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED, published_on=to_come)
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED, published_on=TODAY)
        with pytest.raises(ActionDenied, match="Correct it instead"):
            inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, published_on=to_come)
        with pytest.raises(ActionDenied, match="today or earlier"):
            corrections.correct_inquiry(
                by=cast.sam, inquiry=inquiry, reason="Typed wrong", published_on=to_come
            )

    def test_a_stale_move_is_refused(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.EVIDENCE, version=1)
        with pytest.raises(EditConflict):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.DRAFTING, version=1)


class TestEdit:
    def test_the_second_of_two_is_told(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, version=1, title="First")
        with pytest.raises(EditConflict) as stale:
            inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, version=1, title="Second")
        assert stale.value.current.title == "First"

    def test_a_public_report_keeps_its_date(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        with pytest.raises(ActionDenied):
            inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, published_on=None)


class TestFindings:
    def test_numbers_sort_as_printed_and_are_used_once(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for number in ("10", "2", "2a"):
            inquiries.add_finding(by=cast.sam, inquiry=inquiry, number=number, text="F")
        assert [finding.number for finding in inquiry.findings.all()] == ["2", "2a", "10"]
        assert inquiry.next_finding_number() == "11"
        with pytest.raises(ActionDenied) as used:
            inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="2a", text="F")
        assert used.value.field == "number"

    def test_one_that_is_referred_to_stays(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="F")
        cast.recommendation(inquiry, finding=finding)
        with pytest.raises(ActionDenied, match="refer to this finding"):
            inquiries.remove_finding(by=cast.sam, finding=finding)
