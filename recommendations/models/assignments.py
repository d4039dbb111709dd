"""Assignments: a recommendation addressed to one owning body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from committee import clock
from committee.audit.triggers import audited, never_ahead
from committee.fields import CleanCharField
from recommendations.lifecycle import (
    CLOSING,
    DECISIVE,
    Claim,
    Clock,
    ClockState,
    Decision,
    Grade,
    Outcome,
    Role,
    absence,
)
from recommendations.lifecycle.events import verdict_order
from recommendations.lifecycle.state import (
    DERIVED,
    GIVEN,
    READ_ANEW,
    AssignmentState,
    StateRules,
    assignment_state,
    lateness_from,
    standing_escalation,
)
from recommendations.models import expressions as rules
from recommendations.models.acting import acting_link
from recommendations.models.base import (
    Imported,
    Versioned,
    both_or_neither,
    made_by_its_import,
    there_at,
)
from recommendations.models.bodies import Body, Post
from recommendations.models.corrections import corrected_only, stays_on_the_record, voided_only
from recommendations.models.earlier_values import keeps_earlier
from recommendations.models.imports import ImportBatch, ImportChange
from recommendations.models.inquiries import Inquiry, committee_at
from recommendations.models.joins import with_columns
from recommendations.models.meetings import Assessment
from recommendations.models.periods import PeriodEndField, period_constraint, period_field
from recommendations.models.recommendations import (
    Recommendation,
    Theme,
    public_by,
    visible_drafts,
    with_known,
)
from recommendations.models.transfers import body_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models.respondent_links import RespondentLink
    from recommendations.models.responses import Response
    from recommendations.models.target_dates import TargetChange
    from recommendations.models.updates import Update


NAMES_OF_RECOMMENDATION = (
    "reference",
    "number",
    "heading",
    "inquiry__title",
    "inquiry__published_on",
    "inquiry__published_period",
    "published_on",
    "made_public_at",
    "withdrawn_at",
)
"""What names a recommendation in a list."""

WHY_NOTHING_IS_ASKED = (
    "withdrawn_at",
    "decision",
    "closed_period",
    "closed_on",
    "recommendation__reference",
    "recommendation__heading",
    "recommendation__withdrawn_at",
)
"""The columns that tell why nothing is asked of a part, and of which one; see `Assignment.why_nothing_is_asked`."""

OWNER_ROLES = (Role.RESPONSIBLE_OFFICER, Role.APPROVER)


TAKEN_BACK_LATELY = dt.timedelta(days=14)
"""How long a body's people read on their lists that something was sent to it in error, and why."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User | AnonymousUser) -> AssignmentQuerySet:
        """Return assignments of recommendations that `user` may see, those of their own bodies only once notified.

        A respondent sees what their personal link opens, and nothing else.
        """
        if not user.is_authenticated:
            return self.published()
        if user.is_respondent:
            link = acting_link(user)
            return self.for_link(link) if link is not None else self.none()
        owners = list(user.bodies_as(*OWNER_ROLES))
        return self.filter(
            Q(recommendation__made_public_at__isnull=False)
            | visible_drafts(user, "recommendation__")
            | Q(body__lineage__overlap=owners, notified_on__isnull=False)
        )

    def for_link(self, link: RespondentLink) -> AssignmentQuerySet:
        """Return what a valid personal link opens: what its committee sent to its body, in published reports."""
        if not link.is_valid:
            return self.none()
        return self.published().filter(
            body=link.body_id,
            recommendation__inquiry__committee=link.committee_id,
            notified_on__isnull=False,
        )

    def owned_by(self, user: User) -> AssignmentQuerySet:
        """Return assignments of the bodies for which `user` logs or approves progress, once notified or published."""
        return self.filter(body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES))).filter(
            Q(notified_on__isnull=False) | Q(recommendation__made_public_at__isnull=False)
        )

    def notified(self) -> AssignmentQuerySet:
        """Return assignments of which their bodies were notified: what can't be withdrawn any more."""
        return self.filter(notified_on__isnull=False)

    def of_committees(self, body_ids: set[int], at: dt.datetime | None = None) -> AssignmentQuerySet:
        """Return assignments of recommendations that these committees and those below them follow up, now or at the
        moment.
        """
        if at is None:
            return self.filter(recommendation__inquiry__committee__lineage__overlap=list(body_ids))
        committees = Body.objects.within(body_ids).order_by().values("pk")
        followed_by = committee_at(at, "recommendation__inquiry")
        return self.alias(followed_by=followed_by).filter(followed_by__in=committees)

    def approved_by(self, user: User) -> AssignmentQuerySet:
        """Return assignments of the bodies for which `user` is an approver."""
        return self.filter(body__lineage__overlap=list(user.bodies_as(Role.APPROVER)))

    def of_body(self, body: Body, at: dt.datetime | None = None) -> AssignmentQuerySet:
        """Return assignments that this body itself holds, now or at the moment."""
        return self.filter(body=body) if at is None else self.alias(holder=body_at(at)).filter(holder=body.pk)

    def body_ids(self, at: dt.datetime | None = None) -> models.QuerySet[Assignment, Any]:
        """Return the ids of the bodies that hold these, now or at the moment, for a subquery."""
        return self.values("body_id") if at is None else self.annotate(holder=body_at(at)).values("holder")

    def of_recommendations(self, ids: Any) -> AssignmentQuerySet:
        return self.filter(recommendation__in=ids)

    def of_theme(self, theme: Theme, at: dt.datetime | None = None) -> AssignmentQuerySet:
        """Return assignments of recommendations that have this theme, now or at the moment."""
        if at is None:
            return self.filter(recommendation__themes=theme)
        of_it = Recommendation.objects.of_theme(theme, at).order_by().values("pk")
        return self.filter(recommendation__in=of_it)

    def of_inquiry(self, inquiry: Inquiry) -> AssignmentQuerySet:
        return self.filter(recommendation__inquiry=inquiry)

    def of_inquiries(self, inquiries: Iterable[Inquiry]) -> AssignmentQuerySet:
        return self.filter(recommendation__inquiry__in=[inquiry.pk for inquiry in inquiries])

    def response_record(self, on: dt.date | None = None) -> dict[str, int]:
        """Return counts of how these were answered, in one query.

        `with_term` have a response term; for `due` it ended by a decision or by `on` (default: today). Of them `in_time`
        were decided within it, `late` after it, and `missing` not at all: these still await it, as `response_late` returns
        them. To what the committee closed after the term `never` did come one. What it closed within the term counts nowhere.
        """
        day = on or clock.today()
        decided = rules.is_decided()
        ended = ~decided & Q(closed_on__isnull=False, closed_on__lte=F("response_due_on"))
        had_term = Q(response_due_on__isnull=False) & ~ended
        return self.standing().aggregate(
            with_term=Count("pk", filter=had_term),
            due=Count("pk", filter=had_term & (decided | Q(response_due_on__lt=day))),
            in_time=Count("pk", filter=had_term & decided & Q(stopped_on__lte=F("response_due_on"))),
            late=Count("pk", filter=had_term & decided & Q(stopped_on__gt=F("response_due_on"))),
            missing=Count("pk", filter=rules.is_response_late(day)),
            never=Count("pk", filter=had_term & ~decided & Q(closed_on__isnull=False)),
        )

    def published(self) -> AssignmentQuerySet:
        """Return those of published recommendations, also those that were withdrawn since."""
        return self.filter(recommendation__made_public_at__isnull=False)

    def in_reports(self) -> AssignmentQuerySet:
        """Return those of what `RecommendationQuerySet.in_reports` returns."""
        return self.filter(
            Q(recommendation__made_public_at__isnull=False)
            | Q(recommendation__inquiry__made_public_at__isnull=True)
        )

    def standing(self, at: dt.datetime | None = None) -> AssignmentQuerySet:
        """Return those that were not addressed in error, now or by the moment."""
        return self.filter(rules.stands() if at is None else there_at(at, "withdrawn_at"))

    def lately_taken_back(self) -> AssignmentQuerySet:
        """Return those that were sent, and found so lately to be in error that their bodies still read it; the latest first."""
        since = clock.now() - TAKEN_BACK_LATELY
        sent = self.notified().filter(withdrawn_at__gte=since).order_by("-withdrawn_at", "-id")
        found: AssignmentQuerySet = with_columns(sent, *WHY_NOTHING_IS_ASKED)
        return found

    def with_notice_to_take_back(self) -> AssignmentQuerySet:
        """Return those notified of which the body has not answered anything; a response recorded in error is none."""
        from recommendations.models.responses import Response

        answered = Response.objects.standing().filter(assignment=OuterRef("pk"))
        return (
            self.standing()
            .notified()
            .filter(~Exists(answered), updates__isnull=True, target_changes__isnull=True)
        )

    def open(self) -> AssignmentQuerySet:
        """Return those of which something is still asked: the committee has not closed them, and the body has not answered
        that it is for somebody else.
        """
        return self.standing().filter(rules.is_open())

    def not_closed(self) -> AssignmentQuerySet:
        """Return those that the committee has not closed, also where the body answered that it is for somebody else."""
        return self.standing().filter(closed_on__isnull=True)

    def overdue(self, on: dt.date | None = None) -> AssignmentQuerySet:
        """Return open assignments past their first date on `on` (default: today).

        Not overdue while a claim of delivery waits for the committee. Lateness counts from the first date, never a
        later one.
        """
        return self.filter(rules.is_overdue(on or clock.today()))

    def awaiting_response(self) -> AssignmentQuerySet:
        """Return those notified and open without a decision: never answered, or answered only "noted" or "in
        principle".
        """
        return self.filter(rules.awaits_response(clock.today()))

    def response_late(self, on: dt.date | None = None) -> AssignmentQuerySet:
        """Return those awaiting a response after the body's term."""
        return self.filter(rules.is_response_late(on or clock.today()))

    def response_due_by(self, day: dt.date) -> AssignmentQuerySet:
        """Return those awaiting a response whose term ends by that day or has ended, the earliest first."""
        return self.awaiting_response().filter(response_due_on__lte=day).order_by("response_due_on", "id")

    def followed_up(self) -> AssignmentQuerySet:
        """Return those that the committee follows up here: open, and not known from public sources only."""
        return self.filter(rules.is_followed_up())

    def not_known(self) -> AssignmentQuerySet:
        """Return those of which only public sources tell, and none that they were closed."""
        return self.filter(rules.is_not_known())

    def reporting(self) -> AssignmentQuerySet:
        """Return those of which progress is asked: those followed up, but not of a body that answered that it is for
        somebody else.
        """
        return self.followed_up()

    def chased(self) -> AssignmentQuerySet:
        """Return those of which notices are due: not what an import of a tracker brought, or dated, as long as nobody has begun
        to follow that up.
        """
        waiting = ImportBatch.objects.applied().filter(followed_up_at__isnull=True).order_by().values("pk")
        dated = ImportChange.objects.filter(batch__in=waiting, table_name=Assignment._meta.db_table)
        return self.exclude(import_batch__in=waiting).exclude(pk__in=dated.order_by().values("row_key"))

    def to_notify(self) -> AssignmentQuerySet:
        """Return open assignments of published recommendations that were not yet sent to the body. What an import brought is history,
        and is sent to nobody before somebody has begun to follow it up.
        """
        return self.published().open().filter(notified_on__isnull=True).chased()

    def answerable_by(self, user: User) -> AssignmentQuerySet:
        """Return those notified and not closed for which `user` may record a response, and those of which only public sources
        tell: a source may tell of the answer though none tells of the notice.

        They are of the committees that the user serves as scrutiny officer, and of the bodies that they approve for.
        """
        return self.not_closed().filter(
            Q(
                recommendation__inquiry__committee__lineage__overlap=list(
                    user.bodies_as(Role.SCRUTINY_OFFICER)
                )
            )
            | Q(body__lineage__overlap=list(user.bodies_as(Role.APPROVER))),
            Q(notified_on__isnull=False) | Q(sources_only=True),
        )

    def decided(self) -> AssignmentQuerySet:
        """Return those with a decision that stopped the response clock."""
        return self.filter(rules.is_decided())

    def numbered(self, ids: Sequence[int]) -> AssignmentQuerySet:
        """Return the assignments with these ids, in the order of their report."""
        return self.filter(pk__in=ids).order_by("recommendation__sort_key", "body__sort_key", "id")

    def with_responses(self) -> AssignmentQuerySet:
        """Return them with every response so far that stands, the latest last."""
        from recommendations.models.responses import Response

        standing = Response.objects.standing().select_related("meeting__body")
        return self.prefetch_related(models.Prefetch("responses", standing))

    def slipped(self) -> AssignmentQuerySet:
        return self.filter(slips__gt=0)

    def awaiting_the_committee(self) -> AssignmentQuerySet:
        """Return those claimed as delivered on which the committee has not yet given its view."""
        return self.filter(rules.is_awaiting_verdict())

    def escalated(self) -> AssignmentQuerySet:
        """Open, and the head of service is invited."""
        return self.filter(rules.is_escalated())

    def for_list(self) -> AssignmentQuerySet:
        """Return them with all that a list of assignments shows, in one query."""
        return self.select_related(
            "body",
            "formerly",
            "recommendation",
            "recommendation__inquiry",
            "recommendation__inquiry__committee",
        )

    def named(self) -> AssignmentQuerySet:
        """Return them with the names of what each is about and of its body, and none of the long texts."""
        names = (f"recommendation__{name}" for name in NAMES_OF_RECOMMENDATION)
        bodies = ("body__name", "body__short_name", "formerly__name", "formerly__short_name")
        own = ("created_at", "withdrawn_at", "first_target_on", "first_target_period", "response_due_on")
        return self.select_related("body", "formerly", "recommendation__inquiry").only(
            *own, "sources_only", *names, *bodies
        )

    def in_order(self) -> AssignmentQuerySet:
        return self.order_by(
            F("recommendation__inquiry__published_on").desc(nulls_first=True),
            "recommendation__inquiry_id",
            "recommendation__sort_key",
            "-is_lead",
            "body__sort_key",
            "id",
        )

    def existing_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Return those that were addressed by the moment, of recommendations that were public by then or are not yet, as
        they are now.
        """
        there = self.filter(public_by(moment, "recommendation__"), created_at__lte=moment)
        return there.standing(moment)

    def open_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Return those that existed at the moment and that the last verdict by then had not closed."""
        open_then: AssignmentQuerySet = self._judged_at(moment).exclude(last_outcome__in=CLOSING)
        return open_then

    def asked_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Return those that existed at the moment, without those whose body had answered by then that it is for somebody
        else, as long as the committee had not closed them.
        """
        from recommendations.models.responses import Response

        answers = Response.objects.as_at(moment).filter(assignment=OuterRef("pk"))
        last = Subquery(answers.order_by(*rules.LATEST_RESPONSE).values("decision")[:1])
        there = self._judged_at(moment).alias(last_answer=Coalesce(last, Value("")))
        asked: AssignmentQuerySet = there.filter(
            ~Q(last_answer=Decision.NOT_OURS) | Q(last_outcome__in=CLOSING)
        )
        return asked

    def _judged_at(self, moment: dt.datetime) -> Any:
        """Return those that existed at the moment, with the `last_outcome` by then."""
        verdicts = Assessment.objects.as_at(moment).filter(
            Q(assignment=OuterRef("pk"))
            | Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id"))
        )
        last = Subquery(verdicts.order_by(*rules.LATEST_VERDICT_THEN).values("outcome")[:1])
        return self.existing_at(moment).alias(last_outcome=Coalesce(last, Value("")))

    def figures(self, on: dt.date | None = None) -> dict[str, int]:
        """Return how many recommendations these are of, and how many have at least one of these that is open, not known,
        overdue, slipped or closed as implemented, in one query.

        A body that took over from two has two assignments of one recommendation.
        """

        def having(condition: Q | None = None) -> Count:
            return Count("recommendation", distinct=True, filter=condition)

        return with_known(
            self.standing().aggregate(
                total=having(),
                open=having(rules.is_followed_up()),
                not_known=having(rules.is_not_known()),
                implemented=having(rules.is_closed_as_implemented()),
                overdue=having(rules.is_overdue(on or clock.today())),
                slipped=having(rules.has_slipped()),
            )
        )

    def recommendation_count(self) -> int:
        """Return how many recommendations these are of."""
        return self.order_by().aggregate(count=Count("recommendation", distinct=True))["count"]


def taken_back_on_the_record() -> pgtrigger.Trigger:
    """Return a trigger that refuses to clear the date of a notice unless it is on the record that it was taken back."""
    return pgtrigger.Trigger(
        name="taken_back_on_the_record",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.notified_on IS NOT NULL AND NEW.notified_on IS NULL"),
        func="""
            IF NOT EXISTS (SELECT 1 FROM recommendations_noticewithdrawal w
                            WHERE w.assignment_id = OLD.id AND w.notified_on = OLD.notified_on
                              AND w.withdrawn_at >= coalesce(OLD.notice_recorded_at, w.withdrawn_at)) THEN
                RAISE EXCEPTION 'A notice is taken back only with its reason on the record'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


_OF_A_PUBLISHED = (
    "EXISTS (SELECT 1 FROM recommendations_recommendation r"
    " WHERE r.id = OLD.recommendation_id AND r.made_public_at IS NOT NULL)"
)


_NOTICE_TAKEN_BACK = (
    "NEW.notified_on IS NULL AND NEW.response_due_on IS NULL AND NEW.notice_recorded_at IS NULL AND EXISTS"
    " (SELECT 1 FROM recommendations_noticewithdrawal w WHERE w.assignment_id = OLD.id AND w.notified_on = OLD.notified_on)"
)


def first_date_stays() -> pgtrigger.Trigger:
    """Return a trigger that refuses to change the first date, once set, without a correction."""
    made = corrected_only(
        "assignment",
        ["first_target_on", "first_target_period", "first_target_set_at"],
        once="OLD.first_target_on IS NOT NULL",
        what="The first target date",
    )
    made.name = "first_date_stays"
    return made


def transferred_only() -> pgtrigger.Trigger:
    """Return a trigger that refuses to give an assignment to another body, or another recommendation, than it was last
    transferred to.
    """
    return pgtrigger.Trigger(
        name="transferred_only",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.body_id IS DISTINCT FROM NEW.body_id OR OLD.recommendation_id IS DISTINCT FROM NEW.recommendation_id"
            " OR OLD.formerly_id IS DISTINCT FROM NEW.formerly_id OR OLD.created_at IS DISTINCT FROM NEW.created_at"
        ),
        func="""
            IF OLD.recommendation_id IS DISTINCT FROM NEW.recommendation_id
                OR OLD.created_at IS DISTINCT FROM NEW.created_at
                OR NEW.formerly_id IS DISTINCT FROM coalesce(OLD.formerly_id, OLD.body_id)
                OR NOT EXISTS (
                SELECT 1 FROM (SELECT * FROM recommendations_transfer t WHERE t.assignment_id = OLD.id
                                ORDER BY t.id DESC LIMIT 1) last
                 WHERE last.from_body_id = OLD.body_id AND last.to_body_id = NEW.body_id) THEN
                RAISE EXCEPTION 'An assignment goes to another body only by a transfer on the record'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Assignment(StateRules, Imported, Versioned):
    """A recommendation addressed to one owning body: the unit that has responses, progress and dates.

    The lower half is the current state, kept by the actions that change it so that lists are single indexed queries. It
    follows from history; `manage.py recompute_state` must find no difference.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(default=True)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    deliverer = CleanCharField(max_length=200, blank=True)
    # The body it was first addressed to, if it was transferred since. Merged bodies bring several assignments of one
    # recommendation to the same successor, and their histories are never mixed.
    formerly = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="former_assignments",
        editable=False,
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    notified_on = models.DateField(null=True, blank=True)
    response_due_on = models.DateField(null=True, blank=True)
    # Since when the record says so: a notice entered late, and a date set late, make nothing late before that moment.
    notice_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whether a public source tells of the notice: it was sent at the time, and nothing follows from it here.
    notice_from_source = models.BooleanField(default=False, editable=False)
    first_target_period = period_field()
    first_target_on = PeriodEndField(period="first_target_period", null=True, blank=True)
    first_target_set_at = models.DateTimeField(null=True, blank=True, editable=False)
    target_period = period_field()
    target_on = PeriodEndField(period="target_period", null=True, blank=True)
    # Since when it is known to have been addressed in error, or its recommendation published by mistake.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True, editable=False)
    decided_period = period_field()
    decided_on = PeriodEndField(period="decided_period", null=True, blank=True, editable=False)
    # The day its response clock stopped: by the present decision, or by an earlier one of which this is a rewording.
    stopped_on = models.DateField(null=True, blank=True, editable=False)
    claim = models.CharField(max_length=20, choices=Claim.choices, blank=True, editable=False)
    last_update = models.ForeignKey(
        "recommendations.Update",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    last_update_period = period_field()
    last_update_on = PeriodEndField(period="last_update_period", null=True, blank=True, editable=False)
    # The day of the update that made the claim: a later one from a tracker may claim nothing.
    claimed_period = period_field()
    claimed_on = PeriodEndField(period="claimed_period", null=True, blank=True, editable=False)
    awaiting_verdict = models.BooleanField(default=False, editable=False)
    slips = models.PositiveSmallIntegerField(default=0, editable=False)
    slip_days = models.IntegerField(default=0, editable=False)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True, editable=False)
    # The days of meetings, of which only the month may be known.
    assessed_period = period_field()
    assessed_on = PeriodEndField(period="assessed_period", null=True, blank=True, editable=False)
    escalated_period = period_field()
    escalated_on = PeriodEndField(period="escalated_period", null=True, blank=True, editable=False)
    closed_period = period_field()
    closed_on = PeriodEndField(period="closed_period", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    closed_as = models.CharField(max_length=30, choices=Outcome.choices, blank=True, editable=False)
    sources_only = models.BooleanField(default=False, editable=False)

    _late_from_then: tuple[dt.date | None] | None = None
    """The date from which lateness counted, of one that was put into an earlier state."""

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["recommendation_id", "-is_lead", "id"]
        indexes = [
            # Dashboards: open and past the first date; my work: a body's open items.
            models.Index(
                fields=["first_target_on"],
                condition=Q(closed_on__isnull=True),
                name="assignment_open_by_target",
            ),
            models.Index(fields=["body", "closed_on"], name="assignment_by_body"),
            models.Index(
                fields=["response_due_on"],
                condition=Q(closed_on__isnull=True),
                name="assignment_open_by_response",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "body", "formerly"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="assignment_once_per_body",
            ),
            models.CheckConstraint(
                condition=both_or_neither("first_target_on", "target_on"),
                name="assignment_targets_paired",
            ),
            models.CheckConstraint(
                condition=Q(response_due_on__isnull=True) | Q(notified_on__isnull=False),
                name="assignment_clock_needs_notice",
            ),
            models.CheckConstraint(
                condition=Q(notice_from_source=False) | Q(notified_on__isnull=False),
                name="assignment_source_needs_notice",
            ),
            models.CheckConstraint(
                condition=Q(
                    last_update__isnull=True, last_update_on__isnull=True, claim="", claimed_on__isnull=True
                )
                | Q(last_update__isnull=False, last_update_on__isnull=False)
                & (
                    Q(claim__in=Claim.values, claimed_on__isnull=False) | Q(claim="", claimed_on__isnull=True)
                ),
                name="assignment_claim_has_update",
            ),
            period_constraint(
                "assignment_first_period_ends_on_its_day", "first_target_on", "first_target_period"
            ),
            period_constraint("assignment_target_period_ends_on_its_day", "target_on", "target_period"),
            period_constraint("assignment_decided_period_ends_on_its_day", "decided_on", "decided_period"),
            period_constraint(
                "assignment_update_period_ends_on_its_day", "last_update_on", "last_update_period"
            ),
            period_constraint("assignment_claim_period_ends_on_its_day", "claimed_on", "claimed_period"),
            period_constraint("assignment_assessed_period_ends_on_its_day", "assessed_on", "assessed_period"),
            period_constraint(
                "assignment_escalated_period_ends_on_its_day", "escalated_on", "escalated_period"
            ),
            period_constraint("assignment_closed_period_ends_on_its_day", "closed_on", "closed_period"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True)
                | Q(decision__in=Decision.values, decided_on__isnull=False),
                name="assignment_decision_dated",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=DECISIVE, stopped_on__isnull=False)
                | Q(stopped_on__isnull=True) & ~Q(decision__in=DECISIVE),
                name="assignment_clock_stopped_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_as="")
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_as__in=CLOSING),
                name="assignment_closed_only_by_assessment",
            ),
        ]
        triggers = [
            corrected_only(
                "assignment",
                ["notified_on", "response_due_on", "notice_recorded_at", "notice_from_source"],
                once=f"OLD.notified_on IS NOT NULL AND NOT ({_NOTICE_TAKEN_BACK})",
                what="The day of a notice",
            ),
            first_date_stays(),
            transferred_only(),
            *voided_only({"assignment": "OLD.id", "recommendation": "OLD.recommendation_id"}, "withdrawn_at"),
            stays_on_the_record("Assignments", _OF_A_PUBLISHED),
            keeps_earlier(
                "is_lead",
                "post_id",
                "deliverer",
                "withdrawn_at",
                set_once=[
                    "notified_on",
                    "response_due_on",
                    "notice_recorded_at",
                    "first_target_on",
                    "first_target_period",
                ],
            ),
            taken_back_on_the_record(),
            *made_by_its_import(),
            never_ahead("created_at", "notice_recorded_at", "first_target_set_at", "withdrawn_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference}: {self.body.label}"

    @property
    def lead_is_known(self) -> bool:
        """Whether it is known if the body leads or contributes."""
        return not self.is_lead or not (
            self.is_imported or self.recommendation.inquiry.is_from_public_sources
        )

    @property
    def from_tracker(self) -> bool:
        """Whether an import of a tracker made it; see `StateRules.from_tracker`."""
        return self.is_imported

    @property
    def tracker_only(self) -> bool:
        """Whether only a tracker tells of it; see `StateRules.tracker_only`. Who addressed it in error knows more."""
        return self.withdrawn_at is None and super().tracker_only

    @property
    def role_words(self) -> str:
        """What the body does, in a word for a table: "Leads", "Contributes" or, where no more is known, "Named"."""
        if not self.lead_is_known:
            return "Named"
        return "Leads" if self.is_lead else "Contributes"

    @property
    def lead_words(self) -> str:
        """Whether the body leads or contributes; that it leads is not known where public sources or a tracker only name it."""
        if not self.lead_is_known:
            return absence("", sources_only=True, unstated=self.is_imported)
        return "Lead" if self.is_lead else "Contributing"

    @property
    def is_open(self) -> bool:
        """Whether something is still asked of the body; see `StateRules.is_open`. Nothing is of one addressed in error."""
        return self.withdrawn_at is None and super().is_open

    @property
    def owner_words(self) -> str:
        """The owning body, and the one it was first addressed to if it was transferred since."""
        return f"{self.body.label} (formerly {self.formerly.label})" if self.formerly else self.body.label

    def name_under(self, body: Body) -> str:
        """Return the name of the assignment under this body: with the one it was first addressed to, if that was another."""
        first = self.formerly
        return f"{body.name} (formerly {first.name})" if first and first.pk != body.pk else body.name

    @property
    def owner_name(self) -> str:
        """As `owner_words`, with the names in full."""
        return self.name_under(self.body)

    @property
    def may_be_answered(self) -> bool:
        """Whether a response of the body can be recorded: it is not closed and was sent, or only public sources tell of it;
        not of one addressed in error.
        """
        sent = self.notified_on is not None or self.sources_only
        return sent and not self.is_closed and self.withdrawn_at is None

    @property
    def why_nothing_is_asked(self) -> str:
        """Why nothing is asked of the body though the committee has not closed its part, as a sentence without its stop;
        "" where it is open or closed.
        """
        if self.recommendation.withdrawn_at is not None:
            return "This recommendation was published by mistake and is withdrawn, so nothing is asked of your body"
        if self.withdrawn_at is not None:
            return "This was sent to your body in error, so nothing is asked of it any more"
        if self.is_disowned:
            return "Your body answered that this is for somebody else. Its response has to change before you go on"
        return ""

    @property
    def awaits_response(self) -> bool:
        """Whether it awaits a response today, for templates; see `awaits_response_on`."""
        return self.awaits_response_on(clock.today())

    @property
    def late_from(self) -> dt.date | None:
        """The date from which lateness counts. One query, only where the first date had passed before the notice was sent."""
        if self._late_from_then is not None:
            return self._late_from_then[0]
        first, sent = self.first_target_on, self.notified_on
        is_later = first is not None and sent is not None and sent > first and not self.is_imported
        agreed = self.target_changes.agreed().order_by(*rules.FIRST_TARGET_CHANGE) if is_later else []
        return lateness_from(
            first, sent, [change.new_date for change in agreed], from_tracker=self.is_imported
        )

    @late_from.setter
    def late_from(self, day: dt.date | None) -> None:
        self._late_from_then = (day,)

    def is_overdue(self, on: dt.date | None = None) -> bool:
        """Return whether it is overdue on `on` (default: today); see `is_overdue_on`."""
        return self.is_overdue_on(on or clock.today())

    def days_late(self, on: dt.date | None = None) -> int:
        """Return the days since the first date on `on` (default: today), 0 if it is not overdue."""
        return self.days_late_on(on or clock.today())

    def clock_on(self, day: dt.date) -> Clock:
        """Return the response clock as read on `day`; no answer is asked of one addressed in error, or of a recommendation
        that was withdrawn.
        """
        return super().clock_on(day) if self.withdrawn_at is None else Clock(ClockState.NOT_ASKED, None, None)

    def clock(self, on: dt.date | None = None) -> Clock:
        """Return the response clock as read on `on` (default: today)."""
        return self.clock_on(on or clock.today())

    @property
    def response_clock(self) -> Clock:
        """The response clock as read today, for templates."""
        return self.clock()

    @property
    def overdue_now(self) -> bool:
        return self.is_overdue()

    def derive_state(
        self,
        *,
        updates: Iterable[Update],
        responses: Iterable[Response],
        target_changes: Iterable[TargetChange],
        verdicts: Iterable[Assessment],
        until: dt.datetime | None = None,
    ) -> AssignmentState:
        """Derive the state of this assignment from its history up to `until` (None: now); see `assignment_state`.

        The rows must be those of this assignment; of `verdicts` those that cover it are used.
        """
        return assignment_state(
            first_target_on=self.first_target_on,
            notified_on=self.notified_on,
            response_due_on=self.response_due_on,
            first_target_set_at=self.first_target_set_at,
            notice_recorded_at=self.notice_recorded_at,
            from_public_sources=self.recommendation.inquiry.is_from_public_sources,
            notice_from_source=self.notice_from_source,
            from_tracker=self.is_imported,
            updates=updates,
            responses=responses,
            target_changes=target_changes,
            verdicts=[verdict for verdict in verdicts if verdict.covers(self)],
            until=until,
        )

    def escalation(self, verdicts: Iterable[Assessment]) -> Assessment | None:
        """Return the escalation of this that stands among `verdicts`, in whatever order they come; None if none does."""
        standing = [verdict for verdict in verdicts if verdict.covers(self) and verdict.voided_at is None]
        covering = sorted(standing, key=verdict_order)
        found: Assessment | None = standing_escalation(covering)
        return found

    @property
    def has_notice_to_take_back(self) -> bool:
        """Whether its notice was sent and the body has not answered anything."""
        return Assignment.objects.with_notice_to_take_back().filter(pk=self.pk).exists()

    def take_state(self, state: AssignmentState) -> None:
        """Set the state on this object, not in the database."""
        for name in (*GIVEN, *DERIVED, *READ_ANEW):
            setattr(self, name, getattr(state, name))
