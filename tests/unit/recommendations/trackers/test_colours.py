"""Names of fills."""

from __future__ import annotations

import pytest

from recommendations.trackers.colours import colour_name

NAMES = {
    "92D050": "green",
    "00B050": "green",
    "C6EFCE": "green",
    "FFC000": "amber",
    "FFEB9C": "amber",
    "FFFF00": "yellow",
    "ED7D31": "orange",
    "FF0000": "red",
    "FFC7CE": "red",
    "0070C0": "blue",
    "7030A0": "purple",
    "BFBFBF": "grey",
    "F2F2F2": "",
    "FFFFFF": "",
    "000000": "",
    "": "",
    "xyz": "",
    None: "",
}


@pytest.mark.parametrize("code", NAMES)
def test_names(code: str | None) -> None:
    assert colour_name(code) == NAMES[code]
