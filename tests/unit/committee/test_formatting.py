"""Days, moments, counts and sizes in words."""

from __future__ import annotations

import datetime as dt

import pytest

from committee.formatting import (
    date_and_time,
    file_size,
    long_date,
    plural,
    possessive,
    short_date,
    time_of_day,
)


class TestDays:
    def test_a_day_is_written_in_full(self) -> None:
        assert long_date(dt.date(2015, 11, 3)) == "3 November 2015"
        assert short_date(dt.date(2015, 11, 3)) == "3 Nov 2015"

    def test_nothing_gives_nothing(self) -> None:
        assert long_date(None) == short_date(None) == date_and_time(None) == time_of_day(None) == ""

    def test_a_moment_is_read_in_london(self) -> None:
        summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
        assert date_and_time(summer) == "2 July 2026 at 12:30am"
        assert long_date(summer) == "2 July 2026"
        assert short_date(summer) == "2 Jul 2026"

    @pytest.mark.parametrize(
        ("hour", "minute", "words"),
        [(0, 0, "midnight"), (12, 0, "midday"), (12, 5, "12:05pm"), (9, 0, "9am"), (14, 30, "2:30pm")],
    )
    def test_the_time_of_day(self, hour: int, minute: int, words: str) -> None:
        assert time_of_day(dt.time(hour, minute)) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(None, "0 updates"), (0, "0 updates"), (1, "1 update"), (2, "2 updates"), (1204, "1,204 updates")],
)
def test_a_count_with_its_noun(count: int | None, words: str) -> None:
    assert plural(count, "update") == words


def test_a_noun_with_a_plural_of_its_own() -> None:
    assert [plural(count, "body", "bodies") for count in (1, 2)] == ["1 body", "2 bodies"]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (None, ""),
        (0, ""),
        (1, "1 byte"),
        (17, "17 bytes"),
        (1024, "1 KB"),
        (310 * 1024, "310 KB"),
        (1024**2, "1 MB"),
        (int(2.4 * 1024**2), "2.4 MB"),
        (12 * 1024**3, "12 GB"),
        (3 * 1024**4, "3 TB"),
        (5000 * 1024**4, "5000 TB"),
    ],
)
def test_a_size(size: int | None, words: str) -> None:
    assert file_size(size) == words.replace(" ", "\xa0")


@pytest.mark.parametrize(
    ("name", "words"), [("Cabinet", "Cabinet’s"), ("Children’s Services", "Children’s Services’")]
)
def test_whose_it_is(name: str, words: str) -> None:
    assert possessive(name) == words
