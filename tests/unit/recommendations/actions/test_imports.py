"""A tracker is written to the record as of its own day, once, and taken back to the row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recommendations.actions import imports
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import (
    Claim,
    Decision,
    ImportState,
    Outcome,
)
from recommendations.lifecycle.imported import (
    ImportedOutcome,
    ImportedOwner,
    ImportedStep,
    NewBody,
    NewInquiry,
)
from recommendations.models import (
    Assignment,
    Inquiry,
    Recommendation,
    Response,
    TargetChange,
    Update,
)
from tests.factories import Cast
from tests.imports import AS_AT, MARCH, a_line, an_update, bring_in, day, every_row, read

pytestmark = pytest.mark.django_db


def make_inquiry(cast: Cast) -> Inquiry:
    """A public inquiry of the committee with a recommendation of its own, answered and followed up."""
    inquiry = cast.inquiry("Road safety", reference="INQ 1")
    row = cast.recommendation(inquiry)
    cast.publish(inquiry, dt.date(2023, 5, 2))
    row.refresh_from_db()
    part = cast.assignment(recommendation=row, first_target_on=None)
    cast.published(part, claim=Claim.ON_TRACK)
    return Inquiry.objects.get(pk=inquiry.pk)


def full(cast: Cast, inquiry: Inquiry | str, item: int = 1, **details: Any) -> Any:
    """A line that says all that a tracker can say."""
    return a_line(
        cast,
        item,
        **{
            "inquiry": inquiry if isinstance(inquiry, str) else inquiry.pk,
            "response": Decision.IN_PART,
            "answered_on": MARCH,
            "earlier_targets": (MARCH,),
            "target": day(2025, 6, 30),
            "updates": (
                an_update("Two are built.", as_at=day(2024, 9, 1)),
                an_update("Three are built.", Claim.ON_TRACK),
            ),
            "steps": (ImportedStep("Survey"),),
            "made_on": day(2023, 4, 4),
            **details,
        },
    )


class TestApply:
    def test_a_line_becomes_a_recommendation_with_its_history(self, cast: Cast):
        inquiry = make_inquiry(cast)
        batch = bring_in(cast, [full(cast, inquiry)])
        row = Recommendation.objects.get(import_batch=batch)
        part = Assignment.objects.get(import_batch=batch)
        assert batch.state == ImportState.APPLIED
        assert row.is_public
        assert row.heading_is_ours
        assert (part.decision, part.claim, part.slips) == (Decision.IN_PART, Claim.ON_TRACK, 1)
        assert (part.first_target_on, part.target_on) == (dt.date(2024, 3, 31), dt.date(2025, 6, 30))
        assert part.first_target_on.in_words == "March 2024"
        assert list(differing_recommendations()) == []

    def test_all_of_it_is_as_of_the_trackers_own_day(self, cast: Cast):
        batch = bring_in(cast, [full(cast, make_inquiry(cast))])
        moments = {
            Recommendation.objects.get(import_batch=batch).created_at,
            Response.objects.get(import_batch=batch).recorded_at,
            TargetChange.objects.get(import_batch=batch).decided_at,
            *Update.objects.filter(import_batch=batch).values_list("published_at", flat=True),
        }
        assert {moment.date() for moment in moments} == {AS_AT}
        assert batch.applied_at.date() > AS_AT


class TestUndo:
    def test_it_takes_back_exactly_what_was_made(self, cast: Cast):
        inquiry = make_inquiry(cast)
        own = inquiry.recommendations.get()
        closed = ImportedOutcome(Outcome.CLOSE_NO_LONGER_RELEVANT, day(2025, 2, 3))
        lines = [
            full(cast, inquiry, 1, text=own.text, number=own.number, outcome=closed),
            full(cast, inquiry, 2, owners=(ImportedOwner("new:trust"), ImportedOwner(cast.police.pk))),
            full(cast, "new:parks", 3, asked_target=day(2026, 9, 1)),
            full(cast, inquiry, 4, text=own.text + " Soon.", reference=own.reference, rewords=True),
        ]
        lines = [lines[1], lines[2], lines[3]]
        batch = read(
            cast,
            lines,
            new_bodies=[NewBody("trust", "Testshire Learning Trust", "trust").to_json()],
            new_inquiries=[NewInquiry("parks", "Parks", published_on=day(2022, 3, 1)).to_json()],
        )
        before = every_row()
        batch = imports.apply_import(by=cast.sam, batch=batch)
        assert every_row() != before
        assert list(differing_recommendations()) == []
        batch = imports.undo_import(by=cast.sam, batch=batch)
        assert batch.state == ImportState.UNDONE
        assert every_row() == before
