"""Tells which heading a value was taken from that no cell of the line holds: a row across the table, a title, a sheet's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from committee.text import comparable
from recommendations.trackers.questions import Place
from recommendations.trackers.reading import Source
from recommendations.trackers.sections import Heads, Line, Section

FROM_HEADINGS = {
    "inquiry": Heads.INQUIRY,
    "owners": Heads.OWNERS,
    "made_on": Heads.MADE_ON,
    "response": Heads.STATE,
    "claim": Heads.STATE,
    "outcome": Heads.STATE,
}
"""The fields that headings give, each with what a row across the table is to give it."""


def heading_sources(
    line: Line, section: Section, values: Mapping[str, Any], in_cells: Mapping[str, Any]
) -> dict[str, tuple[Source, ...]]:
    """Return the headings behind those values that are not in `in_cells`, by their fields.

    The header of each says where it stands, because a line keeps of its cells no other row than its own.
    """
    found: dict[str, tuple[Source, ...]] = {}
    for name, heads in FROM_HEADINGS.items():
        words = _words_of(name, values)
        if words and name not in in_cells:
            source = _across(line, section, heads, words) or _over(name, section, words)
            if source:
                found[name] = (source,)
    return found


def _words_of(name: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a heading has in it from which the value was taken."""
    value = values.get(name) or values.get(f"{name}_words")
    if not value:
        return ()
    if name == "owners":
        return tuple(value)
    if name == "made_on":
        return (value.words,) if value.words else ()
    return (str(values.get(f"{name}_words") or value),)


def _holds(title: str, words: tuple[str, ...]) -> bool:
    return any(comparable(one) in comparable(title) for one in words)


def _across(line: Line, section: Section, heads: Heads, words: tuple[str, ...]) -> Source | None:
    group = next((one for one in line.groups if one.heads is heads and _holds(one.said, words)), None)
    if group is None:
        return None
    return Source(Place(section.table.name, group.row), f"Row {group.row}, across the table", group.said)


def _over(name: str, section: Section, words: tuple[str, ...]) -> Source | None:
    title = next((one for one in reversed(section.titles) if _holds(one, words)), None)
    if title is None and name == "inquiry" and section.inquiry and section.inquiry.words in words:
        return Source(Place(section.table.name), "Title in the file", section.inquiry.words)
    if title is None:
        return None
    where = "Name of the sheet" if title == section.table.name else "Title over the table"
    return Source(Place(section.table.name), where, title)
