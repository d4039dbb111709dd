"""What changed between two moments, usually since the committee's last meeting.

Plain data, so that the dashboard and the pack show the same list. Only what is on the public record: published
inquiries, published updates, decided dates. Exempt text is never in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator

from committee import clock
from recommendations.dashboards.figures import overdue, reading
from recommendations.lifecycle import CLOSING, ChangeKind, Claim, Decision, Grade, Outcome, Vocabulary
from recommendations.models import Assessment, Meeting, Response, TargetChange, Update
from recommendations.models.recommendations import Assignment, AssignmentQuerySet

SHORT = 220


@dataclass(frozen=True)
class Change:
    """One thing that happened to one recommendation, or to one body's part in it (``body`` is "" for the whole).

    ``status`` is the word that belongs to it (a decision, a claim, an outcome), ``words`` the first of what was
    said, ``old`` and ``new`` the dates of a changed date, ``days`` the days late of something newly overdue.
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
    words: str = ""
    old: dt.date | None = None
    new: dt.date | None = None
    days: int = 0
    meeting: str = ""


@dataclass(frozen=True)
class Group:
    """All changes of one kind. ``none`` is the sentence to print when there are none."""

    kind: ChangeKind
    changes: list[Change]

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def none(self) -> str:
        return self.kind.meaning


def changes(between: tuple[dt.datetime, dt.datetime | None], assignments: AssignmentQuerySet) -> list[Group]:
    """What happened to the assignments after the first moment and up to the second (None: now).

    One group for each kind, always all of them, in eight queries however much happened. Only published inquiries.
    """
    start, end = between
    span = (start, end or clock.now())
    mine = assignments.published()
    verdicts = _verdicts(mine, span)
    found: dict[ChangeKind, list[Change]] = {
        ChangeKind.CLOSED: _told(verdicts, lambda v: v.outcome in CLOSING),
        ChangeKind.REOPENED: _told(verdicts, lambda v: v.outcome == Outcome.REOPEN),
        ChangeKind.ESCALATED: _told(verdicts, lambda v: v.outcome == Outcome.ESCALATE),
        ChangeKind.OVERDUE: _newly_overdue(mine, start, end),
        ChangeKind.DATES: _dates(mine, span),
        ChangeKind.RESPONSES: _responses(mine, span),
        ChangeKind.UPDATES: _updates(mine, span),
        ChangeKind.NEW: _new(mine, span),
    }
    return [Group(kind, found[kind]) for kind in ChangeKind]


def since_meeting(meeting: Meeting | None, until: dt.datetime | None = None) -> dt.datetime | None:
    """The moment from which "since that meeting" counts: the end of its day. None where there was no meeting, or
    where it is not before ``until``."""
    if meeting is None:
        return None
    moment = clock.end_of_day(meeting.held_on)
    return moment if moment < (until or clock.now()) else None


Span = tuple[dt.datetime, dt.datetime]
IN_ORDER = (
    F("assignment__recommendation__inquiry__published_on").desc(),
    "assignment__recommendation__inquiry_id",
    "assignment__recommendation__sort_key",
    "pk",
)


def _updates(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    rows = (
        Update.objects.published()
        .filter(
            assignment__in=assignments.order_by().values("pk"),
            published_at__gt=span[0],
            published_at__lte=span[1],
        )
        .select_related("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
        .defer("exempt_text")
        .order_by(*IN_ORDER)
    )
    return [
        _change(
            row.assignment,
            on=_day(row.published_at),
            body=row.body_name,
            status=Claim(row.claim),
            words=_short(row.progress),
        )
        for row in rows
    ]


def _responses(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    rows = (
        Response.objects.filter(
            assignment__in=assignments.order_by().values("pk"),
            recorded_at__gt=span[0],
            recorded_at__lte=span[1],
        )
        .select_related("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
        .defer("exempt_text")
        .order_by(*IN_ORDER)
    )
    return [
        _change(
            row.assignment,
            on=row.decided_on,
            body=row.body_name,
            status=Decision(row.decision),
            words=_short(row.reason or row.text),
        )
        for row in rows
    ]


def _dates(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    rows = (
        TargetChange.objects.agreed()
        .filter(
            assignment__in=assignments.order_by().values("pk"),
            decided_at__gt=span[0],
            decided_at__lte=span[1],
        )
        .select_related("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
        .order_by(*IN_ORDER)
    )
    return [
        _change(
            row.assignment,
            on=_day(row.decided_at),
            words=_short(row.reason),
            old=row.old_date,
            new=row.new_date,
        )
        for row in rows
    ]


def _verdicts(assignments: AssignmentQuerySet, span: Span) -> list[Assessment]:
    return list(
        Assessment.objects.filter(
            Q(assignment__isnull=True) | Q(assignment__in=assignments.order_by().values("pk")),
            recommendation__in=assignments.order_by().values("recommendation_id"),
            recorded_at__gt=span[0],
            recorded_at__lte=span[1],
        )
        .exclude(outcome=Outcome.KEEP)
        .select_related(
            "meeting__body", "assignment__body", "assignment__formerly", "recommendation__inquiry"
        )
        .order_by(F("recommendation__inquiry__published_on").desc(), "recommendation__sort_key", "pk")
    )


def _told(verdicts: Iterable[Assessment], which: Callable[[Assessment], bool]) -> list[Change]:
    return [
        Change(
            recommendation_id=verdict.recommendation_id,
            assignment_id=verdict.assignment_id,
            number=verdict.recommendation.number,
            reference=verdict.recommendation.reference,
            heading=verdict.recommendation.heading,
            inquiry=verdict.recommendation.inquiry.title,
            body=verdict.assignment.owner_name if verdict.assignment else "",
            on=verdict.meeting.held_on,
            status=Outcome(verdict.outcome) if verdict.outcome in CLOSING else Grade(verdict.grade),
            words=_short(verdict.comment),
            meeting=str(verdict.meeting),
        )
        for verdict in verdicts
        if which(verdict)
    ]


def _newly_overdue(
    assignments: AssignmentQuerySet, start: dt.datetime, end: dt.datetime | None
) -> list[Change]:
    """Overdue at the end and not at the start, the longest first: a date that passed, or work that the committee
    found not to be done after all."""
    span = (start, end or clock.now())
    verdicts = Assessment.objects.filter(
        Q(assignment=OuterRef("pk"))
        | Q(assignment__isnull=True, recommendation=OuterRef("recommendation_id")),
        recorded_at__gt=span[0],
        recorded_at__lte=span[1],
    )
    updates = Update.objects.published().filter(
        assignment=OuterRef("pk"), published_at__gt=span[0], published_at__lte=span[1]
    )
    # Only a date that passed, a verdict, an update or its being new can have changed it: leave out the rest
    # before history is read.
    changed = assignments.filter(
        Q(first_target_on__gte=_day(start)) | Q(created_at__gt=start) | Exists(verdicts) | Exists(updates)
    )
    late = list(overdue(changed, end))
    before = set(
        reading(assignments.filter(pk__in=[row.pk for row in late]), start)
        .filter(overdue_said=True)
        .order_by()
        .values_list("pk", flat=True)
    )
    return [
        _change(row, on=row.first_target_on, days=row.days_late_said, new=row.target_said)
        for row in late
        if row.pk not in before
    ]


def _new(assignments: AssignmentQuerySet, span: Span) -> list[Change]:
    """Published in the span, or added in it to an inquiry published before: each recommendation once, with its
    bodies."""
    first, last = timezone.localdate(span[0]), timezone.localdate(span[1])
    rows = (
        assignments.filter(
            Q(
                recommendation__inquiry__published_on__gt=first,
                recommendation__inquiry__published_on__lte=last,
            )
            | Q(
                recommendation__inquiry__published_on__lte=first,
                created_at__gt=span[0],
                created_at__lte=span[1],
            )
        )
        .select_related("body", "formerly", "recommendation__inquiry")
        .in_order()
    )
    parts: dict[int, list[Assignment]] = {}
    for row in rows:
        parts.setdefault(row.recommendation_id, []).append(row)
    return [
        _change(
            mine[0],
            on=max(_day(mine[0].created_at), mine[0].recommendation.inquiry.published_on or first),
            body=", ".join(row.owner_name for row in mine),
        )
        for mine in parts.values()
    ]


def _change(assignment: Any, *, on: dt.date, body: str | None = None, **details: Any) -> Change:
    recommendation = assignment.recommendation
    return Change(
        recommendation_id=recommendation.pk,
        assignment_id=assignment.pk,
        number=recommendation.number,
        reference=recommendation.reference,
        heading=recommendation.heading,
        inquiry=recommendation.inquiry.title,
        body=assignment.owner_name if body is None else body,
        on=on,
        **details,
    )


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHORT)


def _day(moment: dt.datetime | None) -> dt.date:
    """The day in London of a moment that the rows asked for all have."""
    assert moment is not None  # noqa: S101 (tells the type checker)
    return timezone.localdate(moment)
