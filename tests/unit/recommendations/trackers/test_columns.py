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
