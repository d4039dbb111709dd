"""Expressions whose SQL is kept answer what the expressions themselves answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import BooleanField, CharField
from django.test.utils import CaptureQueriesContext

from committee.accounts.models import User
from committee.kept_sql import KeptSQL

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    return [User.objects.create(email=f"{name}@example.org", name=name) for name in ("Ann", "Ben", "Cem")]


def others(suffix: str) -> ExpressionWrapper:
    """Return whether somebody else's name ends so."""
    found = User.objects.order_by().filter(~Q(pk=OuterRef("pk")), name__endswith=suffix)
    return ExpressionWrapper(Q(Exists(found)), output_field=BooleanField())


def names(rows: Any) -> list[str]:
    return list(rows.order_by("name").values_list("name", flat=True))


@pytest.mark.usefixtures("people")
def test_it_answers_as_the_expression_does() -> None:
    plain, kept = others("en"), KeptSQL(User, others("en"))
    for rows in (User.objects.all(), User.objects.filter(name__gt="B"), User.objects.order_by("-name")[:2]):
        assert [
            row.told for row in rows.annotate(told=kept)
        ] == [row.told for row in rows.annotate(told=plain)]  # fmt: skip
    assert names(User.objects.annotate(told=kept).filter(told=True)) == ["Ann", "Cem"]
    assert names(User.objects.annotate(told=kept).exclude(told=True)) == ["Ben"]
    assert (
        User.objects.annotate(told=kept).order_by("told", "-name").values_list("name", flat=True)[0] == "Ben"
    )
    assert User.objects.annotate(told=kept).filter(told=True).count() == 2


@pytest.mark.usefixtures("people")
def test_it_goes_into_another_query_under_another_name() -> None:
    told = User.objects.annotate(told=KeptSQL(User, others("en"))).filter(told=True)
    assert names(User.objects.filter(pk__in=told.order_by().values("pk"))) == ["Ann", "Cem"]
    same = Exists(told.order_by().filter(pk=OuterRef("pk")))
    assert names(User.objects.filter(same)) == ["Ann", "Cem"]
    assert names(User.objects.annotate(told=KeptSQL(User, others("nn"))).filter(same, told=True)) == ["Cem"]


@pytest.mark.usefixtures("people")
def test_its_sql_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptSQL(User, others("en"))
    list(User.objects.annotate(told=kept))
    monkeypatch.setattr(Exists, "as_sql", lambda *args, **kwargs: pytest.fail("Written again"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(User.objects.annotate(told=kept))
    assert "EXISTS" in queries[0]["sql"]


def test_what_needs_a_join_is_refused() -> None:
    joined = ExpressionWrapper(F("memberships__role"), output_field=CharField())
    with pytest.raises(ValueError, match="no join"):
        list(User.objects.annotate(role=KeptSQL(User, joined)))
