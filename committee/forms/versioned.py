"""Forms with optimistic locking, which show both sides of a conflicting edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.forms.boundfield import BoundField

from committee.formatting import date_and_time, long_date
from committee.forms.choices import flat_choices
from committee.forms.numbers import WholeNumberField

# ------------------------------------------------------------------ two people, one thing


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved with another value than this person typed; both in words."""

    label: str
    theirs: str
    yours: str


class VersionedFormMixin(forms.BaseForm):
    """Mixin for forms of versioned models: carries the version it was opened at, and shows both sides of a conflict.

    On EditConflict a view calls `form.conflict(error.current)` and shows the page again with the result as `conflict`.
    What was typed is kept, and saving once more replaces the other person's words on purpose.
    """

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened_at = (
            version if version is not None else getattr(getattr(self, "instance", None), "version", None)
        )
        self.fields["version"] = WholeNumberField(
            required=True,
            widget=forms.HiddenInput,
            initial=self.initial.get("version", opened_at),
            error_messages={
                "required": "Open the page again before you save",
                "invalid": "Open the page again before you save",
            },
        )

    def conflict(self, current: Any) -> list[Difference]:
        """Return the fields in which `current` (the row as it is now) differs from what was typed.

        The form then carries the row's present version, so that it can be saved again.
        """
        differences = []
        for bound in self.visible_fields():
            if not hasattr(current, bound.name):
                continue
            theirs, yours = getattr(current, bound.name), self.cleaned_data.get(bound.name, bound.data)
            theirs_in_words, yours_in_words = in_words(theirs, bound), in_words(yours, bound)
            if theirs_in_words != yours_in_words:
                differences.append(
                    Difference(str(bound.label), theirs_in_words or "Nothing", yours_in_words or "Nothing")
                )
        if hasattr(self.data, "copy"):
            data = self.data.copy()
            data[self.add_prefix("version")] = str(current.version)
            self.data = data
        return differences


def in_words(value: Any, bound: BoundField | None = None) -> str:
    """Return a value of a form or a model as a person would read it; "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return date_and_time(value)
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, models.Manager):
        value = list(value.all())
    if isinstance(value, list | tuple | set | models.QuerySet):
        return ", ".join(in_words(one, bound) for one in value)
    if isinstance(value, models.Model) and bound is not None and hasattr(bound.field, "label_from_instance"):
        return str(bound.field.label_from_instance(value))
    choices = getattr(bound.field, "choices", None) if bound is not None else None
    if choices is not None and not isinstance(value, models.Model):
        for key, label in flat_choices(choices):
            if str(key) == str(value):
                return str(label)
    return str(value).replace("\r\n", "\n").strip()
