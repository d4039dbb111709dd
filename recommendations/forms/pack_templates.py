"""Forms of templates of packs."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.accounts.models import User
from committee.forms.choices import Radios, VocabularyField
from committee.forms.versioned import VersionedFormMixin
from recommendations.lifecycle import Picks
from recommendations.models import Pack, PackTemplate
from recommendations.packs.selection import kept_query

NEW = "new"


class SaveTemplateForm(forms.Form):
    """Under which name a pack is kept as a template, and how recommendations are picked from it."""

    place = forms.ChoiceField(label="Where should it be kept?", widget=Radios())
    name = forms.CharField(
        label="Name of the template",
        help_text="For example “Quarterly, Cabinet”. Clerks of this body choose it by its name.",
        max_length=100,
        required=False,
    )
    picks = VocabularyField(Picks, label="Which recommendations should a pack made from it take?")
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, by: User, pack: Pack, query: str = "", **kwargs: Any) -> None:
        self.same = list(
            PackTemplate.objects.visible_to(by).of(pack.meeting.body).filter(edition=pack.edition).for_list()
        )
        kept, self.query_words = kept_query(query, by=by, edition=pack.edition)
        first = Picks.MATCHING if kept else Picks.OPEN
        kwargs["initial"] = {"place": NEW, "picks": first, "query": kept}
        super().__init__(*args, **kwargs)
        self.reveal = {"name": ("place", NEW)} if self.same else {}
        self._offer_places()
        self._offer_picks(pack, kept)

    def _offer_places(self) -> None:
        replace = [(f"{row.pk}-{row.version}", f"In place of “{row.name}”") for row in self.same]
        place = self.fields["place"]
        place.choices = [(NEW, "As a new template"), *replace]  # type: ignore[attr-defined]  # see pyproject.toml
        if not replace:
            place.widget = forms.HiddenInput()
            self.fields["name"].required = True

    def _offer_picks(self, pack: Pack, kept: str) -> None:
        among = [Picks.OPEN, *([Picks.MATCHING] if kept else []), *([Picks.THESE] if pack.selection else [])]
        hints = {one.value: one.meaning for one in among}
        hints[Picks.MATCHING.value] = f"{self.query_words}. Asked again on the day"
        field = self.fields["picks"]
        field.widget = Radios(hints=hints)
        field.choices = [(one.value, one.label) for one in among]  # type: ignore[attr-defined]  # see pyproject.toml

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("place") == NEW and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter the name of the template")
        return cleaned

    def details(self) -> dict[str, Any]:
        """Return the template to replace with its version as shown, None for a new one; the name of a new one; and how
        recommendations are picked from it."""
        template, version = self._replaced()
        return {
            "template": template,
            "version": version,
            "name": self.cleaned_data["name"],
            "picks": self.cleaned_data["picks"],
            "query": self.initial["query"],
            "query_words": self.query_words,
        }

    def _replaced(self) -> tuple[PackTemplate | None, int]:
        place = self.cleaned_data["place"]
        return next(
            ((row, row.version) for row in self.same if place == f"{row.pk}-{row.version}"), (None, 0)
        )


class RenameTemplateForm(VersionedFormMixin, forms.Form):
    """The name of a template."""

    name = forms.CharField(label="Name of the template", max_length=100)

    def __init__(self, *args: Any, template: PackTemplate, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": template.name, "version": template.version}
        super().__init__(*args, **kwargs)
