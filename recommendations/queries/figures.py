"""The figures of a set of recommendations, as they are now or as they were, and the lists behind them.

All are made from the states of a set of assignments (usually a committee's) at a moment, which `states` reads in one
query: a page reads them once and asks as many questions of them as it has.

Figures count recommendations, "n of N". One addressed to several bodies counts once in the total, with the standing of
its slowest assignment, and once with each of its bodies. One addressed to nobody counts in the total and with its
inquiry, by the verdicts on the whole, and in a line of its own beside those of the bodies: nobody may lose it. Those are
handed in as `recommendations`, since no assignment leads to them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from committee import clock
from committee.kept_sql import KeptSQL
from recommendations.charts import Counts, ProgressRow, progress_chart
from recommendations.filters import TO_NOBODY
from recommendations.lifecycle import (
    CLOSING,
    Outcome,
    Standing,
)
from recommendations.lifecycle.absence import absent_sentence
from recommendations.lifecycle.state import standing_of_whole
from recommendations.models import (
    Assessment,
    Body,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Recommendation,
)
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.queries.as_at import put_back
from recommendations.queries.states import StateAt, earlier, states

NOBODY = "Addressed to nobody"

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
    def key(self) -> int | str:
        """What names it in an address: its id, or what stands for those addressed to nobody."""
        return TO_NOBODY if self.pk is None else self.pk

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
    if at is None:
        rows = rows.standing().annotate(state_closed_as=F("closed_as"), **_standing_now())
    else:
        rows = rows.existing_at(at)
        closing = Case(When(outcome__in=CLOSING, then=F("outcome")), default=Value(""))
        verdicts = Assessment.objects.as_at(at).filter(recommendation=OuterRef("pk"), assignment__isnull=True)
        latest = verdicts.order_by(*rules.LATEST_VERDICT_THEN).annotate(closing=closing)
        closed_as = Coalesce(Subquery(latest.values("closing")[:1]), Value(""))
        rows = rows.annotate(state_closed_as=closed_as).annotate(**_standing("state_closed_as", at))
    return rows.select_related("inquiry__committee").in_order()


def _standing(closed_as: str, at: dt.datetime | None) -> dict[str, Case]:
    compiled = Q(inquiry__in=Inquiry.objects.order_by().from_public_sources(at).values("pk"))
    return {
        "state_sources_only": Case(When(compiled, then=Value(True)), default=Value(False)),
        "standing": Case(
            When(**{closed_as: Outcome.CLOSE_IMPLEMENTED}, then=Value(Standing.IMPLEMENTED.value)),
            When(compiled, **{closed_as: ""}, then=Value(Standing.NOT_KNOWN.value)),
            When(**{closed_as: ""}, then=Value(Standing.IN_TIME.value)),
            default=Value(Standing.CLOSED_OTHERWISE.value),
        ),
    }


@cache
def _standing_now() -> dict[str, KeptSQL]:
    return {name: KeptSQL(Recommendation, one) for name, one in _standing("closed_as", None).items()}


def _with_unaddressed(found: Tally, recommendations: RecommendationQuerySet, at: dt.datetime | None) -> Tally:
    """Return the figures with those recommendations that are addressed to nobody: in the total, with their inquiries and in a
    line behind those of the bodies.
    """
    rows = unaddressed(recommendations, at).order_by().select_related(None)
    by_inquiry: dict[Any, Line] = {line.pk: line for line in found.by_inquiry}
    total, to_nobody = found.total, Line(None, "", Counts())
    unstated = Case(When(import_batch__isnull=False, then=Value(True)), default=Value(False))
    by_kind = rows.annotate(unstated=unstated).values_list(
        "inquiry_id", "standing", "state_sources_only", "unstated"
    )
    counted = list(by_kind.annotate(n=Count("pk")))
    without = {inquiry for inquiry, *_ in counted} - set(by_inquiry)
    named = Inquiry.objects.only("title").in_bulk(without)
    put_back(at, named.values())
    for inquiry, standing, *_, count in counted:
        line = by_inquiry.get(inquiry) or Line(inquiry, named[inquiry].title, Counts())
        by_inquiry[inquiry] = _plus(line, standing, count)
        total, to_nobody = _plus(total, standing, count), _plus(to_nobody, standing, count)
    order = [line.pk for line in found.by_inquiry]
    if len(by_inquiry) > len(order):
        latest_first = Inquiry.objects.order_by(F("published_on").desc(), "pk")
        order = list(latest_first.filter(pk__in=list(by_inquiry)).values_list("pk", flat=True))
    by_body = list(found.by_body)
    if counted:
        label = nobody_in_words({(sources_only, unstated) for _, _, sources_only, unstated, _ in counted})
        by_body.append(replace(to_nobody, label=label))
    return replace(found, total=total, by_inquiry=[by_inquiry[pk] for pk in order], by_body=by_body)


def nobody_in_words(kinds: set[tuple[bool, bool]]) -> str:
    """Return what stands in the place of a body for recommendations without one, by whether only public sources tell of them
    and whether a tracker does: that they are addressed to nobody, that to whom is not known, or not stated, or what there is
    of these, one after the other.
    """
    words = {
        absent_sentence(NOBODY, "Owning body", sources_only=sources_only, unstated=unstated)
        for sources_only, unstated in kinds
    }
    first, *more = sorted(words)  # in the order of the alphabet: to nobody, not known, not stated
    return ", or ".join([first, *(f"{one[0].lower()}{one[1:]}" for one in more)])


def _plus(line: Line, standing: str, count: int) -> Line:
    """Return the line with so many more recommendations that are addressed to nobody and stand there."""
    counts = replace(line.counts, **{standing: line.counts.of(Standing(standing)) + count})
    still_open = count if standing == Standing.IN_TIME else 0
    return replace(line, counts=counts, unaddressed=line.unaddressed + still_open)


# ------------------------------------------------------------------ lists

States = Sequence[StateAt]
"""States in the order of the reports. Lists keep it if they name no other."""


def _longest_first(due_on: Callable[[StateAt], Any], of: Iterable[StateAt]) -> list[StateAt]:
    return sorted(of, key=lambda state: (due_on(state), state.pk))


def overdue(of: States) -> list[StateAt]:
    """Return those open and past the first date, the longest first."""
    return _longest_first(lambda state: state.late_from, (state for state in of if state.is_overdue))


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


def overdue_at_meetings(of: States, meetings: Sequence[Meeting], at: dt.datetime | None = None) -> set[int]:
    """Return the ids of the assignments that were overdue, and not yet escalated, as each of the meetings began; what is
    known at the moment (None: now) to have been recorded in error does not count.

    With the last two meetings these are the ones for which the head of service should be invited; see `to_escalate` for
    those where that has not been done since. Fewer than two meetings give none: being late once is no ground.
    """
    if len(meetings) < 2:
        return set()
    late, known = {state.pk for state in of}, at or clock.now()
    for meeting in meetings:
        began = earlier(of, clock.start_of_day(meeting.held_on), known)
        late &= {
            pk
            for pk, state in began.items()
            if state.is_overdue_on(meeting.held_on) and not state.is_escalated
        }
    return late


def meetings_to_escalate_by(meeting: Meeting) -> list[Meeting]:
    """Return the meeting and the one before it of the same body, by which its running list proposes invitations."""
    before = Meeting.objects.filter(body=meeting.body_id).past(meeting.held_on).first()
    return [meeting, *([before] if before else [])]


def to_escalate(of: States, meetings: Sequence[Meeting], at: dt.datetime | None = None) -> list[StateAt]:
    """Return those overdue at each of the meetings and still at the moment (None: now) of the states, and not escalated, the
    longest first: the proposal to invite the head of service.
    """
    still = [state for state in overdue(of) if not state.is_escalated]
    late = overdue_at_meetings(still, meetings, at)
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
    found = to_escalate([state for state in of if state.inquiry_id not in moved], meetings, at)
    for (on, before), inquiries in passed.items():
        here = [meeting for meeting in meetings if meeting.held_on >= on]
        there = Meeting.objects.filter(body=before).past(min(on, day))[: max(2 - len(here), 0)]
        found += to_escalate([state for state in of if state.inquiry_id in inquiries], [*here, *there], at)
    return overdue(found)
