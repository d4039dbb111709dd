"""The form by which one line of a tracker is mended, or decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee.forms.choices import LongText, Radios
from committee.text import clean_line, clean_text, comparable, whole_number
from recommendations.forms.exempt import paragraphs_field
from recommendations.imports.questions import parse_period
from recommendations.lifecycle import (
    CLOSING,
    PRIORITIES_NOBODY_GAVE,
    Claim,
    Decision,
    ExemptDecision,
    Priority,
)
from recommendations.lifecycle.imported import NEW, ImportedExempt, ImportedLine, ImportedStep, ImportedUpdate
from recommendations.lifecycle.period_ends import period_to_json
from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.models import Body, ImportRow, Inquiry, Post

PERIODS = {
    "made_on": "Made on",
    "answered_on": "Day of the response",
    "target": "Target date",
    "asked_target": "Date asked for",
}
EARLIER = "earlier_"
"""What the names of the boxes begin with that hold earlier reports of progress."""
PERIOD_HINT = "A day, a month, a quarter or a year"


def _choices(vocabulary: Any, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((str(one.value), str(one.label)) for one in vocabulary)]


def period_words(period: Period) -> str:
    """Return a time for a box: as it is printed, or as the file has it where it names none."""
    return period.in_words()


class LineForm(forms.Form):
    """What becomes of one line. Only what is changed is kept as mended; the file's own words stay beside it."""

    number = forms.CharField(
        label="Number",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    reference = forms.CharField(
        label="Reference",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    heading = forms.CharField(
        label="Heading",
        required=False,
        max_length=200,
        help_text="Left empty, it is made from the first words.",
    )
    text = LongText(
        label="The words of the recommendation",
        rows=5,
        error_messages={"required": "Enter the words of the recommendation"},
    )
    inquiry = forms.ChoiceField(label="Inquiry", required=False)
    priority = forms.ChoiceField(
        label="Priority",
        required=False,
        choices=_choices([one for one in Priority if one not in PRIORITIES_NOBODY_GAVE], "Not stated"),
    )
    response = forms.ChoiceField(label="Response", required=False, choices=_choices(Decision, "Not stated"))
    response_text = LongText(label="Words of the response", required=False, rows=3)
    reason = LongText(label="Reason for the response", required=False, rows=3)
    progress = LongText(label="Latest progress", required=False, rows=4)
    claim = forms.ChoiceField(
        label="Latest status that its owner gives", required=False, choices=_choices(Claim, "Not stated")
    )
    outcome = forms.ChoiceField(
        label="The committee decided", required=False, choices=_choices(CLOSING, "Nothing: it is open")
    )
    decided_on = forms.CharField(
        label="Day of the committee’s decision",
        required=False,
        max_length=100,
        help_text="A day or a month",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    recommendation = forms.CharField(
        label="It is a recommendation on the record",
        required=False,
        max_length=40,
        help_text="Its reference, such as SR (25/26) 03. Leave it empty where it is new or was recognised.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    exempt = forms.ChoiceField(
        label="Is anything on this line not for publication?",
        required=False,
        choices=[
            ("", "Not decided"),
            (ExemptDecision.OPEN.value, "No: it may be published"),
            (ExemptDecision.EXEMPT.value, "Yes: keep these words apart"),
        ],
        widget=Radios(),
    )
    exempt_text = LongText(
        label="The words that are not for publication",
        required=False,
        rows=4,
        help_text="Take them out of the boxes above.",
    )
    exempt_paragraphs = paragraphs_field("Why may they not be public?")
    public_summary = forms.CharField(
        label="What may the public read in their place?", required=False, max_length=300
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    reveal = {
        "exempt_text": ("exempt", ExemptDecision.EXEMPT),
        "exempt_paragraphs": ("exempt", ExemptDecision.EXEMPT),
        "public_summary": ("exempt", ExemptDecision.EXEMPT),
    }

    def __init__(
        self,
        *args: Any,
        row: ImportRow,
        version: str,
        inquiries: Sequence[Inquiry],
        bodies: Sequence[Body],
        posts: Sequence[Post],
        **kwargs: Any,
    ) -> None:
        self.row, self.batch = row, row.batch
        self.line = ImportedLine.from_json(row.reading["line"])
        kwargs.setdefault("initial", {**self._initial(), "version": version})
        super().__init__(*args, **kwargs)
        for name, label in PERIODS.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=200,
                initial=period_words(getattr(self.line, name)),
                help_text=PERIOD_HINT,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
            )
        for at, update in enumerate(self.line.updates[:-1], 1):
            when = update.as_at.in_words() or "no day is stated"
            self.fields[f"{EARLIER}{at}"] = LongText(
                label=f"Earlier progress ({when})", required=False, rows=3, initial=update.text
            )
        if self.line.steps:
            steps = "\n".join(step.words for step in self.line.steps)
            self.fields["steps"] = LongText(
                label="Milestones", required=False, rows=4, initial=steps, help_text="One on each line"
            )
        self._offer(inquiries, bodies, posts)
        self.order_fields(_order(list(self.fields)))

    def _initial(self) -> dict[str, Any]:
        line = self.line
        latest = line.updates[-1] if line.updates else ImportedUpdate("")
        exempt = line.exempt or ImportedExempt("", (), "")
        return {
            **{
                name: getattr(line, name)
                for name in (
                    "number",
                    "reference",
                    "heading",
                    "text",
                    "priority",
                    "response",
                    "response_text",
                    "reason",
                )
            },
            "inquiry": str(line.inquiry or ""),
            "progress": latest.text,
            "claim": latest.claim,
            "outcome": line.outcome.outcome if line.outcome else "",
            "decided_on": period_words(line.outcome.held_on) if line.outcome else "",
            "exempt": self.row.exempt_decision,
            "exempt_text": exempt.text,
            "exempt_paragraphs": [str(one) for one in exempt.paragraphs],
            "public_summary": exempt.public_summary,
        }

    def _offer(self, inquiries: Sequence[Inquiry], bodies: Sequence[Body], posts: Sequence[Post]) -> None:
        new_inquiries = [(NEW + one.key, f"{one.title} (new)") for one in self.batch.inquiries_to_make]
        new_bodies = [(NEW + one.key, f"{one.name} (new)") for one in self.batch.bodies_to_make]
        listed = [(str(one.pk), f"{one.title} ({one.reference})") for one in inquiries]
        self.fields["inquiry"].choices = [("", "Not known"), *new_inquiries, *listed]  # type: ignore[attr-defined]  # see pyproject.toml
        offices = [(_owner_value(post.body_id, post.pk), f"{post.title}, {post.body.name}") for post in posts]
        choices = [
            ("", "Nobody"),
            *new_bodies,
            *self._new_posts(bodies),
            ("Bodies", [(str(body.pk), str(body)) for body in bodies]),
            ("Posts", offices),
        ]
        owners = [_owner_value(owner.body, owner.post) for owner in self.line.owners]
        for at, value in enumerate([*owners, ""], 1):
            label = "Addressed to" if at == 1 else f"Addressed to (number {at})"
            self.fields[f"owner_{at}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=value
            )

    def _new_posts(self, bodies: Sequence[Body]) -> list[tuple[str, str]]:
        names = {body.pk: body.name for body in bodies}
        return [
            (_owner_value(one.body, NEW + one.key), f"{one.title} (new), {names.get(one.body, '')}")
            for one in self.batch.posts_to_make
        ]

    # -------------------------------------------------------------- what was entered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in (*PERIODS, "decided_on"):
            if name in self.changed_data and name not in self.errors:
                cleaned[name] = self._period(name, clean_line(cleaned.get(name) or ""))
        if cleaned.get("exempt") == ExemptDecision.EXEMPT:
            self._clean_exempt(cleaned)
        return cleaned

    def _period(self, name: str, words: str) -> Period:
        try:
            return parse_period(words) if words else NO_PERIOD
        except ValidationError as problem:
            self.add_error(name, problem)
            return NO_PERIOD

    def _clean_exempt(self, cleaned: Mapping[str, Any]) -> None:
        for name, words in (
            ("exempt_text", "Enter the words that are not for publication"),
            ("exempt_paragraphs", "Select at least one paragraph"),
            ("public_summary", "Enter what the public reads in their place"),
        ):
            if not cleaned.get(name):
                self.add_error(name, words)
        apart = comparable(str(cleaned.get("exempt_text") or ""))
        for name, words in self._words_told(cleaned):
            if apart and apart in comparable(words):
                self.add_error(name, "Take the words that are not for publication out of here")
        if not (cleaned.get("progress") or cleaned.get("claim") or cleaned.get("response")):
            self.add_error(
                "exempt",
                "Exempt words go with progress or a response, and this line has neither. Leave the line out",
            )

    def _words_told(self, cleaned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the words of all boxes that pages show, each with its name: of a time that nobody changed the file's own."""
        names = ("text", "heading", "response_text", "reason", "progress", "steps", "public_summary")
        for name in (*names, *self._earlier):
            yield name, str(cleaned.get(name) or "")
        for name in PERIODS:
            value = cleaned.get(name)
            yield name, value.words if isinstance(value, Period) else getattr(self.line, name).words

    @property
    def _earlier(self) -> list[str]:
        return [name for name in self.fields if name.startswith(EARLIER)]

    def details(self) -> dict[str, Any]:
        """Return what was entered, for `imports.mend.mend_line`."""
        return {
            "version": self.cleaned_data["version"],
            "mended": self.mended(),
            "exempt": self.cleaned_data["exempt"],
            "reference": clean_line(self.cleaned_data["recommendation"]),
        }

    def mended(self) -> dict[str, Any]:
        """Return the values that were changed, as `ImportedLine.to_json` has them, over those mended before."""
        changed = set(self.changed_data)
        values: dict[str, Any] = dict(self.row.reading.get("mended", {}))
        for name in ("number", "reference", "heading", "priority", "response"):
            if name in changed:
                values[name] = clean_line(self.cleaned_data[name])
        for name in ("text", "response_text", "reason"):
            if name in changed:
                values[name] = clean_text(self.cleaned_data[name])
        for name in PERIODS:
            if name in changed:
                values[name] = period_to_json(self.cleaned_data[name])
        if "inquiry" in changed and self.cleaned_data["inquiry"]:
            values["inquiry"] = _number_or_new(self.cleaned_data["inquiry"])
        owners = [name for name in self.fields if name.startswith("owner_")]
        if changed & set(owners):
            named = dict.fromkeys(self.cleaned_data[name] for name in owners if self.cleaned_data[name])
            values["owners"] = [_owner_json(value) for value in named]
        if changed & {"progress", "claim", *self._earlier}:
            values["updates"] = self._updates()
        if "steps" in changed:
            values["steps"] = self._steps()
        if changed & {"outcome", "decided_on"}:
            values["outcome"] = self._outcome()
        if changed & {"exempt", "exempt_text", "exempt_paragraphs", "public_summary"}:
            values["exempt"] = self._exempt()
        return values

    def _updates(self) -> list[dict[str, Any]]:
        before = zip(self._earlier, self.line.updates[:-1], strict=True)
        told = [replace(one, text=clean_text(self.cleaned_data[name])) for name, one in before]
        earlier = [one.to_json() for one in told if one.text or one.claim]
        latest = self.line.updates[-1] if self.line.updates else ImportedUpdate("")
        text, claim = clean_text(self.cleaned_data["progress"]), self.cleaned_data["claim"]
        if not text and not claim:
            return earlier
        return [*earlier, {**latest.to_json(), "text": text, "claim": claim}]

    def _steps(self) -> list[dict[str, Any]]:
        before = {step.words: step for step in self.line.steps}
        words = filter(None, map(clean_line, self.cleaned_data["steps"].splitlines()))
        return [(before.get(one) or ImportedStep(one)).to_json() for one in dict.fromkeys(words)]

    def _outcome(self) -> dict[str, Any] | None:
        if not self.cleaned_data["outcome"]:
            return None
        before = (
            self.line.outcome.to_json()
            if self.line.outcome
            else {"grade": "", "comment": "", "meeting": None}
        )
        moved = "decided_on" in self.changed_data
        held_on = (
            self.cleaned_data["decided_on"]
            if moved
            else self.line.outcome.held_on
            if self.line.outcome
            else NO_PERIOD
        )
        return {
            **before,
            "outcome": self.cleaned_data["outcome"],
            "held_on": period_to_json(held_on),
            "meeting": None if moved else before["meeting"],
        }

    def _exempt(self) -> dict[str, Any] | None:
        if self.cleaned_data["exempt"] != ExemptDecision.EXEMPT:
            return None
        return {
            "text": clean_text(self.cleaned_data["exempt_text"]),
            "paragraphs": list(self.cleaned_data["exempt_paragraphs"]),
            "public_summary": clean_line(self.cleaned_data["public_summary"]),
        }


ORDER = (
    "number", "reference", "heading", "text", "inquiry", "owner", "priority", "made_on", "response", "answered_on",
    "response_text", "reason", "target", "asked_target", "earlier", "progress", "claim", "steps", "outcome", "decided_on",
)  # fmt: skip


def _order(names: list[str]) -> list[str]:
    """Return the names of the boxes in the order in which the line shows its values; the others come behind them."""

    def place(name: str) -> int:
        own = name.partition("_")[0] if name.startswith(("owner_", EARLIER)) else name
        return ORDER.index(own) if own in ORDER else len(ORDER)

    return sorted(names, key=place)


def _owner_value(body: int | str, post: int | str | None) -> str:
    return f"{body}:{post}" if post else str(body)


def _number_or_new(value: str) -> int | str:
    return value if value.startswith(NEW) else whole_number(value) or 0


def _owner_json(value: str) -> dict[str, Any]:
    if value.startswith(NEW):
        return {"body": value, "post": None, "words": ""}
    body, _, post = value.partition(":")
    return {"body": whole_number(body), "post": _number_or_new(post) or None, "words": ""}
