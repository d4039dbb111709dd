"""The guides show pictures that the journeys take, so that they can be taken again whenever the pages change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
GUIDES = sorted((ROOT / "docs").glob("*.md"))
WITH_PICTURES = {
    "responsible-officers.md",
    "approvers.md",
    "committee-support.md",
    "councillors.md",
    "clerks.md",
}
SHOWN = re.compile(r"!\[([^\]]*)\]\(((?:docs/)?pictures/([a-z-]+)\.png)\)")
TAKEN = re.compile(r"\.picture\(\s*\"([a-z-]+)\"")


def taken() -> set[str]:
    journeys = (ROOT / "tests" / "journeys").glob("test_*.py")
    return {name for journey in journeys for name in TAKEN.findall(journey.read_text())}


@pytest.mark.parametrize("guide", [ROOT / "README.md", *GUIDES], ids=lambda guide: guide.name)
def test_each_picture_has_words_is_there_and_is_taken_by_a_journey(guide: Path) -> None:
    found = SHOWN.findall(guide.read_text())
    assert len(found) == guide.read_text().count("![")
    for words, address, name in found:
        assert words.strip()
        assert (guide.parent / address).is_file(), address
        assert name in taken(), f"no journey takes {name}"
    assert found or guide.name not in WITH_PICTURES


def test_no_picture_lies_about_unused() -> None:
    shown = {
        name for guide in [ROOT / "README.md", *GUIDES] for _, _, name in SHOWN.findall(guide.read_text())
    }
    assert {picture.stem for picture in PICTURES.glob("*.png")} == shown == taken()
