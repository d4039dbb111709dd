"""Columns of an earlier day than the file's, text behind a status of a day, decisions among notes, formulas that fail."""

from __future__ import annotations

import pytest

from tests.tracker_files import read as read_file
from tests.tracker_files import words
from tests.tracker_tables import asked, column, read

TWO = """
    No | Recommendation | {first} | {second}
    1 | That the pier be lit. | Lamps were bought. | The lamps were lit.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Previous update", "Latest update"),
        ("Update 6 months", "Update 12 months"),
        ("Six month update", "Twelve month update"),
        ("Initial progress", "Progress"),
        ("Update at last meeting", "Update"),
    ],
)
def test_an_update_of_an_earlier_day_is_not_of_the_file_s(first: str, second: str) -> None:
    reading = read(TWO.format(first=first, second=second))
    days = [str(update.as_at.start or "") for update in reading.entries[0].updates]
    assert days == ["", "2024-03-31"]
    assert "updates" in asked(reading.entries[0])


def test_its_day_is_what_was_answered() -> None:
    drawing = TWO.format(first="Previous update", second="Latest update")
    (question,) = read(drawing).questions
    said = read(drawing, answers={question.key: "2023-09-30"})
    assert [str(one.as_at.start) for one in said.entries[0].updates] == ["2023-09-30", "2024-03-31"]
    assert said.questions == ()


@pytest.mark.parametrize("header", ["Progress since last meeting", "Latest update", "Update"])
def test_one_update_is_of_the_file_s_day(header: str) -> None:
    reading = read(TWO.format(first="Owner", second=header))
    assert "updates" not in asked(reading.entries[0])


def test_text_behind_a_status_is_of_the_day_in_its_header() -> None:
    reading = read("""
        No | Recommendation | Progress at 30 Sept 2023 | Progress at 31 March 2024
        1 | That the pier be lit. | In progress. Tender is out. | Complete. The lamps are lit.
    """)
    updates = [(str(one.as_at.start), one.text, one.claim) for one in reading.entries[0].updates]
    assert updates == [
        ("2023-09-30", "Tender is out", "on_track"),
        ("2024-03-31", "The lamps are lit", "delivered"),
    ]
    assert column(reading, "claim") == ["delivered"]


def test_one_column_of_progress_with_the_file_s_day() -> None:
    reading = read("""
        No | Recommendation | Owner | Progress at 31 March 2024
        1 | That the pier be lit. | Cabinet | Complete. The lamps are lit and shine well.
        2 | That the quay be swept. | Cabinet | Brooms were bought by the trust in spring.
    """)
    assert column(reading, "claim") == ["delivered", None]
    assert reading.entries[0].updates[0].claim == "delivered"


@pytest.mark.parametrize(
    ("header", "note", "fields"),
    [
        ("Scrutiny comments", "Committee satisfied, remove from tracker", ["outcome"]),
        ("Scrutiny comments", "Agreed to close on 4 March 2024", ["outcome"]),
        ("Notes", "Signed off by the Committee on 4 March 2024", ["outcome"]),
        ("Scrutiny comments", "Members asked for a further report", []),
        ("Notes", "The road was closed in June", []),
    ],
)
def test_a_decision_among_notes_is_asked(header: str, note: str, fields: list[str]) -> None:
    reading = read(f"""
        No | Recommendation | Progress | {header} | Status
        1 | That the pier be lit. | The lamps were lit. | {note} | Complete
        2 | That the quay be swept. | Brooms were bought. | Members thanked the officers for what they did. | On track
    """)
    assert asked(reading.entries[0]) == fields
    assert note in reading.entries[0].notes.values()


def test_a_formula_that_fails_is_asked() -> None:
    reading = read("""
        No | Recommendation | Response | Status | Target date | Committee decision
        1 | #REF! | #N/A | #N/A | #REF! | #N/A
        2 | That the pier be lit. | Accepted | On track | May 2024 | Keep open
    """)
    assert set(asked(reading.entries[0])) == {"text", "response", "claim", "target", "outcome"}
    assert column(reading, "response") == [None, "accepted"]


@pytest.mark.parametrize(
    "item",
    [
        "<ol start=2><li></li></ol>",
        "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span><![endif]></p>",
    ],
)
def test_a_number_alone_in_a_cell_of_a_page(item: str) -> None:
    page = f"<table><tr><td>No<td>Recommendation</tr><tr><td>{item}</td><td>That the pier be lit.</td></tr></table>"
    assert words(read_file(page, "list.html").tables[0])[1] == ["2.", "That the pier be lit."]


def test_headers_of_councils_in_wales() -> None:
    reading = read("""
        Rhif | Argymhelliad | Perchennog / Owner | Ymateb | Statws | Dyddiad targed
        1 | Bod y cyngor yn plannu coed. | Head of Parks | Accepted | On track | 31/05/2024
    """)
    assert column(reading, "owners") == ["Head of Parks"]
    assert column(reading, "target") == ["2024-05-31"]
    assert column(reading, "claim") == ["on_track"]
