"""The boxes in which questions about a tracker are answered."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.forms.import_questions import QuestionsForm
from recommendations.imports.questions import Offered, box_name


def _proposed(key: str, words: str) -> Any:
    question = {"key": key, "kind": "inquiry", "words": words, "sentence": "", "choices": [], "places": []}
    form = QuestionsForm(questions=[question], answers={}, offered=Offered())
    return form.fields[f"{box_name(key)}_title"].initial


@pytest.mark.parametrize("words", ["Closed", "Completed since April", "3"])
def test_a_state_over_a_table_is_not_proposed_as_the_title_of_an_inquiry(words: str) -> None:
    assert _proposed("inquiry:table:3", words) == ""


def test_what_stands_over_a_table_is_proposed_without_what_follows_a_colon() -> None:
    assert _proposed("inquiry:table:3", "Ferries to Lowmere: recommendations") == "Ferries to Lowmere"


def test_the_name_that_lines_give_is_proposed_as_it_stands() -> None:
    assert _proposed("inquiry:name:review", "Review") == "Review"


def test_the_day_behind_a_name_is_proposed_as_the_day_of_its_report() -> None:
    key, words = "inquiry:name:roads", "Winter roads (reported 14 June 2023)"
    question = {"key": key, "kind": "inquiry", "words": words, "sentence": "", "choices": [], "places": []}
    form = QuestionsForm(questions=[question], answers={}, offered=Offered())
    title, day = (form.fields[f"{box_name(key)}_{part}"].initial for part in ("title", "day"))
    assert (title, day) == ("Winter roads", "14 June 2023")
