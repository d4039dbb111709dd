"""One function says what stands in the place of a missing fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommendations.lifecycle import NOT_KNOWN, NOT_STATED, NOTHING_ASKED, absence

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


def test_nobody_else_chooses_between_not_known_and_not_yet() -> None:
    """`NOT_KNOWN` is a word of the vocabularies, and what `absence` answers; a module that names it would decide anew."""
    naming = {
        str(file.relative_to(DOMAIN))
        for file in DOMAIN.rglob("*.py")
        if "lifecycle" not in file.parts
        and "migrations" not in file.parts
        and re.search(r"(?<![.\w])NOT_KNOWN\b", file.read_text())
    }
    assert not naming
