"""What a person must know of a file as a whole: counted while it is read, told in one sentence for each kind."""

from __future__ import annotations

from recommendations.trackers.cells import Notice
from recommendations.trackers.limits import PLACES_TOLD

SENTENCES = {
    "tracked changes": ("The file has tracked changes: insertions were taken, deletions left out",) * 2,
    "comments": (
        "The file has 1 comment: it was not taken in",
        "The file has {} comments: they were not taken in",
    ),
    "hidden text": (
        "The file has hidden text in 1 place: it was not taken in",
        "The file has hidden text in {} places: it was not taken in",
    ),
    "hidden rows": (
        "1 row is hidden in the file: it was read",
        "{} rows are hidden in the file: they were read",
    ),
    "filters": (
        "A filter hides rows of 1 sheet: they were read",
        "Filters hide rows of {} sheets: they were read",
    ),
    "hidden columns": (
        "1 column is hidden: it was not taken in",
        "{} columns are hidden: they were not taken in",
    ),
    "hidden sheets": (
        "1 sheet is hidden: it was not taken in",
        "{} sheets are hidden: they were not taken in",
    ),
    "hidden tables": (
        "1 table is hidden: it was not taken in",
        "{} tables are hidden: they were not taken in",
    ),
    "macros": ("The file holds macros: they were not run and not read",) * 2,
    "errors": (
        "1 formula shows an error in place of a value: see what it should be",
        "{} formulas show an error in place of a value: see what they should be",
    ),
    "formulas without a value": (
        "1 formula has no stored value, so its cell was read as blank: open the file in Excel, save it and bring it again",
        "{} formulas have no stored value, so their cells were read as blank: open the file in Excel, save it and bring it"
        " again",
    ),
    "colours by rules": (
        "Colours of 1 sheet follow rules (conditional formatting) and could not be read: check what they say",
        "Colours of {} sheets follow rules (conditional formatting) and could not be read: check what they say",
    ),
    "charts": ("1 sheet is a chart: it was not read", "{} sheets are charts: they were not read"),
    "pictures": (
        "1 picture stands in a table: what it shows was not read",
        "{} pictures stand in tables: what they show was not read",
    ),
    "embedded files": (
        "1 file is embedded in this one: it was not read",
        "{} files are embedded in this one: they were not read",
    ),
    "footnotes": ("1 footnote was not taken in", "{} footnotes were not taken in"),
    "text behind merged cells": (
        "1 cell has words that a merged cell hides: they were not taken in",
        "{} cells have words that merged cells hide: they were not taken in",
    ),
    "direction marks": (
        "1 text has marks that turn the direction of writing: they were taken out",
        "{} texts have marks that turn the direction of writing: they were taken out",
    ),
    "control characters": (
        "1 text has characters that nobody can see: they were taken out",
        "{} texts have characters that nobody can see: they were taken out",
    ),
    "unreadable letters": (
        "1 letter could not be read: try another encoding",
        "{} letters could not be read: try another encoding",
    ),
    "mixed encodings": ("The file mixes two encodings: check its quotes, dashes and pound signs",) * 2,
    "stray quotes": (
        "1 quotation mark opens and does not close: it was taken as a letter",
        "{} quotation marks open and do not close: they were taken as letters",
    ),
    "lines in a cell": (
        "1 cell holds what looks like whole lines of the table: check the quotation marks there",
        "{} cells hold what looks like whole lines of the table: check the quotation marks there",
    ),
    "other pages": (
        "1 part of the page is another page, which was not fetched",
        "{} parts of the page are other pages, which were not fetched",
    ),
}
"""By kind: of one, and of several."""


class Notices:
    """Collects what is seen in a file, each kind in the order in which it was first seen."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def tell(self, kind: str, place: str = "", *, count: int = 1) -> None:
        """Count something of this kind, at this place."""
        self._counts[kind] = self._counts.get(kind, 0) + count
        places = self._places.setdefault(kind, [])
        if place and len(places) < PLACES_TOLD and (not places or places[-1] != place):
            places.append(place)

    def all(self) -> tuple[Notice, ...]:
        """Return one notice for each kind."""
        return tuple(
            Notice(kind, SENTENCES[kind][count > 1].format(f"{count:,}"), tuple(self._places[kind]))
            for kind, count in self._counts.items()
        )
