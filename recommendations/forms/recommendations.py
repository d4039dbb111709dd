"""Forms for recommendations: their words and what they relate to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from committee import clock
from committee.formatting import plural
from committee.forms.choices import Checkboxes, LongText, VocabularyField
from committee.forms.dates import DayField
from committee.forms.versioned import VersionedFormMixin
from recommendations.forms.fields import AnyOf, OneOf, leave_to_corrections
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import Priority, RelationKind
from recommendations.models import (
    Finding,
    Inquiry,
    Meeting,
    Recommendation,
    Relation,
    Theme,
)
from recommendations.models.recommendations import correctable

LONGEST_THEME = Theme._meta.get_field("name").max_length or 80


class NewThemes(forms.CharField):
    """Names of themes, separated by commas; `cleaned_data` holds them as a list."""

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(name.split()) for name in str(super().clean(value)).split(",")]
        names = [name for name in dict.fromkeys(names) if name]
        if any(len(name) > LONGEST_THEME for name in names):
            raise ValidationError(f"Enter each theme in {LONGEST_THEME} characters or fewer")
        return names


class RecommendationForm(forms.Form):
    """A recommendation in the exact words agreed."""

    number = forms.CharField(
        label="Number",
        max_length=20,
        help_text="As in the report. Give lettered parts that are answered separately a number each: 3a, 3b.",
        error_messages={"required": "Enter the recommendation’s number"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    reference = forms.CharField(
        label="Reference",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    heading = forms.CharField(
        label="Short heading",
        max_length=200,
        help_text="A few words for lists and dashboards, such as “Safer crossings near schools”.",
        error_messages={"required": "Enter a short heading"},
    )
    text = LongText(
        label="Exact words of the recommendation",
        rows=8,
        help_text="As the committee agreed them, word for word.",
        error_messages={"required": "Enter the words of the recommendation"},
    )
    finding = OneOf(
        label="Finding it follows from",
        required=False,
        empty="No finding",
        row_label=lambda finding: f"{finding.number}: {_beginning(finding.text)}",
    )
    priority = VocabularyField(Priority, label="Priority", initial=Priority.STANDARD)
    themes = AnyOf(label="Themes", required=False, widget=Checkboxes(small=True))
    new_themes = NewThemes(
        label="Themes not in the list",
        required=False,
        help_text="Separate them with commas, such as Online safety, Taxis.",
    )
    success_measure = LongText(
        label="How the committee will know it is done",
        required=False,
        rows=3,
        help_text="What will be different, and how it will be measured.",
    )
    made_at = OneOf(
        label="Meeting it was agreed at",
        required=False,
        empty="No meeting recorded",
    )
    owner_note = forms.CharField(
        label="Who it is for, where the report names nobody",
        max_length=300,
        required=False,
        help_text="For example “The report names no owner”. Leave it empty if you will address it to a body.",
    )

    def __init__(
        self,
        *args: Any,
        findings: Iterable[Finding],
        themes: Iterable[Theme],
        meetings: Iterable[Meeting],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].offer(findings)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["themes"].offer(themes)  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["made_at"].offer(meetings)  # type: ignore[attr-defined]  # see pyproject.toml
        for name in ("finding", "themes"):
            if not self.fields[name].rows:  # type: ignore[attr-defined]  # see pyproject.toml
                del self.fields[name]
        if "themes" not in self.fields:
            self.fields["new_themes"].label = "Themes"

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        kept.setdefault("themes", [])
        return kept

    def offer_priorities(self, compiled: bool, now: str = "") -> None:
        """Offer "not known" only for an inquiry that is compiled from public sources, and "not stated" only where that is the
        priority `now`.
        """
        if not compiled:
            self.fields["priority"].leave_out(Priority.NOT_KNOWN)  # type: ignore[attr-defined]  # see pyproject.toml
        if now != Priority.NOT_STATED:
            self.fields["priority"].leave_out(Priority.NOT_STATED)  # type: ignore[attr-defined]  # see pyproject.toml

    def quiet(self) -> None:
        """Show what was typed without saying what is missing: it is not being saved yet."""
        self._errors = ErrorDict(renderer=self.renderer)


class NewRecommendationForm(RecommendationForm):
    """A further recommendation of an inquiry: its number is proposed, its reference is given."""

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        compiled = inquiry.is_from_public_sources
        priority = Priority.NOT_KNOWN if compiled else Priority.STANDARD
        kwargs.setdefault("initial", {"number": inquiry.next_number(), "priority": priority})
        super().__init__(*args, **kwargs)
        self.offer_priorities(compiled)
        self.fields[
            "reference"
        ].help_text = "Leave it empty for the next free one of the committee and the year."


class EditRecommendationForm(PublishedWordsForm, VersionedFormMixin, RecommendationForm):
    """A recommendation as it stands. Once its report is public, other words need a reason."""

    published: tuple[str, ...] = ("text", "reason")

    reason = LongText(
        label="Why the wording changes, and who agreed it",
        required=False,
        rows=3,
        help_text="Needed only if you change the exact words. The report is public, so the earlier wording stays on the record.",
    )
    meeting = OneOf(
        label="Meeting that agreed the new wording",
        required=False,
        empty="No meeting",
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        names = ("number", "reference", "heading", "text", "priority", "success_measure", "owner_note")
        initial: dict[str, Any] = {name: getattr(recommendation, name) for name in names}
        initial |= {"finding": recommendation.finding_id, "made_at": recommendation.made_at_id}
        initial["themes"] = [theme.pk for theme in recommendation.themes.all()]
        super().__init__(*args, initial=initial, version=recommendation.version, **kwargs)
        self.offer_priorities(recommendation.inquiry.is_from_public_sources, recommendation.priority)
        self.fields["reference"].required = True
        self.fields["reference"].error_messages["required"] = "Enter a reference"
        self.fields["meeting"].offer(self.fields["made_at"].rows.values())  # type: ignore[attr-defined]  # see pyproject.toml
        if not recommendation.is_public:
            del self.fields["reason"], self.fields["meeting"], self.fields["looked_at"]
            self.published = ()
        else:
            leave_to_corrections(self, Recommendation, correctable(recommendation))


# ------------------------------------------------------------------ what it relates to


def relation_choices() -> list[tuple[str, str]]:
    return [("", "Neither"), *((kind.value, kind.label) for kind in RelationKind)]


class OfferedForm(forms.Form):
    """The relation of a recommendation to each of the earlier ones offered, each in a list box."""

    def __init__(self, *args: Any, earlier: Iterable[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {f"earlier_{one.pk}": one for one in earlier}
        for name, one in self.earlier.items():
            self.fields[name] = forms.ChoiceField(
                label=f"This one, to {one.reference}", choices=relation_choices(), required=False
            )

    @property
    def offered(self) -> list[tuple[Recommendation, Any]]:
        """Each earlier recommendation with its box."""
        return [(one, self[name]) for name, one in self.earlier.items()]

    @property
    def found_words(self) -> str:
        """What a screen reader is told when the list below the exact words has changed."""
        if not self.earlier:
            return "No earlier recommendation is much like it"
        return f"{plural(len(self.earlier), 'earlier recommendation')} much like it, listed below the exact words"

    @property
    def chosen(self) -> list[tuple[Recommendation, str]]:
        """The earlier ones it repeats or supersedes; of a valid form."""
        return [
            (one, self.cleaned_data[name]) for name, one in self.earlier.items() if self.cleaned_data[name]
        ]

    def details(self) -> dict[str, Any]:
        """Return what the action that records relations takes."""
        return {"related": self.chosen}


class RelateForm(forms.Form):
    """Relate a recommendation to an earlier one by its reference."""

    reference = forms.CharField(
        label="Reference of the earlier recommendation",
        max_length=40,
        help_text="Such as SR (21/22) 04.",
        error_messages={"required": "Enter the reference of the earlier recommendation"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    kind = VocabularyField(
        RelationKind, label="How does this one stand to it?", error_messages={"required": "Select one"}
    )

    def __init__(self, *args: Any, choose_from: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from = choose_from

    def clean_reference(self) -> Recommendation:
        found: Recommendation | None = self.choose_from.with_reference(self.cleaned_data["reference"])
        if found is None:
            raise ValidationError("Enter the reference of a recommendation in the tracker")
        return found

    def details(self) -> dict[str, Any]:
        """Return what the action that records relations takes."""
        return {"related": [(self.cleaned_data["reference"], self.cleaned_data["kind"])]}


class UnrelateForm(forms.Form):
    """The relation to take out."""

    relation = OneOf(label="Relation")

    def __init__(self, *args: Any, relations: Iterable[Relation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].offer(relations)  # type: ignore[attr-defined]  # see pyproject.toml


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"


class PublishRecommendationForm(forms.Form):
    """The day on which a draft that was added to a public report is published."""

    on = DayField(
        label="When was it published?",
        name="The day it was published",
        help_text="Today, or the day on which the committee published the addition.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml
