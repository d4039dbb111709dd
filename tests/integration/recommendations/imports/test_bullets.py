"""Bullets in a tracker: milestones or text, as its committee says, which holds for the next file of that shape."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import imports
from recommendations.imports.questions import box_name
from recommendations.models import ImportBatch, Milestone, Update
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.trackers import a_tracker, answered, handed_in, questions, read

pytestmark = pytest.mark.django_db

LISTED = (
    "1", "That the Cabinet builds a safe crossing on the road to the school.", "Cabinet", "Agreed",
    "The plan:\n- Buy the land\n- Build the crossing", "On track", "31 March 2027",
)  # fmt: skip
INQUIRY = {"inquiry:table:1": {"new": {"title": "Road safety", "published_on": "2024-05-02"}}}
BULLETS = "bullets:progress:progress"


def chosen(cast: Cast, client: Client, number: int) -> ImportBatch:
    """Return the import of which the question about bullets was answered on its page, by the place of the choice."""
    batch = answered(cast, handed_in(cast, a_tracker(LISTED)), INQUIRY)
    assert set(questions(batch)) == {BULLETS}
    address = reverse("import_questions", args=[batch.pk, "bullets"])
    assert "Cells under “Progress” have bullets" in words_of(client.get(address))
    assert client.post(address, {box_name(BULLETS): f"choice:{number}"}).status_code == 302
    return read(cast, batch)


def test_milestones_are_made_and_taken_back_with_the_import(cast: Cast) -> None:
    client = signed_in(cast.sam)
    batch = chosen(cast, client, 1)
    assert "2 milestones" in words_of(client.get(reverse("apply_import", args=[batch.pk])))
    assert "Buy the land" in words_of(client.get(reverse("import_lines", args=[batch.pk])))
    imports.apply_import(by=cast.sam, batch=batch)
    steps = Milestone.objects.order_by("pk")
    assert [(one.words, one.due_on, one.import_batch_id) for one in steps] == [
        ("Buy the land", None, batch.pk), ("Build the crossing", None, batch.pk),
    ]  # fmt: skip
    assert Update.objects.get().progress == "The plan:"
    imports.undo_import(by=cast.sam, batch=ImportBatch.objects.for_list().get(pk=batch.pk))
    assert not Milestone.objects.exists()


def test_text_stays_as_it_stands(cast: Cast) -> None:
    imports.apply_import(by=cast.sam, batch=chosen(cast, signed_in(cast.sam), 0))
    assert not Milestone.objects.exists()
    assert Update.objects.get().progress == LISTED[4]


def test_the_answer_holds_for_the_next_file_of_the_shape(cast: Cast) -> None:
    chosen(cast, signed_in(cast.sam), 1)
    other = (LISTED[0], "That the bus lane is longer.", *LISTED[2:])
    batch = handed_in(cast, a_tracker(other))
    assert BULLETS not in questions(batch)
    assert [step["words"] for step in batch.rows.get().reading["line"]["steps"]] == [
        "Buy the land", "Build the crossing",
    ]  # fmt: skip


def test_milestones_are_mended_on_the_line(cast: Cast) -> None:
    client = signed_in(cast.sam)
    row = chosen(cast, client, 1).rows.get()
    address = reverse("import_line", args=[row.pk])
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    answer = client.post(address, data | {"steps": "Buy the land\nOpen the crossing"})
    assert answer.status_code == 302, words_of(answer)
    row.refresh_from_db()
    assert [step["words"] for step in row.line["steps"]] == ["Buy the land", "Open the crossing"]
