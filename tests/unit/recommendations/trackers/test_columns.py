"""What columns are taken for where several of them may hold one thing."""

import pytest

from recommendations.trackers.cells import Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.tracker import read_tracker

ROWS = (
    ("Year", "Date agreed by Committee", "Recommendation", "Lead officer", "Status"),
    ("2019/20", "23 January 2020", "That the Cabinet publish a winter plan.", "Head of Housing", "Complete"),
    ("2019/20", "27 February 2020", "That the Cabinet report back on damp.", "Head of Planning", "Complete"),
)


COMMENTED = (
    ("Ref", "Recommendation", "Owner", "Response", "Status", "Progress to date", "Target date", "Comments"),
    ("CYP 24/25-01", "That the Cabinet publish a winter plan.", "Cabinet", "Accepted", "Complete", "It is out.", "31 March 2025", "Recommend closure"),
    ("CYP 24/25-02", "That the Cabinet report back on damp.", "Cabinet", "Rejected", "", "Nothing is done.", "", "Raised again in May"),
)  # fmt: skip


def test_comments_far_from_the_response_are_no_reason_for_it():
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (a_table(COMMENTED),)))
    assert [one.reason for one in reading.entries] == [None, None]
    assert [one.notes for one in reading.entries] == [
        {"Comments": "Recommend closure"},
        {"Comments": "Raised again in May"},
    ]


def a_table(rows):
    """A table of these rows, all of plain cells."""
    return Table(
        1,
        tuple(Row(at, tuple(Cell((Piece(words),)) for words in row)) for at, row in enumerate(rows, 1)),
        len(rows[0]),
    )


def test_the_day_goes_before_the_year_in_which_it_was_made():
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (a_table(ROWS),)))
    assert [(one.made_on.words, one.outcome_on.words) for one in reading.entries] == [
        ("23 January 2020", ""),
        ("27 February 2020", ""),
    ]


@pytest.mark.parametrize(
    ("first", "second", "meaning"),
    [
        ("2023-01", "2023-02", "reference"),
        ("2023/001", "2023/002", "reference"),
        ("2023-24", "2024-25", "made_on"),
        ("3 May 2023", "4 May 2023", "made_on"),
    ],
)
def test_years_with_numbers_in_a_first_column_without_a_header_are_references(first, second, meaning):
    rows = (
        ("", "Recommendation", "Status", "Lead officer"),
        (first, "That the Cabinet publish a winter plan.", "On track", "Head of Housing"),
        (second, "That the Cabinet report back on damp.", "On track", "Head of Planning"),
    )
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (a_table(rows),)))
    assert reading.tables[0].columns[0].meaning == meaning
    if meaning == "reference":
        assert [one.reference for one in reading.entries] == [first, second]
        assert [one.problems for one in reading.entries] == [(), ()]


def test_months_that_come_again_in_a_first_column_without_a_header_are_no_references():
    rows = (
        ("", "Recommendation", "Status", "Lead officer"),
        *(("2023-01", f"That the Cabinet publish plan {at}.", "On track", "Cabinet") for at in range(4)),
    )
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (a_table(rows),)))
    assert reading.tables[0].columns[0].meaning == "made_on"


REFS, NUMBERS = ("TR/24/01", "TR/24/02"), ("1", "2")


def counted_by(*columns):
    """The reading of a table whose recommendations stand beside these columns, each a header and its two values."""
    rows = (
        (*(header for header, _ in columns), "Recommendation", "Lead officer", "Status"),
        *(
            (*(values[at] for _, values in columns), f"That the Cabinet publish plan {at}.", "Head of Housing", "On track")
            for at in range(2)
        ),
    )  # fmt: skip
    return read_tracker(TrackerFile("tracker.csv", "csv", (a_table(rows),)))


@pytest.mark.parametrize(
    "kept",
    [
        ("File no.", ("1204", "1377")),
        ("File ref", ("HS-99", "HS-12")),
        ("Case number", ("C/7", "C/9")),
        ("Page no.", ("12", "13")),
        ("Para no.", ("4.1", "4.2")),
        ("Old ref", ("A1", "A2")),
        ("Officer’s file", ("Housing folder 3", "HS/12")),
        ("Lead officer’s e-mail", ("h@council.example", "p@council.example")),
    ],
)
@pytest.mark.parametrize(
    ("own", "meaning"), [(("Ref", REFS), "reference"), (("Ref", NUMBERS), "reference"), (("No.", NUMBERS), "number")]
)  # fmt: skip
def test_what_counts_other_things_stays_a_note_beside_the_number_of_the_recommendation(own, meaning, kept):
    for columns in ((own, kept), (kept, own)):
        reading = counted_by(*columns)
        meanings = {column.header: column.meaning for column in reading.tables[0].columns}
        assert (meanings[own[0]], meanings[kept[0]], meanings["Lead officer"]) == (meaning, "notes", "owners")
        assert [one.notes for one in reading.entries] == [{kept[0]: value} for value in kept[1]]
        assert not [question for question in reading.questions if question.kind == "column"]


def test_the_second_of_two_references_is_no_number():
    (first, second) = counted_by(("Our ref", REFS), ("Your ref", ("HS-99", "HS-12"))).tables[0].columns[:2]
    assert (first.meaning, second.meaning) == ("reference", "notes")


def test_the_number_of_a_file_is_asked_about_where_nothing_else_counts_the_recommendations():
    reading = counted_by(("File no.", ("1204", "1377")))
    assert [question.words for question in reading.questions if question.kind == "column"] == ["File no."]
