"""Forms in the house style: Django's own forms, rendered as GOV.UK Frontend markup.

``HouseRenderer`` (settings.FORM_RENDERER) does it for every form through templates/django/forms. The fields here are
what the design system has and Django lacks: a day in three boxes, choices that explain themselves, long text that is
counted as the reader counts it. ``VersionedFormMixin`` shows two people's edits side by side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from committee.formatting import date_and_time, long_date


def instructions(field: forms.Field, label: str) -> dict[str, str]:
    """Error messages, by code, that say what to do about this field instead of what is wrong with it."""
    called = "an answer" if label.endswith("?") else _begin_small(label)
    match field:
        case forms.BooleanField():
            return {"required": f"Tick “{label}”"}
        case forms.FileField():
            return {"required": "Choose a file", "empty": "Choose a file that is not empty"}
        case forms.ChoiceField() | forms.ModelChoiceField():
            return {"required": f"Select {called}", "invalid_choice": "Select one of the choices shown"}
        case forms.EmailField():
            return {
                "required": f"Enter {called}",
                "invalid": "Enter an e-mail address in the correct format, like name@example.com",
            }
        case forms.URLField():
            return {
                "required": f"Enter {called}",
                "invalid": "Enter a web address, like https://www.example.com",
            }
        case forms.IntegerField() if type(field) is forms.IntegerField:
            return {"required": f"Enter {called}", "invalid": "Enter a whole number, like 12"}
        case DayField():
            return {}
        case _:
            return {"required": f"Enter {called}"}


def _general_words(field: forms.Field, code: str) -> Any:
    for kind in type(field).__mro__:
        found = getattr(kind, "default_error_messages", {}).get(code)
        if found is not None:
            return found
    return None


class HouseBoundField(BoundField):
    """A field on a page, with what the house templates ask of it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        for code, words in instructions(field, str(self.label)).items():
            # A form's own words stay; only Django's general ones are replaced.
            if field.error_messages.get(code) == _general_words(field, code):
                field.error_messages[code] = words

    @property
    def count(self) -> int | None:
        """How many characters fit, where a counter is shown: under a box of several lines with a limit."""
        if isinstance(self.field.widget, forms.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def reveal(self) -> tuple[str, str] | None:
        """The name of the question that brings this one up, and the answers that do, from the form's ``reveal``:
        ``reveal = {"reason": ("decision", NEEDS_REASON)}``; ``"*"`` stands for any answer."""
        rule = getattr(self.form, "reveal", {}).get(self.name)
        if rule is None:
            return None
        name, answers = rule
        if isinstance(answers, str):
            answers = [answers]
        return self.form.add_prefix(name), " ".join(
            str(getattr(answer, "value", answer)) for answer in answers
        )

    @property
    def optional(self) -> bool:
        """Whether the label says "(optional)": not where nothing is required, as in filters, nor on checkboxes."""
        if self.field.required or isinstance(self.field.widget, forms.CheckboxInput):
            return False
        if "(optional)" in str(self.label) or not getattr(self.form, "mark_optional", True) or self.reveal:
            return False
        return any(field.required and not field.widget.is_hidden for field in self.form.fields.values())

    @property
    def first_box(self) -> str:
        """The id of the box that a link in the error summary should lead to."""
        widget = self.field.widget
        if isinstance(widget, DayWidget):
            wrong = widget.wrong_parts or PARTS
            return f"{self.auto_id}_{PARTS.index(wrong[0])}"
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return str(self.id_for_label or self.auto_id)

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if self.count and described is not None:
            return f"{described} {self.auto_id}-info".strip()
        return described


class HouseRenderer(TemplatesSetting):
    """Renders forms, fields and widgets with templates/django/forms."""

    bound_field_class = HouseBoundField


# ------------------------------------------------------------------ a day


MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ],
        start=1,
    )
    for name in names
}
PARTS = ("day", "month", "year")


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year. In the data they are ``name_day``, ``name_month``, ``name_year``."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True
    wrong_parts: tuple[str, ...] = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        boxes["month"] = forms.TextInput()  # names of months are taken too
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return [None, None, None]
        if isinstance(value, dt.date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        invalid = context["widget"]["attrs"].get("aria-invalid") == "true"
        wrong = self.wrong_parts or PARTS
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["part"] = part.capitalize()
            box["width"] = 4 if part == "year" else 2
            box["wrong"] = invalid and part in wrong
            # The fieldset tells the hint and the error; each box tells only itself.
            box["attrs"].pop("aria-describedby", None)
            if not box["wrong"]:
                box["attrs"].pop("aria-invalid", None)
        return context


class HiddenDayWidget(DayWidget):
    """The three boxes without anything to see, for a page that only passes the day on."""

    template_name = "django/forms/widgets/multiwidget.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for box in self.widgets:
            box.input_type = "hidden"  # type: ignore[attr-defined]  # the boxes are inputs


class DayField(forms.MultiValueField):
    """A calendar day, typed in three boxes; ``cleaned_data`` holds a ``datetime.date`` or None.

    ``name`` is what its messages call it: "The date of the meeting must include a year". Months may be written in
    letters. ``earliest`` and ``latest`` are days that still count. The boxes that are wrong are the ones marked.
    """

    widget = DayWidget
    hidden_widget = HiddenDayWidget

    def __init__(
        self,
        *,
        name: str = "",
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        **options: Any,
    ) -> None:
        self.called = name
        self.earliest = earliest
        self.latest = latest
        messages = options.pop("error_messages", {})
        required = options.pop("required", True)
        parts = [forms.CharField(required=False, max_length=20) for _ in PARTS]
        super().__init__(
            parts, require_all_fields=False, required=required, error_messages=messages, **options
        )

    def _name(self) -> str:
        return self.called or (f"{self.label}" if self.label else "The date")

    def clean(self, value: Any) -> dt.date | None:
        """The day. Raises ValidationError with an instruction; the wrong boxes are remembered for the widget."""
        self.widget.wrong_parts = ()
        if isinstance(value, dt.date):
            return value
        day, month, year = (str(part or "").strip() for part in (list(value or []) + [""] * 3)[:3])
        typed = dict(zip(PARTS, (day, month, year), strict=True))
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            if self.required:
                raise ValidationError(
                    self.error_messages.get("blank") or f"Enter {_begin_small(self._name())}", code="required"
                )
            return None
        if missing:
            self.widget.wrong_parts = tuple(missing)
            raise ValidationError(
                f"{_begin_large(self._name())} must include a {' and '.join(missing)}", code="incomplete"
            )
        found = self._day(day, month, year)
        if self.earliest and found < self.earliest:
            raise ValidationError(
                f"{_begin_large(self._name())} must be {long_date(self.earliest)} or later", code="too_early"
            )
        if self.latest and found > self.latest:
            raise ValidationError(
                f"{_begin_large(self._name())} must be {long_date(self.latest)} or earlier", code="too_late"
            )
        return found

    def _day(self, day: str, month: str, year: str) -> dt.date:
        number = MONTHS.get(month.lower().rstrip("."), 0) or (int(month) if month.isdecimal() else 0)
        wrong = []
        if not (day.isdecimal() and 1 <= int(day) <= 31):
            wrong.append("day")
        if not 1 <= number <= 12:
            wrong.append("month")
        if not (year.isdecimal() and len(year) == 4 and 1900 <= int(year) <= 2200):
            wrong.append("year")
        if wrong == ["year"]:
            self.widget.wrong_parts = ("year",)
            raise ValidationError("Enter the year as four digits, for example 2026", code="invalid")
        if not wrong:
            try:
                return dt.date(int(year), number, int(day))
            except ValueError:
                wrong = ["day"]
        self.widget.wrong_parts = tuple(wrong)
        raise ValidationError("Enter a real date, for example 27 3 2026", code="invalid")

    def compress(self, data_list: list[Any]) -> dt.date | None:
        raise NotImplementedError("DayField.clean() reads the boxes itself")

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = ["" if part is None else str(part) for part in DayWidget().decompress(initial)]
        after = [str(part or "").strip() for part in (list(data or []) + [""] * 3)[:3]]
        return before != after


def _begin_small(text: str) -> str:
    """The text as it reads inside a sentence; "PDF of the report", "I agree" and the like stay as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[:2] == "A " else text


def _begin_large(text: str) -> str:
    return text[:1].upper() + text[1:]


# ------------------------------------------------------------------ choices that explain themselves


class _Explained:
    """Adds a line of explanation to each choice: ``hints`` by value."""

    hints: Mapping[str, str]

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]  # a mixin: the widget's own method
        option["hint"] = self.hints.get(str(option["value"]), "")
        if option["hint"] and option["attrs"].get("id"):
            option["hint_id"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_Explained, forms.RadioSelect):
    """Radio buttons; ``hints`` explains choices by value, ``inline`` puts short ones in one row, ``small`` is for filters."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.inline, self.small = inline, small

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"inline": self.inline, "small": self.small}
        return context


class Checkboxes(_Explained, forms.CheckboxSelectMultiple):
    """Checkboxes of which several may be chosen; options as for ``Radios``."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.small = small

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"small": self.small}
        return context


class VocabularyField(forms.ChoiceField):
    """A choice from a vocabulary as radio buttons: text choices that each have a ``meaning``. ``among`` narrows the choice.

    ``cleaned_data`` holds a member of the vocabulary, or "" where nothing was chosen and nothing is required.
    """

    def __init__(
        self,
        vocabulary: type[models.TextChoices],
        *,
        among: Iterable[models.TextChoices] | None = None,
        meanings: bool = True,
        **options: Any,
    ) -> None:
        self.vocabulary = vocabulary
        members = list(vocabulary if among is None else among)
        hints = {member.value: str(getattr(member, "meaning", "")) for member in members} if meanings else {}
        options.setdefault("widget", Radios(hints=hints))
        super().__init__(choices=[(member.value, member.label) for member in members], **options)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self.vocabulary(chosen) if chosen else ""


# ------------------------------------------------------------------ words


class LongText(forms.CharField):
    """Several lines of plain text. A line break counts as one character, as the reader's counter counts it."""

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n")


# ------------------------------------------------------------------ two people, one thing


@dataclass(frozen=True)
class Difference:
    """One field that somebody else left otherwise than this person typed it; both in words."""

    label: str
    theirs: str
    yours: str


class VersionedFormMixin(forms.BaseForm):
    """For forms of versioned models: carries the version it was opened at, and shows both sides of a conflict.

    On StaleEdit a view calls ``form.conflict(stale.current)`` and shows the page again with its answer as
    ``conflict``: what was typed is kept, and saving once more is then a decision to replace the other's words.
    """

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened_at = (
            version if version is not None else getattr(getattr(self, "instance", None), "version", None)
        )
        self.fields["version"] = forms.IntegerField(
            required=True,
            widget=forms.HiddenInput,
            initial=self.initial.get("version", opened_at),
            error_messages={
                "required": "Open the page again before you save",
                "invalid": "Open the page again before you save",
            },
        )

    def conflict(self, current: Any) -> list[Difference]:
        """The fields in which ``current`` (the row as it is now) differs from what was typed.

        The form then carries the row's present version, so that it can be saved again.
        """
        differences = []
        for bound in self.visible_fields():
            if not hasattr(current, bound.name):
                continue
            theirs, yours = getattr(current, bound.name), self.cleaned_data.get(bound.name, bound.data)
            theirs_said, yours_said = in_words(theirs, bound), in_words(yours, bound)
            if theirs_said != yours_said:
                differences.append(
                    Difference(str(bound.label), theirs_said or "Nothing", yours_said or "Nothing")
                )
        if hasattr(self.data, "copy"):
            data = self.data.copy()
            data[self.add_prefix("version")] = str(current.version)
            self.data = data
        return differences


def in_words(value: Any, bound: BoundField | None = None) -> str:
    """A value of a form or a model as a person would read it; "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return date_and_time(value)
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, models.Manager):
        value = list(value.all())
    if isinstance(value, list | tuple | set | models.QuerySet):
        return ", ".join(in_words(one, bound) for one in value)
    choices = getattr(bound.field, "choices", None) if bound is not None else None
    if choices is not None and not isinstance(value, models.Model):
        for key, label in _flat(choices):
            if str(key) == str(value):
                return str(label)
    return str(value).replace("\r\n", "\n").strip()


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield getattr(key, "value", key), label
