"""The charts of the dashboard and the briefing pack, as SVG text.

Written by hand rather than by a chart library: the content security policy allows no style and no script inside a
drawing, and WeasyPrint has to print the same text. So there are presentation attributes only, no `<style>`, no
`style=`, no script and no link.

Horizontal lengths are per cent and text is in pixels, so a drawing fits a phone, a desktop and a sheet of A4 without
its text shrinking. Every segment has a pattern of its own beside its colour and reads in black and white. A drawing
never stands alone: its table holds the same numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from recommendations.lifecycle import Standing

FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, sans-serif"
INK, MUTED, LINE, PAPER = "#14191c", "#4a555b", "#c3cacd", "#ffffff"
SOLID = {
    "grey": "#6d787d",
    "blue": "#2a6fa8",
    "green": "#26814a",
    "yellow": "#c79a0a",
    "orange": "#c9631b",
    "red": "#b3261e",
    "purple": "#6b46ad",
}
TINT = {
    "grey": "#e8ebec",
    "blue": "#dcebf7",
    "green": "#dcf0e2",
    "yellow": "#fdf1c4",
    "orange": "#fde5d2",
    "red": "#fbdfdd",
    "purple": "#eae2f5",
}


PATTERN = {
    Standing.IMPLEMENTED: "solid",
    Standing.CLOSED_OTHERWISE: "dots",
    Standing.AWAITING: "rising",
    Standing.IN_TIME: "plain",
    Standing.OVERDUE: "crossed",
    Standing.NOT_KNOWN: "falling",
}


@dataclass(frozen=True)
class Counts:
    """How many recommendations have each standing. The fields are the values of `Standing`."""

    implemented: int = 0
    closed_otherwise: int = 0
    awaiting: int = 0
    in_time: int = 0
    overdue: int = 0
    not_known: int = 0

    @property
    def total(self) -> int:
        return self.closed + self.open + self.not_known

    @property
    def open(self) -> int:
        return self.awaiting + self.in_time + self.overdue

    @property
    def closed(self) -> int:
        return self.implemented + self.closed_otherwise

    def of(self, standing: Standing) -> int:
        return int(getattr(self, standing.value))

    @property
    def words(self) -> str:
        """Return the counts in words, such as "3 implemented, 2 overdue", without those that are zero."""
        parts = [f"{self.of(s)} {str(s.label).lower()}" for s in Standing if self.of(s)]
        return ", ".join(parts) or "none"


@dataclass(frozen=True)
class ProgressRow:
    """One bar: a label and its counts."""

    label: str
    counts: Counts


@dataclass(frozen=True)
class TrendPoint:
    """The counts at the end of a day: open and not overdue (with those the committee has to judge), overdue, closed, and
    not known from public sources."""

    day: dt.date
    open: int
    overdue: int
    closed: int
    not_known: int = 0

    @property
    def total(self) -> int:
        return self.open + self.overdue + self.closed + self.not_known


def progress_chart(
    rows: Sequence[ProgressRow], *, title: str, width: str = "100%", key: bool = True, to_scale: bool = False
) -> str:
    """Return one stacked bar for each row, its label above it, as SVG text.

    `width` is a length of the page or sheet ("100%", "640"). Bars fill the width, or are drawn to the scale of the
    longest with `to_scale`. Without rows the drawing says that there is nothing to show.
    """
    shown = [row for row in rows if row.counts.total]
    present = [s for s in Standing if any(row.counts.of(s) for row in shown)]
    name = _name(title, *(f"{row.label}{row.counts}" for row in shown))
    description = "; ".join(f"{row.label}: {row.counts.words}" for row in shown) or "Nothing to show yet"
    longest = max((row.counts.total for row in shown), default=1)
    drawing: list[str] = []
    y = 0.0
    if key:
        y = _key(drawing, name, [(str(s.label), s) for s in present]) + 6
    for row in shown:
        for line in _lines(row.label):
            y += 18
            drawing.append(_text("0", y, line, weight="bold"))
        drawing.append(_text("100%", y, f"{row.counts.total}", anchor="end"))
        y += 7
        at, whole = 0.0, (longest if to_scale else row.counts.total)
        for standing in present:
            count = row.counts.of(standing)
            share = 100 * count / whole
            if count:
                drawing.append(_part(name, standing, at, share, y, 26))
                if share >= 7:
                    drawing.append(_number(at + share / 2, y + 13, count))
            at += share
        y += 26 + 12
    if not shown:
        y = 28
        drawing.append(_text("0", 20, "Nothing to show yet"))
    return _svg(name, title, description, width, y, _patterns(name, present) + "".join(drawing))


def trend_chart(points: Sequence[TrendPoint], *, title: str, width: str = "100%", key: bool = True) -> str:
    """Return one column for each month as SVG text: overdue at the bottom, then open and not overdue, closed, and what is
    not known, where there is any."""
    parts = [
        ("Overdue", Standing.OVERDUE),
        ("Open, not overdue", Standing.IN_TIME),
        ("Closed", Standing.IMPLEMENTED),
    ]
    if any(point.not_known for point in points):
        parts.append((str(Standing.NOT_KNOWN.label), Standing.NOT_KNOWN))
    name = _name(title, *(str(point) for point in points))
    description = "; ".join(
        f"{_month(p.day)}: {p.overdue} overdue, {p.open} open and not overdue, {p.closed} closed"
        + (f", {p.not_known} not known from public sources" if p.not_known else "")
        for p in points
    )
    highest = max((point.total for point in points), default=0)
    if not highest:
        return _svg(name, title, "Nothing to show yet", width, 28, _text("0", 20, "Nothing to show yet"))
    drawing: list[str] = []
    top = (_key(drawing, name, parts) if key else 0) + 16
    height, marks = 180, _marks(highest)
    foot, scale = top + height, marks[-1]
    left = 2.5 + 2.6 * len(str(scale))
    for mark in marks:
        y = foot - height * mark / scale
        drawing.append(
            f'<line x1="{left:.1f}%" x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke={quoteattr(INK if not mark else LINE)}/>'
        )
        drawing.append(_text("0", y + 5, str(mark), fill=MUTED))
    step = (100 - left) / len(points)
    for index, point in enumerate(points):
        x, y = left + index * step + step * 0.14, float(foot)
        for _label, standing in parts:
            count = {
                Standing.OVERDUE: point.overdue,
                Standing.IN_TIME: point.open,
                Standing.IMPLEMENTED: point.closed,
                Standing.NOT_KNOWN: point.not_known,
            }[standing]
            tall = height * count / scale
            if count:
                y -= tall
                drawing.append(_part(name, standing, x, step * 0.72, y, tall))
        if (len(points) - 1 - index) % max(1, len(points) // 3) == 0:
            middle, last = x + step * 0.36, index == len(points) - 1
            anchor = "end" if last else "start" if index == 0 else "middle"
            drawing.append(
                _text("100%" if last else f"{middle:.2f}%", foot + 22, _month(point.day), anchor=anchor)
            )
    return _svg(
        name, title, description, width, foot + 30, _patterns(name, [s for _, s in parts]) + "".join(drawing)
    )


# ------------------------------------------------------------------ the parts of a drawing


def _svg(name: str, title: str, description: str, width: str, height: float, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width={quoteattr(width)} height="{height:.0f}" role="img"'
        f' aria-labelledby="{name}-t {name}-d" font-family={quoteattr(FONT)} font-size="15" focusable="false">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>{body}</svg>'
    )


def _lines(label: str) -> list[str]:
    """Return the label in lines that fit the narrowest phone beside a number; at most three."""
    lines = textwrap.wrap(label, 38)
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2][:36].rstrip()}…"]


def _key(drawing: list[str], name: str, parts: Sequence[tuple[str, Standing]]) -> float:
    """Draw the key in two columns. Return the height at which it ends."""
    y = 0.0
    for index, (label, standing) in enumerate(parts):
        x, y = (index % 2) * 50, 2 + 24.0 * (index // 2)
        drawing.append(
            f'<rect x="{x}%" y="{y:.0f}" width="16" height="16" transform="translate(1 0)"'
            f' fill="{_fill(name, standing)}" stroke="{_edge(standing)}"/>'
        )
        drawing.append(_text(f"{x}%", y + 13, label, shift=25))
    return y + 24 if parts else 0.0


def _part(name: str, standing: Standing, x: float, share: float, y: float, tall: float) -> str:
    return (
        f'<rect x="{x:.3f}%" y="{y:.2f}" width="{share:.3f}%" height="{tall:.2f}"'
        f' fill="{_fill(name, standing)}" stroke="{_edge(standing)}"/>'
    )


def _number(middle: float, y: float, count: int) -> str:
    """Return a number on a background of the paper's colour, so that it reads on every pattern."""
    wide = 10 + 9 * len(str(count))
    return (
        f'<rect x="{middle:.3f}%" y="{y - 9:.1f}" width="{wide}" height="18" rx="3" fill="{PAPER}"'
        f' transform="translate({-wide / 2:.1f} 0)"/>'
        + _text(f"{middle:.3f}%", y + 5, str(count), anchor="middle")
    )


def _text(
    x: str, y: float, words: str, *, anchor: str = "start", weight: str = "", fill: str = INK, shift: int = 0
) -> str:
    extra = (f' text-anchor="{anchor}"' if anchor != "start" else "") + (
        f' font-weight="{weight}"' if weight else ""
    )
    moved = f' transform="translate({shift} 0)"' if shift else ""
    return f'<text x="{x}" y="{y:.1f}" fill="{fill}"{extra}{moved}>{escape(words)}</text>'


def _fill(name: str, standing: Standing) -> str:
    match PATTERN[standing]:
        case "solid":
            return SOLID[standing.colour]
        case "plain":
            return TINT[standing.colour]
        case pattern:
            return f"url(#{name}-{pattern})"


def _edge(standing: Standing) -> str:
    return SOLID[standing.colour]


def _patterns(name: str, standings: Iterable[Standing]) -> str:
    marks = {
        "dots": '<circle cx="4" cy="4" r="1.5" fill="{dark}"/>',
        "rising": '<path d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6" stroke="{dark}" stroke-width="1.6" fill="none"/>',
        "falling": '<path d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2" stroke="{dark}" stroke-width="1" fill="none"/>',
        "crossed": '<path d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2" stroke="{light}" stroke-width="1.4" fill="none"/>',
    }
    drawn = []
    for standing in standings:
        pattern = PATTERN[standing]
        if pattern in marks:
            dark, light = SOLID[standing.colour], TINT[standing.colour]
            ground = dark if pattern == "crossed" else light
            drawn.append(
                f'<pattern id="{name}-{pattern}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="{ground}"/>{marks[pattern].format(dark=dark, light=light)}</pattern>'
            )
    return f"<defs>{''.join(drawn)}</defs>" if drawn else ""


def _marks(highest: int) -> list[int]:
    """Return round values for the grid from zero to at least the highest, at most five steps."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= highest:
                count = -(-highest // step)
                return [step * index for index in range(count + 1)]
        size *= 10


def _month(day: dt.date) -> str:
    return f"{day:%b %Y}"


def _name(*parts: str) -> str:
    """Return an id that is the same for the same drawing.

    So several drawings can be in one page, and a pack is the same when it is printed again.
    """
    return "c" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
