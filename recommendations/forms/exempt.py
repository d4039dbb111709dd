"""Fields and forms about exempt information (Local Government Act 1972, Schedule 12A)."""

from __future__ import annotations

from django import forms

from committee.forms.choices import Checkboxes, LongText
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import EXEMPT_PARAGRAPHS


class OpenExemptForm(PublishedWordsForm):
    """The reason for opening an exempt text."""

    reason = LongText(
        label="Why is it no longer exempt, and who decided so?",
        rows=4,
        help_text="Everybody reads this beside the text. For example: “The contract was signed on 3 May; decided by the Monitoring Officer.”",
        error_messages={"required": "Enter why the text is no longer exempt and who decided so"},
    )


PARAGRAPHS = [(number, f"Paragraph {number}") for number in EXEMPT_PARAGRAPHS]
PARAGRAPH_HINTS = {str(number): words for number, words in EXEMPT_PARAGRAPHS.items()}


def paragraphs_field(label: str) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text="Schedule 12A, Part 1, of the Local Government Act 1972. Select all that apply.",
        choices=PARAGRAPHS,
        coerce=int,
        required=False,
        widget=Checkboxes(hints=PARAGRAPH_HINTS, small=True),
        error_messages={"invalid_choice": "Select a paragraph from 1 to 7"},
    )
