"""Bodies that make, own and answer recommendations, and the posts in them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from committee import clock
from committee.audit.triggers import append_only, audited, never_ahead, never_deleted
from committee.fields import CleanCharField, CleanTextField, SortKeyField
from committee.formatting import plural
from committee.kept_sql import KeptSQL
from recommendations.lifecycle import (
    PUBLIC_STAGES,
    BodyKind,
    DatesAgreedBy,
    PeriodUnit,
    RecordKind,
    Role,
    absence,
    response_due,
)
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import expressions as rules
from recommendations.models.base import ImportedWhole, Versioned, made_by_its_import, not_blank
from recommendations.models.earlier_values import keeps_earlier
from recommendations.models.search_vectors import BODY_WORDS, POST_WORDS, rows_matching

if TYPE_CHECKING:
    from committee.accounts.models import User
    from recommendations.models.assignments import AssignmentQuerySet


class BodyQuerySet(models.QuerySet["Body"]):
    def existing(self, on: dt.date | None = None) -> BodyQuerySet:
        """Return bodies not abolished by that day (default: today)."""
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gt=on or clock.today()))

    def committees(self) -> BodyQuerySet:
        return self.filter(kind=BodyKind.COMMITTEE)

    def within(self, body_ids: set[int]) -> BodyQuerySet:
        """Return the bodies with these ids and all below them."""
        return self.filter(lineage__overlap=list(body_ids))

    def but(self, pks: Any) -> BodyQuerySet:
        """Return all but those with these ids."""
        return self.exclude(pk__in=pks)

    def served_by(self, user: User, *roles: str) -> BodyQuerySet:
        """Return the bodies in or above which `user` holds any of the roles."""
        return self.within(user.bodies_as(*roles))

    def for_choice(self) -> BodyQuerySet:
        """Return bodies to choose from: existing ones first, then by name."""
        return self.select_related("parent").order_by(
            F("abolished_on").asc(nulls_first=True), "sort_key", "id"
        )

    def editable_by(self, user: User) -> BodyQuerySet:
        """Return the bodies that `user` may edit: those for which `permissions.may` grants it."""
        from recommendations.models.assignments import Assignment
        from recommendations.models.transfers import Transfer

        if user.is_administrator:
            return self
        served = list(user.bodies_as(Role.SCRUTINY_OFFICER))
        notified = Assignment.objects.standing().notified().order_by()
        by_them = notified.filter(recommendation__inquiry__committee__lineage__overlap=served)
        holding = Transfer.objects.order_by().values("from_body")
        addressed = Q(pk__in=by_them.values("body")) | Q(pk__in=holding.filter(assignment__in=by_them))
        unaddressed = ~Q(pk__in=notified.values("body")) & ~Q(pk__in=holding.filter(assignment__in=notified))
        added = unaddressed & Q(
            added_by__is_active=True,
            added_by__memberships__role=Role.SCRUTINY_OFFICER,
            added_by__memberships__body__in=served,
            added_by__memberships__ended_on__isnull=True,
        )
        found = Body.objects.filter(Q(lineage__overlap=served) | addressed | added).order_by().values("pk")
        return self.filter(pk__in=found)

    def owning_among(self, assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> BodyQuerySet:
        """Return the bodies to which these assignments are addressed, now or at the moment."""
        return self.filter(pk__in=assignments.order_by().body_ids(at))

    def owning(self) -> BodyQuerySet:
        """Return bodies to which at least one recommendation is addressed, open or closed."""
        from recommendations.models.assignments import Assignment

        return self.filter(Exists(Assignment.objects.standing().filter(body=OuterRef("pk"))))

    def matching(self, words: str) -> BodyQuerySet:
        """Return bodies whose name or description contains these words."""
        return rows_matching(self, BODY_WORDS, words)

    def for_page(self) -> BodyQuerySet:
        """Return them with all that a body's own page shows of it."""
        return (
            self.with_what_is_known()
            .select_related("parent", "successor")
            .prefetch_related(
                "successions__successor",
                "successions__recorded_by",
                "received__body",
                "received__recorded_by",
                models.Prefetch("posts", Post.objects.existing()),
                models.Prefetch("parts", Body.objects.existing()),
            )
        )

    def ended_with_inquiries(self) -> BodyQuerySet:
        """Return ended committees that still have inquiries: concluded ones, which must be transferred if they are
        reopened.
        """
        return self.committees().filter(abolished_on__isnull=False, inquiries__isnull=False).distinct()

    def without_successor(self) -> BodyQuerySet:
        """Return ended bodies that have no successor."""
        return self.filter(abolished_on__isnull=False, successor__isnull=True)

    def not_below(self, body: Body) -> BodyQuerySet:
        """Return all but this body and those below it: its possible parents."""
        return self.exclude(lineage__contains=[body.pk])

    def for_keeping(self) -> BodyQuerySet:
        """Return every body with its parent and successor and its number of posts (`post_count`), by name."""
        return (
            self.with_what_is_known()
            .select_related("parent", "successor")
            .annotate(post_count=Count("posts", filter=Q(posts__ended_on__isnull=True)))
            .order_by("sort_key", "id")
        )

    def with_what_is_known(self) -> BodyQuerySet:
        """Annotate `known_from_sources_only`: only records compiled from public sources tell of the body.

        They do of a committee whose inquiry it was, and of the bodies above it; of whom something was addressed to, also where
        a successor has it by now; and of whom met to discuss it.
        """
        return self.annotate(known_from_sources_only=_known_from_sources_only())

    def for_list(self) -> BodyQuerySet:
        """Return bodies with their parent, successor and number of open recommendations of published inquiries
        (`open_count`), and of those of which only public sources tell (`not_known_count`).
        """
        rows = self.select_related("parent", "successor").annotate(**_numbers_of_recommendations())
        return rows.with_what_is_known()


# The same for every list, and costly to put together: made once.


@cache
def _known_from_sources_only() -> KeptSQL:
    from recommendations.models.assignments import Assignment
    from recommendations.models.inquiries import Inquiry
    from recommendations.models.sources import Citation
    from recommendations.models.transfers import Transfer

    public = Inquiry.objects.order_by().filter(stage__in=PUBLIC_STAGES)
    parts = Assignment.objects.order_by().published().standing().filter(body=OuterRef("pk"))
    given_over = Transfer.objects.order_by().filter(from_body=OuterRef("pk"))
    told_of = Citation.objects.standing().order_by().filter(meeting__body=OuterRef("pk"))

    def involved(kind: RecordKind, also: Q | None = None) -> Q:
        of_the_kind = public.filter(record_kind=kind)
        its_parts = Q(recommendation__inquiry__record_kind=kind) | (also or Q())
        return (
            Q(Exists(of_the_kind.filter(committee__lineage__contains=[OuterRef("pk")])))
            | Q(Exists(parts.filter(its_parts)))
            | Q(Exists(given_over.filter(assignment__recommendation__inquiry__in=of_the_kind)))
        )

    told = involved(RecordKind.PUBLIC_SOURCES) | Q(
        Exists(told_of.filter(source__inquiry__in=public.filter(record_kind=RecordKind.PUBLIC_SOURCES)))
    )
    own = involved(RecordKind.COMMITTEE, also=rules.is_followed_up())
    return KeptSQL(Body, ExpressionWrapper(told & ~own, output_field=models.BooleanField()))


@cache
def _numbers_of_recommendations() -> dict[str, KeptSQL]:
    from recommendations.models.assignments import Assignment

    def number_of(rows: AssignmentQuerySet) -> KeptSQL:
        own = rows.order_by().published().filter(body=OuterRef("pk")).values("body")
        number = own.annotate(number=Count("recommendation", distinct=True)).values("number")
        return KeptSQL(Body, Coalesce(Subquery(number), 0, output_field=models.IntegerField()))

    return {
        "open_count": number_of(Assignment.objects.followed_up()),
        "not_known_count": number_of(Assignment.objects.not_known()),
    }


class Body(ImportedWhole, Versioned):
    """A committee, executive, board, school, trust, force or provider.

    The response period and its legal basis are facts of the body: two calendar months for an executive (Local
    Government Act 2000, s.9FE), none for a partner that need only have regard. A body that was abolished keeps its name
    and history; an action transfers its open work to the successor, on the record.
    """

    name = CleanCharField(max_length=200)
    sort_key = SortKeyField(of="name")
    short_name = CleanCharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)
    response_period = models.PositiveSmallIntegerField(null=True, blank=True)
    response_unit = models.CharField(max_length=10, choices=PeriodUnit.choices, default=PeriodUnit.MONTHS)
    response_basis = CleanCharField(max_length=300, blank=True)
    publishes_without_approver = models.BooleanField(default=False)
    dates_agreed_by = models.CharField(
        max_length=10, choices=DatesAgreedBy.choices, default=DatesAgreedBy.MEETING
    )
    reference_prefix = CleanCharField(max_length=20, default="SR", blank=True)
    about = CleanTextField(blank=True)
    # Whose committee may edit it until a committee sends it a notice; None where that is not known.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    abolished_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    open_count: int
    not_known_count: int
    """The counts are those of `for_list`."""
    known_from_sources_only: bool = False
    """As `with_what_is_known` annotates it, on lists and pages that anybody reads."""

    objects: ClassVar[BodyQuerySet] = BodyQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name_plural = "bodies"
        indexes = [
            GinIndex(fields=["lineage"], name="body_lineage"),
            # The public search, by words and by misspelt names.
            GinIndex(BODY_WORDS, name="body_words"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="body_name_trgm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sort_key", "parent"], nulls_distinct=False, name="body_name_unique_in_parent"
            ),
            models.CheckConstraint(condition=not_blank("name"), name="body_has_name"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(dates_agreed_by__in=DatesAgreedBy.values), name="body_dates_agreed_by_known"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="body_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="body_not_its_own_successor"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(abolished_on__isnull=False),
                name="body_successor_only_when_abolished",
            ),
            models.CheckConstraint(
                condition=Q(response_period__isnull=True) | Q(response_period__gt=0),
                name="body_period_positive",
            ),
        ]
        triggers = [
            *never_deleted("Bodies"),
            keeps_earlier("name", "short_name"),
            *made_by_its_import(line=False),
            audited(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name, or the name if it has none."""
        return self.short_name or self.name

    def addressed_by(self) -> BodyQuerySet:
        """Return the committees of whose recommendations this body was notified, also where another body has them by now.

        What was addressed without a notice counts for nothing: it can be addressed to any body, and withdrawn; nor does what
        was addressed in error.
        """
        from recommendations.models.assignments import Assignment

        notified = Assignment.objects.standing().notified().order_by()
        asked = notified.filter(Q(body=self) | Q(transfers__from_body=self))
        return (
            Body.objects.filter(inquiries__recommendations__assignments__in=asked).order_by("id").distinct()
        )

    def exists_on(self, day: dt.date) -> bool:
        return self.abolished_on is None or day < self.abolished_on

    @property
    def successors(self) -> list[Body]:
        """Return its successors, the main one first."""
        return [end.successor for end in self.successions.all() if end.successor is not None]

    @property
    def why_it_ended(self) -> list[str]:
        """The reasons on the record, without repetition."""
        return list(dict.fromkeys(end.reason for end in self.successions.all()))

    def standing_successor(self) -> Body | None:
        """Return the body that now answers for this one: its successor, or the successor of that if it ended too. None without
        one.

        The loop terminates because a successor exists when it is named.
        """
        successor = self.successor
        while successor is not None and successor.abolished_on is not None:
            successor = successor.successor
        return successor

    def response_due(self, notified_on: dt.date) -> dt.date | None:
        """Return the last day for this body's response to a notice of that day, or None if it has no response period."""
        return response_due(notified_on, self.response_period, self.response_unit)

    @property
    def open_in_words(self) -> str:
        """How many recommendations to it are open, and of how many that is not known, of one from `for_list`."""
        if not self.not_known_count:
            return absence(str(self.open_count), sources_only=self.known_from_sources_only)
        unknown = f"{self.not_known_count} not known"
        return f"{self.open_count}, {unknown}" if self.open_count else unknown

    @property
    def none_addressed(self) -> str:
        """What stands where no published recommendation is addressed to it now, as far as that is known."""
        none = "No published recommendation is addressed to this body"
        subject = "What is addressed to this body is"
        return absent_sentence(none, subject, sources_only=self.known_from_sources_only)

    @property
    def part_of(self) -> str | None:
        """The name of the body that it is part of; None without one, or that it is not known. A council is part of none."""
        if self.parent is not None:
            return self.parent.name
        unknown = self.known_from_sources_only and self.kind != BodyKind.COUNCIL
        return absence(None, sources_only=unknown)

    @property
    def term(self) -> str:
        """The response period in words, such as "2 months"; "No set term" without one, or that it is not known."""
        if self.response_period is None:
            return absence("No set term", sources_only=self.known_from_sources_only)
        unit = "month" if self.response_unit == PeriodUnit.MONTHS else "day"
        return plural(self.response_period, unit)

    def members_as(self, *roles: str) -> models.QuerySet[User]:
        """Return active people who hold any of the roles in this body or a body above it."""
        from committee.accounts.models import User

        return User.objects.filter(
            is_active=True,
            memberships__role__in=roles or Role.values,
            memberships__body__in=self.lineage,
            memberships__ended_on__isnull=True,
        ).distinct()


class PostQuerySet(models.QuerySet["Post"]):
    def for_list(self) -> PostQuerySet:
        """Return posts with their holders; ended ones come last."""
        return self.select_related("holder").order_by(F("ended_on").desc(nulls_first=True), "sort_key", "id")

    def for_choice(self) -> PostQuerySet:
        """Return posts with their bodies, grouped by body."""
        return self.select_related("body").order_by("body__sort_key", "body_id", "sort_key", "id")

    def matching(self, words: str) -> PostQuerySet:
        """Return posts whose title contains these words."""
        return rows_matching(self, POST_WORDS, words)

    def existing(self) -> PostQuerySet:
        return self.filter(ended_on__isnull=True)


class Post(ImportedWhole, Versioned):
    """An office in a body, such as "Cabinet Member for Children's Services". People change, posts stay."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    title = CleanCharField(max_length=200)
    sort_key = SortKeyField(of="title")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [GinIndex(POST_WORDS, name="post_words")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "sort_key"],
                condition=Q(ended_on__isnull=True),
                name="post_title_unique_in_body",
            ),
            models.CheckConstraint(condition=not_blank("title"), name="post_has_title"),
        ]
        triggers = [
            *never_deleted("Posts"),
            keeps_earlier("title"),
            *made_by_its_import(line=False),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.body.label}"


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def for_list(self) -> SuccessionQuerySet:
        """Return successions, the latest first."""
        return self.select_related("body", "successor", "recorded_by").order_by("-on", "body_id", "id")


class Succession(models.Model):
    """The transfer of a body's open work to its successor on a date. Append-only."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="received")
    on = models.DateField()
    reason = CleanTextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[SuccessionQuerySet] = SuccessionQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=not_blank("reason"), name="succession_has_reason")]
        triggers = [*append_only("Successions"), never_ahead("recorded_at"), audited()]

    def __str__(self) -> str:
        return f"{self.body} on {self.on}"


class GovernanceChange(models.Model):
    """A change of what governs a body, with its reason: where it belongs, its kind, its response term, whether its updates
    need an approver, who agrees its dates. Append-only.
    """

    SETTINGS: ClassVar = {
        "parent": "What it is part of",
        "kind": "Kind of body",
        "response_period": "Time to respond",
        "response_unit": "What the time to respond is counted in",
        "response_basis": "Legal basis of the term",
        "publishes_without_approver": "Whether its updates need an approver",
        "dates_agreed_by": "Who agrees that a date may move",
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="governance_changes")
    setting = models.CharField(max_length=40, choices=list(SETTINGS.items()))
    old_value = models.CharField(max_length=300, blank=True)
    new_value = models.CharField(max_length=300, blank=True)
    reason = CleanTextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("reason"), name="governance_change_has_reason")
        ]
        triggers = [*append_only("Changes of governance"), never_ahead("recorded_at"), audited()]

    def __str__(self) -> str:
        return f"{self.setting} of {self.body_id} at {self.recorded_at}"
