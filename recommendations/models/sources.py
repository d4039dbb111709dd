"""Where a record comes from: the sources of an inquiry, and the facts that each of them tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import UNLESS_WITHHELD, append_only, audited, never_ahead, refuse
from committee.fields import CleanCharField, CleanTextField, CleanURLField
from recommendations.lifecycle import PUBLIC_STAGES, DayPrecision, RecordKind
from recommendations.lifecycle.clocks import day_words
from recommendations.models.assignments import Assignment
from recommendations.models.base import both_or_neither, not_blank, there_at
from recommendations.models.bodies import Succession
from recommendations.models.inquiries import Inquiry
from recommendations.models.joins import joining_what_is_set
from recommendations.models.meetings import Meeting
from recommendations.models.recommendations import Recommendation
from recommendations.models.responses import Response
from recommendations.models.updates import Update

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User

CITED = ("inquiry", "recommendation", "assignment", "response", "update", "meeting", "succession")
"""The fields of a citation of which exactly one is set: what the fact is about."""


SOURCE_INQUIRY = "SELECT inquiry_id FROM recommendations_source WHERE id = OLD.source_id"


def stays_once_public(
    what: str,
    inquiry: str,
    operations: pgtrigger.Operation | pgtrigger.Operations = pgtrigger.Update | pgtrigger.Delete,
) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse to change or delete a row once the inquiry is public; `inquiry` is the SQL of its id.

    `operations` narrows what is refused.
    """
    stages = ", ".join(f"'{stage}'" for stage in sorted(PUBLIC_STAGES))
    return [
        pgtrigger.Trigger(
            name="stays_once_public",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=operations,
            func=f"""
                {UNLESS_WITHHELD}
                IF EXISTS (SELECT 1 FROM recommendations_inquiry WHERE id = ({inquiry}) AND stage IN ({stages})) THEN
                    RAISE EXCEPTION '{what} of a public inquiry are never changed, only followed by others'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,  # noqa: S608 (names of our own tables and columns)
        ),
        *(one for one in append_only(what) if one.name == "never_truncated"),
    ]


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User | AnonymousUser) -> SourceQuerySet:
        """Return sources of inquiries that `user` may see."""
        rows = self.filter(inquiry__in=Inquiry.objects.order_by().visible_to(user))
        return rows.select_related("inquiry__committee__parent")

    def current(self) -> SourceQuerySet:
        """Return those that no correction took the place of."""
        return self.filter(replaced_by__isnull=True)

    def of_public_records(self) -> SourceQuerySet:
        """Return those of public inquiries that are compiled from public sources."""
        return self.filter(inquiry__record_kind=RecordKind.PUBLIC_SOURCES, inquiry__stage__in=PUBLIC_STAGES)

    def as_at(self, moment: dt.datetime) -> SourceQuerySet:
        """Return those recorded by that moment."""
        return self.filter(recorded_at__lte=moment)


class Source(models.Model):
    """A published source that an inquiry's record is taken from. Append-only once the inquiry is public.

    A title or a day that is empty is not known. A correction is another source, which says why it takes the place of the
    earlier one.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="sources")
    publisher = CleanCharField(max_length=200)
    title = CleanCharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    day_precision = models.CharField(max_length=10, choices=DayPrecision.choices, default=DayPrecision.DAY)
    address = CleanURLField(max_length=500, blank=True)
    where = CleanCharField(max_length=300, blank=True)
    read_on = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = CleanTextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("publisher"), name="source_has_publisher"),
            models.CheckConstraint(
                condition=Q(day_precision__in=DayPrecision.values), name="source_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | not_blank("reason"), name="source_replaced_with_reason"
            ),
        ]
        triggers = [*stays_once_public("Sources", "OLD.inquiry_id"), never_ahead("recorded_at"), audited()]

    def __str__(self) -> str:
        return ", ".join((self.publisher, self.title_words, self.published_words))

    @property
    def words(self) -> str:
        """The source in one line, with where it can be found."""
        return ". ".join(part for part in (str(self), self.where, self.address) if part)

    @property
    def standing(self) -> Source:
        """The source as it stands: this one, or the last correction of it."""
        source = self
        while (newer := getattr(source, "replaced_by", None)) is not None:
            source = newer
        return source

    @property
    def title_words(self) -> str:
        """The title, or that it is not known."""
        return self.title or "title not known"

    @property
    def published_words(self) -> str:
        """The day or the month of publication, or that it is not known."""
        if self.published_on is None:
            return "date not known"
        return day_words(self.published_on, self.day_precision)


def exactly_one(names: tuple[str, ...]) -> Q:
    """Return the condition that one of these columns is set and the others are not."""
    condition = Q()
    for one in names:
        condition |= Q(**{f"{name}__isnull": name != one for name in names})
    return condition


class CitationQuerySet(models.QuerySet["Citation"]):
    def standing(self) -> CitationQuerySet:
        """Return those that were not withdrawn, in the order in which they were recorded."""
        return self.filter(withdrawn_at__isnull=True).order_by("recorded_at", "id")

    def as_at(self, moment: dt.datetime) -> CitationQuerySet:
        """Return those recorded and not withdrawn by that moment."""
        return self.filter(recorded_at__lte=moment).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment)
        )

    def of_what_stood_at(self, moment: dt.datetime) -> CitationQuerySet:
        """Return those of facts that were not known by that moment to have been recorded in error."""
        voided = (
            "recommendation__withdrawn_at",
            "assignment__withdrawn_at",
            "assignment__recommendation__withdrawn_at",
            "response__voided_at",
            "response__assignment__withdrawn_at",
            "response__assignment__recommendation__withdrawn_at",
            "update__assignment__withdrawn_at",
            "update__assignment__recommendation__withdrawn_at",
        )
        return self.filter(*(there_at(moment, column) for column in voided))

    def visible_to(self, user: User | AnonymousUser) -> CitationQuerySet:
        """Return citations of the sources of inquiries that `user` may see."""
        return self.filter(source__inquiry__in=Inquiry.objects.order_by().visible_to(user)).select_related(
            "source__inquiry__committee__parent", *CITED
        )

    def of_inquiries(self, inquiries: set[int]) -> CitationQuerySet:
        return self.filter(source__inquiry__in=inquiries)

    def for_list(self) -> CitationQuerySet:
        """Return citations with their sources and what they are about, in the order in which they were recorded."""
        return (
            self.with_sources()
            .select_related(
                "inquiry",
                "assignment__body",
                "assignment__formerly",
                "succession__body",
                "succession__successor",
            )
            .order_by("recorded_at", "id")
        )

    def with_sources(self) -> CitationQuerySet:
        """Return citations with their sources, and what took the place of these."""
        wide = self.select_related(
            "source__replaced_by",
            "source__inquiry",
            "meeting__body",
            "recommendation",
            "assignment__recommendation",
            "response__assignment__recommendation",
            "update__assignment__recommendation",
        )
        return cast("CitationQuerySet", joining_what_is_set(wide))


class Citation(models.Model):
    """A fact of the record, and the source that tells it. Never changed, only withdrawn with a reason."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    inquiry = models.ForeignKey(
        Inquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    update = models.ForeignKey(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    succession = models.ForeignKey(
        Succession, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    fact = CleanTextField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = CleanTextField(blank=True)

    objects: ClassVar[CitationQuerySet] = CitationQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=not_blank("fact"), name="citation_has_fact"),
            models.CheckConstraint(
                condition=exactly_one(CITED),
                name="citation_about_one_thing",
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by"), name="citation_withdrawn_paired"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | not_blank("withdrawn_because"),
                name="citation_withdrawn_with_reason",
            ),
        ]
        triggers = [
            refuse(
                "never_changed",
                "Citations are never changed, only withdrawn with a reason",
                pgtrigger.Update,
                pgtrigger.Condition(
                    "OLD.withdrawn_at IS NOT NULL OR (to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id',"
                    " 'withdrawn_because']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['withdrawn_at',"
                    " 'withdrawn_by_id', 'withdrawn_because'])"
                ),
            ),
            *stays_once_public("Citations", SOURCE_INQUIRY, pgtrigger.Delete),
            never_ahead("recorded_at", "withdrawn_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return self.fact

    @property
    def words(self) -> str:
        """The fact, behind the number of the recommendation that it is about."""
        part = self.assignment or (self.response or self.update or self).assignment
        recommendation = part.recommendation if part is not None else self.recommendation
        return (
            f"Recommendation {recommendation.number}: {self.fact}"
            if recommendation is not None
            else self.fact
        )

    @property
    def about(self) -> Any:
        """The row that the fact is about."""
        return next(row for name in CITED if (row := getattr(self, name)) is not None)
