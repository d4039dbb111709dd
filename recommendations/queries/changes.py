"""Changes between two moments, usually since the committee's last meeting.

Plain data for both the dashboard and the pack. Only what is on the public record: published inquiries, published
updates, dates asked for and decided. Exempt text is never in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from committee import clock
from committee.formatting import long_date
from recommendations.lifecycle import (
    CLOSING,
    ChangeKind,
    Claim,
    Decision,
    Outcome,
    TargetState,
    Vocabulary,
)
from recommendations.models import Assessment, Correction, Meeting, Response, TargetChange, Update
from recommendations.models import expressions as rules
from recommendations.models.assignments import NAMES_OF_RECOMMENDATION, Assignment, AssignmentQuerySet
from recommendations.models.recommendations import Recommendation, RecommendationQuerySet
from recommendations.queries import figures
from recommendations.queries.as_at import put_back, put_decisions_back, put_holders_back
from recommendations.queries.correction_marks import is_of_a_corrected_update, words_in_a_list
from recommendations.queries.corrections import (
    author_of,
    moved_in_words,
    part_of,
    recommendations_of,
    status_in_place,
    status_of_view,
    title_of,
)
from recommendations.queries.states import StateAt, earlier, states

SHORT = 220


@dataclass(frozen=True)
class Change:
    """One change of one recommendation, or of one assignment of it (`body` is "" for the whole).

    `status` is the status that belongs to it (a decision, a claim, a grade, an outcome), `before` the claim that the
    body made before, `words` the beginning of the text, `old` and `new` the dates of a changed date, `days` the days
    late of something that became late, counted from `due`. `source` is the row of an update or a response, without its
    exempt text, or of a correction. `author` is who says it, where that is not the body.
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
    past: str = ""
    """What the date is called that passed."""
    meeting: str = ""
    source: Update | Response | Correction | None = None
    author: str = ""
    mark: str = ""
    """That its update corrects another, or was corrected by one, in words."""


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
    *,
    states_then: Sequence[StateAt] | None = None,
) -> list[Group]:
    """Return the changes of the assignments after the first moment and up to the second (None: now).

    One group for each kind, always all of them, in eight queries however much happened. Only published inquiries. With
    `recommendations` also the changes of those of them that are addressed to no body, in one query more; with
    `states_then`, the states of the assignments at the second moment, in one query less.
    """
    start, end = between
    span = Span(start, end or clock.now(), end)
    mine = assignments.published().existing_at(span.end)
    became = _became(states(mine, end) if states_then is None else states_then, span)
    events = _events(mine, recommendations, span)
    parts = _with_parts(events, {state.pk for state in chain(*became)})
    # All together, so that history is asked once.
    put_holders_back(span.shown_at, parts.values())
    put_back(span.shown_at, parts.values(), *events)
    found = _told(events, span) | _told_states(became, parts, span)
    found[ChangeKind.CORRECTED] = _corrected(
        assignments.published(),
        recommendations.published() if recommendations is not None else None,
        span,
    )
    found[ChangeKind.NEW] += [_of_whole(row, on=_new_on(row, row.created_at)) for row in events.to_nobody]
    return [Group(kind, found[kind]) for kind in ChangeKind]


def latest_published(most: int) -> list[Change]:
    """Return so many of the updates, responses and corrections that the public may read, by when they were published, the
    latest first: what the feed tells. What was recorded in error, and the response in its place, are told by the correction
    alone, and so is an update that another corrects.
    """
    on_view = ("assignment__body", "assignment__formerly", "assignment__recommendation__inquiry")
    updates = Update.objects.visible_to(AnonymousUser()).on_standing_parts().uncorrected().newest()
    responses = Response.objects.published().on_standing_parts().standing().newly_said()
    responses = responses.order_by("-recorded_at", "-pk")
    corrections = list(Correction.objects.for_reading().order_by("-corrected_at", "-pk")[:most])
    rows: list[Any] = [
        *_public_corrections(corrections),
        *updates.select_related(*on_view).defer("exempt_text")[:most],
        *responses.select_related(*on_view).defer("exempt_text")[:most],
    ]
    rows.sort(key=_told_at, reverse=True)
    return [_of_row(row) for row in rows[:most]]


class PublicCorrection(NamedTuple):
    """A correction, and the first published recommendation that it is of."""

    correction: Correction
    recommendation: Recommendation


def _public_corrections(corrections: Collection[Correction]) -> list[PublicCorrection]:
    of_them = recommendations_of(corrections)
    ids = set().union(*of_them.values())
    in_order = list(
        Recommendation.objects.published()
        .filter(pk__in=ids)
        .select_related("inquiry__committee")
        .prefetch_related("inquiry__transfers__from_committee")
        .order_by("sort_key", "pk")
    )
    found = []
    for one in corrections:
        first = next((row for row in in_order if row.pk in of_them[one.pk]), None)
        if first is not None:
            found.append(PublicCorrection(one, first))
    return found


def _of_row(row: Any) -> Change:
    match row:
        case Update():
            return _of_update(row)
        case Response():
            return _of_response(row)
    part = part_of(row.correction, row.recommendation.pk)
    on = _day(row.correction.corrected_at)
    return _of_whole(
        row.recommendation,
        on=on,
        body=part.owner_name if part is not None else "",
        author=author_of(row.recommendation.inquiry.committee_on(on)),
        status=status_in_place(row.correction, row.recommendation.pk),
        words=_short(_told_of(row.correction, row.recommendation.pk)),
        source=row.correction,
    )


def _told_at(row: Update | Response | PublicCorrection) -> dt.datetime:
    return published_at(row.correction if isinstance(row, PublicCorrection) else row)


def published_at(row: Update | Response | Correction) -> dt.datetime:
    """Return the moment at which the row of a `Change` became public."""
    if isinstance(row, Correction):
        return row.corrected_at
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


class Events(NamedTuple):
    """The rows of a period, as they are now, and the recommendations addressed to nobody that are new in it."""

    verdicts: list[Assessment]
    dates: list[TargetChange]
    updates: list[Any]
    responses: list[Response]
    to_nobody: list[Recommendation]


def _events(mine: AssignmentQuerySet, recommendations: RecommendationQuerySet | None, span: Span) -> Events:
    addressed = Q(recommendation__in=mine.order_by().values("recommendation_id"))
    if recommendations is not None:
        recommendations = recommendations.published().existing_at(span.end)
        addressed |= Q(recommendation__in=recommendations.order_by().values("pk"))
    return Events(
        list(_verdicts(mine, addressed, span)),
        list(_dates(mine, span)),
        list(_updates(mine, span)),
        list(_responses(mine, span)),
        _new_to_nobody(recommendations, span),
    )


def _with_parts(events: Events, others: set[int]) -> dict[int, Assignment]:
    """Return the assignments that the events are about, and the others, by their ids, and hand each event its own."""
    rows: Iterable[Any] = chain(events.verdicts, events.dates, events.updates, events.responses)
    about = [row for row in rows if row.assignment_id is not None]
    wanted = {row.assignment_id for row in about} | others
    parts = Assignment.objects.named().in_bulk(wanted) if wanted else {}
    for row in about:
        row.assignment = parts[row.assignment_id]
    return parts


def _told(events: Events, span: Span) -> dict[ChangeKind, list[Change]]:
    """Return the changes that the events tell of."""
    verdicts = events.verdicts
    asked, agreed = _told_dates(events.dates, span)
    updates = [_of_update(row, before=_claim(row.claim_before)) for row in events.updates]
    return {
        ChangeKind.CLOSED: _told_verdicts(verdicts, lambda v: v.outcome in CLOSING),
        ChangeKind.REOPENED: _told_verdicts(verdicts, lambda v: v.outcome == Outcome.REOPEN),
        ChangeKind.ESCALATED: _told_verdicts(verdicts, lambda v: v.outcome == Outcome.ESCALATE),
        ChangeKind.DELIVERED: [change for change in updates if change.status == Claim.DELIVERED],
        ChangeKind.DATES: agreed,
        ChangeKind.ASKED: asked,
        ChangeKind.ASSESSED: _told_verdicts(verdicts, lambda v: v.outcome == Outcome.KEEP),
        ChangeKind.RESPONSES: [_of_response(row) for row in events.responses],
        ChangeKind.UPDATES: updates,
    }


IN_ORDER = (
    F("assignment__recommendation__inquiry__published_on").desc(),
    "assignment__recommendation__inquiry_id",
    "assignment__recommendation__sort_key",
)
"""The order of the reports; what happened with one recommendation follows in the order of events."""


VERDICT_COLUMNS = (
    *(column.name for column in Assessment._meta.concrete_fields),
    "meeting__held_on",
    "meeting__day_precision",
    "meeting__title",
    "meeting__body__name",
    *(f"recommendation__{name}" for name in NAMES_OF_RECOMMENDATION),
)
"""What is told of a verdict: the long texts of its recommendation stay where they are."""


def _updates(assignments: AssignmentQuerySet, span: Span) -> Any:
    """Return the updates published in the period, each with the claim before it."""
    same_day = Q(filed_on=OuterRef("filed_on"))
    before = (
        Update.objects.as_at(span.end)
        .filter(assignment=OuterRef("assignment"))
        .exclude(claim="")
        .filter(
            Q(filed_on__lt=OuterRef("filed_on"))
            | (same_day & Q(published_at__lt=OuterRef("published_at")))
            | (same_day & Q(published_at=OuterRef("published_at"), pk__lt=OuterRef("pk")))
        )
        .order_by(*rules.LATEST_UPDATE)
    )
    return (
        Update.objects.as_at(span.end)
        .filter(assignment__in=assignments.order_by().values("pk"), published_at__gt=span.start)
        .defer("exempt_text")
        .annotate(
            claim_before=Subquery(before.values("claim")[:1]),
            corrected=is_of_a_corrected_update(Update.objects.as_at(span.end)),
        )
        .order_by(*IN_ORDER, *rules.FIRST_UPDATE)
    )


def _claim(value: str | None) -> Claim | None:
    return Claim(value) if value else None


def _of_update(row: Update, before: Claim | None = None) -> Change:
    return _change(
        row.assignment,
        on=_day(row.published_at),
        body=row.body_name,
        status=_claim(row.claim),
        before=before,
        words=_short(row.progress),
        source=row,
        mark=words_in_a_list(row) if row.corrects_id is not None or getattr(row, "corrected", False) else "",
    )


def _responses(assignments: AssignmentQuerySet, span: Span) -> Any:
    return (
        Response.objects.as_at(span.end)
        .newly_said()
        .filter(assignment__in=assignments.order_by().values("pk"), recorded_at__gt=span.start)
        .defer("exempt_text")
        .order_by(*IN_ORDER, *rules.FIRST_RESPONSE)
    )


def _of_response(row: Response) -> Change:
    return _change(
        row.assignment,
        on=row.decided_on,
        body=row.body_name,
        status=Decision(row.decision),
        words=_short(row.reason or row.text),
        source=row,
    )


def _dates(assignments: AssignmentQuerySet, span: Span) -> Any:
    """Return the new dates that were asked for in the period, or agreed in it: not where a correction put that in the place of
    what was recorded in error.
    """
    asked_in_it = Q(asked_at__gt=span.start, asked_at__lte=span.end)
    agreed_in_it = Q(state=TargetState.AGREED, decided_at__gt=span.start, decided_at__lte=span.end)
    there = TargetChange.objects.as_at(span.end)
    agreed_in_it &= Q(pk__in=TargetChange.objects.newly_decided().order_by().values("pk"))
    mine = there.filter(assignment__in=assignments.order_by().values("pk"))
    return (
        mine.filter(asked_in_it | agreed_in_it)
        .annotate(newly_agreed=ExpressionWrapper(agreed_in_it, output_field=BooleanField()))
        .select_related("meeting")
        .order_by(*IN_ORDER, *rules.FIRST_TARGET_CHANGE)
    )


def _told_dates(rows: Sequence[TargetChange], span: Span) -> tuple[list[Change], list[Change]]:
    """Return the new dates asked for in the period, each with its outcome by the end, and those agreed in it."""
    start, end = span.start, span.end
    put_decisions_back(end, rows)
    asked, agreed = [], []
    for row in rows:
        common: dict[str, Any] = {"words": _short(row.reason), "old": row.old_date}
        if start < row.asked_at <= end:
            asked.append(
                _change(
                    row.assignment,
                    on=_day(row.asked_at),
                    status=TargetState(row.state),
                    new=row.date_asked_for,
                    **common,
                )
            )
        if row.newly_agreed and row.decided_at is not None:  # type: ignore[attr-defined]  # from `_dates`
            if row.asked_date is not None:
                common["words"] = (
                    f"In place of {long_date(row.asked_date)}, which was asked for. {common['words']}"
                )
            on = row.decided_on or _day(row.decided_at)
            agreed.append(_change(row.assignment, on=on, new=row.new_date, **common))
    return asked, agreed


def _verdicts(assignments: AssignmentQuerySet, addressed: Q, span: Span) -> Any:
    return (
        Assessment.objects.as_at(span.end)
        .newly_given()
        .filter(
            Q(assignment__isnull=True) | Q(assignment__in=assignments.order_by().values("pk")),
            addressed,
            recorded_at__gt=span.start,
        )
        .select_related("meeting__body", "recommendation__inquiry")
        .only(*VERDICT_COLUMNS)
        .order_by(
            F("recommendation__inquiry__published_on").desc(),
            "recommendation__sort_key",
            *rules.FIRST_VERDICT,
        )
    )


def _told_verdicts(verdicts: Iterable[Assessment], which: Callable[[Assessment], bool]) -> list[Change]:
    return [
        _of_whole(
            verdict.recommendation,
            on=verdict.meeting.held_on,
            assignment_id=verdict.assignment_id,
            body=verdict.assignment.owner_name if verdict.assignment else "",
            status=status_of_view(verdict),
            words=_short(verdict.comment),
            meeting=str(verdict.meeting),
        )
        for verdict in verdicts
        if which(verdict)
    ]


class Became(NamedTuple):
    """What is so at the end of a period and was not at its start."""

    overdue: list[StateAt]
    response_late: list[StateAt]
    new: list[StateAt]


def _became(states_then: Sequence[StateAt], span: Span) -> Became:
    """Return what became overdue, and of what the response became late, the longest first, and what is new.

    Late by a date that passed, by work that the committee found not to be done after all, or by a decision that was
    withdrawn. `states_then` are those at the end.
    """
    late = [state for state in states_then if state.is_overdue or state.is_response_late]
    before, first = earlier(late, span.start), _day(span.start)
    was_overdue = {pk for pk, state in before.items() if state.is_overdue_on(first)}
    was_response_late = {pk for pk, state in before.items() if state.is_response_late_on(first)}
    return Became(
        [state for state in figures.overdue(late) if state.pk not in was_overdue],
        [state for state in figures.response_late(late) if state.pk not in was_response_late],
        [state for state in states_then if state.appeared_in(span.start, span.end)],
    )


def _told_states(became: Became, parts: dict[int, Assignment], span: Span) -> dict[ChangeKind, list[Change]]:
    """Return the changes that no event tells of. What was withdrawn since its state was read is left out."""
    last = _day(span.end)
    return {
        ChangeKind.OVERDUE: [
            _late(parts[state.pk], state.late_from, last, state.late_date_words, new=state.target_on)
            for state in became.overdue
            if state.pk in parts
        ],
        ChangeKind.RESPONSE_LATE: [
            _late(parts[state.pk], state.response_due_on, last, "end of the term")
            for state in became.response_late
            if state.pk in parts
        ],
        ChangeKind.NEW: _told_new(parts[state.pk] for state in became.new if state.pk in parts),
    }


def _late(row: Any, due: dt.date | None, day: dt.date, past: str, new: dt.date | None = None) -> Change:
    assert due is not None  # noqa: S101 (what is late has a date)
    return _change(row, on=due, due=due, new=new, days=(day - due).days, past=past)


def _told_new(rows: Iterable[Assignment]) -> list[Change]:
    """Return each recommendation once, with its bodies."""
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


def _new_to_nobody(recommendations: RecommendationQuerySet | None, span: Span) -> list[Recommendation]:
    """Return those addressed to no body that were published in the period, or added in it to a published inquiry."""
    if recommendations is None:
        return []
    rows = recommendations.addressed_to_nobody(span.shown_at).appeared_in(span.start, span.end)
    return list(rows.select_related("inquiry"))


def _corrected(
    assignments: AssignmentQuerySet, recommendations: RecommendationQuerySet | None, span: Span
) -> list[Change]:
    """Return what was corrected in the period, the earliest first: once for each of these recommendations that it is of, with
    the status of what is in the place of a response or view recorded in error.
    """
    made = Correction.objects.filter(corrected_at__gt=span.start, corrected_at__lte=span.end)
    corrections = list(made.for_reading())
    if not corrections:
        return []
    of_them = recommendations_of(corrections)
    ids = set().union(*of_them.values())
    mine = Q(pk__in=assignments.order_by().filter(recommendation__in=ids).values("recommendation"))
    if recommendations is not None:
        mine |= Q(pk__in=recommendations.order_by().filter(pk__in=ids).values("pk"))
    found = Recommendation.objects.filter(mine, pk__in=ids, made_public_at__lte=span.end)
    rows = {row.pk: row for row in found.select_related("inquiry")}
    put_back(span.shown_at, rows.values())
    return [
        _of_whole(
            rows[pk],
            on=_day(one.corrected_at),
            status=status_in_place(one, pk, span.shown_at),
            words=_short(_told_of(one, pk)),
            **_whose(one, pk),
        )
        for one in corrections
        for pk in sorted(of_them[one.pk] & set(rows))
    ]


def _whose(correction: Correction, recommendation_id: int) -> dict[str, Any]:
    part = part_of(correction, recommendation_id)
    return {
        "assignment_id": part.pk if part is not None else None,
        "body": part.owner_name if part is not None else "",
    }


def _told_of(correction: Correction, recommendation_id: int) -> str:
    title = f"{title_of(correction)}{moved_in_words(correction, recommendation_id)}"
    return f"{title[:1].upper()}{title[1:]}: {correction.reason}"


def _new_on(recommendation: Recommendation, created_at: dt.datetime) -> dt.date:
    """Return the day that is told of something new: that of its publication, or of its being addressed later."""
    created, published = _day(created_at), recommendation.public_since
    return max(created, published) if published is not None else created


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
