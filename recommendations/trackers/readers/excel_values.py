"""Makes cells of what a sheet stores."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from committee.text import whole_number
from recommendations.trackers.cells import EMPTY, Cell, Piece, Value
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.colours import letters_or_none
from recommendations.trackers.readers.excel_sheet import Stored
from recommendations.trackers.readers.excel_styles import Style, Styles, is_on
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.number_formats import day_shown, shown
from recommendations.trackers.readers.office import local
from recommendations.trackers.readers.text import readable

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML can't hold (ECMA-376, part 1, 22.9.2.19)."""


@dataclass(frozen=True)
class Run:
    """Words of a text with their own look; None where they look as the cell does."""

    text: str
    struck: bool | None = None
    letters: Any = None
    """The element of their colour, if they have one."""


Text = str | tuple[Run, ...]


def unescaped(text: str) -> str:
    """Return a text with the characters that are written as their number."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_text(element: Any) -> Text:
    """Return the words of a shared or inline text, as runs where some look different. Readings of Asian letters are left
    out.
    """
    runs: list[Run] = []
    for each in element:
        name = local(each)
        if name == "t":
            runs.append(Run(unescaped(each.text or "")))
        elif name == "r":
            words = "".join(part.text or "" for part in each if local(part) == "t")
            look = next((part for part in each if local(part) == "rPr"), None)
            if look is None:
                runs.append(Run(unescaped(words)))
            else:
                runs.append(Run(unescaped(words), is_on(look.find("{*}strike")), look.find("{*}color")))
    if all(run.struck is None for run in runs):
        return "".join(run.text for run in runs)
    return tuple(runs)


def _is_blank(text: Text) -> bool:
    """Return whether a text has no words, and nothing that is told either."""
    words = text if isinstance(text, str) else "".join(run.text for run in text)
    if words[:1].isalnum():
        return False
    notices = Notices()
    return not readable(words, notices).strip() and not notices.all()


@dataclass
class CellReader:
    """Makes cells, with all that a workbook's sheets share."""

    styles: Styles
    strings: list[Text]
    since_1904: bool
    notices: Notices
    budget: Budget
    _seen: dict[tuple[str, str | None], tuple[Piece, ...]] = field(default_factory=dict)

    @cached_property
    def blank_texts(self) -> list[int]:
        """Which of the shared texts have no words, and nothing that is told either."""
        return [at for at, text in enumerate(self.strings) if _is_blank(text)]

    def readable(self, text: str, place: str = "") -> str:
        return readable(text, self.notices, place)

    def cell(self, stored: Stored, place: str) -> Cell:
        """Return the cell; EMPTY where it has neither words nor a fill."""
        style = self.styles.of(stored.style)
        pieces, value = self._content(stored, style, place)
        if any(piece.text.strip() for piece in pieces):
            self.budget.letters(sum(len(piece.text) for piece in pieces))
        else:
            pieces = ()
        if stored.formula and stored.value is None and stored.inline is None:
            self.notices.tell("formulas without a value", place)
        if not (pieces or style.fill or stored.formula):
            return EMPTY
        return Cell(pieces=pieces, value=value, formula=stored.formula, colour=style.fill)

    def _content(self, stored: Stored, style: Style, place: str) -> tuple[tuple[Piece, ...], Value]:
        if stored.kind == "s":
            return self._shared(stored, style, place), None
        if stored.kind == "inlineStr" or stored.inline is not None:
            text = read_text(stored.inline) if stored.inline is not None else stored.value or ""
            return self._pieces(text, style, place), None
        raw = stored.value
        if raw is None:
            return (), None
        if stored.kind == "str":
            return self._pieces(unescaped(raw), style, place), None
        if stored.kind == "b":
            return self._pieces("TRUE" if raw.strip() == "1" else "FALSE", style, place), raw.strip() == "1"
        if stored.kind == "e":
            self.notices.tell("errors", place)
            return self._pieces(raw, style, place), None
        if stored.kind == "d":
            return self._day(raw, style, place)
        return self._number(raw, style, place)

    def _shared(self, stored: Stored, style: Style, place: str) -> tuple[Piece, ...]:
        key = (stored.value or "", stored.style)
        if key not in self._seen:
            at = whole_number(stored.value, most=len(self.strings) - 1)
            self._seen[key] = () if at is None else self._pieces(self.strings[at], style, place)
        return self._seen[key]

    def _number(self, raw: str, style: Style, place: str) -> tuple[tuple[Piece, ...], Value]:
        try:
            number = float(raw)
        except ValueError:
            return self._pieces(raw, style, place), None
        if number != number or number in (float("inf"), float("-inf")):
            return self._pieces(raw, style, place), None
        text, value = shown(number, style.kind, since_1904=self.since_1904)
        if not text and number:
            self.notices.tell("hidden text", place)
            return (Piece(raw, hidden=True),), value
        return self._pieces(text, style, place), value

    def _day(self, raw: str, style: Style, place: str) -> tuple[tuple[Piece, ...], Value]:
        """Return a day that is stored as ISO 8601 words."""
        try:
            moment = dt.datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
        except ValueError:
            return self._pieces(raw, style, place), None
        value = moment.date() if moment.time() == dt.time() else moment
        return self._pieces(day_shown(moment, style.kind.letters or "dmy"), style, place), value

    def _pieces(self, text: Text, style: Style, place: str) -> tuple[Piece, ...]:
        if isinstance(text, str):
            return (
                (Piece(self.readable(text, place), struck=style.struck, colour=style.letters),)
                if text
                else ()
            )
        return tuple(
            Piece(
                self.readable(run.text, place),
                struck=style.struck if run.struck is None else run.struck,
                colour=style.letters
                if run.struck is None
                else letters_or_none(self.styles.colour(run.letters)),
            )
            for run in text
            if run.text
        )
