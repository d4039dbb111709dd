"""Where coverage rests."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.measured import NOT_MEASURED, TESTS, is_measured


def test_what_is_not_measured_is_there() -> None:
    assert [place for place in NOT_MEASURED if not (TESTS / place).exists()] == []


def test_rules_are_measured_and_walks_are_not() -> None:
    assert is_measured(TESTS / "unit" / "recommendations" / "lifecycle" / "test_clocks.py")
    assert not is_measured(TESTS / "functional" / "test_every_page.py")
    assert not is_measured(Path(__file__))


def test_nothing_follows_each_step_here() -> None:
    """This module is not measured, so that script/test sees it if coverage does not rest."""
    assert "coverage" not in type(sys.gettrace()).__module__
