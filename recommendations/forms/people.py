"""Forms for people and their roles, and the filter of the list of people."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, QuerySet

from committee.accounts.models import User
from committee.forms.choices import VocabularyField
from recommendations.filters import GovukFilterSet, NamedFilter
from recommendations.lifecycle import Role
from recommendations.models import Body
from recommendations.models.memberships import holding

EMAIL_FORMAT = "Enter an e-mail address in the correct format, like name@example.gov.uk"
EXEMPT_HINT = (
    "Exempt text is not for the public (Local Government Act 1972, Schedule 12A). With this right the person reads it "
    "in matters of this body and the bodies below it. Each view is recorded, with the time and the address."
)


class BodyChoice(forms.ModelChoiceField):
    """A body, with the body it is part of, so that two committees of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.parent.name})" if obj.parent else obj.name


def _bodies() -> QuerySet[Body]:
    return Body.objects.existing().select_related("parent").order_by("sort_key", "id")


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
        self.fields["body"].queryset = _bodies()  # type: ignore[attr-defined]  # see pyproject.toml

    def clean(self) -> dict[str, Any]:
        """Return the data without what is left in fields that an administrator's role does not have."""
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.ADMINISTRATOR:
            cleaned |= {"body": None, "sees_exempt": False}
        elif cleaned.get("role") and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", "Select the body that this role is for")
        return cleaned


class NewPersonForm(RoleForm, PersonForm):
    """A new account with its first role."""

    field_order = ("name", "email", "role", "body", "sees_exempt")


# ------------------------------------------------------------------ filters


class PeopleFilter(GovukFilterSet):
    """Filters of the list of people."""

    SORTS = {
        "name": ("Name", ["sort_key", "id"]),
        "seen": ("Latest sign-in first", [F("last_login").desc(nulls_last=True), "id"]),
        "new": ("Newest account first", ["-created_at", "-id"]),
    }

    q = django_filters.CharFilter(label="Name or e-mail address", max_length=200, method="named")
    role = django_filters.ChoiceFilter(
        label="Role", choices=Role.choices, empty_label="Any role", method="keep"
    )
    body = NamedFilter(
        label="Body", queryset=Body.objects.order_by("sort_key", "id"), empty_label="Any body", method="keep"
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
        """Return people with one membership that meets the filters of role and body together."""
        return holding(queryset, chosen.get("role") or "", chosen.get("body"))
