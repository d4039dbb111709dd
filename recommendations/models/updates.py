"""Progress updates of owning bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from committee import clock
from committee.audit.triggers import UNLESS_WITHHELD, append_only, audited, never_ahead, only_transitions
from committee.fields import CleanCharField, CleanTextField
from recommendations.lifecycle import (
    EDITABLE_UPDATE_STATES,
    UNPUBLISHED_UPDATE_STATES,
    UPDATE_TRANSITIONS,
    Claim,
    Role,
    UpdateState,
    stated,
)
from recommendations.models.assignments import OWNER_ROLES, Assignment
from recommendations.models.base import (
    ExemptPart,
    Imported,
    Versioned,
    both_or_neither,
    exempt_constraints,
    made_by_its_import,
    not_blank,
    unless_imported,
)
from recommendations.models.expressions import LATEST_UPDATE
from recommendations.models.memberships import Membership
from recommendations.models.milestones import Milestone
from recommendations.models.periods import PeriodEndField, period_constraint, period_field
from recommendations.models.search_vectors import UPDATE_WORDS, rows_matching

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User


class UpdateQuerySet(models.QuerySet["Update"]):
    def published(self) -> UpdateQuerySet:
        return self.filter(state=UpdateState.PUBLISHED)

    def as_at(self, moment: dt.datetime) -> UpdateQuerySet:
        """Return updates published by that moment."""
        return self.published().filter(published_at__lte=moment)

    def on_standing_parts(self) -> UpdateQuerySet:
        """Return updates on parts that were not addressed in error, of recommendations that were not withdrawn."""
        return self.filter(assignment__withdrawn_at__isnull=True)

    def newest(self) -> UpdateQuerySet:
        """Return them as news: what came onto the record last comes first, whatever day it tells of."""
        return self.order_by("-published_at", "-pk")

    def uncorrected(self) -> UpdateQuerySet:
        """Return those that no published update corrects."""
        corrections = Update.objects.published().filter(corrects=OuterRef("pk"))
        return self.filter(~Exists(corrections))

    def latest_of_each(self) -> UpdateQuerySet:
        """Return the latest of these updates for each assignment."""
        return self.order_by("assignment_id", *LATEST_UPDATE).distinct("assignment_id")

    def visible_to(self, user: User | AnonymousUser) -> UpdateQuerySet:
        """Return published updates of visible assignments.

        Unpublished ones only for the owning body's people, by account or by personal link, and for the scrutiny officer
        who receives them.
        """
        assignments = Assignment.objects.visible_to(user)
        published = Q(state=UpdateState.PUBLISHED, assignment__in=assignments)
        if not user.is_authenticated:
            return self.filter(published)
        if user.is_respondent:
            return self.filter(assignment__in=assignments)
        own = Q(assignment__body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES)))
        if user.has_role(Role.SCRUTINY_OFFICER):
            own |= Q(pk__in=Update.objects.received_by(user).order_by().values("pk"))
        return self.filter(published | own)

    def waiting_for(self, user: User) -> UpdateQuerySet:
        """Return submitted updates that `user` may approve, the oldest first."""
        return (
            self.on_standing_parts()
            .filter(
                state=UpdateState.SUBMITTED,
                approved_at__isnull=True,
                assignment__body__lineage__overlap=list(user.bodies_as(Role.APPROVER)),
            )
            .order_by("submitted_at", "id")
        )

    def undecided(self) -> UpdateQuerySet:
        """Return those that are not approved."""
        return self.filter(approved_at__isnull=True)

    def approved(self) -> UpdateQuerySet:
        """Return those that are approved and not published yet, the first approved first."""
        return self.filter(state=UpdateState.SUBMITTED, approved_at__isnull=False).order_by(
            "approved_at", "id"
        )

    def approved_until(self, moment: dt.datetime) -> UpdateQuerySet:
        """Return those approved by the moment and not published yet."""
        return self.approved().filter(approved_at__lte=moment)

    def of_approver(self, user: User) -> UpdateQuerySet:
        """Return updates of the bodies for which `user` is an approver."""
        return self.filter(assignment__body__lineage__overlap=list(user.bodies_as(Role.APPROVER)))

    def received(self) -> UpdateQuerySet:
        """Return those submitted by personal link for bodies without an approver: committee support decides on them.

        See `Update.is_received`.
        """
        approver = Membership.objects.current().filter(
            Func(
                F("body_id"),
                OuterRef("assignment__body__lineage"),
                template="%(expressions)s)",
                arg_joiner=" = ANY(",
                output_field=models.BooleanField(),
            ),
            role=Role.APPROVER,
            user__is_active=True,
        )
        return self.filter(~Exists(approver), state=UpdateState.SUBMITTED, submitted_by__is_respondent=True)

    def received_by(self, user: User) -> UpdateQuerySet:
        """Return those that `user` decides on as scrutiny officer of the committee, the oldest first."""
        committees = list(user.bodies_as(Role.SCRUTINY_OFFICER))
        return (
            self.received()
            .filter(assignment__recommendation__inquiry__committee__lineage__overlap=committees)
            .order_by("submitted_at", "id")
        )

    def editable_by(self, user: User) -> UpdateQuerySet:
        """Return drafts and returned updates of this person's bodies."""
        return self.filter(
            state__in=EDITABLE_UPDATE_STATES,
            assignment__body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES)),
        ).order_by("-saved_at", "-id")

    def returned(self) -> UpdateQuerySet:
        return self.filter(state=UpdateState.RETURNED)

    def drafts(self) -> UpdateQuerySet:
        return self.filter(state=UpdateState.DRAFT)

    def of(self, assignment: Assignment) -> UpdateQuerySet:
        return self.filter(assignment=assignment)

    def of_any(self, assignments: Iterable[Assignment]) -> UpdateQuerySet:
        return self.filter(assignment__in=[one.pk for one in assignments])

    def unpublished(self) -> UpdateQuerySet:
        """Return drafts, submitted and returned updates; an assignment has one at most."""
        return self.exclude(state=UpdateState.PUBLISHED)

    def awaiting_approval(self, user: User) -> UpdateQuerySet:
        """Return submitted updates of this person's bodies, whoever may approve them, the oldest first."""
        return self.filter(
            state=UpdateState.SUBMITTED,
            assignment__body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES)),
        ).order_by("submitted_at", "id")

    def with_exempt_part(self) -> UpdateQuerySet:
        """Return those with exempt text, with what decides who may see it, and its opening."""
        return self.exclude(exempt_text="").select_related(
            "assignment__body", "assignment__recommendation__inquiry__committee", "exempt_opening"
        )

    def matching(self, words: str) -> UpdateQuerySet:
        """Return published updates whose public part contains these words."""
        return rows_matching(self.published(), UPDATE_WORDS, words)

    def for_news(self) -> UpdateQuerySet:
        """Return updates with what a line of news shows: the recommendation, and the body by the name it had."""
        return self.select_related("assignment__recommendation").defer("exempt_text")

    def for_list(self, *people: str) -> UpdateQuerySet:
        """Return updates with what a work queue shows, and of `people`, such as "author", those that it names.

        PostgreSQL takes longer to plan the joins to all five of them than to find the rows.
        """
        return self.select_related(
            "assignment__body", "assignment__formerly", "assignment__recommendation__inquiry", *people
        )

    def for_reading(self) -> UpdateQuerySet:
        """Return updates with all that their page shows."""
        return self.select_related(
            "assignment__body",
            "assignment__post",
            "assignment__last_update",
            "assignment__recommendation__inquiry__committee",
            "author",
            "saved_by",
            "submitted_by",
            "published_by",
            "returned_by",
            "corrects",
            "exempt_opening",
        ).prefetch_related("evidence")

    def for_timeline(self) -> UpdateQuerySet:
        return self.select_related(
            "assignment__body", "published_by", "submitted_by", "author", "exempt_opening"
        ).prefetch_related("evidence")


MENDABLE = (
    "progress",
    "delivered_what",
    "barriers",
    "next_steps",
    "new_date_reason",
    "public_summary",
    "exempt_text",
)
"""The words of an update that its approver may mend before it is published; never what it claims, or its dates."""


def mended_with_its_version() -> pgtrigger.Trigger:
    """Return a trigger that refuses to change the words of a submitted update unless they are kept as they were submitted."""
    old = ", ".join(f"OLD.{name}" for name in MENDABLE)
    new = ", ".join(f"NEW.{name}" for name in MENDABLE)
    kept = ", ".join(f"v.{name}" for name in MENDABLE)
    return pgtrigger.Trigger(
        name="mended_with_its_version",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.state = 'submitted' AND ({old}) IS DISTINCT FROM ({new})"),
        func=f"""
            {UNLESS_WITHHELD}
            IF NOT EXISTS (SELECT 1 FROM recommendations_submittedversion v
                            WHERE v.update_id = OLD.id AND ({kept}) IS NOT DISTINCT FROM ({old})) THEN
                RAISE EXCEPTION 'The words of a submitted update are mended only with the submitted version kept'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (names of our own tables and columns)
    )


class Update(Imported, Versioned, ExemptPart):
    """An owner's progress report as at a date: what the body claims, not what the committee finds.

    Draft, then submitted, then published by an approver or returned with a reason. Once published it is never edited,
    only corrected by another.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="updates")
    # A tracker may tell of a period.
    as_at_period = period_field()
    as_at = PeriodEndField(period="as_at_period", default=clock.today)
    # The day under which it is filed once published: the one it speaks of, but not before what it corrects is filed.
    filed_period = period_field()
    filed_on = PeriodEndField(period="filed_period", null=True, blank=True, editable=False)
    claim = models.CharField(max_length=20, choices=Claim.choices, blank=True)
    progress = CleanTextField(blank=True)
    barriers = CleanTextField(blank=True)
    next_steps = CleanTextField(blank=True)
    delivered_what = CleanTextField(blank=True)
    as_last_time = models.BooleanField(default=False)
    # How many updates in a row, up to this one, repeat the one before: 0 if this one says something new.
    times_running = models.PositiveSmallIntegerField(default=0)
    # Ids of the milestones that this update reports as done; they are ticked when it is published.
    done_steps = ArrayField(models.BigIntegerField(), null=True, blank=True)
    # The new date that the body asks for with this update; the committee is asked when it is published.
    new_date = models.DateField(null=True, blank=True)
    new_date_reason = CleanTextField(blank=True)
    body_name = CleanCharField(max_length=200)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    state = models.CharField(
        max_length=10, choices=UpdateState.choices, default=UpdateState.DRAFT, editable=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="updates")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)
    # Who saved last, and from which open page. That page never conflicts with itself, even if the answer that told
    # it the new version was lost.
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    saved_from = models.CharField(max_length=40, blank=True, editable=False)
    # The author of the exempt text: until it is submitted they can read it, with or without the right.
    exempt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # The approver's yes. It is published GRACE_SECONDS later, and until then the approver can take it back.
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # The approver's last change of the words, if any; see `SubmittedVersion`.
    mended_at = models.DateTimeField(null=True, blank=True, editable=False)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    return_reason = CleanTextField(blank=True, editable=False)
    # Whoever published it said that they looked at what looks like personal data in it.
    personal_data_looked_at = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[UpdateQuerySet] = UpdateQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = [F("filed_on").desc(nulls_first=True), "-published_at", "-id"]
        indexes = [
            # A recommendation's timeline and "as at": the published updates of one assignment, the latest first.
            models.Index(
                fields=["assignment", "-filed_on", "-published_at"],
                condition=Q(state=UpdateState.PUBLISHED),
                name="update_by_assignment",
            ),
            # "Since the last meeting" needs what was published in a period.
            models.Index(
                fields=["-published_at"], condition=Q(state=UpdateState.PUBLISHED), name="update_by_published"
            ),
            # The public search; unpublished and exempt text is not in it.
            GinIndex(UPDATE_WORDS, condition=Q(state=UpdateState.PUBLISHED), name="update_words"),
            # My work and the approver's queue.
            models.Index(
                fields=["state"], condition=~Q(state=UpdateState.PUBLISHED), name="update_unpublished"
            ),
        ]
        constraints = [
            # One draft at a time for an assignment: a second person continues it instead of starting another.
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state__in=UNPUBLISHED_UPDATE_STATES),
                name="update_one_unpublished",
            ),
            models.CheckConstraint(condition=Q(state__in=UpdateState.values), name="update_state_known"),
            models.CheckConstraint(
                condition=Q(as_last_time=False, times_running=0) | Q(as_last_time=True, times_running__gt=0),
                name="update_times_running_counted",
            ),
            models.CheckConstraint(
                condition=Q(state=UpdateState.DRAFT)
                | Q(claim__in=Claim.values) & not_blank("progress")
                # A tracker may state progress without a claim, or a claim without more words; never neither.
                | Q(import_batch__isnull=False)
                & (Q(claim__in=Claim.values) | Q(claim="") & not_blank("progress")),
                name="update_complete_when_submitted",
            ),
            models.CheckConstraint(
                condition=both_or_neither("submitted_at", "submitted_by"),
                name="update_submitted_paired",
            ),
            models.CheckConstraint(
                condition=both_or_neither("approved_at", "approved_by"),
                name="update_approved_paired",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(state__in=[UpdateState.SUBMITTED, UpdateState.PUBLISHED]),
                name="update_approved_was_submitted",
            ),
            models.CheckConstraint(
                condition=both_or_neither("mended_at", "mended_by"),
                name="update_mended_paired",
            ),
            models.CheckConstraint(
                condition=both_or_neither("returned_at", "returned_by"),
                name="update_returned_paired",
            ),
            models.CheckConstraint(
                condition=both_or_neither("published_at", "published_by"),
                name="update_published_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.RETURNED) | not_blank("return_reason"),
                name="update_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.PUBLISHED)
                | Q(published_at__isnull=False, filed_on__isnull=False, filed_on__gte=F("as_at"))
                & unless_imported(Q(submitted_at__isnull=False)),
                name="update_published_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.SUBMITTED) | Q(submitted_at__isnull=False),
                name="update_submitted_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EDITABLE_UPDATE_STATES)
                | ~Q(claim=Claim.DELIVERED)
                | unless_imported(not_blank("delivered_what")),
                name="update_delivered_says_what",
            ),
            period_constraint("update_period_ends_on_its_day", "as_at", "as_at_period"),
            period_constraint("update_filed_period_ends_on_its_day", "filed_on", "filed_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(as_at_period__isnull=True)), name="update_period_is_imported"
            ),
            *exempt_constraints("update"),
        ]
        triggers = [
            only_transitions("state", UPDATE_TRANSITIONS),
            *append_only("Published updates", pgtrigger.Condition("OLD.state = 'published'")),
            mended_with_its_version(),
            *made_by_its_import(),
            never_ahead(
                "created_at",
                "saved_at",
                "submitted_at",
                "approved_at",
                "mended_at",
                "returned_at",
                "published_at",
            ),
            audited(secret=["exempt_text"]),
        ]

    def __str__(self) -> str:
        return f"Update of {self.as_at} on {self.assignment_id}"

    @property
    def claim_words(self) -> str:
        """What the body claims; that this is not stated, of an update that a tracker tells of without it."""
        return stated(self.get_claim_display())

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_UPDATE_STATES

    @property
    def is_approved(self) -> bool:
        """Whether it was approved and is published in a moment."""
        return self.state == UpdateState.SUBMITTED and self.approved_at is not None

    @property
    def may_be_recalled(self) -> bool:
        """Whether it is submitted and no approver has decided on it."""
        return self.state == UpdateState.SUBMITTED and (
            self.approved_at is None or self.assignment.body.publishes_without_approver
        )

    @property
    def published_from(self) -> dt.datetime | None:
        """The moment at which an approved update is published; None if it is not approved."""
        return self.approved_at and self.approved_at + dt.timedelta(seconds=settings.GRACE_SECONDS)

    @property
    def writing_words(self) -> str:
        """Return what a link says that leads to writing this update further."""
        return f"{self.writing_short}{self.writing_rest}"

    @property
    def writing_short(self) -> str:
        """Return the first words of `writing_words`, for lists, where screen readers get `writing_rest` as well."""
        return "Carry on" if self.state == UpdateState.DRAFT else "Change the update"

    @property
    def writing_rest(self) -> str:
        """Return the rest of `writing_words`, with a blank before it, or nothing."""
        return " with the draft" if self.state == UpdateState.DRAFT else ""

    @property
    def reading_words(self) -> str:
        """Return the heading under which this update is read as it will stand, or stands, on the record."""
        return {
            UpdateState.SUBMITTED.value: "Waiting for approval",
            UpdateState.PUBLISHED.value: "Published update",
        }.get(self.state, "How the update will read")

    @property
    def is_received(self) -> bool:
        """Whether the committee's scrutiny officer decides on it once it is submitted: it came by a personal link, and
        the body has nobody who approves.
        """
        return (
            self.submitted_by is not None
            and self.submitted_by.is_respondent
            and not self.assignment.body.members_as(Role.APPROVER).exists()
        )

    @property
    def steps_done(self) -> models.QuerySet[Milestone]:
        """The milestones that this update reports as done."""
        return Milestone.objects.filter(assignment=self.assignment_id, pk__in=self.done_steps or ())

    @property
    def repeats_words(self) -> str:
        """That it repeats the last update, and how many times running, in words; "" if it says something new."""
        if not self.as_last_time:
            return ""
        running = f", {self.times_running} times running" if self.times_running > 1 else ""
        return f"As last time{running}"
