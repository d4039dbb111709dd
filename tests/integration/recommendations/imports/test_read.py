"""From a file to lines that can be applied: names are matched or asked, once, and answers hold for the next file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.actions import import_previews, imports
from recommendations.lifecycle import ImportRowState, ImportState
from recommendations.models import Body, ImportBatch, Recommendation
from tests.factories import Cast
from tests.imports import every_row
from tests.trackers import a_tracker, answered, handed_in, questions, read

pytestmark = pytest.mark.django_db


def test_from_file_to_record_and_back(cast: Cast) -> None:
    before = every_row()
    batch = handed_in(cast)
    assert batch.state == ImportState.TO_CHECK
    asked = questions(batch)
    assert set(asked) == {"body:name:highways agency", "inquiry:table:1"}
    batch = answered(
        cast,
        batch,
        {
            "body:name:highways agency": {"new": "other"},
            "inquiry:table:1": {"new": {"title": "Road safety", "published_on": "2024-05-02"}},
        },
    )
    assert questions(batch) == {}
    assert [row.state for row in batch.rows.all()] == [ImportRowState.NEW, ImportRowState.NEW]
    batch = imports.apply_import(by=cast.sam, batch=batch)
    assert batch.state == ImportState.APPLIED
    assert Recommendation.objects.count() == 2
    assert Body.objects.filter(name="Highways Agency").exists()
    again = handed_in(
        cast, a_tracker(title=("Road safety near schools: recommendations, position at 1 October 2025",))
    )
    assert {row.state for row in again.rows.all()} == {ImportRowState.UNCHANGED}
    imports.discard_import(by=cast.sam, batch=again)
    imports.undo_import(by=cast.sam, batch=ImportBatch.objects.get(pk=batch.pk))
    after = every_row()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"recommendations_importanswer"}, changed


def test_lines_that_are_read_anew_are_not_fetched(cast: Cast) -> None:
    """With their cells, 5,000 lines take 150 MB. What was decided of them is kept, and they stay the same rows."""
    batch = handed_in(cast)
    first, last = batch.rows.order_by("order")
    places = {row.pk: row.order for row in batch.rows.all()}
    first.state = ImportRowState.LEFT_OUT
    last.reading["mended"] = {"text": "That the council mends the bridge."}
    first.save()
    last.save()
    import_previews.read_again(by=cast.sam, batch=batch)
    with CaptureQueriesContext(connection) as queries:
        read(cast, batch)
    fetched = [one["sql"] for one in queries if one["sql"].startswith("SELECT") and '"cells"' in one["sql"]]
    assert fetched == []
    first, last = batch.rows.order_by("order")
    assert {row.pk: row.order for row in (first, last)} == places
    assert first.state == ImportRowState.LEFT_OUT
    assert last.reading["line"]["text"] == "That the council mends the bridge."
