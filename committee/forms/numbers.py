"""A whole number, typed in a box or sent by the page itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee.text import whole_number


class WholeNumberField(forms.IntegerField):
    """A whole number from 0, read by `whole_number`; `cleaned_data` holds an int or None."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        number = whole_number(value)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number
