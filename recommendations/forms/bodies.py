"""Forms for bodies and their posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from committee import clock
from committee.accounts.models import User
from committee.forms.choices import LongText, Radios, VocabularyField
from committee.forms.dates import DayField
from committee.forms.numbers import WholeNumberField
from committee.forms.versioned import VersionedFormMixin
from recommendations.forms.fields import OneOf
from recommendations.lifecycle import BodyKind, DatesAgreedBy, PeriodUnit
from recommendations.models import Body, Post


@dataclass(frozen=True)
class Term:
    """The usual response period of bodies of a kind. A proposal: the period is a fact of each body."""

    period: int | None = None
    unit: str = PeriodUnit.MONTHS
    basis: str = ""


EXECUTIVE_TERM = Term(2, PeriodUnit.MONTHS, "Local Government Act 2000, s.9FE")
HAVE_REGARD = Term(None, PeriodUnit.MONTHS, "Must have regard to the recommendation")
USUAL_TERMS: dict[str, Term] = {
    BodyKind.EXECUTIVE: EXECUTIVE_TERM,
    BodyKind.COUNCIL: Term(),
    BodyKind.COMMITTEE: Term(),
    BodyKind.DEPARTMENT: Term(),
    BodyKind.OTHER: Term(),
}
"""Every kind not named here is a partner, which need only have regard."""


def usual_term(kind: str) -> Term:
    return USUAL_TERMS.get(kind, HAVE_REGARD)


class KindForm(forms.Form):
    """The first question about a new body: its kind decides what the next page proposes."""

    kind = VocabularyField(
        BodyKind, label="What kind of body is it?", error_messages={"required": "Select the kind of body"}
    )


class BodyForm(forms.Form):
    """The details of a body."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="In full, as its own papers have it.",
        error_messages={"required": "Enter the body’s name"},
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=60,
        required=False,
        help_text="For tables and charts, such as Cabinet or BSCB.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    kind = forms.ChoiceField(
        label="Kind of body", choices=BodyKind.choices, error_messages={"required": "Select the kind of body"}
    )
    parent = OneOf(
        label="Part of",
        required=False,
        empty="Not part of another body",
        help_text="Roles held in that body count for this one too.",
    )
    response_period = WholeNumberField(
        label="Time to respond",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="A whole number. Leave it empty where no term is set.",
        error_messages={
            "invalid": "Enter the time to respond as a whole number, such as 2",
            "min_value": "Enter a time to respond of 1 or more, or leave it empty",
            "max_value": "Enter a time to respond of 1000 or less",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    response_unit = VocabularyField(
        PeriodUnit, label="Counted in", widget=Radios(inline=True), initial=PeriodUnit.MONTHS
    )
    response_basis = forms.CharField(
        label="Legal basis of the term",
        max_length=300,
        required=False,
        help_text="The Act, rule or agreement it comes from. Shown with every response that is due.",
    )
    publishes_without_approver = forms.BooleanField(
        label="Updates are published without an approver",
        required=False,
        help_text="Only where the body has nobody who approves. An update is then public as soon as it is sent.",
    )
    reference_prefix = forms.CharField(
        label="Beginning of references",
        max_length=20,
        required=False,
        help_text="For committees: SR gives references such as SR (25/26) 03.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    dates_agreed_by = VocabularyField(
        DatesAgreedBy,
        label="Who agrees that a date may move",
        help_text="For committees: a new date that a body asks for counts only once it is agreed.",
        initial=DatesAgreedBy.MEETING,
        required=False,
    )
    governance_reason = LongText(
        label="Why what governs it changes",
        required=False,
        rows=3,
        help_text="Needed when you change its kind, what it is part of, its time to respond, whether its updates need an"
        " approver, or who agrees its dates. Kept in the audit trail.",
    )
    about = LongText(
        label="About this body", required=False, rows=4, help_text="A few sentences for its public page."
    )

    reveal = {"dates_agreed_by": ("kind", [BodyKind.COMMITTEE])}

    def __init__(self, *args: Any, parents: list[Body], governs: bool, **kwargs: Any) -> None:
        """`governs` is whether the person may change what governs the body; without it those questions are not asked."""
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(parents)  # type: ignore[attr-defined]  # see pyproject.toml
        if not governs:
            for name in self.governance:
                del self.fields[name]
            self.reveal = {}

    governance: ClassVar = ["publishes_without_approver", "dates_agreed_by", "governance_reason"]

    def clean_dates_agreed_by(self) -> str:
        """Return what was stored before, if the question was not asked."""
        before = self.initial.get("dates_agreed_by") or DatesAgreedBy.MEETING
        return str(self.cleaned_data["dates_agreed_by"] or before)

    @classmethod
    def proposal(cls, kind: str) -> dict[str, Any]:
        """Return the initial values of a new body of this kind."""
        term = usual_term(kind)
        return {
            "kind": kind,
            "response_period": term.period,
            "response_unit": term.unit,
            "response_basis": term.basis,
            "reference_prefix": "SR",
            "dates_agreed_by": DatesAgreedBy.MEETING,
        }


class EditBodyForm(VersionedFormMixin, BodyForm):
    """As BodyForm, for an existing body."""

    governance: ClassVar = [
        "parent",
        "kind",
        "response_period",
        "response_unit",
        "response_basis",
        *BodyForm.governance,
    ]

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        names = [name for name in BodyForm.base_fields if name not in ("parent", "governance_reason")]
        initial = {name: getattr(body, name) for name in names} | {"parent": body.parent_id}
        super().__init__(*args, initial=initial, version=body.version, **kwargs)


class PostForm(forms.Form):
    """An office in a body and its holder."""

    title = forms.CharField(
        label="Title of the post",
        max_length=200,
        help_text="The office, not the person: Cabinet Member for Children’s Services.",
        error_messages={"required": "Enter the title of the post"},
    )
    holder = OneOf(
        label="Who holds it",
        required=False,
        empty="Nobody, or somebody without an account",
        row_label=lambda person: f"{person.name} ({person.email})",
        help_text="People with an account. Administrators add people.",
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].offer(people)  # type: ignore[attr-defined]  # see pyproject.toml


class EditPostForm(VersionedFormMixin, PostForm):
    """As PostForm, and the day the post ended."""

    ended_on = DayField(
        label="Date the post ended",
        name="The date the post ended",
        required=False,
        help_text="Leave it empty while the post exists. Work done under it stays on the record.",
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        initial = {"title": post.title, "holder": post.holder_id, "ended_on": post.ended_on}
        super().__init__(*args, initial=initial, version=post.version, **kwargs)
        self.fields["ended_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
