"""The short notation in which a fictional inquiry is written down.

Months are counted from publication; `updates` and `verdicts` follow the reviews in their order, None if the body did not
answer or the committee gave no view.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from recommendations.lifecycle import Claim, Decision, Grade, Outcome, Priority

T, K, S, P, D, N, F = (
    Claim.ON_TRACK,
    Claim.AT_RISK,
    Claim.OFF_TRACK,
    Claim.PAUSED,
    Claim.DELIVERED,
    Claim.NOT_STARTED,
    Claim.NOT_FEASIBLE,
)
YES, PART, PRINCIPLE, NOTED, NO, NOT_OURS = (
    Decision.ACCEPTED,
    Decision.IN_PART,
    Decision.IN_PRINCIPLE,
    Decision.NOTED,
    Decision.REJECTED,
    Decision.NOT_OURS,
)


@dataclass(frozen=True)
class Up:
    """An update: the claim, what was done, what is in the way, what comes next."""

    claim: Claim
    progress: str
    barriers: str = ""
    next_steps: str = ""
    exempt: tuple[str, int, str] | None = None


@dataclass(frozen=True)
class Say:
    """A verdict of the committee."""

    grade: Grade
    outcome: Outcome
    comment: str = ""


@dataclass(frozen=True)
class Slip:
    """A new date asked for after the nth review: months more, why, and whether the committee agreed."""

    after: int
    months: int
    reason: str
    agreed: bool | None = True


@dataclass(frozen=True)
class Owner:
    """An assignment of a recommendation to an owning body."""

    body: str
    due: int | None = 12
    answer: tuple[Decision, str] | None = (YES, "")
    reason: str = ""
    updates: tuple[Up | None, ...] = ()
    verdicts: tuple[Say | None, ...] = ()
    slips: tuple[Slip, ...] = ()
    lead: bool = True
    deliverer: str = ""
    answered_late: bool = False
    milestones: tuple[tuple[str, int, bool], ...] = ()


@dataclass(frozen=True)
class Rec:
    heading: str
    text: str
    owners: tuple[Owner, ...]
    finding: int | None = None
    priority: Priority = Priority.STANDARD
    themes: tuple[str, ...] = ()
    measure: str = ""
    repeats: tuple[str, int] | None = None
    number: str = ""


@dataclass(frozen=True)
class Story:
    """An inquiry."""

    key: str
    committee: str
    reference: str
    title: str
    scope: str
    summary: str
    chair: str
    months_ago: int
    days: int
    findings: tuple[str, ...]
    recommendations: tuple[Rec, ...] = field(default=())
    concluded: bool = False


OK = Say(Grade.ON_COURSE, Outcome.KEEP)
DONE = Say(Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, "The committee is satisfied.")


def worry(comment: str) -> Say:
    return Say(Grade.CONCERNS, Outcome.KEEP, comment)
