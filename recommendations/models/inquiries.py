"""Inquiries and their findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from committee import clock
from committee.audit.triggers import MOMENT, append_only, audited, never_ahead, only_transitions
from committee.fields import CleanCharField, CleanTextField, CleanURLField, SortKeyField
from committee.kept_sql import KeptSQL
from committee.text import number_sort_key, whole_number
from recommendations.lifecycle import INQUIRY_TRANSITIONS, PUBLIC_STAGES, RecordKind, Role, Stage
from recommendations.lifecycle.period_ends import start_of
from recommendations.models.base import (
    ImportedWhole,
    Versioned,
    made_by_its_import,
    not_blank,
    unless_imported,
)
from recommendations.models.bodies import Body
from recommendations.models.corrections import corrected_only, stays_on_the_record
from recommendations.models.earlier_values import EarlierValue, keeps_earlier, keeps_removed
from recommendations.models.periods import PeriodEndField, period_constraint, period_field
from recommendations.models.search_vectors import FINDING_WORDS, INQUIRY_WORDS, rows_matching

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models.assignments import Assignment
    from recommendations.models.recommendations import Recommendation

COMMITTEE_ROLES = (Role.SCRUTINY_OFFICER, Role.CLERK, Role.COUNCILLOR, Role.CHAIR)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def published(self) -> InquiryQuerySet:
        """Return inquiries whose report is public."""
        return self.filter(stage__in=PUBLIC_STAGES)

    def visible_to(self, user: User | AnonymousUser) -> InquiryQuerySet:
        """Return published inquiries, and all inquiries of committees that `user` works for."""
        if not user.is_authenticated:
            return self.published()
        ids = list(user.bodies_as(*COMMITTEE_ROLES))
        return self.filter(Q(stage__in=PUBLIC_STAGES) | Q(committee__lineage__overlap=ids))

    def with_recommendations_among(self, recommendations: models.QuerySet[Recommendation]) -> InquiryQuerySet:
        """Return the inquiries of these recommendations."""
        return self.filter(pk__in=recommendations.order_by().values("inquiry_id"))

    def with_assignments_among(self, assignments: models.QuerySet[Assignment]) -> InquiryQuerySet:
        """Return the inquiries of these assignments."""
        return self.filter(pk__in=assignments.order_by().values("recommendation__inquiry_id"))

    def of_committee(self, body: Body) -> InquiryQuerySet:
        """Return inquiries that this committee itself carried out."""
        return self.filter(committee=body)

    def within(self, committee: Body) -> InquiryQuerySet:
        """Return inquiries of this committee and of those below it."""
        return self.filter(committee__lineage__contains=[committee.pk])

    def of_committees(self, bodies: models.QuerySet[Body]) -> InquiryQuerySet:
        return self.filter(committee__in=bodies)

    def followed_up(self) -> InquiryQuerySet:
        """Return published inquiries that are not concluded: those for which progress is reported."""
        return self.filter(stage__in=(Stage.PUBLISHED, Stage.MONITORING))

    def running(self) -> InquiryQuerySet:
        """Return inquiries that are not concluded: those that a committee works on or follows up."""
        return self.exclude(stage=Stage.CONCLUDED)

    def served_by(self, user: User) -> InquiryQuerySet:
        """Return inquiries of the committees that `user` works for as scrutiny officer."""
        return self.filter(committee__lineage__overlap=list(user.bodies_as(Role.SCRUTINY_OFFICER)))

    def matching(self, words: str) -> InquiryQuerySet:
        """Return inquiries whose title, reference, summary or scope contains these words."""
        return rows_matching(self, INQUIRY_WORDS, words)

    def for_page(self) -> InquiryQuerySet:
        """Return them with all that an inquiry's own page shows, with its findings and what they led to."""
        from recommendations.models.recommendations import Recommendation

        led_to = models.Prefetch(
            "findings__recommendations",
            Recommendation.objects.standing().in_reports().order_by("sort_key", "id"),
        )
        return self.select_related("committee__parent").prefetch_related(
            "findings", led_to, "transfers__from_committee", "transfers__to_committee"
        )

    def from_public_sources(self, at: dt.datetime | None = None) -> InquiryQuerySet:
        """Return inquiries that are compiled from public sources, now or at the moment."""
        if at is None:
            return self.filter(record_kind=RecordKind.PUBLIC_SOURCES)
        replaced = EarlierValue.objects.of_record_kinds().filter(row_id=OuterRef("pk"), replaced_at__gt=at)
        then = Subquery(
            replaced.order_by("replaced_at", "pk")
            .annotate(kind=KeyTextTransform("record_kind", "before"))
            .values("kind")[:1]
        )
        return self.alias(kind_then=Coalesce(then, F("record_kind"), output_field=models.CharField())).filter(
            kind_then=RecordKind.PUBLIC_SOURCES
        )

    def latest_first(self) -> InquiryQuerySet:
        """Return the latest published first. Needed where counts make Django drop the model's own order."""
        return self.order_by(F("published_on").desc(nulls_first=True), "-pk")

    def for_list(self) -> InquiryQuerySet:
        """Return inquiries with committee and counts: `recommendation_count`, and of these `open_count`, `closed_count` and
        `not_known_count`.

        The counts are subqueries, so that only the rows of one page are counted.
        """
        return self.select_related("committee", "committee__parent").annotate(**_numbers_of_recommendations())


@cache  # the same for every list, and costly to put together
def _numbers_of_recommendations() -> dict[str, KeptSQL]:
    from recommendations.models.recommendations import Recommendation

    own = Recommendation.objects.order_by().standing().in_reports().filter(inquiry=OuterRef("pk"))
    return {
        "recommendation_count": _number_of(own),
        "open_count": _number_of(own.followed_up()),
        "closed_count": _number_of(own.closed()),
        "not_known_count": _number_of(own.not_known()),
    }


def _number_of(own: models.QuerySet[Recommendation]) -> KeptSQL:
    number = own.values("inquiry").annotate(number=Count("pk")).values("number")
    return KeptSQL(Inquiry, Coalesce(Subquery(number), 0, output_field=models.IntegerField()))


@dataclass(frozen=True)
class Following:
    """A kind of row that follows the report of an inquiry: the SQL of its days, and the fact in words."""

    fact: str
    days: str


_PART_OF = (
    "JOIN recommendations_assignment a ON a.id = x.assignment_id"
    " JOIN recommendations_recommendation r ON r.id = a.recommendation_id"
    " WHERE r.inquiry_id = OLD.id AND a.withdrawn_at IS NULL"
)

AFTER_THE_REPORT = (
    Following(
        "A notice was sent",
        "SELECT x.notified_on FROM recommendations_assignment x"
        " JOIN recommendations_recommendation r ON r.id = x.recommendation_id"
        " WHERE r.inquiry_id = OLD.id AND x.withdrawn_at IS NULL",
    ),
    Following(
        "A body responded",
        f"SELECT x.decided_on FROM recommendations_response x {_PART_OF} AND x.voided_at IS NULL",  # noqa: S608 (our own tables)
    ),
    Following(
        "The committee gave its view",
        "SELECT m.held_on FROM recommendations_assessment x JOIN recommendations_meeting m ON m.id = x.meeting_id"
        " JOIN recommendations_recommendation r ON r.id = x.recommendation_id"
        " WHERE r.inquiry_id = OLD.id AND x.voided_at IS NULL",
    ),
    Following(
        "Progress was reported",
        f"SELECT (x.published_at AT TIME ZONE '{settings.TIME_ZONE}')::date FROM recommendations_update x {_PART_OF}",  # noqa: S608 (our own tables)
    ),
    Following(
        "A new date was asked for",
        f"SELECT (x.asked_at AT TIME ZONE '{settings.TIME_ZONE}')::date FROM recommendations_targetchange x {_PART_OF}",  # noqa: S608 (our own tables)
    ),
    Following(
        "The inquiry was passed to another committee",
        'SELECT x."on" FROM recommendations_inquirytransfer x WHERE x.inquiry_id = OLD.id',
    ),
)
"""What comes after the report, unless it was recorded in error: its day of publication is never moved behind one of these."""


def published_before_what_follows() -> pgtrigger.Trigger:
    """Return a trigger that refuses to move the day of publication behind what followed the report."""
    days = " UNION ALL ".join(one.days for one in AFTER_THE_REPORT)
    return pgtrigger.Trigger(
        name="published_before_business",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.published_on > OLD.published_on"),
        func=f"""
            IF EXISTS (SELECT 1 FROM ({days}) AS found (on_day) WHERE on_day < NEW.published_on) THEN
                RAISE EXCEPTION 'The day of publication stays before what followed the report'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (names of our own tables)
    )


def made_public_once() -> pgtrigger.Trigger:
    """Return a trigger that knows of every public report since when it is public, and never lets that moment change."""
    stages = ", ".join(f"'{stage}'" for stage in sorted(PUBLIC_STAGES))
    return pgtrigger.Trigger(
        name="made_public_once",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF TG_OP = 'UPDATE' AND OLD.made_public_at IS DISTINCT FROM NEW.made_public_at
                AND OLD.made_public_at IS NOT NULL THEN
                RAISE EXCEPTION 'The moment at which a report became public never changes'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF NEW.stage IN ({stages}) AND NEW.made_public_at IS NULL THEN
                NEW.made_public_at := {MOMENT};
            END IF;
            RETURN NEW;
        """,
    )


def priorities_stay_known() -> pgtrigger.Trigger:
    """Return a trigger that keeps "priority not known" to inquiries that are compiled from public sources."""
    return pgtrigger.Trigger(
        name="priorities_stay_known",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.record_kind IS DISTINCT FROM NEW.record_kind AND NEW.record_kind <> 'public_sources'"
        ),
        func="""
            IF EXISTS (SELECT 1 FROM recommendations_recommendation
                        WHERE inquiry_id = NEW.id AND priority = 'not_known') THEN
                RAISE EXCEPTION 'A committee knows the priority of what it recommended'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


def publishes_its_recommendations() -> pgtrigger.Trigger:
    """Return a trigger that publishes the recommendations of a report with it."""
    return pgtrigger.Trigger(
        name="publishes_recommendations",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.made_public_at IS NULL AND NEW.made_public_at IS NOT NULL"),
        func="""
            UPDATE recommendations_recommendation SET made_public_at = NEW.made_public_at
             WHERE inquiry_id = NEW.id AND made_public_at IS NULL;
            RETURN NULL;
        """,
    )


def passed_on_only() -> pgtrigger.Trigger:
    """Return a trigger that refuses to give a public inquiry to another committee than it was last passed to."""
    return pgtrigger.Trigger(
        name="passed_on_only",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.made_public_at IS NOT NULL AND OLD.committee_id IS DISTINCT FROM NEW.committee_id"
        ),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM (SELECT * FROM recommendations_inquirytransfer t WHERE t.inquiry_id = OLD.id
                                ORDER BY t.id DESC LIMIT 1) last
                 WHERE last.from_committee_id = OLD.committee_id AND last.to_committee_id = NEW.committee_id) THEN
                RAISE EXCEPTION 'A public inquiry is only passed to another committee on the record'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


CORRECTABLE = ("reference", "title", "scope", "summary", "chair", "published_on")
"""What the page of a public inquiry says: corrected with a reason, and never changed without."""


class Inquiry(ImportedWhole, Versioned):
    """An investigation by a committee, from scoping to the end of its follow-up."""

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inquiries")
    reference = CleanCharField(max_length=40)
    reference_key = SortKeyField(of="reference", key=number_sort_key)
    title = CleanCharField(max_length=300)
    sort_key = SortKeyField(of="title")
    scope = CleanTextField(blank=True)
    summary = CleanTextField(blank=True)
    chair = CleanCharField(max_length=200, blank=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.SCOPING)
    # Of a report that an import made, a tracker may know no more than the month.
    published_period = period_field()
    published_on = PeriodEndField(period="published_period", null=True, blank=True)
    # Since when anybody can read it here, which may be long after the day of a report that was entered late.
    made_public_at = models.DateTimeField(null=True, blank=True, editable=False)
    report_url = CleanURLField(max_length=500, blank=True)
    source_note = CleanTextField(blank=True)
    recommendation_count: int
    open_count: int
    closed_count: int
    not_known_count: int
    """The counts are those of `for_list`."""

    record_kind = models.CharField(max_length=20, choices=RecordKind.choices, default=RecordKind.COMMITTEE)

    objects: ClassVar[InquiryQuerySet] = InquiryQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = [F("published_on").desc(nulls_first=True), "id"]
        verbose_name_plural = "inquiries"
        indexes = [
            models.Index(fields=["stage", "-published_on"], name="inquiry_by_stage"),
            # The home page and the lists of recommendations and inquiries read the latest report first, until the page
            # is full.
            models.Index(F("published_on").desc(nulls_first=True), "id", name="inquiry_latest_first"),
            # The public search, by words and by misspelt titles.
            GinIndex(INQUIRY_WORDS, name="inquiry_words"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="inquiry_title_trgm"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="inquiry_stage_known"),
            models.CheckConstraint(
                condition=Q(record_kind__in=RecordKind.values), name="inquiry_record_kind_known"
            ),
            models.UniqueConstraint(fields=["reference_key"], name="inquiry_reference_unique"),
            models.CheckConstraint(condition=not_blank("title"), name="inquiry_has_title"),
            models.CheckConstraint(condition=not_blank("reference"), name="inquiry_has_reference"),
            models.CheckConstraint(
                condition=~Q(stage__in=PUBLIC_STAGES) | Q(published_on__isnull=False),
                name="inquiry_public_has_date",
            ),
            period_constraint("inquiry_period_ends_on_its_day", "published_on", "published_period"),
            models.CheckConstraint(
                condition=unless_imported(Q(published_period__isnull=True)),
                name="inquiry_period_is_imported",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=PUBLIC_STAGES) | Q(made_public_at__isnull=False),
                name="inquiry_public_has_moment",
            ),
        ]
        triggers = [
            only_transitions("stage", INQUIRY_TRANSITIONS),
            published_before_what_follows(),
            made_public_once(),
            publishes_its_recommendations(),
            passed_on_only(),
            corrected_only(
                "inquiry",
                [*CORRECTABLE, "published_period"],
                once="OLD.made_public_at IS NOT NULL",
                what="An inquiry",
            ),
            stays_on_the_record("Inquiries", "OLD.made_public_at IS NOT NULL"),
            keeps_earlier(
                "reference",
                "title",
                "scope",
                "summary",
                "chair",
                "source_note",
                "record_kind",
                set_once=["published_on", "published_period"],
            ),
            priorities_stay_known(),
            *made_by_its_import(line=False),
            never_ahead("made_public_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.stage in PUBLIC_STAGES

    @property
    def published_from(self) -> dt.date | None:
        """The first day on which the report may have been public: of a month, its first. None for one without a day."""
        return start_of(self.published_on)

    @property
    def is_from_public_sources(self) -> bool:
        """Whether it is compiled from public sources: what it lacks is not known, rather than not there yet."""
        return self.record_kind == RecordKind.PUBLIC_SOURCES

    @property
    def counts_in_words(self) -> str:
        """How many of its recommendations are open, closed and not known, of one from `for_list`."""
        if self.not_known_count == self.recommendation_count:
            return "not known whether done or closed"
        unknown = f", {self.not_known_count} not known" if self.not_known_count else ""
        return f"{self.open_count} open, {self.closed_count} closed{unknown}"

    @property
    def stage_meaning(self) -> str:
        """What its stage means for a reader; of what only public sources tell nothing is awaited."""
        if self.is_from_public_sources and self.is_public:
            return "The report is public. What became of it is told as far as public sources tell it"
        return Stage(self.stage).meaning

    def committee_on(self, day: dt.date) -> Body:
        """Return the committee that followed it up on that day, which is another than now if it was transferred since."""
        for transfer in self.transfers.all():
            if day < transfer.on:
                return transfer.from_committee
        return self.committee

    @property
    def source_in_short(self) -> str:
        """The first paragraph of the note on the source of the record."""
        return self.source_note.replace("\r\n", "\n").strip().partition("\n\n")[0]

    def business_before(self, day: dt.date) -> list[tuple[dt.date, str]]:
        """Return what followed the report before the day, each the day of the first and the fact, the earliest first."""
        questions = " UNION ALL ".join(
            f"SELECT min(on_day), %s FROM ({one.days.replace('OLD.id', '%s')}) AS found (on_day) WHERE on_day < %s"  # noqa: S608 (our own tables)
            for one in AFTER_THE_REPORT
        )
        parameters = [value for one in AFTER_THE_REPORT for value in (one.fact, self.pk, day)]
        with connection.cursor() as cursor:
            cursor.execute(questions, parameters)
            return sorted((on, fact) for on, fact in cursor.fetchall() if on is not None)

    def next_number(self) -> str:
        """Return a proposal for the next recommendation's number: one more than the highest whole number in use."""
        return _one_more(self.recommendations.values_list("number", flat=True))

    def next_finding_number(self) -> str:
        """Return a proposal for the next finding's number."""
        return _one_more(self.findings.values_list("number", flat=True))


def _one_more(numbers: Iterable[str]) -> str:
    return str(max((whole_number(number) or 0 for number in numbers), default=0) + 1)


def committee_at(at: dt.datetime, inquiry: str) -> Coalesce:
    """Return the expression for the id of the committee that followed `inquiry`, a path of lookups, up at the moment."""
    later = InquiryTransfer.objects.filter(inquiry=OuterRef(inquiry), recorded_at__gt=at).order_by(
        "recorded_at", "id"
    )
    held = Subquery(later.values("from_committee_id")[:1])
    return Coalesce(held, F(f"{inquiry}__committee_id"), output_field=models.BigIntegerField())


class InquiryTransferQuerySet(models.QuerySet["InquiryTransfer"]):
    def for_list(self) -> InquiryTransferQuerySet:
        """Return transfers with what a list shows of them, the latest first."""
        return self.select_related("inquiry", "from_committee", "to_committee", "recorded_by").order_by(
            "-on", "-id"
        )

    def reached(
        self, committee_id: int, *, after: dt.date
    ) -> models.QuerySet[InquiryTransfer, dict[str, int]]:
        """Return transfers after a day: the new committee did not follow up these inquiries on that day."""
        return self.filter(to_committee=committee_id, on__gt=after).order_by().values("inquiry")

    def visible_to(self, user: User | AnonymousUser) -> InquiryTransferQuerySet:
        """Return transfers of inquiries that `user` may see."""
        return self.filter(inquiry__in=Inquiry.objects.order_by().visible_to(user))


class InquiryTransfer(models.Model):
    """The transfer of an inquiry from one committee to another, such as when committees are reorganised. Append-only.

    The inquiry keeps its reference; meetings and verdicts stay with the committee that held them.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="transfers")
    from_committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inquiries_passed_on")
    to_committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inquiries_received")
    on = models.DateField()
    reason = CleanTextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[InquiryTransferQuerySet] = InquiryTransferQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("reason"), name="inquiry_transfer_has_reason"),
            models.CheckConstraint(
                condition=~Q(from_committee=F("to_committee")), name="inquiry_transfer_goes_elsewhere"
            ),
        ]
        triggers = [*append_only("Passings of inquiries"), never_ahead("recorded_at"), audited()]

    def __str__(self) -> str:
        return f"{self.from_committee_id} to {self.to_committee_id} on {self.on}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User | AnonymousUser) -> FindingQuerySet:
        """Return findings of inquiries that `user` may see."""
        return self.filter(inquiry__in=Inquiry.objects.visible_to(user)).select_related("inquiry__committee")

    def matching(self, words: str) -> FindingQuerySet:
        """Return findings that contain these words."""
        return rows_matching(self, FINDING_WORDS, words)


_IN_A_REPORT = "EXISTS (SELECT 1 FROM recommendations_inquiry i WHERE i.id = OLD.inquiry_id AND i.made_public_at IS NOT NULL)"


class Finding(Versioned):
    """A finding of the committee, numbered as in its report."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="findings")
    number = CleanCharField(max_length=20)
    sort_key = SortKeyField(of="number", key=number_sort_key)
    text = CleanTextField()

    objects: ClassVar[FindingQuerySet] = FindingQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [GinIndex(FINDING_WORDS, name="finding_words")]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "sort_key"], name="finding_number_unique"),
            models.CheckConstraint(condition=not_blank("text"), name="finding_has_text"),
        ]
        triggers = [
            corrected_only("finding", ["number", "text", "inquiry_id"], once=_IN_A_REPORT, what="A finding"),
            stays_on_the_record("Findings", _IN_A_REPORT),
            keeps_earlier("number", "text"),
            keeps_removed(),
            audited(),
        ]

    def __str__(self) -> str:
        return f"Finding {self.number}"

    @property
    def is_public(self) -> bool:
        return self.inquiry.is_public
