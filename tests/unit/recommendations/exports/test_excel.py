"""Excel files within what Excel can hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from recommendations.exports.excel import LONGEST_CELL, ListWorkbook, excel, parts, sheet_name, utf16_length


def opened(file: Any) -> Any:
    with file:
        return load_workbook(file)


class TestLongTexts:
    def test_a_text_longer_than_a_cell_goes_on_and_says_where(self) -> None:
        text = " ".join(f"word{number}" for number in range(6_000))
        book = opened(excel("Recommendations", ["Reference", "Text"], [["TR 1", "short"], ["TR 2", text]]))
        assert book.sheetnames == ["Recommendations", "Long texts"]
        begun = book["Recommendations"]["B3"].value
        assert begun.endswith("[… goes on in the sheet “Long texts”, cell C2]")
        rows = [[cell.value for cell in row] for row in book["Long texts"].iter_rows(min_row=2)]
        assert [row[:2] for row in rows] == [["Recommendations, B3", "Text"]]
        assert begun.partition(" [… goes on")[0] + rows[0][2] == text

    def test_a_very_long_one_goes_on_more_than_once(self) -> None:
        text = "🙂 taxi " * 20_000
        book = opened(excel("Recommendations", ["Text"], [[text], ["=1+1"]]))
        cells = [
            book.worksheets[0]["A2"].value,
            *(row[2].value for row in book["Long texts"].iter_rows(min_row=2)),
        ]
        assert len(cells) == 5
        assert all(utf16_length(cell) <= LONGEST_CELL for cell in cells)
        assert cells[1].endswith("[… goes on in cell C3]")
        assert "".join(cell.partition(" [… goes on")[0] for cell in cells) == text
        assert book.worksheets[0]["A3"].data_type == "s"

    def test_one_that_just_fits_stays_whole(self) -> None:
        book = opened(excel("Recommendations", ["Text"], [["x" * LONGEST_CELL]]))
        assert book.sheetnames == ["Recommendations"]
        assert book.worksheets[0]["A2"].value == "x" * LONGEST_CELL

    @given(st.lists(st.sampled_from(["word ", "🙂", "x" * 9_000, "\n", "é" * 500]), min_size=1, max_size=40))
    @settings(max_examples=40, deadline=None)
    def test_no_letter_is_lost(self, pieces: list[str]) -> None:
        text = "".join(pieces)
        found = list(parts(text))
        assert "".join(found) == text
        assert all(0 < utf16_length(part) < LONGEST_CELL - 80 for part in found)


def test_a_full_sheet_says_on_which_the_list_goes_on() -> None:
    book = ListWorkbook("Recommendations", ["Number"], most_rows=5)
    for number in range(8):
        book.add([number])
    read = opened(book.file())
    assert read.sheetnames == ["Recommendations", "Recommendations 2", "Recommendations 3"]
    values = [[row[0].value for row in sheet.iter_rows()] for sheet in read.worksheets]
    assert values[0] == [
        "Number",
        0,
        1,
        2,
        "The list goes on on the sheet “Recommendations 2”: this one is full",
    ]
    assert [value for sheet in values for value in sheet if isinstance(value, int)] == list(range(8))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Recommendations to the Children’s Services Board", "Recommendations to the Children"),
        ("a/b: [c]?*\\", "ab c"),
        ("'quoted'", "quoted"),
        ("///", "List"),
        ("History", "History (list)"),
    ],
)
def test_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert len(sheet_name(title, 12)) <= 31
