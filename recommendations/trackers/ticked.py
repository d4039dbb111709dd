"""Reads choices with boxes: "☒ Yes ☐ No", "Accepted [x] Rejected [ ]". The ticked one is what the cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recommendations.trackers.status_words import ASKED, NO, SAYS_NOTHING, VOCABULARY, YES, status_key

BOX = re.compile(
    r"(?P<on>[☑☒🗹🗵🗷⊠✅]|[\[(][ \t]?[xX✓✔√][ \t]?[\])])|(?P<off>[☐□◻▢⬜🞎]|[\[(][ \t]{0,3}[\])])|(?P<sign>[✓✔√✗✘])"
)
"""A box with a mark in it, an empty box, or a mark that may stand for either."""
LONGEST_LABEL = 60
BETWEEN = " \t\n/|,;:.•-–"


@dataclass(frozen=True)
class Choices:
    """The choices of a cell."""

    labels: tuple[str, ...]
    ticked: tuple[str, ...]
    rest: str = ""
    """What stands below the choices."""

    @property
    def is_decided(self) -> bool:
        return len(self.ticked) == 1

    @property
    def said(self) -> str:
        """What the cell says by the one that is ticked; "" where none or several are."""
        return "\n".join(filter(None, (self.ticked[0], self.rest))) if self.is_decided else ""

    @property
    def sentence(self) -> str:
        """What is asked where not one is ticked."""
        several = "More than one box is ticked" if self.ticked else "No box is ticked"
        return f"{several}: {', '.join(self.labels)}. Which is it?"

    @property
    def are_statuses(self) -> bool:
        """Return whether every label is a word that statuses are written in."""
        return all(_is_status(status_key(label)) for label in self.labels)


def _is_status(key: str) -> bool:
    known = (VOCABULARY, ASKED, YES, NO, *SAYS_NOTHING.values())
    return any(key in words for words in known)


def read_choices(text: str) -> Choices | None:
    """Return the choices of a text, if that is what it is: boxes, each with its label behind it or before it."""
    boxes = list(BOX.finditer(text))
    if not any(box["off"] or box["on"] for box in boxes) or not any(letter.isalpha() for letter in text):
        return None
    if len(boxes) > 1 and any(box["sign"] in ("✗", "✘") for box in boxes if box["sign"]):
        return None  # a cross may choose, or deny
    before = text[: boxes[0].start()].strip(BETWEEN)
    behind = text[boxes[-1].end() :].strip(BETWEEN)
    is_headed = text[: boxes[0].start()].rstrip(" \t").endswith((":", "\n"))
    if behind and (not before or is_headed):
        ends = [*(box.start() for box in boxes[1:]), len(text)]
        words = [text[box.end() : end] for box, end in zip(boxes, ends, strict=True)]
        last, _, rest = words[-1].strip().partition("\n")
        words[-1] = last
    elif before and not behind:
        starts = [0, *(box.end() for box in boxes[:-1])]
        words, rest = [text[start : box.start()] for start, box in zip(starts, boxes, strict=True)], ""
    else:
        return None
    labels = tuple(word.strip(BETWEEN) for word in words)
    if not all(label and len(label) <= LONGEST_LABEL and "\n" not in label for label in labels):
        return None
    ticked = tuple(label for label, box in zip(labels, boxes, strict=True) if not box["off"])
    return Choices(labels, ticked, rest.strip())


def chosen(text: str) -> str:
    """Return what a text says by the one choice that is ticked; the text as it is where it has none, or not one is."""
    choices = read_choices(text)
    return (choices.said if choices else "") or text


def says(text: str) -> str:
    """Return what a cell with choices says by the one that is ticked, its first choice where that must be asked, and any other
    text as it is.
    """
    choices = read_choices(text)
    return text if choices is None else choices.said or choices.labels[0]
