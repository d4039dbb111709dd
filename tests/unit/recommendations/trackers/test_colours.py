"""Names of fills."""

from __future__ import annotations

import pytest

from recommendations.trackers.cells import Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.colours import colour_name, colour_words
from recommendations.trackers.tracker import read_tracker

NAMES = {
    "92D050": "green",
    "00B050": "green",
    "C6EFCE": "green",
    "FFC000": "amber",
    "FFEB9C": "amber",
    "FFFF00": "yellow",
    "ED7D31": "orange",
    "FF0000": "red",
    "FFC7CE": "red",
    "0070C0": "blue",
    "7030A0": "purple",
    "BFBFBF": "grey",
    "F2F2F2": "",
    "FFFFFF": "",
    "000000": "",
    "": "",
    "xyz": "",
    None: "",
}


@pytest.mark.parametrize("code", NAMES)
def test_names(code: str | None) -> None:
    assert colour_name(code) == NAMES[code]


def test_words_of_a_cell_without_text() -> None:
    assert [colour_words(code) for code in ("92D050", "FFFFFF", None)] == [
        "green (colour of the cell)",
        "",
        "",
    ]


def test_the_source_of_a_status_names_the_colour_and_no_code() -> None:
    rows = (
        Row(1, tuple(Cell((Piece(words),)) for words in ("Ref", "Recommendation", "RAG", "Owner"))),
        Row(
            2,
            (
                Cell((Piece("R1"),)),
                Cell((Piece("That the Cabinet publish a winter plan."),)),
                Cell(colour="00B050"),
                Cell((Piece("Head of Housing"),), colour="FFFFFF"),
            ),
        ),
    )
    reading = read_tracker(TrackerFile("tracker.xlsx", "xlsx", (Table(1, rows, 4),)))
    (entry,) = reading.entries
    assert [(one.header, one.words) for one in entry.sources["claim"]] == [
        ("RAG", "green (colour of the cell)")
    ]
