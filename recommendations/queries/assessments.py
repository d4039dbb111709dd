"""Where things stood at a meeting, for a view that is recorded on the day or later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.text import get_text_list

from recommendations.lifecycle import CLOSING, Claim, Outcome
from recommendations.lifecycle.absence import absent_sentence
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


def comment_asked(outcome: str, parts: Collection[Assignment], *, sources_only: bool = False) -> str:
    """Return the instruction to give a reason, where the public would ask why; "" where a verdict needs none.

    That is to escalate, to reopen, to close what was not implemented, and to close as implemented what the body has not
    reported as delivered. `sources_only` is whether only public sources tell of the recommendation.
    """
    if outcome in (Outcome.ESCALATE, Outcome.REOPEN):
        return "Enter the committee's reason"
    if outcome not in CLOSING:
        return ""
    if outcome != Outcome.CLOSE_IMPLEMENTED:
        return "Enter the committee's reason"
    unreported = not_reported(parts, sources_only=sources_only)
    return (
        f"Enter on what ground the committee closes this as implemented: {unreported}" if unreported else ""
    )


def not_reported(parts: Collection[Assignment], *, sources_only: bool = False) -> str:
    """Return the fact that not every body has reported its part as delivered, in words: "Cabinet has not reported it as
    delivered"; "" where every body has. Of what only public sources tell of (`sources_only`) that is not known.
    """
    if not parts:
        nobody = "it is addressed to nobody, so nobody has reported it as delivered"
        return absent_sentence(
            nobody, "to whom it is addressed and what was reported is", sources_only=sources_only
        )
    silent = [part for part in parts if part.claim != Claim.DELIVERED]
    told = [part.owner_name for part in silent if not part.sources_only]
    untold = [part.owner_name for part in silent if part.sources_only]
    has = "has" if len(told) == 1 else "have"
    facts = [f"{get_text_list(told, 'and')} {has} not reported it as delivered"] if told else []
    if untold:
        whether = f"whether {get_text_list(untold, 'and')} reported it as delivered is"
        facts.append(absent_sentence("", whether, sources_only=True))
    return "; ".join(facts)


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
