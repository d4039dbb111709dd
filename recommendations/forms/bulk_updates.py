"""Updates on many recommendations at once: a short form for each, one day for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms

from committee import clock
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from committee.forms.numbers import WholeNumberField
from committee.text import clean_text
from recommendations.lifecycle import Claim
from recommendations.models import Assignment, Update
from recommendations.utils.personal_data import PossiblePersonalData, suspicions_in

WORDS = ("progress", "barriers", "next_steps", "delivered_what")


class DayForm(forms.Form):
    """The day that all the updates are as at."""

    as_at = DayField(
        label="Which day do these updates speak of?",
        name="The day the updates speak of",
        help_text="The facts below were true on this day. For example, 27 3 2026.",
        error_messages={"blank": "Enter the day the updates speak of"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"as_at": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["as_at"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml


class RowForm(forms.Form):
    """One recommendation's update. An untouched form is not saved; nothing is required."""

    mark_optional = False

    claim = forms.ChoiceField(
        label="How does the work stand?",
        choices=[("", "Not said yet"), *Claim.choices],
        required=False,
        error_messages={"invalid_choice": "Select how the work stands"},
    )
    last = forms.BooleanField(
        label="As last time",
        help_text="Takes the words of last time where the boxes are empty. The record says that they are the same.",
        required=False,
    )
    progress = LongText(label="What has been done?", required=False, rows=4)
    barriers = LongText(
        label="What stands in the way?",
        help_text="Needed if the work is off track, paused or not feasible.",
        required=False,
        rows=2,
    )
    next_steps = LongText(label="What happens next?", required=False, rows=2)
    delivered_what = LongText(
        label="What was delivered?", help_text="Needed if you say it is delivered.", required=False, rows=2
    )
    version = WholeNumberField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, assignment: Assignment, update: Update | None) -> None:
        self.assignment, self.update = assignment, update
        initial: dict[str, Any] = {}
        if update is not None:
            initial = {name: getattr(update, name) for name in ("claim", *WORDS)} | {
                "version": update.version
            }
        super().__init__(data, prefix=f"a{assignment.pk}", initial=initial)
        if assignment.last_update is None:
            del self.fields["last"]
        reference = assignment.recommendation.reference
        for name, field in self.fields.items():
            if name != "version":
                field.widget.attrs["aria-label"] = f"{field.label} {reference}"

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed, chosen or ticked since the page was opened."""
        return any(name != "version" for name in self.changed_data)

    @property
    def has_words(self) -> bool:
        """Whether anything stands in its boxes, typed now or before."""
        return any(clean_text(self.data.get(self.add_prefix(name))) for name in ("claim", *WORDS))

    def details(self) -> dict[str, Any]:
        """Return what was typed, for `updates.write_update`; the text of the last update if that is asked for."""
        details = {name: self.cleaned_data[name] for name in ("claim", *WORDS) if name in self.cleaned_data}
        last = self.assignment.last_update
        if self.cleaned_data.get("last") and last is not None:
            if not any(clean_text(details.get(name)) for name in WORDS):
                details |= {name: getattr(last, name) for name in WORDS}
            details["claim"] = details.get("claim") or last.claim
        return details


class UpdateToRead(NamedTuple):
    """One of several updates to read and tick."""

    key: str
    update: Update
    suspicions: list[tuple[str, PossiblePersonalData]]
    must_look: bool
    """Whether the person must say that they looked at the suspicions."""
    chosen: bool
    looked: bool


class SubmitUpdatesForm(forms.Form):
    """Which of the complete updates are submitted, each as it was seen, and of which the pointed out words were looked at."""

    updates = forms.MultipleChoiceField(
        label="Updates to submit",
        error_messages={"required": "Select at least one update to submit"},
    )
    looked_at = forms.MultipleChoiceField(label="Looked at", required=False)

    def __init__(self, *args: Any, updates: Sequence[Update], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {f"{update.pk}-{update.version}": update for update in updates}
        self.suspicions = {key: suspicions_in(update) for key, update in self.rows.items()}
        for name in ("updates", "looked_at"):
            self.fields[name].choices = [(key, key) for key in self.rows]  # type: ignore[attr-defined]  # see pyproject.toml
            self.fields[name].error_messages["invalid_choice"] = (
                "Somebody changed one of these meanwhile. This is how they read now: check them and submit again"
            )

    def must_be_looked_at(self, update: Update) -> bool:
        """Return whether the update is public once this form is sent, so that what is pointed out must be looked at."""
        return update.assignment.body.publishes_without_approver

    def rows_to_read(self) -> list[UpdateToRead]:
        """Return the updates with all that their page says of each."""
        chosen, looked = self["updates"].value(), self["looked_at"].value() or []
        return [
            UpdateToRead(
                key,
                update,
                self.suspicions[key],
                bool(self.suspicions[key]) and self.must_be_looked_at(update),
                not self.is_bound or key in (chosen or []),
                key in looked,
            )
            for key, update in self.rows.items()
        ]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        for key in kept.get("updates", ()):
            update = self.rows[key]
            unseen = self.suspicions[key] and key not in kept.get("looked_at", ())
            if unseen and self.must_be_looked_at(update):
                reference = update.assignment.recommendation.reference
                self.add_error(None, f"{reference}: tick that you looked at what may be personal data")
        return kept

    def chosen(self) -> list[Update]:
        return [self.rows[key] for key in self.cleaned_data["updates"]]

    def details(self, update: Update) -> dict[str, Any]:
        """Return what the form says of one of the chosen updates."""
        return {"looked_at": f"{update.pk}-{update.version}" in self.cleaned_data["looked_at"]}


class PublishUpdatesForm(SubmitUpdatesForm):
    """Which of the updates that wait are published."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["updates"].error_messages["required"] = "Select at least one update to publish"

    def must_be_looked_at(self, update: Update) -> bool:
        return True
