"""The public site's two forms: a search, and the day to show a record as at."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from committee import clock


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Search for",
        max_length=200,
        required=False,
        help_text="Words, a reference, or an exact phrase in quotation marks",
        widget=forms.TextInput(attrs={"type": "search", "class": "govuk-!-width-two-thirds"}),
        error_messages={"max_length": "Enter a shorter search, of 200 characters or fewer"},
    )


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
