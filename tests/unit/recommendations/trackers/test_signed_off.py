"""Sentences around a table that say what became of its recommendations are proposed and asked, or told as left out."""

from __future__ import annotations

import pytest

from recommendations.trackers.questions import Answers
from recommendations.trackers.reading import Reading
from recommendations.trackers.signed_off import sayings
from recommendations.trackers.tracker import read_tracker
from tests.tracker_files import read as read_file
from tests.tracker_tables import asked, column, table, tracker
from tests.tracker_tables import paragraph as written

FIRST = """
    No | Recommendation | Status
    1 | That the pier be lit. | Complete
    2 | That the quay be swept. | On track
    3 | That the buoys be painted. | Complete
"""
SECOND = """
    No | Recommendation | Status
    4 | That the harbour be dredged. | On track
    5 | That the crane be mended. | On track
"""
SIGNED_OFF = "All recommendations were signed off by the Committee on 4 March 2024."


def read(*sentences: str, answers: dict[str, object] | None = None, above: str = "") -> Reading:
    before = ["#Position at 31 March 2024", *([above] if above else [])]
    between = tuple(written(one, number) for number, one in enumerate(sentences, 7))
    first = table(FIRST, *before, after=between)
    return read_tracker(tracker(first, table(SECOND, *between)), Answers(answers or {}))


def test_a_sign_off_below_a_table_is_an_outcome_that_is_asked_of_its_lines() -> None:
    reading = read(SIGNED_OFF)
    assert column(reading, "outcome") == ["close_implemented"] * 3 + [None] * 2
    assert column(reading, "outcome_on")[:3] == ["2024-03-04"] * 3
    assert [asked(entry) for entry in reading.entries] == [["outcome"]] * 3 + [[]] * 2
    assert len(reading.questions) == 1


@pytest.mark.parametrize(("answer", "outcomes"), [("outcome:close_superseded", 3), ("none", 0)])
def test_the_answer_holds_for_all_of_them(answer: str, outcomes: int) -> None:
    said = read(SIGNED_OFF, answers={read(SIGNED_OFF).questions[0].key: answer})
    assert said.questions == ()
    assert sum(1 for outcome in column(said, "outcome") if outcome) == outcomes


SOME = [
    ("Recommendations 1 and 2 were closed by the Committee on 4 March 2024.", ["1", "2"]),
    ("The Committee agreed on 4 March 2024 that recommendations 2-4 be closed.", ["2", "3", "4"]),
    ("Noted. Recommendation 3 was signed off as complete by the Scrutiny Committee.", ["3"]),
    ("Members signed off Recs 1, 5.", ["1", "5"]),
    ("Recommendation 2 is superseded by the new strategy.", ["2"]),
    ("Actions 1 to 3 have been completed.", ["2"]),
    ("It is proposed that recommendations 1 and 2 be closed by the Committee.", []),
    ("All recommendations have been accepted and are being implemented.", []),
    ("The Cabinet agreed all recommendations on 2 May 2023.", []),
    ("Recommendation 1 will be completed by June 2024.", []),
]


@pytest.mark.parametrize(("sentence", "numbers"), SOME)
def test_the_lines_that_are_named_are_asked(sentence: str, numbers: list[str]) -> None:
    reading = read(sentence)
    assert [entry.number for entry in reading.entries if entry.problems] == numbers


def test_a_sentence_about_no_line_is_told_as_left_out() -> None:
    reading = read("Recommendation 9 was closed by the Committee on 4 March 2024.")
    assert [asked(entry) for entry in reading.entries] == [[]] * 5
    told = [one for one in reading.ignored if "recommendations that are not in the table" in one.reason]
    assert [(one.row, one.words[:16]) for one in told] == [(7, "Recommendation 9")]


def test_a_sentence_over_a_table_that_names_one_line_says_nothing_of_the_others() -> None:
    reading = read(above="Recommendation 1 was closed by the Committee on 4 March 2024.")
    assert [asked(entry) for entry in reading.entries] == [["outcome"]] + [[]] * 4


def test_a_heading_with_a_verb_asks_nothing_of_the_table_above() -> None:
    reading = read("Recommendations that have been signed off by the Committee")
    assert [asked(entry) for entry in reading.entries[:3]] == [[]] * 3


def test_a_heading_is_of_the_table_below_it_alone() -> None:
    reading = read("Recommendations signed off by the Committee")
    assert column(reading, "outcome") == [None] * 3 + ["close_implemented"] * 2
    assert reading.questions == ()


def test_a_row_below_the_lines_of_a_csv_file() -> None:
    text = f"Position at 31 March 2024\nNo,Recommendation,Status\n1,That the pier be lit.,Complete\n\n{SIGNED_OFF}\n"
    reading = read_tracker(read_file(text, "signed.csv"), Answers())
    assert [asked(entry) for entry in reading.entries] == [["outcome"]]
    assert ("note", SIGNED_OFF) in [(one.reason, one.words) for one in reading.ignored]


def test_ranges_are_bounded() -> None:
    (saying,) = sayings("Recommendations 1 to 999 were closed by the Committee.")
    assert len(saying.named) < 70
