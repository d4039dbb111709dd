"""What a body answers in words is kept: beside its decision, and asked about once for a column that states none."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.lifecycle.statuses import Decision
from recommendations.trackers.reading import Reading
from recommendations.trackers.response_words import AS_NOTED, AS_PROGRESS, BESIDE, words_question
from tests.tracker_tables import read

BUDGET = "This will be considered in the budget process for next year."
TREES = "The Council already does this through its annual plan and will go on."
KEY = words_question("Executive response").key


def reading(*responses: str, answers: dict[str, Any] | None = None) -> Reading:
    rows = [
        f"{at} | That the Council publish plan number {at} for trees | Head of Parks | {said}"
        for at, said in enumerate(responses, 1)
    ]
    return read("\n".join(["No | Recommendation | Owner | Executive response", *rows]), answers=answers)


def test_words_behind_an_acceptance_are_kept() -> None:
    (entry,) = reading("Agreed. A summit will be held with partners").entries
    assert (entry.response, entry.response_text) == (
        Decision.ACCEPTED,
        "A summit will be held with partners",
    )
    assert entry.problems == ()


def test_words_without_a_decision_are_asked_about_once() -> None:
    found = reading(BUDGET, TREES, "Agreed")
    assert [one.key for one in found.questions if one.kind == "response"] == [KEY]
    assert [entry.response_text for entry in found.entries] == [BUDGET, TREES, None]
    assert [entry.response for entry in found.entries] == [None, None, Decision.ACCEPTED]


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (BESIDE, (None, BUDGET, [])),
        (AS_NOTED, (Decision.NOTED, BUDGET, [])),
        (AS_PROGRESS, (None, None, [BUDGET])),
    ],
)
def test_they_become_what_was_answered(answer: str, becomes: tuple[Any, ...]) -> None:
    found = reading(BUDGET, answers={KEY: answer})
    (entry,) = found.entries
    assert (entry.response, entry.response_text, [one.text for one in entry.updates]) == becomes
    assert KEY not in {one.key for one in found.questions}
