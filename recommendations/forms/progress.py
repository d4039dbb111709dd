"""The forms of responsible officers and approvers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from committee.formatting import long_date
from committee.forms import Checkboxes, DayField, LongText, VersionedFormMixin, VocabularyField
from recommendations.actions.base import NotPossible, clean_text
from recommendations.actions.exempt import check_exempt
from recommendations.lifecycle import EXEMPT_PARAGRAPHS, Claim, Visibility
from recommendations.models import Assignment, Evidence, Milestone, Update
from recommendations.utils import file_types

EXEMPT_FIELDS = ("exempt_text", "exempt_paragraphs", "public_summary")
DATE_FIELDS = ("new_date", "new_date_reason")
TEXT_FIELDS = ("claim", "as_at", "progress", "barriers", "next_steps", "delivered_what")
SAVED_FIELDS = (*TEXT_FIELDS, *EXEMPT_FIELDS, *DATE_FIELDS, "done_steps")
PARAGRAPHS = [(number, f"Paragraph {number}") for number in EXEMPT_PARAGRAPHS]
PARAGRAPH_HINTS = {str(number): words for number, words in EXEMPT_PARAGRAPHS.items()}


def _paragraphs_field(label: str) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text="Schedule 12A, Part 1, of the Local Government Act 1972. Select all that apply.",
        choices=PARAGRAPHS,
        coerce=int,
        required=False,
        widget=Checkboxes(hints=PARAGRAPH_HINTS, small=True),
        error_messages={"invalid_choice": "Select a paragraph from 1 to 7"},
    )


class UpdateForm(VersionedFormMixin, forms.Form):
    """One update, all on one page. Nothing is required while it is a draft; what is missing is named in the
    preview. The version is empty while there is no draft yet."""

    claim = VocabularyField(
        Claim,
        label="How does the work stand?",
        help_text="This is what your body says. The committee gives its own view at a meeting.",
        required=False,
        error_messages={"invalid_choice": "Select how the work stands"},
    )
    as_at = DayField(
        label="Which day does this update speak of?",
        name="The day the update speaks of",
        help_text="The facts below were true on this day. For example, 27 3 2026.",
        required=False,
    )
    progress = LongText(
        label="What has been done?",
        help_text="Say what changed since last time, with figures and dates where you have them.",
        required=False,
        rows=10,
    )
    barriers = LongText(
        label="What stands in the way?",
        help_text="Money, people, other bodies, the law. Needed if the work is off track, paused or not feasible.",
        required=False,
        rows=5,
    )
    next_steps = LongText(
        label="What happens next?", help_text="The next steps and by when.", required=False, rows=5
    )
    delivered_what = LongText(
        label="What was delivered?",
        help_text="Needed if you say it is delivered: what is in place now, since when, and for whom.",
        required=False,
        rows=5,
    )
    exempt_text = LongText(
        label="Exempt text",
        help_text="Only what may not be public. Everything else belongs in the boxes above.",
        required=False,
        rows=5,
    )
    exempt_paragraphs = _paragraphs_field("Why may this text not be public?")
    public_summary = LongText(
        label="What may the public read in its place?",
        help_text="A neutral sentence, for example “Details of a contract are not published.”",
        required=False,
        rows=2,
    )
    done_steps = forms.TypedMultipleChoiceField(
        label="Which steps of the plan are done now?",
        help_text="They are shown as done when this update is published.",
        coerce=int,
        required=False,
        widget=Checkboxes(small=True),
        error_messages={"invalid_choice": "A step you ticked is done or taken out meanwhile. Tick again"},
    )
    new_date = DayField(
        label="Which new date do you ask for?",
        name="The new date",
        help_text="Leave it empty if the present date holds. For example, 27 3 2027.",
        required=False,
    )
    new_date_reason = LongText(
        label="Why is a new date needed?",
        help_text="The committee and the public read this: what changed, and why the new date will hold.",
        required=False,
        rows=4,
    )
    tab = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        update: Update | None = None,
        steps: Sequence[Milestone] = (),
        may_write_exempt: bool = True,
        may_ask_date: bool = True,
        **options: Any,
    ) -> None:
        ahead = [step for step in steps if step.done_on is None]
        initial: dict[str, Any] = {"tab": secrets.token_hex(16)}
        if update is not None:
            initial |= {name: getattr(update, name) for name in SAVED_FIELDS}
        options["initial"] = initial | options.get("initial", {})
        version = update.version if update is not None else None
        super().__init__(*args, version=version, **options)
        self.fields["version"].required = False
        if not may_write_exempt:
            for name in EXEMPT_FIELDS:
                del self.fields[name]
        if not may_ask_date:
            for name in DATE_FIELDS:
                del self.fields[name]
        if ahead:
            self.fields["done_steps"].choices = [(step.pk, step.words) for step in ahead]  # type: ignore[attr-defined]  # see pyproject.toml
            self.fields["done_steps"].widget.hints = {str(step.pk): due_words(step) for step in ahead}
        else:
            del self.fields["done_steps"]

    @property
    def version(self) -> int | None:
        """The version the form was opened with, None where there was no draft yet."""
        return self.cleaned_data.get("version")

    def details(self) -> dict[str, Any]:
        """What was typed, for ``progress.write_update``: only fields that were understood."""
        names = [name for name in SAVED_FIELDS if name in self.cleaned_data]
        details = {name: self.cleaned_data[name] for name in names}
        if details.get("as_at") is None:
            details.pop("as_at", None)
        return details

    def details_without_half_an_exempt_part(self) -> tuple[dict[str, Any], bool]:
        """As ``details``, for a save nobody pressed a button for: an exempt part that has no paragraph or summary
        yet is left out. The second value says whether the exempt part is among them."""
        details = self.details()
        try:
            check_exempt(
                details.get("exempt_text", ""),
                details.get("exempt_paragraphs", ()),
                details.get("public_summary", ""),
            )
        except NotPossible:
            for name in EXEMPT_FIELDS:
                details.pop(name, None)
            return details, False
        return details, True

    def says_something(self) -> bool:
        """Whether anything was typed into the boxes that "As last time" would fill."""
        return any(clean_text(self.cleaned_data.get(name)) for name in ("progress", "barriers", "next_steps"))


def due_words(step: Milestone) -> str:
    """When a step is due, in words; nothing where it has no day."""
    if step.done_on is not None:
        return f"Done on {long_date(step.done_on)}"
    return f"Due on {long_date(step.due_on)}" if step.due_on else ""


class EvidenceForm(forms.Form):
    """A file or a link that shows what was done."""

    title = forms.CharField(
        label="What does it show?",
        help_text="For example, “Photographs of the crossing at Hill School”.",
        max_length=200,
        required=False,
    )
    file = forms.FileField(
        label="File", required=False, widget=forms.FileInput(attrs={"accept": file_types.ENDINGS})
    )
    url = forms.CharField(
        label="Or a link",
        help_text="Begins with https:// or http://",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}),
    )
    visibility = VocabularyField(
        Visibility, label="Who may open it?", initial=Visibility.PUBLIC, required=False
    )
    exempt_paragraphs = _paragraphs_field("Why may it not be public?")
    public_summary = forms.CharField(
        label="What may the public read in its place?",
        help_text="For example, “A contract document is not published.”",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limit = settings.EVIDENCE_LIMIT // (1024 * 1024)
        self.fields["file"].help_text = f"{file_types.ALLOWED}, smaller than {limit} MB."

    def is_filled(self) -> bool:
        """Whether a file was chosen, or a link or a title entered."""
        return bool(self.files.get(self.add_prefix("file"))) or any(
            clean_text(self.data.get(self.add_prefix(name))) for name in ("url", "title")
        )

    def details(self) -> dict[str, Any]:
        """What was entered, for ``evidence.add_evidence``."""
        details = dict(self.cleaned_data)
        details["visibility"] = details.get("visibility") or Visibility.PUBLIC
        return details


class DocumentForm(EvidenceForm):
    """A file or a link that belongs to an inquiry, such as its report. Nothing exempt is kept there."""

    exempt_paragraphs = None  # type: ignore[assignment]  # how Django takes a field of the parent away
    public_summary = None  # type: ignore[assignment]  # takes the field away
    visibility = VocabularyField(
        Visibility,
        among=(Visibility.PUBLIC, Visibility.RESTRICTED),
        label="Who may open it?",
        initial=Visibility.PUBLIC,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].label = "What is it?"
        self.fields["title"].help_text = "For example, “The report” or “Evidence from head teachers”."


class ReplaceEvidenceForm(EvidenceForm):
    """Another file or link in the place of one on the record."""

    reason = forms.CharField(
        label="Why is it replaced?",
        help_text="Everybody who may open the file reads this. For example, “The first copy lacked two pages.”",
        max_length=300,
        error_messages={"required": "Enter why it is replaced"},
    )

    def __init__(self, *args: Any, evidence: Evidence, **options: Any) -> None:
        options["initial"] = {
            "title": evidence.title,
            "visibility": evidence.visibility,
            "exempt_paragraphs": evidence.exempt_paragraphs,
            "public_summary": evidence.public_summary,
        } | options.get("initial", {})
        super().__init__(*args, **options)
        if evidence.inquiry_id is not None:
            del self.fields["exempt_paragraphs"], self.fields["public_summary"]


class SubmitForm(forms.Form):
    """The version that is seen in the preview, so that nobody submits words they did not see."""

    version = forms.IntegerField(widget=forms.HiddenInput)


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


class MilestoneForm(forms.Form):
    """A step in the body's plan."""

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
    """Which steps are done."""

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
        """Ids of the steps ticked now, and of those that were ticked when the form was opened."""
        before = [int(part) for part in self.cleaned_data["before"].split(",") if part.isdecimal()]
        return self.cleaned_data["milestones"], before


class ApprovalForm(forms.Form):
    """What an approver decides: to publish, or to return with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = LongText(
        label="If you return it, what has to change?",
        help_text="The officer reads this. Not needed to publish.",
        required=False,
        rows=4,
    )


def starting_words(assignment: Assignment, corrects: Update | None) -> dict[str, Any]:
    """What a new update's form holds before anything is typed: nothing, or the words of the one it corrects."""
    if corrects is None:
        return {}
    return {name: getattr(corrects, name) for name in TEXT_FIELDS} | {"corrects": corrects.pk}
