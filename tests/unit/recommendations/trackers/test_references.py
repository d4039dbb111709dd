"""References and numbers of recommendations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers.references import is_reference, leading_number, read_reference, reference_key

NUMBERS = {
    "1": "1",
    "1.": "1",
    "3a": "3a",
    "3(b)": "3(b)",
    "(3)": "3",
    "3)": "3",
    "1.2": "1.2",
    "iv": "iv",
    "IV.": "IV",
    "Recommendation 3": "3",
    "Rec. 3(b)": "3(b)",
    "No. 3": "3",
    "b)": "b",
    "007": "007",
    "1a(ii)": "1a(ii)",
}
REFERENCES = ["R1", "SC18", "SR (25/26) 01", "Min 12", "HS1", "EN7", "HOSC/2023/12", "CYP 04", "General"]


@pytest.mark.parametrize("words", NUMBERS)
def test_bare_numbers(words: str) -> None:
    read = read_reference(words)
    assert (read.number, read.reference) == (NUMBERS[words], None)


@pytest.mark.parametrize("words", REFERENCES)
def test_more_than_a_number(words: str) -> None:
    read = read_reference(words)
    assert (read.reference, read.number) == (words, None)


@pytest.mark.parametrize("words", ["", "-", "N/A", "TBC"])
def test_none(words: str) -> None:
    read = read_reference(words)
    assert (read.reference, read.number, read.key) == (None, None, "")


def test_the_municipal_year() -> None:
    year = read_reference("SR (25/26) 01").year
    assert year
    assert (str(year.start), str(year.end)) == ("2025-05-01", "2026-04-30")
    assert read_reference("SC18").year is None
    assert read_reference("R 25/27").year is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SR (25/26) 01", "sr(25/26)1"),
        ("Min 12", "Minute 12"),
        ("R1", "R. 01"),
        ("Recommendation 3", "3"),
        ("3(b)", "3b"),
        ("HOSC/2023/7", "HOSC 2023 07"),
    ],
)
def test_the_same_written_otherwise(one: str, other: str) -> None:
    assert reference_key(one) == reference_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.2", "12"), ("R1", "1"), ("3a", "3"), ("SR (25/26) 1", "SR (24/25) 1"), ("R11", "R1.1")],
)
def test_others(one: str, other: str) -> None:
    assert reference_key(one) != reference_key(other)


@given(
    st.from_regex(r"[A-Z]{1,4}", fullmatch=True),
    st.integers(0, 30),
    st.integers(1, 999),
    st.sampled_from(["", " ", "-", "/", "."]),
)
def test_marks_and_noughts_make_no_difference(letters: str, year: int, number: int, mark: str) -> None:
    one = f"{letters}{mark}({year:02d}/{year + 1:02d}){mark}{number:03d}"
    assert reference_key(one) == reference_key(f"{letters.lower()} ({year}/{year + 1}) {number}")
    assert reference_key(one) != reference_key(f"{letters} ({year}/{year + 1}) {number + 1}")


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("3. That the council act", "3", "That the council act"),
        ("Recommendation 3: That we act", "3", "That we act"),
        ("R3 - That we act", "R3", "That we act"),
        ("(3) That we act", "3", "That we act"),
        ("3 That the bus stop", "3", "That the bus stop"),
        ("1.2 That we act", "1.2", "That we act"),
    ],
)
def test_a_number_that_begins_the_wording(text: str, name: str, rest: str) -> None:
    found = leading_number(text)
    assert found
    assert (found[0].reference or found[0].number, found[1]) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "3 buses should run",
        "12 May 2023: agreed",
        "2023/24 budget be cut",
        "a) That",
        "That 3 buses run",
        "",
        "3.",
    ],
)
def test_no_number_begins_it(text: str) -> None:
    assert leading_number(text) is None


def test_what_can_be_a_reference() -> None:
    expected = {
        "3": True,
        "R1": True,
        "SR (25/26) 01": True,
        "Min 12": True,
        "iv": True,
        "Cabinet": False,
        "12/03/2024": False,
        "Q2 2024": False,
        "That the 3 buses run on Sunday": False,
        "": False,
    }
    assert {words: is_reference(words) for words in expected} == expected


@given(st.text(max_size=60))
def test_any_text_is_read(words: str) -> None:
    read_reference(words)
    is_reference(words)
    leading_number(words)
