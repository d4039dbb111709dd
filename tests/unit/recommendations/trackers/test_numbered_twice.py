"""Two wordings under one number: both are kept and asked, where the numbers are of one list."""

from __future__ import annotations

import pytest

from recommendations.trackers.questions import Answers
from recommendations.trackers.tracker import read_tracker
from tests.tracker_tables import asked, column, read, table, tracker

TWICE = """
    No | Recommendation | Lead
    1 | That the pier be lit. | Head of Ports
    {number} | That the quay be swept and dredged. | Head of Ports
    2 | That the buoys be painted. | Head of Ports
"""


@pytest.mark.parametrize("number", ["1", "1.", "Rec 1", "01"])
def test_one_number_with_two_wordings_keeps_both_and_asks(number: str) -> None:
    reading = read(TWICE.format(number=number))
    assert column(reading, "item") == [1, 2, 3]
    assert [asked(entry) for entry in reading.entries] == [["item"], ["item"], []]
    assert [question.likelier for question in reading.questions] == [False]


def test_one_recommendation_may_be_made_of_them() -> None:
    key = read(TWICE.format(number="1")).questions[0].key
    said = read(TWICE.format(number="1"), answers={key: True})
    assert column(said, "item") == [1, 1, 3]
    assert column(said, "text")[:2] == ["That the pier be lit."] * 2
    assert column(read(TWICE.format(number="1"), answers={key: False}), "item") == [1, 2, 3]


def test_a_number_that_comes_back_in_the_middle_is_asked() -> None:
    reading = read("""
        No | Recommendation
        1 | That the pier be lit.
        2 | That the quay be swept.
        3 | That the buoys be painted.
        2 | That the harbour be dredged.
    """)
    assert [asked(entry) for entry in reading.entries] == [[], ["item"], [], ["item"]]


@pytest.mark.parametrize(
    "drawing",
    [
        "No | Recommendation\\n1 | Light the pier\\n2 | Sweep the quay\\n1 | Paint the buoys\\n2 | Dredge it all",
        "Review | No | Recommendation\\nPiers | 1 | Light the pier\\nQuays | 1 | Sweep the quay",
        "Meeting date | No | Recommendation\\n1 May 2023 | 1 | Light the pier\\n3 June 2023 | 1 | Sweep the quay",
        "No | Recommendation | Lead\\nPiers review | < | <\\n1 | Light the pier | Cabinet\\nQuays review | < | <\\n1 | Sweep it | Cabinet",
    ],
)  # fmt: skip
def test_lists_that_begin_anew_are_not_asked(drawing: str) -> None:
    reading = read(drawing.replace("\\n", "\n"))
    assert all("item" not in asked(entry) for entry in reading.entries)


ONE = """
    No | Recommendation | Status
    1 | That a bench be put in the park. | On track
    2 | That a tree be planted. | Complete
"""


def of_two_tables(second: str) -> list[list[str]]:
    file = tracker(table(ONE, "#Position at 31 March 2024"), table(second, "#Updates"))
    return [asked(entry) for entry in read_tracker(file, Answers()).entries]


def test_two_tables_of_one_list_with_another_wording_are_asked() -> None:
    assert of_two_tables("""
        No | Recommendation | Progress
        1 | That benches be put wherever people wait for a bus. | Begun.
        2 | That a tree be planted. | Planted.
    """) == [["item"], [], ["item"], []]


def test_two_tables_of_two_lists_are_not_asked() -> None:
    assert of_two_tables("""
        No | Recommendation | Progress
        1 | That the library be open on Sundays. | Begun.
        2 | That the pool be heated. | Heated.
    """) == [[], [], [], []]
