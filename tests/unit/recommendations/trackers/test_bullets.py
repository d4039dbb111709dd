"""Bullets in cells: text, or the steps of a plan where a person wants that, asked once for each column."""

from __future__ import annotations

import pytest

from recommendations.trackers.bullets import bulleted
from recommendations.trackers.period_grammar import Known
from tests.tracker_tables import column, read

DRAWING = """
    No. | Recommendation | To | Progress
    1 | That the pier be lit. | Cabinet | The plan:\\n\u2022 Buy lamps\\n\u2022 Hang lamps
    2 | That the quay be swept. | Cabinet | \u2022 Buy brooms\\n\u2022 Sweep
    3 | That the slip be dry. | Cabinet | Drains were dug.
"""


def test_they_stay_text_and_are_asked_about_once_for_the_column() -> None:
    reading = read(DRAWING)
    (question,) = [one for one in reading.questions if one.kind == "bullets"]
    assert (question.words, question.likelier) == ("Progress", "text")
    assert len(question.places) == 2
    assert [entry.updates[0].text for entry in reading.entries] == [
        "The plan:\n\u2022 Buy lamps\n\u2022 Hang lamps", "\u2022 Buy brooms\n\u2022 Sweep", "Drains were dug.",
    ]  # fmt: skip
    assert not any(entry.steps or entry.problems for entry in reading.entries)


def test_they_become_milestones_where_that_is_the_answer() -> None:
    (question,) = read(DRAWING).questions
    reading = read(DRAWING, answers={question.key: "milestones"})
    assert reading.questions == ()
    assert column(reading, "steps") == ["Buy lamps; Hang lamps", "Buy brooms; Sweep", ""]
    assert [[one.text for one in entry.updates] for entry in reading.entries] == [
        ["The plan:"], [], ["Drains were dug."],
    ]  # fmt: skip


def test_each_column_is_asked_about_for_itself() -> None:
    reading = read("""
        No. | Recommendation | To | Response | Reason | Progress
        1 | That the pier be lit. | Cabinet | In part | - Too dear\\n- Too bright | - Buy lamps\\n- Hang lamps
    """)
    assert [one.words for one in reading.questions if one.kind == "bullets"] == ["Reason", "Progress"]


@pytest.mark.parametrize(
    "text",
    [
        "One sentence.",
        "- Only one entry",
        "- One\n- Two\nand words that follow the list",
        "- One\n- " + "long " * 70,
        "- 12 March 2024: bought lamps\n- 3 April 2024: hung lamps",
    ],
)
def test_what_is_no_list_of_steps(text: str) -> None:
    assert bulleted(text, Known()) is None
