"""The scripts of pages leave nothing on the computer: what is typed may be exempt, and the computer shared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "static" / "js"
STORES = re.compile(r"\b(localStorage|sessionStorage|indexedDB|caches|cookieStore|document\.cookie)\b")


@pytest.mark.parametrize("script", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_no_script_stores_anything_in_the_browser(script: Path):
    assert STORES.findall(script.read_text()) == []


def test_the_guard_sees_a_store():
    assert STORES.findall('localStorage.setItem("draft", words)') == ["localStorage"]
