"""What script/test ends with, which is all that a build server looks at. The tools are stand-ins that do nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from script import PROJECT

TOOLS = ["djade", "djhtml", "lint-imports", "mypy", "python", "ruff"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ["script/setup", "script/with-database", *(f".venv/bin/{tool}" for tool in TOOLS)]:
        stand_in(tmp_path / name, "exit 0")
    shutil.copy(PROJECT / "script" / "test", tmp_path / "script" / "test")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").touch()
    return tmp_path


def stand_in(place: Path, body: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["script/test", *arguments], cwd=checkout, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["tests/unit"], ["--quick"]])
@pytest.mark.parametrize("checks_last", [True, False])
def test_all_passed_ends_with_0(checkout: Path, arguments: list[str], checks_last: bool):
    stand_in(checkout / ".venv/bin" / ("mypy" if checks_last else "python"), "sleep 0.2")
    ended = run(checkout, *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert arguments == ["--quick"] or ended.stdout.endswith("test: all passed\n")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("arguments", [[], ["tests/unit"]])
def test_a_tool_that_fails_is_named_and_fails_the_whole(checkout: Path, tool: str, arguments: list[str]):
    stand_in(checkout / ".venv/bin" / tool, "exit 3")
    ended = run(checkout, *arguments)
    assert ended.returncode == 1
    assert ": failed\n" in ended.stdout + ended.stderr
    assert "all passed" not in ended.stdout
