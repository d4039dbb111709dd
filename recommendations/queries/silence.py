"""How long nothing has been heard of a recommendation or an inquiry: the days since the last event on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from committee import clock
from committee.formatting import long_date, plural
from committee.kept_sql import KeptSQL
from recommendations.lifecycle import DAY_NOT_STATED, MeetingState
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
from recommendations.models.base import there_at

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
        day = long_date(self.since)
        if day == DAY_NOT_STATED:
            since = self.since
            day = f"the tracker of {long_date(dt.date(since.year, since.month, since.day))}"
        return f"{begin} {day}: {plural(self.days, 'day')}"

    @property
    def is_worth_saying(self) -> bool:
        """Whether a page says so: always where only public sources tell, else once it has lasted."""
        return self.days > (0 if self.from_sources else WORTH_SAYING)


def of_recommendation(
    recommendation: Recommendation,
    from_sources: bool,
    at: dt.datetime | None = None,
    days: Iterable[dt.date] | None = None,
) -> Silence | None:
    """Return the silence about one recommendation at the moment (None: now); None before its report is published. Whether
    only public sources tell of it then, `from_sources`, is the reader's, and so are the `days` of what happened with it, if
    it has read them (`RecordRows.days_of_events`).

    What concerns the whole report, its publication, the meetings that a source tells of and the end of the council that the
    committee was part of, is a word about each of its recommendations.
    """
    if days is None:
        own = _last_days([recommendation.pk], at, "recommendation").get(recommendation.pk)
    else:
        own = _latest(days)
    return _silence(own, recommendation.inquiry, from_sources, at)


def of_inquiries(inquiries: Iterable[Inquiry], at: dt.datetime | None = None) -> dict[int, Silence]:
    """Return the silence about each of the inquiries at the moment (None: now), by id, in a fixed number of queries."""
    found = {inquiry.pk: inquiry for inquiry in inquiries}
    days = _last_days(list(found), at, "recommendation__inquiry")
    told = _last_told(found, at)
    silences = {
        pk: _silence(days.get(pk), inquiry, inquiry.is_from_public_sources, at, told)
        for pk, inquiry in found.items()
    }
    return {pk: one for pk, one in silences.items() if one is not None}


def of_inquiry(inquiry: Inquiry, at: dt.datetime | None = None) -> Silence | None:
    """Return the silence about the inquiry at the moment (None: now); None before its report is published."""
    return of_inquiries([inquiry], at).get(inquiry.pk)


def _latest(days: Iterable[dt.date]) -> dt.date | None:
    """Return the latest of the days; of two alike, the one that is stated. None for none."""
    return max(days, key=lambda day: (day, long_date(day) != DAY_NOT_STATED), default=None)


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
    since = _latest(days)
    if since is None:
        return None
    return Silence(since, (today - since).days, from_sources)


@dataclass(frozen=True)
class _Events:
    """One kind of event: its rows, when each was recorded, the way from it to the part, and its day with what is kept beside."""

    rows: Any
    recorded_at: str
    path: str
    day: str
    beside: str = ""
    known: Known = as_period_end

    def last(self, at: dt.datetime | None, by: str) -> Subquery:
        """Return the expression for the day of the last one by the moment that `by` leads from to a row, with what is kept
        beside it.
        """
        rows = self.rows.filter(**{f"{self.path}{by}": OuterRef("pk"), f"{self.day}__isnull": False})
        if at is not None:
            rows = rows.filter(**{f"{self.recorded_at}__lte": at})
        said = {"said": F(self.beside)} if self.beside else {}
        return Subquery(rows.order_by(f"-{self.day}").values(last=JSONObject(on=F(self.day), **said))[:1])

    def day_of(self, last: dict[str, Any]) -> dt.date:
        """Return the day that the expression gave."""
        on = dt.date.fromisoformat(last["on"])
        return self.known(on, last.get("said")) or on


def _last_days(ids: list[int], at: dt.datetime | None, by: str) -> dict[int, dt.date]:
    """Return the day of the last notice, response, update or verdict on the recommendations that `by` leads from to these ids,
    or of the last transfer of one to another body, by the id: of those that were not recorded in error, as far as was known at
    the moment.
    """
    asked = _asked_now(by) if at is None else [(one, one.last(at, by)) for one in _events(at)]
    rows = LED_TO[by].objects.order_by().filter(pk__in=ids)
    found: dict[int, dt.date] = {}
    for pk, *last in rows.values_list("pk", *(expression for _, expression in asked)):
        day = _latest(
            one.day_of(event) for (one, _), event in zip(asked, last, strict=True) if event is not None
        )
        if day is not None:
            found[pk] = day
    return found


LED_TO: dict[str, Any] = {"recommendation": Recommendation, "recommendation__inquiry": Inquiry}
"""What the ways from a part lead to."""


@cache
def _asked_now(by: str) -> list[tuple[_Events, KeptSQL]]:
    return [(one, KeptSQL(LED_TO[by], one.last(None, by))) for one in _events(None)]


def _events(at: dt.datetime | None) -> tuple[_Events, ...]:
    responses = Response.objects.standing() if at is None else Response.objects.as_at(at)
    verdicts = Assessment.objects.standing() if at is None else Assessment.objects.as_at(at)
    part, stood = "assignment__", _stood(at, "assignment__")
    return (
        _Events(Assignment.objects.standing(at).notified(), "notice_recorded_at", "", "notified_on"),
        _Events(responses.filter(stood), "recorded_at", part, "decided_on", "decided_period"),
        _Events(Update.objects.published().filter(stood), "published_at", part, "filed_on", "filed_period"),
        _Events(verdicts, "recorded_at", "", "meeting__held_on", "meeting__day_precision", day_or_month),
        _Events(Transfer.objects.filter(stood), "recorded_at", part, "on"),
    )


def _stood(at: dt.datetime | None, path: str) -> Q:
    """Return the condition that the part at the end of the path was not known by the moment to be addressed in error."""
    column = f"{path}withdrawn_at"
    return Q(**{f"{column}__isnull": True}) if at is None else there_at(at, column)


def _last_told(inquiries: Iterable[int], at: dt.datetime | None) -> dict[int, dt.date]:
    """Return the day of the last thing that is known of each inquiry as a whole, by its id: a meeting or the end of a body that
    a source tells of, the end of its committee or of a body above that. When a source was published is no such day.
    """
    today = clock.today() if at is None else timezone.localdate(at)
    known = _told_by_sources(inquiries, today, at)
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
    last: dict[int, dt.date] = {}
    for pk, day in known:
        last[pk] = max(day, last.get(pk, day))
    return last


def _told_by_sources(
    inquiries: Iterable[int], today: dt.date, at: dt.datetime | None
) -> list[tuple[int, dt.date]]:
    """Return the days of the meetings that took place and of the ends of bodies that sources tell of, each with the id of the
    inquiry.
    """
    citations = Citation.objects.standing() if at is None else Citation.objects.as_at(at)
    told = citations.order_by().filter(
        Q(meeting__state=MeetingState.HELD) | Q(succession__on__lte=today),
        source__inquiry__in=list(inquiries),
    )
    return [
        (pk, day_or_month(held_on, precision) if held_on is not None else ended_on)
        for pk, held_on, precision, ended_on in told.values_list(
            "source__inquiry", "meeting__held_on", "meeting__day_precision", "succession__on"
        )
    ]
