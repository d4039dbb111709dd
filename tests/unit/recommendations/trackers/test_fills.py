"""Fills that rate progress, and fills that only dress a table."""

from __future__ import annotations

import pytest

from tests.tracker_tables import asked, column, read

PROGRESS = """
    No | Recommendation | Owner | {header}
    1 | That the pier be lit. | Cabinet | {first}
    2 | That the quay be swept. | Cabinet | {second}
    3 | That the buoys be painted. | Cabinet | {third}
"""


def tracker(header: str, *cells: str) -> str:
    return PROGRESS.format(header=header, first=cells[0], second=cells[1], third=cells[2])


@pytest.mark.parametrize(
    "header", ["Progress", "Status", "RAG", "Latest update", "Progress against plan", ""]
)
def test_a_colour_alone_is_a_claim(header: str) -> None:
    reading = read(tracker(header, "[red]", "[amber]", "[green]"))
    assert column(reading, "claim") == ["off_track", "at_risk", "on_track"]


def test_a_colour_alone_among_words_is_a_claim() -> None:
    reading = read(tracker("Progress", "Lamps were bought in bulk.", "[red]", "In progress"))
    assert column(reading, "claim") == [None, "off_track", "on_track"]
    assert reading.questions == ()


def test_a_colour_behind_words_without_a_status_is_asked_once() -> None:
    reading = read(tracker("Progress", "[amber] Lamps were bought.", "[amber] Brooms were bought.", ""))
    assert [asked(entry) for entry in reading.entries] == [["claim"], ["claim"], []]
    assert [question.likelier for question in reading.questions] == ["claim:at_risk"]
    key = reading.questions[0].key
    said = read(
        tracker("Progress", "[amber] Lamps were bought.", "[amber] Brooms.", ""), answers={key: "none"}
    )
    assert column(said, "claim") == [None, None, None]


def test_the_file_s_own_key_says_what_a_colour_behind_words_means() -> None:
    drawing = tracker("Progress", "[green] Lamps were bought.", "[amber] Brooms were bought.", "")
    reading = read(drawing, also=["Key: Green = complete; Amber = not started"])
    assert column(reading, "claim") == ["delivered", "not_started", None]
    assert reading.questions == ()


def test_colours_under_quarters_are_the_claims_of_those_days() -> None:
    reading = read("""
        No | Recommendation | Q1 2023/24 | Q2 2023/24
        1 | That the pier be lit. | [green] | [amber]
        2 | That the quay be swept. | [red] | [green]
    """)
    assert column(reading, "claim") == ["at_risk", "on_track"]
    assert [one.claim for one in reading.entries[0].updates] == ["on_track", "at_risk"]


def test_a_tinted_column_says_nothing() -> None:
    reading = read(
        tracker("Progress", "[amber] Lamps were bought.", "[amber] Brooms.", "[amber] Paint was bought.")
    )
    assert column(reading, "claim") == [None, None, None]
    assert reading.questions == ()


def test_rows_shaded_by_turns_say_nothing() -> None:
    shaded = "[blue] 1 | [blue] That the pier be lit. | [blue] Cabinet | [blue] {}"
    plain = "2 | That the quay be swept. | Cabinet |"
    reading = read("\n".join(["No | Recommendation | Owner | Status", *[shaded.format(""), plain] * 3]))
    assert set(column(reading, "claim")) == {None}
    assert reading.questions == ()
    worded = read("\n".join(["No | Recommendation | Owner | Status", *[shaded.format("At risk"), plain] * 3]))
    assert column(worded, "claim")[0] == "at_risk"
    assert worded.questions == ()


def test_rows_filled_by_how_far_they_are_are_asked() -> None:
    reading = read("""
        No | Recommendation | Owner | Response
        [green] 1 | [green] That the pier be lit. | [green] Cabinet | [green] Accepted
        [green] 2 | [green] That the quay be swept. | [green] Cabinet | [green] Accepted
        [red] 3 | [red] That the buoys be painted. | [red] Cabinet | [red] Accepted
        4 | That the harbour be dredged. | Cabinet | Accepted
    """)
    assert [asked(entry) for entry in reading.entries] == [["claim"], ["claim"], ["claim"], []]
    assert len(reading.questions) == 2
    assert column(reading, "response") == ["accepted"] * 4


def test_a_colour_alone_in_a_column_of_responses_is_asked() -> None:
    reading = read(tracker("Response", "Accepted", "[red]", "Rejected"))
    assert column(reading, "response") == ["accepted", None, "rejected"]
    assert [asked(entry) for entry in reading.entries] == [[], ["response"], []]
    key = reading.questions[0].key
    said = read(tracker("Response", "Accepted", "[red]", "Rejected"), answers={key: "response:in_part"})
    assert column(said, "response") == ["accepted", "in_part", "rejected"]
