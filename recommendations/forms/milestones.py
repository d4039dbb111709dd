"""Forms for the milestones of an assignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from committee.formatting import long_date
from committee.forms.choices import Checkboxes
from committee.forms.dates import DayField
from committee.text import whole_number
from recommendations.models import Milestone


def due_words(step: Milestone) -> str:
    """Return when a milestone is due, in words; "" if it has no day."""
    if step.done_on is not None:
        return f"Done on {long_date(step.done_on)}"
    return f"Due on {long_date(step.due_on)}" if step.due_on else ""


class MilestoneForm(forms.Form):
    """A milestone of the body's plan."""

    words = forms.CharField(
        label="What is the step?",
        max_length=300,
        error_messages={"required": "Enter what the step is"},
    )
    due_on = DayField(
        label="When is it due? (optional)",
        name="The day it is due",
        help_text="For example, 27 3 2026.",
        required=False,
    )


class MilestoneTicksForm(forms.Form):
    """The milestones that are done."""

    milestones = forms.TypedMultipleChoiceField(
        label="Which steps are done?", coerce=int, required=False, widget=Checkboxes()
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, steps: Sequence[Milestone], **options: Any) -> None:
        done = [step.pk for step in steps if step.done_on is not None]
        options["initial"] = {"milestones": done, "before": ",".join(map(str, done))}
        super().__init__(*args, **options)
        self.fields["milestones"].choices = [(step.pk, step.words) for step in steps]  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["milestones"].widget.hints = {str(step.pk): due_words(step) for step in steps}

    def ticked(self) -> tuple[list[int], list[int]]:
        """Return the ids of the milestones ticked now, and of those that were ticked when the form was opened."""
        before = (whole_number(part) for part in self.cleaned_data["before"].split(","))
        return self.cleaned_data["milestones"], [pk for pk in before if pk is not None]
