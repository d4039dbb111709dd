"""What applying a tracker would make, told by the same steps as apply it. Nothing is written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from recommendations.actions.base import ActionDenied
from recommendations.actions.import_parts import PartRecord, PartWriter, records_of
from recommendations.actions.import_writer import Item, line_of
from recommendations.imports.counting import Counted, CountingWriter
from recommendations.lifecycle import Stage
from recommendations.lifecycle.imported import NEW
from recommendations.lifecycle.period_ends import end_of
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    ImportBatch,
    ImportRow,
    Inquiry,
    Meeting,
    Milestone,
    Response,
    TargetChange,
    Update,
)

COUNTED = {
    "owners": Assignment,
    "responses": Response,
    "updates": Update,
    "steps": Milestone,
    "date_changes": TargetChange,
    "verdicts": Assessment,
}
"""What is counted, and the rows that are made of it."""


class Forecast(CountingWriter):
    """Goes through the steps of applying in memory: what would be made has numbers below nought there."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(batch.created_by, batch)
        self.last = 0
        self.changed = ""
        """What the record says otherwise by now than when the lines were read, in a sentence."""

    def _number(self) -> int:
        self.last -= 1
        return self.last

    def add_meeting(self, meeting: Meeting) -> None:
        """Number a meeting that would be made."""
        meeting.pk = self._number()

    def count(self, rows: list[ImportRow]) -> Counter[str]:
        """Return how many rows of each kind applying these lines would make. A line that would be refused makes none."""
        self._name(rows)
        named = [row for row in rows if self._is_named(row)]
        items = self.items(named)
        self.recognise(items)
        self.changed = self.changed_since(items)
        for item in items:
            if item.recommendation is None:
                item.recommendation = self._recommendation(item)
        self.make_parts(items)
        self._tell_parts(items)
        try:
            self.write_outcomes(items)
        except ActionDenied:
            self.made[Assessment].clear()
        return self._counted()

    def _name(self, rows: list[ImportRow]) -> None:
        """Find the bodies and inquiries that the lines name, and number those that would be made."""
        lines = [line_of(row) for row in rows]
        bodies = {owner.body for line in lines for owner in line.owners if isinstance(owner.body, int)}
        inquiries = {line.inquiry for line in lines if isinstance(line.inquiry, int)}
        self.bodies |= Body.objects.in_bulk(bodies)
        self.inquiries |= Inquiry.objects.select_related("committee").in_bulk(inquiries)
        for new in self.batch.bodies_to_make:
            self.bodies[NEW + new.key] = Body(pk=self._number(), name=new.name, kind=new.kind)
        for made in self.batch.inquiries_to_make:
            published = end_of(made.published_on)
            self.inquiries[NEW + made.key] = Inquiry(
                pk=self._number(),
                committee=self.batch.committee,
                title=made.title,
                stage=Stage.MONITORING if published else Stage.DRAFTING,
                published_on=published,
                made_public_at=self.at if published else None,
            )

    def _is_named(self, row: ImportRow) -> bool:
        line = line_of(row)
        return line.inquiry in self.inquiries and all(owner.body in self.bodies for owner in line.owners)

    def _recommendation(self, item: Item) -> Any:
        inquiry = self.inquiries[item.line.inquiry]
        return Counted(pk=self._number(), inquiry=inquiry, is_public=inquiry.is_public)

    def _tell_parts(self, items: list[Item]) -> None:
        records = records_of(part for item in items for part in item.parts.values() if part.pk is not None)
        for item in items:
            for row in item.rows:
                line = line_of(row)
                for part in self.parts_of(item, line):
                    record = records.setdefault(id(part), PartRecord(part))
                    PartWriter(self, row, line, record).write()

    def _counted(self) -> Counter[str]:
        counted = Counter({name: len(self.made[model]) for name, model in COUNTED.items()})
        first = sum(part.first_target_on is not None for part in self.made[Assignment])
        counted["dates"] = first + len(self.dated)
        counted["exempt"] = sum(self.made[Response]) + sum(self.made[Update])
        return counted
