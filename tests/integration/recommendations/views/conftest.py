"""Fixtures that the tests of several audiences' pages take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recommendations.models import Assignment, RespondentLink
from tests.factories import Cast


@pytest.fixture
def link(cast: Cast) -> RespondentLink:
    return cast.link(cast.school)


@pytest.fixture
def own(cast: Cast) -> Assignment:
    return cast.assignment(body=cast.school)


@pytest.fixture
def post(run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Posts, and does what waits for the commit and for the worker."""

    def send(client: Client, where: str, data: dict[str, Any] | None = None) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(where, data or {})
        run_tasks()
        return response

    return send
