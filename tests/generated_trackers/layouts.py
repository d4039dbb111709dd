"""Lays invented recommendations out as councils do, with what befalls such files, and keeps what a clerk reads off each."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.generated_trackers.content import (
    CLAIMS,
    NOTHING,
    OUTCOMES,
    day_in_words,
    day_time,
    iso,
    make_items,
)
from tests.generated_trackers.grid import COVERED, Document, Expected, Grid, GridRow, Spec, Words
from tests.generated_trackers.headers import HEADERS
from tests.generated_trackers.rows import RowMaker

TOWN = "Highmere"


class Maker(RowMaker):
    """Makes one document from a seed."""

    def make(self) -> Document:
        """Return the document."""
        kind = self.rng.random()
        self._columns()
        if kind < 0.07 and self.format in ("docx", "html"):
            self._records()
        elif kind < 0.17 and self.format != "csv":
            self._by_state()
        else:
            self._one_table()
        return self.document

    def _say_day(self) -> str:
        """Return a title that may tell the file's own day, or tell it elsewhere."""
        words = day_in_words(self.as_at, self.rng, "abc")
        self.document.as_at = (iso(self.as_at), iso(self.as_at), "day")
        how = self.rng.random()
        if how < 0.35:
            return f"{self.subject}: {self.rng.choice(['position at', 'as at', 'status at', 'at'])} {words}"
        if how < 0.6:
            self.before.append(
                Words(f"{self.rng.choice(['Position at', 'As at', 'Updated', 'Last updated:'])} {words}")
            )
        elif how < 0.8:
            self.before.append(
                Words(f"{TOWN} Scrutiny Committee, meeting of {day_in_words(self.as_at, self.rng, 'ab')}")
            )
        elif how < 0.9:
            self.document.name = f"tracker {self.as_at:%Y-%m-%d}.{self.format}"
        else:
            self.document.as_at = NOTHING
        return self.subject

    def _begin(self, grid: Grid) -> None:
        """Put titles before the first table."""
        self.before: list[Words] = []
        title = self._say_day()
        self._titles(grid, [Words(title, 1), *self.before])

    def _titles(self, grid: Grid, words: list[Words]) -> None:
        if self.format in ("docx", "html"):
            self.document.blocks += words
            return
        for one in words:
            merged = self.format == "xlsx" and self.chance(0.5)
            first = Spec(one.text, bold=True, cols=grid.width if merged else 1)
            grid.add(GridRow([first, *[COVERED if merged else Spec() for _ in range(grid.width - 1)]]))
        for _ in range(self.rng.randrange(0, 3)):
            grid.add(self._blank(grid))

    def _one_table(self) -> None:
        rng = self.rng
        grid = self._new_grid()
        self._choose_groups()
        self._sideshow(first=True)
        self._begin(grid)
        if self.format == "xlsx" and rng.random() < 0.2:
            grid.rows.insert(0, self._blank(grid))
        self.document.blocks.append(grid)
        for row in self._header_rows(grid):
            grid.add(row)
        across = rng.choices(["", "inquiry", "owners"], [72, 18, 10])[0]
        if across == "inquiry" and "inquiry" in self.columns:
            across = ""
        if across == "owners" and "owners" in self.columns:
            at = self.columns.index("owners")
            if any(name == "owners" for name in self.columns[at + 1 :]):
                across = ""
        self._lines(grid, self.items, across)
        self._foot(grid)
        if self.format == "xlsx" and self.style in ("reference", "year") and rng.random() < 0.15:
            self._outcome_sheet(grid)
        self._sideshow(first=False)

    def _outcome_sheet(self, grid: Grid) -> None:
        """Put what the committee decided on a second sheet, by reference alone."""
        rng = self.rng
        self.document.hazards.append("outcomes on a second sheet")
        sheet = Grid(name="Decisions", width=3)
        sheet.add(
            GridRow([Spec(rng.choice(HEADERS[name])) for name in ("reference", "outcome", "outcome_on")])
        )
        lines = [
            one for one in self.document.expected if one.values["reference"] and not one.values["number"]
        ]
        for first in rng.sample(lines, min(3, len(lines))):
            code = rng.choice([*OUTCOMES])
            on = day_time(rng, self.as_at - dt.timedelta(days=200), self.as_at)
            row = sheet.add(
                GridRow([Spec(first.values["reference"]), Spec(rng.choice(OUTCOMES[code])), self._value(on)])
            )
            blank = {
                name: None if isinstance(value, str | None) else [] if isinstance(value, list) else value
                for name, value in first.values.items()
            }
            times = dict.fromkeys(("made_on", "answered_on", "target", "asked_target"), NOTHING)
            kept = {
                name: first.values[name] for name in ("text", "reference", "inquiry", "priority", "owners")
            }
            values = {**blank, **times, **kept, "outcome": code, "outcome_on": on.span, "exempt": False}
            self.document.expected.append(Expected(sheet, row, first.item, values, {"owners"} & first.asked))
        self.document.blocks.append(sheet)

    def _foot(self, grid: Grid) -> None:
        rng = self.rng
        if rng.random() < 0.15:
            grid.add(
                GridRow(
                    [
                        Spec("Total"),
                        *[Spec(str(len(self.items)) if at == 0 else "") for at in range(grid.width - 1)],
                    ]
                )
            )
            self.document.hazards.append("total")
        if rng.random() < 0.2 and self.document.format != "docx":
            grid.add(self._blank(grid))
            for words in rng.choice(
                [
                    ("Key", "Green: on track", "Amber: at risk", "Red: off track"),
                    ("Green - on track", "Amber - some risk", "Red - late"),
                    ("Note: this table is updated each quarter.",),
                ]
            ):
                grid.add(GridRow([Spec(words), *[Spec() for _ in range(grid.width - 1)]]))
            self.document.hazards.append("key or note below")
        for _ in range(rng.choice([0, 0, 0, 3, 40])):
            grid.add(self._blank(grid))

    def _sideshow(self, *, first: bool) -> None:
        """Put a table that is no tracker before or after."""
        rng = self.rng
        if rng.random() > 0.12 or self.format not in ("docx", "html"):
            return
        rows: list[tuple[str, ...]] = rng.choice(
            [
                [
                    ("Councillor", "Party", "Ward"),
                    ("A. Invented", "Independent", "North"),
                    ("B. Made-Up", "Labour", "South"),
                ],
                [("Term", "Meaning"), ("RAG", "Red, amber, green"), ("Cabinet", "The council's executive")],
                [
                    ("Item", "Title", "Page"),
                    ("1", "Apologies", "1"),
                    ("2", "Minutes of the last meeting", "3"),
                ],
                [
                    ("Option", "Advantages", "Cost"),
                    ("Do nothing", "None", "Nil"),
                    ("Extend", "More choice", "\u00a310,000"),
                ],
                [("Date", "Witness", "Organisation"), ("3 May", "Head of Ferries", "Highmere Council")],
                [("Green", "On track"), ("Amber", "At risk"), ("Red", "Off track")],
            ]
        )
        grid = Grid(width=len(rows[0]))
        for at, row in enumerate(rows):
            grid.add(GridRow([Spec(text, bold=at == 0) for text in row]))
        self.document.blocks += [Words(rng.choice(["Membership", "About this paper", "Terms used"]), 2), grid]
        self.document.hazards.append("another table")

    def _by_state(self) -> None:
        """Lay out several tables, each under the state of what it holds."""
        rng = self.rng
        self.document.hazards.append("tables by state")
        half = max(1, len(self.items) // 2)
        self.columns = [
            name
            for name in self.columns
            if name not in ("claim", "claim before", "response and claim", "outcome", "outcome_on")
        ]
        if len(self.columns) < 4:
            self.columns += [name for name in ("owners", "progress") if name not in self.columns]
            self.header |= {name: self._header(name) for name in self.columns if name not in self.header}
        self.grouped = False
        self.rag_only = False
        titles = rng.choice(
            [
                ("Live recommendations", "Completed recommendations"),
                ("Open", "Completed since last meeting"),
                ("In progress", "Completed"),
            ]
        )
        first = True
        settings: dict[str, Any] = {}
        for title, items in zip(titles, (self.items[:half], self.items[half:]), strict=True):
            grid = self._new_grid(title if self.format == "xlsx" else "")
            if first:
                settings = {
                    name: getattr(self, name) for name in ("dotted", "prefix", "marks", "joint", "real_dates")
                }
                self._begin(grid)
            else:
                vars(self).update(settings)
            if self.format != "xlsx":
                self.document.blocks.append(Words(title, 2))
            self.document.blocks.append(grid)
            for row in self._header_rows(grid):
                grid.add(row)
            start = len(self.document.expected)
            for item in items:
                self._line(grid, item, "")
            claim = {
                "Completed recommendations": "delivered",
                "Completed since last meeting": "delivered",
                "Completed": "delivered",
                "In progress": "on_track",
            }.get(title)
            for expected in self.document.expected[start:]:
                expected.values["claim"] = claim
                ended = expected.values["target"][1]
                if claim == "on_track" and ended and ended < iso(self.as_at):
                    expected.asked.add("claim")
            first = False

    def _records(self) -> None:
        """Lay out one small table of labels and values for each recommendation."""
        rng = self.rng
        self.document.hazards.append("a table for each recommendation")
        self.style = "number"
        self.columns = [
            "number",
            *[name for name in self.columns if name not in ("number", "reference", "minute", "unlabelled")],
        ]
        if (
            not {"owners", "response", "progress", "claim", "target"} & set(self.columns[3:])
            or len(self.columns) < 5
        ):
            self.columns += [name for name in ("owners", "response", "progress") if name not in self.columns]
        self.header |= {name: self._header(name) for name in self.columns if name not in self.header}
        self.header["number"] = rng.choice(["Recommendation number", "No.", "Ref"])
        self.rag_only = False
        self.items = self.items[:8]
        for item in self.items:
            if item.claim[0] and not item.claim[1]:
                item.claim = (item.claim[0], CLAIMS[item.claim[0]][0])
        self._new_grid()
        self.before = []
        title = self._say_day()
        self.document.blocks += [Words(title, 1), *self.before]
        dotted = self.dotted
        for item in self.items:
            self.count += 1
            grid = Grid(width=2)
            self.dotted = dotted
            for name in self.columns:
                grid.add(GridRow([Spec(self.header[name], bold=True), self._cell(name, item, 0)]))
            if "inquiry" in self.columns:
                item.inquiry = None
            self.document.blocks.append(grid)
            self._expect(grid, 1, item, 0, self.count)


def make(seed: int, *, file: int = 0) -> Document:
    """Return the document of a seed: the same for the same seed. `file` counts the files of one shape, from 0: they have the
    same columns and other recommendations.
    """
    maker = Maker(seed)
    if file:
        rng = Random(seed * 1000 + file)  # noqa: S311 - the same for the same seed
        maker.items = make_items(rng, len(maker.items), maker.as_at, year=maker.year)
    return maker.make()
