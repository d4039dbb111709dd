"""Transfers of assignments from one body to another, and which body held one at a moment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead
from committee.fields import CleanTextField
from recommendations.models.base import not_blank
from recommendations.models.bodies import Body

if TYPE_CHECKING:
    from recommendations.models.assignments import AssignmentQuerySet


def body_at(at: dt.datetime) -> Coalesce:
    """Return the expression for the id of the body that held an assignment at the moment: the old body of the first
    later transfer.
    """
    later = Transfer.objects.filter(assignment=OuterRef("pk"), recorded_at__gt=at).order_by(
        "recorded_at", "id"
    )
    held = Subquery(later.values("from_body_id")[:1])
    return Coalesce(held, F("body_id"), output_field=models.BigIntegerField())


class TransferQuerySet(models.QuerySet["Transfer"]):
    def to(self, body: Body) -> TransferQuerySet:
        """Return transfers to this body."""
        return self.filter(to_body=body)

    def given_over_by(self, body: Body, assignments: AssignmentQuerySet) -> list[dict[str, Any]]:
        """Return to whom this body gave over how many of these assignments: `to_body`, `to_body__name` and `number`."""
        of_it = self.order_by("to_body__sort_key", "to_body").filter(
            from_body=body, assignment__in=assignments.order_by()
        )
        return list(
            of_it.values("to_body", "to_body__name").annotate(number=Count("assignment", distinct=True))
        )


class Transfer(models.Model):
    """The transfer of an assignment from one body to another, such as when a body is abolished. Append-only."""

    assignment = models.ForeignKey(
        "recommendations.Assignment", on_delete=models.PROTECT, related_name="transfers"
    )
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = CleanTextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=not_blank("reason"), name="transfer_has_reason")]
        triggers = [*append_only("Transfers"), never_ahead("recorded_at"), audited()]

    def __str__(self) -> str:
        return f"{self.from_body_id} to {self.to_body_id} on {self.on}"
