"""Forms for asking for a new target date and for deciding on it."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.forms.choices import LongText, Radios
from committee.forms.dates import DayField
from recommendations.forms.fields import OneOf
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import DatesAgreedBy
from recommendations.models import Body, Meeting

# ------------------------------------------------------------------ new dates, exempt text


AGREED, OTHER, REFUSED = "True", "other", "False"
"""What can be decided on a new date, as the form sends it."""

DECISIONS = [(AGREED, "Agreed"), (OTHER, "Another date agreed"), (REFUSED, "Refused")]


def check_other_date(form: forms.Form, kept: dict[str, Any]) -> None:
    """Add an error where another date is missing, or typed beside a decision that is not of it."""
    decided, other = kept.get("agreed"), kept.get("other_date")
    if decided == OTHER and other is None and "other_date" not in form.errors:
        form.add_error("other_date", "Enter the date that was agreed")
    if decided in (AGREED, REFUSED) and other is not None:
        form.add_error("other_date", "Clear this date, or select “Another date agreed”")


class DateDecisionForm(PublishedWordsForm):
    """The committee's decision on a requested new date."""

    published = ("note",)

    mark_optional = False
    reveal = {"other_date": ("agreed", [OTHER])}

    agreed = forms.ChoiceField(
        label="What did the committee decide?",
        choices=DECISIONS,
        widget=Radios(
            hints={
                AGREED: "The new date counts from now on. The first date stays in view, and lateness counts from it.",
                OTHER: "The date that you enter counts. The one that was asked for stays in view beside it.",
                REFUSED: "The present date stands.",
            }
        ),
        error_messages={"required": "Select what the committee decided"},
    )
    other_date = DayField(
        label="Which date was agreed?",
        name="The date that was agreed",
        required=False,
        help_text="For example, 27 3 2027.",
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
        help_text="Needed for a refusal, and for another date: why. For the date asked for: any condition or remark.",
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

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        check_other_date(self, kept)
        return kept

    def details(self) -> dict[str, Any]:
        """Return what the action takes."""
        kept = {name: self.cleaned_data[name] for name in ("meeting", "note", "other_date", "looked_at")}
        return kept | {"agreed": self.cleaned_data["agreed"] != REFUSED}


class NewDateForm(PublishedWordsForm):
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
