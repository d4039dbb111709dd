"""Forms for correcting what is on the public record: each shows what is recorded, and asks what is right and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField

from committee import clock
from committee.formatting import long_date
from committee.forms.choices import LongText, Radios, VocabularyField
from committee.forms.dates import DayField
from committee.forms.versioned import Difference, VersionedFormMixin
from recommendations.forms.fields import OneOf
from recommendations.forms.inquiries import FindingForm, InquiryForm
from recommendations.forms.personal_data import LookedAt
from recommendations.forms.recommendations import RecommendationForm
from recommendations.forms.responses import AnswerForm
from recommendations.forms.target_dates import AGREED, DECISIONS, OTHER, REFUSED, check_other_date
from recommendations.lifecycle import DatesAgreedBy, Grade, Outcome, TargetState
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Finding,
    Inquiry,
    Meeting,
    Recommendation,
    Response,
    TargetChange,
)
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.utils.personal_data import PossiblePersonalData, suspicions_by_field

ANOTHER, NOTHING = "another", "nothing"
LAST = ["why", "looked_at"]


class CorrectionForm(forms.Form):
    """What every correction asks: how it came to be recorded wrong."""

    mark_optional = False

    why = LongText(
        label="How it came to be recorded wrong",
        rows=3,
        help_text="Everybody reads it beside the correction, such as “Typed wrong: the notice went out on 3 November”. Leave"
        " out names of children, families and victims.",
        error_messages={"required": "Enter how it came to be recorded wrong. Everybody can read it"},
    )

    looked_at = LookedAt()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in LAST] + LAST)

    @property
    def typed_fields(self) -> list[BoundField]:
        """The fields to fill in, without the tick that is asked for only beside what is pointed out."""
        return [field for field in self.visible_fields() if field.name != "looked_at"]

    @property
    def suspicions(self) -> list[tuple[str, PossiblePersonalData]]:
        """What looks like personal data in what everybody would read of the correction, with the label of its box."""
        return suspicions_by_field(self.new_words) if self.is_bound else []

    @property
    def new_words(self) -> dict[str, str]:
        """The words that would become public, by the label of their box."""
        typed, changed = getattr(self, "cleaned_data", {}), self.changed_data
        return {
            str(self[name].label): typed[name]
            for name in self.fields
            if name in changed
            and isinstance(typed.get(name), str)
            and not isinstance(self.fields[name], forms.ChoiceField)
        }

    def details(self) -> dict[str, Any]:
        """Return what the action takes."""
        kept = dict(self.cleaned_data)
        return {"reason": kept.pop("why"), **kept}


def _leave_only(form: CorrectionForm, names: Iterable[str]) -> None:
    """Take away what a form shares with another page but is not corrected: only these and the reason are asked for."""
    for name in set(form.fields) - {*names, *LAST, "version"}:
        del form.fields[name]
    form.order_fields([*names, *LAST])


class NoticeDateForm(VersionedFormMixin, CorrectionForm):
    """The right day of a notice."""

    on = DayField(label="The day the notice was sent", name="The day the notice was sent")

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        initial = {"on": assignment.notified_on}
        super().__init__(*args, initial=initial, version=assignment.version, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml

    def conflict(self, current: Any) -> list[Difference]:
        current.on = current.notified_on
        return super().conflict(current)


class FirstDateForm(VersionedFormMixin, CorrectionForm):
    """The right first date of a body's part."""

    on = DayField(
        label="The first date",
        name="The first date",
        help_text="Only if it was typed wrong. A later date that the body asks for is agreed by the committee instead.",
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        initial = {"on": assignment.first_target_on}
        super().__init__(*args, initial=initial, version=assignment.version, **kwargs)

    def conflict(self, current: Any) -> list[Difference]:
        current.on = current.first_target_on
        return super().conflict(current)


class AddresseeForm(CorrectionForm):
    """The body that a recommendation is really addressed to."""

    body = OneOf(
        label="The body it is addressed to",
        required=False,
        empty="Nobody in its place",
        help_text="It gets the part with the same first date, if that is still to come. You send it the notice afterwards.",
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"body": body.pk if body is not None else None}, **kwargs)
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]  # see pyproject.toml


class _RightRow(CorrectionForm):
    """Whether another row takes the place of the wrong one."""

    recorded_anew: tuple[str, ...]
    """The boxes whose words the right row has. All of them are looked at, also where they read as before."""

    right = forms.ChoiceField(
        label="What should the record say instead?",
        error_messages={"required": "Select what the record should say instead"},
    )

    def _choices(self, another: str, nothing: str) -> None:
        self.fields["right"].choices = [(ANOTHER, another), (NOTHING, nothing)]  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["right"].widget = Radios()
        self.fields["right"].widget.choices = self.fields["right"].choices  # type: ignore[attr-defined]  # see pyproject.toml

    @property
    def is_another(self) -> bool:
        return self["right"].value() == ANOTHER

    def full_clean(self) -> None:
        """Ask for nothing more where nothing takes the place of the wrong one."""
        if self.is_bound and not self.is_another:
            for name, field in self.fields.items():
                field.required = field.required and name in ("right", "why")
        super().full_clean()

    @property
    def new_words(self) -> dict[str, str]:
        """The reason, and all of the right row, where one takes the place of the wrong one."""
        typed = getattr(self, "cleaned_data", {})
        names = ("why", *self.recorded_anew) if self.is_another else ("why",)
        return {str(self[name].label): typed.get(name, "") for name in names}


class ResponseCorrectionForm(_RightRow, AnswerForm):
    """The right response of a body, in place of one recorded in error; its exempt part stays as it was."""

    reveal: dict[str, Any] = {
        name: ("right", [ANOTHER]) for name in ("decision", "text", "reason", "decided_on", "meeting")
    }
    recorded_anew = ("text", "reason")
    decided_on = DayField(label="When did the body decide?", name="The date of the decision")
    meeting = OneOf(label="At which of its meetings?", required=False, empty="No meeting recorded")

    def __init__(self, *args: Any, response: Response, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        names = ("decision", "text", "reason", "decided_on")
        initial = {name: getattr(response, name) for name in names}
        super().__init__(
            *args, initial={**initial, "meeting": response.meeting_id, "right": ANOTHER}, **kwargs
        )
        for name in self.EXEMPT_PART:
            del self.fields[name]
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["decided_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        self._choices("The response that I enter here", "Nothing: there was no such response")
        self.order_fields(["right", "decision", "text", "reason", "decided_on", "meeting", *LAST])
        self.kept_summary = response.public_summary

    @property
    def new_words(self) -> dict[str, str]:
        """These, with what the public reads in place of an exempt part."""
        words = super().new_words
        return words | {"The summary of the exempt part": self.kept_summary} if self.is_another else words

    def clean(self) -> dict[str, Any]:
        return super().clean() if self.is_another else self.cleaned_data

    def details(self) -> dict[str, Any]:
        kept = self.cleaned_data
        names = ("decision", "text", "reason", "decided_on", "meeting")
        return {
            "reason": kept["why"],
            "looked_at": kept["looked_at"],
            "right": {name: kept[name] for name in names} if self.is_another else None,
        }


class AssessmentCorrectionForm(_RightRow):
    """The right verdict, in place of one recorded in error, such as on the wrong recommendation."""

    reveal = {
        name: ("right", [ANOTHER])
        for name in ("reference", "body", "meeting", "grade", "outcome", "invited_to", "comment")
    }
    recorded_anew = ("comment",)
    reference = forms.CharField(
        label="Reference of the recommendation it is about",
        max_length=40,
        error_messages={"required": "Enter the reference of the recommendation it is about"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    body = OneOf(label="Of whose work?", required=False, empty="The whole recommendation")
    meeting = OneOf(
        label="At which meeting?",
        empty="Select a meeting",
        error_messages={"required": "Select the meeting at which the committee gave its view"},
    )
    grade = VocabularyField(
        Grade,
        label="How does the committee grade what was done?",
        error_messages={"required": "Select how the committee grades what was done"},
    )
    outcome = VocabularyField(
        Outcome,
        label="What did the committee decide?",
        error_messages={"required": "Select what the committee decided"},
    )
    invited_to = OneOf(
        label="To which meeting is the head of service invited?", required=False, empty="No meeting"
    )
    comment = LongText(label="The committee’s reason or comment", required=False, max_length=4000, rows=3)

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        bodies: Iterable[Body],
        meetings: Iterable[Meeting],
        later: Iterable[Meeting],
        choose_from: RecommendationQuerySet,
        **kwargs: Any,
    ) -> None:
        initial = {name: getattr(assessment, name) for name in ("grade", "outcome", "comment")}
        initial |= {
            "right": ANOTHER,
            "reference": assessment.recommendation.reference,
            "body": assessment.assignment.body_id if assessment.assignment else None,
            "meeting": assessment.meeting_id,
            "invited_to": assessment.invited_to_id,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.choose_from = choose_from
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["invited_to"].offer(later)  # type: ignore[attr-defined]  # see pyproject.toml
        self._choices("The view that I enter here", "Nothing: the committee gave no such view")
        self.order_fields(
            ["right", "reference", "body", "meeting", "grade", "outcome", "invited_to", "comment", *LAST]
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if not self.is_another or not kept.get("reference"):
            return kept
        found: Recommendation | None = self.choose_from.with_reference(kept["reference"])
        if found is None:
            self.add_error("reference", "Enter the reference of a recommendation of this committee")
            return kept
        kept["recommendation"], kept["assignment"] = found, None
        if kept.get("body") is not None:
            kept["assignment"] = found.assignments.standing().filter(body=kept["body"]).first()
            if kept["assignment"] is None:
                self.add_error("body", f"Select a body that {found.reference} is addressed to")
        return kept

    def details(self) -> dict[str, Any]:
        kept = self.cleaned_data
        names = ("recommendation", "assignment", "meeting", "grade", "outcome", "invited_to", "comment")
        return {
            "reason": kept["why"],
            "looked_at": kept["looked_at"],
            "right": {name: kept[name] for name in names} if self.is_another else None,
        }


class DateDecisionCorrectionForm(_RightRow):
    """The right decision on a new date, in place of one recorded in error."""

    reveal = {
        name: ("right", [ANOTHER])
        for name in ("agreed", "other_date", "decided_as", "meeting", "decided_on", "note")
    }
    recorded_anew = ("note",)
    agreed = forms.ChoiceField(
        label="What was decided?",
        choices=DECISIONS,
        widget=Radios(),
        error_messages={"required": "Select what was decided"},
    )
    other_date = DayField(
        label="If another date was agreed: which?",
        name="The date that was agreed",
        required=False,
        help_text="Leave it empty where the date asked for was agreed or refused.",
    )
    decided_as = VocabularyField(
        DatesAgreedBy, label="Who decided?", error_messages={"required": "Select who decided"}
    )
    meeting = OneOf(label="At which meeting?", required=False, empty="Between meetings")
    decided_on = DayField(
        label="If between meetings: on which day?", name="The day of the decision", required=False
    )
    note = LongText(
        label="Note",
        rows=3,
        required=False,
        help_text="Needed for a refusal, and for another date: why.",
    )

    def __init__(self, *args: Any, change: TargetChange, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        another = OTHER if change.asked_date is not None else AGREED
        initial = {
            "right": NOTHING if change.is_imported else ANOTHER,
            "agreed": another if change.state == TargetState.AGREED else REFUSED,
            "other_date": change.new_date if change.asked_date is not None else None,
            "decided_as": change.decided_as,
            "meeting": change.meeting_id,
            "decided_on": change.decided_on if change.meeting_id is None else None,
            "note": change.decision_note,
        }
        super().__init__(*args, initial=initial, **kwargs)
        asked = long_date(change.date_asked_for)
        self.fields["agreed"].choices = [  # type: ignore[attr-defined]  # see pyproject.toml
            (value, f"{words}: {asked}" if value == AGREED else words) for value, words in DECISIONS
        ]
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["decided_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        self._choices(
            "The decision that I enter here",
            "Nothing: the date was not moved"
            if change.is_imported
            else "Nothing: no decision was taken, so the request waits for one again",
        )
        self.order_fields(
            ["right", "agreed", "other_date", "decided_as", "meeting", "decided_on", "note", *LAST]
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if not self.is_another:
            return kept
        check_other_date(self, kept)
        if kept.get("meeting") is not None and kept.get("decided_on") is not None:
            self.add_error("decided_on", "Clear this day: that of the meeting counts")
        return kept

    def details(self) -> dict[str, Any]:
        kept = self.cleaned_data
        names = ("other_date", "decided_as", "meeting", "decided_on", "note")
        right = {name: kept[name] for name in names} | {"agreed": kept["agreed"] != REFUSED}
        return {
            "reason": kept["why"],
            "looked_at": kept["looked_at"],
            "right": right if self.is_another else None,
        }


class RecommendationCorrectionForm(VersionedFormMixin, CorrectionForm, RecommendationForm):
    """What a published recommendation says beside its exact words."""

    OF_IT = (
        "number",
        "reference",
        "heading",
        "priority",
        "success_measure",
        "finding",
        "made_at",
        "owner_note",
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        names = ("number", "reference", "heading", "priority", "success_measure", "owner_note")
        initial: dict[str, Any] = {name: getattr(recommendation, name) for name in names}
        initial |= {"finding": recommendation.finding_id, "made_at": recommendation.made_at_id}
        super().__init__(*args, initial=initial, version=recommendation.version, themes=[], **kwargs)
        self.offer_priorities(recommendation.inquiry.is_from_public_sources, recommendation.priority)
        self.fields["reference"].required = True
        self.fields["reference"].error_messages["required"] = "Enter a reference"
        _leave_only(self, self.OF_IT)

    def details(self) -> dict[str, Any]:
        kept = super().details()
        return {name: value for name, value in kept.items() if name != "themes"}


class FindingCorrectionForm(VersionedFormMixin, CorrectionForm, FindingForm):
    """The right number and words of a finding."""

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        initial = {"number": finding.number, "text": finding.text}
        super().__init__(*args, initial=initial, version=finding.version, **kwargs)


class InquiryCorrectionForm(VersionedFormMixin, CorrectionForm, InquiryForm):
    """What the page of a public inquiry says."""

    OF_IT = ("published_on", "title", "reference", "scope", "summary", "chair")
    published_on = DayField(
        label="Date the report was published",
        name="The date the report was published",
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        initial = {name: getattr(inquiry, name) for name in self.OF_IT}
        month = getattr(inquiry.published_on, "in_words", "")
        if month:
            initial["published_on"] = None
        super().__init__(*args, initial=initial, version=inquiry.version, committees=[], **kwargs)
        published = self.fields["published_on"]
        published.latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        if month:
            published.required = False
            published.help_text = f"The record has “{month}”. Leave it empty unless the day is known."
        _leave_only(self, self.OF_IT)

    def details(self) -> dict[str, Any]:
        kept = super().details()
        return {name: value for name, value in kept.items() if name != "published_on" or value is not None}


class MeetingDateForm(VersionedFormMixin, CorrectionForm):
    """The right day of a meeting at which something was decided."""

    held_on = DayField(
        label="The day the meeting was held",
        name="The day the meeting was held",
        help_text="Only if it was typed wrong. If the body met on another day as well, add that meeting.",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"held_on": meeting.held_on}, version=meeting.version, **kwargs)
        self.fields["held_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
