"""Fixtures of the tests of personal links."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_pressed_yet(db: None, settings: Any) -> None:
    cache.clear()
    settings.REQUIRE_ADMIN_MFA = False
