"""What a view leaves to others: to catch what an action refuses, and to say which rows there are."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

VIEWS = Path(__file__).parents[4] / "recommendations" / "views"
MAY_CATCH = {"form_handling.py"}


def offences(source: str) -> Counter[str]:
    """Count the except clauses and the calls of `filter` and `exclude`."""
    found: Counter[str] = Counter()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            found["except"] += 1
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("filter", "exclude")
        ):
            found[node.func.attr] += 1
    return found


def test_the_guard_sees_what_it_forbids() -> None:
    source = "try:\n    rows.filter(pk=1).exclude(pk=2)\nexcept (A, B):\n    pass"
    assert offences(source) == {"except": 1, "filter": 1, "exclude": 1}


def test_no_view_catches_or_filters() -> None:
    found = {
        str(path.relative_to(VIEWS)): dict(offences(path.read_text()))
        for path in sorted(VIEWS.rglob("*.py"))
        if path.name not in MAY_CATCH and offences(path.read_text())
    }
    assert found == {}
