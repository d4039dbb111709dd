"""The form for writing a progress update, and the one for submitting it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms

from committee.forms.choices import Checkboxes, LongText, VocabularyField
from committee.forms.dates import DayField
from committee.forms.numbers import WholeNumberField
from committee.forms.versioned import VersionedFormMixin
from committee.text import clean_text
from recommendations.actions.base import ActionDenied
from recommendations.actions.exempt import check_exempt
from recommendations.forms.exempt import paragraphs_field
from recommendations.forms.milestones import due_words
from recommendations.lifecycle import Claim
from recommendations.models import Assignment, Milestone, Update

EXEMPT_FIELDS = ("exempt_text", "exempt_paragraphs", "public_summary")
DATE_FIELDS = ("new_date", "new_date_reason")
TEXT_FIELDS = ("claim", "as_at", "progress", "barriers", "next_steps", "delivered_what")
SAVED_FIELDS = (*TEXT_FIELDS, *EXEMPT_FIELDS, *DATE_FIELDS, "done_steps")


class UpdateForm(VersionedFormMixin, forms.Form):
    """An update, all on one page. Nothing is required in a draft; the preview names what is missing.

    The version is empty while there is no draft yet.
    """

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
    exempt_paragraphs = paragraphs_field("Why may this text not be public?")
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
    corrects = WholeNumberField(required=False, widget=forms.HiddenInput)

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
    def asks_new_date(self) -> bool:
        """Whether the draft asks for a new date, or something is wrong there: then that part is shown unfolded."""
        return any(self.initial.get(name) or self[name].errors for name in DATE_FIELDS)

    @property
    def exempt_used(self) -> bool:
        """Whether something exempt is written, or something is wrong there: then that part is shown unfolded."""
        return bool(self["exempt_text"].value()) or any(self[name].errors for name in EXEMPT_FIELDS)

    @property
    def version(self) -> int | None:
        """The version the form was opened with, None where there was no draft yet."""
        return self.cleaned_data.get("version")

    def details(self) -> dict[str, Any]:
        """Return what was typed, for `updates.write_update`: only fields that were understood."""
        names = [name for name in SAVED_FIELDS if name in self.cleaned_data]
        details = {name: self.cleaned_data[name] for name in names}
        if details.get("as_at") is None:
            details.pop("as_at", None)
        return details

    def details_without_half_an_exempt_part(self) -> tuple[dict[str, Any], bool]:
        """Return `details` for an automatic save, and whether the exempt part is among them.

        An exempt part that has no paragraph or summary yet is left out.
        """
        details = self.details()
        try:
            check_exempt(
                details.get("exempt_text", ""),
                details.get("exempt_paragraphs", ()),
                details.get("public_summary", ""),
            )
        except ActionDenied:
            for name in EXEMPT_FIELDS:
                details.pop(name, None)
            return details, False
        return details, True

    def says_something(self) -> bool:
        """Return whether anything was typed into the boxes that "As last time" would fill."""
        return any(clean_text(self.cleaned_data.get(name)) for name in ("progress", "barriers", "next_steps"))


class SubmitForm(forms.Form):
    """The version shown in the preview, so that nobody submits text they did not see."""

    version = WholeNumberField(widget=forms.HiddenInput)


def starting_words(assignment: Assignment, corrects: Update | None) -> dict[str, Any]:
    """Return the initial values of a new update: none, or those of the one it corrects."""
    if corrects is None:
        return {}
    return {name: getattr(corrects, name) for name in TEXT_FIELDS} | {"corrects": corrects.pk}
