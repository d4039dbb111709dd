"""Lines of a table on their way to entries: their cells by what the columns hold, and what was read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from recommendations.trackers.cells import EMPTY, Cell
from recommendations.trackers.column_fields import Field
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.questions import Place
from recommendations.trackers.reading import Problem, Source
from recommendations.trackers.sections import Line, Section


@dataclass
class Draft:
    """An entry in the making."""

    section: Section
    line: Line
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    continues: int | None = None
    """The position of the draft whose recommendation goes on here."""

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass
class LineCells:
    """The cells of a line by what their columns hold."""

    line: Line
    columns: Sequence[Mapped]

    @cached_property
    def by_field(self) -> dict[Field, list[tuple[Mapped, Cell]]]:
        found: dict[Field, list[tuple[Mapped, Cell]]] = {}
        seen: dict[Field, list[Cell]] = {}
        for column in self.columns:
            if column.hidden or column.index >= len(self.line.row.cells):
                continue
            cell = self.line.row.cells[column.index]
            for name in column.fields:
                if cell is not EMPTY and any(cell is other for other in seen.setdefault(name, [])):
                    continue  # merged over two columns of one meaning
                seen.setdefault(name, []).append(cell)
                found.setdefault(name, []).append((column, cell))
        return found

    def of(self, name: Field) -> list[tuple[Mapped, Cell]]:
        return self.by_field.get(name, [])

    def filled(self, name: Field) -> list[tuple[Mapped, Cell]]:
        return [(column, cell) for column, cell in self.of(name) if cell.text or cell.value is not None]

    def first(self, name: Field) -> tuple[Mapped, Cell] | None:
        filled = self.filled(name)
        return filled[0] if filled else None


def is_struck(line: Line, columns: Sequence[Mapped]) -> bool:
    """Return whether a line is struck through as a whole: its wording, and most of what stands beside it."""
    cells = [cell for cell in dict.fromkeys(line.row.cells) if cell.text]
    struck = [cell for cell in cells if cell.struck and not cell.standing]
    if not struck or len(struck) < 0.6 * len(cells):
        return False
    wording = [line.row.cells[one.index] for one in columns if one.is_a(Field.TEXT)]
    return all(cell in struck for cell in wording if cell.text)
