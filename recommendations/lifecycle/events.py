"""The events of a history: what the derivation of a state needs of each, their order, and whether one counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from zoneinfo import ZoneInfo


class UpdateRow(Protocol):
    """A published update; `filed_on` is the day that it is filed under."""

    pk: Any
    claim: Any
    as_at: Any
    published_at: Any

    @property
    def filed_on(self) -> Any: ...


class ResponseRow(Protocol):
    """A body's formal answer; `voided_at` is since when it is known to have been recorded in error."""

    pk: Any
    decision: Any
    decided_on: Any
    recorded_at: Any
    voided_at: Any


class TargetChangeRow(Protocol):
    """A new date asked for, whatever became of it; `voided_at` is since when the decision is known to have been recorded in
    error.
    """

    pk: Any
    state: Any
    old_date: Any
    new_date: Any
    decided_at: Any
    voided_at: Any

    @property
    def decided_on(self) -> Any: ...


class VerdictRow(Protocol):
    """A verdict of the committee; `meeting` has the day it was held on, and `voided_at` is since when the verdict is known
    to have been recorded in error.
    """

    pk: Any
    grade: Any
    outcome: Any
    recorded_at: Any
    voided_at: Any
    meeting: Any


# ------------------------------------------------------------------ the order of events

LONDON = ZoneInfo("Europe/London")

Order = tuple[dt.date, dt.datetime, int]
"""The day of an event, the moment from which it was on the record, and its number: what was entered late is filed
under its own day, and of one day the one recorded later counts."""


def update_order(update: UpdateRow) -> Order:
    """Return the key that sorts updates, by the day that each speaks of."""
    return (update.filed_on, update.published_at, update.pk)


def response_order(response: ResponseRow) -> Order:
    """Return the key that sorts responses, by the day on which the body decided."""
    return (response.decided_on, response.recorded_at, response.pk)


def target_change_order(change: TargetChangeRow) -> Order:
    """Return the key that sorts changes of a date, by the day of the decision; what waits for one comes last."""
    if change.decided_at is None:
        return (dt.date.max, dt.datetime.max.replace(tzinfo=dt.UTC), change.pk)
    return (change.decided_on, change.decided_at, change.pk)


def verdict_order(verdict: VerdictRow) -> Order:
    """Return the key that sorts verdicts, by the day of the meeting."""
    return (verdict.meeting.held_on, verdict.recorded_at, verdict.pk)


def on_the_record(
    moment: dt.datetime | None, rows: Iterable[Any], order: Callable[[Any], Order]
) -> list[Any]:
    """Return the rows that stood on the record at the moment (None: now), in the order of events."""
    there = (row for row in rows if stands(row, moment) and (moment is None or order(row)[1] <= moment))
    return sorted(there, key=order)


def stands(row: Any, moment: dt.datetime | None = None) -> bool:
    """Return whether a response, a verdict or a new date counts at the moment (None: now): it is not known by then to have been
    recorded in error.
    """
    voided_at = getattr(row, "voided_at", None)
    return voided_at is None or (moment is not None and voided_at > moment)


def recorded_by(
    moment: dt.datetime | None, day: dt.date | None, recorded_at: dt.datetime | None
) -> dt.date | None:
    """Return the date if it was on the record at the moment (None: now), else None.

    A date says when something is due or was done, not since when the record says so: one that was set later made
    nothing late before. `recorded_at` is None for dates that are as old as what they stand on.
    """
    return None if moment is not None and recorded_at is not None and recorded_at > moment else day
