"""Lettered parts of a recommendation that stand on rows of their own, below the words that introduce them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.column_fields import Field
from recommendations.trackers.drafts import Draft, LineCells
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.parts import lettered_parts
from recommendations.trackers.sections import Line

FIRST_PART = re.compile(r"(?P<intro>.{3,}?(?<=\S))\s+\(?(?:a|i)[).]\s+(?P<words>\S.*)", re.DOTALL)
"""Words that introduce parts, and the first part behind them."""
NAMES = (Field.NUMBER, Field.REFERENCE)
ANSWERS = (Field.RESPONSE, Field.CLAIM, Field.PROGRESS, Field.OUTCOME, Field.TARGET)


@dataclass
class Introduction:
    """Words that introduce the parts on the rows below."""

    words: str
    draft: Draft
    """What is said of all parts."""
    row: int
    has_first: bool
    """Whether the first part stands behind them in the same cell."""

    def with_part(self, words: str) -> str:
        """Return the wording of a part."""
        return f"{self.words.rstrip(' :')} {words}".strip()


def wording(line: Line, columns: list[Mapped]) -> str:
    """Return the words of a line's wording."""
    return next((line.row.cells[one.index].text for one in columns if one.is_a(Field.TEXT)), "")


def part_of(line: Line, columns: list[Mapped], before: Line | None = None) -> tuple[str, str] | None:
    """Return the letter and the words of a row that holds one part and has no number of its own, or one that is merged over
    it and the row before.
    """
    for one in columns:
        cell = line.row.cells[one.index]
        merged = before is not None and before.row.cells[one.index] is cell
        if cell.text and not merged and any(map(one.is_a, NAMES)):
            return None
    found = lettered_parts(wording(line, columns), least=1)
    if found is None or found.intro or len(found.parts) != 1:
        return None
    return found.parts[0]


def introduced(cells: LineCells, following: Line | None, columns: list[Mapped]) -> tuple[str, str] | None:
    """Return the words that introduce the parts on the rows below, and the first part where it stands behind them."""
    text = wording(cells.line, columns)
    below = part_of(following, columns, cells.line) if following and text else None
    if below is None:
        return None
    if (own := lettered_parts(text, least=1)) is not None:
        named = any(cells.filled(name) for name in NAMES)
        is_first = not own.intro and len(own.parts) == 1 and own.parts[0][0] in ("a", "i")
        return ("", own.parts[0][1]) if named and is_first else None
    if below[0] in ("a", "i") and not any(cells.filled(name) for name in ANSWERS):
        return text, ""
    if below[0] in ("b", "ii") and (first := FIRST_PART.fullmatch(text)):
        return first["intro"], first["words"]
    return None


def with_wording(cells: LineCells, words: str) -> LineCells:
    """Return the cells with other words as wording."""
    row = cells.line.row
    changed = {one.index for one in cells.columns if one.is_a(Field.TEXT)}
    whole = tuple(Cell((Piece(words),)) if index in changed else cell for index, cell in enumerate(row.cells))
    return LineCells(replace(cells.line, row=replace(row, cells=whole)), cells.columns)
