"""Colours of Office files and web pages as six hexadecimal digits."""

from __future__ import annotations

import colorsys
import re
from typing import Any

from committee.text import whole_number
from recommendations.trackers.readers.office import Package, attribute, local

THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
"""The order in which workbooks number the colours of their theme: light before dark."""
OFFICE_THEME = dict(
    zip(
        THEME_ORDER,
        (
            "FFFFFF",
            "000000",
            "EEECE1",
            "1F497D",
            "4F81BD",
            "C0504D",
            "9BBB59",
            "8064A2",
            "4BACC6",
            "F79646",
            "0000FF",
            "800080",
        ),
        strict=True,
    )
)
"""Where a file brings no theme."""
WHITE, BLACK = "FFFFFF", "000000"
HEX = re.compile("[0-9A-Fa-f]{6}")

HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000",
}  # fmt: skip
"""Word's highlighters (ECMA-376, part 1, 17.18.40)."""


def six_digits(text: str | None) -> str | None:
    """Return a colour written as "FFC000", "ffc000" or with transparency before it, "FFFFC000"; None for others."""
    text = (text or "").strip().lstrip("#")
    if len(text) == 8:
        text = text[2:]
    return text.upper() if HEX.fullmatch(text) else None


def fill_or_none(colour: str | None) -> str | None:
    """Return the colour of a fill; None for white, which is none."""
    return None if colour == WHITE else colour


def letters_or_none(colour: str | None) -> str | None:
    """Return the colour of letters; None for black, which is none."""
    return None if colour == BLACK else colour


def theme_colours(package: Package, main: str) -> dict[str, str]:
    """Return the colours of a file's theme by name, such as "accent1"."""
    found = dict(OFFICE_THEME)
    for name in package.related(main, "theme")[:1]:
        root = package.tree(name)
        for scheme in root.iter("{*}clrScheme") if root is not None else ():
            for each in scheme:
                inner = next(iter(each), None)
                colour = None if inner is None else six_digits(inner.get("lastClr") or inner.get("val"))
                if colour:
                    found[local(each)] = colour
            break
    return found


def tinted(colour: str, tint: float) -> str:
    """Return a colour made lighter (above 0) or darker (below 0), as ECMA-376, part 1, 18.8.19 says."""
    red, green, blue = (part / 255 for part in bytes.fromhex(colour))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(
        f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(1, max(0, light)), strength)
    )


def workbook_colour(element: Any, theme: dict[str, str], indexed: list[str]) -> str | None:
    """Return the colour that an element of a workbook's styles names; None for the automatic one."""
    if element is None or element.get("auto") in ("1", "true"):
        return None
    tint = _number(element.get("tint"))
    if element.get("theme") is not None:
        at = whole_number(element.get("theme"), most=len(THEME_ORDER) - 1)
        base = None if at is None else theme.get(THEME_ORDER[at])
    elif element.get("indexed") is not None:
        at = whole_number(element.get("indexed"), most=len(indexed) - 1)
        base = None if at is None else indexed[at]
    else:
        base = six_digits(attribute(element, "rgb"))
    return tinted(base, tint) if base and tint else base


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
