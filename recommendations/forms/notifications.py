"""The forms of notification settings and of the e-mail log's filter."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet

from committee.accounts.models import User
from committee.forms.choices import Checkboxes
from committee.models import Email, EmailState
from recommendations.filters import GovukFilterSet
from recommendations.lifecycle import NoticeKind, Role
from recommendations.models import NoticeSettings

FOR_ROLES: dict[NoticeKind, tuple[Role, ...]] = {
    NoticeKind.SENT: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.WITHDRAWN: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.ASKED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.CHASED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.DUE_SOON: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.OVERDUE: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.SUBMITTED: (Role.APPROVER, Role.SCRUTINY_OFFICER),
    NoticeKind.RETURNED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.PUBLISHED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER, Role.SCRUTINY_OFFICER),
    NoticeKind.DATE_ASKED: (Role.SCRUTINY_OFFICER,),
    NoticeKind.DATE_DECIDED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.ESCALATED: (Role.RESPONSIBLE_OFFICER, Role.APPROVER),
    NoticeKind.PACK_READY: (Role.CLERK,),
}
"""The roles that can get each kind of notice: nobody is asked about what never concerns them."""


class NoticeSettingsForm(forms.Form):
    """The notices that a person wants by e-mail."""

    told = forms.MultipleChoiceField(
        label="Tell me by mail about", required=False, widget=Checkboxes(), choices=()
    )
    working_days_only = forms.BooleanField(
        label="Send it on working days only",
        help_text="Not at weekends and on bank holidays. It comes on the next working day.",
        required=False,
    )

    def __init__(self, *args: Any, person: User, kept: NoticeSettings | None, **kwargs: Any) -> None:
        self.offered = [kind for kind, roles in FOR_ROLES.items() if person.has_role(*roles)]
        self.hidden = [kind for kind in (kept.muted if kept else []) if kind not in self.offered]
        muted = kept.muted if kept else []
        kwargs["initial"] = {
            "told": [kind.value for kind in self.offered if kind not in muted],
            "working_days_only": bool(kept and kept.working_days_only),
        }
        super().__init__(*args, **kwargs)
        field = self.fields["told"]
        field.choices = [(kind.value, kind.label) for kind in self.offered]  # type: ignore[attr-defined]  # see pyproject.toml
        field.widget.hints = {kind.value: kind.meaning for kind in self.offered}
        if not self.offered:
            del self.fields["told"]

    def details(self) -> dict[str, Any]:
        """Return the choice, for `notifications.choose_notices`: what is not ticked is muted."""
        told = self.cleaned_data.get("told", [])
        return {
            "muted": [kind for kind in self.offered if kind not in told] + self.hidden,
            "working_days_only": self.cleaned_data["working_days_only"],
        }


class MailFilter(GovukFilterSet):
    """The filters of the e-mail log: state and person."""

    SORTS = {
        "latest": ("Latest first", ["-created_at", "-id"]),
        "earliest": ("Earliest first", ["created_at", "id"]),
    }

    state = django_filters.MultipleChoiceFilter(
        label="State", choices=EmailState.choices, widget=Checkboxes(small=True)
    )
    to = django_filters.CharFilter(
        label="To (name or address)",
        max_length=200,
        method="with_words",
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    day = django_filters.DateFilter(label="Day", widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Email
        fields: ClassVar[list[str]] = []

    def with_words(self, rows: QuerySet[Email], name: str, value: str) -> QuerySet[Email]:
        return rows.filter(to__in=User.objects.named_like(value))
