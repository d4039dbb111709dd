"""The figures before an import is applied are those of what it then makes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import imports
from recommendations.imports.forecast import COUNTED
from recommendations.imports.summary import plan_of
from recommendations.models import ImportBatch, Inquiry
from recommendations.queries.import_gone import gone
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in, questions

pytestmark = pytest.mark.django_db

HEADS = (
    "No.",
    "Recommendation",
    "To",
    "Response",
    "Progress",
    "Original target date",
    "Target date",
    "Outcome",
)
SHARED = (*CROSSING[:2], "Cabinet; Testshire Police", "Agreed", "Begun.", "March 2026", "March 2027", "")
ALONE = (
    "2",
    "That the school keeps its gates shut in the mornings.",
    "Pier Agency",
    "Agreed",
    "",
    "",
    "",
    "",
)
LATER = ("Road safety near schools: recommendations, position at 31 December 2025",)


@pytest.fixture
def batch(cast: Cast) -> ImportBatch:
    inquiry: Inquiry = cast.inquiry("Road safety near schools", reference="INQ 7")
    batch = handed_in(cast, a_tracker(SHARED, ALONE, heads=HEADS))
    bodies = {key: {"new": "provider"} for key in questions(batch) if key.startswith("body:")}
    return answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}, **bodies})


def made(batch: ImportBatch) -> dict[str, int]:
    rows = {
        name: model._default_manager.filter(import_batch=batch).count() for name, model in COUNTED.items()
    }
    return {name: count for name, count in rows.items() if count}


def planned(batch: ImportBatch) -> dict[str, int]:
    counted = plan_of(batch).made
    return {name: counted[name] for name in COUNTED if counted[name]}


def test_each_figure_is_what_applying_makes(cast: Cast, batch: ImportBatch) -> None:
    assert questions(batch) == {}
    plan = planned(batch)
    assert (plan["owners"], plan["responses"]) == (3, 3)
    imports.apply_import(by=cast.sam, batch=batch)
    assert made(batch) == plan


def test_decisions_of_a_new_inquiry_and_new_posts_are_told(cast: Cast) -> None:
    closed = (*CROSSING[:2], "Head of Piers", "Agreed", "Done.", "", "", "Closed: implemented, 4 June 2025")  # fmt: skip
    batch = handed_in(cast, a_tracker(closed, heads=(*HEADS[:-1], "Committee’s decision")))
    published = {"words": "2 May 2024", "start": "2024-05-02", "end": "2024-05-02", "precision": "day"}
    answers = {
        "inquiry:table:1": {"new": {"title": "Piers", "published_on": published}},
        "body:name:head of piers": {"new_post": cast.cabinet.pk},
    }
    batch = answered(cast, batch, answers)
    assert questions(batch) == {}
    plan = planned(batch)
    assert plan["verdicts"] == 1
    page = words_of(signed_in(cast.sam).get(reverse("apply_import", args=[batch.pk])))
    assert "1 decision of the committee" in page
    assert "New posts Head of Piers" in page
    imports.apply_import(by=cast.sam, batch=batch)
    assert made(batch) == plan


def test_what_is_on_the_record_is_not_counted(cast: Cast, batch: ImportBatch) -> None:
    imports.apply_import(by=cast.sam, batch=batch)
    again = handed_in(cast, a_tracker(SHARED, ALONE, heads=HEADS, title=LATER))
    assert planned(again) == {}
    assert plan_of(again).sentences == []
    imports.apply_import(by=cast.sam, batch=again)
    assert made(again) == {}


def test_nothing_is_made_to_be_counted(
    cast: Cast, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 5,000 lines it is 24,000 rows, which took two seconds of the page to make."""

    def make(*_values: object, **_named: object) -> None:
        raise AssertionError("A row was made to be counted")

    before = planned(batch)
    for model in set(COUNTED.values()):
        monkeypatch.setattr(model, "__init__", make)
    assert planned(batch) == before != {}


def test_without_an_earlier_tracker_no_line_is_read_to_tell_what_is_gone(
    cast: Cast, batch: ImportBatch
) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert gone(batch) == []
    assert not any("recommendations_importrow" in one["sql"] for one in queries)
