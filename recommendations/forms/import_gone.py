"""The form of what became of recommendations that a tracker leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from committee.forms.choices import Radios
from committee.text import whole_number
from recommendations.forms.fields import OneOf
from recommendations.imports.gone import Said
from recommendations.lifecycle import GoneAnswer
from recommendations.models import ImportRow
from recommendations.queries.import_gone import GoneRecommendation


class GoneForm(forms.Form):
    """Some of the recommendations that are gone: what became of each, and which new line it is, where it is one."""

    def __init__(
        self, *args: Any, gone: Sequence[GoneRecommendation], lines: Sequence[ImportRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gone = gone
        self.reveal: dict[str, tuple[str, str]] = {}
        offered = [one for one in GoneAnswer if lines or one != GoneAnswer.SAME]
        for one in gone:
            pk = one.recommendation.pk
            self.fields[f"answer_{pk}"] = forms.ChoiceField(
                label=f"What became of {one.recommendation.reference}?",
                choices=[
                    *((it.value, it.label) for it in offered),
                    *([("", "Not answered")] if one.answer else []),
                ],
                required=False,
                initial=one.answer.value if one.answer else None,
                widget=Radios(hints={it.value: it.meaning for it in offered}, small=True),
            )
            if lines:
                self.reveal[f"line_{pk}"] = (f"answer_{pk}", GoneAnswer.SAME)
                self.fields[f"line_{pk}"] = OneOf(
                    lines,
                    label="The new line that it is",
                    empty="Select the line",
                    row_label=_line_label,
                    required=False,
                    initial=one.line.pk if one.line else None,
                )
            self.fields[f"version_{pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=one.version
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.answers: dict[int, Said] = {}
        taken: set[int] = set()
        for one in self.gone:
            pk = one.recommendation.pk
            said = self._said(pk, cleaned)
            if said.answer == GoneAnswer.SAME and said.line is None:
                self.add_error(
                    f"line_{pk}", f"Select the line that {one.recommendation.reference} is the same as"
                )
            elif said.line in taken:
                self.add_error(
                    f"line_{pk}", "Select another line: two recommendations can’t be the same line"
                )
            elif said != _seen(cleaned.get(f"version_{pk}", "")):
                self.answers[pk] = said
            taken |= {said.line} if said.line else set()
        return cleaned

    def _said(self, pk: int, cleaned: Mapping[str, Any]) -> Said:
        chosen = cleaned.get(f"answer_{pk}")
        said = GoneAnswer(chosen) if chosen else None
        line = cleaned.get(f"line_{pk}")
        return Said(said, line.pk if line and said == GoneAnswer.SAME else None)

    def details(self) -> dict[str, Any]:
        """Return what was answered anew, or taken back, for `imports.gone.answer`."""
        versions = {pk: self.cleaned_data[f"version_{pk}"] for pk in self.answers}
        return {"answers": self.answers, "versions": versions}

    @property
    def groups(self) -> list[tuple[GoneRecommendation, list[Any], Any]]:
        """Each recommendation with its boxes, and the hidden one."""
        return [
            (
                one,
                [self[name] for name in (f"answer_{pk}", f"line_{pk}") if name in self.fields],
                self[f"version_{pk}"],
            )
            for one in self.gone
            for pk in (one.recommendation.pk,)
        ]


def _seen(version: str) -> Said:
    """Return the answer that the page showed, which may be another by now: who left it as it was says nothing."""
    state, line, *_ = [*version.split("|"), "", ""]
    return Said(GoneAnswer(state) if state in GoneAnswer.values else None, whole_number(line))


def _line_label(row: Any) -> str:
    words = " ".join(part for part in (row.read_number, row.read_text) if part) or "A line without wording"
    return f"{words[:70].rstrip()} … ({row.place})" if len(words) > 70 else f"{words} ({row.place})"
