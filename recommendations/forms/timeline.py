"""The form that shows a record as at a past day."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from committee import clock


class AsAtForm(forms.Form):
    as_at = forms.DateField(
        label="Show this page as at",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %B %Y"],
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Enter the day to show this page as at",
            "invalid": "Enter a real date, such as 27/3/2025",
        },
    )

    def clean_as_at(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_at"]
        if day > clock.today():
            raise ValidationError("Enter today’s date or an earlier one")
        if day.year < 1900:
            raise ValidationError("Enter a date in 1900 or later")
        return day
