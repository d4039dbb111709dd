"""The forms of personal links: issuing one, entering the code, and responding by one."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F

from committee import clock
from committee.forms.dates import DayField
from recommendations.filters import GovukFilterSet
from recommendations.forms.fields import OneOf
from recommendations.forms.responses import AnswerForm
from recommendations.lifecycle import LinkState
from recommendations.models import Assignment, Body, RespondentLink
from recommendations.queries.respondent_links import LONGEST_DAYS, USUAL_DAYS


class CodeForm(forms.Form):
    """The code that was sent by e-mail."""

    code = forms.CharField(
        label="Code",
        help_text="6 digits. It works for 15 minutes, in this browser.",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-5",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Enter the code from the message"},
    )
    remember = forms.BooleanField(
        label="Remember this browser for 30 days",
        help_text="Untick this on a computer that others use too.",
        required=False,
        initial=True,
    )


class OwnResponseForm(AnswerForm):
    """A body's formal answer to one recommendation, given by the body itself."""

    decided_on = DayField(
        label="When was this decided?",
        name="The date of the decision",
        help_text="The day on which your governors, board or chief officer decided. For example, 27 3 2026.",
        error_messages={"blank": "Enter the day it was decided"},
    )

    OPEN_PART = ("decision", "text", "reason", "decided_on")

    def __init__(self, *args: Any, assignment: Assignment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decision"].label = "What do you answer?"
        self.fields["decision"].error_messages["required"] = "Select what you answer"
        self.fields["text"].label = "Your response (optional)"
        self.fields[
            "text"
        ].help_text = "What you will do, and by when. The public reads this: leave out names of children, families and victims."
        self.fields["reason"].label = "Your reason"
        decided = self.fields["decided_on"]
        decided.earliest, decided.latest = assignment.notified_on, clock.today()  # type: ignore[attr-defined]  # see pyproject.toml


class EndForm(forms.Form):
    """The last day of a link."""

    until = DayField(label="Valid until", name="The last day", help_text="A year from today at most.")

    def __init__(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        options["initial"] = {"until": today + dt.timedelta(days=USUAL_DAYS)} | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["until"].earliest = today  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["until"].latest = today + dt.timedelta(days=LONGEST_DAYS)  # type: ignore[attr-defined]  # see pyproject.toml


class IssueForm(EndForm):
    """The person who gets a personal link, the committee, and the last day."""

    field_order = ("name", "email", "committee", "until")

    name = forms.CharField(
        label="Full name",
        max_length=200,
        help_text="The person who answers for this body. Their name stays on the record of what they write.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the person’s full name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Their own work address, not one that several people read. The link and its codes go there.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the person’s e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.sch.uk",
        },
    )
    committee = OneOf(
        label="For which committee?",
        help_text="The link opens what this committee asked of the body.",
        error_messages={"required": "Select the committee"},
    )

    def __init__(self, *args: Any, committees: list[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.only = committees[0] if len(committees) == 1 else None
        if self.only:
            del self.fields["committee"]
        else:
            self.fields["committee"].offer(committees)  # type: ignore[attr-defined]  # see pyproject.toml

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        return kept | ({"committee": self.only} if self.only else {})


class LinksFilter(GovukFilterSet):
    """Filters of the list of personal links."""

    SORTS = {
        "new": ("Latest issued first", ["-issued_at", "-id"]),
        "used": ("Latest used first", [F("last_used_at").desc(nulls_last=True), "-id"]),
        "end": ("First to end first", ["expires_at", "id"]),
    }

    q = django_filters.CharFilter(label="Name, e-mail address or body", max_length=200, method="named")
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[*LinkState.choices, ("unused", "Valid and never used")],
        empty_label="All links",
        method="in_state",
    )

    class Meta:
        model = RespondentLink
        fields: ClassVar[list[str]] = []

    def named(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.named_like(value)

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_state(value)
