"""What a correction changes beside what it corrects: where the recommendations concerned and their parts stand, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from committee.formatting import long_date, plural
from recommendations.lifecycle import ClockState, Decision, Grade, Outcome, Standing, absence
from recommendations.models import Assignment, Recommendation
from recommendations.queries.corrections import error_word

Reading = dict[tuple[str, str], str]
"""How things read, by what each is of and what it is."""

NOTHING_YET = {
    "Sent": "Not sent yet",
    "Response": "None yet",
    "Response clock": str(ClockState.NOT_STARTED.label),
    "First date": "None set",
    "Present date": "None set",
    "Committee’s view": "None yet",
    "Head of service": "Not invited",
}
"""How each thing of a part reads of which nothing was recorded."""

NEW = "Not addressed to it"
"""How a part reads before it is there."""


@dataclass(frozen=True)
class Effect:
    """One thing that reads otherwise once something is corrected: of which part, and how it reads before and after."""

    of: str
    label: str
    before: str
    after: str


def readings(recommendations: Iterable[int]) -> Reading:
    """Return where these recommendations and their parts stand now, in words, by what it is of and what it is."""
    found: Reading = {}
    rows = Recommendation.objects.of_ids(set(recommendations)).order_by("inquiry_id", "sort_key", "pk")
    for row in rows.prefetch_related("assignments__body", "assignments__formerly"):
        found[row.reference, "Recommendation"] = _whole(row)
        for part in row.assignments.all():
            of = f"{row.reference}, {part.owner_name}"
            found |= {(of, label): words for label, words in _of_part(part).items()}
    return found


def _whole(row: Recommendation) -> str:
    if row.withdrawn_at is not None:
        return "Withdrawn"
    return (
        str(Outcome(row.closed_as).label) if row.closed_as else absence("Open", sources_only=row.sources_only)
    )


def _of_part(part: Assignment) -> dict[str, str]:
    if part.withdrawn_at is not None:
        return {"This part": f"{error_word(part)}: nothing is asked of it"}
    clock = part.response_clock

    def none(label: str) -> str:
        return absence(NOTHING_YET[label], sources_only=part.sources_only, unstated=part.tracker_only)

    return {
        "This part": _standing_of(part),
        "Sent": long_date(part.notified_on) if part.notified_on else none("Sent"),
        "Response": str(Decision(part.decision).label) if part.decision else none("Response"),
        "Response clock": f"{clock.words}, due {long_date(clock.due_on)}" if clock.due_on else clock.words,
        "First date": long_date(part.first_target_on) if part.first_target_on else none("First date"),
        "Present date": long_date(part.target_on) if part.target_on else none("Present date"),
        "Committee’s view": str(Grade(part.grade).label) if part.grade else none("Committee’s view"),
        "Head of service": f"Invited on {long_date(part.escalated_on)}"
        if part.is_escalated and part.escalated_on
        else none("Head of service"),
    }


def _standing_of(part: Assignment) -> str:
    if part.closed_on is not None:
        return f"{Outcome(part.closed_as).label} on {long_date(part.closed_on)}"
    if part.is_disowned:
        return "Handed back: nothing is due of it"
    if part.overdue_now:
        return f"Open, overdue by {plural(part.days_late(), 'day')}"
    if part.sources_only:
        return str(Standing.NOT_KNOWN.label)
    return "Open, the committee to judge" if part.awaiting_verdict else "Open, not overdue"


def effects(before: Reading, after: Reading) -> list[Effect]:
    """Return what reads otherwise, given both readings. Of a part that is new or ends, only what there is to read is told."""
    return [
        Effect(of, label, before.get((of, label), NEW), words)
        for (of, label), words in after.items()
        if before.get((of, label), NOTHING_YET.get(label)) != words
    ]
