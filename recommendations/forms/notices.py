"""The form for sending recommendations to owning bodies."""

from __future__ import annotations

from typing import Any

from django import forms

from committee import clock
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from recommendations.forms.fields import AnyOf
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.models import Assignment


class NoticeForm(forms.Form):
    """Which recommendations were sent to their bodies, and when."""

    assignments = AnyOf(
        label="Recommendations to send",
        row_label=lambda one: f"{one.recommendation.number} {one.recommendation.heading}: {one.owner_name}",
        error_messages={"required": "Select at least one recommendation"},
    )
    on = DayField(
        label="Date of the notice",
        name="The date of the notice",
        help_text="The day the bodies receive it. Their time to respond counts from this day.",
    )

    from_source = forms.BooleanField(
        label="A public source tells of this notice: it was sent at the time, and nobody is told or asked now",
        required=False,
    )

    def __init__(
        self, *args: Any, assignments: list[Assignment], from_public_sources: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"assignments": [one.pk for one in assignments], "on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["assignments"].offer(assignments)  # type: ignore[attr-defined]  # see pyproject.toml
        if not from_public_sources:
            del self.fields["from_source"]
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml


class TakeBackNoticeForm(PublishedWordsForm):
    """Which notices are taken back, and why."""

    assignments = AnyOf(
        label="Notices to take back",
        row_label=lambda one: f"{one.recommendation.number} {one.recommendation.heading}: {one.owner_name}",
        error_messages={"required": "Select at least one notice"},
    )
    reason = LongText(
        label="Why are they taken back?",
        rows=3,
        help_text="Everybody can read this. For example “Sent to the wrong body.”",
        error_messages={"required": "Enter why the notice is taken back"},
    )

    def __init__(self, *args: Any, assignments: list[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignments"].offer(assignments)  # type: ignore[attr-defined]  # see pyproject.toml
