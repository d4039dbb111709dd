"""Downloads of lists: exactly what is shown, in three forms, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from recommendations.exports.lists import harmless
from recommendations.lifecycle.imported import NEW, ImportedOwner, NewBody, NewInquiry
from recommendations.models import Recommendation
from tests.factories import Cast
from tests.imports import a_line, bring_in, day


def content(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = content(client.get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class TestRecommendations:
    def test_csv_has_a_row_for_each_owning_body(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        cast.assignment(body=cast.police, recommendation=assignment.recommendation)
        rows = csv_rows(client, reverse("recommendations_file", args=["csv"]))
        assert [row["Owning body"] for row in rows] == ["Cabinet", "Testshire Police"]
        assert rows[0]["Response due"] == "2025-11-01"
        assert rows[0]["Address"].endswith(reverse("recommendation", args=[assignment.recommendation_id]))

    def test_every_form_holds_the_same_rows(self, cast: Cast, client: Client) -> None:
        for _ in range(3):
            cast.assignment()
        references = [r.reference for r in Recommendation.objects.in_order()]
        rows = csv_rows(client, reverse("recommendations_file", args=["csv"]))
        assert sorted(row["Reference"] for row in rows) == sorted(references)
        data = json.loads(content(client.get(reverse("recommendations_file", args=["json"]))))
        assert [row["reference"] for row in data["rows"]] == [row["Reference"] for row in rows]
        assert data["as_at"] == "2026-01-12"
        book = load_workbook(io.BytesIO(content(client.get(reverse("recommendations_file", args=["xlsx"])))))
        sheet = [[cell.value for cell in row] for row in book.worksheets[0].rows]
        assert [row[0] for row in sheet] == ["Reference", *(row["Reference"] for row in rows)]

    def test_holds_what_the_filters_show_on_all_pages(self, cast: Cast, client: Client) -> None:
        cast.close(cast.assignment())
        kept = cast.assignment()
        for _ in range(26):
            cast.assignment(recommendation=cast.recommendation(kept.recommendation.inquiry))
        rows = csv_rows(client, reverse("recommendations_file", args=["csv"]) + "?status=open&page=2")
        assert len(rows) == 27

    def test_is_empty_but_whole_when_nothing_is_published(self, cast: Cast, client: Client) -> None:
        cast.recommendation(cast.inquiry())
        assert csv_rows(client, reverse("recommendations_file", args=["csv"])) == []
        assert json.loads(content(client.get(reverse("recommendations_file", args=["json"]))))["rows"] == []

    def test_an_unknown_form_is_not_found(self, db: None, client: Client) -> None:
        assert client.get(reverse("recommendations_file", args=["exe"])).status_code == 404

    def test_asks_as_many_queries_for_twenty_as_for_one(self, cast: Cast, client: Client) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                content(client.get(reverse("recommendations_file", args=["csv"])))
            return len(queries)

        cast.assignment()
        first = count()
        for _ in range(19):
            cast.assignment()
        assert count() == first


class TestFormulas:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_text_that_begins_like_a_formula_is_disarmed(self, start: str) -> None:
        assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")

    @pytest.mark.parametrize("value", ["Accepted", "", 3, -3, None])
    def test_other_values_stay_as_they_are(self, value: Any) -> None:
        assert harmless(value) == value

    def test_neither_csv_nor_excel_calculates_what_was_typed(self, cast: Cast, client: Client) -> None:
        cast.assignment(heading='=HYPERLINK("http://example.org")')
        row = csv_rows(client, reverse("recommendations_file", args=["csv"]))[0]
        assert row["Heading"].startswith("'=")
        book = load_workbook(io.BytesIO(content(client.get(reverse("recommendations_file", args=["xlsx"])))))
        cell = next(
            cell
            for row in book.worksheets[0].iter_rows(min_row=2)
            for cell in row
            if "HYPER" in str(cell.value)
        )
        assert cell.data_type == "s"


class TestOtherLists:
    @pytest.mark.parametrize("name", ["inquiries_file", "bodies_file"])
    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    def test_download(self, cast: Cast, client: Client, name: str, form: str) -> None:
        cast.assignment()
        response = client.get(reverse(name, args=[form]))
        assert content(response)
        assert f'.{form}"' in response["Content-Disposition"]

    def test_a_body_s_own_list(self, cast: Cast, client: Client) -> None:
        cast.assignment()
        cast.assignment(body=cast.police)
        rows = csv_rows(client, reverse("body_file", args=[cast.police.pk, "csv"]))
        assert [row["Owning body"] for row in rows] == ["Testshire Police"]

    def test_files_for_people_who_signed_in_are_kept_out_of_caches(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.nobody)
        assert "no-store" in client.get(reverse("inquiries_file", args=["csv"]))["Cache-Control"]

    def test_need_sign_in_when_the_public_site_is_off(self, db: None, client: Client, settings: Any) -> None:
        settings.PUBLIC_SITE = False
        assert client.get(reverse("recommendations_file", args=["csv"])).status_code == 302


class TestLongTexts:
    def test_a_recommendation_of_45_000_letters_is_whole_in_every_form(
        self, cast: Cast, client: Client
    ) -> None:
        text = "All of it matters. " * 2_400
        assignment = cast.assignment(text=text)
        kept = assignment.recommendation.text
        assert len(kept) > 45_000
        assert csv_rows(client, reverse("recommendations_file", args=["csv"]))[0]["Recommendation"] == kept
        book = load_workbook(io.BytesIO(content(client.get(reverse("recommendations_file", args=["xlsx"])))))
        begun, goes_on = book["Recommendations"]["G2"].value, book["Long texts"]["C2"].value
        assert begun.endswith("[… goes on in the sheet “Long texts”, cell C2]")
        assert book["Long texts"]["A2"].value == "Recommendations, G2"
        assert begun.partition(" [… goes on")[0] + goes_on == kept


FROM_LINE = "From tracker.xlsx, Tracker, row 2, brought in on 12 January 2026"
FROM_FILE = "From tracker.xlsx, brought in on 12 January 2026"


@pytest.mark.parametrize(
    ("route", "title", "mark"),
    [
        ("recommendations_file", "Brought in from", FROM_LINE),
        ("inquiries_file", "Brought in from a tracker", FROM_FILE),
        ("bodies_file", "Brought in from a tracker", FROM_FILE),
    ],
)
def test_what_was_brought_in_is_marked_in_every_form(
    cast: Cast, client: Client, route: str, title: str, mark: str
) -> None:
    body = NewBody("the trust", "The Harbour Trust", "provider", None)
    new = NewInquiry("lighting", "Street lighting", published_on=day(2024, 5, 2))
    line = a_line(cast, inquiry=NEW + new.key, owners=(ImportedOwner(NEW + body.key),))
    bring_in(cast, [line], new_bodies=[body.to_json()], new_inquiries=[new.to_json()])
    book = load_workbook(io.BytesIO(content(client.get(reverse(route, args=["xlsx"])))))
    heads, *rows = ([cell.value for cell in row] for row in book.worksheets[0].rows)
    marks = [row[heads.index(title)] for row in rows]
    assert mark in marks
    assert [row[title] or None for row in csv_rows(client, reverse(route, args=["csv"]))] == marks
    data = json.loads(content(client.get(reverse(route, args=["json"]))))
    assert [row["imported"] for row in data["rows"]] == marks
