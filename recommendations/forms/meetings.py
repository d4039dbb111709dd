"""Forms and filters of meetings and of the pack library."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from committee.accounts.models import User
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from committee.forms.versioned import VersionedFormMixin
from recommendations.filters import GovukFilterSet, ManyChoiceField, NamedFilter, day_filter
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import Edition, MeetingState, Role
from recommendations.models import Body, Meeting, Pack

MOST_MEETINGS = 200
"""How many meetings the pack library offers to choose from, the latest first. Any other still works in the address."""

MEETING_ROLES = (Role.CLERK, Role.SCRUTINY_OFFICER)


class MeetingForm(VersionedFormMixin, forms.Form):
    """A meeting: whose, when, where, and its agenda."""

    body = forms.ModelChoiceField(
        label="Whose meeting is it?", queryset=Body.objects.none(), empty_label="Select a body"
    )
    held_on = DayField(label="Date", name="The date of the meeting", help_text="For example, 27 3 2026.")
    month_only = forms.BooleanField(
        label="Only the month is known, from a public source. Nothing can be recorded as decided at it",
        required=False,
    )
    title = forms.CharField(
        label="Title",
        help_text="Only where it has one of its own, such as “Extraordinary meeting”. Otherwise the body’s name stands.",
        required=False,
        max_length=200,
    )
    place = forms.CharField(label="Place", help_text="The room and building.", required=False, max_length=200)
    agenda_url = forms.URLField(
        label="Address of the agenda",
        help_text="The page of the agenda on the council’s site.",
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    only_announced = forms.BooleanField(
        label="Its day is past, and it is not known whether it took place",
        required=False,
    )

    def __init__(self, *args: Any, by: User, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            kwargs["initial"] = {
                name: getattr(meeting, name)
                for name in ("held_on", "title", "place", "agenda_url", "version")
            } | {"month_only": not meeting.has_day}
        super().__init__(*args, **kwargs)
        self.fields["held_on"].day_optional = bool(self.data.get("month_only"))  # type: ignore[attr-defined]  # see pyproject.toml
        if meeting is not None:
            del self.fields["body"], self.fields["only_announced"]
        else:
            del self.fields["version"]
            served = Body.objects.served_by(by, *MEETING_ROLES).existing()
            self.fields["body"].queryset = served  # type: ignore[attr-defined]  # see pyproject.toml


class PlanAgainForm(VersionedFormMixin, PublishedWordsForm):
    """Why a meeting that was recorded as held is planned again."""

    reason = LongText(
        label="Why is it planned again?",
        rows=3,
        help_text="It stays with the meeting. For example “Recorded as held by mistake: it was put off to March.”",
        error_messages={"required": "Enter why this meeting is planned again"},
    )


class VersionForm(VersionedFormMixin, forms.Form):
    """Only the version that a page was opened at, for buttons."""


def _served(request: HttpRequest | None) -> QuerySet[Body]:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Body.objects.none()
    return Body.objects.served_by(user, *MEETING_ROLES).filter(
        Exists(Meeting.objects.filter(body=OuterRef("pk")))
    )


def _with_packs(request: HttpRequest | None) -> QuerySet[Body]:
    seen = Pack.objects.visible_to(request.user) if request else Pack.objects.none()
    return Body.objects.filter(Exists(seen.filter(meeting__body=OuterRef("pk"))))


def _meetings_with_packs(request: HttpRequest | None) -> QuerySet[Meeting]:
    seen = Pack.objects.visible_to(request.user) if request else Pack.objects.none()
    return Meeting.objects.filter(Exists(seen.filter(meeting=OuterRef("pk")))).select_related("body")


class MeetingFilterField(django_filters.ModelChoiceFilter):
    field_class = ManyChoiceField


class _SpanFilter(GovukFilterSet):
    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        for name, lookup in self.SPAN.items():
            if chosen.get(name):
                queryset = queryset.filter(**{lookup: chosen[name]})
        return queryset

    SPAN: ClassVar[dict[str, str]] = {}


class MeetingFilter(_SpanFilter):
    """Filters of a list of meetings."""

    SORTS = {
        "latest": ("Latest first", ["-held_on", "-id"]),
        "earliest": ("Earliest first", ["held_on", "id"]),
    }
    SPAN = {"held_from": "held_on__gte", "held_to": "held_on__lte"}

    body = NamedFilter(label="Body", queryset=_served, empty_label="All bodies")
    state = django_filters.ChoiceFilter(
        label="State", choices=MeetingState.choices, empty_label="All meetings"
    )
    held_from = day_filter("From")
    held_to = day_filter("To")

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = []


class PackFilter(_SpanFilter):
    """Filters of the pack library."""

    SORTS = {
        "latest": ("Latest meeting first", ["-meeting__held_on", "-meeting_id", "-id"]),
        "earliest": ("Earliest meeting first", ["meeting__held_on", "meeting_id", "id"]),
    }
    SPAN = {"held_from": "meeting__held_on__gte", "held_to": "meeting__held_on__lte"}

    body = NamedFilter(
        label="Body", queryset=_with_packs, empty_label="All bodies", field_name="meeting__body"
    )
    meeting = MeetingFilterField(
        label="Meeting", queryset=_meetings_with_packs, empty_label="All meetings", most=MOST_MEETINGS
    )
    edition = django_filters.ChoiceFilter(
        label="Edition", choices=Edition.choices, empty_label="All editions"
    )
    held_from = day_filter("Meeting from")
    held_to = day_filter("Meeting to")

    class Meta:
        model = Pack
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None and not self.request.user.is_authenticated:
            del self.filters["edition"]
