"""Fields that choose among rows the view has already fetched: one query however many forms share the choice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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


def leave_to_corrections(form: forms.Form, model: type[models.Model], columns: Collection[str]) -> None:
    """Take out of a form what is corrected once it is public. What a page sent that was opened before stays in it, so that
    nobody's words are lost: the action refuses them and says what to do.
    """
    for field in model._meta.concrete_fields:
        if field.attname in columns and field.name not in form.data:
            form.fields.pop(field.name, None)
