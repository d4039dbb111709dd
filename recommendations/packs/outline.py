"""An estimate of a pack's pages, before anything is laid out, from the length of each section.

The heights are those of the print style (`templates/packs/pack.css`), in points; the letters to a line were counted in
real packs. A test allows two pages, or a tenth, of difference from what is really printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from recommendations.lifecycle import PackSection
from recommendations.models import Pack
from recommendations.packs.content import NothingToShow, build_content
from recommendations.packs.html import chosen, fronted
from recommendations.packs.pdf.chunks import Chapter, chapters
from recommendations.packs.values import Data
from recommendations.templatetags.packs import may_break, verdicts_on

UPRIGHT, LYING = 712.0, 462.0
"""The height of the text on a portrait and on a landscape page."""
LINE = 16.8
WIDE, BESIDE = 80, 66
"""Letters to a line: of the full width, and beside a label in the margin."""
HEADING, SMALLER, SMALLEST = 37.0, 38.0, 27.0
CLOSE = 15.6
NARROW, ANSWER, PROGRESS = 26, 31, 38
"""Letters to a line of the review table: in the outer columns, the response's and the progress's."""


@dataclass(frozen=True)
class Line:
    """A section of the outline, with its estimated pages or fraction of a page."""

    section: str
    title: str
    pages: float
    whole: bool
    """Whether the section has its pages to itself."""

    @property
    def words(self) -> str:
        if not self.whole and self.pages < 0.75:
            return "part of a page"
        pages = max(1, round(self.pages))
        words = plural(pages, "page")
        return f"about {words}" if pages > 1 or not self.whole else words


@dataclass(frozen=True)
class Outline:
    lines: list[Line]
    total: int

    @property
    def words(self) -> str:
        return f"about {plural(self.total, 'page')}"


def expected(pack: Pack, *, by: User, sections: list[str] | None = None) -> Outline | None:
    """Return the outline of a pack as things are now; None if it has nothing to show yet."""
    try:
        return outline(build_content(pack, by=by, moment=clock.now()), sections)
    except NothingToShow:
        return None


def outline(content: Data, sections: list[str] | None = None) -> Outline:
    """Return the sections of a pack with their estimated pages; with `sections`, as if those were chosen."""
    if sections is not None:
        content = {**content, "sections": [one for one in PackSection.values if one in sections]}
    lines: list[Line] = []
    total = 0
    if fronted(content):
        front = _front(content)
        lines += front
        total += sum(round(line.pages) for line in front) or 1
    for chapter in chapters(content):
        sheet = _Sheet(LYING if chapter.wide else UPRIGHT)
        if chapter.opening and not fronted(content):
            sheet.text(170)
        for section in chapter.sections:
            before = sheet.at
            _write(sheet, section["id"], content, chapter)
            alone = chapter.inquiries is not None
            pages = float(sheet.pages) if alone else sheet.at - before
            _add(lines, Line(section["id"], section["title"], pages, alone))
        total += sheet.pages
    return Outline(lines, total)


def _add(lines: list[Line], line: Line) -> None:
    """Append a line, or add it to the last one if that is the same section."""
    if lines and lines[-1].section == line.section:
        line = Line(line.section, line.title, lines.pop().pages + line.pages, line.whole)
    lines.append(line)


class _Sheet:
    """A page that is filled from the top; what must not be broken begins on the next page if it does not fit."""

    def __init__(self, height: float) -> None:
        self.height, self.used = height, 0.0

    @property
    def at(self) -> float:
        """The position, in pages."""
        return self.used / self.height

    @property
    def pages(self) -> int:
        return max(1, ceil(self.at - 0.005))

    def text(self, height: float) -> None:
        self.used += height

    def block(self, height: float) -> None:
        left = self.height - self.used % self.height
        if left < height and left < self.height:
            self.used += left
        self.used += height


def _lines(text: str | None, letters: int) -> int:
    return sum(max(1, ceil(len(line) / letters)) for line in (text or "").split("\n") if line.strip())


def _prose(text: str | None, letters: int = WIDE, below: float = 6) -> float:
    """Return the height of a text in paragraphs."""
    paragraphs = sum(1 for line in (text or "").split("\n") if line.strip())
    return _lines(text, letters) * LINE + paragraphs * below


def _fact(text: str | None, below: float = 4) -> float:
    return _lines(text, BESIDE) * LINE + below if text else 0


# ------------------------------------------------------------------ the sections


def _front(content: Data) -> list[Line]:
    found = []
    if PackSection.COVER in chosen(content):
        changes = _prose((content["replaces"] or {}).get("changes"))
        found.append(_alone(PackSection.COVER, 560 + changes))
    if PackSection.CONTENTS in chosen(content):
        places = {PackSection.RECOMMENDATIONS, PackSection.TABLE} & set(content["sections"])
        height = HEADING + 20.0 * (len(content["sections"]) + 2)
        for inquiry in content["inquiries"] if places else ():
            height += 20 * _lines(inquiry["title"], 66)
            height += sum(3 + LINE * _lines(_named(one), 66) for one in inquiry["recommendations"])
        found.append(_alone(PackSection.CONTENTS, height))
    return found


def _alone(section: PackSection, height: float) -> Line:
    return Line(section.value, str(section.label), float(max(1, ceil(height / UPRIGHT))), True)


def _named(item: Data) -> str:
    return f"{item['reference']} {item['heading']}"


def _write(sheet: _Sheet, section: str, content: Data, chapter: Chapter) -> None:
    if sheet.used:
        sheet.text(18)
    if chapter.inquiries is not None:
        _run(sheet, section, chapter)
        return
    sheet.text(HEADING)
    write = WRITERS.get(section)
    if write is not None:
        write(sheet, content)


def _purpose(sheet: _Sheet, content: Data) -> None:
    sheet.text(_prose(content["purpose"], 72) or 23)
    sheet.text(9)


def _decisions(sheet: _Sheet, content: Data) -> None:
    if not content["decisions"]:
        sheet.text(23)
        return
    sheet.text(70 + sum(_lines(one, 76) * LINE + 3 for one in content["decisions"]))


def _reasons(sheet: _Sheet, content: Data) -> None:
    sheet.text(SMALLER + (_prose(content["reasons"]) or 23))
    sheet.text(sum(_fact(one["text"] or "None") for one in content["implications"]) + 40)


def _summary(sheet: _Sheet, content: Data) -> None:
    sheet.text(46)
    sheet.block(46 + 24.0 * len(content["summary"]["figures"]))
    sheet.text(SMALLER + 40)
    inquiries = len(content["inquiries"])
    sheet.block(90 + (44.0 * inquiries if 1 < inquiries <= 8 else 0))
    sheet.block(46 + 24.0 * len(content["summary"]["standing"]))
    sheet.text(SMALLER + 40)
    sheet.block(46 + 24.0 * sum(1 for one in content["summary"]["claims"] if one["count"]))


def _since(sheet: _Sheet, content: Data) -> None:
    if content["since"] is None:
        sheet.text(23)
        return
    sheet.text(40)
    for items in filter(None, content["since"]["groups"].values()):
        sheet.text(SMALLER + sum(_item(one, 60) for one in items))
    nothing = (one["none"] for one in content["since"]["told"] if not content["since"]["groups"][one["kind"]])
    sheet.text(_prose(" ".join(nothing), 78))


def _item(item: Data, more: int) -> float:
    """Return the height of a list item that names a recommendation, its body, and `more` letters besides."""
    return ceil((len(_named(item)) + len(item.get("body", "")) + more) / 78) * LINE + 3


def _overdue(sheet: _Sheet, content: Data) -> None:
    for name, more in (("overdue", 78), ("escalated", 20)):
        items = content[name]
        sheet.text(SMALLER + (40 if items else 23) + sum(_item(one, more) for one in items))


def _slips(sheet: _Sheet, content: Data) -> None:
    sheet.text(40)
    for one in content["slips"]:
        sheet.text(SMALLEST + LINE * _lines(_named(one), 72) + 38)
        for change in (*one["changes"], *([one["asked"]] if one["asked"] else []), *one["refused"]):
            sheet.text(_fact("x" * 90 + (change.get("why") or change["reason"])))


def _appendices(sheet: _Sheet, content: Data) -> None:
    sheet.text(sum(_prose(one["title"] + one["address"], 74) for one in content["appendices"]) or 23)
    sheet.text(29)


def _key(sheet: _Sheet, content: Data) -> None:
    for group in content["key"]:
        words = (_lines(f"{one['label']}    {one['meaning']}", 76) for one in group["words"])
        sheet.text(SMALLER + sum(number * LINE + 3 for number in words))


def _about(sheet: _Sheet, content: Data) -> None:
    sheet.block(235)


WRITERS: dict[str, Any] = {
    "purpose": _purpose,
    PackSection.DECISIONS.value: _decisions,
    PackSection.REASONS.value: _reasons,
    PackSection.SUMMARY.value: _summary,
    PackSection.SINCE.value: _since,
    PackSection.OVERDUE.value: _overdue,
    PackSection.SLIPS.value: _slips,
    PackSection.APPENDICES.value: _appendices,
    PackSection.KEY.value: _key,
    "about": _about,
}


# ------------------------------------------------------------------ recommendations and the review table


def _run(sheet: _Sheet, section: str, chapter: Chapter) -> None:
    if chapter.first:
        sheet.text(HEADING)
    for inquiry in chapter.inquiries or ():
        sheet.text(SMALLER + LINE * _lines(inquiry["title"], 66) + 24 + _fact(inquiry.get("imported")))
        for one in inquiry["recommendations"]:
            (_row if section == PackSection.TABLE else _recommendation)(sheet, one)


def _recommendation(sheet: _Sheet, one: Data) -> None:
    height = SMALLEST + 15.6 * _lines(_named(one), 72)
    height += _prose(one["text"], 76) + 12 + _fact("x" * (28 + (60 if one["made_at"] else 0)))
    height += _fact(one["success_measure"]) + _fact(one["owner_note"]) + (21 if one["closed"] else 0)
    height += sum(_part(part) for part in one["bodies"])
    height += SMALLEST + (0 if one["verdicts"] else 23)
    for verdict in one["verdicts"]:
        height += _fact("x" * (75 + len(verdict["meeting"]["name"])))
        height += _fact(verdict["comment"])
    sheet.text(height)


def _part(part: Data) -> float:
    height = SMALLEST + (21 if part["post"] or part["deliverer"] else 0)
    response, update, dates = part["response"], part["update"], part["dates"]
    height += _fact("x" * 60)
    if response:
        height += _fact(response["reason"]) + _fact(response["text"]) + _exempt(response["exempt"])
        height += 21 if part["earlier_responses"] else 0
    height += _fact("x" * 45)
    if update:
        height += sum(_fact(update[name]) for name in ("progress", "delivered", "barriers", "next_steps"))
        height += _exempt(update["exempt"])
    height += _fact("x" * (28 + (50 if dates["changes"] else 0) + (36 if part["overdue"] else 0)))
    height += sum(_fact("x" * 90 + change["reason"]) for change in dates["changes"])
    height += _fact("x" * 60 + dates["asked"]["reason"]) if dates["asked"] else 0
    if not part["escalated_on"]:
        return height
    return height + (_fact("x" * (60 + len(part["invited"]))) if part.get("invited") else 21)


def _exempt(exempt: Data | None) -> float:
    if exempt is None:
        return 0
    return 8 + _fact(exempt.get("text")) + _fact(exempt.get("summary")) + _fact(exempt["citation"])


def _row(sheet: _Sheet, one: Data) -> None:
    """Add a recommendation's rows of the review table to the sheet, one for each body; only a long row is broken."""
    for number, part in enumerate(one["bodies"] or [None]):
        above = 52 if number == 0 else 0
        heights = [_cell(one["text"], NARROW) if number == 0 else 2 * CLOSE]
        verdicts = verdicts_on(one["verdicts"], part["body"] if part else "")
        heights.append(sum(40 + _cell(found["comment"], NARROW) for found in verdicts) or CLOSE)
        if part is not None:
            heights += [_answer(part), _progress(part)]
        if part is not None and may_break(one, part):
            sheet.text(above + max(heights) + 9)
        else:
            sheet.block(above + max(heights) + 9)


def _answer(part: Data) -> float:
    response = part["response"]
    height = _cell(part["body"], ANSWER) + CLOSE + 4
    return height + (_text_height(response, ("reason", "text"), ANSWER) if response else 0)


def _progress(part: Data) -> float:
    update = part["update"]
    height = CLOSE + 4 if part["overdue"] else 0
    if not update:
        return height + CLOSE
    names = ("progress", "delivered", "barriers", "next_steps")
    labels = sum(CLOSE + 4 for name in names[1:] if update[name])
    return height + CLOSE + 4 + labels + _text_height(update, names, PROGRESS)


def _cell(text: str | None, letters: int) -> float:
    paragraphs = sum(1 for line in (text or "").split("\n") if line.strip())
    return _lines(text, letters) * CLOSE + 4 * paragraphs


def _text_height(what: Data, names: tuple[str, ...], letters: int) -> float:
    exempt = what["exempt"] or {}
    words = [
        *(what[name] for name in names),
        exempt.get("text"),
        exempt.get("summary"),
        exempt.get("citation"),
    ]
    return sum(_cell(one, letters) for one in words)
