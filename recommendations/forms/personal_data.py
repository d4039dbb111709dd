"""The tick by which a person says that they looked at what looks like personal data."""

from __future__ import annotations

from typing import Any

from django import forms

from recommendations.utils.personal_data import PossiblePersonalData, suspicions_by_field


class LookedAt(forms.BooleanField):
    """Whether the person looked at what is pointed out. Needed only where something is; the action asks for it."""

    def __init__(self, **options: Any) -> None:
        words = "I have looked at what is pointed out above, and it may be public"
        super().__init__(label=words, required=False, **options)


class LookedAtForm(forms.Form):
    """The tick alone, for a page whose other words are recorded already."""

    looked_at = LookedAt()


class WarnedLookedAt(LookedAt):
    """The same with what is pointed out above it; nothing where nothing is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(template_name="officers/_looked_at_field.html", **options)


class PublishedWordsForm(forms.Form):
    """A form whose words other people read once it is sent: it points out what looks like personal data in them, and asks for
    the tick. The action asks for it too.
    """

    published: tuple[str, ...] = ("reason",)
    """The boxes whose words are read by others. What a box holds already is not asked about again."""

    looked_at = WarnedLookedAt()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "looked_at"] + ["looked_at"])

    @property
    def suspicions(self) -> list[tuple[str, PossiblePersonalData]]:
        """What looks like personal data in the words, with the label of its box."""
        typed = getattr(self, "cleaned_data", {}) if self.is_bound else {}
        changed = set(self.changed_data) if typed else set()
        return suspicions_by_field(
            {
                str(self[name].label): typed[name]
                for name in self.published
                if name in self.fields and name in changed and typed.get(name)
            }
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if self.suspicions and not kept.get("looked_at"):
            self.add_error("looked_at", "Tick that you looked at what may be personal data")
        return kept
