"""Forms for bodies that end, merge or are split, and for inquiries that pass to another committee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from committee import clock
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from recommendations.forms.bodies import usual_term
from recommendations.forms.fields import AnyOf, OneOf, offered
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import BodyKind
from recommendations.models import Assignment, Body, Inquiry

NEW = "new"
LONGEST_NAME = Body._meta.get_field("name").max_length or 200


class Successor(OneOf):
    """The body that takes over: one of these, or one that is added in the same step."""

    def offer(self, rows: Iterable[Body]) -> None:
        rows = list(rows)
        super().offer(rows)
        self.rows[NEW] = Body()
        self.choices = [("", self.empty), (NEW, "A new body"), *offered(rows)]


class EndingForm(PublishedWordsForm):
    """When, why, and who takes over. The successor of `cleaned_data` is a body that is not saved yet where a new one is
    to be added.
    """

    on = DayField(
        label="The day it ended",
        name="The day it ended",
        help_text="Its successor answers from this day on. For example, 1 4 2020.",
        error_messages={"blank": "Enter the day the body came to an end"},
    )
    successor = Successor(
        label="Successor",
        required=False,
        empty="No successor",
        help_text="The body that takes over what is still open.",
        error_messages={"invalid_choice": "Select a body from the list"},
    )
    new_name = forms.CharField(
        label="Name of the new body",
        max_length=LONGEST_NAME,
        required=False,
        help_text="In full, as its own papers have it. Only where the successor is a new body.",
    )
    new_kind = forms.ChoiceField(
        label="Kind of the new body", choices=[("", "Select one"), *BodyKind.choices], required=False
    )
    reason = LongText(
        label="Reason",
        rows=3,
        max_length=2000,
        help_text="The order or decision, as it should stand on the record.",
        error_messages={"required": "Enter the reason, such as the order or decision"},
    )

    reveal = {"new_name": ("successor", NEW), "new_kind": ("successor", NEW)}

    def __init__(self, *args: Any, successors: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer(successors)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        name, kind = kept.pop("new_name", ""), kept.pop("new_kind", "")
        successor = kept.get("successor")
        if successor is not None and successor.pk is None:
            if not name:
                self.add_error("new_name", "Enter the name of the new body")
            if not kind:
                self.add_error("new_kind", "Select the kind of the new body")
            term = usual_term(kind)
            kept["successor"] = Body(
                name=name,
                kind=kind,
                response_period=term.period,
                response_unit=term.unit,
                response_basis=term.basis,
            )
        return kept


class MergeForm(EndingForm):
    """Bodies that were merged into one."""

    field_order = ("bodies", "successor", "new_name", "new_kind", "on", "reason")

    bodies = AnyOf(
        label="Which bodies were merged?",
        help_text="All that came to an end. Their successor is asked for below.",
        error_messages={"required": "Select the bodies that were merged: two or more"},
    )
    successor = Successor(
        label="Into which body?",
        error_messages={
            "required": "Select the body that they were merged into",
            "invalid_choice": "Select a body from the list",
        },
    )
    on = DayField(
        label="The day they ended",
        name="The day they ended",
        help_text="Their successor answers from this day on. For example, 1 4 2020.",
        error_messages={"blank": "Enter the day the bodies came to an end"},
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, successors=bodies, **kwargs)
        self.fields["bodies"].offer(bodies)  # type: ignore[attr-defined]  # see pyproject.toml

    def clean_bodies(self) -> list[Body]:
        if len(self.cleaned_data["bodies"]) < 2:
            raise forms.ValidationError("Select the bodies that were merged: two or more")
        return list(self.cleaned_data["bodies"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean()
        if kept.get("successor") in kept.get("bodies", []):
            self.add_error("successor", "Select a body that is not among those that ended")
        return kept


class SplitForm(PublishedWordsForm):
    """A body whose open work is shared out between several."""

    on = EndingForm.base_fields["on"]
    successors = AnyOf(
        label="Which bodies took its work over?",
        help_text="If one is not in the list, add it as a body first. On the next page you say what goes to which.",
        error_messages={"required": "Select the bodies that took its work over: two or more"},
    )
    successor = OneOf(
        label="Which of them is its main successor?",
        help_text="What the committee has closed stays with the old body. If it reopens something, that goes there.",
        error_messages={"required": "Select the main successor"},
    )
    reason = EndingForm.base_fields["reason"]

    def __init__(self, *args: Any, successors: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].offer(successors)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["successor"].offer(successors)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml

    def clean_successors(self) -> list[Body]:
        if len(self.cleaned_data["successors"]) < 2:
            raise forms.ValidationError(
                "Select two bodies or more. Where all goes to one, record its end instead"
            )
        return list(self.cleaned_data["successors"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if kept.get("successors") and kept.get("successor") and kept["successor"] not in kept["successors"]:
            self.add_error("successor", "Select one of the bodies that took its work over")
        return kept


class SharesForm(forms.Form):
    """The assignments that go to each body."""

    def __init__(
        self, *args: Any, parts: Sequence[Assignment], successors: Sequence[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.successors = {str(successor.pk): successor for successor in successors}
        for part in parts:
            recommendation = part.recommendation
            self.fields[f"to-{part.pk}"] = forms.ChoiceField(
                label=f"{recommendation.reference} {recommendation.heading}",
                help_text=f"{recommendation.inquiry.title}{_formerly(part)}",
                choices=[
                    ("", "Select a body"),
                    *((key, successor.name) for key, successor in self.successors.items()),
                ],
                error_messages={"required": f"Select who takes over {recommendation.reference}"},
            )

    @staticmethod
    def all_to(successor: str, parts: Sequence[Assignment]) -> Mapping[str, str]:
        """Return initial data with all assignments going to one body."""
        return {f"to-{part.pk}": successor for part in parts}

    def shares(self) -> dict[int, Body]:
        """Return the body that takes over each assignment, by its id."""
        return {int(name.partition("-")[2]): self.successors[key] for name, key in self.cleaned_data.items()}


def _formerly(part: Assignment) -> str:
    return f" (formerly {part.formerly.name})" if part.formerly else ""


class NameSuccessorForm(PublishedWordsForm):
    """The successor of a body that ended without one."""

    successor = OneOf(
        label="Successor",
        help_text="What the committee reopens goes there. If it is not in the list, add it as a body first.",
        error_messages={"required": "Select the successor"},
    )
    reason = EndingForm.base_fields["reason"]

    def __init__(self, *args: Any, successors: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer(successors)  # type: ignore[attr-defined]  # see pyproject.toml


class PassInquiriesForm(PublishedWordsForm):
    """The transfer of inquiries to another committee from a day on. `committee` is the one they come from."""

    inquiries = AnyOf(
        label="Which inquiries pass on?",
        row_label=lambda inquiry: f"{inquiry.title} ({inquiry.reference})",
        error_messages={"required": "Select at least one inquiry"},
    )
    to = OneOf(
        label="Which committee follows them up from now on?",
        help_text="If it is not in the list, add it as a body first.",
        error_messages={"required": "Select the committee"},
    )
    on = DayField(
        label="From which day?",
        name="The day from which it follows them up",
        help_text="For example, 14 5 2026.",
        error_messages={"blank": "Enter the day from which it follows them up"},
    )
    reason = EndingForm.base_fields["reason"]
    ends = forms.BooleanField(
        label="The old committee came to an end on that day",
        help_text="Then every inquiry that is not concluded has to pass on.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        committee: Body,
        inquiries: Sequence[Inquiry],
        committees: Sequence[Body],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inquiries"].offer(inquiries)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["to"].offer(committees)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
        if committee.abolished_on is not None:
            del self.fields["ends"]
