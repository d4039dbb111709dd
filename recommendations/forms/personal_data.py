"""The tick by which a person says that they looked at what looks like personal data."""

from __future__ import annotations

from typing import Any

from django import forms


class LookedAt(forms.BooleanField):
    """Whether the person looked at what is pointed out. Needed only where something is; the action asks for it."""

    def __init__(self, **options: Any) -> None:
        words = "I have looked at what is pointed out above, and it may be public"
        super().__init__(label=words, required=False, **options)


class LookedAtForm(forms.Form):
    """The tick alone, for a page whose other words are recorded already."""

    looked_at = LookedAt()
