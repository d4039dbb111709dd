"""How the standing of recommendations changed, month by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connections
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from committee import clock
from recommendations.charts import TrendPoint
from recommendations.lifecycle import (
    CLOSING,
    Claim,
    Decision,
    RecordKind,
    Standing,
    TargetState,
    UpdateState,
    add_months,
)
from recommendations.lifecycle.state import recommendation_state
from recommendations.models import (
    Assessment,
    Assignment,
    Correction,
    EarlierValue,
    Inquiry,
    Meeting,
    NoticeWithdrawal,
    Response,
    Update,
)
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.queries.figures import tally

NOTHING = (0, 0, 0, 0, 0, 0)
"""The numbers of a day on which nothing was open or closed yet."""


def month_ends(last: dt.date, months: int) -> list[dt.date]:
    """Return the last days of so many months before the month of that day, and the day itself, the earliest first."""
    firsts = [add_months(last.replace(day=1), -count) for count in range(months - 2, -1, -1)]
    return [*(first - dt.timedelta(days=1) for first in firsts), last]


def trend(
    assignments: AssignmentQuerySet,
    at: dt.datetime | None = None,
    months: int = 24,
    recommendations: RecommendationQuerySet | None = None,
) -> list[TrendPoint]:
    """Return how many recommendations were open in time, overdue, closed and not known at the end of each of the last
    months, and at the moment itself, in one query over the published history.

    With `recommendations` also those of them that were addressed to nobody, in two queries more. The few of which something
    was corrected are read as `tally` reads them, because what was recorded wrong stood until then.
    """
    moment = at or clock.now()
    days = month_ends(timezone.localdate(moment), months)
    ends = [*(clock.end_of_day(day) for day in days[:-1]), moment]
    found, corrected = _counted(assignments, days, ends)
    by_inquiry = recommendations is not None and not recommendations.query.is_empty()
    points = []
    for day in days:
        still_open, overdue, closed, not_known, *handed_back = found.get(day, NOTHING)
        if by_inquiry:
            still_open, not_known = still_open + handed_back[0], not_known + handed_back[1]
        points.append(TrendPoint(day, still_open, overdue, closed, not_known))
    if recommendations is not None:
        points = _with_unaddressed_then(points, ends, recommendations.exclude(pk__in=corrected))
    if not corrected:
        return points
    own = recommendations.of_ids(corrected) if recommendations is not None else None
    counts = [tally(assignments.of_recommendations(corrected), end, own).total.counts for end in ends]
    return [
        replace(
            point,
            open=point.open + more.open - more.overdue,
            overdue=point.overdue + more.overdue,
            closed=point.closed + more.closed,
            not_known=point.not_known + more.not_known,
        )
        for point, more in zip(points, counts, strict=True)
    ]


def _counted(
    assignments: AssignmentQuerySet, days: list[dt.date], ends: list[dt.datetime]
) -> tuple[dict[dt.date, tuple[int, ...]], set[int]]:
    """Return for each day how many were open in time, overdue, closed, not known, and handed back by every body, of the
    committees' own record and of what is compiled; and the ids of those of which something was corrected, which are left out.
    """
    apart, apart_parameters = _corrected_recommendations().query.sql_with_params()
    inner, parameters = (
        assignments.order_by()
        .values_list(
            "pk",
            "recommendation_id",
            "created_at",
            "recommendation__made_public_at",
            "first_target_on",
            "first_target_set_at",
            "recommendation__inquiry_id",
            "notice_recorded_at",
            "notice_from_source",
            "notified_on",
            "import_batch",
        )
        .query.sql_with_params()
    )
    arguments = [
        *apart_parameters,
        *parameters,
        Claim.DELIVERED.value,
        UpdateState.PUBLISHED.value,
        [outcome.value for outcome in CLOSING],
        Decision.NOT_OURS.value,
        timezone.get_default_timezone_name(),
        days,
        ends,
        ends,
        ends,
        ends,
    ]
    with connections[assignments.db].cursor() as cursor:
        cursor.execute(_sql(apart, inner), arguments)
        rows = {day: (tuple(numbers), corrected) for day, *numbers, corrected in cursor.fetchall()}
    _, corrected = rows.pop(None)
    return {day: numbers for day, (numbers, _) in rows.items()}, set(corrected or ())


def _sql(corrected: str, mine: str) -> str:
    """Return the SQL that counts: `corrected` selects the recommendations to leave out, `mine` the assignments to count."""
    # The rules of ``expressions`` for 24 moments at once, which reading history for each moment would take 24 times as
    # long for: ``awaits`` is ``is_awaiting_verdict``, ``shut`` and rank 1 are ``is_closed``, rank 4 is ``is_overdue``, rank 2
    # is ``is_not_known``. Rank 0, and -1 where nothing else is known, are ``is_disowned``, which counts where nothing is
    # asked of another body: then it is addressed to nobody. What was entered late, for a day before the latest one on the
    # record, changes nothing that stands, so it is left out as it arrives: of what remains the order of entry is the order of
    # events.
    return f"""
        WITH corrected (rec) AS MATERIALIZED ({corrected}),
        part (id, rec, created_at, public_at, target, set_at, inquiry, notice_at, from_source, sent, batch) AS MATERIALIZED (
            SELECT * FROM ({mine}) mine (id, rec, created_at, public_at, target, set_at, inquiry, notice_at, from_source, sent, batch)
             WHERE rec NOT IN (SELECT rec FROM corrected)
        ),
        kind (inquiry, since, until, value) AS (
            SELECT row_id, lag(replaced_at) OVER (PARTITION BY row_id ORDER BY replaced_at, id), replaced_at, before->>'record_kind'
              FROM {EarlierValue._meta.db_table}
             WHERE table_name = '{Inquiry._meta.db_table}' AND before ? 'record_kind'
            UNION ALL
            SELECT id, (SELECT max(replaced_at) FROM {EarlierValue._meta.db_table}
                         WHERE table_name = '{Inquiry._meta.db_table}' AND row_id = inquiry.id AND before ? 'record_kind'),
                   NULL, record_kind
              FROM {Inquiry._meta.db_table} inquiry
        ),
        compiled (inquiry, since, until) AS MATERIALIZED (SELECT inquiry, since, until FROM kind WHERE value = 'public_sources'),
        event (id, at, kind, row, day, claim, shut) AS (
            SELECT id, created_at, 0, 0::bigint, NULL::date, NULL::int, NULL::int FROM part
            UNION ALL
            SELECT part.id, u.published_at, 1, u.id, u.filed_on, (u.claim = %s)::int, NULL
              FROM part JOIN {Update._meta.db_table} u ON u.assignment_id = part.id AND u.state = %s AND u.claim <> ''
            UNION ALL
            SELECT part.id, v.recorded_at, 2, v.id, m.held_on, NULL,
                   (v.outcome = ANY(%s))::int
              FROM part JOIN {Assessment._meta.db_table} v
                ON v.recommendation_id = part.rec AND (v.assignment_id IS NULL OR v.assignment_id = part.id)
              JOIN {Meeting._meta.db_table} m ON m.id = v.meeting_id
            UNION ALL
            SELECT part.id, x.recorded_at, 3, x.id, x.decided_on, (x.decision = %s)::int, NULL
              FROM part JOIN {Response._meta.db_table} x ON x.assignment_id = part.id
        ),
        standing AS (
            SELECT id, at, kind, row,
                   CASE WHEN kind = 1 AND day >= coalesce(max(day) FILTER (WHERE kind = 1) OVER before, day)
                        THEN at END AS claimed_at,
                   CASE WHEN kind = 1 AND day >= coalesce(max(day) FILTER (WHERE kind = 1) OVER before, day)
                        THEN claim END AS claim,
                   CASE WHEN kind = 2 AND day >= coalesce(max(day) FILTER (WHERE kind = 2) OVER before, day)
                        THEN at END AS judged_at,
                   CASE WHEN kind = 2 AND day >= coalesce(max(day) FILTER (WHERE kind = 2) OVER before, day)
                        THEN day END AS judged_on,
                   CASE WHEN kind = 2 AND day >= coalesce(max(day) FILTER (WHERE kind = 2) OVER before, day)
                        THEN shut END AS shut,
                   CASE WHEN kind = 3 AND day >= coalesce(max(day) FILTER (WHERE kind = 3) OVER before, day)
                        THEN claim END AS disowned
              FROM event
            WINDOW before AS (PARTITION BY id ORDER BY at, kind, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        ),
        ordered AS (
            SELECT *, lead(at) OVER steps AS until, count(claim) OVER steps AS claim_group,
                   count(shut) OVER steps AS judged_group, count(disowned) OVER steps AS answered_group
              FROM standing WINDOW steps AS (PARTITION BY id ORDER BY at, kind, row)
        ),
        filled AS (
            SELECT id, at, until,
                   max(claim) OVER (PARTITION BY id, claim_group) AS claim,
                   max(claimed_at) OVER (PARTITION BY id, claim_group) AS claimed_at,
                   max(judged_on) OVER (PARTITION BY id, judged_group) AS judged_on,
                   max(judged_at) OVER (PARTITION BY id, judged_group) AS judged_at,
                   coalesce(max(shut) OVER (PARTITION BY id, judged_group), 0) AS shut,
                   coalesce(max(disowned) OVER (PARTITION BY id, answered_group), 0) AS disowned
              FROM ordered
        ),
        span AS (
            SELECT id, at, until, shut, disowned,
                   CASE WHEN claim = 1 AND (judged_on IS NULL OR
                        (judged_on, judged_at) < ((claimed_at AT TIME ZONE %s)::date, claimed_at))
                        THEN 1 ELSE 0 END AS awaits
              FROM filled
        ),
        point (number, day, at) AS (
            SELECT number, day, at FROM unnest(%s::date[], %s::timestamptz[]) WITH ORDINALITY AS given (day, at, number)
        ),
        -- The numbers of the points before a moment are those from 1 to its bucket; most spans hold none.
        held AS (
            SELECT span.id, shut, disowned, awaits, generate_series(first + 1, last) AS number
              FROM (
                SELECT span.*, width_bucket(at - interval '1 microsecond', %s::timestamptz[]) AS first,
                       CASE WHEN until IS NULL THEN cardinality(%s::timestamptz[])
                            ELSE width_bucket(until - interval '1 microsecond', %s::timestamptz[]) END AS last
                  FROM span
              ) span
             WHERE first < last
        ),
        whole AS (
            SELECT point.day, part.rec,
                   max(CASE WHEN shut = 1 THEN 1
                            WHEN compiled.inquiry IS NOT NULL AND (part.notice_at IS NULL OR part.notice_at > point.at OR part.from_source)
                            THEN CASE WHEN disowned = 1 THEN -1 ELSE 2 END
                            WHEN disowned = 1 THEN 0
                            WHEN awaits = 0 AND part.target < point.day AND (part.set_at IS NULL OR part.set_at <= point.at)
                             AND (part.batch IS NOT NULL
                                  OR part.sent <= part.target AND (part.notice_at IS NULL OR part.notice_at <= point.at))
                            THEN 4 ELSE 3 END) AS rank
              FROM held
              JOIN point ON point.number = held.number
              JOIN part ON part.id = held.id AND part.created_at <= point.at
               AND (part.public_at IS NULL OR part.public_at <= point.at)
              LEFT JOIN compiled ON compiled.inquiry = part.inquiry
               AND (compiled.since IS NULL OR compiled.since <= point.at) AND (compiled.until IS NULL OR compiled.until > point.at)
             GROUP BY point.day, part.rec
        )
        SELECT day, count(*) FILTER (WHERE rank = 3), count(*) FILTER (WHERE rank = 4), count(*) FILTER (WHERE rank = 1),
               count(*) FILTER (WHERE rank = 2), count(*) FILTER (WHERE rank = 0), count(*) FILTER (WHERE rank = -1),
               NULL::bigint[]
          FROM whole GROUP BY day
         UNION ALL SELECT NULL, 0, 0, 0, 0, 0, 0, array_agg(rec) FROM corrected
    """  # noqa: S608 (names of our own tables and columns)


def _corrected_recommendations() -> Any:
    """Return the ids of the recommendations of which something was corrected that says where they stand, or the committee spoke at
    a meeting whose day was changed since, or a notice was taken back or came after the first date, so that lateness counts from
    an agreed one.
    """
    moved = EarlierValue.objects.of_days_of(OuterRef("meeting_id")).filter(
        replaced_at__gt=OuterRef("recorded_at")
    )
    of_meetings = Assessment.objects.order_by().filter(Exists(moved)).values_list("recommendation_id")
    paths = (
        "assignment__recommendation_id",
        "recommendation_id",
        "response__assignment__recommendation_id",
        "assessment__recommendation_id",
        "targetchange__assignment__recommendation_id",
    )
    said = Correction.objects.order_by().filter(
        Q(voids=True) | Q(assignment__isnull=False),
        finding__isnull=True,
        inquiry__isnull=True,
        meeting__isnull=True,
    )
    found = said.annotate(about=Coalesce(*paths)).values_list("about")
    taken_back = NoticeWithdrawal.objects.order_by().values_list("assignment__recommendation_id")
    sent_too_late = Assignment.objects.order_by().filter(
        import_batch=None, notified_on__gt=F("first_target_on"), target_changes__state=TargetState.AGREED
    )
    return found.union(of_meetings, taken_back, sent_too_late.values_list("recommendation_id"))


def _with_unaddressed_then(
    points: list[TrendPoint], ends: list[dt.datetime], recommendations: RecommendationQuerySet
) -> list[TrendPoint]:
    """Return the points with those recommendations that were addressed to nobody at each of the moments."""
    first = Subquery(
        Assignment.objects.filter(recommendation=OuterRef("pk"))
        .order_by("created_at")
        .values("created_at")[:1]
    )
    rows = recommendations.published().order_by().annotate(addressed_at=first, public_at=F("made_public_at"))
    late = rows.filter(Q(addressed_at__isnull=True) | Q(public_at__lt=F("addressed_at")))
    found = list(late.values_list("pk", "public_at", "addressed_at", "inquiry_id"))
    verdicts: dict[int, list[Assessment]] = {pk: [] for pk, *_ in found}
    on_the_whole = Assessment.objects.filter(recommendation__in=late.values("pk"), assignment=None)
    for verdict in on_the_whole.select_related("meeting"):
        verdicts[verdict.recommendation_id].append(verdict)
    compiled = _compiled_at(ends)
    counted = []
    for point, end in zip(points, ends, strict=True):
        there = Counter(
            recommendation_state(
                [], verdicts[pk], until=end, from_public_sources=inquiry in compiled[end]
            ).standing_on(point.day)
            for pk, public_at, addressed_at, inquiry in found
            if public_at <= end and (addressed_at is None or addressed_at > end)
        )
        counted.append(
            replace(
                point,
                open=point.open + there[Standing.IN_TIME],
                closed=point.closed + there[Standing.IMPLEMENTED] + there[Standing.CLOSED_OTHERWISE],
                not_known=point.not_known + there[Standing.NOT_KNOWN],
            )
        )
    return counted


def _compiled_at(moments: Sequence[dt.datetime]) -> dict[dt.datetime, set[int]]:
    """Return which inquiries were compiled from public sources at each of the moments, in two queries: they are few."""
    now = set(Inquiry.objects.order_by().from_public_sources().values_list("pk", flat=True))
    found = {moment: set(now) for moment in moments}
    for row in EarlierValue.objects.of_record_kinds().order_by("-replaced_at", "-pk"):
        was = row.before["record_kind"] == RecordKind.PUBLIC_SOURCES
        for moment in (one for one in moments if one < row.replaced_at):
            (found[moment].add if was else found[moment].discard)(row.row_id)
    return found
