"""Proposals to put back what a second person had confirmed: one person proposes it, another one agrees or declines."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committee import clock
from committee.audit.triggers import UNLESS_WITHHELD, audited, never_ahead, never_deleted, only_transitions
from committee.fields import CleanTextField
from recommendations.lifecycle import PUT_BACK_TRANSITIONS, PutBackState
from recommendations.models.base import both_or_neither, not_blank
from recommendations.models.withholdings import Withholding


class PutBackProposalQuerySet(models.QuerySet["PutBackProposal"]):
    def open(self) -> PutBackProposalQuerySet:
        """Return those on which nobody has decided, the first first."""
        return self.filter(state=PutBackState.OPEN).order_by("proposed_at", "id")

    def for_list(self) -> PutBackProposalQuerySet:
        return self.select_related("proposed_by", "decided_by").order_by("-proposed_at", "-id")


class PutBackProposal(models.Model):
    """That a confirmed withholding be put back, with the reason, and what became of it.

    What was confirmed names a child, a victim or somebody like them, so nobody puts it back alone.
    """

    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="put_back_proposals")
    reason = CleanTextField()
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=PutBackState.choices, default=PutBackState.OPEN, editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # Why somebody declined.
    decision_reason = CleanTextField(blank=True, editable=False)

    objects: ClassVar[PutBackProposalQuerySet] = PutBackProposalQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["withholding"],
                condition=Q(state__in=[PutBackState.OPEN, PutBackState.AGREED]),
                name="put_back_proposed_once",
            ),
            models.CheckConstraint(condition=Q(state__in=PutBackState.values), name="put_back_state_known"),
            models.CheckConstraint(condition=not_blank("reason"), name="put_back_has_reason"),
            models.CheckConstraint(
                condition=both_or_neither("decided_at", "decided_by"), name="put_back_decided_paired"
            ),
            models.CheckConstraint(
                condition=Q(state=PutBackState.OPEN, decided_at__isnull=True)
                | (~Q(state=PutBackState.OPEN) & Q(decided_at__isnull=False)),
                name="put_back_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PutBackState.AGREED, PutBackState.DECLINED])
                | ~Q(decided_by=F("proposed_by")),
                name="put_back_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=PutBackState.WITHDRAWN) | Q(decided_by=F("proposed_by")),
                name="put_back_withdrawn_by_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state=PutBackState.DECLINED) | not_blank("decision_reason"),
                name="put_back_declined_with_reason",
            ),
        ]
        triggers = [
            only_transitions("state", PUT_BACK_TRANSITIONS),
            pgtrigger.Trigger(
                name="begins_open",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # The lock lets no erasing begin before this is committed.
                func="""
                    PERFORM 1 FROM recommendations_withholding w
                      WHERE w.id = NEW.withholding_id AND w.state = 'confirmed' FOR UPDATE;
                    IF NOT FOUND OR NEW.state <> 'open' THEN
                        RAISE EXCEPTION 'Only what is confirmed is proposed to be put back, and another person decides'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="only_decided",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    {UNLESS_WITHHELD}
                    IF to_jsonb(OLD) - ARRAY['state', 'decided_at', 'decided_by_id', 'decision_reason']
                        <> to_jsonb(NEW) - ARRAY['state', 'decided_at', 'decided_by_id', 'decision_reason']
                        OR NEW.state = OLD.state AND to_jsonb(OLD) <> to_jsonb(NEW)
                    THEN
                        RAISE EXCEPTION 'A proposal to put back is never changed, only decided on'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *never_deleted("Proposals to put back"),
            never_ahead("proposed_at", "decided_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"Proposal to put back withholding {self.withholding_id}"

    @property
    def status(self) -> PutBackState:
        return PutBackState(self.state)
