"""Every page of a pack reads by itself: no heading alone, and the names of the columns wherever the table goes on."""

from __future__ import annotations

import copy
from typing import Any

import pymupdf
import pytest

from recommendations.lifecycle import PackSection
from recommendations.packs.content import content_hash
from recommendations.packs.pdf.document import make_pdf
from recommendations.packs.summary import summary
from recommendations.packs.values import Data
from tests.unit.recommendations.packs.conftest import Case

SENTENCE = "The committee heard the Cabinet Member and asks for figures. "
COLUMNS = ("Recommendation", "Original response", "Progress update", "Committee’s assessment")
HEADING = "SR (25/26) "
FURNITURE = 40
"""Points of the sheet's edge in which the lines of every page stand."""


def words(letters: int) -> str:
    return (SENTENCE * (letters // len(SENTENCE) + 1))[:letters].strip()


def table_of(content: Data, **changes: Any) -> list[dict[str, Any]]:
    """Three recommendations with only the review table; `changes` are made to the one in the middle."""
    inquiry = content["inquiries"][0]
    rows = []
    for number in range(3):
        row = copy.deepcopy(inquiry["recommendations"][0]) | {"id": 10_000 + number}
        row["reference"] = f"{HEADING}{number:02d}"
        rows.append(row)
    middle = rows[1]
    if "comment" in changes:
        middle["verdicts"] = [verdict() | {"comment": changes["comment"]}]
    if changes.get("nobody"):
        middle["bodies"] = []
    if "text" in changes:
        middle["text"] = changes["text"]
    if "heading" in changes:
        middle["heading"] = changes["heading"]
    if "reason" in changes:
        middle["bodies"][0]["response"]["reason"] = changes["reason"]
    if "progress" in changes:
        middle["bodies"] = [copy.deepcopy(middle["bodies"][0]) for _ in range(2)]
        middle["bodies"][1]["update"]["progress"] = changes["progress"]
    content["inquiries"] = [{**inquiry, "recommendations": rows}]
    content |= {"summary": summary(rows), "overdue": [], "escalated": [], "slips": [], "since": None}
    return rows


def verdict() -> Data:
    return {
        "body": "",
        "grade": {"value": "concerns", "label": "Concerns", "colour": "orange"},
        "outcome": {"value": "keep", "label": "Keep monitoring", "colour": "blue"},
        "meeting": {"name": "Select Committee", "held_on": "2025-11-10"},
        "comment": "",
    }


def sheets(content: Data) -> list[tuple[bool, list[str]]]:
    """Each sheet: whether it lies, and its lines between the lines of every page."""
    data = make_pdf(content, content_hash=content_hash(content), made_with={}).data
    with pymupdf.open(stream=data) as document:
        return [
            (
                sheet.rect.width > sheet.rect.height,
                [
                    " ".join(span["text"] for span in line["spans"]).strip()
                    for block in sheet.get_text("dict")["blocks"]
                    for line in block.get("lines", ())
                    if FURNITURE < line["bbox"][1] < sheet.rect.height - FURNITURE
                ],
            )
            for sheet in document
        ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"comment": words(650)},
        {"comment": "\n".join(["figures"] * 120)},
        {"comment": "\n".join(f"- point {number}" for number in range(60))},
        {"comment": "W" * 900},
        {"nobody": True, "text": words(2600)},
        {"nobody": True, "text": words(2600), "comment": words(5000)},
        {"nobody": True, "comment": words(900), "heading": words(200)},
        {"text": words(300), "comment": words(1500), "heading": words(200)},
        {"reason": words(3000)},
        {"progress": "\n\n".join(["Done."] * 90)},
    ],
    ids=lambda changes: "-".join(f"{name}{len(str(value))}" for name, value in changes.items()) or "short",
)
@pytest.mark.slow
def test_no_page_of_the_review_table_is_a_heading_alone_or_lacks_its_columns(
    case: Case, changes: dict[str, Any]
) -> None:
    content = case.content(sections=[PackSection.TABLE])
    table_of(content, **changes)
    wrong = []
    lying = [lines for lies, lines in sheets(content) if lies]
    for number, lines in enumerate(lying, 1):
        said = " ".join(lines)
        wrong += [f"sheet {number} lacks “{name}”" for name in COLUMNS if name not in said]
        last = max((index for index, line in enumerate(lines) if line.startswith(HEADING)), default=-1)
        below = [line for line in lines[last + 1 :] if not any(line.startswith(name) for name in COLUMNS)]
        if len(below) < 3:
            wrong.append(f"sheet {number} ends with a heading: {lines[last:]}")
    assert wrong == []
    everything = " ".join(line for lines in lying for line in lines)
    assert all(f"{HEADING}{number:02d}" in everything for number in range(3))
