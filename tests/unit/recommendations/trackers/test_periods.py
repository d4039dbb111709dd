"""Dates and periods as trackers write them: each is read right, or asked."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.lifecycle import Period
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.period_meanings import Known
from recommendations.trackers.periods import (
    QUARTERS_KEY,
    Target,
    read_period,
    read_period_cell,
    read_target,
)

KNOWN = Known(near=dt.date(2024, 5, 2), made_on=Period.of_day(dt.date(2023, 11, 14)))


def span(period: Period | None) -> str:
    """Return a period in a few letters, such as "2024-03-01 2024-03-31 month"; "none" without days."""
    if period is None:
        return "nothing"
    return f"{period.start} {period.end} {period.precision}" if period.start else "none"


def day(iso: str) -> str:
    return f"{iso} {iso} day"


READ = {
    # days
    "7th March 2022": day("2022-03-07"),
    "01/01/26": day("2026-01-01"),
    "24-Feb-21": day("2021-02-24"),
    "12TH JUNE, 2002": day("2002-06-12"),
    "2 September 2004": day("2004-09-02"),
    "Tuesday 3 May 2022": day("2022-05-03"),
    "Tues. 3rd of May, 2022": day("2022-05-03"),
    "7thMarch 2022": day("2022-03-07"),
    "March 7, 2022": day("2022-03-07"),
    "12.3.24": day("2024-03-12"),
    "12 03 2024": day("2024-03-12"),
    "1-2-2024": day("2024-02-01"),
    "2024-03-31": day("2024-03-31"),
    "2024-03-31 00:00:00": day("2024-03-31"),
    "2024-03-31T09:30:00Z": day("2024-03-31"),
    "31/03/2024 12:00": day("2024-03-31"),
    "by 31 March 2024": day("2024-03-31"),
    "no later than 31st March 2024": day("2024-03-31"),
    "31 March 2024 at the latest": day("2024-03-31"),
    "Target date: 31/03/2024": day("2024-03-31"),
    "31 March 2024 (TBC)": day("2024-03-31"),
    "a) 31 March 2024": day("2024-03-31"),
    "end of March 2024": day("2024-03-31"),
    "by the end of February 2024": day("2024-02-29"),
    "end-March 2024": day("2024-03-31"),
    "end of 2023/24": day("2024-03-31"),
    "end of 2024": day("2024-12-31"),
    "by end of Q2 2023/24": day("2023-09-30"),
    "3 Febuary 2022": day("2022-02-03"),
    "31 March 1999": day("1999-03-31"),
    "12-14 March 2024": "2024-03-12 2024-03-14 day",
    # months
    "by September, 2002": "2002-09-01 2002-09-30 month",
    "March 2003": "2003-03-01 2003-03-31 month",
    "Sept 2023": "2023-09-01 2023-09-30 month",
    "Nov-23": "2023-11-01 2023-11-30 month",
    "Nov '23": "2023-11-01 2023-11-30 month",
    "Sept 23": "2023-09-01 2023-09-30 month",
    "mid March 2024": "2024-03-01 2024-03-31 month",
    "late March 2024": "2024-03-01 2024-03-31 month",
    "from April 2024": "2024-04-01 2024-04-30 month",
    "03/2024": "2024-03-01 2024-03-31 month",
    "2024-05": "2024-05-01 2024-05-31 month",
    "Setpember 2023": "2023-09-01 2023-09-30 month",
    "Mar/Apr 2024": "2024-03-01 2024-04-30 month",
    "Dec/Jan 2024": "2023-12-01 2024-01-31 month",
    "March 2024 Cabinet meeting": "2024-03-01 2024-03-31 month",
    # quarters and halves
    "Q2 2023/24": "2023-07-01 2023-09-30 quarter",
    "Q2 of 2023-24": "2023-07-01 2023-09-30 quarter",
    "Q4 23/24": "2024-01-01 2024-03-31 quarter",
    "quarter 3 2023/2024": "2023-10-01 2023-12-31 quarter",
    "2023/24 Q1": "2023-04-01 2023-06-30 quarter",
    "2nd Quarter 2023/24": "2023-07-01 2023-09-30 quarter",
    "4th Quarter - January to March 2018": "2018-01-01 2018-03-31 quarter",
    "Q2 (July to September 2023)": "2023-07-01 2023-09-30 quarter",
    "Quarter 2 2023-24 (July to September)": "2023-07-01 2023-09-30 quarter",
    "Q3 2023/24 (Oct - Dec)": "2023-10-01 2023-12-31 quarter",
    "calendar Q2 2024": "2024-04-01 2024-06-30 quarter",
    "April to June 2024": "2024-04-01 2024-06-30 quarter",
    "Jan 2024 - Mar 2024": "2024-01-01 2024-03-31 quarter",
    "H1 2024/25": "2024-04-01 2024-09-30 half_year",
    "second half of 2024": "2024-07-01 2024-12-31 half_year",
    "Q1/Q2 2024/25": "2024-04-01 2024-09-30 half_year",
    # seasons and years
    "Spring 2024": "2024-03-01 2024-05-31 season",
    "summer 2024": "2024-06-01 2024-08-31 season",
    "Autumn 2023": "2023-09-01 2023-11-30 season",
    "winter 2023/24": "2023-12-01 2024-02-29 season",
    "winter 2024": "2024-12-01 2025-02-28 season",
    "2023/24": "2023-04-01 2024-03-31 year",
    "2009/10": "2009-04-01 2010-03-31 year",
    "2023-24": "2023-04-01 2024-03-31 year",
    "2023/2024": "2023-04-01 2024-03-31 year",
    "1999/00": "1999-04-01 2000-03-31 year",
    "23/24": "2023-04-01 2024-03-31 year",
    "financial year 2024/25": "2024-04-01 2025-03-31 year",
    "municipal year 2024/25": "2024-05-01 2025-04-30 year",
    "calendar year 2024": "2024-01-01 2024-12-31 year",
    "2024": "2024-01-01 2024-12-31 year",
    "1 April 2024 - 31 March 2025": "2024-04-01 2025-03-31 year",
    # counted from the day it was made
    "within six months": day("2024-05-14"),
    "Within 6 months of the report": day("2024-05-14"),
    "within 28 days": day("2023-12-12"),
    "in two weeks": day("2023-11-28"),
}


@pytest.mark.parametrize("words", READ)
def test_it_is_read(words: str) -> None:
    read = read_period(words, KNOWN)
    assert (span(read.value), read.question, read.value and read.value.words) == (READ[words], None, words)


NO_DATE = ["", "-", "–", "...", "TBC", "tbc.", "To be confirmed", "N/A", "Ongoing", "On-going", "ASAP", "as soon as possible", "immediate", "summer term 2023", "Autumn term", "next municipal year", "next meeting"]  # fmt: skip
NO_DATE += [
    "by the next meeting",
    "Dependent upon budget",
    "when the new contract starts",
    "every March",
    "annually",
    "TBC / ongoing",
    "next financial year",
    "not set",
    "None",
    "see progress",
]


@pytest.mark.parametrize("words", NO_DATE)
def test_no_date_is_given(words: str) -> None:
    read = read_period(words, KNOWN)
    assert (span(read.value), read.question, read.words) == ("none", None, words)


ASKED_WITHOUT = ["31/02/2023", "17/20/2022", "/0206/2023", "04/25/2023", "25/13/2023", "31 June 2023", "0/1/2024", "31/03/2204", "12/03/202", "Q2", "Q3 2020", "H1 2024", "May", "31st March", "Spring", "June 2023; December 2023"]  # fmt: skip
ASKED_WITHOUT += [
    "Completed March 2024",
    "Ongoing - March 2024",
    "Phase 1 March 2024, phase 2 June 2024",
    "Christmas 2024",
    "academic year 2023/24",
    "2023/25",
    "2024-26",
    "was 30 September 2022",
    "20/03/2024 and 20/06/2024",
]
ASKED_WITHOUT += ["45443", "Month 6", "Year 2", "March 2024/25", "Jume 2023", "12//03/2024", "1st quarter"]


@pytest.mark.parametrize("words", ASKED_WITHOUT)
def test_it_is_asked(words: str) -> None:
    read = read_period(words, KNOWN)
    assert read.value is None
    assert read.question
    assert words in read.question.sentence


ASKED_WITH = {
    "Monday 3 May 2022": day("2022-05-03"),
    "winter 2025": "2025-12-01 2026-02-28 season",
    "early 2024": "2024-01-01 2024-12-31 year",
    "Beginning of April 2024": "2024-04-01 2024-04-30 month",
    "before 1 April 2024": day("2024-04-01"),
    "30/04/24?": day("2024-04-30"),
    "April 2024 (?)": "2024-04-01 2024-04-30 month",
    "31 March 2024 if the budget allows": day("2024-03-31"),
    "w/c 4 March 2024": day("2024-03-04"),
    "within three months of approval": day("2024-02-14"),
    "March and June 2024": "2024-03-01 2024-06-30 month",
    "31/03/1924": day("1924-03-31"),
    "30 June 2023 - 30 September 2023": "2023-06-30 2023-09-30 day",
    "11/12": "2011-04-01 2012-03-31 year",
}


@pytest.mark.parametrize("words", ASKED_WITH)
def test_it_is_asked_with_the_likelier(words: str) -> None:
    read = read_period(words, KNOWN)
    assert span(read.value) == ASKED_WITH[words]
    assert read.question


def test_a_month_and_two_digits_are_asked_where_nothing_tells_the_year() -> None:
    assert read_period("Sept 23").question
    assert not read_period("Sept 23", KNOWN).question
    assert read_period("Sept 05", KNOWN).question


def test_one_answer_settles_all_quarters() -> None:
    first, other = read_period("Q3 2020").question, read_period("Q1 2021").question
    assert first
    assert other
    assert first.key == other.key == QUARTERS_KEY
    assert [choice.value for choice in first.choices] == ["council", "calendar"]
    council, calendar = (read_period("Q3 2020", Known(quarters=said)) for said in ("council", "calendar"))
    assert (span(council.value), span(calendar.value)) == (
        "2020-10-01 2020-12-31 quarter",
        "2020-07-01 2020-09-30 quarter",
    )
    assert council.question is calendar.question is None


def test_the_header_may_give_the_year() -> None:
    known = Known(year=Period.of_year(2023))
    read = [span(read_period(words, known).value) for words in ("Q2", "March", "31st May", "H2")]
    assert read == [
        "2023-07-01 2023-09-30 quarter",
        "2024-03-01 2024-03-31 month",
        day("2023-05-31"),
        "2023-10-01 2024-03-31 half_year",
    ]


def test_nothing_is_counted_from_a_day_that_is_not_known() -> None:
    read = read_period("within six months")
    assert read.value is None
    assert read.question
    month = Known(made_on=Period.of_month(2024, 1))
    assert span(read_period("within six months", month).value) == "2024-07-01 2024-07-31 month"
    assert read_period("within 28 days", month).question


# ------------------------------------------------------------------ slips


def slip(target: Target) -> tuple[str, list[str], str]:
    return span(target.target.value), [span(one) for one in target.earlier], span(target.asked_for)


DECEMBER, SEPTEMBER = day("2022-12-31"), day("2022-09-30")
SLIPS = [
    "31 December 2022 (was 30 September 2022)",
    "31 December 2022 (originally 30 September 2022)",
    "31/12/2022 (previously 30/09/2022)",
    "31 December 2022 (from 30 September 2022)",
    "30 September 2022, revised to 31 December 2022",
    "30 September 2022 now 31 December 2022",
    "30/09/2022 -> 31/12/2022",
    "extended from 30 September 2022 to 31 December 2022",
    "Extended to 31 December 2022 from 30 September 2022",
    "Originally 30 September 2022, now 31 December 2022",
    "Original: 30/09/2022\nRevised: 31/12/2022",
    "30 September 2022 (original)\n31 December 2022 (revised)",
    "Slipped to 31 December 2022 (was 30 September 2022)",
]


@pytest.mark.parametrize("words", SLIPS)
def test_a_slip(words: str) -> None:
    target = read_target(Cell((Piece(words),)))
    assert target.target.question is None
    assert slip(target) == (DECEMBER, [SEPTEMBER], "nothing")


@pytest.mark.parametrize(
    "words",
    [
        "Revised from March 2024 to June 2024",
        "Slipped from March 2024 until June 2024",
        "Target date extended from March 2024 to June 2024",
    ],
)
def test_months_from_one_to_another_are_a_slip_where_the_first_was_replaced(words: str) -> None:
    target = read_target(Cell((Piece(words),)))
    assert target.target.question is None
    assert slip(target) == ("2024-06-01 2024-06-30 month", ["2024-03-01 2024-03-31 month"], "nothing")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("April - June 2024", "2024-04-01 2024-06-30 quarter"),
        ("January to March 2025", "2025-01-01 2025-03-31 quarter"),
        ("From October 2024 to December 2024", "2024-10-01 2024-12-31 quarter"),
        ("May - July 2024", "2024-05-01 2024-07-31 month"),
        ("April - July 2024", "2024-04-01 2024-07-31 month"),
    ],
)
def test_months_are_a_quarter_where_they_are_those_of_one(words: str, read: str) -> None:
    assert span(read_period(words).value) == read


def test_a_winter_is_asked_unless_the_one_that_ends_in_its_year_was_over() -> None:
    begins = "2025-12-01 2026-02-28 season"
    over = read_period("Winter 2025", Known(near=dt.date(2025, 6, 12)))
    assert (span(over.value), over.question) == (begins, None)
    for near in (dt.date(2024, 11, 3), dt.date(2025, 2, 28), dt.date(2026, 1, 5), None):
        assert read_period("Winter 2025", Known(near=near)).question


def test_several_slips_stand_in_their_order() -> None:
    target = read_target(
        Cell((Piece("June 2022, revised to 30 September 2022, revised to 31 December 2022"),))
    )
    assert slip(target) == (DECEMBER, ["2022-06-01 2022-06-30 month", SEPTEMBER], "nothing")


@pytest.mark.parametrize(
    "words",
    [
        "30 September 2022 (extension to 31 December 2022 requested)",
        "30 September 2022; requested: 31 December 2022",
        "30 September 2022 (extension requested to 31 December 2022)",
    ],
)
def test_a_date_that_is_asked_for_does_not_stand(words: str) -> None:
    assert slip(read_target(Cell((Piece(words),)))) == (SEPTEMBER, [], DECEMBER)


def test_a_struck_date_is_an_earlier_one() -> None:
    cell = Cell((Piece("30 September 2022", struck=True), Piece("\n31 December 2022")))
    assert slip(read_target(cell)) == (DECEMBER, [SEPTEMBER], "nothing")


def test_a_date_that_is_struck_alone_is_asked_unless_its_row_is() -> None:
    cell = Cell((Piece("June 2023", struck=True),))
    assert read_target(cell).target.question
    whole = read_target(cell, row_struck=True).target
    assert (span(whole.value), whole.question) == ("2023-06-01 2023-06-30 month", None)


# ------------------------------------------------------------------ spreadsheets


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (Cell((Piece("31 May 2024"),), value=dt.date(2024, 5, 31)), day("2024-05-31")),
        (Cell((Piece("05/06/2023"),), value=dt.datetime(2023, 6, 5)), day("2023-06-05")),
        (Cell((Piece("45443"),), value=45443), day("2024-05-31")),
        (Cell((Piece("45443.5"),), value=45443.5), day("2024-05-31")),
        (Cell((Piece("November 2023"),), value=dt.date(2023, 11, 1)), "2023-11-01 2023-11-30 month"),
        (Cell((Piece("2024"),), value=2024), "2024-01-01 2024-12-31 year"),
        (Cell((Piece("1 April"),), value=dt.date(2024, 4, 1)), day("2024-04-01")),
    ],
)
def test_stored_dates(cell: Cell, read: str) -> None:
    found = read_period_cell(cell)
    assert (span(found.value), found.question) == (read, None)


def test_a_day_of_1900_is_asked() -> None:
    assert read_period_cell(Cell((Piece("12 January 1900"),), value=dt.date(1900, 1, 12))).question
