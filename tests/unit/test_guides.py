"""Guides, decisions and documents for developers: links lead somewhere, and pictures can be taken again."""

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
DECISIONS = ROOT / "docs" / "adr"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *GUIDES, *sorted(DECISIONS.glob("*.md"))]
LINK = re.compile(r"\]\(([^):#]+)(?:#[^)]*)?\)")


def taken() -> set[str]:
    tests = (ROOT / "tests" / "functional").glob("test_*.py")
    return {name for test in tests for name in TAKEN.findall(test.read_text())}


@pytest.mark.parametrize("guide", [ROOT / "README.md", *GUIDES], ids=lambda guide: guide.name)
def test_each_picture_has_words_is_there_and_is_taken_by_a_test(guide: Path) -> None:
    found = SHOWN.findall(guide.read_text())
    assert len(found) == guide.read_text().count("![")
    for words, address, name in found:
        assert words.strip()
        assert (guide.parent / address).is_file(), address
        assert name in taken(), f"no test takes {name}"
    assert found or guide.name not in WITH_PICTURES


def test_no_picture_lies_about_unused() -> None:
    shown = {
        name for guide in [ROOT / "README.md", *GUIDES] for _, _, name in SHOWN.findall(guide.read_text())
    }
    assert {picture.stem for picture in PICTURES.glob("*.png")} == shown == taken()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_to_files_of_the_project(document: Path) -> None:
    gone = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert not gone


def test_the_index_lists_each_decision_in_order() -> None:
    listed = re.findall(r"^\| \[\d{4}\]\((.+?\.md)\)", (DECISIONS / "README.md").read_text(), re.MULTILINE)
    assert listed == sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "TESTING.md", "README.md"])
def test_the_places_that_developers_are_sent_to_exist(document: str) -> None:
    written = re.findall(r"`((?!var/)[a-z_]+/[a-z_0-9/.]+)`", (ROOT / document).read_text())
    tops = (ROOT, ROOT / "recommendations")
    assert not [place for place in written if not any((top / place).exists() for top in tops)]
