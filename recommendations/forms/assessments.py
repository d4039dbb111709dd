"""Forms for recording the committee's view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import get_text_list

from committee.formatting import long_date
from committee.forms.choices import LongText, Radios, VocabularyField
from committee.forms.numbers import WholeNumberField
from recommendations.lifecycle import Grade, Outcome, outcomes_when
from recommendations.models import Assessment, Assignment, Meeting, Recommendation
from recommendations.queries.assessments import open_at_meeting, turns


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
        self._offer_outcomes(outcomes_when(is_open))
        self.fields["seen"].initial = seen

    def _offer_outcomes(self, outcomes: Iterable[Outcome], hint: str = "") -> None:
        self.fields["outcome"] = VocabularyField(
            Outcome,
            among=outcomes,
            label="What did the committee decide?",
            help_text=hint,
            error_messages=self.base_fields["outcome"].error_messages,
        )
        self.order_fields(["meeting", "assignment", "grade", "outcome", "comment", "seen"])

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

    def __init__(
        self, *args: Any, recommendation: Recommendation, verdicts: Collection[Assessment], **kwargs: Any
    ) -> None:
        parts = list(recommendation.assignments.select_related("body"))
        alike = len({part.is_open for part in parts}) < 2
        super().__init__(*args, is_open=recommendation.is_open, **kwargs)
        meetings, part = self.fields["meeting"], self.fields["assignment"]
        meetings.queryset = Meeting.objects.for_verdicts_on(recommendation)  # type: ignore[attr-defined]  # see pyproject.toml
        part.queryset = recommendation.assignments.select_related("body", "formerly")  # type: ignore[attr-defined]  # see pyproject.toml
        part.label_from_instance = lambda row: row.owner_name  # type: ignore[attr-defined]  # see pyproject.toml
        if not alike:
            part.empty_label = None  # type: ignore[attr-defined]  # see pyproject.toml
            part.required = True
            part.error_messages["required"] = "Select whose work the committee gave its view of"
            part.help_text = "The committee has closed one body’s part, so each is assessed separately."
        if len(parts) < 2:
            del self.fields["assignment"]
        self._offer_what_fits(meetings.queryset, parts, verdicts)  # type: ignore[attr-defined]  # see pyproject.toml

    def _offer_what_fits(
        self, meetings: Iterable[Meeting], parts: Sequence[Assignment], verdicts: Collection[Assessment]
    ) -> None:
        """Offer the outcomes that fit at one of the meetings, and say which fit where if that depends on the meeting."""
        targets: list[Sequence[Assignment]] = [[part] for part in parts] or [[]]
        stood = {open_at_meeting(meeting, target, verdicts) for meeting in meetings for target in targets}
        if not stood:
            return
        fitting = {outcome for is_open in stood for outcome in outcomes_when(bool(is_open))}
        hint = ""
        if len(stood) > 1:
            told = [
                f"{'reopened' if is_open else 'closed'} on {long_date(day)}"
                for day, is_open in turns(parts, verdicts)
            ]
            hint = f"It was {get_text_list(told, 'and')}. " if told else ""
            hint += (
                "“Reopen” fits only what was closed at the meeting, the others only what was open. A view of an earlier"
                " meeting is filed before those of later ones, which stand."
            )
        self._offer_outcomes([outcome for outcome in Outcome if outcome in fitting], hint)

    @property
    def meetings_to_choose(self) -> bool:
        """Return whether there is any meeting at which this view can have been given."""
        return bool(self.fields["meeting"].choices.queryset.exists())  # type: ignore[attr-defined]  # see pyproject.toml
