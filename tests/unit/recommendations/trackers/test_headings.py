"""A value that a heading gives shows the heading's words and where they stand."""

import pytest

from recommendations.trackers.cells import Cell, Paragraph, Piece, Row, Table, TrackerFile
from recommendations.trackers.tracker import read_tracker

HEADER = ("No.", "Recommendation", "Lead officer", "Progress")
ROWS = (
    ("1", "That the Cabinet publish its plan for ferries.", "Head of Housing", "Begun."),
    ("2", "That the Cabinet report back on ferries.", "Head of Planning", "Begun."),
)


def _sources(field, *, name=1, titles=(), across=(), rows=ROWS, header=HEADER):
    """Return where the words behind a field stand, and these, for the first line of a table."""
    whole = [header, *((words, *[""] * (len(header) - 1)) for words in across), *rows]
    table = Table(
        name,
        tuple(
            Row(number, tuple(Cell((Piece(words),)) for words in row)) for number, row in enumerate(whole, 1)
        ),
        len(header),
        before=tuple(Paragraph(number, (Piece(words),)) for number, words in enumerate(titles, 1)),
    )
    kind = "xlsx" if isinstance(name, str) else "docx"
    entry = read_tracker(TrackerFile(f"tracker.{kind}", kind, (table,))).entries[0]
    return [(one.header, one.words, one.place.row) for one in entry.sources.get(field, ())]


def test_an_inquiry_in_a_row_across_the_table():
    assert _sources("inquiry", across=["Review: Ferries"]) == [
        ("Row 2, across the table", "Review: Ferries", 2)
    ]


def test_an_inquiry_in_a_title():
    assert _sources("inquiry", titles=["Recommendations of the Ferries Inquiry"]) == [
        ("Title over the table", "Recommendations of the Ferries Inquiry", None)
    ]


def test_an_inquiry_in_the_name_of_the_sheet():
    assert _sources("inquiry", name="Ferries Inquiry") == [("Name of the sheet", "Ferries Inquiry", None)]


def test_an_inquiry_in_a_cell():
    header, rows = (*HEADER, "Inquiry"), tuple((*row, "Buses Inquiry") for row in ROWS)
    found = _sources("inquiry", header=header, rows=rows, titles=["Ferries Inquiry"])
    assert found == [("Inquiry", "Buses Inquiry", 2)]


@pytest.mark.parametrize("words", ["Recommendations to: Cabinet", "The Cabinet is recommended:"])
def test_an_owner_in_a_row_across_the_table(words):
    rows = tuple((number, text, progress) for number, text, _, progress in ROWS)
    header = ("No.", "Recommendation", "Progress")
    assert _sources("owners", header=header, rows=rows, across=[words]) == [
        ("Row 2, across the table", words, 2)
    ]
