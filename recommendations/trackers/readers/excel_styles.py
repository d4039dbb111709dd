"""How the cells of a workbook look, as far as looks say something: struck, coloured, a day, a percentage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from committee.text import whole_number
from recommendations.trackers.readers.colours import (
    fill_or_none,
    letters_or_none,
    six_digits,
    theme_colours,
    workbook_colour,
)
from recommendations.trackers.readers.number_formats import GENERAL, NumberFormat, number_format
from recommendations.trackers.readers.office import Package, local

EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}
"""Formats without a code in the file that are days in some languages (ECMA-376, part 1, 18.8.30)."""
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Style:
    """How a cell looks."""

    kind: NumberFormat = GENERAL
    struck: bool = False
    letters: str | None = None
    fill: str | None = None


PLAIN = Style()


@dataclass(frozen=True)
class Styles:
    """All that a workbook knows, by their index."""

    cells: list[Style] = field(default_factory=list)
    theme: dict[str, str] = field(default_factory=dict)
    indexed: list[str] = field(default_factory=list)

    def of(self, index: str | None) -> Style:
        """Return the style with this index; a plain one where there is none."""
        at = whole_number(index or "0", most=len(self.cells) - 1)
        return PLAIN if at is None else self.cells[at]

    def colour(self, element: Any) -> str | None:
        return workbook_colour(element, self.theme, self.indexed)


def is_on(element: Any) -> bool:
    """Return whether a mark such as <strike/> is set."""
    return element is not None and (element.get("val") or "1").lower() not in OFF


def read_styles(package: Package, main: str) -> Styles:
    """Return the styles of a workbook."""
    theme = theme_colours(package, main)
    indexed = [six_digits(colour) or "000000" for colour in COLOR_INDEX]
    names = package.related(main, "styles")
    root = package.tree(names[0]) if names else None
    if root is None:
        return Styles([], theme, indexed)
    groups = {local(group): list(group) for group in root}
    for group in groups.get("colors", []):
        if local(group) == "indexedColors":
            own = [six_digits(each.get("rgb")) or "000000" for each in group]
            indexed[: len(own)] = own
    styles = Styles([], theme, indexed)
    codes = {each.get("numFmtId"): each.get("formatCode") or "General" for each in groups.get("numFmts", [])}
    fonts = [
        (is_on(each.find("{*}strike")), letters_or_none(styles.colour(each.find("{*}color"))))
        for each in groups.get("fonts", [])
    ]
    fills = [_fill(each, styles) for each in groups.get("fills", [])]
    for each in groups.get("cellXfs", []):
        struck, letters = _at(fonts, each.get("fontId"), (False, None))
        styles.cells.append(
            Style(
                kind=number_format(_code(each.get("numFmtId") or "0", codes)),
                struck=struck,
                letters=letters,
                fill=_at(fills, each.get("fillId"), None),
            )
        )
    return styles


def _at(values: list[Any], index: str | None, default: Any) -> Any:
    at = whole_number(index or "0", most=len(values) - 1)
    return default if at is None else values[at]


def _code(index: str, codes: dict[str | None, str]) -> str:
    if index in codes:
        return codes[index]
    number = whole_number(index) or 0
    return "yyyy-mm-dd" if number in EAST_ASIAN_DATES else BUILTIN_FORMATS.get(number, "General")


def _fill(element: Any, styles: Styles) -> str | None:
    """Return the colour of a fill. Of a pattern it is the ground, of a gradient where it begins."""
    pattern = element.find("{*}patternFill")
    if pattern is None:
        stop = element.find("{*}gradientFill/{*}stop/{*}color")
        return fill_or_none(styles.colour(stop))
    front, ground = (styles.colour(pattern.find(f"{{*}}{name}")) for name in ("fgColor", "bgColor"))
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return None
    return fill_or_none(front if kind == "solid" else ground or front)
