"""The state of assignments at a moment, read in one query: what figures, lists and changes are all made from.

None means now and reads the state kept on the assignments; a moment reads history, so that what is told of last March
is what a reader would have seen then. What follows from a state is decided by the rules of `lifecycle.state`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone

from committee import clock
from committee.kept_sql import KeptSQL
from recommendations.lifecycle import Standing
from recommendations.lifecycle.period_ends import as_period_end
from recommendations.lifecycle.state import AssignmentState, StateRules, slip_days
from recommendations.models import Assignment, Body, EarlierValue, Inquiry
from recommendations.models import expressions as rules
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.transfers import body_at
from recommendations.queries.as_at import put_back, put_holders_back
from recommendations.queries.correction_marks import is_told_of
from recommendations.queries.histories import HISTORY, History, history_of, with_events

COLUMNS = (
    "first_target_on",
    "late_from",
    "notified_on",
    "response_due_on",
    "claim",
    "decision",
    "target_on",
    "grade",
    "awaiting_verdict",
    "escalated_on",
    "slips",
    "closed_as",
    "sources_only",
    "last_update_on",
    "from_tracker",
)
"""What a state consists of: columns of an assignment, and fields of what `lifecycle.state` derives."""
ANNOTATED = {"late_from": "late_since", "from_tracker": "is_brought_in"}
"""Names among them that are no columns, each with its annotation."""
PERIODS = {
    "first_target_on": "first_target_period",
    "target_on": "target_period",
    "escalated_on": "escalated_period",
    "last_update_on": "last_update_period",
}
"""Days among them, each with the column of the period that it may stand for."""
LATE_FROM = KeptSQL(Assignment, rules.late_from())


@dataclass
class StateAt(StateRules):
    """The state of an assignment at a moment, with the inquiry and the body that it counted with then.

    `day` is that of the moment: what depends on the day is told of it.
    """

    pk: int
    recommendation_id: int
    inquiry_id: int
    inquiry: str
    body_id: int
    body: str
    body_key: str
    created_at: dt.datetime
    made_public_at: dt.datetime | None
    first_target_on: dt.date | None
    late_from: dt.date | None
    notified_on: dt.date | None
    response_due_on: dt.date | None
    claim: str
    decision: str
    target_on: dt.date | None
    grade: str
    awaiting_verdict: bool
    escalated_on: dt.date | None
    slips: int
    closed_as: str
    sources_only: bool
    last_update_on: dt.date | None
    from_tracker: bool
    day: dt.date
    history: History | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the committee ended its follow-up: `closed_as` and `closed_on` are empty together."""
        return bool(self.closed_as)

    def existed_at(self, moment: dt.datetime) -> bool:
        """Return whether it was addressed by the moment, and its report public by then or not yet; as `existing_at`."""
        public = self.made_public_at is None or self.made_public_at <= moment
        return public and self.created_at <= moment

    def appeared_in(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Return whether it came onto the public record after the first moment and up to the second: when its report
        became public, or when it was added to it.
        """
        return self.made_public_at is not None and start < max(self.made_public_at, self.created_at) <= end

    @property
    def slip_days(self) -> int:
        return slip_days(self.first_target_on, self.target_on)

    @property
    def is_overdue(self) -> bool:
        return self.is_overdue_on(self.day)

    @property
    def days_late(self) -> int:
        return self.days_late_on(self.day)

    @property
    def awaits_response(self) -> bool:
        return self.awaits_response_on(self.day)

    @property
    def is_response_late(self) -> bool:
        return self.is_response_late_on(self.day)

    @property
    def is_on_track_too_late(self) -> bool:
        return self.is_on_track_too_late_on(self.day)

    @property
    def is_in_doubt(self) -> bool:
        return self.is_in_doubt_on(self.day)

    @cached_property
    def standing(self) -> Standing:
        return self.standing_on(self.day)


def states(assignments: AssignmentQuerySet, at: dt.datetime | None = None) -> list[StateAt]:
    """Return the state of each of the assignments at the moment (None: now), in the order of the reports.

    Those that were addressed in error are left out, and those of bodies that answered that it is for somebody else: nothing
    is asked of these.
    """
    found = _kept(assignments.standing()) if at is None else _from_history(assignments, at)
    return [state for state in found if not state.is_disowned]


def _kept(assignments: AssignmentQuerySet) -> list[StateAt]:
    brought_in = ExpressionWrapper(Q(import_batch__isnull=False), output_field=BooleanField())
    rows = assignments.in_order().annotate(late_since=LATE_FROM, is_brought_in=brought_in)
    named: Any = rows.values_list(
        "pk",
        "recommendation_id",
        "recommendation__inquiry_id",
        "recommendation__inquiry__title",
        "body_id",
        "body__name",
        "body__sort_key",
        "created_at",
        "recommendation__made_public_at",
        *(ANNOTATED.get(name, name) for name in COLUMNS),
        *PERIODS.values(),
    )
    today, own = clock.today(), -len(PERIODS)
    return [_with_periods(StateAt(*(*row[:own], today)), row[own:]) for row in named]


def _with_periods(state: StateAt, periods: Iterable[dict[str, Any] | None]) -> StateAt:
    """Return the state with the periods that its dates stand for, where they are no days."""
    for name, period in zip(PERIODS, periods, strict=True):
        if period is not None:
            setattr(state, name, as_period_end(getattr(state, name), period))
    if state.late_from is not None:
        state.late_from = next(
            (day for day in (state.first_target_on, state.target_on) if day == state.late_from),
            state.late_from,
        )
    return state


def _from_history(assignments: AssignmentQuerySet, at: dt.datetime) -> list[StateAt]:
    held = with_events(assignments.existing_at(at), at).annotate(holder_id=body_at(at))
    named: Any = held.annotate(
        inquiry_then=_shown_at(at, Inquiry, "title", "recommendation__inquiry_id"),
        holder_then=_shown_at(at, Body, "name", "holder_id"),
        holder_key=_column_of(Body, F("sort_key"), "holder_id"),
    )
    of = (
        "pk",
        "recommendation_id",
        "recommendation__inquiry_id",
        "inquiry_then",
        "holder_id",
        "holder_then",
        "holder_key",
        "created_at",
        "recommendation__made_public_at",
    )
    day, found = timezone.localdate(at), []
    row: Any
    for row in named.in_order().values_list(*of, *HISTORY):
        history = history_of(row[len(of) :])
        state = history.state_at(at)
        derived = (getattr(state, name) for name in COLUMNS)
        found.append(StateAt(*(*row[: len(of)], *derived, day, history)))
    return found


def _shown_at(at: dt.datetime, model: type[Any], column: str, pk: str) -> Subquery:
    """Return the expression for what the column of the row with that id showed at the moment."""
    replaced = EarlierValue.objects.replaced_after(at).filter(
        removed=False, table_name=model._meta.db_table, row_id=OuterRef("pk"), before__has_key=column
    )
    first = Subquery(replaced.reverse().values(text=KT(f"before__{column}"))[:1])
    return _column_of(model, Coalesce(first, F(column), output_field=TextField()), pk)


def _column_of(model: type[Any], value: Combinable, pk: str) -> Subquery:
    return Subquery(model._default_manager.filter(pk=OuterRef(pk)).order_by().values(one=value)[:1])


def read_histories(of: Iterable[StateAt]) -> None:
    """Read the histories of those that have none yet, in one query; states that were read from history have theirs."""
    without = {state.pk: state for state in of if state.history is None}
    if not without:
        return
    rows = with_events(Assignment.objects.numbered(list(without))).order_by()
    for pk, *columns in rows.values_list("pk", *HISTORY):
        without[pk].history = history_of(columns)


def earlier(
    of: Sequence[StateAt], moment: dt.datetime, known: dt.datetime | None = None
) -> dict[int, AssignmentState]:
    """Return, by their ids, the state at an earlier moment of those that were there then: as it was recorded, or with a later
    moment `known` without what is known by then to have been recorded in error.
    """
    read_histories(of)
    return {
        state.pk: state.history.state_as_known(moment, known or moment)
        for state in of
        if state.history is not None and state.existed_at(moment)
    }


def as_shown(of: Iterable[StateAt], at: dt.datetime | None = None) -> list[Any]:
    """Return the assignments of these states, in their order, with the headings and names that they showed at the
    moment (None: now), each with its `state` and whether anything of its recommendation was `corrected` by then.
    """
    wanted = list(of)
    named = Assignment.objects.named().annotate(corrected=is_told_of("recommendation_id", at))
    found = named.in_bulk({state.pk for state in wanted}) if wanted else {}
    rows: list[Any] = []
    for state in wanted:
        row: Any = found.get(state.pk)
        if row is not None:  # withdrawn since the states were read
            row.state = state
            rows.append(row)
    put_holders_back(at, rows)
    put_back(at, rows)
    return rows


def recommendation_count(of: Sequence[StateAt]) -> int:
    """Return how many recommendations these are of."""
    return len({state.recommendation_id for state in of})
