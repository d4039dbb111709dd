"""Packs whose maker is killed outright are made all the same: never stuck, never half a file. And a long one keeps no
short one waiting."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.integration.script.scratch import WITH_DATABASE, environment, manage, scratch_checkout


@pytest.fixture(scope="module")
def council(request: pytest.FixtureRequest) -> Path:
    place = scratch_checkout(request, "packs")
    (place / "tests").symlink_to(Path(__file__).parents[3])
    manage(place, "load_demo")
    return place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "outcome"),
    [
        ("a_worker_is_killed_while_another_lives", ["ready"]),
        ("the_database_is_killed", ["ready"]),
        ("a_process_that_lays_out_is_killed", ["ready"]),
        ("two_are_made_at_once", ["ready", "ready", "short"]),
    ],
)
def test_is_ready_in_the_end(council: Path, scenario: str, outcome: list[str]) -> None:
    done = subprocess.run(
        [*WITH_DATABASE, "-m", "tests.integration.recommendations.packs.crash_helpers", scenario],
        cwd=council,
        env={**environment(), "PACK_PROCESSES": "2"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.stdout.split() == outcome, done.stderr[-3000:]
    stored = [path for path in (council / "var" / "files" / "packs").iterdir() if path.stat().st_size == 0]
    assert stored == []
