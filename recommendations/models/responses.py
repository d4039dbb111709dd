"""The formal responses of owning bodies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead
from committee.fields import CleanCharField, CleanTextField
from recommendations.lifecycle import NEEDS_REASON, Decision, stated
from recommendations.models.assignments import Assignment
from recommendations.models.base import (
    ExemptPart,
    Imported,
    exempt_constraints,
    made_by_its_import,
    not_blank,
    there_at,
    unless_imported,
)
from recommendations.models.corrections import Correction, voided_only
from recommendations.models.earlier_values import keeps_earlier
from recommendations.models.meetings import Meeting
from recommendations.models.periods import PeriodEndField, period_constraint, period_field
from recommendations.models.search_vectors import RESPONSE_WORDS, rows_matching

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, user: User | AnonymousUser) -> ResponseQuerySet:
        """Return responses on assignments that `user` may see."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def matching(self, words: str) -> ResponseQuerySet:
        """Return responses whose public part contains these words."""
        return rows_matching(self, RESPONSE_WORDS, words)

    def with_exempt_part(self) -> ResponseQuerySet:
        """Return those with exempt text, with what decides who may see it, and its opening."""
        return self.exclude(exempt_text="").select_related(
            "assignment__body", "assignment__recommendation__inquiry__committee", "exempt_opening"
        )

    def for_timeline(self) -> ResponseQuerySet:
        return self.select_related(
            "meeting", "meeting__body", "recorded_by", "assignment__body"
        ).prefetch_related("evidence")

    def published(self) -> ResponseQuerySet:
        """Return responses to published recommendations: all of them are public."""
        return self.filter(assignment__recommendation__made_public_at__isnull=False)

    def with_recommendation(self) -> ResponseQuerySet:
        return self.select_related("assignment__recommendation")

    def decided_on_day(self, day: dt.date) -> ResponseQuerySet:
        return self.filter(decided_on=day)

    def standing(self) -> ResponseQuerySet:
        """Return those that were not recorded in error."""
        return self.filter(voided_at__isnull=True)

    def newly_said(self) -> ResponseQuerySet:
        """Return those that are not in the place of one recorded in error: that is told by its correction."""
        return self.exclude(pk__in=Correction.objects.replacements("response"))

    def on_standing_parts(self) -> ResponseQuerySet:
        """Return responses on parts that were not addressed in error, of recommendations that were not withdrawn."""
        return self.filter(assignment__withdrawn_at__isnull=True)

    def as_at(self, moment: dt.datetime) -> ResponseQuerySet:
        """Return those on the record at the moment, without those that were known by then to be recorded in error."""
        return self.filter(there_at(moment), recorded_at__lte=moment)


class Response(Imported, ExemptPart):
    """A body's formal response to a recommendation addressed to it.

    Never edited: a reworded response is a further row, and both stay on the record. The executive must publish its
    response (Local Government Act 2000, s.9FE).
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="responses")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    text = CleanTextField(blank=True)
    reason = CleanTextField(blank=True)
    # A tracker may name a period, or no day at all: then it is filed under the tracker's own day.
    decided_period = period_field()
    decided_on = PeriodEndField(period="decided_period")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    body_name = CleanCharField(max_length=200)
    # Whoever recorded it said that they looked at what looks like personal data in it.
    personal_data_looked_at = models.BooleanField(default=False, editable=False)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Since when it is known to have been recorded in error, by its correction.
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ResponseQuerySet] = ResponseQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["decided_on", "recorded_at", "id"]
        indexes = [
            models.Index(fields=["assignment", "-recorded_at"], name="response_by_assignment"),
            # "Since the last meeting", on the dashboard and in the pack, needs what was recorded in a period.
            models.Index(fields=["-recorded_at"], name="response_by_recorded"),
            GinIndex(RESPONSE_WORDS, name="response_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="response_decision_known"),
            models.CheckConstraint(
                condition=unless_imported(Q(decision=Decision.ACCEPTED) | not_blank("reason")),
                name="response_reason_unless_accepted",
            ),
            period_constraint("response_period_ends_on_its_day", "decided_on", "decided_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(decided_period__isnull=True)), name="response_period_is_imported"
            ),
            *exempt_constraints("response"),
        ]
        triggers = [
            *append_only("Responses", but=["voided_at"]),
            *voided_only({"response": "OLD.id"}, "voided_at"),
            keeps_earlier("voided_at"),
            *made_by_its_import(),
            never_ahead("recorded_at", "voided_at"),
            audited(secret=["exempt_text"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} on {self.decided_on}"

    @property
    def reason_words(self) -> str:
        """The reason; that it is not stated, where a tracker tells of a decision that needs one; else ""."""
        if not self.reason and self.is_imported and self.decision in NEEDS_REASON:
            return stated("")
        return self.reason
