"""What withholdings took off the record: the words of each place, and the files."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from committee.audit.triggers import append_only, audited, never_deleted
from recommendations.lifecycle import WithholdingState
from recommendations.models.withholdings import MARKER_BEGINS, MARKER_ENDS, Withholding

_REPLACED = " ".join(
    f"""
    RETURN QUERY SELECT of_table, c.replacing_{one}_id::text, of_column FROM recommendations_correction c
     WHERE of_table = 'recommendations_{one}' AND c.{one}_id = pk AND c.replacing_{one}_id IS NOT NULL;"""  # noqa: S608 (our own tables)
    for one in ("response", "assessment", "targetchange")
)

CREATE_COPIES = f"""
CREATE FUNCTION copies_of(of_table text, of_row text, of_column text, marker text)
RETURNS TABLE (copied_table text, copied_row text, copied_column text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    pk bigint := CASE WHEN of_row ~ '^[0-9]{{1,18}}$' THEN of_row::bigint END;
    wording bigint;
BEGIN
    {_REPLACED}
    RETURN QUERY SELECT of_table, u.id::text, of_column FROM recommendations_update u
     WHERE of_table = 'recommendations_update' AND u.corrects_id = pk;
    RETURN QUERY SELECT 'recommendations_submittedversion', v.id::text, of_column
      FROM recommendations_submittedversion v
     WHERE of_table = 'recommendations_update' AND v.update_id = pk AND to_jsonb(v) ? of_column;
    RETURN QUERY SELECT 'recommendations_update', v.update_id::text, of_column
      FROM recommendations_submittedversion v
     WHERE of_table = 'recommendations_submittedversion' AND v.id = pk;
    RETURN QUERY SELECT 'recommendations_targetchange', t.id::text, 'reason'
      FROM recommendations_targetchange t JOIN recommendations_update u USING (assignment_id)
     WHERE of_table = 'recommendations_update' AND of_column = 'new_date_reason' AND u.id = pk;
    RETURN QUERY SELECT 'recommendations_assessment', p.verdict_id::text, of_column
      FROM recommendations_proposedverdict p
     WHERE of_table = 'recommendations_proposedverdict' AND of_column = 'comment' AND p.id = pk
       AND p.verdict_id IS NOT NULL;
    wording := CASE
        WHEN of_table = 'recommendations_recommendation' AND of_column = 'text' THEN pk
        WHEN of_table = 'recommendations_wordingchange' AND of_column IN ('old_text', 'new_text')
        THEN (SELECT w.recommendation_id FROM recommendations_wordingchange w WHERE w.id = pk) END;
    RETURN QUERY SELECT 'recommendations_recommendation', wording::text, 'text' WHERE wording IS NOT NULL;
    RETURN QUERY SELECT 'recommendations_wordingchange', w.id::text, version.name
      FROM recommendations_wordingchange w CROSS JOIN (VALUES ('old_text'), ('new_text')) version (name)
     WHERE w.recommendation_id = wording;
    RETURN QUERY SELECT 'recommendations_correction', c.id::text, version.name
      FROM recommendations_correction c
     CROSS JOIN LATERAL (VALUES ('before', c.before), ('after', c.after)) version (name, held)
     WHERE (of_table, pk) IN (
            ('recommendations_recommendation', c.recommendation_id), ('recommendations_finding', c.finding_id),
            ('recommendations_meeting', c.meeting_id), ('recommendations_inquiry', c.inquiry_id))
       AND strpos((version.held->of_column)::text, within_json(marker)) > 0;
    RETURN QUERY SELECT 'recommendations_earliervalue', e.id::text, 'before' FROM recommendations_earliervalue e
     WHERE e.table_name = of_table AND e.row_id = pk
       AND strpos((e.before->of_column)::text, within_json(marker)) > 0;
END $$;
"""  # noqa: S608 (our own tables)
"""The columns that the product copies a text into from this column of this row, whether its marker stands there or not: the row
that takes the place of one recorded in error, other wordings, both versions of a correction, earlier values, and what an
update, a proposed view or a mended text becomes.

What somebody typed elsewhere that reads like a marker is no copy, so no words are ever put where they did not stand.
"""
DROP_COPIES = "DROP FUNCTION copies_of(text, text, text, text);"


class SealedText(models.Model):
    """Words that a withholding took out of one column of one row, and the marker that stands there instead.

    Where the words stood within what an earlier withholding had taken, the place is that of the earlier one, so a marker
    is looked for in the column and in all that is sealed of it.

    A text that is copied while a marker stands in it has none for the copy until the words are put back. Then each copy
    gets its own, so that the words come back there too.
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
                    NEW.sha256 := encode(sha256(convert_to(NEW.original, 'UTF8')), 'hex');
                    IF NEW.original <> '' AND EXISTS (
                        SELECT 1 FROM recommendations_sealedtext s
                          JOIN recommendations_withholding w ON w.id = s.withholding_id
                         CROSS JOIN LATERAL copies_of(s.table_name, s.row_key, s.column_name, s.marker) c
                         WHERE w.id = NEW.withholding_id AND w.state = 'put_back' AND w.decided_in = this_transaction()
                           AND (s.marker, s.original) = (NEW.marker, NEW.original)
                           AND (c.copied_table, c.copied_row, c.copied_column)
                             = (NEW.table_name, NEW.row_key, NEW.column_name)
                    ) THEN
                        RETURN NEW;
                    END IF;
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
