"""The small parts of a workbook: its list of sheets, shared texts, comments, tables, and words in shapes and on pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from recommendations.trackers.cells import CannotBeRead, Paragraph, Piece
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.excel_sheet import REFERENCE, SheetMarks, area
from recommendations.trackers.readers.excel_styles import OFF
from recommendations.trackers.readers.excel_values import Run, Text, read_text, unescaped
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.office import (
    DAMAGED,
    Package,
    attribute,
    local,
)  # fmt: skip

PAGE_CODES = re.compile(r'&(?:"[^"]*"|[LCR]|[0-9]{1,3}|K[0-9A-Fa-f+-]{5,6}|[A-Za-z])')
"""What the words of a page's head or foot are marked up with (ECMA-376, part 1, 18.3.1.46)."""
MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook in their order."""

    all: list[Sheet]
    since_1904: bool
    """Whether days are counted from 1904."""


def read_sheets(package: Package, main: str, notices: Notices) -> Sheets:
    """Return the sheets of cells. Charts and macro sheets are told."""
    root = package.tree(main)
    if root is None:
        raise CannotBeRead(DAMAGED)
    relations = package.relations(main)
    about = root.find("{*}workbookPr")
    since_1904 = about is not None and (about.get("date1904") or "0").lower() not in OFF
    found = []
    for each in root.iterfind("{*}sheets/{*}sheet"):
        relation = relations.get(attribute(each, "id") or "")
        name = unescaped(each.get("name") or "")
        if relation is None or relation.external:
            continue
        if relation.kind == "worksheet" and package.has(relation.target):
            found.append(Sheet(name, relation.target, (each.get("state") or "visible") != "visible"))
        elif relation.kind == "worksheet":
            raise CannotBeRead(DAMAGED)
        else:
            notices.tell("macros" if relation.kind in MACRO_SHEETS else "charts", name)
    return Sheets(found, since_1904)


def read_strings(package: Package, main: str, budget: Budget) -> list[Text]:
    """Return the texts that cells share, one after another."""
    names = package.related(main, "sharedStrings")
    if not names or not package.has(names[0]):
        return []
    stream = package.stream(names[0], "si")
    strings: list[Text] = []
    for _, element in stream:
        text = read_text(element)
        budget.letters(len(text) if isinstance(text, str) else sum(len(run.text) for run in text))
        strings.append(_apart(text))
        stream.forget(element)
    return strings


def _apart(text: Text) -> Text:
    """Return the text with its own copies of the elements of colours: those of the parser go with it."""
    if isinstance(text, str):
        return text
    return tuple(
        Run(
            run.text,
            run.struck,
            None if run.letters is None else etree.fromstring(etree.tostring(run.letters, with_tail=False)),
        )
        for run in text
    )


def read_comments(package: Package, part: str) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the comments of a sheet by row and column. Of a cell with a conversation the old note, which says that there
    is one, is left out.
    """
    found: dict[tuple[int, int], list[str]] = {}
    conversations: dict[tuple[int, int], list[str]] = {}
    for name in package.related(part, "threadedComment"):
        root = package.tree(name)
        for each in root.iter("{*}threadedComment") if root is not None else ():
            _add(
                conversations, each.get("ref"), "".join(text.text or "" for text in each.iterfind("{*}text"))
            )
    for name in package.related(part, "comments"):
        root = package.tree(name)
        for each in root.iter("{*}comment") if root is not None else ():
            text = each.find("{*}text")
            runs = read_text(text) if text is not None else ""
            _add(found, each.get("ref"), runs if isinstance(runs, str) else "".join(run.text for run in runs))
    return {place: tuple(texts) for place, texts in (found | conversations).items()}


def _add(found: dict[tuple[int, int], list[str]], reference: str | None, text: str) -> None:
    bounds = area(reference) if REFERENCE.fullmatch((reference or "").replace("$", "")) else None
    if bounds and text.strip():
        found.setdefault((bounds[1], bounds[0]), []).append(text.strip())


def headed_rows(package: Package, part: str) -> set[int]:
    """Return the rows that the sheet's own tables say are their headers."""
    found = set()
    for name in package.related(part, "table"):
        root = package.tree(name)
        bounds = area(root.get("ref")) if root is not None else None
        if bounds and (root.get("headerRowCount") or "1") != "0":
            found.add(bounds[1])
    return found


def read_drawing_words(package: Package, part: str, before: int) -> list[Paragraph]:
    """Return the words in shapes over a sheet, such as a title or a key, numbered after `before`."""
    found: list[Paragraph] = []
    for name in package.related(part, "drawing"):
        root = package.tree(name)
        for shape in root.iter("{*}txBody") if root is not None else ():
            for line in shape.iterfind("{*}p"):
                words = "".join(_line_words(line))
                if words.strip():
                    found.append(Paragraph(before + len(found) + 1, (Piece(words),)))
    return found


def _line_words(line: Any) -> list[str]:
    return [each.text or "" if local(each) == "t" else "\n" for each in line.iter("{*}t", "{*}br")]


def page_words(marks: SheetMarks, before: int) -> list[Paragraph]:
    """Return what is printed at the head and foot of each page of a sheet, without page numbers and the like."""
    found: list[Paragraph] = []
    for where, marked in marks.page_words:
        for words in re.split("&[LCR]", marked.replace("&&", "\x01")):
            text = PAGE_CODES.sub("", words).replace("\x01", "&").strip()
            if text:
                found.append(Paragraph(before + len(found) + 1, (Piece(text),), where=where))
    return found
