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
from recommendations.filters import NamedChoiceField
from recommendations.lifecycle import Grade, Outcome, outcomes_when
from recommendations.models import Assessment, Assignment, Meeting, ProposedVerdict, Recommendation
from recommendations.queries.assessments import not_reported, open_at_meeting, turns


def _one_of(
    label: str, plural: str, empty_label: str, rows: QuerySet[Any], named_by: str = "name"
) -> NamedChoiceField:
    """Return a field that narrows the dashboard to one of these rows; left empty, it narrows nothing."""
    return NamedChoiceField(
        named_by=(named_by,),
        label=label,
        queryset=rows,
        required=False,
        empty_label=empty_label,
        error_messages={"invalid_choice": f"Select one of the {plural} in the list"},
    )


NEEDS_COMMENT = "Public. Needed to escalate, to reopen, and to close anything that was not implemented."


class InvitationField(forms.ModelChoiceField):
    """The meeting to which the head of service is invited, by its day and place."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        offered = list(meetings)
        super().__init__(
            Meeting.objects.filter(pk__in=[meeting.pk for meeting in offered]).order_by("held_on", "id"),
            initial=offered[0].pk if offered else None,
            label="To which meeting is the head of service invited?",
            empty_label="Select a meeting",
            required=False,
            help_text=(
                "The bodies are told the day and the place by e-mail."
                if offered
                else "The committee has no later meeting in the calendar, so none is named. A clerk can add it first."
            ),
            error_messages={"invalid_choice": "Select a meeting of the committee after this one"},
        )
        # All of a page's forms offer the same few: they are read once.
        self.choices = [("", "Select a meeting"), *((one.pk, one.when_and_where) for one in offered)]


class AssessmentForm(forms.Form):
    """The committee's view of a recommendation, or of one assignment, at a meeting.

    `later` are the meetings to which an escalation can invite. `not_reported` is the fact that a body has not reported its
    part as delivered, in words, if so: closing as implemented then asks for the ground.
    """

    reveal = {"invited_to": ("outcome", Outcome.ESCALATE)}

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
        help_text=NEEDS_COMMENT,
        required=False,
        max_length=4000,
        rows=3,
        error_messages={"max_length": "Shorten the comment to 4,000 characters or fewer"},
    )
    seen = WholeNumberField(widget=forms.HiddenInput, required=False)
    version = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        is_open: bool = True,
        seen: int = 0,
        own: ProposedVerdict | None = None,
        later: Iterable[Meeting] = (),
        not_reported: str = "",
        **kwargs: Any,
    ) -> None:
        if own is not None:
            names = ("grade", "outcome", "comment")
            proposed = {name: getattr(own, name) for name in names} | {"invited_to": own.invited_to_id}
            kwargs["initial"] = proposed | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.later = list(later)
        self._offer_outcomes(outcomes_when(is_open))
        self.fields["seen"].initial = seen
        self.fields["version"].initial = own.version if own is not None else 0
        if not_reported and is_open:
            self.fields[
                "comment"
            ].help_text = (
                f"{NEEDS_COMMENT} Needed to close this as implemented too, with the ground: {not_reported}."
            )

    @property
    def verdict(self) -> dict[str, Any]:
        """Return what was filled in of the verdict itself, once the form is valid."""
        names = ("grade", "outcome", "comment", "invited_to")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def to_record(self) -> dict[str, Any]:
        """Return what recording the committee's verdict takes of the form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _offer_outcomes(self, outcomes: Collection[Outcome], hint: str = "") -> None:
        self.fields["outcome"] = VocabularyField(
            Outcome,
            among=outcomes,
            label="What did the committee decide?",
            help_text=hint,
            error_messages=self.base_fields["outcome"].error_messages,
        )
        self.fields["invited_to"] = InvitationField(self.later)
        if Outcome.ESCALATE not in outcomes:
            del self.fields["invited_to"]
        self.order_fields(
            ["meeting", "assignment", "grade", "outcome", "invited_to", "comment", "seen", "version"]
        )

    def clean(self) -> dict[str, Any]:
        """Keep the meeting that the list box offers first only where the head of service is invited."""
        kept = super().clean() or self.cleaned_data
        return kept if kept.get("outcome") == Outcome.ESCALATE else {**kept, "invited_to": None}

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def conflict(self, current: Assessment | ProposedVerdict) -> list[Assessment | ProposedVerdict]:
        """Return the view that was recorded meanwhile, or one's own proposal as it was changed in another window, and
        carry it: saving once more is a decision to add another, or to change it again.
        """
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        if isinstance(current, ProposedVerdict):
            data[self.add_prefix("version")] = str(current.version)
        else:
            data[self.add_prefix("seen")] = str(current.pk)
        self.data = data
        return [current]


class SeveralForm(AssessmentForm):
    """One view for several recommendations or parts of them at a meeting."""

    def __init__(self, *args: Any, states: Collection[bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = {outcome for is_open in states for outcome in outcomes_when(is_open)}
        hint = ""
        if len(states) > 1:
            hint = "Some of these were open at the meeting and others closed, so that no one decision fits them all."
        self._offer_outcomes([outcome for outcome in Outcome if outcome in fitting], hint)
        del self.fields["seen"], self.fields["version"]


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
        parts = list(recommendation.assignments.standing().select_related("body", "formerly"))
        alike = len({part.is_closed for part in parts}) < 2
        possible = list(Meeting.objects.for_verdicts_on(recommendation))
        later = Meeting.objects.to_invite_to(possible[-1], recommendation.inquiry) if possible else []
        kwargs |= {
            "later": later,
            "not_reported": not_reported(parts, sources_only=recommendation.sources_only),
        }
        super().__init__(*args, is_open=recommendation.closed_on is None, **kwargs)
        meetings, part = self.fields["meeting"], self.fields["assignment"]
        meetings.queryset = Meeting.objects.for_verdicts_on(recommendation)  # type: ignore[attr-defined]  # see pyproject.toml
        part.queryset = recommendation.assignments.standing().select_related("body", "formerly")  # type: ignore[attr-defined]  # see pyproject.toml
        part.label_from_instance = lambda row: row.owner_name  # type: ignore[attr-defined]  # see pyproject.toml
        if not alike:
            part.empty_label = None  # type: ignore[attr-defined]  # see pyproject.toml
            part.required = True
            part.error_messages["required"] = "Select whose work the committee gave its view of"
            part.help_text = "The committee has closed one body’s part, so each is assessed separately."
        if len(parts) < 2:
            del self.fields["assignment"]
        self._offer_what_fits(meetings.queryset, parts, verdicts)  # type: ignore[attr-defined]  # see pyproject.toml

    def _offer_outcomes(self, outcomes: Collection[Outcome], hint: str = "") -> None:
        """Offer no meeting to invite to before the others: which is the next depends on the meeting that is chosen here."""
        super()._offer_outcomes(outcomes, hint)
        if "invited_to" in self.fields:
            self.fields["invited_to"].initial = None

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
