"""A newer file that names another owner than the record is asked about, once for each pair of names."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.actions import bodies, imports
from recommendations.actions.base import ActionDenied
from recommendations.imports.summary import plan_of
from recommendations.lifecycle import BodyKind, ImportRowState
from recommendations.models import Assignment, Body, ImportAnswer, ImportBatch, Inquiry
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in, questions

pytestmark = pytest.mark.django_db

BOTH, ONE = "Director of Education / Finance", "Director of Education"
GATES = ("2", "That the school keeps its gates shut in the mornings.")
LATER = ("Road safety near schools: recommendations, position at 31 December 2025",)
KEY = "another owner:Director of Education / Finance:director of education"


def lines(owner: str, progress: str = "Begun.") -> list[tuple[str, ...]]:
    return [(*start, owner, "Agreed", progress, "On track", "March 2027") for start in (CROSSING[:2], GATES)]


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    return cast.inquiry("Road safety near schools", reference="INQ 7")


def a_body(cast: Cast, name: str) -> Body:
    return bodies.add_body(by=cast.admin, name=name, kind=BodyKind.DEPARTMENT, parent=cast.council)


@pytest.fixture
def later(cast: Cast, inquiry: Inquiry) -> ImportBatch:
    """A newer file of two recommendations, whose owner has another name in it than on the record."""
    for name in (BOTH, ONE):
        a_body(cast, name)
    batch = handed_in(cast, a_tracker(*lines(BOTH)))
    split = {key: [BOTH] for key in questions(batch) if key.startswith("owner:")}
    batch = answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}, **split})
    assert questions(batch) == {}
    imports.apply_import(by=cast.sam, batch=batch)
    return handed_in(cast, a_tracker(*lines(ONE, "Half done."), title=LATER))


def owners(inquiry: Inquiry) -> list[set[str]]:
    return [
        set(Assignment.objects.filter(recommendation=row).values_list("body__name", flat=True))
        for row in inquiry.recommendations.order_by("sort_key")
    ]


def test_it_is_asked_once_and_the_lines_wait(cast: Cast, inquiry: Inquiry, later: ImportBatch) -> None:
    asked = questions(later)
    assert {key: one["count"] for key, one in asked.items()} == {KEY: 2}
    assert [row.line for row in later.rows.all()] == [{}, {}]
    with pytest.raises(ActionDenied):
        imports.apply_import(by=cast.sam, batch=later)
    assert owners(inquiry) == [{BOTH}, {BOTH}]


@pytest.mark.parametrize(
    ("answer", "named", "updates"),
    [("further", {BOTH, ONE}, 4), ("same", {BOTH}, 4), ("as it is", {BOTH}, 2)],
)
def test_it_becomes_what_was_answered(
    cast: Cast, inquiry: Inquiry, later: ImportBatch, answer: Any, named: set[str], updates: int
) -> None:
    said = {"same": Body.objects.get(name=BOTH).pk} if answer == "same" else answer
    later = answered(cast, later, {KEY: said})
    assert questions(later) == {}
    imports.apply_import(by=cast.sam, batch=later)
    assert owners(inquiry) == [named, named]
    parts = Assignment.objects.filter(recommendation__inquiry=inquiry)
    assert sum(part.updates.count() for part in parts) == updates


def test_two_names_of_one_body_are_remembered(cast: Cast, later: ImportBatch) -> None:
    answered(cast, later, {KEY: {"same": Body.objects.get(name=BOTH).pk}})
    assert ImportAnswer.objects.get(question=KEY).shape == ""


def test_a_further_owner_is_one_of_this_file(cast: Cast, later: ImportBatch) -> None:
    answered(cast, later, {KEY: "further"})
    assert not ImportAnswer.objects.filter(question=KEY).exists()


def test_the_same_owner_is_not_asked_about(cast: Cast, inquiry: Inquiry, later: ImportBatch) -> None:
    imports.discard_import(by=cast.sam, batch=later)
    again = handed_in(cast, a_tracker(*lines(BOTH, "More is done."), title=LATER))
    assert questions(again) == {}
    assert {row.state for row in again.rows.all()} == {ImportRowState.KNOWN}


def test_a_new_body_that_is_one_on_record_is_not_announced_and_not_asked_about_again(
    cast: Cast, inquiry: Inquiry, later: ImportBatch
) -> None:
    new = "National Roads Company"
    batch = handed_in(cast, a_tracker(*lines(new, "Nearly done."), title=LATER))
    batch = answered(cast, batch, {"body:name:national roads company": {"new": "other"}})
    assert [one.name for one in batch.bodies_to_make] == [new]
    (key,) = questions(batch)
    batch = answered(cast, batch, {key: {"same": Body.objects.get(name=BOTH).pk}})
    assert plan_of(batch).new_bodies == []
    imports.apply_import(by=cast.sam, batch=batch)
    assert not Body.objects.filter(name=new).exists()
    again = handed_in(cast, a_tracker(*lines(new, "Nearly done."), title=LATER))
    assert questions(again) == {}
    assert {row.state for row in again.rows.all()} == {ImportRowState.UNCHANGED}
