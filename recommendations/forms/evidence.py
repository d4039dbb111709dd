"""Forms for adding evidence and documents, and for replacing them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from committee.forms.choices import VocabularyField
from committee.text import clean_text
from recommendations.forms.exempt import paragraphs_field
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import Visibility
from recommendations.models import Evidence
from recommendations.utils import file_types


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
    exempt_paragraphs = paragraphs_field("Why may it not be public?")
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
        """Return whether a file was chosen, or a link or a title entered."""
        return bool(self.files.get(self.add_prefix("file"))) or any(
            clean_text(self.data.get(self.add_prefix(name))) for name in ("url", "title")
        )

    def details(self) -> dict[str, Any]:
        """Return what was entered, for `evidence.add_evidence`."""
        details = dict(self.cleaned_data)
        details["visibility"] = details.get("visibility") or Visibility.PUBLIC
        return details


class DocumentForm(EvidenceForm):
    """A file or a link of an inquiry, such as its report. Nothing exempt is kept there."""

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


class ReplaceEvidenceForm(PublishedWordsForm, EvidenceForm):
    """A file or link that replaces one on the record."""

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
