"""Forms of councillors: what of the dashboard to show, and the committee's view."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from committee import clock
from committee.forms import LongText, Radios, VocabularyField
from recommendations.lifecycle import OUTCOMES_WHEN_CLOSED, OUTCOMES_WHEN_OPEN, Grade, Outcome
from recommendations.models import Assessment, Assignment, Body, Inquiry, Meeting, Recommendation, Theme
from recommendations.models.assignments import AssignmentQuerySet


def _one_of(label: str, plural: str, empty_label: str, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """Return a field that narrows the dashboard to one of these rows; left empty, it narrows nothing."""
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        required=False,
        empty_label=empty_label,
        error_messages={"invalid_choice": f"Select one of the {plural} in the list"},
    )


class DashboardForm(forms.Form):
    """What of a committee's dashboard to show, and as at which day. Kept in the address."""

    as_at = forms.DateField(
        label="As at",
        required=False,
        help_text="See every figure as it stood at the end of an earlier day.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={"invalid": "Enter the day as day, month and year"},
    )
    inquiry = _one_of("Inquiry", "inquiries", "All inquiries", Inquiry.objects.none())
    body = _one_of("Owning body", "bodies", "All owning bodies", Body.objects.none())
    theme = _one_of("Theme", "themes", "All themes", Theme.objects.none())

    def __init__(self, *args: Any, committee: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = Assignment.objects.published().of_committees({committee.pk})
        self._choices("inquiry").queryset = Inquiry.objects.with_assignments_among(self.scope)
        self._choices("body").queryset = Body.objects.owning_among(self.scope)
        self._choices("theme").queryset = Theme.objects.used_among(self.scope)
        self.fields["as_at"].widget.attrs["max"] = clock.today().isoformat()
        if not self.is_bound:
            raise ValueError("A dashboard reads its address")
        self.is_valid()

    def _choices(self, name: str) -> forms.ModelChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        return field

    def clean_as_at(self) -> dt.date | None:
        day = self.cleaned_data["as_at"]
        if day is not None and day > clock.today():
            raise ValidationError("Enter today or an earlier day")
        return None if day == clock.today() else day

    @property
    def day(self) -> dt.date:
        """The day that the figures speak of."""
        return self.cleaned_data.get("as_at") or clock.today()

    @property
    def at(self) -> dt.datetime | None:
        """The moment to read history at, or None for now."""
        day = self.cleaned_data.get("as_at")
        return clock.end_of_day(day) if day else None

    @property
    def assignments(self) -> AssignmentQuerySet:
        """The committee's assignments under the filters."""
        chosen = self.cleaned_data
        rows = self.scope
        if chosen.get("inquiry"):
            rows = rows.of_inquiry(chosen["inquiry"])
        if chosen.get("body"):
            rows = rows.of_body(chosen["body"])
        if chosen.get("theme"):
            rows = rows.of_theme(chosen["theme"])
        return rows

    @property
    def query(self) -> str:
        """The choices as a query string, "?..." or nothing, for links that keep them."""
        from urllib.parse import urlencode

        given = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        pairs = {name: value for name, value in given.items() if value}
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("inquiry", "body", "theme"))


class AssessmentForm(forms.Form):
    """The committee's view of a recommendation, or of one body's part in it, at a meeting."""

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
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

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

    def see(self, latest: Assessment) -> None:
        """Carry the verdict that was recorded meanwhile, so that saving once more is a decision to add another."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("seen")] = str(latest.pk)
        self.data = data


class OneAssessmentForm(AssessmentForm):
    """The same for one recommendation on a page of its own, where the meeting and the part are chosen too."""

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

    @property
    def meetings_to_choose(self) -> bool:
        """Whether there is any meeting at which this view can have been given."""
        return bool(self.fields["meeting"].choices.queryset.exists())  # type: ignore[attr-defined]  # see pyproject.toml
