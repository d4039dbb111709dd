"""Forms for what bodies answer: responses to several recommendations, reviews, new dates, exempt text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from committee import clock
from committee.formatting import long_date
from committee.forms import Checkboxes, DayField, LongText, Radios, VocabularyField
from recommendations.forms.fields import AnyOf, OneOf
from recommendations.lifecycle import EXEMPT_PARAGRAPHS, NEEDS_REASON, DatesAgreedBy, Decision
from recommendations.lifecycle.clocks import due_before_meeting
from recommendations.models import Assignment, Body, Inquiry, Meeting, Review, UpdateRequest

TOGETHER, EACH = "together", "each"


class AnswerForm(forms.Form):
    """What a body decided on one recommendation, or on several as a whole."""

    reveal = {"reason": ("decision", NEEDS_REASON)}
    mark_optional = False
    about = ""
    """Of several, which recommendation it is about, for its messages: " on recommendation 3a"."""

    decision = VocabularyField(
        Decision,
        label="What did it decide?",
        error_messages={"required": "Select what the body decided"},
    )
    text = LongText(
        label="The body’s response (optional)",
        rows=4,
        required=False,
        help_text="Its own words, and what it will do. Leave out names of children, families and victims.",
    )
    reason = LongText(
        label="Reason the body gave",
        rows=4,
        required=False,
        help_text="Needed for every decision but “Accepted”.",
    )
    exempt_text = LongText(
        label="Exempt part of the response (optional)",
        rows=4,
        required=False,
        help_text="Only people with the right to exempt information read it, and each sight is recorded.",
    )
    exempt_paragraphs = forms.TypedMultipleChoiceField(
        label="Paragraph of Schedule 12A that makes it exempt",
        choices=[(number, f"{number}: {words}") for number, words in EXEMPT_PARAGRAPHS.items()],
        coerce=int,
        required=False,
        widget=Checkboxes(small=True),
    )
    public_summary = LongText(
        label="What the public reads in its place",
        rows=2,
        required=False,
        help_text="A neutral sentence or two that does not give the exempt part away.",
    )

    OPEN_PART: tuple[str, ...] = ("decision", "text", "reason")
    EXEMPT_PART = ("exempt_text", "exempt_paragraphs", "public_summary")

    @property
    def open_part(self) -> list[Any]:
        return [self[name] for name in self.OPEN_PART]

    @property
    def exempt_part(self) -> list[Any]:
        return [self[name] for name in self.EXEMPT_PART]

    @property
    def exempt_used(self) -> bool:
        """Whether the exempt part holds something, or something is wrong in it: then it is shown unfolded."""
        return any(bound.errors or bound.value() for bound in self.exempt_part)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if kept.get("decision") in NEEDS_REASON and not kept.get("reason", "").strip():
            self.add_error("reason", f"Enter the reason the body gave{self.about}")
        if kept.get("exempt_text", "").strip():
            if not kept.get("exempt_paragraphs"):
                self.add_error(
                    "exempt_paragraphs", "Select the paragraph of Schedule 12A that makes this text exempt"
                )
            if not kept.get("public_summary", "").strip():
                self.add_error(
                    "public_summary", "Enter a neutral summary that the public may read in its place"
                )
        elif "exempt_text" in kept and (kept.get("exempt_paragraphs") or kept.get("public_summary")):
            self.add_error("exempt_text", "Enter the exempt part, or take away its paragraph and summary")
        return kept


class OwnAnswerForm(AnswerForm):
    """One recommendation's own answer; without a decision it was not answered yet."""

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        kwargs["prefix"] = f"a{assignment.pk}"
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.about = f" on recommendation {assignment.recommendation.number}"
        decision = self.fields["decision"]
        decision.required = False
        decision.widget = Radios(inline=True, small=True, choices=[*_short(), ("", "Not answered yet")])
        self.initial.setdefault("decision", "")

    def clean(self) -> dict[str, Any]:
        kept = super().clean()
        written = any(kept.get(name) for name in ("text", "reason", "exempt_text"))
        if written and not kept.get("decision") and "decision" not in self.errors:
            self.add_error("decision", f"Select what the body decided{self.about}")
        return kept

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get("decision")


def _short() -> list[tuple[str, str]]:
    return [(decision.value, str(decision.label)) for decision in Decision]


class DecisionForm(forms.Form):
    """When and where the body decided, and whether on all at once."""

    decided_on = DayField(
        label="When did the body decide?",
        name="The date of the decision",
        help_text="The date of its meeting or decision notice.",
    )
    meeting = OneOf(label="At which of its meetings?", required=False, empty="No meeting recorded")
    way = forms.ChoiceField(
        label="How did it answer?",
        choices=[
            (TOGETHER, "The same answer to all of them"),
            (EACH, "Each on its own"),
        ],
        widget=Radios(
            hints={
                TOGETHER: "For example approved as a whole. Every recommendation gets its own record of it.",
                EACH: "Give each its decision below. Leave out those it has not answered yet.",
            }
        ),
        error_messages={"required": "Select how the body answered"},
    )

    def __init__(self, *args: Any, meetings: list[Meeting], several: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["decided_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        if not meetings:
            del self.fields["meeting"]
        if not several:
            del self.fields["way"]

    @property
    def is_together(self) -> bool:
        """Whether one answer counts for all. One recommendation alone is answered like that too."""
        return "way" not in self.fields or self["way"].value() == TOGETHER


# ------------------------------------------------------------------ reviews


def _meeting_with_due(meeting: Meeting) -> str:
    return f"{meeting}: updates by {long_date(due_before_meeting(meeting.held_on))}"


class ReviewForm(forms.Form):
    """A round of asking for updates."""

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


class DueDateForm(forms.Form):
    """Another day by which a review's updates are due."""

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
    """Whom to chase."""

    requests = AnyOf(
        label="Whom to chase", error_messages={"required": "Select at least one request to chase"}
    )

    def __init__(self, *args: Any, requests: list[UpdateRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requests"].offer(requests)  # type: ignore[attr-defined]  # see pyproject.toml


# ------------------------------------------------------------------ new dates, exempt text


class DateDecisionForm(forms.Form):
    """What the committee decided on a new date asked for."""

    agreed = forms.TypedChoiceField(
        label="What did the committee decide?",
        choices=[("True", "Agreed"), ("False", "Refused")],
        coerce=lambda value: value == "True",
        widget=Radios(
            hints={
                "True": "The new date counts from now on. The first date stays in view, and lateness counts from it.",
                "False": "The present date stands.",
            }
        ),
        error_messages={"required": "Select what the committee decided"},
    )
    meeting = OneOf(
        label="At which meeting?",
        required=False,
        empty="Between meetings",
    )
    note = LongText(
        label="Note",
        rows=3,
        required=False,
        help_text="Needed for a refusal: why the date was refused. For an agreed date: any condition or remark.",
    )

    def __init__(self, *args: Any, committee: Body, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = DatesAgreedBy(committee.dates_agreed_by)
        decided = {
            DatesAgreedBy.MEETING: "What did the committee decide?",
            DatesAgreedBy.CHAIR: "What did the chair decide?",
            DatesAgreedBy.OFFICER: "What do you decide, under delegation?",
        }
        self.fields["agreed"].label = decided[who]
        field = self.fields["meeting"]
        if who == DatesAgreedBy.MEETING:
            field.empty = "Select a meeting"  # type: ignore[attr-defined]  # see pyproject.toml
            field.help_text = f"The {committee.name} agrees its dates itself, at a meeting."
        field.offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml


class OpenExemptForm(forms.Form):
    """Why an exempt text is opened."""

    reason = LongText(
        label="Why is it no longer exempt, and who decided so?",
        rows=4,
        help_text="Everybody reads this beside the text. For example: “The contract was signed on 3 May; decided by the Monitoring Officer.”",
        error_messages={"required": "Enter why the text is no longer exempt and who decided so"},
    )
