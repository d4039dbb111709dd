"""Forms of bringing a tracker in: the file, its own day, what its columns hold, and the steps that are confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee import clock
from committee.forms.choices import Radios
from committee.text import clean_line
from recommendations.forms.fields import OneOf
from recommendations.imports.questions import parse_period
from recommendations.lifecycle.period_ends import period_to_json
from recommendations.models import Body, ImportBatch
from recommendations.trackers.columns import LABELS
from recommendations.trackers.files import TAKEN
from recommendations.trackers.limits import MOST_BYTES

YES_NO = (("yes", "Yes, something in it is not for publication"), ("no", "No, all of it may be published"))


class PeriodField(forms.CharField):
    """A time as somebody writes it: a day, a month, a quarter, a season, a year. `cleaned_data` holds a `Period`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        return parse_period(clean_line(super().clean(value)))


class NewImportForm(forms.Form):
    """A tracker's file, and whose it is."""

    committee = OneOf(
        label="Committee",
        empty="Select the committee",
        error_messages={"required": "Select the committee whose tracker it is"},
    )
    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.tsv,.txt,.html,.htm"}),
        help_text=f"{TAKEN[0].upper()}{TAKEN[1:]}, smaller than {MOST_BYTES // 1024**2} MB.",
        error_messages={"required": "Choose the tracker’s file"},
    )
    not_for_publication = forms.ChoiceField(
        label="Is anything in it not for publication?",
        choices=YES_NO,
        widget=Radios(),
        help_text="Words in the file that say so stop their lines in any case, until you have decided.",
        error_messages={"required": "Select whether anything in it is not for publication"},
    )

    def __init__(self, *args: Any, committees: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].offer(committees)  # type: ignore[attr-defined]  # see pyproject.toml
        if len(committees) == 1:
            self.fields["committee"].initial = committees[0].pk

    def clean_not_for_publication(self) -> bool:
        return bool(self.cleaned_data["not_for_publication"] == "yes")


class DetailsForm(forms.Form):
    """The tracker's own day, and whether anything in it is not for publication."""

    as_at = PeriodField(
        label="Of which day does the tracker speak?",
        help_text="A day, such as 31 March 2024, or a month, such as March 2024. Progress without a day of its own is of it.",
        error_messages={"required": "Enter the tracker’s own day"},
    )
    not_for_publication = forms.ChoiceField(
        label="Is anything in it not for publication?",
        choices=YES_NO,
        widget=Radios(),
        error_messages={"required": "Select whether anything in it is not for publication"},
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        said = batch.not_for_publication
        kwargs.setdefault(
            "initial",
            {
                "as_at": batch.day.in_words(),
                "not_for_publication": "" if said is None else "yes" if said else "no",
            },
        )
        super().__init__(*args, **kwargs)

    def clean_as_at(self) -> Any:
        day = self.cleaned_data["as_at"]
        if day.start > clock.today():
            raise ValidationError("The tracker’s own day must be today or earlier")
        return period_to_json(day)

    def clean_not_for_publication(self) -> bool:
        return bool(self.cleaned_data["not_for_publication"] == "yes")


class ColumnsForm(forms.Form):
    """What each column of the tables holds. A column that nobody changes stays what it was taken for."""

    def __init__(self, *args: Any, tables: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for at, table in enumerate(tables):
            for column in table["columns"]:
                if column["key"] in self.keys.values() or "hidden" in column["meaning"]:
                    continue
                name = f"column_{at}_{column['index']}"
                self.keys[name] = column["key"]
                self.fields[name] = self._field(column)

    def _field(self, column: Mapping[str, Any]) -> forms.ChoiceField:
        choices = [(str(field), label[:1].upper() + label[1:]) for field, label in LABELS.items()]
        if column["meaning"] not in dict(choices):
            choices.insert(0, (column["meaning"], meaning_label(column["meaning"])))
        header = column["header"].replace("\n", " ").strip() or f"Column {column['index'] + 1}"
        box = forms.Select(attrs={"class": "govuk-!-width-full"})
        return forms.ChoiceField(
            label=header, choices=choices, initial=column["meaning"], required=False, widget=box
        )

    def answers(self) -> dict[str, Any]:
        """Return the answers to what was changed, by the keys of the columns."""
        return {
            self.keys[name]: self.cleaned_data[name]
            for name in self.changed_data
            if self.cleaned_data.get(name)
        }

    def tables(self, tables: Sequence[Mapping[str, Any]]) -> list[tuple[Any, list[tuple[Any, str, Any]]]]:
        """Return each table with its columns, what each was taken for in words, and its box. A header that several tables have is
        asked about once.
        """
        boxes = {key: self[name] for name, key in self.keys.items()}
        return [
            (
                table,
                [
                    (column, meaning_label(column["meaning"]), boxes.pop(column["key"], None))
                    for column in table["columns"]
                ],
            )
            for table in tables
        ]


def meaning_label(meaning: str) -> str:
    """Return in words what a column was taken for: one field, or several with "and" between them."""
    labels: dict[str, str] = {str(field): label for field, label in LABELS.items()}
    words = " and ".join(labels.get(part, part) for part in meaning.split(" and "))
    return words[:1].upper() + words[1:]


class ApplyForm(forms.Form):
    """Confirms that an import is applied."""

    open_questions = forms.BooleanField(
        label="Apply it with these questions open: the likelier reading is taken where one is shown, and nothing where none is",
        error_messages={
            "required": "Answer the open questions first, or tick that the likelier readings are taken"
        },
    )
    nothing_exempt = forms.BooleanField(
        label="No line that is left in holds anything that is not for publication",
        error_messages={
            "required": "Keep what is not for publication apart on its line, or leave the line out; or tick that there is none"
        },
    )

    def __init__(self, *args: Any, open_questions: int, ask_exempt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_questions:
            del self.fields["open_questions"]
        if not ask_exempt:
            del self.fields["nothing_exempt"]

    def details(self) -> dict[str, Any]:
        """Return nothing: what is ticked is kept nowhere."""
        return {}
