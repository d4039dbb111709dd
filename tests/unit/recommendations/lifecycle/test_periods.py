"""Times that are not always days, and how they are printed."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.lifecycle import Period, Precision
from recommendations.lifecycle.periods import council_quarter, quarter_named

D = dt.date


@pytest.mark.parametrize(
    ("period", "printed"),
    [
        (Period("31/03/24", D(2024, 3, 31), D(2024, 3, 31), Precision.DAY), "31 March 2024"),
        (Period("", D(2024, 3, 12), D(2024, 3, 14), Precision.DAY), "12 to 14 March 2024"),
        (Period("", D(2024, 3, 30), D(2024, 4, 2), Precision.DAY), "30 March to 2 April 2024"),
        (Period("", D(2023, 12, 30), D(2024, 1, 2), Precision.DAY), "30 December 2023 to 2 January 2024"),
        (Period.of_month(2024, 3, "by March 2024"), "March 2024"),
        (Period.of_months(D(2024, 3, 1), 2, Precision.MONTH), "March to April 2024"),
        (Period.of_months(D(2023, 12, 1), 2, Precision.MONTH), "December 2023 to January 2024"),
        (
            Period.of_months(D(2023, 7, 1), 3, Precision.QUARTER, "Q2 2023/24"),
            "Q2 2023/24 (July to September 2023)",
        ),
        (
            Period.of_months(D(2018, 1, 1), 3, Precision.QUARTER, "4th Quarter - January to March 2018"),
            "Q4 2017/18 (January to March 2018)",
        ),
        (
            Period.of_months(D(2023, 7, 1), 3, Precision.QUARTER, "Q3 2023 (calendar)"),
            "July to September 2023",
        ),
        (
            Period.of_months(D(2023, 4, 1), 3, Precision.QUARTER, "April to June 2023"),
            "April to June 2023",
        ),
        (Period.of_months(D(2024, 3, 1), 3, Precision.SEASON), "spring 2024"),
        (Period.of_months(D(2023, 12, 1), 3, Precision.SEASON), "winter 2023/24"),
        (Period.of_months(D(2023, 10, 1), 6, Precision.HALF_YEAR), "October 2023 to March 2024"),
        (Period.of_year(2025), "2025/26"),
        (Period.of_year(1999), "1999/00"),
        (Period.of_year(2024, begins=1), "2024"),
        (Period.of_year(2025, begins=5), "municipal year 2025/26"),
        (Period.of_months(D(2024, 1, 1), 24, Precision.YEAR), "January 2024 to December 2025"),
        (Period("TBC"), "TBC"),
        (Period(), ""),
    ],
)
def test_how_it_is_printed(period: Period, printed: str) -> None:
    assert period.in_words() == printed


def test_a_month_is_past_when_the_next_begins() -> None:
    march = Period.of_month(2024, 3)
    assert not march.is_past(D(2024, 3, 31))
    assert march.is_past(D(2024, 4, 1))
    assert not Period("ongoing").is_past(D(2099, 1, 1))


def test_a_month_holds_its_first_and_its_last_day() -> None:
    march = Period.of_month(2024, 3)
    assert [march.holds(day) for day in (D(2024, 2, 29), D(2024, 3, 1), D(2024, 3, 31), D(2024, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert not Period("ongoing").holds(D(2024, 3, 1))


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (D(2024, 1, 1), None, Precision.DAY),
        (None, D(2024, 1, 1), Precision.DAY),
        (None, None, Precision.DAY),
        (D(2024, 1, 1), D(2024, 1, 1), Precision.NONE),
        (D(2024, 1, 2), D(2024, 1, 1), Precision.DAY),
    ],
)
def test_days_and_precision_fit(start: D | None, end: D | None, precision: Precision) -> None:
    with pytest.raises(ValueError, match="period"):
        Period("", start, end, precision)


def test_a_day_has_words() -> None:
    assert Period.of_day(D(2024, 5, 2)).words == "2024-05-02"


def test_quarters() -> None:
    assert council_quarter(D(2024, 1, 31)) == (4, "2023/24")
    assert council_quarter(D(2023, 4, 1)) == (1, "2023/24")
    named = {
        "Q2": 2,
        "quarter 3": 3,
        "Qtr. 4": 4,
        "2nd Quarter": 2,
        "first quarter": 1,
        "1 qtr": 1,
        "FAQ2": None,
    }
    assert {words: quarter_named(words) for words in named} == named
