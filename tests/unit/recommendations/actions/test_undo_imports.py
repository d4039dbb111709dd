"""An import is taken back to the row while nothing stands on it; else what stands on it is said in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from recommendations.actions import (
    assignments,
    corrections,
    imports,
    milestones,
    notices,
    recommendations,
    reviews,
)
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import Claim, Decision, Grade, ImportState, Outcome, Period
from recommendations.lifecycle.imported import ImportedOutcome, ImportedOwner, NewBody, NewInquiry
from recommendations.models import Assignment, ImportBatch, Inquiry, Pack, Recommendation
from tests.factories import Cast, at
from tests.imports import MARCH, a_line, bring_in, day, every_row, full_line, make_inquiry, read

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]


def everything(cast: Cast, inquiry: Inquiry) -> ImportBatch:
    """A tracker of all kinds of lines: new, known, reworded, renumbered, closed, of new bodies and of a new inquiry."""
    own = inquiry.recommendations.get()
    closed = ImportedOutcome(Outcome.CLOSE_NO_LONGER_RELEVANT, MARCH)
    kept = ImportedOutcome(Outcome.KEEP, day(2025, 2, 3))
    return read(
        cast,
        [
            full_line(cast, inquiry, 1, outcome=closed),
            full_line(cast, inquiry, 2, owners=(ImportedOwner("new:trust"), ImportedOwner(cast.police.pk))),
            full_line(cast, "new:parks", 3, asked_target=day(2026, 9, 1)),
            full_line(
                cast,
                inquiry,
                4,
                text=f"{own.text} Soon.",
                reference=own.reference,
                number="8",
                rewords=True,
                renumbers=True,
                outcome=kept,
            ),
        ],
        new_bodies=[NewBody("trust", "Testshire Learning Trust", "trust").to_json()],
        new_inquiries=[NewInquiry("parks", "Parks", published_on=day(2022, 3, 1)).to_json()],
    )


def test_it_takes_back_exactly_what_was_made(cast: Cast, prepared: Inquiry) -> None:
    batch = everything(cast, prepared)
    before = every_row()
    batch = imports.apply_import(by=cast.sam, batch=batch)
    assert every_row() != before
    assert list(differing_recommendations()) == []
    batch = imports.undo_import(by=cast.sam, batch=batch)
    assert batch.state == ImportState.UNDONE
    assert every_row() == before
    assert list(differing_recommendations()) == []


def test_undone_twice_it_is_undone_once(cast: Cast, prepared: Inquiry) -> None:
    batch = imports.apply_import(by=cast.sam, batch=everything(cast, prepared))
    batch = imports.undo_import(by=cast.sam, batch=batch)
    before = every_row()
    assert imports.undo_import(by=cast.sam, batch=batch).undone_at == batch.undone_at
    assert imports.apply_import(by=cast.sam, batch=batch).state == ImportState.UNDONE
    assert every_row() == before


def test_two_imports_are_undone_the_later_first(cast: Cast, prepared: Inquiry) -> None:
    before = every_row()
    first = bring_in(cast, [full_line(cast, prepared)])
    between = every_row()
    newer = full_line(cast, prepared, target=day(2025, 12, 31))
    second = bring_in(cast, [newer], as_at=dt.date(2025, 9, 30))
    with pytest.raises(ActionDenied, match="1 new date and 1 line of a later tracker"):
        imports.undo_import(by=cast.sam, batch=first)
    imports.undo_import(by=cast.sam, batch=second)
    assert every_row() == between
    imports.undo_import(by=cast.sam, batch=first)
    assert every_row() == before


def test_an_import_that_was_taken_back_does_not_stand_on_an_earlier_one(
    cast: Cast, prepared: Inquiry
) -> None:
    """It changed the wording, gave a first date and closed: taken back, the first can be taken back too."""
    before = every_row()
    first = bring_in(
        cast, [full_line(cast, prepared, reference="CYP 24/25-01", earlier_targets=(), target=Period())]
    )
    between = every_row()
    changed = full_line(
        cast,
        prepared,
        reference="CYP 24/25-01",
        earlier_targets=(),
        text="That the Cabinet builds another crossing.",
        target=day(2025, 12, 31),
        rewords=True,
        outcome=ImportedOutcome(Outcome.CLOSE_IMPLEMENTED, MARCH),
    )
    second = read(cast, [changed], as_at=dt.date(2025, 9, 30))
    second = imports.apply_import(by=cast.sam, batch=second)
    assert second.row_changes.exists()
    imports.undo_import(by=cast.sam, batch=second)
    with connection.cursor() as cursor:  # as at the end of the transaction, which each undoing has for itself
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert every_row() == between
    imports.undo_import(by=cast.sam, batch=first)
    assert every_row() == before


Step = Callable[[Cast, Assignment], Any]


def _notice(cast: Cast, part: Assignment) -> Any:
    return notices.send_notice(by=cast.sam, assignments=[part], on=dt.date(2026, 1, 12))


def _pack(cast: Cast, part: Assignment) -> Any:
    meeting = cast.meeting(dt.date(2026, 1, 12))
    now = dt.datetime(2026, 1, 12, 12, tzinfo=dt.UTC)
    return Pack.objects.create(
        meeting=meeting,
        title="Pack",
        selection=[part.recommendation_id],
        state="ready",
        content={},
        content_hash="x",
        pdf="packs/x.pdf",
        pdf_hash="x",
        pages=1,
        as_at=now,
        finished_at=now,
        created_by=cast.carla,
    )


def _review(cast: Cast, part: Assignment) -> Any:
    inquiry = part.recommendation.inquiry
    return reviews.open_review(
        by=cast.sam, committee=cast.committee, inquiries=[inquiry], title="Review", due_on=dt.date(2026, 2, 2)
    )


STEPS: dict[str, tuple[Step, str]] = {
    "update": (lambda cast, part: cast.published(part, claim=Claim.ON_TRACK), "1 update of progress"),
    "draft": (lambda cast, part: cast.draft(part), "1 update of progress"),
    "verdict": (
        lambda cast, part: cast.verdict(part, Grade.CONCERNS, Outcome.KEEP),
        "1 view of the committee",
    ),
    "notice": (_notice, "1 change of an assignment"),
    "correction": (
        lambda cast, part: corrections.correct_first_date(
            by=cast.sam, assignment=part, on=dt.date(2024, 5, 1), reason="Typed wrong"
        ),
        "1 correction",
    ),
    "edit": (
        lambda cast, part: recommendations.edit_recommendation(
            by=cast.sam, recommendation=part.recommendation, heading="Crossings"
        ),
        "1 change of a recommendation",
    ),
    "addressed": (
        lambda cast, part: assignments.address(
            by=cast.sam, recommendation=part.recommendation, body=cast.police
        ),
        "1 recommendation addressed to a body",
    ),
    "step": (
        lambda cast, part: milestones.add_milestone(by=cast.olive, assignment=part, words="Plan"),
        "1 step of a plan",
    ),
    "theme": (
        lambda cast, part: recommendations.edit_recommendation(
            by=cast.sam, recommendation=part.recommendation, new_themes=["Walking"], themes=[]
        ),
        "1 theme",
    ),
    "pack": (_pack, "1 briefing pack"),
    "review": (_review, "1 request for an update"),
}


@pytest.mark.parametrize("name", STEPS)
def test_what_stands_on_it_is_said(cast: Cast, prepared: Inquiry, name: str) -> None:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, target=MARCH)])
    step, words = STEPS[name]
    with at(dt.date(2026, 1, 12), hour=13):
        step(cast, Assignment.objects.for_list().get(import_batch=batch))
        before = every_row()
        with pytest.raises(ActionDenied, match=words) as refused:
            imports.undo_import(by=cast.sam, batch=batch)
    assert refused.value.message.startswith("This import can’t be taken back any more: ")
    assert every_row() == before


def test_a_verdict_on_what_was_there_before_stands_on_it_too(cast: Cast, prepared: Inquiry) -> None:
    own = prepared.recommendations.get()
    batch = bring_in(cast, [full_line(cast, prepared, text=own.text, number=own.number)])
    with at(dt.date(2026, 1, 12), hour=13):
        cast.verdict(Assignment.objects.for_list().get(recommendation=own), Grade.CONCERNS, Outcome.KEEP)
        with pytest.raises(ActionDenied, match="1 view of the committee came after it"):
            imports.undo_import(by=cast.sam, batch=batch)


def test_later_changes_of_what_it_changed_stand_on_it(cast: Cast, prepared: Inquiry) -> None:
    """It renumbered a recommendation that was there, and somebody renumbered it once more."""
    own = prepared.recommendations.get()
    line = full_line(cast, prepared, text=own.text, reference=own.reference, number="7", renumbers=True)
    batch = bring_in(cast, [line])
    own.refresh_from_db()
    assert own.number == "7"
    with at(dt.date(2026, 1, 12), hour=13):
        corrections.correct_recommendation(by=cast.sam, recommendation=own, reason="Misread", number="8")
        before = every_row()
        with pytest.raises(ActionDenied, match="1 change of a recommendation came after it"):
            imports.undo_import(by=cast.sam, batch=batch)
    assert every_row() == before


def test_what_a_later_import_renumbered_and_reworded_goes_once_that_is_undone(cast: Cast) -> None:
    before = every_row()
    inquiry = NewInquiry("parks", "Parks", published_on=day(2023, 5, 2)).to_json()
    with at(dt.date(2026, 1, 12), hour=13):
        first = bring_in(cast, [a_line(cast, inquiry="new:parks", number="3a")], new_inquiries=[inquiry])
    own = Recommendation.objects.get(import_batch=first)
    anew = a_line(
        cast, inquiry=own.inquiry_id, number="F2", reference=own.reference, text=f"{own.text} And soon.",
        renumbers=True, rewords=True,
    )  # fmt: skip
    with at(dt.date(2026, 1, 12), hour=14):
        second = bring_in(cast, [anew], name="second.xlsx")
        own.refresh_from_db()
        assert own.number == "F2"
        imports.undo_import(by=cast.sam, batch=second)
        connection.check_constraints()  # as at the end of its own transaction
        imports.undo_import(by=cast.sam, batch=first)
    assert every_row() == before


def test_a_date_that_a_later_import_moved_stands_on_it(cast: Cast, prepared: Inquiry) -> None:
    own = prepared.recommendations.get()
    lines = [
        a_line(cast, inquiry=prepared.pk, text=own.text, target=one) for one in (MARCH, day(2025, 6, 30))
    ]
    with at(dt.date(2026, 1, 12), hour=13):
        first = bring_in(cast, lines[:1], name="first.xlsx")
    with at(dt.date(2026, 1, 12), hour=14):
        second = bring_in(cast, lines[1:], name="second.xlsx")
        with pytest.raises(ActionDenied, match="1 new date came after it"):
            imports.undo_import(by=cast.sam, batch=first)
        imports.undo_import(by=cast.sam, batch=second)
        imports.undo_import(by=cast.sam, batch=first)
    assert own.assignments.get().first_target_on is None


def test_nothing_is_undone_that_was_not_applied(cast: Cast, prepared: Inquiry) -> None:
    batch = read(cast, [full_line(cast, prepared)])
    with pytest.raises(ActionDenied, match="nothing to take back"):
        imports.undo_import(by=cast.sam, batch=batch)
    assert not Recommendation.objects.filter(import_batch=batch).exists()


def test_a_response_of_its_own_stays(cast: Cast, prepared: Inquiry) -> None:
    own = prepared.recommendations.get().assignments.get()
    cast.response(own, Decision.ACCEPTED)
    before = every_row()
    batch = bring_in(cast, [full_line(cast, prepared, text=own.recommendation.text)])
    imports.undo_import(by=cast.sam, batch=batch)
    assert every_row() == before
