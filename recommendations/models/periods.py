"""Columns for days that may stand for a period, such as "March 2024", each with the period beside it.

The day is the last one of the period: it is what is compared, sorted and late. Read from a row it is a `PeriodEnd`, which is
printed as the period.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.db.models.query_utils import DeferredAttribute

from committee.fields import col_of
from recommendations.lifecycle.period_ends import PeriodEnd, as_period_end, day_or_month, period_beside

CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION is_period_until(period jsonb, day date) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN period IS NULL OR coalesce(
    day IS NOT NULL AND period ?& ARRAY['words', 'start', 'end', 'precision'] AND CASE period->>'precision'
        WHEN 'none' THEN period->'start' = 'null' AND period->'end' = 'null'
        ELSE period->>'precision' IN ('day', 'month', 'quarter', 'season', 'half_year', 'year')
            AND period->>'end' = to_char(day, 'YYYY-MM-DD') AND period->>'start' <= period->>'end' END,
    false);
"""
"""Whether a period is one that ends on that day, or says that no day is stated. Days are written so that they sort as text."""
DROP_FUNCTION = "DROP FUNCTION is_period_until(jsonb, date)"

PLAIN_DAY: models.DateField[Any, Any] = models.DateField()


class _PeriodEndAttribute(DeferredAttribute):
    """Reads the day of a row together with the period beside it, and keeps the two together when it is set."""

    field: PeriodEndField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        day = super().__get__(instance, cls)
        if instance is None or not isinstance(day, dt.date) or isinstance(day, PeriodEnd):
            return day
        return as_period_end(day, getattr(instance, self.field.period))

    def __set__(self, instance: Any, value: Any) -> None:
        data, name = instance.__dict__, self.field.attname
        if isinstance(value, PeriodEnd):
            data[self.field.period] = period_beside(value)
        elif name in data and data[name] != value:
            data[self.field.period] = None
        data[name] = value


class _MonthEndAttribute(DeferredAttribute):
    """Reads the day of a row as the end of its month where only the month is known."""

    field: MonthEndField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        day = super().__get__(instance, cls)
        if instance is None or not isinstance(day, dt.date):
            return day
        return day_or_month(day, getattr(instance, self.field.precision))

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = (
            dt.date(value.year, value.month, value.day) if isinstance(value, PeriodEnd) else value
        )


class _DayField(models.DateField):
    """A day that is read as something more; to the database, and beside other days in expressions, it is just a day."""

    def get_col(self, alias: str, output_field: models.Field[Any, Any] | None = None) -> Any:
        """Return the column in a query as that of an ordinary day, so that it mixes with others."""
        return col_of(self, alias, PLAIN_DAY)

    def deconstruct(self) -> Any:
        """Return what migrations write: the column is an ordinary one."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class MonthEndField(_DayField):
    """A day that is the last of its month where the column `precision` says that only the month is known."""

    descriptor_class = _MonthEndAttribute

    def __init__(self, *args: Any, precision: str = "", **options: Any) -> None:
        self.precision = precision
        super().__init__(*args, **options)


class PeriodEndField(_DayField):
    """A day that may be the last of a period, which the column `period` says. That is declared before it, so that the day which
    a new row is made with sets both.
    """

    descriptor_class = _PeriodEndAttribute

    def __init__(self, *args: Any, period: str = "", **options: Any) -> None:
        self.period = period
        super().__init__(*args, **options)


def period_field() -> Any:
    """Return the column with the period beside a day, as `period_to_json` writes it; None for a day that is just a day."""
    return models.JSONField(null=True, blank=True, editable=False)


def period_constraint(name: str, day: str, period: str) -> models.CheckConstraint:
    """Return the constraint that a period ends on the day beside which it is kept."""
    fits = Func(F(period), F(day), function="is_period_until", output_field=BooleanField())
    return models.CheckConstraint(condition=Q(fits), name=name)
