"""Imports go one way: views -> forms, actions -> models -> lifecycle. Held against the code's own imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY_NOT = {
    "lifecycle": ["committee", "recommendations"],
    "models": [
        "actions",
        "forms",
        "views",
        "packs",
        "dashboards",
        "exporting",
        "demo",
        "filters",
        "templatetags",
    ],
    "permissions": ["actions", "forms", "views", "packs", "dashboards", "exporting", "demo", "filters"],
    "actions": ["forms", "views", "dashboards", "exporting", "demo", "filters", "templatetags"],
    "forms": ["views", "demo"],
    "dashboards": ["views", "forms", "packs", "exporting", "demo"],
    "packs": ["views", "forms", "dashboards", "exporting", "demo"],
    "exporting": ["views", "forms", "packs", "dashboards", "demo"],
    "templatetags": ["views", "forms", "demo"],
    "views": ["demo"],
}
"""For each room of ``recommendations``, the rooms it takes nothing from."""


def imports_of(path: Path) -> set[str]:
    """Every module named in an import of the file, those inside functions and for types alone left out."""
    tree = ast.parse(path.read_text())
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def files_of(room: str) -> list[Path]:
    place = ROOT / "recommendations" / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


@pytest.mark.parametrize("room", MAY_NOT)
def test_takes_nothing_from_above(room: str) -> None:
    wrong = []
    files = files_of(room)
    assert files
    for path in files:
        for name in imports_of(path):
            for other in MAY_NOT[room]:
                above = other if room == "lifecycle" else f"recommendations.{other}"
                within = name == f"recommendations.{room}" or name.startswith(f"recommendations.{room}.")
                if not within and (name == above or name.startswith(f"{above}.")):
                    wrong.append(f"{path.relative_to(ROOT)} takes {name}")
    assert wrong == []


def test_nothing_but_addresses_and_views_takes_views() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted([*ROOT.glob("recommendations/**/*.py"), *ROOT.glob("committee/**/*.py")])
        if path.name not in ("urls.py", "views.py") and path.parent.name != "views"
        if any(name.startswith("recommendations.views") for name in imports_of(path))
    ]
    assert wrong == []
