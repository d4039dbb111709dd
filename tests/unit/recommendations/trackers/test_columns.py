"""What columns are taken for where several of them may hold one thing."""

from recommendations.trackers.cells import Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.tracker import read_tracker

ROWS = (
    ("Year", "Date agreed by Committee", "Recommendation", "Lead officer", "Status"),
    ("2019/20", "23 January 2020", "That the Cabinet publish a winter plan.", "Head of Housing", "Complete"),
    ("2019/20", "27 February 2020", "That the Cabinet report back on damp.", "Head of Planning", "Complete"),
)


def test_the_day_goes_before_the_year_in_which_it_was_made():
    table = Table(
        1,
        tuple(Row(at, tuple(Cell((Piece(words),)) for words in row)) for at, row in enumerate(ROWS, 1)),
        5,
    )
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (table,)))
    assert [(one.made_on.words, one.outcome_on.words) for one in reading.entries] == [
        ("23 January 2020", ""),
        ("27 February 2020", ""),
    ]
