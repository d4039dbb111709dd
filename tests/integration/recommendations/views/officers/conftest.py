"""Fixtures of the tests of officers' pages."""

from __future__ import annotations

import pytest


@pytest.fixture
def assignment(cast):
    return cast.assignment()
