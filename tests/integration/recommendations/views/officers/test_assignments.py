"""The page of one assignment: what happened with it, as its own body reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import target_dates
from recommendations.models import Assignment
from recommendations.queries.timeline import assignment_entries
from tests.clients import signed_in, words_of
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(cast: Cast) -> Assignment:
    return cast.assignment()


def page(cast: Cast, assignment: Assignment) -> str:
    return words_of(signed_in(cast.olive).get(reverse("assignment", args=[assignment.pk])))


class TestEntries:
    def test_they_tell_who_recorded_each(self, cast: Cast, assignment: Assignment) -> None:
        cast.response(assignment)
        cast.published(assignment, progress="The first clinics are open.")
        text = page(cast, assignment)
        assert f"Published by {cast.ada.name} at " in text
        assert f"Recorded by {assignment.responses.get().recorded_by.name}." in text
        assert "The first clinics are open." in text

    def test_a_published_update_can_be_corrected_from_there(self, cast: Cast, assignment: Assignment) -> None:
        update = cast.published(assignment)
        answer = signed_in(cast.olive).get(reverse("assignment", args=[assignment.pk])).content.decode()
        assert f"{reverse('log_update', args=[assignment.pk])}?corrects={update.pk}" in answer

    def test_a_new_date_says_who_asked_and_how_much_later_it_is(
        self, cast: Cast, assignment: Assignment
    ) -> None:
        assert assignment.target_on is not None
        later = assignment.target_on + dt.timedelta(days=92)
        target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=later, reason="The contractor left"
        )
        text = page(cast, assignment)
        assert "(92 days later)" in text
        assert f"{cast.olive.name}, on" in text

    def test_they_are_about_this_body_or_the_whole(self, cast: Cast, assignment: Assignment) -> None:
        other = cast.assignment(body=cast.school, recommendation=assignment.recommendation)
        cast.response(other)
        cast.response(assignment)
        entries = assignment_entries(assignment, cast.olive)
        assert [entry.row for entry in entries if entry.kind == "response"] == [assignment.responses.get()]
        assert [entry.row for entry in entries if entry.kind == "notice"] == [[assignment]]


class TestAssignment:
    @pytest.mark.parametrize(("notified_on", "words"), [((2025, 9, 1), "was due"), ((2026, 1, 5), "is due")])
    def test_a_day_to_come_is_not_told_as_past(self, cast, notified_on, words):
        assignment = cast.assignment(notified_on=dt.date(*notified_on))
        page = signed_in(cast.olive).get(reverse("assignment", args=[assignment.pk])).content.decode()
        assert f"A response {words} by" in page

    def test_the_assignment_page_has_the_same_queries_for_one_event_and_for_many(self, cast, assignment):
        def count() -> int:
            client = signed_in(cast.olive)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("assignment", args=[assignment.pk])).status_code == 200
            return len(queries)

        cast.response(assignment)
        cast.published(assignment)
        before = count()
        for number in range(5):
            cast.published(assignment, progress=f"Step {number}")
            cast.response(assignment, text=f"Answer {number}")
        assert count() == before
