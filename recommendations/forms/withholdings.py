"""The forms for taking something off the record, deciding on it and erasing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from committee.forms.choices import LongText, VocabularyField
from committee.forms.versioned import VersionedFormMixin
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Evidence
from recommendations.queries.withholdings import MOST_PHRASES, TOO_MANY, phrases


class ReasonForm(PublishedWordsForm):
    """Why something is withheld: the ground, what the public reads, and a note for staff."""

    published = ("public_reason",)

    ground = VocabularyField(
        WithholdingGround,
        label="Legal ground",
        error_messages={"required": "Select the legal ground", "invalid_choice": "Select the legal ground"},
    )
    public_reason = LongText(
        label="Reason for the public",
        rows=3,
        help_text="Stands beside what was withheld, and stays on the record. Don’t repeat what you withhold."
        " For example: “Named a child. Taken off at the parents’ request.”",
        error_messages={"required": "Enter a reason that the public may read"},
    )
    private_note = LongText(
        label="Note for colleagues",
        rows=3,
        required=False,
        help_text="Only those who may withhold read it. Don’t repeat what you withhold.",
    )


def few_lines(words: str) -> str:
    """Return the words. Raise ValidationError for more lines than are looked for at once."""
    if len(phrases(words)) > MOST_PHRASES:
        raise forms.ValidationError(TOO_MANY)
    return words


def with_added_words(data: QueryDict | None) -> QueryDict | None:
    """Return what was sent, with each ticked spelling as one more line of the words."""
    added = data.getlist("add") if data is not None else []
    if data is None or not added:
        return data
    data = data.copy()
    data["words"] = "\n".join(filter(None, [str(data.get("words", "")).strip(), *added]))
    return data


class WordsForm(ReasonForm):
    """Words to take off the record, wherever they stand."""

    words = LongText(
        label="Words to take off the record",
        rows=4,
        help_text="Each line is looked for by itself, such as a name on one line and a date of birth on the next."
        " Capital letters, accents and kinds of quotes make no difference, nor whether a space, hyphen, dot, slash or underscore"
        " stands between two words.",
        error_messages={"required": "Enter the words to take off the record"},
    )
    field_order = ("words", "ground", "public_reason", "private_note")

    def clean_words(self) -> str:
        return few_lines(self.cleaned_data["words"])


class FileForm(ReasonForm):
    """A file or link to take off the record."""

    with_title = forms.BooleanField(
        label="Withhold its title and file name too", required=False, initial=True
    )

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not evidence.file:
            self.fields["with_title"].label = "Withhold its title too"


class DecisionForm(VersionedFormMixin, forms.Form):
    """A decision on a withholding as the person saw it: a page that is stale decides nothing."""


class ConfirmForm(PublishedWordsForm, DecisionForm):
    """That something stays off the record."""

    reason = LongText(
        label="Note on the decision", rows=3, required=False, help_text="Optional. The public can read it."
    )


class PutBackForm(PublishedWordsForm, DecisionForm):
    """Why something is put back."""

    reason = LongText(
        label="Why is it put back?",
        rows=3,
        help_text="The public can read it.",
        error_messages={"required": "Enter why it is put back"},
    )


class ProposeForm(PublishedWordsForm, DecisionForm):
    """Why something that is confirmed is to be put back."""

    reason = LongText(
        label="Why is it to be put back?",
        rows=3,
        help_text="Colleagues read it now, the public once it is put back. Don’t repeat what was withheld.",
        error_messages={"required": "Enter why it is to be put back"},
    )


class AgreeForm(DecisionForm):
    """Nothing to fill in: that it is put back, as somebody else proposed."""


class DeclineForm(DecisionForm):
    """Why something stays off the record that somebody else proposed to put back."""

    reason = LongText(
        label="Why does it stay off the record?",
        rows=3,
        help_text="Only those who may withhold read it. Don’t repeat what was withheld.",
        error_messages={"required": "Enter why it stays off the record"},
    )


class EraseForm(DecisionForm):
    """Nothing to fill in: that it is erased for ever."""


class SearchAgainForm(DecisionForm):
    """Words of an erased withholding, which nobody has any more but the person who types them."""

    words = LongText(
        label="Words to look for", rows=3, error_messages={"required": "Enter the words to look for"}
    )

    def clean_words(self) -> str:
        return few_lines(self.cleaned_data["words"])
