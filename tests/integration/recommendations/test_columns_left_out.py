"""Lists read only the columns that they show; see `with_columns`. What is left out and shown all the same costs a query a row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse

from recommendations.actions import updates
from tests.clients import signed_in
from tests.factories import at
from tests.integration.sample_data import Things, make_things

pytestmark = pytest.mark.prepared(make=make_things)


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The columns that were asked for one by one."""
    found: list[str] = []
    refresh = Model.refresh_from_db

    def noted(row: Any, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        found.extend(f"{type(row).__name__}.{name}" for name in fields or ())
        refresh(row, using, fields, from_queryset)

    monkeypatch.setattr(Model, "refresh_from_db", noted)
    return found


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("my_work", "olive"),
        ("my_work", "ada"),
        ("approvals", "ada"),
        ("workspace", "sam"),
        ("packs", "carla"),
        ("meetings", "carla"),
        ("meeting", "carla"),
    ],
)
def test_no_list_asks_for_a_column_that_it_left_out(
    prepared: Things, asked_for: list[str], name: str, who: str
) -> None:
    things, cast = prepared, prepared.cast
    updates.return_update(by=cast.ada, update=cast.submitted(cast.assignment()), reason="Name the schools")
    client = signed_in(getattr(cast, who))
    address = reverse(name, args=[things.meeting.pk] if name == "meeting" else [])
    asked_for.clear()
    assert client.get(address).status_code == 200
    with at(dt.date(2026, 5, 5)):
        assert client.get(address).status_code == 200
    assert asked_for == []
