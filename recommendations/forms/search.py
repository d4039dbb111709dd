"""The form of the public search."""

from __future__ import annotations

from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Search for",
        max_length=200,
        required=False,
        help_text="Words, a reference, or an exact phrase in quotation marks",
        widget=forms.TextInput(attrs={"type": "search", "class": "govuk-!-width-two-thirds"}),
        error_messages={"max_length": "Enter a shorter search, of 200 characters or fewer"},
    )
