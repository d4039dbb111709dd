"""Columns of an invented tracker: which there are, what stands over them, in them, and what a clerk reads."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.generated_trackers.content import (
    BODIES,
    CLAIMS,
    NO_TIME,
    NOTHING,
    OUTCOMES,
    POSTS,
    PROGRESS,
    WITH_JOINTS,
    Item,
    Owners,
    Time,
    Update,
    day_time,
    iso,
    make_items,
    month_span,
)
from tests.generated_trackers.grid import Document, Expected, Grid, Spec
from tests.generated_trackers.headers import HEADERS

COLOURS = {"on_track": "92D050", "at_risk": "FFC000", "off_track": "FF0000"}


class ColumnMaker:
    """Makes the columns of one document, and their cells."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - the same for the same seed
        rng = self.rng
        self.format = rng.choice(["docx", "xlsx", "csv", "html"])
        self.year = rng.choice([2021, 2022, 2023, 2024])
        self.as_at = dt.date(self.year + 1, rng.randrange(1, 13), rng.randrange(1, 28))
        self.document = Document(self.format, f"tracker-{seed}.{self.format}")
        self.items = make_items(rng, rng.randrange(5, 22), self.as_at, year=self.year)
        self.count = 0
        self.dotted = self.real_dates = False
        self.prefix = self.marks = self.joint = ""
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
        if "owners" in columns and "target" in columns and rng.random() < 0.05:
            columns[columns.index("owners")] = "who and when"
            columns.remove("target")
        if "response" in columns and "claim" in columns and "reason" not in columns and rng.random() < 0.06:
            columns[columns.index("response")] = "response and claim"
            columns.remove("claim")
        if rng.random() < 0.06:
            columns += ["outcome", "outcome_on"]
        self.status_days: list[Any] = []
        if "claim" in columns and "progress" not in columns and rng.random() < 0.25:
            columns.insert(columns.index("claim"), "claim before")
        self.columns = columns
        self.header = {name: self._header(name) for name in columns}
        if "claim before" in columns:
            self._date_statuses()
        self.rag_only = (
            self.merges
            and "claim" in columns
            and "claim before" not in columns
            and self.chance(0.12, "colour without a word")
        )
        if self.rag_only:
            self.header["claim"] = rng.choice(["RAG", "RAG status", "Status"])
        for item in self.items:
            self._complete(item)

    def _date_statuses(self) -> None:
        base = self.rng.choice(["Status", "RAG", "Status at", "Progress status"])
        for name, days in (("claim before", 180), ("claim", 3)):
            day = self.as_at - dt.timedelta(days=days)
            self.status_days.append((*month_span(day.year, day.month), "month"))
            self.header[name] = f"{base} {day:%B %Y}"
        self.document.hazards.append("two status columns")

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
        if "who and when" in self.columns:
            who = rng.choice([one for one in (*POSTS, *BODIES) if one not in WITH_JOINTS])
            item.owners = [Owners(who, [who])]
            if item.target.span == NOTHING:
                item.target = NO_TIME
        if "response and claim" in self.columns:
            item.response = item.response if item.response[0] else ("accepted", "Agreed")
            if item.claim_is_asked or not item.claim[0] or item.claim[0] == "on_track":
                item.claim, item.claim_is_asked = ("delivered", "Completed"), False
        if "claim before" in self.columns:
            code = rng.choice([one for one in CLAIMS if one != "delivered"])
            item.claim_before = (code, rng.choice(CLAIMS[code]))
            item.claim_is_asked = False
            if not item.claim[0] or not item.claim[1]:
                item.claim = ("delivered", "Done")
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
        if name == "who and when":
            return Spec(
                item.owners[line].words
                + (self.rng.choice([", ", "\n", " - "]) + item.target.words if item.target.words else "")
            )
        if name == "response and claim":
            return Spec(
                self.rng.choice([". ", " - ", "; "]).join(
                    words for words in (item.response[1], item.claim[1]) if words
                )
            )
        if name == "claim before":
            return Spec(item.claim_before[1])
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

    def _expect(self, grid: Grid, row: int, item: Item, line: int, count: int, **changes: Any) -> Expected:
        has = set(self.columns)
        for both in ("who and when", "response and claim"):
            if both in has:
                has |= {"owners", "target"} if both == "who and when" else {"response", "claim"}
        _, name, reference = self._name(item)
        made_on = item.made_on.span if "made_on" in has else NOTHING
        updates = (
            [(one.when.span if one.when else self.document.as_at, one.text) for one in item.updates]
            if "progress" in has
            else []
        )
        if "claim before" in has:
            updates = [
                (when, "")
                for when, said in zip(self.status_days, (item.claim_before, item.claim), strict=True)
                if said[1]
            ]
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
        expected = Expected(grid, row, count, values, asked)
        self.document.expected.append(expected)
        return expected
