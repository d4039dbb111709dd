"""A body that a tracker is to make and that is on the record by now is taken, and never made a second time."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.actions import bodies, imports
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import BodyKind, ImportState
from recommendations.models import Assignment, Body, ImportBatch
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in

pytestmark = pytest.mark.django_db

INQUIRY = {"inquiry:table:1": {"new": {"title": "Road safety near schools", "published_on": "2024-05-02"}}}
TRUST = "Testshire Ferry Trust"
LINE = (*CROSSING[:2], TRUST, *CROSSING[3:])
NEW = {"body:name:testshire ferry trust": {"new": BodyKind.TRUST.value}}


@pytest.fixture
def checked(cast: Cast) -> ImportBatch:
    batch = answered(cast, handed_in(cast, a_tracker(LINE)), {**INQUIRY, **NEW})
    assert [one.name for one in batch.bodies_to_make] == [TRUST]
    return batch


def test_added_while_the_preview_waited(cast: Cast, checked: ImportBatch) -> None:
    added = bodies.add_body(by=cast.admin, name=TRUST.upper(), kind=BodyKind.TRUST)
    batch = imports.apply_import(by=cast.sam, batch=checked)
    assert Assignment.objects.get(import_batch=batch).body == added
    imports.undo_import(by=cast.sam, batch=batch)
    assert Body.objects.filter(pk=added.pk).exists()


def test_ended_while_the_preview_waited(cast: Cast, checked: ImportBatch) -> None:
    added = bodies.add_body(by=cast.admin, name=TRUST, kind=BodyKind.TRUST)
    bodies.edit_body(by=cast.admin, body=added, abolished_on=dt.date(2026, 1, 12))
    with pytest.raises(ActionDenied, match="is on the record, and has ended"):
        imports.apply_import(by=cast.sam, batch=checked)
    assert ImportBatch.objects.get(pk=checked.pk).state == ImportState.TO_CHECK


def test_of_two_of_that_name_the_one_that_would_be_made_again(cast: Cast) -> None:
    """A name that two bodies have is asked about; "a new body" means the one that is there in that place."""
    added = bodies.add_body(by=cast.admin, name=TRUST, kind=BodyKind.TRUST)
    bodies.add_body(by=cast.admin, name=TRUST, kind=BodyKind.DEPARTMENT, parent=cast.council)
    batch = answered(cast, handed_in(cast, a_tracker(LINE)), {**INQUIRY, **NEW})
    assert batch.bodies_to_make == []
    batch = imports.apply_import(by=cast.sam, batch=batch)
    assert Assignment.objects.get(import_batch=batch).body == added


def test_the_line_says_that_the_second_post_of_a_body_is_left_out(cast: Cast) -> None:
    two = (*CROSSING[:2], "Head of Piers; Head of Ferries", *CROSSING[3:])
    new = {f"body:name:head of {what}": {"new_post": cast.cabinet.pk} for what in ("piers", "ferries")}
    batch = answered(cast, handed_in(cast, a_tracker(two)), {**INQUIRY, **new})
    row = batch.rows.get()
    assert [owner["words"] for owner in row.line["owners"]] == ["Head of Piers"]
    assert [problem["sentence"] for problem in row.problems] == [
        "“Head of Ferries” is left out beside “Head of Piers”: one post answers for a body"
    ]


def test_a_post_beside_its_body_is_kept(cast: Cast) -> None:
    both = (*CROSSING[:2], "Cabinet; Head of Piers", *CROSSING[3:])
    new = {"body:name:head of piers": {"new_post": cast.cabinet.pk}}
    batch = answered(cast, handed_in(cast, a_tracker(both)), {**INQUIRY, **new})
    assert [owner["post"] for owner in batch.rows.get().line["owners"]] == ["new:head of piers"]
