"""What an import made says so wherever it is read: its page, the workspace, and the downloads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from recommendations.lifecycle import BodyKind, Claim, Decision, Outcome, Period
from recommendations.lifecycle.imported import ImportedOutcome, ImportedOwner, NewBody, NewInquiry
from recommendations.models import Body, EarlierValue, ImportBatch, Inquiry, Meeting, Recommendation
from recommendations.models.base import ImportedWhole
from tests.clients import signed_in
from tests.factories import Cast
from tests.imports import a_line, an_update, bring_in

MARK = "From tracker.xlsx, brought in on 12 January 2026"

ON_PAGES = {
    "Inquiry": ("inquiry", "inquiry_workspace"),
    "Body": ("body",),
    "Meeting": ("meeting",),
    "Post": ("body",),
    **dict.fromkeys(
        (
            "Recommendation", "Assignment", "Response", "Update", "TargetChange", "Assessment", "Milestone", "Correction",
            "WordingChange",
        ),
        ("recommendation",),
    ),
}  # fmt: skip
"""The pages that show each kind of row which an import can make. Those of the recommendation are tested with it."""


def test_every_kind_of_row_has_a_page_that_says_so() -> None:
    """A model that carries the mark of an import from now on has to be read with it somewhere."""
    made = {
        model.__name__
        for model in apps.get_models()
        if any(field.name == "import_batch" for field in model._meta.concrete_fields)
    }
    assert made - {EarlierValue.__name__} == ON_PAGES.keys()
    assert all(issubclass(apps.get_model("recommendations", name), ImportedWhole) for name in ON_PAGES)


@pytest.fixture
def batch(cast: Cast) -> ImportBatch:
    line = a_line(
        cast,
        inquiry="new:parks",
        owners=(ImportedOwner("new:trust"),),
        outcome=ImportedOutcome(Outcome.CLOSE_IMPLEMENTED, Period.of_day(dt.date(2024, 5, 7))),
    )
    published = Period.of_day(dt.date(2023, 5, 2))
    return bring_in(
        cast,
        [line],
        new_inquiries=[NewInquiry("parks", "Parks", published_on=published).to_json()],
        new_bodies=[NewBody("trust", "Parks Trust", BodyKind.BOARD).to_json()],
    )


def text(client: Client, route: str, *args: object) -> str:
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200
    return " ".join(b"".join(answer).decode().split())


def test_pages_of_what_it_made_as_a_whole(cast: Cast, batch: ImportBatch) -> None:
    client = signed_in(cast.sam)
    for model in (Inquiry, Body, Meeting):
        row = model.objects.get(import_batch=batch)
        for route in ON_PAGES[model.__name__]:
            assert MARK in text(client, route, row.pk), (model, route)


def test_what_is_claimed_is_the_same_beside_a_later_update_without_a_status(cast: Cast) -> None:
    """The tracker's status is of its own day, and words of that month come after it."""
    line = a_line(
        cast,
        inquiry=cast.inquiry("Parks").pk,
        updates=(
            an_update("Two are built.", as_at=Period.of_month(2025, 3, "March 2025")),
            an_update("", Claim.ON_TRACK, as_at=Period.of_day(dt.date(2025, 3, 14))),
        ),
    )
    made = bring_in(cast, [line])
    row = Recommendation.objects.get(import_batch=made)
    assert row.assignments.get().claim == Claim.ON_TRACK
    page = text(signed_in(cast.sam), "recommendation", row.pk)
    says = page[page.index("Cabinet says") :][:700]
    assert "On track" in says
    assert "as at 14 March 2025" in says
    assert "Two are built." in says
    assert "Not stated in the tracker" not in says.partition("Two are built.")[0]


def test_a_day_that_is_not_stated_reads_well(cast: Cast) -> None:
    line = a_line(cast, inquiry=cast.inquiry("Parks").pk, response=Decision.ACCEPTED)
    row = Recommendation.objects.get(import_batch=bring_in(cast, [line]))
    page = text(signed_in(cast.sam), "recommendation", row.pk)
    assert "Decided: day not stated in the tracker." in page


def test_a_response_without_a_decision_says_once_what_is_not_stated(cast: Cast) -> None:
    line = a_line(cast, inquiry=cast.inquiry("Parks").pk, response=Decision.NOTED)
    row = Recommendation.objects.get(import_batch=bring_in(cast, [line]))
    page = text(signed_in(cast.sam), "recommendation", row.pk)
    shown = page[page.index("Decided: day not stated") :].partition("</dl>")[0].partition("</dd>")[0]
    assert shown.count("Not stated in the tracker") == 1, "the reason alone"


def test_what_was_recorded_here_has_no_mark(cast: Cast, batch: ImportBatch) -> None:
    assert "From tracker.xlsx" not in text(signed_in(cast.sam), "body", cast.cabinet.pk)


def test_downloads(cast: Cast, batch: ImportBatch, client: Client) -> None:
    for route in ("inquiries_file", "bodies_file"):
        for form in ("csv", "json"):
            assert MARK in text(client, route, form)


def test_what_was_read_of_the_file_stays_where_it_is(batch: ImportBatch) -> None:
    inquiry = Inquiry.objects.get(import_batch=batch)
    assert inquiry.imported_from == MARK
    assert inquiry.import_batch is not None
    assert "reading" in inquiry.import_batch.get_deferred_fields()
