"""Forms for inquiries and their findings."""

from __future__ import annotations

from typing import Any

from django import forms

from committee import clock
from committee.forms.choices import LongText, Radios, VocabularyField
from committee.forms.dates import DayField
from committee.forms.versioned import VersionedFormMixin
from recommendations.forms.fields import OneOf, leave_to_corrections
from recommendations.lifecycle import INQUIRY_TRANSITIONS, RecordKind, Stage
from recommendations.models import Body, Inquiry
from recommendations.models.inquiries import CORRECTABLE


class InquiryForm(forms.Form):
    """The details of an inquiry, without its stage."""

    committee = OneOf(
        label="Committee",
        empty="Select the committee",
        error_messages={"required": "Select the committee whose inquiry it is"},
    )
    title = forms.CharField(
        label="Title", max_length=300, error_messages={"required": "Enter the inquiry’s title"}
    )
    reference = forms.CharField(
        label="Reference",
        max_length=40,
        help_text="The council’s own, such as CSC 2026/02. No two inquiries share one.",
        error_messages={"required": "Enter a reference"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    scope = LongText(
        label="What the committee is looking into",
        required=False,
        rows=5,
        help_text="The terms of reference, or the questions the inquiry asks.",
    )
    summary = LongText(
        label="Summary for the public",
        required=False,
        rows=5,
        help_text="Shown at the top of the inquiry’s public page. Leave out names of children, families and victims.",
    )
    chair = forms.CharField(
        label="Chairman or chairwoman of the inquiry",
        max_length=200,
        required=False,
        help_text="As the report names them, such as Councillor V. Lee.",
    )
    report_url = forms.URLField(
        label="Link to the report",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="The address of the published report on the council’s website.",
        error_messages={"invalid": "Enter an address that begins with https://"},
    )
    source_note = LongText(
        label="Note on where this comes from",
        required=False,
        rows=3,
        help_text="For example that the recommendations were taken from an earlier tracker. The public reads it too.",
    )
    record_kind = VocabularyField(
        RecordKind,
        label="Whose record is it?",
        initial=RecordKind.COMMITTEE,
        help_text="Of an inquiry compiled from public sources every empty box reads “Not known from public sources”, and"
        " nobody is asked or told about it until you send a notice.",
        required=False,
    )

    def __init__(self, *args: Any, committees: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].offer(committees)  # type: ignore[attr-defined]  # see pyproject.toml
        if len(committees) == 1:
            self.fields["committee"].initial = committees[0].pk

    def clean_record_kind(self) -> RecordKind:
        """Return whose record it is; without an answer, as it stands, and a new one the committee's own."""
        return self.cleaned_data["record_kind"] or self.get_initial_for_field(
            self.fields["record_kind"], "record_kind"
        )


class EditInquiryForm(VersionedFormMixin, InquiryForm):
    """As InquiryForm; once the report is public, without what is corrected from then on."""

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        names = (
            "title",
            "reference",
            "scope",
            "summary",
            "chair",
            "report_url",
            "source_note",
            "record_kind",
        )
        initial = {name: getattr(inquiry, name) for name in names} | {"committee": inquiry.committee_id}
        super().__init__(*args, initial=initial, version=inquiry.version, **kwargs)
        if inquiry.is_public:
            leave_to_corrections(self, Inquiry, CORRECTABLE)


MEANS: dict[str, str] = {
    Stage.SCOPING: "Back to deciding what to look into. Only people who work for the committee see the inquiry.",
    Stage.EVIDENCE: "The committee hears evidence. Only people who work for the committee see the inquiry.",
    Stage.DRAFTING: "The report is being written. Enter findings and recommendations now; the public does not see them.",
    Stage.PUBLISHED: "Opens the inquiry, its findings and its recommendations to everybody. You can’t take this back.",
    Stage.MONITORING: "The responses are in, and the committee follows up what it recommended.",
    Stage.CONCLUDED: "The committee ends its follow-up. Needs every recommendation to be closed by its assessment.",
}
"""The effect of moving to each stage, in words for the person who moves it."""


class MoveForm(VersionedFormMixin, forms.Form):
    """The next stage of an inquiry."""

    reveal = {"published_on": ("to", Stage.PUBLISHED)}

    to = forms.ChoiceField(
        label="Which stage does it go to?", error_messages={"required": "Select the stage it goes to"}
    )
    published_on = DayField(
        label="When was the report published?",
        name="The date the report was published",
        required=False,
        help_text="For example 27 3 2026. References such as SR (25/26) 03 take their municipal year from it.",
    )

    def __init__(self, *args: Any, inquiry: Inquiry, to: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"to": to, "published_on": inquiry.published_on})
        super().__init__(*args, version=inquiry.version, **kwargs)
        after = [stage for stage in Stage if (inquiry.stage, stage) in INQUIRY_TRANSITIONS]
        field = self.fields["to"]
        field.widget = Radios(hints={stage.value: MEANS[stage] for stage in after})
        field.choices = [(stage.value, stage.label) for stage in after]  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["published_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml


class FindingForm(forms.Form):
    """A finding, numbered as in the report."""

    number = forms.CharField(
        label="Number",
        max_length=20,
        help_text="As in the report, such as 4 or 2b.",
        error_messages={"required": "Enter the finding’s number"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    text = LongText(
        label="What the committee found",
        rows=8,
        help_text="The words of the report. Leave out names of children, families and victims.",
        error_messages={"required": "Enter what the committee found"},
    )


class EditFindingForm(VersionedFormMixin, FindingForm):
    pass


class ConfirmForm(forms.Form):
    """An empty form, for a confirmation."""
