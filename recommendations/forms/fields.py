"""Fields that choose among rows the view has already fetched: one query however many forms share the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models

from committee.forms.choices import Checkboxes


def _words(row: models.Model) -> str:
    return str(row)


def offered(
    rows: Iterable[Any], label: Callable[[Any], str] = _words, group: Callable[[Any], str] | None = None
) -> list[tuple[Any, Any]]:
    """Return choices for rows, in their order; under headings if `group` names one."""
    if group is None:
        return [(row.pk, label(row)) for row in rows]
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append((row.pk, label(row)))
    return list(groups.items())


class OneOf(forms.ChoiceField):
    """One of these rows, from a list box; `cleaned_data` holds the row, or None where none is chosen."""

    def __init__(
        self,
        rows: Iterable[Any] = (),
        *,
        empty: str = "Select one",
        row_label: Callable[[Any], str] = _words,
        group: Callable[[Any], str] | None = None,
        **options: Any,
    ) -> None:
        self.empty, self.row_label, self.group = empty, row_label, group
        super().__init__(**options)
        self.offer(rows)

    def offer(self, rows: Iterable[Any]) -> None:
        """Set the rows to choose from."""
        rows = list(rows)
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", self.empty), *offered(rows, self.row_label, self.group)]

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class AnyOf(forms.MultipleChoiceField):
    """Some of these rows, as checkboxes; `cleaned_data` holds the rows."""

    widget = Checkboxes

    def __init__(
        self, rows: Iterable[Any] = (), *, row_label: Callable[[Any], str] = _words, **options: Any
    ) -> None:
        self.row_label = row_label
        super().__init__(**options)
        self.offer(rows)

    def offer(self, rows: Iterable[Any]) -> None:
        rows = list(rows)
        self.rows = {str(row.pk): row for row in rows}
        self.choices = offered(rows, self.row_label)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return [one.pk if isinstance(one, models.Model) else one for one in value]

    def clean(self, value: Any) -> list[Any]:
        return [self.rows[key] for key in super().clean(value)]
