"""The form that chooses a dashboard and its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee import clock
from recommendations.filters import TO_NOBODY, OwnerField
from recommendations.forms.assessments import _one_of
from recommendations.models import Assignment, Body, Inquiry, Recommendation, Theme
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.recommendations import RecommendationQuerySet


class DashboardForm(forms.Form):
    """The filters of a committee's dashboard, and the day it is as at. Kept in the address."""

    as_at = forms.DateField(
        label="As at",
        required=False,
        help_text="See every figure as it stood at the end of an earlier day.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={"invalid": "Enter the day as day, month and year"},
    )
    inquiry = _one_of("Inquiry", "inquiries", "All inquiries", Inquiry.objects.none(), "title")
    body = OwnerField(
        label="Owning body",
        queryset=Body.objects.none(),
        required=False,
        empty_label="All owning bodies",
        error_messages={"invalid_choice": "Select one of the bodies in the list"},
    )
    theme = _one_of("Theme", "themes", "All themes", Theme.objects.none())

    def __init__(self, *args: Any, committee: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee
        self._narrow_by(None)
        self.fields["as_at"].widget.attrs["max"] = clock.today().isoformat()
        if not self.is_bound:
            raise ValueError("A dashboard reads its address")
        self.is_valid()

    def _narrow_by(self, at: dt.datetime | None) -> None:
        """Offer what the committee follows up now, and at the moment that which it followed up then too."""
        mine = {self.committee.pk}
        parts, whole = Assignment.objects.published(), Recommendation.objects.published()
        self.scope, self.whole_scope = parts.of_committees(mine, at), whole.of_committees(mine, at)
        whole_now = whole.standing().of_committees(mine)
        inquiries = Inquiry.objects.with_recommendations_among(whole_now)
        bodies = Body.objects.owning_among(parts.standing().of_committees(mine))
        themes = Theme.objects.used_in(whole_now)
        if at is not None:
            inquiries |= Inquiry.objects.with_recommendations_among(self.whole_scope.existing_at(at))
            bodies |= Body.objects.owning_among(self.scope.existing_at(at), at)
            themes |= Theme.objects.used_in(self.whole_scope.existing_at(at)) | Theme.objects.left_since(
                at, self.whole_scope
            )
        self._choices("inquiry").queryset = inquiries
        self._choices("body").queryset = bodies
        self._choices("theme").queryset = themes

    def _choices(self, name: str) -> forms.ModelChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        return field

    def clean_as_at(self) -> dt.date | None:
        day = self.cleaned_data["as_at"]
        if day is not None and day > clock.today():
            raise ValidationError("Enter today or an earlier day")
        if day is None or day == clock.today():
            return None
        # Cleaned before the choices, which are checked against what there was on that day.
        self._narrow_by(clock.end_of_day(day))
        return day

    @property
    def day(self) -> dt.date:
        """The day of the figures."""
        return self.cleaned_data.get("as_at") or clock.today()

    @property
    def at(self) -> dt.datetime | None:
        """The moment to read history at, or None for now."""
        day = self.cleaned_data.get("as_at")
        return clock.end_of_day(day) if day else None

    @property
    def assignments(self) -> AssignmentQuerySet:
        """The committee's assignments under the filters: those it followed up on the day."""
        chosen, rows = self.cleaned_data, self.scope
        if chosen.get("inquiry"):
            rows = rows.of_inquiry(chosen["inquiry"])
        if chosen.get("body") == TO_NOBODY:
            rows = rows.of_recommendations(self.recommendations.values("pk"))
        elif chosen.get("body"):
            rows = rows.of_body(chosen["body"], self.at)
        if chosen.get("theme"):
            rows = rows.of_theme(chosen["theme"], self.at)
        return rows

    @property
    def recommendations(self) -> RecommendationQuerySet:
        """The committee's recommendations under the filters, for those addressed to nobody: none under a body."""
        chosen = self.cleaned_data
        rows = self.whole_scope
        if chosen.get("body") == TO_NOBODY:
            rows = rows.addressed_to_nobody(self.at)
        elif chosen.get("body"):
            return rows.none()
        if chosen.get("inquiry"):
            rows = rows.of_inquiry(chosen["inquiry"])
        if chosen.get("theme"):
            rows = rows.of_theme(chosen["theme"], self.at)
        return rows

    @property
    def query(self) -> str:
        """The choices as a query string, "?..." or nothing, for links that keep them."""
        from urllib.parse import urlencode

        given = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        pairs = {name: value for name, value in given.items() if value}
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("inquiry", "body", "theme"))
