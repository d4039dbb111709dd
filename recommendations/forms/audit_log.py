"""The filters of the audit trail and of the log of who read exempt text."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.forms.dates import DayField
from committee.forms.numbers import WholeNumberField


class AuditLogForm(forms.Form):
    """A search of the audit trail. Nothing is required."""

    mark_optional = False

    person = forms.CharField(
        label="Person", max_length=200, required=False, help_text="Part of a name or an e-mail address"
    )
    thing = forms.ChoiceField(label="What was changed", required=False)
    row = WholeNumberField(
        label="Its number",
        required=False,
        error_messages={"invalid": "Enter the number as digits"},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    operation = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[("", "Anything"), ("INSERT", "Added"), ("UPDATE", "Changed"), ("DELETE", "Removed")],
    )
    since = DayField(label="From", name="The first day", required=False)
    until = DayField(label="To", name="The last day", required=False)
    before = WholeNumberField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, things: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", "Anything"), *things]  # type: ignore[attr-defined]  # see pyproject.toml


class ExemptAccessForm(forms.Form):
    """A search of the log of access to exempt text, by person and day. Nothing is required."""

    mark_optional = False

    person = AuditLogForm.base_fields["person"]
    since = AuditLogForm.base_fields["since"]
    until = AuditLogForm.base_fields["until"]
    before = AuditLogForm.base_fields["before"]
