"""A page of the past shows what came in as of the tracker's own day, and says that it was brought in later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from committee import clock
from recommendations.lifecycle import Claim, Decision, Standing
from recommendations.lifecycle.imported import heading_from
from recommendations.models import Assignment, ImportBatch, Inquiry, Recommendation
from recommendations.queries import figures
from recommendations.queries.changes import changes
from recommendations.queries.imports import alike, brought_in_later, brought_in_words, recognised
from recommendations.queries.records import record
from recommendations.queries.trends import trend
from tests.factories import Cast
from tests.imports import AS_AT, MARCH, a_line, an_update, bring_in, full_line, make_inquiry

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]

BEFORE = clock.end_of_day(AS_AT - dt.timedelta(days=1))
AFTER = clock.end_of_day(AS_AT + dt.timedelta(days=30))


@pytest.fixture
def batch(cast: Cast, prepared: Inquiry) -> ImportBatch:
    return bring_in(cast, [full_line(cast, prepared)])


class TestTwoTimes:
    def test_a_page_of_the_past_reads_the_trackers_own_day(self, batch: ImportBatch):
        row = Recommendation.objects.for_record().get(import_batch=batch)
        then = record(row, AnonymousUser(), AFTER)
        assert [len(then.parts[0].updates), then.parts[0].assignment.claim] == [2, Claim.ON_TRACK]
        assert not record(row, AnonymousUser(), BEFORE).existed

    def test_it_says_what_was_brought_in_later(self, batch: ImportBatch):
        row = Recommendation.objects.for_record().get(import_batch=batch)
        assert record(row, AnonymousUser(), AFTER).brought_in_later == [batch]
        assert record(row, AnonymousUser()).brought_in_later == []
        assert brought_in_words(batch) == (
            "12 January 2026, from tracker.xlsx, a tracker as at 31 March 2025"
        )

    def test_so_does_a_page_of_the_committee(self, cast: Cast, batch: ImportBatch):
        assert brought_in_later(AFTER, cast.committee) == [batch]
        for moment in (None, BEFORE, clock.now()):
            assert brought_in_later(moment, cast.committee) == []
        assert brought_in_later(AFTER, cast.other_committee) == []

    def test_since_the_last_meeting_does_not_tell_it(self, batch: ImportBatch):
        own = Assignment.objects.filter(import_batch=batch)
        since = clock.start_of_day(dt.date(2025, 12, 1))
        told = [one for group in changes((since, None), own) for one in group.changes]
        assert told == []

    def test_it_is_told_between_the_meetings_around_its_own_day(self, batch: ImportBatch):
        own = Assignment.objects.filter(import_batch=batch)
        span = (clock.start_of_day(AS_AT), clock.end_of_day(AS_AT))
        told = {group.kind for group in changes(span, own) if group.changes}
        assert {"responses", "updates", "dates"} <= told

    def test_figures_of_the_past_count_it_from_then(self, batch: ImportBatch):
        own = Assignment.objects.filter(import_batch=batch)
        assert figures.tally(own, BEFORE).total.total == 0
        assert figures.tally(own, AFTER).total.counts.of(Standing.OVERDUE) == 1
        points = trend(own, clock.now(), 24)
        assert [point.overdue for point in points][-1] == 1
        assert sum(point.overdue for point in points) == 11  # from March to December, and today


class TestMarks:
    def test_every_entry_says_where_it_is_from(self, cast: Cast, prepared: Inquiry, batch: ImportBatch):
        row = Recommendation.objects.for_record().get(import_batch=batch)
        found = record(row, AnonymousUser())
        source = "From tracker.xlsx, Tracker, row 2, brought in on 12 January 2026"
        assert {entry.row.import_row.source for entry in found.entries} == {source}
        assert {
            one.import_row and one.import_row.source
            for one in (found.recommendation, found.parts[0].assignment)
        } == {source}

    def test_titles_say_what_is_not_stated(self, cast: Cast, prepared: Inquiry):
        told = a_line(
            cast,
            inquiry=prepared.pk,
            response=Decision.REJECTED,
            earlier_targets=(MARCH,),
            target=MARCH,
            updates=(an_update("Two."),),
        )
        batch = bring_in(cast, [told])
        row = Recommendation.objects.for_record().get(import_batch=batch)
        titles = {entry.title for entry in record(row, AnonymousUser()).entries}
        assert titles == {"Progress update", "Response: Rejected"}


class TestRecognised:
    def test_by_its_reference_however_typed(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        line = a_line(cast, inquiry=prepared.pk, text="Other words.", reference=f" {own.reference.lower()} ")
        assert recognised(cast.committee, [line])[1].recommendation == own

    def test_by_its_words(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        line = a_line(cast, inquiry=prepared.pk, text=own.text.upper().replace(" ", "  "))
        known = recognised(cast.committee, [line])[1]
        assert (known.recommendation, known.by, known.is_reworded(line)) == (own, "words", False)

    def test_a_number_with_like_words_is_asked(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        line = a_line(cast, inquiry=prepared.pk, text=f"{own.text} Soon.", number=own.number)
        known = recognised(cast.committee, [line])[1]
        assert (known.by, known.is_asked(line)) == ("number", True)

    def test_two_that_are_merely_alike_stay_two(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        line = a_line(cast, inquiry=prepared.pk, text=f"{own.text} Soon.")
        assert recognised(cast.committee, [line]) == {}
        assert alike(own.text, line.text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Build it.", "Build it."),
        ("word " * 30, "word word word word word word word word word word word word word word …"),
        ("x" * 90, "x" * 70 + " …"),
        ("  That\nthe Cabinet,  ", "That the Cabinet,"),
    ],
)
def test_a_heading_is_whole_words(text: str, heading: str) -> None:
    assert heading_from(text) == heading
