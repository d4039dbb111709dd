"""The numbers and bullets that a browser prints before the items of a list."""

from __future__ import annotations

from typing import Any

from committee.text import whole_number
from recommendations.trackers.readers.word_numbers import BULLET, number_words

FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero",
}  # fmt: skip


MOST = 9_999_999
"""That an item can be numbered."""


class ItemLabels:
    """Counts the items of one list."""

    def __init__(self, element: Any, style: str | None) -> None:
        """Take the element of the list and what its style says of its numbers."""
        said = next((FORMS[word] for word in (style or "").split() if word in FORMS), None)
        self._none = "none" in (style or "").split()
        self._form = said or (
            FORMS.get(element.get("type") or "1", "decimal") if element.tag == "ol" else None
        )
        self._back = element.get("reversed") is not None
        items = sum(1 for each in element if each.tag == "li")
        self._next = _whole(element.get("start"), items if self._back else 1)

    def next(self, item: Any) -> str:
        """Count an item and return what stands before it: "1." for numbers, and letters as reports print them, "(a)"."""
        count = _whole(item.get("value"), self._next)
        self._next = count + (-1 if self._back else 1)
        if self._none:
            return ""
        if self._form is None:
            return BULLET
        words = number_words(count, self._form)
        return f"{words}." if self._form.startswith("decimal") else f"({words})"


def _whole(text: str | None, default: int) -> int:
    number = whole_number(text, most=MOST)
    return default if number is None else number
