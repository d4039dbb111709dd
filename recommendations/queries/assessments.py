"""Where things stood at a meeting, for a view that is recorded on the day or later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from recommendations.lifecycle.state import was_open_on
from recommendations.models import Assessment, Assignment, Meeting


def open_at_meeting(
    meeting: Meeting, parts: Collection[Assignment], verdicts: Collection[Assessment]
) -> bool | None:
    """Return whether these parts of a recommendation were open at the meeting; None where one was and another not.

    `verdicts` are all those on the recommendation, with their meetings. One that is addressed to nobody has no parts, and
    stands by the verdicts on the whole.
    """
    stood = {
        was_open_on(meeting.held_on, (verdict for verdict in verdicts if verdict.covers(part)))
        for part in parts
    }
    if not parts:
        stood = {was_open_on(meeting.held_on, _on_the_whole(verdicts))}
    return stood.pop() if len(stood) == 1 else None


def turns(parts: Collection[Assignment], verdicts: Collection[Assessment]) -> list[tuple[dt.date, bool]]:
    """Return the days of the meetings that closed or reopened these parts, each with whether they were open from then.

    Empty where the parts did not always go together.
    """
    ways = [_turns([verdict for verdict in verdicts if verdict.covers(part)]) for part in parts]
    if not parts:
        ways = [_turns(_on_the_whole(verdicts))]
    return ways[0] if all(way == ways[0] for way in ways) else []


def _turns(verdicts: Collection[Assessment]) -> list[tuple[dt.date, bool]]:
    found: list[tuple[dt.date, bool]] = []
    is_open = True
    for day in sorted({verdict.meeting.held_on for verdict in verdicts}):
        if was_open_on(day, verdicts) != is_open:
            is_open = not is_open
            found.append((day, is_open))
    return found


def _on_the_whole(verdicts: Collection[Assessment]) -> list[Assessment]:
    return [verdict for verdict in verdicts if verdict.assignment_id is None]
