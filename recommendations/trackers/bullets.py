"""Finds the bullets of a cell, which a committee may want as the steps of a plan and not as text."""

from __future__ import annotations

from dataclasses import dataclass

from committee.prose import bullets
from committee.text import clean_line
from recommendations.trackers.column_fields import Field
from recommendations.trackers.dated_updates import read_updates
from recommendations.trackers.period_grammar import Known
from recommendations.trackers.questions import Choice, Question, question_key

MILESTONES, TEXT = "milestones", "text"
"""The answers to what the bullets of a column become."""
LEAST = 2
"""How many bullets make a list."""
LONGEST_STEP = 300
"""How many characters a milestone has room for."""


@dataclass(frozen=True)
class Bulleted:
    """A text that ends with a list: what stands before it, and its entries."""

    before: str
    points: tuple[str, ...]


def bulleted(text: str, known: Known) -> Bulleted | None:
    """Return the list with which a text ends; None where it has none, where words follow it, where an entry has no room as a
    milestone, or where days stand at its entries: then they are reports of progress.
    """
    lines = text.splitlines()
    found = bullets(lines)
    first = next((at for at, point in enumerate(found) if point is not None), len(lines))
    listed = [(point, line) for point, line in zip(found[first:], lines[first:], strict=True) if line.strip()]
    if len(listed) < LEAST or any(point is None for point, _ in listed):
        return None
    points = tuple(dict.fromkeys(clean_line(point or "") for point, _ in listed))
    if any(not point or len(point) > LONGEST_STEP for point in points):
        return None
    updates = read_updates(text, known)
    if len(updates) > 1 or any(one.as_at for one in updates):
        return None
    return Bulleted("\n".join(lines[:first]).strip(), points)


def bullets_question(field: Field, header: str) -> Question:
    """Return the question what the bullets of a column become: asked once for the column. Text is what they are until then."""
    return Question(
        question_key("bullets", field, header),
        "bullets",
        header,
        f"Cells under \u201c{header}\u201d have bullets: what becomes of them?",
        (Choice(TEXT, "Text, as it stands"), Choice(MILESTONES, "Milestones: the steps of each plan")),
        TEXT,
    )
