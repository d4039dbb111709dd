"""Corrections: what was recorded wrong, put right in the open.

A correction says what was recorded, what is right, why, when and by whom, and everybody can read it. Responses and verdicts
are never changed: one that was recorded in error is voided by its correction, and the right one follows it. What else is on
the public record is changed by an action together with its correction, and the database refuses any other change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, cast

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import UNLESS_UNDONE, UNLESS_WITHHELD, append_only, audited, never_ahead
from committee.fields import CleanTextField
from recommendations.models.base import Imported, made_by_its_import, not_blank
from recommendations.models.joins import joining_what_is_set

SUBJECTS = (
    "assignment",
    "recommendation",
    "response",
    "assessment",
    "targetchange",
    "finding",
    "meeting",
    "inquiry",
)
"""What a correction can be about: exactly one of these."""

VOIDED = {
    "assignment": "withdrawn_at",
    "recommendation": "withdrawn_at",
    "response": "voided_at",
    "assessment": "voided_at",
    "targetchange": "voided_at",
}
"""What can be recorded in error as a whole, and the column that says since when it does not count."""

REPLACED = ("assignment", "response", "assessment", "targetchange")
"""What another row of its kind takes the place of, where it was recorded in error."""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def about(self, subject: models.Model) -> CorrectionQuerySet:
        """Return the corrections of one thing, in their order; none of what no correction is about by itself."""
        name = str(subject._meta.model_name)
        if name == "relation":
            return self.of_relation(subject.pk)
        return self.filter(**{name: subject}) if name in SUBJECTS else self.none()

    def among(self, **rows: Any) -> CorrectionQuerySet:
        """Return the corrections of these rows, given by the name of what they are: `response=`, `meeting=` and so on."""
        wanted = Q(pk__in=[])
        for subject, found in rows.items():
            wanted |= Q(**{f"{subject}__in": found})
        return self.filter(wanted)

    def that_moved_to(self, assignments: Iterable[Any]) -> CorrectionQuerySet:
        """Return those by which these parts took the place of parts of bodies addressed in error."""
        return self.filter(replacing_assignment__in=list(assignments))

    def replacements(self, name: str) -> models.QuerySet[Any, Any]:
        """Return the ids of the rows that took the place of one recorded in error; `name` is "response",
        "assessment" or "targetchange".
        """
        replacing = f"replacing_{name}"
        return self.order_by().filter(**{f"{replacing}__isnull": False}).values(replacing)

    def of_relation(self, pk: int) -> CorrectionQuerySet:
        """Return those that took back the relation of this number."""
        return self.filter(before__relation__id=pk)

    def of_days(self) -> CorrectionQuerySet:
        """Return those of the day of a meeting, by which what was decided at it is filed."""
        return self.filter(meeting__isnull=False, before__has_key="held_on")

    def of_meetings_planned_again(self) -> CorrectionQuerySet:
        """Return those of meetings that were recorded as held by mistake."""
        return self.filter(meeting__isnull=False, before__state="held")

    def of_notices(self) -> models.QuerySet[Any, Any]:
        """Return of the corrections of the date of a notice the assignment's id, the moment, and the date that was recorded."""
        dated = self.filter(assignment__isnull=False, before__has_key="notified_on")
        return dated.values_list("assignment_id", "corrected_at", "before__notified_on")

    def as_at(self, moment: dt.datetime) -> CorrectionQuerySet:
        """Return those made by that moment."""
        return self.filter(corrected_at__lte=moment)

    def for_reading(self) -> CorrectionQuerySet:
        """Return them with what they are about."""
        wide = self.select_related(
            "assignment__body",
            "assignment__formerly",
            "assignment__recommendation__inquiry",
            "recommendation__inquiry",
            "response__assignment__body",
            "response__assignment__formerly",
            "response__assignment__recommendation__inquiry",
            "assessment__recommendation__inquiry",
            "targetchange__assignment__body",
            "targetchange__assignment__formerly",
            "targetchange__assignment__recommendation__inquiry",
            "targetchange__meeting__body",
            "replacing_targetchange__meeting__body",
            "assessment__meeting__body",
            "assessment__assignment__body",
            "assessment__assignment__formerly",
            "response__meeting__body",
            "replacing_response__meeting__body",
            "replacing_assessment__recommendation",
            "replacing_assessment__invited_to__body",
            "assessment__invited_to__body",
            "replacing_assessment__meeting__body",
            "replacing_assessment__assignment__body",
            "replacing_assessment__assignment__formerly",
            "finding__inquiry",
            "meeting__body",
            "inquiry",
            "corrected_by",
        )
        return cast("CorrectionQuerySet", joining_what_is_set(wide))


def _about(name: str, model: str) -> Any:
    return models.ForeignKey(
        f"recommendations.{model}", null=True, blank=True, on_delete=models.PROTECT, related_name=name
    )


def _replaced_on_its_part(subject: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to put in the place of a row one that is of another part, or that was there before it."""
    return pgtrigger.Trigger(
        name=f"replaces_{subject}",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.replacing_{subject}_id IS NOT NULL"),
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM recommendations_{subject} wrong JOIN recommendations_{subject} put USING (assignment_id)
                 WHERE wrong.id = NEW.{subject}_id AND put.id = NEW.replacing_{subject}_id AND put.id > wrong.id
            ) THEN
                RAISE EXCEPTION 'What takes the place of a row recorded in error is of the same part, and recorded after it'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (names of our own tables)
    )


class Correction(Imported):
    """A correction of what is on the public record. Append-only.

    `before` and `after` hold the columns that were changed, with what was recorded and what is right. With `voids` the whole
    row was recorded in error, and `replacing_response`, `replacing_assessment`, `replacing_targetchange` or
    `replacing_assignment` is the right one.
    """

    assignment = _about("corrections", "Assignment")
    recommendation = _about("corrections", "Recommendation")
    response = _about("corrections", "Response")
    assessment = _about("corrections", "Assessment")
    targetchange = _about("corrections", "TargetChange")
    finding = _about("corrections", "Finding")
    meeting = _about("corrections", "Meeting")
    inquiry = _about("corrections", "Inquiry")
    voids = models.BooleanField(default=False)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    replacing_assignment = _about("+", "Assignment")
    replacing_response = _about("+", "Response")
    replacing_assessment = _about("+", "Assessment")
    replacing_targetchange = _about("+", "TargetChange")
    reason = CleanTextField()
    corrected_at = models.DateTimeField(default=clock.now)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The transaction that made it, noted by the database: what it corrects is changed in that one, and in no other.
    transaction = models.CharField(max_length=60, blank=True, editable=False)

    names: Mapping[tuple[str, int], str] | None = None
    """The names of the rows whose ids `before` and `after` hold, where `queries.corrections` has read them."""

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["corrected_at", "id"]
        indexes = [models.Index(fields=["-corrected_at"], name="correction_by_moment")]
        constraints = [
            models.CheckConstraint(condition=not_blank("reason"), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{one}__isnull": one != subject for one in SUBJECTS}) for subject in SUBJECTS),
                    _connector=Q.OR,
                ),
                name="correction_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(voids=False)
                | Q(finding__isnull=True, meeting__isnull=True, inquiry__isnull=True),
                name="correction_voids_what_can_be",
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject], condition=Q(voids=True), name=f"correction_voids_{subject}_once"
                )
                for subject in VOIDED
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"replacing_{subject}__isnull": True})
                    | Q(**{"voids": True, f"{subject}__isnull": False})
                    & ~Q(**{f"replacing_{subject}": models.F(subject)}),
                    name=f"correction_replaces_{subject}",
                )
                for subject in REPLACED
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="its_transaction",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.transaction := this_transaction(); RETURN NEW;",
            ),
            _replaced_on_its_part("response"),
            _replaced_on_its_part("targetchange"),
            pgtrigger.Trigger(
                name="voids_its_row",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.voids"),
                func="""
                    UPDATE recommendations_response SET voided_at = NEW.corrected_at WHERE id = NEW.response_id;
                    UPDATE recommendations_assessment SET voided_at = NEW.corrected_at WHERE id = NEW.assessment_id;
                    UPDATE recommendations_targetchange SET voided_at = NEW.corrected_at WHERE id = NEW.targetchange_id;
                    UPDATE recommendations_recommendation SET withdrawn_at = NEW.corrected_at
                     WHERE id = NEW.recommendation_id;
                    UPDATE recommendations_assignment SET withdrawn_at = NEW.corrected_at
                     WHERE (id = NEW.assignment_id OR recommendation_id = NEW.recommendation_id) AND withdrawn_at IS NULL;
                    RETURN NULL;
                """,
            ),
            *append_only("Corrections"),
            *made_by_its_import(),
            never_ahead("corrected_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.subject._meta.verbose_name} {self.subject.pk}"

    @property
    def is_of_a_decision(self) -> bool:
        """Whether it says something of what was decided: not where only a meeting that was recorded as held is planned again,
        at which nothing had been decided.
        """
        return self.meeting_id is None or "held_on" in self.before

    @property
    def subject(self) -> Any:
        """What it is about."""
        return next(getattr(self, name) for name in SUBJECTS if getattr(self, f"{name}_id") is not None)


# ------------------------------------------------------------------ rules of the database


def _made_now(subject: str, row: str, condition: str) -> str:
    """Return the SQL condition that a correction about the row was made in this transaction, and meets the condition."""
    return (
        "EXISTS (SELECT 1 FROM recommendations_correction c"  # noqa: S608 (names of our own tables and columns)
        f" WHERE c.{subject}_id = {row} AND c.transaction = this_transaction() AND {condition})"
    )


def corrected_only(subject: str, columns: Sequence[str], *, once: str, what: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change these columns without a correction in the same transaction that says the
    same.

    `once` is the SQL condition, on OLD, of being on the public record. The number by which a row is known never changes then.
    """
    columns = ["id", *columns]
    names = ", ".join(f"'{name}'" for name in columns)
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
    agrees = f"""NOT EXISTS (
        SELECT 1 FROM jsonb_each(to_jsonb(OLD)) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)
         WHERE o.key = ANY(ARRAY[{names}]::text[]) AND o.value IS DISTINCT FROM n.value
           AND (c.before->o.key IS DISTINCT FROM o.value OR c.after->o.key IS DISTINCT FROM n.value))"""  # noqa: S608 (as above)
    return pgtrigger.Trigger(
        name="corrected_only",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"""
            {UNLESS_WITHHELD}
            {UNLESS_UNDONE}
            IF ({once}) AND NOT {_made_now(subject, "OLD.id", agrees)} THEN
                RAISE EXCEPTION '{what} on the public record is only corrected, with a reason that everybody can read'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


def voided_only(subjects: Mapping[str, str], column: str) -> list[pgtrigger.Trigger]:
    """Return triggers that let the column be set once, to the moment of a correction that voids the row, which is there by then.

    `subjects` are what that correction may be about, each with the SQL of its id.
    """
    refusal = """RAISE EXCEPTION 'What was recorded in error is only voided by its correction, once'
                    USING ERRCODE = 'restrict_violation';"""
    made = " OR ".join(
        _made_now(subject, row, f"c.voids AND c.corrected_at = NEW.{column}")
        for subject, row in subjects.items()
    )
    return [
        pgtrigger.Trigger(
            name="voided_only",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"OLD.{column} IS DISTINCT FROM NEW.{column}"),
            func=f"""
            IF OLD.{column} IS NOT NULL OR NOT ({made}) THEN
                {refusal}
            END IF;
            RETURN NEW;
        """,
        ),
        pgtrigger.Trigger(
            name="begins_standing",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition(f"NEW.{column} IS NOT NULL"),
            func=refusal,
        ),
    ]


def stays_on_the_record(what: str, once: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to delete a row that meets the SQL condition `once`, on OLD."""
    return pgtrigger.Trigger(
        name="stays_on_the_record",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"""
            {UNLESS_UNDONE}
            IF {once} THEN
                RAISE EXCEPTION '{what} on the public record stay there' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        """,
    )
