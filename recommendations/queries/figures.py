"""The figures of a set of recommendations, as they are now or as they were: one query for each question.

Every function takes assignments (usually a committee's, or a pack's selection) and a moment. None means now and reads
the state kept on the assignments; a moment reads history, so that a figure of last March is what a reader would have
seen then. Both give rows with the same names (see `reading`), so that no caller has to distinguish them.

Figures count recommendations, "n of N". One addressed to several bodies counts once in the total, with the standing of
its slowest assignment, and once with each of its bodies. One addressed to nobody counts in the total and with its
inquiry, by the verdicts on the whole: nobody may lose it. Those are handed in as `recommendations`, since no assignment
leads to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connections
from django.db.models import (
    Case,
    Count,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from committee import clock
from recommendations.charts import Counts, ProgressRow, TrendPoint, progress_chart
from recommendations.lifecycle import CLOSING, Claim, Decision, Outcome, Standing, UpdateState, add_months
from recommendations.lifecycle.state import recommendation_state
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    EarlierValue,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Response,
    Update,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet, body_at
from recommendations.models.recommendations import PUBLIC_AT, RecommendationQuerySet
from recommendations.queries.as_at import put_back, put_holders_back

STATE_COLUMNS = (
    "claim",
    "decision",
    "first_target_on",
    "notified_on",
    "response_due_on",
    "target_on",
    "grade",
    "awaiting_verdict",
    "slips",
    "closed_as",
)
"""The columns of `expressions.Columns` that lists show under the names of `expressions.AS_AT`, today too."""

Rows = Any
"""Rows with the annotations of `reading` or `unaddressed`, which the type checker cannot follow."""


@dataclass(frozen=True)
class Line:
    """The figures of one inquiry, one owning body or of all: how many recommendations."""

    pk: int | None
    label: str
    counts: Counts
    to_judge: int = 0
    response_late: int = 0
    awaiting_response: int = 0
    slipped: int = 0
    escalated: int = 0
    no_date: int = 0
    unaddressed: int = 0
    """Those open and addressed to nobody."""

    @property
    def total(self) -> int:
        return self.counts.total


@dataclass(frozen=True)
class Tally:
    """The figures of a set: all together, by inquiry (the latest first) and by owning body (the most overdue first)."""

    total: Line
    by_inquiry: list[Line] = field(default_factory=list)
    by_body: list[Line] = field(default_factory=list)

    @property
    def whole_chart(self) -> SafeString:
        """Return the bar of all recommendations by their standing."""
        rows = [ProgressRow("All recommendations", self.total.counts)]
        drawing = progress_chart(rows, title="Where the recommendations stand")
        return mark_safe(drawing)  # noqa: S308 (every word in it was escaped by charts)


# ------------------------------------------------------------------ one way to read now and then


def reading(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return the assignments with their state at the moment (None: now), for the rows of figures and lists.

    Those are the annotations of `STATE_COLUMNS` and the ones added here; `state_days_late` is 0 for one that is not
    overdue.
    """
    rows, columns, day = assignments.read_at(at)
    if at is None:
        rows = rows.annotate(
            **{getattr(rules.AS_AT, name): F(getattr(columns, name)) for name in STATE_COLUMNS},
            state_last_update_id=F("last_update_id"),
        )
    return rows.annotate(
        state_is_escalated=rules.true_if(rules.is_escalated(columns)),
        state_is_overdue=rules.true_if(rules.is_overdue(day, columns)),
        state_awaits_response=rules.true_if(rules.awaits_response(day, columns)),
        state_is_response_late=rules.true_if(rules.is_response_late(day, columns)),
        state_is_on_track_too_late=rules.true_if(rules.is_on_track_too_late(day, columns)),
        state_has_slipped=rules.true_if(rules.has_slipped(columns)),
        state_has_no_date=rules.true_if(rules.has_no_date(columns)),
        state_slip_days=rules.slip_days(columns),
        state_days_late=rules.days_late(day, columns),
        standing=rules.standing(day, columns),
        rank=rules.standing_rank(day, columns),
        state_body_id=F("body_id") if at is None else body_at(at),
    )


def as_shown(rows: Rows, at: dt.datetime | None = None) -> list[Any]:
    """Return the rows of a list with the headings and names that it showed at the moment (None: now)."""
    found = list(rows)
    put_holders_back(at, found)
    put_back(at, found)
    return found


# ------------------------------------------------------------------ counts


def tally(
    assignments: AssignmentQuerySet,
    at: dt.datetime | None = None,
    recommendations: RecommendationQuerySet | None = None,
) -> Tally:
    """Return how many recommendations have each standing, together, by inquiry and by owning body, in one query.

    With `recommendations` also those of them that are addressed to nobody, in one or two queries more.
    """
    rows = (
        reading(assignments, at)
        .order_by()
        .values_list(
            "recommendation_id",
            "recommendation__inquiry_id",
            "state_body_id",
            "rank",
            "state_awaiting_verdict",
            "state_is_response_late",
            "state_awaits_response",
            "state_has_slipped",
            "state_is_escalated",
            "state_has_no_date",
        )
    )
    inner, parameters = rows.query.sql_with_params()
    counts = ", ".join(f"count(*) FILTER (WHERE rank = {rank})" for rank in rules.RANK.values())
    sql = f"""
        WITH part (rec, inquiry, body, rank, claimed, late, awaiting, slipped, escalated, undated) AS MATERIALIZED ({inner}),
        of_body AS (
            SELECT body, rec, min(rank) AS rank, bool_or(claimed) AS claimed, bool_or(late) AS late, bool_or(awaiting) AS awaiting,
                   bool_or(slipped) AS slipped, bool_or(escalated) AS escalated, bool_or(undated) AS undated
              FROM part GROUP BY body, rec
        ),
        whole AS (
            SELECT rec, inquiry, min(rank) AS rank, bool_or(claimed) AS claimed, bool_or(late) AS late, bool_or(awaiting) AS awaiting,
                   bool_or(slipped) AS slipped, bool_or(escalated) AS escalated, bool_or(undated) AS undated
              FROM part GROUP BY rec, inquiry
        ),
        line (kind, id, {", ".join(rules.RANK)}, claimed, late, awaiting, slipped, escalated, undated) AS (
            SELECT CASE WHEN grouping(inquiry) = 1 THEN 'total' ELSE 'inquiry' END, inquiry, {counts},
                   count(*) FILTER (WHERE claimed), count(*) FILTER (WHERE late), count(*) FILTER (WHERE awaiting), count(*) FILTER (WHERE slipped),
                   count(*) FILTER (WHERE escalated), count(*) FILTER (WHERE undated)
              FROM whole GROUP BY GROUPING SETS ((), (inquiry))
            UNION ALL
            SELECT 'body', body, {counts},
                   count(*) FILTER (WHERE claimed), count(*) FILTER (WHERE late), count(*) FILTER (WHERE awaiting),
                   count(*) FILTER (WHERE slipped), count(*) FILTER (WHERE escalated), count(*) FILTER (WHERE undated)
              FROM of_body GROUP BY body
        )
        SELECT line.*, coalesce(earlier_name.name, inquiry.title, body.name, 'All recommendations')
          FROM line
          LEFT JOIN {Inquiry._meta.db_table} inquiry ON line.kind = 'inquiry' AND inquiry.id = line.id
          LEFT JOIN {Body._meta.db_table} body ON line.kind = 'body' AND body.id = line.id
          LEFT JOIN LATERAL (
            SELECT coalesce(earlier.before->>'title', earlier.before->>'name') AS name
              FROM {EarlierValue._meta.db_table} earlier
             WHERE earlier.row_id = line.id AND earlier.replaced_at > %s::timestamptz AND NOT earlier.removed
               AND ((line.kind = 'inquiry' AND earlier.table_name = '{Inquiry._meta.db_table}' AND earlier.before->>'title' IS NOT NULL)
                 OR (line.kind = 'body' AND earlier.table_name = '{Body._meta.db_table}' AND earlier.before->>'name' IS NOT NULL))
             ORDER BY earlier.replaced_at, earlier.id LIMIT 1
          ) earlier_name ON true
         ORDER BY line.kind, inquiry.published_on DESC, inquiry.id, line.overdue DESC, line.late DESC, body.sort_key, body.id
    """  # noqa: S608 (names of our own tables and columns)
    found: dict[str, list[Line]] = {"total": [], "inquiry": [], "body": []}
    with connections[assignments.db].cursor() as cursor:
        cursor.execute(sql, [*parameters, at or "infinity"])
        for kind, pk, *numbers, label in cursor.fetchall():
            standing = dict(zip(rules.RANK, numbers, strict=False))
            found[kind].append(Line(pk, label, Counts(**standing), *numbers[len(rules.RANK) :]))
    whole = Tally(found["total"][0], found["inquiry"], found["body"])
    return whole if recommendations is None else _with_unaddressed(whole, recommendations, at)


def unaddressed(recommendations: RecommendationQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return the published recommendations that are addressed to nobody at the moment (None: now), in the order of the
    reports, with where each stands (`standing`) and the outcome that closed it (`state_closed_as`).

    The same as `RecommendationState.standing_on`: only a verdict on the whole closes one of them.
    """
    rows = recommendations.published().addressed_to_nobody(at)
    closed_as: Any = F("closed_as")
    if at is not None:
        rows = rows.existing_at(at)
        closing = Case(When(outcome__in=CLOSING, then=F("outcome")), default=Value(""))
        verdicts = Assessment.objects.as_at(at).filter(recommendation=OuterRef("pk"), assignment__isnull=True)
        latest = verdicts.order_by(*rules.LATEST_VERDICT).annotate(closing=closing)
        closed_as = Coalesce(Subquery(latest.values("closing")[:1]), Value(""))
    return (
        rows.annotate(state_closed_as=closed_as)
        .annotate(
            standing=Case(
                When(state_closed_as=Outcome.CLOSE_IMPLEMENTED, then=Value(Standing.IMPLEMENTED.value)),
                When(state_closed_as="", then=Value(Standing.IN_TIME.value)),
                default=Value(Standing.CLOSED_OTHERWISE.value),
            )
        )
        .select_related("inquiry__committee")
        .in_order()
    )


def _with_unaddressed(found: Tally, recommendations: RecommendationQuerySet, at: dt.datetime | None) -> Tally:
    """Return the figures with those recommendations that are addressed to nobody."""
    rows = unaddressed(recommendations, at).order_by().select_related(None)
    by_inquiry: dict[Any, Line] = {line.pk: line for line in found.by_inquiry}
    total = found.total
    counted = list(rows.values_list("inquiry_id", "standing").annotate(n=Count("pk")))
    without = {inquiry for inquiry, *_ in counted} - set(by_inquiry)
    named = Inquiry.objects.only("title").in_bulk(without)
    put_back(at, named.values())
    for inquiry, standing, count in counted:
        line = by_inquiry.get(inquiry) or Line(inquiry, named[inquiry].title, Counts())
        by_inquiry[inquiry] = _plus(line, standing, count)
        total = _plus(total, standing, count)
    order = [line.pk for line in found.by_inquiry]
    if len(by_inquiry) > len(order):
        latest_first = Inquiry.objects.order_by(F("published_on").desc(), "pk")
        order = list(latest_first.filter(pk__in=list(by_inquiry)).values_list("pk", flat=True))
    return replace(found, total=total, by_inquiry=[by_inquiry[pk] for pk in order])


def _plus(line: Line, standing: str, count: int) -> Line:
    """Return the line with so many more recommendations that are addressed to nobody and stand there."""
    counts = replace(line.counts, **{standing: line.counts.of(Standing(standing)) + count})
    still_open = count if standing == Standing.IN_TIME else 0
    return replace(line, counts=counts, unaddressed=line.unaddressed + still_open)


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
    """Return how many recommendations were open in time, overdue and closed at the end of each of the last months, and
    at the moment itself, in one query over the published history.

    With `recommendations` also those of them that were addressed to nobody, in two queries more.
    """
    moment = at or clock.now()
    days = month_ends(timezone.localdate(moment), months)
    ends = [*(clock.end_of_day(day) for day in days[:-1]), moment]
    inner, parameters = (
        assignments.order_by()
        .values_list(
            "pk",
            "recommendation_id",
            "created_at",
            "recommendation__inquiry__made_public_at",
            "first_target_on",
            "first_target_set_at",
        )
        .query.sql_with_params()
    )
    # The rules of ``expressions`` for 24 moments at once, which reading history for each moment would take 24 times as
    # long for: ``awaits`` is ``is_awaiting_verdict``, ``shut`` is not ``is_open``, rank 3 is ``is_overdue``. What was
    # entered late, for a day before the latest one on the record, changes nothing that stands, so it is left out as
    # it arrives: of what remains the order of entry is the order of events.
    sql = f"""
        WITH part (id, rec, created_at, public_at, target, set_at) AS MATERIALIZED ({inner}),
        event (id, at, kind, row, day, claim, shut) AS (
            SELECT id, created_at, 0, 0::bigint, NULL::date, NULL::int, NULL::int FROM part
            UNION ALL
            SELECT part.id, u.published_at, 1, u.id, u.filed_on, (u.claim = %s)::int, NULL
              FROM part JOIN {Update._meta.db_table} u ON u.assignment_id = part.id AND u.state = %s
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
        point (day, at) AS (SELECT * FROM unnest(%s::date[], %s::timestamptz[])),
        whole AS (
            SELECT point.day, part.rec,
                   max(CASE WHEN shut = 1 THEN 1
                            WHEN awaits = 0 AND disowned = 0 AND part.target < point.day AND (part.set_at IS NULL OR part.set_at <= point.at)
                            THEN 3 ELSE 2 END) AS rank
              FROM point
              JOIN span ON span.at <= point.at AND (span.until IS NULL OR span.until > point.at)
              JOIN part ON part.id = span.id AND part.created_at <= point.at
               AND (part.public_at IS NULL OR part.public_at <= point.at)
             GROUP BY point.day, part.rec
        )
        SELECT day, count(*) FILTER (WHERE rank = 2), count(*) FILTER (WHERE rank = 3), count(*) FILTER (WHERE rank = 1)
          FROM whole GROUP BY day
    """  # noqa: S608 (names of our own tables and columns)
    arguments = [
        *parameters,
        Claim.DELIVERED.value,
        UpdateState.PUBLISHED.value,
        [outcome.value for outcome in CLOSING],
        Decision.NOT_OURS.value,
        timezone.get_default_timezone_name(),
        days,
        ends,
    ]
    with connections[assignments.db].cursor() as cursor:
        cursor.execute(sql, arguments)
        found = {day: TrendPoint(day, *numbers) for day, *numbers in cursor.fetchall()}
    points = [found.get(day, TrendPoint(day, 0, 0, 0)) for day in days]
    return points if recommendations is None else _with_unaddressed_then(points, ends, recommendations)


def _with_unaddressed_then(
    points: list[TrendPoint], ends: list[dt.datetime], recommendations: RecommendationQuerySet
) -> list[TrendPoint]:
    """Return the points with those recommendations that were addressed to nobody at each of the moments."""
    first = Subquery(
        Assignment.objects.filter(recommendation=OuterRef("pk"))
        .order_by("created_at")
        .values("created_at")[:1]
    )
    rows = recommendations.published().order_by().annotate(addressed_at=first, public_at=PUBLIC_AT)
    late = rows.filter(Q(addressed_at__isnull=True) | Q(public_at__lt=F("addressed_at")))
    found = list(late.values_list("pk", "public_at", "addressed_at"))
    verdicts: dict[int, list[Assessment]] = {pk: [] for pk, _, _ in found}
    on_the_whole = Assessment.objects.filter(recommendation__in=late.values("pk"), assignment=None)
    for verdict in on_the_whole.select_related("meeting"):
        verdicts[verdict.recommendation_id].append(verdict)
    counted = []
    for point, end in zip(points, ends, strict=True):
        there = [
            recommendation_state([], verdicts[pk], until=end).closed_by is None
            for pk, public_at, addressed_at in found
            if public_at <= end and (addressed_at is None or addressed_at > end)
        ]
        still_open = sum(there)
        counted.append(
            replace(point, open=point.open + still_open, closed=point.closed + len(there) - still_open)
        )
    return counted


# ------------------------------------------------------------------ lists


def _listed(
    assignments: AssignmentQuerySet,
    at: dt.datetime | None,
    condition: Callable[[dt.date, rules.Columns], Q] | None = None,
) -> Rows:
    """Return the assignments that meet the condition, with all that a list shows of them."""
    rows = reading(assignments, at).select_related(
        "body",
        "formerly",
        "post",
        "recommendation",
        "recommendation__inquiry",
        "recommendation__inquiry__committee",
    )
    if condition is None:
        return rows
    _, columns, day = assignments.read_at(at)
    return rows.filter(condition(day, columns))


def overdue(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return those open and past the first date, the longest first."""
    return _listed(assignments, at, rules.is_overdue).order_by("first_target_on", "pk")


def response_late(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return those without a decision after the body's term, the longest first."""
    return _listed(assignments, at, rules.is_response_late).order_by("response_due_on", "pk")


def awaiting_the_committee(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return those claimed as delivered and not yet judged, in the order of the report."""
    return _listed(assignments, at, lambda _, columns: rules.is_awaiting_verdict(columns)).in_order()


def voices_differ(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return open ones on which the body's claim and the committee's verdict differ about delivery, or that are claimed
    to be on track though their own date has passed.
    """
    return _listed(assignments, at, rules.is_in_doubt).in_order()


def most_slipped(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return open ones whose date moved at least once: those with the most days first."""
    rows = _listed(assignments, at, lambda _, columns: rules.has_slipped(columns))
    return rows.order_by("-state_slip_days", "-state_slips", "pk")


def escalated(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return open ones for which the head of service is invited."""
    return _listed(assignments, at, lambda _, columns: rules.is_escalated(columns)).in_order()


def everything(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return all of them, in the order of the reports."""
    return _listed(assignments, at).in_order()


def none(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return nothing, for a list of recommendations that are addressed to nobody."""
    return assignments.none()


def still_open(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return all that the committee has not closed, in the order of the reports."""
    return _listed(assignments, at, lambda _, columns: rules.is_open(columns)).in_order()


def closed(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return all that the committee has closed, in the order of the reports."""
    return _listed(assignments, at, lambda _, columns: ~rules.is_open(columns)).in_order()


def implemented(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return assignments of recommendations that are closed as implemented in every assignment, in the order of the
    reports.
    """
    slowest = Window(Min("rank"), partition_by=[F("recommendation_id")])
    rows = _listed(assignments, at).annotate(slowest=slowest)
    return rows.filter(slowest=rules.RANK[Standing.IMPLEMENTED]).in_order()


# ------------------------------------------------------------------ escalation


def overdue_at_meetings(assignments: AssignmentQuerySet, meetings: Sequence[Meeting]) -> set[int]:
    """Return the ids of the assignments that were overdue, and not yet escalated, as each of the meetings began.

    With the last two meetings these are the ones for which the head of service should be invited; see `to_escalate` for
    those where that has not been done since. Fewer than two meetings give none: being late once is no ground.
    """
    if len(meetings) < 2:
        return set()
    late: set[int] | None = None
    for meeting in sorted(meetings, key=lambda meeting: meeting.held_on):
        # Most are not past their first date: leave them out before history is read.
        candidates = assignments.filter(first_target_on__lt=meeting.held_on)
        if late is not None:
            candidates = candidates.filter(pk__in=late)
        rows = reading(candidates, clock.start_of_day(meeting.held_on)).filter(
            state_is_overdue=True, state_is_escalated=False
        )
        late = set(rows.order_by().values_list("pk", flat=True))
    return late or set()


NAMED = (
    "recommendation__reference",
    "recommendation__heading",
    "body__name",
    "body__short_name",
    "formerly__name",
    "formerly__short_name",
    *(f.name for f in Assignment._meta.concrete_fields),
)


def to_escalate(
    assignments: AssignmentQuerySet, meetings: Sequence[Meeting], at: dt.datetime | None = None
) -> list[Assignment]:
    """Return those overdue at each of the meetings and still, and not escalated, the longest first: the proposal to
    invite the head of service.
    """
    late = overdue_at_meetings(assignments, meetings)
    if not late:
        return []
    rows = overdue(assignments.filter(pk__in=late), at).filter(state_is_escalated=False)
    # Many are counted and few are named: leave the texts where they are.
    rows = rows.select_related(None).select_related("body", "formerly", "recommendation").only(*NAMED)
    return as_shown(rows, at)


def to_escalate_by(
    committee: Body,
    assignments: AssignmentQuerySet,
    meetings: Sequence[Meeting],
    at: dt.datetime | None = None,
) -> list[Assignment]:
    """Return the same as `to_escalate`, at a committee's last two meetings.

    An inquiry transferred to it between or after them was followed up by another committee before, so for that one the
    meetings count at which it was.
    """
    since = meetings[-1].held_on if len(meetings) > 1 else dt.date.min
    day = clock.today() if at is None else timezone.localdate(at)
    passed: dict[tuple[dt.date, int], list[int]] = {}
    for transfer in InquiryTransfer.objects.filter(to_committee=committee, on__gt=since).order_by("on", "id"):
        passed.setdefault((transfer.on, transfer.from_committee_id), []).append(transfer.inquiry_id)
    moved = [pk for inquiries in passed.values() for pk in inquiries]
    rows = to_escalate(assignments.exclude(recommendation__inquiry__in=moved), meetings, at)
    for (on, before), inquiries in passed.items():
        here = [meeting for meeting in meetings if meeting.held_on >= on]
        there = Meeting.objects.filter(body=before).past(min(on, day))[: max(2 - len(here), 0)]
        own = assignments.filter(recommendation__inquiry__in=inquiries)
        rows += to_escalate(own, [*here, *there], at)
    return sorted(rows, key=lambda row: (row.first_target_on or dt.date.max, row.pk)) if passed else rows
