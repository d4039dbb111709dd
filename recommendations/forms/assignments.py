"""Forms for addressing a recommendation to owning bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from committee.forms.choices import Radios
from committee.forms.dates import DayField
from committee.forms.versioned import VersionedFormMixin
from committee.text import whole_number
from recommendations.forms.fields import OneOf
from recommendations.models import Assignment, Body, Post

LEADS = [("True", "Leads"), ("False", "Contributes")]


class AssignmentForm(forms.Form):
    """An assignment of a recommendation to an owning body; a blank row is ignored."""

    mark_optional = False

    body = OneOf(label="Owning body", required=False, empty="Select a body")
    is_lead = forms.TypedChoiceField(
        label="Its part",
        choices=LEADS,
        coerce=lambda value: value == "True",
        initial="True",
        widget=Radios(inline=True, small=True),
    )
    post = OneOf(
        label="Answerable post (optional)",
        required=False,
        empty="No post named",
        row_label=lambda post: post.title,
        group=lambda post: post.body.name,
    )
    deliverer = forms.CharField(
        label="Who delivers, if somebody else (optional)",
        max_length=200,
        required=False,
        help_text="Such as a provider the body commissions.",
    )
    first_target_on = DayField(
        label="First date (optional)",
        name="The first date",
        required=False,
        help_text="When it is to be done by. Once saved it stays: later dates are asked for and agreed.",
    )

    def __init__(self, *args: Any, bodies: list[Body], posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]  # see pyproject.toml

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered in this row."""
        kept = self.cleaned_data
        return not any(kept.get(name) for name in ("body", "post", "deliverer", "first_target_on"))

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        body, post = kept.get("body"), kept.get("post")
        if body is None and not self.is_blank:
            self.add_error("body", "Select the body this row is for")
        elif body is not None and post is not None and post.body_id != body.pk:
            self.add_error("post", f"Select a post of {body.name}")
        return kept


class BaseAssignmentFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        bodies = [form.cleaned_data["body"] for form in self.forms if form.cleaned_data.get("body")]
        if not bodies:
            self.forms[0].add_error("body", "Select a body")
        for form in self.forms:
            body = form.cleaned_data.get("body")
            if body is not None and bodies.count(body) > 1:
                form.add_error("body", f"{body.name} is in more than one row. Select each body once")

    @property
    def filled_in(self) -> list[AssignmentForm]:
        """Return the rows of a valid formset that were filled in."""
        return [form for form in self.forms if not form.is_blank]


MOST_ROWS = 30
AssignmentFormSet = forms.formset_factory(
    AssignmentForm,
    formset=BaseAssignmentFormSet,
    extra=2,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)


def data_with_rows(data: QueryDict | None) -> QueryDict | None:
    """Return the data of a `AssignmentFormSet` with as many rows as were sent, from 1 to 30, and two more where the button
    `more` was pressed. What a browser sends as the number of rows need not be a number."""
    if data is None:
        return None
    sent = whole_number(data.get("form-TOTAL_FORMS"), most=MOST_ROWS)
    count = 2 if sent is None else sent
    data = data.copy()
    data["form-TOTAL_FORMS"] = str(max(1, min(count + 2 * ("more" in data), MOST_ROWS)))
    data["form-INITIAL_FORMS"] = "0"
    return data


class EditAssignmentForm(VersionedFormMixin, forms.Form):
    """An assignment. The first date is set here once; after that it stays."""

    is_lead = forms.TypedChoiceField(
        label="Its part", choices=LEADS, coerce=lambda value: value == "True", widget=Radios(inline=True)
    )
    post = OneOf(
        label="Answerable post", required=False, empty="No post named", row_label=lambda post: post.title
    )
    deliverer = forms.CharField(
        label="Who delivers, if somebody else",
        max_length=200,
        required=False,
        help_text="Such as a provider the body commissions.",
    )
    first_target_on = DayField(
        label="First date",
        name="The first date",
        required=False,
        help_text="When it is to be done by. Once saved it stays: later dates are asked for and agreed.",
    )

    def __init__(self, *args: Any, assignment: Assignment, posts: list[Post], **kwargs: Any) -> None:
        initial = {
            "is_lead": str(assignment.is_lead),
            "post": assignment.post_id,
            "deliverer": assignment.deliverer,
            "first_target_on": assignment.first_target_on,
        }
        super().__init__(*args, initial=initial, version=assignment.version, **kwargs)
        self.assignment = assignment
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]  # see pyproject.toml
        if assignment.first_target_on is not None:
            del self.fields["first_target_on"]

    def details(self) -> dict[str, Any]:
        """Return what the action takes; the first date is the one that is set, where it can't be entered any more."""
        return {"first_target_on": self.assignment.first_target_on} | self.cleaned_data
