"""The form with which an approver publishes or returns an update."""

from __future__ import annotations

from django import forms

from committee.forms.choices import LongText
from committee.forms.numbers import WholeNumberField
from recommendations.forms.personal_data import LookedAt


class ApprovalForm(forms.Form):
    """The approver's decision: to publish, or to return with a reason."""

    version = WholeNumberField(widget=forms.HiddenInput)
    looked_at = LookedAt()
    reason = LongText(
        label="If you return it, what has to change?",
        help_text="The officer reads this. Not needed to publish.",
        required=False,
        rows=4,
    )
