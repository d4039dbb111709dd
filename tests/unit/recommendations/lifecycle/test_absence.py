"""One function says what stands in the place of a missing fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommendations.lifecycle import NOT_KNOWN, NOT_STATED, NOTHING_ASKED, absence, stated
from recommendations.lifecycle.absence import absent_sentence

DOMAIN = Path(__file__).parents[4] / "recommendations"


@pytest.mark.parametrize(
    ("circumstances", "said"),
    [
        ({"sources_only": False}, "None yet"),
        ({"sources_only": True}, NOT_KNOWN),
        ({"sources_only": False, "withdrawn": True}, NOTHING_ASKED),
        ({"sources_only": True, "withdrawn": True}, NOTHING_ASKED),
        ({"sources_only": False, "unstated": True}, NOT_STATED),
        ({"sources_only": True, "unstated": True}, NOT_STATED),
    ],
)
def test_what_is_said_where_a_fact_is_missing(circumstances: dict[str, bool], said: str) -> None:
    assert absence("None yet", **circumstances) == said


def test_a_value_stands_for_not_yet_as_well_as_words() -> None:
    assert absence(0, sources_only=False) == 0
    assert absence(None, sources_only=False) is None


@pytest.mark.parametrize("circumstances", [{"sources_only": True}, {"sources_only": False, "unstated": True}])
def test_a_sentence_says_of_what_it_speaks(circumstances: dict[str, bool]) -> None:
    known = absence("", **circumstances)
    assert absent_sentence("None came", "What came is", **circumstances) == f"What came is {known.lower()}"
    assert absent_sentence("None came", "What came is", sources_only=False) == "None came"


def test_what_a_tracker_states_is_said_as_it_is() -> None:
    assert (stated("Money"), stated("")) == ("Money", NOT_STATED)


@pytest.mark.parametrize("word", ["NOT_KNOWN", "NOT_STATED"])
def test_nobody_else_chooses_between_these_and_not_yet(word: str) -> None:
    """Both are words of the vocabularies, and what `absence` and `stated` answer; a module that names one would decide anew."""
    naming = {
        str(file.relative_to(DOMAIN))
        for file in DOMAIN.rglob("*.py")
        if "lifecycle" not in file.parts
        and "migrations" not in file.parts
        and re.search(rf"(?<![.\w]){word}\b", file.read_text())
    }
    assert not naming
