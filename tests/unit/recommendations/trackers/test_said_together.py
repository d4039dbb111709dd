"""What stands together in one cell: a date and a status, a wording and its status or owner, quarters without a year."""

from __future__ import annotations

import pytest

from tests.tracker_tables import asked, column, read


@pytest.mark.parametrize(
    "header", ["Target date and status", "Progress and target date", "Status / Due date"]
)
def test_a_date_before_a_status_is_the_target(header: str) -> None:
    reading = read(f"""
        No | Recommendation | Owner | {header}
        1 | That the pier be lit. | Cabinet | May 2024 - on track
        2 | That the quay be swept. | Cabinet | Complete (Jan 2024)
        3 | That the buoys be painted. | Cabinet | 31/05/2024: in progress
        4 | That the harbour be dredged. | Cabinet | On track - due July 2024
        5 | That the crane be mended. | Cabinet | Overdue, new date is June 2024
        6 | That the shed be sold. | Cabinet | June 2024
    """)
    assert column(reading, "claim")[:4] == ["on_track", "delivered", "on_track", "on_track"]
    assert column(reading, "target") == [
        "2024-05-01 to 2024-05-31",
        "",
        "2024-05-31",
        "2024-07-01 to 2024-07-31",
        "",
        "2024-06-01 to 2024-06-30",
    ]
    assert ["target" in asked(entry) for entry in reading.entries] == [False] * 4 + [True, False]


@pytest.mark.parametrize(
    ("wording", "fields"),
    [
        ("That the pier be lit. COMPLETED", ["text"]),
        ("That the pier be lit [Rejected by Cabinet]", ["text"]),
        ("That the pier be lit (deferred)", ["text"]),
        ("That the pier be lit (Lead: Head of Ports)", ["owners"]),
        ("That the pier be lit. Owner: Head of Ports", ["owners"]),
        ("That the pier be lit by LED.", []),
        ("That the pier be lit (see recommendation 4)", []),
        ("That all forms be in one place (the library)", []),
        ("That members agree a leader: the mayor", []),
    ],
)
def test_what_stands_at_the_end_of_a_wording_is_pointed_out(wording: str, fields: list[str]) -> None:
    reading = read(f"""
        No | Recommendation | Status
        1 | {wording} | On track
        2 | That the quay be swept. | On track
    """)
    assert asked(reading.entries[0]) == fields


def test_an_owner_at_the_end_of_a_wording_is_none_where_a_column_has_them() -> None:
    reading = read("""
        No | Recommendation | Owner | Status
        1 | That the pier be lit (Lead: Head of Ports) | Cabinet | On track
    """)
    assert asked(reading.entries[0]) == []


def test_quarters_without_a_year_are_asked_once_each() -> None:
    drawing = """
        No | Recommendation | Q1 | Q2
        1 | That the pier be lit. | Lamps were bought by the trust. | The lamps were lit in spring.
        2 | That the quay be swept. | Brooms were bought by the trust. | The quay was swept in spring.
    """
    reading = read(drawing)
    assert len(reading.questions) == 2
    assert [asked(entry) for entry in reading.entries] == [["updates", "updates"]] * 2
    said = read(
        drawing, answers=dict.fromkeys([question.key for question in reading.questions], "2023-06-30")
    )
    assert {str(one.as_at.start) for entry in said.entries for one in entry.updates} == {"2023-06-30"}


@pytest.mark.parametrize("words", ["Yes", "Yes - 4 March 2024", "✓"])
def test_yes_to_whether_closure_was_agreed_is_asked(words: str) -> None:
    reading = read(f"""
        No | Recommendation | Status | Committee agreed closure
        1 | That the pier be lit. | Complete | {words}
        2 | That the quay be swept. | On track | No
    """)
    assert [asked(entry) for entry in reading.entries] == [["outcome"], []]


@pytest.mark.parametrize("header", ["R/A/G", "RAG", "R A G", "BRAG"])
def test_letters_of_a_rating(header: str) -> None:
    reading = read(f"""
        No | Recommendation | Owner | {header} | Comment
        1 | That the pier be lit. | Cabinet | G | Fine so far
        2 | That the quay be swept. | Cabinet | R | No brooms yet
    """)
    assert column(reading, "claim") == ["on_track", "off_track"]


def test_updates_stand_in_the_order_of_their_days() -> None:
    reading = read("""
        No | Recommendation | Update to Scrutiny 12.09.23 | Update to Scrutiny 12.03.24
        1 | That the pier be lit. | In progress | Done, and in use
        2 | That the quay be swept. | Not started | In progress
    """)
    assert [[str(one.as_at.start) for one in entry.updates] for entry in reading.entries] == [
        ["2023-09-12", "2024-03-12"]
    ] * 2


def test_two_columns_that_say_different_things_are_asked() -> None:
    drawing = """
        No | Recommendation | Progress status | RAG
        1 | That the pier be lit. | In progress | Green
        2 | That the quay be swept. | In progress | Amber
        3 | That the buoys be painted. | In progress | Amber
    """
    reading = read(drawing)
    assert [asked(entry) for entry in reading.entries] == [[], ["claim"], ["claim"]]
    (question,) = reading.questions
    said = read(drawing, answers={question.key: "claim:at_risk"})
    assert column(said, "claim") == ["on_track", "at_risk", "at_risk"]


def test_letters_in_a_column_behind_the_numbers_are_pointed_out() -> None:
    reading = read("""
        No | | Recommendation | Owner
        1 | a | That the pier be lit. | Cabinet
         | b | That the quay be swept. | Cabinet
        2 | | That the buoys be painted. | Cabinet
    """)
    assert [asked(entry) for entry in reading.entries] == [["number"], ["number"], []]
