"""What follows a status or a decision may take it back: it is asked, and nothing is closed or done in silence."""

from __future__ import annotations

import pytest

from recommendations.trackers.outcomes import read_outcome
from recommendations.trackers.words import read_statuses

TAKEN_BACK = [
    ("Complete but for the lift", None),
    ("Completed, but the lift is to follow", None),
    ("Behind schedule but recoverable", "off_track"),
    ("Red but improving", "off_track"),
    ("Amber, however the contract is let", "at_risk"),
    ("On track but money is short", "on_track"),
]


@pytest.mark.parametrize(("words", "likelier"), TAKEN_BACK)
def test_a_claim_that_is_taken_back_is_asked(words: str, likelier: str | None) -> None:
    claim = read_statuses(words).claim
    assert claim.question is not None
    assert claim.value == likelier


@pytest.mark.parametrize(
    "words", ["Complete and the lift runs", "Overdue; contractor found", "Behind: two staff left"]
)
def test_a_remark_takes_nothing_back(words: str) -> None:
    assert read_statuses(words).claim.question is None


def test_a_response_that_is_taken_back_is_asked() -> None:
    assert read_statuses("Accepted but the money is not there", "response").response.question is not None


@pytest.mark.parametrize(
    "words", ["Complete?", "Complete/Ongoing", "Ongoing/Complete", "Complete - but under review", "Implemented except the lift"]
)  # fmt: skip
def test_a_decision_that_is_taken_back_is_asked(words: str) -> None:
    assert read_outcome(words)[0].question is not None


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Implemented. Members thanked officers", "close_implemented"),
        ("Complete (March 2024)", "close_implemented"),
        ("Closed - superseded by R4", "close_superseded"),
        ("Keep open, report in June", None),
    ],
)
def test_a_decision_with_a_remark_stands(words: str, outcome: str | None) -> None:
    read, _ = read_outcome(words)
    assert (read.value, read.question) == (outcome, None)


@pytest.mark.parametrize("words", ["G", "x", "3", "75% complete", "BRAG: B", "✓"])
def test_a_sign_alone_under_progress_is_asked(words: str) -> None:
    assert read_statuses(words, with_text=True).claim.question is not None
