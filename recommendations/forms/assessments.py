"""Forms for recording the committee's view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from committee.formatting import long_date
from committee.forms.choices import LongText, Radios, VocabularyField
from committee.forms.numbers import WholeNumberField
from recommendations.lifecycle import OUTCOMES_WHEN_CLOSED, OUTCOMES_WHEN_OPEN, Grade, Outcome
from recommendations.models import Assessment, Assignment, Meeting, Recommendation


def _one_of(label: str, plural: str, empty_label: str, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """Return a field that narrows the dashboard to one of these rows; left empty, it narrows nothing."""
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        required=False,
        empty_label=empty_label,
        error_messages={"invalid_choice": f"Select one of the {plural} in the list"},
    )


class AssessmentForm(forms.Form):
    """The committee's view of a recommendation, or of one assignment, at a meeting."""

    grade = VocabularyField(
        Grade,
        label="How does the committee grade what was done?",
        error_messages={
            "required": "Select how the committee grades what was done",
            "invalid_choice": "Select how the committee grades what was done",
        },
    )
    outcome = VocabularyField(
        Outcome,
        label="What did the committee decide?",
        error_messages={
            "required": "Select what the committee decided",
            "invalid_choice": "Select what the committee decided",
        },
    )
    comment = LongText(
        label="The committee’s reason or comment",
        help_text="Public. Needed to escalate, to reopen, and to close anything that was not implemented.",
        required=False,
        max_length=4000,
        rows=3,
        error_messages={"max_length": "Shorten the comment to 4,000 characters or fewer"},
    )
    seen = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_open: bool = True, seen: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = OUTCOMES_WHEN_OPEN if is_open else OUTCOMES_WHEN_CLOSED
        self.fields["outcome"] = VocabularyField(
            Outcome,
            among=among,
            label="What did the committee decide?",
            error_messages=self.base_fields["outcome"].error_messages,
        )
        self.order_fields(["meeting", "assignment", "grade", "outcome", "comment", "seen"])
        self.fields["seen"].initial = seen

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def conflict(self, current: Assessment) -> list[Assessment]:
        """Return the view that was recorded meanwhile, and carry it: saving once more is a decision to add another."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("seen")] = str(current.pk)
        self.data = data
        return [current]


class OneAssessmentForm(AssessmentForm):
    """The same for one recommendation on a page of its own, where meeting and assignment are chosen too."""

    meeting = forms.ModelChoiceField(
        label="At which meeting?",
        queryset=Meeting.objects.none(),
        empty_label="Select a meeting",
        error_messages={
            "required": "Select the meeting at which the committee gave its view",
            "invalid_choice": "Select the meeting at which the committee gave its view",
        },
    )
    assignment = forms.ModelChoiceField(
        label="Of whose work?",
        queryset=Assignment.objects.none(),
        required=False,
        empty_label="The whole recommendation",
        widget=Radios,
        error_messages={"invalid_choice": "Select a body that this recommendation is addressed to"},
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        parts = list(recommendation.assignments.select_related("body"))
        states = {part.is_open for part in parts}
        self.alike = len(states) < 2
        super().__init__(*args, is_open=recommendation.is_open, **kwargs)
        if not self.alike:
            self.fields["outcome"] = VocabularyField(
                Outcome,
                label="What did the committee decide?",
                error_messages=self.base_fields["outcome"].error_messages,
            )
            self.order_fields(["meeting", "assignment", "grade", "outcome", "comment", "seen"])
        elif recommendation.closed_on is not None and self._has_meeting_before(recommendation):
            self.fields["outcome"] = VocabularyField(
                Outcome,
                label="What did the committee decide?",
                help_text=f"It was closed on {long_date(recommendation.closed_on)}. Of that meeting or a later one, only"
                " “Reopen” can be recorded; a view of an earlier meeting is filed before the closing, which stands.",
                error_messages=self.base_fields["outcome"].error_messages,
            )
            self.order_fields(["meeting", "assignment", "grade", "outcome", "comment", "seen"])
        meetings, part = self.fields["meeting"], self.fields["assignment"]
        meetings.queryset = Meeting.objects.for_verdicts_on(recommendation)  # type: ignore[attr-defined]  # see pyproject.toml
        part.queryset = recommendation.assignments.select_related("body", "formerly")  # type: ignore[attr-defined]  # see pyproject.toml
        part.label_from_instance = lambda row: row.owner_name  # type: ignore[attr-defined]  # see pyproject.toml
        if not self.alike:
            part.empty_label = None  # type: ignore[attr-defined]  # see pyproject.toml
            part.required = True
            part.error_messages["required"] = "Select whose work the committee gave its view of"
            part.help_text = "The committee has closed one body’s part, so each is assessed separately."
        if len(parts) < 2:
            del self.fields["assignment"]

    @staticmethod
    def _has_meeting_before(recommendation: Recommendation) -> bool:
        """Return whether a view of a meeting before the one that closed it could be entered late."""
        meetings = Meeting.objects.for_verdicts_on(recommendation)
        return bool(meetings.filter(held_on__lt=recommendation.closed_on).exists())

    @property
    def meetings_to_choose(self) -> bool:
        """Return whether there is any meeting at which this view can have been given."""
        return bool(self.fields["meeting"].choices.queryset.exists())  # type: ignore[attr-defined]  # see pyproject.toml
