"""Recommendations and their assignments to owning bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from committee import clock
from committee.audit.triggers import append_only, audited, refuse
from recommendations.lifecycle import (
    CLOSING,
    DECISIVE,
    PUBLIC_STAGES,
    Claim,
    Clock,
    Decision,
    Grade,
    Outcome,
    Priority,
    RelationKind,
    Role,
)
from recommendations.lifecycle.state import (
    DERIVED,
    RAISING,
    TURNING,
    AssignmentState,
    StateRules,
    assignment_state,
)
from recommendations.models import expressions as rules
from recommendations.models.acting import acting_link
from recommendations.models.base import Versioned, not_blank
from recommendations.models.bodies import Body, Post
from recommendations.models.inquiries import COMMITTEE_ROLES, Finding, Inquiry, InquiryTransfer
from recommendations.models.meetings import Assessment, Meeting
from recommendations.models.words import RECOMMENDATION_WORDS, words_query

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models.progress import TargetChange, Update
    from recommendations.models.respondents import RespondentLink
    from recommendations.models.responses import Response

OWNER_ROLES = (Role.RESPONSIBLE_OFFICER, Role.APPROVER)

LEAST_COMPARED, MOST_COMPARED = 8, 600
"""How much must be typed before it is compared with earlier recommendations, and how much is, in characters."""


class ThemeQuerySet(models.QuerySet["Theme"]):
    def used_among(self, assignments: models.QuerySet[Assignment]) -> ThemeQuerySet:
        """The themes of these assignments' recommendations."""
        return self.filter(recommendations__in=assignments.order_by().values("recommendation_id")).distinct()

    def used_in(self, recommendations: models.QuerySet[Recommendation]) -> ThemeQuerySet:
        """The themes of these recommendations."""
        return self.filter(Exists(recommendations.order_by().filter(themes=OuterRef("pk"))))


class Theme(models.Model):
    """A subject that recommendations share across inquiries."""

    name = models.CharField(max_length=80, unique=True)

    objects: ClassVar[ThemeQuerySet] = ThemeQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["name"]
        triggers = [audited()]

    def __str__(self) -> str:
        return self.name


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def published(self) -> RecommendationQuerySet:
        return self.filter(inquiry__stage__in=PUBLIC_STAGES)

    def visible_to(self, user: User | AnonymousUser) -> RecommendationQuerySet:
        """Recommendations of inquiries this person may see."""
        if not user.is_authenticated:
            return self.published()
        ids = list(user.bodies_as(*COMMITTEE_ROLES))
        return self.filter(Q(inquiry__stage__in=PUBLIC_STAGES) | Q(inquiry__committee__lineage__overlap=ids))

    def open(self) -> RecommendationQuerySet:
        return self.filter(closed_on__isnull=True)

    def closed(self) -> RecommendationQuerySet:
        return self.filter(closed_on__isnull=False)

    def overdue(self, on: dt.date | None = None) -> RecommendationQuerySet:
        """Recommendations with at least one overdue assignment on that day (today)."""
        late = Assignment.objects.overdue(on).filter(recommendation=OuterRef("pk"))
        return self.filter(Exists(late))

    def matching(self, words: str) -> RecommendationQuerySet:
        """Recommendations whose reference, heading, words or measure of success holds these words."""
        return self.alias(words=RECOMMENDATION_WORDS).filter(words=words_query(words))

    def of_inquiry(self, inquiry: Inquiry) -> RecommendationQuerySet:
        """Return the recommendations of one inquiry, by default in their printed order."""
        return self.filter(inquiry=inquiry)

    def of_ids(self, ids: set[int]) -> RecommendationQuerySet:
        return self.filter(pk__in=ids)

    def unaddressed(self) -> RecommendationQuerySet:
        """Return open recommendations that no body was given yet, by default in the order of their reports."""
        return self.open().filter(~Exists(Assignment.objects.filter(recommendation=OuterRef("pk"))))

    def assessed_at(self, meeting: Meeting) -> RecommendationQuerySet:
        """Those that have a verdict of this meeting."""
        return self.filter(Exists(Assessment.objects.filter(recommendation=OuterRef("pk"), meeting=meeting)))

    def not_assessed_at(self, meeting: Meeting) -> RecommendationQuerySet:
        return self.filter(~Exists(Assessment.objects.filter(recommendation=OuterRef("pk"), meeting=meeting)))

    def for_agenda(self, meeting: Meeting) -> RecommendationQuerySet:
        """What a meeting's committee may give its view of: what it published by that day and has not closed, and
        what it gave its view of at this very meeting; in the order of the reports, the latest first."""
        seen = Exists(Assessment.objects.filter(recommendation=OuterRef("pk"), meeting=meeting))
        return (
            self.published()
            .filter(
                Q(closed_on__isnull=True) | seen,
                inquiry__committee=meeting.body_id,
                inquiry__published_on__lte=meeting.held_on,
            )
            .exclude(inquiry__in=InquiryTransfer.objects.reached(meeting.body_id, after=meeting.held_on))
            .select_related("inquiry", "inquiry__committee")
            .prefetch_related(
                models.Prefetch(
                    "assignments",
                    Assignment.objects.select_related("body", "formerly", "last_update").order_by(
                        "-is_lead", "id"
                    ),
                )
            )
            .in_order()
        )

    def lately_closed(self) -> RecommendationQuerySet:
        """Closed ones with the meeting that closed them, the latest first."""
        return self.closed().select_related("inquiry", "closed_by__meeting").order_by("-closed_on", "-pk")

    def of_committees(self, body_ids: set[int]) -> RecommendationQuerySet:
        """Recommendations made by these committees and those below them."""
        return self.filter(inquiry__committee__lineage__overlap=list(body_ids))

    def without_owner_note(self) -> RecommendationQuerySet:
        """Those for which nobody said that the report names no owner."""
        return self.filter(owner_note="")

    def like(self, heading: str, text: str) -> RecommendationQuerySet:
        """Recommendations whose heading or words are much like these, the most alike first, with ``likeness``
        from 0 to 1. Only the beginning of a long text is compared, so that it answers while somebody types."""
        heading, text = (" ".join(words.replace("\x00", " ").split()) for words in (heading, text))
        heading, text = heading[:200], text[:MOST_COMPARED]
        alike = Q()
        scores: list[models.Expression] = []
        for field, words in (("heading", heading), ("text", text)):
            if len(words) >= LEAST_COMPARED:
                alike |= Q(**{f"{field}__trigram_similar": words})
                scores.append(TrigramSimilarity(field, words))
        if not scores:
            return self.none()
        likeness = Greatest(*scores) if len(scores) > 1 else scores[0]
        return self.filter(alike).annotate(likeness=likeness).order_by("-likeness", "-pk")

    def newest(self, count: int) -> RecommendationQuerySet:
        """So many of them at most, those added last first."""
        return self.order_by("-pk")[:count]

    def with_reference(self, reference: str) -> Recommendation | None:
        """The recommendation of this reference, whatever its case and spaces; None where there is none."""
        return self.filter(reference__iexact=" ".join(reference.split())).first()

    def for_workspace(self, among: RecommendationQuerySet) -> RecommendationQuerySet:
        """What committee support sees of an inquiry's recommendations: owning bodies, themes, relations to those
        among these, earlier wordings, in a fixed number of queries."""
        relations = Relation.objects.filter(earlier__in=among.order_by())
        return self.select_related("finding", "inquiry", "inquiry__committee").prefetch_related(
            models.Prefetch(
                "assignments",
                Assignment.objects.select_related("body", "formerly", "post").order_by(
                    "-is_lead", "body__name", "id"
                ),
            ),
            "themes",
            models.Prefetch("relations", relations.select_related("earlier", "earlier__inquiry")),
            "wordings",
        )

    def for_record(self) -> RecommendationQuerySet:
        """What the page of one recommendation shows of it itself."""
        return self.select_related(
            "inquiry__committee__parent", "finding", "made_at__body", "closed_by__meeting__body"
        ).prefetch_related("themes")

    def figures(self, on: dt.date | None = None) -> dict[str, int]:
        """Counts in one query: total, open, closed, implemented and overdue (at least one body's part)."""
        late = Exists(Assignment.objects.order_by().overdue(on).filter(recommendation=OuterRef("pk")))
        return self.aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(closed_on__isnull=True)),
            closed=Count("pk", filter=Q(closed_on__isnull=False)),
            implemented=Count("pk", filter=Q(closed_as=Outcome.CLOSE_IMPLEMENTED)),
            overdue=Count("pk", filter=Q(late, closed_on__isnull=True)),
        )

    def for_list(self) -> RecommendationQuerySet:
        """What every list of recommendations shows, in a fixed number of queries."""
        return self.select_related("inquiry", "inquiry__committee").prefetch_related(
            models.Prefetch(
                "assignments",
                Assignment.objects.select_related("body", "formerly").order_by("-is_lead", "id"),
            )
        )

    def in_order(self) -> RecommendationQuerySet:
        """The latest inquiry first, then as numbered in its report."""
        return self.order_by(
            F("inquiry__published_on").desc(nulls_first=True), "inquiry_id", "sort_key", "id"
        )


class Recommendation(Versioned):
    """The exact words a committee agreed, addressed to one or more owning bodies.

    The number is the report's own ("3", "3a"); the reference is unique across the council and carries the
    municipal year. Closed only by an assessment.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=20)
    sort_key = models.CharField(max_length=200, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    heading = models.CharField(max_length=200)
    text = models.TextField()
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.STANDARD)
    themes = models.ManyToManyField(Theme, blank=True, related_name="recommendations")
    success_measure = models.TextField(blank=True)
    made_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations_made"
    )
    owner_note = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    closed_as = models.CharField(max_length=30, choices=Outcome.choices, blank=True, editable=False)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True, editable=False)

    objects: ClassVar[RecommendationQuerySet] = RecommendationQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["inquiry_id", "sort_key", "id"]
        indexes = [
            models.Index(fields=["inquiry", "sort_key"], name="rec_by_inquiry"),
            models.Index(fields=["closed_on"], name="rec_by_closed"),
            # Search, and the offer of similar earlier recommendations while one is typed.
            GinIndex(fields=["heading"], opclasses=["gin_trgm_ops"], name="rec_heading_trgm"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="rec_text_trgm"),
            # The public search, and the words filter of every list.
            GinIndex(RECOMMENDATION_WORDS, name="rec_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="rec_number_unique_in_inquiry"),
            models.CheckConstraint(condition=not_blank("text"), name="rec_has_text"),
            models.CheckConstraint(condition=not_blank("heading"), name="rec_has_heading"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="rec_priority_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_as="")
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_as__in=CLOSING),
                name="rec_closed_only_by_assessment",
            ),
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return f"{self.reference} {self.heading}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class WordingChange(models.Model):
    """An earlier wording of a recommendation, kept when it was reworded. Append-only."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="wordings")
    old_text = models.TextField()
    new_text = models.TextField()
    reason = models.TextField()
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [models.CheckConstraint(condition=not_blank("reason"), name="wording_has_reason")]
        triggers = [*append_only("Earlier wordings"), audited()]

    def __str__(self) -> str:
        return f"Wording of {self.recommendation_id} until {self.changed_at:%Y-%m-%d}"


class RelationQuerySet(models.QuerySet["Relation"]):
    def of(self, later: Recommendation, among: RecommendationQuerySet) -> RelationQuerySet:
        """What, of these recommendations, a recommendation repeats or supersedes."""
        return self.filter(later=later, earlier__in=among).select_related("earlier__inquiry")

    def to(self, earlier: Recommendation, among: RecommendationQuerySet) -> RelationQuerySet:
        """What, of these recommendations, repeats or supersedes an earlier one."""
        return self.filter(earlier=earlier, later__in=among).select_related("later__inquiry")


class Relation(models.Model):
    """One recommendation repeats or supersedes an earlier one."""

    later = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="relations")
    earlier = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="later_relations")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)

    objects: ClassVar[RelationQuerySet] = RelationQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(later=F("earlier")), name="relation_not_with_itself"),
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind_known"),
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User | AnonymousUser) -> AssignmentQuerySet:
        """Assignments of recommendations this person may see; of their own bodies once these were notified. Who acts
        by a personal link sees what it opens, and nothing besides."""
        if not user.is_authenticated:
            return self.filter(recommendation__inquiry__stage__in=PUBLIC_STAGES)
        if user.is_respondent:
            link = acting_link(user)
            return self.for_link(link) if link is not None else self.none()
        committees = list(user.bodies_as(*COMMITTEE_ROLES))
        owners = list(user.bodies_as(*OWNER_ROLES))
        return self.filter(
            Q(recommendation__inquiry__stage__in=PUBLIC_STAGES)
            | Q(recommendation__inquiry__committee__lineage__overlap=committees)
            | Q(body__lineage__overlap=owners, notified_on__isnull=False)
        )

    def for_link(self, link: RespondentLink) -> AssignmentQuerySet:
        """What a personal link opens, while it is valid: what its committee sent to its body, in published reports."""
        if not link.is_valid:
            return self.none()
        return self.published().filter(
            body=link.body_id,
            recommendation__inquiry__committee=link.committee_id,
            notified_on__isnull=False,
        )

    def owned_by(self, user: User) -> AssignmentQuerySet:
        """Assignments of the bodies this person logs or approves progress for, once notified or published."""
        return self.filter(body__lineage__overlap=list(user.bodies_as(*OWNER_ROLES))).filter(
            Q(notified_on__isnull=False) | Q(recommendation__inquiry__stage__in=PUBLIC_STAGES)
        )

    def of_committees(self, body_ids: set[int]) -> AssignmentQuerySet:
        """Assignments of recommendations made by these committees and those below them."""
        return self.filter(recommendation__inquiry__committee__lineage__overlap=list(body_ids))

    def approved_by(self, user: User) -> AssignmentQuerySet:
        """Assignments of the bodies this person is an approver for."""
        return self.filter(body__lineage__overlap=list(user.bodies_as(Role.APPROVER)))

    def of_body(self, body: Body) -> AssignmentQuerySet:
        """Assignments that this very body holds now."""
        return self.filter(body=body)

    def of_recommendations(self, ids: set[int]) -> AssignmentQuerySet:
        return self.filter(recommendation__in=ids)

    def of_theme(self, theme: Theme) -> AssignmentQuerySet:
        return self.filter(recommendation__themes=theme)

    def of_inquiry(self, inquiry: Inquiry) -> AssignmentQuerySet:
        return self.filter(recommendation__inquiry=inquiry)

    def of_inquiries(self, inquiries: Iterable[Inquiry]) -> AssignmentQuerySet:
        return self.filter(recommendation__inquiry__in=[inquiry.pk for inquiry in inquiries])

    def response_record(self, on: dt.date | None = None) -> dict[str, int]:
        """How these were answered, in one query: ``due`` had a term that ended by a decision or by the day
        (today); of them ``in_time`` were decided within it, ``late`` after it, ``missing`` not at all."""
        day = on or clock.today()
        decided = rules.is_decided()
        had_term = Q(response_due_on__isnull=False)
        return self.aggregate(
            due=Count("pk", filter=had_term & (decided | Q(response_due_on__lt=day))),
            in_time=Count("pk", filter=had_term & decided & Q(stopped_on__lte=F("response_due_on"))),
            late=Count("pk", filter=had_term & decided & Q(stopped_on__gt=F("response_due_on"))),
            missing=Count("pk", filter=had_term & ~decided & Q(response_due_on__lt=day)),
        )

    def published(self) -> AssignmentQuerySet:
        return self.filter(recommendation__inquiry__stage__in=PUBLIC_STAGES)

    def open(self) -> AssignmentQuerySet:
        return self.filter(rules.is_open())

    def overdue(self, on: dt.date | None = None) -> AssignmentQuerySet:
        """Open assignments past their first date on that day (today), unless the body's claim that it has
        delivered still waits for the committee's view. Lateness counts from the first date, never a revised one."""
        return self.filter(rules.is_overdue(on or clock.today()))

    def awaiting_response(self) -> AssignmentQuerySet:
        """Notified, open, and without a decision: never answered, or answered only "noted" or "in principle"."""
        return self.filter(rules.awaits_response(clock.today()))

    def response_late(self, on: dt.date | None = None) -> AssignmentQuerySet:
        """Awaiting a response after the body's term."""
        return self.filter(rules.is_response_late(on or clock.today()))

    def response_due_by(self, day: dt.date) -> AssignmentQuerySet:
        """Awaiting a response whose term ends by that day or is over already, the earliest first."""
        return self.awaiting_response().filter(response_due_on__lte=day).order_by("response_due_on", "id")

    def to_notify(self) -> AssignmentQuerySet:
        """Open, of a published report, and not yet sent to the body."""
        return self.published().open().filter(notified_on__isnull=True)

    def answerable_by(self, user: User) -> AssignmentQuerySet:
        """Notified and open, for whose response this person may enter the record: of the committees they serve as
        scrutiny officer, and of the bodies they approve for."""
        return self.open().filter(
            Q(
                recommendation__inquiry__committee__lineage__overlap=list(
                    user.bodies_as(Role.SCRUTINY_OFFICER)
                )
            )
            | Q(body__lineage__overlap=list(user.bodies_as(Role.APPROVER))),
            notified_on__isnull=False,
        )

    def decided(self) -> AssignmentQuerySet:
        """With a decision that stopped the response clock."""
        return self.filter(rules.is_decided())

    def numbered(self, ids: Sequence[int]) -> AssignmentQuerySet:
        """The assignments with these ids, in the order of their report."""
        return self.filter(pk__in=ids).order_by("recommendation__sort_key", "body__name", "id")

    def with_responses(self) -> AssignmentQuerySet:
        """With every answer given so far, the latest last."""
        return self.prefetch_related("responses__meeting__body")

    def slipped(self) -> AssignmentQuerySet:
        return self.filter(slips__gt=0)

    def awaiting_the_committee(self) -> AssignmentQuerySet:
        """Claimed delivered, and the committee has not yet given its view."""
        return self.filter(rules.is_awaiting_verdict())

    def for_list(self) -> AssignmentQuerySet:
        """What every list of assignments shows, in one query."""
        return self.select_related(
            "body",
            "formerly",
            "post",
            "recommendation",
            "recommendation__inquiry",
            "recommendation__inquiry__committee",
            "last_update",
        )

    def in_order(self) -> AssignmentQuerySet:
        return self.order_by(
            F("recommendation__inquiry__published_on").desc(nulls_first=True),
            "recommendation__inquiry_id",
            "recommendation__sort_key",
            "-is_lead",
            "body__name",
            "id",
        )

    def existing_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Return those that were addressed by the moment, as they are now."""
        return self.filter(created_at__lte=moment)

    def as_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Return the assignments that existed at the moment, with their state then, read from history: the columns
        named by ``expressions.AS_AT``, and ``update_then_id``, the latest update."""
        from recommendations.models.progress import TargetChange, Update
        from recommendations.models.responses import Response

        updates = (
            Update.objects.as_at(moment).filter(assignment=OuterRef("pk")).order_by(*rules.LATEST_UPDATE)
        )
        responses = (
            Response.objects.as_at(moment).filter(assignment=OuterRef("pk")).order_by(*rules.LATEST_RESPONSE)
        )
        changes = TargetChange.objects.agreed_by(moment).filter(assignment=OuterRef("pk"))
        slips = (
            changes.filter(new_date__gt=F("old_date")).order_by().values("assignment").annotate(n=Count("pk"))
        )
        verdicts = (
            Assessment.objects.as_at(moment)
            .filter(
                Q(assignment=OuterRef("pk"))
                | Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id"))
            )
            .order_by(*rules.LATEST_VERDICT)
        )
        turning, raising = verdicts.filter(outcome__in=TURNING), verdicts.filter(outcome__in=RAISING)
        escalated_on = Case(
            When(outcome=Outcome.ESCALATE, then=F("meeting__held_on")), output_field=DateField()
        )
        closed_as = Case(When(outcome__in=CLOSING, then=F("outcome")), default=Value(""))
        return (
            self.existing_at(moment)
            .annotate(
                update_then_id=Subquery(updates.values("pk")[:1]),
                claim_then=Coalesce(Subquery(updates.values("claim")[:1]), Value("")),
                claimed_at_then=Subquery(updates.values("published_at")[:1]),
                decision_then=Coalesce(Subquery(responses.values("decision")[:1]), Value("")),
                target_then=Coalesce(
                    Subquery(changes.order_by(*rules.LATEST_TARGET_CHANGE).values("new_date")[:1]),
                    F("first_target_on"),
                    output_field=DateField(),
                ),
                slips_then=Coalesce(Subquery(slips.values("n")), 0, output_field=models.IntegerField()),
                grade_then=Coalesce(Subquery(verdicts.values("grade")[:1]), Value("")),
                judged_at_then=Subquery(verdicts.values("recorded_at")[:1]),
                escalated_then=Subquery(
                    raising.annotate(day=escalated_on).values("day")[:1], output_field=DateField()
                ),
                closed_as_then=Coalesce(
                    Subquery(turning.annotate(end=closed_as).values("end")[:1]),
                    Value(""),
                    output_field=models.CharField(),
                ),
            )
            .annotate(
                awaiting_then=rules.true_if(
                    Q(closed_as_then="", claim_then=Claim.DELIVERED)
                    & (Q(judged_at_then__isnull=True) | Q(judged_at_then__lt=F("claimed_at_then")))
                )
            )
        )

    def read_at(self, at: dt.datetime | None) -> tuple[AssignmentQuerySet, rules.Columns, dt.date]:
        """Return the assignments as at the moment (None: now), the columns that hold their state then, and the day."""
        if at is None:
            return self, rules.KEPT, clock.today()
        return self.as_at(at), rules.AS_AT, timezone.localdate(at)

    def figures(self, on: dt.date | None = None) -> dict[str, int]:
        """Counts for a dashboard, in one query: total, open, closed, overdue, response_late, awaiting_response,
        awaiting_verdict, slipped, implemented."""
        day = on or clock.today()
        return self.aggregate(
            total=Count("pk"),
            open=Count("pk", filter=rules.is_open()),
            closed=Count("pk", filter=~rules.is_open()),
            implemented=Count("pk", filter=Q(closed_as=Outcome.CLOSE_IMPLEMENTED)),
            overdue=Count("pk", filter=rules.is_overdue(day)),
            awaiting_response=Count("pk", filter=rules.awaits_response(day)),
            response_late=Count("pk", filter=rules.is_response_late(day)),
            awaiting_verdict=Count("pk", filter=rules.is_awaiting_verdict()),
            slipped=Count("pk", filter=rules.has_slipped()),
        )


class Assignment(StateRules, Versioned):
    """A recommendation addressed to one owning body: the unit that responses, progress and dates hang on.

    The lower half is the current state, kept by the actions that change it so that lists are single indexed
    queries. History is the rows it comes from; ``manage.py recompute_state`` must find no difference.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(default=True)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    deliverer = models.CharField(max_length=200, blank=True)
    # The body it was first addressed to, where it has passed on since: merged bodies bring several parts of one
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
    first_target_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)

    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True, editable=False)
    decided_on = models.DateField(null=True, blank=True, editable=False)
    # The day its response clock stopped: of the present decision, or of an earlier one that this one rewords.
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
    last_update_on = models.DateField(null=True, blank=True, editable=False)
    awaiting_verdict = models.BooleanField(default=False, editable=False)
    slips = models.PositiveSmallIntegerField(default=0, editable=False)
    slip_days = models.IntegerField(default=0, editable=False)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True, editable=False)
    assessed_on = models.DateField(null=True, blank=True, editable=False)
    escalated_on = models.DateField(null=True, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    closed_as = models.CharField(max_length=30, choices=Outcome.choices, blank=True, editable=False)

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
                nulls_distinct=False,
                name="assignment_once_per_body",
            ),
            models.CheckConstraint(
                condition=Q(first_target_on__isnull=True, target_on__isnull=True)
                | Q(first_target_on__isnull=False, target_on__isnull=False),
                name="assignment_targets_paired",
            ),
            models.CheckConstraint(
                condition=Q(response_due_on__isnull=True) | Q(notified_on__isnull=False),
                name="assignment_clock_needs_notice",
            ),
            models.CheckConstraint(
                condition=Q(last_update__isnull=True, last_update_on__isnull=True, claim="")
                | Q(last_update__isnull=False, last_update_on__isnull=False, claim__in=Claim.values),
                name="assignment_claim_has_update",
            ),
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
            refuse(
                "first_date_stays",
                "The first target date is never changed",
                pgtrigger.Update,
                pgtrigger.Condition(
                    "OLD.first_target_on IS NOT NULL AND NEW.first_target_on IS DISTINCT FROM OLD.first_target_on"
                ),
            ),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference}: {self.body.label}"

    @property
    def owner_words(self) -> str:
        """The owning body, and the one it was first addressed to where it has passed on since."""
        return f"{self.body.label} (formerly {self.formerly.label})" if self.formerly else self.body.label

    @property
    def owner_name(self) -> str:
        """As ``owner_words``, with the names in full."""
        return f"{self.body.name} (formerly {self.formerly.name})" if self.formerly else self.body.name

    @property
    def awaits_response(self) -> bool:
        """Whether it awaits a response today, for templates; see ``awaits_response_on``."""
        return self.awaits_response_on(clock.today())

    def is_overdue(self, on: dt.date | None = None) -> bool:
        """Return whether it is overdue on that day (today); see ``is_overdue_on``."""
        return self.is_overdue_on(on or clock.today())

    def days_late(self, on: dt.date | None = None) -> int:
        """Return the days since the first date on that day (today), 0 if it is not overdue."""
        return self.days_late_on(on or clock.today())

    def clock(self, on: dt.date | None = None) -> Clock:
        """Return the response clock as read on that day (today)."""
        return self.clock_on(on or clock.today())

    @property
    def response_clock(self) -> Clock:
        """Today's reading of the clock, for templates."""
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
        """Derive the state of this part from its history, up to ``until`` (None: now); see ``assignment_state``.

        The rows are those of this assignment; of ``verdicts`` those that speak of it are taken.
        """
        return assignment_state(
            first_target_on=self.first_target_on,
            notified_on=self.notified_on,
            response_due_on=self.response_due_on,
            updates=updates,
            responses=responses,
            target_changes=target_changes,
            verdicts=[verdict for verdict in verdicts if verdict.covers(self)],
            until=until,
        )

    def take_state(self, state: AssignmentState) -> None:
        """Put this object, not the database, into ``state``."""
        for name in DERIVED:
            setattr(self, name, getattr(state, name))


class TransferQuerySet(models.QuerySet["Transfer"]):
    def to(self, body: Body) -> TransferQuerySet:
        """Those by which a body took work over."""
        return self.filter(to_body=body)


class Transfer(models.Model):
    """An assignment that passed from one body to another, such as on a body's abolition. Append-only."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="transfers")
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=not_blank("reason"), name="transfer_has_reason")]
        triggers = [*append_only("Transfers"), audited()]

    def __str__(self) -> str:
        return f"{self.from_body_id} to {self.to_body_id} on {self.on}"
