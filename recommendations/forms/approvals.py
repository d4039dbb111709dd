"""The forms with which an approver publishes or returns an update, or mends its words."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.forms.choices import LongText
from committee.forms.numbers import WholeNumberField
from committee.forms.versioned import VersionedFormMixin
from recommendations.forms.personal_data import LookedAt
from recommendations.models import Update
from recommendations.queries.submitted_versions import LABELS


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


class MendForm(VersionedFormMixin, forms.Form):
    """The words of a submitted update, for its approver to mend."""

    def __init__(self, *args: Any, update: Update, names: list[str], **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"version": update.version} | {name: getattr(update, name) for name in names}
        )
        super().__init__(*args, **kwargs)
        for name in names:
            self.fields[name] = LongText(
                label=LABELS[name],
                rows=8,
                error_messages={
                    "required": "These words can be mended and not taken out. Return the update instead"
                },
            )
