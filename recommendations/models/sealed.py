"""What withholdings took off the record: the words of each place, and the files."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from committee.audit.triggers import append_only, audited, never_deleted
from recommendations.lifecycle import WithholdingState
from recommendations.models.withholdings import MARKER_BEGINS, MARKER_ENDS, Withholding


class SealedText(models.Model):
    """Words that a withholding took out of one column of one row, and the marker that stands there instead.

    Where the words stood within what an earlier withholding had taken, the place is that of the earlier one, so a marker
    is looked for in the column and in all that is sealed of it.
    """

    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="texts")
    table_name = models.CharField(max_length=63, editable=False)
    row_key = models.CharField(max_length=64, editable=False)
    column_name = models.CharField(max_length=63, editable=False)
    marker = models.CharField(max_length=80, editable=False)
    original = models.TextField(editable=False)
    # SHA-256 of the original as UTF-8, written by a trigger. It stays when the original is erased.
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["table_name", "row_key", "column_name", "marker"], name="sealed_marker_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="taken_from_its_place",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("stood", "boolean")],
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM recommendations_withholding w
                         WHERE w.id = NEW.withholding_id AND w.sealed_in = this_transaction() AND w.state = 'hidden'
                    ) THEN
                        RAISE EXCEPTION 'Words are sealed only when they are withheld'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    EXECUTE format(
                        'SELECT EXISTS (SELECT 1 FROM %I r WHERE r.id::text = $1
                            AND strpos((to_jsonb(r)->$2)::text, within_json($3)) > 0)', NEW.table_name
                    ) INTO stood USING NEW.row_key, NEW.column_name, NEW.original;
                    IF NEW.original = '' OR NOT stood AND NOT EXISTS (
                        SELECT 1 FROM recommendations_sealedtext s
                         WHERE (s.table_name, s.row_key, s.column_name)
                             = (NEW.table_name, NEW.row_key, NEW.column_name)
                           AND strpos(s.original, NEW.original) > 0
                    ) THEN
                        RAISE EXCEPTION 'Only words that stand in their place are sealed'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF NEW.marker !~ ('^{MARKER_BEGINS}' || NEW.withholding_id || '{MARKER_ENDS}$') THEN
                        RAISE EXCEPTION 'Only the mark of its withholding takes the place of words'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    NEW.sha256 := encode(sha256(convert_to(NEW.original, 'UTF8')), 'hex');
                    RETURN NEW;
                """,  # noqa: S608 (our own pattern of markers)
            ),
            pgtrigger.Trigger(
                name="only_erased",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF to_jsonb(OLD) - 'original' = to_jsonb(NEW) - 'original' AND (
                        is_withheld(OLD.table_name, OLD.row_key, OLD.column_name,
                            to_jsonb(OLD.original), to_jsonb(NEW.original))
                        OR NEW.original = '' AND EXISTS (
                            SELECT 1 FROM recommendations_withholding w
                             WHERE w.id = OLD.withholding_id AND w.state = 'erased'
                        )
                    ) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Sealed words are never changed, only erased with their withholding'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
            *never_deleted("Sealed words"),
            audited(secret=["original"]),
        ]

    def __str__(self) -> str:
        return f"{self.marker} in {self.table_name} {self.row_key}"


PACK_FILES = ("pdf", "html", "word")
"""The fields of a pack that name a file."""


class SealedFileQuerySet(models.QuerySet["SealedFile"]):
    def standing(self) -> SealedFileQuerySet:
        """Return those that are off the record now."""
        return self.exclude(withholding__state=WithholdingState.PUT_BACK)

    def with_content(self, sha256: str) -> SealedFileQuerySet:
        return self.filter(sha256=sha256)

    def of(self, owner: Any) -> SealedFileQuerySet:
        """Return those of a piece of evidence or of a pack."""
        return self.filter(**{owner._meta.model_name: owner})

    def with_owner(self) -> SealedFileQuerySet:
        return self.select_related("evidence", "pack").defer("pack__content")


class SealedFile(models.Model):
    """The file of one piece of evidence, or one of a frozen pack, that a withholding took out of the public storage. For a
    link: that it is withheld.
    """

    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="files")
    evidence = models.ForeignKey(
        "recommendations.Evidence",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sealed_files",
    )
    pack = models.ForeignKey(
        "recommendations.Pack", null=True, blank=True, on_delete=models.PROTECT, related_name="sealed_files"
    )
    # Which field of its owner names the file.
    field = models.CharField(max_length=10, default="file", editable=False)
    # The file itself while it is withheld; empty for a link. Several withholdings of one pack share it.
    file = models.FileField(upload_to="withheld/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[SealedFileQuerySet] = SealedFileQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["withholding", "evidence"], name="sealed_file_once"),
            models.UniqueConstraint(fields=["withholding", "pack", "field"], name="sealed_pack_file_once"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, pack__isnull=True, field="file")
                | Q(evidence__isnull=True, pack__isnull=False, field__in=PACK_FILES),
                name="sealed_file_of_one",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="taken_from_its_place",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM recommendations_withholding w
                         WHERE w.id = NEW.withholding_id AND w.sealed_in = this_transaction() AND w.state = 'hidden'
                    ) OR NOT EXISTS (
                        SELECT 1 FROM recommendations_evidence e
                         WHERE e.id = NEW.evidence_id AND e.sha256 = NEW.sha256 AND e.size = NEW.size
                    ) AND NOT EXISTS (
                        SELECT 1 FROM recommendations_pack p WHERE p.id = NEW.pack_id AND p.state = 'ready'
                    ) THEN
                        RAISE EXCEPTION 'A file is sealed only when it is withheld'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *append_only("Sealed files"),
            audited(),
        ]

    def __str__(self) -> str:
        return (
            f"File of evidence {self.evidence_id}"
            if self.evidence_id
            else f"{self.field} of pack {self.pack_id}"
        )

    @property
    def owner(self) -> Any:
        """The evidence or the pack whose file it is."""
        return self.evidence or self.pack

    @property
    def served(self) -> Any:
        """The file of its owner, from where files are served."""
        return getattr(self.owner, self.field)
