"""Inquiries and findings: rights, stages, what stays on the record."""

from __future__ import annotations

import datetime as dt

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import inquiries
from recommendations.actions.base import NotPossible, StaleEdit
from recommendations.lifecycle import INQUIRY_MOVES, Stage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PUBLISHED_ON = dt.date(2025, 9, 1)


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
        if (old, new) in INQUIRY_MOVES:
            return
        inquiry = cast.inquiry()
        inquiry.stage, inquiry.published_on = old, PUBLISHED_ON
        with pgtrigger.ignore("recommendations.Inquiry:stage_moves"):
            inquiry.save()
        with pytest.raises(NotPossible):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=new, published_on=PUBLISHED_ON)

    def test_publishing_needs_a_date_and_a_recommendation(self, cast: Cast) -> None:
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=cast.inquiry(), to=Stage.DRAFTING)
        with pytest.raises(NotPossible) as no_date:
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED)
        assert no_date.value.field == "published_on"
        with pytest.raises(NotPossible, match="Add the recommendations"):
            inquiries.move_inquiry(
                by=cast.sam, inquiry=inquiry, to=Stage.PUBLISHED, published_on=PUBLISHED_ON
            )

    def test_concluding_needs_all_closed(self, cast: Cast) -> None:
        part = cast.assignment()
        inquiry = inquiries.move_inquiry(
            by=cast.sam, inquiry=part.recommendation.inquiry, to=Stage.MONITORING
        )
        with pytest.raises(NotPossible, match="1 recommendation is still open"):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.CONCLUDED)
        cast.close(part)
        assert (
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.CONCLUDED).stage == Stage.CONCLUDED
        )

    def test_a_stale_move_is_refused(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.EVIDENCE, version=1)
        with pytest.raises(StaleEdit):
            inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.DRAFTING, version=1)


class TestEdit:
    def test_the_second_of_two_is_told(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, version=1, title="First")
        with pytest.raises(StaleEdit) as stale:
            inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, version=1, title="Second")
        assert stale.value.current.title == "First"

    def test_a_public_report_keeps_its_date(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        with pytest.raises(NotPossible):
            inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, published_on=None)


class TestFindings:
    def test_numbers_sort_as_printed_and_are_used_once(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for number in ("10", "2", "2a"):
            inquiries.add_finding(by=cast.sam, inquiry=inquiry, number=number, text="F")
        assert [finding.number for finding in inquiry.findings.all()] == ["2", "2a", "10"]
        assert inquiry.next_finding_number() == "11"
        with pytest.raises(NotPossible) as used:
            inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="2a", text="F")
        assert used.value.field == "number"

    def test_one_that_is_referred_to_stays(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="F")
        cast.recommendation(inquiry, finding=finding)
        with pytest.raises(NotPossible, match="refer to this finding"):
            inquiries.remove_finding(by=cast.sam, finding=finding)
