"""Changes between two moments, usually since the committee's last meeting.

Plain data for both the dashboard and the pack. Only what is on the public record: published inquiries, published
updates, dates asked for and decided. Exempt text is never in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from committee import clock
from recommendations.lifecycle import (
    CLOSING,
    ChangeKind,
    Claim,
    Decision,
    Grade,
    Outcome,
    TargetState,
    Vocabulary,
)
from recommendations.models import Assessment, Meeting, Response, TargetChange, Update
from recommendations.models import expressions as rules
from recommendations.models.assignments import Assignment, AssignmentQuerySet
from recommendations.models.recommendations import Recommendation, RecommendationQuerySet
from recommendations.queries.as_at import put_back, put_decisions_back, put_holders_back

SHORT = 220


@dataclass(frozen=True)
class Change:
    """One change of one recommendation, or of one assignment of it (`body` is "" for the whole).

    `status` is the status that belongs to it (a decision, a claim, a grade, an outcome), `before` the claim that the
    body made before, `words` the beginning of the text, `old` and `new` the dates of a changed date, `days` the days
    late of something that became late, counted from `due`. `source` is the row of an update or a response, without its
    exempt text.
    """

    recommendation_id: int
    assignment_id: int | None
    number: str
    reference: str
    heading: str
    inquiry: str
    body: str
    on: dt.date
    status: Vocabulary | None = None
    before: Vocabulary | None = None
    words: str = ""
    old: dt.date | None = None
    new: dt.date | None = None
    due: dt.date | None = None
    days: int = 0
    meeting: str = ""
    source: Update | Response | None = None


@dataclass(frozen=True)
class Group:
    """All changes of one kind. `none` is the sentence to print if there are none."""

    kind: ChangeKind
    changes: list[Change]

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def none(self) -> str:
        return self.kind.meaning


def changes(
    between: tuple[dt.datetime, dt.datetime | None],
    assignments: AssignmentQuerySet,
    recommendations: RecommendationQuerySet | None = None,
) -> list[Group]:
    """Return the changes of the assignments after the first moment and up to the second (None: now).

    One group for each kind, always all of them, in seven queries however much happened. Only published inquiries. With
    `recommendations` also the changes of those of them that are addressed to no body, in one query more.
    """
    start, end = between
    span = Span(start, end or clock.now(), end)
    mine = assignments.published().existing_at(span.end)
    addressed = Q(recommendation__in=mine.order_by().values("recommendation_id"))
    if recommendations is not None:
        recommendations = recommendations.published().existing_at(span.end)
        addressed |= Q(recommendation__in=recommendations.order_by().values("pk"))
    verdicts = _verdicts(mine, addressed, span)
    asked, agreed = _dates(mine, span)
    updates = _updates(mine, span)
    overdue, response_late = _became_late(mine, start, end)
    found: dict[ChangeKind, list[Change]] = {
        ChangeKind.CLOSED: _told(verdicts, lambda v: v.outcome in CLOSING),
        ChangeKind.REOPENED: _told(verdicts, lambda v: v.outcome == Outcome.REOPEN),
        ChangeKind.ESCALATED: _told(verdicts, lambda v: v.outcome == Outcome.ESCALATE),
        ChangeKind.OVERDUE: overdue,
        ChangeKind.RESPONSE_LATE: response_late,
        ChangeKind.DELIVERED: [change for change in updates if change.status == Claim.DELIVERED],
        ChangeKind.DATES: agreed,
        ChangeKind.ASKED: asked,
        ChangeKind.ASSESSED: _told(verdicts, lambda v: v.outcome == Outcome.KEEP),
        ChangeKind.RESPONSES: _responses(mine, span),
        ChangeKind.UPDATES: updates,
        ChangeKind.NEW: _new(mine, span) + _new_to_nobody(recommendations, span),
    }
    return [Group(kind, found[kind]) for kind in ChangeKind]


def latest_published(most: int) -> list[Change]:
    """Return so many of the updates and responses that the public may read, by when they were published, the latest
    first: what the feed tells.
    """
    on_view = ("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
    updates = Update.objects.visible_to(AnonymousUser()).order_by("-published_at", "-pk")
    responses = Response.objects.published().order_by("-recorded_at", "-pk")
    rows: list[Update | Response] = [
        *updates.select_related(*on_view).defer("exempt_text")[:most],
        *responses.select_related(*on_view).defer("exempt_text")[:most],
    ]
    rows.sort(key=published_at, reverse=True)
    return [_of_update(row) if isinstance(row, Update) else _of_response(row) for row in rows[:most]]


def published_at(row: Update | Response) -> dt.datetime:
    """Return the moment at which the row of a `Change` became public."""
    moment = row.published_at if isinstance(row, Update) else row.recorded_at
    assert moment is not None  # noqa: S101 (published rows have it)
    return moment


def since_meeting(meeting: Meeting | None, until: dt.datetime | None = None) -> dt.datetime | None:
    """Return the moment from which "since that meeting" counts: the end of its day.

    None if there was no meeting, or if it is not before `until`.
    """
    if meeting is None:
        return None
    moment = clock.end_of_day(meeting.held_on)
    return moment if moment < (until or clock.now()) else None


class Span(NamedTuple):
    """A period, and the moment at which its rows are shown (None: as they are now)."""

    start: dt.datetime
    end: dt.datetime
    shown_at: dt.datetime | None


IN_ORDER = (
    F("assignment__recommendation__inquiry__published_on").desc(),
    "assignment__recommendation__inquiry_id",
    "assignment__recommendation__sort_key",
)
"""The order of the reports; what happened with one recommendation follows in the order of events."""


def _updates(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    same_day = Q(filed_on=OuterRef("filed_on"))
    earlier = (
        Update.objects.as_at(span.end)
        .filter(assignment=OuterRef("assignment"))
        .filter(
            Q(filed_on__lt=OuterRef("filed_on"))
            | (same_day & Q(published_at__lt=OuterRef("published_at")))
            | (same_day & Q(published_at=OuterRef("published_at"), pk__lt=OuterRef("pk")))
        )
        .order_by(*rules.LATEST_UPDATE)
    )
    rows = _as_then(
        Update.objects.as_at(span.end)
        .filter(assignment__in=assignments.order_by().values("pk"), published_at__gt=span.start)
        .select_related("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
        .defer("exempt_text")
        .annotate(claim_before=Subquery(earlier.values("claim")[:1]))
        .order_by(*IN_ORDER, *rules.FIRST_UPDATE),
        span.shown_at,
    )
    return [_of_update(row, before=Claim(row.claim_before) if row.claim_before else None) for row in rows]


def _of_update(row: Update, before: Claim | None = None) -> Change:
    return _change(
        row.assignment,
        on=_day(row.published_at),
        body=row.body_name,
        status=Claim(row.claim),
        before=before,
        words=_short(row.progress),
        source=row,
    )


def _responses(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    rows = _as_then(
        Response.objects.filter(
            assignment__in=assignments.order_by().values("pk"),
            recorded_at__gt=span.start,
            recorded_at__lte=span.end,
        )
        .select_related("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
        .defer("exempt_text")
        .order_by(*IN_ORDER, *rules.FIRST_RESPONSE),
        span.shown_at,
    )
    return [_of_response(row) for row in rows]


def _of_response(row: Response) -> Change:
    return _change(
        row.assignment,
        on=row.decided_on,
        body=row.body_name,
        status=Decision(row.decision),
        words=_short(row.reason or row.text),
        source=row,
    )


def _dates(assignments: AssignmentQuerySet, span: Span) -> tuple[list[Change], list[Change]]:
    """Return the new dates asked for in the period, each with its outcome by the end, and those agreed in it."""
    start, end = span.start, span.end
    asked_in_it = Q(asked_at__gt=start, asked_at__lte=end)
    agreed_in_it = Q(state=TargetState.AGREED, decided_at__gt=start, decided_at__lte=end)
    rows = _as_then(
        TargetChange.objects.filter(
            asked_in_it | agreed_in_it, assignment__in=assignments.order_by().values("pk")
        )
        .select_related(
            "meeting", "assignment__body", "assignment__formerly", "assignment__recommendation__inquiry"
        )
        .order_by(*IN_ORDER, *rules.FIRST_TARGET_CHANGE),
        span.shown_at,
    )
    put_decisions_back(end, rows)
    asked, agreed = [], []
    for row in rows:
        common: dict[str, Any] = {"words": _short(row.reason), "old": row.old_date, "new": row.new_date}
        if start < row.asked_at <= end:
            asked.append(
                _change(row.assignment, on=_day(row.asked_at), status=TargetState(row.state), **common)
            )
        if row.state == TargetState.AGREED and row.decided_at is not None and row.decided_at > start:
            agreed.append(_change(row.assignment, on=row.decided_on or _day(row.decided_at), **common))
    return asked, agreed


def _verdicts(assignments: AssignmentQuerySet, addressed: Q, span: Span) -> list[Assessment]:
    return _as_then(
        Assessment.objects.filter(
            Q(assignment__isnull=True) | Q(assignment__in=assignments.order_by().values("pk")),
            addressed,
            recorded_at__gt=span.start,
            recorded_at__lte=span.end,
        )
        .select_related(
            "meeting__body", "assignment__body", "assignment__formerly", "recommendation__inquiry"
        )
        .order_by(
            F("recommendation__inquiry__published_on").desc(),
            "recommendation__sort_key",
            *rules.FIRST_VERDICT,
        ),
        span.shown_at,
    )


def _told(verdicts: Iterable[Assessment], which: Callable[[Assessment], bool]) -> list[Change]:
    return [
        _of_whole(
            verdict.recommendation,
            on=verdict.meeting.held_on,
            assignment_id=verdict.assignment_id,
            body=verdict.assignment.owner_name if verdict.assignment else "",
            status=Outcome(verdict.outcome) if verdict.outcome in CLOSING else Grade(verdict.grade),
            words=_short(verdict.comment),
            meeting=str(verdict.meeting),
        )
        for verdict in verdicts
        if which(verdict)
    ]


def _became_late(
    assignments: AssignmentQuerySet, start: dt.datetime, end: dt.datetime | None
) -> tuple[list[Change], list[Change]]:
    """Return what is overdue at the end and was not at the start, and of what the response is late, the longest first.

    That is a date that passed, work that the committee found not to be done after all, or a decision that was
    withdrawn.
    """
    span = Span(start, end or clock.now(), end)
    first, last = _day(span.start), _day(span.end)
    verdicts = Assessment.objects.filter(
        Q(assignment=OuterRef("pk"))
        | Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id")),
        recorded_at__gt=span.start,
        recorded_at__lte=span.end,
    )
    updates = Update.objects.published().filter(
        assignment=OuterRef("pk"), published_at__gt=span.start, published_at__lte=span.end
    )
    responses = Response.objects.filter(
        assignment=OuterRef("pk"), recorded_at__gt=span.start, recorded_at__lte=span.end
    )
    # Only a passed date, its being new or set now, a verdict, an update or a response can have changed it: leave out the rest
    # before history is read.
    changed = assignments.filter(
        Q(first_target_on__gte=first, first_target_on__lt=last)
        | Q(response_due_on__gte=first, response_due_on__lt=last)
        | Q(created_at__gt=start)
        | Q(first_target_set_at__gt=start)
        | Q(notice_recorded_at__gt=start)
        | Exists(verdicts)
        | Exists(updates)
        | Exists(responses)
    )
    at_end = _lateness(changed, end).filter(Q(state_is_overdue=True) | Q(state_is_response_late=True))
    rows = _as_then(
        at_end.select_related("body", "formerly", "recommendation__inquiry").order_by(
            "first_target_on", "pk"
        ),
        span.shown_at,
    )
    before = {
        pk: (overdue, response_late)
        for pk, overdue, response_late in _lateness(
            assignments.filter(pk__in=[row.pk for row in rows]), start
        )
        .order_by()
        .values_list("pk", "state_is_overdue", "state_is_response_late")
    }
    was = (False, False)
    overdue = [row for row in rows if row.state_is_overdue and not before.get(row.pk, was)[0]]
    late = [row for row in rows if row.state_is_response_late and not before.get(row.pk, was)[1]]
    return (
        [_late(row, row.first_target_on, last, new=row.present_target) for row in overdue],
        [
            _late(row, row.response_due_on, last)
            for row in sorted(late, key=lambda row: (row.response_due_on, row.pk))
        ],
    )


def _lateness(assignments: AssignmentQuerySet, at: dt.datetime | None) -> Any:
    """Return the assignments with whether each was overdue and its response late at the moment (None: now)."""
    rows, columns, day = assignments.read_at(at)
    return rows.annotate(
        state_is_overdue=rules.true_if(rules.is_overdue(day, columns)),
        state_is_response_late=rules.true_if(rules.is_response_late(day, columns)),
        present_target=F(columns.target_on),
    )


def _late(row: Any, due: dt.date, day: dt.date, new: dt.date | None = None) -> Change:
    return _change(row, on=due, due=due, new=new, days=(day - due).days)


def _new(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    """Return those published in the period, or added in it to a published inquiry: each recommendation once, with its
    bodies.
    """
    rows = _as_then(
        assignments.appeared_in(span.start, span.end)
        .select_related("body", "formerly", "recommendation__inquiry")
        .in_order(),
        span.shown_at,
    )
    parts: dict[int, list[Assignment]] = {}
    for row in rows:
        parts.setdefault(row.recommendation_id, []).append(row)
    return [
        _change(
            mine[0],
            on=_new_on(mine[0].recommendation, mine[0].created_at),
            body=", ".join(row.owner_name for row in mine),
        )
        for mine in parts.values()
    ]


def _new_to_nobody(recommendations: RecommendationQuerySet | None, span: Span) -> list[Change]:
    """Return those addressed to no body that were published in the period, or added in it to a published inquiry."""
    if recommendations is None:
        return []
    rows = recommendations.addressed_to_nobody(span.shown_at).appeared_in(span.start, span.end)
    found = _as_then(rows.select_related("inquiry"), span.shown_at)
    return [_of_whole(row, on=_new_on(row, row.created_at)) for row in found]


def _new_on(recommendation: Recommendation, created_at: dt.datetime) -> dt.date:
    """Return the day that is told of something new: that of the report, or of its being added to it."""
    created, published = _day(created_at), recommendation.inquiry.published_on
    return max(created, published) if published is not None else created


def _as_then(rows: Iterable[Any], moment: dt.datetime | None) -> list[Any]:
    """Return the rows with the headings and names that they showed at the moment (None: now)."""
    found = list(rows)
    put_holders_back(moment, _assignments_of(found))
    put_back(moment, found)
    return found


def _assignments_of(rows: Iterable[Any]) -> list[Assignment]:
    """Return the assignments among the rows, and those that they are about."""
    of_rows = (row if isinstance(row, Assignment) else getattr(row, "assignment", None) for row in rows)
    return [one for one in of_rows if one is not None]


def _of_whole(recommendation: Recommendation, *, on: dt.date, **details: Any) -> Change:
    return Change(
        recommendation_id=recommendation.pk,
        assignment_id=details.pop("assignment_id", None),
        number=recommendation.number,
        reference=recommendation.reference,
        heading=recommendation.heading,
        inquiry=recommendation.inquiry.title,
        body=details.pop("body", ""),
        on=on,
        **details,
    )


def _change(assignment: Any, *, on: dt.date, body: str | None = None, **details: Any) -> Change:
    return _of_whole(
        assignment.recommendation,
        on=on,
        assignment_id=assignment.pk,
        body=assignment.owner_name if body is None else body,
        **details,
    )


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHORT)


def _day(moment: dt.datetime | None) -> dt.date:
    """Return the day in London of a moment that these rows always have."""
    assert moment is not None  # noqa: S101 (tells the type checker)
    return timezone.localdate(moment)
