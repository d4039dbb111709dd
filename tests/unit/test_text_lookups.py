"""Words are looked up in one way: through `search_text`, so that case, accents, punctuation and the locale don't matter."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OTHER_WAYS = re.compile(
    r"__(?:icontains|istartswith|iendswith|iregex|search|unaccent)\b|\bSearchVector\(|\bwebsearch|\bSearchQuery\("
)
THE_ONE_WAY = {"recommendations/models/search_vectors.py"}
"""Where vectors and queries are made."""


def test_there_is_no_other_way() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for package in ("committee", "recommendations")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in THE_ONE_WAY
        for match in OTHER_WAYS.finditer(path.read_text())
    }
    assert found == set()


def test_another_way_would_be_seen() -> None:
    assert OTHER_WAYS.search("rows.filter(name__icontains=words)")
