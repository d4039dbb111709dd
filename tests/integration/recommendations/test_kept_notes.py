"""What a tracker says and the record has no place for: officers of its committee read it, and nobody else, anywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.audit.models import AuditEntry
from recommendations.actions import imports
from recommendations.models import ImportBatch, Inquiry, Recommendation
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.imports import bring_in, every_row, full_line, make_inquiry, read

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]

WORD = "Quillwort"
NOTES = {"Officer's file": f"{WORD} 17", f"{WORD} remarks": "Ask <b>again</b> in spring"}


@pytest.fixture
def batch(cast: Cast, prepared: Inquiry) -> ImportBatch:
    return bring_in(cast, [full_line(cast, prepared, notes=NOTES)])


def page_of(client: Client, batch: ImportBatch, query: str = "") -> str:
    row = batch.rows.earliest("order").recommendation
    return words_of(client.get(reverse("recommendation", args=[row and row.pk]) + query))


def test_officers_read_them_with_file_table_and_row(cast: Cast, batch: ImportBatch) -> None:
    for somebody in (cast.sam, cast.carla):
        page = page_of(signed_in(somebody), batch)
        assert (
            "From tracker.xlsx, Tracker, row 2, brought in on 12 January 2026"
            in page.partition("Notes from trackers")[2]
        )
        assert f"Officer's file {WORD} 17" in page
        assert f"{WORD} remarks Ask <b>again</b> in spring" in page


def test_nobody_else_does(cast: Cast, batch: ImportBatch) -> None:
    others = (cast.colin, cast.olive, cast.ada, cast.oscar, cast.pat, cast.admin, cast.nobody)
    for client in (Client(), *map(signed_in, others)):
        page = page_of(client, batch)
        assert "crossing 1" in page
        assert WORD not in page
        assert "Notes from trackers" not in page


def test_they_are_in_no_list_search_download_or_feed(
    cast: Cast, prepared: Inquiry, batch: ImportBatch
) -> None:
    addresses = [
        reverse("search") + f"?q={WORD}",
        reverse("recommendations") + f"?q={WORD}",
        *(reverse("recommendations_file", args=[form]) for form in ("csv", "xlsx", "json")),
        *(reverse("inquiries_file", args=[form]) for form in ("csv", "json")),
        reverse("inquiry", args=[prepared.pk]),
        reverse("inquiry_workspace", args=[prepared.pk]),
        reverse("feed"),
        reverse("sitemap"),
    ]
    for client in (Client(), signed_in(cast.sam)):
        for address in addresses:
            answer = client.get(address)
            told = b"".join(answer) if answer.streaming else answer.content
            found = told.decode("utf-8", "replace").replace(f"?q={WORD}", "").replace(f'value="{WORD}"', "")
            assert f"{WORD} 17" not in found, address
            assert f"{WORD} remarks" not in found, address
    assert "crossing 1" in signed_in(cast.sam).get(reverse("inquiry", args=[prepared.pk])).content.decode()


def test_no_other_table_and_no_entry_of_the_audit_trail_holds_them(cast: Cast, batch: ImportBatch) -> None:
    assert not [table for table, rows in every_row().items() if any(WORD in row for row in rows)]
    told = AuditEntry.objects.values_list("before", "after")
    assert told
    assert not [one for one in told if WORD in repr(one)]


def test_nothing_is_shown_of_what_is_not_on_the_record(
    cast: Cast, prepared: Inquiry, batch: ImportBatch
) -> None:
    sam = signed_in(cast.sam)
    later = {"Later": f"{WORD} of a preview"}
    read(cast, [full_line(cast, prepared, notes=later)], as_at=dt.date(2025, 9, 30))
    assert f"{WORD} of a preview" not in page_of(sam, batch)
    assert WORD not in page_of(sam, batch, "?as_at=2025-12-01")
    number = batch.rows.get().recommendation_id
    line = full_line(cast, prepared, notes=later)
    again = bring_in(cast, [line], as_at=dt.date(2025, 10, 31), name="later.xlsx")
    assert again.rows.get().recommendation_id == number
    page = page_of(sam, batch)
    assert page.index("of a preview") < page.index(f"{WORD} 17"), "the latest file comes first"
    imports.undo_import(by=cast.sam, batch=again)
    assert "of a preview" not in page_of(sam, batch)
    assert f"{WORD} 17" in page_of(sam, batch)


def test_one_query_however_many_they_are(cast: Cast, prepared: Inquiry, batch: ImportBatch) -> None:
    sam = signed_in(cast.sam)
    few = queries_of(sam, Recommendation.objects.get(import_batch=batch))
    for number in range(4):
        line = full_line(cast, prepared, notes={f"Remark {number}": "Words"})
        bring_in(cast, [line], name=f"{number}.xlsx", as_at=dt.date(2025, 4 + number, 30))
    row = Recommendation.objects.get(import_batch=batch)
    assert "Remark 3" in words_of(sam.get(reverse("recommendation", args=[row.pk])))
    assert queries_of(sam, row) == few


def queries_of(client: Client, row: Recommendation) -> int:
    client.get(reverse("recommendation", args=[row.pk]))
    with CaptureQueriesContext(connection) as taken:
        client.get(reverse("recommendation", args=[row.pk]))
    return len([one for one in taken.captured_queries if "importrow" in one["sql"]])
