"""A pack's content divided into documents that can be laid out at the same time, each on pages of its own.

The chunks follow from the content only, never from the machine, so that the same content gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.lifecycle import PackSection
from recommendations.packs.html import sections
from recommendations.packs.values import Data

MUCH = 30_000
"""How many characters make a chunk long enough: about a dozen recommendations, fifteen pages, one second."""


RUNS = (PackSection.RECOMMENDATIONS, PackSection.TABLE)
"""Sections whose length grows with the recommendations."""


@dataclass(frozen=True)
class Chapter:
    """The content of one chunk: whole sections, or a run of recommendations of one section."""

    sections: list[dict[str, Any]]
    inquiries: list[dict[str, Any]] | None = None
    """The inquiries of the run, each with `first`, whether the run begins it, and its recommendations here."""
    first: bool = True
    recommendations: int = 0
    wide: bool = False
    length: int = 0
    """About how many characters a run holds; other chapters are short."""
    opening: bool = False
    """Whether it holds the very first section."""


def chapters(content: Data) -> list[Chapter]:
    """Return the chunks after the cover and the contents, in their order."""
    found: list[Chapter] = []
    waiting: list[dict[str, Any]] = []
    counted = False
    for section in sections(content):
        if section["id"] not in RUNS:
            waiting.append(section)
            continue
        if waiting:
            found.append(Chapter(waiting, opening=not found))
            waiting = []
        found += runs(section, content["inquiries"], counted=not counted)
        counted = True
    if waiting:
        found.append(Chapter(waiting, opening=not found))
    return found


def runs(section: dict[str, Any], inquiries: list[Data], *, counted: bool = True) -> list[Chapter]:
    """Return the recommendations of a section in runs of similar length.

    A run ends with an inquiry if that is near, because what follows begins on a new page. If two sections hold the
    recommendations, they are `counted` in the first.
    """
    found: list[list[tuple[Data, bool, Data]]] = []
    run: list[tuple[Data, bool, Data]] = []
    length = 0
    for inquiry in inquiries:
        rest = sum(_length(one) for one in inquiry["recommendations"])
        for number, one in enumerate(inquiry["recommendations"]):
            size = _length(one)
            begins_and_is_long = number == 0 and length > MUCH / 2 and length + rest > 1.5 * MUCH
            if run and (begins_and_is_long or (length + size > MUCH and rest > MUCH / 4)):
                found.append(run)
                run, length = [], 0
            run.append((inquiry, number == 0, one))
            length += size
            rest -= size
    if run:
        found.append(run)
    wide = section["id"] == PackSection.TABLE
    return [
        Chapter(
            [section],
            list(_by_inquiry(run)),
            index == 0,
            len(run) * counted,
            wide,
            sum(_length(one) for *_, one in run),
        )
        for index, run in enumerate(found)
    ]


def _by_inquiry(run: list[tuple[Data, bool, Data]]) -> Iterator[dict[str, Any]]:
    held: dict[int, dict[str, Any]] = {}
    for inquiry, first, one in run:
        entry = held.setdefault(inquiry["id"], {**inquiry, "first": first, "recommendations": []})
        entry["recommendations"].append(one)
    yield from held.values()


def _length(one: Data) -> int:
    """Return about how many characters a recommendation takes, with its labels."""
    return 250 + _characters(one)


def _characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(item) for item in value.values())
    return sum(_characters(item) for item in value) if isinstance(value, list) else 0
