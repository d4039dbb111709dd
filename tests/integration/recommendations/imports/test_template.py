"""The empty workbook for those who start clean."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from recommendations.imports.template import COLUMNS, template_workbook
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.tracker import read_tracker

FILLED = (
    "SR (23/24) 01", "1", "Ferries", "That the ferry runs until ten in summer.", "Cabinet", "2 May 2023", "High",
    "Accepted in part", "There is no money for winter.", "6 June 2023", "March 2024", "June 2024",
    "March 2024: two boats are ordered.", "On track", "", "", "",
)  # fmt: skip


def test_is_understood_without_a_question() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    sheet = book.worksheets[0]
    sheet["A1"] = "Recommendations of the Transport Select Committee: position at 31 March 2024"
    for row in (FILLED, ("SR (23/24) 02", "2", "Ferries", "That the pier is lit at night.", *FILLED[4:])):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    reading = read_tracker(read_tracker_file(file, "tracker.xlsx"))
    assert reading.questions == ()
    assert len(reading.entries) == 2
    first = reading.entries[0]
    assert (first.reference, first.number, first.inquiry) == ("SR (23/24) 01", "1", "Ferries")
    assert (first.response, first.reason) == ("in_part", "There is no money for winter.")
    assert (first.target.words, first.earlier_targets[0].words) == ("June 2024", "March 2024")
    assert first.claim == "on_track"
    (table,) = reading.tables
    assert [column.header for column in table.columns] == [name for name, _, _ in COLUMNS]
    assert "notes" not in {column.meaning for column in table.columns}
