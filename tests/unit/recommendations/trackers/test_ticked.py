"""Choices with boxes: the ticked one is what a cell says; where not one is, somebody is asked."""

from __future__ import annotations

import pytest

from recommendations.trackers.ticked import read_choices
from tests.tracker_files import cell, para, row, run, table, word
from tests.tracker_files import read as read_file
from tests.tracker_tables import asked, column, read

BOXES = [
    ("☒ Yes ☐ No", ("Yes", "No"), ("Yes",), ""),
    ("☐ Yes / ☑ No", ("Yes", "No"), ("No",), ""),
    ("Yes ☒ No ☐", ("Yes", "No"), ("Yes",), ""),
    ("[x] Complete [ ] In progress", ("Complete", "In progress"), ("Complete",), ""),
    ("Yes (x)\nNo ( )", ("Yes", "No"), ("Yes",), ""),
    ("□ Accepted\n☑ Rejected\nNo money.", ("Accepted", "Rejected"), ("Rejected",), "No money."),
    ("Response: ☐ Yes ✓ No", ("Yes", "No"), ("No",), ""),
    ("☐ Yes ☐ No", ("Yes", "No"), (), ""),
    ("☒ Yes ☒ No", ("Yes", "No"), ("Yes", "No"), ""),
]


@pytest.mark.parametrize(("text", "labels", "ticked", "rest"), BOXES)
def test_choices(text: str, labels: tuple[str, ...], ticked: tuple[str, ...], rest: str) -> None:
    choices = read_choices(text)
    assert choices
    assert (choices.labels, choices.ticked, choices.rest) == (labels, ticked, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Yes",
        "☒",
        "☒ Yes ☐",
        "Yes ☒ No ☐ perhaps",
        "✓ Yes ✗ No",
        "See (a) and (b)",
        "The list [ ] is open",
        "",
    ],
)
def test_no_choices(text: str) -> None:
    assert read_choices(text) is None


def test_the_ticked_one_is_the_value_and_none_or_both_are_asked() -> None:
    reading = read("""
        No | Recommendation | Response | Status | Committee decision
        1 | That the pier be lit. | ☒ Yes ☐ No | ☐ Not started ☒ In progress ☐ Complete | ☐ Implemented ☒ Keep open
        2 | That the quay be swept. | ☐ Yes ☑ No | ☒ Not started ☐ In progress ☐ Complete | ☐ Implemented ☐ Keep open
        3 | That the buoys be painted. | ☐ Yes ☐ No | ☒ Not started ☒ In progress ☐ Complete | ☒ Implemented ☐ Keep open
    """)
    assert column(reading, "response") == ["accepted", "rejected", None]
    assert column(reading, "claim") == ["on_track", "not_started", None]
    assert column(reading, "outcome") == [None, None, "close_implemented"]
    assert [asked(entry) for entry in reading.entries] == [[], ["outcome"], ["response", "claim"]]


def test_what_was_answered_about_boxes_counts() -> None:
    drawing = """
        No | Recommendation | Response
        1 | That the pier be lit. | ☐ Accepted ☐ Rejected
        2 | That the quay be swept. | ☒ Accepted ☐ Rejected
    """
    reading = read(drawing)
    assert [question.sentence for question in reading.questions] == [
        "No box is ticked: Accepted, Rejected. Which is it?"
    ]
    said = read(drawing, answers={reading.questions[0].key: "response:rejected"})
    assert column(said, "response") == ["rejected", "accepted"]
    assert said.questions == ()


def test_owners_and_priorities_are_ticked_too() -> None:
    reading = read("""
        No | Recommendation | Owner | Priority | Exempt
        1 | That the pier be lit. | ☒ Cabinet ☐ Harbour Trust | ☒ High ☐ Low | ☐ Exempt ☒ Public
        2 | That the quay be swept. | ☒ Cabinet ☒ Harbour Trust | ☐ High ☒ Low | ☒ Exempt ☐ Public
        3 | That the buoys be painted. | ☐ Cabinet ☐ Harbour Trust | ☐ High ☒ Low | ☐ Exempt ☒ Public
    """)
    assert column(reading, "owners") == ["Cabinet", "Cabinet; Harbour Trust", ""]
    assert column(reading, "priority") == ["High", "Low", "Low"]
    assert column(reading, "exempt") == [False, True, False]
    assert asked(reading.entries[2]) == ["owners"]
    assert reading.entries[0].sources["owners"][0].words == "☒ Cabinet ☐ Harbour Trust"


def test_a_list_of_steps_in_boxes_stays_progress() -> None:
    reading = read("""
        No | Recommendation | Status | Progress
        1 | That the pier be lit. | On track | ☒ Lamps were bought by the trust ☐ Lamps are to be put up
        2 | That the quay be swept. | On track | A broom was bought, and the quay will be swept.
    """)
    assert column(reading, "claim") == ["on_track", "on_track"]
    assert reading.entries[0].updates[0].text.startswith("☒ Lamps")


def test_two_ticked_columns_are_asked() -> None:
    drawing = """
        No | Recommendation | Accept | Part accept | Reject
        1 | That the pier be lit. | ☒ | ☐ | ☐
        2 | That the quay be swept. | | x | x
        3 | That the buoys be painted. | ☐ | ☐ | ☐
    """
    reading = read(drawing)
    assert column(reading, "response") == ["accepted", None, None]
    assert [asked(entry) for entry in reading.entries] == [[], ["response"], []]
    said = read(drawing, answers={reading.questions[0].key: "response:in_part"})
    assert column(said, "response") == ["accepted", "in_part", None]


CONTROL = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w14:checked w14:val="{on}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{drawn}</w:t></w:r></w:sdtContent></w:sdt>'
)
FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{on}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize("box", [CONTROL, FORM])
@pytest.mark.parametrize("drawn", ["☒", "X", ""])
def test_boxes_of_word_are_read_by_their_state(box: str, drawn: str) -> None:
    choices = "".join(
        box.format(on=on, drawn=drawn) + run(f" {label} ") for on, label in ((0, "Yes"), (1, "No"))
    )
    file = read_file(word(table(row("Response"), row(cell(f"<w:p>{choices}</w:p>")))), "boxes.docx")
    assert file.tables[0].rows[1].cells[0].text == "☐ Yes ☒ No"


def test_boxes_that_are_letters_of_a_font_of_signs() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="{}"/></w:r>'
    choices = sign.format("F0A8") + run(" Accepted ") + sign.format("F0FE") + run(" Rejected")
    made = word(
        para("Position at 31 March 2024")
        + table(
            row("No", "Recommendation", "Response"),
            row("1", "That the pier be lit.", cell(f"<w:p>{choices}</w:p>")),
        )
    )
    assert read_file(made, "signs.docx").tables[0].rows[1].cells[2].text == "☐ Accepted ☑ Rejected"
