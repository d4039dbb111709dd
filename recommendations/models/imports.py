"""Trackers that were brought in: the file, its lines, what was answered about them, and what they became.

The past of the record is append-only. What an import made is the one exception: it carries its import, and the triggers let it
go while that import is undone, in the transaction of one action that takes back all of it. That the whole of it went is
checked when the transaction ends.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, only_transitions, refuse
from committee.fields import CleanCharField, CleanTextField
from committee.formatting import long_date
from committee.text import whole_number
from recommendations.lifecycle import (
    IMPORT_TRANSITIONS,
    OPEN_IMPORT_STATES,
    ExemptDecision,
    ImportRowState,
    ImportState,
    Role,
)
from recommendations.lifecycle.imported import ImportedLine, NewBody, NewInquiry, NewPost
from recommendations.lifecycle.period_ends import end_of, period_from_json
from recommendations.lifecycle.periods import Period
from recommendations.models.base import Versioned, both_or_neither, not_blank
from recommendations.models.bodies import Body

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User

MADE = (
    "recommendations_earliervalue",
    "recommendations_correction",
    "recommendations_wordingchange",
    "recommendations_milestone",
    "recommendations_assessment",
    "recommendations_targetchange",
    "recommendations_update",
    "recommendations_response",
    "recommendations_assignment",
    "recommendations_recommendation",
    "recommendations_meeting",
    "recommendations_inquiry",
    "recommendations_post",
    "recommendations_body",
)
"""The tables of what an import makes, in the order in which an undoing takes it back."""

_LEFT = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE import_batch_id = NEW.id" for table in MADE)  # noqa: S608 (our own tables)

CREATE_FUNCTIONS = """
CREATE OR REPLACE FUNCTION import_applied_now() RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT b.id FROM recommendations_importbatch b WHERE b.applied_in = this_transaction()
     ORDER BY b.applied_at DESC, b.id DESC LIMIT 1;
$$;

CREATE OR REPLACE FUNCTION is_import_applied_now(batch bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM recommendations_importbatch b WHERE b.id = batch AND b.applied_in = this_transaction());
$$;

CREATE OR REPLACE FUNCTION is_taken_back(made jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT made->>'import_batch_id' IS NOT NULL AND EXISTS (
        SELECT 1 FROM recommendations_importbatch b
         WHERE b.id = (made->>'import_batch_id')::bigint AND b.state = 'undone' AND b.undone_in = this_transaction());
$$;

CREATE OR REPLACE FUNCTION only_changed_back(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    changed record;
    found boolean := false;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM recommendations_importbatch b WHERE b.undone_in = this_transaction()) THEN
        RETURN false;
    END IF;
    FOR changed IN
        SELECT o.key, o.value AS old, n.value AS new FROM jsonb_each(before) o JOIN jsonb_each(after) n USING (key)
         WHERE o.value IS DISTINCT FROM n.value
           AND o.key <> ALL (ARRAY['version', 'sort_key', 'target_on', 'target_period'])
    LOOP
        IF NOT EXISTS (
            SELECT 1 FROM recommendations_importchange c JOIN recommendations_importbatch b ON b.id = c.batch_id
             WHERE b.undone_in = this_transaction() AND c.table_name = changed_table
               AND c.row_key = (only_changed_back.before->>'id')::bigint
               AND c.before ? changed.key AND c.before->changed.key = changed.new AND c.after->changed.key = changed.old
        ) THEN
            RETURN false;
        END IF;
        found := true;
    END LOOP;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION import_changed_back(batch bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    changed record;
    stands boolean;
BEGIN
    FOR changed IN
        SELECT c.table_name, c.row_key, c.before FROM recommendations_importchange c WHERE c.batch_id = import_changed_back.batch
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I r WHERE r.id = $1 AND to_jsonb(r) @> $2)', changed.table_name)
           INTO stands USING changed.row_key, changed.before;
        IF NOT stands THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;
"""
"""`is_taken_back` says whether the import that made a row is being undone, and `only_changed_back` whether a row is changed by
that to what it was and in nothing else. An import is known by its transaction, which triggers write.
"""
DROP_FUNCTIONS = """
CREATE OR REPLACE FUNCTION is_taken_back(made jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
CREATE OR REPLACE FUNCTION only_changed_back(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
DROP FUNCTION import_changed_back(bigint);
DROP FUNCTION is_import_applied_now(bigint);
DROP FUNCTION import_applied_now();
"""


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User | AnonymousUser) -> ImportBatchQuerySet:
        """Return imports of the committees that `user` works for as scrutiny officer or clerk: nobody else reads the file."""
        if not user.is_authenticated or user.is_respondent:
            return self.none()
        served = list(user.bodies_as(Role.SCRUTINY_OFFICER, Role.CLERK))
        return self.filter(committee__lineage__overlap=served)

    def of(self, committee: Body) -> ImportBatchQuerySet:
        return self.filter(committee=committee)

    def open(self) -> ImportBatchQuerySet:
        """Return those of which nothing is on the record yet, and that nobody threw away."""
        return self.filter(state__in=OPEN_IMPORT_STATES)

    def applied(self) -> ImportBatchQuerySet:
        """Return those on the record."""
        return self.filter(state__in=(ImportState.APPLIED, ImportState.UNDOING))

    def with_content(self, sha256: str) -> ImportBatchQuerySet:
        return self.filter(sha256=sha256)

    def named(self) -> ImportBatchQuerySet:
        """Return them without what was read of their files."""
        return self.defer("reading", "new_bodies", "new_inquiries")

    def for_lines(self) -> ImportBatchQuerySet:
        """Return them with what the list of their lines shows of them, and without what was read of their files."""
        shown = ("file_name", "state", "applied_at", "new_bodies", "new_inquiries")
        return self.select_related("committee").only(*shown, "committee__lineage")

    def for_list(self) -> ImportBatchQuerySet:
        """Return them with the people who handed in, applied and undid them, the latest first."""
        people = ("created_by", "applied_by", "undone_by", "followed_up_by")
        return self.select_related("committee", *people).order_by("-created_at", "-id")


def tracker_path(batch: ImportBatch, filename: str) -> str:
    """Return where the file of an import is stored: under the hash of its content, and never under its own name."""
    return f"imports/{batch.sha256[:2]}/{batch.sha256}"


class ImportBatch(Versioned):
    """A tracker that was handed in, from the upload to its undoing. It belongs to a committee.

    `as_at` is the tracker's own day. All that it makes is on the record as of that day; `applied_at` says when we learned it.
    """

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="import_batches")
    file = models.FileField(upload_to=tracker_path, blank=True)
    file_name = CleanCharField(max_length=200)
    file_format = models.CharField(max_length=20, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, editable=False)
    as_at = models.JSONField(null=True, blank=True)
    # Which columns its tables have, in a word: what was answered is remembered for files of this shape.
    shape = models.CharField(max_length=64, blank=True, editable=False)
    # What was answered to "Is anything in it not for publication?"; None until it was.
    not_for_publication = models.BooleanField(null=True, blank=True)
    # What was read beside the lines: tables, rows left out, questions; as `trackers.reading` writes it.
    reading = models.JSONField(default=dict, blank=True)
    new_bodies = models.JSONField(default=list, blank=True)
    new_inquiries = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.READING, editable=False
    )
    # Why it could not be read, applied or undone, for whoever tries next.
    refusal = CleanTextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # Since when what it brought is chased like everything else. Until then no notice is due of it.
    followed_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    followed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # The transactions in which it was applied and undone, written by a trigger.
    applied_in = models.CharField(max_length=60, blank=True, editable=False)
    undone_in = models.CharField(max_length=60, blank=True, editable=False)

    objects: ClassVar[ImportBatchQuerySet] = ImportBatchQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name_plural = "import batches"
        indexes = [
            # Asked by triggers at each change of a row that history guards.
            models.Index(fields=["undone_in"], name="import_undone_in"),
            models.Index(fields=["applied_in"], name="import_applied_in"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=not_blank("file_name"), name="import_has_file_name"),
            models.UniqueConstraint(
                fields=["committee", "sha256"],
                condition=Q(state__in=OPEN_IMPORT_STATES),
                name="import_one_open_of_a_file",
            ),
            models.CheckConstraint(
                condition=both_or_neither("applied_at", "applied_by"), name="import_applied_paired"
            ),
            models.CheckConstraint(
                condition=both_or_neither("undone_at", "undone_by"), name="import_undone_paired"
            ),
            models.CheckConstraint(
                condition=both_or_neither("followed_up_at", "followed_up_by"),
                name="import_followed_up_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ImportState.APPLIED, ImportState.UNDOING], applied_at__isnull=False)
                | Q(state=ImportState.UNDONE, applied_at__isnull=False, undone_at__isnull=False)
                | ~Q(state__in=[ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE])
                & Q(applied_at__isnull=True, undone_at__isnull=True),
                name="import_applied_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.APPLYING, ImportState.APPLIED])
                | Q(as_at__isnull=False, not_for_publication__isnull=False),
                name="import_applied_with_its_day",
            ),
        ]
        triggers = [
            only_transitions("state", IMPORT_TRANSITIONS),
            pgtrigger.Trigger(
                name="begins_with_reading",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state NOT IN ('reading', 'to_check', 'failed') THEN
                        RAISE EXCEPTION 'An import begins with reading' USING ERRCODE = 'restrict_violation';
                    END IF;
                    NEW.applied_in := '';
                    NEW.undone_in := '';
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="its_transactions",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IS DISTINCT FROM NEW.state OR OLD.applied_in IS DISTINCT FROM NEW.applied_in"
                    " OR OLD.undone_in IS DISTINCT FROM NEW.undone_in"
                ),
                func="""
                    NEW.applied_in := OLD.applied_in;
                    NEW.undone_in := OLD.undone_in;
                    IF NEW.state = 'applied' AND OLD.state = 'applying' THEN
                        NEW.applied_in := this_transaction();
                    END IF;
                    IF NEW.state = 'undone' AND OLD.state = 'undoing' THEN
                        NEW.undone_in := this_transaction();
                    END IF;
                    RETURN NEW;
                """,
            ),
            refuse(
                "applied_as_it_is",
                "What was applied is never changed, only undone",
                pgtrigger.Update,
                pgtrigger.Condition(
                    "OLD.applied_at IS NOT NULL AND (to_jsonb(OLD) - ARRAY['state', 'version', 'refusal', 'undone_at',"
                    " 'undone_by_id', 'undone_in', 'followed_up_at', 'followed_up_by_id', 'file', 'reading'])"
                    " IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['state', 'version', 'refusal', 'undone_at', 'undone_by_id',"
                    " 'undone_in', 'followed_up_at', 'followed_up_by_id', 'file', 'reading'])"
                ),
            ),
            pgtrigger.Trigger(
                name="undone_wholly",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition(
                    "OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'undone'"
                ),
                func=f"""
                    IF EXISTS ({_LEFT}) OR NOT import_changed_back(NEW.id) THEN
                        RAISE EXCEPTION 'An import is undone as a whole' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            *(
                one
                for one in append_only("Imports", pgtrigger.Condition("OLD.applied_at IS NOT NULL"))
                if one.name != "never_changed"
            ),
            never_ahead("created_at", "applied_at", "undone_at", "followed_up_at"),
            audited(secret=["reading", "new_bodies", "new_inquiries"]),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def status(self) -> ImportState:
        return ImportState(self.state)

    @property
    def day(self) -> Period:
        """The tracker's own day, or the period in which it lies."""
        return period_from_json(self.as_at) if self.as_at else Period()

    @property
    def day_words(self) -> str:
        """The tracker's own day in words."""
        return long_date(end_of(self.day)) or self.day.in_words()

    @property
    def recorded_at(self) -> dt.datetime:
        """The moment from which what it brings is on the record: the end of the tracker's own day, or the present moment of a
        day that is not over.
        """
        end = self.day.end
        applied = self.applied_at or clock.now()
        return min(clock.end_of_day(end), applied) if end is not None else applied

    @property
    def source(self) -> str:
        """The mark of what it made as a whole, such as an inquiry, wherever that is read."""
        return f"From {self.file_name}{self._brought_in}"

    def source_of(self, row: ImportRow) -> str:
        """Return the mark of what it made of one line, wherever that is read."""
        return f"From {self.file_name}, {row.place}{self._brought_in}"

    @property
    def _brought_in(self) -> str:
        on = timezone.localdate(self.applied_at) if self.applied_at else None
        return f", brought in on {long_date(on)}" if on else ""

    @property
    def bodies_to_make(self) -> list[NewBody]:
        return [NewBody.from_json(one) for one in self.new_bodies]

    @property
    def job_name(self) -> str:
        """The name under which it is told how far applying it is."""
        return f"import {self.pk}"

    @property
    def posts_to_make(self) -> list[NewPost]:
        return [NewPost.from_json(one) for one in self.reading.get("new_posts", ())]

    @property
    def inquiries_to_make(self) -> list[NewInquiry]:
        return [NewInquiry.from_json(one) for one in self.new_inquiries]

    @property
    def is_followed_up(self) -> bool:
        """Whether what it brought is chased like everything else."""
        return self.followed_up_at is not None


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: User | AnonymousUser) -> ImportRowQuerySet:
        return self.filter(batch__in=ImportBatch.objects.order_by().visible_to(user))

    def named(self) -> ImportRowQuerySet:
        """Return them with their files, and without what stands in them."""
        return self.select_related("batch").defer(
            "cells",
            "reading",
            "line",
            "problems",
            "batch__reading",
            "batch__new_bodies",
            "batch__new_inquiries",
        )

    def to_apply(self) -> ImportRowQuerySet:
        """Return those that are not left out, in the order of the file."""
        return self.exclude(state__in=(ImportRowState.LEFT_OUT, ImportRowState.GONE))

    def to_write(self) -> ImportRowQuerySet:
        """Return those that are not left out with what they become, and with what of the record they were checked against
        (`seen`), and without their cells.
        """
        return (
            self.to_apply()
            .defer("cells", "reading", "problems")
            .annotate(seen=KeyTransform("seen", "reading"))
        )


OPEN = ~Q(state=ImportRowState.LEFT_OUT)
"""Lines that are not left out."""
IS_ASKED = OPEN & ~Q(problems=[])
"""Of these the lines about which something is asked."""


class ImportRow(models.Model):
    """A line of a tracker: its untouched cells, what was read from them, and what it became.

    It is known by file, table and row, and by its part where one row has several. Cells may hold anything: they are in no index
    and not in the audit trail, and only the committee's officers read them.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    # The file within an archive; empty where the import is of one file.
    member = CleanCharField(max_length=300, blank=True, editable=False)
    table = CleanCharField(max_length=200, blank=True, editable=False)
    row = models.PositiveIntegerField()
    # The letter of a lettered part, or the number of a further owner, where one row became several lines.
    part = CleanCharField(max_length=20, blank=True, editable=False)
    order = models.PositiveIntegerField()
    item = models.PositiveIntegerField()
    cells = models.JSONField(default=list, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    # What it becomes, with every question answered (`lifecycle.imported.ImportedLine`); empty until then.
    line = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    # Whether words in it or around it say that it is not for publication, and what was decided of it then: it may be
    # published, or its exempt words stay apart. As long as that is not decided, it is not applied.
    says_exempt = models.BooleanField(default=False)
    exempt_decision = models.CharField(max_length=10, choices=ExemptDecision.choices, blank=True)
    state = models.CharField(max_length=10, choices=ImportRowState.choices, default=ImportRowState.NEW)
    recommendation = models.ForeignKey(
        "recommendations.Recommendation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="import_rows",
    )
    assignments = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Whether it was written to the record.
    written = models.BooleanField(default=False, editable=False)

    objects: ClassVar[ImportRowQuerySet] = ImportRowQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["batch_id", "order", "id"]
        indexes = [
            # A page of the list finds its lines without sorting all of them.
            models.Index(fields=["batch", "order", "id"], name="import_row_in_order"),
            # How many each filter shows is counted without the lines themselves: their cells are long.
            models.Index(fields=["batch", "state", "says_exempt"], name="import_row_by_kind"),
            models.Index(fields=["batch", "order", "id"], condition=IS_ASKED, name="import_row_asked"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "member", "table", "row", "part"], name="import_row_once_in_its_file"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportRowState.values), name="import_row_state_known"
            ),
            # What says that it is not for publication comes to nothing before somebody has decided.
            models.CheckConstraint(
                condition=Q(says_exempt=False) | ~Q(exempt_decision="") | Q(written=False),
                name="import_row_exempt_is_decided",
            ),
        ]
        triggers = [
            refuse(
                "never_deleted",
                "Lines of an import that is on the record are never deleted",
                pgtrigger.Delete,
                pgtrigger.Condition("OLD.written"),
            ),
            audited(secret=["cells", "reading", "line", "problems"]),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Where it stands in its file, in words."""
        table = (
            f"table {self.table}, "
            if whole_number(self.table) is not None
            else f"{self.table}, "
            if self.table
            else ""
        )
        return f"{f'{self.member}, ' if self.member else ''}{table}row {self.row}"

    @cached_property
    def imported_line(self) -> ImportedLine | None:
        """What it becomes; None as long as something about it is asked."""
        return ImportedLine.from_json(self.line) if self.line else None

    @property
    def source(self) -> str:
        """The mark of what came from it, wherever that is read."""
        return self.batch.source_of(self)


class ImportAnswer(models.Model):
    """What a committee's officers answered about trackers of one shape: the next file of that shape is read by it."""

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="import_answers")
    shape = models.CharField(max_length=64, blank=True, editable=False)
    question = models.TextField(editable=False)
    answer = models.JSONField(null=True)
    answered_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["committee_id", "shape", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "shape", "question"], name="import_answer_once_for_a_shape"
            )
        ]
        triggers = [never_ahead("answered_at"), audited(secret=["question", "answer"])]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class ImportChange(models.Model):
    """What an import changed of a row that was there: its columns before and after. Undoing puts the former back.

    Append-only.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="row_changes")
    table_name = models.CharField(max_length=63, editable=False)
    row_key = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table_name", "row_key"], name="importchange_by_row")]
        triggers = [
            pgtrigger.Trigger(
                name="of_what_is_applied",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT is_import_applied_now(NEW.batch_id) THEN
                        RAISE EXCEPTION 'Only an import that is being applied changes what was there'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *append_only("Changes by an import"),
            audited(secret=["before", "after"]),
        ]

    def __str__(self) -> str:
        return f"Change of {self.table_name} {self.row_key} by import {self.batch_id}"
