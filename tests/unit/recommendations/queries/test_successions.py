"""What else is affected when a body ends or inquiries pass on."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.lifecycle import Role
from recommendations.models import Assignment
from recommendations.queries.successions import (
    affected_by_ending,
    affected_by_transfer,
    passing_in_words,
    work_in_words,
)
from tests.factories import Cast, person

pytestmark = pytest.mark.django_db


class TestEnding:
    def test_roles_posts_and_meetings_of_what_ends(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2026, 2, 2), cast.cabinet)
        cast.meeting(dt.date(2026, 2, 3), cast.committee)
        found = affected_by_ending([cast.cabinet], [])
        assert found["meetings"] == [meeting]
        assert {role.body for role in found["people"]} == {cast.cabinet}
        assert [post.body for post in found["posts"]] == [cast.cabinet] * len(found["posts"])

    def test_successors_without_anybody_to_write_or_publish(self, cast: Cast) -> None:
        successor = cast.other_committee
        found = affected_by_ending([cast.cabinet], [successor])
        assert (found["without_officer"], found["without_approver"]) == ([successor], [successor])
        person("Olga Officer", (Role.RESPONSIBLE_OFFICER, successor))
        found = affected_by_ending([cast.cabinet], [successor])
        assert (found["without_officer"], found["without_approver"]) == ([], [successor])
        person("Abe Approver", (Role.APPROVER, successor))
        assert affected_by_ending([cast.cabinet], [successor])["without_approver"] == []


class TestTransfer:
    def test_links_follow_once_nothing_is_left(self, cast: Cast) -> None:
        first, second = [cast.assignment().recommendation.inquiry for _ in range(2)]
        every = [first, second]
        whole = affected_by_transfer(cast.committee, every, to=cast.other_committee, ends=False)
        assert (whole["links_follow"], whole["left"], whole["open_parts"]) == (True, [], 2)
        part = affected_by_transfer(cast.committee, [first], to=cast.other_committee, ends=False)
        assert (part["links_follow"], part["left"], part["open_parts"]) == (False, [second], 1)

    def test_meetings_to_come_only_where_the_committee_ends(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2026, 2, 2))
        found = affected_by_transfer(cast.committee, [], to=cast.other_committee, ends=True)
        assert found["meetings"] == [meeting]
        found = affected_by_transfer(cast.committee, [], to=cast.other_committee, ends=False)
        assert found["meetings"] == []


def parts(known: int, unknown: int) -> list[Assignment]:
    return [Assignment(sources_only=number >= known) for number in range(known + unknown)]


@pytest.mark.parametrize(
    ("known", "unknown", "words"),
    [
        (0, 0, "0 open recommendations pass"),
        (1, 0, "1 open recommendation passes"),
        (2, 0, "2 open recommendations pass"),
        (0, 1, "1 recommendation whose state is not known from public sources passes"),
        (0, 2, "2 recommendations whose state is not known from public sources pass"),
        (2, 1, "2 open recommendations and 1 whose state is not known from public sources pass"),
    ],
)
def test_how_many_pass(known: int, unknown: int, words: str) -> None:
    assert passing_in_words(parts(known, unknown)) == words
    assert words.startswith(work_in_words(parts(known, unknown)))
