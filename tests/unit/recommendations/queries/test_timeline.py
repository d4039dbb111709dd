"""Of whose part each entry of a timeline is, and that each has an anchor of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from recommendations.actions import assignments, milestones
from recommendations.lifecycle import Grade, Outcome
from recommendations.models import (
    Assessment,
    Assignment,
    Milestone,
    Recommendation,
    Response,
    TargetChange,
    Update,
)
from recommendations.queries.anchors import fragment
from recommendations.queries.record_rows import RecordRows
from recommendations.queries.records import record
from recommendations.queries.timeline import TimelineEntry, assignment_entries, timeline
from tests.factories import TODAY, Cast, at
from tests.history import busy

TOMORROW = TODAY + dt.timedelta(days=1)


def change_deliverer(cast: Cast, assignment: Assignment, deliverer: str) -> None:
    with at(TOMORROW):
        assignments.edit_assignment(
            by=cast.sam,
            assignment=Assignment.objects.get(pk=assignment.pk),
            is_lead=True,
            post=None,
            deliverer=deliverer,
            first_target_on=assignment.first_target_on,
        )


def changes_told(cast: Cast, assignment: Assignment) -> list[TimelineEntry]:
    recommendation = Recommendation.objects.get(pk=assignment.recommendation_id)
    return [entry for entry in timeline(RecordRows(recommendation, cast.sam, None)) if entry.kind == "change"]


def test_a_change_of_a_part_is_not_taken_for_one_of_a_step_with_the_same_number(cast: Cast) -> None:
    cabinet = cast.assignment()
    police = cast.assignment(recommendation=cabinet.recommendation, body=cast.police)
    Milestone.objects.create(pk=cabinet.pk, assignment=police, words="Paint the crossing")
    change_deliverer(cast, cabinet, "The contractor")

    [entry] = changes_told(cast, cabinet)

    assert entry.is_about(cabinet)
    assert not entry.is_about(police)
    assert entry.is_committee


def test_a_change_of_a_step_is_its_bodys(cast: Cast) -> None:
    cabinet = cast.assignment()
    police = cast.assignment(recommendation=cabinet.recommendation, body=cast.police)
    step = milestones.add_milestone(by=cast.pat, assignment=police, words="Paint the crossing")
    milestones.tick_milestones(by=cast.pat, assignment=police, done=[step.pk])
    with at(TOMORROW):
        milestones.tick_milestones(by=cast.pat, assignment=police, done=[])

    [entry] = changes_told(cast, cabinet)

    assert (entry.who, entry.is_committee, entry.title) == ("Testshire Police", False, "The plan changed")
    assert entry.row.facts == [("Step done", "12 January 2026")]
    assert entry.is_about(police)
    assert not entry.is_about(cabinet)


def test_two_changes_of_one_row_have_anchors_of_their_own(cast: Cast) -> None:
    assignment = cast.assignment()
    change_deliverer(cast, assignment, "The contractor")
    change_deliverer(cast, assignment, "The district")

    told = changes_told(cast, assignment)

    assert [entry.row.facts for entry in told] == [
        [("Delivered by", "The contractor")],
        [("Delivered by", "None")],
    ]
    assert len({entry.anchor for entry in told}) == 2


def test_what_is_about_the_whole_recommendation_is_told_for_each_part(cast: Cast) -> None:
    cabinet = cast.assignment()
    police = cast.assignment(recommendation=cabinet.recommendation, body=cast.police, notified_on=None)
    cast.response(cabinet)

    assert [
        entry.kind for entry in assignment_entries(Assignment.objects.get(pk=cabinet.pk), cast.olive)
    ] == ["response", "notice"]
    assert assignment_entries(Assignment.objects.get(pk=police.pk), cast.olive) == []


def test_links_lead_to_the_entries_of_rows(cast: Cast) -> None:
    """An address that names a row of the record, on whatever page, ends with the id of its entry."""
    busy(cast)
    told = set()
    for recommendation in Recommendation.objects.all():
        for entry in timeline(RecordRows(recommendation, AnonymousUser(), None)):
            if isinstance(entry.row, Model):
                assert fragment(entry.row) == f"#{entry.anchor}"
                told.add(type(entry.row))
    assert {Response, Update, Assessment, TargetChange} <= told


def test_the_verdict_that_closed_it_is_read_with_the_others(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    part = cast.assignment()
    cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
    recommendation = Recommendation.objects.for_record().get(pk=part.recommendation_id)
    assert recommendation.closed_by_id is not None
    found = record(recommendation, cast.sam)
    with django_assert_num_queries(0):
        assert found.closed_by is not None
        assert found.closed_by.meeting.body.name == cast.committee.name
