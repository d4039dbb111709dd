"""The figures of a set of recommendations, as they are now or as they were, and the lists behind them.

All are made from the states of a set of assignments (usually a committee's) at a moment, which `states` reads in one
query: a page reads them once and asks as many questions of them as it has.

Figures count recommendations, "n of N". One addressed to several bodies counts once in the total, with the standing of
its slowest assignment, and once with each of its bodies. One addressed to nobody counts in the total and with its
inquiry, by the verdicts on the whole: nobody may lose it. Those are handed in as `recommendations`, since no assignment
leads to them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from committee import clock
from recommendations.charts import Counts, ProgressRow, TrendPoint, progress_chart
from recommendations.lifecycle import (
    CLOSING,
    Claim,
    Decision,
    Outcome,
    RecordKind,
    Standing,
    UpdateState,
    add_months,
)
from recommendations.lifecycle.state import recommendation_state, standing_of_whole
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    EarlierValue,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Response,
    Update,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.queries.as_at import put_back
from recommendations.queries.states import StateAt, earlier, states

Rows = Any
"""Rows with the annotations of `unaddressed`, which the type checker cannot follow."""


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

    @property
    def known(self) -> int:
        """How many of them more is known of than public sources tell."""
        return self.counts.total - self.counts.not_known


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


# ------------------------------------------------------------------ counts


def tally(
    assignments: AssignmentQuerySet,
    at: dt.datetime | None = None,
    recommendations: RecommendationQuerySet | None = None,
) -> Tally:
    """Return how many recommendations have each standing, together, by inquiry and by owning body, in one query.

    With `recommendations` also those of them that are addressed to nobody, in one or two queries more.
    """
    return tally_of(states(assignments, at), at, recommendations)


def tally_of(
    of: Sequence[StateAt],
    at: dt.datetime | None = None,
    recommendations: RecommendationQuerySet | None = None,
) -> Tally:
    """Return the same as `tally`, of the states at the moment, in the order of the reports."""
    names = {state.inquiry_id: state.inquiry for state in of}
    holders = {state.body_id: (state.body, state.body_key) for state in of}
    counted = [Counted(state, _figures_of(state)) for state in of]
    inquiries, bodies = defaultdict(list), defaultdict(list)
    for one in counted:
        inquiries[one.state.inquiry_id].append(one)
        bodies[one.state.body_id].append(one)
    by_body = []
    for pk, mine in bodies.items():
        name, sort_key = holders[pk]
        line = _line(pk, name, mine)
        by_body.append(((-line.counts.overdue, -line.response_late, sort_key, pk), line))
    whole = Tally(
        _line(None, "All recommendations", counted),
        [_line(pk, names[pk], mine) for pk, mine in inquiries.items()],
        [line for _, line in sorted(by_body, key=lambda found: found[0])],
    )
    return whole if recommendations is None else _with_unaddressed(whole, recommendations, at)


class Counted(NamedTuple):
    """A part of a recommendation, and the figures of a `Line` in which it counts."""

    state: StateAt
    figures: set[str]


def _figures_of(state: StateAt) -> set[str]:
    holds = {
        "to_judge": state.standing == Standing.AWAITING,
        "response_late": state.is_response_late,
        "awaiting_response": state.awaits_response,
        "slipped": state.has_slipped,
        "escalated": state.is_escalated,
        "no_date": state.has_no_date,
    }
    return {name for name, held in holds.items() if held}


def _line(pk: int | None, label: str, of: Iterable[Counted]) -> Line:
    """Return the figures of these: each recommendation where its slowest part stands, and what holds of any part."""
    wholes: dict[int, list[Counted]] = defaultdict(list)
    for one in of:
        wholes[one.state.recommendation_id].append(one)
    standings: Counter[Standing] = Counter()
    figures: Counter[str] = Counter()
    for parts in wholes.values():
        standings[standing_of_whole(part.state.standing for part in parts)] += 1
        figures.update(set().union(*(part.figures for part in parts)))
    return Line(pk, label, Counts(**{one.value: standings[one] for one in Standing}), **figures)


def unaddressed(recommendations: RecommendationQuerySet, at: dt.datetime | None = None) -> Rows:
    """Return the published recommendations that are addressed to nobody at the moment (None: now), in the order of the
    reports, with where each stands (`standing`), the outcome that closed it (`state_closed_as`) and whether only public
    sources tell of it (`state_sources_only`).

    The same as `RecommendationState.standing_on`: only a verdict on the whole closes one of them.
    """
    rows = recommendations.published().addressed_to_nobody(at)
    closed_as: Any = F("closed_as")
    compiled = Q(inquiry__in=Inquiry.objects.order_by().from_public_sources(at).values("pk"))
    if at is None:
        rows = rows.standing()
    else:
        rows = rows.existing_at(at)
        closing = Case(When(outcome__in=CLOSING, then=F("outcome")), default=Value(""))
        verdicts = Assessment.objects.as_at(at).filter(recommendation=OuterRef("pk"), assignment__isnull=True)
        latest = verdicts.order_by(*rules.LATEST_VERDICT_THEN).annotate(closing=closing)
        closed_as = Coalesce(Subquery(latest.values("closing")[:1]), Value(""))
    return (
        rows.annotate(
            state_closed_as=closed_as,
            state_sources_only=Case(When(compiled, then=Value(True)), default=Value(False)),
        )
        .annotate(
            standing=Case(
                When(state_closed_as=Outcome.CLOSE_IMPLEMENTED, then=Value(Standing.IMPLEMENTED.value)),
                When(state_closed_as="", state_sources_only=True, then=Value(Standing.NOT_KNOWN.value)),
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
    """Return how many recommendations were open in time, overdue, closed and not known at the end of each of the last
    months, and at the moment itself, in one query over the published history.

    With `recommendations` also those of them that were addressed to nobody, in two queries more. The few of which something
    was corrected are read as `tally` reads them, because what was recorded wrong stood until then.
    """
    moment = at or clock.now()
    days = month_ends(timezone.localdate(moment), months)
    ends = [*(clock.end_of_day(day) for day in days[:-1]), moment]
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
        )
        .query.sql_with_params()
    )
    # The rules of ``expressions`` for 24 moments at once, which reading history for each moment would take 24 times as
    # long for: ``awaits`` is ``is_awaiting_verdict``, ``shut`` and rank 1 are ``is_closed``, rank 4 is ``is_overdue``, rank 2
    # is ``is_not_known``. Rank 0, and -1 where nothing else is known, are ``is_disowned``, which counts where nothing is
    # asked of another body: then it is addressed to nobody. What was
    # entered late, for a day before the latest one on the record, changes nothing that stands, so it is left out as
    # it arrives: of what remains the order of entry is the order of events.
    sql = f"""
        WITH corrected (rec) AS MATERIALIZED ({apart}),
        part (id, rec, created_at, public_at, target, set_at, inquiry, notice_at, from_source) AS MATERIALIZED (
            SELECT * FROM ({inner}) mine (id, rec, created_at, public_at, target, set_at, inquiry, notice_at, from_source)
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
        cursor.execute(sql, arguments)
        found = {day: numbers for day, *numbers in cursor.fetchall()}
    corrected = set(found.pop(None)[-1] or ())
    by_inquiry = recommendations is not None and not recommendations.query.is_empty()
    points = []
    for day in days:
        still_open, overdue, closed, not_known, *handed_back, _ = found.get(day, (0, 0, 0, 0, 0, 0, None))
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


def _corrected_recommendations() -> Any:
    """Return the ids of the recommendations of which something was corrected that says where they stand."""
    dated = Correction.objects.filter(meeting__isnull=False).values("meeting")
    of_meetings = Assessment.objects.order_by().filter(meeting__in=dated).values_list("recommendation_id")
    paths = (
        "assignment__recommendation_id",
        "recommendation_id",
        "response__assignment__recommendation_id",
        "assessment__recommendation_id",
    )
    said = Correction.objects.order_by().filter(
        Q(voids=True) | Q(assignment__isnull=False),
        finding__isnull=True,
        inquiry__isnull=True,
        meeting__isnull=True,
    )
    found = said.annotate(about=Coalesce(*paths)).values_list("about")
    return found.union(of_meetings)


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


# ------------------------------------------------------------------ lists

States = Sequence[StateAt]
"""States in the order of the reports. Lists keep it if they name no other."""


def _longest_first(due_on: Callable[[StateAt], Any], of: Iterable[StateAt]) -> list[StateAt]:
    return sorted(of, key=lambda state: (due_on(state), state.pk))


def overdue(of: States) -> list[StateAt]:
    """Return those open and past the first date, the longest first."""
    return _longest_first(lambda state: state.first_target_on, (state for state in of if state.is_overdue))


def response_late(of: States) -> list[StateAt]:
    """Return those without a decision after the body's term, the longest first."""
    late = (state for state in of if state.is_response_late)
    return _longest_first(lambda state: state.response_due_on, late)


def awaiting_the_committee(of: States) -> list[StateAt]:
    """Return those claimed as delivered and not yet judged."""
    return [state for state in of if state.standing == Standing.AWAITING]


def voices_differ(of: States) -> list[StateAt]:
    """Return open ones on which the body's claim and the committee's verdict differ about delivery, or that are claimed
    to be on track though their own date has passed.
    """
    return [state for state in of if state.is_in_doubt]


def most_slipped(of: States) -> list[StateAt]:
    """Return open ones whose date moved at least once: those with the most days first."""
    slipped = (state for state in of if state.has_slipped)
    return sorted(slipped, key=lambda state: (-state.slip_days, -state.slips, state.pk))


def escalated(of: States) -> list[StateAt]:
    """Return open ones for which the head of service is invited."""
    return [state for state in of if state.is_escalated]


def everything(of: States) -> list[StateAt]:
    """Return all of them."""
    return list(of)


def none(of: States) -> list[StateAt]:
    """Return nothing, for a list of recommendations that are addressed to nobody."""
    return []


def still_open(of: States) -> list[StateAt]:
    """Return all that the committee follows up."""
    return [state for state in of if state.is_followed_up]


def not_known(of: States) -> list[StateAt]:
    """Return those of recommendations of which no part is followed up and only public sources tell, without the parts
    that a verdict closed.
    """
    whole: dict[int, list[Standing]] = defaultdict(list)
    for state in of:
        whole[state.recommendation_id].append(state.standing)
    unknown = {pk for pk, parts in whole.items() if standing_of_whole(parts) == Standing.NOT_KNOWN}
    return [
        state for state in of if state.recommendation_id in unknown and state.standing == Standing.NOT_KNOWN
    ]


def closed(of: States) -> list[StateAt]:
    """Return all that the committee has closed."""
    return [state for state in of if state.is_closed]


def implemented(of: States) -> list[StateAt]:
    """Return those of recommendations that are closed as implemented in every part."""
    not_done = {state.recommendation_id for state in of if state.standing != Standing.IMPLEMENTED}
    return [state for state in of if state.recommendation_id not in not_done]


# ------------------------------------------------------------------ escalation


def overdue_at_meetings(of: States, meetings: Sequence[Meeting]) -> set[int]:
    """Return the ids of the assignments that were overdue, and not yet escalated, as each of the meetings began.

    With the last two meetings these are the ones for which the head of service should be invited; see `to_escalate` for
    those where that has not been done since. Fewer than two meetings give none: being late once is no ground.
    """
    if len(meetings) < 2:
        return set()
    late = {state.pk for state in of}
    for meeting in meetings:
        began = earlier(of, clock.start_of_day(meeting.held_on))
        late &= {
            pk
            for pk, state in began.items()
            if state.is_overdue_on(meeting.held_on) and not state.is_escalated
        }
    return late


def meetings_to_escalate_by(meeting: Meeting) -> list[Meeting]:
    """Return the meeting and the one before it of the same body, by which its running list proposes invitations."""
    before = Meeting.objects.of(meeting.body).past(meeting.held_on).first()
    return [meeting, *([before] if before else [])]


def to_escalate(of: States, meetings: Sequence[Meeting]) -> list[StateAt]:
    """Return those overdue at each of the meetings and still, and not escalated, the longest first: the proposal to
    invite the head of service.
    """
    still = [state for state in overdue(of) if not state.is_escalated]
    late = overdue_at_meetings(still, meetings)
    return [state for state in still if state.pk in late]


def to_escalate_by(
    committee: Body, of: States, meetings: Sequence[Meeting], at: dt.datetime | None = None
) -> list[StateAt]:
    """Return the same as `to_escalate`, at a committee's last two meetings before the moment (None: now) of the states.

    An inquiry transferred to it between or after them was followed up by another committee before, so for that one the
    meetings count at which it was.
    """
    since = meetings[-1].held_on if len(meetings) > 1 else dt.date.min
    day = clock.today() if at is None else timezone.localdate(at)
    passed: dict[tuple[dt.date, int], list[int]] = {}
    for transfer in InquiryTransfer.objects.filter(to_committee=committee, on__gt=since).order_by("on", "id"):
        passed.setdefault((transfer.on, transfer.from_committee_id), []).append(transfer.inquiry_id)
    moved = {pk for inquiries in passed.values() for pk in inquiries}
    found = to_escalate([state for state in of if state.inquiry_id not in moved], meetings)
    for (on, before), inquiries in passed.items():
        here = [meeting for meeting in meetings if meeting.held_on >= on]
        there = Meeting.objects.filter(body=before).past(min(on, day))[: max(2 - len(here), 0)]
        found += to_escalate([state for state in of if state.inquiry_id in inquiries], [*here, *there])
    return overdue(found)
