"""Expressions whose SQL is kept answer what the expressions themselves answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Case, Count, Exists, F, Func, Max, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import BooleanField, CharField, DateField, TextField
from django.db.models.functions import Cast, Coalesce, Concat
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


EVERYBODY = User.objects.all()


def _subquery_beside_another_name(told: Any) -> Any:
    same = EVERYBODY.annotate(s=told).filter(s=OuterRef("told"), pk__gt=OuterRef("pk"))
    rows = EVERYBODY.annotate(told=told).annotate(same=Exists(same))
    return EVERYBODY.filter(pk__in=rows.filter(same=True).values("pk"))


def _within_two(told: Any) -> Any:
    inner = EVERYBODY.annotate(told=told).filter(told=True, pk=OuterRef("pk"))
    outer = EVERYBODY.annotate(told=told).filter(Exists(inner), told=True, pk=OuterRef("pk"))
    return EVERYBODY.annotate(told=told).filter(Exists(outer), told=True)


def _joined_by_or_within_another(told: Any) -> Any:
    either = EVERYBODY.filter(memberships__role="x") | EVERYBODY.annotate(told=told).filter(told=True)
    return EVERYBODY.filter(Exists(either.filter(pk=OuterRef("pk"))))


def _in_a_union_within_another(told: Any) -> Any:
    rows = EVERYBODY.annotate(told=told)
    return EVERYBODY.filter(pk__in=rows.filter(told=True).values("pk").union(rows.none().values("pk")))


def _left_out_by_its_words(told: Any) -> Any:
    rows = EVERYBODY.annotate(told=Cast(told, TextField()))
    return EVERYBODY.filter(pk__in=rows.exclude(memberships__role=F("told")).values("pk")[:2])


def _ordered_within_another(told: Any) -> Any:
    first = EVERYBODY.filter(name__gte=OuterRef("name")).order_by(told, "name").values("name")[:1]
    return EVERYBODY.annotate(first=Subquery(first)).values_list("name", "first")


def _counted_by_it(told: Any) -> Any:
    return (
        EVERYBODY.annotate(told=told).values("told").annotate(n=Count("memberships")).values_list("told", "n")
    )


def _in_windows(told: Any) -> Any:
    rows = EVERYBODY.annotate(told=told).annotate(n=Window(Count("pk"), partition_by=["told"]))
    return rows.filter(n=1)


def _summed_up(told: Any) -> Any:
    rows = EVERYBODY.annotate(told=told).order_by("name")
    found: Any = [
        some.aggregate(n=Count("pk", filter=Q(told=True)), last=Max(Cast("told", TextField())))
        for some in (rows, rows[:2], rows.distinct())
    ]
    return found


def _for_update(told: Any) -> Any:
    return EVERYBODY.annotate(told=told).exclude(told=True).select_for_update()


def _as_updated(told: Any) -> Any:
    named = Case(When(told=True, then=Value(" yes")), default=Value(" no"))
    EVERYBODY.annotate(told=told).update(name=Concat("name", named))
    return EVERYBODY.values_list("name")


def _as_deleted(told: Any) -> Any:
    EVERYBODY.annotate(told=told).filter(told=True)._raw_delete("default")
    return EVERYBODY.values_list("name")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "rows",
    [
        _subquery_beside_another_name,
        _within_two,
        _joined_by_or_within_another,
        _in_a_union_within_another,
        _left_out_by_its_words,
        _ordered_within_another,
        _counted_by_it,
        _in_windows,
        _summed_up,
        _for_update,
        _as_updated,
        _as_deleted,
    ],
    ids=lambda rows: rows.__name__.strip("_"),
)
def test_every_kind_of_query_answers_as_with_the_expression(rows: Callable[[Any], Any]) -> None:
    def answer(told: Any) -> list[str]:
        with transaction.atomic():
            found = sorted(map(repr, rows(told)))
            transaction.set_rollback(True)
        return found

    kept = KeptSQL(User, others("en"))
    assert answer(kept) == answer(others("en"))
    assert answer(kept) == answer(others("en")), "the second time"


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        (Coalesce(Cast("name", DateField()), dt.date(2026, 1, 12)), "the same on every day"),
        (Count("pk"), "by itself"),
        (Window(Count("pk")), "by itself"),
    ],
)
def test_what_changes_from_day_to_day_or_with_other_rows_is_refused(expression: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        list(User.objects.annotate(kept=KeptSQL(User, expression)))


@pytest.mark.usefixtures("people")
def test_its_value_is_read_as_that_of_the_expression() -> None:
    class Loud(Func):
        function = "upper"
        output_field = CharField()

        def convert_value(self, value: Any, *args: Any) -> Any:
            return f"{value}!"

    read = User.objects.annotate(loud=KeptSQL(User, Loud("name"))).order_by("name")
    assert read.values_list("loud", flat=True)[0] == "ANN!"
