"""Forms for recording a body's formal response to one or several recommendations."""

from __future__ import annotations

from typing import Any

from django import forms

from committee import clock
from committee.forms.choices import Checkboxes, LongText, Radios, VocabularyField
from committee.forms.dates import DayField
from recommendations.forms.fields import OneOf
from recommendations.forms.personal_data import LookedAt
from recommendations.lifecycle import EXEMPT_PARAGRAPHS, NEEDS_REASON, Decision
from recommendations.models import Assignment, Meeting
from recommendations.utils.personal_data import PossiblePersonalData, suspicions_by_field

TOGETHER, EACH = "together", "each"


class AnswerForm(forms.Form):
    """A body's decision on one recommendation, or on several as a whole."""

    reveal = {"reason": ("decision", NEEDS_REASON)}
    mark_optional = False
    about = ""
    """The recommendation it is about, if there are several, for its messages: " on recommendation 3a"."""

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
        help_text="Only people with the right to exempt information read it, and each view is recorded.",
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
    looked_at = LookedAt()

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

    @property
    def suspicions(self) -> list[tuple[str, PossiblePersonalData]]:
        """What looks like personal data in what the public would read, with the label of its box."""
        names = [name for name in ("text", "reason", "public_summary") if name in self.fields]
        typed = getattr(self, "cleaned_data", {}) if self.is_bound else {}
        return suspicions_by_field({str(self[name].label): typed.get(name, "") for name in names})

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
    """One recommendation's own response; without a decision there is none yet."""

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

    def details(self) -> dict[str, Any]:
        """Return when and where the body decided, for the actions."""
        return {"decided_on": self.cleaned_data["decided_on"], "meeting": self.cleaned_data.get("meeting")}

    @property
    def is_together(self) -> bool:
        """Whether one answer counts for all. One recommendation alone is answered like that too."""
        return "way" not in self.fields or self["way"].value() == TOGETHER
