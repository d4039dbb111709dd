"""How long nothing has been heard of a recommendation or an inquiry: the days since the last event on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone

from committee import clock
from committee.formatting import long_date, plural
from recommendations.lifecycle import MeetingState, UpdateState
from recommendations.lifecycle.period_ends import as_period_end, day_or_month
from recommendations.models import (
    Assessment,
    Assignment,
    Citation,
    Inquiry,
    Recommendation,
    Response,
    Succession,
    Transfer,
    Update,
)

WORTH_SAYING = 90
"""Days without a word after which a page of the committee's own record says so: half of the usual time between reviews."""
Known = Callable[[dt.date, Any], dt.date | None]
"""Returns what is known of a day by what is kept beside it: the period that it stands for, or its precision."""


@dataclass(frozen=True)
class Silence:
    """The days from the last event on record to a day; `from_sources` if only public sources tell of it."""

    since: dt.date
    days: int
    from_sources: bool

    @property
    def words(self) -> str:
        """Return it as a sentence without its stop, such as "Nothing is known since 11 January 2016: 3,975 days"."""
        begin = "Nothing is known since" if self.from_sources else "No word since"
        return f"{begin} {long_date(self.since)}: {plural(self.days, 'day')}"

    @property
    def is_worth_saying(self) -> bool:
        """Whether a page says so: always where only public sources tell, else once it has lasted."""
        return self.days > (0 if self.from_sources else WORTH_SAYING)


def of_recommendation(
    recommendation: Recommendation, from_sources: bool, at: dt.datetime | None = None
) -> Silence | None:
    """Return the silence about one recommendation at the moment (None: now); None before its report is published. Whether
    only public sources tell of it then, `from_sources`, is the reader's.

    What concerns the whole report, its publication, the meetings that a source tells of and the end of the council that the
    committee was part of, is a word about each of its recommendations.
    """
    rows = Recommendation.objects.filter(pk=recommendation.pk)
    own = _last_days(rows, at, "recommendation").get(recommendation.pk)
    return _silence(own, recommendation.inquiry, from_sources, at)


def of_inquiries(inquiries: Iterable[Inquiry], at: dt.datetime | None = None) -> dict[int, Silence]:
    """Return the silence about each of the inquiries at the moment (None: now), by id, in a fixed number of queries."""
    found = {inquiry.pk: inquiry for inquiry in inquiries}
    days = _last_days(Recommendation.objects.filter(inquiry__in=found), at, "recommendation__inquiry")
    told = _last_told(found, at)
    silences = {
        pk: _silence(days.get(pk), inquiry, inquiry.is_from_public_sources, at, told)
        for pk, inquiry in found.items()
    }
    return {pk: one for pk, one in silences.items() if one is not None}


def of_inquiry(inquiry: Inquiry, at: dt.datetime | None = None) -> Silence | None:
    """Return the silence about the inquiry at the moment (None: now); None before its report is published."""
    return of_inquiries([inquiry], at).get(inquiry.pk)


def _silence(
    own: dt.date | None,
    inquiry: Inquiry,
    from_sources: bool,
    at: dt.datetime | None,
    told: dict[int, dt.date] | None = None,
) -> Silence | None:
    today = clock.today() if at is None else timezone.localdate(at)
    told = _last_told({inquiry.pk: inquiry}, at) if told is None else told
    days = [
        day for day in (own, inquiry.published_on, told.get(inquiry.pk)) if day is not None and day <= today
    ]
    if not days:
        return None
    since = max(days)
    return Silence(since, (today - since).days, from_sources)


def _last_days(
    recommendations: QuerySet[Recommendation], at: dt.datetime | None, by: str
) -> dict[int, dt.date]:
    """Return the day of the last notice, response, update or verdict on these, or of the last transfer of one to another
    body, by the id that `by` leads to: of those that were not recorded in error, as far as was known at the moment.
    """
    parts = Assignment.objects.order_by().standing(at).filter(recommendation__in=recommendations.order_by())
    updates = Update.objects.filter(state=UpdateState.PUBLISHED)
    responses = Response.objects.standing() if at is None else Response.objects.as_at(at)
    verdicts = Assessment.objects.standing() if at is None else Assessment.objects.as_at(at)
    verdicts = verdicts.filter(recommendation__in=recommendations.order_by())
    events: tuple[tuple[Any, str, str, str, str, Known], ...] = (
        (parts.notified(), "notice_recorded_at", "", "notified_on", "", as_period_end),
        (
            responses.filter(assignment__in=parts),
            "recorded_at",
            "assignment__",
            "decided_on",
            "decided_period",
            as_period_end,
        ),
        (
            updates.filter(assignment__in=parts),
            "published_at",
            "assignment__",
            "filed_on",
            "filed_period",
            as_period_end,
        ),
        (verdicts, "recorded_at", "", "meeting__held_on", "meeting__day_precision", day_or_month),
        (
            Transfer.objects.filter(assignment__in=parts),
            "recorded_at",
            "assignment__",
            "on",
            "",
            as_period_end,
        ),
    )
    last: dict[int, dt.date] = {}
    for rows, recorded_at, path, day, beside, known in events:
        of_these = rows.order_by()
        if at is not None:
            of_these = of_these.filter(**{f"{recorded_at}__lte": at})
        of_the_last: Any = ArrayAgg(beside, order_by=f"-{day}") if beside else Value(None, JSONField())
        for pk, on, said in of_these.values_list(path + by).annotate(on=Max(F(day)), said=of_the_last):
            if on is not None:
                last[pk] = max(known(on, said[0] if said else None) or on, last.get(pk, on))
    return last


def _last_told(inquiries: Iterable[int], at: dt.datetime | None) -> dict[int, dt.date]:
    """Return the day of the last thing that is known of each inquiry as a whole, by its id: a meeting or the end of a body that
    a source tells of, the end of its committee or of a body above that. When a source was published is no such day.
    """
    last = _meetings_told(inquiries, at)
    today = clock.today() if at is None else timezone.localdate(at)
    told = Citation.objects.standing() if at is None else Citation.objects.as_at(at)
    of_ends = told.order_by().filter(source__inquiry__in=list(inquiries), succession__on__lte=today)
    known = list(of_ends.values_list("source__inquiry", "succession__on"))
    ends = Succession.objects.filter(on__lte=today)
    if at is not None:
        ends = ends.filter(recorded_at__lte=at)
    lineage = ExpressionWrapper(OuterRef("committee__lineage"), ArrayField(BigIntegerField()))
    of_theirs = ends.annotate(
        lineage=lineage,
        bodies=Func(F("body"), template="ARRAY[%(expressions)s]", output_field=ArrayField(BigIntegerField())),
    ).filter(lineage__contains=F("bodies"))
    rows = Inquiry.objects.order_by().filter(pk__in=list(inquiries))
    rows = rows.annotate(ended=Subquery(of_theirs.order_by("-on").values("on")[:1])).filter(
        ended__isnull=False
    )
    known += rows.values_list("pk", "ended")
    for pk, day in known:
        last[pk] = max(day, last.get(pk, day))
    return last


def _meetings_told(inquiries: Iterable[int], at: dt.datetime | None) -> dict[int, dt.date]:
    """Return the day of the last meeting that a source tells of and that took place, by the id of the inquiry."""
    citations = Citation.objects.standing() if at is None else Citation.objects.as_at(at)
    told = citations.filter(source__inquiry__in=list(inquiries), meeting__state=MeetingState.HELD)
    by_inquiry = told.order_by().values_list("source__inquiry").annotate(on=Max("meeting__held_on"))
    of_the_last = ArrayAgg("meeting__day_precision", order_by="-meeting__held_on")
    return {pk: day_or_month(on, said[0]) for pk, on, said in by_inquiry.annotate(said=of_the_last)}
