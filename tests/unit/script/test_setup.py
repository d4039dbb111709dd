"""What script/setup refuses to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from script import PROJECT


@pytest.mark.parametrize("made", [".venv", "node_modules"])
def test_what_another_checkout_works_with_is_never_emptied(tmp_path: Path, made: str):
    another, checkout = tmp_path / "another", tmp_path / "checkout"
    (another / made).mkdir(parents=True)
    (another / made / "kept").touch()
    (checkout / "script").mkdir(parents=True)
    shutil.copy(PROJECT / "script" / "setup", checkout / "script" / "setup")
    (checkout / made).symlink_to(another / made)
    ended = subprocess.run(
        ["script/setup"], cwd=checkout, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 1
    assert f"{checkout / made} is a link to {another / made}" in ended.stderr
    assert ended.stdout == ""
    assert (another / made / "kept").exists()
