"""A file's own key, in words and in colours."""

from __future__ import annotations

import pytest

from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.keys import read_key, read_key_rows
from recommendations.trackers.status_words import Meaning


def values(found: dict[str, tuple[Meaning, ...]]) -> dict[str, str]:
    return {key: meanings[0].value if meanings else "" for key, meanings in found.items()}


KEYS = {
    "Green: on time\nAmber: may be late\nRed: late": {
        "green": "claim:on_track",
        "amber": "claim:at_risk",
        "red": "claim:off_track",
    },
    "Key: Amber - the work will be late or is in doubt.": {"amber": "claim:at_risk"},
    "RAG key: Green – complete. Amber – in progress. Red – not started": {
        "green": "claim:delivered",
        "amber": "claim:on_track",
        "red": "claim:not_started",
    },
    "Green = achieved": {"green": "claim:delivered"},
    "Green: on track, not completed": {"green": "claim:on_track"},
    "Red: not begun\nYellow: not accepted": {"red": "claim:not_started", "yellow": "response:rejected"},
    "Closed: will not be implemented": {"closed": ""},
    "Green: 75-100%": {"green": ""},
    "Green - completed or on track": {"green": ""},
    "Red means the target was missed": {"red": "claim:off_track"},
    "Green: will be completed on time": {"green": "claim:on_track"},
    "Pending = on hold": {"pending": "claim:paused"},
    "Members note progress. Shading: green – complete; amber – under way; red – not started.": {
        "green": "claim:delivered",
        "amber": "claim:on_track",
        "red": "claim:not_started",
    },
    "Colour coding: Green = complete, Red = late": {"green": "claim:delivered", "red": "claim:off_track"},
    "Colours used: green: complete; red: late": {"green": "claim:delivered", "red": "claim:off_track"},
    "Green shading = complete. Shaded amber: under way": {
        "green": "claim:delivered",
        "amber": "claim:on_track",
    },
    "Not started: Nothing done yet": {"not started": "claim:not_started"},
    "Red: nothing has been delivered": {"red": "claim:not_started"},
    "Not started: Some work is done": {"not started": ""},
    "Complete: Still under way": {"complete": ""},
    "Green: 12": {},
    "Complete: 5": {},
    "Progress: the work goes on": {},
    "That the council act": {},
}


@pytest.mark.parametrize("text", KEYS)
def test_keys_in_words(text: str) -> None:
    assert values(read_key(text.split("\n"))) == KEYS[text]


def test_letters_stand_for_colours() -> None:
    found = values(read_key(["B: complete; G: on track; A: some delay; R: overdue"]))
    assert found["blue"] == found["b"] == "claim:delivered"
    assert found["amber"] == found["a"] == "claim:at_risk"


def test_a_table_of_colours() -> None:
    rows = [
        (Cell(colour="92D050"), Cell((Piece("Complete"),))),
        (Cell((Piece("Amber"),), colour="FFC000"), Cell((Piece("Some slippage"),))),
        (Cell((Piece("Red: overdue"),), colour="FF0000"),),
        (Cell((Piece("On hold"),), colour="BFBFBF"),),
    ]
    expected = {
        "green": "claim:delivered",
        "amber": "claim:at_risk",
        "red": "claim:off_track",
        "grey": "claim:paused",
    }
    assert values(read_key_rows(rows)) == expected
