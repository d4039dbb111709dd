"""A date typed as day, month and year, in three boxes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committee.formatting import long_date
from committee.text import clean_text, comparable, whole_number

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
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year. In the data they are `name_day`, `name_month`, `name_year`."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True
    wrong_parts: tuple[str, ...] = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        boxes["month"] = forms.TextInput()  # month names are accepted too
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
            # The fieldset is described by hint and error; each box only by itself.
            box["attrs"].pop("aria-describedby", None)
            if not box["wrong"]:
                box["attrs"].pop("aria-invalid", None)
        return context


class HiddenDayWidget(DayWidget):
    """The three boxes as hidden inputs, for a page that only passes the day on."""

    template_name = "django/forms/widgets/multiwidget.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for box in self.widgets:
            box.input_type = "hidden"  # type: ignore[attr-defined]  # the boxes are inputs


class DayField(forms.MultiValueField):
    """A calendar day typed in three boxes. `cleaned_data` holds a `datetime.date` or None.

    `name` is how its messages refer to it: "The date of the meeting must include a year". Months may be written in
    letters. `earliest` and `latest` are inclusive. Only the boxes that are wrong are marked. Where `day_optional` is set, a
    month without a day is taken as its first day.
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
        self.day_optional = False
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
        """Return the day. Raise ValidationError with an instruction; the widget remembers the wrong boxes."""
        self.widget.wrong_parts = ()
        if isinstance(value, dt.date):
            return value
        typed = dict(zip(PARTS, _typed(value), strict=True))
        if self.day_optional and not typed["day"] and typed["month"] and typed["year"]:
            typed["day"] = "1"
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            if self.required:
                raise ValidationError(
                    self.error_messages.get("blank") or f"Enter {lower_first(self._name())}", code="required"
                )
            return None
        if missing:
            self.widget.wrong_parts = tuple(missing)
            raise ValidationError(
                f"{upper_first(self._name())} must include a {' and '.join(missing)}", code="incomplete"
            )
        found = self._day(**typed)
        if self.earliest and found < self.earliest:
            raise ValidationError(
                f"{upper_first(self._name())} must be {long_date(self.earliest)} or later", code="too_early"
            )
        if self.latest and found > self.latest:
            raise ValidationError(
                f"{upper_first(self._name())} must be {long_date(self.latest)} or earlier", code="too_late"
            )
        return found

    def _day(self, day: str, month: str, year: str) -> dt.date:
        numbers = {
            "day": whole_number(day, most=31),
            "month": MONTHS.get(comparable(month).rstrip(".")) or whole_number(month, most=12),
            "year": whole_number(year, most=LATEST_YEAR),
        }
        wrong = [part for part in PARTS if not numbers[part]]
        if (numbers["year"] or 0) < EARLIEST_YEAR and "year" not in wrong:
            wrong.append("year")
        if wrong == ["year"]:
            self.widget.wrong_parts = ("year",)
            raise ValidationError("Enter the year as four digits, for example 2026", code="invalid")
        if not wrong:
            try:
                return dt.date(**{part: number or 0 for part, number in numbers.items()})
            except ValueError:
                wrong = ["day"]
        self.widget.wrong_parts = tuple(wrong)
        raise ValidationError("Enter a real date, for example 27 3 2026", code="invalid")

    def compress(self, data_list: list[Any]) -> dt.date | None:
        raise NotImplementedError("DayField.clean() reads the boxes itself")

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = ["" if part is None else str(part) for part in DayWidget().decompress(initial)]
        return before != _typed(data)


def _typed(boxes: Any) -> list[str]:
    """Return what the three boxes hold; "" for a box that was not sent."""
    return [clean_text(str(part or "")) for part in [*(boxes or []), "", "", ""][: len(PARTS)]]


def lower_first(text: str) -> str:
    """Return the text for the middle of a sentence; "PDF of the report", "I agree" and the like stay as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[:2] == "A " else text


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
