"""How the elements of a web page look, as far as looks say something: struck, hidden, coloured, numbered.

Only what stands in the page itself is known: its style blocks, as far as their selectors are a tag, a class or an id, and the
styles of elements. Style sheets are never fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from recommendations.trackers.readers.colours import BLACK, WHITE

MOST_RULES = 20_000
SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])(-?[a-z_][\w-]*))?", re.IGNORECASE)
"""A tag, a class or an id, or a tag with one of these. What depends on other elements is left out."""
SHORT_HEX = re.compile("#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
LONG_HEX = re.compile("#([0-9a-f]{6})(?:[0-9a-f]{2})?", re.IGNORECASE)
BARE_HEX = re.compile("[0-9a-f]{6}", re.IGNORECASE)
PARTS = re.compile(
    r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})(?:[\s,/]+([0-9.]{1,8})%?)?\s*\)",
    re.IGNORECASE,
)
WORDS = re.compile(r"#[0-9a-f]{3,8}|rgba?\([^)]{0,60}\)|[a-z]+", re.IGNORECASE)
LEVEL = re.compile("level([1-9])")
FOR_READERS_ALONE = {
    "sr-only",
    "visually-hidden",
    "govuk-visually-hidden",
    "screen-reader-text",
    "element-invisible",
    "offscreen",
}
"""Classes by which words are there for screen readers alone."""
NAMED = {
    "red": "FF0000", "green": "008000", "lime": "00FF00", "limegreen": "32CD32", "lightgreen": "90EE90", "palegreen": "98FB98",
    "darkgreen": "006400", "forestgreen": "228B22", "seagreen": "2E8B57", "springgreen": "00FF7F", "yellowgreen": "9ACD32",
    "yellow": "FFFF00", "lightyellow": "FFFFE0", "gold": "FFD700", "khaki": "F0E68C", "orange": "FFA500", "darkorange": "FF8C00",
    "amber": "FFBF00", "coral": "FF7F50", "tomato": "FF6347", "orangered": "FF4500", "salmon": "FA8072", "lightcoral": "F08080",
    "crimson": "DC143C", "firebrick": "B22222", "darkred": "8B0000", "maroon": "800000", "pink": "FFC0CB", "blue": "0000FF",
    "navy": "000080", "lightblue": "ADD8E6", "skyblue": "87CEEB", "deepskyblue": "00BFFF", "dodgerblue": "1E90FF",
    "royalblue": "4169E1", "steelblue": "4682B4", "cyan": "00FFFF", "aqua": "00FFFF", "teal": "008080", "purple": "800080",
    "magenta": "FF00FF", "fuchsia": "FF00FF", "gray": "808080", "grey": "808080", "lightgray": "D3D3D3", "lightgrey": "D3D3D3",
    "darkgray": "A9A9A9", "darkgrey": "A9A9A9", "silver": "C0C0C0", "whitesmoke": "F5F5F5", "olive": "808000", "white": WHITE,
    "black": BLACK, "windowtext": BLACK,
}  # fmt: skip
Declarations = dict[str, str]


@dataclass(frozen=True)
class Look:
    """What the style of one element says; None where it says nothing."""

    struck: bool = False
    hidden: bool = False
    letters: str | None = None
    ground: str | None = None
    list_style: str | None = None
    is_label: bool = False
    """Word's mark for the number of a list."""
    list_level: int = 0
    """In a list of Word's."""


PLAIN = Look()


class StyleSheet:
    """The rules of a page's own style blocks."""

    def __init__(self, blocks: list[str]) -> None:
        self._rules: dict[tuple[str, str, str], Declarations] = {}
        for block in blocks:
            for selectors, body in _rules(block):
                declarations = read_declarations(body)
                for selector in selectors.split(",") if declarations else ():
                    match = SELECTOR.fullmatch(selector.strip())
                    if match and match[0] and len(self._rules) < MOST_RULES:
                        key = ((match[1] or "").lower(), match[2] or "", match[3] or "")
                        self._rules.setdefault(key, {}).update(declarations)
        self._looks: dict[tuple[str, ...], Look] = {}

    def look(self, element: Any) -> Look:
        """Return how an element looks by itself."""
        get = element.get
        key: tuple[str, ...] = (
            element.tag,
            get("class") or "",
            get("id") or "",
            get("style") or "",
            get("bgcolor") or "",
            get("color") or "",
        )
        key += ("1" if get("hidden") is not None else "", get("type") or "")
        if not any(key[1:]) and (element.tag, "", "") not in self._rules:
            return STRUCK if element.tag in ("s", "strike") else PLAIN
        if key not in self._looks:
            if len(self._looks) > MOST_RULES:
                self._looks.clear()
            self._looks[key] = self._worked_out(element)
        return self._looks[key]

    def _worked_out(self, element: Any) -> Look:
        tag, classes, key = element.tag, (element.get("class") or "").split(), element.get("id") or ""
        said: Declarations = {}
        for rule in (
            (tag, "", ""),
            *(("", ".", each) for each in classes),
            *((tag, ".", each) for each in classes),
            ("", "#", key),
            (tag, "#", key),
        ):
            said |= self._rules.get(rule, {})
        said |= read_declarations(element.get("style") or "")
        return Look(
            struck=tag in ("s", "strike") or "line-through" in said.get("text-decoration", ""),
            hidden=_is_hidden(element, said, classes),
            letters=_none_if(read_colour(said.get("color") or element.get("color")), BLACK),
            ground=_none_if(read_colour(said.get("background") or element.get("bgcolor")), WHITE),
            list_style=said.get("list-style"),
            is_label="ignore" in said.get("mso-list", ""),
            list_level=_level(said.get("mso-list", "")),
        )


STRUCK = Look(struck=True)


def _is_hidden(element: Any, said: Declarations, classes: list[str]) -> bool:
    return (
        element.get("hidden") is not None
        or said.get("display", "").startswith("none")
        or said.get("visibility", "").startswith(("hidden", "collapse"))
        or said.get("mso-hide", "").startswith("all")
        or any(each in FOR_READERS_ALONE for each in classes)
    )


def _none_if(colour: str | None, nothing: str) -> str | None:
    return None if colour == nothing else colour


def _level(said: str) -> int:
    match = LEVEL.search(said)
    return int(match[1]) if match else 0


def _rules(block: str) -> list[tuple[str, str]]:
    """Return the selectors and bodies of a style block. What holds for print or some screens alone is left out."""
    block = block.replace("<!--", " ").replace("-->", " ")
    first, *others = block.split("/*")
    block = " ".join([first, *(other.partition("*/")[2] for other in others)])
    found = []
    at = 0
    while (opens := block.find("{", at)) >= 0:
        selectors = block[at:opens].rpartition(";")[2].strip()
        closes = block.find("}", opens)
        if closes < 0:
            break
        if selectors.startswith("@"):
            at = _end_of(block, opens)
            continue
        found.append((selectors, block[opens + 1 : closes]))
        at = closes + 1
    return found


def _end_of(block: str, opens: int) -> int:
    """Return where the braces that open here are closed."""
    depth = 0
    for match in BRACES.finditer(block, opens):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(block)


BRACES = re.compile("[{}]")
KEPT = {
    "display": "display", "visibility": "visibility", "mso-hide": "mso-hide", "color": "color", "background": "background",
    "background-color": "background", "text-decoration": "text-decoration", "text-decoration-line": "text-decoration",
    "text-line-through": "text-decoration", "list-style": "list-style", "list-style-type": "list-style", "mso-list": "mso-list",
    "mso-element": "mso-element",
}  # fmt: skip


def read_declarations(text: str) -> Declarations:
    """Return what a style says of the few properties that matter, in lower case."""
    found = {}
    for each in text.split(";") if text else ():
        name, _, value = each.partition(":")
        if kept := KEPT.get(name.strip().lower()):
            value = value.replace("!important", "").strip().lower()
            if kept == "text-decoration" and name.strip().lower() == "text-line-through":
                value = "none" if value.startswith("none") else "line-through"
            found[kept] = value
    return found


def read_colour(text: str | None) -> str | None:
    """Return a colour of a page as six hexadecimal digits; None for transparent ones and what is none."""
    text = (text or "").strip()
    if BARE_HEX.fullmatch(text):
        return text.upper()
    for word in WORDS.findall(text[:200]):
        if match := LONG_HEX.fullmatch(word):
            return match[1].upper()
        if match := SHORT_HEX.fullmatch(word):
            return "".join(digit * 2 for digit in match.groups()).upper()
        if match := PARTS.fullmatch(word):
            if match[4] and match[4].strip("0.") == "":
                return None
            return "".join(f"{min(255, int(part)):02X}" for part in match.groups()[:3])
        if word.lower() in NAMED:
            return NAMED[word.lower()]
    return None
