"""Lettered parts, words that refer to another row, bullets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers.parts import bullets, lettered_parts, parts_of_line, refers_to

WORDING = "That the council\na) publish how many sailings are missed;\nb) pay for a taxi when the last sailing is missed."


def test_parts_with_answers_of_their_own() -> None:
    answers = {
        "response": "a) Agreed\nb) Not agreed",
        "reason": "b) No budget.",
        "progress": "a) On the web each month.",
        "claim": "a) Done",
        "target": "a) March 2024",
        "owners": "Cabinet",
    }
    first, second = parts_of_line(WORDING, answers)
    assert first.cells == {
        "text": "That the council publish how many sailings are missed;",
        "response": "Agreed",
        "reason": "",
        "progress": "On the web each month.",
        "claim": "Done",
        "target": "March 2024",
        "owners": "Cabinet",
    }
    assert second.cells == {
        "text": "That the council pay for a taxi when the last sailing is missed.",
        "response": "Not agreed",
        "reason": "No budget.",
        "progress": "",
        "claim": "",
        "target": "",
        "owners": "Cabinet",
    }
    assert (first.letter, second.letter, first.shared) == ("a", "b", frozenset({"owners"}))


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("That bins be emptied: (a) on Sundays; (b) at the beach.", {"response": "Supported"}),
        ("That the council act", {"response": "a) Agreed b) Not agreed"}),
        (WORDING, {"response": "Agreed. a) in May b) in June"}),
        (WORDING, {"response": "c) Agreed"}),
    ],
)
def test_one_answer_keeps_it_one(text: str, answers: dict[str, str]) -> None:
    assert parts_of_line(text, answers) == ()


def test_letters_in_a_line_and_roman_ones() -> None:
    for text in (
        "a) Agreed b) Not agreed",
        "(a) Agreed (b) Not agreed",
        "a. Agreed\nb. Not agreed",
        "(i) Agreed (ii) Not agreed",
        "A) Agreed; B) Not agreed",
    ):
        found = lettered_parts(text)
        assert found
        assert [words.strip(";") for _, words in found.parts] == ["Agreed", "Not agreed"]


@pytest.mark.parametrize(
    "text", ["Agreed", "at 7 a.m. the bus", "b) Agreed c) Not agreed", "a) Agreed", "e.g. this i.e. that", ""]
)
def test_no_parts(text: str) -> None:
    assert lettered_parts(text) is None


def test_one_letter_is_enough_where_asked_for() -> None:
    found = lettered_parts("b) No budget.", least=1)
    assert found
    assert (found.get("b"), found.get("a")) == ("No budget.", None)
    assert lettered_parts("No budget for b) this", least=1) is None


@pytest.mark.parametrize(
    "text", ["As above", "as above.", "Ditto", '"', "Same as above", "See above", "(as above)", "As previous"]
)
def test_the_row_above(text: str) -> None:
    found = refers_to(text)
    assert found
    assert found.number is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("see 3", "3"),
        ("See recommendation 3 above", "3"),
        ("as R1", "r1"),
        ("See update to recommendation 4", "4"),
        ("Refer to rec. 2(b)", "2(b)"),
    ],
)
def test_another_row(text: str, number: str) -> None:
    found = refers_to(text)
    assert found
    assert found.number == number


@pytest.mark.parametrize(
    "text", ["", "Agreed", "As above, but later", "above", "3", "See the report of May 2024 on page 7"]
)
def test_no_reference(text: str) -> None:
    assert refers_to(text) is None


def test_bullets() -> None:
    assert bullets("• one\n• two") == ("one", "two")
    assert bullets("- one\n- two\nthree") == ("one", "two")
    assert bullets("one\n- two") == ()


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    lettered_parts(text)
    lettered_parts(text, least=1)
    refers_to(text)
    bullets(text)
