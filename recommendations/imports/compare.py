"""What a tracker says anew of recommendations that are on the record: known with news, changed, or unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from recommendations.actions.import_parts import PartRecord, PartWriter, records_of
from recommendations.imports.counting import CountingWriter
from recommendations.imports.drafts import DraftLine, RowProblem
from recommendations.lifecycle import ImportRowState
from recommendations.lifecycle.imported import ImportedLine
from recommendations.models import Assessment, Assignment, ImportBatch, ImportRow


def tell_states(batch: ImportBatch, drafts: Sequence[DraftLine], rows: Sequence[ImportRow]) -> None:
    """Set on each row what its line is to the record, as applying it would find, and what of it would not be taken. Nothing is
    written.
    """
    known: dict[int, list[tuple[DraftLine, ImportRow]]] = defaultdict(list)
    for draft, row in zip(drafts, rows, strict=True):
        if draft.known is not None and row.state != ImportRowState.LEFT_OUT:
            known[draft.known.recommendation.pk].append((draft, row))
    comparison = _Comparison(batch, known)
    for pk, lines in known.items():
        state = comparison.state_of(pk, lines)
        for _, row in lines:
            row.state = state


class _Comparison:
    """Holds lines against what is on the record of them, in a fixed number of queries."""

    def __init__(self, batch: ImportBatch, ids: Iterable[int]) -> None:
        wanted = list(ids)
        self.writer = CountingWriter(batch.created_by, batch)
        self.parts: dict[int, dict[int, Assignment]] = defaultdict(dict)
        standing = Assignment.objects.standing().filter(recommendation__in=wanted).select_related("body")
        for part in standing:
            self.parts[part.recommendation_id].setdefault(part.body_id, part)
        self.records = records_of(part for parts in self.parts.values() for part in parts.values())
        self.verdicts: dict[int, set[str]] = defaultdict(set)
        for verdict in Assessment.objects.standing().filter(recommendation__in=wanted):
            self.verdicts[verdict.recommendation_id].add(verdict.outcome)

    def state_of(self, pk: int, lines: Sequence[tuple[DraftLine, ImportRow]]) -> str:
        """Return the state of the lines of one recommendation."""
        if any(draft.line.rewords or draft.line.renumbers for draft, _ in lines):
            return ImportRowState.CHANGED
        news = [self._has_news(pk, draft.line, row) for draft, row in lines]
        return ImportRowState.KNOWN if any(news) else ImportRowState.UNCHANGED

    def _has_news(self, pk: int, line: ImportedLine, row: ImportRow) -> bool:
        parts = self.parts[pk]
        if any(owner.body not in parts for owner in line.owners):
            return True
        if line.outcome is not None and line.outcome.outcome not in self.verdicts[pk]:
            return True
        own = [parts[owner.body] for owner in line.owners if isinstance(owner.body, int)]
        told = [self._tells(part, line, row) for part in own or list(parts.values())]
        return any(told)

    def _tells(self, part: Assignment, line: ImportedLine, row: ImportRow) -> bool:
        record: Any = self.records.get(id(part)) or PartRecord(part)
        part_writer = PartWriter(self.writer, row, line, record)
        has_news = part_writer.write()
        if part_writer.not_taken and all(one["sentence"] != part_writer.not_taken for one in row.problems):
            row.problems.append(RowProblem(part_writer.not_taken, "target").to_json())
        return has_news
