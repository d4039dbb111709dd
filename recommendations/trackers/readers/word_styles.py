"""The styles of a Word document, as far as they say something: struck, hidden, coloured, a heading, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from committee.text import whole_number
from recommendations.trackers.readers.colours import HIGHLIGHTS, fill_or_none, letters_or_none, six_digits
from recommendations.trackers.readers.office import attribute, local

OFF = ("0", "false", "off", "none")
HEADING = re.compile("heading ([1-9])", re.IGNORECASE)
DEEPEST = 12
"""Styles that a style may be based on, one upon another."""
MOST_HEADING = 6
LINKS = ("Hyperlink", "FollowedHyperlink")
"""Styles whose colour says that there is a link, and nothing of the words."""


@dataclass(frozen=True)
class Look:
    """How words look; None where that is left to what they stand in."""

    struck: bool | None = None
    hidden: bool | None = None
    colour: str | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it says something, else the one below."""
        return Look(
            below.struck if self.struck is None else self.struck,
            below.hidden if self.hidden is None else self.hidden,
            self.colour or below.colour,
        )


PLAIN = Look()


@dataclass(frozen=True)
class Style:
    """A style by its id, without what it is based on."""

    name: str = ""
    based_on: str = ""
    look: Look = PLAIN
    list_key: str | None = None
    list_level: int | None = None
    outline: int | None = None


@dataclass
class Styles:
    """All styles of a document."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    """The style of paragraphs that name none."""
    lists: dict[str, str] = field(default_factory=dict)
    """The list of each style of lists."""
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)

    def chain(self, key: str) -> list[Style]:
        """Return a style and those it is based on, the nearest first."""
        found: list[Style] = []
        while key in self.by_id and len(found) < DEEPEST:
            found.append(self.by_id[key])
            key = found[-1].based_on
        return found

    def look(self, paragraph: str, letters: str) -> Look:
        """Return how words look by the styles of their paragraph and their own. Colours of paragraph styles and of links are
        decoration.
        """
        key = (paragraph, letters)
        if key not in self._looks:
            look = PLAIN
            for style in self.chain(letters):
                look = look.over(style.look)
            if letters in LINKS:
                look = Look(look.struck, look.hidden)
            for style in self.chain(paragraph or self.default):
                look = look.over(Look(style.look.struck, style.look.hidden))
            self._looks[key] = look
        return self._looks[key]

    def heading(self, paragraph: str) -> int:
        """Return 1 to 6 for a style of headings or titles; 0 for others."""
        for style in self.chain(paragraph):
            if match := HEADING.fullmatch(style.name):
                return min(int(match[1]), MOST_HEADING)
            if style.name.lower() == "title":
                return 1
            if style.outline is not None and style.outline < LAST_OUTLINE:
                return min(style.outline + 1, MOST_HEADING)
        return 0

    def list_of(self, paragraph: str) -> tuple[str | None, int | None]:
        """Return the list that a style's paragraphs belong to, and their level where the style says it."""
        for style in self.chain(paragraph or self.default):
            if style.list_key is not None:
                return style.list_key, style.list_level
        return None, None


LAST_OUTLINE = 9
"""The outline level of text that is no heading."""


def read_styles(root: Any) -> Styles:
    """Return the styles of a document; none where it has no part for them."""
    styles = Styles()
    for each in root.iterfind("{*}style") if root is not None else ():
        key = attribute(each, "styleId") or ""
        properties = each.find("{*}pPr")
        number = properties.find("{*}numPr") if properties is not None else None
        style = Style(
            name=value(each.find("{*}name")) or "",
            based_on=value(each.find("{*}basedOn")) or "",
            look=read_look(each.find("{*}rPr")),
            list_key=value(number.find("{*}numId")) if number is not None else None,
            list_level=whole(value(number.find("{*}ilvl"))) if number is not None else None,
            outline=whole(value(properties.find("{*}outlineLvl"))) if properties is not None else None,
        )
        styles.by_id[key] = style
        kind = attribute(each, "type")
        if kind == "paragraph" and (attribute(each, "default") or "0") not in OFF:
            styles.default = key
        if kind == "numbering" and style.list_key:
            styles.lists[key] = style.list_key
    return styles


def value(element: Any) -> str | None:
    """Return what an element such as <w:numId w:val="3"/> says; None where there is no such element."""
    return None if element is None else attribute(element, "val")


MOST = 999_999_999
"""That Word counts or measures."""


def whole(text: str | None) -> int | None:
    return whole_number(text, most=MOST)


def is_on(element: Any) -> bool:
    return (attribute(element, "val") or "1") not in OFF


def read_look(properties: Any) -> Look:
    """Return what the properties of words, or of a style, say of their look."""
    if properties is None:
        return PLAIN
    struck = hidden = None
    marker = ground = letters = None
    for each in properties:
        name = local(each)
        if name in ("strike", "dstrike"):
            struck = is_on(each) or bool(struck)
        elif name in ("vanish", "specVanish"):
            hidden = is_on(each) or bool(hidden)
        elif name == "highlight":
            marker = HIGHLIGHTS.get(attribute(each, "val") or "")
        elif name == "shd":
            ground = shade(each)
        elif name == "color":
            letters = letters_or_none(six_digits(attribute(each, "val")))
    colour = marker or ground or letters
    if struck is None and hidden is None and colour is None:
        return PLAIN
    return Look(struck, hidden, colour)


def shade(element: Any) -> str | None:
    """Return the colour of a <w:shd>: the ground, or the pattern's own where that covers it. Word writes the colours of
    themes out beside their names.
    """
    if element is None:
        return None
    kind = attribute(element, "val")
    front, ground = six_digits(attribute(element, "color")), six_digits(attribute(element, "fill"))
    if kind == "nil":
        return None
    return fill_or_none(front if kind == "solid" else ground or (front if kind != "clear" else None))


@dataclass
class ParagraphProperties:
    """What a paragraph says of itself."""

    style: str = ""
    list_key: str | None = None
    list_level: int | None = None
    outline: int | None = None
    shade: str | None = None
    end_deleted: bool = False
    """Whether a tracked change deleted or moved the end of the paragraph, so that the next goes on in its line."""


def paragraph_properties(paragraph: Any) -> ParagraphProperties:
    """Return what a paragraph says of itself."""
    found = ParagraphProperties()
    properties = next(iter(paragraph), None)
    if properties is None or local(properties) != "pPr":
        return found
    for each in properties:
        name = local(each)
        if name == "pStyle":
            found.style = value(each) or ""
        elif name == "numPr":
            found.list_key = value(each.find("{*}numId"))
            found.list_level = whole(value(each.find("{*}ilvl")))
        elif name == "outlineLvl":
            found.outline = whole(value(each))
        elif name == "shd":
            found.shade = shade(each)
        elif name == "rPr":
            found.end_deleted = any(local(mark) in ("del", "moveFrom") for mark in each)
    return found
