"""The names of the colours that trackers are filled with."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

HEX = re.compile("[0-9a-f]{6}")
PALE = 0.08
"""Saturation below which a colour is white, grey or black."""
DARK = 0.2
HUES = (
    (18, "red"),
    (38, "orange"),
    (53, "amber"),
    (68, "yellow"),
    (175, "green"),
    (260, "blue"),
    (325, "purple"),
    (360, "red"),
)
"""The upper end of each colour's part of the circle, in degrees."""


@lru_cache(maxsize=256)
def colour_name(code: str | None) -> str:
    """Return the name of a colour of six hexadecimal digits: "red", "amber", "green", "blue", "yellow", "orange", "purple" or
    "grey"; "" for white, black and no colour.
    """
    if not code or not HEX.fullmatch(code.lower()):
        return ""
    red, green, blue = (part / 255 for part in bytes.fromhex(code))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < DARK:
        return ""
    if saturation < PALE:
        return "" if value > 0.93 else "grey"
    return next(name for most, name in HUES if hue * 360 <= most)


def colour_words(code: str | None) -> str:
    """Return in words what a cell without text says by its colour: "green (colour of the cell)"; "" for no colour."""
    name = colour_name(code)
    return f"{name} (colour of the cell)" if name else ""
