"""A document before it is written in a format: paragraphs and grids of cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Spec:
    """A cell to write."""

    text: str = ""
    value: dt.date | float | None = None
    """A real date or number, in a workbook."""
    fill: str = ""
    struck: bool = False
    struck_before: str = ""
    """Words that are struck, before the others."""
    deleted_before: str = ""
    """Words that a tracked change deleted, before the others, which it inserted."""
    bold: bool = False
    rows: int = 1
    cols: int = 1


COVERED = None
"""Stands where a merged cell covers another."""


@dataclass
class GridRow:
    """A row to write."""

    cells: list[Spec | None]
    hidden: bool = False
    deleted: bool = False
    is_header: bool = False


@dataclass
class Words:
    """A paragraph to write."""

    text: str
    heading: int = 0


@dataclass
class Grid:
    """A table to write."""

    rows: list[GridRow] = field(default_factory=list)
    name: str = "Sheet1"
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    width: int = 0
    place: str | int = 0
    """How readings call it; set when it is written."""

    def add(self, row: GridRow) -> int:
        """Add a row and return its number."""
        self.rows.append(row)
        return len(self.rows)


@dataclass
class Expected:
    """What a clerk reads off one line."""

    grid: Grid
    row: int
    item: int
    values: dict[str, Any]
    asked: set[str] = field(default_factory=set)
    """Fields about which a careful clerk asks."""


@dataclass
class Document:
    """A tracker to write, and what a clerk reads off it."""

    format: str
    name: str
    blocks: list[Words | Grid] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    as_at: tuple[str | None, str | None, str] = (None, None, "none")
    hazards: list[str] = field(default_factory=list)

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]
