"""Lines of a clerk's text: bullets are taken off entries, signs stay, in every form of a pack."""

from __future__ import annotations

import html
import io
from typing import Any

import docx
import pytest

from recommendations.packs.html import screen_html
from recommendations.packs.word import make_word
from tests.unit.recommendations.packs.conftest import Case

pytestmark = pytest.mark.django_db

MADE: dict[str, Any] = {"content_hash": "0" * 64, "made_with": {}}
TYPED = "-5 degrees\n– 10% cut\n- £3m less\n• note the report\n-agree the plan"
ENTRIES = ["-5 degrees", "– 10% cut", "- £3m less", "note the report", "agree the plan"]


def test_decisions_keep_their_signs(case: Case) -> None:
    content = case.content(decisions=TYPED)
    assert content["decisions"] == ENTRIES
    page = html.unescape(screen_html(content))
    for entry in ENTRIES:
        assert f"<li>{entry}</li>" in page
    written = [
        paragraph.text for paragraph in docx.Document(io.BytesIO(make_word(content, **MADE))).paragraphs
    ]
    for entry in ENTRIES:
        assert any(text.endswith(entry) for text in written), entry


def test_purpose_and_reasons_keep_their_signs(case: Case) -> None:
    content = case.content(purpose="Heat:\n-5 degrees\n– 10% cut", reasons="- one\n- 2 more\n- three")
    page = html.unescape(screen_html(content))
    assert "Heat:<br>-5 degrees<br>– 10% cut" in page
    assert "<li>one</li><li>- 2 more</li><li>three</li>" in page


def test_titles_of_appendices_keep_theirs(case: Case) -> None:
    content = case.content(appendices="- Minutes https://example.org/m\n– 10% cut, in figures")
    assert content["appendices"] == [
        {"title": "Minutes", "address": "https://example.org/m"},
        {"title": "– 10% cut, in figures", "address": ""},
    ]
