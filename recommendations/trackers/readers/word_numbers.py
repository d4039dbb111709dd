"""The numbers that Word prints before paragraphs and does not store: worked out as ECMA-376, part 1, 17.9 says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from committee.text import whole_number
from recommendations.trackers.readers.office import attribute, local

LEVELS = 9
MOST = 999_999_999
"""That a paragraph can be numbered."""
MARK = re.compile("%([1-9])")
BULLET = "\u2022"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    """The level, from 1, after which it begins anew; 0 for never; None for any above it."""
    plain: bool = False
    """Whether all its numbers are decimal ones."""
    style: str = ""
    """The paragraph style that stands for this level."""
    zeros: int = 0
    """The least number of digits, where a form such as "001, 002" is given."""


@dataclass
class List:
    """A list that paragraphs belong to: its levels, where it begins anew, and which counts it shares."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the paragraphs of each list, in the order of the document."""

    def __init__(self, root: Any, styled: dict[str, str]) -> None:
        """Take the root element of the numbering part, None for none; `styled` gives the list of each list style."""
        self._lists: dict[str, List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root, styled)

    def _read(self, root: Any, styled: dict[str, str]) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        shared_by: dict[str, str] = {}
        for each in root.iterfind("{*}abstractNum"):
            key = attribute(each, "abstractNumId") or ""
            abstract[key] = dict(filter(None, map(_level, each.iterfind("{*}lvl"))))
            link = each.find("{*}numStyleLink")
            if link is not None:
                links[key] = attribute(link, "val") or ""
        for each in root.iterfind("{*}num"):
            of = each.find("{*}abstractNumId")
            if of is not None:
                shared_by[attribute(each, "numId") or ""] = attribute(of, "val") or ""
        for each in root.iterfind("{*}num"):
            key = attribute(each, "numId") or ""
            shared = shared_by.get(key, "")
            if shared in links:  # the levels are those of the list that the style has
                shared = shared_by.get(styled.get(links[shared], ""), shared)
            if shared in abstract:
                self._lists[key] = _with_overrides(List(shared, dict(abstract[shared])), each)

    def level_of_style(self, key: str, style: str) -> int:
        """Return the level, from 0, that stands for a paragraph style in the list with this key."""
        found = self._lists.get(key)
        levels = found.levels if found else {}
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def label(self, key: str, at: int) -> str:
        """Count a paragraph at level `at`, from 0, of the list with this key, and return what stands before it; "" for none."""
        found = self._lists.get(key)
        level = found.levels.get(at) if found else None
        if found is None or level is None or not 0 <= at < LEVELS:
            return ""
        counts = self._counts.setdefault(found.shared, [None] * LEVELS)
        if at in found.starts and (key, at) not in self._begun:
            self._begun.add((key, at))
            counts[at] = found.starts[at]
        else:
            before = counts[at]
            counts[at] = found.starts.get(at, level.start) if before is None else before + 1
        for deeper in range(at + 1, LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or at < restart:
                counts[deeper] = None
        if level.form == "bullet":
            return BULLET
        if level.form == "none" and not MARK.sub("", level.text):
            return ""
        return MARK.sub(lambda mark: _shown(found, level, counts, int(mark[1]) - 1), level.text).strip()


def _shown(of: List, level: Level, counts: list[int | None], at: int) -> str:
    above = of.levels.get(at, Level())
    if above.form in ("none", "bullet"):
        return ""
    count = counts[at]
    return number_words(
        above.start if count is None else count, "decimal" if level.plain else above.form, above.zeros
    )


def _with_overrides(found: List, element: Any) -> List:
    for each in element.iterfind("{*}lvlOverride"):
        at = _whole(attribute(each, "ilvl"), 0)
        start, level = each.find("{*}startOverride"), each.find("{*}lvl")
        if level is not None and (own := _level(level)):
            found.levels[at] = own[1]
        if start is not None:
            found.starts[at] = _whole(attribute(start, "val"), 1)
    return found


def _level(element: Any) -> tuple[int, Level] | None:
    at = _whole(attribute(element, "ilvl"), -1)
    if not 0 <= at < LEVELS:
        return None
    values: dict[str, str] = {}
    zeros = 0
    for each in element.iter("{*}start", "{*}numFmt", "{*}lvlText", "{*}lvlRestart", "{*}isLgl", "{*}pStyle"):
        name = local(each)
        if name in values:  # behind a newer form stands one for older versions
            continue
        values[name] = attribute(each, "val") or ("1" if name == "isLgl" else "")
        if values[name] == "custom":
            zeros = len((attribute(each, "format") or "").split(",")[0].strip())
            values[name] = "decimal"
    return at, Level(
        start=_whole(values.get("start"), 1),
        form=values.get("numFmt", "decimal"),
        text=values.get("lvlText", ""),
        restart=_whole(values["lvlRestart"], 0) if "lvlRestart" in values else None,
        plain=values.get("isLgl", "0") not in ("0", "false", "off"),
        style=values.get("pStyle", ""),
        zeros=zeros,
    )


def _whole(text: str | None, default: int) -> int:
    number = whole_number(text, most=MOST)
    return default if number is None else number


def number_words(count: int, form: str, zeros: int = 0) -> str:
    """Return a number in one of Word's forms; as digits in those of other scripts."""
    if form in ("lowerLetter", "upperLetter"):
        letters = _letters(count)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        return f"{count}{_ending(count)}"
    if form == "cardinalText" and 0 < count < 100:
        return _cardinal(count).capitalize()
    if form == "ordinalText" and 0 < count < 100:
        return _ordinal(count).capitalize()
    return str(count).zfill(zeros)


def _letters(count: int) -> str:
    """Return a to z, then aa, bb and so on, as Word does."""
    if not 0 < count <= 780:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for value, letters in ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text


def _ending(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _cardinal(count: int) -> str:
    if count < 20:
        return ONES[count]
    tens, ones = divmod(count, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def _ordinal(count: int) -> str:
    before, hyphen, last = _cardinal(count).rpartition("-")
    ending = ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{before}{hyphen}{ending}"
