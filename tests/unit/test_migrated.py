"""The migrated database that is kept is never one of other sources."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

from tests.migrated import ROOT, SOURCES, key

MIGRATIONS = sorted(
    path for place in ("committee", "recommendations") for path in ROOT.glob(f"{place}/**/migrations/*.py")
)


def imported(path: Path) -> set[str]:
    """Return the modules of ours that a migration imports, as parts of a path."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.replace(".", "/") for name in found if name.startswith(("committee", "recommendations"))}


def test_all_that_migrations_run_is_in_the_key() -> None:
    used = {str(path.relative_to(ROOT)) for path in MIGRATIONS}.union(*map(imported, MIGRATIONS))
    assert len(used) > len(MIGRATIONS)
    assert {name for name in used if not any(Path(name).is_relative_to(place) for place in SOURCES)} == set()


def test_another_source_is_another_database(tmp_path: Path) -> None:
    for name in ("requirements.txt", "tests/migrated.py", "recommendations/models/packs.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    before = key(tmp_path)
    assert key(tmp_path) == before
    (tmp_path / "recommendations/models/packs.py").write_text("# another\n")
    assert key(tmp_path) != before
