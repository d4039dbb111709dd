"""Fixtures of the tests of administration's pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import Cast


@pytest.fixture(autouse=True)
def _in_a_trial(settings: Any, db: None) -> None:
    settings.REQUIRE_ADMIN_MFA = False
    cache.clear()


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client
