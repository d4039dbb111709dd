"""Rows of an invented tracker, and what befalls them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.generated_trackers.columns import ColumnMaker
from tests.generated_trackers.content import (
    BODIES,
    INQUIRIES,
    NOTHING,
    POSTS,
    WITH_JOINTS,
    Item,
    Owners,
    day_time,
    make_items,
    owners,
)
from tests.generated_trackers.grid import COVERED, Grid, GridRow, Spec
from tests.generated_trackers.headers import GROUP_OF, GROUPS


class RowMaker(ColumnMaker):
    """Makes the rows of one document."""

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

    def _blank(self, grid: Grid) -> GridRow:
        return GridRow([Spec() for _ in range(grid.width)])

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
        who = self.rng.choice([one for one in (*POSTS, *BODIES) if one not in WITH_JOINTS])
        return who, [who]

    def _write_once(self, grid: Grid, start: int, how: str) -> None:
        """Write the inquiry, and the day beside it, once over its rows."""
        if "inquiry" not in self.columns or how == "each" or len(grid.rows) - start < 2:
            return
        index = self.columns.index("inquiry")
        rows = grid.rows[start:]
        rows = [row for row in rows if not row.is_header]
        while rows and (cell := rows[0].cells[index]) is not None and not cell.text:
            rows.pop(0)
        if len(rows) < 2:
            return
        first = rows[0].cells[index]
        if first is None or (how == "merged" and len(rows) < len(grid.rows) - start):
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
            own = [Spec() if name == "owners" else self._cell(name, item, 0) for name in self.columns]
            at = grid.add(GridRow([*own]))
            has_owner = self._expect(grid, at, item, 0, number)
            has_owner.values["owners"] = item.owners[0].names
            return
        answered = {"response", "claim"} & set(self.columns)
        if (
            answered
            and not self.rag_only
            and self.style in ("number", "reference", "unlabelled")
            and rng.random() < 0.03
        ):
            self._parts(grid, item)
            return
        several = "owners" in self.columns and rng.random() < 0.07
        if several:
            self._several_lines(grid, item, number)
            return
        cells: list[Spec | None] = [self._cell(name, item, 0) for name in self.columns]
        row = GridRow(cells)
        changes: dict[str, Any] = {}
        asked: set[str] = set()
        self._befall(grid, row, item, changes, asked)
        at = grid.add(row)
        expected = self._expect(grid, at, item, 0, number, **changes)
        expected.asked |= asked

    def _parts(self, grid: Grid, item: Item) -> None:
        """Write a recommendation in lettered parts that are answered apart, in one row or on a row each."""
        rng = self.rng
        mark = rng.choice(["{}) ", "({}) ", "{}. "])
        verbs = rng.sample(
            ["publish its plans", "pay for the work", "write to parishes", "train its staff"], 2
        )
        intro = rng.choice(["That the council", "The service should", "That officers"])
        halves = make_items(rng, 2, self.as_at, year=self.year)
        for half in halves:
            half.claim_is_asked = False
            half.claim = half.claim if half.claim[0] not in (None, "on_track") else ("delivered", "Done")
            half.response = half.response if half.response[0] else ("accepted", "Agreed")
            half.reason = ""
        asked = {"text"}
        name = self._name(item)
        rows: list[list[Spec | None]] = []
        on_rows = rng.random() < 0.4
        self.document.hazards.append("parts on rows" if on_rows else "parts in a cell")
        apart = [each for each in ("response", "claim") if each in self.columns]
        for at, half in enumerate(halves):
            half.inquiry, half.made_on, half.priority, half.number = (
                item.inquiry,
                item.made_on,
                item.priority,
                item.number,
            )
            half.owners = item.owners if not on_rows else half.owners
            half.text = f"{intro} {verbs[at]}{';' if at == 0 else '.'}"
            for each in (
                "claim_before",
                "answered_on",
                "outcome",
                "outcome_on",
                "target",
                "first_target",
                "asked_target",
                "updates",
            ):
                setattr(half, each, getattr(item, each))
            half.reason = item.reason if not on_rows else half.reason
        if on_rows:
            lead = [Spec() for _ in self.columns]
            for index, each in enumerate(self.columns):
                if each in ("number", "reference", "unlabelled", "inquiry", "made_on", "priority"):
                    lead[index] = self._cell(each, item, 0)
                elif each == "text":
                    lead[index] = Spec(intro + ":")
            grid.add(GridRow(list(lead)))
        else:
            cells = [self._cell(each, item, 0) for each in self.columns]
            texts = {
                "text": f"{intro}:\n"
                + "\n".join(mark.format("ab"[at]) + verbs[at] + ";."[at] for at in (0, 1))
            }
            for each in apart:
                texts[each] = "\n".join(
                    mark.format("ab"[at]) + getattr(half, each)[1] for at, half in enumerate(halves)
                )
            for index, each in enumerate(self.columns):
                if each in texts:
                    cells[index] = Spec(texts[each])
            rows.append(list(cells))
        for at, half in enumerate(halves):
            letter = "ab"[at]
            if at:
                self.count += 1
            if on_rows:
                own = [self._cell(each, half, 0) for each in self.columns]
                for index, each in enumerate(self.columns):
                    if each in ("number", "reference", "unlabelled", "inquiry", "made_on", "priority"):
                        own[index] = Spec()
                    elif each == "text":
                        own[index] = Spec(mark.format(letter) + verbs[at] + ";."[at])
                row = grid.add(GridRow(list(own)))
            else:
                row = grid.add(GridRow(rows[0])) if at == 0 else len(grid.rows)
            changes = {
                "number": f"{name[1]}{letter}" if name[1] else None,
                "reference": f"{name[2]}{letter}" if name[2] else None,
            }
            expected = self._expect(grid, row, half, 0, self.count, **changes)
            expected.asked |= asked if at == 0 else {"text"}

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
        if "progress" in has and item.updates and not item.updates[0].when and rng.random() < 0.01:
            row.cells[has["progress"]] = Spec("Not for publication: " + item.updates[0].text)
            changes["updates"] = [(self.document.as_at, "Not for publication: " + item.updates[0].text)]
            changes["exempt"] = True
            asked.add("exempt")
            self.document.hazards.append("not for publication")

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
