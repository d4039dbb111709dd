"""Rows that hold the rest of the sentences above them."""

from __future__ import annotations

from tests.tracker_tables import asked, column, read


def test_wording_and_progress_that_go_on_in_the_next_row() -> None:
    reading = read("""
        No | Recommendation | Owner | Progress
        1 | That the pier be lit from end | Cabinet | The lamps were bought in June and
         | to end by night. | | put up in July by the contractor.
        2 | That the quay be swept. | Cabinet | Brooms were bought
         | | | and are used.
    """)
    assert column(reading, "text") == [
        "That the pier be lit from end to end by night.",
        "That the quay be swept.",
    ]
    assert [[one.text for one in entry.updates] for entry in reading.entries] == [
        ["The lamps were bought in June and put up in July by the contractor."],
        ["Brooms were bought and are used."],
    ]
    assert [asked(entry) for entry in reading.entries] == [["text", "updates"], ["updates"]]


def test_another_update_of_the_same_recommendation_stays_a_line() -> None:
    reading = read("""
        No | Recommendation | Owner | Progress
        1 | That the pier be lit. | Cabinet | The lamps were bought.
         | | | They were put up in July.
    """)
    assert column(reading, "item") == [1, 1]


def test_a_row_with_an_owner_of_its_own_stays_a_line() -> None:
    reading = read("""
        No | Recommendation | Owner | Progress
        1 | That the pier be lit. | Cabinet | The lamps were bought and
         | | Harbour Trust | put up in July.
    """)
    assert column(reading, "owners") == ["Cabinet", "Harbour Trust"]
