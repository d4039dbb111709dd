"""Forms for opening a review, moving its due date and chasing answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from committee import clock
from committee.formatting import long_date
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from recommendations.forms.fields import AnyOf, OneOf
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle.clocks import due_before_meeting
from recommendations.models import Body, Inquiry, Meeting, Review, UpdateRequest

# ------------------------------------------------------------------ reviews


def _meeting_with_due(meeting: Meeting) -> str:
    return f"{meeting}: updates by {long_date(due_before_meeting(meeting.held_on))}"


class ReviewForm(forms.Form):
    """A request for updates."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="What the bodies read, such as “6-month review”.",
        error_messages={"required": "Enter a title"},
    )
    inquiries = AnyOf(
        label="Which inquiries?",
        required=False,
        row_label=lambda inquiry: f"{inquiry.title} ({inquiry.reference})",
        help_text="Select none to ask about everything open of the committee.",
    )
    meeting = OneOf(
        label="For which meeting?",
        required=False,
        empty="No meeting",
        row_label=_meeting_with_due,
        help_text="Beside each stands the day seven working days before it, when the papers are put together.",
    )
    due_on = DayField(
        label="Date the updates are due",
        name="The date the updates are due",
        required=False,
        help_text="Leave it empty to take the day beside the meeting.",
    )

    def __init__(
        self, *args: Any, inquiries: list[Inquiry], meetings: list[Meeting], committee: Body, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee
        self.fields["inquiries"].offer(inquiries)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["due_on"].earliest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        if not meetings:
            del self.fields["meeting"]
            self.fields["due_on"].required = True
            self.fields["due_on"].help_text = "For example 27 3 2026."

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        kept.setdefault("meeting", None)
        if "due_on" in kept and kept["due_on"] is None and "due_on" not in self.errors:
            kept["due_on"] = self._proposed(kept["meeting"])
        return kept

    def _proposed(self, meeting: Meeting | None) -> dt.date | None:
        if meeting is None:
            self.add_error("due_on", "Enter the date the updates are due, or select a meeting")
            return None
        due = due_before_meeting(meeting.held_on)
        if due < clock.today():
            self.add_error(
                "due_on", "The day seven working days before this meeting is past. Enter a date still to come"
            )
            return None
        return due


class DueDateForm(PublishedWordsForm):
    """A new day by which a review's updates are due."""

    due_on = DayField(
        label="By when are the updates due now?",
        name="The date the updates are due",
        error_messages={"blank": "Enter the date the updates are due"},
    )
    reason = LongText(
        label="Why does the date move?",
        rows=3,
        help_text="Everybody who is asked reads this. For example “The meeting moved to 20 February.”",
        error_messages={"required": "Enter why the date moves"},
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        proposed = review.meeting and due_before_meeting(review.meeting.held_on)
        if proposed and proposed >= clock.today() and proposed != review.due_on:
            kwargs["initial"] = {"due_on": proposed} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        field = self.fields["due_on"]
        field.earliest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        field.help_text = "For example 27 3 2026."
        if proposed and review.meeting:
            field.help_text = (
                f"The meeting is on {long_date(review.meeting.held_on)}; seven working days before it is"
                f" {long_date(proposed)}."
            )


class ChaseForm(forms.Form):
    """The bodies to chase."""

    requests = AnyOf(
        label="Whom to chase", error_messages={"required": "Select at least one request to chase"}
    )

    def __init__(self, *args: Any, requests: list[UpdateRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requests"].offer(requests)  # type: ignore[attr-defined]  # see pyproject.toml


class UnchaseForm(forms.Form):
    """The chases to take back: all of them are ticked."""

    requests = AnyOf(
        label="What to take back",
        row_label=lambda one: f"{one.assignment.recommendation.reference}: {one.assignment.owner_words}",
        error_messages={"required": "Select at least one"},
    )

    def __init__(self, *args: Any, requests: list[UpdateRequest], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"requests": [one.pk for one in requests]})
        super().__init__(*args, **kwargs)
        self.fields["requests"].offer(requests)  # type: ignore[attr-defined]  # see pyproject.toml


class CancelReviewForm(PublishedWordsForm):
    """Why a review is cancelled."""

    reason = LongText(
        label="Why is it cancelled?",
        rows=3,
        help_text="Those who were asked read this. For example “It was opened for the wrong inquiry.”",
        error_messages={"required": "Enter why the review is cancelled"},
    )
