"""The forms and filters of administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, QuerySet

from committee import clock
from committee.accounts.models import User
from committee.forms import DayField, LongText, VocabularyField
from recommendations.filters import HouseFilterSet
from recommendations.forms.fields import AnyOf, OneOf
from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, Inquiry

EMAIL_FORMAT = "Enter an e-mail address in the correct format, like name@example.gov.uk"
EXEMPT_HINT = (
    "Exempt text is not for the public (Local Government Act 1972, Schedule 12A). With this right the person reads it "
    "in matters of this body and the bodies below it. Each sight is recorded, with the time and the address."
)


class BodyChoice(forms.ModelChoiceField):
    """A body, with the body it is part of, so that two committees of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.parent.name})" if obj.parent else obj.name


def _bodies() -> QuerySet[Body]:
    return Body.objects.existing().select_related("parent").order_by("name", "id")


class PersonForm(forms.Form):
    """A person's name and address."""

    name = forms.CharField(
        label="Full name", max_length=200, error_messages={"required": "Enter the person’s full name"}
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it. Use their work address.",
        error_messages={"required": "Enter the person’s e-mail address", "invalid": EMAIL_FORMAT},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class RoleForm(forms.Form):
    """A role in a body."""

    role = VocabularyField(
        Role,
        label="Role",
        error_messages={"required": "Select a role", "invalid_choice": "Select a role from the list"},
    )
    body = BodyChoice(
        label="Body",
        queryset=Body.objects.none(),
        required=False,
        empty_label="Select a body",
        help_text="The role counts in this body and in the bodies below it.",
        error_messages={"invalid_choice": "Select a body from the list"},
    )
    sees_exempt = forms.BooleanField(label="May see exempt text", required=False, help_text=EXEMPT_HINT)

    reveal: ClassVar[dict[str, Any]] = {
        "body": ("role", [role for role in Role if role != Role.ADMINISTRATOR]),
        "sees_exempt": ("role", [role for role in Role if role != Role.ADMINISTRATOR]),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = _bodies()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is left behind in fields that an administrator's role does not have counts for nothing."""
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.ADMINISTRATOR:
            cleaned |= {"body": None, "sees_exempt": False}
        elif cleaned.get("role") and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", "Select the body that this role is for")
        return cleaned


class NewPersonForm(RoleForm, PersonForm):
    """A new account with its first role."""

    field_order = ("name", "email", "role", "body", "sees_exempt")


class AbolishForm(forms.Form):
    """When and why a body came to an end, and who takes over."""

    on = DayField(
        label="The day it ended",
        name="The day it ended",
        help_text="Its successor answers from this day on. For example, 1 4 2020.",
        error_messages={"blank": "Enter the day the body came to an end"},
    )
    successor = BodyChoice(
        label="Successor",
        queryset=Body.objects.none(),
        required=False,
        empty_label="No successor",
        help_text="The body that takes over what is still open. If it is not in the list, add it as a body first.",
        error_messages={"invalid_choice": "Select a body from the list"},
    )
    reason = LongText(
        label="Reason",
        rows=3,
        max_length=2000,
        help_text="The order or decision, as it should stand on the record.",
        error_messages={"required": "Enter the reason, such as the order or decision"},
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]
        self.fields["successor"].queryset = _bodies().exclude(lineage__contains=[body.pk])  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Bodies that were merged into one."""

    bodies = AnyOf(
        label="Which bodies were merged?",
        help_text="All that came to an end. Their successor is asked for below.",
        error_messages={"required": "Select the bodies that were merged: two or more"},
    )
    successor = OneOf(
        label="Into which body?",
        help_text="If it is not in the list, add it as a body first.",
        error_messages={"required": "Select the body that they were merged into"},
    )
    on = DayField(
        label="The day they ended",
        name="The day they ended",
        help_text="Their successor answers from this day on. For example, 1 4 2020.",
        error_messages={"blank": "Enter the day the bodies came to an end"},
    )
    reason = AbolishForm.base_fields["reason"]

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].offer(bodies)  # type: ignore[attr-defined]
        self.fields["successor"].offer(bodies)  # type: ignore[attr-defined]
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]

    def clean_bodies(self) -> list[Body]:
        if len(self.cleaned_data["bodies"]) < 2:
            raise forms.ValidationError("Select the bodies that were merged: two or more")
        return list(self.cleaned_data["bodies"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if kept.get("successor") in kept.get("bodies", []):
            self.add_error("successor", "Select a body that is not among those that ended")
        return kept


class SplitForm(forms.Form):
    """A body whose open work is shared out between several."""

    on = AbolishForm.base_fields["on"]
    heirs = AnyOf(
        label="Which bodies took its work over?",
        help_text="If one is not in the list, add it as a body first. On the next page you say what goes to which.",
        error_messages={"required": "Select the bodies that took its work over: two or more"},
    )
    reason = AbolishForm.base_fields["reason"]

    def __init__(self, *args: Any, heirs: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heirs"].offer(heirs)  # type: ignore[attr-defined]
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]

    def clean_heirs(self) -> list[Body]:
        if len(self.cleaned_data["heirs"]) < 2:
            raise forms.ValidationError(
                "Select two bodies or more. Where all goes to one, record its end instead"
            )
        return list(self.cleaned_data["heirs"])


class SharesForm(forms.Form):
    """Which part goes to which body."""

    def __init__(self, *args: Any, parts: Sequence[Assignment], heirs: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heirs = {str(heir.pk): heir for heir in heirs}
        for part in parts:
            recommendation = part.recommendation
            self.fields[f"to-{part.pk}"] = forms.ChoiceField(
                label=f"{recommendation.reference} {recommendation.heading}",
                choices=[("", "Select a body"), *((key, heir.name) for key, heir in self.heirs.items())],
                error_messages={"required": f"Select who takes over {recommendation.reference}"},
            )

    def shares(self) -> dict[int, Body]:
        """For the number of each part, who takes it over."""
        return {int(name.partition("-")[2]): self.heirs[key] for name, key in self.cleaned_data.items()}


class PassInquiriesForm(forms.Form):
    """Inquiries that another committee follows up from a day on."""

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
    reason = AbolishForm.base_fields["reason"]
    ends = forms.BooleanField(
        label="The old committee came to an end on that day",
        help_text="Then all that it still follows up has to pass on.",
        required=False,
    )

    def __init__(self, *args: Any, inquiries: list[Inquiry], committees: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inquiries"].offer(inquiries)  # type: ignore[attr-defined]
        self.fields["to"].offer(committees)  # type: ignore[attr-defined]
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]


# ------------------------------------------------------------------ filters


class PeopleFilter(HouseFilterSet):
    """Filters of the list of people."""

    SORTS = {
        "name": ("Name", ["name", "id"]),
        "seen": ("Latest sign-in first", [F("last_login").desc(nulls_last=True), "id"]),
        "new": ("Newest account first", ["-created_at", "-id"]),
    }

    q = django_filters.CharFilter(label="Name or e-mail address", max_length=200, method="named")
    role = django_filters.ChoiceFilter(
        label="Role", choices=Role.choices, empty_label="Any role", method="keep"
    )
    body = django_filters.ModelChoiceFilter(
        label="Body", queryset=Body.objects.order_by("name", "id"), empty_label="Any body", method="keep"
    )
    state = django_filters.ChoiceFilter(
        label="Account",
        choices=[("on", "Switched on"), ("off", "Switched off"), ("never", "Never signed in")],
        empty_label="All accounts",
        method="in_state",
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []

    def named(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.named_like(value)

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_state(value)

    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        """Role and body are asked of one and the same membership."""
        return queryset.holding(chosen.get("role") or "", chosen.get("body"))


class TrailForm(forms.Form):
    """What to look for in the audit trail. Nothing is required."""

    mark_optional = False

    person = forms.CharField(
        label="Person", max_length=200, required=False, help_text="Part of a name or an e-mail address"
    )
    thing = forms.ChoiceField(label="What was changed", required=False)
    row = forms.RegexField(
        r"^\d{1,18}$",
        label="Its number",
        required=False,
        error_messages={"invalid": "Enter the number as digits"},
    )
    operation = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[("", "Anything"), ("INSERT", "Added"), ("UPDATE", "Changed"), ("DELETE", "Removed")],
    )
    since = DayField(label="From", name="The first day", required=False)
    until = DayField(label="To", name="The last day", required=False)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, things: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", "Anything"), *things]  # type: ignore[attr-defined]
        self.fields["row"].widget.attrs["inputmode"] = "numeric"


class SightsForm(forms.Form):
    """Whose sights of exempt text, and when. Nothing is required."""

    mark_optional = False

    person = TrailForm.base_fields["person"]
    since = TrailForm.base_fields["since"]
    until = TrailForm.base_fields["until"]
    before = TrailForm.base_fields["before"]
