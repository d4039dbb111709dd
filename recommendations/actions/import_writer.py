"""Write the lines of a tracker to the record: what it does not have yet, and nothing twice.

Everything is made with its import and its line, as of the tracker's own day. Rows of a kind are inserted together, so that
thousands of lines take seconds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from committee.text import clean_text, comparable, number_sort_key, sort_key, whole_number
from recommendations.actions.base import ActionDenied
from recommendations.actions.import_numbers import Numbers, taken_references
from recommendations.actions.import_parts import PartRecord, PartWriter, records_of
from recommendations.actions.recompute import batched, columns_as_json, recompute_several, write_columns
from recommendations.lifecycle import (
    DayPrecision,
    ImportRowState,
    MeetingState,
    Precision,
    Priority,
    Stage,
    municipal_year,
)
from recommendations.lifecycle.imported import NEW, ImportedLine, ImportedOutcome, heading_from
from recommendations.lifecycle.period_ends import end_of
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    ImportBatch,
    ImportChange,
    ImportRow,
    Inquiry,
    Meeting,
    Milestone,
    Post,
    Recommendation,
    Response,
    TargetChange,
    Update,
    WordingChange,
)
from recommendations.queries.import_seen import parts_on_record, seen_of, what_changed, what_ended
from recommendations.queries.imports import Known, recognised
from recommendations.utils.job_progress import tell_progress

TOLD_EACH = 50
"""After how many recommendations it is told how far the work is."""
TOGETHER = 1000
"""How many rows are inserted together: it bounds the memory."""


@dataclass
class Item:
    """One recommendation of the tracker: its lines, the one on the record, and its parts there."""

    number: int
    rows: list[ImportRow]
    known: Known | None = None
    recommendation: Recommendation | None = None
    parts: dict[int, Assignment] = field(default_factory=dict)
    """By the body to which each is addressed."""
    is_new: bool = False
    has_news: bool = False
    is_changed: bool = False

    @property
    def first(self) -> ImportRow:
        return self.rows[0]

    @property
    def lines(self) -> list[ImportedLine]:
        return [line_of(row) for row in self.rows]

    @property
    def line(self) -> ImportedLine:
        return line_of(self.first)


def line_of(row: ImportRow) -> ImportedLine:
    """Return what the row becomes. Raise ActionDenied as long as something about it is asked."""
    line = row.imported_line
    if line is None:
        raise ActionDenied(f"Answer what is asked about {row.place}, or leave it out")
    return line


class ImportWriter:
    """Writes one import, inside the transaction in which it is applied."""

    def __init__(self, by: User, batch: ImportBatch) -> None:
        self.by = by
        self.batch = batch
        self.at = batch.recorded_at
        self.day = self.batch.day.end or self.at.date()
        self.bodies: dict[int | str, Body] = {}
        self.posts: dict[int | str | None, int] = {}
        """Those that the import makes, by their names in the lines."""
        self.inquiries: dict[int | str, Inquiry] = {}
        self.meetings: dict[tuple[int, dt.date], Meeting] = {}
        self.made: dict[type[Model], list[Any]] = defaultdict(list)
        self.dated: list[Assignment] = []

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Write the rows to the record. Raise ActionDenied, with the place in the file, for what can't be written."""
        self._make_bodies(rows)
        self._make_inquiries(rows)
        items = self.items(rows)
        self._find_named(items)
        self._make_posts(items)
        self.recognise(items)
        self._check_recognised(items)
        self._check_unchanged(items)
        self._make_recommendations(items)
        self._tell_progress(1, 5)
        self._change_known(items)
        self.make_parts(items)
        self._write_parts(items)
        self._write_first_dates()
        self.write_outcomes(items)
        self._tell_progress(3, 5)
        self._insert()
        self._tell_progress(4, 5)
        ids = {item.recommendation.pk for item in items if item.recommendation is not None}
        recompute_several(ids)
        self._tell_rows(items)
        self._tell_progress(5, 5)

    def _tell_progress(self, done: int, total: int) -> None:
        tell_progress(self.batch.job_name, done, total)

    @property
    def marks(self) -> dict[str, Any]:
        """The columns that every row carries which is made of the import as a whole."""
        return {"import_batch": self.batch}

    def marks_of(self, row: ImportRow) -> dict[str, Any]:
        """Return the columns that every row carries which is made of a line."""
        return {"import_batch": self.batch, "import_row": row}

    def add(self, model: type[Model], **values: Any) -> Any:
        """Make a row, not saved, and put it in `made`."""
        row = model(**values)
        self.made[model].append(row)
        return row

    # -------------------------------------------------------------- what the import makes itself

    def _make_bodies(self, rows: Sequence[ImportRow]) -> None:
        """Make the new bodies that lines name. Somebody may have added one of that name since: it is taken then, and raises
        ActionDenied where it has ended.
        """
        named = {owner.body for row in rows for owner in line_of(row).owners}
        for new in self.batch.bodies_to_make:
            if NEW + new.key not in named:
                continue
            there = Body.objects.filter(parent=new.parent, sort_key=sort_key(new.name)).first()
            if there is not None and there.abolished_on is not None:
                raise ActionDenied(
                    f"“{new.name}” is on the record, and has ended. Say who is meant: read the file anew"
                )
            if there is not None:
                self.bodies[NEW + new.key] = there
                continue
            body = Body(name=new.name, kind=new.kind, parent_id=new.parent, added_by=self.by, **self.marks)
            body.full_clean(exclude=["parent", "added_by"], validate_unique=False, validate_constraints=False)
            body.save()
            body.lineage = [body.pk, *(body.parent.lineage if body.parent else [])]
            body.save(update_fields=["lineage"])
            self.bodies[NEW + new.key] = body

    def _make_inquiries(self, rows: Sequence[ImportRow]) -> None:
        named = {line_of(row).inquiry for row in rows}
        for new in self.batch.inquiries_to_make:
            if NEW + new.key not in named:
                continue
            published = end_of(new.published_on)
            inquiry = Inquiry(
                committee=self.batch.committee,
                title=new.title,
                reference=new.reference or self._next_reference("INQ", published or self.day),
                stage=Stage.MONITORING if published else Stage.DRAFTING,
                published_on=published,
                made_public_at=self.at if published else None,
                **self.marks,
            )
            inquiry.save()
            self.inquiries[NEW + new.key] = inquiry

    # -------------------------------------------------------------- items

    def items(self, rows: Sequence[ImportRow]) -> list[Item]:
        """Return the recommendations that the rows are of, in their order."""
        by_number: dict[int, list[ImportRow]] = defaultdict(list)
        for row in rows:
            by_number[row.item].append(row)
        return [Item(number, own) for number, own in by_number.items()]

    def _find_named(self, items: Sequence[Item]) -> None:
        """Fetch the bodies and inquiries that the lines name. Raise ActionDenied for one that is not there any more."""
        lines = [(row, line_of(row)) for item in items for row in item.rows]
        inquiries = {line.inquiry for _, line in lines if isinstance(line.inquiry, int)}
        bodies = {owner.body for _, line in lines for owner in line.owners if isinstance(owner.body, int)}
        of_committee = Inquiry.objects.filter(committee__lineage__contains=[self.batch.committee_id])
        self.inquiries |= of_committee.select_related("committee").in_bulk(inquiries)
        self.bodies |= Body.objects.in_bulk(bodies)
        for row, line in lines:
            if line.inquiry not in self.inquiries:
                raise ActionDenied(f"Select the inquiry of {row.place}: it is not one of this committee")
            if any(owner.body not in self.bodies for owner in line.owners):
                raise ActionDenied(f"Select whom {row.place} is addressed to")

    def _make_posts(self, items: Sequence[Item]) -> None:
        """Make the new posts that lines name. Raise ActionDenied for one whose body is not there any more."""
        named = {owner.post: row for item in items for row in item.rows for owner in line_of(row).owners}
        new_posts = {NEW + new.key: new for new in self.batch.posts_to_make}
        for name, row in named.items():
            if not isinstance(name, str):
                continue
            if name not in new_posts or new_posts[name].body not in self.bodies:
                raise ActionDenied(f"Select whom {row.place} is addressed to")
            new = new_posts[name]
            body = self.bodies[new.body]
            post = body.posts.existing().filter(sort_key=sort_key(new.title)).first()
            if post is None:
                post = Post(body=body, title=new.title, **self.marks)
                post.full_clean(exclude=["body"], validate_unique=False, validate_constraints=False)
                post.save()
            self.posts[name] = post.pk

    def recognise(self, items: Sequence[Item]) -> None:
        """Set on each item the recommendation on the record that it is, if any."""
        chosen = {row.recommendation_id for item in items for row in item.rows if row.recommendation_id}
        there = Recommendation.objects.of_committees({self.batch.committee_id}).in_bulk(chosen)
        found = recognised(self.batch.committee, (line for item in items for line in item.lines))
        for item in items:
            pk = next((row.recommendation_id for row in item.rows if row.recommendation_id), None)
            item.known = Known(there[pk], "chosen") if pk in there else found.get(item.number)
            item.recommendation = item.known.recommendation if item.known else None

    def _check_recognised(self, items: Sequence[Item]) -> None:
        for item in items:
            if item.known is not None and item.known.is_asked(item.line) and not item.line.rewords:
                raise ActionDenied(
                    f"{item.first.place}: recommendation {item.known.recommendation.number} has other words on the record."
                    " Say whether they are the same"
                )

    def _check_unchanged(self, items: Sequence[Item]) -> None:
        """Raise ActionDenied where the record says otherwise by now than what lines were checked against."""
        if sentence := self.changed_since(items):
            raise ActionDenied(sentence)

    def changed_since(self, items: Sequence[Item]) -> str:
        """Return in one sentence what the record says otherwise by now than what lines were checked against; "" if nothing."""
        owners = [owner for item in items for line in item.lines for owner in line.owners]
        ended = what_ended(owners)
        parts = parts_on_record(
            item.recommendation.pk for item in items if item.known and item.recommendation
        )
        told: list[tuple[ImportRow, str]] = []
        for item in items:
            known = item.known.recommendation if item.known else None
            for row in item.rows:
                before = getattr(row, "seen", None)
                if before is None:  # it was not read from a file
                    continue
                now = seen_of(known, parts.get(known.pk, ()) if known else (), line_of(row).owners, ended)
                if words := what_changed(before, now, known.reference if known else ""):
                    told.append((row, words))
        if not told:
            return ""
        others = f" The same holds for {plural(len(told) - 1, 'other line')}." if len(told) > 1 else ""
        return f"Since the file was read, {told[0][1]} ({told[0][0].place}).{others} Read the file anew, and look at what it asks"

    # -------------------------------------------------------------- recommendations

    def _make_recommendations(self, items: Sequence[Item]) -> None:
        new = [item for item in items if item.recommendation is None]
        numbers = Numbers(self.inquiries.values())
        references = taken_references(item.line.reference for item in new)
        for item in new:
            line, inquiry = item.line, self.inquiries[item.line.inquiry]
            item.is_new = True
            made_on = end_of(line.made_on)
            reference = line.reference
            if not reference or number_sort_key(reference) in references:
                reference = self._next_reference(
                    inquiry.committee.reference_prefix or "SR", made_on or inquiry.published_on or self.day
                )
            references.add(number_sort_key(reference))
            heading = clean_text(line.heading)
            item.recommendation = Recommendation(
                inquiry=inquiry,
                number=numbers.take(inquiry, item.first, line.number),
                reference=reference,
                heading=heading or heading_from(line.text),
                heading_is_ours=not heading,
                text=line.text,
                priority=line.priority
                or (Priority.NOT_KNOWN if inquiry.is_from_public_sources else Priority.NOT_STATED),
                made_on=made_on,
                created_at=self.at,
                made_public_at=self.at if inquiry.is_public else None,
                sources_only=inquiry.is_from_public_sources,
                **self.marks_of(item.first),
            )
            self._check(item.recommendation, item.first)
        Recommendation.objects.bulk_create([item.recommendation for item in new if item.recommendation])

    def _check(self, row: Recommendation, line: ImportRow) -> None:
        """Raise ActionDenied for words that have no room on the record."""
        for name, most in (("number", 20), ("reference", 40), ("heading", 200)):
            if len(getattr(row, name)) > most:
                raise ActionDenied(f"The {name} of {line.place} is longer than {most} characters. Shorten it")
        if not clean_text(row.text):
            raise ActionDenied(f"Enter the words of the recommendation in {line.place}, or leave it out")

    def _next_reference(self, prefix: str, day: dt.date) -> str:
        stem = f"{prefix} ({municipal_year(day)}) "
        used = self._used_references(stem)
        used.append(max(used, default=0) + 1)
        return f"{stem}{used[-1]:02d}"

    def _used_references(self, stem: str) -> list[int]:
        """Return the numbers in use behind the words of a reference, in a list that is kept."""
        kept: dict[str, list[int]] = self.__dict__.setdefault("_used", {})
        if stem not in kept:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [stem])
            model: Any = Inquiry if stem.startswith("INQ") else Recommendation
            key = number_sort_key(stem).partition("!")[0]
            found = model.objects.filter(reference_key__startswith=key).values_list("reference", flat=True)
            tails = (comparable(one).removeprefix(comparable(stem)) for one in found)
            kept[stem] = [whole_number(tail) or 0 for tail in tails]
        return kept[stem]

    def _change_known(self, items: Sequence[Item]) -> None:
        """Change the words and numbers that were accepted as changed, with what they were before."""
        numbers = Numbers(self.inquiries.values())
        for item in items:
            if item.known is None:
                continue
            row, line = item.known.recommendation, item.line
            if line.renumbers and item.known.is_renumbered(line):
                self._renumber(item, row, numbers.take(row.inquiry, item.first, line.number))
            if line.rewords and item.known.is_reworded(line):
                self._reword(item, row, clean_text(line.text))

    def _renumber(self, item: Item, row: Recommendation, number: str) -> None:
        before, row.number = row.number, number
        if row.is_public:
            Correction.objects.create(
                recommendation=row,
                before={"number": before},
                after={"number": number},
                reason=f"Renumbered: so numbered in {self.batch.file_name}",
                corrected_at=self.batch.applied_at or clock.now(),
                corrected_by=self.by,
                **self.marks_of(item.first),
            )
        with self._changing(Recommendation, [row.pk], ["number", "sort_key"]):
            row.save()
        item.is_changed = True

    def _reword(self, item: Item, row: Recommendation, text: str) -> None:
        if any(one.agreed_on > self.day for one in row.wordings.select_related("meeting")):
            raise ActionDenied(
                f"{item.first.place}: its words were changed on the record after this tracker. Keep the words on the record"
            )
        before, row.text = row.text, text
        WordingChange.objects.create(
            recommendation=row,
            old_text=before,
            new_text=text,
            changed_at=self.at,
            changed_by=self.by,
            **self.marks_of(item.first),
        )
        with self._changing(Recommendation, [row.pk], ["text"]):
            row.save(update_fields=["text"])
        item.is_changed = True

    @contextmanager
    def _changing(self, model: type[Model], ids: Sequence[int], columns: Sequence[str]) -> Iterator[None]:
        """Note what the block changes of these columns of rows that were there, so that undoing can put it back."""
        before = columns_as_json(model, ids, columns)
        yield
        after = columns_as_json(model, ids, columns)
        ImportChange.objects.bulk_create(
            ImportChange(
                batch=self.batch,
                table_name=model._meta.db_table,
                row_key=pk,
                before=before[pk],
                after=after[pk],
            )
            for pk in ids
            if before[pk] != after[pk]
        )

    # -------------------------------------------------------------- parts

    def make_parts(self, items: Sequence[Item]) -> None:
        """Give each item its parts: those on the record, and those to be made, in `made`."""
        known = {item.recommendation.pk: item for item in items if item.known and item.recommendation}
        there = Assignment.objects.standing().filter(recommendation__in=known).select_related("body")
        for part in there:
            known[part.recommendation_id].parts.setdefault(part.body_id, part)
        for item in items:
            for row in item.rows:
                for owner in line_of(row).owners:
                    body = self.bodies[owner.body]
                    if body.pk in item.parts:
                        continue
                    part = self.add(
                        Assignment,
                        recommendation=item.recommendation,
                        body=body,
                        post_id=self.posts.get(owner.post, owner.post),
                        created_at=self.at,
                        **self.marks_of(row),
                    )
                    item.parts[body.pk] = part
                    item.has_news = True

    def date_first(self, part: Assignment) -> None:
        """Take the first date that the line gives to a part, which is set on it in memory."""
        if part.pk is not None:
            self.dated.append(part)

    def _write_first_dates(self) -> None:
        given = [
            "first_target_on",
            "first_target_period",
            "first_target_set_at",
            "target_on",
            "target_period",
        ]
        with self._changing(Assignment, [part.pk for part in self.dated], given):
            write_columns(Assignment, self.dated, given)

    def _write_parts(self, items: Sequence[Item]) -> None:
        there = [part for item in items for part in item.parts.values() if part.pk is not None]
        records = records_of(there)
        for at, item in enumerate(items):
            if at % TOLD_EACH == 0:
                self._tell_progress(len(items) + 2 * at, 5 * len(items))
            for row in item.rows:
                line = line_of(row)
                parts = self.parts_of(item, line)
                if not parts and (line.response or line.updates or line.steps or line.target.is_known):
                    raise ActionDenied(f"Select whom {row.place} is addressed to: it says what they answered")
                for part in parts:
                    record = records.setdefault(id(part), PartRecord(part))
                    item.has_news |= PartWriter(self, row, line, record).write()

    def parts_of(self, item: Item, line: ImportedLine) -> list[Assignment]:
        """Return the parts that a line is about: those of its owners, or all where it names none."""
        own = [item.parts[self.bodies[owner.body].pk] for owner in line.owners]
        return own or list(item.parts.values())

    # -------------------------------------------------------------- outcomes

    def write_outcomes(self, items: Sequence[Item]) -> None:
        """Put what the committee decided, and the record does not have, in `made`."""
        told: dict[int, list[Assessment]] = defaultdict(list)
        known = [item.recommendation.pk for item in items if item.known and item.recommendation]
        for verdict in (
            Assessment.objects.standing().filter(recommendation__in=known).select_related("meeting")
        ):
            told[verdict.recommendation_id].append(verdict)
        for item in items:
            row_of_whole = [row for row in item.rows if line_of(row).outcome]
            alone = len(item.parts) > 1 and len(item.rows) > 1
            for row in row_of_whole:
                line = line_of(row)
                parts: list[Assignment | None] = [*self.parts_of(item, line)] if alone else [None]
                if line.outcome is not None and item.recommendation is not None:
                    self._write_outcome(item, row, line.outcome, parts, told[item.recommendation.pk])

    def _write_outcome(
        self,
        item: Item,
        row: ImportRow,
        outcome: ImportedOutcome,
        parts: Iterable[Assignment | None],
        told: list[Assessment],
    ) -> None:
        recommendation = item.recommendation
        if recommendation is None or not recommendation.is_public:
            raise ActionDenied(
                f"{row.place} says what the committee decided, so its inquiry has to be public. Enter the day on which the"
                " report was published"
            )
        meeting = self._meeting(row, outcome, recommendation)
        for part in parts:
            same = (
                one.outcome == outcome.outcome
                and one.meeting_id == meeting.pk
                and one.assignment_id in (None, part and part.pk)
                for one in told
            )
            if any(same):
                continue
            verdict = self.add(
                Assessment,
                recommendation=recommendation,
                assignment=part,
                meeting=meeting,
                grade=outcome.grade,
                outcome=outcome.outcome,
                comment=outcome.comment,
                recorded_at=self.at,
                recorded_by=self.by,
                **self.marks_of(row),
            )
            told.append(verdict)
            item.has_news = True

    def _meeting(self, row: ImportRow, outcome: ImportedOutcome, recommendation: Recommendation) -> Meeting:
        """Return the meeting at which the committee decided, found by its day, or made."""
        if outcome.meeting is not None:
            found = Meeting.objects.filter(pk=outcome.meeting).first()
            if found is not None:
                return found
        day = outcome.held_on.end
        if day is None or outcome.held_on.precision not in (Precision.DAY, Precision.MONTH):
            raise ActionDenied(f"{row.place} says what the committee decided. Say at which meeting")
        if day > self.at.date():
            raise ActionDenied(
                f"The meeting of {row.place} is later than the tracker. Say at which meeting it was"
            )
        committee = recommendation.inquiry.committee_on(day)
        key = (committee.pk, day)
        if key not in self.meetings:
            self.meetings[key] = self._find_meeting(committee, day, outcome)
        return self.meetings[key]

    def _find_meeting(self, committee: Body, day: dt.date, outcome: ImportedOutcome) -> Meeting:
        month = outcome.held_on.precision == Precision.MONTH
        precision = DayPrecision.MONTH if month else DayPrecision.DAY
        there = Meeting.objects.of(committee).exclude(state=MeetingState.CANCELLED)
        found = there.filter(held_on=day, day_precision=precision).order_by("title_key", "id").first()
        if found is not None:
            return found
        meeting = Meeting(
            body=committee, held_on=day, day_precision=precision, state=MeetingState.HELD, **self.marks
        )
        self.add_meeting(meeting)
        return meeting

    def add_meeting(self, meeting: Meeting) -> None:
        """Put a meeting on the record at which the committee decided."""
        meeting.save()

    # -------------------------------------------------------------- insert

    def _insert(self) -> None:
        for model in (Assignment, Response, TargetChange, Update, Milestone, Assessment):
            rows = self.made[model]
            for some in batched(rows, TOGETHER):
                model._default_manager.bulk_create(some)
        self.made.clear()

    def _tell_rows(self, items: Sequence[Item]) -> None:
        """Note on each row what it became."""
        rows = []
        for item in items:
            state = (
                ImportRowState.NEW
                if item.is_new
                else ImportRowState.CHANGED
                if item.is_changed
                else ImportRowState.KNOWN
                if item.has_news
                else ImportRowState.UNCHANGED
            )
            for row in item.rows:
                row.recommendation, row.state, row.written = item.recommendation, state, True
                row.assignments = [part.pk for part in self.parts_of(item, line_of(row))]
                rows.append(row)
        write_columns(ImportRow, rows, ["recommendation", "state", "written", "assignments"])
