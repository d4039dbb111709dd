"""The words of a page as they are met: lines with their marks, in a cell or as paragraphs of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from recommendations.trackers.cells import Piece
from recommendations.trackers.readers.flow import Flow
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.text import readable
from recommendations.trackers.readers.web_lists import ItemLabels
from recommendations.trackers.readers.web_styles import Look
from recommendations.trackers.readers.word_numbers import BULLET

COLLAPSED = re.compile("[ \t\n\r\f]+")
LISTS = ("ol", "ul", "menu", "dir")
NOT_WORDS = ("hidden", "submit", "button", "reset", "image", "password", "file", "color", "range")
SYMBOLS = ("\u00b7", "o", "\u00a7", "\uf0b7", "-", "\u2022", "\u00d8", "\u00fc", "v")
"""What Word writes for a bullet, in a font of signs."""


@dataclass(frozen=True)
class Inherited:
    """What holds for the words at a place of the page."""

    struck: bool = False
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False
    letters: str | None = None
    ground: str | None = None
    as_written: bool = False
    """Whether line ends and blanks are kept."""
    labels: ItemLabels | None = None
    list_depth: int = 0

    def inside(self, element: Any, part: str, look: Look) -> Inherited:
        """Return what holds within an element of this look."""
        state = self
        if look.struck or look.hidden or look.letters or look.ground:
            state = replace(
                state,
                struck=state.struck or look.struck,
                hidden=state.hidden or look.hidden,
                letters=look.letters or state.letters,
                ground=look.ground or state.ground,
            )
        if part in LISTS:
            return replace(
                state, labels=ItemLabels(element, look.list_style), list_depth=state.list_depth + 1
            )
        if part == "del":
            tracked = (
                element.get("datetime") or element.get("cite") or "msoDel" in (element.get("class") or "")
            )
            return replace(state, deleted=True) if tracked else replace(state, struck=True)
        if part == "ins":
            return replace(state, inserted=True)
        if part in ("pre", "textarea", "listing", "xmp"):
            return replace(state, as_written=True)
        return state


class Words:
    """Collects words line by line: those of a cell, or as paragraphs of `flow` where one is given."""

    def __init__(self, notices: Notices, flow: Flow | None) -> None:
        self._notices = notices
        self._flow = flow
        self._lines: list[tuple[Piece, ...]] = []
        self._line: list[Piece] = []
        self._deleted: list[str] = []
        self._label = ""
        self._labels_only: list[str] = []
        """What stands before items of a cell that have no words."""
        self._level = 0
        self._heading = 0
        self._grounds: set[str | None] = set()

    @property
    def in_cell(self) -> bool:
        return self._flow is None

    # -------------------------------------------------------------- taking words

    def add(self, text: str | None, state: Inherited) -> None:
        """Add words to the line."""
        if not text:
            return
        text = text.replace("\r\n", "\n") if state.as_written else COLLAPSED.sub(" ", text)
        if (
            text.startswith(" ")
            and not state.as_written
            and (not self._line or self._line[-1].text.endswith((" ", "\n")))
        ):
            text = text[1:]
        if not text:
            return
        text = readable(text, self._notices)
        if state.deleted:
            self._notices.tell("tracked changes")
            self._deleted.append(text)
            return
        if state.inserted:
            self._notices.tell("tracked changes")
        if text.strip() and not state.hidden:
            self._grounds.add(state.ground)
        self._line.append(
            Piece(
                text,
                struck=state.struck,
                hidden=state.hidden,
                inserted=state.inserted,
                colour=state.ground or state.letters,
            )
        )

    def add_lines(self, text: str, *, hidden: bool) -> None:
        """Add the words of a table in the cell."""
        if text:
            self.begin_block()
            self._line.append(Piece(text, hidden=hidden))
            self.end_block()

    def label_from(self, text: str) -> None:
        """Take what stands before a paragraph of a list that Word saved: "1.", "(a)", or a sign for a bullet."""
        label = readable(text, self._notices).strip()
        self._label = BULLET if label in SYMBOLS else label

    def begin_item(self, label: str, level: int) -> None:
        """Begin an item of a list. What stands before it goes before its first words."""
        self._label = f"{self._label} {label}".strip() if self._label != BULLET else label
        self._level = level

    def line_end(self) -> None:
        """End a line within its paragraph."""
        if self._flow is not None:
            self._line.append(Piece("\n"))
        elif self._has_words():
            self._finish_line()
        else:
            self._line.clear()

    def begin_block(self, *, heading: int = 0, level: int = 0) -> None:
        """Begin a new line, or a paragraph of the page."""
        self._break()
        self._heading = heading or self._heading
        self._level = level or self._level

    def end_block(self) -> None:
        """End the line or paragraph."""
        self._break()
        self._heading = 0
        if self._flow is None and self._label:
            self._labels_only += [self._label] if self._label != BULLET else []
            self._label, self._level = "", 0

    def end(self) -> None:
        self._break()

    def _has_words(self) -> bool:
        return any(piece.text.strip() for piece in self._line)

    def _break(self) -> None:
        if self._flow is None:
            if self._has_words():
                self._finish_line()
            else:
                self._line.clear()
            return
        if not self._has_words():
            self._line.clear()
            return
        self._flow.counted += 1
        self._flow.paragraph(_merged(self._line), label=self._label, level=self._level, heading=self._heading)
        if any(piece.hidden and piece.text.strip() for piece in self._line):
            self._notices.tell("hidden text")
        self._line = []
        self._label, self._level = "", 0

    def _finish_line(self) -> None:
        label = [Piece(f"{self._label} ")] if self._label else []
        self._lines.append(_merged([*label, *self._line]))
        self._line = []
        self._label, self._level = "", 0

    # -------------------------------------------------------------- giving them

    def pieces(self) -> tuple[Piece, ...]:
        """Return the lines of a cell; numbers that stand alone are the words of one without others."""
        self._break()
        pieces: list[Piece] = []
        for at, line in enumerate(self._lines or [(Piece(label),) for label in self._labels_only]):
            pieces += [replace(pieces[-1], text="\n")] if at else []
            pieces += line
        return _merged(pieces)

    def deleted(self) -> str:
        return "".join(self._deleted).strip()

    def only_ground(self) -> str | None:
        """Return the colour behind all words of a cell; None where they differ."""
        return next(iter(self._grounds)) if len(self._grounds) == 1 else None


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, neighbours alike as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and replace(found[-1], text="") == replace(piece, text=""):
            found[-1] = replace(piece, text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


def control_words(element: Any, part: str, *, in_cell: bool) -> str:
    """Return what a person sees in a field of a form, or what a picture in a cell stands for."""
    if part == "img":
        words = (element.get("alt") or "").strip() if in_cell else ""
        return f" {words} " if words else ""
    if part == "textarea":
        return "".join(element.itertext())
    if part == "select":
        options = list(element.iter("option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return " " + "; ".join(" ".join("".join(each.itertext()).split()) for each in chosen) + " "
    kind = (element.get("type") or "text").lower()
    if kind in NOT_WORDS:
        return ""
    if kind in ("checkbox", "radio"):
        return "\u2612 " if element.get("checked") is not None else "\u2610 "
    return f" {element.get('value') or ''} "
