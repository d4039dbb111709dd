"""Fixtures that several modules of integration tests take."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def council_sign_in(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "Marlshire account",
                    "client_id": "tracker",
                    "secret": "not a real one",
                    "settings": {"server_url": "https://sign-in.example/", "verified_email": []},
                }
            ]
        }
    }
