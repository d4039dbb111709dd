"""Trackers drawn as text: a line for each row, its cells between bars.

    No. | Recommendation         | To
    1   | That the pier be lit.  | Cabinet
    ^   | ^                      | Harbour Trust

"^" is the cell above, merged over both rows; "<" the cell to the left. "~~" around words strikes them, "\\n" breaks a line, and
"[red]" before them fills the cell. A row that begins with "!hidden" is hidden, one with "!deleted" deleted by a tracked change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from recommendations.trackers.cells import EMPTY, Cell, Paragraph, Piece, Row, Table, TrackerFile
from recommendations.trackers.questions import Answers
from recommendations.trackers.reading import Entry, Reading
from recommendations.trackers.tracker import read_tracker

FILLS = {"green": "92D050", "amber": "FFC000", "red": "FF0000", "blue": "0070C0"}


def cell(words: str) -> Cell:
    """Return a cell of those words."""
    fill = re.match(r"\[(green|amber|red|blue)\]\s*", words)
    colour = FILLS[fill[1]] if fill else None
    words = (words[fill.end() :] if fill else words).replace("\\n", "\n")
    pieces = tuple(Piece(part, struck=at % 2 == 1) for at, part in enumerate(words.split("~~")) if part)
    return Cell(pieces, colour=colour) if pieces or colour else EMPTY


def rows(drawing: str) -> tuple[Row, ...]:
    """Return the rows of a drawing; a line of one dash is a blank row."""
    made: list[Row] = []
    lines = [line.strip() for line in drawing.rstrip().lstrip("\n").split("\n")]
    width = max(line.count("|") for line in lines) + 1
    for number, line in enumerate(lines, 1):
        mark = re.match(r"!(hidden|deleted)\s*", line)
        words = [] if line == "-" else [one.strip() for one in line[mark.end() if mark else 0 :].split("|")]
        cells: list[Cell] = []
        for index in range(width):
            word = words[index] if index < len(words) else ""
            if word == "^":
                cells.append(made[-1].cells[index])
            elif word == "<":
                cells.append(cells[-1])
            else:
                cells.append(cell(word))
        kind = mark[1] if mark else ""
        made.append(Row(number, _spanned(cells), hidden=kind == "hidden", deleted=kind == "deleted"))
    return tuple(made)


def _spanned(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(cells)


def table(drawing: str, *before: str | Paragraph, name: str | int = 1, **marks: object) -> Table:
    """Return a table with the paragraphs before it; one that begins with "#" is a heading."""
    drawn = rows(drawing)
    paragraphs = tuple(paragraph(one) if isinstance(one, str) else one for one in before)
    return replace(Table(name, drawn, len(drawn[0].cells), paragraphs), **marks)  # type: ignore[arg-type]  # of Table


def paragraph(words: str, number: int = 1) -> Paragraph:
    """Return a paragraph; "#" before the words makes it a heading, and "3." a label."""
    label = re.match(r"(\d+)\.\s+", words)
    heading = len(words) - len(words.lstrip("#"))
    text = words[label.end() :] if label else words.lstrip("# ")
    return Paragraph(
        number,
        (Piece(text),),
        label=f"{label[1]}." if label else "",
        level=1 if label else 0,
        heading=heading,
    )


def tracker(*tables: Table, name: str = "tracker.docx", also: Sequence[str] = ()) -> TrackerFile:
    """Return a file of those tables, with paragraphs beside those before tables."""
    named = tuple(replace(one, name=at) if one.name == 1 else one for at, one in enumerate(tables, 1))
    paragraphs = [one for each in named for one in each.before] + [paragraph(words) for words in also]
    return TrackerFile(name, name.rsplit(".", 1)[-1], named, tuple(paragraphs))


def read(
    *tables: Table | str,
    answers: dict[str, object] | None = None,
    name: str = "tracker.docx",
    also: Sequence[str] = (),
) -> Reading:
    """Return what a file of those tables is read as. A drawing alone is a table under "Position at 31 March 2024"."""
    made = [table(one, "#Position at 31 March 2024") if isinstance(one, str) else one for one in tables]
    return read_tracker(tracker(*made, name=name, also=also), Answers(answers or {}))


def column(reading: Reading, name: str) -> list[Any]:
    """Return one field of all lines; of periods the words, of several owners a text."""
    return [_short(getattr(entry, name)) for entry in reading.entries]


def _short(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(str(_short(one)) for one in value)
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    if hasattr(value, "precision"):
        return "" if start is None else str(start) if start == end else f"{start} to {end}"
    if hasattr(value, "as_at"):
        return f"{_short(value.as_at)}: {value.text}"
    return value


def asked(entry: Entry) -> list[str]:
    """Return the fields about which a line is asked."""
    return [problem.field for problem in entry.problems]
