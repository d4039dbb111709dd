"""The page of one assignment: what happened with it, as its own body reads it."""

from __future__ import annotations

import datetime as dt

import pytest
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
