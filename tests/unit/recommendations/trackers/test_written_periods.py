"""Whatever way a time is written, it is read as what was meant or asked about, never as another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.lifecycle import Period, Precision, add_months
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.period_meanings import Known
from recommendations.trackers.periods import read_period, read_target
from tests.growth import PIECES, grows_too_fast

NEAR = Known(near=dt.date(2024, 5, 2))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2039, 12, 31))


def ordinal(number: int) -> str:
    ending = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


DAY_FORMS: tuple[Callable[[dt.date], str], ...] = (
    lambda d: f"{d.day} {d:%B %Y}",
    lambda d: f"{ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{ordinal(d.day)} of {d:%B}, {d:%Y}",
    lambda d: f"{d.day} {d:%b %Y}",
    lambda d: f"{d.day} {d:%b}. {d:%Y}",
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d.day}/{d.month}/{d:%Y}",
    lambda d: f"{d:%d/%m/%y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d:%d.%m.%y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d:%d-%b-%y}",
    lambda d: f"{d:%d-%b-%Y}",
    lambda d: f"{d:%d %m %Y}",
    lambda d: f"{d:%A} {d.day} {d:%B %Y}",
    lambda d: f"{d:%a} {d:%d/%m/%Y}",
    lambda d: f"{d:%A}, {ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{d:%B} {d.day}, {d:%Y}",
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d:%d/%m/%Y} 09:30",
    lambda d: f"{d.day}\u00a0{d:%B}\u00a0{d:%Y}",
    lambda d: f"{ordinal(d.day).upper()} {d:%B, %Y}".upper(),
    lambda d: f"{d.day} {'Sept' if d.month == 9 else d.strftime('%b')} {d:%y}",
    lambda d: f"{d.day}{d:%B%Y}",
)
BESIDE = (
    "{}",
    "by {}",
    "By {}",
    "{}.",
    "Due {}",
    "Target: {}",
    "{} (TBC)",
    "no later than {}",
    " {} ",
    "on {}",
    "a) {}",
    "• {}",
    "before the {}",
)


@settings(max_examples=600)
@given(DAYS, st.sampled_from(DAY_FORMS), st.sampled_from(BESIDE))
def test_days(day: dt.date, form: Callable[[dt.date], str], beside: str) -> None:
    words = beside.format(form(day))
    read = read_period(words, NEAR)
    if read.question is None:
        assert read.value == Period(words.strip(), day, day, Precision.DAY)
    else:
        assert read.value is None or (read.value.start, read.value.end) == (day, day)
    if beside != BESIDE[-1]:
        assert read.question is None, words


MONTH_FORMS = (
    "%B %Y",
    "%b %Y",
    "%b-%y",
    "%B, %Y",
    "%b '%y",
    "%m/%Y",
    "%Y-%m",
    "%b.%Y",
    "%B of %Y",
    "%Y %B",
    "%b/%y",
)


@settings(max_examples=400)
@given(DAYS, st.sampled_from(MONTH_FORMS), st.sampled_from(BESIDE[:-1]))
def test_months(day: dt.date, form: str, beside: str) -> None:
    words = beside.format(day.strftime(form))
    month = Period.of_month(day.year, day.month)
    read = read_period(words, NEAR)
    # "2011-12" is rather a year than December.
    if form == "%Y-%m" and day.month == (day.year + 1) % 100:
        return
    assert read.question is None
    assert read.value
    assert (read.value.start, read.value.end, read.value.precision) == (
        month.start,
        month.end,
        Precision.MONTH,
    )
    end = read_period(f"end of {day.strftime(form)}", NEAR).value
    assert end
    assert (end.start, end.end, end.precision) == (month.end, month.end, Precision.DAY)


@given(
    st.integers(2000, 2039),
    st.integers(1, 4),
    st.sampled_from(
        [
            "Q{q} {y}/{n:02d}",
            "Q{q} {y}-{n:02d}",
            "quarter {q}, {y}/{n:02d}",
            "{y}/{n:02d} Q{q}",
            "Q{q} ({y}/{n:02d})",
            "Q{q} of {y}/{n:02d}",
            "Qtr {q} {y}/{n:02d}",
        ]
    ),
)
def test_quarters(year: int, quarter: int, form: str) -> None:
    read = read_period(form.format(q=quarter, y=year, n=(year + 1) % 100), NEAR)
    start = add_months(dt.date(year, 4, 1), 3 * (quarter - 1))
    assert read.question is None
    assert read.value == Period.of_months(start, 3, Precision.QUARTER, read.words)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 2100), st.sampled_from("/.-"))
def test_numbers_are_never_rolled_over(day: int, month: int, year: int, mark: str) -> None:
    words = f"{day:02d}{mark}{month:02d}{mark}{year:04d}"
    read = read_period(words, Known(near=dt.date(2000, 1, 1)))
    try:
        meant = dt.date(year, month, day)
    except ValueError:
        meant = None
    if read.question is None:
        assert read.value
        assert read.value.start == read.value.end == meant
    elif read.value:
        assert read.value.start == meant


@settings(max_examples=400)
@given(
    DAYS,
    DAYS,
    st.sampled_from(DAY_FORMS[:5]),
    st.sampled_from(
        [
            "{new} (was {old})",
            "{old}, revised to {new}",
            "extended from {old} to {new}",
            "{old} now {new}",
            "Originally {old}; now {new}",
            "{new} (previously {old})",
        ]
    ),
)
def test_slips(old: dt.date, new: dt.date, form: Callable[[dt.date], str], slip: str) -> None:
    target = read_target(Cell((Piece(slip.format(old=form(old), new=form(new))),)), NEAR)
    assert target.target.question is None
    assert target.target.value
    assert (target.target.value.start, [one.start for one in target.earlier]) == (new, [old])


@settings(max_examples=500)
@given(DAYS, st.sampled_from(DAY_FORMS), st.integers(0, 40), st.sampled_from("0123456789/.- aeot"))
def test_a_slip_of_the_keyboard_is_never_a_day_of_another_month(
    day: dt.date, form: Callable[[dt.date], str], at: int, char: str
) -> None:
    """One more letter or mark never makes a day or period that the words do not say: what is read holds the words' year."""
    written = form(day)
    words = written[:at] + char + written[at:]
    read = read_period(words, NEAR)
    if read.question is None and read.value and read.value.start and read.value.end:
        digits = "".join(char for char in words if char.isdigit())
        assert f"{read.value.start:%y}" in digits or f"{read.value.end:%y}" in digits


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_is_read_or_asked(words: str) -> None:
    read = read_period(words)
    assert read.value is not None or read.question


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    assert grows_too_fast(read_period, piece, 20_000) == ""
