"""Milestones: the steps of a plan."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committee import clock
from committee.audit.triggers import audited, never_ahead, refuse
from committee.fields import CleanCharField
from recommendations.models.assignments import Assignment
from recommendations.models.base import (
    Imported,
    Versioned,
    both_or_neither,
    made_by_its_import,
    not_blank,
    unless_imported,
)
from recommendations.models.earlier_values import keeps_earlier, keeps_removed
from recommendations.models.periods import PeriodEndField, period_constraint, period_field


class Milestone(Imported, Versioned):
    """A step in an owning body's plan."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="milestones")
    words = CleanCharField(max_length=300)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # A step that an import made may be due in a month.
    due_period = period_field()
    due_on = PeriodEndField(period="due_period", null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("words"), name="milestone_has_words"),
            models.CheckConstraint(
                condition=both_or_neither("done_on", "done_by"),
                name="milestone_done_paired",
            ),
            period_constraint("milestone_period_ends_on_its_day", "due_on", "due_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(due_period__isnull=True)), name="milestone_period_is_imported"
            ),
        ]
        triggers = [
            refuse(
                "stays_in_its_plan",
                "A step of a plan is never moved to another",
                pgtrigger.Update,
                pgtrigger.Condition(
                    "OLD.assignment_id IS DISTINCT FROM NEW.assignment_id OR OLD.created_at IS DISTINCT FROM NEW.created_at"
                    " OR OLD.id IS DISTINCT FROM NEW.id"
                ),
            ),
            refuse(
                "done_stays",
                "Steps that are done are never deleted",
                pgtrigger.Delete,
                pgtrigger.Condition("OLD.done_on IS NOT NULL"),
            ),
            keeps_earlier("words", "due_on", "due_period", "done_on"),
            keeps_removed(),
            *made_by_its_import(),
            never_ahead("created_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return self.words
