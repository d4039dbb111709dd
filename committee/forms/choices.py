"""Fields and widgets that choose from a list, with GOV.UK markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models

# ------------------------------------------------------------------ choices that explain themselves


class _Explained:
    """Add a hint to each choice: `hints` by value."""

    hints: Mapping[str, str]

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]  # a mixin: the widget's own method
        option["hint"] = self.hints.get(str(option["value"]), "")
        if option["hint"] and option["attrs"].get("id"):
            option["hint_id"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_Explained, forms.RadioSelect):
    """Radio buttons. `hints` explains choices by value, `inline` puts short ones in one row, `small` is for filters."""

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
    """Checkboxes of which several may be chosen; options as for `Radios`."""

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
    """A choice from a Vocabulary as radio buttons: text choices that each have a `meaning`. `among` narrows the choice.

    `cleaned_data` holds a member of the vocabulary, or "" if nothing was chosen and nothing is required.
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

    def leave_out(self, member: models.TextChoices) -> None:
        """Offer all but this member."""
        offered: Any = self.choices
        self.choices = [choice for choice in offered if choice[0] != member.value]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self.vocabulary(chosen) if chosen else ""


# ------------------------------------------------------------------ words


class LongText(forms.CharField):
    """Several lines of plain text."""

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)


def flat_choices(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield getattr(key, "value", key), label
