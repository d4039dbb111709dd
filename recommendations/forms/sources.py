"""Forms for the sources of an inquiry, and the facts that they tell."""

from __future__ import annotations

from typing import Any

from django import forms

from committee import clock
from committee.forms.choices import LongText
from committee.forms.dates import DayField
from recommendations.forms.personal_data import PublishedWordsForm
from recommendations.lifecycle import DayPrecision
from recommendations.models import Source


class SourceForm(forms.Form):
    """A published source, as far as it is known."""

    publisher = forms.CharField(
        label="Publisher",
        max_length=200,
        help_text="Such as the council, a newspaper or the name of a website.",
        error_messages={"required": "Enter who published it"},
    )
    title = forms.CharField(
        label="Title",
        max_length=300,
        required=False,
        help_text="As it stands above the text. Leave it empty if you do not know it: it then reads “title not known”.",
    )
    published_on = DayField(
        label="Date published",
        name="The date of publication",
        required=False,
        help_text="Leave it empty if you do not know it.",
    )
    month_only = forms.BooleanField(label="Only the month of publication is known", required=False)
    address = forms.URLField(
        label="Web address",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address that begins with https://"},
    )
    where = forms.CharField(
        label="Where it can be found, if its address is not known",
        max_length=300,
        required=False,
        help_text="Such as the number of an article, or an archive.",
    )
    read_on = DayField(
        label="Date you read it", name="The date it was read", required=False, help_text="Pages change."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = self.fields["published_on"]
        published.day_optional = bool(self.data.get("month_only"))  # type: ignore[attr-defined]  # see pyproject.toml
        self.fields["read_on"].latest = clock.today()  # type: ignore[attr-defined]  # see pyproject.toml


class CorrectSourceForm(PublishedWordsForm, SourceForm):
    """The source as it should read, and what was wrong."""

    reason = LongText(
        label="What was wrong",
        rows=3,
        help_text="Readers see this beside the source, with how it read before.",
        error_messages={"required": "Enter what was wrong with the source as it stands"},
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        names = ("publisher", "title", "published_on", "address", "where", "read_on")
        initial = {name: getattr(source, name) for name in names}
        initial["month_only"] = source.day_precision == DayPrecision.MONTH
        super().__init__(*args, initial=initial, **kwargs)


class CitationForm(PublishedWordsForm):
    """A fact of the record that the source tells."""

    published = ("fact",)

    about = forms.ChoiceField(
        label="What is it about?", error_messages={"required": "Select what the fact is about"}
    )
    fact = LongText(
        label="What the source tells",
        rows=4,
        help_text="In a sentence. Leave out names of children, families and victims.",
        error_messages={"required": "Enter what the source tells"},
    )

    def __init__(self, *args: Any, facts: list[tuple[str, list[tuple[Any, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {_key(row): row for _, rows in facts for row, _ in rows}
        self.fields["about"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Select one"),
            *((title, [(_key(row), words) for row, words in rows]) for title, rows in facts),
        ]

    def clean_about(self) -> Any:
        return self.rows[self.cleaned_data["about"]]


def _key(row: Any) -> str:
    return f"{row._meta.model_name}-{row.pk}"


class WithdrawCitationForm(PublishedWordsForm):
    """Why the source does not tell this."""

    reason = LongText(
        label="Why do you withdraw it?",
        rows=3,
        help_text="It stays on the record with your reason.",
        error_messages={"required": "Enter why the source does not tell this"},
    )
