"""Rows that may be about many things are read with those that they are about, and with the tables of no others."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.actions import corrections, sources
from recommendations.models import Citation, Correction
from tests.factories import Cast

WHY = "Typed wrong."


def test_no_row_costs_one_small_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(Correction.objects.for_reading()) == []
    (one,) = queries.captured_queries
    assert "JOIN" not in one["sql"]


def test_what_the_rows_are_about_is_joined_and_nothing_else(cast: Cast) -> None:
    part = cast.assignment()
    corrections.correct_recommendation(
        by=cast.sam, recommendation=part.recommendation, reason=WHY, heading="A better heading"
    )
    with CaptureQueriesContext(connection) as queries:
        (found,) = Correction.objects.for_reading()
        assert found.recommendation is not None
        assert found.recommendation.inquiry.title
        assert found.corrected_by == cast.sam
        assert (found.assignment, found.response, found.assessment, found.finding) == (None,) * 4
    assert len(queries) == 2
    assert "recommendations_response" not in queries.captured_queries[1]["sql"].partition("FROM")[2]


def test_it_can_be_narrowed_ordered_and_cut_as_any_other(cast: Cast) -> None:
    parts = [cast.assignment() for _ in range(3)]
    for number, part in enumerate(parts):
        corrections.correct_recommendation(
            by=cast.sam, recommendation=part.recommendation, reason=WHY, heading=f"Heading {number}"
        )
    rows = Correction.objects.for_reading().order_by("-corrected_at", "-pk")
    assert [one.recommendation_id for one in rows[:2]] == [
        part.recommendation_id for part in reversed(parts[1:])
    ]
    assert rows.filter(recommendation=parts[0].recommendation).get().after == {"heading": "Heading 0"}
    assert rows.count() == 3
    assert rows.values_list("reason", flat=True).first() == WHY


def test_citations_of_different_things_are_read_with_each(cast: Cast) -> None:
    part = cast.assignment()
    source = sources.add_source(
        by=cast.sam, inquiry=part.recommendation.inquiry, publisher="The Marl Gazette", title="Roads"
    )
    for about in (part.recommendation, part):
        sources.cite(by=cast.sam, source=source, about=about, fact=f"Fact of {about._meta.model_name}.")
    with CaptureQueriesContext(connection) as queries:
        told = list(Citation.objects.standing().with_sources())
        assert [one.words.partition(": ")[2] for one in told] == [
            "Fact of recommendation.",
            "Fact of assignment.",
        ]
        assert {one.source.publisher for one in told} == {"The Marl Gazette"}
    assert len(queries) == 2
