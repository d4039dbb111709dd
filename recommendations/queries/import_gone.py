"""What earlier trackers had and a later one leaves out: which recommendations these are, and what was said became of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils.dateparse import parse_datetime

from committee.accounts.models import User
from recommendations.lifecycle import GoneAnswer, ImportRowState
from recommendations.lifecycle.imported import ImportedLine
from recommendations.models import ImportBatch, ImportRow, Recommendation
from recommendations.models.imports import OPEN
from recommendations.queries.imports import recognised

COMPARED = ("inquiry", "sort_key", "reference_key", "text")
"""What of a recommendation tells whether a line is it."""
MOST_OFFERED = 200
"""How many new lines can be chosen from. For another one, its own page takes the reference."""


@dataclass(frozen=True)
class GoneCount:
    """How many recommendations are gone, and of how many nobody has said what became of them."""

    total: int
    unanswered: int

    @property
    def words(self) -> str:
        """How many have no answer yet, in words."""
        if not self.unanswered:
            return "all answered"
        return "none answered yet" if self.unanswered == self.total else f"{self.unanswered} unanswered"


@dataclass(frozen=True)
class GoneRecommendation:
    """A recommendation that is gone, and what was said became of it."""

    recommendation: Recommendation
    answer: GoneAnswer | None
    version: str
    """See `GoneSince.version_of`: it tells whether somebody answered meanwhile."""
    said_by: str = ""
    said_at: dt.datetime | None = None
    line: ImportRow | None = None
    """The line that it is the same as."""


class GoneSince:
    """What earlier trackers of the same inquiries had, and what of it is not in this one.

    Earlier ones are those of the committee that share an inquiry with it, however they are laid out, and are of no later day.
    """

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch

    @cached_property
    def kept(self) -> dict[int, Mapping[str, Any]]:
        """What was answered, as it is kept, by the ids of the recommendations."""
        return {one["recommendation"]: one for one in self.batch.reading.get("gone", ())}

    @cached_property
    def keys(self) -> list[int]:
        """The ids of those that are gone, in order: open on the record, or said to be one of the lines, or closed since it was
        answered.
        """
        pks = self._missing | self.same_lines.keys()
        found = Recommendation.objects.filter(pk__in=pks).in_order() if pks else Recommendation.objects.none()
        return list(found.values_list("pk", flat=True))

    @cached_property
    def count(self) -> GoneCount:
        return GoneCount(len(self.keys), sum(self.answer_of(pk) is None for pk in self.keys))

    @property
    def unanswered(self) -> list[int]:
        return [pk for pk in self.keys if self.answer_of(pk) is None]

    @cached_property
    def same_lines(self) -> dict[int, int]:
        """The lines that are left in and were said to be the same as a recommendation, by the id of that."""
        said = [pk for pk, one in self.kept.items() if one["state"] == GoneAnswer.SAME]
        if not said:
            return {}
        rows = self.batch.rows.filter(OPEN, recommendation__in=said).order_by("-order", "-pk")
        return dict(rows.values_list("recommendation", "pk"))

    def answer_of(self, pk: int) -> GoneAnswer | None:
        """Return what was said became of it. That it is a line holds as long as the line says so too."""
        kept = self.kept.get(pk)
        if kept is None or (kept["state"] == GoneAnswer.SAME and pk not in self.same_lines):
            return None
        return GoneAnswer(kept["state"])

    def version_of(self, pk: int) -> str:
        """Return what was said of it: the answer, the line, and when it was given, with bars between them."""
        kept = self.kept.get(pk)
        said = (self.answer_of(pk), self.same_lines.get(pk), kept and kept["answered_at"])
        return "|".join(str(part or "") for part in said)

    def shown(self, keys: Iterable[int]) -> list[GoneRecommendation]:
        """Return some of them with their answers, in order, in a fixed number of queries."""
        some = list(keys)
        rows = Recommendation.objects.filter(pk__in=some).select_related("inquiry").in_order()
        by = {one["answered_by"] for one in self.kept.values()}
        names = dict(User.objects.filter(pk__in=by).values_list("pk", "name")) if by else {}
        chosen = [self.same_lines[pk] for pk in some if pk in self.same_lines]
        lines = ImportRow.objects.only("member", "table", "row", "part").in_bulk(chosen) if chosen else {}
        return [self._shown(row, names, lines) for row in rows]

    def _shown(
        self, row: Recommendation, names: Mapping[int, str], lines: Mapping[int, ImportRow]
    ) -> GoneRecommendation:
        answer = self.answer_of(row.pk)
        version = self.version_of(row.pk)
        if answer is None:
            return GoneRecommendation(row, None, version)
        kept = self.kept[row.pk]
        line = lines.get(self.same_lines.get(row.pk, 0)) if answer == GoneAnswer.SAME else None
        said_by = names.get(kept["answered_by"], "")
        return GoneRecommendation(row, answer, version, said_by, parse_datetime(kept["answered_at"]), line)

    # -------------------------------------------------------------- which are gone

    @cached_property
    def _missing(self) -> set[int]:
        """The ids of what earlier trackers brought or knew and this one does not have.

        The lines of this file are compared with the record only where an earlier one had something else, and only those that
        are not known yet: there may be thousands.
        """
        earlier = _earlier(self.batch)
        if not earlier:
            return set()
        brought = ImportRow.objects.filter(batch__in=earlier, written=True).order_by()
        candidates = dict(self._standing(brought).values_list("pk", "inquiry"))
        if not candidates:
            return set()
        known, unknown = self._lines()
        candidates = {pk: inquiry for pk, inquiry in candidates.items() if pk not in known}
        if not candidates:
            return set()
        inquiries = set(
            Recommendation.objects.order_by().filter(pk__in=known).values_list("inquiry", flat=True)
        )
        inquiries |= {line.inquiry for line in unknown if isinstance(line.inquiry, int)}
        found = recognised(self.batch.committee, unknown, columns=COMPARED) if unknown else {}
        inquiries |= {one.recommendation.inquiry_id for one in found.values()}
        here = {one.recommendation.pk for one in found.values()}
        sharing = brought.filter(recommendation__inquiry__in=inquiries).values("batch")
        shared = brought.filter(batch__in=sharing, recommendation__in=candidates.keys() - here)
        return set(shared.values_list("recommendation", flat=True))

    def _standing(self, brought: QuerySet[ImportRow]) -> QuerySet[Recommendation]:
        """Return those of what was brought that are open; of those that were answered also what was closed since."""
        answered = [pk for pk, one in self.kept.items() if one["state"] != GoneAnswer.SAME]
        is_open = Q(closed_on__isnull=True, withdrawn_at=None)
        rows = Recommendation.objects.order_by().filter(pk__in=brought.values("recommendation"))
        return rows.filter(is_open | Q(pk__in=answered))

    def _lines(self) -> tuple[set[int], list[ImportedLine]]:
        """Return the recommendations that lines of the file are known to be, and the lines of the others: also those that wait
        for an answer or are left out, which are in the file all the same.
        """
        rows = self.batch.rows.order_by("order", "id")
        told = rows.values_list("pk", "recommendation", KeyTransform("known", "reading"))
        by_line = {pk: chosen or known for pk, chosen, known in told}
        reading = KeyTransform("line", "reading")
        said = {
            f"read_{name}": KeyTransform(name, reading) for name in ("inquiry", "text", "number", "reference")
        }
        unknown: Any = rows.filter(pk__in=[pk for pk, known in by_line.items() if not known]).annotate(**said)
        lines = unknown.values_list("item", "read_inquiry", "read_text", "read_number", "read_reference")
        return {known for known in by_line.values() if known}, [
            ImportedLine(item, text or "", inquiry or 0, number=number or "", reference=reference or "")
            for item, inquiry, text, number, reference in lines
        ]


def gone(batch: ImportBatch) -> list[Recommendation]:
    """Return what earlier trackers brought or knew and this one does not have, of those that are open."""
    since = GoneSince(batch)
    return [one.recommendation for one in since.shown(since.keys)]


def _earlier(batch: ImportBatch) -> list[int]:
    rows = ImportBatch.objects.applied().of(batch.committee).order_by().exclude(pk=batch.pk)
    if batch.applied_at:
        rows = rows.filter(
            Q(applied_at__lt=batch.applied_at) | Q(applied_at=batch.applied_at, pk__lt=batch.pk)
        )
    return [one.pk for one in rows.only("as_at") if not _is_later(one, batch)]


def _is_later(one: ImportBatch, other: ImportBatch) -> bool:
    return bool(one.day.end and other.day.end and one.day.end > other.day.end)


# ------------------------------------------------------------------ the lines that it may be


def new_lines(batch: ImportBatch, besides: Collection[int] = ()) -> Sequence[ImportRow]:
    """Return the lines of which new recommendations would be made, the first of each, of at most `MOST_OFFERED` of them.

    `besides` are lines that are offered too, however many there are: somebody chose them.
    """
    first = batch.rows.filter(state=ImportRowState.NEW).order_by("item", "order", "pk").distinct("item")
    new = batch.rows.filter(pk__in=first.values("pk")).order_by("order", "id").values("pk")[:MOST_OFFERED]
    rows = batch.rows.filter(Q(pk__in=new) | Q(pk__in=besides)).order_by("order", "id")
    line = KeyTransform("line", "reading")
    said = {f"read_{name}": KeyTransform(name, line) for name in ("number", "text")}
    return list(rows.only("batch", "member", "table", "row", "part").annotate(**said))
