"""The form of the questions of one kind about a tracker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee.formatting import plural
from committee.forms.choices import LongText, Radios
from recommendations.imports.kinds import where
from recommendations.imports.questions import TYPED, Offered, answer_from, box_name, box_value
from recommendations.trackers.inquiry_titles import proposed_inquiry, without_day

FEW = 7
"""How many choices are shown as radio buttons; more are a list box."""


class QuestionsForm(forms.Form):
    """Some questions of one kind, each with its choices, and a box where its answer can be typed."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Mapping[str, Any]],
        answers: Mapping[str, Any],
        offered: Offered,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reveal: dict[str, tuple[str, str]] = {}
        self.questions = {box_name(question["key"]): question for question in questions}
        self.given = answers
        for name, question in self.questions.items():
            chosen, typed, title, day = box_value(question, answers.get(question["key"]))
            self._add_choice(name, question, offered, chosen)
            if label := TYPED.get(question["kind"]):
                self._add_typed(name, question, label, typed)
            if question["kind"] == "inquiry":
                proposed, published = without_day(_proposed_title(question))
                self._add_new_inquiry(name, title or proposed, day if title else published.in_words())

    def _add_choice(self, name: str, question: Mapping[str, Any], offered: Offered, chosen: str) -> None:
        groups = [(label, choices) for label, choices in offered.groups(question) if choices]
        flat = [choice for _, choices in groups for choice in choices]
        if not flat:
            return
        few = len(flat) <= FEW and question["kind"] not in ("body", "inquiry", "meeting")
        again = [("", "Not answered")] if chosen else []
        choices: Any = [*flat, *again] if few else [("", "Not answered"), *_grouped(groups)]
        self.fields[name] = forms.ChoiceField(
            label=question["sentence"],
            help_text=_where(question),
            choices=choices,
            required=False,
            initial=chosen,
            widget=Radios(small=True) if few else forms.Select(),
        )

    def _add_typed(self, name: str, question: Mapping[str, Any], label: str, typed: str) -> None:
        label = label if name in self.fields else question["sentence"]
        if question["kind"] == "owner":
            self.fields[f"{name}_typed"] = LongText(label=label, required=False, rows=3, initial=typed)
            return
        box = forms.TextInput(attrs={"class": "govuk-input--width-20"})
        self.fields[f"{name}_typed"] = forms.CharField(
            label=label, required=False, max_length=100, initial=typed, widget=box
        )

    def _add_new_inquiry(self, name: str, title: str, day: str) -> None:
        self.fields[f"{name}_title"] = forms.CharField(
            label="Title of a new inquiry", required=False, max_length=300, initial=title
        )
        self.reveal |= {f"{name}_title": (name, "new"), f"{name}_day": (name, "new")}
        self.fields[f"{name}_day"] = forms.CharField(
            label="Day on which its report was published",
            required=False,
            max_length=100,
            initial=day,
            help_text="Leave it empty if it is not published: then nothing of it is public.",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.answers: dict[str, Any] = {}
        for name, question in self.questions.items():
            parts = [
                str(cleaned.get(part) or "")
                for part in (name, f"{name}_typed", f"{name}_title", f"{name}_day")
            ]
            try:
                said = answer_from(question, *parts)
            except ValidationError as problem:
                box = f"{name}_title" if parts[0] == "new" and not parts[2].strip() else None
                box = box or (f"{name}_day" if parts[0] == "new" else f"{name}_typed")
                self.add_error(box if box in self.fields else name, problem)
                continue
            if said != self.given.get(question["key"]):
                self.answers[question["key"]] = said
        return cleaned

    def details(self) -> dict[str, Any]:
        """Return what was answered anew, or taken back, for `imports.tasks.answer`."""
        return {"answers": self.answers}

    @property
    def in_words(self) -> list[tuple[str, str, str]]:
        """Each question, where it arises, and its answer; "" where there is none."""
        return [
            (question["sentence"], _where(question), self._answer_in_words(name))
            for name, question in self.questions.items()
        ]

    def _answer_in_words(self, name: str) -> str:
        chosen = str(self[name].initial or "") if name in self.fields else ""
        labels = dict(_flat(self.fields[name].choices)) if chosen else {}  # type: ignore[attr-defined]  # see pyproject.toml
        parts = [str(labels.get(chosen, ""))]
        own = ("typed",) if chosen != "new" else ("title", "day")
        parts += [
            str(self[f"{name}_{part}"].initial or "") for part in own if f"{name}_{part}" in self.fields
        ]
        return ", ".join(part for part in parts if part)

    @property
    def groups(self) -> list[tuple[Mapping[str, Any], list[Any]]]:
        """Each question with its boxes."""
        return [
            (
                question,
                [
                    self[part]
                    for part in (name, f"{name}_typed", f"{name}_title", f"{name}_day")
                    if part in self.fields
                ],
            )
            for name, question in self.questions.items()
        ]


def _proposed_title(question: Mapping[str, Any]) -> str:
    """Return the title of a new inquiry that the file suggests: the name that lines give, else what stands over their table."""
    words = str(question["words"])
    if question["key"].startswith("inquiry:name:"):
        return words.partition(":")[0].strip()
    title, published = without_day(words)
    return words if published.is_known and proposed_inquiry(title) == title else proposed_inquiry(words)


def _where(question: Mapping[str, Any]) -> str:
    """Return where a question arises, in words."""
    places = [where(place["table"], place["row"]) for place in question["places"] if place["row"]]
    if not places:
        return ""
    more = question["count"] - len(places)
    listed = "; ".join(places)
    return f"{listed}, and {plural(more, 'more place')}" if more > 0 else listed


def _flat(choices: Any) -> list[tuple[str, str]]:
    """Return choices without the headings over them."""
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += [(str(value), str(label))] if isinstance(label, str) else _flat(label)
    return flat


def _grouped(groups: Sequence[tuple[str, list[tuple[str, str]]]]) -> list[Any]:
    """Return choices for a list box: those without a heading first, the others under theirs."""
    grouped: list[Any] = []
    for label, choices in groups:
        grouped += [(label, choices)] if label else choices
    return grouped
