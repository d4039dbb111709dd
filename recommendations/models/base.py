"""Base classes of models: optimistic versions and exempt parts."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from committee.fields import CleanTextField
from recommendations.lifecycle import EXEMPT_PARAGRAPHS


class Versioned(models.Model):
    """A row that two people may edit at once. The version rises with each save through an action, so that the second
    person is told of the conflict instead of overwriting the first (see `actions.base.claim_version`).
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ImportedWhole(models.Model):
    """A row that an import of a tracker may have made. Only an undoing of that import takes it back."""

    import_batch = models.ForeignKey(
        "recommendations.ImportBatch",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss_made",
        editable=False,
    )

    class Meta:
        abstract = True

    @property
    def is_imported(self) -> bool:
        """Whether an import of a tracker made it."""
        return self.import_batch_id is not None

    @property
    def imported_from(self) -> str:
        """From which file it was brought in, and when, as it is marked wherever it is read; "" for what was recorded here.

        What was read of the file beside it stays where it is, because that may be long.
        """
        if self.import_batch_id is None:
            return ""
        if "import_batch" not in self._state.fields_cache:
            batches = apps.get_model("recommendations", "ImportBatch")._default_manager
            self.import_batch = batches.named().get(pk=self.import_batch_id)
        return self.import_batch.source if self.import_batch is not None else ""


class Imported(ImportedWhole):
    """A row that an import of a tracker may have made of one line of the file.

    Only such rows may lack what the tracker did not state.
    """

    import_row = models.ForeignKey(
        "recommendations.ImportRow",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss_made",
        editable=False,
    )

    class Meta:
        abstract = True

    @property
    def imported_from(self) -> str:
        """From which file, table and row it was brought in, and when; "" for what was recorded here."""
        return self.import_row.source if self.import_row is not None else super().imported_from


def made_by_its_import(*, line: bool = True) -> list[pgtrigger.Trigger]:
    """Return triggers that let a row carry an import only if that import made it, and never let that change.

    `line` says whether the row also carries the line of the file that it is from (`Imported`).
    """
    changed = "NEW.import_batch_id IS DISTINCT FROM OLD.import_batch_id"
    if line:
        changed += " OR NEW.import_row_id IS DISTINCT FROM OLD.import_row_id"
    refusal = "RAISE EXCEPTION '{} of its own' USING ERRCODE = 'restrict_violation';".format(
        "Only an import that is being applied makes rows"
    )
    return [
        pgtrigger.Trigger(
            name="made_by_its_import",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition("NEW.import_batch_id IS NOT NULL"),
            func=f"IF NOT is_import_applied_now(NEW.import_batch_id) THEN {refusal} END IF; RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="keeps_its_import",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(changed),
            func=refusal,
        ),
    ]


def unless_imported(condition: Q) -> Q:
    """Return the condition, which rows of an import need not meet: a tracker may not state it."""
    return Q(import_batch__isnull=False) | condition


class ExemptPart(models.Model):
    """Exempt text beside public text, with the paragraphs of Schedule 12A (Local Government Act 1972) that exempt it,
    and a neutral summary that the public edition shows in its place.
    """

    exempt_text = CleanTextField(blank=True)
    exempt_paragraphs = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    public_summary = CleanTextField(blank=True)

    class Meta:
        abstract = True

    @property
    def has_exempt(self) -> bool:
        return bool(self.exempt_text)

    @property
    def exempt_citation(self) -> str:
        """The paragraphs in words, such as "paragraphs 1 and 3 of Part 1 of Schedule 12A"."""
        numbers = [str(number) for number in sorted(self.exempt_paragraphs)]
        if not numbers:
            return ""
        word = "paragraph" if len(numbers) == 1 else "paragraphs"
        listed = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
        return f"{word} {listed} of Part 1 of Schedule 12A to the Local Government Act 1972"


def exempt_constraints(name: str) -> list[models.CheckConstraint]:
    """Return constraints for a model with an ExemptPart: exempt text only with paragraphs and a public summary."""
    return [
        models.CheckConstraint(
            condition=Q(exempt_text="") | (Q(exempt_paragraphs__len__gt=0) & ~Q(public_summary="")),
            name=f"{name}_exempt_with_paragraph_and_summary",
        ),
        models.CheckConstraint(
            condition=Q(exempt_paragraphs__contained_by=list(EXEMPT_PARAGRAPHS)),
            name=f"{name}_exempt_paragraph_known",
        ),
    ]


def both_or_neither(one: str, other: str) -> Q:
    """Return the condition that both nullable fields are set, or neither."""
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": False}
    )


def there_at(moment: dt.datetime, column: str = "voided_at") -> Q:
    """Return the condition that a row still stood at the moment: `column` says since when it was recorded in error."""
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gt": moment})


def not_blank(field: str) -> Q:
    """Return the condition that the text field is not blank."""
    return ~Q(**{field: ""})
