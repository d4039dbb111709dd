"""Forms in the council's style: Django's own forms, rendered as GOV.UK Frontend markup.

`GovukFormRenderer` (settings.FORM_RENDERER) does it for every form through templates/django/forms. The fields beside it
are what the design system has and Django lacks: a day in three boxes, choices with hints, long text counted as the
reader counts it. `VersionedFormMixin` shows both sides of an edit conflict.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from committee.forms.dates import PARTS, DayField, DayWidget, lower_first
from committee.forms.numbers import WholeNumberField
from committee.text import clean_text


def instructions(field: forms.Field, label: str) -> dict[str, str]:
    """Return error messages, by code, that say what to do about this field instead of what is wrong with it."""
    called = "an answer" if label.endswith("?") else lower_first(label)
    text = "your answer" if label.endswith("?") else lower_first(label)
    shorten = f"Shorten {text} to %(limit_value)d characters: it has %(show_value)d"
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
                "max_length": shorten,
            }
        case forms.URLField():
            return {
                "required": f"Enter {called}",
                "invalid": "Enter a web address, like https://www.example.com",
                "max_length": shorten,
            }
        case forms.IntegerField() if type(field) in (forms.IntegerField, WholeNumberField):
            return {"required": f"Enter {called}", "invalid": "Enter a whole number, like 12"}
        case DayField():
            return {}
        case forms.CharField():
            return {"required": f"Enter {called}", "max_length": shorten}
        case _:
            return {"required": f"Enter {called}"}


def _general_words(field: forms.Field, code: str) -> Any:
    for kind in type(field).__mro__:
        found = getattr(kind, "default_error_messages", {}).get(code)
        if found is not None:
            return found
    return None


def _kept(typed: Any) -> Any:
    if isinstance(typed, str):
        return clean_text(typed)
    return [_kept(one) for one in typed] if isinstance(typed, list) else typed


class GovukBoundField(BoundField):
    """A field on a page, with what the form templates need of it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        for code, words in instructions(field, str(self.label)).items():
            # A form's own messages stay; only Django's general ones are replaced.
            if field.error_messages.get(code) == _general_words(field, code):
                field.error_messages[code] = words
        # Browsers count other characters than we do (UTF-16), and cut what is pasted without a word.
        field.widget.attrs.pop("maxlength", None)

    @property
    def data(self) -> Any:
        """What was typed, as text is kept. Every form of the product reads its boxes here; a password stays as it is."""
        typed = super().data
        return typed if isinstance(self.field.widget, forms.PasswordInput) else _kept(typed)

    @property
    def count(self) -> int | None:
        """The maximum length, if a counter is shown: under a box of several lines with a limit."""
        if isinstance(self.field.widget, forms.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def reveal(self) -> tuple[str, str] | None:
        """The field this one is conditional on, and the values that reveal it, from the form's `reveal`.

        `reveal = {"reason": ("decision", NEEDS_REASON)}`; `"*"` stands for any value.
        """
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
        """Whether the label says "(optional)". Not if nothing is required, as in filters, nor on checkboxes."""
        if self.field.required or isinstance(self.field.widget, forms.CheckboxInput):
            return False
        if "(optional)" in str(self.label) or not getattr(self.form, "mark_optional", True) or self.reveal:
            return False
        return any(field.required and not field.widget.is_hidden for field in self.form.fields.values())

    @property
    def first_box(self) -> str:
        """The id of the input that a link in the error summary leads to."""
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


class GovukFormRenderer(TemplatesSetting):
    """Render forms, fields and widgets with templates/django/forms."""

    bound_field_class = GovukBoundField
