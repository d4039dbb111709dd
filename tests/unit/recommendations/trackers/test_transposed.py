"""Tables that lie on their side: labels down the first column, recommendations across."""

from recommendations.trackers.cells import Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.tracker import read_tracker

LABELS = ("Ref", "Recommendation", "Lead officer", "Response", "Status")
FIRST = ("HS1", "That the Cabinet publish a winter plan.", "Head of Housing", "Accepted", "Complete")
SECOND = (
    "HS2",
    "That the Cabinet report back on damp and mould.",
    "Head of Planning",
    "Rejected",
    "Not started",
)


def _read(*rows):
    table = Table(
        "Tracker",
        tuple(
            Row(number, tuple(Cell((Piece(words),)) for words in row)) for number, row in enumerate(rows, 1)
        ),
        len(rows[0]),
    )
    return read_tracker(TrackerFile("tracker.xlsx", "xlsx", (table,)))


def test_each_column_is_a_recommendation():
    reading = _read(("Position at 3 May 2024", "", ""), *zip(LABELS, FIRST, SECOND, strict=True))
    assert [(one.reference, one.text, one.owners, one.response, one.claim) for one in reading.entries] == [
        (FIRST[0], FIRST[1], ("Head of Housing",), "accepted", "delivered"),
        (SECOND[0], SECOND[1], ("Head of Planning",), "rejected", "not_started"),
    ]
    assert reading.as_at.words == "3 May 2024"


def test_a_line_is_told_by_its_column():
    reading = _read(*zip(LABELS, FIRST, SECOND, strict=True))
    assert [one.place.row for one in reading.entries] == [2, 3]


def test_a_column_without_wording_is_no_line():
    reading = _read(*zip(LABELS, FIRST, SECOND, ("",) * 5, strict=True))
    assert len(reading.entries) == 2


def test_an_upright_table_stays_upright():
    reading = _read(LABELS, FIRST, SECOND)
    assert [one.place.row for one in reading.entries] == [2, 3]
    assert [one.text for one in reading.entries] == [FIRST[1], SECOND[1]]


def test_one_short_wording_among_others_is_a_recommendation_too():
    short = ("HS3", "Benchmark gritting", "Head of Planning", "Accepted", "Complete")
    reading = _read(*zip(LABELS, FIRST, SECOND, short, strict=True))
    assert [one.text for one in reading.entries] == [FIRST[1], SECOND[1], short[1]]
