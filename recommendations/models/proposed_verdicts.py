"""Verdicts that members propose at a meeting, for the chair or committee support to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, only_transitions, refuse
from committee.fields import CleanTextField
from recommendations.lifecycle import PROPOSAL_TRANSITIONS, Grade, Outcome, ProposalState
from recommendations.models.base import Versioned
from recommendations.models.meetings import Assessment, Meeting, invitation_words, same_verdict

if TYPE_CHECKING:
    from committee.accounts.models import User
    from recommendations.models.assignments import Assignment


class ProposedVerdictQuerySet(models.QuerySet["ProposedVerdict"]):
    def standing(self) -> ProposedVerdictQuerySet:
        """Return those that were neither confirmed, passed over nor withdrawn."""
        return self.filter(state=ProposalState.STANDING)

    def on_standing_parts(self) -> ProposedVerdictQuerySet:
        """Return those on a part that was not addressed in error, or on a whole recommendation that was not withdrawn."""
        return self.filter(assignment__withdrawn_at__isnull=True, recommendation__withdrawn_at__isnull=True)

    def at_meeting(self, meeting: Meeting) -> ProposedVerdictQuerySet:
        """Return those proposed at this meeting, the first first, with the people who proposed them."""
        return (
            self.filter(meeting=meeting)
            .select_related("proposed_by", "assignment__body", "assignment__formerly", "invited_to")
            .order_by("proposed_at", "pk")
        )

    def for_record(self) -> ProposedVerdictQuerySet:
        """Return them with their meetings, the first first, and the people who proposed them."""
        return self.select_related(
            "meeting__body", "proposed_by", "assignment__body", "assignment__formerly", "invited_to"
        ).order_by("proposed_at", "pk")

    def of_recommendations(self, ids: set[int]) -> ProposedVerdictQuerySet:
        return self.filter(recommendation__in=ids)

    def by(self, user: User) -> ProposedVerdictQuerySet:
        """Return those that `user` proposed."""
        return self.filter(proposed_by=user)

    def covered_by(self, assignment: Assignment | None) -> ProposedVerdictQuerySet:
        """Return those about what a verdict on this part covers; on the whole (None) it covers every part.

        One on a part covers also what was proposed for the whole: the committee went by parts.
        """
        if assignment is None:
            return self
        return self.filter(Q(assignment=assignment) | Q(assignment__isnull=True))


class ProposedVerdict(Versioned):
    """What a member of the committee proposes as its verdict at a meeting, on one part or on the whole.

    Never public. It ends with the committee's verdict, `verdict`, which took it or not; until then the member may change
    or withdraw it. One that ended stays as it is.
    """

    recommendation = models.ForeignKey(
        "recommendations.Recommendation", on_delete=models.PROTECT, related_name="proposed_verdicts"
    )
    assignment = models.ForeignKey(
        "recommendations.Assignment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposed_verdicts",
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proposed_verdicts")
    grade = models.CharField(max_length=20, choices=Grade.choices)
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    comment = CleanTextField(blank=True)
    invited_to = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.STANDING, editable=False
    )
    verdict = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
        editable=False,
    )
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[ProposedVerdictQuerySet] = ProposedVerdictQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["proposed_at", "id"]
        indexes = [models.Index(fields=["meeting", "recommendation"], name="proposal_by_meeting")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "recommendation", "assignment", "proposed_by"],
                condition=Q(state=ProposalState.STANDING),
                nulls_distinct=False,
                name="proposal_once_per_member",
            ),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="proposal_grade_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="proposal_outcome_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.TAKEN, ProposalState.NOT_TAKEN], verdict__isnull=False)
                | Q(state__in=[ProposalState.STANDING, ProposalState.WITHDRAWN], verdict__isnull=True),
                name="proposal_ended_by_verdict",
            ),
        ]
        triggers = [
            only_transitions("state", PROPOSAL_TRANSITIONS),
            *append_only("Proposed verdicts that have ended", pgtrigger.Condition("OLD.state <> 'standing'")),
            refuse("withdrawn_not_deleted", "A proposed verdict is withdrawn, not deleted", pgtrigger.Delete),
            # What was proposed is for the committee alone; the audit trail says who proposed, and when.
            never_ahead("proposed_at"),
            audited(secret=["grade", "outcome", "comment", "invited_to_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()}, {self.get_outcome_display().lower()}"

    @property
    def target_key(self) -> str:
        """What it is about, by the key of the form on the running list."""
        return f"a{self.assignment_id}" if self.assignment_id else f"r{self.recommendation_id}"

    @property
    def is_standing(self) -> bool:
        return self.state == ProposalState.STANDING

    @property
    def invitation(self) -> str:
        """Where it invites the head of service to, in words; see `Assessment.invitation`."""
        return invitation_words(self)

    def is_same_as(self, verdict: Assessment) -> bool:
        """Return whether the verdict says just this, of the same part."""
        return self.assignment_id == verdict.assignment_id and same_verdict(self, verdict)
