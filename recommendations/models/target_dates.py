"""The ledger of target dates: every date asked for, agreed or refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, only_transitions, refuse
from committee.fields import CleanTextField
from committee.formatting import long_date
from recommendations.lifecycle import (
    TARGET_TRANSITIONS,
    DatesAgreedBy,
    Role,
    TargetState,
    stated,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import OWNER_ROLES, Assignment
from recommendations.models.base import Imported, made_by_its_import, not_blank, there_at, unless_imported
from recommendations.models.corrections import Correction, voided_only
from recommendations.models.earlier_values import keeps_earlier
from recommendations.models.meetings import Meeting
from recommendations.models.periods import PeriodEndField, period_constraint, period_field

if TYPE_CHECKING:
    from committee.accounts.models import User


class TargetChangeQuerySet(models.QuerySet["TargetChange"]):
    def requested(self) -> TargetChangeQuerySet:
        """Return those that wait for a decision: of what the committee closed meanwhile, none is needed."""
        return self.on_standing_parts().filter(
            state=TargetState.REQUESTED, assignment__closed_on__isnull=True
        )

    def undecided(self) -> TargetChangeQuerySet:
        """Return those that nobody decided on, also where the committee closed the part meanwhile."""
        return self.filter(state=TargetState.REQUESTED)

    def on_standing_parts(self) -> TargetChangeQuerySet:
        """Return those on parts that were not addressed in error, of recommendations that were not withdrawn."""
        return self.filter(assignment__withdrawn_at__isnull=True)

    def waiting_at(self, moment: dt.datetime | None) -> TargetChangeQuerySet:
        """Return those that waited for a decision at the moment (None: now), as `requested` does for now."""
        if moment is None:
            return self.requested()
        still_open = Assignment.objects.open_at(moment)
        return self.as_at(moment).filter(
            Q(decided_at__isnull=True) | Q(decided_at__gt=moment),
            Exists(still_open.order_by().filter(pk=OuterRef("assignment"))),
        )

    def as_at(self, moment: dt.datetime) -> TargetChangeQuerySet:
        """Return those on the record at the moment, without those of which it was known by then that the decision was recorded
        in error, whatever was decided on them since.
        """
        return self.recorded_by(moment).filter(there_at(moment))

    def recorded_by(self, moment: dt.datetime) -> TargetChangeQuerySet:
        """Return those asked for by that moment, also those recorded in error; one in the place of another is there from its
        correction on.
        """
        later = Correction.objects.replacements("targetchange").filter(corrected_at__gt=moment)
        return self.filter(asked_at__lte=moment).exclude(pk__in=later)

    def of_assignments(self, assignments: models.QuerySet[Assignment]) -> TargetChangeQuerySet:
        return self.filter(assignment__in=assignments.order_by().values("pk"))

    def standing(self) -> TargetChangeQuerySet:
        """Return those whose decision was not recorded in error."""
        return self.filter(voided_at__isnull=True)

    def newly_decided(self) -> TargetChangeQuerySet:
        """Return those that are not as their correction put them in the place of one recorded in error: that is told by it."""
        put = Correction.objects.filter(replacing_targetchange=OuterRef("pk"))
        as_put = put.filter(
            Q(corrected_at__gte=OuterRef("decided_at")) | Q(replacing_targetchange__decided_at=None)
        )
        return self.exclude(Exists(as_put))

    def agreed(self) -> TargetChangeQuerySet:
        """Return those that stand as agreed."""
        return self.standing().recorded_as_agreed()

    def recorded_as_agreed(self) -> TargetChangeQuerySet:
        """Return those agreed, with those of which that was recorded in error."""
        return self.filter(state=TargetState.AGREED)

    def agreed_by(self, moment: dt.datetime) -> TargetChangeQuerySet:
        """Return those agreed by that moment, with those of which that was recorded in error."""
        return self.recorded_as_agreed().filter(decided_at__lte=moment)

    def waiting_for(self, user: User) -> TargetChangeQuerySet:
        """Return undecided requests to the committees that `user` works for as scrutiny officer."""
        return self.requested().filter(
            assignment__recommendation__inquiry__committee__lineage__overlap=list(
                user.bodies_as(Role.SCRUTINY_OFFICER)
            )
        )

    def visible_to(self, user: User) -> TargetChangeQuerySet:
        """Return requests about recommendations that `user` may see."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def published(self) -> TargetChangeQuerySet:
        """Return those of parts that anybody may read of."""
        return self.filter(assignment__in=Assignment.objects.published())

    def decided(self) -> TargetChangeQuerySet:
        """Return those decided, the latest decision first."""
        return self.exclude(state=TargetState.REQUESTED).order_by(*rules.LATEST_TARGET_CHANGE)

    def of_committees_of(self, user: User) -> TargetChangeQuerySet:
        """Return entries of the ledgers of the committees that `user` works for as scrutiny officer."""
        return self.filter(
            assignment__recommendation__inquiry__committee__lineage__overlap=list(
                user.bodies_as(Role.SCRUTINY_OFFICER)
            )
        )

    def of(self, assignment: Assignment) -> TargetChangeQuerySet:
        return self.filter(assignment=assignment)

    def asked_by_bodies_of(self, user: User) -> TargetChangeQuerySet:
        """Return undecided requests of the bodies for which `user` logs or approves progress."""
        return self.requested().filter(assignment__body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES)))

    def for_list(self) -> TargetChangeQuerySet:
        return self.select_related(
            "assignment__body",
            "assignment__formerly",
            "assignment__recommendation__inquiry__committee",
            "asked_by",
            "decided_by",
            "meeting__body",
        )


class TargetChange(Imported):
    """One entry of the ledger: a new date asked for, why, and who agreed it.

    A date never changes without an entry. Once decided, an entry is never changed. `slip_days` is counted from the date
    it replaces; a negative number brings the date forward.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="target_changes")
    old_period = period_field()
    old_date = PeriodEndField(period="old_period")
    new_period = period_field()
    new_date = PeriodEndField(period="new_period")
    # The date that the body asked for, where another was agreed, which is then `new_date`.
    asked_period = period_field()
    asked_date = PeriodEndField(period="asked_period", null=True, blank=True, editable=False)
    # Empty where a tracker does not state it.
    reason = CleanTextField(blank=True)
    state = models.CharField(max_length=10, choices=TargetState.choices, default=TargetState.REQUESTED)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision_note = CleanTextField(blank=True)
    decided_as = models.CharField(max_length=10, choices=DatesAgreedBy.choices, blank=True)
    # The day of a decision between meetings that was recorded later, in the place of one recorded in error.
    decided_day = models.DateField(null=True, blank=True, editable=False)
    # Since when its decision is known to have been recorded in error, by its correction.
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[TargetChangeQuerySet] = TargetChangeQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["assignment", "decided_at"], name="target_by_assignment"),
            # "Since the last meeting", on the dashboard and in the pack, needs what was agreed in a period.
            models.Index(
                fields=["-decided_at"], condition=Q(state=TargetState.AGREED), name="target_agreed_by_decided"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state=TargetState.REQUESTED),
                name="target_one_request_at_a_time",
            ),
            models.CheckConstraint(condition=unless_imported(not_blank("reason")), name="target_has_reason"),
            period_constraint("target_old_period_ends_on_its_day", "old_date", "old_period"),
            period_constraint("target_new_period_ends_on_its_day", "new_date", "new_period"),
            period_constraint("target_asked_period_ends_on_its_day", "asked_date", "asked_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(asked_by__isnull=False)), name="target_asked_by_somebody"
            ),
            models.CheckConstraint(condition=~Q(old_date=F("new_date")), name="target_date_differs"),
            models.CheckConstraint(
                condition=Q(asked_date__isnull=True)
                | Q(state=TargetState.AGREED) & ~Q(asked_date=F("new_date")),
                name="target_other_date_is_agreed",
            ),
            models.CheckConstraint(condition=Q(state__in=TargetState.values), name="target_state_known"),
            models.CheckConstraint(
                condition=Q(state=TargetState.REQUESTED, decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state=TargetState.REQUESTED)
                    & Q(decided_at__isnull=False)
                    & unless_imported(Q(decided_by__isnull=False))
                ),
                name="target_decided_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state=TargetState.REFUSED) | not_blank("decision_note"),
                name="target_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_day__isnull=True)
                | Q(
                    meeting__isnull=True,
                    decided_at__isnull=False,
                    decided_day__gte=TruncDate("asked_at"),
                    decided_day__lte=TruncDate("decided_at"),
                ),
                name="target_day_of_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(state=TargetState.REQUESTED),
                name="target_voided_once_decided",
            ),
        ]
        triggers = [
            only_transitions("state", TARGET_TRANSITIONS),
            refuse(
                "never_changed",
                "Entries of the slippage ledger are never changed once decided",
                pgtrigger.Update,
                pgtrigger.Condition(
                    "OLD.decided_at IS NOT NULL AND to_jsonb(OLD) - 'voided_at' IS DISTINCT FROM to_jsonb(NEW) - 'voided_at' OR"
                    " (OLD.assignment_id, OLD.old_date, OLD.old_period, OLD.new_date,"
                    " OLD.new_period, OLD.reason, OLD.asked_at, OLD.asked_by_id, OLD.import_batch_id, OLD.import_row_id)"
                    " IS DISTINCT FROM (NEW.assignment_id, NEW.old_date, NEW.old_period,"
                    # What was asked for stays to be read where another date is agreed.
                    " coalesce(NEW.asked_date, NEW.new_date),"
                    " CASE WHEN NEW.asked_date IS NULL THEN NEW.new_period ELSE NEW.asked_period END,"
                    " NEW.reason, NEW.asked_at, NEW.asked_by_id, NEW.import_batch_id, NEW.import_row_id)"
                ),
            ),
            *(t for t in append_only("Entries of the slippage ledger") if t.name != "never_changed"),
            *voided_only({"targetchange": "OLD.id"}, "voided_at"),
            keeps_earlier("voided_at"),
            *made_by_its_import(),
            never_ahead("asked_at", "decided_at", "voided_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.old_date} to {self.new_date}"

    def set_undecided(self) -> None:
        """Set the row in memory, never in the database, to how it read before it was decided."""
        self.new_date, self.asked_date = self.date_asked_for, None
        self.state = TargetState.REQUESTED
        self.decided_at = self.decided_by = self.meeting = self.decided_day = None
        self.decision_note = self.decided_as = ""

    @property
    def date_asked_for(self) -> dt.date:
        """The date that the body asked for, whatever was agreed."""
        return self.asked_date or self.new_date

    @property
    def agreed_date(self) -> dt.date | None:
        """The date that was agreed; None where none was."""
        return self.new_date if self.state == TargetState.AGREED else None

    @property
    def slip_days(self) -> int:
        return (self.new_date - self.old_date).days

    @property
    def decided_on(self) -> dt.date | None:
        """The day of the decision: that of the meeting, if it was taken at one; None while it is undecided."""
        if self.decided_at is None:
            return None
        if self.meeting is not None:
            return self.meeting.held_on
        return self.decided_day or timezone.localdate(self.decided_at)

    @property
    def reason_words(self) -> str:
        """Why the date was to move; that this is not stated, where a tracker does not."""
        return stated(self.reason)

    @property
    def asked_words(self) -> str:
        """Who of the body asked for it; that this is not stated, where a tracker does not."""
        return self.asked_by.name if self.asked_by is not None else stated("").lower()

    @property
    def decision_is_stated(self) -> bool:
        """Whether it is known who decided and when: a tracker tells only that the date moved."""
        return bool(self.decided_as) or not self.is_imported

    @property
    def decision_words(self) -> str:
        """What was decided, by whom and when, in words: "Agreed by the committee on 3 May 2024". Of what a tracker tells of
        a date that moved, only that it did is known.
        """
        if self.decided_at is None:
            return ""
        if not self.decision_is_stated:
            return "Who agreed it, and when, is not stated in the tracker"
        by = f" by {self.decided_by_words}" if self.decided_by_words else ""
        return f"{self.get_state_display()}{by} on {long_date(self.decided_on)}"

    @property
    def decided_by_words(self) -> str:
        """Who decided, as the ledger shows it; "" while it is undecided, or if an old entry does not say."""
        by = {
            DatesAgreedBy.MEETING: "the committee",
            DatesAgreedBy.CHAIR: "the chair",
            DatesAgreedBy.OFFICER: "the scrutiny officer under delegation",
        }
        return by[DatesAgreedBy(self.decided_as)] if self.decided_as else ""
