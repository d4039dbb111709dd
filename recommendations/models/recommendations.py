"""Recommendations and themes, earlier wordings, and relations between recommendations."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Greatest
from django.utils import timezone

from committee import clock
from committee.audit.triggers import UNLESS_UNDONE, UNLESS_WITHHELD, append_only, audited, never_ahead, refuse
from committee.fields import CleanCharField, CleanTextField, SortKeyField
from committee.kept_sql import KeptSQL
from committee.text import number_sort_key
from recommendations.lifecycle import (
    CLOSING,
    ORDINARY_PRIORITIES,
    PRIORITIES_NEEDING_EVIDENCE,
    Decision,
    Grade,
    Outcome,
    Priority,
    RelationKind,
    Role,
    stated,
)
from recommendations.models import expressions as rules
from recommendations.models.base import (
    Imported,
    Versioned,
    made_by_its_import,
    not_blank,
    there_at,
    unless_imported,
)
from recommendations.models.bodies import Body
from recommendations.models.corrections import corrected_only, stays_on_the_record, voided_only
from recommendations.models.earlier_values import EarlierValue, keeps_earlier, keeps_members, keeps_removed
from recommendations.models.inquiries import (
    COMMITTEE_ROLES,
    Finding,
    Inquiry,
    InquiryTransfer,
    committee_at,
)
from recommendations.models.meetings import Assessment, Meeting
from recommendations.models.periods import PeriodEndField, period_constraint, period_field
from recommendations.models.search_vectors import RECOMMENDATION_WORDS, ReferenceQuery, rows_matching

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models.assignments import Assignment

LEAST_COMPARED, MOST_COMPARED = 8, 600
"""How many characters must be typed before a text is compared with earlier recommendations, and how many are compared."""


class ThemeQuerySet(models.QuerySet["Theme"]):
    def used_in(self, recommendations: models.QuerySet[Recommendation]) -> ThemeQuerySet:
        """Return the themes of these recommendations."""
        return self.filter(Exists(recommendations.order_by().filter(themes=OuterRef("pk"))))

    def left_since(self, at: dt.datetime, recommendations: RecommendationQuerySet) -> ThemeQuerySet:
        """Return the themes that some of these recommendations, already public at the moment, have lost since."""
        there = recommendations.existing_at(at).order_by().values("pk")
        of_them = EarlierValue.objects.filter(row_id__in=there)
        lists = of_them.of_themes().replaced_after(at).values_list("before__themes", flat=True)
        return self.filter(pk__in={pk for themes in lists for pk in themes})

    def offered_to(self, user: User | AnonymousUser) -> ThemeQuerySet:
        """Return the themes of recommendations that `user` may see, and those that no recommendation has."""
        seen = Exists(Recommendation.objects.order_by().visible_to(user).filter(themes=OuterRef("pk")))
        return self.filter(seen | ~Exists(Recommendation.objects.order_by().filter(themes=OuterRef("pk"))))


_HAD_BY_A_RECOMMENDATION = """EXISTS (SELECT 1 FROM recommendations_earliervalue e
    WHERE e.table_name = 'recommendations_recommendation' AND e.before->'themes' @> to_jsonb(OLD.id))"""


class Theme(models.Model):
    """A subject that recommendations share across inquiries."""

    name = CleanCharField(max_length=80)
    sort_key = SortKeyField(of="name")

    objects: ClassVar[ThemeQuerySet] = ThemeQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["sort_key"], name="theme_once")]
        triggers = [
            stays_on_the_record("Themes that a recommendation had", _HAD_BY_A_RECOMMENDATION),
            keeps_earlier("name"),
            audited(),
        ]

    def __str__(self) -> str:
        return self.name


def _recommendations_of(assignment_ids: set[int]) -> models.QuerySet[Assignment, Any]:
    from recommendations.models.assignments import Assignment

    return Assignment.objects.order_by().filter(pk__in=assignment_ids).values("recommendation")


SUPPORT_ROLES = (Role.SCRUTINY_OFFICER, Role.CLERK)
"""Who sees what was added to a public report and is not published yet."""


def visible_drafts(user: User, path: str = "") -> Q:
    """Return the condition that a draft recommendation, reached by `path`, is one that `user` may see."""
    committee = f"{path}inquiry__committee__lineage__overlap"
    report = f"{path}inquiry__made_public_at__isnull"
    members = Q(**{report: True, committee: list(user.bodies_as(*COMMITTEE_ROLES))})
    return members | Q(**{committee: list(user.bodies_as(*SUPPORT_ROLES))})


def public_by(moment: dt.datetime, path: str = "") -> Q:
    """Return the condition that a recommendation, reached by `path`, was public at the moment, or is not yet.

    Public in this system: a report that was published in June and entered in July was not here to be read in June.
    """
    since = f"{path}made_public_at"
    return Q((f"{since}__isnull", True)) | Q((f"{since}__lte", moment))


def with_known(figures: dict[str, int]) -> dict[str, int]:
    """Return the figures with `known`, of how many more is known than public sources tell, and `sources_only`, whether
    of none.
    """
    known = figures["total"] - figures["not_known"]
    return figures | {"known": known, "sources_only": figures["total"] > 0 and known == 0}


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def published(self) -> RecommendationQuerySet:
        """Return those on the public record, also those that were withdrawn since."""
        return self.filter(made_public_at__isnull=False)

    def standing(self, at: dt.datetime | None = None) -> RecommendationQuerySet:
        """Return those that were not withdrawn, now or by the moment."""
        there = Q(withdrawn_at__isnull=True) if at is None else there_at(at, "withdrawn_at")
        return self.filter(there)

    def in_reports(self) -> RecommendationQuerySet:
        """Return those of public reports without the drafts that were added since, and all of other inquiries."""
        return self.filter(Q(made_public_at__isnull=False) | Q(inquiry__made_public_at__isnull=True))

    def drafts(self) -> RecommendationQuerySet:
        """Return those that are not published yet."""
        return self.filter(made_public_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> RecommendationQuerySet:
        """Return published recommendations, and drafts of the committees that `user` works for: those of a public report
        only for committee support.
        """
        if not user.is_authenticated:
            return self.published()
        return self.filter(visible_drafts(user) | Q(made_public_at__isnull=False))

    def open(self) -> RecommendationQuerySet:
        """Return those that the committee follows up: neither closed nor withdrawn."""
        return self.standing().filter(closed_on__isnull=True)

    def followed_up(self) -> RecommendationQuerySet:
        """Return those that the committee follows up here: open, and not known from public sources only."""
        return self.open().filter(sources_only=False)

    def not_known(self) -> RecommendationQuerySet:
        """Return those of which only public sources tell, and none that they were closed."""
        return self.open().filter(sources_only=True)

    def closed(self) -> RecommendationQuerySet:
        return self.filter(closed_on__isnull=False)

    def overdue(self, on: dt.date | None = None) -> RecommendationQuerySet:
        """Return recommendations with at least one overdue assignment on that day (default: today)."""
        from recommendations.models.assignments import Assignment

        late = Assignment.objects.overdue(on).filter(recommendation=OuterRef("pk"))
        return self.filter(Exists(late))

    def matching(self, words: str) -> RecommendationQuerySet:
        """Return recommendations whose reference, heading, text or measure of success contains these words."""
        return rows_matching(self, RECOMMENDATION_WORDS, words)

    def with_typed_reference(self, words: str) -> RecommendationQuerySet:
        """Return those whose reference was typed, with or without its brackets, blanks and zeros."""
        return self.alias(words=RECOMMENDATION_WORDS).filter(words=ReferenceQuery(words))

    def of_inquiry(self, inquiry: Inquiry) -> RecommendationQuerySet:
        """Return the recommendations of one inquiry, by default in their printed order."""
        return self.filter(inquiry=inquiry)

    def of_ids(self, ids: set[int]) -> RecommendationQuerySet:
        return self.filter(pk__in=ids)

    def with_any_of(self, ids: set[int], assignment_ids: set[int]) -> RecommendationQuerySet:
        """Return those with these ids, and those that have one of these assignments."""
        return self.filter(Q(pk__in=ids) | Q(pk__in=_recommendations_of(assignment_ids)))

    def unaddressed(self) -> RecommendationQuerySet:
        """Return recommendations followed up here that are addressed to no body, by default in the order of their reports."""
        return self.followed_up().addressed_to_nobody()

    def assessed_at(self, meeting: Meeting) -> RecommendationQuerySet:
        """Return those that have a verdict of this meeting."""
        given = Assessment.objects.standing().filter(recommendation=OuterRef("pk"), meeting=meeting)
        return self.filter(Exists(given))

    def not_assessed_at(self, meeting: Meeting) -> RecommendationQuerySet:
        given = Assessment.objects.standing().filter(recommendation=OuterRef("pk"), meeting=meeting)
        return self.filter(~Exists(given))

    def for_agenda(self, meeting: Meeting) -> RecommendationQuerySet:
        """Return what the committee of a meeting may give its view of, in the order of the reports, the latest first.

        That is what it published by that day and has not closed, and what it assessed at this very meeting.
        """
        from recommendations.models.assignments import Assignment

        given = Assessment.objects.standing().filter(recommendation=OuterRef("pk"), meeting=meeting)
        seen = Exists(given)
        return (
            self.published()
            .standing()
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
                    Assignment.objects.standing()
                    .select_related("body", "formerly", "last_update")
                    .prefetch_related("last_update__evidence")
                    .order_by("-is_lead", "id"),
                )
            )
            .in_order()
        )

    def implemented(self) -> RecommendationQuerySet:
        """Return those closed as implemented in every part."""
        return self.filter(closed_as=Outcome.CLOSE_IMPLEMENTED)

    def lately_closed(self) -> RecommendationQuerySet:
        """Return closed ones, the latest first."""
        return self.closed().order_by("-closed_on", "-pk")

    def of_committees(self, body_ids: set[int], at: dt.datetime | None = None) -> RecommendationQuerySet:
        """Return recommendations that these committees and those below them follow up, now or at the moment."""
        if at is None:
            return self.filter(inquiry__committee__lineage__overlap=list(body_ids))
        committees = Body.objects.within(body_ids).order_by().values("pk")
        return self.alias(followed_by=committee_at(at, "inquiry")).filter(followed_by__in=committees)

    def existing_at(self, moment: dt.datetime) -> RecommendationQuerySet:
        """Return those that were there at the moment, public by then or not yet, as they are now."""
        return self.filter(public_by(moment), created_at__lte=moment).standing(moment)

    def addressed_to_nobody(self, at: dt.datetime | None = None) -> RecommendationQuerySet:
        """Return those that no body is asked to act on, now or at the moment: addressed to none, or only to bodies that
        answered that it is for somebody else.
        """
        return self.filter(_addressed_to_nobody_now() if at is None else _addressed_to_nobody(at))

    def appeared_in(self, start: dt.datetime, end: dt.datetime) -> RecommendationQuerySet:
        """Return those that came onto the public record after the first moment and up to the second: with their report,
        or by a step of their own.
        """
        return self.filter(made_public_at__gt=start, made_public_at__lte=end)

    def of_theme(self, theme: Theme, at: dt.datetime | None = None) -> RecommendationQuerySet:
        """Return recommendations that have this theme, now or at the moment."""
        if at is None:
            return self.filter(themes=theme)
        replaced = EarlierValue.objects.of_themes().filter(row_id=OuterRef("pk"), replaced_at__gt=at)
        then = Subquery(
            replaced.order_by("replaced_at", "pk").values("before__themes")[:1],
            output_field=models.JSONField(),
        )
        now = Exists(RecommendationTheme.objects.filter(recommendation=OuterRef("pk"), theme=theme))
        return self.alias(themes_then=then).filter(
            Q(themes_then__contains=[theme.pk]) | Q(now, themes_then__isnull=True)
        )

    def without_owner_note(self) -> RecommendationQuerySet:
        """Return those without a note that the report names no owner."""
        return self.filter(owner_note="")

    def like(self, heading: str, text: str) -> RecommendationQuerySet:
        """Return recommendations with a similar heading or text, the most similar first, with `likeness` from 0 to 1.

        Only the beginning of a long text is compared, so that it answers while somebody types.
        """
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
        """Return the `count` most recently added."""
        return self.order_by("-pk")[:count]

    def with_reference(self, reference: str) -> Recommendation | None:
        """Return the recommendation with this reference, however it is typed; None if there is none."""
        return self.filter(reference_key=number_sort_key(reference)).first()

    def referred_to_like(self, stem: str) -> RecommendationQuerySet:
        """Return recommendations whose references begin with the same words and numbers."""
        return self.filter(reference_key__startswith=number_sort_key(stem).partition("!")[0])

    def for_workspace(self, among: RecommendationQuerySet) -> RecommendationQuerySet:
        """Return what committee support sees of an inquiry's recommendations, in a fixed number of queries: owning
        bodies, themes, relations among these, earlier wordings.
        """
        from recommendations.models.assignments import Assignment

        relations = Relation.objects.filter(earlier__in=among.order_by())
        return self.select_related("finding", "inquiry", "inquiry__committee").prefetch_related(
            models.Prefetch(
                "assignments",
                Assignment.objects.standing()
                .select_related("body", "formerly", "post")
                .order_by("-is_lead", "body__sort_key", "id"),
            ),
            "themes",
            models.Prefetch("relations", relations.select_related("earlier", "earlier__inquiry")),
            "wordings",
        )

    def for_record(self) -> RecommendationQuerySet:
        """Return recommendations with what their own page shows of them beside their events (`queries.record_rows`)."""
        return self.select_related("inquiry__committee__parent", "finding", "made_at__body").prefetch_related(
            "themes"
        )

    def figures(self, on: dt.date | None = None) -> dict[str, int]:
        """Return counts in one query: total, open, closed, not known, implemented and overdue (at least one assignment)."""
        from recommendations.models.assignments import Assignment

        late = Exists(Assignment.objects.order_by().overdue(on).filter(recommendation=OuterRef("pk")))
        return with_known(
            self.standing().aggregate(
                total=Count("pk"),
                open=Count("pk", filter=Q(closed_on__isnull=True, sources_only=False)),
                not_known=Count("pk", filter=Q(closed_on__isnull=True, sources_only=True)),
                closed=Count("pk", filter=Q(closed_on__isnull=False)),
                implemented=Count("pk", filter=Q(closed_as=Outcome.CLOSE_IMPLEMENTED)),
                overdue=Count("pk", filter=Q(late, closed_on__isnull=True)),
            )
        )

    def for_list(self) -> RecommendationQuerySet:
        """Return them with all that a list of recommendations shows, in a fixed number of queries."""
        from recommendations.models.assignments import Assignment

        return self.select_related("inquiry", "inquiry__committee").prefetch_related(
            models.Prefetch(
                "assignments",
                Assignment.objects.standing().select_related("body", "formerly").order_by("-is_lead", "id"),
            ),
        )

    def in_order(self) -> RecommendationQuerySet:
        """Return the latest inquiry first, then as numbered in its report."""
        return self.order_by(
            F("inquiry__published_on").desc(nulls_first=True), "inquiry_id", "sort_key", "id"
        )


def _addressed_to_nobody(at: dt.datetime | None) -> ExpressionWrapper:
    from recommendations.models.assignments import Assignment
    from recommendations.models.responses import Response

    addressed = Assignment.objects.order_by().filter(recommendation=OuterRef("pk"))
    if at is None:
        there = addressed.standing()
        asked = there.filter(~rules.is_disowned())
    else:
        there, asked = addressed.existing_at(at), addressed.asked_at(at)
    answers = Response.objects.standing() if at is None else Response.objects.as_at(at)
    handed_back = answers.filter(assignment__recommendation=OuterRef("pk"), decision=Decision.NOT_OURS)
    # Few bodies ever answered so: of the others history need not be read.
    nobody = ~Exists(there) | (Exists(handed_back) & ~Exists(asked))
    return ExpressionWrapper(nobody, output_field=models.BooleanField())


@cache  # the same for every page, and costly to put together
def _addressed_to_nobody_now() -> KeptSQL:
    return KeptSQL(Recommendation, _addressed_to_nobody(None))


def priority_is_known() -> pgtrigger.Trigger:
    """Return a trigger that keeps "priority not known" to inquiries that are compiled from public sources, and "not stated" to
    what was brought in from a tracker.
    """
    return pgtrigger.Trigger(
        name="priority_is_known",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.priority IN ('not_known', 'not_stated')"),
        func="""
            IF NEW.priority = 'not_stated' AND NEW.import_batch_id IS NULL OR NEW.priority = 'not_known' AND NOT EXISTS (
                SELECT 1 FROM recommendations_inquiry WHERE id = NEW.inquiry_id AND record_kind = 'public_sources') THEN
                RAISE EXCEPTION 'A committee knows the priority of what it recommended'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


CORRECTABLE = (
    "number",
    "reference",
    "heading",
    "priority",
    "success_measure",
    "owner_note",
    "finding_id",
    "made_at_id",
    "inquiry_id",
    "published_on",
)
"""What a published recommendation says beside its exact words: corrected with a reason, and never changed without."""


_A_BETTER_HEADING = (
    "OLD.heading_is_ours AND NOT NEW.heading_is_ours"
    " AND to_jsonb(OLD) - ARRAY['heading', 'heading_is_ours', 'version']"
    " = to_jsonb(NEW) - ARRAY['heading', 'heading_is_ours', 'version']"
)
"""A heading that was made from the first words of the text is no statement of the committee: somebody may write a better one."""


def correctable(recommendation: Recommendation) -> tuple[str, ...]:
    """Return the columns of a recommendation that are corrected once it is public: not a heading that is nobody's words."""
    return tuple(name for name in CORRECTABLE if name != "heading" or not recommendation.heading_is_ours)


def made_public_with_its_report() -> pgtrigger.Trigger:
    """Return a trigger that never lets the moment change at which a recommendation became public."""
    return pgtrigger.Trigger(
        name="made_public_once",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.made_public_at IS NOT NULL AND OLD.made_public_at IS DISTINCT FROM NEW.made_public_at"
        ),
        func="""
            RAISE EXCEPTION 'The moment at which a recommendation became public never changes'
                USING ERRCODE = 'restrict_violation';
        """,
    )


def reworded_only() -> pgtrigger.Trigger:
    """Return a trigger that refuses a wording of a published recommendation that no change of its wording led to."""
    return pgtrigger.Trigger(
        name="reworded_only",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.made_public_at IS NOT NULL AND OLD.text IS DISTINCT FROM NEW.text"
        ),
        func=f"""
            {UNLESS_WITHHELD}
            {UNLESS_UNDONE}
            IF NEW.text IS DISTINCT FROM (
                SELECT w.new_text FROM recommendations_wordingchange w
                  LEFT JOIN recommendations_meeting m ON m.id = w.meeting_id
                 WHERE w.recommendation_id = OLD.id
                 ORDER BY coalesce(m.held_on, (w.changed_at AT TIME ZONE 'Europe/London')::date) DESC,
                    w.changed_at DESC, w.id DESC
                 LIMIT 1
            ) THEN
                RAISE EXCEPTION 'The wording on the public record changes only with a reason that everybody can read'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (our own text before it)
    )


class Recommendation(Imported, Versioned):
    """The exact words a committee agreed, addressed to one or more owning bodies.

    The number is the report's own ("3", "3a"); the reference is unique across the council and carries the municipal
    year. Closed only by an assessment.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="recommendations")
    number = CleanCharField(max_length=20)
    sort_key = SortKeyField(of="number", key=number_sort_key)
    reference = CleanCharField(max_length=40)
    reference_key = SortKeyField(of="reference", key=number_sort_key)
    heading = CleanCharField(max_length=200)
    # Whether the heading was made from the first words of the text, and nobody has written a better one yet.
    heading_is_ours = models.BooleanField(default=False, editable=False)
    text = CleanTextField()
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.STANDARD)
    themes = models.ManyToManyField(Theme, blank=True, related_name="recommendations")
    success_measure = CleanTextField(blank=True)
    made_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations_made"
    )
    # When the committee made it, where a tracker says so and no meeting is known.
    made_period = period_field()
    made_on = PeriodEndField(period="made_period", null=True, blank=True, editable=False)
    owner_note = CleanCharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Of one that was added to a public report, and published by a step of its own: the day that is told.
    published_on = models.DateField(null=True, blank=True)
    # Since when anybody can read it here. Empty for a draft.
    made_public_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when it is known to have been published by mistake, by its correction.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_period = period_field()
    closed_on = PeriodEndField(period="closed_period", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    closed_as = models.CharField(max_length=30, choices=Outcome.choices, blank=True, editable=False)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True, editable=False)
    # Whether only public sources tell where it stands: no part of it is followed up here.
    sources_only = models.BooleanField(default=False, editable=False)

    objects: ClassVar[RecommendationQuerySet] = RecommendationQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["inquiry_id", "sort_key", "id"]
        indexes = [
            models.Index(fields=["closed_on"], name="rec_by_closed"),
            # Search, and similar earlier recommendations while one is typed.
            GinIndex(fields=["heading"], opclasses=["gin_trgm_ops"], name="rec_heading_trgm"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="rec_text_trgm"),
            # The public search, and the words filter of every list.
            GinIndex(RECOMMENDATION_WORDS, name="rec_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "sort_key"], name="rec_number_unique_in_inquiry"),
            models.UniqueConstraint(fields=["reference_key"], name="rec_reference_unique"),
            models.CheckConstraint(condition=not_blank("text"), name="rec_has_text"),
            models.CheckConstraint(condition=not_blank("heading"), name="rec_has_heading"),
            period_constraint("rec_made_period_ends_on_its_day", "made_on", "made_period"),
            period_constraint("rec_closed_period_ends_on_its_day", "closed_on", "closed_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(made_on__isnull=True, heading_is_ours=False)),
                name="rec_made_on_is_imported",
            ),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="rec_priority_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_as="")
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_as__in=CLOSING),
                name="rec_closed_only_by_assessment",
            ),
        ]
        triggers = [
            made_public_with_its_report(),
            corrected_only(
                "recommendation",
                [*CORRECTABLE, "heading_is_ours", "made_on", "made_period", "created_at"],
                once=f"OLD.made_public_at IS NOT NULL AND NOT ({_A_BETTER_HEADING})",
                what="A recommendation",
            ),
            reworded_only(),
            *voided_only({"recommendation": "OLD.id"}, "withdrawn_at"),
            stays_on_the_record("Recommendations", "OLD.made_public_at IS NOT NULL"),
            keeps_earlier(
                "number",
                "reference",
                "heading",
                "heading_is_ours",
                "finding_id",
                "priority",
                "success_measure",
                "made_at_id",
                "owner_note",
                "withdrawn_at",
                set_once=["published_on"],
            ),
            priority_is_known(),
            *made_by_its_import(),
            never_ahead("created_at", "made_public_at", "withdrawn_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.heading}"

    @property
    def is_open(self) -> bool:
        """Whether the committee follows it up: it is neither closed nor withdrawn."""
        return self.closed_on is None and self.withdrawn_at is None

    @property
    def is_public(self) -> bool:
        """Whether anybody can read it; a draft is for committee support alone."""
        return self.made_public_at is not None

    @property
    def public_since(self) -> dt.date | None:
        """The day that is told of its publication: its own, or that of its report; None for a draft."""
        return (self.published_on or self.inquiry.published_on) if self.is_public else None

    @property
    def is_followed_up(self) -> bool:
        """Whether the committee follows it up here: it is open, and not known from public sources only."""
        return self.is_open and not self.sources_only

    @property
    def is_not_known(self) -> bool:
        """Whether only public sources tell where it stands, and none that it was closed."""
        return self.is_open and self.sources_only

    @property
    def tracker_only(self) -> bool:
        """Whether a tracker that was brought in tells of it: where it has no body, the tracker states none."""
        return self.is_imported and self.withdrawn_at is None

    @property
    def has_ordinary_priority(self) -> bool:
        """Whether lists leave its priority out."""
        return self.priority in ORDINARY_PRIORITIES

    @property
    def needs_evidence(self) -> bool:
        """Whether a claim of delivery needs a file or a link that shows it."""
        return self.priority in PRIORITIES_NEEDING_EVIDENCE

    def was_public_at(self, moment: dt.datetime) -> bool:
        """Return whether anybody could read it here at the moment."""
        return self.made_public_at is not None and self.made_public_at <= moment


class RecommendationTheme(Recommendation.themes.through):  # type: ignore[name-defined]  # a class made at run time
    """A theme of a recommendation: Django's own table, audited; what themes there were is kept as well."""

    class Meta:
        proxy = True
        triggers = [
            refuse(
                "never_changed",
                "Themes of a recommendation are never changed, only added and taken out",
                pgtrigger.Update,
            ),
            *keeps_members("recommendation", "themes", "theme_id"),
            audited(),
        ]


class WordingChange(Imported):
    """An earlier wording of a recommendation, kept when it was reworded. Append-only."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="wordings")
    old_text = CleanTextField()
    new_text = CleanTextField()
    # Empty where a tracker has other words and does not state why.
    reason = CleanTextField(blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=unless_imported(not_blank("reason")), name="wording_has_reason")
        ]
        triggers = [
            *append_only("Earlier wordings"),
            never_ahead("changed_at"),
            *made_by_its_import(),
            audited(),
        ]

    def __str__(self) -> str:
        return f"Wording of {self.recommendation_id} until {self.changed_at:%Y-%m-%d}"

    @property
    def reason_words(self) -> str:
        """Why it changed; that this is not stated, where a tracker does not."""
        return stated(self.reason)

    @property
    def agreed_on(self) -> dt.date:
        """The day of the change: that of the meeting that agreed it, else the day it was entered."""
        return self.meeting.held_on if self.meeting is not None else timezone.localdate(self.changed_at)


def wording_order(change: WordingChange) -> tuple[dt.date, dt.datetime, int]:
    """Return the key that sorts changes of a wording, by the day on which each was agreed."""
    return (change.agreed_on, change.changed_at, change.pk)


class RelationQuerySet(models.QuerySet["Relation"]):
    def on(self, later: RecommendationQuerySet) -> RelationQuerySet:
        """Return what is recorded of `later` to earlier ones."""
        return self.filter(later__in=later)

    def of(self, later: Recommendation, among: RecommendationQuerySet) -> RelationQuerySet:
        """Return the relations of `later` to those of `among` that it repeats or supersedes."""
        return self.filter(later=later, earlier__in=among).select_related("earlier__inquiry")

    def to(self, earlier: Recommendation, among: RecommendationQuerySet) -> RelationQuerySet:
        """Return the relations of `earlier` to those of `among` that repeat or supersede it."""
        return self.filter(earlier=earlier, later__in=among).select_related("later__inquiry")


class Relation(models.Model):
    """One recommendation repeats or supersedes an earlier one."""

    later = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="relations")
    earlier = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="later_relations")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[RelationQuerySet] = RelationQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(later=F("earlier")), name="relation_not_with_itself"),
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind_known"),
        ]
        triggers = [
            refuse("never_changed", "Relations are never changed, only taken back", pgtrigger.Update),
            stays_on_the_record(
                "Relations",
                """EXISTS (SELECT 1 FROM recommendations_recommendation r
                            WHERE r.id = OLD.later_id AND r.made_public_at IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM recommendations_correction c
                                    WHERE c.recommendation_id = OLD.later_id AND c.transaction = this_transaction()
                                      AND c.before->'relation' @> jsonb_build_object(
                                        'id', OLD.id, 'kind', OLD.kind, 'earlier_id', OLD.earlier_id))""",
            ),
            keeps_removed(),
            never_ahead("recorded_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"
