"""What happened with one assignment, newest first, read from the domain's own rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import Any

from committee import clock
from recommendations.models import Assessment, Assignment, Response, TargetChange, Transfer, Update

COMMITTEE_KINDS = {"assessment", "notified"}


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``kind`` names the partial that shows it; ``row`` is what it shows."""

    kind: str
    at: dt.datetime
    row: Any

    @property
    def by_committee(self) -> bool:
        return self.kind in COMMITTEE_KINDS

    @property
    def template(self) -> str:
        return f"officers/events/{self.kind}.html"


def assignment_history(assignment: Assignment) -> list[Event]:
    """Everything on the record of the assignment. The update in hand is not among it."""
    updates = Update.objects.filter(assignment=assignment).published().for_timeline()
    responses = Response.objects.filter(assignment=assignment).for_timeline()
    changes = TargetChange.objects.filter(assignment=assignment).for_list()
    verdicts = [
        verdict
        for verdict in Assessment.objects.filter(recommendation=assignment.recommendation_id).for_timeline()
        if verdict.covers(assignment)
    ]
    transfers = Transfer.objects.filter(assignment=assignment).select_related("from_body", "to_body")
    events = list(
        chain(
            (Event("update", row.published_at or row.saved_at, row) for row in updates),
            (Event("response", row.recorded_at, row) for row in responses),
            (Event("date_asked", row.asked_at, row) for row in changes),
            (Event("date_decided", row.decided_at, row) for row in changes if row.decided_at),
            (Event("assessment", row.recorded_at, row) for row in verdicts),
            (Event("transfer", row.recorded_at, row) for row in transfers),
        )
    )
    if assignment.notified_on is not None:
        events.append(Event("notified", clock.start_of_day(assignment.notified_on), assignment))
    return sorted(events, key=lambda event: event.at, reverse=True)
