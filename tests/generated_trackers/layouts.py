"""Lays invented recommendations out as councils do, with what befalls such files, and keeps what a clerk reads off each."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.generated_trackers.content import (
    CLAIMS,
    INQUIRIES,
    NO_TIME,
    NOTHING,
    OUTCOMES,
    PROGRESS,
    REASONS,
    WITH_JOINTS,
    Item,
    Owners,
    Time,
    Update,
    any_time,
    day_in_words,
    day_time,
    iso,
    make_items,
    month_span,
    owners,
)
from tests.generated_trackers.grid import COVERED, Document, Expected, Grid, GridRow, Spec, Words
from tests.generated_trackers.headers import GROUP_OF, GROUPS, HEADERS

COLOURS = {"on_track": "92D050", "at_risk": "FFC000", "off_track": "FF0000"}
TOWN = "Highmere"


class Maker:
    """Makes one document from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        rng = self.rng
        self.format = rng.choice(["docx", "xlsx", "csv", "html"])
        self.year = rng.choice([2021, 2022, 2023, 2024])
        self.as_at = dt.date(self.year + 1, rng.randrange(1, 13), rng.randrange(1, 28))
        self.document = Document(self.format, f"tracker-{seed}.{self.format}")
        self.items = make_items(rng, rng.randrange(5, 22), self.as_at, year=self.year)
        self.count = 0
        self.subject = rng.choice(
            [
                "Scrutiny recommendations",
                "Recommendation tracker",
                "Action plan",
                "Monitoring report",
                "Housing Select Committee tracker",
            ]
        )

    @property
    def merges(self) -> bool:
        return self.format != "csv"

    def chance(self, share: float, hazard: str = "") -> bool:
        """Return whether something happens; name it among the hazards if it does."""
        happens = self.rng.random() < share
        if happens and hazard:
            self.document.hazards.append(hazard)
        return happens

    # ------------------------------------------------------------------ the whole

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

    def _blank(self, grid: Grid) -> GridRow:
        return GridRow([Spec() for _ in range(grid.width)])

    # ------------------------------------------------------------------ columns

    def _columns(self) -> None:
        rng = self.rng
        style = rng.choices(
            ["number", "reference", "minute", "year", "in wording", "unlabelled", "none"],
            [34, 18, 8, 8, 8, 6, 4],
        )[0]
        self.style = style
        columns: list[str] = []
        if style in ("number", "unlabelled"):
            columns.append("number" if style == "number" else "unlabelled")
        elif style in ("reference", "year"):
            columns.append("reference")
        elif style == "minute":
            columns.append("minute")
        if rng.random() < 0.25:
            columns.append("inquiry")
        if rng.random() < 0.4:
            columns.append("made_on")
        columns.append("text")
        if rng.random() < 0.15:
            columns.append("priority")
        columns += [name for name, share in (("owners", 0.85), ("response", 0.75)) if rng.random() < share]
        if "response" in columns:
            columns += [
                name for name, share in (("reason", 0.3), ("answered_on", 0.15)) if rng.random() < share
            ]
        tail = [name for name, share in (("progress", 0.8), ("claim", 0.75)) if rng.random() < share]
        if rng.random() < 0.75:
            tail.append("target")
        rng.shuffle(tail)
        columns += tail or ["progress"]
        if "target" in columns and rng.random() < 0.2:
            at = columns.index("target")
            columns[at : at + 1] = ["first_target", "revised"]
            if rng.random() < 0.4:
                columns.insert(at + 2, "asked_target")
        if rng.random() < 0.15:
            columns.append("notes")
        if rng.random() < 0.06:
            columns += ["outcome", "outcome_on"]
        self.columns = columns
        self.header = {name: self._header(name) for name in columns}
        self.rag_only = self.merges and "claim" in columns and self.chance(0.12, "colour without a word")
        if self.rag_only:
            self.header["claim"] = rng.choice(["RAG", "RAG status", "Status"])
        for item in self.items:
            self._complete(item)

    def _header(self, name: str) -> str:
        if name == "unlabelled":
            return ""
        header = self.rng.choice(HEADERS[name])
        if self.rng.random() < 0.1:
            header = self.rng.choice(
                [
                    header.upper(),
                    header.lower(),
                    header.replace(" ", "\n", 1) if self.format != "csv" else header,
                ]
            )
        return header

    def _complete(self, item: Item) -> None:
        rng = self.rng
        if "outcome" in self.columns and rng.random() < 0.4:
            code = rng.choice([*OUTCOMES])
            item.outcome = (code, rng.choice(OUTCOMES[code]))
            item.outcome_on = day_time(rng, self.as_at - dt.timedelta(days=200), self.as_at)
        if "first_target" in self.columns:
            item.first_target = item.target
            item.target = NO_TIME
            if rng.random() < 0.5:
                item.target = day_time(
                    rng, self.as_at + dt.timedelta(days=30), self.as_at + dt.timedelta(days=600)
                )
        if "asked_target" in self.columns and rng.random() < 0.4:
            item.asked_target = day_time(
                rng, self.as_at + dt.timedelta(days=30), self.as_at + dt.timedelta(days=700)
            )
        if self.rag_only and item.claim[0] not in COLOURS:
            code = rng.choice([*COLOURS])
            item.claim = (code, "")
        late = item.target if item.target.span[1] else item.first_target
        if item.claim[0] == "on_track" and late.span[1] and late.span[1] < iso(self.as_at):
            item.claim = ("at_risk", rng.choice(CLAIMS["at_risk"]))
        item.claim_is_asked = item.claim_is_asked and not self.rag_only and bool(item.claim[1])
        if rng.random() < 0.12 and "progress" in self.columns:
            item.updates = self._dated_updates()
            self.document.hazards.append("several updates in a cell")

    def _dated_updates(self) -> list[Update]:
        rng = self.rng
        day = self.as_at - dt.timedelta(days=rng.randrange(250, 400))
        made = []
        for _ in range(rng.randrange(2, 4)):
            if rng.random() < 0.5:
                when = Time(f"{day:%B %Y}", (*month_span(day.year, day.month), "month"))
            else:
                when = Time(f"{day.day} {day:%B %Y}", (iso(day), iso(day), "day"))
            made.append(Update(rng.choice(PROGRESS), when))
            day += dt.timedelta(days=rng.randrange(40, 110))
        return made

    # ------------------------------------------------------------------ names

    def _name(self, item: Item) -> tuple[str, str | None, str | None]:
        """Return how a recommendation is called in its cell, its number and its reference."""
        n = item.number
        if self.style in ("number", "unlabelled", "in wording"):
            words = f"{n}." if self.style == "number" and self.dotted else str(n)
            return words, str(n), None
        if self.style == "reference":
            return f"{self.prefix}{n}", None, f"{self.prefix}{n}"
        if self.style == "minute":
            return f"Min {n + 10}", None, f"Min {n + 10}"
        if self.style == "year":
            words = f"SR ({self.year % 100}/{(self.year + 1) % 100}) {n:02d}"
            return words, None, words
        return "", None, None

    # ------------------------------------------------------------------ cells

    def _value(self, time: Time) -> Spec:
        if self.format == "xlsx" and time.value and self.real_dates:
            return Spec(time.words, value=time.value)
        return Spec(time.words)

    def _cell(self, name: str, item: Item, line: int) -> Spec:
        if name in ("number", "reference", "minute", "unlabelled"):
            words = self._name(item)[0]
            if self.format == "xlsx" and words.isdigit() and self.real_dates:
                return Spec(words, value=int(words))
            return Spec(words)
        if name == "text":
            number = {"in wording": f"{item.number}. "}.get(self.style, "")
            return Spec(number + item.text)
        if name == "inquiry":
            return Spec(item.inquiry or "")
        if name == "owners":
            return Spec(item.owners[line].words)
        if name == "response":
            return Spec(item.response[1])
        if name == "reason":
            return Spec(item.reason)
        if name == "claim":
            return Spec("", fill=COLOURS[item.claim[0] or ""]) if self.rag_only else Spec(item.claim[1])
        if name == "progress":
            return Spec(self._updates_in_words(item))
        if name == "priority":
            return Spec(item.priority)
        if name == "outcome":
            return Spec(item.outcome[1])
        if name == "notes":
            return Spec(self.rng.choice(["", "See file", "A12", "Lowmere"]))
        times = {
            "made_on": item.made_on,
            "answered_on": item.answered_on,
            "target": item.target,
            "revised": item.target,
            "first_target": item.first_target,
            "asked_target": item.asked_target,
            "outcome_on": item.outcome_on,
        }
        return self._value(times[name])

    def _updates_in_words(self, item: Item) -> str:
        if item.updates and item.updates[0].when:
            mark = self.marks
            return self.joint.join(f"{one.when.words}{mark}{one.text}" for one in item.updates if one.when)
        return item.updates[0].text if item.updates else ""

    # ------------------------------------------------------------------ what is expected

    def _expect(self, grid: Grid, row: int, item: Item, line: int, number: int, **changes: Any) -> Expected:
        has = set(self.columns)
        _, name, reference = self._name(item)
        made_on = item.made_on.span if "made_on" in has else NOTHING
        updates = (
            [(one.when.span if one.when else self.document.as_at, one.text) for one in item.updates]
            if "progress" in has
            else []
        )
        target, earlier = item.target, list[Time]()
        if "first_target" in has:
            if target.span == NOTHING:
                target = item.first_target
            elif item.first_target.span not in (NOTHING, target.span):
                earlier = [item.first_target]
        elif "target" not in has:
            target = NO_TIME
        values = {
            "text": item.text,
            "number": name,
            "reference": reference,
            "inquiry": item.inquiry,
            "priority": item.priority if "priority" in has else None,
            "owners": item.owners[line].names if "owners" in has else [],
            "response": item.response[0] if "response" in has else None,
            "reason": (item.reason or None) if "reason" in has else None,
            "claim": item.claim[0] if "claim" in has else None,
            "outcome": item.outcome[0] if "outcome" in has else None,
            "made_on": made_on,
            "answered_on": item.answered_on.span if "answered_on" in has else NOTHING,
            "outcome_on": item.outcome_on.span if "outcome_on" in has else NOTHING,
            "target": target.span,
            "earlier_targets": [one.span for one in earlier],
            "asked_target": item.asked_target.span if "asked_target" in has else NOTHING,
            "updates": updates,
            "exempt": False,
        }
        asked = set()
        if "owners" in has and item.owners[line].is_asked:
            asked.add("owners")
        if "claim" in has and item.claim_is_asked:
            asked.add("claim")
        if target.is_asked or ("first_target" in has and item.first_target.is_asked):
            asked |= {"target", "earlier_targets"}
        values |= changes
        expected = Expected(grid, row, number, values, asked)
        self.document.expected.append(expected)
        return expected

    # ------------------------------------------------------------------ rows

    def _new_grid(self, name: str = "") -> Grid:
        rng = self.rng
        self.dotted = rng.random() < 0.3
        self.prefix = rng.choice(["R", "SC", "HS", "ASC/", "REC-"])
        self.real_dates = rng.random() < 0.7
        self.marks = rng.choice([": ", " - ", " \u2013 "])
        self.joint = rng.choice(["\n", "\n", "; "]) if self.marks == ": " else "\n"
        return Grid(
            name=name or rng.choice(["Tracker", "Recommendations", "Sheet1", "Open", "Monitoring"]),
            width=len(self.columns),
        )

    def _header_rows(self, grid: Grid) -> list[GridRow]:
        rows = []
        groups = [GROUP_OF.get(name, "identity") for name in self.columns]
        if self.grouped:
            cells: list[Spec | None] = []
            at = 0
            while at < len(groups):
                size = 1
                while at + size < len(groups) and groups[at + size] == groups[at]:
                    size += 1
                words = self.group_words[groups[at]]
                cells += [Spec(words, cols=size if self.merges else 1, bold=True)]
                cells += [COVERED if self.merges else Spec() for _ in range(size - 1)]
                at += size
            rows.append(GridRow(cells, is_header=True))
        rows.append(GridRow([Spec(self.header[name], bold=True) for name in self.columns], is_header=True))
        return rows

    def _choose_groups(self) -> None:
        groups = [GROUP_OF.get(name, "identity") for name in self.columns]
        in_order = all(
            groups[at] == groups[at - 1] or groups[at] not in groups[:at] for at in range(1, len(groups))
        )
        self.grouped = in_order and len(set(groups)) > 1 and self.chance(0.2, "grouped header")
        self.group_words = {name: self.rng.choice(words) for name, words in GROUPS.items()}

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
        self._sideshow(first=False)

    def _lines(self, grid: Grid, items: list[Item], across: str = "") -> None:
        rng = self.rng
        groups = self._split(items) if across or "inquiry" in self.columns else [items]
        names = (
            rng.sample(INQUIRIES, len(groups))
            if len(groups) > 1 or across == "inquiry" or "inquiry" in self.columns
            else [""]
        )
        how = rng.choice(["each", "merged", "blank"])
        for group, name in zip(groups, names, strict=True):
            if across == "inquiry":
                self._across(grid, name)
                self.document.hazards.append("inquiry in a row across")
            if across == "owners":
                who = Owners(*self._group_owner())
                self.document.hazards.append("owner in a row across")
                self._across(grid, who.words)
                for item in group:
                    item.owners = [who]
            if across == "inquiry" or "inquiry" in self.columns:
                for item in group:
                    item.inquiry = name
            if across and rng.random() < 0.05:
                continue_none = Spec("None", cols=1)
                grid.add(GridRow([continue_none, *[Spec() for _ in range(grid.width - 1)]]))
            start = len(grid.rows)
            for item in group:
                self._line(grid, item, across)
            self._write_once(grid, start, how)
            if rng.random() < 0.1:
                grid.add(self._blank(grid))

    def _group_owner(self) -> tuple[str, list[str]]:
        from tests.generated_trackers.content import BODIES, POSTS

        who = self.rng.choice([one for one in (*POSTS, *BODIES) if one not in WITH_JOINTS])
        return who, [who]

    def _write_once(self, grid: Grid, start: int, how: str) -> None:
        """Write the inquiry, and the day beside it, once over its rows."""
        if "inquiry" not in self.columns or how == "each" or len(grid.rows) - start < 2:
            return
        index = self.columns.index("inquiry")
        rows = grid.rows[start:]
        first = rows[0].cells[index]
        if any(row.is_header for row in rows) or first is None or not first.text:
            return
        whole = all(len(row.cells) == grid.width and row.cells[index] for row in rows)
        if how == "merged" and self.merges and whole:
            if any(cell and cell.rows > 1 for row in rows for cell in row.cells[: index + 1]):
                return
            first.rows = len(rows)
            for row in rows[1:]:
                row.cells[index] = COVERED
        elif how == "blank":
            for row in rows[1:]:
                if (cell := row.cells[index]) is not None:
                    row.cells[index] = Spec(rows=cell.rows)

    def _split(self, items: list[Item]) -> list[list[Item]]:
        if len(items) < 6:
            return [items]
        cut = self.rng.randrange(2, len(items) - 2)
        return [items[:cut], items[cut:]]

    def _across(self, grid: Grid, words: str) -> None:
        if self.merges:
            grid.add(GridRow([Spec(words, cols=grid.width, bold=True), *[COVERED] * (grid.width - 1)]))
        else:
            grid.add(GridRow([Spec(words), *[Spec() for _ in range(grid.width - 1)]]))

    def _line(self, grid: Grid, item: Item, across: str) -> None:
        rng = self.rng
        if len(grid.rows) > 8 and rng.random() < 0.05:
            for row in self._header_rows(grid):
                grid.add(row)
            self.document.hazards.append("header repeated")
        if rng.random() < 0.03:
            grid.add(self._blank(grid))
        self.count += 1
        number = self.count
        if across == "owners":
            cells = [Spec() if name == "owners" else self._cell(name, item, 0) for name in self.columns]
            row = grid.add(GridRow(cells))
            has_owner = self._expect(grid, row, item, 0, number)
            has_owner.values["owners"] = item.owners[0].names
            return
        several = "owners" in self.columns and rng.random() < 0.07
        if several:
            self._several_lines(grid, item, number)
            return
        cells = [self._cell(name, item, 0) for name in self.columns]
        row = GridRow(cells)
        changes: dict[str, Any] = {}
        asked: set[str] = set()
        self._befall(grid, row, item, changes, asked)
        at = grid.add(row)
        expected = self._expect(grid, at, item, 0, number, **changes)
        expected.asked |= asked

    def _several_lines(self, grid: Grid, item: Item, number: int) -> None:
        """Write a recommendation on two lines, one for each owner."""
        rng = self.rng
        other = Item(
            item.number,
            item.text,
            item.owners,
            inquiry=item.inquiry,
            made_on=item.made_on,
            priority=item.priority,
        )
        fresh = make_items(rng, 1, self.as_at, year=self.year)[0]
        fresh.claim_is_asked = False
        for name in ("response", "reason", "claim", "answered_on", "updates"):
            setattr(other, name, getattr(fresh, name))
        if fresh.claim[1] and fresh.claim[0] is None:
            other.claim = (None, "")
        if self.rag_only:
            other.claim = ("at_risk", "")
        elif other.claim[0] == "on_track":
            other.claim = ("not_started", "Not started")
        other.owners = [self._other_owner(item.owners[0])]
        shared = {"number", "reference", "minute", "unlabelled", "text", "inquiry", "made_on", "priority"}
        merged = self.merges and rng.random() < 0.6
        self.document.hazards.append("two lines, merged" if merged else "two lines, blank below")
        first, second = [], list[Spec | None]()
        for name in self.columns:
            cell = self._cell(name, item, 0)
            if name in shared:
                if merged:
                    cell.rows = 2
                    second.append(COVERED)
                else:
                    second.append(Spec())
            else:
                second.append(self._cell(name, other, 0))
            first.append(cell)
        row = grid.add(GridRow(list(first)))
        self._expect(grid, row, item, 0, number)
        row = grid.add(GridRow(second))
        self._expect(grid, row, other, 0, number)

    def _other_owner(self, first: Owners) -> Owners:
        while True:
            other = owners(self.rng)
            if not set(other.names) & set(first.names):
                return other

    # ------------------------------------------------------------------ what befalls a row

    def _befall(self, grid: Grid, row: GridRow, item: Item, changes: dict[str, Any], asked: set[str]) -> None:
        rng = self.rng
        has = {name: at for at, name in enumerate(self.columns)}
        if "owners" in has and self.document.expected and len(grid.rows) > 3 and rng.random() < 0.03:
            before = self.document.expected[-1]
            if before.row == len(grid.rows) and before.grid is grid and "owners" not in before.asked:
                row.cells[has["owners"]] = Spec(rng.choice(["As above", "as above", "Ditto"]))
                changes["owners"] = before.values["owners"]
                asked.add("owners")
                self.document.hazards.append("as above")
        if "target" in has and item.target.span != NOTHING and rng.random() < 0.04:
            self._slip(row, has["target"], item, changes)
        if self.format == "xlsx" and rng.random() < 0.02:
            row.hidden = True
            asked.add("*")
            self.document.hazards.append("hidden row")
        if (
            self.format == "docx"
            and "claim" in has
            and not self.rag_only
            and item.claim[0]
            and rng.random() < 0.04
        ):
            row.cells[has["claim"]] = Spec(item.claim[1], deleted_before="Not started")
            self.document.hazards.append("tracked change")
        if self.merges and rng.random() < 0.02:
            for cell in row.cells:
                if cell and cell.text:
                    cell.struck = True
            asked.add("*")
            self.document.hazards.append("struck row")

    def _slip(self, row: GridRow, index: int, item: Item, changes: dict[str, Any]) -> None:
        rng = self.rng
        first = day_time(rng, self.as_at - dt.timedelta(days=500), self.as_at - dt.timedelta(days=310), "abc")
        changes["earlier_targets"] = [first.span]
        if self.merges and rng.random() < 0.5:
            row.cells[index] = Spec(item.target.words, struck_before=first.words)
            self.document.hazards.append("struck date")
        elif item.target.span[2] == "day" and item.target.value:
            row.cells[index] = Spec(f"{item.target.words} (was {first.words})")
            self.document.hazards.append("was")
        else:
            del changes["earlier_targets"]

    # ------------------------------------------------------------------ around the table

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
        if rng.random() < 0.2 and not self.document.format == "docx":
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
        rows = rng.choice(
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

    # ------------------------------------------------------------------ other shapes

    def _by_state(self) -> None:
        """Lay out several tables, each under the state of what it holds."""
        rng = self.rng
        self.document.hazards.append("tables by state")
        half = max(1, len(self.items) // 2)
        self.columns = [name for name in self.columns if name not in ("claim", "outcome", "outcome_on")]
        self.grouped = False
        self.rag_only = False
        titles = rng.choice(
            [
                ("Live recommendations", "Completed recommendations"),
                ("Open", "Completed since the last meeting"),
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
                "Completed since the last meeting": "delivered",
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
        first = self._new_grid()
        self.before = []
        title = self._say_day()
        self.document.blocks += [Words(title, 1), *self.before]
        dotted = first.width and self.dotted
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


def make(seed: int) -> Document:
    """Return the document of a seed: the same for the same seed."""
    return Maker(seed).make()


__all__ = ["REASONS", "any_time", "make"]
