"""Derive where a recommendation and each body's part of it stand, from their history.

The only place in Python where these rules are written. `recommendations.models.expressions` holds the same rules
for the database, and a test over random histories holds the two together. Nothing here reads the database: hand in
the rows, and the moment that is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, TypeVar

from recommendations.lifecycle.clocks import Clock, response_clock, stopped_on
from recommendations.lifecycle.events import (
    LONDON,
    ResponseRow,
    TargetChangeRow,
    UpdateRow,
    VerdictRow,
    on_the_record,
    recorded_by,
    response_order,
    stands,
    target_change_order,
    update_order,
    verdict_order,
)
from recommendations.lifecycle.period_ends import period_beside
from recommendations.lifecycle.statuses import (
    CLOSING,
    DECISIVE,
    Claim,
    Decision,
    Grade,
    Outcome,
    Standing,
    TargetState,
)

SLOWEST_FIRST = (
    Standing.OVERDUE,
    Standing.IN_TIME,
    Standing.AWAITING,
    Standing.NOT_KNOWN,
    Standing.CLOSED_OTHERWISE,
    Standing.IMPLEMENTED,
)
"""A recommendation stands where the first of these is that one of its parts stands at."""

RAISING = (*CLOSING, Outcome.ESCALATE)
"""Outcomes that begin or end an escalation; the last of them says whether one stands."""

CLAIMS_OF_SUCCESS = (Claim.DELIVERED, Claim.ON_TRACK)
GRADES_OF_DOUBT = (Grade.CONCERNS, Grade.NOT_IMPLEMENTED)

U = TypeVar("U", bound=UpdateRow)


# ------------------------------------------------------------------ rules


def late_date_words(*, passed_before_sent: bool) -> str:
    """Return what the date is called from which lateness counts: the first one or, where that had passed before the notice was
    sent, the one agreed later.
    """
    return "date agreed" if passed_before_sent else "first date"


class StateRules:
    """The rules that read one body's part once its state is known, whether derived or kept on a row."""

    claim: Any
    decision: Any
    stopped_on: Any
    target_on: Any
    slips: Any
    grade: Any
    awaiting_verdict: Any
    escalated_on: Any
    closed_on: Any
    closed_as: Any
    first_target_on: Any
    late_from: Any
    """The date from which lateness counts: see `lateness_from`."""
    notified_on: Any
    response_due_on: Any
    sources_only: Any
    from_tracker: Any
    """Whether an import of a tracker made the part."""

    @property
    def tracker_only(self) -> bool:
        """Whether only a tracker that was brought in tells of it, as nobody sent it to the body here: what is missing is what
        the tracker does not state.
        """
        return bool(self.from_tracker) and self.notified_on is None

    @property
    def is_open(self) -> bool:
        """Whether something is still asked of the body: the committee has not closed it, and the body has not answered that
        it is for somebody else.
        """
        return not self.is_closed and not self.is_disowned

    @property
    def is_closed(self) -> bool:
        """Whether the committee ended its follow-up."""
        return self.closed_on is not None

    @property
    def is_followed_up(self) -> bool:
        """Whether the committee follows it up here: it is open, and more is known of it than public sources tell."""
        return self.is_open and not self.sources_only

    @property
    def is_escalated(self) -> bool:
        """Whether the head of service is invited, and it is followed up."""
        return self.is_followed_up and self.escalated_on is not None

    @property
    def has_slipped(self) -> bool:
        """Whether it is followed up and was given a later date at least once."""
        return self.is_followed_up and self.slips > 0

    @property
    def has_no_date(self) -> bool:
        """Whether it is followed up and no date was set for it."""
        return self.is_followed_up and self.first_target_on is None

    @property
    def is_disowned(self) -> bool:
        """Whether the body answered that it is for somebody else, and the committee has not closed it: nothing is due of
        the body until it answers otherwise.
        """
        return bool(self.decision == Decision.NOT_OURS and not self.is_closed)

    def is_overdue_on(self, day: dt.date) -> bool:
        """Return whether it is followed up and past its first date on `day`. Lateness counts from the first date that the body
        was told of in time (see `lateness_from`), never from a revised one; a claim of delivery that the committee has not
        judged yet is not late, nor is a body that answered that it is for somebody else."""
        return bool(
            self.is_followed_up
            and not self.awaiting_verdict
            and self.late_from is not None
            and self.late_from < day
        )

    def days_late_on(self, day: dt.date) -> int:
        """Return the days since the date from which lateness counts on `day`, 0 if it is not overdue."""
        return (day - self.late_from).days if self.is_overdue_on(day) else 0

    @property
    def was_sent_too_late(self) -> bool:
        """Whether it is followed up and its first date had passed before it was sent: that date makes nothing late."""
        return bool(
            self.is_followed_up
            and self.first_target_on is not None
            and self.notified_on is not None
            and self.late_from != self.first_target_on
        )

    @property
    def late_date_words(self) -> str:
        """What the date is called from which lateness counts."""
        return late_date_words(passed_before_sent=self.was_sent_too_late)

    def awaits_response_on(self, day: dt.date) -> bool:
        """Return whether it was sent by `day`, is followed up, and no decision has stopped its response clock."""
        return bool(
            self.is_followed_up
            and self.notified_on is not None
            and self.notified_on <= day
            and self.decision not in DECISIVE
        )

    def is_response_late_on(self, day: dt.date) -> bool:
        """Return whether it awaits a response on `day` and the body's term is over."""
        return bool(
            self.awaits_response_on(day) and self.response_due_on is not None and self.response_due_on < day
        )

    def clock_on(self, day: dt.date) -> Clock:
        """Return the response clock as read on `day`."""
        return response_clock(
            on=day,
            notified_on=self.notified_on,
            due_on=self.response_due_on,
            decision=self.decision,
            decided_on=self.stopped_on,
            is_open=not self.is_closed,
            sources_only=self.sources_only,
            tracker_only=self.tracker_only,
        )

    @property
    def voices_differ(self) -> bool:
        """Whether the body's claim and the committee's grade say different things about delivery."""
        if not self.claim or not self.grade:
            return False
        if (self.claim == Claim.DELIVERED) != (self.grade == Grade.IMPLEMENTED):
            return True
        return self.claim in CLAIMS_OF_SUCCESS and self.grade in GRADES_OF_DOUBT

    def is_on_track_too_late_on(self, day: dt.date) -> bool:
        """Return whether it is followed up and said to be on track though its own present date has passed on `day`."""
        return bool(
            self.is_followed_up
            and self.claim == Claim.ON_TRACK
            and self.target_on is not None
            and self.target_on < day
        )

    def is_in_doubt_on(self, day: dt.date) -> bool:
        """Return whether it is followed up and the two voices differ, or it is on track too late on `day`."""
        return (self.is_followed_up and self.voices_differ) or self.is_on_track_too_late_on(day)

    def standing_on(self, day: dt.date) -> Standing:
        """Return where this part stands on `day`."""
        if self.is_closed:
            return standing_when_closed(self.closed_as)
        if self.sources_only:
            return Standing.NOT_KNOWN
        if self.awaiting_verdict and self.is_open:
            return Standing.AWAITING
        return Standing.OVERDUE if self.is_overdue_on(day) else Standing.IN_TIME


def standing_when_closed(outcome: str) -> Standing:
    """Return where something stands that was closed with `outcome`."""
    done = outcome == Outcome.CLOSE_IMPLEMENTED
    return Standing.IMPLEMENTED if done else Standing.CLOSED_OTHERWISE


def standing_of_whole(parts: Iterable[Standing]) -> Standing:
    """Return where a recommendation stands whose parts stand there: where its slowest part does."""
    return min(parts, key=SLOWEST_FIRST.index)


# ------------------------------------------------------------------ one body's part


@dataclass(frozen=True)
class AssignmentState(StateRules):
    """The state of one body's part at one moment. `last_update` and `closed_by` are the rows handed in."""

    first_target_on: dt.date | None
    late_from: dt.date | None
    notified_on: dt.date | None
    response_due_on: dt.date | None
    from_tracker: bool
    sources_only: bool
    last_update: Any
    last_update_on: dt.date | None
    last_update_period: dict[str, Any] | None
    claim: str
    claimed_on: dt.date | None
    claimed_period: dict[str, Any] | None
    decision: str
    decided_on: dt.date | None
    decided_period: dict[str, Any] | None
    stopped_on: dt.date | None
    target_on: dt.date | None
    target_period: dict[str, Any] | None
    slips: int
    slip_days: int
    grade: str
    assessed_on: dt.date | None
    assessed_period: dict[str, Any] | None
    awaiting_verdict: bool
    escalated_on: dt.date | None
    escalated_period: dict[str, Any] | None
    closed_by: Any
    closed_on: dt.date | None
    closed_period: dict[str, Any] | None
    closed_as: str


GIVEN = ("first_target_on", "notified_on", "response_due_on")
"""What of an assignment's state is entered, not derived."""

OF_ITS_ORIGIN = ("from_tracker",)
"""What of it says how the assignment came onto the record, and never changes."""

READ_ANEW = ("late_from",)
"""What of it follows from what is entered and agreed, and is read anew each time."""

DERIVED = tuple(
    field.name for field in fields(AssignmentState) if field.name not in (*GIVEN, *OF_ITS_ORIGIN, *READ_ANEW)
)
"""What of an assignment's state is derived from its history, and kept on its row."""


def assignment_state(
    *,
    first_target_on: dt.date | None,
    notified_on: dt.date | None,
    response_due_on: dt.date | None,
    updates: Iterable[UpdateRow],
    responses: Iterable[ResponseRow],
    target_changes: Iterable[TargetChangeRow],
    verdicts: Iterable[VerdictRow],
    first_target_set_at: dt.datetime | None = None,
    notice_recorded_at: dt.datetime | None = None,
    from_public_sources: bool = False,
    notice_from_source: bool = False,
    from_tracker: bool = False,
    until: dt.datetime | None = None,
) -> AssignmentState:
    """Derive the state of one body's part from its history, in whatever order the rows come.

    `updates` are the published ones; of `target_changes` only those agreed count; `verdicts` are those on the
    part and on the whole recommendation. What was recorded after `until` is left out (None: nothing is).

    Of an inquiry that is compiled `from_public_sources` nothing is followed up here until committee support sends a
    notice of it; one that is known `notice_from_source` was sent long ago, and whether it was answered is not known. A part
    that comes `from_tracker` keeps the dates of the tracker that was brought in.
    """
    first_target_on = recorded_by(until, first_target_on, first_target_set_at)
    notified_on = recorded_by(until, notified_on, notice_recorded_at)
    response_due_on = recorded_by(until, response_due_on, notice_recorded_at)
    told = on_the_record(until, updates, update_order)
    update = told[-1] if told else None
    claiming = last_claim(told)
    answers = on_the_record(until, responses, response_order)
    agreed = [change for change in target_changes if change.state == TargetState.AGREED]
    changes = on_the_record(until, agreed, target_change_order)
    spoken = on_the_record(until, verdicts, verdict_order)
    closing = closing_verdict(spoken)
    escalation = standing_escalation(spoken)
    target_on = changes[-1].new_date if changes else first_target_on
    sources_only = from_public_sources and (notified_on is None or notice_from_source)
    return AssignmentState(
        first_target_on=first_target_on,
        late_from=lateness_from(
            first_target_on,
            notified_on,
            (change.new_date for change in changes),
            from_tracker=from_tracker,
        ),
        notified_on=notified_on,
        response_due_on=response_due_on,
        from_tracker=from_tracker,
        sources_only=sources_only,
        last_update=update,
        last_update_on=update.as_at if update else None,
        last_update_period=period_beside(update.as_at) if update else None,
        claim=claiming.claim if claiming else "",
        claimed_on=claiming.as_at if claiming else None,
        claimed_period=period_beside(claiming.as_at) if claiming else None,
        decision=answers[-1].decision if answers else "",
        decided_on=answers[-1].decided_on if answers else None,
        decided_period=period_beside(answers[-1].decided_on) if answers else None,
        stopped_on=stopped_on((answer.decision, answer.decided_on) for answer in answers),
        target_on=target_on,
        target_period=period_beside(target_on),
        slips=_times_later(first_target_on, changes),
        slip_days=slip_days(first_target_on, target_on),
        grade=spoken[-1].grade if spoken else "",
        assessed_on=spoken[-1].meeting.held_on if spoken else None,
        assessed_period=_period_of(spoken[-1]) if spoken else None,
        awaiting_verdict=closing is None
        and not sources_only
        and awaits_verdict(claiming, spoken[-1] if spoken else None),
        escalated_on=escalation.meeting.held_on if escalation else None,
        escalated_period=_period_of(escalation),
        closed_by=closing,
        closed_on=closing.meeting.held_on if closing else None,
        closed_period=_period_of(closing),
        closed_as=closing.outcome if closing else "",
    )


def _times_later(first_target_on: dt.date | None, agreed: Sequence[TargetChangeRow]) -> int:
    """Return how many of the dates agreed, in their order, are later than the one that stood before: after a correction that is
    not always the one that the body asked to move.
    """
    if not agreed:
        return 0
    before = first_target_on or agreed[0].old_date
    dates = [before, *(change.new_date for change in agreed)]
    return sum(later > earlier for earlier, later in pairwise(dates))


def lateness_from(
    first_target_on: dt.date | None,
    notified_on: dt.date | None,
    agreed: Iterable[dt.date],
    *,
    from_tracker: bool,
) -> dt.date | None:
    """Return the date from which lateness counts: the first one, if the body was sent its notice by then, else the next of those
    `agreed`, in their order, that it was told of before it passed; None where it was told of none.

    A part that comes from a tracker keeps the tracker's dates, which are older than any notice of ours.
    """
    if first_target_on is None or from_tracker:
        return first_target_on
    if notified_on is None:
        return None
    return next((day for day in (first_target_on, *agreed) if day >= notified_on), None)


def _period_of(verdict: VerdictRow | None) -> dict[str, Any] | None:
    """Return the period that the day of a verdict's meeting stands for; None for one that is nothing but a day."""
    return period_beside(verdict.meeting.held_on) if verdict is not None else None


def last_claim(updates: Sequence[U]) -> U | None:
    """Return the latest update that claims something, of updates in their order. One that was brought in from a tracker may
    claim nothing: then what was claimed before stands.
    """
    return next((update for update in reversed(updates) if update.claim), None)


def slip_days(first_target_on: dt.date | None, target_on: dt.date | None) -> int:
    """Return the days from the first date to the present one, 0 if there is none."""
    return (target_on - first_target_on).days if target_on and first_target_on else 0


def awaits_verdict(update: UpdateRow | None, verdict: VerdictRow | None) -> bool:
    """Return whether the latest update claims delivery and the committee met last before it was published.

    Of one day, what was recorded later counts: a committee that judges what it read that morning has judged it.
    """
    if update is None or update.claim != Claim.DELIVERED:
        return False
    published_on = update.published_at.astimezone(LONDON).date()
    return verdict is None or verdict_order(verdict)[:2] < (published_on, update.published_at)


def closing_verdict(verdicts: Sequence[VerdictRow]) -> Any:
    """Return the verdict that closed what `verdicts` speak of, in their order; None if it is open or reopened.

    The last verdict says which: what the committee goes on with at a later meeting is open, whenever the closing at an
    earlier one was entered.
    """
    return verdicts[-1] if verdicts and verdicts[-1].outcome in CLOSING else None


def was_open_on(day: dt.date, verdicts: Iterable[VerdictRow]) -> bool:
    """Return whether what `verdicts` speak of was open at a meeting on `day`, after what was decided by then.

    They may come in any order. One that is recorded now for that meeting is filed behind them, before those of later
    meetings. Those recorded in error do not count.
    """
    by_then = (verdict for verdict in verdicts if stands(verdict) and verdict.meeting.held_on <= day)
    return closing_verdict(sorted(by_then, key=verdict_order)) is None


def standing_escalation(verdicts: Sequence[VerdictRow]) -> Any:
    """Return the latest escalation among `verdicts`, in their order; None if there is none or closing ended it."""
    raising = next((verdict for verdict in reversed(verdicts) if verdict.outcome in RAISING), None)
    return raising if raising is not None and raising.outcome == Outcome.ESCALATE else None


# ------------------------------------------------------------------ the whole recommendation


@dataclass(frozen=True)
class RecommendationState:
    """The state of a whole recommendation at one moment, from its parts and the verdicts on the whole.

    `parts` are those that count: a body that answered that it is for somebody else takes its part out.
    """

    parts: tuple[StateRules, ...]
    closed_by: Any
    closed_on: dt.date | None
    closed_period: dict[str, Any] | None
    closed_as: str
    grade: str
    is_escalated: bool
    sources_only: bool

    def standing_on(self, day: dt.date) -> Standing:
        """Return where the recommendation stands on `day`. One asked of nobody is never overdue: it has no date."""
        if self.parts:
            return standing_of_whole(part.standing_on(day) for part in self.parts)
        if self.closed_by is not None:
            return standing_when_closed(self.closed_as)
        return Standing.NOT_KNOWN if self.sources_only else Standing.IN_TIME


RECOMMENDATION_DERIVED = ("closed_by", "closed_on", "closed_period", "closed_as", "grade", "sources_only")
"""What of a recommendation's state is kept on its row."""


def recommendation_state(
    parts: Iterable[StateRules],
    verdicts: Iterable[VerdictRow],
    until: dt.datetime | None = None,
    *,
    from_public_sources: bool = False,
) -> RecommendationState:
    """Derive the state of a whole recommendation from the state of its `parts` and the `verdicts` on the whole.

    It is closed once every part is that a body has not handed back; one that is asked of nobody, by a verdict on the whole
    that nothing reopened. What was recorded after `until` is left out of the verdicts (None: nothing is). As long as none of its parts is
    followed up, and of one addressed to nobody while its inquiry is compiled `from_public_sources`, only these sources
    tell where it stands.
    """
    of_parts: list[Any] = [part for part in parts if not part.is_disowned]
    spoken = on_the_record(until, verdicts, verdict_order)
    if of_parts:
        closing, last = closing_of_whole(of_parts)
        is_escalated = any(part.is_escalated for part in of_parts)
    else:
        closing = last = closing_verdict(spoken)
        is_escalated = closing is None and not from_public_sources and standing_escalation(spoken) is not None
    return RecommendationState(
        parts=tuple(of_parts),
        closed_by=closing,
        closed_on=last.meeting.held_on if last else None,
        closed_period=_period_of(last),
        closed_as=closing.outcome if closing else "",
        grade=spoken[-1].grade if spoken else "",
        is_escalated=is_escalated,
        sources_only=_only_sources_tell(of_parts, from_public_sources),
    )


def _only_sources_tell(parts: Sequence[StateRules], from_public_sources: bool) -> bool:
    """Return whether no part of a recommendation is followed up here, and some part that is open would be."""
    if not parts:
        return from_public_sources
    still_open = [part for part in parts if part.is_open]
    return bool(still_open) and not any(part.is_followed_up for part in still_open)


def closing_of_whole(parts: Sequence[Any]) -> tuple[Any, Any]:
    """Return the verdict that stands for the closing of a recommendation with these `parts`, and the one that closed
    the last of them; None for both while a part is open.

    A recommendation is closed as implemented only if every part is: where one is not, the latest of the verdicts that
    closed a part otherwise stands for the whole.
    """
    if any(not part.is_closed for part in parts):
        return None, None
    closings = sorted((part.closed_by for part in parts), key=verdict_order)
    otherwise = [verdict for verdict in closings if verdict.outcome != Outcome.CLOSE_IMPLEMENTED]
    return (otherwise or closings)[-1], closings[-1]


__all__ = [
    "DERIVED",
    "RECOMMENDATION_DERIVED",
    "SLOWEST_FIRST",
    "AssignmentState",
    "RecommendationState",
    "StateRules",
    "assignment_state",
    "lateness_from",
    "recommendation_state",
    "standing_of_whole",
]
