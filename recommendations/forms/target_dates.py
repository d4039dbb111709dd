"""Forms for asking for a new target date and for deciding on it."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.forms.choices import LongText, Radios
from committee.forms.dates import DayField
from recommendations.forms.fields import OneOf
from recommendations.lifecycle import DatesAgreedBy
from recommendations.models import Body, Meeting

# ------------------------------------------------------------------ new dates, exempt text


class DateDecisionForm(forms.Form):
    """The committee's decision on a requested new date."""

    agreed = forms.TypedChoiceField(
        label="What did the committee decide?",
        choices=[("True", "Agreed"), ("False", "Refused")],
        coerce=lambda value: value == "True",
        widget=Radios(
            hints={
                "True": "The new date counts from now on. The first date stays in view, and lateness counts from it.",
                "False": "The present date stands.",
            }
        ),
        error_messages={"required": "Select what the committee decided"},
    )
    meeting = OneOf(
        label="At which meeting?",
        required=False,
        empty="Between meetings",
    )
    note = LongText(
        label="Note",
        rows=3,
        required=False,
        help_text="Needed for a refusal: why the date was refused. For an agreed date: any condition or remark.",
    )

    def __init__(self, *args: Any, committee: Body, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = DatesAgreedBy(committee.dates_agreed_by)
        decided = {
            DatesAgreedBy.MEETING: "What did the committee decide?",
            DatesAgreedBy.CHAIR: "What did the chair decide?",
            DatesAgreedBy.OFFICER: "What do you decide, under delegation?",
        }
        self.fields["agreed"].label = decided[who]
        field = self.fields["meeting"]
        if who == DatesAgreedBy.MEETING:
            field.empty = "Select a meeting"  # type: ignore[attr-defined]  # see pyproject.toml
            field.help_text = f"The {committee.name} agrees its dates itself, at a meeting."
        field.offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml


class NewDateForm(forms.Form):
    """Ask the committee for a new date."""

    new_date = DayField(
        label="Which new date do you ask for?",
        name="The new date",
        help_text="For example, 27 3 2027.",
        error_messages={"blank": "Enter the new date"},
    )
    reason = LongText(
        label="Why is a new date needed?",
        help_text="The committee and the public read this: what changed, and why the new date will hold.",
        rows=6,
        error_messages={"required": "Enter why a new date is needed"},
    )
